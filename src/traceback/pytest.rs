//! What pytest says of a failed test: its long, short and line styles, the mixture of them that it takes by itself, and its summary.

use crate::traceback::plain::{exception, goes_on, is_note, is_pointer};
use crate::traceback::report::{Form, Frame, Report};

/// Frames of one report that are kept.
const MOST_FRAMES: usize = 200;

/// Lines between what is said and where: local variables.
const PATIENCE: usize = 400;

/// The report that pytest is about to make.
#[derive(Default)]
pub(super) struct Pytest {
    frames: Vec<Frame>,
    /// The line of source marked with `>`, and the function it stands in.
    marked: Option<String>,
    function: Option<String>,
    /// Whether the next line is the source of the last frame.
    wants_source: bool,
    /// The lines behind `E`.
    said: Vec<String>,
    /// The line of the log on which the first of them stands.
    at: usize,
    waited: usize,
}

impl Pytest {
    /// Looks at a line; returns a report that ends with it or before it.
    pub(super) fn take(&mut self, text: &str, number: usize) -> Option<Report> {
        if let Some(said) = error_line(text) {
            if self.said.is_empty() {
                self.at = number;
            }
            if self.said.len() < 20 {
                self.said.push(said.to_owned());
            }
            return None;
        }
        let mut done = None;
        if !self.said.is_empty() {
            if let Some(place) = location(text) {
                let kind = place.rest.split(':').next().unwrap_or_default();
                if is_kind(kind) || place.rest.starts_with("assert") {
                    return self.ends_at(&place);
                }
            }
            let last = self.said.last().map_or("", |it| it.trim());
            if goes_on(last, text) {
                self.said.push(text.trim().to_owned());
                return None;
            }
            self.waited += 1;
            let is_waiting = text.trim().is_empty() || self.marked.is_some();
            if is_waiting && self.waited < PATIENCE && !is_section(text) {
                return None;
            }
            done = self.finish();
        }
        self.look(text, number).or(done)
    }

    /// What is left at the end of the log.
    pub(super) fn finish(&mut self) -> Option<Report> {
        let ended = std::mem::take(self);
        if ended.said.is_empty() {
            return None;
        }
        let (kind, message, notes) = ended.exception()?;
        Some(Report {
            kind,
            message,
            notes,
            frames: ended.frames,
            form: Form::Pytest,
            line: ended.at,
            count: 1,
            is_cut: false,
        })
    }

    /// `shop/cart.py:12: TypeError`, which ends a section.
    fn ends_at(&mut self, place: &Location<'_>) -> Option<Report> {
        let (function, source) = (self.function.take(), self.marked.take());
        self.push(place, function, source);
        self.finish()
    }

    fn push(&mut self, place: &Location<'_>, function: Option<String>, source: Option<String>) {
        if self.frames.len() >= 2 * MOST_FRAMES {
            self.frames.drain(..MOST_FRAMES);
        }
        self.frames.push(Frame {
            path: place.path.to_owned(),
            line: place.line,
            function,
            source,
        });
    }

    /// The exception that the lines behind `E` name.
    fn exception(&self) -> Option<(String, String, Vec<String>)> {
        let mut lines = self.said.iter().map(|line| line.trim());
        let (kind, message) = exception(lines.next()?).filter(|(kind, _)| is_kind(kind))?;
        let mut message = message.to_owned();
        let mut notes = vec![];
        for line in lines {
            if goes_on(&message, line) {
                message.push('\n');
                message.push_str(line);
            } else if is_note(line) {
                notes.push(line.to_owned());
            }
        }
        Some((kind.to_owned(), message, notes))
    }

    /// A line that is neither `E   …` nor what comes behind these.
    fn look(&mut self, text: &str, number: usize) -> Option<Report> {
        if std::mem::take(&mut self.wants_source)
            && text.starts_with("    ")
            && let Some(frame) = self.frames.last_mut()
            && !is_pointer(text)
        {
            frame.source = Some(text.trim().to_owned());
            return None;
        }
        if let Some(rest) = text.strip_prefix('>').filter(|it| it.starts_with(' ')) {
            self.marked = Some(rest.trim().to_owned());
            return None;
        }
        if let Some(name) = defined(text) {
            self.function = Some(name.to_owned());
            return None;
        }
        if is_section(text) {
            *self = Self::default();
            return summary(text, number);
        }
        if let Some(place) = location(text) {
            if let Some(function) = place.rest.strip_prefix("in ") {
                self.push(&place, Some(function.trim().to_owned()), None);
                self.wants_source = true;
                return None;
            }
            if place.rest.is_empty() {
                let (function, source) = (self.function.take(), self.marked.take());
                if source.is_some() {
                    self.push(&place, function, source);
                }
                return None;
            }
            return one_line(&place, number);
        }
        summary(text, number)
    }
}

/// What stands behind pytest's `E`.
fn error_line(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('E')?;
    if rest.is_empty() {
        return Some("");
    }
    rest.strip_prefix("   ")
}

/// `path.py:12: rest`.
struct Location<'t> {
    path: &'t str,
    line: u32,
    rest: &'t str,
}

fn location(text: &str) -> Option<Location<'_>> {
    if text.starts_with([' ', '\t']) {
        return None;
    }
    let at = [".py:", ".pyx:", ".pyi:"]
        .iter()
        .find_map(|end| text.find(end).map(|at| at + end.len()))?;
    let (path, rest) = (&text[..at - 1], &text[at..]);
    let end = rest.find(|char: char| !char.is_ascii_digit())?;
    let line = rest[..end].parse().ok()?;
    let rest = rest[end..].strip_prefix(':')?;
    Some(Location {
        path,
        line,
        rest: rest.trim(),
    })
}

/// Whether this can be the class of an exception: linters and compilers write `error` and `note` in its place.
pub(super) fn is_kind(kind: &str) -> bool {
    let name = kind.rsplit('.').next().unwrap_or(kind);
    name.starts_with(|char: char| char.is_uppercase())
        && name.chars().any(char::is_lowercase)
        && name
            .chars()
            .all(|char| char.is_alphanumeric() || char == '_')
        && !name.ends_with("Warning")
}

/// A report of one line.
fn one_line(place: &Location<'_>, number: usize) -> Option<Report> {
    let (kind, message) = exception(place.rest).filter(|(kind, _)| is_kind(kind))?;
    if message.is_empty() {
        return None;
    }
    Some(Report {
        kind: kind.to_owned(),
        message: message.to_owned(),
        notes: vec![],
        frames: vec![Frame {
            path: place.path.to_owned(),
            line: place.line,
            function: None,
            source: None,
        }],
        form: Form::Line,
        line: number,
        count: 1,
        is_cut: false,
    })
}

/// `    def test_total(cart):`, above the source of a section.
fn defined(text: &str) -> Option<&str> {
    let text = text.strip_prefix("    ")?.trim_start();
    let text = text.strip_prefix("async ").unwrap_or(text);
    let name = text.strip_prefix("def ")?;
    name.split('(').next()
}

/// Whether a section ends here: its headings, the summary, and what stands between chained exceptions.
fn is_section(text: &str) -> bool {
    let is_rule = |char: char| {
        let mut rule = text.chars();
        rule.by_ref().take(3).all(|it| it == char) && text.len() > 3
    };
    is_rule('_')
        || is_rule('=')
        || is_rule('!')
        || text.starts_with("---")
        || text.starts_with("The above exception was the direct cause of")
        || text.starts_with("During handling of the above exception")
        || text.starts_with("FAILED ")
        || text.starts_with("ERROR ")
}

/// `FAILED tests/test_cart.py::test_total - TypeError: …`.
fn summary(text: &str, number: usize) -> Option<Report> {
    if !["FAILED ", "ERROR ", "SUBFAIL"]
        .iter()
        .any(|word| text.starts_with(word))
    {
        return None;
    }
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once(" - ") {
        rest = behind;
        if let Some((kind, message)) = exception(rest).filter(|(kind, _)| is_kind(kind)) {
            let is_cut = message.ends_with("...");
            return Some(Report {
                kind: kind.to_owned(),
                message: message.trim_end_matches("...").to_owned(),
                notes: vec![],
                frames: vec![],
                form: Form::Summary,
                line: number,
                count: 1,
                is_cut,
            });
        }
    }
    None
}
