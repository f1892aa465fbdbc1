//! The tree at the left.

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::areas::{Focus, MARK};
use crate::app::clip;
use crate::app::tree::{Row, Thing, indent};
use crate::tui::draw::brush::{Brush, Line, both_ends};
use crate::view::{self, Role, Span, thousands};

pub(super) fn paint(state: &State, part: Rect, brush: &mut Brush<'_>) {
    let tree = &state.tree;
    if tree.rows().is_empty() {
        let text = match &state.analysis {
            None => "reading…",
            Some(_) => "no modules",
        };
        brush.line(part, &[Span::faint(text)], Line::Usual);
        return;
    }
    let rows = tree.rows().iter().enumerate().skip(tree.top);
    for ((index, row), place) in rows.zip(part.rows()) {
        let line = match (index == tree.cursor(), state.focus) {
            (false, _) => Line::Usual,
            (true, Focus::Tree) => Line::Selected,
            (true, Focus::Page) => Line::Remembered,
        };
        brush.line(place, &spans(row, part.width.saturating_sub(MARK)), line);
    }
}

fn spans(row: &Row, width: u16) -> Vec<Span> {
    let mark = match row.open {
        Some(true) => "▾ ",
        Some(false) => "▸ ",
        None => "  ",
    };
    let mut count = vec![];
    if row.raising > 0 {
        let raising = format!("✗ {} ", thousands(row.raising));
        count.push(Span::new(raising, Role::Error));
    }
    if let Some(classes) = row.count {
        count.push(Span::faint(format!("{} ", thousands(classes))));
    }
    let width = usize::from(width);
    let indent = indent(row.depth, width);
    let room = width
        .saturating_sub(indent + 2)
        .saturating_sub(clip::width_of(&count) + 1);
    let role = match row.thing {
        Thing::Heading => Role::Heading,
        Thing::Module { .. } | Thing::Class(_) => row.role,
    };
    // What tells a class apart keeps some room, and loses its middle.
    let apart = match row.apart.as_str() {
        "" => String::new(),
        _ if room < 8 => String::new(),
        apart => {
            let name = clip::width(&row.label).min(room / 2);
            format!("  {}", clip::middle(&view::safe(apart), room - name - 2))
        }
    };
    let room = room.saturating_sub(clip::width(&apart));
    let label = Span {
        text: if matches!(row.thing, Thing::Heading) {
            clip::end(&row.label, room)
        } else {
            clip::middle(&row.label, room)
        },
        role,
    };
    let left = [
        Span::plain(" ".repeat(indent)),
        Span::faint(mark),
        label,
        Span::faint(apart),
    ];
    both_ends(&left, &count, width as u16)
}
