//! The functions of `builtins` that compute one value from others, and how many arguments each takes.

use num_bigint::BigInt;
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};

use crate::evaluate::builtins::numbers::{is_number, ratio, whole_of_float};
use crate::evaluate::language::dispatch::{Asked as Outcome, Operator};
use crate::evaluate::language::operators::is_constant;
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::fault::{Fault, Pure, by_zero, type_error, untold, value_error};
use crate::evaluate::machine::identity::has_address;
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
            ("abs", Some(value)) => self.of_number(
                "__abs__",
                &value,
                &[],
                Self::size_of_number,
                Self::without_size,
            ),
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
                if name == "issubclass" && (is_constant(&value) || self.is_never_a_kind(&value)) {
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
                        kind if self.is_never_a_kind(kind) => return Some(self.no_class(name)),
                        _ => return None,
                    }
                }
                return None;
            }
            kind @ (Value::Object(_) | Value::Module(_) | Value::Slice(_) | Value::Range(_)) => {
                self.is_never_a_kind(kind)
            }
            // `None` is no class, though it stands for one in annotations.
            kind => is_constant(kind),
        };
        refused.then(|| self.no_class(name))
    }

    /// Whether an object cannot stand in the place of a class: it has neither a hook nor `__bases__` (`check_class`).
    fn is_never_a_kind(&self, value: &Value) -> bool {
        match value {
            Value::Object(id) => match self.object(*id) {
                Object::List { .. }
                | Object::Dict(_)
                | Object::Set { .. }
                | Object::Function(_)
                | Object::Iterator(_)
                | Object::Generator(_)
                | Object::View { .. } => true,
                Object::Instance(instance) => {
                    let class = instance.class;
                    let hooks = [
                        "__instancecheck__",
                        "__subclasscheck__",
                        "__bases__",
                        "__getattr__",
                    ];
                    // What the interpreter's modules hold has no `__bases__` of its own.
                    let is_table = self.table_name_of(value).is_some();
                    (!instance.open || is_table || self.is_enum(class))
                        && !instance.names.contains_key("__bases__")
                        && self.is_whole(class)
                        && !self.is_under(class, "typing", "_Final")
                        && !self.is_code(class, "__getattribute__")
                        && !hooks.iter().any(|it| self.find_in_mro(class, it).is_some())
                }
                _ => false,
            },
            Value::Slice(_) | Value::Range(_) => true,
            // One that says nothing of `__bases__` has none.
            Value::Module(_) => true,
            other => is_constant(other),
        }
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
        told: impl FnOnce(&mut Self, &Value) -> Pure,
        refused: fn(&mut Self, &Value) -> Pure,
    ) -> Pure {
        if !is_constant(value) {
            match self.special(value, method)? {
                Special::Code(method) => {
                    return match self.call_method(&method, more.to_vec(), None)? {
                        Value::Gap(_) => Err(Fault::Unknown),
                        answer => Ok(answer),
                    };
                }
                Special::Missing if self.is_of_known_type(value) => return refused(self, value),
                Special::Missing | Special::Unknown => return Err(Fault::Unknown),
                Special::Builtin(_) => {}
            }
            let plain = self.plain(value);
            if !is_number(&plain) {
                return Err(Fault::Unknown);
            }
            return told(self, &plain);
        }
        told(self, value)
    }

    fn without_size(&mut self, value: &Value) -> Pure {
        let of = self.type_name(value);
        type_error(format!("bad operand type for abs(): '{of}'"))
    }

    fn without_rounding(&mut self, value: &Value) -> Pure {
        let of = self.type_name(value);
        type_error(format!("type {of} doesn't define __round__ method"))
    }

    fn character(&mut self, value: &Value) -> Pure {
        // Until 3.9 a float is refused whatever methods its class has (the `i` of `PyArg_Parse`).
        if self.world.version < PythonVersion::three(10)
            && let Value::Float(_) = self.plain(value)
        {
            return type_error("integer argument expected, got float");
        }
        let number = match self.whole_index(value) {
            Err(Fault::Raise("TypeError", _))
                if self.world.version < PythonVersion::three(10)
                    && !self.has_special(value, "__index__") =>
            {
                // Until 3.9 `__int__` would do, too (`_PyLong_FromNbIndexOrNbInt`).
                if !self.has_special(value, "__int__") {
                    let of = self.type_name(value);
                    return type_error(format!("an integer is required (got type {of})"));
                }
                match self.whole_by_method(value)? {
                    Some(number) => number,
                    None => return Err(Fault::Unknown),
                }
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
            Value::Str(text) if has_address(text) => return Err(Fault::Unknown),
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
        if (!is_constant(a) || !is_constant(b))
            && (!self.is_of_known_type(a)
                || !self.is_of_known_type(b)
                || !self.is_operand(a)
                || !self.is_operand(b))
        {
            return Err(Fault::Unknown);
        }
        match self.divided_numbers(&one, &other) {
            Err(Fault::Raise("TypeError", Some(_))) => {
                let (one, other) = (self.type_name(a), self.type_name(b));
                type_error(format!(
                    "unsupported operand type(s) for divmod(): '{one}' and '{other}'"
                ))
            }
            made => made,
        }
    }

    /// `divmod(a, b)` of two numbers.
    pub(crate) fn divided_numbers(&mut self, one: &Value, other: &Value) -> Pure {
        let is_float = |it: &Value| matches!(it, Value::Float(_));
        match (whole(one), whole(other)) {
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
            (a, b) if (a.is_some() || is_float(one)) && (b.is_some() || is_float(other)) => {
                let (a, b) = (self.double_of(one)?, self.double_of(other)?);
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
                let (one, other) = (self.type_name(one), self.type_name(other));
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
        if all.iter().any(|it| self.is_dispatched(it, it)) {
            return match self.power_of_three(all, asked.at)? {
                Outcome::Gives(value) => Ok(value),
                Outcome::NotImplemented if all.iter().all(|it| self.is_of_known_type(it)) => {
                    let [a, b, c] = all.map(|it| self.type_name(it));
                    let name = if self.is_at_least(10) {
                        "** or pow()"
                    } else {
                        "pow()"
                    };
                    type_error(format!(
                        "unsupported operand type(s) for {name}: '{a}', '{b}', '{c}'"
                    ))
                }
                _ => Err(Fault::Unknown),
            };
        }
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
        let more: Vec<Value> = digits.clone().into_iter().collect();
        self.of_number(
            "__round__",
            &number,
            &more,
            |run, number| run.rounded_number(number, digits),
            Self::without_rounding,
        )
    }

    /// `round(number, ndigits)` of a number of the interpreter's.
    fn rounded_number(&mut self, number: &Value, digits: Option<Value>) -> Pure {
        match (number, digits) {
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
            (Value::Complex(..), _) => self.without_rounding(number),
            (other, digits) => {
                let Some(integer) = whole(other) else {
                    return self.without_rounding(other);
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
