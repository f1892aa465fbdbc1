//! What is taken for granted: by the class that is being made, or by all that a module makes from here on.

use crate::evaluate::machine::run::Run;
use crate::semantics::{Assumption, ClassId, Standing};

impl Run<'_, '_> {
    /// Notes an assumption: on the class that is being made, or on all that the module which runs makes from here on.
    pub(crate) fn assume_here(&mut self, assumption: Assumption) {
        if self.making > 0 || !self.pending.is_empty() {
            self.take_for_granted(assumption);
        } else if let Some(&module) = self.running.last() {
            self.unknowns += 1;
            let assumptions = &mut self.module_mut(module).assumptions;
            if !assumptions.contains(&assumption) {
                assumptions.push(assumption);
            }
        }
    }

    /// Notes an assumption on the class that is being made. What comes of it is no more certain than what cannot be decided.
    pub(crate) fn take_for_granted(&mut self, assumption: Assumption) {
        self.unknowns += 1;
        self.assumptions.push(assumption);
    }

    /// Notes what the answer for a class rests on.
    pub(crate) fn assume(&mut self, id: ClassId, assumptions: Vec<Assumption>) {
        if assumptions.is_empty() {
            return;
        }
        // One thing is taken once, however often it was asked for.
        let mut noted: Vec<Assumption> = vec![];
        for assumption in assumptions {
            if noted.iter().all(|it| it.what != assumption.what) {
                noted.push(assumption);
            }
        }
        let assumptions = noted;
        let class = self.class_mut(id);
        match &mut class.standing {
            Standing::Assumed(have) => have.extend(assumptions),
            standing @ Standing::Exact => {
                *standing = Standing::Assumed(assumptions);
            }
        }
    }
}
