//! What the run has registered, beside what the text says: where the run has come by a call, its answer stands.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::analysis::Analysis;
use crate::plugins::frameworks::Rule;
use crate::plugins::names::follow::is_same;
use crate::plugins::rows::applied::Applying;
use crate::plugins::rows::matching::Row;
use crate::plugins::rows::ran::{Met, path_of};
use crate::semantics::{Leads, RowState, Spotted};

/// Rows of the text, as they are held against what the run says.
struct Rows<'r> {
    all: &'r [Row],
    /// Which of them lead to a path.
    of_path: FxHashMap<String, Vec<usize>>,
    /// Where each stands: the file, and the offset.
    stands: Vec<Option<(String, u32)>>,
}

impl<'r> Rows<'r> {
    fn new(rows: &'r [Row], analysis: &Analysis) -> Self {
        let mut of_path: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, row) in rows.iter().enumerate() {
            if let Some(path) = path_of(&row.registered.leads, analysis) {
                of_path.entry(path).or_default().push(at);
            }
        }
        let stands = rows.iter().map(|row| match &row.registered.at {
            Some(Spotted::Source(place)) => {
                let shown = analysis.file(place.file).shown.as_str();
                Some((shown.to_owned(), place.start))
            }
            _ => None,
        });
        Self {
            all: rows,
            of_path,
            stands: stands.collect(),
        }
    }

    /// The rows that lead to a path.
    fn leading_to(&self, path: &str) -> Vec<usize> {
        let same = self.of_path.iter().filter(|it| is_same(it.0, path));
        same.flat_map(|it| it.1).copied().collect()
    }

    fn is_unsure(&self, at: usize) -> bool {
        matches!(self.all[at].registered.state, RowState::Unknown(_))
    }

    /// Whether a row has the key of what the run says, or one that means the same.
    fn has_key(&self, at: usize, met: &Met) -> bool {
        let key = self.all[at].registered.key.as_ref();
        key == met.row.registered.key.as_ref() || key.is_some_and(|it| met.also.contains(it))
    }

    /// Whether the text could not name what a row leads to, so that it is whatever the run says.
    fn is_unnamed(&self, at: usize) -> bool {
        match &self.all[at].registered.leads {
            Leads::Text(_) => true,
            Leads::Named { path, .. } => path.contains("<locals>"),
            Leads::Class(_) => false,
        }
    }

    /// Whether a row stands at one of these places.
    fn is_at(&self, at: usize, places: &[(String, u32)]) -> bool {
        self.stands[at]
            .as_ref()
            .is_some_and(|it| places.contains(it))
    }

    /// The rows that speak of what the run says, and say less of it, or another thing.
    fn less(&self, met: &Met, same: &[usize], places: [&[(String, u32)]; 2]) -> Vec<usize> {
        let [chain, direct] = places;
        let unsure = same.iter().copied().filter(|it| self.is_unsure(*it));
        let other = (0..self.all.len()).filter(|at| {
            let at = *at;
            let has_key = self.has_key(at, met);
            let is_around = || {
                let leads = &self.all[at].registered.leads;
                matches!(leads, Leads::Named { path, .. } if met.around.contains(path))
            };
            let is_text = || matches!(self.all[at].registered.leads, Leads::Text(_));
            !same.contains(&at)
                && (has_key && (!met.path.is_empty() && is_text() || is_around())
                    || self.is_at(at, chain) && (has_key || self.is_unsure(at))
                    || self.is_at(at, direct) && self.is_unnamed(at))
        });
        unsure.chain(other).collect()
    }
}

impl Applying<'_, '_> {
    /// Adds what the run has come by. A row of the text that says nothing for certain of what the run has registered is that of the run, and so is
    /// one that says another thing of the same call.
    pub(super) fn with_ran(&self, rule: &Rule, analysis: &Analysis, rows: &mut Vec<Row>) {
        let all = self.met(rule, analysis);
        if all.is_empty() {
            return;
        }
        let shown = |places: &[(Name, u32)]| -> Vec<(String, u32)> {
            let shown = places.iter().filter_map(|it| {
                let file = self.follow.modules.source(&it.0)?;
                Some((file.shown.clone(), it.1))
            });
            shown.collect()
        };
        let text = Rows::new(rows, analysis);
        let mut sure: FxHashSet<usize> = FxHashSet::default();
        let mut kept: FxHashSet<usize> = FxHashSet::default();
        let mut gone: FxHashSet<usize> = FxHashSet::default();
        let mut new: Vec<Row> = vec![];
        // Rows of another object than those before them that look alike.
        let mut rounds: Vec<(usize, Option<String>)> = vec![];
        // Rows, and as which of all the run has come by them.
        let mut turns: Vec<(usize, usize)> = vec![];
        for (index, met) in all.into_iter().enumerate() {
            let same = text.leading_to(&met.path);
            let like: Vec<usize> = same
                .iter()
                .copied()
                .filter(|it| text.has_key(*it, &met))
                .collect();
            if met.is_out {
                gone.extend(like);
                continue;
            }
            let is_called = rule.in_turn;
            if let Some(&first) = like.first().filter(|_| met.others < like.len()) {
                let unsure = like.iter().copied().filter(|it| text.is_unsure(*it));
                let unsure: Vec<usize> = unsure.collect();
                let is_alive = met.row.registered.state == RowState::Alive;
                let more = met.kept.max(1).saturating_sub(like.len() - unsure.len());
                if let Some(at) = like.get(met.others).filter(|_| met.others > 0) {
                    rounds.push((*at, met.row.round.clone()));
                }
                sure.extend(unsure.into_iter().take(if is_alive { more } else { 0 }));
                kept.extend(like);
                turns.extend(is_called.then_some((first, index)));
                continue;
            }
            let places = [shown(&met.chain), shown(&met.direct)];
            // What the run does not know, the text may.
            let is_known = |at: &usize| {
                text.is_at(*at, &places[0]) && text.has_key(*at, &met) && !text.is_unsure(*at)
            };
            let known: Vec<usize> = (0..rows.len()).filter(is_known).collect();
            if !known.is_empty() && matches!(met.row.registered.state, RowState::Unknown(_)) {
                kept.extend(known);
                continue;
            }
            let less = text.less(&met, &same, [&places[0], &places[1]]);
            // An object without a name is shown as it is written.
            let mut named = less.iter().filter(|at| text.has_key(**at, &met));
            let written = named.find_map(|at| match &rows[*at].registered.leads {
                it @ Leads::Text(_) if met.path.is_empty() => Some(it.clone()),
                _ => None,
            });
            let mut row = met.row;
            if let Some(written) = written {
                row.registered.leads = written;
            }
            match less.first().map(|at| &rows[*at]) {
                Some(there) => {
                    row.turn.clone_from(&there.turn);
                    // The place where it is registered, rather than the one where that is taken in.
                    let there = &there.registered;
                    row.registered.at.clone_from(&there.at);
                    row.registered.by.clone_from(&there.by);
                    row.registered.distribution.clone_from(&there.distribution);
                }
                None => row.turn = vec![usize::MAX / 2 + index],
            }
            turns.extend(is_called.then_some((rows.len() + new.len(), index)));
            gone.extend(less);
            new.push(row);
        }
        for at in sure {
            rows[at].registered.state = RowState::Alive;
        }
        for (at, round) in rounds {
            rows[at].round = rows[at].round.take().or(round);
        }
        rows.extend(new);
        in_order(rows, turns);
        let mut at = 0;
        rows.retain(|_| {
            at += 1;
            kept.contains(&(at - 1)) || !gone.contains(&(at - 1))
        });
    }
}

/// Puts rows in the order in which the run has come by them, in the places that they have among the others.
fn in_order(rows: &mut [Row], mut turns: Vec<(usize, usize)>) {
    turns.sort_by_key(|it| it.1);
    let mut places: Vec<Vec<usize>> = turns.iter().map(|it| rows[it.0].turn.clone()).collect();
    places.sort();
    for ((at, _), place) in turns.into_iter().zip(places) {
        rows[at].turn = place;
    }
}
