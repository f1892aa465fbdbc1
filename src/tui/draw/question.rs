//! The boxes that ask before something is done to the world: what would be run or written, and the keys that answer.

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::action::Action;
use crate::app::areas::Areas;
use crate::app::clip;
use crate::app::live::Asking;
use crate::source::Rewritten;
use crate::tui::draw::brush::Brush;
use crate::tui::draw::which_key::frame;
use crate::view::{Role, Span};

/// Asks whether Python may be run.
pub(super) fn paint(state: &State, asking: &Asking, areas: &Areas, brush: &mut Brush<'_>) {
    let module = asking.class.path.module.as_str();
    let rows = vec![
        vec![
            Span::plain("start "),
            Span::new(&asking.python, Role::Heading),
        ],
        vec![
            Span::plain("import "),
            Span::new(module, Role::Module),
            Span::plain(": its code runs as an import runs it"),
        ],
        vec![Span::plain(format!(
            "and the __repr__ of what {} holds",
            asking.class.path.name()
        ))],
    ];
    ask(state, "run Python?", "run it", rows, areas, brush);
}

/// Asks whether files may be written.
pub(super) fn paint_writing(
    state: &State,
    files: &[Rewritten],
    areas: &Areas,
    brush: &mut Brush<'_>,
) {
    let mut rows: Vec<Vec<Span>> = files
        .iter()
        .map(|file| {
            vec![
                Span::plain("write "),
                Span::new(file.path.display().to_string(), Role::Heading),
            ]
        })
        .collect();
    rows.push(vec![Span::plain(
        "only if it still holds what was read here",
    )]);
    ask(state, "write the edit?", "write it", rows, areas, brush);
}

fn ask(
    state: &State,
    title: &str,
    yes: &str,
    mut rows: Vec<Vec<Span>>,
    areas: &Areas,
    brush: &mut Brush<'_>,
) {
    let key = |action| state.keymap.key_for(state.contexts(), action);
    let answer = |action, word: &str| {
        [
            Span::new(key(action).unwrap_or_default(), Role::Key),
            Span::plain(format!(" {word}")),
        ]
    };
    let mut answers = answer(Action::Yes, yes).to_vec();
    answers.push(Span::plain("    "));
    answers.extend(answer(Action::No, "leave it"));
    rows.extend([vec![], answers]);
    let widest = rows.iter().map(|row| clip::width_of(row)).max();
    let bottom = areas.footer.y;
    let width = (widest.unwrap_or(0) as u16 + 4).min(state.size.width);
    let height = (rows.len() as u16 + 2).min(bottom);
    if width < 6 || height < 3 {
        return;
    }
    let left = (state.size.width - width) / 2;
    let top = (bottom - height) / 2;
    let part = Rect::new(left, top, width, height);
    brush.clear(part);
    frame(part, title, brush);
    let inside = Rect::new(part.x + 2, part.y + 1, width - 4, height - 2);
    // Where there is no room for all, the answers are what must be seen.
    let skipped = rows.len().saturating_sub(usize::from(inside.height));
    for (row, place) in rows.iter().skip(skipped).zip(inside.rows()) {
        brush.spans(place, &clip::spans_end(row, usize::from(place.width)));
    }
}
