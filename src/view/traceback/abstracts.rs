//! An abstract class that was called: which names are missing, who declares them, who defines them too late.

use crate::Name;
use crate::analysis::ClassRef;
use crate::semantics::{MemberOrigin, abstract_methods};
use crate::view::traceback::context::{Context, ancestors, gaps, say};
use crate::view::traceback::{About, Said, Verdict, no_class};
use crate::view::words::{class_link, class_span, count, place_link, short_place};
use crate::view::{Column, Line, Page, Role, Span, nearest};

/// Answers `Can't instantiate abstract class …`.
pub(super) fn said<'a>(context: &Context<'a, '_>, class: &str, names: &[String]) -> Said<'a> {
    let mut page = Page::default();
    let left = |class: ClassRef<'_>| abstract_methods(&context.analysis.classes, class.id());
    let fits = |class: ClassRef<'a>| {
        let left = left(class);
        left.iter()
            .map(Name::as_str)
            .eq(names.iter().map(String::as_str))
    };
    let Some((class, others)) = context.called(class, &fits) else {
        no_class(&mut page, class);
        return Said {
            about: About::Abstract,
            class: None,
            verdict: Verdict::NotPlaced,
            page,
        };
    };
    if others > 0 {
        say(
            &mut page,
            format!(
                "{} called {}: this is the one nearest to the lines of the log",
                count(others, "more class is", "more classes are"),
                class.name()
            ),
        );
    }
    context.revision_here(&mut page);
    let left = left(class);
    let mut known = 0;
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(0)]);
    let mut rows = vec![];
    for name in names {
        if left.iter().any(|it| it == name) || class.mro().is_none() {
            known += 1;
            rows.extend(missing(class, name, table));
        } else {
            rows.push(Line::row(
                table,
                vec![
                    vec![Span::plain(format!("  {name}"))],
                    vec![Span::new(no_longer(class, name), Role::Warning)],
                ],
            ));
        }
    }
    for line in rows {
        page.push(line);
    }
    for name in left
        .iter()
        .filter(|it| !names.iter().any(|name| name == it.as_str()))
    {
        say(
            &mut page,
            format!("`{name}` is missing, too, as the class stands now"),
        );
    }
    let verdict = if class.mro().is_none() {
        gaps(&mut page, class);
        Verdict::Unknown
    } else if known > 0 {
        page.push(
            Line::text(vec![Span::faint(format!(
                "  its MRO is {}",
                ancestors(class)
            ))])
            .to(class_link(class)),
        );
        Verdict::Explained
    } else {
        say(
            &mut page,
            "mroscope sees no reason: as it stands, the class can be instantiated",
        );
        Verdict::NoReason
    };
    Said {
        about: About::Abstract,
        class: Some(class),
        verdict,
        page,
    }
}

/// Why a name that the log calls abstract is none.
fn no_longer(class: ClassRef<'_>, name: &str) -> String {
    match class.winner(name) {
        Some(found) if !found.member.is_abstract => {
            format!("is defined by {} now", found.class.name())
        }
        Some(found) => format!("is abstract in {}, and does not count", found.class.name()),
        None => "is no name of it any more".to_owned(),
    }
}

/// A name that is missing: who declares it, and who defines it behind that.
fn missing(class: ClassRef<'_>, name: &str, table: usize) -> Vec<Line> {
    let definitions = class.definitions(name);
    let Some(declared) = definitions.first().copied() else {
        return vec![];
    };
    let analysis = class.analysis();
    let place = |place: Option<crate::source::Place>| {
        place.map_or_else(String::new, |it| format!("  {}", short_place(analysis, it)))
    };
    let defined = definitions.iter().find(|it| !it.member.is_abstract);
    let (says, link) = if let Some(late) = defined {
        (
            vec![
                Span::new("defined by ", Role::Warning),
                class_span(late.class),
                Span::new(
                    format!(" too late: behind {} in the MRO", declared.class.name()),
                    Role::Warning,
                ),
                Span::faint(place(late.place())),
            ],
            place_link(analysis, late.place()),
        )
    } else {
        let near = near(class, name);
        let says = near.map_or_else(
            || "nothing defines it".to_owned(),
            |(near, of)| {
                format!(
                    "nothing defines it; `{near}` of {} is spelled much like it",
                    of.name()
                )
            },
        );
        (vec![Span::plain(says)], None)
    };
    vec![
        Line::row(
            table,
            vec![
                vec![Span::new(format!("  {name}"), Role::Method)],
                vec![
                    Span::plain("abstract in "),
                    class_span(declared.class),
                    Span::faint(place(declared.place())),
                ],
                says,
            ],
        )
        .to(link.or_else(|| place_link(analysis, declared.place()))),
    ]
}

/// A method of the class, or of one that derives the declaration, with a name much like this one.
fn near<'a>(class: ClassRef<'a>, name: &str) -> Option<(&'a str, ClassRef<'a>)> {
    class.known_ancestry().into_iter().find_map(|ancestor| {
        let own = ancestor.members().iter().filter(|(known, member)| {
            member.origin == MemberOrigin::Body && !member.is_abstract && *known != name
        });
        let near = nearest(name, own.map(|(known, _)| known.as_str()))?;
        // Special names are much alike: `__len__` is no slip for `__iter__`.
        let is_slip = !name.starts_with("__") || strsim::damerau_levenshtein(name, near) <= 2;
        is_slip.then_some((near, ancestor))
    })
}
