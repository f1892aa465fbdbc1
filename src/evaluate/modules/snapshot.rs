//! Compiled modules without source: what a snapshot says of them, and what it does not.

use crate::Name;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{ModuleIx, Value};
use crate::semantics::{Standing, Why};
use crate::source::Place;

impl Run<'_, '_> {
    /// What is not known of a compiled module: all of it, or the names that its snapshot does not describe.
    pub(super) fn no_source(&mut self, dotted: &str, at: Option<Place>) -> Value {
        self.gap(self.why_no_source(dotted), dotted, at)
    }

    pub(super) fn why_no_source(&self, dotted: &str) -> Why {
        let snapshot = self.world.facts.snapshot();
        Why::NoSource {
            module: Name::from(dotted),
            has_changed: snapshot.is_some_and(|it| it.is_stale(dotted)),
        }
    }

    /// Names that a snapshot could not describe are there all the same.
    pub(super) fn open_described(&mut self, ix: ModuleIx, dotted: &str, at: Option<Place>) {
        let snapshot = self.world.facts.snapshot();
        if snapshot.is_some_and(|it| it.has(dotted))
            && let Value::Gap(gap) = self.no_source(dotted, at)
        {
            self.module_mut(ix).open = Some(gap);
        }
    }

    /// What derives from a class that a compiled one takes the place of rests on their being alike.
    pub(super) fn note_twins(&mut self) {
        if self.twins.is_empty() {
            return;
        }
        for id in self.classes.own_ids() {
            let mro = self.classes.mro(id).unwrap_or_default();
            let told = mro.iter().find_map(|it| self.twins.get(it)).cloned();
            self.assume(id, told.into_iter().collect());
        }
    }

    /// What derives from a class of a snapshot rests on what that was told.
    pub(super) fn note_snapshot(&mut self) {
        if self.world.facts.snapshot().is_none() {
            return;
        }
        for id in self.classes.own_ids() {
            let told = self.classes.mro(id).and_then(|mro| {
                mro.iter()
                    .filter(|&&ancestor| self.classes.is_interpreters(ancestor))
                    .find_map(|&ancestor| match &self.classes.get(ancestor).standing {
                        Standing::Assumed(assumptions) => Some(assumptions.clone()),
                        Standing::Exact => None,
                    })
            });
            self.assume(id, told.unwrap_or_default());
        }
    }
}
