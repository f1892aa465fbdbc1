//! Operators of numbers (`longobject.c`, `floatobject.c`, `complexobject.c`).

use num_bigint::{BigInt, Sign};
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};

use crate::evaluate::machine::fault::{
    Fault, Pure, by_zero, overflow, type_error, untold, value_error,
};
use crate::evaluate::machine::value::Value;
use crate::evaluate::scalar::number;
use crate::evaluate::scalar::number::{Number, floored, nearest, to_float};
use crate::source::PythonVersion;
use crate::syntax::BinaryOp;

/// Bits that an integer may have here: some ten thousand digits.
pub(super) const MOST_BITS: u64 = 1 << 15;

/// `left op right` of two numbers; none where one is no number, or numbers have no such operator.
pub(crate) fn arithmetic(
    left: &Value,
    op: BinaryOp,
    right: &Value,
    version: PythonVersion,
) -> Pure<Option<Value>> {
    if let (Value::Int(a), Value::Int(b)) = (left, right) {
        let small = match op {
            BinaryOp::Add => a.checked_add(*b),
            BinaryOp::Sub => a.checked_sub(*b),
            BinaryOp::Mul => a.checked_mul(*b),
            BinaryOp::And => Some(a & b),
            BinaryOp::Or => Some(a | b),
            BinaryOp::Xor => Some(a ^ b),
            _ => None,
        };
        if let Some(small) = small {
            return Ok(Some(Value::Int(small)));
        }
    }
    if let (Value::Bool(a), Value::Bool(b)) = (left, right) {
        match op {
            BinaryOp::And => return Ok(Some(Value::Bool(a & b))),
            BinaryOp::Or => return Ok(Some(Value::Bool(a | b))),
            BinaryOp::Xor => return Ok(Some(Value::Bool(a ^ b))),
            _ => {}
        }
    }
    let (Some(one), Some(other)) = (Number::of(left), Number::of(right)) else {
        return Ok(None);
    };
    match (one, other) {
        (Number::Whole(a), Number::Whole(b)) => of_whole(&a, op, &b, version),
        (Number::Float(a), Number::Float(b)) => of_floats(a, op, b, version),
        (Number::Whole(a), Number::Float(b)) => {
            if !is_of_floats(op) {
                return Ok(None);
            }
            of_floats(to_float(&a)?, op, b, version)
        }
        (Number::Float(a), Number::Whole(b)) => {
            if !is_of_floats(op) {
                return Ok(None);
            }
            of_floats(a, op, to_float(&b)?, version)
        }
        (one, other) => of_complex(&one, op, &other, version),
    }
}

fn is_of_floats(op: BinaryOp) -> bool {
    matches!(
        op,
        BinaryOp::Add
            | BinaryOp::Sub
            | BinaryOp::Mul
            | BinaryOp::Div
            | BinaryOp::FloorDiv
            | BinaryOp::Mod
            | BinaryOp::Pow
    )
}

/// `-number`
pub(crate) fn negated(value: &Value) -> Option<Value> {
    Some(match value {
        Value::Float(it) => Value::Float(-it),
        Value::Complex(real, imaginary) => Value::Complex(-real, -imaginary),
        other => Value::whole(-number::whole(other)?),
    })
}

fn of_whole(a: &BigInt, op: BinaryOp, b: &BigInt, version: PythonVersion) -> Pure<Option<Value>> {
    if a.bits() > MOST_BITS || b.bits() > MOST_BITS {
        return Err(Fault::Budget);
    }
    let result = match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul if a.bits() + b.bits() > MOST_BITS => return Err(Fault::Budget),
        BinaryOp::Mul => a * b,
        BinaryOp::And => a & b,
        BinaryOp::Or => a | b,
        BinaryOp::Xor => a ^ b,
        BinaryOp::LShift | BinaryOp::RShift if b.is_negative() => {
            return value_error("negative shift count");
        }
        BinaryOp::LShift if a.is_zero() => BigInt::ZERO,
        BinaryOp::LShift => match b.to_u64() {
            Some(by) if a.bits() + by <= MOST_BITS => a << by,
            _ => return Err(Fault::Budget),
        },
        BinaryOp::RShift => match b.to_u64() {
            Some(by) => a >> by,
            None if a.is_negative() => BigInt::from(-1),
            None => BigInt::ZERO,
        },
        BinaryOp::Pow if b.is_negative() => {
            return of_floats(to_float(a)?, op, to_float(b)?, version);
        }
        BinaryOp::Pow => power(a, b)?,
        BinaryOp::Div if b.is_zero() => return by_zero("division by zero"),
        BinaryOp::Div => return Ok(Some(Value::Float(quotient(a, b)?))),
        BinaryOp::FloorDiv if b.is_zero() => {
            return by_zero(if version >= PythonVersion::three(14) {
                "division by zero"
            } else {
                "integer division or modulo by zero"
            });
        }
        BinaryOp::Mod if b.is_zero() => {
            return by_zero(if version >= PythonVersion::three(14) {
                "division by zero"
            } else if version >= PythonVersion::three(11) {
                "integer modulo by zero"
            } else {
                "integer division or modulo by zero"
            });
        }
        BinaryOp::FloorDiv => floored(a, b).0,
        BinaryOp::Mod => floored(a, b).1,
        BinaryOp::MatMul => return Ok(None),
    };
    Ok(Some(Value::whole(result)))
}

/// `a ** b` for a `b` that is not negative.
fn power(a: &BigInt, b: &BigInt) -> Pure<BigInt> {
    if a.is_zero() || a.magnitude().bits() == 1 {
        // Of 0, 1 and -1 any power is small.
        let is_odd = b.bit(0);
        return Ok(if b.is_zero() {
            BigInt::from(1)
        } else if a.is_negative() && !is_odd {
            -a
        } else {
            a.clone()
        });
    }
    match b.to_u32() {
        Some(by) if u64::from(by).saturating_mul(a.bits()) <= MOST_BITS => Ok(a.pow(by)),
        _ => Err(Fault::Budget),
    }
}

/// `pow(base, exponent, modulus)` (`long_pow`).
pub(crate) fn power_modulo(a: &BigInt, b: &BigInt, modulus: &BigInt) -> Pure<BigInt> {
    if modulus.is_zero() {
        return value_error("pow() 3rd argument cannot be 0");
    }
    if a.bits() > 4_096 || b.bits() > 4_096 || modulus.bits() > 4_096 {
        return Err(Fault::Budget);
    }
    let positive = modulus.abs();
    let (base, exponent) = if b.is_negative() {
        let Some(inverse) = floored(a, &positive).1.modinv(&positive) else {
            return value_error("base is not invertible for the given modulus");
        };
        (inverse, -b)
    } else {
        (floored(a, &positive).1, b.clone())
    };
    let result = base.modpow(&exponent, &positive);
    Ok(if modulus.is_negative() && !result.is_zero() {
        result + modulus
    } else {
        result
    })
}

/// `a / b` of integers, to the nearest floating number (`long_true_divide`).
fn quotient(a: &BigInt, b: &BigInt) -> Pure<f64> {
    if a.bits() <= 53 && b.bits() <= 53 {
        // Both are exact, so that the division rounds once.
        return Ok(nearest(a).unwrap_or(0.0) / nearest(b).unwrap_or(1.0));
    }
    if a.is_zero() {
        return Ok(if b.is_negative() { -0.0 } else { 0.0 });
    }
    let (top, bottom) = (
        BigInt::from(a.magnitude().clone()),
        BigInt::from(b.magnitude().clone()),
    );
    let difference =
        i64::try_from(top.bits()).unwrap_or(0) - i64::try_from(bottom.bits()).unwrap_or(0);
    if difference > 1_024 {
        return overflow("integer division result too large for a float");
    }
    if difference < -1_020 {
        // Near the smallest numbers it is rounded to fewer bits.
        return Err(Fault::Unknown);
    }
    // A quotient of at least 64 bits, of which the last says that something is left.
    let shift = 65 - difference;
    let (top, bottom) = if shift >= 0 {
        (top << shift.unsigned_abs(), bottom)
    } else {
        (top, bottom << shift.unsigned_abs())
    };
    let (mut whole, rest) = (&top / &bottom, &top % &bottom);
    if !rest.is_zero() {
        whole |= BigInt::from(1);
    }
    let float = nearest(&whole).unwrap_or(0.0);
    let scaled = if shift >= 0 {
        float
            / 2f64.powi(i32::try_from(shift.min(1_000)).unwrap_or(0))
            / 2f64.powi(i32::try_from((shift - 1_000).max(0)).unwrap_or(0))
    } else {
        float * 2f64.powi(i32::try_from(-shift).unwrap_or(0))
    };
    if scaled.is_infinite() {
        return overflow("integer division result too large for a float");
    }
    let is_negative = (a.sign() == Sign::Minus) != (b.sign() == Sign::Minus);
    Ok(if is_negative { -scaled } else { scaled })
}

fn of_floats(a: f64, op: BinaryOp, b: f64, version: PythonVersion) -> Pure<Option<Value>> {
    let old = version < PythonVersion::three(14);
    let result = match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => a * b,
        BinaryOp::Div if b == 0.0 => {
            return by_zero(if old {
                "float division by zero"
            } else {
                "division by zero"
            });
        }
        BinaryOp::Div => a / b,
        BinaryOp::FloorDiv if b == 0.0 => {
            return by_zero(if old {
                "float floor division by zero"
            } else {
                "division by zero"
            });
        }
        BinaryOp::Mod if b == 0.0 => {
            return by_zero(if !old {
                "division by zero"
            } else if version >= PythonVersion::three(13) {
                "float modulo by zero"
            } else {
                "float modulo"
            });
        }
        BinaryOp::FloorDiv => float_divmod(a, b).0,
        BinaryOp::Mod => float_divmod(a, b).1,
        BinaryOp::Pow => return float_power(a, b, version).map(Some),
        _ => return Ok(None),
    };
    Ok(Some(Value::Float(result)))
}

/// `divmod(a, b)` of floats (`_float_div_mod`); `b` is not zero.
pub(crate) fn float_divmod(a: f64, b: f64) -> (f64, f64) {
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest == 0.0 {
        rest = 0f64.copysign(b);
    } else if (b < 0.0) != (rest < 0.0) {
        rest += b;
        quotient -= 1.0;
    }
    let floored = if quotient == 0.0 {
        0f64.copysign(a / b)
    } else {
        let floor = quotient.floor();
        if quotient - floor > 0.5 {
            floor + 1.0
        } else {
            floor
        }
    };
    (floored, rest)
}

/// `a ** b` of floats (`float_pow`).
fn float_power(a: f64, b: f64, version: PythonVersion) -> Pure {
    if b == 0.0 || is_one(a) {
        return Ok(Value::Float(1.0));
    }
    if a.is_nan() || b.is_nan() {
        return Ok(Value::Float(f64::NAN));
    }
    if a == 0.0 && b < 0.0 && !b.is_infinite() {
        return by_zero(if version >= PythonVersion::three(14) {
            "zero to a negative power"
        } else {
            "0.0 cannot be raised to a negative power"
        });
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 {
        return complex_power((a, 0.0), (b, 0.0), version);
    }
    let result = a.powf(b);
    if result.is_infinite() && a.is_finite() && b.is_finite() && a != 0.0 {
        return overflow("(34, 'Numerical result out of range')");
    }
    Ok(Value::Float(result))
}

#[expect(clippy::float_cmp, reason = "asked exactly")]
fn is_one(a: f64) -> bool {
    a == 1.0
}

/// Operators with a complex number. Until 3.14 the other operand becomes complex itself, which shows in the sign of a zero.
///
/// ```py
/// -1 - 0j  # (-1+0j), since 3.14 (-1-0j)
/// ```
fn of_complex(
    one: &Number,
    op: BinaryOp,
    other: &Number,
    version: PythonVersion,
) -> Pure<Option<Value>> {
    let parts = |number: &Number| -> Pure<(f64, Option<f64>)> {
        Ok(match number {
            Number::Complex(real, imaginary) => (*real, Some(*imaginary)),
            Number::Float(real) => (*real, None),
            Number::Whole(real) => (to_float(real)?, None),
        })
    };
    if matches!(op, BinaryOp::FloorDiv | BinaryOp::Mod) && version < PythonVersion::three(10) {
        return type_error(if op == BinaryOp::Mod {
            "can't mod complex numbers."
        } else {
            "can't take floor of complex number."
        });
    }
    if !matches!(
        op,
        BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div | BinaryOp::Pow
    ) {
        return Ok(None);
    }
    let ((a, b), (c, d)) = (parts(one)?, parts(other)?);
    let mixed = version >= PythonVersion::three(14);
    let whole = ((a, b.unwrap_or(0.0)), (c, d.unwrap_or(0.0)));
    Ok(Some(match op {
        BinaryOp::Add => match (b, d) {
            (Some(b), None) if mixed => Value::Complex(a + c, b),
            (None, Some(d)) if mixed => Value::Complex(a + c, d),
            _ => Value::Complex(a + c, whole.0.1 + whole.1.1),
        },
        BinaryOp::Sub => match (b, d) {
            (Some(b), None) if mixed => Value::Complex(a - c, b),
            (None, Some(d)) if mixed => Value::Complex(a - c, -d),
            _ => Value::Complex(a - c, whole.0.1 - whole.1.1),
        },
        _ if mixed && (b.is_none() || d.is_none()) => return Err(Fault::Unknown),
        BinaryOp::Mul => {
            let ((a, b), (c, d)) = whole;
            if ![a, b, c, d].iter().all(|it| it.is_finite()) {
                return Err(Fault::Unknown);
            }
            Value::Complex(a * c - b * d, a * d + b * c)
        }
        BinaryOp::Div => complex_quotient(whole.0, whole.1)?,
        _ => complex_power(whole.0, whole.1, version)?,
    }))
}

/// `_Py_c_quot`
fn complex_quotient((a, b): (f64, f64), (c, d): (f64, f64)) -> Pure {
    if ![a, b, c, d].iter().all(|it| it.is_finite()) {
        return Err(Fault::Unknown);
    }
    Ok(if c.abs() >= d.abs() {
        if c == 0.0 {
            return by_zero("complex division by zero");
        }
        let ratio = d / c;
        let denominator = c + d * ratio;
        Value::Complex((a + b * ratio) / denominator, (b - a * ratio) / denominator)
    } else {
        let ratio = c / d;
        let denominator = c * ratio + d;
        Value::Complex((a * ratio + b) / denominator, (b * ratio - a) / denominator)
    })
}

/// `complex_pow`: small whole powers by multiplication, others by logarithms.
fn complex_power(base: (f64, f64), exponent: (f64, f64), version: PythonVersion) -> Pure {
    let ((a, b), (c, d)) = (base, exponent);
    if ![a, b, c, d].iter().all(|it| it.is_finite()) {
        return Err(Fault::Unknown);
    }
    if c == 0.0 && d == 0.0 {
        return Ok(Value::Complex(1.0, 0.0));
    }
    if a == 0.0 && b == 0.0 {
        if d != 0.0 || c < 0.0 {
            return if version >= PythonVersion::three(14) {
                untold("ZeroDivisionError")
            } else {
                by_zero("0.0 to a negative or complex power")
            };
        }
        return Ok(Value::Complex(0.0, 0.0));
    }
    if d == 0.0 && c.fract() == 0.0 && c.abs() <= 100.0 {
        // Its steps differ from version to version.
        return if is_one(c) {
            Ok(Value::Complex(a, b))
        } else if is_one(c - 1.0) {
            Ok(Value::Complex(a * a - b * b, a * b + b * a))
        } else {
            Err(Fault::Unknown)
        };
    }
    let length = a.hypot(b);
    let angle = b.atan2(a);
    let mut size = length.powf(c);
    let mut phase = angle * c;
    if d != 0.0 {
        size *= (-angle * d).exp();
        phase += d * length.ln();
    }
    Ok(Value::Complex(size * phase.cos(), size * phase.sin()))
}
