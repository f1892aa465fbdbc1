//! Arguments of `learn` and `present`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `learn`.
#[derive(Debug, Args)]
#[command(
    after_help = "Nine lessons; every answer is worked out from the code, and none is looked up. How far you are is kept in the folder for your
state ($XDG_STATE_HOME/mroscope)."
)]
pub struct LearnArguments {
    /// The number of a lesson; and the project [default: a sample that mroscope brings; with --class this folder].
    #[arg(value_name = "LESSON|PATH", num_args = 0..=2)]
    pub what: Vec<String>,

    /// Only about this class of the project, as `show` takes it.
    #[arg(long, value_name = "CLASS")]
    pub class: Option<String>,

    /// List the lessons, and how far you are.
    #[arg(long, conflicts_with_all = ["class", "markdown"])]
    pub list: bool,

    /// Print the lesson of that number as Markdown cards.
    #[arg(long)]
    pub markdown: bool,
}

impl LearnArguments {
    /// The number of the lesson, where the first argument is one.
    pub fn number(&self) -> Option<usize> {
        self.what.first()?.parse().ok()
    }

    /// The project.
    pub fn path(&self) -> Option<PathBuf> {
        let at = usize::from(self.number().is_some());
        self.what.get(at).map(PathBuf::from)
    }
}

/// Arguments of `present`.
#[derive(Debug, Args)]
pub struct PresentArguments {
    /// The class, as `show` takes it [default: one of the sample of the lessons].
    pub class: Option<String>,

    /// The project [default: this folder].
    pub path: Option<PathBuf>,
}
