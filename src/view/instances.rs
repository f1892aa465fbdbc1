//! The line under the MRO that says what instances of a class are: a `__dict__`, a `__weakref__`, a hash; and whether there can be any.

use crate::analysis::{ClassRef, Provided};
use crate::semantics::{MemberKind, abstract_methods};
use crate::view::words::{class_span, place_link, short_place};
use crate::view::{Column, Line, Page, Role, Span};

/// How many missing names are listed.
const MOST_MISSING: usize = 20;

/// Adds the line, and below it a row for each abstract name that is missing.
pub(super) fn push(page: &mut Page, class: ClassRef<'_>) {
    let Some(made) = class.made() else { return };
    let analysis = class.analysis();
    page.push(Line::blank());
    let mut spans = vec![Span::faint("instances  ")];
    for (has, name) in [
        (made.shape.dict, "__dict__"),
        (made.shape.weakref, "__weakref__"),
    ] {
        if !has {
            spans.push(Span::plain("no "));
        }
        spans.push(Span::plain(name));
        spans.push(Span::faint(" · "));
    }
    let (hash, mut link) = hash(class);
    spans.extend(hash);
    spans.push(Span::faint(" · "));
    let missing = abstract_methods(&analysis.classes, class.id());
    if missing.is_empty() {
        spans.push(Span::plain("not abstract"));
    } else {
        spans.push(Span::new(
            format!(
                "cannot be instantiated: {}",
                crate::view::count(
                    missing.len(),
                    "abstract name is missing",
                    "abstract names are missing"
                )
            ),
            Role::Warning,
        ));
        link = None;
    }
    page.push(Line::text(spans).to(link));
    if missing.is_empty() {
        return;
    }
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
    for name in missing.iter().take(MOST_MISSING) {
        let definitions = class.definitions(name);
        let Some(declared) = definitions.iter().find(|it| it.member.is_abstract) else {
            continue;
        };
        let place = declared.place();
        let at = place.map_or_else(String::new, |it| format!("  {}", short_place(analysis, it)));
        let late = definitions.iter().find(|it| !it.member.is_abstract);
        let says = late.map_or_else(Vec::new, |late| {
            let at = late.place();
            let at = at.map_or_else(String::new, |it| format!("  {}", short_place(analysis, it)));
            vec![
                class_span(late.class),
                Span::new(
                    format!(
                        " gives it, but too late: behind {} in the MRO",
                        declared.class.name()
                    ),
                    Role::Warning,
                ),
                Span::faint(at),
            ]
        });
        let leads = late.and_then(crate::analysis::Definition::place).or(place);
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::new(format!("  {name}"), Role::Method)],
                    vec![
                        Span::faint("declared in "),
                        class_span(declared.class),
                        Span::faint(at),
                    ],
                    says,
                ],
            )
            .about(name)
            .to(place_link(analysis, leads)),
        );
    }
    if missing.len() > MOST_MISSING {
        page.push(Line::text(vec![Span::faint(format!(
            "  and {} more",
            missing.len() - MOST_MISSING
        ))]));
    }
}

/// Whether instances can be hashed; if not, who says so: `__hash__ = None`, or an `__eq__` without one (`type_ready_set_hash`).
fn hash(class: ClassRef<'_>) -> (Vec<Span>, Option<crate::view::Link>) {
    let analysis = class.analysis();
    let Provided::By(owner) = class.provider("__hash__") else {
        return (vec![Span::faint("hash not known")], None);
    };
    let Some(member) = owner.members().get("__hash__") else {
        return (vec![Span::faint("hash not known")], None);
    };
    if member.kind == MemberKind::Unknown {
        return (vec![Span::faint("hash not known")], None);
    }
    // `type` puts `None` there, or somebody wrote it.
    let is_none = member.kind == MemberKind::Value
        && (member.place.is_none() || member.shown.as_deref() == Some("None"));
    if !is_none {
        let mut spans = vec![Span::plain("hashable")];
        if owner.name() != "object" || !owner.is_interpreters() {
            spans.push(Span::faint(" by "));
            spans.push(class_span(owner));
        }
        return (spans, place_link(analysis, member.place));
    }
    let (name, place) = match member.place {
        // `@dataclass` with `eq` and without `frozen`: nobody wrote `__hash__`.
        Some(place) if analysis.text_of(place).starts_with('@') => {
            let line = crate::view::one_line(analysis.text_of(place), 40);
            (line, Some(place))
        }
        Some(place) => (String::from("__hash__ = None"), Some(place)),
        None => (
            String::from("__eq__"),
            owner.members().get("__eq__").and_then(|it| it.place),
        ),
    };
    let at = match place {
        Some(place) if Some(place.file) == class.place().map(|it| it.file) => {
            format!(", line {}", analysis.file(place.file).line(place.start))
        }
        Some(place) => format!(", {}", short_place(analysis, place)),
        None => String::new(),
    };
    let mut spans = vec![Span::new("not hashable", Role::Warning), Span::faint(" (")];
    if owner != class {
        spans.extend([class_span(owner), Span::faint(": ")]);
    }
    spans.push(Span::plain(name));
    spans.push(Span::faint(format!("{at})")));
    (spans, place_link(analysis, place))
}
