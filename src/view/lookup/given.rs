//! Who gives an attribute to instances: `self.x = …` in methods along the MRO; and where it is annotated, and given nothing.

use crate::analysis::ClassRef;
use crate::semantics::{Annotated, Assigned};
use crate::view::words::{place_link, short_place};
use crate::view::{Line, Page, Role, Span};

/// Methods that are named: more of them tell no more.
const MOST: usize = 6;

fn given<'a>(
    class: ClassRef<'a>,
    name: &str,
) -> impl Iterator<Item = (ClassRef<'a>, &'a Assigned)> {
    let ancestry = class.known_ancestry().into_iter();
    let all = ancestry.flat_map(|on| on.assigned().iter().map(move |it| (on, it)));
    all.filter(move |(_, it)| !it.is_pattern && it.name == name)
}

/// Whether a method along the MRO gives the attribute to its receiver.
pub(super) fn is_given(class: ClassRef<'_>, name: &str) -> bool {
    given(class, name).next().is_some()
}

/// The first class along the MRO whose body annotates the name without giving it a value.
fn annotated<'a>(class: ClassRef<'a>, name: &str) -> Option<(ClassRef<'a>, &'a Annotated)> {
    class.known_ancestry().into_iter().find_map(|on| {
        let found = on.annotated().iter().find(|it| it.name == name)?;
        Some((on, found))
    })
}

/// Whether instances may well have the attribute: a method gives it to them, or a class body annotates it.
pub(super) fn is_meant(class: ClassRef<'_>, name: &str) -> bool {
    is_given(class, name) || annotated(class, name).is_some()
}

/// Says where the name is annotated only, and what a read comes to where nothing else gives it a value (PEP 526).
///
/// ```py
/// class Order:
///     price: int
///
/// Order().price  # AttributeError: 'Order' object has no attribute 'price'
/// ```
fn push_annotated(page: &mut Page, class: ClassRef<'_>, name: &str) {
    let Some((on, annotated)) = annotated(class, name) else {
        return;
    };
    let analysis = class.analysis();
    let comes_to = match class.winner(name) {
        Some(other) => format!("; the value is that of {}", other.class.path().qualname),
        None if is_given(class, name) => {
            "; no class has a value: AttributeError until it is set".to_owned()
        }
        None => {
            "; no class or method gives it: AttributeError unless something else sets it".to_owned()
        }
    };
    page.push(
        Line::text(vec![
            Span::plain(format!("only annotated in {}", on.path().qualname)),
            Span::plain(comes_to),
            Span::faint(format!("  {}", short_place(analysis, annotated.place))),
        ])
        .to(place_link(analysis, Some(annotated.place))),
    );
}

/// Lists the methods that give the attribute, each with its place.
pub(super) fn push(page: &mut Page, class: ClassRef<'_>, name: &str) {
    push_annotated(page, class, name);
    let analysis = class.analysis();
    for (on, assigned) in given(class, name).take(MOST) {
        let (receiver, then) = if assigned.on_class {
            ("the class", "; what follows is before it has run")
        } else {
            ("obj", "")
        };
        page.push(
            Line::text(vec![
                Span::plain(format!("set on {receiver} in ")),
                Span::new(
                    format!("{}.{}", on.path().qualname, assigned.method),
                    Role::Method,
                ),
                Span::plain(then),
                Span::faint(format!("  {}", short_place(analysis, assigned.place))),
            ])
            .to(place_link(analysis, Some(assigned.place))),
        );
    }
    let more = given(class, name).count().saturating_sub(MOST);
    if more > 0 {
        page.push(Line::text(vec![Span::faint(format!(
            "… and in {more} more methods"
        ))]));
    }
}
