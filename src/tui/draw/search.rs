//! The search: what is typed, what it finds, and beside it the page of the selected hit.

use ratatui::layout::{Position, Rect};

use crate::app::State;
use crate::app::areas::{Areas, MARK};
use crate::app::clip;
use crate::app::search::Hit;
use crate::app::state::Search;
use crate::app::tree::class_role;
use crate::tui::draw::brush::{Brush, Line, both_ends};
use crate::tui::draw::status::thousands;
use crate::view::{Role, Span};

pub(super) fn paint(
    state: &State,
    search: &Search,
    areas: &Areas,
    brush: &mut Brush<'_>,
) -> Option<Position> {
    let typed = search.line.text();
    let left = [Span::new(" / ", Role::Key), Span::plain(typed)];
    let total = state.index().map_or(0, crate::app::search::Index::len);
    let right = if typed.trim().is_empty() {
        format!("{} names ", thousands(total))
    } else {
        format!("{} of {} ", thousands(search.hits.len()), thousands(total))
    };
    brush.spans(
        areas.prompt,
        &both_ends(&left, &[Span::faint(right)], areas.prompt.width),
    );
    hits(state, search, areas.tree, brush);
    Brush::cell(areas.prompt, 3 + search.line.cursor_column())
}

fn hits(state: &State, search: &Search, part: Rect, brush: &mut Brush<'_>) {
    let (Some(index), Some(analysis)) = (state.index(), &state.analysis) else {
        let text = "the project is being read; type on, what matches appears when it is there";
        brush.line(part, &[Span::faint(text)], Line::Usual);
        return;
    };
    if search.hits.is_empty() {
        let text = if search.line.text().trim().is_empty() {
            "a few letters of the name; several words in any order: `view edit`"
        } else {
            "no class has these letters in its name or path, in this order"
        };
        brush.line(part, &[Span::faint(text)], Line::Usual);
        return;
    }
    let width = part.width.saturating_sub(MARK + 1);
    for (place, at) in part.rows().zip(search.top..) {
        let Some(hit) = index.hit(&search.hits, at) else {
            return;
        };
        let role = class_role(analysis.class(hit.class));
        let line = if at == search.at {
            Line::Selected
        } else {
            Line::Usual
        };
        brush.line(place, &row(&hit, role, width), line);
    }
}

/// The name, and at the right the module; each with the letters that matched set apart.
fn row(hit: &Hit<'_>, role: Role, width: u16) -> Vec<Span> {
    let module = hit.path.split(':').next().unwrap_or_default();
    let name = letters(hit.name, role, &hit.in_name);
    let room = usize::from(width).saturating_sub(clip::width_of(&name) + 2);
    let place = letters(module, Role::Faint, &hit.in_path);
    let place = if room >= 12 {
        clip::spans_end(&place, room)
    } else {
        vec![]
    };
    both_ends(&name, &place, width)
}

fn letters(text: &str, role: Role, matched: &[usize]) -> Vec<Span> {
    let mut spans: Vec<Span> = vec![];
    for (at, letter) in text.chars().enumerate() {
        let role = if matched.contains(&at) {
            Role::Match
        } else {
            role
        };
        match spans.last_mut() {
            Some(last) if last.role == role => last.text.push(letter),
            _ => spans.push(Span::new(letter.encode_utf8(&mut [0; 4]), role)),
        }
    }
    spans
}
