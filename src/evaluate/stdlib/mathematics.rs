//! `math`: what the C library and `mathmodule.c` give. What rounds in more than one way is not told.

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero as _};

use crate::evaluate::builtins::numbers::{ratio, whole_of_float};
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::fault::{Fault, Pure, overflow, type_error, untold, value_error};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::Value;
use crate::evaluate::scalar::{to_float, whole};
use crate::evaluate::stdlib::floats::{
    acosh, asinh, atanh, frexp, gcd, next_after, norm, remainder,
};
use crate::evaluate::stdlib::gamma::special;
use crate::source::PythonVersion;
use crate::syntax::BinaryOp;

/// A function of one floating number, and where it is defined.
fn of_one(name: &str) -> Option<fn(f64) -> f64> {
    Some(match name {
        "acos" => f64::acos,
        "asin" => f64::asin,
        "atan" => f64::atan,
        "cos" => f64::cos,
        "cosh" => f64::cosh,
        "exp" => f64::exp,
        "exp2" => f64::exp2,
        "expm1" => f64::exp_m1,
        "fabs" => f64::abs,
        "sin" => f64::sin,
        "sinh" => f64::sinh,
        "sqrt" => f64::sqrt,
        "tan" => f64::tan,
        "tanh" => f64::tanh,
        "log1p" => f64::ln_1p,
        "acosh" => acosh,
        "asinh" => asinh,
        "atanh" => atanh,
        _ => return None,
    })
}

impl Run<'_, '_> {
    /// A function of `math`; none where it is not told.
    pub(super) fn mathematics(&mut self, name: &str, asked: &Asked<'_>) -> Option<Pure> {
        if asked.arguments.positional.iter().any(Value::is_gap) || asked.arguments.is_open() {
            return None;
        }
        if let Some(function) = of_one(name) {
            let since = match name {
                "exp2" => PythonVersion::three(11),
                _ => PythonVersion::three(9),
            };
            return (self.world.version >= since).then(|| self.of_one_float(function, asked));
        }
        Some(self.of_numbers(name, asked))
    }

    /// `math_1`: an invalid result of a valid number raises `ValueError`, an infinite one of a finite number `OverflowError`.
    #[expect(clippy::float_cmp, reason = "the poles are exact")]
    fn of_one_float(&mut self, function: fn(f64) -> f64, asked: &Asked<'_>) -> Pure {
        let [value] = asked.arguments.exactly(0)?;
        let number = self.double_of(&value)?;
        let name = asked.path.qualname.as_str();
        let result = function(number);
        let is_pole = match name {
            "atanh" => number.abs() == 1.0,
            "log1p" => number == -1.0,
            _ => false,
        };
        if (result.is_nan() && !number.is_nan()) || is_pole {
            return self.domain(name, number);
        }
        if result.is_infinite() && number.is_finite() {
            return overflow("math range error");
        }
        Ok(Value::Float(result))
    }

    /// The error of a number outside of what a function takes.
    fn domain(&self, name: &str, number: f64) -> Pure {
        let _ = (name, number);
        if self.world.version >= PythonVersion::three(14) {
            return untold("ValueError");
        }
        value_error("math domain error")
    }

    fn two(&mut self, asked: &Asked<'_>) -> Pure<(f64, f64)> {
        let [one, other] = asked.arguments.exactly(0)?;
        Ok((self.double_of(&one)?, self.double_of(&other)?))
    }

    fn one(&mut self, asked: &Asked<'_>) -> Pure<f64> {
        let [value] = asked.arguments.exactly(0)?;
        self.double_of(&value)
    }

    fn of_numbers(&mut self, name: &str, asked: &Asked<'_>) -> Pure {
        let arguments = &asked.arguments;
        let version = self.world.version;
        let float = |number: f64| Ok(Value::Float(number));
        match name {
            "degrees" => float(self.one(asked)? * (180.0 / std::f64::consts::PI)),
            "radians" => float(self.one(asked)? * (std::f64::consts::PI / 180.0)),
            "isfinite" => Ok(Value::Bool(self.one(asked)?.is_finite())),
            "isinf" => Ok(Value::Bool(self.one(asked)?.is_infinite())),
            "isnan" => Ok(Value::Bool(self.one(asked)?.is_nan())),
            "copysign" => {
                let (x, y) = self.two(asked)?;
                float(x.copysign(y))
            }
            "atan2" => {
                let (y, x) = self.two(asked)?;
                float(y.atan2(x))
            }
            "fmod" => {
                let (x, y) = self.two(asked)?;
                if (x.is_infinite() && !y.is_nan()) || (y == 0.0 && !x.is_nan()) {
                    return self.domain(name, x);
                }
                float(x % y)
            }
            "remainder" => {
                let (x, y) = self.two(asked)?;
                if (x.is_infinite() && !y.is_nan()) || (y == 0.0 && !x.is_nan()) {
                    return self.domain(name, x);
                }
                float(remainder(x, y))
            }
            "pow" => {
                let (x, y) = self.two(asked)?;
                let result = x.powf(y);
                if x.is_finite() && y.is_finite() {
                    if result.is_nan() || (result.is_infinite() && x == 0.0) {
                        return self.domain(name, x);
                    }
                    if result.is_infinite() {
                        return overflow("math range error");
                    }
                }
                float(result)
            }
            "modf" => {
                let x = self.one(asked)?;
                if x.is_infinite() {
                    return Ok(Value::tuple(vec![
                        Value::Float(0f64.copysign(x)),
                        Value::Float(x),
                    ]));
                }
                let whole = x.trunc();
                let rest = (x - whole).copysign(x);
                Ok(Value::tuple(vec![Value::Float(rest), Value::Float(whole)]))
            }
            "frexp" => {
                let x = self.one(asked)?;
                let (mantissa, power) = frexp(x);
                Ok(Value::tuple(vec![
                    Value::Float(mantissa),
                    Value::Int(power),
                ]))
            }
            "ldexp" => {
                let [x, power] = arguments.exactly(0)?;
                let x = self.double_of(&x)?;
                let Some(power) = whole(&self.plain(&power)) else {
                    return if self.is_operand(&power) {
                        type_error("Expected an int as second argument to ldexp.")
                    } else {
                        Err(Fault::Unknown)
                    };
                };
                if x == 0.0 || !x.is_finite() {
                    return float(x);
                }
                let (top, bottom) = ratio(x)?;
                let power = power.to_i64().unwrap_or(if power.is_negative() {
                    i64::MIN
                } else {
                    i64::MAX
                });
                if power > 2_200 {
                    return overflow("math range error");
                }
                if power < -2_200 {
                    return float(0f64.copysign(x));
                }
                if power < -900 {
                    return Err(Fault::Unknown);
                }
                let scaled = if power >= 0 {
                    (top << power.unsigned_abs(), bottom)
                } else {
                    (top, bottom << power.unsigned_abs())
                };
                let quotient = self.of_constants(
                    &Value::whole(scaled.0),
                    BinaryOp::Div,
                    &Value::whole(scaled.1),
                );
                match quotient {
                    Ok(Some(value)) => Ok(value),
                    Ok(None) => Err(Fault::Unknown),
                    Err(Fault::Raise("OverflowError", _)) => overflow("math range error"),
                    Err(fault) => Err(fault),
                }
            }
            "floor" | "ceil" | "trunc" => {
                let [value] = arguments.exactly(0)?;
                let hook = format!("__{name}__");
                if matches!(value, Value::Object(_) | Value::Class(_))
                    && let Special::Code(method) = self.special(&value, &hook)?
                {
                    let answer = self.call_method(&method, vec![], asked.at)?;
                    return if answer.is_gap() {
                        Err(Fault::Unknown)
                    } else {
                        Ok(answer)
                    };
                }
                let plain = self.plain(&value);
                if let Some(number) = whole(&plain) {
                    return Ok(Value::whole(number));
                }
                if name == "trunc" {
                    return match plain {
                        Value::Float(number) => Ok(Value::whole(whole_of_float(number)?)),
                        _ if self.is_of_known_type(&value) => {
                            let of = self.type_name(&value);
                            type_error(format!("type {of} doesn't define __trunc__ method"))
                        }
                        _ => Err(Fault::Unknown),
                    };
                }
                let number = self.double_of(&value)?;
                let cut = if name == "floor" {
                    number.floor()
                } else {
                    number.ceil()
                };
                Ok(Value::whole(whole_of_float(cut)?))
            }
            "gcd" | "lcm" => {
                if !arguments.keywords.is_empty() {
                    return untold("TypeError");
                }
                let mut result: Option<BigInt> = None;
                for value in &arguments.positional {
                    let next = self.whole_index(value)?.abs();
                    if next.bits() > 8_192 {
                        return Err(Fault::Budget);
                    }
                    result = Some(match result {
                        None => next,
                        Some(so_far) if name == "gcd" => gcd(so_far, next),
                        Some(so_far) => {
                            let common = gcd(so_far.clone(), next.clone());
                            if common.is_zero() {
                                common
                            } else {
                                so_far / common * next
                            }
                        }
                    });
                }
                let empty = if name == "gcd" {
                    BigInt::zero()
                } else {
                    BigInt::one()
                };
                Ok(Value::whole(result.unwrap_or(empty)))
            }
            "factorial" => {
                let [value] = arguments.exactly(0)?;
                let value = match self.plain(&value) {
                    // Until 3.10 it took whole floating numbers, too.
                    Value::Float(number) if version < PythonVersion::three(10) => {
                        if !number.is_finite() {
                            return Err(Fault::Unknown);
                        }
                        if number.fract() != 0.0 {
                            return value_error("factorial() only accepts integral values");
                        }
                        Value::whole(whole_of_float(number)?)
                    }
                    _ => value,
                };
                let number = self.whole_index(&value)?;
                if number.is_negative() {
                    return value_error("factorial() not defined for negative values");
                }
                let Some(number) = number.to_u32().filter(|it| *it <= 2_000) else {
                    return Err(Fault::Budget);
                };
                self.copies(number as usize * 16);
                let product = (2..=number).fold(BigInt::one(), |product, it| product * it);
                Ok(Value::whole(product))
            }
            "comb" | "perm" => {
                let least = if name == "comb" { 2 } else { 1 };
                let [of, take] = arguments.places(0, [""; 2], least)?;
                let of = self.whole_index(&of.unwrap_or(Value::None))?;
                let take = match take.filter(|it| name == "comb" || !matches!(it, Value::None)) {
                    Some(take) => self.whole_index(&take)?,
                    None => of.clone(),
                };
                if of.is_negative() {
                    return value_error("n must be a non-negative integer");
                }
                if take.is_negative() {
                    return value_error("k must be a non-negative integer");
                }
                if take > of {
                    return Ok(Value::Int(0));
                }
                let count = if name == "comb" {
                    take.clone().min(&of - &take)
                } else {
                    take
                };
                let (Some(count), true) =
                    (count.to_u32().filter(|it| *it <= 1_000), of.bits() < 64)
                else {
                    return Err(Fault::Budget);
                };
                self.copies(count as usize * 16);
                let mut result = BigInt::one();
                for at in 0..count {
                    result *= &of - at;
                    if name == "comb" {
                        result /= at + 1;
                    }
                }
                Ok(Value::whole(result))
            }
            "isqrt" => {
                let [value] = arguments.exactly(0)?;
                let number = self.whole_index(&value)?;
                if number.is_negative() {
                    return value_error("isqrt() argument must be nonnegative");
                }
                if number.bits() > 8_192 {
                    return Err(Fault::Budget);
                }
                Ok(Value::whole(number.sqrt()))
            }
            "isclose" => self.is_close(arguments),
            "log" | "log2" | "log10" => self.logarithm(name, arguments),
            "hypot" => {
                if !arguments.keywords.is_empty() {
                    return untold("TypeError");
                }
                let mut numbers = vec![];
                for value in &arguments.positional {
                    numbers.push(self.double_of(value)?);
                }
                self.length_of_vector(&numbers)
            }
            "dist" => {
                let [p, q] = arguments.exactly(0)?;
                let (p, q) = (self.all_items_of(&p)?, self.all_items_of(&q)?);
                if p.len() != q.len() {
                    return value_error("both points must have the same number of dimensions");
                }
                let mut differences = vec![];
                for (p, q) in p.iter().zip(&q) {
                    differences.push(self.double_of(p)? - self.double_of(q)?);
                }
                self.length_of_vector(&differences)
            }
            "fsum" => {
                let [items] = arguments.exactly(0)?;
                let items = self.all_items_of(&items)?;
                let (mut top, mut bottom) = (BigInt::zero(), BigInt::one());
                for item in &items {
                    let number = self.double_of(item)?;
                    if !number.is_finite() {
                        return Err(Fault::Unknown);
                    }
                    let (a, b) = ratio(number)?;
                    if b.bits() > 600 || a.bits() > 600 {
                        return Err(Fault::Unknown);
                    }
                    // Denominators are powers of two.
                    if b.bits() > bottom.bits() {
                        top <<= b.bits() - bottom.bits();
                        bottom.clone_from(&b);
                    }
                    top += a << (bottom.bits() - b.bits());
                }
                if top.is_zero() {
                    return float(0.0);
                }
                match self.of_constants(&Value::whole(top), BinaryOp::Div, &Value::whole(bottom))? {
                    Some(sum) => Ok(sum),
                    None => Err(Fault::Unknown),
                }
            }
            "prod" => {
                let [items, start] = arguments.places(0, ["", "start"], 1)?;
                let items = self.all_items_of(&items.unwrap_or(Value::None))?;
                let mut product = start.unwrap_or(Value::Int(1));
                let is_float = |it: &Value| matches!(it, Value::Float(_));
                if items.iter().any(is_float)
                    && items.iter().any(|it| !is_float(it))
                    && items.len() > 8
                {
                    return Err(Fault::Unknown);
                }
                for item in &items {
                    if !self.round() {
                        return Err(Fault::Budget);
                    }
                    product = self.binary(&product, BinaryOp::Mul, item, asked.at)?;
                    if product.is_gap() {
                        return Err(Fault::Unknown);
                    }
                }
                Ok(product)
            }
            "nextafter" => {
                if !arguments.keywords.is_empty() {
                    return Err(Fault::Unknown);
                }
                let (x, y) = self.two(asked)?;
                float(next_after(x, y))
            }
            "ulp" => {
                let x = self.one(asked)?.abs();
                if x.is_nan() || x.is_infinite() {
                    return float(x);
                }
                let next = x.next_up();
                float(if next.is_infinite() {
                    x - x.next_down()
                } else {
                    next - x
                })
            }
            // The C library's is off by a digit here and there.
            "cbrt" if version >= PythonVersion::three(11) => {
                let x = self.one(asked)?;
                if x == 0.0 || !x.is_finite() {
                    return float(x);
                }
                Err(Fault::Unknown)
            }
            "erf" | "erfc" | "gamma" | "lgamma" => {
                let x = self.one(asked)?;
                special(name, x)
            }
            "sumprod" | "fma" => Err(Fault::Unknown),
            _ => Err(Fault::Unknown),
        }
    }

    /// The length of a vector, as `math.hypot` and `math.dist` of this version compute it.
    fn length_of_vector(&self, numbers: &[f64]) -> Pure {
        if self.is_at_least(10) {
            norm(numbers)
        } else {
            norm_of_old(numbers)
        }
    }

    /// `math.isclose`
    fn is_close(&mut self, arguments: &Arguments) -> Pure {
        let positional = arguments.positional.len();
        if positional > 2 {
            return untold("TypeError");
        }
        let [a, b, relative, absolute] =
            arguments.places(0, ["a", "b", "rel_tol", "abs_tol"], 2)?;
        let (a, b) = (
            self.double_of(&a.unwrap_or(Value::None))?,
            self.double_of(&b.unwrap_or(Value::None))?,
        );
        let relative = match relative {
            Some(it) => self.double_of(&it)?,
            None => 1e-9,
        };
        let absolute = match absolute {
            Some(it) => self.double_of(&it)?,
            None => 0.0,
        };
        if relative < 0.0 || absolute < 0.0 {
            return value_error("tolerances must be non-negative");
        }
        #[expect(clippy::float_cmp, reason = "as Python has it")]
        let is_same = a == b;
        if is_same {
            return Ok(Value::Bool(true));
        }
        if a.is_infinite() || b.is_infinite() {
            return Ok(Value::Bool(false));
        }
        let difference = (b - a).abs();
        Ok(Value::Bool(
            difference <= (relative * b).abs()
                || difference <= (relative * a).abs()
                || difference <= absolute,
        ))
    }

    /// `log(x, base)`, `log2`, `log10`: of integers of any size.
    fn logarithm(&mut self, name: &str, arguments: &Arguments) -> Pure {
        let most = if name == "log" { 2 } else { 1 };
        if arguments.positional.len() > most || !arguments.keywords.is_empty() {
            return untold("TypeError");
        }
        let [value, base] = arguments.places(0, [""; 2], 1)?;
        let mut one = |value: &Value, function: fn(f64) -> f64| -> Pure<f64> {
            let number = match whole(&self.plain(value)) {
                Some(number) if number.bits() > 1_000 => return Err(Fault::Unknown),
                Some(number) => to_float(&number)?,
                None => self.double_of(value)?,
            };
            if number <= 0.0 {
                return match self.domain(name, number) {
                    Err(fault) => Err(fault),
                    Ok(_) => Err(Fault::Unknown),
                };
            }
            Ok(function(number))
        };
        let function: fn(f64) -> f64 = match name {
            "log2" => f64::log2,
            "log10" => f64::log10,
            _ => f64::ln,
        };
        let result = one(&value.unwrap_or(Value::None), function)?;
        let Some(base) = base else {
            return Ok(Value::Float(result));
        };
        let below = one(&base, f64::ln)?;
        if below == 0.0 {
            return Err(Fault::Raise(
                "ZeroDivisionError",
                (self.world.version < PythonVersion::three(14))
                    .then(|| "float division by zero".to_owned()),
            ));
        }
        Ok(Value::Float(result / below))
    }
}

/// `vector_norm` of 3.9 and before: squares of what is left of each number beside the largest, summed up with what rounding took.
fn norm_of_old(numbers: &[f64]) -> Pure {
    let sizes: Vec<f64> = numbers.iter().copied().map(f64::abs).collect();
    let largest = sizes.iter().copied().fold(0.0, f64::max);
    if !sizes.iter().all(|it| it.is_finite()) {
        return Err(Fault::Unknown);
    }
    if largest == 0.0 || sizes.len() <= 1 {
        return Ok(Value::Float(largest));
    }
    let (mut sum, mut lost) = (1.0_f64, 0.0_f64);
    for size in sizes {
        let part = size / largest;
        let square = part * part;
        let before = sum;
        sum += square;
        lost += (before - sum) + square;
    }
    Ok(Value::Float(largest * (sum - 1.0 + lost).sqrt()))
}
