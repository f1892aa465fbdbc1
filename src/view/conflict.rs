//! Why a class statement raises, as far as its reason is known: the statements that cannot all hold.

use crate::analysis::ClassRef;
use crate::semantics::{Before, ClassId, Demand, Raised, TypeNewError, contradiction};
use crate::view::linearization::say_before;
use crate::view::words::{self, Names, class_link, place_link};
use crate::view::{Column, Line, Page, Role, Span};

/// Adds to a page what stands behind an exception.
pub(super) fn explain(page: &mut Page, class: ClassRef<'_>, raised: &Raised) {
    let analysis = class.analysis();
    if let Some(at_fault) = raised.inherited_from {
        let other = analysis.class(at_fault);
        page.heading("it derives from a class that cannot exist");
        statements(page, &[(other, "raises first".to_owned())]);
    }
    if let Some(at) = raised.at {
        page.heading("it is raised by");
        let text: Vec<&str> = analysis.text_of(at).split_whitespace().collect();
        let line = vec![
            Span::plain(format!("  {}  ", text.join(" "))),
            Span::faint(analysis.say_place(at)),
        ];
        page.push(Line::text(line).to(place_link(analysis, Some(at))));
    }
    let Some(reason) = &raised.reason else {
        if raised.inherited_from.is_none() {
            bases(page, class, raised);
        }
        return;
    };
    match &**reason {
        TypeNewError::InconsistentMro { .. } => inconsistent(page, class, raised),
        TypeNewError::MetaclassConflict {
            chosen,
            other,
            through,
        } => {
            let (chosen, other, through) = (
                analysis.class(*chosen),
                analysis.class(*other),
                analysis.class(*through),
            );
            page.heading("no metaclass derives from all the others");
            statements(
                page,
                &[
                    (chosen, "the metaclass so far".to_owned()),
                    (through, format!("brings the metaclass {}", other.name())),
                    (other, format!("does not derive from {}", chosen.name())),
                ],
            );
        }
        TypeNewError::UnacceptableBase(base) => {
            page.heading("a base that accepts no subclasses");
            statements(page, &[(analysis.class(*base), "cannot be a base".into())]);
        }
        TypeNewError::LayoutConflict { first, second } => {
            page.heading("instances cannot have both layouts");
            let say = |id: &ClassId| {
                let base = analysis.class(*id);
                let solid = base.made().map(|made| analysis.class(made.solid_base));
                let says = match solid {
                    Some(solid) if solid != base => format!("has the layout of {}", solid.name()),
                    _ => "has a layout of its own".to_owned(),
                };
                (base, says)
            };
            statements(page, &[say(first), say(second)]);
        }
        TypeNewError::DuplicateBase(base) => {
            page.heading("a base stands twice");
            statements(
                page,
                &[(analysis.class(*base), "is named more than once".into())],
            );
        }
        TypeNewError::Slots(_) | TypeNewError::EmptyMro | TypeNewError::UnsuitableMro(_) => {
            bases(page, class, raised);
        }
    }
}

/// The demands that go round in a circle, each with the statement that makes it.
pub(super) fn inconsistent(page: &mut Page, class: ClassRef<'_>, raised: &Raised) {
    let analysis = class.analysis();
    let demands = contradiction(&analysis.classes, class.id(), &raised.bases);
    if demands.is_empty() {
        bases(page, class, raised);
        return;
    }
    page.heading("these cannot all hold");
    let names = Names::of(
        demands
            .iter()
            .flat_map(|demand| [analysis.class(demand.first), analysis.class(demand.second)])
            .chain([class]),
    );
    let table = page.table(vec![Column::left(0), Column::left(1), Column::left(2)]);
    for &demand in &demands {
        let (first, second) = (analysis.class(demand.first), analysis.class(demand.second));
        let (mut text, by) = say_before(class, first, second, demand.because, &names);
        text.splice(0..0, [names.span(first), Span::plain(" ")]);
        page.push(
            Line::row(
                table,
                vec![
                    text,
                    vec![Span::plain(words::statement(by))],
                    vec![words::made_at(by)],
                ],
            )
            .to(place_link(analysis, by.place()).or_else(|| class_link(by))),
        );
    }
    if demands
        .iter()
        .any(|demand| says(demand) == Some(class.id()))
    {
        bases(page, class, raised);
        return;
    }
    page.push(
        Line::row(
            table,
            vec![
                vec![names.span(class), Span::plain(" keeps them all")],
                vec![Span::plain(words::statement(class))],
                vec![words::made_at(class)],
            ],
        )
        .to(place_link(analysis, class.place())),
    );
    bases(page, class, raised);
}

/// The class whose bases say so, where it is not the one that comes first.
fn says(demand: &Demand) -> Option<ClassId> {
    match demand.because {
        Before::Derives => None,
        Before::Written { by } | Before::Leftmost { by, .. } => Some(by),
    }
}

/// The bases the statement asks for, in order.
fn bases(page: &mut Page, class: ClassRef<'_>, raised: &Raised) {
    if raised.bases.is_empty() {
        return;
    }
    page.heading("the bases it asks for");
    let asked: Vec<(ClassRef<'_>, String)> = raised
        .bases
        .iter()
        .map(|&base| {
            let base = class.analysis().class(base);
            let mro: Vec<&str> = base
                .known_ancestry()
                .into_iter()
                .map(ClassRef::name)
                .collect();
            (base, mro.join(" "))
        })
        .collect();
    statements(page, &asked);
}

/// Classes, what is to be said of each, and where they are made.
fn statements(page: &mut Page, entries: &[(ClassRef<'_>, String)]) {
    let names = Names::of(entries.iter().map(|(class, _)| *class));
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
    for (class, says) in entries {
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::new("  ", Role::Plain), names.span(*class)],
                    vec![Span::plain(says)],
                    vec![words::made_at(*class)],
                ],
            )
            .to(class_link(*class)),
        );
    }
}
