//! What the run at rest has been asked, and what it has answered: the analysis never changes, and what it does not hold comes this way.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::load::{Query, Reply};

/// How many answers are kept. Asking again costs little; forgetting costs nothing.
const KEPT: usize = 256;

/// Questions and answers about the analysis that is open.
#[derive(Debug, Default)]
pub struct Answers {
    known: FxHashMap<Query, Arc<Reply>>,
    /// Asked, and not answered yet.
    asked: FxHashSet<Query>,
    /// To be asked of the run by whoever can.
    unasked: Vec<Query>,
}

impl Answers {
    /// The answer to a question, if it has come.
    pub fn to(&self, question: &Query) -> Option<&Reply> {
        self.known.get(question).map(|answer| &**answer)
    }

    /// All answers that have come.
    pub(super) fn known(&self) -> FxHashMap<Query, Arc<Reply>> {
        self.known.clone()
    }

    /// Wants an answer, unless it is there or on its way.
    pub(super) fn want(&mut self, question: Query) {
        if !self.known.contains_key(&question) && self.asked.insert(question.clone()) {
            self.unasked.push(question);
        }
    }

    /// Takes in an answer.
    pub(super) fn hear(&mut self, question: Query, answer: Arc<Reply>) {
        if self.known.len() >= KEPT {
            self.known.clear();
        }
        self.asked.remove(&question);
        self.known.insert(question, answer);
    }

    /// The questions that are still to be asked.
    pub(super) fn take_unasked(&mut self) -> Vec<Query> {
        std::mem::take(&mut self.unasked)
    }

    /// Another analysis is open: its classes have other numbers.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}
