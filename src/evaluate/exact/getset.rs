//! What the interpreter's own data descriptors do on a write or a deletion: the attributes of classes, instances, exceptions and numbers
//! that C code keeps. A table says that they are there, and not whether they can be written.

use crate::Name;
use crate::evaluate::exact::{Entry, Found};
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::Value;
use crate::semantics::{
    AccessStep, Doing, Doubt, not_deletable, not_deletable_of_class, not_writable,
};

/// What such a descriptor does.
enum Does {
    /// It refuses, whatever the value: an `AttributeError`.
    Refuses(String),
    /// It refuses to be deleted: a `TypeError`.
    Keeps(String),
    /// It takes any value, and has the class's `__dict__` keep it.
    Stores,
    /// It takes values of this kind, and raises `TypeError` for any other.
    Takes(&'static str),
    /// It takes a deletion.
    Empties,
}

impl Run<'_, '_> {
    /// A write or a deletion that a descriptor made in C answers.
    pub(super) fn set_of_native(
        &mut self,
        found: &Found,
        name: &Name,
        instance: &Value,
        item: Option<Value>,
    ) -> Eval<()> {
        let doing = match item {
            Some(_) => Doing::Writing,
            None => Doing::Deleting,
        };
        let Some(does) = self.does(found, name, instance, doing) else {
            self.lose();
            return Ok(());
        };
        self.note(AccessStep::Descriptor {
            of: None,
            method: match doing {
                Doing::Deleting => "__delete__",
                Doing::Reading | Doing::Writing => "__set__",
            },
        });
        match (does, instance) {
            (Does::Refuses(message), _) => Err(self.attribute_error(message)),
            (Does::Keeps(message), _) => Err(self.throw(self.known.type_error, message, None)),
            (Does::Takes(what), _) => {
                self.lose_for(Doubt::Value(what));
                Ok(())
            }
            (Does::Stores, Value::Class(class)) => self.write_class_dict(*class, name, item),
            (Does::Stores | Does::Empties, _) => Ok(()),
        }
    }

    fn does(&self, found: &Found, name: &str, instance: &Value, doing: Doing) -> Option<Does> {
        let is_write = doing == Doing::Writing;
        let path = &self.classes.get(found.on).path;
        let is_of_statement =
            matches!(found.entry, Entry::Getset) || !self.classes.is_native(found.on);
        match (&found.entry, name) {
            // `subtype_getsets_full`
            (_, "__weakref__") if is_of_statement => {
                Some(Does::Refuses(not_writable(path.name(), name)))
            }
            (_, "__dict__") if is_of_statement && is_write => Some(Does::Takes("a dict")),
            (_, "__dict__") if is_of_statement => Some(Does::Empties),
            // `odict_getset`
            (Entry::Table, "__dict__")
                if self.is_library_class(found.on, "collections", "OrderedDict") =>
            {
                with_fields(name, is_write)
            }
            (Entry::Table, _) if path.module == "builtins" => match (path.name(), instance) {
                ("type", Value::Class(class)) => {
                    let class = self.classes.get(*class).path.name();
                    self.of_type(name, class, is_write)
                }
                // `object_set_class`
                ("object", _) if name == "__class__" => Some(if is_write {
                    Does::Takes("a class whose instances are laid out alike")
                } else {
                    Does::Keeps("can't delete __class__ attribute".to_owned())
                }),
                ("BaseException", _) => with_fields(name, is_write),
                ("int" | "float", _) if matches!(name, "real" | "imag") => {
                    Some(Does::Refuses(not_writable(path.name(), name)))
                }
                ("int", _) if matches!(name, "numerator" | "denominator") => {
                    Some(Does::Refuses(not_writable(path.name(), name)))
                }
                ("complex", _) if matches!(name, "real" | "imag") => {
                    Some(Does::Refuses("readonly attribute".to_owned()))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The attributes of classes (`type_getsets`, `type_members`), for a class that may be changed.
    ///
    /// ```py
    /// class Order: ...
    /// Order.__mro__ = ()    # AttributeError: attribute '__mro__' of 'type' objects is not writable
    /// del Order.__name__    # TypeError: cannot delete '__name__' attribute of immutable type 'Order'
    /// ```
    fn of_type(&self, name: &str, class: &str, is_write: bool) -> Option<Does> {
        let version = self.world.version;
        Some(match name {
            "__dict__" | "__text_signature__" => Does::Refuses(not_writable("type", name)),
            // A getset since 3.12, a member before and like its neighbours.
            "__mro__" if version >= crate::source::PythonVersion::three(12) => {
                Does::Refuses(not_writable("type", name))
            }
            "__mro__" | "__base__" | "__basicsize__" | "__itemsize__" | "__flags__"
            | "__weakrefoffset__" | "__dictoffset__" => {
                Does::Refuses("readonly attribute".to_owned())
            }
            "__name__" | "__qualname__" | "__bases__" | "__module__" | "__doc__" if !is_write => {
                Does::Keeps(not_deletable_of_class(name, class, version))
            }
            "__name__" | "__qualname__" => Does::Takes("a string"),
            "__bases__" => Does::Takes("a tuple of classes"),
            "__module__" | "__doc__" => Does::Stores,
            "__annotations__" | "__abstractmethods__" if is_write => Does::Stores,
            _ => return None,
        })
    }
}

/// The attributes of exceptions (`BaseException_getset`, `BaseException_members`), and a `__dict__` that C code keeps
/// (`PyObject_GenericSetDict`).
fn with_fields(name: &str, is_write: bool) -> Option<Does> {
    let takes = match name {
        "args" => "an iterable",
        "__cause__" | "__context__" => "an exception or None",
        "__traceback__" => "a traceback or None",
        "__suppress_context__" => "a bool",
        "__dict__" => "a dict",
        _ => return None,
    };
    Some(if is_write {
        Does::Takes(takes)
    } else {
        Does::Keeps(not_deletable(name))
    })
}
