//! The methods of `str` and `bytes`: one algorithm for both (`Objects/stringlib`), over text in which a byte is a character.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::evaluate::builtins::text_parts::{
    Kind, centered, in_case, int, is_of, lines_of, made, not_found, rsplit_blanks, split_blanks,
    widened, within, without_tabs_of,
};
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::fault::{Fault, Pure, type_error, untold, value_error};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::Value;
use crate::evaluate::scalar::{letters, padded, whole};
use crate::evaluate::shown::repr::is_printable_text;
use crate::evaluate::shown::text_format::Fields;

impl Run<'_, '_> {
    /// A method of `str` or `bytes`, by its name; none where the receiver is no such value.
    pub(super) fn text_method(&mut self, class: &str, method: &str, asked: &Asked<'_>) -> Pure {
        let Some(receiver) = asked.first().cloned() else {
            return untold("TypeError");
        };
        if method == "maketrans" {
            return self.translation_table(class, asked);
        }
        if method == "fromhex" && class == "bytes" {
            return self.bytes_from_hex(asked);
        }
        let (text, kind): (Arc<str>, Kind) = match (class, self.plain(&receiver)) {
            ("str", Value::Str(text)) => (text, Kind::Text),
            ("bytes", Value::Bytes(bytes)) => (Arc::from(widened(&bytes)), Kind::Bytes),
            (_, Value::Gap(_) | Value::Object(_) | Value::Class(_)) => return Err(Fault::Unknown),
            _ => return untold("TypeError"),
        };
        let looked_at = [Some(&receiver), asked.arguments.positional.get(1)];
        if method != "join"
            && looked_at.into_iter().flatten().any(|it| {
                matches!(it, Value::Str(text) if crate::evaluate::machine::identity::has_address(text))
            })
        {
            return Err(Fault::Unknown);
        }
        self.pay_for(text.len() / 4)?;
        let arguments = &asked.arguments;
        let list = |run: &mut Self, parts: Vec<String>| {
            run.copies(parts.len());
            if parts.len() > crate::evaluate::language::items::MOST_ITEMS {
                return Err(Fault::Budget);
            }
            let parts = parts.iter().map(|it| made(kind, it)).collect();
            Ok(run.list(parts))
        };
        let is_text = kind == Kind::Text;
        let blank = if is_text {
            letters::is_blank
        } else {
            letters::is_ascii_blank
        };
        Ok(match method {
            "join" => return self.join_text(&text, kind, asked),
            "lower" | "upper" | "casefold" | "swapcase" | "title" | "capitalize" => {
                let [] = arguments.exactly(1)?;
                return in_case(method, &text, kind);
            }
            "strip" | "lstrip" | "rstrip" => {
                let [set] = arguments.places(1, [""], 0)?;
                let set = match set.filter(|it| !matches!(it, Value::None)) {
                    None => None,
                    Some(set) => match self.part(&set, kind)? {
                        Some(set) => Some(set.chars().collect::<Vec<char>>()),
                        None if is_text => {
                            return type_error(format!("{method} arg must be None or str"));
                        }
                        None => return self.no_bytes(&set),
                    },
                };
                let out = |it: char| {
                    set.as_ref()
                        .map_or_else(|| blank(it), |set| set.contains(&it))
                };
                let cut = match method {
                    "strip" => text.trim_matches(out),
                    "lstrip" => text.trim_start_matches(out),
                    _ => text.trim_end_matches(out),
                };
                made(kind, cut)
            }
            "startswith" | "endswith" => {
                let [wanted, start, end] = arguments.places(1, [""; 3], 1)?;
                let wanted = wanted.unwrap_or(Value::None);
                let (start, end) = (self.bound_of(start.as_ref())?, self.bound_of(end.as_ref())?);
                let candidates = match &wanted {
                    Value::Tuple(items) => items.to_vec(),
                    other => vec![other.clone()],
                };
                let mut found = false;
                for candidate in &candidates {
                    let Some(part) = self.part(candidate, kind)? else {
                        let of = self.type_name(candidate);
                        let name = if is_text { "str" } else { "bytes" };
                        return if matches!(wanted, Value::Tuple(_)) {
                            if is_text {
                                type_error(format!(
                                    "tuple for {method} must only contain str, not {of}"
                                ))
                            } else {
                                self.no_bytes(candidate)
                            }
                        } else {
                            type_error(format!(
                                "{method} first arg must be {name} or a tuple of {name}, not {of}"
                            ))
                        };
                    };
                    if let Some((here, _)) = within(&text, start, end) {
                        found |= if method == "startswith" {
                            here.starts_with(&part)
                        } else {
                            here.ends_with(&part)
                        };
                    }
                    if found {
                        break;
                    }
                }
                Value::Bool(found)
            }
            "replace" => {
                let names = if self.world.version >= crate::source::PythonVersion::three(13) {
                    ["", "", "count"]
                } else {
                    [""; 3]
                };
                let names = if is_text { names } else { [""; 3] };
                let [old, new, count] = arguments.places(1, names, 2)?;
                let old = self.needed(old.as_ref(), kind, "replace() argument 1")?;
                let new = self.needed(new.as_ref(), kind, "replace() argument 2")?;
                let count = match count {
                    Some(count) => usize::try_from(self.size_of(&count)?).unwrap_or(usize::MAX),
                    None => usize::MAX,
                };
                let times = if old.is_empty() {
                    text.chars().count() + 1
                } else {
                    text.matches(&*old).count()
                };
                let growth = times.min(count).saturating_mul(new.len());
                self.pay_for(text.len().saturating_add(growth))?;
                made(kind, &text.replacen(&*old, &new, count))
            }
            "split" | "rsplit" => {
                let [by, most] = arguments.places(1, ["sep", "maxsplit"], 0)?;
                let most = match most {
                    Some(most) => usize::try_from(self.size_of(&most)?).unwrap_or(usize::MAX),
                    None => usize::MAX,
                };
                let by = match by.filter(|it| !matches!(it, Value::None)) {
                    None => None,
                    Some(by) => match self.part(&by, kind)? {
                        Some(by) if by.is_empty() => return value_error("empty separator"),
                        Some(by) => Some(by),
                        None if is_text => {
                            let of = self.type_name(&by);
                            return type_error(format!("must be str or None, not {of}"));
                        }
                        None => return self.no_bytes(&by),
                    },
                };
                let limit = most.saturating_add(1);
                let parts: Vec<String> = match (by, method) {
                    (None, "split") => split_blanks(&text, most, blank),
                    (None, _) => rsplit_blanks(&text, most, blank),
                    (Some(by), "split") => text.splitn(limit, &*by).map(str::to_owned).collect(),
                    (Some(by), _) => {
                        let mut parts: Vec<String> =
                            text.rsplitn(limit, &*by).map(str::to_owned).collect();
                        parts.reverse();
                        parts
                    }
                };
                return list(self, parts);
            }
            "partition" | "rpartition" => {
                let [by] = arguments.exactly(1)?;
                let by = self.needed(Some(&by), kind, "must")?;
                if by.is_empty() {
                    return value_error("empty separator");
                }
                let cut = if method == "partition" {
                    text.split_once(&*by)
                } else {
                    text.rsplit_once(&*by)
                };
                let parts = match (cut, method) {
                    (Some((before, after)), _) => [before, &*by, after],
                    (None, "partition") => [&*text, "", ""],
                    (None, _) => ["", "", &*text],
                };
                Value::tuple(parts.iter().map(|it| made(kind, it)).collect())
            }
            "splitlines" => {
                let [keep] = arguments.places(1, ["keepends"], 0)?;
                let keep = match keep {
                    Some(keep) => match self.truth_of(&keep, None)? {
                        Some(truth) => truth,
                        None => return Err(Fault::Unknown),
                    },
                    None => false,
                };
                return list(self, lines_of(&text, keep, is_text));
            }
            "find" | "rfind" | "index" | "rindex" | "count" => {
                let [part, start, end] = arguments.places(1, [""; 3], 1)?;
                let (start, end) = (self.bound_of(start.as_ref())?, self.bound_of(end.as_ref())?);
                let part = part.unwrap_or(Value::None);
                let part: String = match (self.part(&part, kind)?, kind, whole(&self.plain(&part)))
                {
                    (Some(part), ..) => part,
                    (None, Kind::Bytes, Some(byte)) => match u8::try_from(&byte) {
                        Ok(byte) => widened(&[byte]),
                        Err(_) => return value_error("byte must be in range(0, 256)"),
                    },
                    (None, Kind::Bytes, None) => {
                        let of = self.type_name(&part);
                        return type_error(format!(
                            "argument should be integer or bytes-like object, not '{of}'"
                        ));
                    }
                    (None, Kind::Text, _) => {
                        return if self.world.version >= crate::source::PythonVersion::three(13) {
                            let of = self.type_name(&part);
                            type_error(format!("{method}() argument 1 must be str, not {of}"))
                        } else {
                            let of = self.type_name(&part);
                            type_error(format!("must be str, not {of}"))
                        };
                    }
                };
                let Some((here, before)) = within(&text, start, end) else {
                    return match method {
                        "find" | "rfind" => Ok(Value::Int(-1)),
                        "count" => Ok(Value::Int(0)),
                        _ => not_found(kind),
                    };
                };
                let place = match method {
                    "count" if part.is_empty() => return Ok(int(here.chars().count() + 1)),
                    "count" => return Ok(int(here.matches(&*part).count())),
                    "find" | "index" => here.find(&*part),
                    _ => here.rfind(&*part),
                };
                match place {
                    Some(at) => int(before + here[..at].chars().count()),
                    None if method.ends_with("find") => Value::Int(-1),
                    None => return not_found(kind),
                }
            }
            "removeprefix" | "removesuffix" => {
                let [part] = arguments.exactly(1)?;
                let part = self.needed(Some(&part), kind, &format!("{method}() argument"))?;
                let cut = if method == "removeprefix" {
                    text.strip_prefix(&*part)
                } else {
                    text.strip_suffix(&*part)
                };
                made(kind, cut.unwrap_or(&text))
            }
            "center" | "ljust" | "rjust" => {
                let [width, fill] = arguments.places(1, [""; 2], 1)?;
                let width = self.width_of(&width.unwrap_or(Value::None))?;
                let fill = match fill {
                    None => ' ',
                    Some(fill) => {
                        let letters = self.part(&fill, kind)?;
                        let mut letters = letters.as_deref().unwrap_or_default().chars();
                        match (letters.next(), letters.next()) {
                            (Some(fill), None) => fill,
                            _ if is_text && matches!(self.plain(&fill), Value::Str(_)) => {
                                return type_error(
                                    "The fill character must be exactly one character long",
                                );
                            }
                            _ if is_text => {
                                let of = self.type_name(&fill);
                                return type_error(format!(
                                    "The fill character must be a unicode character, not {of}"
                                ));
                            }
                            _ => return untold("TypeError"),
                        }
                    }
                };
                self.pay_for(width)?;
                made(
                    kind,
                    &match method {
                        "ljust" => padded(&text, width, '<', fill),
                        "rjust" => padded(&text, width, '>', fill),
                        _ => centered(&text, width, fill),
                    },
                )
            }
            "zfill" => {
                let [width] = arguments.exactly(1)?;
                let width = self.width_of(&width)?;
                self.pay_for(width)?;
                let (sign, digits) = match text.strip_prefix(['+', '-']) {
                    Some(digits) => (&text[..1], digits),
                    None => ("", &*text),
                };
                let digits = padded(digits, width.saturating_sub(sign.len()), '>', '0');
                made(kind, &format!("{sign}{digits}"))
            }
            "expandtabs" => {
                let [size] = arguments.places(1, ["tabsize"], 0)?;
                let size = match size {
                    Some(size) => self.size_of(&size)?,
                    None => 8,
                };
                let tabs = text.matches('\t').count();
                let size = usize::try_from(size).unwrap_or(0);
                self.pay_for(text.len().saturating_add(tabs.saturating_mul(size)))?;
                made(kind, &without_tabs_of(&text, size))
            }
            "isalnum" | "isalpha" | "isascii" | "isdecimal" | "isdigit" | "isidentifier"
            | "islower" | "isnumeric" | "isprintable" | "isspace" | "istitle" | "isupper" => {
                let [] = arguments.exactly(1)?;
                if method == "isprintable" {
                    return Ok(Value::Bool(is_printable_text(&text, self.world.version)));
                }
                Value::Bool(is_of(method, &text, kind)?)
            }
            "format" if is_text => {
                let mut rest = arguments.clone();
                rest.positional.remove(0);
                Value::str(&self.format_text(&text, &Fields::Arguments(&rest), asked.at)?)
            }
            "format_map" if is_text => {
                let [mapping] = arguments.exactly(1)?;
                if matches!(mapping, Value::Gap(_)) {
                    return Err(Fault::Unknown);
                }
                Value::str(&self.format_text(&text, &Fields::Mapping(&mapping), asked.at)?)
            }
            "encode" if is_text => return self.encoded(&text, asked),
            "decode" if !is_text => match self.plain(&receiver) {
                Value::Bytes(bytes) => return self.decoded(&bytes, 1, asked),
                _ => return Err(Fault::Unknown),
            },
            "translate" => return self.translated(&text, is_text, asked),
            "hex" if !is_text => {
                let [by, every] = arguments.places(1, ["sep", "bytes_per_sep"], 0)?;
                let by = match by.map(|it| self.plain(&it)) {
                    None => None,
                    Some(Value::Str(by)) => Some(by.to_string()),
                    Some(Value::Bytes(by)) => Some(widened(&by)),
                    Some(other) if self.is_operand(&other) => return untold("TypeError"),
                    Some(_) => return Err(Fault::Unknown),
                };
                if by.as_ref().is_some_and(|it| it.chars().count() != 1) {
                    return value_error("sep must be length 1.");
                }
                if by.as_ref().is_some_and(|it| !it.is_ascii()) {
                    return value_error("sep must be ASCII.");
                }
                let every = match every {
                    Some(every) => self.size_of(&every)?,
                    None => 1,
                };
                let count = text.chars().count();
                let size = usize::try_from(every.unsigned_abs()).unwrap_or(usize::MAX);
                let mut out = String::with_capacity(count * 3);
                for (at, byte) in text.chars().enumerate() {
                    // Groups are counted from the right, and from the left where the number is negative.
                    let place = if every > 0 { count - at } else { at };
                    if let Some(by) = by
                        .as_ref()
                        .filter(|_| at > 0 && size > 0 && place % size == 0)
                    {
                        out.push_str(by);
                    }
                    // Writing to a text cannot fail.
                    let _ = write!(out, "{:02x}", u32::from(byte));
                }
                Value::str(&out)
            }
            _ => return self.scalar_special(method, &receiver, asked),
        })
    }

    /// A text, or bytes as text; none where the value is of another kind.
    fn part(&mut self, value: &Value, kind: Kind) -> Pure<Option<String>> {
        Ok(match (self.plain(value), kind) {
            (Value::Str(text), Kind::Text) => Some(text.to_string()),
            (Value::Bytes(bytes), Kind::Bytes) => Some(widened(&bytes)),
            (Value::Gap(_), _) => return Err(Fault::Unknown),
            // Other objects can be buffers of bytes.
            (Value::Object(_), Kind::Bytes) if !self.is_operand(value) => {
                return Err(Fault::Unknown);
            }
            _ => None,
        })
    }

    fn no_bytes<T>(&mut self, value: &Value) -> Pure<T> {
        let of = self.type_name(value);
        type_error(format!("a bytes-like object is required, not '{of}'"))
    }

    /// A text of the receiver's kind, which a method must have.
    fn needed(&mut self, value: Option<&Value>, kind: Kind, what: &str) -> Pure<String> {
        let value = value.cloned().unwrap_or(Value::None);
        match (self.part(&value, kind)?, kind) {
            (Some(part), _) => Ok(part),
            (None, Kind::Bytes) => self.no_bytes(&value),
            (None, Kind::Text) => {
                let of = self.type_name(&value);
                let verb = if what == "must" { "" } else { " must" };
                type_error(format!("{what}{verb} be str, not {of}"))
            }
        }
    }

    /// `text.join(items)`
    fn join_text(&mut self, text: &str, kind: Kind, asked: &Asked<'_>) -> Pure {
        let [items] = asked.arguments.exactly(1)?;
        if matches!(
            items,
            Value::None
                | Value::Bool(_)
                | Value::Int(_)
                | Value::BigInt(_)
                | Value::Float(_)
                | Value::Complex(..)
        ) {
            return type_error("can only join an iterable");
        }
        let items = if self.is_dispatched(&items, &items) {
            self.items_at_once(&items, "can only join an iterable", asked.at)?
        } else {
            match self.all_items_of(&items) {
                Err(Fault::Raise("TypeError", Some(_))) => {
                    return type_error("can only join an iterable");
                }
                other => other?,
            }
        };
        let mut out = String::new();
        for (index, item) in items.iter().enumerate() {
            let Some(part) = self.part(item, kind)? else {
                let of = self.type_name(item);
                return type_error(if kind == Kind::Text {
                    format!("sequence item {index}: expected str instance, {of} found")
                } else {
                    format!("sequence item {index}: expected a bytes-like object, {of} found")
                });
            };
            if index > 0 {
                out.push_str(text);
            }
            self.copies(part.len() / 8);
            if out.len() + part.len() > crate::evaluate::machine::fault::MOST_BYTES {
                return Err(Fault::Budget);
            }
            out.push_str(&part);
        }
        self.pay_for(out.len())?;
        Ok(made(kind, &out))
    }
}
