//! `re`: patterns that a module's code matches while it runs, to take a version apart or to make one name out of another.
//!
//! A pattern is written anew in the form that the engine takes (`translated`); what that has no form for is not known. Only text of
//! ASCII is looked at: beyond it, Python and the engine do not agree on what a word is.

mod templates;
mod translated;

use std::ops::Range;
use std::sync::Arc;

use fancy_regex::{Captures, Regex};

use crate::Name;
use crate::evaluate::language::operators::is_constant;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Dict, Instance, Object, Value};
use crate::source::{Place, PythonVersion};
use templates::{filled, is_template};

/// Under which names a match keeps what it knows: no program can ask for them.
const SPANS: &str = "<spans>";
const NAMES: &str = "<names>";

/// Longer texts are data.
const LONGEST: usize = 64 << 10;

/// What one match found: the spans of the whole and of its groups.
type Spans = Vec<Option<Range<usize>>>;

impl Run<'_, '_> {
    /// A function of `re`, or a method of its patterns and matches; none where what it gives is not known.
    pub(super) fn regular_expression(
        &mut self,
        name: &str,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let arguments = &asked.arguments;
        if arguments.is_open() {
            return Ok(None);
        }
        if let Some(method) = name.strip_prefix("Match.") {
            return Ok(self.match_method(method, asked));
        }
        let Some(given) = asked.first().cloned() else {
            return Ok(None);
        };
        let (method, flags) = match name.strip_prefix("Pattern.") {
            Some(method) => (method, 0),
            None if name == "escape" => {
                if arguments.positional.len() != 1 {
                    return Err(self.raise_of("TypeError", None, asked.at));
                }
                return Ok(escaped(&given));
            }
            None => {
                let at = match name {
                    "compile" => 1,
                    "sub" | "subn" => 4,
                    "split" => 3,
                    _ => 2,
                };
                let given = arguments.get(at, "flags").cloned();
                if matches!(
                    given,
                    Some(Value::Str(_) | Value::Float(_) | Value::Tuple(_))
                ) {
                    return Err(self.raise_of("TypeError", None, asked.at));
                }
                let Some(flags) = self.flags_of(given.as_ref()) else {
                    return Ok(None);
                };
                (name, flags)
            }
        };
        if let Value::Str(text) = self.plain(&given)
            && let Some(message) = refusal(&text, flags)
            && let Some(thrown) = self.pattern_error(message, asked.at)
        {
            return Err(thrown);
        }
        if method == "compile" {
            return Ok(self.compiled_pattern(&given, flags, asked.at));
        }
        let Some((regex, pattern)) = self.regex_of(&given, flags) else {
            return Ok(None);
        };
        let position = usize::from(matches!(method, "sub" | "subn")) + 1;
        // A template is read before anything else is looked at.
        if position == 2
            && let Some(Value::Str(template)) = arguments.get(1, "repl").map(|it| self.plain(it))
        {
            match is_template(&template, &regex) {
                Some(true) => {}
                Some(false) => return self.pattern_error(None, asked.at).map_or(Ok(None), Err),
                None => return Ok(None),
            }
        }
        let text = match arguments.get(position, "string").cloned() {
            Some(value) => match self.plain(&value) {
                Value::Str(text) => text,
                other if is_constant(&other) && !matches!(other, Value::Bytes(_)) => {
                    return Err(self.no_subject(&other, asked.at));
                }
                _ => return Ok(None),
            },
            None => return Ok(None),
        };
        // Functions of the module have their flags there.
        let has_bounds = name.starts_with("Pattern.")
            && matches!(
                method,
                "match" | "search" | "fullmatch" | "findall" | "finditer"
            );
        let bounds = if has_bounds {
            bounds_of(arguments, text.len())
        } else {
            Some(0..text.len())
        };
        let Some(bounds) = bounds.filter(|_| is_plain(&text)) else {
            return Ok(None);
        };
        match method {
            "match" | "fullmatch" | "search" => {
                let within = (&text, bounds);
                Ok(self.first_match(&regex, &pattern, method, within, asked.at))
            }
            "findall" | "finditer" if bounds != (0..text.len()) => Ok(None),
            "findall" | "finditer" => Ok(self.all_matches(&regex, method, &text, asked.at)),
            "split" => Ok(self.split(&regex, &text, asked)),
            "sub" => {
                let made = self.substituted(&regex, &text, asked)?;
                Ok(made.map(|(text, _)| text))
            }
            "subn" => {
                let made = self.substituted(&regex, &text, asked)?;
                Ok(made.map(|(text, count)| Value::tuple(vec![text, Value::Int(count)])))
            }
            _ => Ok(None),
        }
    }

    /// `re.error`, of a text that need not be told.
    fn pattern_error(&mut self, message: Option<String>, at: Option<Place>) -> Option<Box<Thrown>> {
        let places = ["re", "re._constants", "sre_constants"];
        let class = places.iter().find_map(|module| {
            let facts = &self.world.facts;
            let known = facts.class(module, "error");
            known.or_else(|| facts.class(module, "PatternError"))
        })?;
        let mut thrown = self.raise_of("ValueError", None, at);
        let mut error = Instance::of(class);
        error.open = true;
        thrown.class = Some(class);
        thrown.message = message;
        thrown.value = self.allocate(Object::Instance(error));
        Some(thrown)
    }

    /// `re.I | re.X` as a number.
    fn flags_of(&self, flags: Option<&Value>) -> Option<i64> {
        match flags {
            None => Some(0),
            Some(value) => match self.plain(value) {
                Value::Int(flags) => Some(flags),
                _ => None,
            },
        }
    }

    fn compiled_pattern(&mut self, given: &Value, flags: i64, at: Option<Place>) -> Option<Value> {
        if self.pattern_text(given).is_some() {
            return Some(given.clone());
        }
        let mut pattern = Instance::of(self.world.facts.class("re", "Pattern")?);
        pattern.open = true;
        for (name, value) in [("pattern", self.plain(given)), ("flags", Value::Int(flags))] {
            pattern
                .names
                .insert(Name::const_new(name), Binding::new(value, at));
        }
        Some(self.allocate(Object::Instance(pattern)))
    }

    /// The text and the flags of a compiled pattern.
    fn pattern_text(&self, value: &Value) -> Option<(Arc<str>, i64)> {
        let Value::Object(id) = value else {
            return None;
        };
        let Object::Instance(instance) = self.object(*id) else {
            return None;
        };
        if self.classes.get(instance.class).path.qualname != "Pattern" {
            return None;
        }
        match (
            &instance.names.get("pattern")?.value,
            &instance.names.get("flags")?.value,
        ) {
            (Value::Str(text), Value::Int(flags)) => Some((text.clone(), *flags)),
            _ => None,
        }
    }

    /// The engine's form of a pattern, and the pattern as an object.
    fn regex_of(&mut self, given: &Value, flags: i64) -> Option<(Arc<Regex>, Value)> {
        let pattern = self.compiled_pattern(given, flags, None)?;
        let (text, flags) = self.pattern_text(&pattern)?;
        let key = (text, flags);
        if let Some(known) = self.patterns_seen.get(&key) {
            return known.clone().map(|it| (it, pattern));
        }
        let regex = translated::translated(&key.0, flags).and_then(|it| Regex::new(&it).ok());
        let regex = regex.map(Arc::new);
        self.patterns_seen.insert(key, regex.clone());
        regex.map(|it| (it, pattern))
    }

    fn first_match(
        &mut self,
        regex: &Regex,
        pattern: &Value,
        method: &str,
        (text, bounds): (&Arc<str>, Range<usize>),
        at: Option<Place>,
    ) -> Option<Value> {
        // The engine has no anchored search of its own; a pattern in a group is the same pattern. Behind the beginning of a text the leftmost
        // match is the one that begins there, if there is one.
        let anchored = match (method, bounds.start) {
            ("search", _) | ("match", 1..) => None,
            ("fullmatch", 1..) => Some(self.made_of(&format!(r"(?:{})\z", regex.as_str()))?),
            ("fullmatch", _) => Some(self.anchored(regex, r"\z")?),
            _ => Some(self.anchored(regex, "")?),
        };
        let regex_there = anchored.as_deref().unwrap_or(regex);
        let within = text.get(..bounds.end)?;
        let found = regex_there
            .captures_from_pos(within, bounds.start)
            .ok()?
            .map(|it| spans_of(&it));
        let is_there = |spans: &Spans| {
            let whole = spans.first().and_then(Option::as_ref);
            method == "search" || whole.is_some_and(|it| it.start == bounds.start)
        };
        match found.filter(is_there) {
            Some(spans) => {
                let made = self.new_match(regex, pattern, text, &spans, at)?;
                if let Value::Object(id) = &made
                    && let Object::Instance(found) = self.object_mut(*id)
                {
                    for (name, value) in [("pos", bounds.start), ("endpos", bounds.end)] {
                        let value = Binding::new(number(value), at);
                        found.names.insert(Name::const_new(name), value);
                    }
                }
                Some(made)
            }
            None => Some(Value::None),
        }
    }

    /// The same pattern at the beginning of a text, and up to this.
    fn anchored(&mut self, regex: &Regex, end: &str) -> Option<Arc<Regex>> {
        self.made_of(&format!(r"\A(?:{}){end}", regex.as_str()))
    }

    fn made_of(&mut self, text: &str) -> Option<Arc<Regex>> {
        // No pattern of a program has these flags.
        let key = (Arc::from(text), -1);
        let made = self.patterns_seen.entry(key);
        made.or_insert_with(|| Regex::new(text).ok().map(Arc::new))
            .clone()
    }

    fn new_match(
        &mut self,
        regex: &Regex,
        pattern: &Value,
        text: &Arc<str>,
        spans: &Spans,
        at: Option<Place>,
    ) -> Option<Value> {
        let mut found = Instance::of(self.world.facts.class("re", "Match")?);
        let spans = spans.iter().map(|span| match span {
            Some(span) => Value::tuple(vec![number(span.start), number(span.end)]),
            None => Value::None,
        });
        let named = regex.capture_names().enumerate();
        let named = named.filter_map(|(at, name)| Some((Value::str(name?), number(at))));
        let names = self.allocate(Object::Dict(Dict::from_pairs(named.collect::<Vec<_>>())));
        for (name, value) in [
            (SPANS, Value::tuple(spans.collect())),
            (NAMES, names),
            ("string", Value::Str(text.clone())),
            ("re", pattern.clone()),
            ("pos", Value::Int(0)),
            ("endpos", number(text.len())),
        ] {
            found
                .names
                .insert(Name::const_new(name), Binding::new(value, at));
        }
        Some(self.allocate(Object::Instance(found)))
    }

    /// `match[group]`; none for what is no match, and for groups that it does not have.
    pub(crate) fn group_of(&mut self, found: &Value, group: &Value) -> Option<Value> {
        let span = self.span_of(found, group)?;
        let Value::Tuple(bounds) = span else {
            return Some(Value::None);
        };
        let (Some(Value::Int(from)), Some(Value::Int(to))) = (bounds.first(), bounds.get(1)) else {
            return None;
        };
        let Value::Str(text) = self.told_by(found, "string")? else {
            return None;
        };
        let part = text.get(usize::try_from(*from).ok()?..usize::try_from(*to).ok()?)?;
        Some(Value::str(part))
    }

    fn span_of(&mut self, found: &Value, group: &Value) -> Option<Value> {
        let index = match self.plain(group) {
            Value::Int(index) => index,
            Value::Str(name) => {
                let names = self.told_by(found, NAMES)?;
                match self.get_item(&names, &Value::Str(name), None).ok()? {
                    Value::Int(index) => index,
                    _ => return None,
                }
            }
            _ => return None,
        };
        let Value::Tuple(spans) = self.told_by(found, SPANS)? else {
            return None;
        };
        spans.get(usize::try_from(index).ok()?).cloned()
    }

    fn told_by(&self, found: &Value, name: &str) -> Option<Value> {
        let Value::Object(id) = found else {
            return None;
        };
        self.kept(*id, name)
    }

    fn match_method(&mut self, method: &str, asked: &Asked<'_>) -> Option<Value> {
        let (found, rest) = asked.arguments.positional.split_first()?;
        let (found, rest) = (found.clone(), rest.to_vec());
        let Value::Tuple(spans) = self.told_by(&found, SPANS)? else {
            return None;
        };
        let whole = Value::Int(0);
        match (method, rest.as_slice()) {
            ("group", []) => self.group_of(&found, &whole),
            ("group" | "__getitem__", [group]) => self.group_of(&found, group),
            ("group", groups) => {
                let groups = groups.iter().map(|it| self.group_of(&found, it));
                Some(Value::tuple(groups.collect::<Option<_>>()?))
            }
            ("groups" | "groupdict", _) => {
                let default = asked.arguments.get(1, "default").cloned();
                let default = default.unwrap_or(Value::None);
                let or_default = |it: Value| match it {
                    Value::None => default.clone(),
                    it => it,
                };
                if method == "groups" {
                    let groups = (1..spans.len()).map(|at| self.group_of(&found, &number(at)));
                    let groups: Option<Vec<Value>> = groups.collect();
                    return Some(Value::tuple(groups?.into_iter().map(or_default).collect()));
                }
                let names = self.told_by(&found, NAMES)?;
                let (names, _) = self.dict_entries(&names)?;
                let mut pairs = vec![];
                for (name, index) in names {
                    pairs.push((name, or_default(self.group_of(&found, &index)?)));
                }
                Some(self.allocate(Object::Dict(Dict::from_pairs(pairs))))
            }
            ("start" | "end" | "span", groups) => {
                let group = groups.first().unwrap_or(&whole);
                let bounds = match self.span_of(&found, group)? {
                    Value::Tuple(bounds) => bounds,
                    _ => [Value::Int(-1), Value::Int(-1)].into(),
                };
                match method {
                    "start" => bounds.first().cloned(),
                    "end" => bounds.get(1).cloned(),
                    _ => Some(Value::Tuple(bounds)),
                }
            }
            _ => None,
        }
    }

    fn all_matches(
        &mut self,
        regex: &Regex,
        method: &str,
        text: &Arc<str>,
        at: Option<Place>,
    ) -> Option<Value> {
        let all = all_spans(regex, text)?;
        self.copies(all.len());
        let part = |span: &Option<Range<usize>>| match span {
            Some(span) => Value::str(&text[span.clone()]),
            None => Value::str(""),
        };
        let mut items = Vec::with_capacity(all.len());
        for spans in &all {
            items.push(match (method, spans.as_slice()) {
                ("finditer", _) => self.new_match(regex, &Value::None, text, spans, at)?,
                (_, [whole]) => part(whole),
                (_, [_, group]) => part(group),
                (_, [_, groups @ ..]) => Value::tuple(groups.iter().map(part).collect()),
                (_, []) => return None,
            });
        }
        Some(self.list(items))
    }

    /// `re.split(pattern, string, maxsplit)`
    fn split(&mut self, regex: &Regex, text: &str, asked: &Asked<'_>) -> Option<Value> {
        let most = match asked.arguments.get(2, "maxsplit") {
            None => 0,
            Some(Value::Int(most)) => usize::try_from(*most).ok()?,
            Some(_) => return None,
        };
        let mut parts = vec![];
        let mut from = 0;
        for (index, spans) in all_spans(regex, text)?.iter().enumerate() {
            if most > 0 && index == most {
                break;
            }
            let (whole, groups) = spans.split_first()?;
            let whole = whole.clone()?;
            parts.push(Value::str(&text[from..whole.start]));
            parts.extend(groups.iter().map(|span| match span {
                Some(span) => Value::str(&text[span.clone()]),
                None => Value::None,
            }));
            from = whole.end;
        }
        parts.push(Value::str(&text[from..]));
        self.copies(parts.len());
        Some(self.list(parts))
    }

    /// The `TypeError` of a subject that is no text.
    fn no_subject(&mut self, value: &Value, at: Option<Place>) -> Box<Thrown> {
        let mut message = String::from("expected string or bytes-like object");
        if self.world.version >= PythonVersion::three(11) {
            let of = self.type_name(value);
            message = format!("{message}, got '{of}'");
        }
        self.throw(self.known.type_error, message, at)
    }

    /// `re.sub(pattern, replacement, string, count)`, and how often it has put something in
    fn substituted(
        &mut self,
        regex: &Regex,
        text: &Arc<str>,
        asked: &Asked<'_>,
    ) -> Eval<Option<(Value, i64)>> {
        let count = match asked.arguments.get(3, "count") {
            None | Some(Value::Int(0)) => usize::MAX,
            Some(Value::Int(count)) => usize::try_from(*count).unwrap_or(usize::MAX),
            Some(_) => return Ok(None),
        };
        let Some(replacement) = asked.arguments.get(1, "repl").cloned() else {
            return Ok(None);
        };
        let Some(all) = all_spans(regex, text) else {
            return Ok(None);
        };
        let mut written = String::new();
        let mut from = 0;
        let mut times = 0;
        for spans in all.iter().take(count) {
            times += 1;
            let Some(Some(whole)) = spans.first().cloned() else {
                return Ok(None);
            };
            written.push_str(&text[from..whole.start]);
            from = whole.end;
            let put = if let Value::Str(template) = self.plain(&replacement) {
                filled(&template, regex, spans, text)
            } else {
                let Some(found) = self.new_match(regex, &Value::None, text, spans, asked.at) else {
                    return Ok(None);
                };
                let arguments = Arguments::of(vec![found]);
                let put = self.call(&replacement, arguments, asked.at, asked.scope)?;
                match self.plain(&put) {
                    Value::Str(put) => Some(put.to_string()),
                    _ => None,
                }
            };
            let Some(put) = put.filter(|it| written.len() + it.len() < LONGEST) else {
                return Ok(None);
            };
            written.push_str(&put);
        }
        written.push_str(&text[from..]);
        Ok(Some((Value::str(&written), times)))
    }
}

/// Where in a text of this length a method of a pattern looks: its second and third argument, which are cut to what there is.
fn bounds_of(arguments: &Arguments, length: usize) -> Option<Range<usize>> {
    let bound = |at: usize, name: &str, usual: usize| match arguments.get(at, name) {
        None => Some(usual),
        Some(Value::Int(it)) => Some(usize::try_from(*it).unwrap_or(0).min(length)),
        Some(_) => None,
    };
    let end = bound(3, "endpos", length)?;
    Some(bound(2, "pos", 0)?.min(end)..end)
}

/// Whether Python and the engine see the same in a text.
fn is_plain(text: &str) -> bool {
    text.len() <= LONGEST
        && text
            .bytes()
            .all(|it| it.is_ascii() && !(0x1c..=0x1f).contains(&it))
}

fn number(at: usize) -> Value {
    Value::Int(i64::try_from(at).unwrap_or(i64::MAX))
}

fn spans_of(found: &Captures<'_, str>) -> Spans {
    found.iter().map(|it| it.map(|it| it.range())).collect()
}

/// All matches from left to right; none where one is empty, after which the two do not go on alike.
fn all_spans(regex: &Regex, text: &str) -> Option<Vec<Spans>> {
    let mut all = vec![];
    for found in regex.captures_iter(text) {
        let spans = spans_of(&found.ok()?);
        if spans.first()?.as_ref()?.is_empty() {
            return None;
        }
        all.push(spans);
    }
    Some(all)
}

/// `re.escape(text)` since 3.7: what has a meaning of its own in patterns.
fn escaped(text: &Value) -> Option<Value> {
    let Value::Str(text) = text else {
        return None;
    };
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if "()[]{}?*+-|^$\\.&~# \t\n\r\u{b}\u{c}".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    Some(Value::str(&escaped))
}

/// What `re` says of a pattern that it refuses for what can be told at a glance: parentheses or a set that nothing closes, a repetition of
/// nothing, a backslash at the end. The text is not told where something else may be found before that.
#[expect(
    clippy::option_option,
    reason = "not refused, and refused in words that are not told, are two things"
)]
fn refusal(pattern: &str, flags: i64) -> Option<Option<String>> {
    const VERBOSE: i64 = 64;
    let has_extensions = pattern.contains("(?");
    if (flags & VERBOSE != 0 || has_extensions) && pattern.contains('#') {
        return None;
    }
    let said = |what: &str, at: usize| {
        let is_told = !has_extensions && !pattern.contains('\n');
        Some(is_told.then(|| format!("{what} at position {at}")))
    };
    let letters: Vec<char> = pattern.chars().collect();
    let mut open: Vec<usize> = vec![];
    let mut is_at_begin = true;
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let was_at_begin = std::mem::replace(&mut is_at_begin, false);
        match letter {
            '\\' if at + 1 == letters.len() => return said("bad escape (end of pattern)", at),
            '\\' => at += 1,
            '[' => {
                let begin = at;
                // A bracket that closes right at the begin stands for itself.
                at += usize::from(letters.get(at + 1) == Some(&'^'));
                at += usize::from(letters.get(at + 1) == Some(&']'));
                loop {
                    at += 1;
                    match letters.get(at) {
                        None => return said("unterminated character set", begin),
                        Some('\\') => at += 1,
                        Some(']') => break,
                        Some(_) => {}
                    }
                }
            }
            '(' => {
                open.push(at);
                is_at_begin = letters.get(at + 1) != Some(&'?');
                at += usize::from(!is_at_begin);
            }
            ')' if open.pop().is_none() => return said("unbalanced parenthesis", at),
            '|' => is_at_begin = true,
            '*' | '+' | '?' if was_at_begin => return said("nothing to repeat", at),
            _ => {}
        }
        at += 1;
    }
    said("missing ), unterminated subpattern", *open.last()?)
}
