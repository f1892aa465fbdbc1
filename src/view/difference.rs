//! The *difference* page: what changed between two states of a project, each reason once with all the classes it has changed.

use std::fmt::Write as _;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::Name;
use crate::analysis::{Analysis, Changed, Difference, Named, Reason, Sureness};
use crate::load::Compared;
use crate::semantics::ClassId;
use crate::view::bounded::{LONGEST, one_line};
use crate::view::words::{class_link, count, short_place};
use crate::view::{Column, Line, Link, Page, Role, Span};

/// How many of a list are shown that is not about an MRO, a metaclass or an exception.
const LISTED: usize = 20;

/// How many names or classes are named in one line.
const NAMED: usize = 5;

/// Two states of a project, what they are called, and what differs.
#[derive(Debug, Clone)]
pub struct Differing<'a> {
    /// What the one before is called: `main`, `3.10`, `old/`.
    pub from: String,
    /// What the one after is called.
    pub to: String,
    /// The one before.
    pub before: &'a Analysis,
    /// The one after.
    pub after: &'a Analysis,
    /// What differs.
    pub difference: &'a Difference,
    /// What is to be said of how they were come by.
    pub notes: Vec<String>,
}

impl<'a> Differing<'a> {
    /// A project beside what it was compared with.
    pub fn with(compared: &'a Compared, after: &'a Analysis) -> Self {
        Self {
            from: compared.from.clone(),
            to: compared.to.clone(),
            before: &compared.before,
            after,
            difference: &compared.difference,
            notes: compared.notes.clone(),
        }
    }
}

/// Says how much changed; then each reason, those for which MROs, metaclasses or exceptions are others first; then what is new, gone, not known.
pub fn difference(differing: &Differing<'_>) -> Page {
    let mut page = Page {
        title: vec![
            Span::new("Difference", Role::Heading),
            Span::plain(format!("  {}", differing.from)),
            Span::faint(" → "),
            Span::plain(&differing.to),
        ],
        ..Page::default()
    };
    page.push(Line::text(vec![Span::plain(summary(differing))]));
    for note in &differing.notes {
        page.push(Line::text(vec![Span::faint(note)]));
    }
    let difference = differing.difference;
    let (mut whole, names): (Vec<&Reason>, Vec<&Reason>) =
        difference.reasons.iter().partition(|it| is_whole(it));
    // What is another class weighs more than what comes from another one.
    whole.sort_by_key(|it| it.structure.is_empty());
    for reason in whole {
        block(&mut page, differing, reason);
    }
    come_and_go(&mut page, differing, &names);
    for (heading, analysis, classes) in [
        ("classes that are new", differing.after, &difference.new),
        ("classes that are gone", differing.before, &difference.gone),
    ] {
        by_module(&mut page, heading, analysis, classes);
    }
    unknown(&mut page, differing);
    page
}

/// `14 of 120 classes changed for 3 reasons, 2 are new, 1 is gone`.
fn summary(differing: &Differing<'_>) -> String {
    let difference = differing.difference;
    let mut said = match (difference.changed.len(), difference.compared) {
        (0, 0) => "no class is there on both sides".to_owned(),
        (0, 1) => "1 class was compared, and is as it was".to_owned(),
        (0, compared) => format!("{compared} classes were compared, and all are as they were"),
        (changed, compared) => format!(
            "{changed} of {} changed, for {}",
            count(compared, "class", "classes"),
            count(difference.reasons.len(), "reason", "reasons")
        ),
    };
    for (number, word) in [
        (difference.new.len(), "new"),
        (difference.gone.len(), "gone"),
    ] {
        if number > 0 {
            // Writing to a `String` cannot fail.
            let _ = write!(said, "; {number} {word}");
        }
    }
    said
}

/// Whether it takes a block of its own: more has changed than that names are there which were not, or are not there any more.
fn is_whole(reason: &Reason) -> bool {
    let comes_from_elsewhere =
        |it: &crate::analysis::Moved| it.provider.from.is_some() && it.provider.to.is_some();
    !reason.structure.is_empty() || reason.moved.iter().any(comes_from_elsewhere)
}

/// A reason: what was written, what came of it, for whom.
fn block(page: &mut Page, differing: &Differing<'_>, reason: &Reason) {
    let difference = differing.difference;
    page.push(Line::blank());
    page.push(head(differing, reason));
    let fact = |word: &str, spans: Vec<Span>| {
        let mut line = vec![Span::faint(format!("  {word:<10}"))];
        line.extend(spans);
        Line::text(line)
    };
    if let Some((before, after)) = &reason.bases {
        let names = Short::of(before.iter().chain(after));
        page.push(fact(
            "bases",
            vec![
                Span::new(names.list(before, ", "), Role::Rejected),
                Span::faint(" → "),
                Span::new(names.list(after, ", "), Role::Taken),
            ],
        ));
    }
    if let Some((before, after)) = &reason.metaclass {
        let names = Short::of([before, after]);
        page.push(fact(
            "metaclass",
            vec![
                Span::new(names.text(before), Role::Rejected),
                Span::faint(" → "),
                Span::new(names.text(after), Role::Taken),
            ],
        ));
    }
    let structure: Vec<&Changed> = reason
        .structure
        .iter()
        .map(|&index| &difference.changed[index])
        .collect();
    let metaclasses: Vec<&Named> = structure
        .iter()
        .filter(|it| it.is_metaclass() && (it.class != reason.class || reason.metaclass.is_none()))
        .map(|it| &it.class)
        .collect();
    if !metaclasses.is_empty() {
        page.push(fact(
            if reason.metaclass.is_some() {
                "also of"
            } else {
                "metaclass"
            },
            vec![Span::plain(several(metaclasses.into_iter()))],
        ));
    }
    let mros: Vec<&Changed> = structure.iter().copied().filter(|it| it.is_mro()).collect();
    if let Some((first, others)) = mros.split_first() {
        let (was, is) = both_mros(first);
        let word = if first.class == reason.class {
            String::new()
        } else {
            format!("{}: ", first.class.path.qualname)
        };
        page.push(fact(
            "MRO was",
            vec![Span::faint(&word), Span::new(was, Role::Rejected)],
        ));
        page.push(fact(
            "is",
            vec![Span::faint(&word), Span::new(is, Role::Taken)],
        ));
        if !others.is_empty() {
            page.push(fact(
                "also of",
                vec![Span::plain(several(others.iter().map(|it| &it.class)))],
            ));
        }
    }
    for change in structure.iter().filter(|it| it.is_raises()) {
        page.push(raises(differing, change));
    }
    moved(page, differing, reason);
}

/// The class, its place, and how many below it are concerned.
fn head(differing: &Differing<'_>, reason: &Reason) -> Line {
    let mut spans = vec![Span::new(said(&reason.class), Role::Heading)];
    let (place, link) = at(differing, reason.ids);
    if !place.is_empty() {
        spans.push(Span::faint(format!("  {place}")));
    }
    let below = below(differing.difference, reason);
    if below > 0 {
        spans.push(Span::faint(format!("  and {below} below it")));
    }
    Line::text(spans).to(link)
}

/// How many classes changed because of another one.
fn below(difference: &Difference, reason: &Reason) -> usize {
    let others = reason.classes.iter();
    others
        .filter(|&&index| difference.changed[index].class != reason.class)
        .count()
}

/// Where a class is made, after or else before, and where that leads.
fn at(
    differing: &Differing<'_>,
    (before, after): (Option<ClassId>, Option<ClassId>),
) -> (String, Option<Link>) {
    let class = match (before, after) {
        (_, Some(after)) => differing.after.class(after),
        (Some(before), None) => differing.before.class(before),
        (None, None) => return (String::new(), None),
    };
    let place = class.place();
    let place = place.map_or_else(String::new, |place| class.analysis().say_place(place));
    (place, class_link(class))
}

/// That a statement raises now, or no longer.
fn raises(differing: &Differing<'_>, change: &Changed) -> Line {
    let (place, link) = at(differing, (Some(change.before.id), Some(change.after.id)));
    let mut spans = match (&change.before.raises, &change.after.raises) {
        (_, Some(now)) => vec![
            Span::new("  ✗ ", Role::Error),
            Span::plain(said(&change.class)),
            Span::faint(match change.before.raises {
                Some(_) => "  raises, as before but otherwise: ",
                None => "  raises: ",
            }),
            Span::new(one_line(now, 4 * LONGEST), Role::Error),
        ],
        (was, None) => vec![
            Span::new("  ● ", Role::Exact),
            Span::plain(said(&change.class)),
            Span::faint("  raises no longer: "),
            Span::plain(one_line(was.as_deref().unwrap_or_default(), 4 * LONGEST)),
        ],
    };
    spans.push(Span::faint(format!("  {place}")));
    Line::text(spans).to(link)
}

/// The names that come from elsewhere, those together that go the same way in the same classes.
fn moved(page: &mut Page, differing: &Differing<'_>, reason: &Reason) {
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
    for row in ways(reason) {
        let short = Short::of(row.from.iter().chain(row.to.iter()).copied());
        let text = |named: Option<&Named>| {
            named.map_or_else(|| "no class".to_owned(), |it| short.text(it))
        };
        page.push(Line::row(
            table,
            vec![
                vec![Span::plain(format!("  {}", listed(&row.names)))],
                vec![
                    Span::new(text(row.from), Role::Rejected),
                    Span::faint(" → "),
                    Span::new(text(row.to), Role::Taken),
                ],
                vec![Span::faint(in_which(
                    differing.difference,
                    reason,
                    &row.classes,
                ))],
            ],
        ));
    }
}

/// Names that go from one class to another, in some classes.
struct Way<'a> {
    names: Vec<&'a Name>,
    from: Option<&'a Named>,
    to: Option<&'a Named>,
    classes: Vec<usize>,
}

/// The names of a reason by where they come from, those that come from another class first.
fn ways(reason: &Reason) -> Vec<Way<'_>> {
    let mut ways: IndexMap<(Option<&Named>, Option<&Named>), Way<'_>, FxBuildHasher> =
        IndexMap::default();
    for moved in &reason.moved {
        let (from, to) = (moved.provider.from.as_ref(), moved.provider.to.as_ref());
        let way = ways.entry((from, to)).or_insert_with(|| Way {
            names: vec![],
            from,
            to,
            classes: vec![],
        });
        way.names.push(&moved.provider.name);
        for &class in &moved.classes {
            if !way.classes.contains(&class) {
                way.classes.push(class);
            }
        }
    }
    let mut ways: Vec<Way<'_>> = ways.into_values().collect();
    ways.sort_by_key(|way| (way.from.is_none() || way.to.is_none(), way.to.is_none()));
    ways
}

/// In which classes names moved: `in it and 3 below it`.
fn in_which(difference: &Difference, reason: &Reason, classes: &[usize]) -> String {
    let is_itself = |index: &usize| difference.changed[*index].class == reason.class;
    let itself = classes.iter().any(is_itself);
    let others: Vec<&Named> = classes
        .iter()
        .filter(|index| !is_itself(index))
        .map(|&index| &difference.changed[index].class)
        .collect();
    match (itself, others.as_slice()) {
        (true, []) => String::new(),
        (false, [only]) => format!("in {}", only.path.qualname),
        (true, others) => format!("and {} below it", others.len()),
        (false, others) => format!("in {} below it", others.len()),
    }
}

/// Names that were not there before or are not after, a line a class.
fn come_and_go(page: &mut Page, differing: &Differing<'_>, reasons: &[&Reason]) {
    if reasons.is_empty() {
        return;
    }
    page.heading("names that come and go");
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
    for reason in reasons.iter().take(LISTED) {
        let signed = |is: &dyn Fn(&Way<'_>) -> bool, sign: &str, role: Role| -> Vec<Span> {
            let mut names: Vec<&Name> = ways(reason)
                .into_iter()
                .filter(is)
                .flat_map(|way| way.names)
                .collect();
            names.sort();
            names.dedup();
            if names.is_empty() {
                return vec![];
            }
            vec![Span::new(format!("{sign}{}  ", listed(&names)), role)]
        };
        let mut cell = signed(&|way| way.from.is_none(), "+ ", Role::Taken);
        cell.extend(signed(&|way| way.to.is_none(), "- ", Role::Rejected));
        let below = match below(differing.difference, reason) {
            0 => String::new(),
            below => format!("and {below} below it"),
        };
        let (_, link) = at(differing, reason.ids);
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain(format!("  {}", reason.class.path.qualname))],
                    cell,
                    vec![Span::faint(below)],
                ],
            )
            .to(link),
        );
    }
    more(page, reasons.len(), "classes");
}

fn more(page: &mut Page, all: usize, what: &str) {
    if all > LISTED {
        page.push(Line::text(vec![Span::faint(format!(
            "  and {} {what} more, which --json lists",
            all - LISTED
        ))]));
    }
}

/// Classes that one side has, those of a module in a line.
fn by_module(page: &mut Page, heading: &str, analysis: &Analysis, classes: &[(Named, ClassId)]) {
    if classes.is_empty() {
        return;
    }
    page.heading(heading);
    let mut modules: IndexMap<&str, Vec<&Named>, FxBuildHasher> = IndexMap::default();
    let mut places: FxHashMap<&str, String> = FxHashMap::default();
    for (named, id) in classes {
        let module = named.path.module.as_str();
        modules.entry(module).or_default().push(named);
        if let Some(place) = analysis.class(*id).place() {
            places
                .entry(module)
                .or_insert_with(|| short_place(analysis, place));
        }
    }
    let table = page.table(vec![Column::left(0), Column::left(0)]);
    let all = modules.len();
    for (module, classes) in modules.into_iter().take(LISTED) {
        page.push(Line::row(
            table,
            vec![
                vec![Span::new(format!("  {module}"), Role::Module)],
                vec![Span::plain(several(classes.into_iter()))],
            ],
        ));
    }
    more(page, all, "modules");
}

/// Classes of which nothing is claimed.
fn unknown(page: &mut Page, differing: &Differing<'_>) {
    let difference = differing.difference;
    let names: usize = difference.changed.iter().map(|it| it.untold.len()).sum();
    if difference.untold.is_empty() && difference.unknown == 0 && names == 0 {
        return;
    }
    page.heading("what is not known, and not compared");
    let is_lost = |(_, after): (Sureness, Sureness)| matches!(after, Sureness::Unknown(_));
    for (lost, said) in [
        (true, "known before, and not after"),
        (false, "known after, and not before"),
    ] {
        let some: Vec<&Named> = difference
            .untold
            .iter()
            .filter(|it| is_lost(it.sureness) == lost)
            .map(|it| &it.class)
            .collect();
        if some.is_empty() {
            continue;
        }
        let number = count(some.len(), "class", "classes");
        page.push(Line::text(vec![
            Span::new("  ○ ", Role::Unknown),
            Span::plain(format!("{number} {said}: ")),
            Span::faint(several(some.into_iter())),
        ]));
    }
    if difference.unknown > 0 {
        page.push(Line::text(vec![
            Span::new("  ○ ", Role::Unknown),
            Span::plain(format!(
                "{} on neither side; `mroscope coverage` says why",
                count(difference.unknown, "class", "classes")
            )),
        ]));
    }
    if names > 0 {
        page.push(Line::text(vec![
            Span::new("  ○ ", Role::Unknown),
            Span::plain(format!(
                "where {} from, in classes that changed",
                count(names, "name comes", "names come")
            )),
        ]));
    }
}

/// A class with its module, as the head of what is said of it.
fn said(named: &Named) -> String {
    named.to_string()
}

/// Some names, the telling ones first: what the interpreter asks for by itself stands behind.
fn listed(names: &[&Name]) -> String {
    let mut names: Vec<&Name> = names.to_vec();
    names.sort_by_key(|name| (name.starts_with('_'), name.starts_with("__")));
    bounded(names.into_iter().map(Name::to_string))
}

/// Some classes by their qualified names.
fn several<'a>(classes: impl Iterator<Item = &'a Named>) -> String {
    bounded(classes.map(|it| it.path.qualname.to_string()))
}

/// `a, b, c and 4 more`.
fn bounded(texts: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = texts.map(|text| one_line(&text, LONGEST)).collect();
    // One more takes no more room than to say so.
    if all.len() <= NAMED + 1 {
        return all.join(", ");
    }
    let more = all.len() - NAMED;
    format!("{} and {more} more", all[..NAMED].join(", "))
}

/// Both MROs, without what they have in common at their ends, but for a class or two to hold on to.
fn both_mros(change: &Changed) -> (String, String) {
    let was = change.before.mro.as_deref().unwrap_or_default();
    let is = change.after.mro.as_deref().unwrap_or_default();
    let names = Short::of(was.iter().chain(is));
    let common = |pairs: &mut dyn Iterator<Item = (&Named, &Named)>| {
        pairs.take_while(|(one, other)| one == other).count()
    };
    let head = common(&mut was.iter().zip(is));
    let rest = was.len().min(is.len()) - head;
    let tail = common(&mut was.iter().rev().zip(is.iter().rev())).min(rest);
    let say = |mro: &[Named]| {
        let mut said = vec![];
        // The class itself, and the last one before what differs.
        let end = mro.len() - tail;
        let is_shown = |at: usize| {
            at == 0 || (head.saturating_sub(1) <= at && at <= end) || at + 1 == mro.len()
        };
        for (at, named) in mro.iter().enumerate() {
            // Dots take the room of a class: they stand for two or more.
            if is_shown(at) || (is_shown(at - 1) && is_shown(at + 1)) {
                said.push(names.text(named));
            } else if said.last().is_some_and(|last| last != "…") {
                said.push("…".to_owned());
            }
        }
        said.join(" ")
    };
    (say(was), say(is))
}

/// Short names of some classes, told apart where two are the same.
struct Short<'a> {
    paths: FxHashMap<&'a str, Vec<&'a Named>>,
}

impl<'a> Short<'a> {
    fn of(classes: impl IntoIterator<Item = &'a Named>) -> Self {
        let mut paths: FxHashMap<&str, Vec<&Named>> = FxHashMap::default();
        for named in classes {
            let known = paths.entry(&named.path.qualname).or_default();
            if !known.contains(&named) {
                known.push(named);
            }
        }
        Self { paths }
    }

    fn text(&self, named: &Named) -> String {
        match self.paths.get(named.path.qualname.as_str()) {
            Some(several) if several.len() > 1 => named.to_string(),
            _ => named.path.qualname.to_string(),
        }
    }

    fn list(&self, all: &[Named], between: &str) -> String {
        let names: Vec<String> = all.iter().map(|it| self.text(it)).collect();
        names.join(between)
    }
}
