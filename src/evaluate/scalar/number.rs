//! Numbers as operands: which values are numbers, their exact order, and their passage from whole to floating.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_traits::{FromPrimitive as _, ToPrimitive as _, Zero as _};

use crate::evaluate::machine::fault::{Pure, overflow};
use crate::evaluate::machine::value::Value;

/// A number.
#[derive(Debug, Clone)]
pub(super) enum Number {
    /// `int` and `bool`.
    Whole(BigInt),
    /// `float`
    Float(f64),
    /// `complex`
    Complex(f64, f64),
}

impl Number {
    /// The number a value is; none for what is none.
    pub(super) fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Float(it) => Self::Float(*it),
            Value::Complex(real, imaginary) => Self::Complex(*real, *imaginary),
            other => Self::Whole(whole(other)?),
        })
    }
}

/// The integer a value is: of `int` and `bool`.
pub(crate) fn whole(value: &Value) -> Option<BigInt> {
    match value {
        Value::Bool(it) => Some(BigInt::from(i64::from(*it))),
        Value::Int(it) => Some(BigInt::from(*it)),
        Value::BigInt(it) => Some((**it).clone()),
        _ => None,
    }
}

/// The floating number nearest to a whole one, ties to even (`PyLong_AsDouble`).
pub(crate) fn to_float(number: &BigInt) -> Pure<f64> {
    match nearest(number) {
        Some(float) => Ok(float),
        None => overflow("int too large to convert to float"),
    }
}

/// The same; none where it is too large.
#[expect(clippy::cast_precision_loss, reason = "it is to be rounded")]
pub(super) fn nearest(number: &BigInt) -> Option<f64> {
    let bits = number.bits();
    let magnitude = number.magnitude();
    let positive = if bits <= 64 {
        // The conversion of machine integers rounds to even.
        magnitude.to_u64()? as f64
    } else {
        if bits > 1_024 {
            return None;
        }
        let shift = bits - 64;
        let high = (magnitude >> shift).to_u64()?;
        let is_inexact = magnitude.trailing_zeros().is_some_and(|it| it < shift);
        // The last of 64 bits stands for all below it: rounding to 53 bits sees on which side of the middle it is.
        let sticky = high | u64::from(is_inexact);
        sticky as f64 * 2f64.powi(i32::try_from(shift).ok()?)
    };
    if positive.is_infinite() {
        return None;
    }
    Some(if number.sign() == Sign::Minus {
        -positive
    } else {
        positive
    })
}

/// The order of two numbers; `Some(None)` where one is not a number, none where they have no order or are no numbers.
#[expect(
    clippy::option_option,
    reason = "unordered and not to be ordered are two things"
)]
pub(crate) fn compared(one: &Value, other: &Value) -> Option<Option<Ordering>> {
    if let (Value::Int(one), Value::Int(other)) = (one, other) {
        return Some(Some(one.cmp(other)));
    }
    Some(match (Number::of(one)?, Number::of(other)?) {
        (Number::Whole(one), Number::Whole(other)) => Some(one.cmp(&other)),
        (Number::Float(one), Number::Float(other)) => one.partial_cmp(&other),
        (Number::Whole(one), Number::Float(other)) => whole_and_float(&one, other),
        (Number::Float(one), Number::Whole(other)) => {
            whole_and_float(&other, one).map(Ordering::reverse)
        }
        _ => return None,
    })
}

/// Whether two numbers are equal; none where one is no number.
pub(crate) fn equal(one: &Value, other: &Value) -> Option<bool> {
    let parts = |number: &Number| match number {
        Number::Complex(real, imaginary) => Some((*real, *imaginary)),
        _ => None,
    };
    match (Number::of(one)?, Number::of(other)?) {
        (Number::Complex(a, b), Number::Complex(c, d)) => Some(is_equal(a, c) && is_equal(b, d)),
        (complex @ Number::Complex(..), _) => {
            let (real, imaginary) = parts(&complex)?;
            Some(is_equal(imaginary, 0.0) && equal(&Value::Float(real), other)?)
        }
        (_, complex @ Number::Complex(..)) => {
            let (real, imaginary) = parts(&complex)?;
            Some(is_equal(imaginary, 0.0) && equal(one, &Value::Float(real))?)
        }
        _ => Some(compared(one, other)? == Some(Ordering::Equal)),
    }
}

#[expect(clippy::float_cmp, reason = "Python compares exactly")]
fn is_equal(one: f64, other: f64) -> bool {
    one == other
}

fn whole_and_float(whole: &BigInt, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    if float.is_infinite() {
        return Some(if float > 0.0 {
            Ordering::Less
        } else {
            Ordering::Greater
        });
    }
    let cut = BigInt::from_f64(float.trunc())?;
    // Where the whole parts are equal, what is left of the float decides.
    let rest = (float - float.trunc()).partial_cmp(&0.0)?;
    Some(whole.cmp(&cut).then(rest.reverse()))
}

/// `a // b` and `a % b` of integers: the rest has the sign of the divisor. The divisor is not zero.
pub(crate) fn floored(a: &BigInt, b: &BigInt) -> (BigInt, BigInt) {
    let (quotient, rest) = (a / b, a % b);
    if !rest.is_zero() && (rest.sign() == Sign::Minus) != (b.sign() == Sign::Minus) {
        (quotient - 1, rest + b)
    } else {
        (quotient, rest)
    }
}

/// A whole floating number as an integer; none for infinities and what is not a number.
pub(crate) fn from_float(float: f64) -> Option<BigInt> {
    BigInt::from_f64(float.trunc())
}
