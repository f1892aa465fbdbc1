//! The *creation* page: what a class statement runs, step by step, with who provides each function; then what calling the class runs.

mod costs;
mod steps;

pub use costs::costs;

use crate::analysis::{Analysis, ClassRef};
use crate::semantics::{
    ClassStory, Course, Creation, CreationDoes, Given, MemberOrigin, Origin, Outcome,
};
use crate::view::explanation::written;
use crate::view::words::{self, class_link, class_span, count, place_link, short_place};
use crate::view::{Column, Line, Link, Page, PageKind, Role, Span};

/// How many names that were set on a class afterwards are listed.
const MOST_LATER: usize = 12;
/// How many calls of one timeline are listed.
const MOST_CALLS: usize = 200;

/// Says how a class came about, and what calling it runs; nothing yet where the run has not answered.
pub fn creation(class: ClassRef<'_>, told: Option<&ClassStory>) -> Page {
    let mut page = words::about(class);
    page.title.insert(1, Span::plain(" · creation"));
    let Some(story) = told else {
        page.push(Line::text(vec![Span::faint(
            "being worked out: the answer comes by itself",
        )]));
        return page;
    };
    page.standing = standing(class, story.creation.as_ref());
    match &story.creation {
        Some(creation) => made_by_statement(&mut page, class, creation, story.of_project),
        None => unwatched(&mut page, class),
    }
    later(&mut page, class);
    called(&mut page, class, &story.called);
    page
}

/// How sure the timeline is: to the letter or not.
fn standing(class: ClassRef<'_>, creation: Option<&Creation>) -> Vec<Span> {
    let Some(creation) = creation.filter(|_| class.not_reached().is_none()) else {
        return words::about(class).standing;
    };
    let is_raised = creation.course.raised.is_some();
    vec![match creation.course.is_exact {
        true if is_raised => Span::new("✗ raises", Role::Error),
        true => Span::new("● exact", Role::Exact),
        false => Span::new("◐ not to the letter", Role::Assumed),
    }]
}

fn made_by_statement(
    page: &mut Page,
    class: ClassRef<'_>,
    creation: &Creation,
    (all_calls, statements): (usize, usize),
) {
    let analysis = class.analysis();
    let is_its_own = creation.class == Some(class.id()) || creation.place == class.place();
    if creation.is_call {
        page.push(
            Line::text(vec![
                Span::plain("made by a call, outside of every class statement"),
                Span::faint(
                    creation
                        .place
                        .map_or_else(String::new, |it| format!("  {}", short_place(analysis, it))),
                ),
            ])
            .to(place_link(analysis, creation.place)),
        );
    } else if is_its_own {
        page.push(written(class));
    } else {
        page.push(
            Line::text(vec![
                Span::plain("made by a call while "),
                Span::new(format!("class {}", creation.path.qualname), Role::Class),
                Span::plain(" executes: this is what that statement runs"),
            ])
            .to(place_link(analysis, creation.place)),
        );
    }
    if creation.is_local {
        page.push(Line::text(vec![Span::faint(
            "it stands in a function: this is one execution of it, the last",
        )]));
    }
    if !creation.course.is_exact {
        let what = match &creation.course.doubt {
            Some(gap) => analysis.say_gap(gap),
            None => String::from("something on the way could not be followed"),
        };
        let place = creation.course.doubt.as_ref().and_then(|it| it.at);
        page.push(
            Line::text(vec![
                Span::new("◐ ", Role::Assumed),
                Span::plain(what),
                Span::faint("; there may be other calls, or fewer"),
            ])
            .to(place_link(analysis, place)),
        );
    }
    page.push(Line::blank());
    steps::push(page, class, creation);
    if let Some((kind, message)) = &creation.course.raised {
        let message = message.as_deref().unwrap_or_default();
        page.push(Line::text(vec![Span::new(
            format!("raises {kind}: {message}"),
            Role::Error,
        )]));
    } else if let Some(given) = &creation.gives
        && *given != Given::Class(class.id())
    {
        page.push(Line::text(vec![
            Span::plain("the name is bound to "),
            given_span(analysis, given),
        ]));
    }
    let calls = creation.course.calls().count();
    page.push(
        Line::text(vec![
            Span::plain(format!("calls at import: {calls}")),
            Span::faint(format!(
                ", {all_calls} for all {} ›",
                count(statements, "class that is made", "classes that are made")
            )),
        ])
        .to(Some(Link::Page(PageKind::Costs))),
    );
}

/// Why there is nothing to tell of a class's statement.
fn unwatched(page: &mut Page, class: ClassRef<'_>) {
    let says = match class.origin() {
        Origin::Interpreter => "the interpreter brings it: no class statement is executed",
        Origin::Call(_) => "made by a call, outside of every class statement",
        Origin::Statement { .. } => {
            "its statement stands in a function that nobody calls while modules are imported"
        }
    };
    page.push(written(class));
    page.push(Line::text(vec![Span::faint(says)]).to(place_link(class.analysis(), class.place())));
}

/// What was set on the class after it was made, and where.
fn later(page: &mut Page, class: ClassRef<'_>) {
    let analysis = class.analysis();
    let own = class.place();
    let is_outside = |place: crate::source::Place| {
        own.is_none_or(|own| {
            place.file != own.file || place.start < own.start || own.end < place.end
        })
    };
    let set: Vec<_> = class
        .members()
        .iter()
        .filter(|(name, member)| {
            member.origin == MemberOrigin::Late
                && !matches!(name.as_str(), "__module__" | "__qualname__")
        })
        .filter_map(|(name, member)| Some((name, member.place.filter(|it| is_outside(*it))?)))
        .collect();
    if set.is_empty() {
        return;
    }
    page.heading("set on it besides its body");
    let table = page.table(vec![Column::left(0), Column::left(1)]);
    for (name, place) in set.iter().take(MOST_LATER) {
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain(format!("  {name}"))],
                    vec![Span::faint(analysis.say_place(*place))],
                ],
            )
            .about(name)
            .to(place_link(analysis, Some(*place))),
        );
    }
    if set.len() > MOST_LATER {
        page.push(Line::text(vec![Span::faint(format!(
            "  and {} more",
            set.len() - MOST_LATER
        ))]));
    }
}

/// What calling the class runs.
fn called(page: &mut Page, class: ClassRef<'_>, course: &Course) {
    if !matches!(class.outcome(), Outcome::Created(_)) {
        return;
    }
    let analysis = class.analysis();
    page.heading(&format!("{}(…)", class.name()));
    page.push(providers(class));
    let table = page.table(vec![Column::left(0), Column::left(1)]);
    let base = course.events.iter().map(|it| it.depth).min().unwrap_or(0);
    let mut calls = 0;
    page.push(Line::text(vec![Span::faint(format!(
        "without arguments, {}() runs",
        class.name()
    ))]));
    for event in &course.events {
        let CreationDoes::Call {
            qualname, place, ..
        } = &event.does
        else {
            continue;
        };
        calls += 1;
        if calls > MOST_CALLS {
            continue;
        }
        let indent = "  ".repeat((event.depth - base) as usize % 40 + 1);
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain(indent), Span::new(qualname, Role::Method)],
                    vec![Span::faint(
                        place.map_or_else(String::new, |it| short_place(analysis, it)),
                    )],
                ],
            )
            .to(place_link(analysis, *place)),
        );
    }
    if calls > MOST_CALLS {
        page.push(Line::text(vec![Span::faint(format!(
            "  and {} more",
            calls - MOST_CALLS
        ))]));
    }
    let end = match &course.raised {
        _ if !course.is_exact => vec![
            Span::new("  ◐ ", Role::Assumed),
            Span::plain("as far as it could be followed"),
            Span::faint(match &course.doubt {
                Some(gap) => format!("; {}", analysis.say_gap(gap)),
                None => String::new(),
            }),
        ],
        Some((kind, message)) => vec![Span::new(
            format!(
                "  raises {kind}: {}",
                message.as_deref().unwrap_or_default()
            ),
            Role::Error,
        )],
        None if calls == 0 => vec![Span::faint("  nothing that has source")],
        None => vec![Span::faint(format!(
            "  {}",
            count(calls, "function", "functions")
        ))],
    };
    page.push(Line::text(end));
}

/// Which class provides each part of a call: `Meta.__call__ → Base.__new__ → Invoice.__init__`.
fn providers(class: ClassRef<'_>) -> Line {
    let analysis = class.analysis();
    let mut spans = vec![Span::plain("  ")];
    let mut link = None;
    let above = class.metaclass().and_then(|it| it.winner("__call__"));
    let parts = [
        ("__call__", above),
        ("__new__", class.winner("__new__")),
        ("__init__", class.winner("__init__")),
    ];
    for (name, found) in parts {
        let Some(found) = found else { continue };
        if spans.len() > 1 {
            spans.push(Span::faint(" → "));
        }
        spans.push(class_span(found.class));
        spans.push(Span::plain(format!(".{name}")));
        if let Some(place) = found.place() {
            spans.push(Span::faint(format!("  {}", short_place(analysis, place))));
            link = place_link(analysis, Some(place));
        }
    }
    Line::text(spans).to(link.or_else(|| class_link(class)))
}

/// What a call gives, in words.
fn given_span(analysis: &Analysis, given: &Given) -> Span {
    match given {
        Given::Class(class) if (class.0 as usize) < analysis.classes.len() => {
            class_span(analysis.class(*class))
        }
        Given::Class(_) => Span::plain("a class"),
        Given::Other(kind) if kind == "NoneType" => Span::new("None", Role::Value),
        Given::Other(kind) => Span::new(format!("an object of {kind}"), Role::Value),
        Given::Unknown => Span::new("something that is not known", Role::Unknown),
    }
}
