//! How the interpreter asks an object to be a number or bytes: `PyNumber_Index`, `PyNumber_Long`, `PyNumber_Float`, `PyFloat_AsDouble`
//! (`Objects/abstract.c`, `Objects/floatobject.c`), `bytes(…)` and `bytearray(…)` of it.

use num_bigint::BigInt;
use num_traits::ToPrimitive as _;

use crate::evaluate::builtins::numbers::whole_of_float;
use crate::evaluate::language::items::MOST_ITEMS;
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::fault::{Fault, Pure, type_error, value_error};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Instance, Object, Value};
use crate::evaluate::scalar::{to_float, whole};
use crate::source::{Place, PythonVersion};

impl Run<'_, '_> {
    /// Whether a fault is a `TypeError`, which some callers put into other words.
    pub(crate) fn is_type_error(&self, fault: &Fault) -> bool {
        match fault {
            Fault::Raise(kind, _) => *kind == "TypeError",
            Fault::Thrown(thrown) => thrown
                .class
                .is_some_and(|it| self.classes.is_subclass(it, self.known.type_error)),
            Fault::Unknown | Fault::Budget => false,
        }
    }

    /// Whether special methods of an object, or of a class, are to be looked up: anything else has those of its own type.
    fn is_asked(value: &Value) -> bool {
        matches!(value, Value::Object(_) | Value::Class(_))
    }

    /// The integer that a method gives, named in the complaint about anything else.
    fn whole_from(&mut self, method: &Value, name: &str) -> Pure<BigInt> {
        let answer = self.call_method(method, vec![], None)?;
        match whole(&self.plain(&answer)) {
            Some(number) => Ok(number),
            None if answer.is_gap() => Err(Fault::Unknown),
            None => {
                let of = self.type_name(&answer);
                type_error(format!("{name} returned non-int (type {of})"))
            }
        }
    }

    /// What `__index__` gives; none where the type has no such method. An `int` is not asked.
    pub(crate) fn index_by_method(&mut self, value: &Value) -> Pure<Option<BigInt>> {
        if value.is_gap() {
            return Err(Fault::Unknown);
        }
        if let Some(number) = whole(&self.plain(value)) {
            return Ok(Some(number));
        }
        if !Self::is_asked(value) {
            return Ok(None);
        }
        match self.special(value, "__index__")? {
            Special::Missing => Ok(None),
            Special::Code(method) => self.whole_from(&method, "__index__").map(Some),
            Special::Builtin(_) | Special::Unknown => Err(Fault::Unknown),
        }
    }

    /// `operator.index(value)` (`PyNumber_Index`).
    pub(crate) fn whole_index(&mut self, value: &Value) -> Pure<BigInt> {
        if let Some(number) = self.index_by_method(value)? {
            return Ok(number);
        }
        let of = self.type_name(value);
        type_error(format!("'{of}' object cannot be interpreted as an integer"))
    }

    /// What `__int__`, `__index__` or `__trunc__` gives (`PyNumber_Long`); none where the type has none of them.
    pub(crate) fn whole_by_method(&mut self, value: &Value) -> Pure<Option<BigInt>> {
        if value.is_gap() {
            return Err(Fault::Unknown);
        }
        let plain = self.plain(value);
        let own = |run: &Self| match &plain {
            Value::Float(number) => whole_of_float(*number).map(Some),
            other => match whole(other) {
                Some(number) => Ok(Some(number)),
                None if Self::is_asked(value) || matches!(run.plain(value), Value::Gap(_)) => {
                    Err(Fault::Unknown)
                }
                None => Ok(None),
            },
        };
        if !Self::is_asked(value) {
            return own(self);
        }
        for name in ["__int__", "__index__"] {
            match self.special(value, name)? {
                Special::Missing => {}
                Special::Code(method) => return self.whole_from(&method, name).map(Some),
                Special::Builtin(_) => return own(self),
                Special::Unknown => return Err(Fault::Unknown),
            }
        }
        if self.world.version >= PythonVersion::three(14) {
            return if self.is_buffer(value) {
                Err(Fault::Unknown)
            } else {
                Ok(None)
            };
        }
        match self.special(value, "__trunc__")? {
            Special::Missing if self.is_buffer(value) => Err(Fault::Unknown),
            Special::Missing => Ok(None),
            Special::Builtin(_) | Special::Unknown => Err(Fault::Unknown),
            Special::Code(method) => {
                let answer = self.call_method(&method, vec![], None)?;
                if let Some(number) = self.index_by_method(&answer)? {
                    Ok(Some(number))
                } else {
                    let of = self.type_name(&answer);
                    type_error(format!("__trunc__ returned non-Integral (type {of})"))
                }
            }
        }
    }

    /// What `__float__` or `__index__` gives (`PyNumber_Float`); none where the type has neither.
    pub(crate) fn float_by_method(&mut self, value: &Value) -> Pure<Option<f64>> {
        if value.is_gap() {
            return Err(Fault::Unknown);
        }
        let plain = self.plain(value);
        let own = |is_asked: bool| match &plain {
            Value::Float(number) => Ok(Some(*number)),
            other => match whole(other) {
                Some(number) => to_float(&number).map(Some),
                None if is_asked => Err(Fault::Unknown),
                None => Ok(None),
            },
        };
        if !Self::is_asked(value) {
            return own(false);
        }
        match self.special(value, "__float__")? {
            Special::Missing => {}
            Special::Code(method) => {
                let answer = self.call_method(&method, vec![], None)?;
                return match self.plain(&answer) {
                    Value::Float(number) => Ok(Some(number)),
                    Value::Gap(_) => Err(Fault::Unknown),
                    _ => {
                        let (of, is) = (self.type_name(value), self.type_name(&answer));
                        type_error(format!("{of}.__float__ returned non-float (type {is})"))
                    }
                };
            }
            Special::Builtin(_) => return own(true),
            Special::Unknown => return Err(Fault::Unknown),
        }
        match self.index_by_method(value)? {
            Some(number) => to_float(&number).map(Some),
            None if self.is_buffer(value) => Err(Fault::Unknown),
            None => Ok(None),
        }
    }

    /// Whether an object shows memory, in which a number may be written.
    fn is_buffer(&self, value: &Value) -> bool {
        let mro = self.class_of(value).and_then(|it| self.classes.mro(it));
        mro.unwrap_or_default().iter().any(|&it| {
            let path = &self.classes.get(it).path;
            match path.module.as_str() {
                "builtins" => matches!(path.name(), "bytearray" | "memoryview"),
                "array" | "mmap" | "_ctypes" | "ctypes" | "numpy" => true,
                _ => false,
            }
        })
    }

    /// `float(value)` for functions that take a floating number (`PyFloat_AsDouble`): an object of a class below `float` is not asked.
    pub(crate) fn double_of(&mut self, value: &Value) -> Pure<f64> {
        if let Value::Float(number) = self.plain(value) {
            return Ok(number);
        }
        if let Some(number) = self.float_by_method(value)? {
            return Ok(number);
        }
        let of = self.type_name(value);
        type_error(format!("must be real number, not {of}"))
    }

    /// `complex(real, imag)` of anything but a text (`complex_new_impl`).
    pub(super) fn complex_of(&mut self, real: &Value, imaginary: Option<&Value>) -> Pure {
        if let Some(imaginary) = imaginary
            && matches!(self.plain(imaginary), Value::Str(_))
        {
            return type_error("complex() second arg can't be a string");
        }
        let real = if Self::is_asked(real) {
            match self.special(real, "__complex__")? {
                Special::Missing => real.clone(),
                Special::Builtin(_) => self.plain(real),
                Special::Unknown => return Err(Fault::Unknown),
                Special::Code(method) => {
                    let answer = self.call_method(&method, vec![], None)?;
                    match self.plain(&answer) {
                        number @ Value::Complex(..) => number,
                        Value::Gap(_) => return Err(Fault::Unknown),
                        _ => {
                            let of = self.type_name(&answer);
                            return type_error(format!(
                                "__complex__ returned non-complex (type {of})"
                            ));
                        }
                    }
                }
            }
        } else {
            real.clone()
        };
        let is_number = |run: &Self, value: &Value| {
            matches!(run.plain(value), Value::Complex(..))
                || run.has_special(value, "__float__")
                || run.has_special(value, "__index__")
        };
        let is_new = self.world.version >= PythonVersion::three(14);
        for (value, place) in [(Some(&real), "first"), (imaginary, "second")] {
            let Some(value) = value.filter(|it| !is_number(self, it)) else {
                continue;
            };
            if !self.is_of_known_type(value) && Self::is_asked(value) {
                return Err(Fault::Unknown);
            }
            if is_new {
                return crate::evaluate::machine::fault::untold("TypeError");
            }
            let of = self.type_name(value);
            return type_error(if place == "second" {
                format!("complex() second argument must be a number, not '{of}'")
            } else {
                format!("complex() first argument must be a string or a number, not '{of}'")
            });
        }
        let mut number = |value: &Value| -> Pure<(f64, f64)> {
            match self.plain(value) {
                Value::Complex(real, imaginary) => Ok((real, imaginary)),
                _ => match self.float_by_method(value)? {
                    Some(number) => Ok((number, 0.0)),
                    None => Err(Fault::Unknown),
                },
            }
        };
        let (a, b) = number(&real)?;
        let Some(imaginary) = imaginary else {
            return Ok(Value::Complex(a, b));
        };
        let (c, d) = number(imaginary)?;
        let mut whole = (a, c);
        if matches!(self.plain(imaginary), Value::Complex(..)) {
            whole.0 -= d;
        }
        if matches!(self.plain(&real), Value::Complex(..)) {
            whole.1 += b;
        }
        Ok(Value::Complex(whole.0, whole.1))
    }

    /// As many zeros as a value that can be an index says; none for one that cannot, or whose `__index__` raises a `TypeError`.
    pub(super) fn zeros_of(&mut self, value: &Value) -> Pure<Option<Vec<u8>>> {
        let count = match self.index_by_method(value) {
            Ok(None) => return Ok(None),
            Ok(Some(count)) => count,
            Err(fault) if self.is_type_error(&fault) => return Ok(None),
            Err(fault) => return Err(fault),
        };
        if count.sign() == num_bigint::Sign::Minus {
            return value_error("negative count");
        }
        let Some(count) = count.to_usize() else {
            return Err(Fault::Budget);
        };
        self.pay_for(count)?;
        Ok(Some(vec![0; count]))
    }

    /// The bytes that an iterable gives one by one; `bytes` asks for its length first (`_PyBytes_FromIterator`, `bytearray___init___impl`).
    pub(super) fn bytes_one_by_one(
        &mut self,
        value: &Value,
        kind: &str,
        at: Option<Place>,
    ) -> Pure<Vec<u8>> {
        let mut source = match self.source(value, at) {
            Ok(source) => source,
            Err(thrown) => {
                let fault = Fault::Thrown(thrown);
                if !self.is_type_error(&fault) {
                    return Err(fault);
                }
                let of = self.type_name(value);
                return type_error(format!("cannot convert '{of}' object to {kind}"));
            }
        };
        let is_bytes = kind == "bytes";
        if is_bytes {
            self.ask_length(value, at)?;
        }
        let scope = self.any_scope();
        let mut bytes = vec![];
        while bytes.len() < MOST_ITEMS && self.round() {
            let Some(item) = self.next_in_turn(&mut source, at, scope)? else {
                return if source.is_open() {
                    Err(Fault::Unknown)
                } else {
                    Ok(bytes)
                };
            };
            match u8::try_from(&self.whole_index(&item)?) {
                Ok(byte) => bytes.push(byte),
                Err(_) if is_bytes => return value_error("bytes must be in range(0, 256)"),
                Err(_) => return value_error("byte must be in range(0, 256)"),
            }
        }
        Err(Fault::Budget)
    }

    /// `bytearray(source, encoding, errors)` (`bytearray___init___impl`): what raises is told. What is made can change, which is not followed:
    /// nothing but its type is known.
    pub(super) fn new_bytearray(&mut self, arguments: &Arguments, at: Option<Place>) -> Pure {
        match arguments.positional.as_slice() {
            [value]
                if arguments.keywords.is_empty()
                    && !arguments.is_open()
                    && self.is_dispatched(value, value) =>
            {
                match self.plain(value) {
                    Value::Str(_) => return type_error("string argument without an encoding"),
                    Value::Bytes(_) => {}
                    _ => {
                        if self.zeros_of(value)?.is_none() {
                            self.bytes_one_by_one(value, "bytearray", at)?;
                        }
                    }
                }
            }
            _ => {
                self.new_bytes(arguments, at)?;
            }
        }
        let kind = self.world.facts.class("builtins", "bytearray");
        let Some(kind) = kind.filter(|_| self.is_traced()) else {
            return Err(Fault::Unknown);
        };
        let mut made = Instance::of(kind);
        made.open = true;
        Ok(self.allocate(Object::Instance(made)))
    }
}
