//! `Brush`: puts spans into cells, in the theme's styles, never outside the part they belong to.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::app::areas::MARK;
use crate::app::clip;
use crate::tui::theme::Theme;
use crate::view::{Role, Span};

/// How a line stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// It does not.
    Usual,
    /// It is selected in the part that has the cursor.
    Selected,
    /// It is selected in a part that the cursor has left.
    Remembered,
}

/// A buffer and the styles to paint it in.
pub(super) struct Brush<'b> {
    buffer: &'b mut Buffer,
    theme: &'b Theme,
}

impl<'b> Brush<'b> {
    pub(super) fn new(buffer: &'b mut Buffer, theme: &'b Theme) -> Self {
        Self { buffer, theme }
    }

    /// Paints spans from the left of the first row of `part`.
    pub(super) fn spans(&mut self, part: Rect, spans: &[Span]) {
        self.styled(part, spans, None);
    }

    /// Paints a line with the mark of the selection before it.
    pub(super) fn line(&mut self, part: Rect, spans: &[Span], line: Line) {
        let over = match line {
            Line::Selected => Some(self.theme.style(Role::Selected)),
            Line::Usual | Line::Remembered => None,
        };
        if let Some(style) = over {
            self.buffer
                .set_style(part.intersection(self.buffer.area), style);
        }
        let mark = match line {
            Line::Usual => None,
            Line::Selected => Some(("▌", Role::Key)),
            Line::Remembered => Some(("▌", Role::Faint)),
        };
        if let Some((mark, role)) = mark {
            let span = Span {
                text: mark.to_owned(),
                role,
            };
            self.styled(part, &[span], over);
        }
        let text = Rect {
            x: part.x + MARK.min(part.width),
            width: part.width.saturating_sub(MARK),
            ..part
        };
        self.styled(text, spans, over);
    }

    fn styled(&mut self, part: Rect, spans: &[Span], over: Option<Style>) {
        let part = part.intersection(self.buffer.area);
        if part.height == 0 {
            return;
        }
        let mut column = part.x;
        for span in spans {
            let room = part.right().saturating_sub(column);
            if room == 0 {
                return;
            }
            let style = selected(self.theme.style(span.role), over);
            (column, _) =
                self.buffer
                    .set_stringn(column, part.y, &span.text, usize::from(room), style);
        }
    }

    /// Repeats a sign along a row.
    pub(super) fn across(&mut self, part: Rect, sign: &str, role: Role) {
        let style = self.theme.style(role);
        for position in part.intersection(self.buffer.area).positions() {
            self.buffer[position].set_symbol(sign).set_style(style);
        }
    }

    /// Repeats a sign along a column.
    pub(super) fn down(&mut self, part: Rect, sign: &str, role: Role) {
        self.across(part, sign, role);
    }

    /// Makes a part empty, for something that floats above what was there.
    pub(super) fn clear(&mut self, part: Rect) {
        for position in part.intersection(self.buffer.area).positions() {
            self.buffer[position].reset();
        }
    }

    /// Where text of this width would end in a row, if that is on the screen.
    pub(super) fn cell(part: Rect, column: usize) -> Option<Position> {
        let column = u16::try_from(column).ok()?;
        (column < part.width && part.height > 0).then(|| Position::new(part.x + column, part.y))
    }
}

/// The style of a span on a selected line. A reversed line is of one colour: patches in several cannot be read.
fn selected(style: Style, over: Option<Style>) -> Style {
    match over {
        None => style,
        Some(over) if over.add_modifier.contains(Modifier::REVERSED) => {
            let kept = style.add_modifier - Modifier::REVERSED - Modifier::DIM;
            Style::new().add_modifier(kept).patch(over)
        }
        Some(over) => style.patch(over),
    }
}

/// A row of parts at the left and parts at the right; those at the left are cut off where they would meet.
pub(super) fn both_ends(left: &[Span], right: &[Span], width: u16) -> Vec<Span> {
    let width = usize::from(width);
    let right_width = clip::width_of(right);
    if right_width + 1 >= width {
        return clip::spans_end(left, width);
    }
    let mut spans = clip::spans_end(left, width - right_width - 1);
    let gap = width - right_width - clip::width_of(&spans);
    spans.push(Span {
        text: " ".repeat(gap),
        role: Role::Plain,
    });
    spans.extend_from_slice(right);
    spans
}
