//! Arguments of `lock`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `lock`.
#[derive(Debug, Args)]
#[command(
    after_help = "The pins stand in `mroscope.lock`, beside the project's own description, and are to be committed. `mroscope check` fails when one does
not hold any more, and says what changed it.

Exit codes: 0 done, 1 a pin could not be brought up to date, 2 could not be done."
)]
pub struct LockArguments {
    /// What is relied on: where an attribute comes from, `pkg.mod:Class.attribute`, or a whole MRO, `pkg.mod:Class` [default: bring all pins up
    /// to date, and say what changed].
    #[arg(value_name = "TARGET")]
    pub targets: Vec<String>,

    /// Take these pins away.
    #[arg(long, requires = "targets")]
    pub remove: bool,

    /// The project [default: this folder].
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,
}
