//! A page on a stream: laid out like on the screen, in the colours of the same theme.

use std::fmt::Write as _;
use std::io;

use crate::app::fit::{self, Layout};
use crate::cli::streams::Streams;
use crate::tui::Theme;
use crate::view::{Page, Span};

/// Writes a page: its title with the standing, a blank line, its lines.
pub(super) fn page(streams: &mut Streams, styles: &Theme, page: &Page) -> io::Result<()> {
    let width = streams.width.unwrap_or(u16::MAX);
    let title = if let Some(width) = streams.width {
        fit::title(page, width)
    } else {
        // Nothing to align with: the standing follows the name.
        let mut spans = page.title.clone();
        if !page.standing.is_empty() {
            spans.push(Span::plain("  "));
            spans.extend(page.standing.iter().cloned());
        }
        spans
    };
    line(streams, styles, &title)?;
    streams.line("")?;
    let layout = Layout::folded(page, width);
    for &row in layout.rows() {
        line(streams, styles, &layout.spans(page, row))?;
    }
    Ok(())
}

/// Writes spans as one line.
pub(super) fn line(streams: &mut Streams, styles: &Theme, spans: &[Span]) -> io::Result<()> {
    let mut text = String::new();
    for span in spans {
        let style = ansi(styles.style(span.role));
        if span.text.trim().is_empty() {
            text.push_str(&span.text);
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(text, "{style}{}{style:#}", span.text);
        }
    }
    streams.line(text.trim_end())
}

/// The same style, as a stream understands it.
fn ansi(style: ratatui::style::Style) -> anstyle::Style {
    use ratatui::style::Modifier;
    let effects = [
        (Modifier::BOLD, anstyle::Effects::BOLD),
        (Modifier::DIM, anstyle::Effects::DIMMED),
        (Modifier::ITALIC, anstyle::Effects::ITALIC),
        (Modifier::UNDERLINED, anstyle::Effects::UNDERLINE),
        (Modifier::REVERSED, anstyle::Effects::INVERT),
        (Modifier::CROSSED_OUT, anstyle::Effects::STRIKETHROUGH),
    ]
    .into_iter()
    .filter(|(modifier, _)| style.add_modifier.contains(*modifier))
    .fold(anstyle::Effects::new(), |all, (_, effect)| all | effect);
    anstyle::Style::new()
        .fg_color(style.fg.and_then(colour))
        .bg_color(style.bg.and_then(colour))
        .effects(effects)
}

fn colour(colour: ratatui::style::Color) -> Option<anstyle::Color> {
    use anstyle::AnsiColor;
    use ratatui::style::Color;
    let named = match colour {
        Color::Reset => return None,
        Color::Rgb(red, green, blue) => return Some(anstyle::RgbColor(red, green, blue).into()),
        Color::Indexed(index) => return Some(anstyle::Ansi256Color(index).into()),
        Color::Black => AnsiColor::Black,
        Color::Red => AnsiColor::Red,
        Color::Green => AnsiColor::Green,
        Color::Yellow => AnsiColor::Yellow,
        Color::Blue => AnsiColor::Blue,
        Color::Magenta => AnsiColor::Magenta,
        Color::Cyan => AnsiColor::Cyan,
        Color::Gray => AnsiColor::White,
        Color::DarkGray => AnsiColor::BrightBlack,
        Color::LightRed => AnsiColor::BrightRed,
        Color::LightGreen => AnsiColor::BrightGreen,
        Color::LightYellow => AnsiColor::BrightYellow,
        Color::LightBlue => AnsiColor::BrightBlue,
        Color::LightMagenta => AnsiColor::BrightMagenta,
        Color::LightCyan => AnsiColor::BrightCyan,
        Color::White => AnsiColor::BrightWhite,
    };
    Some(named.into())
}
