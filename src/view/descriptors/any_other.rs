//! Any other name: who answers where a lookup finds nothing, and what that costs.

use crate::analysis::ClassRef;
use crate::semantics::DescriptorKind;
use crate::source::Place;
use crate::view::descriptors::below::{self, Context};
use crate::view::descriptors::protocol::Method;
use crate::view::descriptors::{Costs, costs, told};
use crate::view::words::place_link;
use crate::view::{Column, Line, Page, Role, Span};

/// The `__getattr__` of a class (language reference 3.3.2): no class of the interpreter has one.
///
/// ```py
/// class Lazy:
///     def __getattr__(self, name): ...   # asked where the lookup raises AttributeError
/// ```
pub(super) struct AnyOther<'a> {
    class: ClassRef<'a>,
    method: Method<'a>,
}

impl<'a> AnyOther<'a> {
    pub(super) fn of(class: ClassRef<'a>) -> Option<Self> {
        let found = class.winner("__getattr__")?;
        if found.class.is_interpreters() {
            return None;
        }
        let method = Method {
            said: format!("{}.__getattr__", found.class.name()),
            on: Some(found.class),
            place: found.member.place,
        };
        Some(Self { class, method })
    }

    /// Where its code stands, and what its parameters stand for.
    pub(super) fn body(&self) -> Option<(Place, Context<'a>)> {
        Some((self.method.place?, self.context()))
    }

    fn context(&self) -> Context<'a> {
        Context {
            instance: self.class,
            descriptor: None,
            is_descriptor: false,
            name: "",
        }
    }

    fn link(&self) -> Option<crate::view::Link> {
        place_link(self.class.analysis(), self.method.place)
    }

    /// Its row in the page's answer.
    pub(super) fn glance(&self, table: usize, costs: &Costs) -> Line {
        let cost = costs.get(Some(&self.method));
        let read = match cost {
            Some(cost) => {
                let below = below::below(&[(cost, self.context())], costs);
                costs::glance(&[Some(cost)], &below.all, costs)
            }
            None => vec![Span::faint("no source")],
        };
        let cached = cost.map_or("", |it| costs::cached_glance(it, DescriptorKind::NonData));
        let cells = vec![
            vec![Span::new("?", Role::Method)],
            vec![Span::plain("any other name")],
            vec![Span::plain("__getattr__")],
            read,
            vec![Span::plain(cached)],
            vec![],
        ];
        Line::row(table, cells).to(self.link())
    }

    /// Everything about it, under a heading.
    pub(super) fn detail(&self, page: &mut Page, costs: &Costs) {
        let analysis = self.class.analysis();
        page.push(Line::blank());
        let head = vec![
            Span::new("? ", Role::Method),
            Span::new("any other name", Role::Heading),
            Span::plain(format!("  answered by {}", self.method.said)),
        ];
        page.push(Line::text(head).to(self.link()));
        let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
        let mut row = |label: &str, said: Vec<Span>, place| {
            page.push(told(analysis, table, label, said, place));
        };
        let when =
            "where the lookup ends with AttributeError, also one that a property or __get__ raises";
        row("asked", vec![Span::plain(when)], None);
        let cost = costs.get(Some(&self.method));
        let runs = costs::run(&self.method.said, cost);
        row("read", runs, self.method.place);
        if let Some(cost) = cost {
            below::below(&[(cost, self.context())], costs).rows(&mut row, costs);
            let cached = costs::cached(cost, DescriptorKind::NonData, |it| it.text.clone());
            row("cached", vec![Span::plain(cached)], None);
        }
        let not_for = "special methods: len(obj) and its like look on the type";
        row("not for", vec![Span::plain(not_for)], None);
    }
}
