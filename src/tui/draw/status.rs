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
    // What counts least stands last and goes first.
    loop {
        let left = joined(&parts);
        let fits = clip::width_of(&left) + clip::width_of(&right) + 2 <= usize::from(part.width);
        if fits || parts.len() <= 2 {
            brush.spans(part, &both_ends(&left, &right, part.width));
            return;
        }
        parts.pop();
    }
}

fn joined(parts: &[Span]) -> Vec<Span> {
    let mut spans = vec![Span::new(" ", Role::Status)];
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            spans.push(Span::faint(" · "));
        }
        spans.push(part.clone());
    }
    spans
}

fn parts(state: &State) -> Vec<Span> {
    let mut parts = vec![Span::new(&state.project, Role::Heading)];
    match &state.loading {
        // What is shown is from before.
        Loading::Asked if state.analysis.is_some() => {
            parts.push(Span::new("↻ reading again", Role::Warning));
        }
        Loading::Asked => parts.push(Span::new("looking for Python files", Role::Status)),
        Loading::Working { doing, done, total } => {
            let text = match total {
                0 if *done == 0 => (*doing).to_owned(),
                0 => format!("{doing} {}", thousands(*done)),
                _ => format!("{doing} {} of {}", thousands(*done), thousands(*total)),
            };
            parts.push(if state.analysis.is_some() {
                Span::new(format!("↻ {text}"), Role::Warning)
            } else {
                Span::new(text, Role::Status)
            });
        }
        Loading::Failed(message) => parts.push(Span::new(format!("✗ {message}"), Role::Error)),
        Loading::Done => {}
    }
    if state.analysis.is_none() {
        return parts;
    }
    let counts = state.counts;
    let classes = if counts.classes == 1 {
        "class"
    } else {
        "classes"
    };
    parts.push(Span::new(
        format!("{} {classes}", thousands(counts.classes)),
        Role::Status,
    ));
    let mut add = |mark: &str, count: usize, word: &str, role| {
        if count > 0 {
            parts.push(Span::new(
                format!("{mark} {} {word}", thousands(count)),
                role,
            ));
        }
    };
    add("●", counts.exact, "exact", Role::Exact);
    add("✗", counts.raises, "raise", Role::Error);
    add("○", counts.unknown, "unknown", Role::Unknown);
    add("◇", counts.not_reached, "not reached", Role::Faint);
    add("◐", counts.assumed, "assumed", Role::Assumed);
    let word = if counts.problems == 1 {
        "problem"
    } else {
        "problems"
    };
    add("!", counts.problems, word, Role::Warning);
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
