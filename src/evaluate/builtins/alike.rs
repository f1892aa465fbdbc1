//! Which entry of a dict or set an object is whose hash is for code of a program's to say: the first whose hash is the same and which is the
//! same or equal (`set_lookkey` in `Objects/setobject.c`, `_Py_dict_lookup` in `Objects/dictobject.c`).
//!
//! Hashes that hang on addresses, or on the seed of a process, are taken to differ from all others.

use crate::evaluate::machine::identity::hash_of_text;
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
        entries: impl Iterator<Item = (&'a Key, &'a Value)>,
        key: Key,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Key>> {
        if !self.may_be_under_another(&key, value) {
            return Ok(Some(key));
        }
        let alike = self.alike(entries, &key, value);
        self.key_of_alike(alike, key, value, at)
    }

    /// Whether a value may be found under another key than its own: it, or an object like it, has a `__hash__`.
    pub(super) fn may_be_under_another(&mut self, key: &Key, value: &Value) -> bool {
        match key {
            Key::Hashed(..) => true,
            _ if self.is_traced() => true,
            _ if self.hashes_by_code.is_empty() => false,
            // Its hash is not known now, and may have been before.
            Key::Object(_) => self.has_code(value, "__hash__"),
            Key::Int(_) | Key::BigInt(_) | Key::Float(_) | Key::Complex(..) => true,
            Key::Str(_) | Key::Bytes(_) => match self.hash_of(value) {
                Ok(Value::Int(number)) => self.hashes_by_code.contains(&number),
                _ => false,
            },
            _ => false,
        }
    }

    /// The entries of a container that a key has to be held against, where there are any besides itself.
    pub(super) fn alike<'a>(
        &self,
        entries: impl Iterator<Item = (&'a Key, &'a Value)>,
        key: &Key,
        value: &Value,
    ) -> Vec<(Key, Value)> {
        let is_unknown = matches!(key, Key::Object(_)) && self.has_code(value, "__hash__");
        let mut is_by_code = is_unknown || matches!(key, Key::Hashed(..));
        let alike = entries.filter(|&(there, held)| {
            is_by_code |= self.is_held_by_code(there, held);
            match (there, key) {
                _ if there == key => true,
                (Key::Hashed(one, _), Key::Hashed(other, _)) => one == other,
                (Key::Hashed(..), Key::Object(_) | Key::Class(_) | Key::Tuple(_)) => {
                    is_unknown || self.is_traced()
                }
                (Key::Object(_) | Key::Class(_), _) => self.has_code(held, "__hash__"),
                (Key::Str(_), Key::Hashed(number, _)) => match held {
                    Value::Str(text) => {
                        matches!(hash_of_text(text), Value::Int(it) if it == *number)
                    }
                    _ => true,
                },
                _ => !is_unknown || self.is_traced(),
            }
        });
        let alike = alike.map(|(there, held)| (there.clone(), held.clone()));
        let alike: Vec<(Key, Value)> = alike.collect();
        if is_by_code { alike } else { vec![] }
    }

    /// Which of these a key is, or its own.
    pub(super) fn key_of_alike(
        &mut self,
        alike: Vec<(Key, Value)>,
        key: Key,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Key>> {
        if alike.is_empty() {
            return Ok(Some(key));
        }
        self.copies(alike.len());
        let hash = self.hash_of_key(&key, value);
        for (there, held) in alike {
            if there == key {
                return Ok(Some(there));
            }
            match (self.hash_of_key(&there, &held), &hash) {
                (Hash::Number(one), Hash::Number(other)) if one == *other => {}
                (Hash::Unknown, _) | (_, Hash::Unknown) => {
                    self.lose();
                    if self.is_traced() {
                        return Ok(None);
                    }
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
