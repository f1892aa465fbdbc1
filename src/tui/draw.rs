//! State → frame. Nothing here changes state; where a part goes is `Areas`' answer.

mod brush;
mod footer;
mod page;
mod question;
mod search;
mod status;
mod tree;
mod which_key;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::State;
use crate::app::areas::Areas;
use crate::app::state::Prompt;
use crate::tui::draw::brush::Brush;
use crate::tui::theme::Theme;
use crate::view::Role;

/// Paints a frame.
pub fn draw(state: &State, theme: &Theme, frame: &mut Frame<'_>) {
    let cursor = paint(state, theme, frame.buffer_mut());
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

/// Paints into a buffer of the size that the state knows. Returns where the cursor is, while something is being typed.
pub fn paint(state: &State, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let areas = state.areas();
    // A frame can come between a change of size and the news of it: what lies outside is not painted.
    let mut brush = Brush::new(buffer, theme);
    status::paint(state, areas.status, &mut brush);
    rules(&areas, &mut brush);
    let mut cursor = None;
    if let Some(Prompt::Search(found)) = &state.prompt {
        cursor = search::paint(state, found, &areas, &mut brush);
    } else if let Some(Prompt::Palette(palette)) = &state.prompt {
        cursor = search::paint_palette(state, palette, &areas, &mut brush);
    } else {
        tree::paint(state, areas.tree, &mut brush);
        page::paint(state, &areas, &mut brush);
        page::paint_aside(state, &areas, &mut brush);
    }
    page::paint_preview(state, &areas, &mut brush);
    let in_footer = footer::paint(state, areas.footer, &mut brush);
    if !state.pending.is_empty() {
        which_key::paint(state, &areas, &mut brush);
    }
    if let Some(files) = &state.writing {
        question::paint_writing(state, files, &areas, &mut brush);
    }
    if let Some(asking) = &state.asking {
        question::paint(state, asking, &areas, &mut brush);
    }
    cursor.or(in_footer)
}

/// The rules between the parts, and how they meet.
fn rules(areas: &Areas, brush: &mut Brush<'_>) {
    for rule in [
        areas.rule_above,
        areas.rule_title,
        areas.rule_aside,
        areas.rule_below,
    ] {
        brush.across(rule, "─", Role::Rule);
    }
    for divider in [areas.divider, areas.divider_preview] {
        brush.down(divider, "│", Role::Rule);
        for (rule, meeting) in [(areas.rule_above, "┬"), (areas.rule_below, "┴")] {
            let meet = rule.y + 1 == divider.y || rule.y == divider.bottom();
            if divider.area() > 0 && rule.area() > 0 && meet {
                brush.across(Rect::new(divider.x, rule.y, 1, 1), meeting, Role::Rule);
            }
        }
        for rule in [areas.rule_title, areas.rule_aside] {
            let starts = divider.x + 1 == rule.x;
            let ends = rule.right() == divider.x;
            if divider.area() > 0 && rule.area() > 0 && (starts || ends) {
                let meeting = if starts { "├" } else { "┤" };
                brush.across(Rect::new(divider.x, rule.y, 1, 1), meeting, Role::Rule);
            }
        }
    }
}
