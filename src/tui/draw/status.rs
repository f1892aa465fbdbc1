//! The status line: what is open, how many classes there are, how sure their answers are, how far reading is.

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::clip;
use crate::app::load::Loading;
use crate::tui::draw::brush::{Brush, both_ends};
use crate::view::{Role, Span, thousands};

pub(super) fn paint(state: &State, part: Rect, brush: &mut Brush<'_>) {
    let right = right(state);
    let mut parts = parts(state);
    loop {
        let left = joined(&parts);
        let fits = clip::width_of(&left) + clip::width_of(&right) + 2 <= usize::from(part.width);
        // What counts least goes first.
        let least = (0..parts.len()).max_by_key(|&at| parts[at].0);
        match least.filter(|_| !fits && parts.len() > 2) {
            Some(least) => parts.remove(least),
            None => break,
        };
    }
    brush.spans(part, &both_ends(&joined(&parts), &right, part.width));
}

fn joined(parts: &[(u8, Span)]) -> Vec<Span> {
    let mut spans = vec![Span::new(" ", Role::Status)];
    for (at, (_, part)) in parts.iter().enumerate() {
        if at > 0 {
            spans.push(Span::faint(" · "));
        }
        spans.push(part.clone());
    }
    spans
}

/// What is said, in the order in which standings always stand; each with how soon it goes where there is little room.
fn parts(state: &State) -> Vec<(u8, Span)> {
    let mut parts = vec![(0, Span::new(&state.project, Role::Heading))];
    match &state.loading {
        // What is shown is from before.
        Loading::Asked if state.analysis.is_some() => {
            parts.push((1, Span::new("↻ reading again", Role::Warning)));
        }
        Loading::Asked => parts.push((1, Span::new("looking for Python files", Role::Status))),
        Loading::Working { doing, done, total } => {
            let text = match total {
                0 if *done == 0 => (*doing).to_owned(),
                0 => format!("{doing} {}", thousands(*done)),
                _ => format!("{doing} {} of {}", thousands(*done), thousands(*total)),
            };
            let span = if state.analysis.is_some() {
                Span::new(format!("↻ {text}"), Role::Warning)
            } else {
                Span::new(text, Role::Status)
            };
            parts.push((1, span));
        }
        Loading::Failed(message) => {
            parts.push((1, Span::new(format!("✗ {message}"), Role::Error)));
        }
        Loading::Done if state.is_from_before() => {
            parts.push((1, Span::new("↻ page from before", Role::Warning)));
        }
        Loading::Done => {}
    }
    if state.analysis.is_none() {
        return parts;
    }
    if state.is_first() {
        parts.push((1, Span::new("this module first", Role::Warning)));
    }
    let counts = state.counts;
    let classes = if counts.classes == 1 {
        "class"
    } else {
        "classes"
    };
    let said = format!("{} {classes}", thousands(counts.classes));
    parts.push((2, Span::new(said, Role::Status)));
    let mut add = |goes, mark: &str, count: usize, word: &str, role| {
        if count > 0 {
            let said = format!("{mark} {} {word}", thousands(count));
            parts.push((goes, Span::new(said, role)));
        }
    };
    add(4, "●", counts.exact, "exact", Role::Exact);
    add(7, "◐", counts.assumed, "assumed", Role::Assumed);
    add(5, "○", counts.unknown, "unknown", Role::Unknown);
    add(3, "✗", counts.raises, "raise", Role::Error);
    add(6, "◇", counts.not_reached, "not reached", Role::Faint);
    let word = if counts.problems == 1 {
        "problem"
    } else {
        "problems"
    };
    add(8, "!", counts.problems, word, Role::Warning);
    parts
}

fn right(state: &State) -> Vec<Span> {
    match &state.analysis {
        Some(analysis) if !analysis.world.python.is_empty() => {
            vec![Span::faint(format!("python {} ", analysis.world.python))]
        }
        _ => vec![],
    }
}
