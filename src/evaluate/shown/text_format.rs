//! `str.format` and f-strings: fields, conversions and nested specifications (`Objects/stringlib/unicode_format.h`).

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::fault::{Fault, MOST_BYTES, Pure, value_error};
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{ScopeId, Value};
use crate::semantics::Why;
use crate::source::Place;
use crate::syntax::{Expr, StringPart};

/// Fields in the specifications of fields.
const DEEPEST: u32 = 2;

/// Where the values of fields come from.
pub(crate) enum Fields<'a> {
    /// `"…".format(…)`
    Arguments(&'a Arguments),
    /// `"…".format_map(…)`
    Mapping(&'a Value),
}

/// How fields without a number or name are counted.
#[derive(Default)]
struct Counted {
    next: usize,
    is_automatic: Option<bool>,
}

impl Run<'_, '_> {
    /// An f-string.
    pub(crate) fn eval_joined(
        &mut self,
        parts: &[StringPart],
        expr: &Expr,
        scope: ScopeId,
    ) -> Eval {
        let at = self.place(scope, expr.start, expr.end);
        match self.joined_text(parts, scope, at)? {
            Some(text) => Ok(Value::Str(Arc::from(text))),
            None => Ok(self.some(self.known.str_, Why::Input, at)),
        }
    }

    fn joined_text(
        &mut self,
        parts: &[StringPart],
        scope: ScopeId,
        at: Option<Place>,
    ) -> Eval<Option<String>> {
        let mut text = Some(String::new());
        for part in parts {
            let piece = match part {
                StringPart::Text(piece) => Some(piece.to_string()),
                StringPart::Value(value) => {
                    let value = self.eval(value, scope)?;
                    let made = self.format_within(&value, "", at);
                    self.settled(made, at)?
                }
                StringPart::Formatted(field) => {
                    let value = self.eval(&field.value, scope)?;
                    let spec = self.joined_text(&field.spec, scope, at)?;
                    let made = self.field_text(&value, field.conversion, spec.as_deref(), at);
                    self.settled(made, at)?
                }
            };
            let length = text.as_ref().map_or(0, String::len);
            text = match (text, piece) {
                (Some(mut text), Some(piece)) if length + piece.len() <= MOST_BYTES => {
                    self.copies(piece.len() / 8);
                    text.push_str(&piece);
                    Some(text)
                }
                _ => None,
            };
        }
        Ok(text)
    }

    fn field_text(
        &mut self,
        value: &Value,
        conversion: Option<char>,
        spec: Option<&str>,
        at: Option<Place>,
    ) -> Pure<String> {
        let converted = self.converted(value, conversion, at)?;
        match spec {
            Some(spec) => self.format_within(&converted, spec, at),
            None => Err(Fault::Unknown),
        }
    }

    /// `text.format(…)`
    pub(crate) fn format_text(
        &mut self,
        text: &str,
        fields: &Fields<'_>,
        at: Option<Place>,
    ) -> Pure<String> {
        self.pay_for(text.len())?;
        let letters: Vec<char> = text.chars().collect();
        self.format_letters(&letters, fields, &mut Counted::default(), DEEPEST, at)
    }

    /// `MarkupIterator_next`, over and over.
    fn format_letters(
        &mut self,
        letters: &[char],
        fields: &Fields<'_>,
        counted: &mut Counted,
        depth: u32,
        at: Option<Place>,
    ) -> Pure<String> {
        if depth == 0 {
            return value_error("Max string recursion exceeded");
        }
        let mut out = String::new();
        let mut index = 0;
        while let Some(&letter) = letters.get(index) {
            index += 1;
            match (letter, letters.get(index)) {
                ('{', Some('{')) | ('}', Some('}')) => {
                    out.push(letter);
                    index += 1;
                }
                ('}', _) => return value_error("Single '}' encountered in format string"),
                ('{', None) => return value_error("Single '{' encountered in format string"),
                ('{', _) => {
                    let (field, after) = field_of(letters, index)?;
                    index = after;
                    let part = self.field(&field, fields, counted, depth, at)?;
                    self.pay_for(part.len())?;
                    if out.len() + part.len() > MOST_BYTES {
                        return Err(Fault::Budget);
                    }
                    out.push_str(&part);
                }
                _ => out.push(letter),
            }
        }
        Ok(out)
    }

    fn field(
        &mut self,
        field: &Field,
        fields: &Fields<'_>,
        counted: &mut Counted,
        depth: u32,
        at: Option<Place>,
    ) -> Pure<String> {
        let value = self.value_of_field(&field.name, fields, counted, at)?;
        let value = self.converted(&value, field.conversion, at)?;
        let spec = if field.spec.contains(&'{') || field.spec.contains(&'}') {
            self.format_letters(&field.spec, fields, counted, depth - 1, at)?
        } else {
            field.spec.iter().collect()
        };
        self.format_within(&value, &spec, at)
    }

    /// `get_field_object`
    fn value_of_field(
        &mut self,
        name: &str,
        fields: &Fields<'_>,
        counted: &mut Counted,
        at: Option<Place>,
    ) -> Pure {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (first, mut rest) = name.split_at(end);
        let is_number = !first.is_empty() && first.bytes().all(|it| it.is_ascii_digit());
        let position = if first.is_empty() || is_number {
            let is_automatic = first.is_empty();
            match counted.is_automatic {
                Some(before) if before != is_automatic => {
                    return value_error(if is_automatic {
                        "cannot switch from manual field specification to automatic field numbering"
                    } else {
                        "cannot switch from automatic field numbering to manual field specification"
                    });
                }
                _ => counted.is_automatic = Some(is_automatic),
            }
            if is_automatic {
                counted.next += 1;
                Some(counted.next - 1)
            } else {
                match first.parse::<usize>() {
                    Ok(position) => Some(position),
                    Err(_) => return value_error("Too many decimal digits in format string"),
                }
            }
        } else {
            None
        };
        let mut value = match (fields, position) {
            (Fields::Arguments(arguments), Some(position)) => {
                match arguments.positional.get(position) {
                    Some(value) => value.clone(),
                    None if arguments.open_positional => return Err(Fault::Unknown),
                    None => {
                        return Err(Fault::Raise(
                            "IndexError",
                            Some(format!(
                                "Replacement index {position} out of range for positional args tuple"
                            )),
                        ));
                    }
                }
            }
            (Fields::Arguments(arguments), None) => match arguments.keyword(first) {
                Some(value) => value.clone(),
                None if arguments.open_keywords => return Err(Fault::Unknown),
                None => {
                    let thrown = self.throw(self.known.key_error, first.to_owned(), at);
                    return Err(Fault::Thrown(thrown));
                }
            },
            (Fields::Mapping(_), Some(_)) => {
                return value_error("Format string contains positional fields");
            }
            (Fields::Mapping(mapping), None) => {
                let mapping = (*mapping).clone();
                self.get_item(&mapping, &Value::str(first), at)?
            }
        };
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('.') {
                let end = after.find(['.', '[']).unwrap_or(after.len());
                let (attribute, next) = after.split_at(end);
                if attribute.is_empty() {
                    return value_error("Empty attribute in format string");
                }
                value = self.get_attribute(&value, &Name::from(attribute), at)?;
                rest = next;
            } else if let Some(after) = rest.strip_prefix('[') {
                let Some(end) = after.find(']') else {
                    return value_error("Missing ']' in format string");
                };
                let (key, next) = after.split_at(end);
                if key.is_empty() {
                    return value_error("Empty attribute in format string");
                }
                let index = match key.parse::<i64>() {
                    Ok(number) if key.bytes().all(|it| it.is_ascii_digit()) => Value::Int(number),
                    _ => Value::str(key),
                };
                value = self.get_item(&value, &index, at)?;
                rest = &next[1..];
            } else {
                return value_error("Only '.' or '[' may follow ']' in format field specifier");
            }
            if value.is_gap() {
                return Err(Fault::Unknown);
            }
        }
        Ok(value)
    }
}

/// One field of a format.
struct Field {
    name: String,
    conversion: Option<char>,
    spec: Vec<char>,
}

/// The field that begins behind a brace, and where the text goes on (`parse_field`).
fn field_of(letters: &[char], from: usize) -> Pure<(Field, usize)> {
    let mut depth = 1;
    let mut end = from;
    let mut is_bracketed = false;
    // A bracket keeps what is in it from ending the name.
    let mut name_end = None;
    while depth > 0 {
        match letters.get(end) {
            None => return value_error("expected '}' before end of string"),
            Some('[') if name_end.is_none() => is_bracketed = true,
            Some(']') if name_end.is_none() => is_bracketed = false,
            Some('{') if name_end.is_none() && !is_bracketed => {
                return value_error("unexpected '{' in field name");
            }
            Some('{') => depth += 1,
            Some('}') => depth -= 1,
            Some(':' | '!') if name_end.is_none() && !is_bracketed => name_end = Some(end),
            Some(_) => {}
        }
        end += 1;
    }
    let inner = &letters[from..end - 1];
    let name_end = name_end.map_or(inner.len(), |it| it - from);
    let name: String = inner[..name_end].iter().collect();
    let mut rest = &inner[name_end..];
    let mut conversion = None;
    if rest.first() == Some(&'!') {
        let Some(&kind) = rest.get(1) else {
            return value_error("end of string while looking for conversion specifier");
        };
        conversion = Some(kind);
        match rest.get(2) {
            None => rest = &[],
            Some(':') => rest = &rest[2..],
            Some(_) => return value_error("expected ':' after conversion specifier"),
        }
    }
    let spec = rest.strip_prefix(&[':']).unwrap_or(rest).to_vec();
    Ok((
        Field {
            name,
            conversion,
            spec,
        },
        end,
    ))
}
