//! Properties, and instances of subclasses of `property` and `classmethod`: which of their functions an access runs.

use crate::Name;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Instance, Object, Value};
use crate::semantics::{ClassId, Doing};

/// The functions of a property: `fget`, `fset`, `fdel`, each of them `None` where there is none.
#[derive(Debug, Clone)]
pub(super) struct Functions {
    get: Value,
    set: Value,
    delete: Value,
}

impl Run<'_, '_> {
    /// The functions of a property, or of an instance of a subclass that `property.__init__` has set up.
    pub(super) fn property_functions(&self, value: &Value) -> Option<Functions> {
        let Value::Object(id) = value else {
            return None;
        };
        let inside = match self.object(*id) {
            Object::Instance(Instance {
                payload: Some(Value::Object(inside)),
                ..
            }) => *inside,
            _ => *id,
        };
        match self.object(inside) {
            Object::Property { get, set, delete } => Some(Functions {
                get: get.clone(),
                set: set.clone(),
                delete: delete.clone(),
            }),
            _ => None,
        }
    }

    /// `property.__get__`, `property.__set__` and `property.__delete__` (`property_descr_get`, `property_descr_set`), whoever calls them.
    /// The name, which is empty where it is not known what `__set_name__` was told, matters for messages alone.
    pub(super) fn run_property(
        &mut self,
        functions: &Functions,
        doing: Doing,
        name: &str,
        instance: &Value,
        item: Option<Value>,
    ) -> Eval {
        let (function, method) = match doing {
            Doing::Reading => (&functions.get, "__get__"),
            Doing::Writing => (&functions.set, "__set__"),
            Doing::Deleting => (&functions.delete, "__delete__"),
        };
        self.note_descriptor(self.known.property, method);
        if matches!(function, Value::None) && name.is_empty() {
            self.lose();
        }
        self.call_part(function, doing, name, instance, item)
    }

    /// The name that messages of a property have, which is the one that `__set_name__` was told; empty where a subclass has one of its own.
    pub(super) fn name_told<'n>(&self, class: ClassId, name: &'n str) -> &'n str {
        if self.user_defines(class, "__set_name__") {
            ""
        } else {
            name
        }
    }

    /// `super().__get__(obj, owner)` and its relatives, in a method of a subclass of `property`.
    ///
    /// ```py
    /// class audited(property):
    ///     def __set__(self, obj, value):
    ///         super().__set__(obj, value)  # runs the setter
    /// ```
    pub(super) fn call_of_property(&mut self, method: &str, asked: &Asked<'_>) -> Option<Eval> {
        let positional = asked.arguments.positional.as_slice();
        let (on, obj) = (positional.first()?, positional.get(1)?);
        let (doing, item) = match (method, positional.get(2)) {
            ("__get__", _) => (Doing::Reading, None),
            ("__set__", Some(item)) => (Doing::Writing, Some(item.clone())),
            ("__delete__", None) => (Doing::Deleting, None),
            _ => return None,
        };
        let functions = self.property_functions(on)?;
        if doing == Doing::Reading && matches!(obj, Value::None) {
            return Some(Ok(on.clone()));
        }
        let obj = obj.clone();
        Some(self.run_property(&functions, doing, "", &obj, item))
    }

    /// The class method that stands inside of an instance of a subclass of `classmethod`.
    pub(in crate::evaluate) fn class_method_inside(&self, value: &Value) -> Option<Value> {
        let Value::Object(id) = value else {
            return None;
        };
        match self.object(*id) {
            Object::Instance(Instance {
                payload: Some(inside @ Value::Object(id)),
                ..
            }) if matches!(self.object(*id), Object::ClassMethod(_)) => Some(inside.clone()),
            _ => None,
        }
    }

    /// `super().__get__(obj, owner)` in a method of a subclass of `classmethod` (`cm_descr_get`).
    ///
    /// ```py
    /// class only_on_class(classmethod):
    ///     def __get__(self, obj, owner=None):
    ///         return super().__get__(obj, owner)  # bound to the owner
    /// ```
    pub(super) fn call_of_class_method(&mut self, asked: &Asked<'_>) -> Option<Eval> {
        let positional = asked.arguments.positional.as_slice();
        let inside = self.class_method_inside(positional.first()?)?;
        let owner = match (positional.get(1)?, positional.get(2)) {
            (_, Some(Value::Class(owner))) => *owner,
            (obj, None | Some(Value::None)) => self.class_of(obj)?,
            _ => return None,
        };
        Some(self.get_of_value(&inside, &Name::default(), None, owner))
    }

    /// `fget`, `fset` and `fdel` of a property, which the table has as members of its type.
    pub(super) fn function_of_property(
        &self,
        on: ClassId,
        name: &Name,
        value: &Value,
    ) -> Option<Value> {
        if on != self.known.property {
            return None;
        }
        let functions = self.property_functions(value)?;
        match name.as_str() {
            "fget" => Some(functions.get),
            "fset" => Some(functions.set),
            "fdel" => Some(functions.delete),
            _ => None,
        }
    }
}
