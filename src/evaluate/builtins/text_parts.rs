//! What the methods of `str` and `bytes` are made of: case and categories, lines and words.

use crate::evaluate::machine::fault::{Fault, Pure, untold, value_error};
use crate::evaluate::machine::value::Value;
use crate::evaluate::scalar::letters;

/// A receiver: text, or bytes as text of the characters up to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Bytes,
}

/// A value of that kind.
pub(super) fn made(kind: Kind, text: &str) -> Value {
    match kind {
        Kind::Text => Value::str(text),
        Kind::Bytes => Value::Bytes(text.chars().map(|it| u32::from(it) as u8).collect()),
    }
}

/// Bytes as text.
pub(super) fn widened(bytes: &[u8]) -> String {
    bytes.iter().map(|&it| char::from(it)).collect()
}

/// The part of a text between two bounds, and how many characters stand before it; none where the first lies behind the second.
pub(super) fn within(text: &str, start: Option<i64>, end: Option<i64>) -> Option<(&str, usize)> {
    let count = text.chars().count();
    let length = i64::try_from(count).unwrap_or(i64::MAX);
    let fix = |at: i64| if at < 0 { (at + length).max(0) } else { at };
    let end = fix(end.unwrap_or(i64::MAX)).min(length);
    let start = fix(start.unwrap_or(0));
    if start > end {
        return None;
    }
    let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
    Some((&text[offset(text, start)..offset(text, end)], start))
}

/// The offset of a character.
pub(super) fn offset(text: &str, at: usize) -> usize {
    if text.is_ascii() {
        return at.min(text.len());
    }
    text.char_indices().nth(at).map_or(text.len(), |it| it.0)
}

pub(super) fn int(number: usize) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

pub(super) fn not_found(kind: Kind) -> Pure {
    value_error(if kind == Kind::Text {
        "substring not found"
    } else {
        "subsection not found"
    })
}

/// `str.lower` and its relatives.
pub(super) fn in_case(method: &str, text: &str, kind: Kind) -> Pure {
    if kind == Kind::Text && !letters::is_settled(text) {
        return Err(Fault::Unknown);
    }
    let is_text = kind == Kind::Text;
    let upper = |it: char| -> String {
        if is_text {
            it.to_uppercase().collect()
        } else {
            it.to_ascii_uppercase().to_string()
        }
    };
    let lower = |it: char| -> String {
        if is_text {
            it.to_lowercase().collect()
        } else {
            it.to_ascii_lowercase().to_string()
        }
    };
    let title = |it: char| {
        if is_text {
            letters::titled(it)
        } else {
            upper(it)
        }
    };
    let is_cased = |it: char| {
        if is_text {
            letters::is_cased(it)
        } else {
            it.is_ascii_alphabetic()
        }
    };
    let out: String = match method {
        "lower" => text.chars().map(lower).collect(),
        "upper" => text.chars().map(upper).collect(),
        "casefold" if is_text => letters::folded(text),
        "casefold" => return Err(Fault::Raise("AttributeError", None)),
        "swapcase" => text
            .chars()
            .map(|it| {
                let is_upper = if is_text {
                    it.is_uppercase()
                } else {
                    it.is_ascii_uppercase()
                };
                if is_upper { lower(it) } else { upper(it) }
            })
            .collect(),
        "title" => {
            let mut inside = false;
            let mut out = String::with_capacity(text.len());
            for letter in text.chars() {
                out.push_str(&if inside { lower(letter) } else { title(letter) });
                inside = is_cased(letter);
            }
            out
        }
        _ => {
            let mut all = text.chars();
            let head = all.next().map(title).unwrap_or_default();
            head + &all.map(lower).collect::<String>()
        }
    };
    Ok(made(kind, &out))
}

/// `str.isalpha` and its relatives.
pub(super) fn is_of(method: &str, text: &str, kind: Kind) -> Pure<bool> {
    if method == "isascii" {
        return Ok(text.is_ascii());
    }
    let is_text = kind == Kind::Text;
    if is_text && method != "isspace" && !letters::is_settled(text) {
        return Err(Fault::Unknown);
    }
    if !is_text && matches!(method, "isdecimal" | "isidentifier" | "isnumeric") {
        return untold("AttributeError");
    }
    let letter = |it: char| {
        if is_text {
            it.is_alphabetic()
        } else {
            it.is_ascii_alphabetic()
        }
    };
    let upper = |it: char| {
        if is_text {
            it.is_uppercase()
        } else {
            it.is_ascii_uppercase()
        }
    };
    let lower = |it: char| {
        if is_text {
            it.is_lowercase()
        } else {
            it.is_ascii_lowercase()
        }
    };
    let all = |of: &dyn Fn(char) -> bool| !text.is_empty() && text.chars().all(of);
    Ok(match method {
        "isalnum" => all(&|it| {
            letter(it)
                || if is_text {
                    letters::is_numeric(it)
                } else {
                    it.is_ascii_digit()
                }
        }),
        "isalpha" => all(&letter),
        "isdecimal" => all(&|it| it.is_ascii_digit()),
        "isdigit" => all(&|it| {
            if is_text {
                letters::is_digit(it)
            } else {
                it.is_ascii_digit()
            }
        }),
        "isnumeric" => all(&letters::is_numeric),
        "isspace" => all(&|it| {
            if is_text {
                letters::is_blank(it)
            } else {
                letters::is_ascii_blank(it)
            }
        }),
        "isidentifier" => {
            let mut all = text.chars();
            all.next().is_some_and(letters::begins_identifier)
                && all.all(letters::continues_identifier)
        }
        "islower" => text.chars().any(lower) && !text.chars().any(upper),
        "isupper" => text.chars().any(upper) && !text.chars().any(lower),
        _ => {
            let (mut is_cased, mut inside) = (false, false);
            for it in text.chars() {
                if upper(it) {
                    if inside {
                        return Ok(false);
                    }
                    (inside, is_cased) = (true, true);
                } else if lower(it) {
                    if !inside {
                        return Ok(false);
                    }
                    is_cased = true;
                } else {
                    inside = false;
                }
            }
            is_cased
        }
    })
}

/// `str.center`: the odd blank stands on the left where the width is odd, too.
pub(super) fn centered(text: &str, width: usize, fill: char) -> String {
    let missing = width.saturating_sub(text.chars().count());
    let left = missing / 2 + (missing & width & 1);
    let mut out = String::new();
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(text);
    out.extend(std::iter::repeat_n(fill, missing - left));
    out
}

/// `text.split()`, from the left.
pub(super) fn split_blanks(text: &str, most: usize, blank: fn(char) -> bool) -> Vec<String> {
    let mut parts = vec![];
    let mut rest = text.trim_start_matches(blank);
    while !rest.is_empty() {
        if parts.len() == most {
            parts.push(rest.to_owned());
            return parts;
        }
        let end = rest.find(blank).unwrap_or(rest.len());
        parts.push(rest[..end].to_owned());
        rest = rest[end..].trim_start_matches(blank);
    }
    parts
}

/// `text.rsplit()`, from the right.
pub(super) fn rsplit_blanks(text: &str, most: usize, blank: fn(char) -> bool) -> Vec<String> {
    let mut parts = vec![];
    let mut rest = text.trim_end_matches(blank);
    while !rest.is_empty() {
        if parts.len() == most {
            parts.push(rest.to_owned());
            break;
        }
        let start = rest
            .char_indices()
            .rev()
            .find(|(_, it)| blank(*it))
            .map_or(0, |(at, it)| at + it.len_utf8());
        parts.push(rest[start..].to_owned());
        rest = rest[..start].trim_end_matches(blank);
    }
    parts.reverse();
    parts
}

/// `text.splitlines(keepends)`
pub(super) fn lines_of(text: &str, keep: bool, is_text: bool) -> Vec<String> {
    let mut lines = vec![];
    let mut line = String::new();
    let mut all = text.chars().peekable();
    while let Some(letter) = all.next() {
        let ends = if is_text {
            letters::is_line_end(letter)
        } else {
            matches!(letter, '\n' | '\r')
        };
        if !ends {
            line.push(letter);
            continue;
        }
        if keep {
            line.push(letter);
        }
        if letter == '\r' && all.peek() == Some(&'\n') {
            all.next();
            if keep {
                line.push('\n');
            }
        }
        lines.push(std::mem::take(&mut line));
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

pub(super) fn without_tabs_of(text: &str, size: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for letter in text.chars() {
        match letter {
            '\t' if size == 0 => {}
            '\t' => {
                let blanks = size - column % size;
                out.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            }
            '\n' | '\r' => {
                out.push(letter);
                column = 0;
            }
            _ => {
                out.push(letter);
                column += 1;
            }
        }
    }
    out
}
