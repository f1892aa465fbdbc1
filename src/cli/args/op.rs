//! Arguments of `op`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `op`.
#[derive(Debug, Args)]
pub struct OpArguments {
    /// The expression; names of classes stand for instances of them: 'A + B', 'len(A)', '1 in pkg.mod:A'.
    #[arg(required_unless_present = "batch")]
    pub expression: Option<String>,

    /// The project [default: this folder].
    pub path: Option<PathBuf>,

    /// A folder of programs, each in a folder of its own, with the expressions that are asked of it.
    #[arg(long, value_name = "DIR", requires = "json", conflicts_with_all = ["expression", "path"])]
    pub batch: Option<PathBuf>,

    /// Print a JSON line for each expression.
    #[arg(long)]
    pub json: bool,
}
