//! Reading: `object.__getattribute__`, `type.__getattribute__`, `super.__getattribute__`, and `__getattr__` behind them.

use crate::Name;
use crate::evaluate::exact::{Entry, Found};
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, Value};
use crate::semantics::{AccessStep, ClassId, DescriptorKind, Doubt, Why, no_attribute};
use crate::source::PythonVersion;

impl Run<'_, '_> {
    /// `value.name` (`slot_tp_getattr_hook`): `__getattribute__` of its type, and `__getattr__` where that raises `AttributeError`.
    ///
    /// ```py
    /// class Proxy:
    ///     def __getattr__(self, name): ...  # asked only for what is found nowhere
    /// ```
    pub(super) fn read_exactly(&mut self, value: &Value, name: &Name) -> Eval {
        let Some(class) = self.class_of(value) else {
            return Ok(self.lost());
        };
        let method = self.look_up(class, "__getattribute__");
        let result = match method {
            Some(Found {
                on,
                entry: Entry::Value(function),
                ..
            }) => {
                self.note(AccessStep::Override {
                    on,
                    method: "__getattribute__",
                });
                self.call_special(value, class, &function, vec![Value::str(name)])
            }
            Some(Found { on, .. }) if on == self.known.type_ => self.read_class(value, name),
            Some(Found { on, .. }) if self.does_as_object(on, "__getattribute__") => {
                self.read_instance(value, name)
            }
            _ => Ok(self.lost()),
        };
        let Err(thrown) = result else { return result };
        if !self.is_attribute_error(&thrown) {
            return Err(thrown);
        }
        match self.look_up(class, "__getattr__") {
            Some(Found {
                on,
                entry: Entry::Value(function),
                ..
            }) => {
                self.note(AccessStep::Fallback { on });
                self.call_special(value, class, &function, vec![Value::str(name)])
            }
            Some(Found { on, .. }) => match self.getattr_of_enum(on, value, name) {
                Some(answer) => answer,
                None => Ok(self.lost()),
            },
            None => Err(thrown),
        }
    }

    /// `object.__getattribute__(value, name)` (`PyObject_GenericGetAttr`): a data descriptor of the class, the instance's `__dict__`, what
    /// else the class has.
    pub(super) fn read_instance(&mut self, value: &Value, name: &Name) -> Eval {
        let Some(class) = self.class_of(value) else {
            return Ok(self.lost());
        };
        self.note(AccessStep::Default {
            of: "object",
            method: "__getattribute__",
            name: name.clone(),
        });
        let found = self.look_up(class, name);
        self.note_found(found.as_ref(), class, false);
        if let Some(found) = &found
            && found.kind == DescriptorKind::Data
            && self.has_get(found, name)
        {
            return self.get_of(found, name, Some(value), class);
        }
        if self.classes.made(class).is_some_and(|made| made.shape.dict) {
            let entry = self.dict_entry(value, name);
            self.note(AccessStep::Dict {
                has: entry.is_some(),
            });
            if let Some(entry) = entry {
                return Ok(entry);
            }
        } else {
            self.note(AccessStep::NoDict);
        }
        if let Some(found) = found {
            return self.get_of(&found, name, Some(value), class);
        }
        let message = no_attribute(&self.name_in_messages(class), false, name);
        Err(self.attribute_error(message))
    }

    /// `type.__getattribute__(cls, name)` (`type_getattro`): a data descriptor of the metaclass, what the class has, what else the
    /// metaclass has.
    pub(super) fn read_class(&mut self, value: &Value, name: &Name) -> Eval {
        let (Value::Class(class), Some(metaclass)) = (value, self.class_of(value)) else {
            return Ok(self.lost());
        };
        self.note(AccessStep::Default {
            of: "type",
            method: "__getattribute__",
            name: name.clone(),
        });
        let above = self.look_up(metaclass, name);
        self.note_found(above.as_ref(), metaclass, true);
        if let Some(above) = &above
            && above.kind == DescriptorKind::Data
            && self.has_get(above, name)
        {
            return self.get_of(above, name, Some(value), metaclass);
        }
        let own = self.look_up(*class, name);
        self.note_found(own.as_ref(), *class, false);
        if let Some(own) = own {
            return self.get_of(&own, name, None, *class);
        }
        if let Some(above) = above {
            return self.get_of(&above, name, Some(value), metaclass);
        }
        let message = no_attribute(&self.name_in_messages(*class), true, name);
        Err(self.attribute_error(message))
    }

    /// `super(after, receiver).name` (`super_getattro`): the classes behind `after` in the MRO of the receiver or its type. Neither the
    /// instance's `__dict__` nor `__getattr__` is asked.
    /// What `super()` raises in the methods of a class that was made again: their `__class__` is the first one, of which no instance comes
    /// (`supercheck` in `Objects/typeobject.c`; the words are new in 3.13).
    pub(super) fn refused_super(
        &mut self,
        class: ClassId,
        of: ClassId,
        name: &Name,
    ) -> Option<Box<Thrown>> {
        let names = self.class_names.get(&of)?;
        let of_that_name = names.get(name).into_iter();
        let functions = of_that_name.chain(names.values());
        let mut functions = functions.filter_map(|it| self.function(&it.value));
        let function = functions.find(|it| it.class_body.is_some())?;
        let held = self.another_in_cell(of, function)?;
        if self.classes.is_subclass(class, held) {
            return None;
        }
        let message = if self.world.version >= PythonVersion::three(13) {
            format!(
                "super(type, obj): obj (instance of {}) is not an instance or subtype of type ({}).",
                self.classes.get(class).path.name(),
                self.classes.get(held).path.name()
            )
        } else {
            "super(type, obj): obj must be an instance or subtype of type".to_owned()
        };
        Some(self.type_error(&message, None))
    }

    pub(super) fn read_super(&mut self, after: ClassId, receiver: &Value, name: &Name) -> Eval {
        let (along, on_class) = match receiver {
            Value::Class(class) if self.classes.is_subclass(*class, after) => (*class, true),
            other => match self.class_of(other) {
                Some(class) if self.classes.is_subclass(class, after) => (class, false),
                _ => return Ok(self.lost()),
            },
        };
        self.note(AccessStep::Default {
            of: "super",
            method: "__getattribute__",
            name: name.clone(),
        });
        let mro = self.classes.mro(along).unwrap_or_default().to_vec();
        let behind = mro.iter().skip_while(|&&id| id != after).skip(1);
        for &on in behind {
            let Some(entry) = self.entry(on, name) else {
                if let Some(place) = self.may_be_given(&[on], name) {
                    self.lose_to_what_is_at(place, Why::Input);
                }
                continue;
            };
            self.note_perhaps(on, name);
            let kind = self.kind_of(on, name, &entry);
            let found = Found { on, entry, kind };
            self.note_found(Some(&found), along, false);
            let instance = (!on_class).then_some(receiver);
            return self.get_of(&found, name, instance, along);
        }
        self.note(AccessStep::Absent {
            along,
            on_metaclass: false,
        });
        Err(self.attribute_error(no_attribute("super", false, name)))
    }

    fn note_found(&mut self, found: Option<&Found>, along: ClassId, on_metaclass: bool) {
        self.note(match found {
            Some(found) => AccessStep::Found {
                on: found.on,
                kind: found.kind,
                on_metaclass,
            },
            None => AccessStep::Absent {
                along,
                on_metaclass,
            },
        });
    }

    /// What the instance's `__dict__` has under a name.
    pub(super) fn dict_entry(&mut self, value: &Value, name: &str) -> Option<Value> {
        let Value::Object(id) = value else {
            return None;
        };
        let Object::Instance(instance) = self.object(*id) else {
            self.lose();
            return None;
        };
        let entry = instance.names.get(name).map(|it| it.value.clone());
        if entry.is_none() && instance.open {
            self.note_open(value, name);
        }
        entry
    }

    /// That an entry may be in the `__dict__` of this instance. The attribute that is asked for is supposed to be absent: the accesses with
    /// an entry of that name are traced beside.
    fn note_open(&mut self, value: &Value, name: &str) {
        let Some(tracing) = &mut self.tracing else {
            return;
        };
        let Some((about, of, making)) = &tracing.about else {
            self.lose();
            return;
        };
        if !about.same(value) {
            self.lose();
        } else if of == name {
            tracing.supposes = true;
        } else {
            let making = making.clone();
            self.lose_for(Doubt::Instance(making));
        }
    }
}
