//! Templates of `re.sub`: what a backslash and a letter stand for.

use fancy_regex::Regex;

use super::Spans;

/// Whether each backslash of a template stands before something that `re` has a meaning for (`_parser.parse_template`); none where that is
/// not told here.
pub(super) fn is_template(template: &str, regex: &Regex) -> Option<bool> {
    let mut letters = template.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            continue;
        }
        match letters.next() {
            None => return Some(false),
            // Whether it names a group is seen where it is filled in.
            Some('g') if letters.peek() == Some(&'<') => {}
            Some('g') => return Some(false),
            Some('0') => return None,
            Some(digit @ '1'..='9') => {
                if letters.peek().is_some_and(char::is_ascii_digit) {
                    return None;
                }
                let group = digit.to_digit(10)? as usize;
                if group >= regex.captures_len() {
                    return Some(false);
                }
            }
            Some(letter) if "abfnrtv\\".contains(letter) => {}
            Some(letter) if letter.is_ascii_alphabetic() => return Some(false),
            Some(_) => {}
        }
    }
    Some(true)
}

/// A replacement with its `\1` and `\g<name>` filled in.
pub(super) fn filled(template: &str, regex: &Regex, spans: &Spans, text: &str) -> Option<String> {
    let mut put = String::new();
    let mut letters = template.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            put.push(letter);
            continue;
        }
        let group = match letters.next()? {
            '\\' => {
                put.push('\\');
                continue;
            }
            'n' => {
                put.push('\n');
                continue;
            }
            't' => {
                put.push('\t');
                continue;
            }
            'g' => {
                if letters.next()? != '<' {
                    return None;
                }
                let name: String = letters.by_ref().take_while(|&it| it != '>').collect();
                match name.parse() {
                    Ok(group) => group,
                    Err(_) => regex.capture_names().position(|it| it == Some(&*name))?,
                }
            }
            digit @ '1'..='9' if !letters.peek().is_some_and(char::is_ascii_digit) => {
                digit.to_digit(10)? as usize
            }
            _ => return None,
        };
        if let Some(span) = spans.get(group)? {
            put.push_str(&text[span.clone()]);
        }
    }
    Some(put)
}
