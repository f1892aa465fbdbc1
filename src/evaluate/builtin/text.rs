//! The methods of `str`.

use crate::evaluate::builtin::Asked;
use crate::evaluate::repr::without_tabs;
use crate::evaluate::run::Run;
use crate::evaluate::value::Value;

impl Run<'_, '_> {
    pub(super) fn text_method(
        &mut self,
        method: &str,
        receiver: &Value,
        arguments: &[Value],
        asked: &Asked<'_>,
    ) -> Option<Value> {
        let Value::Str(text) = self.plain(receiver) else {
            return None;
        };
        let part = |run: &Self, at: usize| match arguments.get(at).map(|it| run.plain(it)) {
            Some(Value::Str(it)) => Some(it),
            _ => None,
        };
        let first = part(self, 0);
        Some(match (method, arguments.len()) {
            ("join", 1) => {
                let (items, open) = self.iterate(&arguments[0]);
                let parts: Option<Vec<String>> = items.iter().map(|it| self.str_of(it)).collect();
                if open {
                    return None;
                }
                Value::str(&parts?.join(&text))
            }
            ("lower" | "casefold", 0) => Value::str(&text.to_lowercase()),
            ("upper", 0) => Value::str(&text.to_uppercase()),
            ("strip", 0) => Value::str(text.trim()),
            ("lstrip", 0) => Value::str(text.trim_start()),
            ("rstrip", 0) => Value::str(text.trim_end()),
            ("strip", 1) => {
                let set: Vec<char> = first?.chars().collect();
                Value::str(text.trim_matches(|it| set.contains(&it)))
            }
            ("lstrip", 1) => {
                let set: Vec<char> = first?.chars().collect();
                Value::str(text.trim_start_matches(|it| set.contains(&it)))
            }
            ("rstrip", 1) => {
                let set: Vec<char> = first?.chars().collect();
                Value::str(text.trim_end_matches(|it| set.contains(&it)))
            }
            ("title", 0) => Value::str(&titled(&text)),
            ("capitalize", 0) => {
                let mut letters = text.chars();
                let head = letters
                    .next()
                    .map(|it| it.to_uppercase().to_string())
                    .unwrap_or_default();
                Value::str(&format!("{head}{}", letters.as_str().to_lowercase()))
            }
            ("startswith" | "endswith", 1) => {
                let (candidates, open) = match &arguments[0] {
                    Value::Tuple(items) => (items.to_vec(), false),
                    other => (vec![other.clone()], false),
                };
                let mut found = false;
                for candidate in &candidates {
                    let Value::Str(it) = self.plain(candidate) else {
                        return None;
                    };
                    found |= if method == "startswith" {
                        text.starts_with(&*it)
                    } else {
                        text.ends_with(&*it)
                    };
                }
                if open {
                    return None;
                }
                Value::Bool(found)
            }
            ("replace", 2) => Value::str(&text.replace(&*first?, &part(self, 1)?)),
            ("split", 0) => {
                let parts = text.split_whitespace().map(Value::str).collect();
                self.list(parts)
            }
            ("split", 1) => {
                let by = first?;
                if by.is_empty() {
                    return None;
                }
                let parts = text.split(&*by).map(Value::str).collect();
                self.list(parts)
            }
            ("split" | "rsplit", 2) => {
                let by = first?;
                let Some(Value::Int(most)) = arguments.get(1) else {
                    return None;
                };
                let most = usize::try_from(*most).ok()?.saturating_add(1);
                if by.is_empty() {
                    return None;
                }
                let parts = if method == "split" {
                    text.splitn(most, &*by).map(Value::str).collect()
                } else {
                    let mut parts: Vec<Value> = text.rsplitn(most, &*by).map(Value::str).collect();
                    parts.reverse();
                    parts
                };
                self.list(parts)
            }
            ("partition" | "rpartition", 1) => {
                let by = first?;
                let cut = if method == "partition" {
                    text.split_once(&*by)
                } else {
                    text.rsplit_once(&*by)
                };
                let empty = Value::str("");
                Value::tuple(match (cut, method) {
                    (Some((before, after)), _) => {
                        vec![Value::str(before), Value::Str(by), Value::str(after)]
                    }
                    (None, "partition") => vec![Value::Str(text), empty.clone(), empty],
                    (None, _) => vec![empty.clone(), empty, Value::Str(text)],
                })
            }
            ("splitlines", 0) => {
                let parts = text.lines().map(Value::str).collect();
                self.list(parts)
            }
            ("format", _) => {
                let keywords = &asked.arguments.keywords;
                let said = |field: Field<'_>| match field {
                    Field::Position(position) => self.str_of(arguments.get(position)?),
                    Field::Name(name) => {
                        let (_, value) = keywords.iter().find(|(it, _)| it == name)?;
                        self.str_of(value)
                    }
                };
                Value::str(&formatted(&text, said)?)
            }
            ("isidentifier", 0) => {
                let mut letters = text.chars();
                let head = letters
                    .next()
                    .is_some_and(|it| it.is_alphabetic() || it == '_');
                Value::Bool(head && letters.all(|it| it.is_alphanumeric() || it == '_'))
            }
            ("isupper", 0) => Value::Bool(
                text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase),
            ),
            ("islower", 0) => Value::Bool(
                text.chars().any(char::is_lowercase) && !text.chars().any(char::is_uppercase),
            ),
            ("isdigit", 0) => {
                Value::Bool(!text.is_empty() && text.chars().all(|it| it.is_ascii_digit()))
            }
            ("find", 1) => Value::Int(text.find(&*first?).map_or(-1, |at| {
                i64::try_from(text[..at].chars().count()).unwrap_or(-1)
            })),
            ("removeprefix", 1) => Value::str(text.strip_prefix(&*first?).unwrap_or(&text)),
            ("removesuffix", 1) => Value::str(text.strip_suffix(&*first?).unwrap_or(&text)),
            ("__str__", 0) => Value::Str(text),
            _ => return None,
        })
    }
}

/// `str.title`
fn titled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for letter in text.chars() {
        if inside {
            out.extend(letter.to_lowercase());
        } else {
            out.extend(letter.to_uppercase());
        }
        inside = letter.is_alphabetic();
    }
    out
}

/// What a field of a format stands for.
enum Field<'a> {
    Position(usize),
    Name(&'a str),
}

/// `str.format` with plain fields alone: `{}`, `{0}`, `{name}`.
fn formatted(text: &str, said: impl Fn(Field<'_>) -> Option<String>) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    let mut next = 0;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        if tail.starts_with("{{") || tail.starts_with("}}") {
            out.push_str(&tail[..1]);
            rest = &tail[2..];
            continue;
        }
        let end = tail.find('}')?;
        let field = tail.get(1..end)?;
        if field.is_empty() {
            out.push_str(&said(Field::Position(next))?);
            next += 1;
        } else if let Ok(index) = field.parse::<usize>() {
            out.push_str(&said(Field::Position(index))?);
        } else {
            out.push_str(&said(Field::Name(field))?);
        }
        rest = &tail[end + 1..];
    }
    out.push_str(rest);
    Some(out)
}

/// `textwrap.dedent(text)`: without the blanks and tabs that all lines begin with; lines of nothing else are emptied.
pub(super) fn dedented(text: &str) -> String {
    let is_blank = |line: &str| line.bytes().all(|it| it == b' ' || it == b'\t');
    let margin_of = |line: &'_ str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut margin: Option<&str> = None;
    for line in text.split('\n').filter(|line| !is_blank(line)) {
        let own = &line[..margin_of(line)];
        margin = Some(match margin {
            None => own,
            Some(margin) => {
                let same = margin.bytes().zip(own.bytes()).take_while(|(a, b)| a == b);
                &margin[..same.count()]
            }
        });
    }
    let margin = margin.map_or(0, str::len);
    let lines = text
        .split('\n')
        .map(|line| if is_blank(line) { "" } else { &line[margin..] });
    lines.collect::<Vec<_>>().join("\n")
}

/// `inspect.cleandoc(text)`: without the indentation that all lines but the first share, and without empty lines at both ends.
pub(super) fn cleaned(text: &str) -> String {
    let text = without_tabs(text);
    let characters = |line: &str| line.chars().count();
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or_default().trim_start();
    let rest: Vec<&str> = lines.collect();
    let filled = rest.iter().filter(|line| !line.trim_start().is_empty());
    let margin = filled.map(|line| characters(line) - characters(line.trim_start()));
    let margin = margin.min().unwrap_or(0);
    let rest = rest.iter().map(|line| {
        let at = line
            .char_indices()
            .nth(margin)
            .map_or(line.len(), |it| it.0);
        &line[at..]
    });
    let all: Vec<&str> = std::iter::once(first).chain(rest).collect();
    let is_filled = |line: &&str| !line.is_empty();
    let start = all.iter().position(is_filled).unwrap_or(all.len());
    let end = all.iter().rposition(is_filled).map_or(start, |it| it + 1);
    all[start..end].join("\n")
}
