//! `C.__dict__`: what a class has in its own namespace, with what the class statement and `type.__new__` put there.

use crate::Name;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Binding, Dict, Value};
use crate::semantics::{ClassId, Origin, Slots, Why};
use crate::source::PythonVersion;

impl Run<'_, '_> {
    /// The entries of a class's `__dict__`, in the order in which CPython has them.
    ///
    /// ```py
    /// class C:
    ///     def __eq__(self, other): ...
    ///
    /// list(C.__dict__)  # ['__module__', '__eq__', '__dict__', '__weakref__', '__doc__', '__hash__']
    /// ```
    pub(super) fn dict_of_class(&mut self, class: ClassId) -> Dict {
        if self.classes.is_interpreters(class) {
            let mut dict = self.dict_of_table(class);
            for (name, binding) in self.class_names.get(&class).into_iter().flatten() {
                dict.insert(Value::str(name), binding.value.clone());
            }
            return dict;
        }
        let mut dict = Dict::default();
        let own: Vec<(Name, Binding)> = self
            .class_names
            .get(&class)
            .into_iter()
            .flatten()
            .map(|(name, binding)| (name.clone(), binding.clone()))
            .collect();
        let is_own = |wanted: &str| own.iter().any(|(name, _)| name == wanted);
        let is_statement = matches!(self.classes.get(class).origin, Origin::Statement { .. });
        let is_new = self.world.version >= PythonVersion::three(13);
        let known = self.known;
        if is_statement {
            self.put_special(class, "__module__", &mut dict);
            if is_new {
                let line = self.some(known.int, Why::NotFollowed, None);
                dict.insert(Value::str("__firstlineno__"), line);
            }
        }
        if self.world.version < PythonVersion::three(14)
            && let Some(annotations) = self.annotations_of(class)
        {
            dict.insert(Value::str("__annotations__"), annotations);
        }
        let has_docstring = self
            .statements
            .get(&class)
            .is_some_and(|it| it.docstring.is_some());
        if has_docstring {
            self.put_special(class, "__doc__", &mut dict);
        }
        // `type.__new__` takes the qualified name out, and forbids hashing last.
        let hides_hash = |name: &Name, binding: &Binding| {
            name == "__hash__" && binding.at.is_none() && matches!(binding.value, Value::None)
        };
        for (name, binding) in &own {
            if name == "__qualname__" || hides_hash(name, binding) {
                continue;
            }
            dict.insert(Value::str(name), binding.value.clone());
            dict.open |= binding.maybe.is_some();
        }
        dict.open |= self.unlisted.contains_key(&class) || self.patterns.contains_key(&class);
        if is_statement && is_new && !is_own("__static_attributes__") {
            let names = self.some(known.tuple, Why::NotFollowed, None);
            dict.insert(Value::str("__static_attributes__"), names);
        }
        if !is_statement && !is_own("__module__") {
            self.put_special(class, "__module__", &mut dict);
        }
        for (name, kind) in self.put_in_by_type(class) {
            if !is_own(&name) {
                let descriptor = match self.world.facts.class("builtins", kind) {
                    Some(kind) => self.some(kind, Why::NotFollowed, None),
                    None => self.gap(Why::NotFollowed, &name, None),
                };
                dict.insert(Value::str(&name), descriptor);
            }
        }
        if !has_docstring && !is_own("__doc__") {
            self.put_special(class, "__doc__", &mut dict);
        }
        let hash = own.iter().find(|(name, binding)| hides_hash(name, binding));
        if hash.is_some() {
            dict.insert(Value::str("__hash__"), Value::None);
        }
        dict
    }

    fn put_special(&mut self, class: ClassId, name: &'static str, dict: &mut Dict) {
        let value = self.class_special(class, name).unwrap_or(Value::None);
        dict.insert(Value::str(name), value);
    }

    /// The descriptors that `type.__new__` adds: of slots, `__dict__` and `__weakref__`.
    fn put_in_by_type(&self, class: ClassId) -> Vec<(Name, &'static str)> {
        let mut added = vec![];
        let Some(made) = self.classes.made(class) else {
            return added;
        };
        if let Slots::Names(slots) = &made.slots {
            let slots = slots.iter().filter(|it| !is_getset(it));
            added.extend(slots.map(|it| (it.clone(), "member_descriptor")));
        }
        let below = made.best_base.and_then(|base| self.classes.made(base));
        if made.shape.dict && below.is_none_or(|it| !it.shape.dict) {
            added.push((Name::const_new("__dict__"), "getset_descriptor"));
        }
        if made.shape.weakref && below.is_none_or(|it| !it.shape.weakref) {
            added.push((Name::const_new("__weakref__"), "getset_descriptor"));
        }
        added
    }
}

fn is_getset(name: &str) -> bool {
    matches!(name, "__dict__" | "__weakref__")
}
