//! `str(value)`, `repr(value)` and `format(value, spec)`, the program's own methods run (`PyObject_Str`, `PyObject_Repr`, `PyObject_Format`).
//!
//! None where the text holds an address, an order that nobody knows, or something that is not followed.

use crate::evaluate::language::operators::is_constant;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::fault::{Fault, MOST_BYTES, Pure, type_error, untold};
use crate::evaluate::machine::identity::{has_address, is_of_this_world, with_address};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::set_table::order_of_set;
use crate::evaluate::machine::value::{Object, ObjectId, Value};
use crate::evaluate::scalar::formatted_scalar;
use crate::evaluate::shown::repr::{
    bytes_text, complex_text, float_text, shown_range, whole_number, whole_text,
};
use crate::semantics::ClassId;
use crate::source::{Place, PythonVersion};

/// Containers in one another that are shown.
const DEEPEST: usize = 40;

/// Whose method gives a text.
enum Told {
    /// One that has source, or one of a library's class.
    Code(Value),
    /// That of a class of the interpreter.
    Table(&'static str),
}

impl Run<'_, '_> {
    /// `str(value)`, as part of a larger text.
    pub(crate) fn text_within(&mut self, value: &Value, at: Option<Place>) -> Pure<String> {
        self.text_inside(value, at, &mut vec![])
    }

    /// `repr(value)`, as part of a larger text.
    pub(crate) fn repr_within(&mut self, value: &Value, at: Option<Place>) -> Pure<String> {
        self.shown(value, at, &mut vec![])
    }

    /// `ascii(value)`
    pub(crate) fn ascii_within(&mut self, value: &Value, at: Option<Place>) -> Pure<String> {
        let text = self.shown(value, at, &mut vec![])?;
        Ok(text
            .chars()
            .map(|it| match u32::from(it) {
                0..=0x7f => it.to_string(),
                point @ 0x80..=0xff => format!("\\x{point:02x}"),
                point @ 0x100..=0xffff => format!("\\u{point:04x}"),
                point => format!("\\U{point:08x}"),
            })
            .collect())
    }

    /// `format(value, spec)`
    pub(crate) fn format_within(
        &mut self,
        value: &Value,
        spec: &str,
        at: Option<Place>,
    ) -> Pure<String> {
        if value.is_gap() {
            return Err(Fault::Unknown);
        }
        let Some(class) = self.class_of(value) else {
            return Err(Fault::Unknown);
        };
        if let Value::Object(_) | Value::Class(_) = value {
            match self.who_tells(value, class, "__format__")? {
                Told::Code(method) => {
                    let scope = self.any_scope();
                    let arguments = Arguments::of(vec![Value::str(spec)]);
                    let answer = self.call(&method, arguments, at, scope)?;
                    return match self.plain(&answer) {
                        Value::Str(text) => Ok(text.to_string()),
                        Value::Gap(_) => Err(Fault::Unknown),
                        _ => {
                            let of = self.type_name(&answer);
                            type_error(format!("__format__ must return a str, not {of}"))
                        }
                    };
                }
                Told::Table("object" | "type") => {}
                Told::Table("int" | "float" | "complex" | "str" | "bool") if !spec.is_empty() => {
                    let plain = self.plain(value);
                    let made = formatted_scalar(&plain, spec, self.world.version);
                    return match made {
                        Err(Fault::Raise(kind, Some(text))) => {
                            let (own, of) = (self.type_name(&plain), self.type_name(value));
                            let (own, of) = (
                                format!("object of type '{own}'"),
                                format!("object of type '{of}'"),
                            );
                            Err(Fault::Raise(kind, Some(text.replace(&own, &of))))
                        }
                        made => made,
                    };
                }
                Told::Table("int" | "float" | "complex" | "str" | "bool") => {}
                // Until 3.11 a member that stands for a value is written as that.
                Told::Table("Enum")
                    if self.world.version < PythonVersion::three(11)
                        && self.stands_for_something(class) =>
                {
                    return match self.plain(value) {
                        plain if is_constant(&plain) => self.format_within(&plain, spec, at),
                        _ => Err(Fault::Unknown),
                    };
                }
                Told::Table("Enum") => {
                    let text = self.text_inside(value, at, &mut vec![])?;
                    return self.format_within(&Value::str(&text), spec, at);
                }
                Told::Table(_) => return Err(Fault::Unknown),
            }
        }
        if spec.is_empty() {
            return self.text_inside(value, at, &mut vec![]);
        }
        match value {
            // A part of it may be cut away.
            Value::Str(text) if has_address(text) && spec.contains('.') => Err(Fault::Unknown),
            Value::Int(it) if is_of_this_world(*it) => Err(Fault::Unknown),
            Value::Str(_)
            | Value::Bool(_)
            | Value::Int(_)
            | Value::BigInt(_)
            | Value::Float(_)
            | Value::Complex(..) => formatted_scalar(value, spec, self.world.version),
            other => {
                let of = self.type_name(other);
                type_error(format!(
                    "unsupported format string passed to {of}.__format__"
                ))
            }
        }
    }

    /// Who says what a special method of an object or class gives.
    fn who_tells(&mut self, value: &Value, class: ClassId, name: &str) -> Pure<Told> {
        let Some((owner, binding)) = self.find_in_mro(class, name) else {
            return Err(Fault::Unknown);
        };
        if !self.is_whole(class) {
            return Err(Fault::Unknown);
        }
        if binding.is_none() && self.classes.is_interpreters(owner) {
            let path = &self.classes.get(owner).path;
            let known = [
                "object",
                "type",
                "int",
                "bool",
                "float",
                "complex",
                "str",
                "bytes",
                "tuple",
                "list",
                "dict",
                "set",
                "frozenset",
                "BaseException",
                "KeyError",
                // These say what `BaseException` says.
                "AttributeError",
                "NameError",
                "ImportError",
                "UnicodeEncodeError",
                "SyntaxError",
            ];
            if path.module == "builtins"
                && let Some(known) = known.into_iter().find(|it| *it == path.name())
            {
                return Ok(Told::Table(known));
            }
            // `enum` says it in source that is known by heart.
            if path.module == "enum" {
                match (path.name(), name) {
                    ("Enum", _) => return Ok(Told::Table("Enum")),
                    ("IntEnum", "__str__" | "__format__") => return Ok(Told::Table("int")),
                    ("StrEnum", "__str__" | "__format__") => return Ok(Told::Table("str")),
                    _ => {}
                }
            }
        }
        match self.special_method(value, class, name) {
            Some(method) if !method.is_gap() => Ok(Told::Code(method)),
            _ => Err(Fault::Unknown),
        }
    }

    fn text_inside(
        &mut self,
        value: &Value,
        at: Option<Place>,
        around: &mut Vec<ObjectId>,
    ) -> Pure<String> {
        match value {
            Value::Str(text) => {
                self.pay_for(text.len())?;
                Ok(text.to_string())
            }
            // What is one of several things that look the same.
            Value::Gap(_) => self.str_of(value).ok_or(Fault::Unknown),
            Value::Object(_) | Value::Class(_) => {
                if let Some(text) = self.text_of_hint(value) {
                    return Ok(text);
                }
                let Some(class) = self.class_of(value) else {
                    return Err(Fault::Unknown);
                };
                match self.who_tells(value, class, "__str__")? {
                    Told::Code(method) => self.text_from("__str__", &method, at),
                    Told::Table("str") => match self.plain(value) {
                        Value::Str(text) => Ok(text.to_string()),
                        _ => Err(Fault::Unknown),
                    },
                    Told::Table(
                        kind @ ("BaseException" | "KeyError" | "AttributeError" | "NameError"
                        | "ImportError" | "UnicodeEncodeError" | "SyntaxError"),
                    ) => self.text_of_exception(value, kind, at, around),
                    Told::Table("Enum") => self.str_of_member(value).ok_or(Fault::Unknown),
                    // Of `IntEnum` alone: `int` itself leaves it to `object`.
                    Told::Table("int") => match self.plain(value) {
                        plain if is_constant(&plain) => self.text_inside(&plain, at, around),
                        _ => Err(Fault::Unknown),
                    },
                    // It has one of its own, which shows no more than the bytes.
                    Told::Table("bytes") => match self.plain(value) {
                        bytes @ Value::Bytes(_) => self.shown(&bytes, at, around),
                        _ => Err(Fault::Unknown),
                    },
                    Told::Table(_) => self.text_by_repr(value, class, at, around),
                }
            }
            other => self.shown(other, at, around),
        }
    }

    /// `object.__str__(value)`: what its `__repr__` gives, which is held against the wrong name (`object_str`).
    fn text_by_repr(
        &mut self,
        value: &Value,
        class: ClassId,
        at: Option<Place>,
        around: &mut Vec<ObjectId>,
    ) -> Pure<String> {
        match (value, self.find_in_mro(class, "__repr__")) {
            (Value::Object(id), Some((_, Some(_)))) => {
                match self.who_tells(value, class, "__repr__")? {
                    Told::Code(method) => {
                        around.push(*id);
                        let text = self.text_from("__str__", &method, at);
                        around.pop();
                        text
                    }
                    Told::Table(_) => self.shown(value, at, around),
                }
            }
            _ => self.shown(value, at, around),
        }
    }

    /// `Enum.__str__`: the class and the name of the member.
    fn str_of_member(&self, value: &Value) -> Option<String> {
        let Value::Object(id) = value else {
            return None;
        };
        let class = self.class_of(value)?;
        if self.is_under(class, "enum", "Flag") {
            return None;
        }
        let Some(Value::Str(name)) = self.kept(*id, "_name_") else {
            return None;
        };
        Some(format!("{}.{name}", self.classes.get(class).path.name()))
    }

    fn text_of_exception(
        &mut self,
        value: &Value,
        kind: &str,
        at: Option<Place>,
        around: &mut Vec<ObjectId>,
    ) -> Pure<String> {
        let Value::Object(id) = value else {
            return Err(Fault::Unknown);
        };
        let Object::Instance(instance) = self.object(*id) else {
            return Err(Fault::Unknown);
        };
        let Some(Value::Tuple(arguments)) = instance.payload.clone() else {
            return Err(Fault::Unknown);
        };
        // Its text is that of `msg`, with the place where it knows one (`SyntaxError_str`).
        let has_set = |name: &str| instance.names.contains_key(name);
        if kind == "SyntaxError"
            && (arguments.len() != 1 || ["msg", "filename", "lineno"].into_iter().any(has_set))
        {
            return Err(Fault::Unknown);
        }
        match (kind, &*arguments) {
            (_, []) => Ok(String::new()),
            ("KeyError", [one]) => self.shown(one, at, around),
            (_, [one]) => self.text_inside(one, at, around),
            _ => self.shown(&Value::Tuple(arguments.clone()), at, around),
        }
    }

    /// What a method of the program gives for a text.
    fn text_from(&mut self, name: &str, method: &Value, at: Option<Place>) -> Pure<String> {
        let scope = self.any_scope();
        let answer = self.call(method, Arguments::default(), at, scope)?;
        match self.plain(&answer) {
            Value::Str(text) => Ok(text.to_string()),
            Value::Gap(_) => Err(Fault::Unknown),
            _ => {
                let of = self.type_name(&answer);
                type_error(format!("{name} returned non-string (type {of})"))
            }
        }
    }

    fn shown(
        &mut self,
        value: &Value,
        at: Option<Place>,
        around: &mut Vec<ObjectId>,
    ) -> Pure<String> {
        if around.len() > DEEPEST || self.steps == 0 {
            return Err(Fault::Budget);
        }
        if let Some(text) = self.text_of_hint(value) {
            return Ok(text);
        }
        let version = self.world.version;
        match value {
            Value::None => Ok("None".into()),
            Value::Ellipsis => Ok("Ellipsis".into()),
            Value::NotImplemented => Ok("NotImplemented".into()),
            Value::Bool(it) => Ok(if *it { "True" } else { "False" }.into()),
            // A text that is made of such a number may be run, and is never shown.
            Value::Int(it) => Ok(it.to_string()),
            Value::BigInt(it) => {
                self.pay_for(usize::try_from(it.bits()).unwrap_or(usize::MAX))?;
                whole_number(it, version)
            }
            Value::Float(it) => Ok(float_text(*it)),
            Value::Complex(real, imaginary) => Ok(complex_text(*real, *imaginary)),
            Value::Str(text) => {
                self.pay_for(text.len())?;
                Ok(whole_text(text, version))
            }
            Value::Bytes(bytes) => {
                self.pay_for(bytes.len())?;
                Ok(bytes_text(bytes))
            }
            Value::Tuple(items) => {
                // A tuple has no identity of its own here; it counts for the depth.
                around.push(ObjectId(u32::MAX));
                let inner = self.shown_items(items, at, around);
                around.pop();
                let inner = inner?;
                Ok(if items.len() == 1 {
                    format!("({inner},)")
                } else {
                    format!("({inner})")
                })
            }
            Value::Range(range) => Ok(shown_range(range)),
            Value::Slice(parts) => {
                let inner = self.shown_items(&parts.to_vec(), at, around)?;
                Ok(format!("slice({inner})"))
            }
            Value::Class(class) => {
                let metaclass = self.metaclass_of(*class).ok_or(Fault::Unknown)?;
                match self.who_tells(value, metaclass, "__repr__")? {
                    Told::Table("type") if self.is_whole(*class) => Ok(self.shown_class(*class)),
                    Told::Code(method) if self.user_defines(metaclass, "__repr__") => {
                        self.text_from("__repr__", &method, at)
                    }
                    _ => Err(Fault::Unknown),
                }
            }
            Value::Native(path) if path.module == "builtins" && !path.qualname.contains('.') => {
                Ok(format!("<built-in function {}>", path.qualname))
            }
            Value::Object(id) => self.shown_object(value, *id, at, around),
            Value::Module(_) | Value::Method(_) | Value::Native(_) | Value::Gap(_) => {
                Err(Fault::Unknown)
            }
        }
    }

    fn shown_items(
        &mut self,
        items: &[Value],
        at: Option<Place>,
        around: &mut Vec<ObjectId>,
    ) -> Pure<String> {
        let mut out = String::new();
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            let part = self.shown(item, at, around)?;
            self.add(&mut out, &part)?;
        }
        Ok(out)
    }

    /// Adds a part to a text that must not grow beyond bounds.
    fn add(&mut self, out: &mut String, part: &str) -> Pure<()> {
        self.copies(part.len() / 8 + 16);
        if out.len() + part.len() > MOST_BYTES || self.steps == 0 {
            return Err(Fault::Budget);
        }
        out.push_str(part);
        Ok(())
    }

    fn shown_object(
        &mut self,
        value: &Value,
        id: ObjectId,
        at: Option<Place>,
        around: &mut Vec<ObjectId>,
    ) -> Pure<String> {
        if around.contains(&id) {
            // A container that holds itself (`Py_ReprEnter`).
            return match self.object(id) {
                Object::List { .. } => Ok("[...]".into()),
                Object::Dict(_) => Ok("{...}".into()),
                _ => Err(Fault::Unknown),
            };
        }
        let shown = match self.object(id) {
            Object::List { items, open: false } => {
                let items = items.clone();
                around.push(id);
                let inner = self.shown_items(&items, at, around);
                around.pop();
                return inner.map(|it| format!("[{it}]"));
            }
            Object::Dict(dict) if !dict.open && dict.view.is_none() && !dict.is_proxy => {
                let pairs: Vec<(Value, Value)> = dict.entries.values().cloned().collect();
                around.push(id);
                let inner = self.shown_pairs(&pairs, at, around);
                around.pop();
                return inner.map(|it| format!("{{{it}}}"));
            }
            Object::Set {
                items,
                frozen,
                open: false,
                table,
            } => {
                let frozen = *frozen;
                let items = order_of_set(items, table.as_deref()).ok_or(Fault::Unknown)?;
                around.push(id);
                let inner = self.shown_items(&items, at, around);
                around.pop();
                match (inner?, frozen) {
                    (inner, false) if inner.is_empty() => "set()".into(),
                    (inner, true) if inner.is_empty() => "frozenset()".into(),
                    (inner, false) => format!("{{{inner}}}"),
                    (inner, true) => format!("frozenset({{{inner}}})"),
                }
            }
            Object::Instance(instance) => {
                let class = instance.class;
                return self.shown_instance(value, id, class, at, around);
            }
            // Most show their address.
            _ => return self.text_of_address(value),
        };
        Ok(shown)
    }

    fn shown_pairs(
        &mut self,
        pairs: &[(Value, Value)],
        at: Option<Place>,
        around: &mut Vec<ObjectId>,
    ) -> Pure<String> {
        let mut out = String::new();
        for (index, (key, value)) in pairs.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            let key = self.shown(key, at, around)?;
            self.add(&mut out, &key)?;
            out.push_str(": ");
            let value = self.shown(value, at, around)?;
            self.add(&mut out, &value)?;
        }
        Ok(out)
    }

    fn shown_instance(
        &mut self,
        value: &Value,
        id: ObjectId,
        class: ClassId,
        at: Option<Place>,
        around: &mut Vec<ObjectId>,
    ) -> Pure<String> {
        let told = match self.who_tells(value, class, "__repr__")? {
            Told::Code(method) => {
                around.push(id);
                let text = self.text_from("__repr__", &method, at);
                around.pop();
                return text;
            }
            Told::Table(told) => told,
        };
        let Object::Instance(instance) = self.object(id) else {
            return Err(Fault::Unknown);
        };
        let payload = instance.payload.clone();
        // `cache_info()`
        if class == self.known.tuple
            && let Some(Value::Tuple(parts)) = &payload
            && self.kept(id, "currsize").is_some()
            && let [hits, misses, most, size] = &**parts
        {
            let [hits, misses, most, size] = [hits, misses, most, size].map(|it| self.repr_of(it));
            return Ok(format!(
                "CacheInfo(hits={hits}, misses={misses}, maxsize={most}, currsize={size})"
            ));
        }
        match (told, payload) {
            ("BaseException", Some(Value::Tuple(arguments))) => {
                let name = self.classes.get(class).path.name().to_owned();
                around.push(id);
                let inner = self.shown_items(&arguments, at, around);
                around.pop();
                Ok(format!("{name}({})", inner?))
            }
            ("set" | "frozenset", Some(inner @ Value::Object(_))) => {
                let name = self.classes.get(class).path.name().to_owned();
                let Value::Object(inner) = inner else {
                    return Err(Fault::Unknown);
                };
                let Object::Set {
                    items,
                    open: false,
                    table,
                    ..
                } = self.object(inner)
                else {
                    return Err(Fault::Unknown);
                };
                let items = order_of_set(items, table.as_deref()).ok_or(Fault::Unknown)?;
                if items.is_empty() {
                    return Ok(format!("{name}()"));
                }
                let inner = self.shown_items(&items, at, around)?;
                Ok(format!("{name}({{{inner}}})"))
            }
            (
                "int" | "bool" | "float" | "complex" | "str" | "bytes" | "tuple" | "list" | "dict",
                Some(payload),
            ) => {
                around.push(id);
                let text = self.shown(&payload, at, around);
                around.pop();
                text
            }
            ("Enum", _) => {
                let shown = self.str_of_member(value).ok_or(Fault::Unknown)?;
                match self.kept(id, "_value_") {
                    Some(of) if is_constant(&of) => {
                        let of = self.shown(&of, at, around)?;
                        Ok(format!("<{shown}: {of}>"))
                    }
                    _ => Err(Fault::Unknown),
                }
            }
            ("object", None) => self.text_of_address(value),
            _ => Err(Fault::Unknown),
        }
    }

    /// `object.__repr__(value)`
    pub(crate) fn shown_by_default(&mut self, value: &Value) -> Pure<String> {
        match value {
            Value::Object(_) => self.text_of_address(value),
            _ => Err(Fault::Unknown),
        }
    }

    /// A text with the address of an object, where such are made.
    fn text_of_address(&mut self, value: &Value) -> Pure<String> {
        if !self.makes_addresses() {
            return Err(Fault::Unknown);
        }
        match self.identity_of(value) {
            Some(Value::Int(number)) => Ok(with_address(number)),
            _ => Err(Fault::Unknown),
        }
    }

    /// `object.__format__(value, spec)`
    pub(crate) fn formatted_by_default(
        &mut self,
        value: &Value,
        spec: &Value,
        at: Option<Place>,
    ) -> Pure<String> {
        match self.plain(spec) {
            Value::Str(spec) if spec.is_empty() => self.text_within(value, at),
            Value::Str(_) => {
                let of = self.type_name(value);
                type_error(format!(
                    "unsupported format string passed to {of}.__format__"
                ))
            }
            Value::Gap(_) | Value::Object(_) => Err(Fault::Unknown),
            _ => untold("TypeError"),
        }
    }
}

/// The conversion of a field of a format: `!r`, `!s`, `!a`.
impl Run<'_, '_> {
    /// A value after the conversion of a field.
    pub(super) fn converted(
        &mut self,
        value: &Value,
        conversion: Option<char>,
        at: Option<Place>,
    ) -> Pure {
        Ok(match conversion {
            None => value.clone(),
            Some('r') => Value::str(&self.repr_within(value, at)?),
            Some('s') => Value::str(&self.text_within(value, at)?),
            Some('a') => Value::str(&self.ascii_within(value, at)?),
            Some(other) => {
                return crate::evaluate::machine::fault::value_error(format!(
                    "Unknown conversion specifier {other}"
                ));
            }
        })
    }
}
