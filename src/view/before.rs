//! The *why before* page: for two classes of an MRO, the statements that force their order, or the turn of the merge that chose it.

use crate::analysis::ClassRef;
use crate::semantics::{Choice, ClassId, Demand, Precedence, Says, Stood, precedence};
use crate::view::words::{self, Names, class_link, count, place_link, short_place, statement};
use crate::view::{Column, Line, Link, Page, PageKind, Role, Span};

/// Says why one of two classes stands before the other in the MRO of a class, whichever of them is named first.
pub fn why_before(class: ClassRef<'_>, one: ClassRef<'_>, other: ClassRef<'_>) -> Page {
    let mut page = Page {
        standing: words::standing(class.sureness()),
        ..Page::default()
    };
    let mro = class.mro().unwrap_or_default();
    let position = |wanted: ClassRef<'_>| mro.iter().position(|&it| it == wanted);
    let names = Names::of(mro.iter().copied());
    let (Some(at), Some(there)) = (position(one), position(other)) else {
        page.title = vec![names.span(class)];
        let missing = if position(one).is_none() { one } else { other };
        page.push(Line::text(vec![
            names.span(missing),
            Span::plain(match class.mro() {
                Some(_) => " is not in its MRO",
                None => ": the class has no MRO that is known, so there is no order to explain",
            }),
        ]));
        return page;
    };
    let (first, second) = if at <= there {
        (one, other)
    } else {
        (other, one)
    };
    page.title = vec![
        Span::plain("why "),
        names.span(first),
        Span::plain(" before "),
        names.span(second),
    ];
    let said = Said { class, names };
    match precedence(
        &class.analysis().classes,
        class.id(),
        first.id(),
        second.id(),
    ) {
        Some(Precedence::Forced(demands)) => said.forced(&mut page, &demands),
        Some(Precedence::Chosen(choice)) => said.chosen(&mut page, choice, first, second),
        None => page.push(Line::text(vec![Span::plain(
            "both are the same class: choose another one of the MRO",
        )])),
    }
    page
}

/// In which MRO.
fn in_mro(class: ClassRef<'_>, names: &Names) -> Span {
    Span::faint(format!("  in the MRO of {}", names.text(class)))
}

struct Said<'a> {
    class: ClassRef<'a>,
    names: Names,
}

impl<'a> Said<'a> {
    fn named(&self, id: ClassId) -> ClassRef<'a> {
        self.class.analysis().class(id)
    }

    fn name(&self, id: ClassId) -> Span {
        self.names.span(self.named(id))
    }

    /// Each demand with the statement that makes it.
    fn forced(&self, page: &mut Page, demands: &[Demand]) {
        page.push(Line::text(vec![
            Span::plain(if demands.len() == 1 {
                "this statement forces it".to_owned()
            } else {
                format!(
                    "{} force it, one after the other",
                    count(demands.len(), "statement", "statements")
                )
            }),
            in_mro(self.class, &self.names),
        ]));
        let table = page.table(vec![
            Column::right(0),
            Column::left(0),
            Column::whole(2),
            Column::left(1),
        ]);
        for (at, demand) in demands.iter().enumerate() {
            let (text, by) = self.demand(demand);
            page.push(self.row(table, format!("{}", at + 1), text, by));
        }
    }

    fn demand(&self, demand: &Demand) -> (Vec<Span>, ClassRef<'a>) {
        let (first, second) = (self.name(demand.first), self.name(demand.second));
        match demand.says {
            Says::Derives => (
                vec![first, Span::plain(" derives from "), second],
                self.named(demand.first),
            ),
            Says::Bases { by } => (
                vec![
                    first,
                    Span::plain(" before "),
                    second,
                    Span::plain(" in the bases of "),
                    self.name(by),
                ],
                self.named(by),
            ),
            Says::Own { by } => (
                vec![
                    self.name(by),
                    Span::plain(" puts "),
                    first,
                    Span::plain(" before "),
                    second,
                    Span::new(": its metaclass has an `mro()` of its own", Role::Warning),
                ],
                self.named(by),
            ),
        }
    }

    /// A row that leads to the statement of a class.
    fn row(&self, table: usize, number: String, text: Vec<Span>, by: ClassRef<'a>) -> Line {
        let analysis = self.class.analysis();
        let place = by.place();
        let at = place.map_or_else(
            || String::from("interpreter"),
            |it| short_place(analysis, it),
        );
        let cells = vec![
            vec![Span::faint(number)],
            text,
            vec![Span::faint(statement(by))],
            vec![Span::faint(at)],
        ];
        Line::row(table, cells).to(place_link(analysis, place).or_else(|| class_link(by)))
    }

    /// Which turn of which merge it was, and what stood where.
    fn chosen(&self, page: &mut Page, choice: Choice, first: ClassRef<'_>, second: ClassRef<'_>) {
        page.push(Line::text(vec![
            Span::plain("no statement demands it: with "),
            self.names.span(second),
            Span::plain(" before "),
            self.names.span(first),
            Span::plain(" every base list would hold as well; the merge chose"),
            in_mro(self.class, &self.names),
        ]));
        let table = page.table(vec![
            Column::right(0),
            Column::left(0),
            Column::whole(2),
            Column::left(1),
        ]);
        let by = self.named(choice.by);
        let mut text = vec![
            Span::plain(format!("step {} of the merge for ", choice.step)),
            self.name(choice.by),
            Span::plain(" takes "),
            self.names.span(first),
            Span::plain(", the head of "),
        ];
        text.extend(self.list(choice.from));
        page.push(self.row(table, String::from("1"), text, by));
        let mut text = vec![self.names.span(second)];
        match choice.other {
            Stood::Later { in_ } => {
                text.push(Span::plain(
                    " could have been taken too, but heads a list further right, ",
                ));
                text.extend(self.list(in_));
            }
            Stood::Behind { head, in_ } => {
                text.push(Span::plain(" has to wait: it stands behind "));
                text.push(self.name(head));
                text.push(Span::plain(" in "));
                text.extend(self.list(in_));
            }
        }
        let stood = match choice.other {
            Stood::Later { in_ } | Stood::Behind { in_, .. } => in_,
        };
        page.push(self.row(
            table,
            String::from("2"),
            text,
            stood.map_or(by, |it| self.named(it)),
        ));
        if by == self.class {
            let see = vec![Span::faint("the merge, step by step")];
            page.push(Line::text(see).to(Some(Link::Page(PageKind::Merge))));
        } else {
            let mut keeps = vec![
                self.names.span(self.class),
                Span::plain(" keeps the order of "),
            ];
            keeps.extend([self.name(choice.by), Span::plain(", from which it derives")]);
            page.push(Line::text(keeps).to(class_link(by)));
        }
    }

    /// A list of the merge.
    fn list(&self, of: Option<ClassId>) -> Vec<Span> {
        match of {
            Some(base) => vec![Span::plain("the MRO of "), self.name(base)],
            None => vec![Span::plain("the list of the bases")],
        }
    }
}
