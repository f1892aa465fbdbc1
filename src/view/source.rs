//! The *source* page: the class statement as it stands in its file, numbered and highlighted.

use std::ops::Range;

use crate::analysis::{Analysis, ClassRef, ModuleOrigin};
use crate::semantics::Origin;
use crate::source::{FileId, Place, SourceFile};
use crate::syntax::{TokenKind, tokens};
use crate::view::words::{self, class_link};
use crate::view::{Line, Link, Page, Role, Span};

/// How far apart tab stops are in Python source (language reference, "Indentation").
const TAB: usize = 8;

/// Shows the source of a class, decorators included.
pub(super) fn source(class: ClassRef<'_>) -> Page {
    let mut page = words::about(class);
    let (place, first) = match class.origin() {
        Origin::Statement { place, first, .. } => (*place, *first),
        Origin::Call(place) => (*place, place.start),
        Origin::Interpreter => {
            without_source(&mut page, class);
            return page;
        }
    };
    let file = class.analysis().file(place.file);
    page.push(
        Line::text(vec![Span::faint(&file.shown)]).to(Some(Link::Source {
            file: place.file,
            line: file.line(first),
        })),
    );
    page.lines.extend(numbered(file, place, first));
    page
}

/// Shows a whole file: where a place leads that is no class statement's.
pub fn source_file(analysis: &Analysis, id: FileId) -> Page {
    let file = analysis.file(id);
    let mut page = Page {
        title: vec![Span::new(&file.shown, Role::Module)],
        ..Page::default()
    };
    let whole = Place {
        file: id,
        start: 0,
        end: file.text.len() as u32,
    };
    page.lines.extend(numbered(file, whole, 0));
    page
}

fn without_source(page: &mut Page, class: ClassRef<'_>) {
    page.push(Line::text(vec![Span::plain(
        if class.home() == ModuleOrigin::ThirdParty {
            "a compiled module brings this class; it has no Python source"
        } else {
            "the interpreter brings this class; its source is not in view"
        },
    )]));
    page.push(Line::blank());
    page.push(Line::text(vec![Span::plain(words::statement(class))]).to(class_link(class)));
}

/// The lines from `first` to the end of the place, each with its number.
fn numbered(file: &SourceFile, place: Place, first: u32) -> Vec<Line> {
    let (top, bottom) = (file.line(first), file.line(place.end.saturating_sub(1)));
    let start = file.line_start(top).unwrap_or(0);
    let text = file.slice(start, place.end);
    let digits = bottom.to_string().len();
    let tokens = tokens(text);
    let mut next = 0;
    let mut lines = vec![];
    for line in top..=bottom {
        let from = file.line_start(line).unwrap_or(start) - start;
        let to = (from as usize + file.line_text(line).len()).min(text.len()) as u32;
        // Tokens come in order, and a string over several lines belongs to each of them.
        while tokens.get(next).is_some_and(|(range, _)| range.end <= from) {
            next += 1;
        }
        let here = tokens[next..]
            .iter()
            .take_while(|(range, _)| range.start < to);
        let mut spans = vec![Span::faint(format!("{line:>digits$}  "))];
        spans.extend(painted(text, from..to, here));
        lines.push(Line::text(spans).to(Some(Link::Source {
            file: place.file,
            line,
        })));
    }
    lines
}

/// The text of a line, token by token, with what stands between them.
fn painted<'t>(
    text: &str,
    line: Range<u32>,
    tokens: impl Iterator<Item = &'t (Range<u32>, TokenKind)>,
) -> Vec<Span> {
    let mut spans = vec![];
    let mut column = 0;
    let mut at = line.start;
    let mut push = |range: Range<u32>, role: Role| {
        let piece = text
            .get(range.start as usize..range.end as usize)
            .unwrap_or("");
        if !piece.is_empty() {
            spans.push(Span::new(untabbed(piece, &mut column), role));
        }
    };
    for (range, kind) in tokens {
        let (start, end) = (range.start.clamp(at, line.end), range.end.min(line.end));
        if end <= start {
            continue;
        }
        push(at..start, Role::Plain);
        push(start..end, role(*kind));
        at = end;
    }
    push(at..line.end, Role::Plain);
    spans
}

fn untabbed(text: &str, column: &mut usize) -> String {
    let mut plain = String::with_capacity(text.len());
    for char in text.chars() {
        if char == '\t' {
            let fill = TAB - *column % TAB;
            plain.extend(std::iter::repeat_n(' ', fill));
            *column += fill;
        } else {
            plain.push(char);
            *column += 1;
        }
    }
    plain
}

fn role(kind: TokenKind) -> Role {
    match kind {
        TokenKind::Keyword => Role::Keyword,
        TokenKind::String => Role::String,
        TokenKind::Number => Role::Number,
        TokenKind::Comment => Role::Comment,
        TokenKind::Operator => Role::Operator,
        TokenKind::Decorator => Role::Decorator,
        TokenKind::Definition => Role::Definition,
        TokenKind::Name | TokenKind::Other => Role::Plain,
    }
}
