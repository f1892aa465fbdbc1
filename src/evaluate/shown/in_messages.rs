//! Values as the interpreter's messages show them.

use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, Value};
use crate::evaluate::shown::repr::whole_text;
use crate::semantics::ClassId;

impl Run<'_, '_> {
    /// The name of a value's class; `object` where it is not known.
    pub(crate) fn type_name(&self, value: &Value) -> String {
        match value {
            Value::Native(path) if !path.qualname.contains('.') => {
                String::from("builtin_function_or_method")
            }
            other => self
                .class_of(other)
                .map_or("object", |class| self.classes.get(class).path.name())
                .to_owned(),
        }
    }

    /// The same where nothing is left out of it.
    pub(crate) fn exact_repr(&self, value: &Value) -> Option<String> {
        let is_shown = match value {
            Value::Object(id) => match self.object(*id) {
                Object::List { items, open: false } => {
                    items.iter().all(|it| self.exact_repr(it).is_some())
                }
                _ => false,
            },
            Value::Gap(_)
            | Value::Slice(_)
            | Value::Module(_)
            | Value::Method(_)
            | Value::Float(_)
            | Value::Complex(..)
            | Value::Bytes(_) => false,
            Value::Native(path) => !path.qualname.contains('.'),
            Value::Tuple(items) => items.iter().all(|it| self.exact_repr(it).is_some()),
            Value::Class(class) => {
                let metaclass = self.metaclass_of(*class)?;
                metaclass == self.known.type_ || !self.user_defines(metaclass, "__repr__")
            }
            _ => true,
        };
        is_shown.then(|| self.repr_of(value))
    }

    /// `repr(value)`, as far as it needs no code of a program.
    pub(crate) fn repr_of(&self, value: &Value) -> String {
        match value {
            Value::None => String::from("None"),
            Value::Ellipsis => String::from("Ellipsis"),
            Value::NotImplemented => String::from("NotImplemented"),
            Value::Bool(true) => String::from("True"),
            Value::Bool(false) => String::from("False"),
            Value::Str(text) => whole_text(text, self.world.version),
            Value::Tuple(items) if items.len() == 1 => format!("({},)", self.repr_of(&items[0])),
            Value::Tuple(items) => format!("({})", self.reprs(items)),
            Value::Range(range) => crate::evaluate::shown::repr::shown_range(range),
            Value::Class(class) => self.shown_class(*class),
            Value::Native(path) if !path.qualname.contains('.') => {
                format!("<built-in function {}>", path.qualname)
            }
            Value::Object(id) => match self.object(*id) {
                Object::List { items, open: false } => format!("[{}]", self.reprs(items)),
                _ => format!("<{} object>", self.type_name(value)),
            },
            other => self.str_of(other).unwrap_or_else(|| String::from("…")),
        }
    }

    /// `str(exception)`: nothing, its argument, or all of them (`BaseException_str`, `KeyError_str`).
    pub(crate) fn str_of_exception(&self, value: &Value) -> Option<String> {
        let Value::Object(id) = value else {
            return None;
        };
        let Object::Instance(instance) = self.object(*id) else {
            return None;
        };
        let class = instance.class;
        if !self.classes.is_subclass(class, self.known.base_exception)
            || self.user_defines(class, "__str__")
        {
            return None;
        }
        let owner = self.find_in_mro(class, "__str__")?.0;
        let Some(Value::Tuple(arguments)) = &instance.payload else {
            return None;
        };
        match (self.classes.get(owner).path.name(), &**arguments) {
            ("BaseException" | "KeyError", []) => Some(String::new()),
            ("BaseException" | "SyntaxError", [argument]) => self.str_of(argument),
            ("KeyError", [argument]) => self.exact_repr(argument),
            ("BaseException" | "KeyError", _) => {
                let all: Option<Vec<String>> =
                    arguments.iter().map(|it| self.exact_repr(it)).collect();
                Some(format!("({})", all?.join(", ")))
            }
            _ => None,
        }
    }

    /// `repr` of a class: `<class 'shop.Order'>`.
    pub(crate) fn shown_class(&self, class: ClassId) -> String {
        let path = &self.classes.get(class).path;
        let said = self.class_names.get(&class);
        if let Some(Value::Str(module)) = said
            .and_then(|names| names.get("__module__"))
            .map(|it| &it.value)
        {
            return format!("<class '{module}.{}'>", path.qualname);
        }
        if path.module == "builtins" {
            return format!("<class '{}'>", path.qualname);
        }
        format!("<class '{}.{}'>", path.module, path.qualname)
    }

    fn reprs(&self, items: &[Value]) -> String {
        let shown: Vec<String> = items.iter().map(|it| self.repr_of(it)).collect();
        shown.join(", ")
    }
}
