//! Text that CPython's own parser refuses for its depth is refused here too, before a recursive walk meets it.
//!
//! CPython stops at 200 open brackets and 100 indentations (`Parser/lexer/state.h`: `MAXLEVEL`, `MAXINDENT`) and at a few
//! thousand nested operators (`Parser/pegen.h`: `MAXSTACK`). A chain such as `a + a + …` nests one level an operator in
//! the tree as well, so the operators of one logical line are counted together.

/// Open brackets in one another.
const BRACKETS: usize = 200;
/// Levels of indentation.
const INDENTATIONS: usize = 100;
/// Operators and dots between two commas of one logical line.
const OPERATORS: usize = 6_000;

/// The bytes at which the walk has something to do.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let all = b"#\n\r\\\"'()[]{},.+-*/%@|&^~<>=: \t";
    let mut at = 0;
    while at < all.len() {
        stops[all[at] as usize] = true;
        at += 1;
    }
    stops
};

/// Returns what is too deep and where, if anything is.
pub(super) fn too_deep(text: &str) -> Option<(u32, &'static str)> {
    let bytes = text.as_bytes();
    let mut brackets: Vec<usize> = vec![];
    let mut operators = 0;
    let mut indents: Vec<usize> = vec![0];
    let mut at = 0;
    let mut line_start = true;
    while at < bytes.len() {
        if line_start {
            line_start = false;
            let (look, column) = indentation(bytes, at);
            if look < bytes.len() && !matches!(bytes[look], b'\n' | b'\r' | b'#') {
                while indents.last().is_some_and(|&last| column < last) {
                    indents.pop();
                }
                if indents.last().is_some_and(|&last| column > last) {
                    indents.push(column);
                }
                if indents.len() > INDENTATIONS {
                    return Some((at as u32, "too many levels of indentation"));
                }
            }
            at = look;
            continue;
        }
        // Most bytes are letters of names: they are passed over at once.
        if !STOPS[bytes[at] as usize] {
            at += 1;
            continue;
        }
        match bytes[at] {
            b'#' => {
                while at < bytes.len() && !matches!(bytes[at], b'\n' | b'\r') {
                    at += 1;
                }
                continue;
            }
            b'\n' | b'\r' if brackets.is_empty() => {
                operators = 0;
                line_start = true;
            }
            b'\\' => at += 1,
            quote @ (b'"' | b'\'') => {
                at = after_string(bytes, at, quote);
                continue;
            }
            b'(' | b'[' | b'{' => {
                brackets.push(operators);
                operators += 1;
                if brackets.len() > BRACKETS {
                    return Some((at as u32, "too many nested parentheses"));
                }
            }
            b')' | b']' | b'}' => operators = brackets.pop().unwrap_or(0) + 1,
            b',' => operators = brackets.last().copied().unwrap_or(0),
            b'.' | b'+' | b'-' | b'*' | b'/' | b'%' | b'@' | b'|' | b'&' | b'^' | b'~' | b'<'
            | b'>' | b'=' | b':' => {
                operators += 1;
            }
            // A word after a blank may be `not`, `if`, `lambda`, `await`: counted as one.
            b' ' | b'\t' if bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase) => operators += 1,
            _ => {}
        }
        if operators > OPERATORS {
            return Some((at as u32, "too many operators in one logical line"));
        }
        at += 1;
    }
    None
}

/// Returns where the text of the line at `at` begins, and in which column, with tabs to the next multiple of 8.
fn indentation(bytes: &[u8], at: usize) -> (usize, usize) {
    let mut column = 0;
    let mut look = at;
    while look < bytes.len() {
        match bytes[look] {
            b' ' => column += 1,
            b'\t' => column = (column / 8 + 1) * 8,
            b'\x0c' => column = 0,
            _ => break,
        }
        look += 1;
    }
    (look, column)
}

/// Returns the offset after the string that begins at `at`. The brackets inside an f-string are part of its text here.
fn after_string(bytes: &[u8], at: usize, quote: u8) -> usize {
    let triple = bytes.get(at + 1) == Some(&quote) && bytes.get(at + 2) == Some(&quote);
    let mut look = if triple { at + 3 } else { at + 1 };
    while look < bytes.len() {
        match bytes[look] {
            b'\\' => look += 1,
            b'\n' | b'\r' if !triple => return look,
            byte if byte == quote => {
                if !triple {
                    return look + 1;
                }
                if bytes.get(look + 1) == Some(&quote) && bytes.get(look + 2) == Some(&quote) {
                    return look + 3;
                }
            }
            _ => {}
        }
        look += 1;
    }
    bytes.len()
}
