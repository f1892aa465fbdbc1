//! The box that asks before Python is run: what would be run, and the keys that answer.

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::action::Action;
use crate::app::areas::Areas;
use crate::app::clip;
use crate::app::live::Asking;
use crate::tui::draw::brush::Brush;
use crate::tui::draw::which_key::frame;
use crate::view::{Role, Span};

pub(super) fn paint(state: &State, asking: &Asking, areas: &Areas, brush: &mut Brush<'_>) {
    let key = |action| state.keymap.key_for(state.contexts(), action);
    let answer = |action, word: &str| {
        [
            Span::new(key(action).unwrap_or_default(), Role::Key),
            Span::plain(format!(" {word}")),
        ]
    };
    let module = asking.class.path.module.as_str();
    let mut answers = answer(Action::Yes, "run it").to_vec();
    answers.push(Span::plain("    "));
    answers.extend(answer(Action::No, "leave it"));
    let rows = [
        vec![
            Span::plain("start "),
            Span::new(&asking.python, Role::Heading),
        ],
        vec![
            Span::plain("import "),
            Span::new(module, Role::Module),
            Span::plain(": its code runs, as far as an import runs it"),
        ],
        vec![Span::plain(format!(
            "and the __repr__ of what {} holds",
            asking.class.path.name()
        ))],
        vec![],
        answers,
    ];
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
    frame(part, "run Python?", brush);
    let inside = Rect::new(part.x + 2, part.y + 1, width - 4, height - 2);
    // Where there is no room for all, the answers are what must be seen.
    let skipped = rows.len().saturating_sub(usize::from(inside.height));
    for (row, place) in rows.iter().skip(skipped).zip(inside.rows()) {
        brush.spans(place, &clip::spans_end(row, usize::from(place.width)));
    }
}
