//! `posixpath`: paths as text (`Lib/posixpath.py`, `Lib/genericpath.py`).

use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::fault::{Fault, Pure, type_error, untold, value_error};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::Value;

/// Whether a function is told here.
pub(super) fn is_told(name: &str) -> bool {
    matches!(
        name,
        "join"
            | "dirname"
            | "basename"
            | "split"
            | "splitext"
            | "splitdrive"
            | "normpath"
            | "normcase"
            | "isabs"
            | "commonprefix"
            | "commonpath"
    )
}

impl Run<'_, '_> {
    /// A function of `posixpath`; none where it is not told.
    pub(super) fn paths(&mut self, name: &str, asked: &Asked<'_>) -> Option<Pure> {
        if name == "abspath" {
            // The folder that a program is started in is not known.
            return match asked.first() {
                Some(Value::Str(path)) if path.starts_with('/') => {
                    Some(Ok(Value::str(&normalized(path))))
                }
                _ => None,
            };
        }
        if name == "relpath" {
            return Some(self.relative(asked));
        }
        if !is_told(name)
            || asked.arguments.is_open()
            || asked.arguments.positional.iter().any(Value::is_gap)
        {
            return None;
        }
        Some(self.path_function(name, asked))
    }

    /// `os.fspath(value)` of text; bytes are not followed.
    fn path_text(&mut self, value: &Value) -> Pure<String> {
        match self.plain(value) {
            Value::Str(text) => Ok(text.to_string()),
            Value::Bytes(_) | Value::Gap(_) => Err(Fault::Unknown),
            Value::Object(_) if !self.is_operand(value) => Err(Fault::Unknown),
            _ if self
                .class_of(value)
                .is_some_and(|class| self.find_in_mro(class, "__fspath__").is_some()) =>
            {
                Err(Fault::Unknown)
            }
            Value::Class(class) => {
                if self.metaclass_of(class) == Some(self.known.type_) {
                    return type_error("expected str, bytes or os.PathLike object, not type");
                }
                Err(Fault::Unknown)
            }
            _ => {
                let of = self.type_name(value);
                type_error(format!(
                    "expected str, bytes or os.PathLike object, not {of}"
                ))
            }
        }
    }

    fn path_function(&mut self, name: &str, asked: &Asked<'_>) -> Pure {
        let arguments = &asked.arguments;
        let pair = |(one, other): (String, String)| {
            Value::tuple(vec![Value::str(&one), Value::str(&other)])
        };
        match name {
            "join" => {
                if arguments.positional.is_empty() || !arguments.keywords.is_empty() {
                    return Err(Fault::Unknown);
                }
                let mut path = String::new();
                for (index, part) in arguments.positional.iter().enumerate() {
                    let part = match self.path_text(part) {
                        Err(Fault::Raise("TypeError", _)) if index > 0 => {
                            let of = self.type_name(part);
                            return type_error(format!(
                                "join() argument must be str, bytes, or os.PathLike object, not '{of}'"
                            ));
                        }
                        other => other?,
                    };
                    self.pay_for(path.len() + part.len())?;
                    if index == 0 || part.starts_with('/') {
                        path = part;
                    } else {
                        if !path.is_empty() && !path.ends_with('/') {
                            path.push('/');
                        }
                        path.push_str(&part);
                    }
                }
                Ok(Value::str(&path))
            }
            "commonprefix" | "commonpath" => {
                let parameter = if name == "commonprefix" { "m" } else { "paths" };
                let [items] = arguments.places(0, [parameter], 1)?;
                let items = items.unwrap_or(Value::None);
                if name == "commonprefix" {
                    if let Value::Object(_) | Value::Str(_) | Value::Tuple(_) = items {
                        let all = self.all_items_of(&items)?;
                        if all.is_empty() {
                            return Ok(Value::str(""));
                        }
                        let mut texts = vec![];
                        for item in &all {
                            // It takes sequences of any kind.
                            match self.plain(item) {
                                Value::Str(text) => texts.push(text.to_string()),
                                _ => return Err(Fault::Unknown),
                            }
                        }
                        return Ok(Value::str(&common_prefix(&texts)));
                    }
                    return Err(Fault::Unknown);
                }
                let all = self.all_items_of(&items)?;
                if all.is_empty() {
                    return value_error(
                        if self.world.version >= crate::source::PythonVersion::three(13) {
                            "commonpath() iterable argument is empty"
                        } else {
                            "commonpath() arg is an empty sequence"
                        },
                    );
                }
                let mut texts = vec![];
                for item in &all {
                    texts.push(self.path_text(item)?);
                }
                common_path(&texts)
            }
            _ => {
                let parameter = match name {
                    "isabs" | "normcase" => "s",
                    "normpath" if self.world.version >= crate::source::PythonVersion::three(11) => {
                        "path"
                    }
                    _ => "p",
                };
                let names = if name == "normpath" {
                    "path"
                } else {
                    parameter
                };
                let [path] = arguments.places(0, [names], 1)?;
                let path = self.path_text(&path.unwrap_or(Value::None))?;
                self.pay_for(path.len())?;
                Ok(match name {
                    "dirname" => Value::str(&split(&path).0),
                    "basename" => Value::str(&split(&path).1),
                    "split" => pair(split(&path)),
                    "splitext" => pair(split_extension(&path)),
                    "splitdrive" => pair((String::new(), path)),
                    "isabs" => Value::Bool(path.starts_with('/')),
                    "normcase" => Value::str(&path),
                    "normpath" => Value::str(&normalized(&path)),
                    _ => return Err(Fault::Unknown),
                })
            }
        }
    }

    /// `relpath(path, start)` of two paths from the root.
    fn relative(&mut self, asked: &Asked<'_>) -> Pure {
        let [path, start] = asked.arguments.places(0, ["path", "start"], 1)?;
        let path = path.unwrap_or(Value::None);
        let path = self.path_text(&path)?;
        if path.is_empty() {
            return value_error("no path specified");
        }
        let Some(start) = start.filter(|it| !matches!(it, Value::None)) else {
            return Err(Fault::Unknown);
        };
        let start = self.path_text(&start)?;
        if path.starts_with('/') != start.starts_with('/') {
            return Err(Fault::Unknown);
        }
        let (path, start) = (normalized(&path), normalized(&start));
        if !path.starts_with('/') && (path.starts_with("..") || start.starts_with("..")) {
            return Err(Fault::Unknown);
        }
        let parts = |path: &str| -> Vec<String> {
            path.split('/')
                .filter(|it| !it.is_empty() && *it != ".")
                .map(str::to_owned)
                .collect()
        };
        let (path, start) = (parts(&path), parts(&start));
        let shared = path.iter().zip(&start).take_while(|(a, b)| a == b).count();
        let mut out: Vec<&str> = vec![".."; start.len() - shared];
        out.extend(path[shared..].iter().map(String::as_str));
        if out.is_empty() {
            return Ok(Value::str("."));
        }
        Ok(Value::str(&out.join("/")))
    }
}

/// `posixpath.split`
fn split(path: &str) -> (String, String) {
    let cut = path.rfind('/').map_or(0, |at| at + 1);
    let (head, tail) = path.split_at(cut);
    let bare = head.trim_end_matches('/');
    let head = if bare.is_empty() { head } else { bare };
    (head.to_owned(), tail.to_owned())
}

/// `genericpath._splitext`: dots in front of a name begin no extension.
fn split_extension(path: &str) -> (String, String) {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let Some(dot) = path.rfind('.').filter(|it| *it > name) else {
        return (path.to_owned(), String::new());
    };
    if path[name..dot].bytes().all(|it| it == b'.') {
        return (path.to_owned(), String::new());
    }
    (path[..dot].to_owned(), path[dot..].to_owned())
}

/// `posixpath.normpath`
fn normalized(path: &str) -> String {
    if path.is_empty() {
        return ".".into();
    }
    let slashes = if path.starts_with("//") && !path.starts_with("///") {
        "//"
    } else if path.starts_with('/') {
        "/"
    } else {
        ""
    };
    let mut parts: Vec<&str> = vec![];
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_none_or(|it| *it == "..") => {
                if slashes.is_empty() {
                    parts.push(part);
                }
            }
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let whole = format!("{slashes}{}", parts.join("/"));
    if whole.is_empty() { ".".into() } else { whole }
}

fn common_prefix(texts: &[String]) -> String {
    let Some(first) = texts.first() else {
        return String::new();
    };
    let mut length = first.len();
    for text in texts {
        let same = first
            .chars()
            .zip(text.chars())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum();
        length = length.min(same);
    }
    first[..length].to_owned()
}

/// `posixpath.commonpath`
fn common_path(texts: &[String]) -> Pure {
    let is_absolute = texts.first().is_some_and(|it| it.starts_with('/'));
    if texts.iter().any(|it| it.starts_with('/') != is_absolute) {
        return value_error("Can't mix absolute and relative paths");
    }
    let split = |path: &str| -> Vec<String> {
        path.split('/')
            .filter(|it| !it.is_empty() && *it != ".")
            .map(str::to_owned)
            .collect()
    };
    let all: Vec<Vec<String>> = texts.iter().map(|it| split(it)).collect();
    let (Some(least), Some(most)) = (all.iter().min(), all.iter().max()) else {
        return untold("ValueError");
    };
    let shared = least.iter().zip(most).take_while(|(a, b)| a == b).count();
    let prefix = if is_absolute { "/" } else { "" };
    Ok(Value::str(&format!(
        "{prefix}{}",
        least[..shared].join("/")
    )))
}
