//! Objects that others take in: what stands before their keys, whether anything takes them in, and when.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::evaluate::Given;
use crate::plugins::frameworks::Prefix;
use crate::plugins::names::calls::keyword;
use crate::plugins::names::follow::{Instance, Thing};
use crate::plugins::rows::matching::{Matching, Row};
use crate::plugins::sites::places::Site;
use crate::plugins::sites::ran::RanCalls;
use crate::semantics::RowState;
use crate::syntax::ExprKind;

impl Matching<'_, '_> {
    /// The texts that stand before the keys of objects, by the paths of objects that something takes in.
    pub(super) fn prefixes(&self, prefix: &Prefix, sites: &[Site], ran: &RanCalls) -> Prefixes {
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
            // What it unpacks is not known: another call may say what that is.
            let is_vague = of_call.is_none() && call.keywords.iter().any(|it| it.0.is_none());
            let by = match &site.callee {
                Thing::Instance(by) => self.known_as(by),
                _ => String::new(),
            };
            let known = Taken {
                is_open: text.is_none() && of_call.is_some() || is_vague,
                is_vague,
                text: text.map(|it| it.to_string()),
                name: keyword(call, &prefix.naming)
                    .and_then(|it| self.follow.text(it, &site.scope))
                    .map(|it| it.to_string()),
                is_handed: site.is_handed(),
                by,
                at,
            };
            let name = self.known_as(&taken);
            let path = found.names.entry(taken.object.clone());
            path.or_insert_with(|| name.clone());
            let all = found.of.entry(name).or_default();
            if is_vague && !all.is_empty() {
                continue;
            }
            all.retain(|it| !it.is_vague || is_vague);
            // Several may come by one call.
            match all.iter().position(|it| it.is_like(&known)) {
                Some(same) if all[same].is_handed && !known.is_handed => all[same] = known,
                None if all.len() < MOST_WAYS => all.push(known),
                None => self.follow.leave_out(|| {
                    let (shown, line) = (&site.scope.file.shown, site.scope.file.line(site.start));
                    format!("an object is taken in too often: {shown}:{line} is left out")
                }),
                Some(_) => {}
            }
        }
        taken_by_run(prefix, (sites, ran), &mut found);
        found
    }

    /// The text that is said where an object is made.
    fn own_prefix(&self, prefix: &Prefix, of: &Instance) -> Option<Arc<str>> {
        let (made, scope) = self.follow.made_by(of)?;
        let ExprKind::Call(made) = &made.kind else {
            return None;
        };
        self.follow.text(keyword(made, &prefix.keyword)?, &scope)
    }

    /// What tells an object from others that the same statement makes: its path, and the text that it is made with.
    fn known_as(&self, of: &Instance) -> String {
        format!("{} {}", of.object, self.made_as(of).unwrap_or_default())
    }

    /// The text that an object is made with, as its first argument or as its name.
    pub(super) fn made_as(&self, of: &Instance) -> Option<Arc<str>> {
        let (made, scope) = self.follow.made_by(of)?;
        let ExprKind::Call(made) = &made.kind else {
            return None;
        };
        let first = made.arguments.first().or_else(|| keyword(made, "name"));
        self.follow.text(first?, &scope)
    }

    /// The ways in which an object is taken in.
    fn ways<'t>(&self, taken: &'t Prefixes, of: &Instance) -> &'t [Taken] {
        let own = taken.of.get(&self.known_as(of));
        let any = || taken.of.get(taken.names.get(&of.object)?);
        own.or_else(any).map_or(&[], |it| it)
    }

    /// The row for each way in which its object is taken in, with the text before its key that stands there; says where nobody does.
    pub(super) fn prefixed(&self, row: Row, prefix: &Prefix, taken: &Prefixes) -> Vec<Row> {
        let Some(of) = row.object.clone() else {
            return vec![row];
        };
        let ways = self.ways(taken, &of);
        let mut chains = vec![];
        if !chained(taken, ways, &[], &mut chains) {
            let of = &of.object;
            self.follow
                .leave_out(|| format!("`{of}` is taken in, in one another, in too many ways"));
        }
        if ways.is_empty() {
            let text = self.own_prefix(prefix, &of);
            chains.push(text.iter().map(|it| (it.to_string(), None)).collect());
        }
        chains.sort();
        chains.dedup();
        // Which of several objects it is cannot be told.
        let is_any = chains.len() > 1 && self.made_as(&of).is_none();
        let is_open = is_any || is_open(taken, ways);
        let rows = chains.into_iter().map(|chain| {
            let mut row = row.clone();
            for (text, name) in chain {
                if let Some(key) = &mut row.registered.key {
                    *key = joined(&text, key);
                }
                row.of = name.or(row.of);
            }
            self.doubted(&mut row, prefix, (&of, is_open, ways.is_empty()));
            row
        });
        rows.collect()
    }

    /// Says of a row where what stands before its key is not known, or nothing takes its object in.
    fn doubted(
        &self,
        row: &mut Row,
        prefix: &Prefix,
        (of, is_open, is_left): (&Instance, bool, bool),
    ) {
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
        if is_left && row.registered.state == RowState::Alive && is_taken_in() {
            row.registered.state = RowState::Unknown(not_taken(of));
        }
    }

    /// Says of a row where the function that registers it is called for an object which nothing takes in.
    pub(super) fn called_for(
        &self,
        row: &mut Row,
        site: &Site,
        prefix: &Prefix,
        (sites, ran): (&[Site], &RanCalls),
    ) {
        let Some(of) = site.taken() else {
            return;
        };
        if row.registered.state == RowState::Alive
            && self.ways(&self.prefixes(prefix, sites, ran), of).is_empty()
        {
            row.registered.state = RowState::Unknown(not_taken(of));
        }
    }

    /// When what is registered with an object gets to the object that takes that in, in the end: where it is taken in, and then what it has itself before
    /// what it has taken in.
    pub(super) fn turn(&self, taken: &Prefixes, of: Option<&Instance>, own: usize) -> Vec<usize> {
        let mut turns = vec![own];
        let mut ways = of.map_or(&[][..], |it| self.ways(taken, it));
        for depth in 0..MOST_TAKEN_IN {
            // The first call by code that runs from its beginning.
            let surely = ways.iter().find(|it| !it.is_handed);
            let Some(known) = surely.or(ways.first()) else {
                break;
            };
            if depth > 0 {
                // Behind all that stands at the same depth.
                let last = turns.len() - 1;
                turns[last] = turns[last].saturating_add(LATER);
            }
            turns.push(known.at);
            ways = taken.of.get(&known.by).map_or(&[], |it| it);
        }
        turns.reverse();
        turns
    }
}

/// What the run has come by, in the place of what the text says of the same objects.
fn taken_by_run(prefix: &Prefix, (sites, ran): (&[Site], &RanCalls), found: &mut Prefixes) {
    let mut told: FxHashMap<String, Vec<Taken>> = FxHashMap::default();
    for rule in &prefix.ran {
        for (_, call) in ran.of_functions(&rule.call).filter(|it| it.1.is_certain) {
            let Some(Given::Object(taken)) = ran.value(call, &rule.object) else {
                continue;
            };
            let (Some(path), Some(text)) = (&taken.name, ran.first_known(call, &rule.text)) else {
                continue;
            };
            let made = match ran.value(call, &rule.made) {
                Some(Given::Text(text)) => Some(text.clone()),
                _ => None,
            };
            let starts: Vec<(&str, u32)> = call
                .chain
                .iter()
                .map(|it| (it.module.as_str(), it.range.0))
                .collect();
            let is_it = |it: &Site| starts.contains(&(it.scope.file.name.as_str(), it.start));
            let known = Taken {
                text: Some(text).filter(|it| !it.is_empty()),
                name: ran
                    .first_known(call, &rule.name)
                    .filter(|it| !it.is_empty() && Some(it) != made.as_ref()),
                is_open: false,
                is_vague: false,
                is_handed: false,
                by: String::new(),
                at: sites.iter().position(is_it).unwrap_or(sites.len()),
            };
            let name = format!("{path} {}", made.unwrap_or_default());
            let all = told.entry(name.clone()).or_default();
            found.names.entry(path.clone()).or_insert(name);
            if !all.iter().any(|it| it.is_like(&known)) && all.len() < MOST_WAYS {
                all.push(known);
            }
        }
    }
    found.of.extend(told);
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
    if key.is_empty() || prefix.is_empty() {
        return format!("{prefix}{key}");
    }
    format!(
        "{}/{}",
        prefix.trim_end_matches('/'),
        key.trim_start_matches('/')
    )
}

/// The text before the keys of an object that is taken in, and the name under which that is.
type Link = (String, Option<String>);

/// The texts before a key, the innermost first, for each way in which an object is taken in; false where some are left out.
fn chained(taken: &Prefixes, ways: &[Taken], inside: &[Link], chains: &mut Vec<Vec<Link>>) -> bool {
    // One of which the text is not known says nothing beside another.
    let is_any_known = ways.iter().any(|it| !it.is_open);
    let mut is_whole = true;
    for way in ways.iter().filter(|it| !(is_any_known && it.is_open)) {
        let mut chain = inside.to_vec();
        chain.push((way.text.clone().unwrap_or_default(), way.name.clone()));
        match taken.of.get(&way.by) {
            _ if chain.len() >= MOST_TAKEN_IN || chains.len() >= MOST_WAYS => return false,
            Some(around) => is_whole &= chained(taken, around, &chain, chains),
            None => chains.push(chain),
        }
    }
    is_whole
}

/// Whether a text before a key is not known.
fn is_open<'t>(taken: &'t Prefixes, ways: &'t [Taken]) -> bool {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut waiting: Vec<&'t Taken> = ways.iter().collect();
    while let Some(it) = waiting.pop() {
        if it.is_open {
            return true;
        }
        if seen.insert(&it.by) {
            waiting.extend(taken.of.get(&it.by).into_iter().flatten());
        }
    }
    false
}

/// How an object is taken in by another one.
struct Taken {
    /// The text that stands before its keys.
    text: Option<String>,
    /// The name under which it is taken in, where the call says another than its own.
    name: Option<String>,
    /// Whether there is one that is not known.
    is_open: bool,
    /// Whether its call unpacks what is not known.
    is_vague: bool,
    /// Whether nothing is known of when that happens.
    is_handed: bool,
    /// What the object that takes it in is known as.
    by: String,
    /// Which site it is that does.
    at: usize,
}

impl Taken {
    /// Whether it says the same of the keys.
    fn is_like(&self, other: &Self) -> bool {
        (&self.text, &self.name, self.is_open, &self.by)
            == (&other.text, &other.name, other.is_open, &other.by)
    }
}

/// How objects are taken in, by what they are known as.
#[derive(Default)]
pub(super) struct Prefixes {
    of: FxHashMap<String, Vec<Taken>>,
    /// What the first object of each path is known as.
    names: FxHashMap<String, String>,
}

/// In how many ways an object is taken in that are looked at.
const MOST_WAYS: usize = 64;

/// How often what takes in another may be taken in.
const MOST_TAKEN_IN: usize = 16;
