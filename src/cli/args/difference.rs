//! Arguments of `diff`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `diff`.
#[derive(Debug, Args)]
#[command(after_help = "What A and B may be, both of one kind:
  main feature       two revisions of a git repository; `main..feature` and `main...feature` (since they parted) are understood
  main               a revision, against the working tree; nothing at all is `HEAD`, against the working tree
  old/ new/          two folders or two files
  3.10 3.13          two versions of Python, for the project in this folder
  .venv .venv-new    two environments or their interpreters, for the project in this folder

A third argument, or --path, names the project. Files of a revision are written to a temporary folder; the repository is not touched.

Exit codes: 0 nothing changed, 1 something changed, 2 could not be done.")]
pub struct DiffArguments {
    /// What is compared, of the kinds that `mroscope diff --help` lists [default: HEAD, and the working tree].
    #[arg(value_name = "A B", num_args = 0..=3, allow_hyphen_values = false)]
    pub sides: Vec<String>,

    /// The project, or a part of it [default: this folder]; with two environments also the name of an installed package.
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,

    /// Environment or interpreter before.
    #[arg(long, value_name = "PATH")]
    pub python_from: Option<PathBuf>,

    /// Environment or interpreter after.
    #[arg(long, value_name = "PATH")]
    pub python_to: Option<PathBuf>,

    /// Version of Python before: `3.10`.
    #[arg(long, value_name = "X.Y")]
    pub version_from: Option<String>,

    /// Version of Python after.
    #[arg(long, value_name = "X.Y")]
    pub version_to: Option<String>,

    /// Compare the classes of installed packages that the project imports, too.
    #[arg(long)]
    pub all: bool,

    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,

    /// Print Markdown, for a pull request.
    #[arg(long, conflicts_with = "json")]
    pub markdown: bool,
}
