//! Arithmetic of constants: numbers, texts, tuples, and formats with `%`.

use num_bigint::BigInt;
use num_traits::ToPrimitive as _;

use crate::evaluate::items::MOST_ITEMS;
use crate::evaluate::run::Run;
use crate::evaluate::value::{Object, Value};
use crate::source::PythonVersion;
use crate::syntax::BinaryOp;

impl Run<'_, '_> {
    /// What dividing a number by zero says.
    pub(super) fn by_zero(
        &self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
    ) -> Option<&'static str> {
        let is_float = [left, right].iter().any(|it| matches!(it, Value::Float(_)));
        if number(right)? != 0.0 || number(left).is_none() {
            return None;
        }
        let version = self.world.version;
        Some(match (op, is_float) {
            (BinaryOp::Div, false) => "division by zero",
            (BinaryOp::Div, true) => "float division by zero",
            (BinaryOp::Mod, false) if version >= PythonVersion::three(11) => {
                "integer modulo by zero"
            }
            (BinaryOp::FloorDiv | BinaryOp::Mod, false) => "integer division or modulo by zero",
            (BinaryOp::FloorDiv, true) => "float floor division by zero",
            (BinaryOp::Mod, true) if version >= PythonVersion::three(13) => "float modulo by zero",
            (BinaryOp::Mod, true) => "float modulo",
            _ => return None,
        })
    }

    pub(super) fn constants(&self, left: &Value, op: BinaryOp, right: &Value) -> Option<Value> {
        Some(match (left, op, right) {
            (Value::Str(a), BinaryOp::Add, Value::Str(b)) => Value::str(&format!("{a}{b}")),
            (Value::Bytes(a), BinaryOp::Add, Value::Bytes(b)) => {
                Value::Bytes([&**a, &**b].concat().into())
            }
            (Value::Tuple(a), BinaryOp::Add, Value::Tuple(b)) => {
                Value::tuple(a.iter().chain(b.iter()).cloned().collect())
            }
            (Value::Tuple(a), BinaryOp::Mul, Value::Int(times)) => {
                let times = usize::try_from(*times).unwrap_or(0);
                if a.len().saturating_mul(times) > MOST_ITEMS {
                    return None;
                }
                Value::tuple(
                    std::iter::repeat_n(a.iter().cloned(), times)
                        .flatten()
                        .collect(),
                )
            }
            (Value::Str(a), BinaryOp::Mul, Value::Int(times)) => {
                let times = usize::try_from(*times).unwrap_or(0);
                if a.len().saturating_mul(times) > 1 << 16 {
                    return None;
                }
                Value::str(&a.repeat(times))
            }
            (Value::Str(format), BinaryOp::Mod, value) => Value::str(&self.percent(format, value)?),
            (Value::Complex(..), ..) | (.., Value::Complex(..)) => {
                complex_sum(left, op, right, self.world.version)?
            }
            (a, op, b) => {
                if let (Some(a), Some(b)) = (whole(a), whole(b)) {
                    return arithmetic(a, op, b);
                }
                let (a, b) = (number(a)?, number(b)?);
                Value::Float(match op {
                    BinaryOp::Add => a + b,
                    BinaryOp::Sub => a - b,
                    BinaryOp::Mul => a * b,
                    BinaryOp::Div if b != 0.0 => a / b,
                    _ => return None,
                })
            }
        })
    }

    /// `format % value` with `%s`, `%r` and `%d` alone, by place or by name.
    fn percent(&self, format: &str, value: &Value) -> Option<String> {
        let named = |name: &str| match value {
            Value::Object(id) => match self.object(*id) {
                Object::Dict(dict) => dict.entries.get(&Value::str(name).key()?).map(|it| &it.1),
                _ => None,
            },
            _ => None,
        };
        let is_mapping =
            matches!(value, Value::Object(id) if matches!(self.object(*id), Object::Dict(_)));
        let items: Vec<Value> = match value {
            Value::Tuple(items) => items.to_vec(),
            other => vec![other.clone()],
        };
        let mut items = items.iter();
        let mut text = String::new();
        let mut rest = format.chars();
        while let Some(next) = rest.next() {
            if next != '%' {
                text.push(next);
                continue;
            }
            let mut kind = rest.next()?;
            if kind == '%' {
                text.push('%');
                continue;
            }
            let item = if kind == '(' {
                let name: String = rest.by_ref().take_while(|it| *it != ')').collect();
                kind = rest.next()?;
                named(&name)?
            } else {
                items.next()?
            };
            match kind {
                's' => text.push_str(&self.str_of(item)?),
                'r' => text.push_str(&self.exact_repr(item)?),
                'd' => text.push_str(&whole(item)?.to_string()),
                _ => return None,
            }
        }
        (is_mapping || items.next().is_none()).then_some(text)
    }
}

pub(super) fn whole(value: &Value) -> Option<BigInt> {
    match value {
        Value::Bool(it) => Some(BigInt::from(i64::from(*it))),
        Value::Int(it) => Some(BigInt::from(*it)),
        Value::BigInt(it) => Some((**it).clone()),
        _ => None,
    }
}

pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Float(it) => Some(*it),
        other => whole(other)?.to_f64(),
    }
}

/// A sum or difference with a complex number, as `1 - 2j` is written. Until 3.14 the other operand becomes complex itself,
/// which shows in the sign of a zero.
///
/// ```py
/// -1 - 0j  # (-1+0j), since 3.14 (-1-0j)
/// ```
fn complex_sum(left: &Value, op: BinaryOp, right: &Value, version: PythonVersion) -> Option<Value> {
    let parts = |value: &Value| match value {
        Value::Complex(real, imaginary) => Some((*real, Some(*imaginary))),
        other => Some((number(other)?, None)),
    };
    let ((a, b), (c, d)) = (parts(left)?, parts(right)?);
    let mixed = version >= PythonVersion::three(14);
    Some(match op {
        BinaryOp::Add => match (b, d) {
            (Some(b), None) if mixed => Value::Complex(a + c, b),
            (None, Some(d)) if mixed => Value::Complex(a + c, d),
            _ => Value::Complex(a + c, b.unwrap_or(0.0) + d.unwrap_or(0.0)),
        },
        BinaryOp::Sub => match (b, d) {
            (Some(b), None) if mixed => Value::Complex(a - c, b),
            (None, Some(d)) if mixed => Value::Complex(a - c, -d),
            _ => Value::Complex(a - c, b.unwrap_or(0.0) - d.unwrap_or(0.0)),
        },
        _ => return None,
    })
}

/// Integer arithmetic; nothing whose result could be huge.
fn arithmetic(a: BigInt, op: BinaryOp, b: BigInt) -> Option<Value> {
    let zero = BigInt::ZERO;
    let small = a.bits() <= 4_096 && b.bits() <= 4_096;
    let result = match op {
        BinaryOp::Add if small => a + b,
        BinaryOp::Sub if small => a - b,
        BinaryOp::Mul if small => a * b,
        BinaryOp::And => a & b,
        BinaryOp::Or => a | b,
        BinaryOp::Xor => a ^ b,
        BinaryOp::LShift if small => a << b.to_u32().filter(|&by| by <= 4_096)?,
        BinaryOp::RShift => a >> b.to_u32()?,
        BinaryOp::Pow if small => {
            let power = b.to_u32()?;
            if u64::from(power).saturating_mul(a.bits()) > 8_192 {
                return None;
            }
            a.pow(power)
        }
        BinaryOp::FloorDiv if b != zero && a >= zero && b > zero => a / b,
        BinaryOp::Mod if b != zero && a >= zero && b > zero => a % b,
        BinaryOp::Div if b != zero => return Some(Value::Float(a.to_f64()? / b.to_f64()?)),
        _ => return None,
    };
    Some(Value::whole(result))
}
