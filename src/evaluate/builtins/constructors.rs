//! `int(…)`, `float(…)`, `complex(…)`, `str(…)`, `bytes(…)`, `bool(…)`: calls of the classes of constants.
#![expect(
    clippy::single_match_else,
    reason = "what is one and what is none are two cases of one rank"
)]

use num_bigint::BigInt;
use num_traits::{Num as _, ToPrimitive as _};

use crate::evaluate::builtins::numbers::whole_of_float;
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::fault::{Fault, Pure, type_error, untold, value_error};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, Value};
use crate::evaluate::scalar::{letters, to_float, whole};
use crate::evaluate::shown::repr::limit_of_digits;
use crate::semantics::ClassId;
use crate::source::{Place, PythonVersion};

impl Run<'_, '_> {
    /// A call of one of these classes; none where the class is another.
    pub(crate) fn constant_from(
        &mut self,
        class: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Option<Pure> {
        let known = self.known;
        Some(if class == known.int {
            self.new_int(arguments)
        } else if class == known.float {
            self.new_float(arguments)
        } else if class == known.complex {
            self.new_complex(arguments)
        } else if class == known.str_ {
            self.new_text(arguments, at)
        } else if class == known.bytes {
            self.new_bytes(arguments, at)
        } else if class == known.bool_ {
            self.new_bool(arguments, at)
        } else if self.is_library_class(class, "builtins", "bytearray") {
            self.new_bytearray(arguments, at)
        } else {
            return None;
        })
    }

    fn new_bool(&mut self, arguments: &Arguments, at: Option<Place>) -> Pure {
        let [value] = arguments.places(0, [""], 0)?;
        let Some(value) = value else {
            return Ok(Value::Bool(false));
        };
        match self.truth_of(&value, at)? {
            Some(truth) => Ok(Value::Bool(truth)),
            None => Err(Fault::Unknown),
        }
    }

    /// `int(value, base)` (`long_new_impl`)
    fn new_int(&mut self, arguments: &Arguments) -> Pure {
        let [value, base] = arguments.places(0, ["", "base"], 0)?;
        let Some(value) = value else {
            return match base {
                Some(_) => type_error("int() missing string argument"),
                None => Ok(Value::Int(0)),
            };
        };
        let base = match base {
            None => None,
            Some(base) => {
                let base = self.whole_index(&base)?.to_u32();
                match base.filter(|it| *it == 0 || (2..=36).contains(it)) {
                    Some(base) => Some(base),
                    None => return value_error("int() base must be >= 2 and <= 36, or 0"),
                }
            }
        };
        let plain = self.plain(&value);
        if base.is_some() && !matches!(plain, Value::Str(_) | Value::Bytes(_)) {
            return if self.is_operand(&value) {
                type_error("int() can't convert non-string with explicit base")
            } else {
                Err(Fault::Unknown)
            };
        }
        if base.is_none()
            && let Some(number) = self.whole_by_method(&value)?
        {
            return Ok(Value::whole(number));
        }
        match &plain {
            Value::Float(it) => Ok(Value::whole(whole_of_float(*it)?)),
            Value::Str(text) => self.whole_of_text(text, base.unwrap_or(10), &value),
            Value::Bytes(bytes) if bytes.is_ascii() => {
                let text = String::from_utf8_lossy(bytes).into_owned();
                self.whole_of_text(&text, base.unwrap_or(10), &plain)
            }
            Value::Bytes(_) => untold("ValueError"),
            other => match whole(other) {
                Some(number) => Ok(Value::whole(number)),
                None => {
                    let of = self.type_name(&value);
                    let version = self.world.version;
                    if version < PythonVersion::three(10) {
                        if matches!(other, Value::Complex(..)) {
                            return type_error("can't convert complex to int");
                        }
                        return type_error(format!(
                            "int() argument must be a string, a bytes-like object or a number, not '{of}'"
                        ));
                    }
                    type_error(format!(
                        "int() argument must be a string, a bytes-like object or a real number, not '{of}'"
                    ))
                }
            },
        }
    }

    /// `repr(value)` for the message of an error. Until 3.10 what it raises leaves the error without one (`PyErr_Format`).
    pub(super) fn shown_in_error(&mut self, value: &Value) -> Pure<Option<String>> {
        match self.repr_within(value, None) {
            Err(Fault::Raise(..) | Fault::Thrown(_)) if !self.is_at_least(11) => Ok(None),
            shown => shown.map(Some),
        }
    }

    /// The integer that a text says (`PyLong_FromString`).
    fn whole_of_text(&mut self, text: &str, base: u32, of: &Value) -> Pure {
        self.pay_for(text.len())?;
        let refused = |run: &mut Self| {
            // What says no number is shown by its own `__repr__`.
            let Some(shown) = run.shown_in_error(of)? else {
                return untold("ValueError");
            };
            // Of a long text only the beginning is shown.
            let message = format!("invalid literal for int() with base {base}: {shown}");
            Err(Fault::Raise(
                "ValueError",
                Some(message).filter(|_| text.len() < 190),
            ))
        };
        let trimmed = text.trim_matches(letters::is_blank);
        if !trimmed.is_ascii() {
            // There are other digits than ours.
            return if trimmed.chars().any(|it| it.is_numeric() && !it.is_ascii()) {
                Err(Fault::Unknown)
            } else {
                refused(self)
            };
        }
        let (is_negative, digits) = match trimmed.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
        };
        let lower = digits.to_ascii_lowercase();
        let prefixed = match lower.get(..2) {
            Some("0x") => Some(16),
            Some("0o") => Some(8),
            Some("0b") => Some(2),
            _ => None,
        };
        let (radix, digits) = match (base, prefixed) {
            (0, Some(radix)) => (radix, lower[2..].strip_prefix('_').unwrap_or(&lower[2..])),
            (base, Some(radix)) if base == radix => {
                (radix, lower[2..].strip_prefix('_').unwrap_or(&lower[2..]))
            }
            (0, None) => (10, lower.as_str()),
            (base, _) => (base, lower.as_str()),
        };
        let well_formed = !digits.is_empty()
            && !digits.starts_with('_')
            && !digits.ends_with('_')
            && !digits.contains("__");
        let bare = digits.replace('_', "");
        if !well_formed || !bare.chars().all(|it| it.is_digit(radix)) {
            return refused(self);
        }
        // Without a base, zeros in front are no octal number.
        if base == 0
            && prefixed.is_none()
            && bare.starts_with('0')
            && bare.bytes().any(|it| it != b'0')
        {
            return refused(self);
        }
        if !radix.is_power_of_two() && bare.len() > 4_300 {
            let limit = limit_of_digits(self.world.version);
            return value_error(format!(
                "Exceeds the limit {limit} for integer string conversion: value has {} digits; use sys.set_int_max_str_digits() to increase the limit",
                bare.len()
            ));
        }
        if bare.len() > 8_000 {
            return Err(Fault::Budget);
        }
        match BigInt::from_str_radix(&bare, radix) {
            Ok(number) => Ok(Value::whole(if is_negative { -number } else { number })),
            Err(_) => refused(self),
        }
    }

    /// `float(value)` (`float_new_impl`)
    fn new_float(&mut self, arguments: &Arguments) -> Pure {
        let given = arguments.positional.len();
        if given > 1 && arguments.keywords.is_empty() && !arguments.is_open() {
            return type_error(format!("float expected at most 1 argument, got {given}"));
        }
        let [value] = arguments.places(0, [""], 0)?;
        let Some(value) = value else {
            return Ok(Value::Float(0.0));
        };
        let plain = self.plain(&value);
        if let Some(number) = self.float_by_method(&value)? {
            return Ok(Value::Float(number));
        }
        match &plain {
            Value::Float(it) => Ok(Value::Float(*it)),
            Value::Str(text) => match self.float_of_text(text)? {
                Some(number) => Ok(Value::Float(number)),
                None => {
                    let of = if self.is_at_least(10) { &value } else { &plain };
                    match self.shown_in_error(of)? {
                        Some(shown) => {
                            value_error(format!("could not convert string to float: {shown}"))
                        }
                        None => untold("ValueError"),
                    }
                }
            },
            Value::Bytes(bytes) => {
                let text = String::from_utf8_lossy(bytes).into_owned();
                match self.float_of_text(&text)? {
                    Some(number) => Ok(Value::Float(number)),
                    None => {
                        let shown = self.repr_within(&value, None)?;
                        value_error(format!("could not convert string to float: {shown}"))
                    }
                }
            }
            other => match whole(other) {
                Some(number) => Ok(Value::Float(to_float(&number)?)),
                None => {
                    let of = self.type_name(&value);
                    let real = if self.world.version < PythonVersion::three(10) {
                        "a number"
                    } else {
                        "a real number"
                    };
                    type_error(format!(
                        "float() argument must be a string or {real}, not '{of}'"
                    ))
                }
            },
        }
    }

    /// The floating number that a text says; none where it says none.
    fn float_of_text(&mut self, text: &str) -> Pure<Option<f64>> {
        self.pay_for(text.len())?;
        let trimmed = text.trim_matches(letters::is_blank);
        if !trimmed.is_ascii() {
            return if trimmed.chars().any(|it| it.is_numeric() && !it.is_ascii()) {
                Err(Fault::Unknown)
            } else {
                Ok(None)
            };
        }
        Ok(float_from(trimmed))
    }

    /// `complex(real, imag)` (`complex_new_impl`)
    fn new_complex(&mut self, arguments: &Arguments) -> Pure {
        let [real, imaginary] = arguments.places(0, ["real", "imag"], 0)?;
        if let Some(Value::Str(text)) = real.as_ref().map(|it| self.plain(it)) {
            if imaginary.is_some() {
                return type_error("complex() can't take second arg if first is a string");
            }
            let trimmed = text.trim_matches(letters::is_blank);
            return match complex_from(trimmed) {
                Some((real, imaginary)) => Ok(Value::Complex(real, imaginary)),
                None if !trimmed.is_ascii() => Err(Fault::Unknown),
                None => value_error("complex() arg is a malformed string"),
            };
        }
        let real = real.unwrap_or(Value::Int(0));
        self.complex_of(&real, imaginary.as_ref())
    }

    /// `str(value)`, `str(bytes, encoding, errors)` (`unicode_new_impl`)
    fn new_text(&mut self, arguments: &Arguments, at: Option<Place>) -> Pure {
        let [value, encoding, errors] = arguments.places(0, ["object", "encoding", "errors"], 0)?;
        let Some(value) = value else {
            return if encoding.is_some() || errors.is_some() {
                untold("TypeError")
            } else {
                Ok(Value::str(""))
            };
        };
        if encoding.is_none() && errors.is_none() {
            if let Value::Str(_) = value {
                return Ok(value);
            }
            return Ok(Value::str(&self.text_within(&value, at)?));
        }
        for (name, given) in [("encoding", &encoding), ("errors", &errors)] {
            if let Some(given) = given
                && !matches!(self.plain(given), Value::Str(_))
            {
                return if self.is_operand(given) {
                    let of = self.type_name(given);
                    if self.world.version < PythonVersion::three(10) {
                        return untold("TypeError");
                    }
                    type_error(format!("str() argument '{name}' must be str, not {of}"))
                } else {
                    Err(Fault::Unknown)
                };
            }
        }
        match self.plain(&value) {
            Value::Bytes(bytes) => {
                let mut rest = arguments.clone();
                if !rest.positional.is_empty() {
                    rest.positional.remove(0);
                }
                rest.keywords.retain(|(name, _)| name != "object");
                self.decoded_by(&bytes, &rest, 0)
            }
            Value::Str(_) => type_error("decoding str is not supported"),
            Value::Object(_) | Value::Gap(_) if !self.is_operand(&value) => Err(Fault::Unknown),
            _ => {
                let of = self.type_name(&value);
                type_error(format!(
                    "decoding to str: need a bytes-like object, {of} found"
                ))
            }
        }
    }

    /// What a `__bytes__` gives.
    fn bytes_from(&mut self, method: &Value) -> Pure {
        let answer = self.call_method(method, vec![], None)?;
        match self.plain(&answer) {
            bytes @ Value::Bytes(_) => Ok(bytes),
            _ if answer.is_gap() => Err(Fault::Unknown),
            _ => {
                let of = self.type_name(&answer);
                type_error(format!("__bytes__ returned non-bytes (type {of})"))
            }
        }
    }

    /// `bytes(source, encoding, errors)` (`bytes_new_impl`)
    pub(super) fn new_bytes(&mut self, arguments: &Arguments, at: Option<Place>) -> Pure {
        let [source, encoding, errors] =
            arguments.places(0, ["source", "encoding", "errors"], 0)?;
        let empty = || Value::Bytes(Vec::new().into());
        let Some(source) = source else {
            return if encoding.is_some() || errors.is_some() {
                type_error(if encoding.is_some() {
                    "encoding without a string argument"
                } else {
                    "errors without a string argument"
                })
            } else {
                Ok(empty())
            };
        };
        for given in [&encoding, &errors].into_iter().flatten() {
            if !matches!(self.plain(given), Value::Str(_)) {
                return if self.is_operand(given) {
                    untold("TypeError")
                } else {
                    Err(Fault::Unknown)
                };
            }
        }
        let plain = self.plain(&source);
        // It is asked before what the object derives from counts.
        let is_plain = encoding.is_none() && errors.is_none();
        let is_dispatched = self.is_dispatched(&source, &source);
        if is_plain
            && is_dispatched
            && let Special::Code(method) = self.special(&source, "__bytes__")?
        {
            return self.bytes_from(&method);
        }
        if is_plain && is_dispatched && !matches!(plain, Value::Str(_) | Value::Bytes(_)) {
            let made = match self.zeros_of(&source)? {
                Some(zeros) => zeros,
                None => self.bytes_one_by_one(&source, "bytes", at)?,
            };
            return Ok(Value::Bytes(made.into()));
        }
        if let Value::Str(text) = &plain {
            if encoding.is_none() {
                return type_error("string argument without an encoding");
            }
            let path = crate::semantics::ClassPath::new("builtins", "str.encode");
            let mut rest = arguments.clone();
            if rest.positional.is_empty() {
                rest.positional.push(source.clone());
                rest.keywords.retain(|(name, _)| name != "source");
            }
            let asked = crate::evaluate::machine::asked::Asked {
                path: &path,
                arguments: rest,
                at: None,
                scope: self.any_scope(),
            };
            return self.encoded(&text.clone(), &asked);
        }
        if encoding.is_some() || errors.is_some() {
            return type_error(if encoding.is_some() {
                "encoding without a string argument"
            } else {
                "errors without a string argument"
            });
        }
        match &plain {
            Value::Bytes(_) => Ok(plain),
            Value::Float(_)
            | Value::Complex(..)
            | Value::None
            | Value::Ellipsis
            | Value::Native(_) => {
                let of = self.type_name(&source);
                type_error(format!("cannot convert '{of}' object to bytes"))
            }
            Value::Object(id) if matches!(self.object(*id), Object::Function(_)) => {
                type_error("cannot convert 'function' object to bytes")
            }
            Value::Class(class) if self.metaclass_of(*class) == Some(self.known.type_) => {
                type_error("cannot convert 'type' object to bytes")
            }
            Value::Class(_) => Err(Fault::Unknown),
            other => match whole(other) {
                Some(count) if count.sign() == num_bigint::Sign::Minus => {
                    value_error("negative count")
                }
                Some(count) => {
                    let Some(count) = count.to_usize() else {
                        return Err(Fault::Budget);
                    };
                    self.pay_for(count)?;
                    Ok(Value::Bytes(vec![0; count].into()))
                }
                None => {
                    let items = self.all_items_of(&source)?;
                    Ok(Value::Bytes(self.bytes_of_items(&items)?.into()))
                }
            },
        }
    }
}

/// What `float` reads: digits that underscores may part, a point, an exponent; infinities and what is no number.
pub(super) fn float_from(text: &str) -> Option<f64> {
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    let lower = bare.to_ascii_lowercase();
    if matches!(lower.as_str(), "inf" | "infinity" | "nan") {
        let number = if lower == "nan" {
            f64::NAN
        } else {
            f64::INFINITY
        };
        return Some(if text.starts_with('-') {
            -number
        } else {
            number
        });
    }
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    let mut clean = String::with_capacity(text.len());
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'_' if is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) => {}
            b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-' => clean.push(char::from(byte)),
            _ => return None,
        }
    }
    clean.parse().ok()
}

/// What `complex` reads: `1+2j`, `3`, `-j`, in parentheses or without.
fn complex_from(text: &str) -> Option<(f64, f64)> {
    let text = match text.strip_prefix('(') {
        Some(inner) => inner.strip_suffix(')')?.trim_matches(letters::is_blank),
        None => text,
    };
    let Some(body) = text.strip_suffix(['j', 'J']) else {
        return Some((float_from(text)?, 0.0));
    };
    let imaginary = |part: &str| match part {
        "" | "+" => Some(1.0),
        "-" => Some(-1.0),
        part => float_from(part),
    };
    // The sign between the parts is the last that does not belong to an exponent.
    let bytes = body.as_bytes();
    let between = (1..bytes.len())
        .rev()
        .find(|&at| matches!(bytes[at], b'+' | b'-') && !matches!(bytes[at - 1], b'e' | b'E'));
    match between {
        Some(at) => Some((float_from(&body[..at])?, imaginary(&body[at..])?)),
        None => Some((0.0, imaginary(body)?)),
    }
}
