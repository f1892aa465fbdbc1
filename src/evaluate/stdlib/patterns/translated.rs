//! A pattern of Python's `re`, written for the engine: the same language for text of ASCII, or nothing.

use std::fmt::Write as _;

/// `re.IGNORECASE` and its kind, as numbers.
const IGNORE_CASE: i64 = 2;
const MULTI_LINE: i64 = 8;
const DOT_ALL: i64 = 16;
const VERBOSE: i64 = 64;
/// `re.UNICODE`, which is meant anyway, and `re.ASCII`, which makes no difference to text of ASCII.
const WITHOUT_EFFECT: i64 = 32 | 256;

/// Longer patterns are not looked at.
const LONGEST: usize = 4 << 10;

/// The engine's form of a pattern under these flags; none where there is none that means the same.
///
/// ```py
/// re.compile(r"(?i)a$")  # `(?i)a(?=\n?\z)`: `$` also stands before a line end at the end
/// ```
pub(super) fn translated(pattern: &str, flags: i64) -> Option<String> {
    let known = IGNORE_CASE | MULTI_LINE | DOT_ALL | VERBOSE | WITHOUT_EFFECT;
    if pattern.len() > LONGEST || flags & !known != 0 {
        return None;
    }
    let (pattern, inline) = leading_flags(pattern)?;
    let mut translation = Translation {
        rest: pattern.chars().collect(),
        at: 0,
        flags: flags | inline,
        written: String::new(),
    };
    while translation.at < translation.rest.len() {
        translation.step()?;
    }
    let prefix = if translation.flags & IGNORE_CASE == 0 {
        ""
    } else {
        "(?i)"
    };
    Some(format!("{prefix}{}", translation.written))
}

/// The flags that a pattern begins with, and what comes after them.
fn leading_flags(pattern: &str) -> Option<(&str, i64)> {
    let Some((letters, rest)) = pattern
        .strip_prefix("(?")
        .and_then(|it| it.split_once(')'))
        .filter(|(letters, _)| letters.chars().all(|it| it.is_ascii_lowercase()))
    else {
        return Some((pattern, 0));
    };
    let mut flags = 0;
    for letter in letters.chars() {
        flags |= match letter {
            'i' => IGNORE_CASE,
            'm' => MULTI_LINE,
            's' => DOT_ALL,
            'x' => VERBOSE,
            'u' | 'a' => 0,
            _ => return None,
        };
    }
    Some((rest, flags))
}

struct Translation {
    rest: Vec<char>,
    at: usize,
    flags: i64,
    written: String,
}

impl Translation {
    fn has(&self, flag: i64) -> bool {
        self.flags & flag != 0
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest.get(self.at + ahead).copied()
    }

    fn step(&mut self) -> Option<()> {
        let letter = self.peek(0)?;
        self.at += 1;
        match letter {
            '\\' => self.escape(false)?,
            '[' => self.class()?,
            '(' => self.group()?,
            '{' => self.repetition(),
            '*' | '+' | '?' => {
                self.written.push(letter);
                match self.peek(0) {
                    // Possessive since 3.11, an error before.
                    Some('+' | '*') => return None,
                    Some('?') if letter != '?' || self.peek(1) != Some('?') => {
                        self.written.push('?');
                        self.at += 1;
                    }
                    _ => {}
                }
            }
            '^' if self.has(MULTI_LINE) => self.written.push_str("(?m:^)"),
            '^' => self.written.push_str(r"\A"),
            '$' if self.has(MULTI_LINE) => self.written.push_str("(?m:$)"),
            '$' => self.written.push_str(r"(?=\n?\z)"),
            '.' if self.has(DOT_ALL) => self.written.push_str("(?s:.)"),
            '.' => self.written.push_str(r"[^\n]"),
            '|' | ')' => self.written.push(letter),
            ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' if self.has(VERBOSE) => {}
            '#' if self.has(VERBOSE) => {
                while self.peek(0).is_some_and(|it| it != '\n') {
                    self.at += 1;
                }
            }
            ']' | '}' | '#' | '&' | '~' | '-' | ' ' => self.literal(letter),
            letter => self.written.push(letter),
        }
        Some(())
    }

    fn literal(&mut self, letter: char) {
        if letter.is_ascii_punctuation() {
            self.written.push('\\');
        }
        self.written.push(letter);
    }

    /// What follows a backslash.
    fn escape(&mut self, in_class: bool) -> Option<()> {
        let letter = self.peek(0)?;
        self.at += 1;
        match letter {
            'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'n' | 't' | 'r' | 'f' | 'v' | 'a' => {
                self.written.push('\\');
                self.written.push(letter);
            }
            'b' if in_class => self.written.push_str(r"\x08"),
            'b' | 'B' | 'A' if !in_class => {
                self.written.push('\\');
                self.written.push(letter);
            }
            'Z' if !in_class => self.written.push_str(r"\z"),
            'x' => {
                let digits: String = self.rest.get(self.at..self.at + 2)?.iter().collect();
                u32::from_str_radix(&digits, 16).ok()?;
                self.at += 2;
                self.written.push_str(r"\x");
                self.written.push_str(&digits);
            }
            '1'..='9' if !in_class && !self.peek(0).is_some_and(|it| it.is_ascii_digit()) => {
                // A group of its own, so that a digit that follows is not taken for a part of the number.
                self.written.push_str(r"(?:\");
                self.written.push(letter);
                self.written.push(')');
            }
            letter if letter.is_ascii_alphanumeric() => return None,
            letter if letter.is_ascii_whitespace() => {
                let _ = write!(self.written, r"\x{:02x}", u32::from(letter));
            }
            letter => self.literal(letter),
        }
        Some(())
    }

    /// `[…]`
    fn class(&mut self) -> Option<()> {
        self.written.push('[');
        if self.peek(0) == Some('^') {
            self.written.push('^');
            self.at += 1;
        }
        let mut is_first = true;
        loop {
            let letter = self.peek(0)?;
            self.at += 1;
            match letter {
                ']' if !is_first => break,
                '\\' => self.escape(true)?,
                '-' if self.peek(0) == Some('-') => return None,
                '-' if is_first || self.peek(0) == Some(']') => self.written.push_str(r"\-"),
                '-' => self.written.push('-'),
                '[' | ']' | '&' | '~' | '^' => self.literal(letter),
                letter => self.written.push(letter),
            }
            is_first = false;
        }
        self.written.push(']');
        Some(())
    }

    /// What stands after an opening parenthesis.
    fn group(&mut self) -> Option<()> {
        let ahead: String = self.rest[self.at..].iter().take(3).collect();
        let kept = ["?:", "?=", "?!", "?<=", "?<!"];
        if let Some(kind) = kept.iter().find(|it| ahead.starts_with(**it)) {
            self.written.push('(');
            self.written.push_str(kind);
            self.at += kind.len();
            return Some(());
        }
        if ahead.starts_with("?P<") || ahead.starts_with("?P=") {
            let is_reference = ahead.ends_with('=');
            let end = if is_reference { ')' } else { '>' };
            self.at += 3;
            let mut name = String::new();
            loop {
                let letter = self.peek(0)?;
                self.at += 1;
                if letter == end {
                    break;
                }
                name.push(letter);
            }
            if !name
                .chars()
                .all(|it| it.is_ascii_alphanumeric() || it == '_')
            {
                return None;
            }
            let _ = if is_reference {
                write!(self.written, "(?P={name})")
            } else {
                write!(self.written, "(?P<{name}>")
            };
            return Some(());
        }
        if ahead.starts_with('?') {
            return None;
        }
        self.written.push('(');
        Some(())
    }

    /// `{m,n}`; a brace that is no repetition stands for itself.
    fn repetition(&mut self) {
        let inside: String = self.rest[self.at..]
            .iter()
            .take_while(|&&it| it != '}')
            .collect();
        let is_closed = self.rest.len() > self.at + inside.chars().count();
        let (low, high) = match inside.split_once(',') {
            Some((low, high)) => (low, Some(high)),
            None => (inside.as_str(), None),
        };
        let is_number = |it: &str| it.chars().all(|it| it.is_ascii_digit());
        let is_one = is_closed
            && is_number(low)
            && high.is_none_or(is_number)
            && !(low.is_empty() && high.is_none_or(str::is_empty));
        if !is_one {
            self.literal('{');
            return;
        }
        let low = if low.is_empty() { "0" } else { low };
        let _ = match high {
            Some(high) => write!(self.written, "{{{low},{high}}}"),
            None => write!(self.written, "{{{low}}}"),
        };
        self.at += inside.chars().count() + 1;
        if self.peek(0) == Some('?') {
            self.written.push('?');
            self.at += 1;
        }
    }
}
