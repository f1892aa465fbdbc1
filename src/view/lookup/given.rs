//! Who gives an attribute to instances: `self.x = …` in methods along the MRO.

use crate::analysis::ClassRef;
use crate::semantics::Assigned;
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

/// Lists the methods that give the attribute, each with its place.
pub(super) fn push(page: &mut Page, class: ClassRef<'_>, name: &str) {
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
