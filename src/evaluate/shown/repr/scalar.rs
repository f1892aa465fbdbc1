//! `repr` of what has no parts: text, bytes, numbers. As much of it as a limit lets through is all that is made.

use std::fmt::Write as _;

use num_bigint::BigInt;

use crate::evaluate::shown::repr::printable::is_printable;
use crate::source::PythonVersion;

/// Decimal digits that an integer may have before CPython refuses to write it (`sys.get_int_max_str_digits()`).
const MOST_DIGITS: usize = 4_300;

/// What `reprlib` does to a text that is longer than it may be: its middle goes.
///
/// ```py
/// reprlib.repr(10 ** 50)  # '100000000000000000...0000000000000000000'
/// ```
pub(super) fn cut(text: String, most: usize, fill: &str) -> String {
    let length = text.chars().count();
    if length <= most {
        return text;
    }
    let (head, tail) = kept(most);
    let mut short: String = text.chars().take(head).collect();
    short.push_str(fill);
    short.extend(text.chars().skip(length - tail.min(length)));
    short
}

/// How many characters stay at the front and at the end: three go to the dots, be the fill what it may.
fn kept(most: usize) -> (usize, usize) {
    let left = most.saturating_sub(3);
    (left / 2, left - left / 2)
}

/// `Repr.repr_str`: at first the text is cut, then its repr, which is longer where something had to be escaped.
pub(super) fn bounded_str(text: &str, most: usize, fill: &str, version: PythonVersion) -> String {
    let start: Vec<char> = text.chars().take(most).collect();
    let whole = quoted(&start, version);
    if whole.chars().count() <= most {
        return whole;
    }
    let (head, tail) = kept(most);
    let length = text.chars().take(most.max(tail)).count();
    // `x[len(x)-j:]`, where the start of the slice may be below zero and then counts from the end.
    let wanted = if length >= tail {
        tail
    } else {
        (tail - length).min(length)
    };
    let mut both: Vec<char> = start.iter().copied().take(head).collect();
    let mut last: Vec<char> = text.chars().rev().take(wanted).collect();
    last.reverse();
    both.extend(last);
    let whole = quoted(&both, version);
    let length = whole.chars().count();
    let wanted = if length >= tail {
        tail
    } else {
        (tail - length).min(length)
    };
    let mut short: String = whole.chars().take(head).collect();
    short.push_str(fill);
    short.extend(whole.chars().skip(length - wanted));
    short
}

/// `repr(str)`
pub(super) fn quoted(text: &[char], version: PythonVersion) -> String {
    let quote = quote(text.contains(&'\''), text.contains(&'"'));
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for &char in text {
        match char {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            _ if char == quote => {
                out.push('\\');
                out.push(quote);
            }
            _ if is_printable(char, version) => out.push(char),
            // Writing to a `String` cannot fail.
            _ => drop(match u32::from(char) {
                point @ 0..=0xff => write!(out, "\\x{point:02x}"),
                point @ 0x100..=0xffff => write!(out, "\\u{point:04x}"),
                point => write!(out, "\\U{point:08x}"),
            }),
        }
    }
    out.push(quote);
    out
}

fn quote(has_single: bool, has_double: bool) -> char {
    if has_single && !has_double { '"' } else { '\'' }
}

/// `repr(bytes)`, cut to a limit.
pub(super) fn bounded_bytes(bytes: &[u8], most: usize, fill: &str) -> String {
    let quote = quote(bytes.contains(&b'\''), bytes.contains(&b'"'));
    // Each byte gives at least a character: these many are enough to cut, whatever lies between them.
    if bytes.len() <= 2 * most + 8 {
        let whole = format!("b{quote}{}{quote}", escaped(bytes, quote));
        return cut(whole, most, fill);
    }
    let start = escaped(&bytes[..most], quote);
    let end = escaped(&bytes[bytes.len() - most..], quote);
    cut(format!("b{quote}{start}{end}{quote}"), most, fill)
}

fn escaped(bytes: &[u8], quote: char) -> String {
    let mut out = String::with_capacity(bytes.len());
    for &byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b' '..=b'~' if char::from(byte) == quote => {
                out.push('\\');
                out.push(quote);
            }
            b' '..=b'~' => out.push(char::from(byte)),
            _ => drop(write!(out, "\\x{byte:02x}")),
        }
    }
    out
}

/// `repr(int)`; none where CPython raises `ValueError` over the number of digits.
pub(super) fn whole(number: &BigInt) -> Option<String> {
    // Ten bits are a little over three digits.
    if number.bits() > MOST_DIGITS as u64 * 10 / 3 {
        return None;
    }
    let text = number.to_string();
    (text.trim_start_matches('-').len() <= MOST_DIGITS).then_some(text)
}

/// `repr(float)`: the fewest digits that give the number back, with an exponent below 1e-4 and from 1e16 on.
pub(super) fn float(number: f64) -> String {
    let text = digits(number);
    if text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-')
    {
        return text + ".0";
    }
    text
}

/// `repr(complex)`
///
/// ```py
/// repr(2.5j), repr(1 - 0j)  # '2.5j', '(1-0j)'
/// ```
pub(super) fn complex(real: f64, imaginary: f64) -> String {
    let mut text = digits(imaginary);
    if real == 0.0 && real.is_sign_positive() {
        return text + "j";
    }
    if !text.starts_with('-') {
        text.insert(0, '+');
    }
    format!("({}{text}j)", digits(real))
}

/// A float without the `.0` of whole ones.
pub(super) fn digits(number: f64) -> String {
    if number.is_nan() {
        return "nan".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf" } else { "-inf" }.into();
    }
    // `d.ddde-7`: Rust gives the shortest digits, too.
    let text = format!("{number:e}");
    let Some((digits, exponent)) = text.split_once('e') else {
        return text;
    };
    let power: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&power) {
        return format!("{number}");
    }
    let sign = if power < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", power.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_as_python_writes_them() {
        let written = [
            (0.1, "0.1"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.5e-5, "1.5e-05"),
            (0.0001, "0.0001"),
            (-0.0, "-0.0"),
            (5e-324, "5e-324"),
            (f64::INFINITY, "inf"),
        ];
        for (number, text) in written {
            assert_eq!(float(number), text);
        }
        assert_eq!(complex(0.0, 1.0), "1j");
        assert_eq!(complex(-0.0, 1.0), "(-0+1j)");
        assert_eq!(complex(1.0, -2.5), "(1-2.5j)");
    }

    #[test]
    fn a_long_text_is_cut_before_and_after_it_is_quoted() {
        let version = PythonVersion::three(13);
        let shown = |text: &str| bounded_str(text, 30, "...", version);
        assert_eq!(shown("it's"), "\"it's\"");
        assert_eq!(shown(&"x".repeat(31)), "'xxxxxxxxxxxx...xxxxxxxxxxxxx'");
        // Ten characters, forty of repr: the slice for the end begins below zero, and so at the fourth from the end.
        assert_eq!(shown(&"\0".repeat(10)), r"'\x00\x00\x00...0\x00\x00\x00'");
    }

    #[test]
    fn bytes_are_cut_in_their_middle() {
        let long = bounded_bytes(&[b'a'; 500], 30, "...");
        assert_eq!(long, "b'aaaaaaaaaaa...aaaaaaaaaaaaa'");
        assert_eq!(bounded_bytes(b"'\xff", 30, "..."), "b\"'\\xff\"");
    }
}
