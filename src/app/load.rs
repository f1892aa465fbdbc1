//! What the program hears from whoever reads the project, and what it makes of it for the status line.

use std::fmt;
use std::sync::Arc;

use crate::analysis::{Analysis, Counts};
use crate::app::search::Index;
use crate::app::tree::Forest;
use crate::load::{Query, Reply};
use crate::view::Reread;

/// A word from the loader. Each carries the number of its load: what an older load still sends is dropped.
#[derive(Debug, Clone)]
pub enum LoadMsg {
    /// How far it is.
    Progress {
        /// Which load.
        generation: u64,
        /// What it is doing, as the status line says it: `reading files`.
        doing: &'static str,
        /// How many are done.
        done: usize,
        /// How many there are; 0 while that is not known.
        total: usize,
    },
    /// What comes of the module that is open, before all others are run: what those do to it is not in it.
    First {
        /// Which load.
        generation: u64,
        /// The answer.
        analysis: Arc<Analysis>,
    },
    /// All that can be known.
    Ready {
        /// Which load.
        generation: u64,
        /// The answer.
        arrival: Arc<Arrival>,
    },
    /// The run, at rest by now, answers a question.
    Answer {
        /// Which load.
        generation: u64,
        /// What was asked.
        question: Query,
        /// The answer.
        answer: Arc<Reply>,
    },
    /// It could not do its work.
    Failed {
        /// Which load.
        generation: u64,
        /// Why, in a line.
        message: String,
    },
    /// What differs from what the load before it gave.
    Differs {
        /// Which load.
        generation: u64,
        /// In words.
        said: Reread,
    },
    /// Files of the project hold something else now.
    FilesChanged {
        /// Their names, as people are shown them.
        files: Vec<String>,
    },
    /// Changes of files cannot be noticed; the text says why.
    NotFollowed(String),
}

/// An analysis, and what the screen needs to have made of it before anything is drawn. At a hundred thousand classes that takes half a
/// second, so whoever reads makes it.
pub struct Arrival {
    pub(super) analysis: Arc<Analysis>,
    pub(super) forest: Arc<Forest>,
    pub(super) index: Arc<Index>,
    pub(super) counts: Counts,
}

impl Arrival {
    fn of(analysis: Arc<Analysis>) -> Self {
        let ((), (forest, index)) = rayon::join(
            // The home says it: the screen need not wait for it then.
            || {
                analysis.outlook();
            },
            || rayon::join(|| Forest::of(&analysis), || Index::new(&analysis)),
        );
        Self {
            forest: Arc::new(forest),
            index: Arc::new(index),
            counts: analysis.counts(),
            analysis,
        }
    }
}

impl fmt::Debug for Arrival {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arrival")
            .field("counts", &self.counts)
            .finish_non_exhaustive()
    }
}

impl LoadMsg {
    /// Says that the project has been read.
    pub fn ready(generation: u64, analysis: Arc<Analysis>) -> Self {
        Self::Ready {
            generation,
            arrival: Arc::new(Arrival::of(analysis)),
        }
    }

    /// Which load sent it; none for what none did.
    pub fn generation(&self) -> Option<u64> {
        match self {
            Self::Progress { generation, .. }
            | Self::First { generation, .. }
            | Self::Ready { generation, .. }
            | Self::Answer { generation, .. }
            | Self::Failed { generation, .. }
            | Self::Differs { generation, .. } => Some(*generation),
            Self::FilesChanged { .. } | Self::NotFollowed(_) => None,
        }
    }
}

impl Loading {
    /// Whether something is being read.
    pub fn is_at_work(&self) -> bool {
        matches!(self, Self::Asked | Self::Working { .. })
    }
}

/// How far the load is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Loading {
    /// Nothing has been heard yet.
    #[default]
    Asked,
    /// It is at work.
    Working {
        /// What it is doing.
        doing: &'static str,
        /// How many are done.
        done: usize,
        /// How many there are; 0 while that is not known.
        total: usize,
    },
    /// It is done.
    Done,
    /// It could not do its work.
    Failed(String),
}
