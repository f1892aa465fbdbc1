//! The *beside* page: two classes, their MROs aligned on what both have, and what each has from elsewhere.

use crate::Name;
use crate::analysis::{Aligned, Apart, Beside, ClassRef, ModuleOrigin};
use crate::semantics::{MemberKind, Outcome};
use crate::view::words::{self, Names, class_link, count, kind_letter, made_at, place_link};
use crate::view::{Column, Line, Page, Role, Settings, Span};

/// From so many names on, rows far from where one looks say the name alone, and how many rows around it are whole.
const MANY: usize = 2_000;
const WHOLE: usize = 900;

/// So many names that only one of the two has are listed.
const LISTED: usize = 24;

/// Lays two classes side by side. Whoever looks at the lines around `near` alone need not wait for the others.
pub fn beside(
    one: ClassRef<'_>,
    other: ClassRef<'_>,
    settings: &Settings,
    near: Option<usize>,
) -> Page {
    let mut page = Page::default();
    let compared = one.beside(other);
    let rows = compared.rows.iter().map(|it| it.class);
    let names = Names::of(rows.chain([one, other]));
    page.title = vec![names.span(one), Span::plain(" beside "), names.span(other)];
    page.standing = words::standing(one.sureness());
    if other.sureness() != one.sureness() {
        page.standing.push(Span::plain("  "));
        page.standing.extend(words::standing(other.sureness()));
    }
    let said = Said { one, other, names };
    if one == other {
        page.push(Line::text(vec![Span::plain(
            "both are the same class: choose another one",
        )]));
        return page;
    }
    said.summary(&mut page, &compared);
    page.push(Line::blank());
    said.mros(&mut page, &compared.rows);
    said.turned(&mut page, &compared);
    said.facts(&mut page);
    said.providers(&mut page, &compared, settings, near);
    said.only(&mut page, one, &compared.only_one);
    said.only(&mut page, other, &compared.only_other);
    page
}

struct Said<'a> {
    one: ClassRef<'a>,
    other: ClassRef<'a>,
    names: Names,
}

impl<'a> Said<'a> {
    /// How many there are of what, and how the two are related.
    fn summary(&self, page: &mut Page, compared: &Beside<'_>) {
        let of = |is_meant: fn(&Aligned<'_>) -> bool| {
            compared.rows.iter().filter(|it| is_meant(it)).count()
        };
        let both = of(|it| it.one.is_some() && it.other.is_some());
        let left = of(|it| it.other.is_none() && !it.is_moved);
        let right = of(|it| it.one.is_none() && !it.is_moved);
        let moved = of(|it| it.is_moved && it.one.is_some());
        let mut spans = vec![Span::plain(format!(
            "{} in both MROs, {left} only in the first, {right} only in the second",
            count(both + moved, "class", "classes")
        ))];
        let derives = |below: ClassRef<'a>, above: ClassRef<'a>| {
            let is_below = below.known_ancestry().contains(&above);
            is_below.then(|| {
                let below = self.names.span(below);
                vec![
                    Span::plain("; "),
                    below,
                    Span::plain(" derives from "),
                    self.names.span(above),
                ]
            })
        };
        let related = derives(self.one, self.other).or_else(|| derives(self.other, self.one));
        spans.extend(related.into_iter().flatten());
        page.push(Line::text(spans));
        page.push(Line::text(vec![Span::plain(format!(
            "{} from different classes, {} from the same; {} only in the first, {} only in the second",
            count(compared.names.len(), "name", "names"),
            compared.same,
            compared.only_one.len(),
            compared.only_other.len()
        ))]));
        for class in [self.one, self.other] {
            if !matches!(class.outcome(), Outcome::Created(_)) {
                page.push(Line::text(vec![
                    Span::new("○ ", Role::Unknown),
                    self.names.span(class),
                    Span::plain(
                        " has no MRO that is known: what is known of its ancestors is compared",
                    ),
                ]));
            }
        }
    }

    /// Both MROs, aligned.
    fn mros(&self, page: &mut Page, rows: &[Aligned<'_>]) {
        page.push(Line::text(vec![
            Span::new("=", Role::Taken),
            Span::faint(" in both  "),
            Span::plain("<"),
            Span::faint(" only in the first  "),
            Span::plain(">"),
            Span::faint(" only in the second"),
            Span::faint(if rows.iter().any(|it| it.is_moved) {
                "  ~ in both, in another order"
            } else {
                ""
            }),
        ]));
        // What goes first when it gets narrow: the place, then the positions; the classes never.
        let table = page.table(vec![
            Column::left(0),
            Column::right(2),
            Column::left(0),
            Column::right(2),
            Column::left(0),
            Column::left(1),
        ]);
        let number = |at: Option<usize>| match at {
            Some(at) => vec![Span::faint((at + 1).to_string())],
            None => vec![],
        };
        for row in rows {
            let (mark, role) = match (row.one, row.other) {
                _ if row.is_moved => ("~", Role::Assumed),
                (Some(_), Some(_)) => ("=", Role::Taken),
                (Some(_), None) => ("<", Role::Plain),
                (None, _) => (">", Role::Plain),
            };
            let name =
                |at: Option<usize>| at.map_or_else(Vec::new, |_| vec![self.names.span(row.class)]);
            let cells = vec![
                vec![Span::new(mark, role)],
                number(row.one),
                name(row.one),
                number(row.other),
                name(row.other),
                vec![made_at(row.class)],
            ];
            page.push(Line::row(table, cells).to(class_link(row.class)));
        }
    }

    /// Classes that stand in another order.
    fn turned(&self, page: &mut Page, compared: &Beside<'_>) {
        if compared.turned.is_empty() {
            return;
        }
        page.heading("in another order");
        for &(first, second) in &compared.turned {
            page.push(
                Line::text(vec![
                    Span::plain("  "),
                    self.names.span(first),
                    Span::plain(" before "),
                    self.names.span(second),
                    Span::plain(" in the first, behind it in the second"),
                ])
                .to(class_link(first)),
            );
        }
    }

    /// Metaclass and layout, where they differ.
    fn facts(&self, page: &mut Page) {
        let metaclass = |class: ClassRef<'_>| match class.metaclass() {
            Some(metaclass) => metaclass.path().qualname.to_string(),
            None => String::from("not known"),
        };
        let said = [
            ("metaclass", metaclass(self.one), metaclass(self.other)),
            ("instances", instances(self.one), instances(self.other)),
            ("slots", slots(self.one), slots(self.other)),
            ("layout of", layout(self.one), layout(self.other)),
        ];
        let differ: Vec<_> = said.into_iter().filter(|it| it.1 != it.2).collect();
        page.heading("what instances are");
        if differ.is_empty() {
            page.push(Line::text(vec![Span::plain(
                "  the same metaclass and the same layout",
            )]));
            return;
        }
        let table = page.table(vec![Column::left(0), Column::left(0), Column::left(0)]);
        for (what, one, other) in differ {
            let cells = vec![
                vec![Span::faint(format!("  {what}"))],
                vec![Span::plain(one)],
                vec![Span::plain(other)],
            ];
            page.push(Line::row(table, cells).to(class_link(self.one)));
        }
    }

    /// Names that both have, from different classes.
    fn providers(
        &self,
        page: &mut Page,
        compared: &Beside<'_>,
        settings: &Settings,
        near: Option<usize>,
    ) {
        let wanted: Vec<&Apart<'_>> = compared
            .names
            .iter()
            .filter(|it| {
                let is_everywhere = |given: &crate::analysis::Definition<'_>| {
                    words::every_class_has(it.name, given.member)
                        && given.class.home() != ModuleOrigin::StandardLibrary
                };
                !(is_everywhere(&it.one) && is_everywhere(&it.other))
                    && super::matches(&settings.filter, it.name)
            })
            .collect();
        page.heading("names from different classes");
        if wanted.is_empty() {
            page.push(Line::text(vec![Span::plain(
                if settings.filter.is_empty() {
                    "  none: what both have, both have from the same class"
                } else {
                    "  nothing matches the filter"
                },
            )]));
            return;
        }
        let near = near.filter(|_| wanted.len() > MANY);
        let names = Names::of(wanted.iter().flat_map(|it| [it.one.class, it.other.class]));
        let table = page.table(vec![
            Column::left(0),
            Column::left(0),
            Column::left(0),
            Column::left(0),
            Column::left(1),
        ]);
        page.push(Line::head(table, &["", "name", "first", "second", ""]));
        for apart in wanted {
            let (letter, role) = kind_letter(apart.one.member);
            let (instead, _) = kind_letter(apart.other.member);
            let place = apart.one.place();
            let link =
                place_link(self.one.analysis(), place).or_else(|| class_link(apart.one.class));
            if near.is_some_and(|near| near.abs_diff(page.lines.len()) > WHOLE) {
                page.push(Line::named(table, letter, apart.name, role).to(link));
                continue;
            }
            let note = if letter == instead {
                vec![]
            } else {
                let kinds = format!(
                    "{} in the first, {} in the second",
                    sort_of(letter),
                    sort_of(instead)
                );
                vec![Span::new(kinds, Role::Warning)]
            };
            let cells = vec![
                vec![Span::new(letter, role)],
                vec![Span::new(apart.name, role)],
                vec![names.span(apart.one.class)],
                vec![names.span(apart.other.class)],
                note,
            ];
            page.push(Line::row(table, cells).to(link).about(apart.name));
        }
    }

    /// Names that one of the two has alone.
    fn only(&self, page: &mut Page, class: ClassRef<'_>, names: &[&Name]) {
        if names.is_empty() {
            return;
        }
        page.heading(&format!("only {} has", self.names.text(class)));
        let mut text: Vec<&str> = names.iter().take(LISTED).map(|it| it.as_str()).collect();
        let more = format!("and {} more", names.len().saturating_sub(LISTED));
        if names.len() > LISTED {
            text.push(&more);
        }
        let text = format!("  {}", text.join(", "));
        page.push(Line::text(vec![Span::plain(text)]).to(class_link(class)));
    }
}

/// What a letter of a kind stands for.
fn sort_of(letter: &str) -> &'static str {
    match letter {
        "m" => "a method",
        "c" => "a class method",
        "s" => "a static method",
        "p" => "a property",
        "S" => "a slot",
        "d" => "a data descriptor",
        "n" => "a non-data descriptor",
        "k" => "a class",
        "v" => "a value",
        _ => "not known",
    }
}

fn instances(class: ClassRef<'_>) -> String {
    let Some(made) = class.made() else {
        return String::from("not known");
    };
    let has = |has: bool, name: &str| format!("{}{name}", if has { "" } else { "no " });
    format!(
        "{}, {}",
        has(made.shape.dict, "__dict__"),
        has(made.shape.weakref, "__weakref__")
    )
}

/// The slots that `__slots__` made, along the MRO.
fn slots(class: ClassRef<'_>) -> String {
    let ancestry = class.known_ancestry().into_iter();
    let named = ancestry.flat_map(ClassRef::members);
    let slots = named.filter(|(_, member)| member.kind == MemberKind::Slot);
    let names: Vec<&str> = slots.map(|(name, _)| name.as_str()).collect();
    if names.is_empty() {
        return String::from("none");
    }
    names.join(", ")
}

/// The class that brings the layout of its instances.
fn layout(class: ClassRef<'_>) -> String {
    match class.made() {
        Some(made) => {
            let solid = class.analysis().class(made.solid_base);
            solid.path().qualname.to_string()
        }
        None => String::from("not known"),
    }
}
