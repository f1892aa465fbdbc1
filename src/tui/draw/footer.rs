//! The footer: the keys that make sense here; or what was just done; or what is being typed.

use ratatui::layout::{Position, Rect};

use crate::app::State;
use crate::app::clip;
use crate::app::hints::{self, Hint};
use crate::app::key;
use crate::app::state::Prompt;
use crate::tui::draw::brush::{Brush, both_ends};
use crate::view::{Role, Span};

pub(super) fn paint(state: &State, part: Rect, brush: &mut Brush<'_>) -> Option<Position> {
    let hints = hints::hints(state);
    if let Some(Prompt::Filter(line)) = &state.prompt {
        let word = if state.page_filters() {
            " filter: "
        } else {
            " find: "
        };
        let left = [Span::new(word, Role::Key), Span::plain(line.text())];
        let right = fitting(&hints, usize::from(part.width / 2));
        brush.spans(part, &both_ends(&left, &right, part.width));
        return Brush::cell(part, clip::width(word) + line.cursor_column());
    }
    let asked = match &state.prompt {
        Some(Prompt::WhatIf(line)) => Some((" class ", line)),
        Some(Prompt::Compare(line)) => Some((" compare with ", line)),
        Some(Prompt::Operation(line)) => Some((" operation ", line)),
        _ => None,
    };
    if let Some((word, line)) = asked {
        let left = [Span::new(word, Role::Key), Span::plain(line.text())];
        let right = fitting(&hints, usize::from(part.width / 3));
        brush.spans(part, &both_ends(&left, &right, part.width));
        return Brush::cell(part, clip::width(word) + line.cursor_column());
    }
    if let Some(notice) = &state.notice {
        let (mark, role) = if notice.failed {
            ("✗ ", Role::Error)
        } else {
            ("", Role::Plain)
        };
        let said = [
            Span::plain(" "),
            Span::new(mark, role),
            Span::new(&notice.text, role),
            Span::plain("  "),
        ];
        let room = usize::from(part.width).saturating_sub(clip::width_of(&said));
        let right = fitting(&hints, room);
        // A failure is read to its end, whatever else there is to say.
        let right = if clip::width_of(&right) < room {
            right
        } else {
            vec![]
        };
        brush.spans(part, &both_ends(&said, &right, part.width));
        return None;
    }
    if !state.pending.is_empty() {
        let spans = [
            Span::new(format!(" {} ", key::label(&state.pending)), Role::Key),
            Span::faint("…"),
        ];
        brush.spans(part, &spans);
        return None;
    }
    let mut spans = fitting(&hints, usize::from(part.width));
    if !state.settings.filter.is_empty() && state.page_filters() {
        let said = [
            Span::new(" filter: ", Role::Key),
            Span::new(&state.settings.filter, Role::Match),
            Span::plain(" "),
        ];
        let room = usize::from(part.width).saturating_sub(clip::width_of(&said) + 1);
        spans = both_ends(&fitting(&hints, room), &said, part.width);
    }
    if let Some(said) = state.name_said() {
        let said = [
            Span::new(" → ", Role::Key),
            Span::plain(said),
            Span::plain(" "),
        ];
        let room = usize::from(part.width).saturating_sub(clip::width_of(&said));
        // What the keys are for is known by then; where the name leads is not.
        spans = both_ends(&fitting(&hints, room), &said, part.width);
    }
    brush.spans(part, &spans);
    None
}

/// As many hints as fit.
fn fitting(hints: &[Hint], width: usize) -> Vec<Span> {
    let say = |hint: &Hint| {
        let [gap, key, word] = hint.parts();
        [
            Span::plain(gap),
            Span::new(key, Role::Key),
            Span::new(word, Role::Faint),
        ]
    };
    let fitting = hints::fitting(hints, width).into_iter();
    let spans: Vec<Span> = fitting.flat_map(say).collect();
    clip::spans_end(&spans, width)
}
