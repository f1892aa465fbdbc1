//! Mappings that are written out: their keys and values, copies and sums of them.

use std::sync::Arc;

use crate::plugins::files::bound::is_container;
use crate::plugins::names::follow::{Follow, Scope, Thing, What};
use crate::plugins::names::rounds::changes_container;
use crate::plugins::names::written::{Pair, said};
use crate::syntax::{BinaryOp, Call, ComprehensionKind, Expr, ExprKind};

/// What makes a mapping of another one, of pairs, or of keywords.
const MAPPINGS: [&str; 3] = ["dict", "OrderedDict", "MappingProxyType"];

impl Follow<'_> {
    /// The keys and values of a mapping.
    pub(in crate::plugins) fn entries(&self, of: &Thing) -> Option<Vec<Pair>> {
        let Thing::Value(scope, value) = of else {
            return None;
        };
        match &value.kind {
            ExprKind::Dict(entries) => {
                let mut found = vec![];
                for (key, value) in entries {
                    let value = self.expr(value, scope);
                    match key {
                        Some(key) => found.push((self.expr(key, scope), value)),
                        None => found.extend(self.entries(&value)?),
                    }
                }
                Some(found)
            }
            ExprKind::Comprehension(it) if it.kind == ComprehensionKind::Dict => {
                let value = it.value.as_ref()?;
                let scopes = self.comprehended(it, scope)?;
                let pairs = scopes.iter();
                let pairs =
                    pairs.map(|scope| (self.expr(&it.element, scope), self.expr(value, scope)));
                Some(pairs.collect())
            }
            // `DEFAULTS | {"open": True}`
            ExprKind::Binary(sum) if sum.1 == BinaryOp::Or => {
                let mut found = self.entries(&self.settled(&sum.0, scope))?;
                found.extend(self.entries(&self.settled(&sum.2, scope))?);
                Some(found)
            }
            ExprKind::Call(call) => self.entries_of_call(call, scope),
            _ => None,
        }
    }

    /// The keys and values that a call gives: `dict(DEFAULTS, open=True)`, `DEFAULTS.copy()`.
    fn entries_of_call(&self, call: &Call, scope: &Scope) -> Option<Vec<Pair>> {
        let of_all = |it: &Expr| {
            let of = self.settled(it, scope);
            self.entries(&of).or_else(|| self.pairs(&of))
        };
        match &call.function.kind {
            ExprKind::Name(name) | ExprKind::Attribute(_, name)
                if MAPPINGS.contains(&name.as_str()) && call.arguments.len() <= 1 =>
            {
                let mut found = match call.arguments.first() {
                    Some(first) => of_all(first)?,
                    None => vec![],
                };
                for (name, value) in &call.keywords {
                    match name {
                        Some(name) => found.push((said(name, scope), self.expr(value, scope))),
                        None => found.extend(self.entries(&self.settled(value, scope))?),
                    }
                }
                Some(found)
            }
            ExprKind::Name(name) | ExprKind::Attribute(_, name)
                if matches!(name.as_str(), "copy" | "deepcopy") && call.keywords.is_empty() =>
            {
                match (&call.function.kind, &*call.arguments) {
                    (ExprKind::Attribute(of, _), []) => self.entries(&self.settled(of, scope)),
                    (_, [of]) => self.entries(&self.settled(of, scope)),
                    _ => None,
                }
            }
            _ => self.as_dict(call, scope),
        }
    }

    /// Pairs as keys and values: `dict([("name", value)])`.
    fn pairs(&self, of: &Thing) -> Option<Vec<Pair>> {
        let pairs = self.each(of)?.into_iter().map(|it| {
            let mut parts = self.each(&it)?.into_iter();
            match (parts.next(), parts.next(), parts.next()) {
                (Some(key), Some(value), None) => Some((key, value)),
                _ => None,
            }
        });
        pairs.collect()
    }

    /// What a mapping has under a key.
    pub(in crate::plugins) fn entry(&self, of: &Thing, key: &str) -> Option<Thing> {
        let entries = self.entries(of)?;
        let keys: Vec<Arc<str>> = entries
            .iter()
            .map(|it| self.text_of(&it.0))
            .collect::<Option<_>>()?;
        let at = keys.iter().rposition(|it| **it == *key)?;
        entries.into_iter().nth(at).map(|it| it.1)
    }
}

/// Functions that change nothing of what they are handed.
const READING: [&str; 13] = [
    "", "dict", "len", "print", "sorted", "list", "tuple", "set", "repr", "str", "bool", "iter",
    "copy",
];

impl Follow<'_> {
    /// Whether an expression makes a container of its own, or calls what gives one.
    pub(super) fn holds(&self, value: &Expr, scope: &Scope) -> bool {
        let gives = || match self.expr(value, scope) {
            Thing::Value(_, it) => is_container(&it),
            Thing::Several(_) => true,
            _ => false,
        };
        is_container(value) || matches!(value.kind, ExprKind::Call(_)) && gives()
    }
}

/// How many functions in one another may be handed a mapping.
const DEEPEST_HANDED: u32 = 3;

impl Follow<'_> {
    /// Whether a function that stands before an offset is handed what a name holds, and may change it: `override(config)`.
    pub(super) fn may_be_changed(&self, name: &str, at: u32, scope: &Scope) -> bool {
        let text = scope.file.text.get(..at as usize);
        text.is_none_or(|text| self.is_changed_in(text, name, scope, 0))
    }

    fn is_changed_in(&self, text: &str, name: &str, scope: &Scope, depth: u32) -> bool {
        let handed = text.match_indices(name).filter_map(|(at, _)| {
            let behind = text[at + name.len()..].trim_start();
            let is_whole = !text[..at].ends_with(is_of_name) && behind.starts_with([')', ',']);
            is_whole.then(|| called_around(&text[..at]))?
        });
        let mut handed = handed.filter(|it| !READING.contains(it));
        handed.any(|called| depth >= DEEPEST_HANDED || self.changes(called, scope, depth))
    }

    /// Whether a function, by the path that stands before its call, may change what it is handed.
    fn changes(&self, called: &str, scope: &Scope, depth: u32) -> bool {
        let mut parts = called.split('.');
        let first = self.name(parts.next().unwrap_or_default(), scope);
        let function = parts.fold(first, |of, name| self.attribute(&of, name));
        let Thing::Defined(function) = function else {
            return true;
        };
        let (What::Function(def), Some(file)) = (&function.what, &function.file) else {
            return true;
        };
        let Some(text) = file.text.get(def.start as usize..def.end as usize) else {
            return true;
        };
        let inside = text.find(':').map_or(text, |at| &text[at..]);
        def.parameters.iter().any(|it| {
            changes_container(inside, &it.name)
                || self.is_changed_in(inside, &it.name, &Scope::of(file), depth + 1)
        })
    }
}

fn is_of_name(it: char) -> bool {
    it.is_alphanumeric() || it == '_'
}

/// The path of the function in whose parentheses the end of a text stands; empty where they are no call's, none where there are none.
fn called_around(text: &str) -> Option<&str> {
    let mut depth = 0;
    let open = text.rfind(|it: char| {
        match it {
            ')' | ']' | '}' => depth += 1,
            '(' | '[' | '{' if depth > 0 => depth -= 1,
            '(' => return true,
            _ => {}
        }
        false
    })?;
    let before = &text[..open];
    let start = before.rfind(|it: char| !is_of_name(it) && it != '.');
    Some(&before[start.map_or(0, |it| it + 1)..])
}
