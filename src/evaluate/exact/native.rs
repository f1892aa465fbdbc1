//! Types made in C: which of them do as `object` does, and which refuse to be changed.

use crate::evaluate::machine::run::Run;
use crate::semantics::{ClassId, immutable_type};

impl Run<'_, '_> {
    /// Whether a class's own `__getattribute__`, `__setattr__` or `__delattr__` is the one of `object` under another name: until 3.12 the
    /// most part of the types made in C have one of their own, and all of them are slot wrappers of `PyObject_GenericGetAttr` and
    /// `PyObject_GenericSetAttr`.
    pub(super) fn does_as_object(&self, on: ClassId, method: &str) -> bool {
        if on == self.known.object {
            return true;
        }
        if !self.classes.is_native(on) {
            return false;
        }
        let path = &self.classes.get(on).path;
        let is_seen = matches!(
            path.module.as_str(),
            "builtins"
                | "collections"
                | "datetime"
                | "decimal"
                | "functools"
                | "itertools"
                | "operator"
                | "array"
                | "_io"
                | "io"
                | "_socket"
                | "_random"
                | "types"
        );
        let reads = method == "__getattribute__";
        let is_odd = match (path.module.as_str(), path.qualname.as_str()) {
            ("builtins", "type")
            | ("decimal", "Context")
            | ("types", "GenericAlias" | "UnionType") => true,
            (
                "builtins" | "types",
                "super" | "module" | "ModuleType" | "method" | "instancemethod",
            ) => reads,
            ("builtins", "weakproxy" | "weakcallableproxy") => true,
            _ => false,
        };
        is_seen && !is_odd
    }

    /// What `type.__setattr__` and `type.__delattr__` of a class made in C say, if it refuses (`type_setattro`); none where it is not known
    /// whether it does.
    ///
    /// ```py
    /// dict.x = 1  # TypeError: cannot set 'x' attribute of immutable type 'dict'
    /// ```
    pub(super) fn immutable(&self, class: ClassId, name: &str) -> Option<String> {
        let path = &self.classes.get(class).path;
        let is_immutable = match path.module.as_str() {
            "builtins" | "collections" | "datetime" | "functools" | "itertools" | "operator"
            | "_io" | "types" => true,
            "decimal" => matches!(path.qualname.as_str(), "Decimal" | "Context"),
            _ => false,
        };
        if !is_immutable {
            return None;
        }
        let named = self.name_in_messages(class);
        Some(immutable_type(name, &named, self.world.version))
    }

    /// What messages call a class: its `tp_name`, which has the module where a type is made in C.
    pub(crate) fn name_in_messages(&self, class: ClassId) -> String {
        let path = &self.classes.get(class).path;
        match path.module.as_str() {
            "builtins" => path.name().to_owned(),
            module if self.classes.is_native(class) => format!("{module}.{}", path.qualname),
            _ => path.name().to_owned(),
        }
    }

    /// Whether what calling the class gives may be an instance of another one: `pathlib.Path()` is a `PosixPath`.
    pub(super) fn may_make_another(&self, class: ClassId) -> bool {
        self.classes.is_interpreters(class)
            && self.classes.mro(class).is_none_or(|mro| {
                mro.iter().any(|&id| {
                    !self.classes.is_native(id) && self.classes.members(id).contains_key("__new__")
                })
            })
    }
}
