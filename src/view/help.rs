//! The *help* page: every key and what it does, made from the keymap that is in force.

use crate::view::{Column, Line, Page, Role, Span};

/// Keys that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpGroup {
    /// What they are for: `move`, `pages`.
    pub title: String,
    /// The keys of each action, as a person spells them, and what the action does.
    pub rows: Vec<(String, String)>,
}

/// The letters that stand for the kinds of members, and the marks that stand for how sure an answer is.
const LEGEND: [(&str, Role, &str); 17] = [
    ("m", Role::Method, "method: a function, or one made in C"),
    ("c", Role::Method, "class method"),
    ("s", Role::Method, "static method"),
    ("p", Role::DataDescriptor, "property"),
    (
        "d",
        Role::DataDescriptor,
        "another data descriptor: wins over the instance",
    ),
    ("S", Role::DataDescriptor, "slot, made by `__slots__`"),
    (
        "n",
        Role::NonDataDescriptor,
        "non-data descriptor: the instance wins over it",
    ),
    ("k", Role::Class, "class"),
    ("v", Role::Value, "plain value"),
    ("i", Role::Value, "instance attribute: a method sets it"),
    ("a", Role::Faint, "annotated, and given no value"),
    ("*", Role::Unknown, "names that the program computes"),
    ("—", Role::Unknown, "could not be followed"),
    ("●", Role::Exact, "exact: what CPython does"),
    (
        "◐",
        Role::Assumed,
        "assumed: what CPython does, if so many assumptions hold",
    ),
    (
        "○",
        Role::Unknown,
        "unknown: so many things it stands on are out of view",
    ),
    (
        "✗",
        Role::Error,
        "raises: CPython refuses to make the class",
    ),
];

/// Lists the keys, group by group, and explains the letters and marks of the other pages.
pub fn help(groups: &[HelpGroup]) -> Page {
    let mut page = Page {
        title: vec![Span::new("Keys", Role::Heading)],
        ..Page::default()
    };
    let keys = page.table(vec![Column::left(0), Column::left(0)]);
    for group in groups {
        page.heading(&group.title);
        for (key, what) in &group.rows {
            page.push(Line::row(
                keys,
                vec![
                    vec![Span::plain("  "), Span::new(key, Role::Key)],
                    vec![Span::plain(what)],
                ],
            ));
        }
    }
    page.heading("letters and marks");
    let legend = page.table(vec![Column::left(0), Column::left(0)]);
    for (mark, role, what) in LEGEND {
        page.push(Line::row(
            legend,
            vec![
                vec![Span::plain("  "), Span::new(mark, role)],
                vec![Span::plain(what)],
            ],
        ));
    }
    page
}
