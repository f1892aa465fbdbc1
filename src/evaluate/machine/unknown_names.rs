//! What is bound, set or deleted under a name that is not known: whoever reads one of the names that were there takes for granted that it was
//! another.

use crate::Name;
use crate::evaluate::machine::reach::Reached;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::ScopeId;
use crate::semantics::{Assumption, ClassId};
use crate::source::Place;

impl Run<'_, '_> {
    /// Notes that a class was given a value under a name that is not known, but for how it begins: who reads one of its names takes for
    /// granted that it was not that one.
    ///
    /// ```py
    /// class Kinds: base = Plain
    /// setattr(Kinds, sys.argv[1], Special)
    /// class C(Kinds.base): ...            # where that was another name
    /// ```
    pub(crate) fn may_replace_names_of(&mut self, class: ClassId, start: &str, at: Option<Place>) {
        let names = self.class_names.get(&class).into_iter().flatten();
        let names = names.map(|it| it.0).filter(|it| it.starts_with(start));
        let mut reached = Reached::default();
        reached
            .attributes
            .extend(names.map(|it| (class, it.clone())));
        self.touch_there(reached, at);
    }

    /// Notes that the metaclass of a class rests on an assumption.
    pub(crate) fn may_have_another_metaclass(&mut self, class: ClassId, assumption: &Assumption) {
        let mut reached = Reached::default();
        reached
            .attributes
            .insert((class, Name::const_new("__class__")));
        self.touch(reached, assumption);
    }

    /// Notes that a module or the body of a class was given a name that is not known.
    pub(crate) fn may_replace_names_in(&mut self, scope: ScopeId, at: Option<Place>) {
        let names = self.scope(scope).names.keys();
        let mut reached = Reached::default();
        reached.names.extend(names.map(|it| (scope, it.clone())));
        self.touch_there(reached, at);
    }

    /// The first line of what stands at a place.
    pub(crate) fn first_line(&self, at: Option<Place>) -> String {
        let text = self.text(at);
        text.lines().next().unwrap_or_default().to_owned()
    }

    fn touch_there(&mut self, reached: Reached, at: Option<Place>) {
        if !reached.is_empty() && !self.is_traced() {
            self.started.lose();
            let line = self.first_line(at);
            let what = format!("`{line}` replaces nothing that is there");
            self.touch(reached, &Assumption { what, at });
        }
    }
}
