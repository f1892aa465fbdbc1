//! Rows that have one key: who wins, and what is one and the same.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::Analysis;
use crate::plugins::frameworks::Rule;
use crate::plugins::names::follow::is_same;
use crate::plugins::rows::matching::Row;
use crate::semantics::{Leads, RowState, Spotted};

/// Leaves of what code comes by several times in one way, one: that which is surest. Where several stand side by side under a key, each
/// round of a loop that makes something has its own.
pub(super) fn once(rows: &mut Vec<Row>, rule: &Rule) {
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows.drain(..) {
        let it = &row.registered;
        let round = row.round.as_ref().filter(|_| rule.wins.is_empty());
        let told = format!(
            "{:?} {:?} {:?} {} {:?} {round:?} {:?}",
            it.key,
            it.leads,
            it.at,
            row.owner(),
            row.of,
            row.same_as
        );
        if let Some(&at) = known.get(&told) {
            let known = &mut kept[at].registered.state;
            if matches!(known, RowState::Unknown(_)) {
                *known = row.registered.state;
            }
        } else {
            known.insert(told, kept.len());
            kept.push(row);
        }
    }
    *rows = kept;
}

/// Leaves of what is certainly registered several times what the last call says; functions that functions make are others each time.
pub(super) fn unique(rows: &mut Vec<Row>) {
    let told = |row: &Row| {
        let it = &row.registered;
        let is_plain = match &it.leads {
            Leads::Named { path, .. } => !path.contains("<locals>"),
            Leads::Class(_) => true,
            Leads::Text(_) => false,
        };
        (is_plain && it.state == RowState::Alive).then(|| format!("{:?}", it.leads))
    };
    let mut last: FxHashMap<String, usize> = FxHashMap::default();
    for (at, row) in rows.iter().enumerate() {
        last.extend(told(row).map(|it| (it, at)));
    }
    let mut at = 0;
    rows.retain(|row| {
        let is_last = told(row).is_none_or(|it| last.get(&it) == Some(&at));
        at += 1;
        is_last
    });
}

/// Of what calls say is the same under one key the first is there.
pub(super) fn same(rows: &mut Vec<Row>, analysis: &Analysis) {
    let mut first: FxHashMap<(Option<String>, Option<String>, String), usize> =
        FxHashMap::default();
    let mut again: Vec<(usize, usize)> = vec![];
    for (at, row) in rows.iter().enumerate() {
        let is_known = |it: &String| !it.ends_with(" ?");
        if let Some(same) = &row.same_as
            && row.registered.state == RowState::Alive
            && row.registered.key.as_ref().is_none_or(is_known)
        {
            let key = (row.registered.key.clone(), row.keyed.clone(), same.clone());
            match first.get(&key) {
                Some(&first) => again.push((at, first)),
                None => {
                    first.insert(key, at);
                }
            }
        }
    }
    for (at, first) in again.into_iter().rev() {
        if rows[at].registered.leads == rows[first].registered.leads {
            rows.remove(at);
        } else {
            let place = place_of(&rows[first], analysis);
            rows[at].registered.state =
                RowState::Replaced(format!("the earlier one is the same to it: {place}"));
        }
    }
}

/// Where a row stands.
fn place_of(row: &Row, analysis: &Analysis) -> String {
    match &row.registered.at {
        Some(Spotted::Source(place)) => analysis.say_place(*place),
        Some(Spotted::File(path, Some(line))) => format!("{path}:{line}"),
        Some(Spotted::File(path, None)) => path.clone(),
        None => String::new(),
    }
}

/// Leaves out what stands there only where nothing else has its key; of several such rows one is left.
pub(super) fn beneath(rows: &mut Vec<Row>) {
    let key = |it: &Row| (it.registered.key.clone(), it.keyed.clone());
    let mut known: FxHashMap<_, bool> = FxHashMap::default();
    for row in rows.iter().filter(|it| !it.is_beneath) {
        let is_sure = known.entry(key(row)).or_insert(false);
        *is_sure |= row.registered.state == RowState::Alive;
    }
    let mut met: FxHashSet<_> = FxHashSet::default();
    rows.retain_mut(|row| {
        if !row.is_beneath {
            return true;
        }
        let above = known.get(&key(row));
        if above.is_some() {
            let why = "another one may have its key";
            row.registered.state = RowState::Unknown(String::from(why));
        }
        above != Some(&true) && met.insert(key(row))
    });
}

/// Puts the name of the object behind the key of a row that is registered with another one than the rule's own: keys are each object's.
pub(super) fn of_its_object(row: &mut Row, rule: &Rule) {
    if rule.own.is_empty() {
        return;
    }
    let Some(of) = &row.object else { return };
    if rule.own.iter().any(|it| is_same(it, &of.object)) {
        row.object = None;
        return;
    }
    let name = of.object.split_once(':').map_or(&*of.object, |it| it.1);
    let name = match of.attributes.rsplit_once('.').map_or("", |it| it.0) {
        "" => name.to_owned(),
        around => format!("{name}.{around}"),
    };
    match &mut row.registered.key {
        Some(key) if !name.is_empty() => {
            key.push(' ');
            key.push_str(&name);
        }
        _ => {}
    }
}

/// Takes away what a call takes out of a registry again; where it hangs on something whether it is called, the rows say so. A row is known by its
/// key where one of each alone counts, or where the call says nothing but the key; by what it leads to where the call says no key.
pub(super) fn removed(
    rows: &mut Vec<Row>,
    gone: &Row,
    rule: &Rule,
    (line, is_executed): (usize, bool),
) {
    let is_named = matches!(gone.registered.leads, Leads::Text(_));
    let is_it = |row: &Row| {
        let is_of_it =
            row.owner().is_empty() || gone.owner().is_empty() || row.owner() == gone.owner();
        let has_key = gone.registered.key.is_none()
            || row.registered.key == gone.registered.key && row.keyed == gone.keyed;
        let has_it = is_named || row.registered.leads == gone.registered.leads;
        is_of_it && has_key && (gone.registered.key.is_some() && !rule.wins.is_empty() || has_it)
    };
    // What nobody is seen to call takes out something that is not known, some day.
    if is_named && gone.registered.key.is_none() && !is_executed {
        return;
    }
    if gone.registered.state == RowState::Alive {
        rows.retain(|it| !is_it(it));
        return;
    }
    for row in rows.iter_mut().filter(|it| is_it(it)) {
        row.registered.state = RowState::Unknown(format!("may be taken out again: line {line}"));
    }
}

/// Marks rows whose key a call refuses, before or after they come.
pub(super) fn refused(rows: &mut [Row], refusals: &[(Row, String)]) {
    for (refusal, place) in refusals {
        let is_it = |row: &&mut Row| {
            row.registered.key == refusal.registered.key
                && (row.owner().is_empty()
                    || refusal.owner().is_empty()
                    || row.owner() == refusal.owner())
        };
        for row in rows.iter_mut().filter(is_it) {
            row.registered.state = match refusal.registered.state {
                RowState::Alive => RowState::Refused(format!("its name is blocked: {place}")),
                _ => RowState::Unknown(format!("its name may be blocked: {place}")),
            };
        }
    }
}

/// Marks rows whose key another row has, too, where only one of them is found by it.
pub(super) fn collide(rows: &mut Vec<Row>, rule: &Rule, analysis: &Analysis) {
    if rule.wins.is_empty() {
        return;
    }
    let mut by_key: FxHashMap<(String, String, Option<String>), Vec<usize>> = FxHashMap::default();
    for (at, row) in rows.iter().enumerate() {
        let owner = if rule.owner {
            row.owner().to_owned()
        } else {
            String::new()
        };
        let is_unseen = rule.files.as_ref().is_some_and(|it| it.unseen);
        let has_key = match row.registered.state {
            RowState::Alive => true,
            RowState::Dead(_) => is_unseen,
            _ => false,
        };
        if let Some(key) = &row.registered.key
            && has_key
        {
            let key = (owner, key.clone(), row.keyed.clone());
            by_key.entry(key).or_default().push(at);
        }
    }
    let mut again: Vec<usize> = vec![];
    for several in by_key.into_values().filter(|it| it.len() > 1) {
        let is_last = rule.wins == "last";
        let winner = if is_last {
            several.last()
        } else {
            several.first()
        };
        let Some(&winner) = winner else { continue };
        let place = place_of(&rows[winner], analysis);
        for at in several {
            let same = rows[at].registered.leads == rows[winner].registered.leads;
            if at != winner && same && rule.once {
                again.push(at);
            } else if at != winner && !same {
                let which = if is_last { "later" } else { "earlier" };
                rows[at].registered.state =
                    RowState::Replaced(format!("the {which} one wins: {place}"));
            }
        }
    }
    again.sort_unstable();
    for at in again.into_iter().rev() {
        rows.remove(at);
    }
}

/// Puts those of one key in the order of what their calls say, the least first; `usual` is what counts where a call says nothing.
pub(super) fn by_priority(rows: &mut [Row], usual: i64) {
    let mut places: FxHashMap<Option<String>, Vec<usize>> = FxHashMap::default();
    for (at, row) in rows.iter().enumerate() {
        let key = row.registered.key.clone();
        places.entry(key).or_default().push(at);
    }
    // Each place gets the row that is to stand there.
    let mut to = vec![0; rows.len()];
    for places in places.into_values() {
        let mut sorted = places.clone();
        sorted.sort_by_key(|&at| rows[at].priority.unwrap_or(usual));
        for (place, from) in places.into_iter().zip(sorted) {
            to[from] = place;
        }
    }
    for at in 0..rows.len() {
        while to[at] != at {
            let other = to[at];
            rows.swap(at, other);
            to.swap(at, other);
        }
    }
}
