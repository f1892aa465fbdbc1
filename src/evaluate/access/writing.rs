//! Writing and deleting: `object.__setattr__`, `type.__setattr__` and their `__delattr__`. Without a value it is deleting.

use super::{Entry, Found};
use crate::Name;
use crate::evaluate::repr::whole_text;
use crate::evaluate::run::{Eval, Run};
use crate::evaluate::value::{Binding, Value};
use crate::semantics::{
    AccessStep, ClassId, DescriptorKind, no_dict_for, no_such_entry, read_only,
};

/// The method that is asked for.
fn method(item: Option<&Value>) -> &'static str {
    match item {
        Some(_) => "__setattr__",
        None => "__delattr__",
    }
}

impl Run<'_, '_> {
    /// `value.name = item`, `del value.name` (`slot_tp_setattro`).
    pub(super) fn write_exactly(
        &mut self,
        value: &Value,
        name: &Name,
        item: Option<Value>,
    ) -> Eval<()> {
        let Some(class) = self.class_of(value) else {
            self.lose();
            return Ok(());
        };
        let method = method(item.as_ref());
        match self.look_up(class, method) {
            Some(Found {
                on,
                entry: Entry::Value(function),
                ..
            }) => {
                self.note(AccessStep::Override { on, method });
                if let Value::Native(path) = &function
                    && path.module == "dataclasses"
                {
                    return self.refuse_frozen(on, class, name, item.is_some());
                }
                let mut arguments = vec![Value::str(name)];
                arguments.extend(item);
                self.call_special(value, class, &function, arguments)?;
                Ok(())
            }
            Some(Found { on, .. }) if on == self.known.type_ || self.does_as_object(on, method) => {
                self.write_by_default(value, name, item)
            }
            _ => {
                self.lose();
                Ok(())
            }
        }
    }

    /// `__setattr__` and `__delattr__` that `dataclass(frozen=True)` writes (`dataclasses._frozen_get_del_attr`).
    ///
    /// ```py
    /// @dataclass(frozen=True)
    /// class Point:
    ///     x: int = 0
    ///
    /// Point().x = 1  # FrozenInstanceError: cannot assign to field 'x'
    /// ```
    fn refuse_frozen(
        &mut self,
        on: ClassId,
        class: ClassId,
        name: &Name,
        is_write: bool,
    ) -> Eval<()> {
        let error = self.world.facts.class("dataclasses", "FrozenInstanceError");
        let is_field = self
            .dataclasses
            .get(&on)
            .is_some_and(|facts| facts.fields.iter().any(|field| field.name == *name));
        // With `slots=True` the class that it compares with is the one before, which nobody has.
        let is_same = class == on && !self.has_slots_of_its_own(on);
        let Some(error) = error.filter(|_| is_field || is_same) else {
            self.lose();
            return Ok(());
        };
        let doing = if is_write { "assign to" } else { "delete" };
        let name = whole_text(name, self.world.version);
        Err(self.throw(error, format!("cannot {doing} field {name}"), None))
    }

    fn has_slots_of_its_own(&self, class: ClassId) -> bool {
        self.class_names
            .get(&class)
            .is_some_and(|names| names.contains_key("__slots__"))
    }

    /// `object.__setattr__(value, name, item)` (`PyObject_GenericSetAttr`), for a class `type.__setattr__`: a descriptor of the type that
    /// has `__set__` or `__delete__`, else the `__dict__`.
    pub(super) fn write_by_default(
        &mut self,
        value: &Value,
        name: &Name,
        item: Option<Value>,
    ) -> Eval<()> {
        let Some(class) = self.class_of(value) else {
            self.lose();
            return Ok(());
        };
        let is_class = matches!(value, Value::Class(_));
        self.note(AccessStep::Default {
            of: if is_class { "type" } else { "object" },
            method: method(item.as_ref()),
            name: name.clone(),
        });
        if let Value::Class(of) = value
            && self.classes.is_native(*of)
        {
            match self.immutable(*of, name) {
                Some(message) => return Err(self.throw(self.known.type_error, message, None)),
                None => self.lose(),
            }
        }
        let found = self.look_up(class, name);
        self.note(match &found {
            Some(found) => AccessStep::Found {
                on: found.on,
                kind: found.kind,
                on_metaclass: is_class,
            },
            None => AccessStep::Absent {
                along: class,
                on_metaclass: is_class,
            },
        });
        if let Some(found) = &found {
            match found.kind {
                DescriptorKind::Data => return self.set_of(found, name, value, item),
                DescriptorKind::Unknown => self.lose(),
                DescriptorKind::NonData | DescriptorKind::None => {}
            }
        }
        if let Value::Class(of) = value {
            return self.write_class_dict(*of, name, item);
        }
        if !self.classes.made(class).is_some_and(|made| made.shape.dict) {
            self.note(AccessStep::NoDict);
            let type_name = self.name_in_messages(class);
            let message = if found.is_some() {
                read_only(&type_name, name)
            } else {
                let is_default = !self.user_defines(class, "__setattr__")
                    && !self.user_defines(class, "__delattr__");
                no_dict_for(&type_name, name, is_default, self.world.version)
            };
            return Err(self.attribute_error(message));
        }
        self.write_dict(value, name, item)
    }

    fn write_dict(&mut self, value: &Value, name: &Name, item: Option<Value>) -> Eval<()> {
        if item.is_none() && self.dict_entry(value, name).is_none() {
            self.note(AccessStep::Dict { has: false });
            let class = self.class_of(value).unwrap_or(self.known.object);
            let type_name = self.name_in_messages(class);
            let message = no_such_entry(&type_name, false, name, self.world.version);
            return Err(self.attribute_error(message));
        }
        self.note(AccessStep::Stored);
        self.put(value, name.clone(), item);
        Ok(())
    }

    fn write_class_dict(&mut self, class: ClassId, name: &Name, item: Option<Value>) -> Eval<()> {
        if item.is_none() && self.entry(class, name).is_none() {
            self.note(AccessStep::Dict { has: false });
            let type_name = self.name_in_messages(class);
            let message = no_such_entry(&type_name, true, name, self.world.version);
            return Err(self.attribute_error(message));
        }
        self.note(AccessStep::Stored);
        if item.is_none()
            && let Some(tracing) = &mut self.tracing
        {
            tracing.deleted.push((class, name.clone()));
        }
        let binding = item.map(|item| Binding::new(item, None));
        self.set_class_name(class, name, binding);
        Ok(())
    }
}
