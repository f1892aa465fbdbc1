//! `id()` and `hash()`: numbers that CPython takes from addresses and from a seed of each process.
//!
//! Code may compare them and look things up by them, and that is followed. The numbers themselves are this world's own: they lie in a
//! range of their own, and are never shown as values. (A text that a program makes of one may be run: attrs writes `__hash__` so.)

use std::hash::BuildHasher as _;

use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::Value;

/// The range: the upper 16 bits of such a number.
const WORLD: i64 = 0x5EED << 48;

impl Run<'_, '_> {
    /// `id(value)`; none for what is not known.
    pub(crate) fn identity_of(&mut self, value: &Value) -> Option<Value> {
        let key = value.key()?;
        let next = i64::try_from(self.identities.len()).ok()?;
        let number = *self.identities.entry(key).or_insert(next);
        Some(Value::Int(WORLD | number << 4))
    }
}

/// `hash(text)`
pub(crate) fn hash_of_text(text: &str) -> Value {
    of_this_world(rustc_hash::FxBuildHasher.hash_one(text))
}

/// A number of this world, made of a hash.
pub(crate) fn of_this_world(hash: u64) -> Value {
    Value::Int(WORLD | (hash >> 16).cast_signed())
}

/// What stands in a text for an address: a letter that is none, and never will be (Unicode 23.7), before the number of the object.
///
/// Where code is asked what it calls and how it ends, the texts that hold addresses go through it like others. Whatever looks into one is
/// not told, and no message shows one.
const ADDRESS: char = '\u{9FFFE}';

/// A text that holds the address of an object.
pub(crate) fn with_address(number: i64) -> String {
    format!("<object at {ADDRESS}{number}>")
}

/// Whether a text holds an address.
pub(crate) fn has_address(text: &str) -> bool {
    // Its first byte stands in few other letters.
    text.as_bytes().contains(&0xF2) && text.contains(ADDRESS)
}

/// Whether a number is one that only this world has.
pub(crate) fn is_of_this_world(number: i64) -> bool {
    number >> 48 == WORLD >> 48
}
