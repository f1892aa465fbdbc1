//! The steps of a class statement, a row each, and what is called in them.

use crate::Name;
use crate::analysis::ClassRef;
use crate::semantics::{
    ClassId, Creation, CreationDoes, CreationEvent, CreationStep, Given, Origin,
};
use crate::source::Place;
use crate::view::creation::given_span;
use crate::view::words::{class_span, count, place_link, short_place};
use crate::view::{Column, Line, Link, Page, Role, Span};

/// How many kinds of calls one row names.
const MOST_NAMED: usize = 3;
/// How many rows a page has at most: a statement that makes thousands of classes on its way is cut.
const MOST_ROWS: usize = 400;

/// How many calls are listed below the row of one step.
const MOST_WITHIN: usize = 8;

/// A step, and what is called in it before the next one begins.
struct Row<'a> {
    step: Step<'a>,
    depth: u32,
    /// How often the same step came in a row: `__set_name__` of objects of one class.
    times: usize,
    calls: Vec<(&'a CreationEvent, u32)>,
}

enum Step<'a> {
    Of(CreationStep),
    /// Another class statement.
    Statement(&'a CreationEvent),
}

/// Adds the steps.
pub(super) fn push(page: &mut Page, class: ClassRef<'_>, creation: &Creation) {
    let rows = rows(creation);
    let table = page.table(vec![
        Column::right(0),
        Column::left(0),
        Column::left(0),
        Column::left(2),
        Column::left(1),
    ]);
    let base = rows.iter().map(|it| it.depth).min().unwrap_or(0);
    let mut number = 0;
    for row in rows.iter().take(MOST_ROWS) {
        let Some((name, says, more, place)) = said(class, creation, row) else {
            continue;
        };
        number += 1;
        let indent = "  ".repeat((row.depth - base).min(8) as usize);
        let analysis = class.analysis();
        let mut link = place_link(analysis, place);
        if let Step::Statement(CreationEvent {
            does: CreationDoes::Statement { path, .. },
            ..
        }) = &row.step
            && !analysis.by_path(path).is_empty()
        {
            link = Some(Link::Class(path.clone()));
        }
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::faint(number.to_string())],
                    vec![Span::plain(format!("{indent}{name}"))],
                    says,
                    more,
                    vec![Span::faint(
                        place.map_or_else(String::new, |it| short_place(analysis, it)),
                    )],
                ],
            )
            .to(link),
        );
        within(page, table, class, row);
    }
    if rows.len() > MOST_ROWS {
        page.push(Line::text(vec![Span::faint(format!(
            "and {} more steps",
            rows.len() - MOST_ROWS
        ))]));
    }
}

/// The calls of a step behind those that its own row names, a row each, indented as deep as they are called.
fn within(page: &mut Page, table: usize, class: ClassRef<'_>, row: &Row<'_>) {
    let analysis = class.analysis();
    let least = row.calls.iter().map(|(_, depth)| *depth).min().unwrap_or(0);
    let calls = row.calls.iter().filter_map(|(event, depth)| {
        let CreationDoes::Call {
            qualname, place, ..
        } = &event.does
        else {
            return None;
        };
        Some((qualname, *place, *depth))
    });
    let has_named = match row.step {
        // Its own row tells the first ones by name.
        Step::Of(CreationStep::Decorators | CreationStep::Bases | CreationStep::Body) => true,
        Step::Of(CreationStep::TypeNew(_) | CreationStep::Library(..)) | Step::Statement(_) => {
            false
        }
        Step::Of(_) => true,
    };
    let is_hook = matches!(row.step, Step::Of(step) if step.has_hook());
    let mut listed: Vec<(&Name, Option<Place>, u32, usize)> = vec![];
    for (index, (name, place, depth)) in calls.enumerate() {
        let is_told = has_named && depth == least && (!is_hook || index == 0 || row.times > 1);
        if is_told {
            continue;
        }
        match listed.last_mut() {
            Some(last) if (last.0, last.1, last.2) == (name, place, depth) => last.3 += 1,
            _ => listed.push((name, place, depth, 1)),
        }
    }
    if matches!(row.step, Step::Statement(_)) {
        return;
    }
    let more = listed.len().saturating_sub(MOST_WITHIN);
    for (name, place, depth, times) in listed.iter().take(MOST_WITHIN) {
        let indent = "  ".repeat((depth - least).min(8) as usize);
        let mut says = vec![
            Span::faint(format!("{indent}↳ ")),
            Span::new(*name, Role::Method),
        ];
        if *times > 1 {
            says.push(Span::plain(format!(" ×{times}")));
        }
        page.push(
            Line::row(
                table,
                vec![
                    vec![],
                    vec![],
                    says,
                    vec![],
                    vec![Span::faint(
                        place.map_or_else(String::new, |it| short_place(analysis, it)),
                    )],
                ],
            )
            .to(place_link(analysis, *place)),
        );
    }
    if more > 0 {
        let says = vec![Span::faint(format!("and {more} more"))];
        page.push(Line::row(table, vec![vec![], vec![], says, vec![], vec![]]));
    }
}

fn rows(creation: &Creation) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = vec![];
    let mut inner = 0_usize;
    for event in &creation.course.events {
        match &event.does {
            CreationDoes::Statement { .. } => {
                if inner == 0 {
                    rows.push(Row {
                        step: Step::Statement(event),
                        depth: event.depth + 1,
                        times: 1,
                        calls: vec![],
                    });
                }
                inner += 1;
            }
            CreationDoes::End => inner = inner.saturating_sub(1),
            CreationDoes::Step(step) if inner == 0 => {
                if let Some(last) = rows.last_mut()
                    && let CreationStep::SetName(_) | CreationStep::Library(_, "__set_name__") =
                        *step
                    && matches!(last.step, Step::Of(it) if it == *step)
                {
                    last.times += 1;
                    continue;
                }
                rows.push(Row {
                    step: Step::Of(*step),
                    depth: event.depth,
                    times: 1,
                    calls: vec![],
                });
            }
            CreationDoes::Call { .. } => {
                // What comes after a hook has returned is what called the hook does.
                let of = rows
                    .iter()
                    .rposition(|row| row.depth < event.depth)
                    .or(rows.len().checked_sub(1));
                if let Some(row) = of.and_then(|it| rows.get_mut(it)) {
                    row.calls.push((event, event.depth));
                }
            }
            CreationDoes::Step(_) => {}
        }
    }
    rows
}

type Said = (String, Vec<Span>, Vec<Span>, Option<Place>);

/// A row in words: the step, what it runs, what it gives or gets, where; none for a step in which nothing with source runs, and which says
/// nothing else.
fn said(class: ClassRef<'_>, creation: &Creation, row: &Row<'_>) -> Option<Said> {
    let analysis = class.analysis();
    let step = match &row.step {
        Step::Of(step) => *step,
        Step::Statement(event) => {
            let CreationDoes::Statement { path, place } = &event.does else {
                return None;
            };
            let calls = calls_of(&row.calls);
            return Some((
                format!("class {}", path.name()),
                vec![Span::faint("a statement of its own")],
                vec![Span::faint(counted(calls))],
                *place,
            ));
        }
    };
    let first = row.calls.first().map(|(event, _)| *event);
    let (function, place) = match first.map(|it| &it.does) {
        Some(CreationDoes::Call {
            qualname, place, ..
        }) => (Some(qualname), *place),
        _ => (None, None),
    };
    let shown = |function: Option<&Name>| match function {
        Some(name) => vec![Span::new(name, Role::Method)],
        None => vec![],
    };
    let beyond = |own: usize| {
        vec![Span::faint(counted(
            calls_of(&row.calls).saturating_sub(own),
        ))]
    };
    Some(match step {
        CreationStep::Decorators | CreationStep::Bases => {
            function?;
            let name = match step {
                CreationStep::Decorators => "decorators are evaluated",
                _ => "bases and keywords",
            };
            (name.to_owned(), named(&row.calls), beyond(0), place)
        }
        CreationStep::MroEntries => {
            function?;
            (
                String::from("__mro_entries__"),
                shown(function),
                beyond(1),
                place,
            )
        }
        CreationStep::Prepare => {
            let (says, at) = metaclass(class, creation);
            match function {
                None => (String::from("metaclass"), says, vec![], at),
                Some(name) => {
                    let mut spans = says;
                    spans.extend([
                        Span::faint("; asked for the namespace: "),
                        Span::new(name, Role::Method),
                    ]);
                    let gives = creation.prepared.as_ref();
                    let more = gives.map_or_else(Vec::new, |it| {
                        vec![Span::faint("gives "), Span::new(it, Role::Value)]
                    });
                    (String::from("metaclass, __prepare__"), spans, more, place)
                }
            }
        }
        CreationStep::Body => {
            let mut says = match creation.names {
                Some(own) => vec![Span::plain(count(own, "name", "names"))],
                None => vec![Span::faint("does not come to its end")],
            };
            if function.is_some() {
                says.push(Span::faint("; calls "));
                says.extend(named(&row.calls));
            }
            (String::from("body"), says, beyond(0), place)
        }
        CreationStep::Call => {
            function?;
            (
                String::from("the metaclass is called"),
                shown(function),
                beyond(1),
                place,
            )
        }
        CreationStep::New(_) => (String::from("__new__"), shown(function), beyond(1), place),
        CreationStep::TypeNew(made) => {
            if made == class.id() && row.calls.is_empty() {
                return None;
            }
            let says = if made == class.id() {
                vec![Span::faint("the class object is there")]
            } else {
                vec![
                    Span::faint("another class is made: "),
                    given_span(analysis, &Given::Class(made)),
                ]
            };
            (String::from("type.__new__"), says, beyond(0), None)
        }
        CreationStep::Mro(_) => (String::from("mro()"), shown(function), beyond(1), place),
        CreationStep::SetName(of) => {
            let mut says = vec![class_span(analysis.class(of))];
            if row.times > 1 {
                says.push(Span::plain(format!(" ×{}", row.times)));
            }
            (String::from("__set_name__"), says, beyond(row.times), place)
        }
        CreationStep::InitSubclass(of) => {
            let keywords: Vec<String> = creation
                .keywords
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let says = vec![
                class_span(analysis.class(of)),
                Span::plain(format!(".__init_subclass__({})", keywords.join(", "))),
            ];
            (String::from("__init_subclass__"), says, beyond(1), place)
        }
        CreationStep::Library(of, name) => {
            let mut says = vec![
                class_span(analysis.class(of)),
                Span::plain(format!(".{name}")),
            ];
            if row.times > 1 {
                says.push(Span::plain(format!(" ×{}", row.times)));
            }
            let more = vec![Span::faint(if row.calls.is_empty() {
                String::from("standard library")
            } else {
                counted(calls_of(&row.calls))
            })];
            (name.to_owned(), says, more, None)
        }
        CreationStep::Init(_) => (String::from("__init__"), shown(function), beyond(1), place),
        CreationStep::Decorate(index) => {
            let mut says = decorator(class, index);
            says.push(Span::faint(" → "));
            says.push(match creation.decorated.get(index as usize) {
                Some((Given::Class(_), true)) => Span::plain("the same class"),
                Some((Given::Class(it), false)) if Some(*it) == creation.class => {
                    Span::plain("another class in its place: made twice")
                }
                Some((given, _)) => given_span(analysis, given),
                None => Span::faint("raises"),
            });
            (String::from("decorator"), says, beyond(1), place)
        }
    })
}

/// Which metaclass, and why that one.
fn metaclass(class: ClassRef<'_>, creation: &Creation) -> (Vec<Span>, Option<Place>) {
    let analysis = class.analysis();
    let chosen = match creation.metaclass {
        Some(Given::Class(id)) if (id.0 as usize) < analysis.classes.len() => {
            Some(analysis.class(id))
        }
        Some(Given::Other(ref kind)) => {
            return (
                vec![Span::plain(format!("an object of {kind}, called"))],
                None,
            );
        }
        _ => None,
    };
    let Some(metaclass) = chosen.or_else(|| class.metaclass()) else {
        return (vec![Span::faint("not known")], None);
    };
    let is_asked_for = match class.origin() {
        Origin::Statement {
            arguments: Some(arguments),
            ..
        } => class.analysis().text_of(*arguments).contains("metaclass"),
        _ => false,
    };
    let base = class
        .bases()
        .into_iter()
        .find(|it| it.metaclass() == Some(metaclass));
    let why = match base {
        _ if metaclass.name() == "type" && metaclass.is_interpreters() => String::new(),
        Some(base) => format!(", by {}", origin_of(base, metaclass.id())),
        None if is_asked_for => String::from(", asked for"),
        None => String::new(),
    };
    let place = metaclass.place();
    (
        vec![
            Span::new(&metaclass.path().qualname, Role::Metaclass),
            Span::faint(why),
        ],
        place,
    )
}

/// The base with which a metaclass comes in, and the first of its ancestors that has it, where that is another one.
fn origin_of(base: ClassRef<'_>, metaclass: ClassId) -> String {
    let has = |it: &ClassRef<'_>| it.metaclass().is_some_and(|it| it.id() == metaclass);
    let ancestry = base.known_ancestry();
    let first = ancestry.iter().rfind(|it| has(it));
    match first.filter(|it| **it != base) {
        Some(first) => format!("{} (of {})", base.name(), first.name()),
        None => base.name().to_owned(),
    }
}

/// The expression of a decorator, counted from below.
fn decorator(class: ClassRef<'_>, index: u32) -> Vec<Span> {
    let analysis = class.analysis();
    let written = class.place().and_then(|place| {
        let Origin::Statement { first, .. } = class.origin() else {
            return None;
        };
        let text = analysis.text_of(Place {
            file: place.file,
            start: *first,
            end: place.start,
        });
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|it| it.starts_with('@'))
            .collect();
        let line = lines.iter().rev().nth(index as usize)?;
        Some(crate::view::one_line(line, 40))
    });
    vec![Span::new(
        written.unwrap_or_else(|| String::from("@…")),
        Role::Decorator,
    )]
}

/// The calls of the least depth, by name, with how often.
fn named(calls: &[(&CreationEvent, u32)]) -> Vec<Span> {
    let least = calls.iter().map(|(_, depth)| *depth).min().unwrap_or(0);
    let mut names: Vec<(&Name, usize)> = vec![];
    for (event, depth) in calls {
        let CreationDoes::Call { qualname, .. } = &event.does else {
            continue;
        };
        if *depth != least {
            continue;
        }
        match names.iter_mut().find(|(name, _)| *name == qualname) {
            Some((_, times)) => *times += 1,
            None => names.push((qualname, 1)),
        }
    }
    let mut spans = vec![];
    for (index, (name, times)) in names.iter().take(MOST_NAMED).enumerate() {
        if index > 0 {
            spans.push(Span::plain(", "));
        }
        spans.push(Span::new(name, Role::Method));
        if *times > 1 {
            spans.push(Span::plain(format!(" ×{times}")));
        }
    }
    if names.len() > MOST_NAMED {
        spans.push(Span::faint(format!(", {} more", names.len() - MOST_NAMED)));
    }
    spans
}

fn calls_of(calls: &[(&CreationEvent, u32)]) -> usize {
    calls.len()
}

/// How many calls there are besides those that are named.
fn counted(calls: usize) -> String {
    match calls {
        0 => String::new(),
        1 => String::from("1 call"),
        calls => format!("{calls} calls"),
    }
}
