//! `cls.__bases__ = …`: a class that gets other bases after it was made, and those that derive from it.

use rustc_hash::FxHashSet;

use crate::Name;
use crate::evaluate::run::Run;
use crate::evaluate::value::Value;
use crate::semantics::{Assumption, ClassId, Gap, Made, Outcome, Why};
use crate::source::Place;

impl Run<'_, '_> {
    /// `cls.__bases__ = bases` (`type_set_bases`): the class and those below it get the MROs that follow.
    pub(super) fn set_bases(&mut self, class: ClassId, bases: &Value, at: Option<Place>) {
        if self.classes.is_interpreters(class) {
            return;
        }
        // Who imports the class alone does not get what a module does to it that nobody imports with it.
        let module = self.classes.get(class).path.module.clone();
        if let Some(&running) = self.running.last()
            && !self.comes_with(&module, running)
        {
            let by = self.module(running).name.clone();
            let assumption = Assumption {
                what: format!("`{by}`, which sets its bases, is not imported"),
                at,
            };
            self.assume(class, vec![assumption]);
            return;
        }
        let (items, open) = self.iterate(bases);
        let ids: Option<Vec<ClassId>> = items
            .iter()
            .map(|it| match it {
                Value::Class(id) if self.is_whole(*id) => Some(*id),
                _ => None,
            })
            .collect();
        let known = ids.filter(|ids| !open && !ids.is_empty());
        // CPython refuses a cycle, and leaves the class as it is.
        if let Some(ids) = &known
            && ids.iter().any(|&id| self.stands_on(id, class))
        {
            return;
        }
        let below: Vec<ClassId> = self
            .classes
            .own_ids()
            .filter(|&id| self.classes.mro(id).is_some_and(|mro| mro.contains(&class)))
            .collect();
        // The new MROs, or none where CPython would refuse and leave everything as it was; nobody knows what an `mro()` of its own gives.
        let mut follows: Vec<(ClassId, Option<Made>)> = vec![];
        for id in below {
            let Some(made) = self.classes.made(id) else {
                continue;
            };
            let metaclass = made.metaclass;
            let (bases, ground) = match &known {
                Some(ids) if id == class => (ids.clone(), made.best_base),
                _ => (made.bases.clone(), made.best_base),
            };
            if known.is_none() || self.user_defines(metaclass, "mro") {
                follows.push((id, None));
                continue;
            }
            let name = Name::from(self.classes.get(id).path.name());
            let slots = self.declared_slots(id);
            match self.type_new(id, metaclass, &name, &bases, &slots, None) {
                Ok(made) if id != class || self.same_layout(ground, made.best_base) => {
                    // What comes below is merged from it.
                    let outcome = &mut self.class_mut(id).outcome;
                    let before = std::mem::replace(outcome, Outcome::Created(made.clone()));
                    follows.push((id, Some(made)));
                    self.undone.push((id, before));
                }
                _ => {
                    self.take_back();
                    return;
                }
            }
        }
        // Where one of them cannot be told, nobody knows whether CPython refuses for all.
        if follows.iter().all(|(_, made)| made.is_some()) {
            self.undone.clear();
            return;
        }
        self.take_back();
        for (id, _) in follows {
            let metaclass = self.metaclass_of(id);
            let known = self.classes.mro(id).map(<[ClassId]>::to_vec);
            let gap = Gap {
                why: Why::NotFollowed,
                what: Name::const_new("__bases__"),
                at,
            };
            self.class_mut(id).outcome = Outcome::Unknown {
                because: vec![gap],
                known: known.unwrap_or_default(),
                metaclass,
            };
        }
    }

    /// Whether instances are laid out alike (`compatible_for_assignment`).
    fn same_layout(&self, one: Option<ClassId>, other: Option<ClassId>) -> bool {
        let solid = |id: Option<ClassId>| Some(self.classes.made(id?)?.solid_base);
        solid(one) == solid(other)
    }

    /// Whether a class is another or derives from it by its bases, whatever its MRO says.
    fn stands_on(&self, class: ClassId, other: ClassId) -> bool {
        let mut seen: FxHashSet<ClassId> = FxHashSet::default();
        let mut wanted = vec![class];
        while let Some(id) = wanted.pop() {
            if id == other {
                return true;
            }
            if seen.insert(id)
                && let Some(made) = self.classes.made(id)
            {
                wanted.extend(made.bases.iter().copied());
            }
        }
        false
    }

    /// Gives the classes that an assignment has changed so far what they were before.
    fn take_back(&mut self) {
        for (id, before) in std::mem::take(&mut self.undone).into_iter().rev() {
            self.class_mut(id).outcome = before;
        }
    }
}
