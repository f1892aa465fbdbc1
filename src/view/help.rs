//! The *help* page: every key and what it does, made from the keymap that is in force.

use crate::view::{Align, Body, Column, Line, Page, Role, Span, Table};

/// Keys that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpGroup {
    /// What they are for: `move`, `pages`.
    pub title: String,
    /// The keys of each action, as a person spells them, and what the action does.
    pub rows: Vec<(String, String)>,
}

/// Lists the keys, group by group.
pub fn help(groups: &[HelpGroup]) -> Page {
    let mut page = Page {
        title: vec![span("Keys", Role::Heading)],
        tables: vec![Table {
            columns: vec![column(), column()],
        }],
        ..Page::default()
    };
    for (position, group) in groups.iter().enumerate() {
        if position > 0 {
            page.lines.push(text(vec![]));
        }
        page.lines
            .push(text(vec![span(&group.title, Role::Heading)]));
        for (keys, what) in &group.rows {
            page.lines.push(Line {
                body: Body::Row {
                    table: 0,
                    cells: vec![
                        vec![span(&format!("  {keys}"), Role::Key)],
                        vec![span(what, Role::Plain)],
                    ],
                },
                link: None,
            });
        }
    }
    page
}

fn column() -> Column {
    Column {
        align: Align::Left,
        gives_way: 0,
    }
}

fn text(spans: Vec<Span>) -> Line {
    Line {
        body: Body::Text(spans),
        link: None,
    }
}

fn span(text: &str, role: Role) -> Span {
    Span {
        text: text.to_owned(),
        role,
    }
}
