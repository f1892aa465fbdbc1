//! Python's own traceback, at whatever margin it stands: alone, in an exception group, behind `E   ` or `INTERNALERROR> `.

use crate::traceback::report::{Form, Frame, Report};

/// What opens a traceback.
const HEADER: &str = "Traceback (most recent call last):";

/// What stands before that of an exception group.
const GROUP: &str = "Exception Group ";

/// Frames of one traceback that are kept: as many again of its beginning go.
const MOST_FRAMES: usize = 200;

/// Empty lines that may come in between.
const PATIENCE: usize = 20;

/// A traceback of which not all lines have come.
pub(super) struct Plain {
    /// What stands before each of its lines.
    margin: String,
    /// The line of the log at which it begins.
    pub(super) begins: usize,
    frames: Vec<Frame>,
    said: Option<Report>,
    /// What the line above the header says: some print the exception there, and not at the end.
    above: Option<(String, String)>,
    blanks: usize,
}

impl Plain {
    /// Begins a traceback, if the line opens one. One whose header is not there begins with its first frame.
    pub(super) fn open(text: &str, number: usize, above: Option<(String, String)>) -> Option<Self> {
        let begin = |margin: &str| Self {
            margin: margin.to_owned(),
            begins: number,
            frames: vec![],
            said: None,
            above,
            blanks: 0,
        };
        if let Some(before) = text.trim_end().strip_suffix(HEADER) {
            return Some(begin(before.strip_suffix(GROUP).unwrap_or(before)));
        }
        let at = text.find("  File \"")?;
        let is_margin = text[..at].chars().all(|char| " |+>E".contains(char));
        let frame = frame(&text[at..]).filter(|it| is_margin && it.function.is_some())?;
        let mut plain = begin(&text[..at]);
        plain.frames.push(frame);
        Some(plain)
    }

    /// Looks at the next line; tells whether it is a part of the traceback.
    pub(super) fn take(&mut self, text: &str, number: usize) -> bool {
        if self.frames.is_empty() && self.said.is_none() {
            // What stands before the header may stand before it alone: a logger's name.
            if let Some(at) = text.find("  File \"").filter(|at| *at < 200) {
                text[..at].clone_into(&mut self.margin);
            }
        }
        let Some(inner) = without_margin(text, &self.margin) else {
            return false;
        };
        let inner = inner.trim_end();
        if let Some(said) = &mut self.said {
            return if goes_on(&said.message, inner) {
                said.message.push('\n');
                said.message.push_str(inner.trim());
                true
            } else if is_note(inner) {
                said.notes.push(inner.to_owned());
                true
            } else {
                false
            };
        }
        if inner.is_empty() {
            self.blanks += 1;
            return self.blanks < PATIENCE;
        }
        if let Some(frame) = frame(inner) {
            if self.frames.len() >= 2 * MOST_FRAMES {
                self.frames.drain(..MOST_FRAMES);
            }
            self.frames.push(frame);
            return true;
        }
        if inner.starts_with("  ") || inner.starts_with('\t') {
            if let Some(frame) = self.frames.last_mut()
                && frame.source.is_none()
                && !is_pointer(inner)
                && !inner.starts_with("  [Previous line repeated")
            {
                frame.source = Some(inner.trim().to_owned());
            }
            return true;
        }
        let Some((kind, message)) = exception(inner) else {
            return false;
        };
        self.said = Some(Report {
            kind: kind.to_owned(),
            message: message.to_owned(),
            notes: vec![],
            frames: vec![],
            form: Form::Plain,
            line: number,
            count: 1,
            is_cut: false,
        });
        true
    }

    /// The exception it ends with; none where it was cut.
    pub(super) fn close(self) -> Option<Report> {
        if let Some(mut report) = self.said {
            report.frames = self.frames;
            return Some(report);
        }
        let (kind, message) = self.above.filter(|_| !self.frames.is_empty())?;
        Some(Report {
            kind,
            message,
            notes: vec![],
            frames: self.frames,
            form: Form::Plain,
            line: self.begins.saturating_sub(1),
            count: 1,
            is_cut: false,
        })
    }
}

/// The line without what stands before all of them. The margin of an exception group begins with `+` on some and `|` on others.
fn without_margin<'t>(text: &'t str, margin: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for (at, wanted) in margin.chars().enumerate() {
        match rest.next() {
            Some(char) if char == wanted => {}
            Some('|' | ' ' | '+') if "|+ ".contains(wanted) => {}
            // An editor took the blanks at the end of a line.
            None if margin.chars().skip(at).all(|char| " |".contains(char)) => return Some(""),
            _ => return None,
        }
    }
    Some(rest.as_str())
}

/// Whether the line goes on with a message that has a line break: that of a failed merge, before 3.13.
pub(super) fn goes_on(message: &str, line: &str) -> bool {
    message.ends_with("Cannot create a consistent method resolution")
        && line.trim_start().starts_with("order (MRO) for bases ")
}

/// Whether the line is a note that the interpreter adds to an exception (since 3.12).
pub(super) fn is_note(line: &str) -> bool {
    line.starts_with("Error calling __set_name__ on '")
}

/// `  File "shop/cart.py", line 3, in total`.
fn frame(inner: &str) -> Option<Frame> {
    let rest = inner.strip_prefix("  File \"")?;
    let at = rest.rfind("\", line ")?;
    let (path, rest) = (&rest[..at], &rest[at + "\", line ".len()..]);
    let end = rest
        .find(|char: char| !char.is_ascii_digit())
        .unwrap_or(rest.len());
    let line = rest[..end].parse().ok()?;
    let function = rest[end..]
        .strip_prefix(", in ")
        .map(|it| it.trim().to_owned());
    Some(Frame {
        path: path.to_owned(),
        line,
        function,
        source: None,
    })
}

/// Whether a line only points at a part of the one above it (since 3.11).
pub(super) fn is_pointer(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.chars().all(|char| "~^ ".contains(char))
}

/// `TypeError: duplicate base class A`: the class of an exception and its message.
pub(super) fn exception(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let (kind, message) = match text.find(':') {
        Some(at) if text[at + 1..].is_empty() => (&text[..at], ""),
        Some(at) => (&text[..at], text[at + 1..].strip_prefix(' ')?),
        None => (text, ""),
    };
    let is_kind = kind.split('.').all(|part| {
        let mut chars = part.chars();
        part == "<locals>"
            || chars
                .next()
                .is_some_and(|it| it.is_alphabetic() || it == '_')
                && chars.all(|it| it.is_alphanumeric() || it == '_')
    });
    (is_kind && kind.len() <= 300).then_some((kind, message))
}
