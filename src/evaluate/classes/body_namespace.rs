//! The namespace of a class body as it is handed to a metaclass, and as it comes back: what `type.__new__` gets.

use crate::Name;
use crate::evaluate::classes::class_cell::CLASS_CELL;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Binding, Dict, Namespace, Object, ScopeId, Value};
use crate::evaluate::shown::repr::docstring_of;
use crate::source::{Place, PythonVersion};

impl Run<'_, '_> {
    /// The dict that a metaclass gets: what the body has bound, and what the compiler puts in front of it.
    ///
    /// ```py
    /// class Order(Model):
    ///     """An order."""
    ///     total: int
    ///
    /// # {'__module__': 'shop', '__qualname__': 'Order', '__annotations__': {'total': int}, '__doc__': 'An order.'}
    /// ```
    pub(super) fn handed_namespace(&mut self, body: ScopeId) -> Value {
        let mut dict = Dict::default();
        let module = self.module(self.scope(body).module).name.clone();
        let qualname = self.scope(body).qualname.clone();
        dict.insert(Value::str("__module__"), Value::str(&module));
        dict.insert(Value::str("__qualname__"), Value::str(&qualname));
        // Since 3.14 there is a function in its place that makes them (PEP 649).
        if self.world.version < PythonVersion::three(14)
            && let Some(annotations) = self.annotations_in(body)
        {
            dict.insert(Value::str("__annotations__"), annotations.clone());
            self.handed_annotations.insert(body, annotations);
        }
        if let Some(text) = self.docstring_in(body) {
            dict.insert(Value::str("__doc__"), text);
        }
        for (name, binding) in &self.scope(body).names {
            dict.insert(Value::str(name), binding.value.clone());
        }
        if self.pending.last().is_some_and(|it| it.body == body)
            && let Some(cell) = self.new_class_cell()
        {
            dict.insert(Value::str(CLASS_CELL), cell);
        }
        self.allocate(Object::Dict(dict))
    }

    /// The docstring of the class statement that waits for its class.
    fn docstring_in(&self, body: ScopeId) -> Option<Value> {
        let pending = self.pending.last().filter(|it| it.body == body)?;
        let text = pending.facts.docstring.as_ref()?;
        Some(Value::str(&docstring_of(text, self.world.version)))
    }

    /// Whether an entry is what the compiler has put there: the class has it by its statement.
    fn is_put_in(&self, body: ScopeId, key: &str, value: &Value) -> bool {
        if self.scope(body).names.contains_key(key) {
            return false;
        }
        match key {
            "__doc__" => self.docstring_in(body).is_some_and(|it| it.same(value)),
            "__annotations__" => {
                let handed = self.handed_annotations.get(&body);
                handed.is_some_and(|it| it.same(value))
            }
            _ => false,
        }
    }

    /// The names of the dict that is handed to `type.__new__`, each with the place that bound it in the class body.
    pub(super) fn namespace_of(
        &mut self,
        namespace: &Value,
        name: &Name,
        at: Option<Place>,
    ) -> Namespace {
        if let Value::Object(id) = namespace
            && let Object::Dict(dict) = self.object(*id)
            && let Some(waiting) = self.awaiting(name, None)
            && dict.view == Some(waiting.body)
        {
            let body = self.scope(waiting.body);
            let module = Value::str(&self.module(body.module).name);
            let mut names = body.names.clone();
            names.insert(Name::const_new("__module__"), Binding::new(module, None));
            return names;
        }
        let qualname = match self.dict_entries(namespace) {
            Some((entries, _)) => entries.into_iter().find_map(|entry| match entry {
                (Value::Str(key), Value::Str(text)) if &*key == "__qualname__" => Some(text),
                _ => None,
            }),
            None => None,
        };
        let body = self.awaiting(name, qualname.as_deref()).map(|it| it.body);
        let mut names = Namespace::default();
        let Some((entries, open)) = self.dict_entries(namespace) else {
            if let Some(body) = body {
                names.clone_from(&self.scope(body).names);
            }
            return names;
        };
        // A dict that may hold more most likely holds what the body bound: better a name too many than one too few.
        if open && let Some(body) = body {
            names.clone_from(&self.scope(body).names);
            // Which of them it holds is not known.
            let place = self.pending.last().and_then(|it| it.origin.place());
            for binding in names.values_mut() {
                binding.maybe = binding.maybe.or(place);
            }
        }
        for (key, value) in entries {
            let Value::Str(key) = key else { continue };
            if body.is_some_and(|body| self.is_put_in(body, &key, &value)) {
                continue;
            }
            let bound = body.and_then(|body| self.scope(body).names.get(&*key));
            let (place, maybe) = match bound {
                Some(binding) if binding.value.same(&value) || binding.at.is_some() => {
                    (binding.at, binding.maybe)
                }
                _ => (at, None),
            };
            let binding = Binding {
                maybe,
                ..Binding::new(value, place)
            };
            names.insert(Name::from(&*key), binding);
        }
        names
    }
}
