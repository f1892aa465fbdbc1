//! Functions of floating numbers that `math` has and the language has not.

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero as _};

use crate::evaluate::builtins::numbers::ratio;
use crate::evaluate::machine::fault::{Fault, Pure};
use crate::evaluate::machine::value::Value;

/// `s_asinh.c` of the C library.
pub(super) fn asinh(x: f64) -> f64 {
    let size = x.abs();
    if !x.is_finite() || size < 2f64.powi(-28) {
        return x;
    }
    let result = if size > 2f64.powi(28) {
        size.ln() + std::f64::consts::LN_2
    } else if size > 2.0 {
        (2.0 * size + 1.0 / ((x * x + 1.0).sqrt() + size)).ln()
    } else {
        let square = x * x;
        (size + square / (1.0 + (1.0 + square).sqrt())).ln_1p()
    };
    result.copysign(x)
}

/// `e_acosh.c` of the C library.
pub(super) fn acosh(x: f64) -> f64 {
    if x < 1.0 || x.is_nan() {
        return f64::NAN;
    }
    if x.is_infinite() {
        return x;
    }
    if x > 2f64.powi(28) {
        return x.ln() + std::f64::consts::LN_2;
    }
    if x > 2.0 {
        let square = x * x;
        return (2.0 * x - 1.0 / (x + (square - 1.0).sqrt())).ln();
    }
    let rest = x - 1.0;
    (rest + (2.0 * rest + rest * rest).sqrt()).ln_1p()
}

/// `e_atanh.c` of the C library.
pub(super) fn atanh(x: f64) -> f64 {
    let size = x.abs();
    if size < 0.5 {
        if size < 2f64.powi(-28) {
            return x;
        }
        let twice = size + size;
        return (0.5 * (twice + twice * size / (1.0 - size)).ln_1p()).copysign(x);
    }
    if size < 1.0 {
        return (0.5 * ((size + size) / (1.0 - size)).ln_1p()).copysign(x);
    }
    if size > 1.0 {
        f64::NAN
    } else {
        f64::INFINITY.copysign(x)
    }
}

pub(super) fn gcd(mut a: BigInt, mut b: BigInt) -> BigInt {
    while !b.is_zero() {
        let rest = &a % &b;
        a = std::mem::replace(&mut b, rest);
    }
    a
}

/// `frexp`: a mantissa from a half up to one, and a power of two.
pub(super) fn frexp(x: f64) -> (f64, i64) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let (scaled, shift) = if x.abs() < f64::MIN_POSITIVE {
        (x * 2f64.powi(60), -60)
    } else {
        (x, 0)
    };
    let bits = scaled.to_bits();
    let power = i64::try_from((bits >> 52) & 0x7ff).unwrap_or(0) - 1_022;
    let mantissa = f64::from_bits((bits & !(0x7ff << 52)) | (1_022 << 52));
    (mantissa, power + shift)
}

/// `m_remainder`: the rest by the nearest multiple, halves to the even one.
#[expect(clippy::many_single_char_names, reason = "the names of the source")]
pub(super) fn remainder(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    if y.is_infinite() {
        return x;
    }
    let (size, by) = (x.abs(), y.abs());
    let m = size % by;
    let c = by - m;
    let r = if m < c {
        m
    } else if m > c {
        -c
    } else {
        m - 2.0 * ((0.5 * (size - m)) % by)
    };
    1f64.copysign(x) * r
}

/// The next floating number on the way to another.
pub(super) fn next_after(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    match x.partial_cmp(&y) {
        Some(std::cmp::Ordering::Less) => x.next_up(),
        Some(std::cmp::Ordering::Greater) => x.next_down(),
        _ => y,
    }
}

/// The length of a vector, where it is exact or rounded once (`vector_norm`).
pub(super) fn norm(numbers: &[f64]) -> Pure {
    if numbers.iter().any(|it| it.is_infinite()) {
        return Ok(Value::Float(f64::INFINITY));
    }
    if numbers.iter().any(|it| it.is_nan()) {
        return Ok(Value::Float(f64::NAN));
    }
    let mut sizes: Vec<f64> = numbers
        .iter()
        .copied()
        .map(f64::abs)
        .filter(|it| *it > 0.0)
        .collect();
    match sizes.len() {
        0 => return Ok(Value::Float(0.0)),
        1 => return Ok(Value::Float(sizes.pop().unwrap_or(0.0))),
        _ => {}
    }
    // The exact square of the length; its root is told where it is correct to the last digit in every version.
    let (mut top, mut bottom) = (BigInt::zero(), BigInt::one());
    for size in sizes {
        let (a, b) = ratio(size)?;
        if a.bits() > 200 || b.bits() > 200 {
            return Err(Fault::Unknown);
        }
        let (a, b) = (&a * &a, &b * &b);
        if b > bottom {
            top = top * &b / &bottom;
            bottom.clone_from(&b);
        }
        top += a * (&bottom / b);
    }
    // bottom is an even power of two: the root of the quotient is that of the numerator, shifted.
    let half = (bottom.bits() - 1) / 2;
    let shift = 256 - top.bits().min(256) + top.bits() % 2;
    let shift = shift + shift % 2;
    let shifted: BigInt = top << shift;
    let root = shifted.sqrt();
    let is_exact = &root * &root == shifted;
    let scale = half + shift / 2;
    let bits = root.bits();
    if bits <= 53 {
        let exact = root.to_f64().unwrap_or(0.0) / 2f64.powi(i32::try_from(scale).unwrap_or(0));
        return Ok(Value::Float(exact));
    }
    let extra = bits - 53;
    let low: BigInt = &root & ((BigInt::one() << extra) - 1u32);
    let middle = BigInt::one() << (extra - 1);
    // How far it lies from the middle between two floating numbers, in hundredths of the last place.
    let distance: BigInt = ((low.clone() - &middle).abs() * 100u32) >> extra;
    if distance < BigInt::from(2) && !(is_exact && low.is_zero()) {
        return Err(Fault::Unknown);
    }
    let mut high: BigInt = &root >> extra;
    if low > middle {
        high += 1;
    }
    let power = i64::try_from(extra).unwrap_or(0) - i64::try_from(scale).unwrap_or(0);
    Ok(Value::Float(
        high.to_f64().unwrap_or(0.0) * 2f64.powi(i32::try_from(power).unwrap_or(0)),
    ))
}
