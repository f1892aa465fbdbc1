//! Text to bytes and back, and characters put in place of others: `encode`, `decode`, `maketrans`, `translate`, `fromhex`.

use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::fault::{Fault, Pure, type_error, untold, value_error};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Dict, Object, Value};
use crate::evaluate::scalar::{letters, whole};
use num_traits::ToPrimitive as _;

/// An encoding that is told here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Ascii,
    Latin,
}

/// `codecs.lookup(name)`, as far as it goes; none where the encoding may be another.
fn encoding(name: &str) -> Option<Encoding> {
    let name: String = name
        .to_ascii_lowercase()
        .chars()
        .map(|it| if it == '_' || it == ' ' { '-' } else { it })
        .collect();
    Some(match name.as_str() {
        "utf-8" | "utf8" | "u8" | "utf" | "cp65001" => Encoding::Utf8,
        "ascii" | "us-ascii" | "646" => Encoding::Ascii,
        "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "l1" | "latin" | "8859" => {
            Encoding::Latin
        }
        _ => return None,
    })
}

impl Run<'_, '_> {
    /// The encoding and the way with errors that are asked for.
    fn codec(&mut self, arguments: &Arguments, skip: usize) -> Pure<(Encoding, String)> {
        let [name, errors] = arguments.places(skip, ["encoding", "errors"], 0)?;
        let text = |value: Option<Value>, default: &str| -> Pure<String> {
            match value {
                None => Ok(default.to_owned()),
                Some(value) => match self.plain(&value) {
                    Value::Str(text) => Ok(text.to_string()),
                    Value::Object(_) | Value::Gap(_) => Err(Fault::Unknown),
                    _ => untold("TypeError"),
                },
            }
        };
        let (name, errors) = (text(name, "utf-8")?, text(errors, "strict")?);
        let known = ["a", "b", "ab", "xyz", ",", "c", ""];
        match encoding(&name) {
            Some(encoding) => Ok((encoding, errors)),
            // A program can register any other.
            None if known.contains(&name.as_str()) => Err(Fault::Raise(
                "LookupError",
                Some(format!("unknown encoding: {name}")),
            )),
            None => Err(Fault::Unknown),
        }
    }

    /// `text.encode(encoding, errors)`
    pub(super) fn encoded(&mut self, text: &str, asked: &Asked<'_>) -> Pure {
        let (encoding, errors) = self.codec(&asked.arguments, 1)?;
        self.pay_for(text.len() * 2)?;
        let most = match encoding {
            Encoding::Utf8 => return Ok(Value::Bytes(text.as_bytes().into())),
            Encoding::Ascii => 0x80,
            Encoding::Latin => 0x100,
        };
        let mut bytes: Vec<u8> = vec![];
        for (at, letter) in text.chars().enumerate() {
            let point = u32::from(letter);
            if point < most {
                bytes.push(point as u8);
                continue;
            }
            let escaped = if point < 0x100 {
                format!("\\x{point:02x}")
            } else if point < 0x1_0000 {
                format!("\\u{point:04x}")
            } else {
                format!("\\U{point:08x}")
            };
            match errors.as_str() {
                "ignore" => {}
                "replace" => bytes.push(b'?'),
                "backslashreplace" => bytes.extend(escaped.as_bytes()),
                "xmlcharrefreplace" => bytes.extend(format!("&#{point};").as_bytes()),
                "strict" => {
                    let (name, range) = if encoding == Encoding::Ascii {
                        ("ascii", 128)
                    } else {
                        ("latin-1", 256)
                    };
                    let is_one = text
                        .chars()
                        .nth(at + 1)
                        .is_none_or(|it| u32::from(it) < most);
                    let message = format!(
                        "'{name}' codec can't encode character '{escaped}' in position {at}: ordinal not in range({range})"
                    );
                    return Err(Fault::Raise(
                        "UnicodeEncodeError",
                        Some(message).filter(|_| is_one),
                    ));
                }
                _ => return Err(Fault::Unknown),
            }
        }
        Ok(Value::Bytes(bytes.into()))
    }

    /// `bytes.decode(encoding, errors)`, the arguments from a position on.
    pub(super) fn decoded(&mut self, bytes: &[u8], skip: usize, asked: &Asked<'_>) -> Pure {
        self.decoded_by(bytes, &asked.arguments, skip)
    }

    /// The same with these arguments.
    pub(super) fn decoded_by(&mut self, bytes: &[u8], arguments: &Arguments, skip: usize) -> Pure {
        let (encoding, errors) = self.codec(arguments, skip)?;
        self.pay_for(bytes.len() * 2)?;
        match encoding {
            Encoding::Latin => {
                let text: String = bytes.iter().map(|&it| char::from(it)).collect();
                Ok(Value::str(&text))
            }
            Encoding::Utf8 | Encoding::Ascii => {
                let text = if encoding == Encoding::Utf8 || bytes.is_ascii() {
                    std::str::from_utf8(bytes).ok()
                } else {
                    None
                };
                match (text, errors.as_str()) {
                    (Some(text), _) => Ok(Value::str(text)),
                    (None, "strict") => untold("UnicodeDecodeError"),
                    (None, "ignore") if encoding == Encoding::Ascii => {
                        let ascii = bytes.iter().filter(|it| it.is_ascii());
                        let text: String = ascii.map(|&it| char::from(it)).collect();
                        Ok(Value::str(&text))
                    }
                    (None, _) => Err(Fault::Unknown),
                }
            }
        }
    }

    /// `str.maketrans` and `bytes.maketrans`.
    pub(super) fn translation_table(&mut self, class: &str, asked: &Asked<'_>) -> Pure {
        // Asked on an instance or on the class, it is a static method.
        let skip = usize::from(matches!(
            asked.arguments.positional.first(),
            Some(Value::Class(_))
        ));
        if class == "bytes" {
            let [from, to] = asked.arguments.exactly(skip)?;
            let (Value::Bytes(from), Value::Bytes(to)) = (self.plain(&from), self.plain(&to))
            else {
                return if self.is_operand(&from) && self.is_operand(&to) {
                    untold("TypeError")
                } else {
                    Err(Fault::Unknown)
                };
            };
            if from.len() != to.len() {
                return value_error("maketrans arguments must have same length");
            }
            let mut table: Vec<u8> = (0..=255).collect();
            for (from, to) in from.iter().zip(to.iter()) {
                table[usize::from(*from)] = *to;
            }
            return Ok(Value::Bytes(table.into()));
        }
        let [from, to, gone] = asked.arguments.places(skip, [""; 3], 1)?;
        let from = from.unwrap_or(Value::None);
        let mut dict = Dict::default();
        let Some(to) = to else {
            let Value::Object(id) = &from else {
                return type_error("if you give only one argument to maketrans it must be a dict");
            };
            let Object::Dict(given) = self.object(*id) else {
                return if self.is_operand(&from) {
                    type_error("if you give only one argument to maketrans it must be a dict")
                } else {
                    Err(Fault::Unknown)
                };
            };
            if given.open || given.view.is_some() {
                return Err(Fault::Unknown);
            }
            for (key, value) in given.entries.values() {
                match key {
                    Value::Int(_) | Value::Bool(_) => dict.insert(key.clone(), value.clone()),
                    Value::Str(letter) => {
                        let mut all = letter.chars();
                        match (all.next(), all.next()) {
                            (Some(one), None) => {
                                dict.insert(Value::Int(i64::from(u32::from(one))), value.clone());
                            }
                            _ => {
                                return value_error(
                                    "string keys in translate table must be of length 1",
                                );
                            }
                        }
                    }
                    Value::Object(_) | Value::Gap(_) => return Err(Fault::Unknown),
                    _ => {
                        return type_error("keys in translate table must be strings or integers");
                    }
                }
            }
            return Ok(self.allocate(Object::Dict(dict)));
        };
        let Value::Str(to) = self.plain(&to) else {
            return self.no_text(&to);
        };
        let Value::Str(from_text) = self.plain(&from) else {
            return if self.is_operand(&from) {
                type_error(
                    "first maketrans argument must be a string if there is a second argument",
                )
            } else {
                Err(Fault::Unknown)
            };
        };
        if from_text.chars().count() != to.chars().count() {
            return value_error("the first two maketrans arguments must have equal length");
        }
        for (from, to) in from_text.chars().zip(to.chars()) {
            let point = |it: char| Value::Int(i64::from(u32::from(it)));
            dict.insert(point(from), point(to));
        }
        if let Some(gone) = gone {
            let Value::Str(gone) = self.plain(&gone) else {
                return self.no_text(&gone);
            };
            for letter in gone.chars() {
                dict.insert(Value::Int(i64::from(u32::from(letter))), Value::None);
            }
        }
        Ok(self.allocate(Object::Dict(dict)))
    }

    fn no_text(&mut self, value: &Value) -> Pure {
        if self.is_operand(value) {
            untold("TypeError")
        } else {
            Err(Fault::Unknown)
        }
    }

    /// `text.translate(table)`, `bytes.translate(table, delete)`.
    pub(super) fn translated(&mut self, text: &str, is_text: bool, asked: &Asked<'_>) -> Pure {
        if !is_text {
            let [table, gone] = asked.arguments.places(1, ["", "delete"], 1)?;
            let table = table.unwrap_or(Value::None);
            let table = match self.plain(&table) {
                Value::None => None,
                Value::Bytes(table) if table.len() == 256 => Some(table),
                Value::Bytes(_) => {
                    return value_error("translation table must be 256 characters long");
                }
                other => return self.no_text(&other),
            };
            let gone = match gone.map(|it| self.plain(&it)) {
                None => None,
                Some(Value::Bytes(gone)) => Some(gone),
                Some(other) => return self.no_text(&other),
            };
            let bytes = text.chars().map(|it| u32::from(it) as u8);
            let left = bytes.filter(|it| gone.as_ref().is_none_or(|gone| !gone.contains(it)));
            let mapped = left.map(|it| match &table {
                Some(table) => table[usize::from(it)],
                None => it,
            });
            return Ok(Value::Bytes(mapped.collect()));
        }
        let [table] = asked.arguments.exactly(1)?;
        if table.is_gap() {
            return Err(Fault::Unknown);
        }
        let mut out = String::new();
        for letter in text.chars() {
            let index = Value::Int(i64::from(u32::from(letter)));
            let found = match &table {
                Value::Object(_) | Value::Tuple(_) | Value::Str(_) | Value::Bytes(_) => {
                    self.get_item(&table, &index, asked.at)
                }
                other => {
                    let of = self.type_name(other);
                    return type_error(format!("'{of}' object is not subscriptable"));
                }
            };
            let is_lookup = |run: &Self, class| {
                run.world
                    .facts
                    .class("builtins", "LookupError")
                    .is_some_and(|lookup| run.classes.is_subclass(class, lookup))
            };
            match found {
                Err(thrown) if thrown.class.is_some_and(|it| is_lookup(self, it)) => {
                    out.push(letter);
                }
                Err(thrown) => return Err(thrown.into()),
                Ok(found) => match (&found, whole(&self.plain(&found))) {
                    (Value::None, _) => {}
                    (Value::Gap(_), _) => return Err(Fault::Unknown),
                    (_, Some(point)) => {
                        let Some(point) = point.to_u32().filter(|it| *it < 0x11_0000) else {
                            return value_error("character mapping must be in range(0x110000)");
                        };
                        out.push(char::from_u32(point).ok_or(Fault::Unknown)?);
                    }
                    _ => match self.plain(&found) {
                        Value::Str(text) => out.push_str(&text),
                        other if self.is_operand(&other) => {
                            return type_error(
                                "character mapping must return integer, None or str",
                            );
                        }
                        _ => return Err(Fault::Unknown),
                    },
                },
            }
            self.pay_for(out.len() / 64)?;
            if out.len() > crate::evaluate::machine::fault::MOST_BYTES {
                return Err(Fault::Budget);
            }
        }
        Ok(Value::str(&out))
    }

    /// `bytes.fromhex(text)`
    pub(super) fn bytes_from_hex(&mut self, asked: &Asked<'_>) -> Pure {
        let skip = usize::from(matches!(
            asked.arguments.positional.first(),
            Some(Value::Class(class)) if *class == self.known.bytes
        ));
        if skip == 0 {
            return Err(Fault::Unknown);
        }
        let [text] = asked.arguments.exactly(skip)?;
        let Value::Str(text) = self.plain(&text) else {
            let of = self.type_name(&text);
            return type_error(format!("fromhex() argument must be str, not {of}"));
        };
        self.pay_for(text.len())?;
        let mut bytes = vec![];
        let mut all = text.chars().enumerate();
        while let Some((at, high)) = all.next() {
            if letters::is_ascii_blank(high) {
                continue;
            }
            let low = all.next();
            match (high.to_digit(16), low.and_then(|it| it.1.to_digit(16))) {
                (Some(high), Some(low)) => bytes.push((high * 16 + low) as u8),
                (high, _) => {
                    let at = if high.is_some() { at + 1 } else { at };
                    return value_error(format!(
                        "non-hexadecimal number found in fromhex() arg at position {at}"
                    ));
                }
            }
        }
        Ok(Value::Bytes(bytes.into()))
    }
}
