//! What the interpreter says when an attribute cannot be read, written or deleted, as each version words it.

use crate::semantics::ClassPath;
use crate::source::PythonVersion;

/// What is done to an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// It is read.
    Reading,
    /// It is written.
    Writing,
    /// It is deleted.
    Deleting,
}

/// Nothing has the name (`PyObject_GenericGetAttr`, `type_getattro`).
///
/// ```py
/// object().x  # 'object' object has no attribute 'x'
/// int.x       # type object 'int' has no attribute 'x'
/// ```
pub fn no_attribute(type_name: &str, is_class: bool, name: &str) -> String {
    if is_class {
        format!("type object '{type_name}' has no attribute '{name}'")
    } else {
        format!("'{type_name}' object has no attribute '{name}'")
    }
}

/// A property lacks the function that was asked for (`property_descr_get`, `property_descr_set`). Its name is known since 3.10.
///
/// ```py
/// class C:
///     @property
///     def x(self): ...
///
/// C().x = 1  # property 'x' of 'C' object has no setter
/// ```
pub fn property_refuses(
    doing: Doing,
    name: &str,
    qualname: &str,
    version: PythonVersion,
) -> String {
    if version >= PythonVersion::three(11) {
        let lacks = match doing {
            Doing::Reading => "getter",
            Doing::Writing => "setter",
            Doing::Deleting => "deleter",
        };
        return format!("property '{name}' of '{qualname}' object has no {lacks}");
    }
    let refused = match doing {
        Doing::Reading => "unreadable attribute",
        Doing::Writing => "can't set attribute",
        Doing::Deleting => "can't delete attribute",
    };
    if version >= PythonVersion::three(10) {
        format!("{refused} '{name}'")
    } else {
        refused.into()
    }
}

/// A slot holds no value (`PyMember_GetOne`, `PyMember_SetOne`). Since 3.13 the class is named with its module.
///
/// ```py
/// class C:
///     __slots__ = ('x',)
///
/// C().x  # 'C' object has no attribute 'x', since 3.13 'app.C' object …
/// ```
pub fn slot_is_empty(
    doing: Doing,
    class: &ClassPath,
    name: &str,
    version: PythonVersion,
) -> String {
    if doing != Doing::Reading || version < PythonVersion::three(10) {
        name.into()
    } else if version < PythonVersion::three(13) {
        no_attribute(class.name(), false, name)
    } else {
        no_attribute(&format!("{}.{}", class.module, class.qualname), false, name)
    }
}

/// The class has the name, and the instance no `__dict__` to hide it in.
pub fn read_only(type_name: &str, name: &str) -> String {
    format!("'{type_name}' object attribute '{name}' is read-only")
}

/// Neither class nor instance has room for the name. `is_default`: the class has no `__setattr__` or `__delattr__` of its own.
pub fn no_dict_for(
    type_name: &str,
    name: &str,
    is_default: bool,
    version: PythonVersion,
) -> String {
    let said = no_attribute(type_name, false, name);
    if is_default && version >= PythonVersion::three(13) {
        format!("{said} and no __dict__ for setting new attributes")
    } else {
        said
    }
}

/// What is to be deleted is not in the `__dict__` of the instance or class.
pub fn no_such_entry(
    type_name: &str,
    is_class: bool,
    name: &str,
    version: PythonVersion,
) -> String {
    if version >= PythonVersion::three(11) {
        no_attribute(type_name, is_class, name)
    } else {
        name.into()
    }
}

/// A type made in C is to be changed (`type_setattro`). `type_name` is its name with its module, if that is not `builtins`.
///
/// ```py
/// dict.x = 1  # cannot set 'x' attribute of immutable type 'dict'
/// ```
pub fn immutable_type(name: &str, type_name: &str, version: PythonVersion) -> String {
    if version >= PythonVersion::three(10) {
        format!("cannot set '{name}' attribute of immutable type '{type_name}'")
    } else {
        format!("can't set attributes of built-in/extension type '{type_name}'")
    }
}

/// An attribute that C code keeps cannot be written (`getset_set`). `type_name` is the name of the class that has it.
///
/// ```py
/// int().real = 1  # attribute 'real' of 'int' objects is not writable
/// ```
pub fn not_writable(type_name: &str, name: &str) -> String {
    format!("attribute '{name}' of '{type_name}' objects is not writable")
}

/// An attribute of a class cannot be deleted (`check_set_special_type_attr`).
pub fn not_deletable_of_class(name: &str, class: &str, version: PythonVersion) -> String {
    if version >= PythonVersion::three(10) {
        format!("cannot delete '{name}' attribute of immutable type '{class}'")
    } else {
        format!("can't delete {class}.{name}")
    }
}

/// An attribute of an exception cannot be deleted (`BaseException_set_args` and its neighbours, `PyMember_SetOne`,
/// `PyObject_GenericSetDict`).
pub fn not_deletable(name: &str) -> String {
    match name {
        "__dict__" => "cannot delete __dict__".to_owned(),
        "__suppress_context__" => "can't delete numeric/char attribute".to_owned(),
        name => format!("{name} may not be deleted"),
    }
}

/// A member of an enumeration is to be replaced or deleted (`EnumType.__setattr__`, `EnumType.__delattr__`).
pub fn member_stays(name: &str, class: &str, is_write: bool, version: PythonVersion) -> String {
    match (is_write, version >= PythonVersion::three(11)) {
        (true, true) => format!("cannot reassign member '{name}'"),
        (true, false) => "Cannot reassign members.".to_owned(),
        (false, true) => format!("'{class}' cannot delete member '{name}'."),
        (false, false) => format!("{class}: cannot delete Enum member."),
    }
}

/// The object of a `super(type, obj)` is none of that class (`supercheck`).
pub fn no_instance_for_super(of: &str, class: &str, version: PythonVersion) -> String {
    if version >= PythonVersion::three(13) {
        format!(
            "super(type, obj): obj (instance of {of}) is not an instance or subtype of type ({class})."
        )
    } else {
        "super(type, obj): obj must be an instance or subtype of type".to_owned()
    }
}

/// The class of a `super(type, obj)` is none of its own ancestors (`supercheck`).
pub fn no_subclass_for_super(of: &str, class: &str, version: PythonVersion) -> String {
    if version >= PythonVersion::three(13) {
        format!(
            "super(type, obj): obj (type {of}) is not an instance or subtype of type ({class})."
        )
    } else {
        "super(type, obj): obj must be an instance or subtype of type".to_owned()
    }
}

/// `Enum.name` and `Enum.value` are asked for on an enumeration that has no member of that name (`enum.property.__get__`, since 3.12).
///
/// ```py
/// class Color(Enum): RED = 1
/// Color.name  # <enum 'Color'> has no attribute 'name'
/// ```
pub fn enum_property_is_for_members(kind: &str, class: &str, name: &str) -> String {
    format!("<{kind} '{class}'> has no attribute '{name}'")
}

/// `Enum.name` and `Enum.value` are written or deleted (`enum.property`, before 3.11 `types.DynamicClassAttribute`).
///
/// ```py
/// Color.RED.name = 1  # <enum 'Enum'> cannot set attribute 'name'
/// ```
pub fn enum_property_refuses(
    doing: Doing,
    name: &str,
    class: &str,
    version: PythonVersion,
) -> String {
    let done = match doing {
        Doing::Deleting => "delete",
        Doing::Reading | Doing::Writing => "set",
    };
    if version >= PythonVersion::three(11) {
        return format!("<enum '{class}'> cannot {done} attribute '{name}'");
    }
    format!("can't {done} attribute")
}
