//! What a container holds, in words, where its own representation is not known: it holds instances of the project's classes.

use crate::Name;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, Value};

impl Run<'_, '_> {
    /// How many of which a container holds, in words: none where it is empty, or may hold more.
    pub(crate) fn what_it_holds(&self, value: &Value) -> Option<Name> {
        let Value::Object(id) = value else {
            return None;
        };
        let (kind, items): (&str, Vec<&Value>) = match self.object(*id) {
            Object::List { items, open: false } => ("list", items.iter().collect()),
            Object::Set {
                items, open: false, ..
            } => ("set", items.values().collect()),
            Object::Dict(dict) if !dict.open => {
                ("dict", dict.entries.values().map(|(_, it)| it).collect())
            }
            _ => return None,
        };
        let first = items.first()?;
        let of = self.type_name(first);
        let is_one_kind = items.iter().take(64).all(|it| self.type_name(it) == of);
        let count = items.len();
        Some(Name::from(
            if is_one_kind && count <= 64 && self.class_of(first).is_some() {
                format!("{kind} of {count} {of}")
            } else {
                format!("{kind} of {count}")
            },
        ))
    }
}
