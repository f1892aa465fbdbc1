//! Texts that have to fit into one line of a page, whatever stands in the file.

use crate::analysis::Analysis;
use crate::semantics::{Member, MemberKind};

/// The longest text a page takes from a file for one cell, in characters.
pub(crate) const LONGEST: usize = 120;

/// Returns the text on one line: every run of white space becomes one space, and what is longer than `limit`
/// characters loses its middle, since names differ at their ends.
pub fn one_line(text: &str, limit: usize) -> String {
    let mut line = String::with_capacity(text.len().min(4 * limit));
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    shortened(&line, limit)
}

/// Returns the text, with its middle replaced by `…` where it is longer than `limit` characters.
pub fn shortened(text: &str, limit: usize) -> String {
    let length = text.chars().count();
    if length <= limit {
        return text.to_owned();
    }
    let kept = limit.saturating_sub(1);
    let tail = kept / 2;
    let head = kept - tail;
    let mut short: String = text.chars().take(head).collect();
    short.push('…');
    short.extend(text.chars().skip(length - tail));
    short
}

/// The longest part of an expression's source that is looked at, in bytes.
const LOOKED_AT: usize = 400;

/// The source of the expression that a member's statement binds, on one line and bounded: what can be shown of a value that is not
/// known. None for what is no assignment.
pub fn expression(analysis: &Analysis, member: &Member) -> Option<String> {
    if !matches!(
        member.kind,
        MemberKind::Value
            | MemberKind::Unknown
            | MemberKind::Descriptor
            | MemberKind::DataDescriptor
    ) {
        return None;
    }
    let text = analysis.text_of(member.place?);
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    let value = assigned(text)?;
    Some(one_line(value, 60))
}

/// The source of the expression that an assignment binds, on one line and bounded; none for another statement.
pub(crate) fn value_of_assignment(statement: &str) -> Option<String> {
    let text = &statement[..statement.floor_char_boundary(LOOKED_AT)];
    Some(one_line(assigned(text)?, 60))
}

/// What stands behind the first `=` of an assignment that is inside of no bracket and no string.
fn assigned(statement: &str) -> Option<&str> {
    let bytes = statement.as_bytes();
    let mut depth = 0_u32;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            quote @ (b'"' | b'\'') => {
                at += 1;
                while at < bytes.len() && bytes[at] != quote {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            b'=' if depth == 0 && bytes.get(at + 1) != Some(&b'=') => {
                let value = statement.get(at + 1..)?.trim();
                return (!value.is_empty()).then_some(value);
            }
            b'=' | b'!' | b'<' | b'>' if bytes.get(at + 1) == Some(&b'=') => at += 1,
            // The first line decides: what goes on without brackets is no assignment.
            b'\n' if depth == 0 => return None,
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_any_kind_becomes_one_blank() {
        assert_eq!(one_line("  A,\n\t B,\r\n  C ", 80), "A, B, C");
    }

    #[test]
    fn the_expression_of_an_assignment_stands_behind_its_sign() {
        assert_eq!(assigned("x = f(a=1)"), Some("f(a=1)"));
        assert_eq!(assigned("x: dict[str, int] = {}"), Some("{}"));
        assert_eq!(assigned("table['='] = 1"), Some("1"));
        assert_eq!(assigned("for x in y: pass"), None);
        assert_eq!(assigned("x == y"), None);
    }

    #[test]
    fn what_is_too_long_loses_its_middle() {
        assert_eq!(shortened("SingleObjectMixin", 9), "Sing…ixin");
        assert_eq!(shortened("View", 4), "View");
        assert_eq!(shortened("名前は長い", 3), "名…い");
        assert_eq!(shortened("View", 1), "…");
        assert_eq!(shortened("View", 0), "…");
    }
}
