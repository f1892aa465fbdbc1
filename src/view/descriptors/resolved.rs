//! Places and locks by what they come to, once it is known what a descriptor holds: `obj._price` for `instance.{self.key}`.

use std::fmt::Write as _;

use crate::analysis::ClassRef;
use crate::semantics::{Held, HeldBy, HeldByOne};
use crate::syntax::{Effect, Holder, Kept};
use crate::view::descriptors::below::Context;

/// A place where a value is kept, and under which name of the object, where that is known.
pub(super) struct Spot {
    /// As it is said: `obj._price`, `self.value (of the descriptor: one for all instances)`.
    pub(super) text: String,
    /// `_price`, whether it is reached as an attribute or as an entry of `__dict__`.
    pub(super) key: Option<String>,
}

/// What a place comes to.
pub(super) fn spot(kept: &Kept, held: Option<&HeldByOne>) -> Spot {
    match (kept.holder, held) {
        (Holder::Instance, Some(held)) => {
            let text = with_keys(&kept.text, held);
            let key = key_of(&text).map(str::to_owned);
            Spot { text, key }
        }
        (Holder::Descriptor, _) if !kept.text.contains('[') => Spot {
            text: format!("{} of the descriptor: one for all instances", kept.text),
            key: None,
        },
        _ => Spot {
            key: key_of(&kept.text).map(str::to_owned),
            text: kept.text.clone(),
        },
    }
}

/// A place on the instance with the keys that a descriptor holds in place of the expressions: `instance.__dict__[self.key]` becomes
/// `obj.__dict__["_price"]`. What is not known stays as it is written.
pub(super) fn with_keys(text: &str, held: &HeldByOne) -> String {
    let Some((root, mut rest)) = text.split_once('.') else {
        return text.to_owned();
    };
    let mut said = String::from("obj.");
    while let Some(at) = rest.find(['{', '[']) {
        let (before, from) = rest.split_at(at);
        let Some(end) = matching(from) else {
            break;
        };
        said.push_str(before);
        let (inside, is_item) = (&from[1..end], from.starts_with('['));
        match (value_of(inside, root, held), is_item) {
            (Some(key), true) => {
                // Writing to a `String` cannot fail.
                let _ = write!(said, "[{key:?}]");
            }
            (Some(key), false) => said.push_str(&key),
            (None, _) => said.push_str(&from[..=end]),
        }
        rest = &from[end + 1..];
    }
    said.push_str(rest);
    said
}

/// Where the bracket closes that a text begins with.
fn matching(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, char) in text.char_indices() {
        match char {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The text that the expression of a key comes to: an attribute of the descriptor, a literal, several put together.
fn value_of(written: &str, instance: &str, held: &HeldByOne) -> Option<String> {
    let text_of = |part: &str| {
        let (root, name) = part.split_once('.')?;
        match held.fields.get(name)? {
            Held::Text(text) if root != instance => Some(text.to_string()),
            _ => None,
        }
    };
    let plain = |text: &str| (!text.contains(['\\', '"', '…'])).then(|| text.to_owned());
    let quoted = |text: &str, before: &str| {
        let inside = text.strip_prefix(before)?.strip_suffix('"')?;
        Some(inside.to_owned())
    };
    let parts = written.split(" + ").map(|part| {
        if let Some(literal) = quoted(part, "\"") {
            return plain(&literal);
        }
        let Some(joined) = quoted(part, "f\"") else {
            return text_of(part);
        };
        let mut said = String::new();
        let mut rest = joined.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (inside, behind) = after.split_once('}')?;
            said.push_str(&plain(before)?);
            said.push_str(&text_of(inside)?);
            rest = behind;
        }
        said.push_str(&plain(rest)?);
        Some(said)
    });
    parts.collect()
}

/// The name of the object that a place is: of `obj._price`, `self._price` and `obj.__dict__["_price"]` it is `_price`.
fn key_of(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('.')?;
    let entry = rest.strip_prefix("__dict__[\"");
    if let Some(key) = entry.and_then(|it| it.strip_suffix("\"]")) {
        return Some(key);
    }
    (!rest.contains(['.', '[', '{', '('])).then_some(rest)
}

/// Whose lock it is that a body takes.
pub(super) fn owner(effect: &Effect, on: Context<'_>, held: Option<&HeldBy>) -> Option<String> {
    let (holder, name) = effect.on.as_ref()?;
    let held = held.and_then(|it| it.get(on.name));
    let (holder, descriptor) = match (holder, on.is_descriptor) {
        (Holder::Instance, true) => (Holder::Descriptor, Some(on.instance)),
        (holder, _) => (*holder, on.descriptor),
    };
    let class = on.instance;
    let of_class = |class: ClassRef<'_>| {
        let on = class.winner(name)?.class;
        Some(format!("of the class {}: one for all", on.name()))
    };
    let said = match holder {
        Holder::Descriptor => match held.and_then(|it| it.fields.get(name)) {
            Some(Held::Lock) => "of the descriptor: one for all instances".to_owned(),
            Some(Held::Locks(count)) => format!("one of the {count} of the descriptor"),
            _ => descriptor.and_then(of_class)?,
        },
        Holder::Instance => {
            let ancestors = class.known_ancestry();
            let set = ancestors.iter().find_map(|ancestor| {
                let mut assigned = ancestor.assigned().iter();
                let by = assigned.find(|it| it.name == *name && !it.is_pattern && !it.on_class)?;
                Some(format!("{}.{}", ancestor.name(), by.method))
            });
            match set {
                Some(by) => format!("one for each instance, set in {by}"),
                None => of_class(class)?,
            }
        }
        Holder::Outside => format!("{name} of the module: one for all"),
    };
    Some(said)
}

/// `b` as it is said behind `a`, where several keep their values in one place.
pub(super) fn shared(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|it| format!("`{it}`")).collect();
    format!("the place of {}, too", quoted.join(", "))
}
