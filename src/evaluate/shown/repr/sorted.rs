//! The order in which `reprlib` takes the items of sets and the keys of dicts (`reprlib._possibly_sorted`).

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::FromPrimitive;

use crate::evaluate::machine::value::Value;

/// What `sorted(items)` comes to.
pub(super) enum Sorting {
    /// It sorts them.
    Sorted,
    /// It raises `TypeError`: some of them cannot be compared, and they are taken as the container has them.
    Unsortable,
    /// Code that is not followed here compares them.
    Unknown,
}

/// Sorts as `sorted` does.
///
/// ```py
/// sorted({'b': 1, 'a': 2})  # ['a', 'b']
/// sorted({'b': 1, 2: 2})    # TypeError: '<' not supported between instances of 'int' and 'str'
/// ```
pub(super) fn sort(items: &mut Vec<&Value>) -> Sorting {
    if items.len() < 2 {
        return Sorting::Sorted;
    }
    match merge_sorted(items) {
        Ok(sorted) => {
            *items = sorted;
            Sorting::Sorted
        }
        Err(why) => why,
    }
}

/// A stable merge sort that ends with the first comparison that has no answer. The order of values need not be a total one, which the
/// sorts of the library ask for.
fn merge_sorted<'v>(items: &[&'v Value]) -> Result<Vec<&'v Value>, Sorting> {
    if items.len() < 2 {
        return Ok(items.to_vec());
    }
    let (left, right) = items.split_at(items.len() / 2);
    let (left, right) = (merge_sorted(left)?, merge_sorted(right)?);
    let mut merged = Vec::with_capacity(items.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
        let next = if compare(other, one)?.is_lt() {
            right.next()
        } else {
            left.next()
        };
        merged.extend(next);
    }
    merged.extend(left);
    merged.extend(right);
    Ok(merged)
}

fn compare(one: &Value, other: &Value) -> Result<Ordering, Sorting> {
    match (one, other) {
        (Value::Str(one), Value::Str(other)) => Ok(one.cmp(other)),
        (Value::Bytes(one), Value::Bytes(other)) => Ok(one.cmp(other)),
        (Value::Tuple(one), Value::Tuple(other)) => {
            for (one, other) in one.iter().zip(other.iter()) {
                match (one.key(), other.key()) {
                    // Equal items of any type are passed over, as `==` never raises.
                    (Some(a), Some(b)) if a == b => {}
                    (Some(_), Some(_)) => return compare(one, other),
                    _ => return Err(Sorting::Unknown),
                }
            }
            Ok(one.len().cmp(&other.len()))
        }
        // Sets are ordered by inclusion, instances by code of their own; what else the heap holds is none of a key.
        (Value::Object(_) | Value::Gap(_) | Value::Class(_), _)
        | (_, Value::Object(_) | Value::Gap(_) | Value::Class(_)) => Err(Sorting::Unknown),
        _ => match (number(one), number(other)) {
            (Some(one), Some(other)) => one.compare(&other).ok_or(Sorting::Unknown),
            _ => Err(Sorting::Unsortable),
        },
    }
}

/// A number that has an order; complex ones have none.
enum Number<'v> {
    Small(i64),
    Big(&'v BigInt),
    Float(f64),
}

fn number(value: &Value) -> Option<Number<'_>> {
    match value {
        Value::Bool(it) => Some(Number::Small(i64::from(*it))),
        Value::Int(it) => Some(Number::Small(*it)),
        Value::BigInt(it) => Some(Number::Big(it)),
        Value::Float(it) => Some(Number::Float(*it)),
        _ => None,
    }
}

impl Number<'_> {
    /// Compares by value, exactly; none where one is not a number.
    fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Small(one), Self::Small(other)) => Some(one.cmp(other)),
            (Self::Float(one), Self::Float(other)) => one.partial_cmp(other),
            (Self::Float(one), other) => other.compare_float(*one).map(Ordering::reverse),
            (one, Self::Float(other)) => one.compare_float(*other),
            (one, other) => Some(one.big().cmp(&other.big())),
        }
    }

    fn compare_float(&self, float: f64) -> Option<Ordering> {
        if float.is_nan() {
            return None;
        }
        if float.is_infinite() {
            let above = if float > 0.0 {
                Ordering::Less
            } else {
                Ordering::Greater
            };
            return Some(above);
        }
        let whole = BigInt::from_f64(float.trunc())?;
        // Where the whole parts are equal, what is left of the float decides.
        let rest = (float - float.trunc()).partial_cmp(&0.0)?;
        Some(self.big().cmp(&whole).then(rest.reverse()))
    }

    fn big(&self) -> BigInt {
        match self {
            Self::Small(it) => BigInt::from(*it),
            Self::Big(it) => (*it).clone(),
            Self::Float(it) => BigInt::from_f64(it.trunc()).unwrap_or_default(),
        }
    }
}
