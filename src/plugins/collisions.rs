//! Rows that have one key: who wins, and what is one and the same.

use rustc_hash::FxHashMap;

use crate::plugins::frameworks::Rule;
use crate::plugins::matching::Row;
use crate::semantics::{RowState, Spotted};

/// Leaves of what code comes by several times in one way, one: that which is surest.
pub(super) fn once(rows: &mut Vec<Row>) {
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows.drain(..) {
        let it = &row.registered;
        let told = format!("{:?} {:?} {:?} {}", it.key, it.leads, it.at, row.owner());
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

/// Takes away what a call takes out of a registry again; where it hangs on something whether it is called, the rows say so. Keys of which
/// one alone counts are enough to know a row by.
pub(super) fn removed(rows: &mut Vec<Row>, gone: &Row, rule: &Rule, line: usize) {
    let is_it = |row: &Row| {
        row.registered.key == gone.registered.key
            && (!rule.wins.is_empty() || row.registered.leads == gone.registered.leads)
    };
    if gone.registered.state == RowState::Alive {
        rows.retain(|it| !is_it(it));
        return;
    }
    for row in rows.iter_mut().filter(|it| is_it(it)) {
        row.registered.state = RowState::Unknown(format!("may be taken out again: line {line}"));
    }
}

/// Marks rows whose key another row has, too, where only one of them is found by it.
pub(super) fn collide(rows: &mut [Row], rule: &Rule, analysis: &crate::analysis::Analysis) {
    if rule.wins.is_empty() {
        return;
    }
    let mut by_key: FxHashMap<(String, String), Vec<usize>> = FxHashMap::default();
    for (at, row) in rows.iter().enumerate() {
        let owner = if rule.owner {
            row.owner().to_owned()
        } else {
            String::new()
        };
        if let Some(key) = &row.registered.key
            && row.registered.state == RowState::Alive
        {
            by_key.entry((owner, key.clone())).or_default().push(at);
        }
    }
    for several in by_key.into_values().filter(|it| it.len() > 1) {
        let is_last = rule.wins == "last";
        let winner = if is_last {
            several.last()
        } else {
            several.first()
        };
        let Some(&winner) = winner else { continue };
        let place = match &rows[winner].registered.at {
            Some(Spotted::Source(place)) => analysis.say_place(*place),
            Some(Spotted::File(path, Some(line))) => format!("{path}:{line}"),
            Some(Spotted::File(path, None)) => path.clone(),
            None => String::new(),
        };
        for at in several {
            let same = rows[at].registered.leads == rows[winner].registered.leads;
            if at != winner && !same {
                let which = if is_last { "later" } else { "earlier" };
                rows[at].registered.state =
                    RowState::Replaced(format!("the {which} one wins: {place}"));
            }
        }
    }
}
