//! `string` and `textwrap`: templates, capital words, lines of a width (`Lib/string.py`, `Lib/textwrap.py`).

use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::fault::{Fault, Pure, type_error, untold, value_error};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::Value;
use crate::evaluate::scalar::letters;
use crate::evaluate::shown::text_format::Fields;
use crate::evaluate::stdlib::indentation::dedented;

/// Whether a function is told here.
pub(super) fn is_told(name: &str) -> bool {
    matches!(
        name,
        "capwords"
            | "dedent"
            | "indent"
            | "wrap"
            | "fill"
            | "shorten"
            | "Template.substitute"
            | "Template.safe_substitute"
            | "Formatter.format"
    )
}

/// What `TextWrapper` is asked to do.
struct Wrapping {
    width: i64,
    initial: String,
    subsequent: String,
    most_lines: Option<usize>,
    placeholder: String,
}

impl Run<'_, '_> {
    /// A function of `string`, `textwrap` or `keyword`; none where it is not told.
    pub(super) fn texts(&mut self, name: &str, asked: &Asked<'_>) -> Option<Pure> {
        if asked.arguments.positional.iter().any(Value::is_gap) {
            return None;
        }
        if asked.path.module == "keyword" {
            return None;
        }
        is_told(name).then(|| self.text_function(name, asked))
    }

    /// A text that a function must be given.
    fn given_text(&mut self, value: Option<&Value>, method: &str) -> Pure<String> {
        match value.map(|it| self.plain(it)) {
            Some(Value::Str(text)) => Ok(text.to_string()),
            Some(Value::Object(_) | Value::Gap(_) | Value::Class(_) | Value::Bytes(_)) | None => {
                Err(Fault::Unknown)
            }
            Some(other) => {
                let of = self.type_name(&other);
                Err(Fault::Raise(
                    "AttributeError",
                    Some(format!("'{of}' object has no attribute '{method}'")),
                ))
            }
        }
    }

    fn text_function(&mut self, name: &str, asked: &Asked<'_>) -> Pure {
        let arguments = &asked.arguments;
        match name {
            "capwords" => {
                let [text, by] = arguments.places(0, ["s", "sep"], 1)?;
                let text = self.given_text(text.as_ref(), "split")?;
                let by = match by.filter(|it| !matches!(it, Value::None)) {
                    None => None,
                    Some(by) => match self.plain(&by) {
                        Value::Str(by) => Some(by),
                        _ => return Err(Fault::Unknown),
                    },
                };
                if !letters::is_settled(&text) {
                    return Err(Fault::Unknown);
                }
                let capital = |word: &str| {
                    let mut all = word.chars();
                    let head = all.next().map(letters::titled).unwrap_or_default();
                    head + &all.flat_map(char::to_lowercase).collect::<String>()
                };
                Ok(Value::str(&match by {
                    None => text
                        .split(letters::is_blank)
                        .filter(|it| !it.is_empty())
                        .map(capital)
                        .collect::<Vec<_>>()
                        .join(" "),
                    Some(by) if by.is_empty() => return value_error("empty separator"),
                    Some(by) => text.split(&*by).map(capital).collect::<Vec<_>>().join(&by),
                }))
            }
            "dedent" => {
                let [text] = arguments.places(0, ["text"], 1)?;
                match text.map(|it| self.plain(&it)) {
                    Some(Value::Str(text)) => Ok(Value::str(&dedented(&text))),
                    Some(Value::Object(_)) | None => Err(Fault::Unknown),
                    Some(_) => untold("TypeError"),
                }
            }
            "indent" => {
                let [text, prefix, predicate] =
                    arguments.places(0, ["text", "prefix", "predicate"], 2)?;
                let text = self.given_text(text.as_ref(), "splitlines")?;
                if predicate.is_some_and(|it| !matches!(it, Value::None)) {
                    return Err(Fault::Unknown);
                }
                let Some(Value::Str(prefix)) = prefix.map(|it| self.plain(&it)) else {
                    return Err(Fault::Unknown);
                };
                self.pay_for(text.len().saturating_mul(1 + prefix.len()))?;
                let mut out = String::new();
                let mut rest = text.as_str();
                while !rest.is_empty() {
                    let mut end = rest.find(letters::is_line_end).unwrap_or(rest.len());
                    if let Some(letter) = rest[end..].chars().next() {
                        end += letter.len_utf8();
                        if letter == '\r' && rest[end..].starts_with('\n') {
                            end += 1;
                        }
                    }
                    let line = &rest[..end];
                    if !line.trim_matches(letters::is_blank).is_empty() {
                        out.push_str(&prefix);
                    }
                    out.push_str(line);
                    rest = &rest[end..];
                }
                Ok(Value::str(&out))
            }
            "wrap" | "fill" | "shorten" => self.wrapped_text(name, arguments),
            "Formatter.format" => {
                let mut rest = arguments.clone();
                if rest.positional.len() < 2 {
                    return untold("TypeError");
                }
                rest.positional.remove(0);
                let Value::Str(format) = self.plain(&rest.positional.remove(0)) else {
                    return Err(Fault::Unknown);
                };
                if format.contains(['!', '[']) {
                    return Err(Fault::Unknown);
                }
                match self.format_text(&format, &Fields::Arguments(&rest), asked.at) {
                    // Its words differ.
                    Err(Fault::Raise(kind, _)) => untold(kind),
                    Err(Fault::Thrown(_)) => Err(Fault::Unknown),
                    other => Ok(Value::str(&other?)),
                }
            }
            _ => self.filled_template(name == "Template.safe_substitute", asked),
        }
    }

    fn wrapped_text(&mut self, name: &str, arguments: &Arguments) -> Pure {
        let told = [
            "initial_indent",
            "subsequent_indent",
            "placeholder",
            "width",
            "text",
        ];
        if arguments
            .keywords
            .iter()
            .any(|(it, _)| !told.contains(&it.as_str()))
        {
            return Err(Fault::Unknown);
        }
        let least = if name == "shorten" { 2 } else { 1 };
        if arguments.positional.len() > 2 {
            return untold("TypeError");
        }
        let [text, width, initial, subsequent, placeholder] = arguments.places(
            0,
            [
                "text",
                "width",
                "initial_indent",
                "subsequent_indent",
                "placeholder",
            ],
            least,
        )?;
        let method = if name == "shorten" {
            "strip"
        } else {
            "expandtabs"
        };
        let mut text = self.given_text(text.as_ref(), method)?;
        let piece = |value: Option<Value>, default: &str| -> Pure<String> {
            match value.map(|it| self.plain(&it)) {
                None => Ok(default.to_owned()),
                Some(Value::Str(text)) => Ok(text.to_string()),
                Some(_) => Err(Fault::Unknown),
            }
        };
        let (initial, subsequent) = (piece(initial, "")?, piece(subsequent, "")?);
        let placeholder = piece(placeholder, " [...]")?;
        let width = match width.map(|it| self.plain(&it)) {
            None => 70,
            Some(Value::Int(width)) => width,
            Some(Value::Bool(width)) => i64::from(width),
            Some(Value::Str(_) | Value::None | Value::Tuple(_)) if name != "shorten" => {
                return untold("TypeError");
            }
            Some(_) => return Err(Fault::Unknown),
        };
        if text.contains('-') || !text.is_ascii() {
            // Where words may be parted by their hyphens is another matter.
            return Err(Fault::Unknown);
        }
        self.pay_for(text.len() * 8)?;
        if name == "shorten" {
            let words = text.split(letters::is_blank).filter(|it| !it.is_empty());
            text = words.collect::<Vec<_>>().join(" ");
        }
        let lines = wrap(
            &text,
            &Wrapping {
                width,
                initial,
                subsequent,
                most_lines: (name == "shorten").then_some(1),
                placeholder,
            },
        )?;
        if name == "wrap" {
            let lines = lines.iter().map(|it| Value::str(it)).collect();
            return Ok(self.list(lines));
        }
        Ok(Value::str(&lines.join("\n")))
    }

    /// `Template.substitute(mapping, **keywords)`
    fn filled_template(&mut self, is_safe: bool, asked: &Asked<'_>) -> Pure {
        let Some(receiver @ Value::Object(id)) = asked.first().cloned() else {
            return Err(Fault::Unknown);
        };
        let class = self.class_of(&receiver).ok_or(Fault::Unknown)?;
        if !self.is_library_class(class, "string", "Template") || asked.arguments.is_open() {
            return Err(Fault::Unknown);
        }
        let Some(Value::Str(template)) = self.kept(id, "template") else {
            return Err(Fault::Unknown);
        };
        let mapping = match &asked.arguments.positional[1..] {
            [] => None,
            [mapping] => Some(mapping.clone()),
            _ => return type_error("Too many positional arguments"),
        };
        let mut out = String::new();
        let mut rest: &str = &template;
        while let Some(at) = rest.find('$') {
            out.push_str(&rest[..at]);
            let tail = &rest[at + 1..];
            if let Some(after) = tail.strip_prefix('$') {
                out.push('$');
                rest = after;
                continue;
            }
            let is_braced = tail.starts_with('{');
            let body = if is_braced { &tail[1..] } else { tail };
            let length = body
                .find(|it: char| !(it == '_' || it.is_ascii_alphanumeric()))
                .unwrap_or(body.len());
            let name = &body[..length];
            let is_name = !name.is_empty()
                && !name.starts_with(|it: char| it.is_ascii_digit())
                && (!is_braced || body[length..].starts_with('}'));
            if !is_name {
                if is_safe {
                    out.push('$');
                    rest = tail;
                    continue;
                }
                let before = &template[..template.len() - tail.len() - 1];
                let line = before.matches('\n').count() + 1;
                let column = before.chars().count()
                    - before
                        .rfind('\n')
                        .map_or(0, |it| before[..=it].chars().count())
                    + 1;
                return value_error(format!(
                    "Invalid placeholder in string: line {line}, col {column}"
                ));
            }
            let found = match asked.arguments.keyword(name) {
                Some(value) => Some(value.clone()),
                None => match &mapping {
                    Some(mapping) => match self.get_item(mapping, &Value::str(name), asked.at) {
                        Ok(value) => Some(value),
                        Err(thrown) if thrown.class == Some(self.known.key_error) => None,
                        Err(thrown) => return Err(thrown.into()),
                    },
                    None => None,
                },
            };
            match found {
                Some(value) => out.push_str(&self.text_within(&value, asked.at)?),
                None if is_safe => {
                    out.push('$');
                    out.push_str(&tail[..length + if is_braced { 2 } else { 0 }]);
                }
                None => {
                    let thrown = self.throw(self.known.key_error, name.to_owned(), asked.at);
                    return Err(thrown.into());
                }
            }
            rest = &body[length + usize::from(is_braced)..];
            self.pay_for(out.len() / 16)?;
            if out.len() > crate::evaluate::machine::fault::MOST_BYTES {
                return Err(Fault::Budget);
            }
        }
        out.push_str(rest);
        Ok(Value::str(&out))
    }
}

/// `TextWrapper._wrap_chunks`, of text without hyphens.
fn wrap(text: &str, how: &Wrapping) -> Pure<Vec<String>> {
    if how.width <= 0 {
        return value_error(format!("invalid width {} (must be > 0)", how.width));
    }
    let width = usize::try_from(how.width).unwrap_or(0);
    if how.most_lines.is_some() && how.initial.len() + how.placeholder.trim_start().len() > width {
        return value_error("placeholder too large for max width");
    }
    let text: String = crate::evaluate::shown::repr::without_tabs(text)
        .chars()
        .map(|it| if letters::is_ascii_blank(it) { ' ' } else { it })
        .collect();
    let mut chunks: Vec<String> = vec![];
    for letter in text.chars() {
        match chunks.last_mut() {
            Some(last) if last.ends_with(' ') == (letter == ' ') => last.push(letter),
            _ => chunks.push(letter.to_string()),
        }
    }
    chunks.reverse();
    let mut lines: Vec<String> = vec![];
    while let Some(next) = chunks.last() {
        let indent = if lines.is_empty() {
            &how.initial
        } else {
            &how.subsequent
        };
        let room = width.saturating_sub(indent.len());
        if next.trim().is_empty() && !lines.is_empty() {
            chunks.pop();
        }
        let mut line: Vec<String> = vec![];
        let mut length = 0;
        while let Some(next) = chunks.last() {
            if length + next.len() > room {
                break;
            }
            length += next.len();
            line.extend(chunks.pop());
        }
        if let Some(last) = chunks.last_mut()
            && last.len() > room
        {
            let left = if room < 1 { 1 } else { room - length };
            let left = left.min(last.len());
            line.push(last[..left].to_owned());
            *last = last[left..].to_owned();
            length += left;
        }
        if line.last().is_some_and(|it| it.trim().is_empty()) {
            length -= line.pop().map_or(0, |it| it.len());
        }
        if line.is_empty() {
            continue;
        }
        let is_rest = chunks.is_empty() || (chunks.len() == 1 && chunks[0].trim().is_empty());
        if how.most_lines.is_none_or(|most| lines.len() + 1 < most) || (is_rest && length <= room) {
            lines.push(format!("{indent}{}", line.concat()));
            continue;
        }
        // The last line that is allowed, and more to say.
        loop {
            let Some(last) = line.last() else {
                lines.push(format!("{indent}{}", how.placeholder.trim_start()));
                break;
            };
            if !last.trim().is_empty() && length + how.placeholder.len() <= room {
                lines.push(format!("{indent}{}{}", line.concat(), how.placeholder));
                break;
            }
            length -= last.len();
            line.pop();
        }
        break;
    }
    Ok(lines)
}
