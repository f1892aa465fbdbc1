//! `format % values` of text (`PyUnicode_Format`).

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive as _;

use crate::evaluate::machine::fault::{Fault, MOST_BYTES, Pure, overflow, type_error, value_error};
use crate::evaluate::machine::identity::has_address;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, Value};
use crate::evaluate::scalar::{Form, double_text, from_float, padded, whole};
use crate::evaluate::shown::repr::whole_number;
use crate::source::PythonVersion;

/// The flags, the width and the precision of one conversion.
#[expect(clippy::struct_excessive_bools, reason = "there are five flags")]
#[derive(Debug, Clone, Copy, Default)]
struct Field {
    left: bool,
    plus: bool,
    blank: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

impl Run<'_, '_> {
    /// `format % value` of text.
    pub(crate) fn percent(&mut self, format: &str, value: &Value) -> Pure<String> {
        self.percent_of(format, value, false)
    }

    /// `format % value` of bytes (`_PyBytes_FormatEx`).
    pub(crate) fn percent_of_bytes(&mut self, format: &[u8], value: &Value) -> Pure<Vec<u8>> {
        let format: String = format.iter().map(|&it| char::from(it)).collect();
        let made = self.percent_of(&format, value, true)?;
        Ok(made.chars().map(|it| u32::from(it) as u8).collect())
    }

    /// The same over text in which a byte is a character.
    fn percent_of(&mut self, format: &str, value: &Value, is_bytes: bool) -> Pure<String> {
        let letters: Vec<char> = format.chars().collect();
        self.pay_for(format.len())?;
        let value = self.plain_tuple(value);
        let items: Vec<Value> = match &value {
            Value::Tuple(items) => items.to_vec(),
            other => vec![other.clone()],
        };
        let is_mapping = self.is_mapping(&value, is_bytes)?;
        let mut items = items.into_iter();
        let mut out = String::new();
        let mut at = 0;
        while let Some(&letter) = letters.get(at) {
            at += 1;
            if letter != '%' {
                out.push(letter);
                continue;
            }
            let mut field = Field::default();
            let mut named = None;
            if letters.get(at) == Some(&'(') {
                if !is_mapping {
                    return type_error("format requires a mapping");
                }
                let mut depth = 1;
                let from = at + 1;
                at += 1;
                while depth > 0 {
                    match letters.get(at) {
                        Some('(') => depth += 1,
                        Some(')') => depth -= 1,
                        Some(_) => {}
                        None => return value_error("incomplete format key"),
                    }
                    at += 1;
                }
                let name: String = letters[from..at - 1].iter().collect();
                let key = if is_bytes {
                    Value::Bytes(name.chars().map(|it| u32::from(it) as u8).collect())
                } else {
                    Value::str(&name)
                };
                named = Some(self.get_item(&value, &key, None)?);
            }
            loop {
                match letters.get(at) {
                    Some('-') => field.left = true,
                    Some('+') => field.plus = true,
                    Some(' ') => field.blank = true,
                    Some('#') => field.alternate = true,
                    Some('0') => field.zero = true,
                    _ => break,
                }
                at += 1;
            }
            let mut next = |named: &mut Option<Value>| -> Pure {
                match named.take().or_else(|| items.next()) {
                    Some(item) => Ok(item),
                    None => type_error("not enough arguments for format string"),
                }
            };
            let number = |at: &mut usize, next: &mut dyn FnMut() -> Pure| -> Pure<Option<i64>> {
                if letters.get(*at) == Some(&'*') {
                    *at += 1;
                    return match next()? {
                        Value::Int(it) => Ok(Some(it)),
                        Value::Bool(it) => Ok(Some(i64::from(it))),
                        Value::Gap(_) | Value::Object(_) => Err(Fault::Unknown),
                        _ => type_error("* wants int"),
                    };
                }
                let from = *at;
                let mut total: i64 = 0;
                while let Some(digit) = letters.get(*at).and_then(|it| it.to_digit(10)) {
                    total = total.saturating_mul(10).saturating_add(i64::from(digit));
                    *at += 1;
                }
                Ok((*at > from).then_some(total))
            };
            if let Some(width) = number(&mut at, &mut || next(&mut None))? {
                field.left |= width < 0;
                let width = width.unsigned_abs();
                if width > MOST_BYTES as u64 {
                    return Err(Fault::Budget);
                }
                field.width = usize::try_from(width).unwrap_or(0);
            }
            if letters.get(at) == Some(&'.') {
                at += 1;
                let precision = number(&mut at, &mut || next(&mut None))?
                    .unwrap_or(0)
                    .max(0);
                let precision = usize::try_from(precision).unwrap_or(usize::MAX);
                if precision > MOST_BYTES {
                    return Err(Fault::Budget);
                }
                field.precision = Some(precision);
            }
            if let Some('h' | 'l' | 'L') = letters.get(at) {
                at += 1;
            }
            let Some(&kind) = letters.get(at) else {
                return value_error("incomplete format");
            };
            at += 1;
            if kind == '%' {
                out.push('%');
                continue;
            }
            let item = next(&mut named)?;
            if item.is_gap() {
                return Err(Fault::Unknown);
            }
            let part = if is_bytes {
                self.conversion_of_bytes(kind, &item, field, at - 1)?
            } else {
                self.conversion(kind, &item, field, at - 1)?
            };
            self.pay_for(out.len().max(part.len()) / 16)?;
            if out.len() + part.len() > MOST_BYTES {
                return Err(Fault::Budget);
            }
            out.push_str(&part);
        }
        if !is_mapping && items.next().is_some() {
            return type_error(if is_bytes {
                "not all arguments converted during bytes formatting"
            } else {
                "not all arguments converted during string formatting"
            });
        }
        Ok(out)
    }

    /// A tuple, or the tuple that an instance of a subclass stands for; any other value as it is.
    fn plain_tuple(&self, value: &Value) -> Value {
        match self.plain(value) {
            tuple @ Value::Tuple(_)
                if self
                    .class_of(value)
                    .is_some_and(|it| self.classes.is_subclass(it, self.known.tuple)) =>
            {
                tuple
            }
            _ => value.clone(),
        }
    }

    /// Whether names can be asked of a value: it has `__getitem__`, and is neither a tuple nor a text.
    fn is_mapping(&mut self, value: &Value, is_bytes: bool) -> Pure<bool> {
        if is_bytes && matches!(self.plain(value), Value::Bytes(_)) {
            return Ok(false);
        }
        match value {
            Value::Object(id) => match self.object(*id) {
                Object::Dict(_) | Object::List { .. } => Ok(true),
                Object::Instance(instance) => {
                    let class = instance.class;
                    if self.classes.is_subclass(class, self.known.str_) {
                        return Ok(false);
                    }
                    if !self.is_whole(class) {
                        return Err(Fault::Unknown);
                    }
                    Ok(self.find_in_mro(class, "__getitem__").is_some())
                }
                Object::Set { .. } | Object::Function(_) | Object::Property { .. } => Ok(false),
                _ => Err(Fault::Unknown),
            },
            Value::Bytes(_) => Ok(true),
            Value::Gap(_) => Err(Fault::Unknown),
            _ => Ok(false),
        }
    }

    fn conversion_of_bytes(
        &mut self,
        kind: char,
        item: &Value,
        field: Field,
        at: usize,
    ) -> Pure<String> {
        let text = match (kind, self.plain(item)) {
            ('s' | 'b', Value::Bytes(bytes)) => {
                let most = field.precision.unwrap_or(usize::MAX);
                bytes.iter().take(most).map(|&it| char::from(it)).collect()
            }
            ('s' | 'b', _) if !self.is_operand(item) || matches!(item, Value::Object(_)) => {
                return Err(Fault::Unknown);
            }
            ('s' | 'b', _) => {
                let of = self.type_name(item);
                return type_error(format!(
                    "%b requires a bytes-like object, or an object that implements __bytes__, not '{of}'"
                ));
            }
            ('r', _) => return self.conversion('a', item, field, at),
            ('c', _) => return Err(Fault::Unknown),
            _ => return self.conversion(kind, item, field, at),
        };
        let text: String = text;
        let align = if field.left { '<' } else { '>' };
        Ok(padded(&text, field.width, align, ' '))
    }

    fn conversion(&mut self, kind: char, item: &Value, field: Field, at: usize) -> Pure<String> {
        let cut = |text: String| match field.precision {
            Some(_) if has_address(&text) => Err(Fault::Unknown),
            Some(most) => Ok(text.chars().take(most).collect()),
            None => Ok(text),
        };
        let text = match kind {
            's' => cut(self.text_within(item, None)?)?,
            'r' => cut(self.repr_within(item, None)?)?,
            'a' => cut(self.ascii_within(item, None)?)?,
            'd' | 'i' | 'u' | 'o' | 'x' | 'X' => return self.whole_conversion(kind, item, field),
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => return self.float_conversion(kind, item, field),
            'c' => match self.plain(item) {
                Value::Str(text) if text.chars().count() == 1 => text.to_string(),
                Value::Str(_) => return type_error("%c requires int or char"),
                other => match whole(&other) {
                    Some(code) => {
                        let point = code.to_u32().filter(|it| *it < 0x11_0000);
                        let Some(point) = point else {
                            return overflow("%c arg not in range(0x110000)");
                        };
                        char::from_u32(point).ok_or(Fault::Unknown)?.to_string()
                    }
                    None if matches!(other, Value::Object(_)) => return Err(Fault::Unknown),
                    None => return type_error("%c requires int or char"),
                },
            },
            other => {
                let shown = if (' '..='~').contains(&other) || u32::from(other) > 0x7e {
                    other
                } else {
                    '?'
                };
                return value_error(format!(
                    "unsupported format character '{shown}' (0x{:x}) at index {at}",
                    u32::from(other)
                ));
            }
        };
        let align = if field.left { '<' } else { '>' };
        Ok(padded(&text, field.width, align, ' '))
    }

    /// `%d`, `%x` and their kind.
    fn whole_conversion(&mut self, kind: char, item: &Value, field: Field) -> Pure<String> {
        let plain = self.plain(item);
        let is_asked = matches!(item, Value::Object(_) | Value::Class(_));
        let number = match (&plain, kind) {
            // What `__int__` or `__index__` raises is put into other words (`mainformatlong`).
            (other, _) if is_asked && whole(other).is_none() => {
                let names = ["__index__", "__int__", "__float__"];
                if !self.is_of_known_type(item) {
                    return Err(Fault::Unknown);
                }
                if !names.iter().any(|it| self.has_special(item, it)) {
                    return self.no_number(kind, item);
                }
                let made = match kind {
                    'o' | 'x' | 'X' => self.index_by_method(item),
                    _ => self.whole_by_method(item),
                };
                match made {
                    Ok(Some(number)) => number,
                    Ok(None) if matches!(other, Value::Str(_) | Value::Bytes(_)) => {
                        return Err(Fault::Unknown);
                    }
                    Ok(None) => return self.no_number(kind, item),
                    Err(fault) if self.is_type_error(&fault) => return self.no_number(kind, item),
                    Err(fault) => return Err(fault),
                }
            }
            (Value::Float(it), 'd' | 'i' | 'u') => match from_float(*it) {
                Some(number) => number,
                None if it.is_nan() => return value_error("cannot convert float NaN to integer"),
                None => return overflow("cannot convert float infinity to integer"),
            },
            (other, _) => match whole(other) {
                Some(number) => number,
                None if self.is_of_known_type(item) || self.is_operand(item) => {
                    return self.no_number(kind, item);
                }
                None => return Err(Fault::Unknown),
            },
        };
        let magnitude = BigInt::from(number.magnitude().clone());
        let (digits, prefix) = match kind {
            'o' => (magnitude.to_str_radix(8), "0o"),
            'x' => (magnitude.to_str_radix(16), "0x"),
            'X' => (magnitude.to_str_radix(16).to_uppercase(), "0X"),
            _ => (whole_number(&magnitude, self.world.version)?, ""),
        };
        let digits = match field.precision {
            Some(least) => "0".repeat(least.saturating_sub(digits.len())) + &digits,
            None => digits,
        };
        let prefix = if field.alternate { prefix } else { "" };
        Ok(signed(number.sign() == Sign::Minus, prefix, &digits, field))
    }

    fn no_number(&mut self, kind: char, item: &Value) -> Pure<String> {
        let of = self.type_name(item);
        let wanted = match kind {
            'o' | 'x' | 'X' => "an integer is required",
            _ if self.world.version < PythonVersion::three(10) => "a number is required",
            _ => "a real number is required",
        };
        type_error(format!("%{kind} format: {wanted}, not {of}"))
    }

    /// `%f`, `%e`, `%g`.
    fn float_conversion(&mut self, kind: char, item: &Value, field: Field) -> Pure<String> {
        let number = self.double_of(item)?;
        let form = Form {
            code: kind.to_ascii_lowercase(),
            precision: field.precision.unwrap_or(6),
            alternate: field.alternate,
            with_zero: false,
        };
        let text = double_text(number, form)?;
        let text = if kind.is_ascii_uppercase() {
            text.to_uppercase()
        } else {
            text
        };
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits.to_owned()),
            None => (false, text),
        };
        Ok(signed(is_negative, "", &digits, field))
    }
}

/// A number with its sign, filled up: by zeros behind the sign, or by blanks.
fn signed(is_negative: bool, prefix: &str, digits: &str, field: Field) -> String {
    let sign = match (is_negative, field.plus, field.blank) {
        (true, ..) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        _ => "",
    };
    let length = sign.len() + prefix.len() + digits.len();
    let missing = field.width.saturating_sub(length);
    if field.left {
        return format!("{sign}{prefix}{digits}{}", " ".repeat(missing));
    }
    if field.zero {
        return format!("{sign}{prefix}{}{digits}", "0".repeat(missing));
    }
    format!("{}{sign}{prefix}{digits}", " ".repeat(missing))
}
