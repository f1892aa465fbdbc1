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
const LEGEND: [(&str, Role, &str); 22] = [
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
    (
        "◇",
        Role::Warning,
        "not reached: another statement raises first",
    ),
    (
        "?",
        Role::Unknown,
        "hangs on a condition that cannot be decided",
    ),
    ("+", Role::Taken, "plugins: can be instantiated"),
    ("-", Role::Faint, "plugins: abstract"),
    ("!", Role::Warning, "something that deserves a look"),
];

/// Lists the keys, group by group, and explains the letters and marks of the other pages; in so many columns beside one another.
pub fn help(groups: &[HelpGroup], columns: usize) -> Page {
    let mut page = Page {
        title: vec![Span::new("Keys", Role::Heading)],
        ..Page::default()
    };
    if columns > 1 {
        beside(&mut page, groups, columns);
        return page;
    }
    let keys = page.table(vec![Column::left(0), Column::left(0)]);
    for group in groups {
        page.heading(&group.title);
        for (key, what) in &group.rows {
            page.push(Line::row(keys, entry(key, Role::Key, what).to_vec()));
        }
    }
    page.heading(LEGEND_TITLE);
    let legend = page.table(vec![Column::left(0), Column::left(0)]);
    for (mark, role, what) in LEGEND {
        page.push(Line::row(legend, entry(mark, role, what).to_vec()));
    }
    page
}

/// What stands over the legend.
const LEGEND_TITLE: &str = "letters and marks";

/// The two cells of a key or mark and what is said of it.
fn entry(key: &str, role: Role, what: &str) -> [Vec<Span>; 2] {
    [
        vec![Span::plain("  "), Span::new(key, role)],
        vec![Span::plain(what)],
    ]
}

/// The groups in columns of about the same height, none of them divided.
fn beside(page: &mut Page, groups: &[HelpGroup], columns: usize) {
    let heading = |title: &str| [vec![Span::new(title, Role::Heading)], vec![]];
    let keys = groups.iter().map(|group| {
        let rows = group.rows.iter();
        let rows = rows.map(|(key, what)| entry(key, Role::Key, what));
        [heading(&group.title)].into_iter().chain(rows).collect()
    });
    let legend = LEGEND.iter();
    let legend = legend.map(|(mark, role, what)| entry(mark, *role, what));
    let legend: Vec<_> = [heading(LEGEND_TITLE)].into_iter().chain(legend).collect();
    let blocks: Vec<Vec<[Vec<Span>; 2]>> = keys.chain([legend]).collect();
    let all: usize = blocks.iter().map(|it| it.len() + 1).sum();
    let height = all.div_ceil(columns);
    let mut filled: Vec<Vec<[Vec<Span>; 2]>> = vec![vec![]];
    for block in blocks {
        let count = filled.len();
        let Some(last) = filled.last_mut() else {
            return;
        };
        // The one that goes over the edge stands where more of it is on this side.
        if !last.is_empty() && count < columns && last.len() + block.len() / 2 > height {
            filled.push(block);
            continue;
        }
        if !last.is_empty() {
            last.push([vec![], vec![]]);
        }
        last.extend(block);
    }
    let table = page.table(vec![Column::left(0); filled.len() * 2]);
    let rows = filled.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..rows {
        let cells = filled.iter().flat_map(|column| match column.get(at) {
            Some(entry) => entry.clone(),
            None => [vec![], vec![]],
        });
        page.push(Line::row(table, cells.collect()));
    }
}
