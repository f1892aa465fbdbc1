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

    /// What the answers for the bases of a class rest on: its own is no surer than theirs.
    ///
    /// ```py
    /// app.setup(bases)            # not followed
    /// class Base(*bases): ...     # assumed: `app.setup` leaves what it is handed as it was
    /// class Heir(Base): ...       # assumed: its MRO has that of `Base` in it
    /// ```
    pub(super) fn bases_rest_on(&self, bases: &[ClassId]) -> Vec<Assumption> {
        let mut rests_on: Vec<Assumption> = vec![];
        for base in bases {
            if let Standing::Assumed(what) = &self.classes.get(*base).standing {
                rests_on.extend(what.iter().cloned());
            }
        }
        rests_on
    }

    /// Notes what the answer for a class rests on.
    pub(crate) fn assume(&mut self, id: ClassId, assumptions: Vec<Assumption>) {
        if assumptions.is_empty() {
            return;
        }
        // One thing is taken once, however often it was asked for.
        let standing = &mut self.class_mut(id).standing;
        let mut noted = match std::mem::replace(standing, Standing::Exact) {
            Standing::Assumed(have) => have,
            Standing::Exact => vec![],
        };
        for assumption in assumptions {
            if noted.iter().all(|it| it.what != assumption.what) {
                noted.push(assumption);
            }
        }
        *standing = Standing::Assumed(noted);
    }
}
