//! Which entry of a dict or set an object is, while something is traced: the first whose hash is the same and which is the same or equal
//! (`set_lookkey` in `Objects/setobject.c`, `_Py_dict_lookup` in `Objects/dictobject.c`).
//!
//! Hashes that hang on addresses, or on the seed of a process, are taken to differ from all others.

use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Key, MOST_PARTS, Value};
use crate::source::Place;

/// The hash that a key stands for.
enum Hash {
    Number(i64),
    /// That of this very object.
    Own,
    Unknown,
}

impl Run<'_, '_> {
    /// Whether the hash of a value is for code of a program's to say: it is an object with a `__hash__`, or a tuple with such a part.
    pub(crate) fn is_hashed_by_code(&self, value: &Value) -> bool {
        self.is_hashed_within(value, &mut MOST_PARTS.clone())
    }

    fn is_hashed_within(&self, value: &Value, left: &mut u32) -> bool {
        match value {
            Value::Tuple(items) => items.iter().any(|item| {
                let Some(rest) = left.checked_sub(1) else {
                    return false;
                };
                *left = rest;
                self.is_hashed_within(item, left)
            }),
            Value::Object(_) | Value::Class(_) => self.has_code(value, "__hash__"),
            _ => false,
        }
    }

    /// Under which key of a container a value is found, or its own; none where that cannot be told.
    pub(crate) fn key_among<'a>(
        &mut self,
        entries: impl Iterator<Item = (&'a Key, &'a Value)> + Clone,
        key: Key,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Key>> {
        if !self.is_traced() {
            return Ok(Some(key));
        }
        if !matches!(key, Key::Hashed(..))
            && !entries
                .clone()
                .any(|(key, held)| self.is_held_by_code(key, held))
        {
            return Ok(Some(key));
        }
        let entries: Vec<(Key, Value)> = entries
            .map(|(key, held)| (key.clone(), held.clone()))
            .collect();
        self.copies(entries.len());
        let hash = self.hash_of_key(&key, value);
        for (there, held) in entries {
            if there == key {
                return Ok(Some(there));
            }
            match (self.hash_of_key(&there, &held), &hash) {
                (Hash::Number(one), Hash::Number(other)) if one == *other => {}
                (Hash::Unknown, _) | (_, Hash::Unknown) => {
                    self.lose();
                    return Ok(None);
                }
                _ => continue,
            }
            match self.same_or_equal(&held, value, at)? {
                Some(true) => return Ok(Some(there)),
                Some(false) => {}
                None => return Ok(None),
            }
        }
        Ok(Some(key))
    }

    /// Whether the hash of a key that is held is for code of a program's to say.
    pub(super) fn is_held_by_code(&self, key: &Key, held: &Value) -> bool {
        match key {
            Key::Hashed(..) => true,
            Key::Object(_) | Key::Class(_) => self.has_code(held, "__hash__"),
            _ => false,
        }
    }

    fn hash_of_key(&mut self, key: &Key, held: &Value) -> Hash {
        match key {
            Key::Hashed(number, _) => Hash::Number(*number),
            Key::Object(_) | Key::Class(_) if self.has_code(held, "__hash__") => Hash::Unknown,
            Key::Object(_) | Key::Class(_) | Key::Module(_) | Key::Native(_) => Hash::Own,
            Key::None | Key::Ellipsis | Key::NotImplemented => Hash::Own,
            _ => match self.hash_of(held) {
                Ok(Value::Int(number)) => Hash::Number(number),
                _ => Hash::Unknown,
            },
        }
    }
}
