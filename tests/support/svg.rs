//! A terminal's screen as an SVG: what was painted, cell by cell, in the colours of a quiet dark terminal.

use std::fmt::Write as _;
use std::num::NonZeroU16;

use vt100::{Cell, Color, Parser};

/// Size of a cell in pixels; texts are stretched to it, so that lines meet whatever font the reader has.
const CELL: (u32, u32) = (8, 17);

/// Room around the screen.
const MARGIN: u32 = 10;

/// Why writing here cannot fail.
const FAILS: &str = "a string takes what is written to it";

const BACKGROUND: &str = "#1b1d23";
const FOREGROUND: &str = "#d5d8de";

/// The sixteen colours that a terminal names.
const NAMED: [&str; 16] = [
    "#31353f", "#e0787a", "#8fbf7f", "#d9b36c", "#7aa2d6", "#b592d3", "#6cb6b0", "#c3c8d1",
    "#7b8290", "#f08d8f", "#a6d695", "#e8c987", "#93b9ec", "#caa9e6", "#84d0ca", "#ffffff",
];

/// How a stretch of cells looks.
#[derive(Clone, PartialEq, Eq)]
struct Look {
    ink: String,
    paper: String,
    /// Weight and slant, as attributes.
    style: String,
    /// Lines between the parts of the screen.
    rule: bool,
}

/// Draws a frame of `columns` by `rows` cells that was printed with colours.
pub(crate) fn svg(frame: &str, columns: u16, rows: u16) -> String {
    let cells = |count| NonZeroU16::new(count).expect("a frame has cells");
    let mut parser = Parser::new(cells(rows), cells(columns), 0);
    let lines: Vec<&str> = frame.lines().collect();
    parser.process(lines.join("\r\n").as_bytes());
    let (width, height) = (
        u32::from(columns) * CELL.0 + 2 * MARGIN,
        u32::from(rows) * CELL.1 + 2 * MARGIN,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n"
    );
    for row in 0..rows {
        for (column, cells, look, text) in runs(&parser, row, columns) {
            draw(&mut svg, (column, row), cells, &look, &text);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// The cells of a row, those of one look together: first column, number of cells, look, text.
fn runs(parser: &Parser, row: u16, columns: u16) -> Vec<(u16, u16, Look, String)> {
    let mut runs: Vec<(u16, u16, Look, String)> = vec![];
    for column in 0..columns {
        let Some(cell) = parser.screen().cell(row, column) else {
            continue;
        };
        let look = look(cell);
        let text = match cell.contents() {
            "" if cell.is_wide_continuation() => "",
            "" => " ",
            text => text,
        };
        match runs.last_mut() {
            Some((_, cells, last, so_far)) if *last == look => {
                *cells += 1;
                so_far.push_str(text);
            }
            _ => runs.push((column, 1, look, text.to_owned())),
        }
    }
    runs
}

fn look(cell: &Cell) -> Look {
    let ink = colour(cell.fgcolor(), FOREGROUND);
    let paper = colour(cell.bgcolor(), BACKGROUND);
    let (ink, paper) = if cell.inverse() {
        (paper, ink)
    } else {
        (ink, paper)
    };
    let attributes = [
        (cell.bold(), " font-weight=\"bold\""),
        (cell.italic(), " font-style=\"italic\""),
        (cell.underline(), " text-decoration=\"underline\""),
    ];
    Look {
        ink,
        paper,
        style: attributes
            .iter()
            .filter(|(has, _)| *has)
            .map(|(_, attribute)| *attribute)
            .collect(),
        rule: arms(cell.contents()).is_some(),
    }
}

fn colour(colour: Color, default: &str) -> String {
    match colour {
        Color::Default => default.to_owned(),
        Color::Idx(named @ 0..16) => NAMED[usize::from(named)].to_owned(),
        Color::Idx(cube @ 16..232) => {
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            let at = cube - 16;
            let (red, green, blue) = (level(at / 36), level(at / 6 % 6), level(at % 6));
            format!("#{red:02x}{green:02x}{blue:02x}")
        }
        Color::Idx(grey) => {
            let level = 8 + 10 * (grey - 232);
            format!("#{level:02x}{level:02x}{level:02x}")
        }
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
    }
}

fn draw(svg: &mut String, at: (u16, u16), cells: u16, look: &Look, text: &str) {
    let x = MARGIN + u32::from(at.0) * CELL.0;
    let y = MARGIN + u32::from(at.1) * CELL.1;
    let width = u32::from(cells) * CELL.0;
    if look.paper != BACKGROUND {
        let (height, paper) = (CELL.1, &look.paper);
        writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>"
        )
        .expect(FAILS);
    }
    let style = format!("fill=\"{}\"{}", look.ink, look.style);
    let letters: Vec<char> = text.chars().collect();
    if look.rule {
        let path = rules(&letters, x, y);
        writeln!(svg, "<path d=\"{path}\" stroke=\"{}\"/>", look.ink).expect(FAILS);
        return;
    }
    // A reader who does not stretch texts still sees columns: each begins in its own cell.
    for (start, word) in words(&letters) {
        let (x, y, length) = (
            x + start as u32 * CELL.0,
            y + CELL.1 - 4,
            word.chars().count() as u32 * CELL.0,
        );
        let word = word
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        writeln!(
            svg,
            "<text x=\"{x}\" y=\"{y}\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\" {style}>{word}</text>"
        )
        .expect(FAILS);
    }
}

/// The stretches without two spaces in a row, and where each begins.
fn words(letters: &[char]) -> Vec<(usize, String)> {
    let mut words: Vec<(usize, String)> = vec![];
    for (at, &letter) in letters.iter().enumerate() {
        if letter == ' ' {
            continue;
        }
        match words.last_mut() {
            Some((start, word)) if at - (*start + word.chars().count()) <= 1 => {
                if at > *start + word.chars().count() {
                    word.push(' ');
                }
                word.push(letter);
            }
            _ => words.push((at, letter.to_string())),
        }
    }
    words
}

/// Where the lines of a box-drawing character go: left, right, up, down.
fn arms(letter: &str) -> Option<[bool; 4]> {
    Some(match letter {
        "─" => [true, true, false, false],
        "│" => [false, false, true, true],
        "├" => [false, true, true, true],
        "┤" => [true, false, true, true],
        "┬" => [true, true, false, true],
        "┴" => [true, true, true, false],
        "┼" => [true, true, true, true],
        "┌" => [false, true, false, true],
        "┐" => [true, false, false, true],
        "└" => [false, true, true, false],
        "┘" => [true, false, true, false],
        _ => return None,
    })
}

/// A run of them as a path, so that they meet whatever the font: from its left end to its right, and each up and down.
fn rules(letters: &[char], x: u32, y: u32) -> String {
    let mut path = String::new();
    let middle = y + CELL.1 / 2;
    for (at, letter) in letters.iter().enumerate() {
        let left = x + at as u32 * CELL.0;
        let centre = left + CELL.0 / 2;
        let Some([to_left, to_right, up, down]) = arms(&letter.to_string()) else {
            continue;
        };
        let (from, to) = (
            if to_left { left } else { centre },
            if to_right { left + CELL.0 } else { centre },
        );
        if from < to {
            // The line goes on where the last one ended.
            let goes_on = format!("H{from}");
            if path.ends_with(&goes_on) {
                path.truncate(path.len() - goes_on.len());
                write!(path, "H{to}").expect(FAILS);
            } else {
                write!(path, "M{from} {middle}H{to}").expect(FAILS);
            }
        }
        let (top, bottom) = (
            if up { y } else { middle },
            if down { y + CELL.1 } else { middle },
        );
        if top < bottom {
            write!(path, "M{centre} {top}V{bottom}").expect(FAILS);
        }
    }
    path
}
