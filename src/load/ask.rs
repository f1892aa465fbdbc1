//! What is asked of a project that is loaded, and answered by running some of it: by the run at rest, or anew.

use std::sync::Arc;

use crate::analysis::{Analysis, Difference, edited};
use crate::evaluate::{Answer, AtRest, Question};
use crate::plugins::{Atlas, Ground, atlas};
use crate::semantics::ClassId;

use super::stage::Stage;
use super::{Explanation, Fates, NotOperated, Operated, Trials, Tried, explained, fates, operated};

/// Something asked of a project that is loaded.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Query {
    /// Of the run at rest.
    AtRest(Question),
    /// Why a class statement raises, and what mends it.
    Explain(ClassId),
    /// What comes of a class statement in each version of Python.
    Fates(ClassId),
    /// What a run says of a class whose statement has this head.
    Try {
        /// The class.
        class: ClassId,
        /// The head, as [`Analysis::what_if`] takes it.
        head: String,
    },
    /// Whom an operation asks, and what comes of it.
    Operate {
        /// The class that `_` is an instance of.
        class: ClassId,
        /// The expression, as [`operated`] takes it.
        line: String,
    },
    /// What is registered where.
    Atlas,
    /// What differs between the project and another state of it: a revision, a version of Python, an environment, a folder.
    Compare(String),
}

/// Another state of a project, and what differs.
#[derive(Debug)]
pub struct Compared {
    /// The other state.
    pub before: Analysis,
    /// What it is called.
    pub from: String,
    /// What the project as it is loaded is called beside it.
    pub to: String,
    /// What differs.
    pub difference: Difference,
    /// What is to be said of how it was come by.
    pub notes: Vec<String>,
}

/// What is answered.
#[derive(Debug, Clone)]
pub enum Reply {
    /// By the run at rest.
    AtRest(Answer),
    /// The explanation; none for a class that is made.
    Explained(Option<Arc<Explanation>>),
    /// What comes of it in each version, oldest first.
    Fates(Fates),
    /// What came of the run; none where the edit cannot be written.
    Tried(Option<Arc<Tried>>),
    /// What is told of an operation, or why nothing is.
    Operated(Result<Arc<Operated>, Arc<NotOperated>>),
    /// Every registry.
    Atlas(Arc<Atlas>),
    /// What differs from another state; or why that cannot be said, and the cure.
    Compared(Result<Arc<Compared>, String>),
}

/// Answers a query.
pub fn reply(
    analysis: &Analysis,
    run: &mut AtRest<'_, '_>,
    trials: &Trials<'_>,
    query: &Query,
) -> Reply {
    match query {
        Query::AtRest(question) => Reply::AtRest(run.answer(question)),
        Query::Explain(class) => {
            let found = explained(analysis, run, trials, &[*class]).pop();
            Reply::Explained(found.map(Arc::new))
        }
        Query::Fates(class) => {
            let found = fates(analysis, run, trials, &[*class]).pop();
            Reply::Fates(found.unwrap_or_default())
        }
        Query::Try { class, head } => {
            Reply::Tried(tried(analysis, run, trials, *class, head).map(Arc::new))
        }
        Query::Operate { class, line } => {
            let told = operated(analysis, run, Some(*class), line);
            Reply::Operated(told.map(Arc::new).map_err(Arc::new))
        }
        Query::Atlas => Reply::Atlas(Arc::new(atlas_of(analysis, run, trials))),
        // What the other state is, only who started the program can find out.
        Query::Compare(with) => {
            Reply::Compared(Err(format!("there is no way to {with} from here")))
        }
    }
}

/// Draws the atlas of a project.
pub fn atlas_of(analysis: &Analysis, run: &mut AtRest<'_, '_>, trials: &Trials<'_>) -> Atlas {
    let ground = Ground {
        analysis,
        project: trials.project,
        environment: trials.environment,
        sheets: trials.sheets,
    };
    atlas(ground, run)
}

/// Runs what hangs on a class with another head of its statement; none where there is no such edit.
pub fn tried(
    analysis: &Analysis,
    run: &AtRest<'_, '_>,
    trials: &Trials<'_>,
    class: ClassId,
    head: &str,
) -> Option<Tried> {
    let what_if = analysis.what_if(class, head).ok()?;
    let files = edited(analysis, std::slice::from_ref(&what_if.edit))?;
    let stage = Stage::new(analysis, run, trials, std::iter::once(class));
    Some(stage.tried(trials, &files, &analysis.named_as(class)))
}
