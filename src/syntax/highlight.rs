//! What each token of a text is, for those who colour it.

use std::ops::Range;

use ruff_python_ast::token::TokenKind as Kind;
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};

/// What a token is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// `class`, `def`, `None`; soft keywords where they are used as such.
    Keyword,
    /// A string, or a part of one.
    String,
    /// A number.
    Number,
    /// A comment.
    Comment,
    /// An operator, a bracket, a comma.
    Operator,
    /// An identifier.
    Name,
    /// `@` and the dotted name behind it.
    Decorator,
    /// The name that `class` or `def` defines.
    Definition,
    /// Anything else.
    Other,
}

/// Returns the tokens of `text` in order, as byte ranges; white space is left out. A broken text gives what could be read of it.
pub fn tokens(text: &str) -> Vec<(Range<u32>, TokenKind)> {
    if super::limits::too_deep(text).is_some() {
        return vec![];
    }
    let parsed = parse_unchecked(text, ParseOptions::from(Mode::Module));
    let mut tokens = vec![];
    let mut previous = None;
    let mut decorating = false;
    for token in parsed.tokens() {
        let (kind, range) = token.as_tuple();
        let what = match kind {
            Kind::Newline => {
                decorating = false;
                previous = Some(kind);
                continue;
            }
            Kind::NonLogicalNewline | Kind::Indent | Kind::Dedent | Kind::EndOfFile => continue,
            Kind::At if matches!(previous, None | Some(Kind::Newline)) => {
                decorating = true;
                TokenKind::Decorator
            }
            Kind::Name | Kind::Dot if decorating => TokenKind::Decorator,
            Kind::Name if matches!(previous, Some(Kind::Class | Kind::Def)) => {
                TokenKind::Definition
            }
            Kind::Name => TokenKind::Name,
            Kind::Int | Kind::Float | Kind::Complex => TokenKind::Number,
            Kind::Comment => TokenKind::Comment,
            Kind::String
            | Kind::FStringStart
            | Kind::FStringMiddle
            | Kind::FStringEnd
            | Kind::TStringStart
            | Kind::TStringMiddle
            | Kind::TStringEnd => TokenKind::String,
            kind if kind.is_keyword() => TokenKind::Keyword,
            kind if kind.is_operator() => {
                decorating = false;
                TokenKind::Operator
            }
            _ => TokenKind::Other,
        };
        if kind != Kind::Comment {
            previous = Some(kind);
        }
        tokens.push((range.start().to_u32()..range.end().to_u32(), what));
    }
    tokens
}
