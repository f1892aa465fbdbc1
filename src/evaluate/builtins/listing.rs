//! What an object lists of itself: `dir(object)`, and `inspect.getmembers`, which goes through that list.

use std::collections::BTreeSet;

use crate::Name;
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, Value};
use crate::semantics::ClassId;
use crate::source::Place;

impl Run<'_, '_> {
    /// Whether a `__dir__` of a program's says what `dir(value)` gives.
    pub(super) fn is_listed_by_code(&self, value: &Value) -> bool {
        matches!(value, Value::Object(_) | Value::Class(_)) && self.has_code(value, "__dir__")
    }

    /// `dir(value)` of such a one: a sorted list of what that gives (`_dir_object`).
    pub(super) fn listed_by_code(
        &mut self,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Special::Code(method) = self.special(value, "__dir__")? else {
            return Ok(None);
        };
        let given = self.call_method(&method, vec![], at)?;
        let listed = self.items_to_keep(&given, at)?;
        let names = listed.items.iter().map(|it| match it {
            Value::Str(name) => Some(name.clone()),
            _ => None,
        });
        let names: Option<Vec<_>> = names.collect();
        let names = names.filter(|_| !listed.open);
        Ok(names.map(|mut names| {
            names.sort_unstable();
            self.list(names.into_iter().map(Value::Str).collect())
        }))
    }

    /// The names that `dir(value)` lists, sorted, and whether there may be others; none where the object may list what it likes.
    ///
    /// ```py
    /// dir(Order)    # the names of `Order` and of all classes along its MRO (`type.__dir__`)
    /// dir(Order())  # those, and the names in its `__dict__` (`object.__dir__`)
    /// ```
    pub(super) fn listed(&self, value: &Value) -> Option<(Vec<Name>, bool)> {
        let mut names = BTreeSet::new();
        let mut open = false;
        match value {
            Value::Module(ix) => {
                let module = self.module(*ix);
                if self.scope(module.scope).names.contains_key("__dir__") {
                    return None;
                }
                open = module.file.is_none() || module.open.is_some() || module.gap.is_some();
                names.extend(self.scope(module.scope).names.keys().cloned());
            }
            Value::Class(class) => {
                let metaclass = self.metaclass_of(*class)?;
                if !self.lists_by_default(metaclass, self.known.type_) {
                    return None;
                }
                open |= self.list_class(*class, &mut names);
            }
            Value::Object(id) => {
                let Object::Instance(instance) = self.object(*id) else {
                    return None;
                };
                if !self.lists_by_default(instance.class, self.known.object) {
                    return None;
                }
                open |= instance.open | self.list_class(instance.class, &mut names);
                names.extend(instance.names.keys().cloned());
            }
            _ => return None,
        }
        Some((names.into_iter().collect(), open))
    }

    /// Whether instances of a class answer `dir()` as those of the interpreter's class do.
    fn lists_by_default(&self, class: ClassId, like: ClassId) -> bool {
        self.is_whole(class)
            && self
                .find_in_mro(class, "__dir__")
                .is_some_and(|(owner, binding)| owner == like && binding.is_none())
    }

    /// Adds the names of a class and of all classes along its MRO; returns whether there may be others.
    fn list_class(&self, class: ClassId, names: &mut BTreeSet<Name>) -> bool {
        let Some(mro) = self.classes.mro(class) else {
            return true;
        };
        for &id in mro {
            if self.classes.is_interpreters(id) {
                names.extend(self.classes.members(id).keys().cloned());
            } else {
                names.extend(["__doc__", "__module__"].map(Name::const_new));
            }
            let own = self.class_names.get(&id).into_iter().flatten();
            // `type.__new__` takes it out.
            names.extend(own.map(|it| it.0.clone()).filter(|it| it != "__qualname__"));
            if let Some(made) = self.classes.made(id) {
                if made.shape.dict {
                    names.insert(Name::const_new("__dict__"));
                }
                if made.shape.weakref {
                    names.insert(Name::const_new("__weakref__"));
                }
                if let crate::semantics::Slots::Names(slots) = &made.slots {
                    names.extend(slots.iter().cloned());
                }
            }
        }
        false
    }

    /// `inspect.getmembers(object, predicate)`: pairs of a name and what the object has under it, for the values that the predicate takes.
    pub(crate) fn members_listed(&mut self, asked: &Asked<'_>) -> Eval<Option<Value>> {
        let Some(object) = asked.arguments.get(0, "object").cloned() else {
            return Ok(None);
        };
        let predicate = asked.arguments.get(1, "predicate").cloned();
        let predicate = predicate.filter(|it| !matches!(it, Value::None));
        let Some((names, mut open)) = self.listed(&object) else {
            return Ok(None);
        };
        let mut items = vec![];
        for name in names {
            if !self.round() {
                open = true;
                break;
            }
            self.askers += 1;
            let value = self.get_attribute(&object, &name, asked.at);
            self.askers -= 1;
            // Listed, and not there when it is asked for: `__abstractmethods__` of most classes.
            let Ok(value) = value else { continue };
            let is_taken = match &predicate {
                Some(predicate) => {
                    let answer = self.call_one(predicate, value.clone(), asked)?;
                    self.truth(&answer)
                }
                None => Some(true),
            };
            match is_taken {
                Some(true) => items.push(Value::tuple(vec![Value::str(&name), value])),
                Some(false) => {}
                None => open = true,
            }
        }
        Ok(Some(self.allocate(Object::List { items, open })))
    }
}
