//! What the run has registered, beside what the text says: where the run has come by a call, its answer stands.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::analysis::Analysis;
use crate::evaluate::{Given, Kept, Link, WatchedCall};
use crate::plugins::files::modules::top;
use crate::plugins::frameworks::{KeptIn, Ran, Rule};
use crate::plugins::names::follow::is_same;
use crate::plugins::rows::applied::{Applying, row};
use crate::plugins::rows::matching::Row;
use crate::semantics::{Leads, NamedSort, Registered, RowState, Spotted};

/// Characters of a call that are quoted.
const MOST_QUOTED: usize = 60;

/// A row that the run says, and what the text may say of the same.
struct Met {
    row: Row,
    /// The path of what it leads to.
    path: String,
    /// Other keys that mean the same.
    also: Vec<String>,
    /// How many of it an object keeps: the same function for each blueprint.
    times: usize,
    is_kept: bool,
    /// Where the calls stand by which the run has come there, by module and offset.
    chains: Vec<Vec<(Name, u32)>>,
}

impl Applying<'_, '_> {
    /// Adds what the run has come by. A row of the text that says nothing for certain of what the run has registered is that of the run, and so is
    /// one that says another thing of the same call.
    pub(super) fn with_ran(&self, rule: &Rule, analysis: &Analysis, rows: &mut Vec<Row>) {
        let met = self.met(rule, analysis);
        if met.is_empty() {
            return;
        }
        let mut own: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, row) in rows.iter().enumerate() {
            if let Some(path) = path_of(&row.registered.leads, analysis) {
                own.entry(path).or_default().push(at);
            }
        }
        let stands = |row: &Row| match &row.registered.at {
            Some(Spotted::Source(place)) => {
                let shown = analysis.file(place.file).shown.as_str();
                Some((shown.to_owned(), place.start))
            }
            _ => None,
        };
        let stands: Vec<Option<(String, u32)>> = rows.iter().map(stands).collect();
        let shown = |it: &(Name, u32)| {
            let file = self.follow.modules.source(&it.0)?;
            Some((file.shown.clone(), it.1))
        };
        let mut gone: FxHashSet<usize> = FxHashSet::default();
        let mut kept: FxHashSet<usize> = FxHashSet::default();
        let mut new: Vec<Row> = vec![];
        // Rows, and as which of all the run has come by them: those of the text by their places, new ones behind them.
        let mut turns: Vec<(usize, usize)> = vec![];
        let before = rows.len();
        for (index, met) in met.into_iter().enumerate() {
            let Met {
                mut row,
                path,
                also,
                times,
                chains,
                ..
            } = met;
            let same = own.iter().filter(|it| is_same(it.0, &path));
            let same: Vec<usize> = same.flat_map(|it| it.1).copied().collect();
            let is_alive = row.registered.state == RowState::Alive;
            let has_key = |at: usize| {
                let key = rows[at].registered.key.as_ref();
                key == row.registered.key.as_ref() || key.is_some_and(|it| also.contains(it))
            };
            let like: Vec<usize> = same.iter().copied().filter(|it| has_key(*it)).collect();
            if let Some(&at) = like.first() {
                let is_unsure =
                    |it: &&usize| matches!(rows[**it].registered.state, RowState::Unknown(_));
                let unsure: Vec<usize> = like.iter().filter(is_unsure).copied().collect();
                let sure = like.len() - unsure.len();
                let more = times.saturating_sub(sure);
                for at in unsure.into_iter().take(if is_alive { more } else { 0 }) {
                    rows[at].registered.state = RowState::Alive;
                }
                kept.extend(like);
                if rule.in_turn && !chains.is_empty() {
                    turns.push((at, index));
                }
                continue;
            }
            let of_chains: Vec<(String, u32)> = chains.iter().flatten().filter_map(shown).collect();
            let is_of_call = |at: usize| {
                let there = stands[at].as_ref();
                there.is_some_and(|it| of_chains.contains(it))
            };
            let is_unsure = |at: usize| matches!(rows[at].registered.state, RowState::Unknown(_));
            // What the text could not name is that.
            let is_unnamed =
                |at: &usize| has_key(*at) && matches!(rows[*at].registered.leads, Leads::Text(_));
            let unnamed = (0..before).filter(|it| !path.is_empty() && is_unnamed(it));
            let unsure = same.iter().copied().filter(|it| is_unsure(*it));
            let unsure = unsure.chain(unnamed);
            let spoken = (0..rows.len()).filter(|at| {
                is_of_call(*at) && !same.contains(at) && (has_key(*at) || is_unsure(*at))
            });
            let spoken: Vec<usize> = spoken.collect();
            if let Some(at) = unsure.clone().next() {
                // The place where it is registered, rather than the one where that is taken in.
                let there = &rows[at].registered;
                row.registered.at.clone_from(&there.at);
                row.registered.by.clone_from(&there.by);
                row.registered.distribution.clone_from(&there.distribution);
                row.turn.clone_from(&rows[at].turn);
            } else if let Some(at) = spoken.first() {
                row.turn.clone_from(&rows[*at].turn);
            } else {
                row.turn = vec![usize::MAX / 2 + index];
            }
            if rule.in_turn && !chains.is_empty() {
                turns.push((before + new.len(), index));
            }
            gone.extend(unsure);
            gone.extend(spoken);
            new.push(row);
        }
        rows.extend(new);
        in_order(rows, turns);
        let mut at = 0;
        rows.retain(|_| {
            at += 1;
            kept.contains(&(at - 1)) || !gone.contains(&(at - 1))
        });
    }

    /// What the run says of a registry.
    fn met(&self, rule: &Rule, analysis: &Analysis) -> Vec<Met> {
        let mut met: Vec<Met> = vec![];
        let mut add = |row: Row, also: &[String], chain: Vec<(Name, u32)>, is_kept: bool| {
            let is_it = |it: &&mut Met| {
                let (one, other) = (&it.row.registered, &row.registered);
                (&one.key, &one.leads) == (&other.key, &other.leads)
            };
            match met.iter_mut().find(is_it) {
                Some(known) => {
                    if row.registered.state == RowState::Alive {
                        known.row.registered.state = RowState::Alive;
                    }
                    known.chains.extend((!chain.is_empty()).then_some(chain));
                    known.times += usize::from(is_kept && known.is_kept);
                    known.is_kept |= is_kept;
                }
                None => met.push(Met {
                    path: path_of(&row.registered.leads, analysis).unwrap_or_default(),
                    row,
                    also: also.to_vec(),
                    times: 1,
                    is_kept,
                    chains: if chain.is_empty() {
                        vec![]
                    } else {
                        vec![chain]
                    },
                }),
            }
        };
        for ran in &rule.ran {
            for call in self.ran.of_functions(&ran.call) {
                if let Some(row) = self.of_call(ran, call, analysis) {
                    let chain = call.chain.iter();
                    add(
                        row,
                        &[],
                        chain.map(|it| (it.module.clone(), it.range.0)).collect(),
                        false,
                    );
                }
            }
        }
        for kept in &rule.kept {
            for it in self.ran.kept(&kept.watched()) {
                if let Some(row) = self.of_kept(kept, it, analysis) {
                    let keys = kept.key.iter().filter_map(|at| it.keys.get(*at));
                    let mut also: Vec<String> = keys.filter_map(|it| said(it, analysis)).collect();
                    also.extend(kept.also.iter().cloned());
                    add(row, &also, vec![], true);
                }
            }
        }
        met
    }

    /// What a call registers; none where it does not say what.
    fn of_call(&self, ran: &Ran, call: &WatchedCall, analysis: &Analysis) -> Option<Row> {
        if !ran.of.is_empty() {
            let Given::Object(of) = self.ran.value(call, &ran.of)? else {
                return None;
            };
            // What a library does for itself, when it is imported, is its own.
            let is_own = |it: &Link| self.own.contains(&it.module) || self.loads.has(&it.module);
            if !call.chain.iter().any(is_own) {
                return None;
            }
            let is_on = ran.on.is_empty() || of.classes.iter().any(|it| ran.on.contains(it));
            if !is_on || self.ran.is_of_another(of) {
                return None;
            }
        }
        let function = self.ran.function(call);
        let mut state = RowState::Alive;
        if !call.is_certain {
            let why = "whether that runs hangs on a condition that is not known";
            state = RowState::Unknown(String::from(why));
        }
        let key = if ran.key.is_empty() {
            let name = function.rsplit(['.', ':']).next();
            name.unwrap_or_default().to_owned()
        } else {
            let given = self.ran.first(call, &ran.key)?;
            if let Given::Unknown(_) = given {
                let why = "its key is worked out when it runs";
                state = RowState::Unknown(String::from(why));
            }
            said(given, analysis)?
        };
        let leads = self.ran.first(call, &ran.leads)?;
        if let Given::Unknown(_) = leads {
            let why = "what stands there is not known";
            state = RowState::Unknown(String::from(why));
        }
        let mut registered = Registered::new(Some(key), leads_of(leads, analysis)?);
        registered.state = state;
        let of_framework = top(function.split(':').next().unwrap_or_default());
        let mut links = call.chain.iter().rev();
        let link = links.find(|it| top(&it.module) != of_framework);
        self.place(&mut registered, link, analysis);
        Some(row(registered))
    }

    /// What an object keeps; none where that stands there anyway.
    fn of_kept(&self, rule: &KeptIn, kept: &Kept, analysis: &Analysis) -> Option<Row> {
        let key = if rule.said.is_empty() {
            let mut keys = rule.key.iter().filter_map(|at| kept.keys.get(*at));
            said(keys.find(|it| **it != Given::None)?, analysis)?
        } else {
            rule.said.clone()
        };
        let value = if rule.callback {
            kept.callback.as_ref().filter(|it| **it != Given::None)
        } else {
            Some(&kept.value)
        };
        let mut registered = Registered::new(Some(key), leads_of(value?, analysis)?);
        if let Given::Unknown(_) = value? {
            let why = "what stands there is not known";
            registered.state = RowState::Unknown(String::from(why));
        }
        let path = path_of(&registered.leads, analysis);
        let module = path.as_deref().and_then(|it| it.split(':').next());
        if module.is_some_and(|it| rule.without.iter().any(|without| top(it) == without)) {
            return None;
        }
        self.place(&mut registered, None, analysis);
        Some(row(registered))
    }

    /// Says where something is registered: at the call by which that comes, or, where that is not the project's or does not speak of it, where what is
    /// registered stands.
    fn place(&self, registered: &mut Registered, link: Option<&Link>, analysis: &Analysis) {
        let modules = self.follow.modules;
        let source = link.and_then(|it| Some((it, modules.source(&it.module)?)));
        let path = path_of(&registered.leads, analysis);
        let name = path.as_deref().and_then(|it| it.rsplit([':', '.']).next());
        let mut is_own = false;
        if let Some((link, file)) = &source {
            registered.at = Some(link.at.clone());
            registered.distribution = modules.distribution(file);
            let (start, end) = link.range;
            let text = file.text.get(start as usize..end as usize);
            let text = text.unwrap_or_default();
            registered.by = quoted(text);
            // A call that takes in what was registered elsewhere speaks of neither.
            let key = registered.key.as_deref().filter(|it| !it.is_empty());
            let mut words = name.into_iter().chain(key);
            is_own = file.is_project && words.any(|it| text.contains(it));
        }
        let module = path.as_deref().and_then(|it| it.split(':').next());
        let Some(file) = module.and_then(|it| modules.source(it)) else {
            return;
        };
        if is_own || link.is_some() && !file.is_project {
            return;
        }
        let at = match &registered.leads {
            Leads::Class(class) => {
                let place = analysis.class(*class).place();
                place.map(Spotted::Source)
            }
            Leads::Named { at, .. } => at.clone(),
            Leads::Text(_) => None,
        };
        // Of an object, the module that has it.
        registered.at = at.or_else(|| registered.at.take().or_else(|| Some(file.spot(0, 0))));
        registered.distribution = modules.distribution(&file);
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

/// What a row leads to; none where nothing is said.
fn leads_of(given: &Given, analysis: &Analysis) -> Option<Leads> {
    Some(match given {
        Given::Code(leads) => leads.clone(),
        Given::Unknown(what) => Leads::Text(what.clone()),
        Given::Object(it) => match &it.name {
            Some(path) => Leads::Named {
                sort: NamedSort::Object,
                path: path.clone(),
                at: None,
            },
            None => Leads::Text(it.shown.clone()),
        },
        given => Leads::Text(said(given, analysis)?),
    })
}

/// What a call was handed, as a key is shown.
fn said(given: &Given, analysis: &Analysis) -> Option<String> {
    match given {
        Given::Text(text) | Given::Written(text) | Given::Unknown(text) => Some(text.clone()),
        Given::Code(Leads::Named { path, .. }) => {
            Some(path.rsplit([':', '.']).next().unwrap_or(path).to_owned())
        }
        Given::Code(Leads::Class(class)) => Some(analysis.class(*class).path().name().to_owned()),
        // One that no module has under a name is known by nothing.
        Given::Object(it) => Some(it.name.as_ref()?.split(':').next_back()?.to_owned()),
        _ => None,
    }
}

/// The beginning of a call, in one line.
fn quoted(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    let short: String = first.chars().take(MOST_QUOTED).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("{short}{more}")
}

/// The path of what a row leads to.
fn path_of(leads: &Leads, analysis: &Analysis) -> Option<String> {
    match leads {
        Leads::Class(class) => Some(analysis.class(*class).path().to_string()),
        Leads::Named { path, .. } => Some(path.clone()),
        Leads::Text(_) => None,
    }
}
