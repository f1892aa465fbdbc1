//! The *coverage* page: how much of the project is known, what keeps the rest from being known, and what helps.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::analysis::{Analysis, Cause, ClassRef, Counts, Share};
use crate::semantics::Why;
use crate::view::bounded::{LONGEST, one_line};
use crate::view::words::{class_link, class_span, count, made_at, place_link};
use crate::view::{Column, Line, Link, Page, PageKind, Role, Span};

/// How many of the classes that share a cause are listed below it; the others are counted.
const LISTED: usize = 5;

/// Counts the project's classes by how sure their answers are, and lists the causes of what is not known, the most
/// harmful first, each with its cure and the first of the classes it holds back. Assumptions follow.
pub fn coverage(analysis: &Analysis) -> Page {
    let mut page = Page {
        title: vec![
            Span::new("Coverage", Role::Heading),
            Span::faint(format!("  {}", analysis.world.project)),
        ],
        ..Page::default()
    };
    let coverage = analysis.coverage();
    let counts = coverage.counts;
    if counts.classes == 0 {
        page.push(Line::text(vec![Span::plain(
            "no statement of this project makes a class",
        )]));
        return page;
    }
    totals(&mut page, counts);
    if counts.unknown == 0 && counts.assumed == 0 {
        page.push(Line::blank());
        page.push(Line::text(vec![
            Span::new("● ", Role::Exact),
            Span::plain("nothing that a class stands on is out of view, and nothing was assumed"),
        ]));
        return page;
    }
    if !coverage.causes.is_empty() {
        page.heading("why classes are unknown, and how many");
        let held: usize = coverage.causes.iter().map(Share::classes).sum();
        if held > counts.unknown {
            page.push(Line::text(vec![Span::faint(
                "a class with several causes counts under each of them",
            )]));
        }
        let mut list = List::new(&mut page, &coverage.causes);
        for share in &coverage.causes {
            let said = Span::new(cause(analysis, &share.of), Role::Unknown);
            list.add(analysis, share, said, Some(cure(&share.of)));
        }
    }
    if !coverage.assumptions.is_empty() {
        page.heading("what was assumed, and for how many");
        let mut list = List::new(&mut page, &coverage.assumptions);
        for share in &coverage.assumptions {
            let said = Span::new(one_line(share.of, LONGEST), Role::Assumed);
            list.add(analysis, share, said, None);
        }
    }
    page
}

/// Says a cause as a clause: `` `attrs` is not installed in the environment that was searched ``.
pub fn cause(analysis: &Analysis, cause: &Cause) -> String {
    let said = match cause {
        Cause::NotInstalled { module } => Why::NotInstalled {
            module: module.clone(),
        }
        .say(),
        Cause::NotInPackage { module } => {
            let although = module.split_once('.').map_or_else(String::new, |(top, _)| {
                format!(", although `{top}` is there")
            });
            format!("`{module}` cannot be imported{although}")
        }
        Cause::NotInPython { module } => {
            let world = &analysis.world;
            format!(
                "the standard library of Python {} on {} has no `{module}`",
                world.python, world.platform
            )
        }
        Cause::NoSource {
            module,
            has_changed,
        } => Why::NoSource {
            module: module.clone(),
            has_changed: *has_changed,
        }
        .say(),
        Cause::Expression { why, what, .. } => {
            format!("`{}`: {}", one_line(what, LONGEST), why.say())
        }
    };
    one_line(&said, 2 * LONGEST)
}

/// What a person can do about a cause, or that nothing can be done from here.
pub fn cure(cause: &Cause) -> String {
    match cause {
        Cause::NotInstalled { module } => format!(
            "install `{}` in the environment, or name the environment with --python",
            one_line(module, LONGEST)
        ),
        Cause::NotInPackage { .. } => {
            "a build may make it, or another version of the package may have it".into()
        }
        Cause::NotInPython { .. } => {
            "name a Python that has it with --python-version, or a platform with --platform".into()
        }
        Cause::NoSource {
            module,
            has_changed,
        } => format!(
            "run `mroscope snapshot {}`{}: the environment's Python then describes its classes",
            one_line(module, LONGEST),
            if *has_changed { " again" } else { "" },
        ),
        Cause::Expression { why, .. } => match why {
            Why::NotFound => "misspelled, or bound only when it runs",
            Why::Budget => "too long to follow",
            Why::DoesNotCompile => "`mroscope problems` says where, and what is wrong",
            Why::Undecided
            | Why::Input
            | Why::NotFollowed
            | Why::Cycle
            | Why::NotInstalled { .. }
            | Why::NoSource { .. } => "only a run can tell",
        }
        .into(),
    }
}

fn totals(page: &mut Page, counts: Counts) {
    page.push(Line::text(vec![Span::plain(count(
        counts.classes,
        "class",
        "classes",
    ))]));
    let table = page.table(vec![Column::left(0), Column::right(0), Column::right(0)]);
    for (word, number, role, leads_to) in [
        ("● exact", counts.exact, Role::Exact, None),
        ("◐ assumed", counts.assumed, Role::Assumed, None),
        ("○ unknown", counts.unknown, Role::Unknown, None),
        (
            "✗ raise",
            counts.raises,
            Role::Error,
            Some(Link::Page(PageKind::Problems)),
        ),
    ] {
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::new(format!("  {word}"), role)],
                    vec![Span::plain(number.to_string())],
                    vec![Span::faint(percentage(number, counts.classes))],
                ],
            )
            .to(leads_to.filter(|_| number > 0)),
        );
    }
}

/// A part of a whole in percent. What is there never reads as nothing, nor what is missing as all.
fn percentage(part: usize, whole: usize) -> String {
    let rounded = (part * 1000 + whole / 2) / whole.max(1);
    let thousandths = match rounded {
        0 if part > 0 => 1,
        1000 if part < whole => 999,
        rounded => rounded,
    };
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

/// The part of the page that shares of one kind stand in.
struct List<'p> {
    page: &'p mut Page,
    /// Cells that the counts take.
    digits: usize,
}

impl<'p> List<'p> {
    fn new<T>(page: &'p mut Page, shares: &[Share<'_, T>]) -> Self {
        let most = shares.iter().map(Share::classes).max().unwrap_or(0);
        Self {
            page,
            digits: most.to_string().len(),
        }
    }

    /// Adds a cause or an assumption: itself, its cure, the first classes of its share.
    fn add<T>(
        &mut self,
        analysis: &Analysis,
        share: &Share<'_, T>,
        said: Span,
        cure: Option<String>,
    ) {
        let first = share.places.first().copied();
        let place = match (first, share.places.len()) {
            (None, _) => String::new(),
            (Some(place), 1) => format!("  {}", analysis.say_place(place)),
            (Some(place), places) => {
                let others = count(places - 1, "other place", "other places");
                format!("  {} and {others}", analysis.say_place(place))
            }
        };
        let number = format!("  {:>1$} ", share.classes(), self.digits);
        self.page.push(
            Line::text(vec![Span::plain(number), said, Span::faint(place)])
                .to(place_link(analysis, first)),
        );
        let indent = " ".repeat(self.digits + 3);
        if let Some(cure) = cure {
            self.page.push(Line::text(vec![
                Span::plain(&indent),
                Span::plain(format!("→ {cure}")),
            ]));
        }
        let table = self.page.table(vec![
            Column::left(0),
            Column::left(2),
            Column::left(3),
            Column::left(1),
        ]);
        let mut listed = 0;
        for (class, times, how) in together(share).into_iter().take(LISTED) {
            listed += times;
            let cells = cells(&indent, class, times, how);
            self.page
                .push(Line::row(table, cells).to(class_link(class)));
        }
        if share.classes() > listed {
            self.page.push(Line::text(vec![
                Span::plain(&indent),
                Span::faint(format!("and {} more", share.classes() - listed)),
            ]));
        }
    }
}

/// The row of a class that a cause touches: itself, its module, how it is touched, its place.
fn cells(indent: &str, class: ClassRef<'_>, times: usize, how: &str) -> Vec<Vec<Span>> {
    let mut said: Vec<String> = vec![];
    if !how.is_empty() {
        said.push(how.to_owned());
    }
    if times > 1 {
        said.push(format!("{times} times"));
    }
    vec![
        vec![Span::plain(indent), class_span(class)],
        vec![Span::faint(&class.path().module)],
        vec![Span::faint(said.join(", "))],
        vec![made_at(class)],
    ]
}

/// The classes of a share, how often each stands in it, and how it is touched: a statement in a loop or in a function
/// that is called often makes many classes, which look the same.
fn together<'a, T>(share: &Share<'a, T>) -> Vec<(ClassRef<'a>, usize, &'static str)> {
    let direct = share.direct.iter().map(|&class| (class, ""));
    let derived = share.derived.iter().map(|&class| (class, "indirectly"));
    let mut times: IndexMap<_, (ClassRef<'a>, usize, &'static str), FxBuildHasher> =
        IndexMap::default();
    for (class, how) in direct.chain(derived) {
        times
            .entry((class.path(), class.place(), how))
            .or_insert((class, 0, how))
            .1 += 1;
    }
    times.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::percentage;

    #[test]
    fn a_few_are_more_than_none_and_most_are_less_than_all() {
        assert_eq!(percentage(0, 3), "0.0 %");
        assert_eq!(percentage(1, 3), "33.3 %");
        assert_eq!(percentage(2, 3), "66.7 %");
        assert_eq!(percentage(3, 3), "100.0 %");
        assert_eq!(percentage(1, 100_000), "0.1 %");
        assert_eq!(percentage(99_999, 100_000), "99.9 %");
    }
}
