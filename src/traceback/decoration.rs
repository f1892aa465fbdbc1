//! What stands around the lines of a program in a log: colours, and the stamps and names of whoever collected them.

use std::borrow::Cow;

/// How many decorations may stand before one line: a job's name, a time, a service's name, a logger's time.
const MOST: usize = 6;

/// Returns the text without what a terminal would obey: colours and links (ECMA-48 control sequences and strings). Of a line that was
/// written over (`\r`), what was written last.
pub(super) fn without_colours(text: &str) -> Cow<'_, str> {
    let text = text.trim_end_matches(['\r', '\n']);
    let text = text.rsplit('\r').next().unwrap_or(text);
    if !text.contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{8}', '\u{feff}']) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '\u{1b}' => match chars.next() {
                Some('[') => skip_sequence(&mut chars),
                // Strings of the operating system, of an application (Buildkite's times), of a device.
                Some(']' | '_' | 'P' | '^' | 'X') => skip_string(&mut chars),
                // A character set is chosen by two characters.
                Some('(' | ')' | '*' | '+' | '#' | '%') => {
                    chars.next();
                }
                Some(_) | None => {}
            },
            '\u{9b}' => skip_sequence(&mut chars),
            '\u{7}' | '\u{8}' | '\u{feff}' => {}
            char => plain.push(char),
        }
    }
    Cow::Owned(plain)
}

/// Goes behind the letter that ends a control sequence.
fn skip_sequence(chars: &mut std::str::Chars<'_>) {
    for char in chars.by_ref() {
        if ('\u{40}'..='\u{7e}').contains(&char) {
            return;
        }
    }
}

/// Goes behind the bell, or the `ESC \`, that ends a control string.
fn skip_string(chars: &mut std::str::Chars<'_>) {
    while let Some(char) = chars.next() {
        match char {
            '\u{7}' | '\u{9c}' => return,
            '\u{1b}' => {
                chars.next();
                return;
            }
            _ => {}
        }
    }
}

/// Divides a line into who writes it and what: `test\tRun pytest\t2024-01-01T00:00:00.0000000Z `, `web-1  | `, `[tox] ` and their like are
/// not the program's own. Times are left out of the first, as they differ from line to line.
pub(super) fn divide(text: &str) -> (String, &str) {
    let mut at = 0;
    let mut tag = String::new();
    for _ in 0..MOST {
        let rest = &text[at..];
        if let Some(length) = stamp(rest) {
            at += length;
            continue;
        }
        if let Some(date) = journal_date(rest) {
            let length = date + journal_name(&rest[date..]).unwrap_or(0);
            tag.push_str(rest[date..length].trim_end());
            at += length;
            continue;
        }
        let Some(length) = job(rest, at == 0)
            .or_else(|| service(rest))
            .or_else(|| bracket(rest))
            .or_else(|| command(rest))
        else {
            break;
        };
        if !has_time(&rest[..length]) {
            tag.push_str(rest[..length].trim_end());
        }
        at += length;
    }
    (tag, &text[at..])
}

/// `gh run view --log`: the job, the step, and the line, with tabs between them.
fn job(text: &str, is_first: bool) -> Option<usize> {
    if !is_first || text.starts_with([' ', '\t', '>']) {
        return None;
    }
    let first = text.find('\t')?;
    let second = first + 1 + text[first + 1..].find('\t')?;
    (first <= 120 && second - first <= 240).then_some(second + 1)
}

/// Whether a time of day stands in a text: `[Mon Jan 01 00:00:00.000000 2024] `.
fn has_time(text: &str) -> bool {
    text.match_indices(':').any(|(at, _)| {
        let start = at.checked_sub(2).and_then(|start| text.get(start..));
        start.is_some_and(|it| shaped(it, "00:00:00").is_some())
    })
}

/// Bytes of a run of digits.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Bytes of a text with this shape at the beginning: `0` a digit, any other character itself.
fn shaped(text: &str, shape: &str) -> Option<usize> {
    let mut bytes = text.bytes();
    for wanted in shape.bytes() {
        let byte = bytes.next()?;
        let fits = if wanted == b'0' {
            byte.is_ascii_digit()
        } else {
            byte == wanted
        };
        if !fits {
            return None;
        }
    }
    Some(shape.len())
}

/// A time: ISO 8601, alone or in brackets, with what GitLab puts behind it (`00O `).
fn stamp(text: &str) -> Option<usize> {
    let bracket = usize::from(text.starts_with('['));
    let inner = &text[bracket..];
    let mut at = 0;
    if let Some(date) = shaped(inner, "0000-00-00") {
        at = date;
        at += usize::from(inner[at..].starts_with(['T', ' ']));
    }
    at += shaped(&inner[at..], "00:00:00")?;
    if inner[at..].starts_with(['.', ',']) {
        at += 1 + digits(&inner[at + 1..]);
    }
    if inner[at..].starts_with('Z') {
        at += 1;
    } else {
        let zone = ["+00:00", "-00:00", "+0000", "-0000"];
        let zone = zone.iter().find_map(|zone| shaped(&inner[at..], zone));
        at += zone.unwrap_or(0);
    }
    if bracket == 1 {
        at += usize::from(inner[at..].starts_with(']'));
    }
    let rest = &inner[at..];
    for stream in ["00O", "00E"] {
        if let Some(length) = shaped(rest, &format!(" {stream}")) {
            let end = at + length;
            if inner[end..].starts_with([' ', '+']) {
                return Some(bracket + end + 1);
            }
        }
    }
    // The log of a container in a cluster says which stream it was, and whether the line is whole.
    for stream in [" stderr F ", " stdout F ", " stderr P ", " stdout P "] {
        if rest.starts_with(stream) {
            return Some(bracket + at + stream.len());
        }
    }
    if rest.is_empty() {
        return Some(bracket + at);
    }
    rest.starts_with(' ').then_some(bracket + at + 1)
}

/// `web-1  | `: a service of `docker compose`.
fn service(text: &str) -> Option<usize> {
    let name = text
        .bytes()
        .take(80)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
        .count();
    if name < 2 {
        return None;
    }
    let spaces = text[name..]
        .bytes()
        .take_while(|byte| *byte == b' ')
        .count();
    let bar = &text[name + spaces..];
    if spaces == 0 || spaces > 40 {
        return None;
    }
    match bar.strip_prefix('|')? {
        "" => Some(name + spaces + 1),
        rest => rest.starts_with(' ').then_some(name + spaces + 2),
    }
}

/// `[tox] `, `[py311] `, `app[web.1]: `: a name in brackets.
fn bracket(text: &str) -> Option<usize> {
    let before = text
        .bytes()
        .take(80)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
        .count();
    let inner = text[before..].strip_prefix('[')?;
    let name = inner
        .bytes()
        .take(80)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.:/ #".contains(byte))
        .count();
    let end = before + 1 + name + 1;
    if name == 0 || !inner[name..].starts_with(']') {
        return None;
    }
    let rest = &text[end..];
    if before > 0 {
        // A name alone before brackets is how a test's id is written, too: `test_total[1]`.
        return rest.starts_with(": ").then_some(end + 2);
    }
    if rest.is_empty() {
        return Some(end);
    }
    rest.starts_with(' ').then_some(end + 1)
}

/// `##[error]`: a command to the runner of GitHub or Azure.
fn command(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("##[")?;
    let end = inner.find(']').filter(|end| *end < 20)?;
    Some(3 + end + 1)
}

/// `Jan 01 00:00:00 `: how the system's journal begins a line.
fn journal_date(text: &str) -> Option<usize> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    if !MONTHS.iter().any(|month| text.starts_with(month)) {
        return None;
    }
    Some(3 + shaped(text.get(3..)?, " 00 00:00:00 ")?)
}

/// `host app[12]: `, behind its date.
fn journal_name(text: &str) -> Option<usize> {
    let end = text.find(": ").filter(|end| *end < 120)?;
    let is_name = text[..end].matches(' ').count() <= 1;
    is_name.then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let text = without_colours(text);
        divide(&text).1.to_owned()
    }

    #[test]
    fn decorations_are_taken_off() {
        for (line, wanted) in [
            (
                "2024-01-01T00:00:00.0000000Z   File \"a.py\"",
                "  File \"a.py\"",
            ),
            (
                "test\tRun\t\u{feff}2024-01-01T00:00:00.0000000Z E   TypeError: x",
                "E   TypeError: x",
            ),
            ("web-1  |     pass", "    pass"),
            ("web-1  | ", ""),
            ("[tox] Traceback", "Traceback"),
            (
                "2024-05-01T12:00:00.123456Z 00O a.py:1: in f",
                "a.py:1: in f",
            ),
            ("2024-05-01T12:00:00.123456Z 01E+x", "x"),
            ("[2024-01-01 12:00:00,123] [web] x", "x"),
            ("2024-01-01T00:00:00.000000+00:00 app[web.1]: x", "x"),
            ("Jan 01 00:00:00 host app[12]: x", "x"),
            (
                "[Mon Jan 01 00:00:00.000000 2024] [wsgi:error] [pid 1:tid 2] x",
                "x",
            ),
            ("2024-01-01T00:00:00.123456789Z stderr F     x", "    x"),
            ("##[error]a.py:1: TypeError: x", "a.py:1: TypeError: x"),
            (
                "\u{1b}[1m\u{1b}[31mE       TypeError\u{1b}[0m",
                "E       TypeError",
            ),
            ("\u{1b}_bk;t=1700000000000\u{7}E   x", "E   x"),
            ("10 %\r100 %\r", "100 %"),
        ] {
            assert_eq!(plain(line), wanted, "{line:?}");
        }
    }

    #[test]
    fn who_writes_is_the_same_at_any_time() {
        for (one, other) in [
            (
                "[Mon Jan 01 00:00:00.000000 2024] [pid 1] x",
                "[Mon Jan 01 00:00:01.000000 2024] [pid 1] y",
            ),
            (
                "2024-01-01T00:00:00.5Z app[web.1]: x",
                "2024-01-01T00:00:01Z app[web.1]: y",
            ),
            (
                "Jan 01 00:00:00 host app[12]: x",
                "Jan 02 10:00:00 host app[12]: y",
            ),
        ] {
            assert_eq!(divide(one).0, divide(other).0);
            assert!(!divide(one).0.is_empty());
        }
    }

    #[test]
    fn what_a_program_writes_itself_is_left() {
        for line in [
            "    a[1]: int",
            "  | Traceback (most recent call last):",
            "E     | ValueError",
            "tests/test_a.py:5: TypeError",
            "FAILED tests/test_a.py::test_b[x] - TypeError: y",
            ">       x = a | b",
            "",
            "[",
            "é[x] y",
        ] {
            assert_eq!(plain(line), line);
        }
    }
}
