//! The box that floats while a sequence of keys has begun: what can follow, and what it does.

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::areas::Areas;
use crate::app::{clip, key};
use crate::tui::draw::brush::Brush;
use crate::view::{Role, Span};

pub(super) fn paint(state: &State, areas: &Areas, brush: &mut Brush<'_>) {
    let next = state.keymap.continuations(state.contexts(), &state.pending);
    let keys_wide = next.iter().map(|(keys, _)| clip::width(keys)).max();
    let Some(keys_wide) = keys_wide else { return };
    let rows: Vec<[Span; 2]> = next
        .iter()
        .map(|(keys, action)| {
            [
                Span::new(format!("{keys:keys_wide$}"), Role::Key),
                Span::plain(format!("  {}", action.about().help)),
            ]
        })
        .collect();
    let widest = rows
        .iter()
        .map(|row| clip::width_of(row))
        .max()
        .unwrap_or(0);
    let bottom = if areas.rule_below.area() > 0 {
        areas.rule_below.y
    } else {
        areas.footer.y
    };
    let width = (widest as u16 + 4).min(state.size.width);
    let height = (rows.len() as u16 + 2).min(bottom);
    if width < 6 || height < 3 {
        return;
    }
    let part = Rect::new(state.size.width - width, bottom - height, width, height);
    brush.clear(part);
    frame(part, &key::label(&state.pending), brush);
    let inside = Rect::new(part.x + 2, part.y + 1, width - 4, height - 2);
    for (row, place) in rows.iter().zip(inside.rows()) {
        brush.spans(place, &clip::spans_end(row, usize::from(place.width)));
    }
}

/// A frame with a title in its upper edge.
pub(super) fn frame(part: Rect, title: &str, brush: &mut Brush<'_>) {
    let (left, right) = (part.x, part.right() - 1);
    let (top, bottom) = (part.y, part.bottom() - 1);
    brush.across(Rect::new(left, top, part.width, 1), "─", Role::Rule);
    brush.across(Rect::new(left, bottom, part.width, 1), "─", Role::Rule);
    brush.down(Rect::new(left, top, 1, part.height), "│", Role::Rule);
    brush.down(Rect::new(right, top, 1, part.height), "│", Role::Rule);
    for (column, row, corner) in [
        (left, top, "╭"),
        (right, top, "╮"),
        (left, bottom, "╰"),
        (right, bottom, "╯"),
    ] {
        brush.across(Rect::new(column, row, 1, 1), corner, Role::Rule);
    }
    let title = [Span::new(format!(" {title} "), Role::Key)];
    brush.spans(
        Rect::new(left + 2, top, part.width.saturating_sub(4), 1),
        &title,
    );
}
