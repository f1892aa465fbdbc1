//! `mroscope check`: a line for every fault of a project, for editors and for those who watch over a repository.

use crate::cli::args::CheckArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::Session;
use crate::view;

/// Prints the faults, and how many there are; finding one is told by the exit code.
pub(super) fn check(session: &mut Session<'_>, arguments: &CheckArguments) -> Result<Ending, Stop> {
    let analysis = session.load(&arguments.path)?;
    let faults = view::faults(&analysis);
    for fault in &faults {
        let line = fault.line(&session.folder);
        session.streams.line(&view::safe(&line))?;
    }
    let classes = view::count(analysis.counts().classes, "class", "classes");
    if faults.is_empty() {
        session.message(&format!("{classes}, and each class statement makes one"))?;
        return Ok(Ending::Done);
    }
    let found = view::count(faults.len(), "fault", "faults");
    session.message(&format!("{found} in {classes}"))?;
    Ok(Ending::Found)
}
