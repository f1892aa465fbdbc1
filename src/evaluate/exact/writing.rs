//! Writing and deleting: `object.__setattr__`, `type.__setattr__` and their `__delattr__`. Without a value it is deleting.

use crate::Name;
use crate::evaluate::exact::{Entry, Found};
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Value};
use crate::evaluate::shown::repr::whole_text;
use crate::semantics::{
    AccessStep, ClassId, DescriptorKind, no_dict_for, no_instance_for_super, no_such_entry,
    read_only,
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
                    return self.refuse_frozen((value, class), on, name, item);
                }
                let mut arguments = vec![Value::str(name)];
                arguments.extend(item);
                self.call_special(value, class, &function, arguments)?;
                Ok(())
            }
            Some(Found { on, .. }) if self.makes_enums(on) => {
                self.note(AccessStep::Override { on, method });
                self.write_enum(value, name, item)
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
        (value, class): (&Value, ClassId),
        on: ClassId,
        name: &Name,
        item: Option<Value>,
    ) -> Eval<()> {
        let error = self.world.facts.class("dataclasses", "FrozenInstanceError");
        let facts = self.dataclasses.get(&on);
        let is_field =
            facts.is_some_and(|facts| facts.fields.iter().any(|field| field.name == *name));
        let is_open = facts.is_none_or(|facts| facts.is_open);
        // With `slots=True` the class that it compares with is the one before, which nobody has.
        let has_slots = self.has_slots_of_its_own(on);
        if is_field || (class == on && !has_slots) {
            let Some(error) = error else {
                self.lose();
                return Ok(());
            };
            let doing = if item.is_some() {
                "assign to"
            } else {
                "delete"
            };
            let name = whole_text(name, self.world.version);
            return Err(self.throw(error, format!("cannot {doing} field {name}"), None));
        }
        if is_open {
            self.lose();
            return Ok(());
        }
        if has_slots {
            let (of, on) = (self.classes.get(class), self.classes.get(on));
            let message = no_instance_for_super(of.path.name(), on.path.name(), self.world.version);
            return Err(self.throw(self.known.type_error, message, None));
        }
        // `super(cls, self).__setattr__(name, value)`
        let method = method(item.as_ref());
        let mro = self.classes.mro(class).unwrap_or_default().to_vec();
        let behind = mro.into_iter().skip_while(|&id| id != on).skip(1);
        let next = behind
            .map(|id| (id, self.entry(id, method)))
            .find_map(|(id, entry)| Some((id, entry?)));
        match next {
            Some((id, Entry::Table)) if self.does_as_object(id, method) => {
                self.write_by_default(value, name, item)
            }
            Some((id, Entry::Value(Value::Native(path)))) if path.module == "dataclasses" => {
                self.refuse_frozen((value, class), id, name, item)
            }
            _ => {
                self.lose();
                Ok(())
            }
        }
    }

    fn has_slots_of_its_own(&self, class: ClassId) -> bool {
        self.class_names
            .get(&class)
            .is_some_and(|names| names.contains_key("__slots__"))
    }

    /// `object.__setattr__(value, name, item)` (`PyObject_GenericSetAttr`), for a class `type.__setattr__`: a descriptor of the type that
    /// has `__set__` or `__delete__`, else the `__dict__`.
    pub(crate) fn write_by_default(
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
        self.put_in_dict(value, name);
        Ok(())
    }

    pub(super) fn write_class_dict(
        &mut self,
        class: ClassId,
        name: &Name,
        item: Option<Value>,
    ) -> Eval<()> {
        let entry = self.entry(class, name);
        if item.is_none() && matches!(entry, Some(Entry::Unseen)) {
            self.lose();
        }
        if item.is_none() && entry.is_none() {
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
