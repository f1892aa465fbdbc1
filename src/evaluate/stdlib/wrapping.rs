//! `functools.wraps` and `update_wrapper`: a wrapper passes for what it wraps.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Binding, Function, Namespace, Object, Value};
use crate::source::Place;

/// What is taken over by name; the names in `__dict__` come with them (`functools.WRAPPER_ASSIGNMENTS`).
const TAKEN_OVER: [&str; 4] = ["__module__", "__name__", "__qualname__", "__doc__"];

impl Run<'_, '_> {
    /// `wraps(wrapped)`, what that gives when it is called with a wrapper, and `update_wrapper(wrapper, wrapped)`.
    pub(super) fn wrapping(&mut self, function: &str, first: Value, asked: &Asked<'_>) -> Value {
        let second = asked.arguments.get(1, "wrapped").cloned();
        match (function, second) {
            ("wraps", _) => {
                let decorator = self.native("functools", "wraps.<locals>.decorator");
                Value::Method(Arc::new((decorator, first)))
            }
            ("update_wrapper", Some(wrapped)) => {
                self.update_wrapper(&first, &wrapped, asked.at);
                first
            }
            // The decorator is bound to what it wraps.
            (_, Some(wrapper)) => {
                self.update_wrapper(&wrapper, &first, asked.at);
                wrapper
            }
            (_, None) => first,
        }
    }

    /// `update_wrapper(wrapper, wrapped)`
    ///
    /// ```py
    /// def logged(f):
    ///     @functools.wraps(f)
    ///     def inner(*args): ...
    ///     return inner      # inner.__name__ is f's, inner.__wrapped__ is f, and what was set on f is set on inner
    /// ```
    pub(super) fn update_wrapper(&mut self, wrapper: &Value, wrapped: &Value, at: Option<Place>) {
        let mut names = Namespace::default();
        for name in TAKEN_OVER {
            self.askers += 1;
            let value = self.get_attribute(wrapped, &Name::const_new(name), at);
            self.askers -= 1;
            if let Ok(value) = value {
                names.insert(Name::const_new(name), Binding::new(value, at));
            }
        }
        let mut is_abstract = false;
        // A method shows what its function has.
        let behind = match wrapped {
            Value::Method(pair) => &pair.0,
            wrapped => wrapped,
        };
        match behind {
            Value::Object(id) => match self.object(*id) {
                Object::Function(function) => {
                    is_abstract = function.is_abstract;
                    let kept = function.names.iter();
                    let kept = kept.filter(|(name, _)| !Function::keeps_apart(name));
                    names.extend(kept.map(|(name, it)| (name.clone(), it.clone())));
                }
                Object::Instance(instance) => names.extend(instance.names.clone()),
                _ => {}
            },
            Value::Class(class) => {
                // The whole `__dict__` of a class is set on the wrapper.
                let own = self.class_names.get(class).into_iter().flatten();
                let is_plain = |name: &Name| !name.starts_with("__");
                let own = own.filter(|it| is_plain(it.0));
                names.extend(own.map(|(name, binding)| (name.clone(), binding.clone())));
            }
            _ => {}
        }
        let this = Binding::new(wrapped.clone(), at);
        names.insert(Name::const_new("__wrapped__"), this);
        let Value::Object(id) = wrapper else {
            return;
        };
        match self.object_mut(*id) {
            Object::Function(function) => {
                function.is_abstract |= is_abstract;
                function.names.extend(names);
            }
            Object::Instance(instance) => instance.names.extend(names),
            _ => {}
        }
    }
}
