//! `mroscope diff`: what changed between two states of a project: revisions, folders, environments, versions of Python.

mod forms;
mod sides;

use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::analysis::{Analysis, Comparing, Scope, difference_in};
use crate::cli::args::DiffArguments;
use crate::cli::diff::sides::{Side, Sides, against, sides};
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::{Opener, Session};
use crate::cli::{interrupt, paint};
use crate::error::{Error, Kind};
use crate::load::{Compared, Reply};
use crate::source::TemporaryFolder;
use crate::view;

/// Loads both sides one after the other, and prints what differs; a difference is told by the exit code.
pub(super) fn diff(session: &mut Session<'_>, arguments: &DiffArguments) -> Result<Ending, Stop> {
    // Whatever ends us, the folder goes.
    let folder: Arc<Mutex<Option<TemporaryFolder>>> = Arc::default();
    let _guard = interrupt::removing(&folder);
    let sides: Sides = sides(&session.opener(), arguments, &folder)?;
    let before = loaded(&sides.before)?;
    let after = loaded(&sides.after)?;
    let comparing = Comparing {
        scope: if arguments.all {
            Scope::All
        } else {
            Scope::Project
        },
        renamed: sides.renamed(),
    };
    let difference = difference_in(&before, &after, &comparing);
    let mut notes = sides.notes;
    notes.extend(problems(&sides.before, &before));
    notes.extend(problems(&sides.after, &after));
    if before.world.python != after.world.python && !sides.is_about_versions {
        notes.push(format!(
            "answers are for Python {} before and {} after",
            before.world.python, after.world.python
        ));
    }
    let differing = view::Differing {
        from: sides.before.label,
        to: sides.after.label,
        before: &before,
        after: &after,
        difference: &difference,
        notes,
    };
    if arguments.json {
        session.streams.line(&forms::json(&differing).to_string())?;
    } else if arguments.markdown {
        for line in forms::markdown(&view::difference(&differing)) {
            session.streams.line(&line)?;
        }
    } else {
        paint::page(
            session.streams,
            &session.styles,
            &view::difference(&differing),
        )?;
    }
    Ok(if difference.is_empty() {
        Ending::Done
    } else {
        Ending::Found
    })
}

/// What differs between a project that is loaded and another state of it, for the explorer.
pub(super) fn compared(opener: &Opener<'_>, project: &Path, after: &Analysis, with: &str) -> Reply {
    let compared = || -> Result<Compared, Error> {
        // The files of a revision are gone again when the other side is read.
        let folder: Arc<Mutex<Option<TemporaryFolder>>> = Arc::default();
        let (side, mut notes, to) = against(opener, project, with, &folder)?;
        let before = loaded(&side)?;
        notes.extend(problems(&side, &before));
        Ok(Compared {
            difference: difference_in(&before, after, &Comparing::default()),
            before,
            from: side.label,
            to: to.to_owned(),
            notes,
        })
    };
    Reply::Compared(compared().map(Arc::new).map_err(|error| match &error.hint {
        Some(hint) => format!("{}: {hint}", error.message),
        None => error.message.clone(),
    }))
}

fn loaded(side: &Side) -> Result<Analysis, Error> {
    let loaded = side.loader.load(&side.path);
    loaded.map_err(|error| side.of_this_side(error))
}

/// That files of a side could not be used whole.
fn problems(side: &Side, analysis: &Analysis) -> Option<String> {
    let number = analysis.problems.len();
    (number > 0).then(|| {
        format!(
            "{}: {} could not be used whole",
            side.label,
            view::count(number, "file", "files")
        )
    })
}

/// What cannot be asked for together, with its cure.
fn usage(message: impl Into<String>, hint: impl Into<String>) -> Error {
    Error::new(Kind::Usage, message).hint(hint)
}
