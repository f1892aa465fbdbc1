//! Properties: their methods, and the docstring that one of a class of its own is given.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, ObjectId, Value};
use crate::source::Place;

impl Run<'_, '_> {
    /// A method of the property `id`, which stands inside of `receiver` where that is of a subclass.
    pub(super) fn property_method(
        &mut self,
        method: &str,
        id: ObjectId,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Object::Property { get, set, delete } = self.object(id).clone() else {
            return Ok(None);
        };
        if method == "__init__" && !asked.arguments.is_open() {
            *self.object_mut(id) = asked.arguments.property(1);
            let arguments = Arguments {
                positional: asked.arguments.positional[1..].to_vec(),
                keywords: asked.arguments.keywords.clone(),
                ..Arguments::default()
            };
            self.document_property(receiver, &arguments, asked.at)?;
            return Ok(Some(Value::None));
        }
        let Some(function) = asked.arguments.positional.get(1).cloned() else {
            return Ok(None);
        };
        let (get, set, delete) = match method {
            "getter" => (function, set, delete),
            "setter" => (get, function, delete),
            "deleter" => (get, set, function),
            _ => return Ok(None),
        };
        // A copy is made by a call of its class (`property_copy`).
        match self.class_of(receiver) {
            Some(class) if class != self.known.property => {
                let arguments = Arguments::of(vec![get, set, delete, Value::None]);
                let made = self.instantiate(class, arguments, asked.at, asked.scope);
                made.map(Some)
            }
            _ => Ok(Some(self.allocate(Object::Property { get, set, delete }))),
        }
    }

    /// Sets `__doc__` on a property of a class below `property`, as its making does: the one that is given, or that of the getter
    /// (`property_init_impl`).
    ///
    /// ```py
    /// class Slotted(property):
    ///     "A property."
    ///     __slots__ = ()
    ///
    /// @Slotted
    /// def size(self): "Bytes."  # AttributeError: 'Slotted' object attribute '__doc__' is read-only
    /// ```
    pub(crate) fn document_property(
        &mut self,
        made: &Value,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<()> {
        let is_own =
            matches!(made, Value::Object(id) if matches!(self.object(*id), Object::Instance(_)));
        if !is_own || arguments.is_open() {
            return Ok(());
        }
        let name = Name::const_new("__doc__");
        let is_set = |it: &&Value| !matches!(it, Value::None);
        let given = arguments.get(3, "doc").filter(is_set).cloned();
        let getter = arguments.get(0, "fget").filter(is_set).cloned();
        let of_getter = match getter.filter(|_| given.is_none()) {
            // Only of a function with source it is told here.
            Some(getter) if self.function(&getter).is_none() => return Ok(()),
            Some(getter) => Some(self.get_attribute(&getter, &name, at)?),
            None => None,
        };
        if !self.is_at_least(12) {
            return match of_getter {
                Some(doc) => self.set_attribute(made, &name, doc, at),
                None => Ok(()),
            };
        }
        let is_of_getter = of_getter.as_ref().is_some_and(|it| is_set(&it));
        let doc = of_getter.or(given).unwrap_or(Value::None);
        match self.set_attribute(made, &name, doc, at) {
            // It is dropped in silence where nobody has written one.
            Err(thrown) if !is_of_getter && thrown.class == Some(self.known.attribute_error) => {
                Ok(())
            }
            set => set,
        }
    }
}
