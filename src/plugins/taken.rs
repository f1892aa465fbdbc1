//! Objects that others take in: what stands before their keys, whether anything takes them in, and when.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::plugins::follow::{Instance, Thing};
use crate::plugins::frameworks::Prefix;
use crate::plugins::keys::keyword;
use crate::plugins::matching::{Matching, Row};
use crate::plugins::sites::Site;
use crate::semantics::RowState;
use crate::syntax::ExprKind;

impl Matching<'_, '_> {
    /// The texts that stand before the keys of objects, by the paths of objects that something takes in.
    pub(super) fn prefixes(&self, prefix: &Prefix, sites: &[Site]) -> Prefixes {
        let mut found = Prefixes::default();
        for (at, site) in sites.iter().enumerate() {
            let Some(call) = site.arguments() else {
                continue;
            };
            // Whatever takes it in: extensions have methods of the same name.
            let ExprKind::Attribute(_, name) = &call.function.kind else {
                continue;
            };
            let Some(first) = call
                .arguments
                .first()
                .filter(|_| prefix.method.iter().any(|it| it == name.as_str()))
            else {
                continue;
            };
            let Thing::Instance(taken) = self.follow.settled(first, &site.scope) else {
                continue;
            };
            let of_call = keyword(call, &prefix.keyword);
            let text = match of_call {
                Some(given) if !self.is_literal_none(given, &site.scope) => {
                    self.follow.text(given, &site.scope)
                }
                _ => self.own_prefix(prefix, &taken),
            };
            let known = found.entry(taken.object.clone()).or_default();
            // The first call by code that runs from its beginning.
            if known
                .at
                .is_none_or(|it| sites[it].is_handed() && !site.is_handed())
            {
                known.at = Some(at);
            }
            known.is_open |= text.is_none() && of_call.is_some();
            if known.text.is_none() {
                known.text = text.map(|it| it.to_string());
            }
            if let Thing::Instance(by) = &site.callee
                && known.by.is_empty()
            {
                known.by.clone_from(&by.object);
            }
        }
        found
    }

    /// The text that is said where an object is made.
    fn own_prefix(&self, prefix: &Prefix, of: &Instance) -> Option<Arc<str>> {
        let (scope, made) = of.call.as_ref()?;
        let ExprKind::Call(made) = &made.kind else {
            return None;
        };
        self.follow.text(keyword(made, &prefix.keyword)?, scope)
    }

    /// Puts the text before a row's key that stands there, and says where its object is taken in by nobody.
    pub(super) fn prefixed(&self, row: &mut Row, prefix: &Prefix, taken: &Prefixes) {
        let Some(of) = row.object.clone() else {
            return;
        };
        let text = match taken.get(&of.object) {
            Some(known) => known.text.as_deref().map(Arc::from),
            None => self.own_prefix(prefix, &of),
        };
        if let (Some(text), Some(key)) = (text, &mut row.registered.key) {
            *key = joined(&text, key);
        }
        // One that is taken in by another that is taken in itself.
        let mut around = taken.get(&of.object);
        let mut is_open = around.is_some_and(|it| it.is_open);
        for _ in 0..MOST_TAKEN_IN {
            around = around.and_then(|it| taken.get(&it.by));
            let Some(known) = around else {
                break;
            };
            is_open |= known.is_open;
            if let (Some(text), Some(key)) = (&known.text, &mut row.registered.key) {
                *key = joined(text, key);
            }
        }
        if is_open && row.registered.state == RowState::Alive {
            let why = "what stands before its key is worked out when it runs";
            row.registered.state = RowState::Unknown(String::from(why));
        }
        let is_taken_in = || {
            prefix
                .taken
                .iter()
                .any(|it| self.follow.is_a(&of.class, it))
        };
        if !taken.contains_key(&of.object)
            && row.registered.state == RowState::Alive
            && is_taken_in()
        {
            row.registered.state = RowState::Unknown(not_taken(&of));
        }
    }

    /// Says of a row where the function that registers it is called for an object which nothing takes in.
    pub(super) fn called_for(&self, row: &mut Row, site: &Site, prefix: &Prefix, sites: &[Site]) {
        let Some(of) = site.taken() else {
            return;
        };
        if row.registered.state == RowState::Alive
            && !self.prefixes(prefix, sites).contains_key(&of.object)
        {
            row.registered.state = RowState::Unknown(not_taken(of));
        }
    }

    /// When what is registered with an object gets to the object that takes that in, in the end: where it is taken in, and then what it has itself before
    /// what it has taken in.
    pub(super) fn turn(&self, taken: &Prefixes, object: &str, own: usize) -> Vec<usize> {
        let mut turns = vec![own];
        let mut object = object;
        for depth in 0..MOST_TAKEN_IN {
            let Some((known, at)) = taken.get(object).and_then(|it| Some((it, it.at?))) else {
                break;
            };
            if depth > 0 {
                // Behind all that stands at the same depth.
                let last = turns.len() - 1;
                turns[last] = turns[last].saturating_add(LATER);
            }
            turns.push(at);
            object = &known.by;
        }
        turns.reverse();
        turns
    }
}

/// More than the number of any site.
const LATER: usize = usize::MAX / 4;

/// Why what an object does is not certain.
fn not_taken(of: &Instance) -> String {
    match of.object.split_once(':').map_or(&*of.object, |it| it.1) {
        "" => String::from("nothing that is known takes it in"),
        name => format!("nothing that is known takes in `{name}`"),
    }
}

/// A key behind the text that stands before the keys of its object.
fn joined(prefix: &str, key: &str) -> String {
    if !key.starts_with('/') || prefix.is_empty() {
        return format!("{prefix}{key}");
    }
    format!(
        "{}/{}",
        prefix.trim_end_matches('/'),
        key.trim_start_matches('/')
    )
}

/// How an object is taken in by another one.
#[derive(Default)]
pub(super) struct Taken {
    /// The text that stands before its keys.
    text: Option<String>,
    /// Whether there is one that is not known.
    is_open: bool,
    /// The path of the object that takes it in.
    by: String,
    /// Which site it is that does.
    at: Option<usize>,
}

/// How objects are taken in, by their paths.
pub(super) type Prefixes = FxHashMap<String, Taken>;

/// How often what takes in another may be taken in.
const MOST_TAKEN_IN: usize = 16;
