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
    let hash = rustc_hash::FxBuildHasher.hash_one(text) >> 16;
    Value::Int(WORLD | hash.cast_signed())
}

/// Whether a number is one that only this world has.
pub(crate) fn is_of_this_world(number: i64) -> bool {
    number >> 48 == WORLD >> 48
}
