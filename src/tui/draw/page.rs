//! The page: its title, the names of the other pages, its lines; and beside it what the selected line leads to.

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::areas::{Areas, Focus};
use crate::app::{clip, fit, tabs};
use crate::tui::draw::brush::{Brush, Line};
use crate::view::{PageKind, Role, Span, letters};

pub(super) fn paint(state: &State, areas: &Areas, brush: &mut Brush<'_>) {
    if areas.page.area() == 0 {
        return;
    }
    let title = Rect {
        x: areas.title.x + 1,
        width: areas.title.width.saturating_sub(2),
        ..areas.title
    };
    brush.spans(title, &fit::title(&state.shown.page, title.width));
    if state.analysis.is_some() {
        brush.spans(
            areas.tabs,
            &tabs::spans(&tabs::tabs(state), areas.tabs.width),
        );
    }
    let place = state.here();
    let name = state.name_columns();
    let rows = state.shown.rows().iter().skip(place.top);
    for (row, part) in rows.zip(areas.page.rows()) {
        let line = match (Some(row.line) == place.line, state.focus) {
            (false, _) => Line::Usual,
            (true, Focus::Page) => Line::Selected,
            (true, Focus::Tree) => Line::Remembered,
        };
        let mut spans = state.shown.spans(*row);
        if let Some((start, end)) = name.filter(|_| line == Line::Selected) {
            spans = set_apart(&spans, start, end);
        }
        spans = match state.sought_here() {
            "" => spans,
            sought if place.page == PageKind::Source => found(&spans, sought),
            sought if state.is_match(row.line, sought) => marked(&spans, sought),
            _ => spans,
        };
        brush.line(part, &spans, line);
    }
}

/// What is said below the page of its selected line.
pub(super) fn paint_aside(state: &State, areas: &Areas, brush: &mut Brush<'_>) {
    let mut parts = areas.aside.rows();
    let Some(first) = parts.next() else { return };
    let title = Rect {
        x: first.x + 1,
        width: first.width.saturating_sub(2),
        ..first
    };
    brush.spans(title, &fit::title(&state.aside.page, title.width));
    for (row, part) in state.aside.rows().iter().zip(parts) {
        brush.line(part, &state.aside.spans(*row), Line::Usual);
    }
}

/// What the selected line leads to; in a search, the page of the selected hit.
pub(super) fn paint_preview(state: &State, areas: &Areas, brush: &mut Brush<'_>) {
    if areas.preview.height == 0 {
        return;
    }
    let text = areas.preview_text();
    let title = Rect {
        x: areas.preview.x + 1,
        width: areas.preview.width.saturating_sub(2),
        height: 1,
        ..areas.preview
    };
    if state.has_pinned() {
        let word = [Span::new("pinned ", Role::Key)];
        let room = title.width.saturating_sub(7);
        let whole = [&word[..], &fit::title(&state.preview.page, room)].concat();
        brush.spans(title, &whole);
    } else {
        brush.spans(title, &fit::title(&state.preview.page, title.width));
    }
    let lines = Rect {
        x: areas.preview.x,
        width: areas.preview.width,
        ..text
    };
    let rows = state.preview.rows().iter().skip(state.preview_top);
    for (row, part) in rows.zip(lines.rows()) {
        let line = if Some(row.line) == state.preview_line {
            Line::Remembered
        } else {
            Line::Usual
        };
        brush.line(part, &state.preview.spans(*row), line);
    }
}

/// The same spans, with what stands in these columns set apart: the name that is followed.
fn set_apart(spans: &[Span], start: usize, end: usize) -> Vec<Span> {
    let (mut before, rest) = clip::split(spans, start);
    let (name, behind) = clip::split(&rest, end.saturating_sub(start));
    before.extend(name.into_iter().map(|span| Span {
        role: Role::Match,
        ..span
    }));
    before.extend(behind);
    before
}

/// The same spans, with the letters set apart that match a word of what is sought: wherever a name has it in one piece, or else in the first
/// name that has its letters.
fn marked(spans: &[Span], sought: &str) -> Vec<Span> {
    let mut places: Vec<Vec<usize>> = vec![vec![]; spans.len()];
    for word in sought.split_whitespace() {
        let mut is_whole = false;
        for (span, places) in spans.iter().zip(&mut places) {
            let found = letters::run(&span.text, word);
            is_whole |= !found.is_empty();
            places.extend(found);
        }
        if is_whole {
            continue;
        }
        let scattered = spans.iter().map(|span| letters::places(&span.text, word));
        let first = scattered.enumerate().find(|(_, found)| !found.is_empty());
        if let Some((at, found)) = first {
            places[at].extend(found);
        }
    }
    let spans = spans.iter().zip(&places);
    spans
        .flat_map(|(span, places)| span.marked(places))
        .collect()
}

/// The same spans of source, with every place set apart that has a text in one piece.
fn found(spans: &[Span], sought: &str) -> Vec<Span> {
    let sought = sought.to_lowercase();
    let mut marked = vec![];
    for span in spans {
        let lower = span.text.to_lowercase();
        // Letters whose small form is longer would shift every place after them; such a span is left as it is.
        if lower.len() != span.text.len() || sought.is_empty() {
            marked.push(span.clone());
            continue;
        }
        let mut at = 0;
        while let Some(found) = lower[at..].find(&sought) {
            let (start, end) = (at + found, at + found + sought.len());
            let (Some(before), Some(here)) = (span.text.get(at..start), span.text.get(start..end))
            else {
                break;
            };
            marked.push(Span {
                text: before.to_owned(),
                role: span.role,
            });
            marked.push(Span {
                text: here.to_owned(),
                role: Role::Match,
            });
            at = end;
        }
        marked.push(Span {
            text: span.text.get(at..).unwrap_or_default().to_owned(),
            role: span.role,
        });
    }
    marked
}
