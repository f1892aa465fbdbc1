//! The functions of `builtins` that compute one value from others, and how many arguments each takes.

use num_bigint::BigInt;
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};

use crate::evaluate::builtins::numbers::{is_number, ratio, whole_of_float};
use crate::evaluate::language::dispatch::{Asked as Outcome, Operator};
use crate::evaluate::language::operators::is_constant;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::fault::{Fault, Pure, by_zero, type_error, untold, value_error};
use crate::evaluate::machine::identity::hash_of_text;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, Value};
use crate::evaluate::scalar::{float_divmod, floored, in_base, power_modulo, to_float, whole};
use crate::source::PythonVersion;
use crate::syntax::BinaryOp;

/// Functions that take arguments by position alone: so many at least, and at most.
const ARITY: &[(&str, usize, usize)] = &[
    ("abs", 1, 1),
    ("all", 1, 1),
    ("any", 1, 1),
    ("ascii", 1, 1),
    ("bin", 1, 1),
    ("callable", 1, 1),
    ("chr", 1, 1),
    ("delattr", 2, 2),
    ("divmod", 2, 2),
    ("format", 1, 2),
    ("getattr", 2, 3),
    ("hasattr", 2, 2),
    ("hash", 1, 1),
    ("hex", 1, 1),
    ("id", 1, 1),
    ("isinstance", 2, 2),
    ("issubclass", 2, 2),
    ("iter", 1, 2),
    ("len", 1, 1),
    ("next", 1, 2),
    ("oct", 1, 1),
    ("ord", 1, 1),
    ("repr", 1, 1),
    ("setattr", 3, 3),
];

impl Run<'_, '_> {
    /// The `TypeError` of a call with too many or too few arguments.
    fn misfit_of(name: &str, arguments: &Arguments) -> Option<Fault> {
        let (_, least, most) = ARITY.iter().find(|(it, ..)| *it == name)?;
        if arguments.is_open() {
            return None;
        }
        let given = arguments.positional.len();
        let message = if !arguments.keywords.is_empty() {
            format!("{name}() takes no keyword arguments")
        } else if given >= *least && given <= *most {
            return None;
        } else if (*least, *most) == (1, 1) {
            format!("{name}() takes exactly one argument ({given} given)")
        } else if least == most {
            format!("{name} expected {least} arguments, got {given}")
        } else if given < *least {
            let plural = if *least == 1 { "" } else { "s" };
            format!("{name} expected at least {least} argument{plural}, got {given}")
        } else {
            let plural = if *most == 1 { "" } else { "s" };
            format!("{name} expected at most {most} argument{plural}, got {given}")
        };
        Some(Fault::Raise("TypeError", Some(message)))
    }

    /// A function of `builtins` that is told here; none where it is told elsewhere.
    pub(super) fn pure_builtin(&mut self, asked: &Asked<'_>) -> Option<Pure> {
        let name = asked.path.qualname.as_str();
        let arguments = &asked.arguments;
        if let Some(fault) = Self::misfit_of(name, arguments) {
            return Some(Err(fault));
        }
        let at = asked.at;
        let first = arguments.positional.first().cloned();
        if let Some(Value::Gap(_)) = &first {
            return None;
        }
        Some(match (name, first.clone()) {
            ("abs", Some(value)) => self.of_number("__abs__", &value, &[], Self::size_of_number),
            ("ascii", Some(value)) => self.ascii_within(&value, at).map(|it| Value::str(&it)),
            ("repr", Some(value)) => self.repr_within(&value, at).map(|it| Value::str(&it)),
            ("bin" | "oct" | "hex", Some(value)) => self.whole_index(&value).map(|number| {
                let (radix, prefix) = match name {
                    "bin" => (2, "0b"),
                    "oct" => (8, "0o"),
                    _ => (16, "0x"),
                };
                Value::str(&in_base(&number, radix, prefix))
            }),
            ("chr", Some(value)) => self.character(&value),
            ("ord", Some(value)) => self.code_point(&value),
            ("divmod", Some(value)) => {
                let other = arguments.positional.get(1).cloned().unwrap_or(Value::None);
                self.divided(&value, &other, asked)
            }
            ("format", Some(value)) => {
                let spec = match arguments.positional.get(1).map(|it| self.plain(it)) {
                    None => Ok("".into()),
                    Some(Value::Str(spec)) => Ok(spec),
                    Some(Value::Gap(_) | Value::Object(_)) => Err(Fault::Unknown),
                    Some(other) => {
                        let of = self.type_name(&other);
                        type_error(format!("format() argument 2 must be str, not {of}"))
                    }
                };
                spec.and_then(|spec| self.format_within(&value, &spec, at))
                    .map(|it| Value::str(&it))
            }
            ("hash", Some(value)) => self.hash_of(&value),
            ("pow", _) => self.powered(asked),
            ("round", _) => self.rounded(asked),
            ("len", Some(value)) if is_constant(&value) || matches!(value, Value::Native(_)) => {
                self.length_of_constant(&value)
            }
            ("getattr" | "hasattr" | "setattr" | "delattr", Some(_)) => {
                let named = arguments.positional.get(1)?;
                if !is_constant(named) || matches!(named, Value::Str(_)) {
                    return None;
                }
                let of = self.type_name(named);
                if self.world.version < PythonVersion::three(11)
                    && matches!(name, "getattr" | "hasattr")
                {
                    type_error(format!("{name}(): attribute name must be string"))
                } else {
                    type_error(format!("attribute name must be string, not '{of}'"))
                }
            }
            ("isinstance" | "issubclass", Some(value)) => {
                let kinds = arguments.positional.get(1).cloned()?;
                if name == "issubclass" && is_constant(&value) {
                    return Some(type_error("issubclass() arg 1 must be a class"));
                }
                return self.is_no_kind(name, &value, &kinds);
            }
            _ => return None,
        })
    }

    /// The `TypeError` of `isinstance` and `issubclass` for a second argument that is neither a class nor a tuple of such. What comes before it
    /// in a tuple, and is one, ends the search.
    fn is_no_kind(&mut self, name: &str, value: &Value, kinds: &Value) -> Option<Pure> {
        let refused = match kinds {
            Value::Tuple(kinds) => {
                for kind in kinds.iter() {
                    match kind {
                        Value::Tuple(_) => return None,
                        kind if is_constant(kind) => return Some(self.no_class(name)),
                        Value::Class(class) => {
                            let of = match name {
                                "isinstance" => self.class_of(value)?,
                                _ => match value {
                                    Value::Class(class) => *class,
                                    _ => return None,
                                },
                            };
                            if self.is_kind_of(of, &Value::Class(*class)) != Some(false) {
                                return None;
                            }
                        }
                        _ => return None,
                    }
                }
                return None;
            }
            Value::Object(id) => matches!(
                self.object(*id),
                Object::List { .. } | Object::Dict(_) | Object::Set { .. } | Object::Function(_)
            ),
            // `None` is no class, though it stands for one in annotations.
            kind => is_constant(kind),
        };
        refused.then(|| self.no_class(name))
    }

    fn no_class(&self, name: &str) -> Pure {
        let old = self.world.version < PythonVersion::three(10);
        type_error(match (name, old) {
            ("isinstance", true) => "isinstance() arg 2 must be a type or tuple of types",
            ("isinstance", false) => {
                "isinstance() arg 2 must be a type, a tuple of types, or a union"
            }
            (_, true) => "issubclass() arg 2 must be a class or tuple of classes",
            (_, false) => "issubclass() arg 2 must be a class, a tuple of classes, or a union",
        })
    }

    /// A function of one number, or what a special method of the program says.
    fn of_number(
        &mut self,
        method: &str,
        value: &Value,
        more: &[Value],
        told: fn(&mut Self, &Value) -> Pure,
    ) -> Pure {
        if !is_constant(value)
            && let Some(class) = self.class_of(value)
        {
            if self.user_defines(class, method) {
                let Some(method) = self.special_method(value, class, method) else {
                    return Err(Fault::Unknown);
                };
                let scope = self.any_scope();
                return match self.call(&method, Arguments::of(more.to_vec()), None, scope)? {
                    Value::Gap(_) => Err(Fault::Unknown),
                    answer => Ok(answer),
                };
            }
            if !self.is_operand(value) {
                return Err(Fault::Unknown);
            }
        }
        let plain = self.plain(value);
        if !is_constant(&plain) && is_constant(value) {
            return Err(Fault::Unknown);
        }
        told(self, &plain)
    }

    fn character(&mut self, value: &Value) -> Pure {
        let number = match self.whole_index(value) {
            Err(Fault::Raise("TypeError", _)) if self.world.version < PythonVersion::three(10) => {
                let of = self.type_name(value);
                return type_error(format!("an integer is required (got type {of})"));
            }
            other => other?,
        };
        if number.bits() > 31 {
            return untold("OverflowError").or_else(|fault| match number.bits() {
                // Until 3.13 what fits no machine integer overflows, and the rest is out of range.
                _ if self.world.version >= PythonVersion::three(13) => {
                    value_error("chr() arg not in range(0x110000)")
                }
                _ => Err(fault),
            });
        }
        match number.to_u32().filter(|it| *it < 0x11_0000) {
            Some(point) => match char::from_u32(point) {
                Some(letter) => Ok(Value::str(letter.encode_utf8(&mut [0; 4]))),
                None => Err(Fault::Unknown),
            },
            None => value_error("chr() arg not in range(0x110000)"),
        }
    }

    fn code_point(&mut self, value: &Value) -> Pure {
        match self.plain(value) {
            Value::Str(text) => {
                let mut letters = text.chars();
                match (letters.next(), letters.next()) {
                    (Some(one), None) => Ok(Value::Int(i64::from(u32::from(one)))),
                    _ => type_error(format!(
                        "ord() expected a character, but string of length {} found",
                        text.chars().count()
                    )),
                }
            }
            Value::Bytes(bytes) => match &*bytes {
                [one] => Ok(Value::Int(i64::from(*one))),
                more => type_error(format!(
                    "ord() expected a character, but string of length {} found",
                    more.len()
                )),
            },
            Value::Object(_) | Value::Gap(_) if !self.is_operand(value) => Err(Fault::Unknown),
            _ => {
                let of = self.type_name(value);
                type_error(format!("ord() expected string of length 1, but {of} found"))
            }
        }
    }

    fn length_of_constant(&mut self, value: &Value) -> Pure {
        let length = match value {
            Value::Str(text) => text.chars().count(),
            Value::Bytes(bytes) => bytes.len(),
            Value::Tuple(items) => items.len(),
            other => {
                let of = self.type_name(other);
                return type_error(format!("object of type '{of}' has no len()"));
            }
        };
        Ok(Value::Int(i64::try_from(length).unwrap_or(i64::MAX)))
    }

    /// `divmod(a, b)`
    fn divided(&mut self, a: &Value, b: &Value, asked: &Asked<'_>) -> Pure {
        if b.is_gap() {
            return Err(Fault::Unknown);
        }
        let (one, other) = (self.plain(a), self.plain(b));
        if self.is_dispatched(a, b) {
            match self.asked_of_both(a, Operator::DIVMOD, b, asked.at)? {
                Outcome::Gives(value) => return Ok(value),
                Outcome::NotImplemented if self.is_of_known_type(a) && self.is_of_known_type(b) => {
                    let (one, other) = (self.type_name(a), self.type_name(b));
                    return type_error(format!(
                        "unsupported operand type(s) for divmod(): '{one}' and '{other}'"
                    ));
                }
                _ => return Err(Fault::Unknown),
            }
        }
        if !is_constant(a) || !is_constant(b) {
            let own = |run: &Self, value: &Value, name: &str| {
                run.class_of(value)
                    .is_none_or(|class| run.user_defines(class, name))
            };
            if own(self, a, "__divmod__") || own(self, b, "__rdivmod__") {
                let Some(class) = self.class_of(a).filter(|_| !is_constant(a)) else {
                    return Err(Fault::Unknown);
                };
                let Some(method) = self.special_method(a, class, "__divmod__") else {
                    return Err(Fault::Unknown);
                };
                let answer = self.call(
                    &method,
                    Arguments::of(vec![b.clone()]),
                    asked.at,
                    asked.scope,
                )?;
                return match answer {
                    Value::Gap(_) | Value::NotImplemented => Err(Fault::Unknown),
                    answer => Ok(answer),
                };
            }
            if !self.is_operand(a) || !self.is_operand(b) {
                return Err(Fault::Unknown);
            }
        }
        let is_float = |it: &Value| matches!(it, Value::Float(_));
        match (whole(&one), whole(&other)) {
            (Some(a), Some(b)) => {
                if b.is_zero() {
                    return by_zero(if self.world.version >= PythonVersion::three(14) {
                        "division by zero"
                    } else {
                        "integer division or modulo by zero"
                    });
                }
                let (quotient, rest) = floored(&a, &b);
                Ok(Value::tuple(vec![
                    Value::whole(quotient),
                    Value::whole(rest),
                ]))
            }
            (a, b) if (a.is_some() || is_float(&one)) && (b.is_some() || is_float(&other)) => {
                let (a, b) = (self.double_of(&one)?, self.double_of(&other)?);
                if b == 0.0 {
                    return by_zero(if self.world.version >= PythonVersion::three(14) {
                        "division by zero"
                    } else {
                        "float divmod()"
                    });
                }
                let (quotient, rest) = float_divmod(a, b);
                Ok(Value::tuple(vec![
                    Value::Float(quotient),
                    Value::Float(rest),
                ]))
            }
            _ => {
                if matches!(one, Value::Complex(..)) || matches!(other, Value::Complex(..)) {
                    return untold("TypeError");
                }
                let (one, other) = (self.type_name(a), self.type_name(b));
                type_error(format!(
                    "unsupported operand type(s) for divmod(): '{one}' and '{other}'"
                ))
            }
        }
    }

    /// `pow(base, exp, mod=None)`
    fn powered(&mut self, asked: &Asked<'_>) -> Pure {
        let [base, exponent, modulus] = asked.arguments.places(0, ["base", "exp", "mod"], 2)?;
        let base = base.unwrap_or(Value::None);
        let exponent = exponent.unwrap_or(Value::None);
        let Some(modulus) = modulus.filter(|it| !matches!(it, Value::None)) else {
            return match self.operated(&base, BinaryOp::Pow, &exponent, false, asked.at)? {
                Value::Gap(_) => Err(Fault::Unknown),
                value => Ok(value),
            };
        };
        let all = [&base, &exponent, &modulus];
        if all.iter().any(|it| !is_constant(it)) {
            return Err(Fault::Unknown);
        }
        match (whole(&base), whole(&exponent), whole(&modulus)) {
            (Some(base), Some(exponent), Some(modulus)) => {
                Ok(Value::whole(power_modulo(&base, &exponent, &modulus)?))
            }
            _ if all.iter().any(|it| matches!(it, Value::Complex(..))) => untold("ValueError"),
            _ if all.iter().all(|it| is_number(it)) => {
                type_error("pow() 3rd argument not allowed unless all arguments are integers")
            }
            _ => untold("TypeError"),
        }
    }

    /// `round(number, ndigits=None)`
    fn rounded(&mut self, asked: &Asked<'_>) -> Pure {
        let [number, digits] = asked.arguments.places(0, ["number", "ndigits"], 1)?;
        let number = number.unwrap_or(Value::None);
        let digits = digits.filter(|it| !matches!(it, Value::None));
        if !is_constant(&number) {
            let more: Vec<Value> = digits.into_iter().collect();
            return self.of_number("__round__", &number, &more, |run, value| {
                let of = run.type_name(value);
                type_error(format!("type {of} doesn't define __round__ method"))
            });
        }
        let round = |value: &Value, run: &Self| {
            let of = run.type_name(value);
            type_error(format!("type {of} doesn't define __round__ method"))
        };
        match (&number, digits) {
            (Value::Float(it), None) => {
                let whole = whole_of_float(*it)?;
                let fraction = (it - it.trunc()).abs();
                let is_half = fraction.total_cmp(&0.5).is_eq();
                let away = u8::from(fraction > 0.5 || (is_half && whole.bit(0)));
                Ok(Value::whole(if *it < 0.0 {
                    whole - away
                } else {
                    whole + away
                }))
            }
            (Value::Float(it), Some(digits)) => {
                let digits = self.size_of(&digits)?;
                if !it.is_finite() || digits > 323 {
                    return Ok(Value::Float(*it));
                }
                if digits < -308 {
                    return Ok(Value::Float(0.0 * it));
                }
                let rounded = if digits >= 0 {
                    let digits = usize::try_from(digits).unwrap_or(0);
                    format!("{it:.digits$}").parse().unwrap_or(*it)
                } else {
                    let (top, bottom) = ratio(*it)?;
                    let power = BigInt::from(10).pow(u32::try_from(-digits).unwrap_or(0));
                    let rounded = to_even(&top, &(bottom * &power)) * power;
                    let float = to_float(&rounded)?;
                    if float == 0.0 {
                        0.0f64.copysign(*it)
                    } else {
                        float
                    }
                };
                Ok(Value::Float(rounded))
            }
            (Value::Complex(..), _) => round(&number, self),
            (other, digits) => {
                let Some(integer) = whole(other) else {
                    return round(other, self);
                };
                let Some(digits) = digits else {
                    return Ok(Value::whole(integer));
                };
                let digits = self.whole_index(&digits)?;
                if !digits.is_negative() {
                    return Ok(Value::whole(integer));
                }
                let Some(places) = (-digits).to_u32().filter(|it| *it <= 4_000) else {
                    return Ok(Value::Int(0));
                };
                let power = BigInt::from(10).pow(places);
                Ok(Value::whole(to_even(&integer, &power) * power))
            }
        }
    }

    /// `hash(value)`: of numbers what CPython has, of text a number of this world.
    pub(crate) fn hash_of(&mut self, value: &Value) -> Pure {
        let version = self.world.version;
        match value {
            Value::Str(text) => Ok(hash_of_text(text)),
            Value::None if version >= PythonVersion::three(12) => Ok(Value::Int(0xfca8_6420)),
            Value::Tuple(items) => {
                let items = items.clone();
                self.copies(items.len() + 16);
                if self.steps == 0 || self.depth > 40 {
                    return Err(Fault::Budget);
                }
                self.depth += 1;
                let made = self.hash_of_items(&items);
                self.depth -= 1;
                made
            }
            Value::Object(id) => match self.object(*id) {
                Object::List { .. } | Object::Dict(_) | Object::Set { frozen: false, .. } => {
                    let of = self.type_name(value);
                    type_error(format!("unhashable type: '{of}'"))
                }
                Object::Instance(instance) => {
                    let class = instance.class;
                    if self.user_defines(class, "__hash__")
                        && self.is_whole(class)
                        && let Some(method) = self.special_method(value, class, "__hash__")
                    {
                        if matches!(method, Value::None) {
                            let of = self.type_name(value);
                            return type_error(format!("unhashable type: '{of}'"));
                        }
                        let scope = self.any_scope();
                        let answer = self.call(&method, Arguments::default(), None, scope)?;
                        return match (whole(&self.plain(&answer)), answer) {
                            (Some(number), _) => Ok(Value::Int(hash_of_whole(&number, true))),
                            (None, Value::Gap(_)) => Err(Fault::Unknown),
                            (None, _) => type_error("__hash__ method should return an integer"),
                        };
                    }
                    Err(Fault::Unknown)
                }
                _ => Err(Fault::Unknown),
            },
            number => match hash_of_number(number) {
                Some(hash) => Ok(Value::Int(hash)),
                None => Err(Fault::Unknown),
            },
        }
    }

    /// `tuplehash`: xxHash over the hashes of the items.
    fn hash_of_items(&mut self, items: &[Value]) -> Pure {
        const ONE: u64 = 11_400_714_785_074_694_791;
        const TWO: u64 = 14_029_467_366_897_019_727;
        const FIVE: u64 = 2_870_177_450_012_600_261;
        let mut sum = FIVE;
        for item in items {
            let Value::Int(hash) = self.hash_of(item)? else {
                return Err(Fault::Unknown);
            };
            if crate::evaluate::machine::identity::is_of_this_world(hash) {
                return Err(Fault::Unknown);
            }
            sum = sum
                .wrapping_add(hash.cast_unsigned().wrapping_mul(TWO))
                .rotate_left(31)
                .wrapping_mul(ONE);
        }
        sum = sum.wrapping_add(items.len() as u64 ^ (FIVE ^ 0x35_d373));
        Ok(Value::Int(if sum == u64::MAX {
            1_546_275_796
        } else {
            sum.cast_signed()
        }))
    }
}

/// `top / bottom` to the nearest integer, halves to the even one.
fn to_even(top: &BigInt, bottom: &BigInt) -> BigInt {
    let (quotient, rest) = floored(top, bottom);
    let twice: BigInt = rest * 2;
    match twice.cmp(bottom) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Greater => quotient + 1,
        std::cmp::Ordering::Equal if quotient.bit(0) => quotient + 1,
        std::cmp::Ordering::Equal => quotient,
    }
}

/// The prime by which hashes of numbers are reduced (`_PyHASH_MODULUS`).
const MODULUS: u64 = (1 << 61) - 1;

/// `long_hash`; what `__hash__` returns is only reduced where it is large.
fn hash_of_whole(number: &BigInt, of_method: bool) -> i64 {
    if of_method && let Some(small) = number.to_i64() {
        return if small == -1 { -2 } else { small };
    }
    let rest = (BigInt::from(number.magnitude().clone()) % MODULUS)
        .to_i64()
        .unwrap_or(0);
    let hash = if number.is_negative() { -rest } else { rest };
    if hash == -1 { -2 } else { hash }
}

/// The hash of a number (`_Py_HashDouble`, `complex_hash`).
fn hash_of_number(value: &Value) -> Option<i64> {
    match value {
        Value::Float(number) => hash_of_float(*number),
        Value::Complex(real, imaginary) => {
            let (real, imaginary) = (hash_of_float(*real)?, hash_of_float(*imaginary)?);
            let sum = real.wrapping_add(imaginary.wrapping_mul(1_000_003));
            Some(if sum == -1 { -2 } else { sum })
        }
        Value::Int(it) if crate::evaluate::machine::identity::is_of_this_world(*it) => None,
        other => Some(hash_of_whole(&whole(other)?, false)),
    }
}

fn hash_of_float(number: f64) -> Option<i64> {
    if number.is_nan() {
        return None;
    }
    if number.is_infinite() {
        return Some(if number > 0.0 { 314_159 } else { -314_159 });
    }
    let (top, bottom) = ratio(number).ok()?;
    // Of a fraction it is the numerator by the inverse of the denominator, which is a power of two.
    let modulus = BigInt::from(MODULUS);
    let inverse = bottom.modinv(&modulus)?;
    let rest = (BigInt::from(top.magnitude().clone()) * inverse % &modulus).to_i64()?;
    let hash = if top.is_negative() { -rest } else { rest };
    Some(if hash == -1 { -2 } else { hash })
}
