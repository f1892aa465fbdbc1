//! Attributes of objects whose type is made in C: a method of the type is bound; what the type keeps in a getset or member is the value
//! that CPython has there, or a gap, and never the descriptor.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::Value;
use crate::semantics::{ClassId, ClassPath, MemberKind, Why};
use crate::source::{Place, PythonVersion};

/// Special methods that C keeps in slots, where they are not written as plain methods (`slotdefs` in CPython's `typeobject.c`), without
/// their underscores.
const SLOT_METHODS: [&str; 29] = [
    "init",
    "repr",
    "str",
    "hash",
    "call",
    "getattribute",
    "setattr",
    "delattr",
    "lt",
    "le",
    "eq",
    "ne",
    "gt",
    "ge",
    "iter",
    "next",
    "get",
    "set",
    "delete",
    "len",
    "setitem",
    "delitem",
    "add",
    "mul",
    "bool",
    "int",
    "float",
    "index",
    "await",
];

/// What `enum._EnumDict` keeps beside its entries, in some version.
const NAMES_OF_ENUM_DICT: &[&str] = &[
    "_auto_called",
    "_cls_name",
    "_generate_next_value",
    "_ignore",
    "_last_values",
    "_member_names",
    "member_names",
];

impl Run<'_, '_> {
    /// An attribute of an object of a type made in C, whose methods are called by the name of `class`.
    pub(super) fn builtin_attribute(
        &mut self,
        class: &str,
        value: &Value,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        let Some(kind) = self.class_of(value) else {
            return Ok(self.bound_native(class, value, name));
        };
        match self.find_in_mro(kind, name) {
            Some((owner, None)) if self.is_method_of_table(owner, name) => {
                Ok(self.bound_native(class, value, name))
            }
            Some((owner, None)) => Ok(self.table_member(owner, name, value, false, at)),
            Some((_, Some(binding))) => self.get_descriptor(&binding.value, Some(value), kind, at),
            // A dict may be the namespace that the body of an enumeration is given, which keeps more (`enum._EnumDict`).
            None if class == "dict" && NAMES_OF_ENUM_DICT.contains(&name.as_str()) => {
                Ok(self.gap_for(at, Why::Input))
            }
            None => Err(self.no_attribute(value, name, at)),
        }
    }

    /// Whether a class of the table has a function under a name.
    fn is_method_of_table(&self, owner: ClassId, name: &str) -> bool {
        self.classes.members(owner).get(name).is_some_and(|it| {
            matches!(
                it.kind,
                MemberKind::Function
                    | MemberKind::Generator
                    | MemberKind::AsyncFunction
                    | MemberKind::AsyncGenerator
                    | MemberKind::Classmethod
                    | MemberKind::Staticmethod
                    | MemberKind::BuiltinMethod
            )
        })
    }

    /// An attribute of a method: its own, or else its function's (`method_getattro`).
    pub(super) fn method_attribute(
        &mut self,
        value: &Value,
        function: &Value,
        receiver: Value,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        let in_c = match function {
            Value::Native(path) => {
                !path.qualname.contains("<locals>") && !self.is_python_native(path)
            }
            _ => false,
        };
        match name.as_str() {
            "__self__" => Ok(receiver),
            "__func__" if in_c => Err(self.no_attribute(value, name, at)),
            "__func__" => Ok(function.clone()),
            "__module__" if in_c => Ok(Value::None),
            _ => self.get_attribute(function, name, at),
        }
    }

    /// The type of a callable without source; none where it cannot be told.
    pub(super) fn class_of_native(&self, path: &ClassPath) -> Option<ClassId> {
        let known = &self.known;
        if path.qualname.contains("<locals>") || self.is_python_native(path) {
            return Some(known.function);
        }
        let Some((class, method)) = path.qualname.rsplit_once('.') else {
            return Some(known.builtin_function);
        };
        let Some(owner) = self.world.facts.class(&path.module, class) else {
            return Some(known.builtin_function);
        };
        let special = method
            .strip_prefix("__")
            .and_then(|it| it.strip_suffix("__"));
        match special {
            _ if !self.is_method_of_table(owner, method) => Some(known.builtin_function),
            Some("new" | "init_subclass" | "subclasshook" | "class_getitem") => {
                Some(known.builtin_function)
            }
            None => self.world.facts.class("builtins", "method_descriptor"),
            Some(slot) if SLOT_METHODS.contains(&slot) => {
                self.world.facts.class("builtins", "wrapper_descriptor")
            }
            Some(_) => None,
        }
    }

    /// Whether what has no source is a method of C as a class has it, which another class can hold: `class A(list): add = list.append`.
    pub(super) fn is_native_method(&self, path: &ClassPath) -> bool {
        let kinds = ["method_descriptor", "wrapper_descriptor"];
        let kinds = kinds.map(|it| self.world.facts.class("builtins", it));
        let class = self.class_of_native(path);
        class.is_some() && kinds.contains(&class)
    }

    /// The type of a method of C that is bound to an object.
    pub(super) fn class_of_bound(&self, path: &ClassPath) -> Option<ClassId> {
        let unbound = self.class_of_native(path)?;
        let wrapper = self.world.facts.class("builtins", "wrapper_descriptor");
        if Some(unbound) == wrapper {
            return self.world.facts.class("builtins", "method-wrapper");
        }
        Some(self.known.builtin_function)
    }

    /// An attribute of a callable without source.
    pub(super) fn native_attribute(
        &mut self,
        value: &Value,
        path: &ClassPath,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        let is_python = path.qualname.contains("<locals>") || self.is_python_native(path);
        let is_member = path.qualname.contains('.');
        match name.as_str() {
            "__name__" => return Ok(Value::str(path.name())),
            "__qualname__" => return Ok(Value::str(&path.qualname)),
            "__module__" if is_python || !is_member => return Ok(Value::str(&path.module)),
            _ => {}
        }
        let class = match self.class_of_native(path) {
            Some(class) => class,
            // One of two kinds, which have the same attributes.
            None => match self.world.facts.class("builtins", "method_descriptor") {
                Some(class) => class,
                None => return Ok(self.gap_for(at, Why::NotFollowed)),
            },
        };
        if let Some(method) = self.table_method(value, class, name) {
            return Ok(method);
        }
        if self.find_in_mro(class, name).is_some() {
            return Ok(self.gap_for(at, Why::NotFollowed));
        }
        // A function of the library may have attributes that the table does not tell of.
        if is_python || self.world.facts.module(&path.module).is_none() {
            return Ok(self.gap_for(at, Why::Input));
        }
        Err(self.no_attribute(value, name, at))
    }

    /// An attribute of `classmethod(inner)` or `staticmethod(inner)`, which pass for what they wrap since 3.10 (`functools_wraps`).
    pub(super) fn wrapper_attribute(
        &mut self,
        class: &str,
        value: &Value,
        inner: &Value,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        let passes = self.world.version >= PythonVersion::three(10);
        match name.as_str() {
            "__func__" => Ok(inner.clone()),
            "__wrapped__" if passes => Ok(inner.clone()),
            "__isabstractmethod__" => {
                self.askers += 1;
                let answer = self.get_attribute(inner, name, at);
                self.askers -= 1;
                match answer {
                    Ok(value) => Ok(value),
                    Err(_) => Ok(Value::Bool(false)),
                }
            }
            "__module__" | "__name__" | "__qualname__" | "__doc__" | "__annotations__"
                if passes =>
            {
                self.get_attribute(inner, name, at)
            }
            _ if self.askers + self.handlers > 0 => self.builtin_attribute(class, value, name, at),
            // It is more likely that we did not see it set.
            _ => match self.builtin_attribute(class, value, name, at) {
                Ok(found) => Ok(found),
                Err(_) => Ok(self.gap_for(at, Why::Input)),
            },
        }
    }

    /// Whether an object of a builtin type has no such attribute.
    pub(super) fn is_without(&self, value: &Value, name: &str) -> bool {
        let by_class = |class: ClassId| self.find_in_mro(class, name).is_none();
        match value {
            Value::Str(_)
            | Value::Bytes(_)
            | Value::Tuple(_)
            | Value::Bool(_)
            | Value::Int(_)
            | Value::BigInt(_)
            | Value::Float(_)
            | Value::Complex(..) => self.class_of(value).is_some_and(by_class),
            _ => false,
        }
    }

    /// A method of a builtin type, bound to a value.
    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    pub(super) fn bound_native(&self, class: &str, value: &Value, name: &str) -> Value {
        let function = Value::Native(Arc::new(ClassPath::new(
            "builtins",
            format!("{class}.{name}"),
        )));
        Value::Method(Arc::new((function, value.clone())))
    }

    pub(super) fn method_or_gap(
        &mut self,
        value: &Value,
        class: ClassId,
        name: &Name,
        at: Option<Place>,
    ) -> Value {
        self.table_method(value, class, name)
            .unwrap_or_else(|| self.gap_for(at, Why::NotFollowed))
    }

    /// A method that the interpreter's table has along the MRO of a class, bound to a value.
    pub(super) fn table_method(&self, value: &Value, class: ClassId, name: &Name) -> Option<Value> {
        let mut mro = self.classes.mro(class)?.iter();
        let id = *mro.find(|id| self.classes.members(**id).contains_key(name))?;
        if !self.is_method_of_table(id, name) {
            return None;
        }
        let path = &self.classes.get(id).path;
        let qualname = format!("{}.{name}", path.qualname);
        let function = Value::native(&path.module, &qualname);
        Some(Value::Method(Arc::new((function, value.clone()))))
    }
}
