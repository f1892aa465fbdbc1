//! `cls.__bases__ = …`: a class that gets other bases after it was made, and those that derive from it.

use rustc_hash::FxHashSet;

use crate::Name;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::Value;
use crate::semantics::{Assumption, ClassId, Gap, Made, Outcome, Why};
use crate::source::Place;

/// What a class rests on whose bases a module sets that nobody imports with it.
pub fn not_imported(module: &str) -> String {
    format!("`{module}`, which sets its bases, is not imported")
}

impl Run<'_, '_> {
    /// `cls.__bases__ = bases` (`type_set_bases`): the class and those below it get the MROs that follow.
    pub(crate) fn set_bases(
        &mut self,
        class: ClassId,
        bases: &Value,
        at: Option<Place>,
    ) -> Eval<()> {
        if self.classes.is_interpreters(class) {
            return Ok(());
        }
        self.refuse_bases(class, bases, at)?;
        // Who imports the class alone does not get what a module does to it that nobody imports with it.
        let module = self.classes.get(class).path.module.clone();
        if let Some(&running) = self.running.last()
            && !self.comes_with(&module, running)
        {
            let by = self.module(running).name.clone();
            let assumption = Assumption {
                what: not_imported(&by),
                at,
            };
            self.assume(class, vec![assumption]);
            return Ok(());
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
            let message = String::from("a __bases__ item causes an inheritance cycle");
            return Err(self.throw(self.known.type_error, message, at));
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
                Ok(made) if id == class && self.is_object_alone(ground, made.best_base) => {
                    self.take_back();
                    let message = self.other_layout(ground, made.best_base, "deallocator");
                    return Err(self.throw(self.known.type_error, message, at));
                }
                Ok(made) if id != class || self.same_layout(ground, made.best_base) => {
                    // What comes below is merged from it.
                    let outcome = &mut self.class_mut(id).outcome;
                    let before = std::mem::replace(outcome, Outcome::Created(made.clone()));
                    follows.push((id, Some(made)));
                    self.undone.push((id, before));
                }
                Ok(made) => {
                    self.take_back();
                    let message = self.other_layout(ground, made.best_base, "object layout");
                    return Err(self.throw(self.known.type_error, message, at));
                }
                Err(error) => {
                    self.take_back();
                    let raised = error.raised(&self.classes, self.world.version);
                    return Err(self.throw(self.known.type_error, raised.message, at));
                }
            }
        }
        // Where one of them cannot be told, nobody knows whether CPython refuses for all.
        if follows.iter().all(|(_, made)| made.is_some()) {
            self.undone.clear();
            return Ok(());
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
        Ok(())
    }

    /// Raises for what is no tuple of classes (`type_set_bases`).
    fn refuse_bases(&mut self, class: ClassId, bases: &Value, at: Option<Place>) -> Eval<()> {
        let called = self.classes.get(class).path.name();
        let message = match bases {
            Value::Gap(_) => return Ok(()),
            Value::Tuple(items) if items.is_empty() => {
                format!("can only assign non-empty tuple to {called}.__bases__, not ()")
            }
            Value::Tuple(items) => {
                let odd = items
                    .iter()
                    .find(|it| !matches!(it, Value::Class(_) | Value::Gap(_)));
                let Some(odd) = odd else { return Ok(()) };
                let kind = self.type_name(odd);
                format!("{called}.__bases__ must be tuple of classes, not '{kind}'")
            }
            other => {
                let is_tuple = self
                    .class_of(other)
                    .is_none_or(|it| self.classes.is_subclass(it, self.known.tuple));
                if is_tuple {
                    return Ok(());
                }
                let kind = self.type_name(other);
                format!("can only assign tuple to {called}.__bases__, not {kind}")
            }
        };
        Err(self.throw(self.known.type_error, message, at))
    }

    /// Whether one of two bases is `object` and the other a class of a program: those free their instances in another way.
    fn is_object_alone(&self, one: Option<ClassId>, other: Option<ClassId>) -> bool {
        let (Some(one), Some(other)) = (one, other) else {
            return false;
        };
        let object = self.known.object;
        one == object && !self.classes.is_interpreters(other)
            || other == object && !self.classes.is_interpreters(one)
    }

    fn other_layout(&self, before: Option<ClassId>, after: Option<ClassId>, what: &str) -> String {
        let named =
            |id: Option<ClassId>| id.map_or("object", |it| self.classes.get(it).path.name());
        format!(
            "__bases__ assignment: '{}' {what} differs from '{}'",
            named(after),
            named(before)
        )
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
