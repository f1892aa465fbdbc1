//! `hash(value)`: of numbers what CPython has, of texts and of objects without a `__hash__` of their own a number of this world.

use num_bigint::BigInt;
use num_traits::{Signed as _, ToPrimitive as _};

use crate::evaluate::builtins::numbers::ratio;
use crate::evaluate::language::operators::is_constant;
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::fault::{Fault, Pure, type_error};
use crate::evaluate::machine::identity::{hash_of_text, is_of_this_world, of_this_world};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, Value};
use crate::evaluate::scalar::whole;
use crate::source::PythonVersion;

impl Run<'_, '_> {
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
            Value::Bytes(bytes) => match std::str::from_utf8(bytes) {
                // The same function over the same bytes.
                Ok(text) if text.is_ascii() => Ok(hash_of_text(text)),
                _ => Err(Fault::Unknown),
            },
            Value::Method(pair) => {
                let parts = (self.identity_of(&pair.0), self.identity_of(&pair.1));
                match parts {
                    (Some(Value::Int(of)), Some(Value::Int(on))) => {
                        Ok(hash_of_text(&format!("{of} of {on}")))
                    }
                    _ => Err(Fault::Unknown),
                }
            }
            Value::Object(id) if matches!(self.object(*id), Object::Set { frozen: true, .. }) => {
                Err(Fault::Unknown)
            }
            Value::Object(_) | Value::Class(_) => self.hash_of_object(value),
            number => match hash_of_number(number) {
                Some(hash) => Ok(Value::Int(hash)),
                None => Err(Fault::Unknown),
            },
        }
    }

    /// `hash(value)` of an object or a class: what its `__hash__` gives, which of `object` is a number of this world.
    fn hash_of_object(&mut self, value: &Value) -> Pure {
        let refused = |run: &Self| {
            let of = run.type_name(value);
            type_error(format!("unhashable type: '{of}'"))
        };
        let owner = match self.special(value, "__hash__")? {
            Special::Code(Value::None) => return refused(self),
            Special::Code(method) => {
                let answer = self.call_method(&method, vec![], None)?;
                return match whole(&self.plain(&answer)) {
                    Some(number) => Ok(Value::Int(hash_of_whole(&number, true))),
                    None if answer.is_gap() => Err(Fault::Unknown),
                    None => type_error("__hash__ method should return an integer"),
                };
            }
            Special::Builtin(owner) => owner,
            Special::Missing | Special::Unknown => return Err(Fault::Unknown),
        };
        let path = self.classes.get(owner).path.clone();
        match (path.module.as_str(), path.name()) {
            ("builtins", "list" | "dict" | "set" | "bytearray") => refused(self),
            ("builtins", "object" | "type") => self.identity_of(value).ok_or(Fault::Unknown),
            ("builtins", "int" | "bool" | "float" | "complex" | "str" | "bytes" | "tuple") => {
                match self.plain(value) {
                    plain if is_constant(&plain) => self.hash_of(&plain),
                    _ => Err(Fault::Unknown),
                }
            }
            _ => Err(Fault::Unknown),
        }
    }

    /// `tuplehash`: xxHash over the hashes of the items.
    fn hash_of_items(&mut self, items: &[Value]) -> Pure {
        const ONE: u64 = 11_400_714_785_074_694_791;
        const TWO: u64 = 14_029_467_366_897_019_727;
        const FIVE: u64 = 2_870_177_450_012_600_261;
        let mut sum = FIVE;
        let mut is_of_world = false;
        for item in items {
            let Value::Int(hash) = self.hash_of(item)? else {
                return Err(Fault::Unknown);
            };
            is_of_world |= is_of_this_world(hash);
            sum = sum
                .wrapping_add(hash.cast_unsigned().wrapping_mul(TWO))
                .rotate_left(31)
                .wrapping_mul(ONE);
        }
        sum = sum.wrapping_add(items.len() as u64 ^ (FIVE ^ 0x35_d373));
        if is_of_world {
            return Ok(of_this_world(sum));
        }
        Ok(Value::Int(if sum == u64::MAX {
            1_546_275_796
        } else {
            sum.cast_signed()
        }))
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
        Value::Int(it) if is_of_this_world(*it) => None,
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
