//! The *verify* page: our answers held against those of an interpreter, and all that could not be held against any.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::analysis::ClassRef;
use crate::semantics::Standing;
use crate::view::bounded::{LONGEST, one_line, shortened};
use crate::view::words::{class_link, count};
use crate::view::{Column, Line, Page, Role, Span};
use crate::witness::{Comparison, Difference, Disagreement, Failure, Frame, Raised, Unasked};

/// How many of a list are shown that is not about a disagreement.
const LISTED: usize = 20;

/// How many of the modules that were not imported for one reason are named.
const NAMED: usize = 6;

/// Says the score, then each disagreement with both answers, then what was not compared.
pub fn verify(compared: &Comparison<'_>) -> Page {
    let mut page = Page {
        title: vec![
            Span::new("Verify", Role::Heading),
            Span::faint(format!("  {}", compared.analysis.world.project)),
        ],
        ..Page::default()
    };
    let (modules, imported) = compared.modules;
    page.push(Line::text(vec![Span::plain(format!(
        "Python {} imported {} and was asked for {}",
        compared.version,
        match modules {
            1 if imported == 1 => "the module".to_owned(),
            modules if modules == imported => format!("all {modules} modules"),
            modules => format!("{imported} of {}", count(modules, "module", "modules")),
        },
        count(compared.asked(), "class", "classes"),
    ))]));
    score(&mut page, compared);
    differences(&mut page, compared);
    classes(&mut page, compared);
    unasked_classes(&mut page, compared);
    failures(&mut page, &compared.failed, &|why| place(compared, why));
    page
}

fn score(page: &mut Page, compared: &Comparison<'_>) {
    let asked = compared.asked();
    let table = page.table(vec![
        Column::left(0),
        Column::right(0),
        Column::right(0),
        Column::left(1),
    ]);
    let mut equal = vec![];
    if compared.equal_assumed > 0 {
        equal.push(format!("{} rest on an assumption", compared.equal_assumed));
    }
    if compared.equal_raises > 0 {
        equal.push(format!("{} raise", compared.equal_raises));
    }
    for (word, number, role, note) in [
        ("● equal", compared.equal, Role::Exact, equal.join(", ")),
        (
            "✗ different",
            compared.differences.len(),
            Role::Error,
            String::new(),
        ),
        (
            "○ unknown",
            compared.incomplete.len(),
            Role::Unknown,
            "mroscope says that it cannot know".into(),
        ),
        (
            "○ missing",
            compared.missing.len(),
            Role::Unknown,
            "made in ways mroscope does not see".into(),
        ),
        (
            "○ not told apart",
            compared.untold.len(),
            Role::Unknown,
            "several of mroscope's have the name".into(),
        ),
    ] {
        let note = if number == 0 { String::new() } else { note };
        page.push(Line::row(
            table,
            vec![
                vec![Span::new(format!("  {word}"), role)],
                vec![Span::plain(number.to_string())],
                vec![Span::faint(percentage(number, asked))],
                vec![Span::faint(note)],
            ],
        ));
    }
}

/// A part of a whole in percent, to the hundredth. What is there never reads as nothing, nor what is missing as all.
fn percentage(part: usize, whole: usize) -> String {
    let rounded = (part * 10_000 + whole / 2) / whole.max(1);
    let shown = match rounded {
        0 if part > 0 => 1,
        10_000 if part < whole => 9_999,
        rounded => rounded,
    };
    format!("{}.{:02} %", shown / 100, shown % 100)
}

fn differences(page: &mut Page, compared: &Comparison<'_>) {
    if compared.differences.is_empty() {
        return;
    }
    page.heading("where the two differ");
    for difference in &compared.differences {
        let class = difference.class;
        let place = class
            .place()
            .map_or_else(String::new, |place| compared.analysis.say_place(place));
        page.push(
            Line::text(vec![
                Span::plain(format!("{place}  ")),
                Span::new(&class.path().qualname, Role::Class),
                Span::faint(format!("  {}", about(difference))),
            ])
            .to(class_link(class)),
        );
        let (ours, theirs) = both(difference);
        page.push(Line::text(vec![
            Span::faint("    mroscope  "),
            Span::new(ours, Role::Rejected),
        ]));
        page.push(Line::text(vec![
            Span::faint("    Python    "),
            Span::new(theirs, Role::Taken),
        ]));
        if let Standing::Assumed(assumed) = class.standing() {
            for one in assumed {
                page.push(Line::text(vec![
                    Span::faint("    assumed   "),
                    Span::new(one_line(&one.what, LONGEST), Role::Assumed),
                ]));
            }
        }
    }
}

fn about(difference: &Difference<'_>) -> &'static str {
    match &difference.about {
        Disagreement::Mro { .. } => "MRO",
        Disagreement::Metaclass { .. } => "metaclass",
        Disagreement::Raises { .. } => "the class statement",
    }
}

/// Both answers, as short as they can be said side by side.
fn both(difference: &Difference<'_>) -> (String, String) {
    match &difference.about {
        Disagreement::Mro { ours, theirs } => (mro(ours, theirs), mro(theirs, ours)),
        Disagreement::Metaclass { ours, theirs } => (ours.clone(), theirs.clone()),
        Disagreement::Raises { ours, theirs } => (raises(ours.as_ref()), raises(theirs.as_ref())),
    }
}

/// An MRO in the names of its classes, with modules where the other has a class of the same name.
fn mro(names: &[String], other: &[String]) -> String {
    let name = |path: &str| {
        path.split_once(':')
            .map_or(path, |(_, name)| name)
            .to_owned()
    };
    let said: Vec<String> = names
        .iter()
        .map(|path| {
            let has_twin = names
                .iter()
                .chain(other)
                .any(|it| it != path && name(it) == name(path));
            if has_twin { path.clone() } else { name(path) }
        })
        .collect();
    said.join(" ")
}

fn raises(said: Option<&(String, String)>) -> String {
    said.map_or_else(
        || "makes a class".into(),
        |(kind, message)| one_line(&format!("raises {kind}: {message}"), 4 * LONGEST),
    )
}

fn classes(page: &mut Page, compared: &Comparison<'_>) {
    if !compared.incomplete.is_empty() {
        page.heading("classes that mroscope says it cannot know");
        let names = compared.incomplete.iter().map(|class| named(*class));
        list(page, names.collect());
    }
    for (heading, names) in [
        ("classes that mroscope does not have", &compared.missing),
        (
            "classes that could be several of mroscope's",
            &compared.untold,
        ),
    ] {
        if names.is_empty() {
            continue;
        }
        page.heading(heading);
        let mut times: BTreeMap<&String, usize> = BTreeMap::new();
        for name in names {
            *times.entry(name).or_default() += 1;
        }
        let lines = times.into_iter().map(|(name, times)| {
            let times = match times {
                1 => String::new(),
                times => format!("  {times} of them"),
            };
            Line::text(vec![
                Span::plain(format!("  {}", one_line(name, LONGEST))),
                Span::faint(times),
            ])
        });
        list(page, lines.collect());
    }
}

fn named(class: ClassRef<'_>) -> Line {
    let place = class
        .place()
        .map_or_else(String::new, |place| class.analysis().say_place(place));
    Line::text(vec![
        Span::plain(format!("  {place}  ")),
        Span::new(&class.path().qualname, Role::Class),
    ])
    .to(class_link(class))
}

fn list(page: &mut Page, lines: Vec<Line>) {
    let more = lines.len().saturating_sub(LISTED);
    for line in lines.into_iter().take(LISTED) {
        page.push(line);
    }
    if more > 0 {
        page.push(Line::text(vec![Span::faint(format!(
            "  and {more} more, which --json lists"
        ))]));
    }
}

/// Why classes of ours were not asked about, as what follows their number.
pub fn unasked(why: Unasked) -> &'static str {
    match why {
        Unasked::NotImported => "in modules that were not imported",
        Unasked::Local => "made inside functions, and not alive",
        Unasked::Assumed => "whose statement raised here, where mroscope assumes that it does not",
        Unasked::NotThere => "not alive: not reached, replaced, or deleted",
    }
}

fn unasked_classes(page: &mut Page, compared: &Comparison<'_>) {
    if compared.unasked.is_empty() {
        return;
    }
    page.heading("classes of mroscope that could not be asked about");
    let mut numbers: BTreeMap<Unasked, usize> = BTreeMap::new();
    for (_, why) in &compared.unasked {
        *numbers.entry(*why).or_default() += 1;
    }
    let table = page.table(vec![Column::right(0), Column::left(0)]);
    for (why, number) in numbers {
        page.push(Line::row(
            table,
            vec![
                vec![Span::plain(format!("  {number}"))],
                vec![Span::plain(unasked(why))],
            ],
        ));
    }
}

/// Lists modules that were not imported, those with one reason together; `place` says where it lies.
pub(super) fn failures(
    page: &mut Page,
    failed: &BTreeMap<String, Failure>,
    place: &dyn Fn(&Failure) -> String,
) {
    if failed.is_empty() {
        return;
    }
    page.heading("modules that were not imported, by reason");
    let mut reasons: IndexMap<(String, String), Vec<&str>, FxBuildHasher> = IndexMap::default();
    for (module, why) in failed {
        let reason = (failure(why), place(why));
        reasons.entry(reason).or_default().push(module);
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, modules)| Reverse(modules.len()));
    for ((reason, place), modules) in reasons {
        page.push(Line::text(vec![
            Span::plain("  "),
            Span::new(shortened(&reason, 2 * LONGEST), Role::Error),
            Span::faint(place),
        ]));
        let more = modules.len().saturating_sub(NAMED);
        let mut names = modules[..modules.len() - more].join(", ");
        if more > 0 {
            // Writing to a `String` cannot fail.
            let _ = write!(names, " and {more} more");
        }
        page.push(Line::text(vec![
            Span::plain("    "),
            Span::new(names, Role::Module),
        ]));
    }
}

/// Why a module was not imported, as a clause.
pub fn failure(why: &Failure) -> String {
    match why {
        Failure::Raised(Raised { kind, message, .. }) if message.trim().is_empty() => kind.clone(),
        Failure::Raised(Raised { kind, message, .. }) => {
            one_line(&format!("{kind}: {message}"), 4 * LONGEST)
        }
        Failure::Hung { seconds } => format!("not imported after {seconds} s"),
        Failure::Ended { how } => format!("the interpreter ended {how}"),
        Failure::NotReached => "the time was over before it came to it".into(),
        Failure::NotImported => "it is there to be run, not to be imported".into(),
        Failure::OfTool => "a tool runs it: name it, and it is imported".into(),
        Failure::Elsewhere { file } => format!("Python finds `{file}` under this name"),
    }
}

/// The line of the project that an exception came through last.
fn place(compared: &Comparison<'_>, why: &Failure) -> String {
    let Failure::Raised(raised) = why else {
        return String::new();
    };
    let innermost = raised
        .frames
        .iter()
        .rev()
        .find_map(|Frame(module, _, line, ..)| {
            let file = compared.analysis.module(module.as_deref()?)?.file?;
            Some((file, *line))
        });
    innermost.map_or_else(String::new, |(file, line)| {
        format!("  {}:{line}", compared.analysis.file(file).shown)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_many_is_not_none_of_them() {
        assert_eq!(percentage(1, 100_000), "0.01 %");
        assert_eq!(percentage(99_999, 100_000), "99.99 %");
        assert_eq!(percentage(3, 3), "100.00 %");
        assert_eq!(percentage(0, 0), "0.00 %");
    }

    #[test]
    fn classes_of_one_name_are_told_apart_by_their_modules() {
        let ours = ["a:X".to_owned(), "b:Y".to_owned()];
        let theirs = ["a:X".to_owned(), "c:Y".to_owned()];
        assert_eq!(mro(&ours, &theirs), "X b:Y");
        assert_eq!(mro(&theirs, &ours), "X c:Y");
    }
}
