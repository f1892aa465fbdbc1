//! What the run has registered: rows of the calls that it has come by, and of what objects keep in the end.

use crate::Name;
use crate::analysis::Analysis;
use crate::evaluate::{Given, Kept, Link, WatchedCall};
use crate::plugins::files::modules::top;
use crate::plugins::frameworks::{KeptIn, Ran, Rule};
use crate::plugins::rows::applied::{Applying, row};
use crate::plugins::rows::matching::Row;
use crate::semantics::{Leads, NamedSort, Registered, RowState, Spotted};

/// Characters of a call that are quoted.
const MOST_QUOTED: usize = 60;

/// A row that the run says, and what tells which rows of the text speak of the same.
pub(super) struct Met {
    pub(super) row: Row,
    /// The path of what it leads to; empty where that has none.
    pub(super) path: String,
    /// Functions around that, which are made like it.
    pub(super) around: Vec<String>,
    /// Other keys that mean the same.
    pub(super) also: Vec<String>,
    /// How many of it an object keeps, where one does: the same function for each blueprint.
    pub(super) kept: usize,
    /// Where the calls stand by which the run has come there, by module and offset.
    pub(super) chain: Vec<(Name, u32)>,
    /// Where those of them stand that call the framework.
    pub(super) direct: Vec<(Name, u32)>,
    /// Whether it is taken out again.
    pub(super) is_out: bool,
    /// The run and the object it is registered with, if any, and which object it is itself.
    object: Option<((usize, Option<u32>), u32)>,
    /// How many others, which say the same of other objects, come before it.
    pub(super) others: usize,
}

impl Met {
    fn new(row: Row, given: &Given, analysis: &Analysis) -> Self {
        let around = match given {
            Given::Code { around, .. } => around.clone(),
            _ => vec![],
        };
        Self {
            path: path_of(&row.registered.leads, analysis).unwrap_or_default(),
            row,
            around,
            also: vec![],
            kept: 0,
            chain: vec![],
            direct: vec![],
            is_out: false,
            object: None,
            others: 0,
        }
    }

    /// Whether another one has the same key and leads to the same.
    fn is_like(&self, other: &Self) -> bool {
        let (one, other) = (&self.row.registered, &other.row.registered);
        (&one.key, &one.leads) == (&other.key, &other.leads)
    }

    /// Whether another one is of another object, which is registered in the same place.
    fn is_another(&self, other: &Self) -> bool {
        match (self.object, other.object) {
            (Some((place, one)), Some((there, other))) => place == there && one != other,
            _ => false,
        }
    }

    /// Takes in another one that says the same.
    fn join(&mut self, other: Self) {
        if other.row.registered.state == RowState::Alive {
            self.row.registered.state = RowState::Alive;
        }
        self.is_out = false;
        self.kept += other.kept;
        self.also.extend(other.also);
        self.chain.extend(other.chain);
        self.direct.extend(other.direct);
    }
}

impl Applying<'_, '_> {
    /// What the run says of a registry, in the order in which it has come by it.
    pub(super) fn met(&self, rule: &Rule, analysis: &Analysis) -> Vec<Met> {
        let mut all: Vec<Met> = vec![];
        for ran in &rule.ran {
            let ways: Vec<String> = ran.call.iter().chain(&ran.out).cloned().collect();
            for (run, call) in self.ran.of_functions(&ways) {
                let Some(mut met) = self.of_call(ran, call, analysis) else {
                    continue;
                };
                let object = self.ran.object(call, &ran.leads);
                met.object = object.map(|it| ((run, call.receiver), it));
                met.others = all.iter().filter(|it| it.is_like(&met)).count();
                if met.others > 0 {
                    met.row.round = object.map(|it| it.to_string());
                }
                let is_out = ran.out.iter().any(|it| it == self.ran.function(call));
                match position(&all, &met) {
                    Some(at) if is_out && call.is_certain => all[at].is_out = true,
                    Some(at) if is_out => {
                        let why = "may be taken out again";
                        all[at].row.registered.state = RowState::Unknown(String::from(why));
                    }
                    None if is_out => {}
                    Some(at) => all[at].join(met),
                    None => all.push(met),
                }
            }
        }
        for rule in &rule.kept {
            let wanted = rule.watched();
            let kept: Vec<&Kept> = self.ran.kept(&wanted).collect();
            for scope in kept.chunk_by(|one, other| one.keys.first() == other.keys.first()) {
                let scope = scope
                    .iter()
                    .filter_map(|it| self.of_kept(rule, it, analysis));
                in_between(&mut all, scope.collect());
            }
        }
        all
    }

    /// What a call registers; none where it does not say what.
    fn of_call(&self, ran: &Ran, call: &WatchedCall, analysis: &Analysis) -> Option<Met> {
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
            let all = self.key_of(&ran.key, call)?;
            if all.iter().any(|it| matches!(it, Given::Unknown(_))) {
                let why = "its key is worked out when it runs";
                state = RowState::Unknown(String::from(why));
            }
            let parts = all.into_iter().map(|it| said(it, analysis));
            parts.collect::<Option<Vec<String>>>()?.join(" ")
        };
        let given = self.ran.first(call, &ran.leads)?;
        if let Given::Unknown(_) = given {
            let why = "what stands there is not known";
            state = RowState::Unknown(String::from(why));
        }
        let mut registered = Registered::new(Some(key), leads_of(given, analysis)?);
        registered.state = state;
        let of_framework = top(function.split(':').next().unwrap_or_default());
        let mut links = call.chain.iter().rev();
        let link = links.find(|it| top(&it.module) != of_framework);
        self.place(&mut registered, link, analysis);
        let mut met = Met::new(row(registered), given, analysis);
        let place = |it: &Link| (it.module.clone(), it.range.0);
        met.chain = call.chain.iter().map(place).collect();
        met.direct = link.map(place).into_iter().collect();
        Some(met)
    }

    /// The parts of a key: of the first of these of which a call has all.
    fn key_of<'c>(&'c self, asked: &[String], call: &'c WatchedCall) -> Option<Vec<&'c Given>> {
        let part = |it: &str| {
            let value = self.ran.value(call, it);
            value.filter(|it| **it != Given::None)
        };
        let mut all = asked.iter();
        all.find_map(|it| it.split(' ').map(part).collect())
    }

    /// What an object keeps; none where that stands there anyway.
    fn of_kept(&self, rule: &KeptIn, kept: &Kept, analysis: &Analysis) -> Option<Met> {
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
        let mut met = Met::new(row(registered), value?, analysis);
        met.kept = 1;
        let keys = rule.key.iter().filter_map(|at| kept.keys.get(*at));
        met.also = keys.filter_map(|it| said(it, analysis)).collect();
        met.also.extend(rule.also.iter().cloned());
        Some(met)
    }

    /// Says where something is registered: at the call by which that comes, or, where that is not the project's or does not speak of it, where what is
    /// registered stands.
    pub(super) fn place(
        &self,
        registered: &mut Registered,
        link: Option<&Link>,
        analysis: &Analysis,
    ) {
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

/// The place of what says the same.
fn position(all: &[Met], met: &Met) -> Option<usize> {
    let mut all = all.iter();
    all.position(|it| it.is_like(met) && !it.is_another(met))
}

/// Puts what an object keeps in an order among what calls say: what no call has put there stands behind what is kept before it.
fn in_between(all: &mut Vec<Met>, kept: Vec<Met>) {
    let mut next: Option<usize> = None;
    let mut waiting = kept.into_iter();
    while let Some(met) = waiting.next() {
        if let Some(at) = position(all, &met) {
            all[at].join(met);
            next = Some(at + 1);
            continue;
        }
        let before = || waiting.as_slice().iter().find_map(|it| position(all, it));
        let at = next.or_else(before).unwrap_or(all.len());
        all.insert(at, met);
        next = Some(at + 1);
    }
}

/// What a row leads to; none where nothing is said.
pub(super) fn leads_of(given: &Given, analysis: &Analysis) -> Option<Leads> {
    Some(match given {
        Given::Code { leads, .. } => leads.clone(),
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
        Given::Code {
            leads: Leads::Named { path, .. },
            ..
        } => Some(path.rsplit([':', '.']).next().unwrap_or(path).to_owned()),
        Given::Code {
            leads: Leads::Class(class),
            ..
        } => Some(analysis.class(*class).path().name().to_owned()),
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
pub(super) fn path_of(leads: &Leads, analysis: &Analysis) -> Option<String> {
    match leads {
        Leads::Class(class) => Some(analysis.class(*class).path().to_string()),
        Leads::Named { path, .. } => Some(path.clone()),
        Leads::Text(_) => None,
    }
}
