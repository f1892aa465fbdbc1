//! `mroscope problems`: files that could not be used whole, and class statements that raise.

use crate::cli::args::ProblemsArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::paint;
use crate::cli::session::Session;
use crate::view;

/// Prints the problems page; finding something is told by the exit code.
pub(super) fn problems(
    session: &mut Session<'_>,
    arguments: &ProblemsArguments,
) -> Result<Ending, Stop> {
    let analysis = session.load(&arguments.path)?;
    paint::page(session.streams, &session.styles, &view::problems(&analysis))?;
    let counts = analysis.counts();
    Ok(if counts.problems + counts.raises == 0 {
        Ending::Done
    } else {
        Ending::Found
    })
}
