//! Lines of source that are painted when somebody looks at them: to colour one, its tokens are needed, and a file of many thousand lines
//! is read piece by piece for that.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::syntax::{TokenKind, tokens};
use crate::view::{Role, Span};

/// How far apart tab stops are in Python source (language reference, "Indentation").
const TAB: usize = 8;

/// How many lines a piece has at least.
const LINES: usize = 200;

type Token = (Range<u32>, TokenKind);

/// The lines of a text, in pieces.
#[derive(Debug)]
pub(super) struct Pieces {
    text: Arc<str>,
    /// Where each line starts.
    starts: Vec<u32>,
    /// Where the last line ends.
    end: u32,
    /// The number of the first line.
    top: u32,
    all: Vec<Piece>,
}

/// Lines that can be told apart from those around them: no string and no bracket goes on from one piece to the next.
#[derive(Debug)]
struct Piece {
    start: u32,
    end: u32,
    /// Its tokens, in places of the whole text.
    tokens: OnceLock<Vec<Token>>,
}

/// A line of source: its number, and its text.
#[derive(Debug, Clone)]
pub struct SourceLine {
    of: Arc<Pieces>,
    number: u32,
}

impl Pieces {
    /// Divides a part of a text, whose lines start at these offsets.
    pub(super) fn new(text: Arc<str>, starts: Vec<u32>, end: u32, top: u32) -> Self {
        let mut pieces: Vec<Piece> = vec![];
        let mut scan = Scan::default();
        let (mut first, mut lines) = (starts.first().copied().unwrap_or(0), 0);
        for (at, &start) in starts.iter().enumerate() {
            if lines >= LINES && scan.is_between_statements() {
                pieces.push(Piece::new(first, start));
                (first, lines) = (start, 0);
            }
            let next = starts.get(at + 1).copied().unwrap_or(end).max(start);
            scan.line(text.get(start as usize..next as usize).unwrap_or(""));
            lines += 1;
        }
        pieces.push(Piece::new(first, end.max(first)));
        Self {
            text,
            starts,
            end,
            top,
            all: pieces,
        }
    }

    /// Where the text of a line is, without the end of the line.
    fn range(&self, number: u32) -> Range<u32> {
        let at = number.saturating_sub(self.top) as usize;
        let start = self.starts.get(at).copied().unwrap_or(self.end);
        let end = self.starts.get(at + 1).copied().unwrap_or(self.end);
        let line = self.slice(start..end.max(start));
        start..start + line.trim_end_matches(['\n', '\r']).len() as u32
    }

    fn slice(&self, range: Range<u32>) -> &str {
        let range = range.start as usize..range.end as usize;
        self.text.get(range).unwrap_or("")
    }

    /// The tokens that a range has a part in.
    fn tokens(&self, range: &Range<u32>) -> impl Iterator<Item = &Token> {
        let after = self.all.partition_point(|piece| piece.start <= range.start);
        let tokens = match after.checked_sub(1).map(|at| &self.all[at]) {
            Some(piece) => piece.tokens.get_or_init(|| {
                let of_piece = tokens(self.slice(piece.start..piece.end)).into_iter();
                let there = |at: u32| at + piece.start;
                of_piece
                    .map(|(range, kind)| (there(range.start)..there(range.end), kind))
                    .collect()
            }),
            None => &[][..],
        };
        let first = tokens.partition_point(|(token, _)| token.end <= range.start);
        let end = range.end;
        // Tokens come in order, and a string over several lines belongs to each of them.
        tokens[first..]
            .iter()
            .take_while(move |(token, _)| token.start < end)
    }
}

impl Piece {
    fn new(start: u32, end: u32) -> Self {
        Self {
            start,
            end,
            tokens: OnceLock::new(),
        }
    }
}

impl SourceLine {
    pub(super) fn new(of: Arc<Pieces>, number: u32) -> Self {
        Self { of, number }
    }

    /// Its number, as it stands before the text.
    fn label(&self) -> String {
        let last = self.of.top as usize + self.of.starts.len().saturating_sub(1);
        let digits = last.to_string().len();
        format!("{:>digits$}  ", self.number)
    }

    /// How many cells its number takes, and what stands between that and the text.
    pub fn label_width(&self) -> usize {
        self.label().len()
    }

    /// In which cell of the text the byte at an offset of the file stands.
    pub fn column_of(&self, offset: u32) -> usize {
        let line = self.of.range(self.number);
        let before = self
            .of
            .slice(line.start..offset.clamp(line.start, line.end));
        let untabbed = untabbed(before, &mut 0);
        crate::view::text_width(&Span::plain(untabbed).text)
    }

    /// Its number and its text, in one piece.
    pub fn plain(&self) -> String {
        let mut text = self.label();
        let untabbed = untabbed(self.of.slice(self.of.range(self.number)), &mut 0);
        text.push_str(&Span::plain(untabbed).text);
        text
    }

    /// Its number and its text, token by token, with what stands between them.
    pub fn spans(&self) -> Vec<Span> {
        let mut spans = vec![Span::faint(self.label())];
        let line = self.of.range(self.number);
        let mut column = 0;
        let mut at = line.start;
        let mut push = |range: Range<u32>, role: Role| {
            let piece = self.of.slice(range);
            if !piece.is_empty() {
                spans.push(Span::new(untabbed(piece, &mut column), role));
            }
        };
        for (range, kind) in self.of.tokens(&line) {
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
}

impl PartialEq for SourceLine {
    fn eq(&self, other: &Self) -> bool {
        self.spans() == other.spans()
    }
}

impl Eq for SourceLine {}

/// Goes through lines and knows what goes on from one to the next: strings in three quotes, brackets, a backslash at the end. It need not
/// be right about every text; a piece that begins amid a string is coloured wrongly and no more.
#[derive(Debug, Default)]
struct Scan {
    /// The quote of the long string that goes on.
    string: Option<u8>,
    brackets: usize,
    goes_on: bool,
}

impl Scan {
    fn is_between_statements(&self) -> bool {
        self.string.is_none() && self.brackets == 0 && !self.goes_on
    }

    fn line(&mut self, line: &str) {
        let bytes = line.trim_end_matches(['\n', '\r']).as_bytes();
        self.goes_on = false;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if let Some(quote) = self.string {
                match byte {
                    b'\\' => at += 1,
                    _ if bytes[at..].starts_with(&[quote; 3]) => {
                        self.string = None;
                        at += 2;
                    }
                    _ => {}
                }
                at += 1;
                continue;
            }
            match byte {
                b'#' => return,
                b'(' | b'[' | b'{' => self.brackets += 1,
                b')' | b']' | b'}' => self.brackets = self.brackets.saturating_sub(1),
                b'\\' if at + 1 == bytes.len() => self.goes_on = true,
                quote @ (b'"' | b'\'') if bytes[at..].starts_with(&[quote; 3]) => {
                    self.string = Some(quote);
                    at += 2;
                }
                quote @ (b'"' | b'\'') => {
                    at += 1;
                    while at < bytes.len() && bytes[at] != quote {
                        at += if bytes[at] == b'\\' { 2 } else { 1 };
                    }
                    self.goes_on = at > bytes.len();
                }
                _ => {}
            }
            at += 1;
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Pieces {
        let ends = text.match_indices('\n').map(|(at, _)| at as u32 + 1);
        let starts: Vec<u32> = [0].into_iter().chain(ends).collect();
        Pieces::new(Arc::from(text), starts, text.len() as u32, 1)
    }

    #[test]
    fn pieces_begin_where_a_statement_can() {
        let long = "    x = 'it\\'s' # '''\n".repeat(150);
        let text = format!(
            "class C:\n{long}    y = \"\"\"\n{long}\"\"\"\n{long}    z = (\n{long})\n{long}"
        );
        let pieces = pieces(&text);
        assert!(pieces.all.len() > 2, "{}", pieces.all.len());
        for piece in &pieces.all[1..] {
            let before = &text[..piece.start as usize];
            assert_eq!(before.matches("\"\"\"").count() % 2, 0);
            assert_eq!(before.matches('(').count(), before.matches(')').count());
        }
    }

    #[test]
    fn a_line_is_coloured_the_same_in_every_piece() {
        let block = "def f(self):\n    '''Two\n    lines.'''\n    return [1, # no\n      'x']\n";
        let pieces = Arc::new(pieces(&block.repeat(100)));
        assert!(pieces.all.len() > 1);
        let line = |number| SourceLine::new(pieces.clone(), number).spans().split_off(1);
        for number in 6..=500 {
            assert_eq!(line(number), line((number - 1) % 5 + 1), "line {number}");
        }
    }
}
