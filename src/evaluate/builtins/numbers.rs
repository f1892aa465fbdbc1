//! The methods and attributes of `int`, `bool`, `float` and `complex`, and the special methods that all constants have.
#![expect(
    clippy::single_match_else,
    reason = "what is one and what is none are two cases of one rank"
)]

use num_bigint::{BigInt, Sign};
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero as _};

use crate::evaluate::language::compare::is_lower;
use crate::evaluate::language::compare_values::Told;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::fault::{Fault, Pure, overflow, type_error, untold, value_error};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::Value;
use crate::evaluate::scalar::{from_float, negated, to_float, whole};
use crate::source::PythonVersion;
use crate::syntax::{BinaryOp, CompareOp};

impl Run<'_, '_> {
    /// An attribute of a constant that is no method: `(3).real`.
    pub(crate) fn number_attribute(value: &Value, name: &str) -> Option<Value> {
        Some(match (value, name) {
            (Value::Complex(real, _), "real") => Value::Float(*real),
            (Value::Complex(_, imaginary), "imag") => Value::Float(*imaginary),
            (Value::Float(_), "real") => value.clone(),
            (Value::Float(_), "imag") => Value::Float(0.0),
            (Value::Bool(_) | Value::Int(_) | Value::BigInt(_), "real" | "numerator") => {
                Value::whole(whole(value)?)
            }
            (Value::Bool(_) | Value::Int(_) | Value::BigInt(_), "imag") => Value::Int(0),
            (Value::Bool(_) | Value::Int(_) | Value::BigInt(_), "denominator") => Value::Int(1),
            _ => return None,
        })
    }

    /// A method of `int` or `bool`.
    pub(super) fn int_method(&mut self, method: &str, asked: &Asked<'_>) -> Pure {
        let Some(receiver) = asked.first().cloned() else {
            return untold("TypeError");
        };
        if method == "from_bytes" {
            return self.int_from_bytes(asked);
        }
        let Some(number) = whole(&self.plain(&receiver)) else {
            return Self::no_receiver(&receiver);
        };
        Ok(match method {
            "bit_length" => {
                let [] = asked.arguments.exactly(1)?;
                Value::whole(BigInt::from(number.bits()))
            }
            "bit_count" if self.world.version >= PythonVersion::three(10) => {
                let [] = asked.arguments.exactly(1)?;
                Value::whole(BigInt::from(number.magnitude().count_ones()))
            }
            "conjugate" => {
                let [] = asked.arguments.exactly(1)?;
                Value::whole(number)
            }
            "is_integer" if self.world.version >= PythonVersion::three(12) => {
                let [] = asked.arguments.exactly(1)?;
                Value::Bool(true)
            }
            "as_integer_ratio" => {
                let [] = asked.arguments.exactly(1)?;
                Value::tuple(vec![Value::whole(number), Value::Int(1)])
            }
            "to_bytes" => return self.int_to_bytes(&number, asked),
            "__index__" | "__int__" | "__trunc__" | "__floor__" | "__ceil__" => {
                let [] = asked.arguments.exactly(1)?;
                Value::whole(number)
            }
            _ => return self.scalar_special(method, &receiver, asked),
        })
    }

    fn no_receiver(receiver: &Value) -> Pure {
        match receiver {
            Value::Gap(_) | Value::Object(_) | Value::Class(_) => Err(Fault::Unknown),
            _ => untold("TypeError"),
        }
    }

    /// `int.to_bytes(length, byteorder, signed=False)`
    fn int_to_bytes(&mut self, number: &BigInt, asked: &Asked<'_>) -> Pure {
        let has_defaults = self.world.version >= PythonVersion::three(11);
        let least = if has_defaults { 0 } else { 2 };
        let mut arguments = asked.arguments.clone();
        let signed = self.flag(&mut arguments, "signed")?;
        let [length, order] = arguments.places(1, ["length", "byteorder"], least)?;
        let length = match length {
            Some(length) => self.size_of(&length)?,
            None => 1,
        };
        let is_big = self.byte_order(order.as_ref())?;
        let Ok(length) = usize::try_from(length) else {
            return value_error("length argument must be non-negative");
        };
        self.pay_for(length)?;
        if number.is_negative() && !signed {
            return overflow("can't convert negative int to unsigned");
        }
        let bits = number.bits();
        let room = length as u64 * 8;
        let fits = if !signed {
            bits <= room
        } else if number.is_negative() {
            // -128 is a byte, and needs as many bits as 127.
            (number + 1u32).bits() < room.max(1) || (length == 0 && number.is_zero())
        } else {
            bits < room || number.is_zero()
        };
        if !fits {
            return overflow("int too big to convert");
        }
        let mut bytes = number.to_signed_bytes_le();
        let fill = if number.is_negative() { 0xff } else { 0 };
        bytes.resize(length, fill);
        if is_big {
            bytes.reverse();
        }
        Ok(Value::Bytes(bytes.into()))
    }

    /// `int.from_bytes(bytes, byteorder, signed=False)`
    fn int_from_bytes(&mut self, asked: &Asked<'_>) -> Pure {
        let class = match asked.first() {
            Some(Value::Class(class)) => *class,
            _ => return Err(Fault::Unknown),
        };
        if class != self.known.int {
            return Err(Fault::Unknown);
        }
        let has_defaults = self.world.version >= PythonVersion::three(11);
        let least = if has_defaults { 1 } else { 2 };
        let mut arguments = asked.arguments.clone();
        let signed = self.flag(&mut arguments, "signed")?;
        let [bytes, order] = arguments.places(1, ["bytes", "byteorder"], least)?;
        let bytes = bytes.unwrap_or(Value::None);
        let is_big = self.byte_order(order.as_ref())?;
        let bytes: Vec<u8> = match self.plain(&bytes) {
            Value::Bytes(bytes) => bytes.to_vec(),
            Value::Str(_) => {
                return type_error("cannot convert 'str' object to bytes");
            }
            Value::Tuple(_) | Value::Object(_) => {
                let items = self.all_items_of(&bytes)?;
                self.bytes_of_items(&items)?
            }
            other => {
                let of = self.type_name(&other);
                return type_error(format!("cannot convert '{of}' object to bytes"));
            }
        };
        if bytes.len() > 4_096 {
            return Err(Fault::Budget);
        }
        Ok(Value::whole(match (signed, is_big) {
            (true, true) => BigInt::from_signed_bytes_be(&bytes),
            (true, false) => BigInt::from_signed_bytes_le(&bytes),
            (false, true) => BigInt::from_bytes_be(Sign::Plus, &bytes),
            (false, false) => BigInt::from_bytes_le(Sign::Plus, &bytes),
        }))
    }

    /// A keyword that is a truth, taken out of the arguments.
    fn flag(
        &mut self,
        arguments: &mut crate::evaluate::machine::arguments::Arguments,
        name: &str,
    ) -> Pure<bool> {
        let Some(at) = arguments.keywords.iter().position(|(it, _)| it == name) else {
            return Ok(false);
        };
        let (_, value) = arguments.keywords.remove(at);
        match self.truth_of(&value, None)? {
            Some(truth) => Ok(truth),
            None => Err(Fault::Unknown),
        }
    }

    fn byte_order(&mut self, order: Option<&Value>) -> Pure<bool> {
        match order.map(|it| self.plain(it)) {
            None => Ok(true),
            Some(Value::Str(order)) if &*order == "big" => Ok(true),
            Some(Value::Str(order)) if &*order == "little" => Ok(false),
            Some(Value::Str(_)) => value_error("byteorder must be either 'little' or 'big'"),
            Some(Value::Object(_) | Value::Gap(_)) => Err(Fault::Unknown),
            Some(_) => untold("TypeError"),
        }
    }

    /// Bytes of the integers that an iterable gives.
    pub(super) fn bytes_of_items(&mut self, items: &[Value]) -> Pure<Vec<u8>> {
        let mut bytes = Vec::with_capacity(items.len());
        for item in items {
            match u8::try_from(&self.whole_index(item)?) {
                Ok(byte) => bytes.push(byte),
                Err(_) => return value_error("bytes must be in range(0, 256)"),
            }
        }
        Ok(bytes)
    }

    /// A method of `float`.
    pub(super) fn float_method(&mut self, method: &str, asked: &Asked<'_>) -> Pure {
        let Some(receiver) = asked.first().cloned() else {
            return untold("TypeError");
        };
        if method == "fromhex" {
            return self.float_from_hex(asked);
        }
        let Value::Float(number) = self.plain(&receiver) else {
            return Self::no_receiver(&receiver);
        };
        Ok(match method {
            "is_integer" => {
                let [] = asked.arguments.exactly(1)?;
                Value::Bool(number.is_finite() && number.fract() == 0.0)
            }
            "conjugate" | "__float__" => {
                let [] = asked.arguments.exactly(1)?;
                Value::Float(number)
            }
            "hex" => {
                let [] = asked.arguments.exactly(1)?;
                Value::str(&hexadecimal(number))
            }
            "as_integer_ratio" => {
                let [] = asked.arguments.exactly(1)?;
                let (top, bottom) = ratio(number)?;
                Value::tuple(vec![Value::whole(top), Value::whole(bottom)])
            }
            "__trunc__" | "__int__" => Value::whole(whole_of_float(number)?),
            "__floor__" => Value::whole(whole_of_float(number.floor())?),
            "__ceil__" => Value::whole(whole_of_float(number.ceil())?),
            _ => return self.scalar_special(method, &receiver, asked),
        })
    }

    /// `float.fromhex(text)`
    fn float_from_hex(&mut self, asked: &Asked<'_>) -> Pure {
        if !matches!(asked.first(), Some(Value::Class(class)) if *class == self.known.float) {
            return Err(Fault::Unknown);
        }
        let [text] = asked.arguments.exactly(1)?;
        let Value::Str(text) = self.plain(&text) else {
            return match text {
                Value::Object(_) => Err(Fault::Unknown),
                _ => type_error("bad argument type for built-in operation"),
            };
        };
        match from_hexadecimal(text.trim()) {
            Some(number) => number.map(Value::Float),
            None => value_error("invalid hexadecimal floating-point string"),
        }
    }

    /// A method of `complex`.
    pub(super) fn complex_method(&mut self, method: &str, asked: &Asked<'_>) -> Pure {
        let Some(receiver) = asked.first().cloned() else {
            return untold("TypeError");
        };
        let Value::Complex(real, imaginary) = self.plain(&receiver) else {
            return Self::no_receiver(&receiver);
        };
        match method {
            "conjugate" => {
                let [] = asked.arguments.exactly(1)?;
                Ok(Value::Complex(real, -imaginary))
            }
            _ => self.scalar_special(method, &receiver, asked),
        }
    }

    /// A special method of a constant, called by its name: `(3).__add__(4)`, `str.__len__(text)`.
    pub(super) fn scalar_special(
        &mut self,
        method: &str,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Pure {
        let plain = self.plain(receiver);
        if let Some(op) = comparison(method) {
            let [other] = asked.arguments.exactly(1)?;
            return match self.builtin_comparison(&plain, op, &other, asked.at)? {
                Told::Holds(holds) => Ok(Value::Bool(holds)),
                Told::NotImplemented => Ok(Value::NotImplemented),
                Told::Unknown => Err(Fault::Unknown),
            };
        }
        let bare = method.trim_matches('_');
        if !is_number(&plain) && (operator(bare).is_some() || bare == "rmul" || bare == "rmod") {
            let [other] = asked.arguments.exactly(1)?;
            return self.native_operator(method, (&plain, receiver), &other, asked.at);
        }
        if bare == "divmod" || bare == "rdivmod" {
            let [other] = asked.arguments.exactly(1)?;
            let other = self.plain(&other);
            let (one, two) = if bare == "divmod" {
                (&plain, &other)
            } else {
                (&other, &plain)
            };
            let is_ours = is_number(&other) && !is_lower(&plain, &other);
            return match is_ours && !matches!(plain, Value::Complex(..)) {
                true => self.divided_numbers(one, two),
                false if other.is_gap() || matches!(plain, Value::Complex(..)) => {
                    Err(Fault::Unknown)
                }
                false => Ok(Value::NotImplemented),
            };
        }
        if method == "__pow__" && asked.arguments.positional.len() == 3 {
            let [exponent, modulus] = asked.arguments.exactly(1)?;
            let all = [plain.clone(), self.plain(&exponent), self.plain(&modulus)];
            return match all.each_ref().map(whole) {
                [Some(base), Some(exponent), Some(modulus)] => {
                    let made = crate::evaluate::scalar::power_modulo(&base, &exponent, &modulus)?;
                    Ok(Value::whole(made))
                }
                [Some(_), ..] if !exponent.is_gap() && !modulus.is_gap() => {
                    Ok(Value::NotImplemented)
                }
                _ => Err(Fault::Unknown),
            };
        }
        if let Some(op) = operator(bare) {
            let [other] = asked.arguments.exactly(1)?;
            let other = self.plain(&other);
            // What is told for both sides at once is only the own type's to tell where the other is no wider one.
            let is_ours = match (&plain, &other) {
                (Value::Float(_), Value::Complex(..)) => false,
                (one, other) if whole(one).is_some() => whole(other).is_some(),
                _ => true,
            };
            if !is_ours || !crate::evaluate::language::operators::is_constant(&other) {
                return if self.is_operand(&other) && is_number(&plain) {
                    Ok(Value::NotImplemented)
                } else {
                    Err(Fault::Unknown)
                };
            }
            return match self.of_constants(&plain, op, &other)? {
                Some(value) => Ok(value),
                None => Ok(Value::NotImplemented),
            };
        }
        if let Some(op) = bare.strip_prefix('r').and_then(operator)
            && is_number(&plain)
        {
            let [other] = asked.arguments.exactly(1)?;
            let other = self.plain(&other);
            return match (is_number(&other), &plain) {
                (true, Value::Float(_) | Value::Complex(..)) => Ok(self
                    .of_constants(&other, op, &plain)?
                    .unwrap_or(Value::NotImplemented)),
                (true, _) if whole(&other).is_some() => Ok(self
                    .of_constants(&other, op, &plain)?
                    .unwrap_or(Value::NotImplemented)),
                _ if self.is_operand(&other) => Ok(Value::NotImplemented),
                _ => Err(Fault::Unknown),
            };
        }
        Ok(match method {
            "__len__" => {
                let [] = asked.arguments.exactly(1)?;
                let length = match &plain {
                    Value::Str(text) => text.chars().count(),
                    Value::Bytes(bytes) => bytes.len(),
                    Value::Tuple(items) => items.len(),
                    _ => return Err(Fault::Unknown),
                };
                Value::Int(i64::try_from(length).unwrap_or(i64::MAX))
            }
            "__str__" | "__repr__" => {
                let [] = asked.arguments.exactly(1)?;
                match (method, &plain) {
                    ("__str__", Value::Str(text)) => Value::Str(text.clone()),
                    ("__str__", Value::Bytes(_)) => {
                        Value::str(&self.repr_within(&plain, asked.at)?)
                    }
                    ("__str__", _) => Value::str(&self.repr_within(receiver, asked.at)?),
                    _ => Value::str(&self.repr_within(&plain, asked.at)?),
                }
            }
            "__format__" => {
                let [spec] = asked.arguments.exactly(1)?;
                let Value::Str(spec) = self.plain(&spec) else {
                    return untold("TypeError");
                };
                // An empty one is `str(value)`, whose method may be the program's.
                if spec.is_empty() {
                    Value::str(&self.text_within(receiver, asked.at)?)
                } else {
                    Value::str(&self.format_within(&plain, &spec, asked.at)?)
                }
            }
            "__bool__" if is_number(&plain) => {
                let [] = asked.arguments.exactly(1)?;
                Value::Bool(self.truth(&plain).ok_or(Fault::Unknown)?)
            }
            "__contains__" => {
                let [item] = asked.arguments.exactly(1)?;
                return match self.compare(&item, CompareOp::In, &plain, asked.at)? {
                    Value::Gap(_) => Err(Fault::Unknown),
                    answer => Ok(answer),
                };
            }
            "__getitem__" => {
                let [index] = asked.arguments.exactly(1)?;
                return match self.get_item(&plain, &index, asked.at)? {
                    Value::Gap(_) => Err(Fault::Unknown),
                    answer => Ok(answer),
                };
            }
            "__neg__" => {
                let [] = asked.arguments.exactly(1)?;
                return negated(&plain).ok_or(Fault::Unknown);
            }
            "__pos__" if is_number(&plain) => {
                let [] = asked.arguments.exactly(1)?;
                plain
            }
            "__invert__" => {
                let [] = asked.arguments.exactly(1)?;
                return match whole(&plain) {
                    Some(number) => Ok(Value::whole(!number)),
                    None => Err(Fault::Unknown),
                };
            }
            "__abs__" => {
                let [] = asked.arguments.exactly(1)?;
                return self.size_of_number(&plain);
            }
            "__float__" => {
                let [] = asked.arguments.exactly(1)?;
                return match whole(&plain) {
                    Some(number) => Ok(Value::Float(to_float(&number)?)),
                    None => Err(Fault::Unknown),
                };
            }
            "__hash__" => {
                let [] = asked.arguments.exactly(1)?;
                return self.hash_of(&plain);
            }
            _ => return Err(Fault::Unknown),
        })
    }

    /// `abs(value)` of a number.
    pub(super) fn size_of_number(&mut self, value: &Value) -> Pure {
        match value {
            Value::Float(it) => Ok(Value::Float(it.abs())),
            Value::Complex(real, imaginary) => {
                if !real.is_finite() || !imaginary.is_finite() {
                    return Err(Fault::Unknown);
                }
                let length = real.hypot(*imaginary);
                if length.is_infinite() {
                    return overflow("absolute value too large");
                }
                Ok(Value::Float(length))
            }
            other => match whole(other) {
                Some(number) => Ok(Value::whole(number.abs())),
                None => {
                    let of = self.type_name(other);
                    type_error(format!("bad operand type for abs(): '{of}'"))
                }
            },
        }
    }
}

/// Whether a value is a number.
pub(super) fn is_number(value: &Value) -> bool {
    whole(value).is_some() || matches!(value, Value::Float(_) | Value::Complex(..))
}

/// A floating number cut to a whole one (`float.__trunc__`).
pub(crate) fn whole_of_float(number: f64) -> Pure<BigInt> {
    match from_float(number) {
        Some(whole) => Ok(whole),
        None if number.is_nan() => value_error("cannot convert float NaN to integer"),
        None => overflow("cannot convert float infinity to integer"),
    }
}

/// `float.as_integer_ratio`
pub(crate) fn ratio(number: f64) -> Pure<(BigInt, BigInt)> {
    if number.is_nan() {
        return value_error("cannot convert NaN to integer ratio");
    }
    if number.is_infinite() {
        return overflow("cannot convert Infinity to integer ratio");
    }
    let bits = number.to_bits();
    let exponent = i64::try_from((bits >> 52) & 0x7ff).unwrap_or(0);
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, power) = if exponent == 0 {
        (fraction, -1_074)
    } else {
        (fraction | 1 << 52, exponent - 1_075)
    };
    let mut top = BigInt::from(mantissa);
    let mut bottom = BigInt::one();
    if power >= 0 {
        top <<= power.unsigned_abs();
    } else {
        let shared = top.trailing_zeros().unwrap_or(0).min(power.unsigned_abs());
        if top.is_zero() {
            return Ok((top, bottom));
        }
        top >>= shared;
        bottom <<= power.unsigned_abs() - shared;
    }
    Ok((if number < 0.0 { -top } else { top }, bottom))
}

/// `float.hex`
fn hexadecimal(number: f64) -> String {
    if number.is_nan() {
        return "nan".into();
    }
    let sign = if number.is_sign_negative() { "-" } else { "" };
    if number.is_infinite() {
        return format!("{sign}inf");
    }
    if number == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = number.to_bits();
    let exponent = i64::try_from((bits >> 52) & 0x7ff).unwrap_or(0);
    let fraction = bits & ((1 << 52) - 1);
    let (lead, power) = if exponent == 0 {
        (0, -1_022)
    } else {
        (1, exponent - 1_023)
    };
    format!("{sign}0x{lead}.{fraction:013x}p{power:+}")
}

/// What a hexadecimal text says; none where it is no number of that kind.
fn from_hexadecimal(text: &str) -> Option<Pure<f64>> {
    let lower = text.to_ascii_lowercase();
    let (is_negative, rest) = match lower.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, lower.strip_prefix('+').unwrap_or(&lower)),
    };
    let sign = if is_negative { -1.0 } else { 1.0 };
    match rest {
        "inf" | "infinity" => return Some(Ok(sign * f64::INFINITY)),
        "nan" => return Some(Ok(f64::NAN)),
        _ => {}
    }
    let rest = rest.strip_prefix("0x").unwrap_or(rest);
    let (digits, power) = match rest.split_once('p') {
        Some((digits, power)) => {
            let bare = power.strip_prefix(['+', '-']).unwrap_or(power);
            if bare.is_empty() || !bare.bytes().all(|it| it.is_ascii_digit()) {
                return None;
            }
            (digits, power.parse::<i64>().ok())
        }
        None => (rest, Some(0)),
    };
    let (whole_part, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole_part}{fraction}");
    if all.is_empty() || !all.bytes().all(|it| it.is_ascii_hexdigit()) {
        return None;
    }
    let mantissa = all.trim_start_matches('0');
    if mantissa.is_empty() {
        return Some(Ok(sign * 0.0));
    }
    // Of so many digits nothing is rounded.
    let (Some(power), true) = (power, mantissa.len() <= 13) else {
        return Some(Err(Fault::Unknown));
    };
    let value = u64::from_str_radix(mantissa, 16).ok()?;
    let power = power - 4 * i64::try_from(fraction.len()).ok()?;
    if !(-900..=900).contains(&power) {
        return Some(Err(Fault::Unknown));
    }
    let number = value.to_f64()? * 2f64.powi(i32::try_from(power).ok()?);
    Some(Ok(sign * number))
}

pub(super) fn comparison(method: &str) -> Option<CompareOp> {
    Some(match method {
        "__eq__" => CompareOp::Eq,
        "__ne__" => CompareOp::NotEq,
        "__lt__" => CompareOp::Lt,
        "__le__" => CompareOp::LtE,
        "__gt__" => CompareOp::Gt,
        "__ge__" => CompareOp::GtE,
        _ => return None,
    })
}

/// The operator of a special method, by its name without the underscores.
pub(crate) fn operator(bare: &str) -> Option<BinaryOp> {
    Some(match bare {
        "add" => BinaryOp::Add,
        "sub" => BinaryOp::Sub,
        "mul" => BinaryOp::Mul,
        "truediv" => BinaryOp::Div,
        "floordiv" => BinaryOp::FloorDiv,
        "mod" => BinaryOp::Mod,
        "pow" => BinaryOp::Pow,
        "lshift" => BinaryOp::LShift,
        "rshift" => BinaryOp::RShift,
        "and" => BinaryOp::And,
        "or" => BinaryOp::Or,
        "xor" => BinaryOp::Xor,
        "matmul" => BinaryOp::MatMul,
        _ => return None,
    })
}
