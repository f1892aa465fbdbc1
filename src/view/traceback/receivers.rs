//! Whose object it may have been: a `super()` looks behind its class in the MRO of the object's class, which no traceback names.

use crate::analysis::ClassRef;
use crate::view::bounded::{LONGEST, shortened};
use crate::view::traceback::context::{Context, head, names_word};
use crate::view::words::{class_link, class_span, count, place_link, short_place};
use crate::view::{Column, Line, Page, Role, Span};

/// How many classes of objects are looked at, and how many are listed.
const MOST: usize = 500;
const LISTED: usize = 8;

/// A class that the object may be of.
pub(super) struct Receiver<'a> {
    pub(super) class: ClassRef<'a>,
    /// What stands behind the class of the `super()`.
    pub(super) behind: Vec<ClassRef<'a>>,
    /// Whether the log's lines of source name it.
    pub(super) is_named: bool,
}

impl<'a> Receiver<'a> {
    /// The first class behind that has a name.
    pub(super) fn provider(&self, name: &str) -> Option<ClassRef<'a>> {
        self.behind
            .iter()
            .copied()
            .find(|class| class.members().contains_key(name))
    }
}

/// The classes whose objects may run the methods of a class: those that the log names, the class itself, those that derive from it.
pub(super) fn receivers<'a>(context: &Context<'a, '_>, lexical: ClassRef<'a>) -> Vec<Receiver<'a>> {
    let mut found: Vec<Receiver<'a>> = std::iter::once(lexical)
        .chain(lexical.descendants())
        .take(MOST)
        .filter_map(|class| {
            let mro = class.mro()?;
            let at = mro.iter().position(|it| *it == lexical)?;
            Some(Receiver {
                class,
                behind: mro[at + 1..].to_vec(),
                is_named: context.report.frames.iter().any(|frame| {
                    let source = frame.source.as_deref().unwrap_or("");
                    !source.starts_with("class ") && names_word(source, class.name())
                }),
            })
        })
        .collect();
    found.sort_by_key(|it| !it.is_named);
    found
}

/// Lists them: the class of the object, what stands behind the `super()`, who has the name.
pub(super) fn push(page: &mut Page, lexical: ClassRef<'_>, name: &str, found: &[Receiver<'_>]) {
    let table = page.table(vec![Column::left(0), Column::left(1), Column::left(0)]);
    page.push(Line::head(
        table,
        &["  an object of", "has behind it", &format!("{name} of")],
    ));
    for receiver in found.iter().take(LISTED) {
        let behind: Vec<&str> = receiver.behind.iter().map(|it| it.name()).collect();
        let provider = receiver.provider(name);
        let (says, link) = match provider {
            Some(class) => {
                let member = class.members().get(name);
                let place = member.and_then(|it| it.place);
                let analysis = class.analysis();
                let mut spans = vec![class_span(class)];
                if let Some(head) = member.and_then(|it| head(analysis, it)) {
                    spans.push(Span::plain(format!("  {head}")));
                }
                if let Some(place) = place {
                    spans.push(Span::faint(format!("  {}", short_place(analysis, place))));
                }
                (spans, place_link(analysis, place))
            }
            None => (vec![Span::new("nobody", Role::Warning)], None),
        };
        let mut of = vec![Span::plain("  "), class_span(receiver.class)];
        if receiver.is_named {
            of.push(Span::faint(" (in the log)"));
        }
        page.push(
            Line::row(
                table,
                vec![
                    of,
                    vec![Span::plain(shortened(&behind.join(" "), LONGEST))],
                    says,
                ],
            )
            .to(link.or_else(|| class_link(receiver.class))),
        );
    }
    let unknown = lexical
        .descendants()
        .into_iter()
        .filter(|it| it.mro().is_none())
        .count();
    if unknown > 0 {
        page.push(Line::text(vec![Span::faint(format!(
            "  of {} that derive from it the MRO is not known",
            count(unknown, "more class", "more classes")
        ))]));
    }
    if found.len() > LISTED {
        page.push(Line::text(vec![Span::faint(format!(
            "  {} more classes derive from it",
            found.len() - LISTED
        ))]));
    }
}
