//! One frame as text: for `--print`, for bug reports, for tests.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use crate::app::State;
use crate::tui::draw;
use crate::tui::theme::Theme;

/// Paints the state as it would be on a screen of its size; with `ansi`, in the theme's colours.
pub fn print_frame(state: &State, theme: &Theme, ansi: bool) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, state.size.width, state.size.height));
    draw::paint(state, theme, &mut buffer);
    if ansi {
        to_ansi(&buffer)
    } else {
        to_plain(&buffer)
    }
}

/// The letters of a frame, a line each, without blanks at their ends.
pub fn to_plain(buffer: &Buffer) -> String {
    let mut text = String::new();
    for row in rows(buffer) {
        let line: String = row.map(Cell::symbol).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The letters of a frame with the escape sequences of their styles (ECMA-48, SGR).
pub fn to_ansi(buffer: &Buffer) -> String {
    let mut text = String::new();
    for row in rows(buffer) {
        let cells: Vec<&Cell> = row.collect();
        let end = cells
            .iter()
            .rposition(|cell| {
                cell.symbol() != " " || cell.bg != Color::Reset || !cell.modifier.is_empty()
            })
            .map_or(0, |last| last + 1);
        let mut open = String::new();
        for cell in &cells[..end] {
            let style = codes(cell);
            if style != open {
                if !open.is_empty() {
                    text.push_str("\x1b[0m");
                }
                if !style.is_empty() {
                    let _ = write!(text, "\x1b[{style}m");
                }
                open = style;
            }
            text.push_str(cell.symbol());
        }
        if !open.is_empty() {
            text.push_str("\x1b[0m");
        }
        text.push('\n');
    }
    text
}

/// Rows of cells; those that a wide character before them covers are left out.
fn rows(buffer: &Buffer) -> impl Iterator<Item = impl Iterator<Item = &Cell>> {
    let width = usize::from(buffer.area.width).max(1);
    buffer.content.chunks(width).map(|row| {
        let mut covered = 0;
        row.iter().filter(move |cell| {
            if covered > 0 {
                covered -= 1;
                return false;
            }
            covered = crate::app::clip::width(cell.symbol()).saturating_sub(1);
            true
        })
    })
}

fn codes(cell: &Cell) -> String {
    let mut codes: Vec<String> = vec![];
    for (modifier, code) in [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
    ] {
        if cell.modifier.contains(modifier) {
            codes.push(code.to_owned());
        }
    }
    codes.extend(colour(cell.fg, 30));
    codes.extend(colour(cell.bg, 40));
    codes.join(";")
}

fn colour(colour: Color, base: u8) -> Option<String> {
    let named = |index: u8| Some((base + index).to_string());
    let bright = |index: u8| Some((base + 60 + index).to_string());
    match colour {
        Color::Reset => None,
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(index) => Some(format!("{};5;{index}", base + 8)),
        Color::Rgb(red, green, blue) => Some(format!("{};2;{red};{green};{blue}", base + 8)),
    }
}
