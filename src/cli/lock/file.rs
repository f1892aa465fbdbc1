//! `mroscope.lock`: a TOML file that people review. Pins stand sorted; what a person writes between them stays.
#![expect(
    clippy::disallowed_methods,
    reason = "a person's own file is read here, and written where that was asked for"
)]

use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::Name;
use crate::analysis::Pin;
use crate::app::mistake::{Mistake, suggest};
use crate::cli::config::in_file;
use crate::error::{Error, Kind};
use crate::semantics::ClassPath;
use crate::source::resolved;

/// Its name.
const NAME: &str = "mroscope.lock";

/// The version of its format.
const FORMAT: i64 = 1;

/// What a new one says.
const NEW: &str = "# What this project relies on. `mroscope lock` writes it, `mroscope check` holds the project to it.
version = 1
";

/// The tables of the file, in order.
const TABLES: [&str; 2] = ["providers", "mro"];

/// A pin, and where it stands.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Placed {
    pub(in crate::cli) pin: Pin,
    /// Line and column.
    pub(in crate::cli) at: (u32, u32),
    key: Range<usize>,
    value: Range<usize>,
}

/// The file.
#[derive(Debug)]
pub(in crate::cli) struct LockFile {
    /// Where it is, or is to be.
    pub(in crate::cli) path: PathBuf,
    text: String,
    /// Its pins, in the order of the file.
    pub(in crate::cli) pins: Vec<Placed>,
    /// The text as it is on the disk.
    saved: Option<String>,
}

impl LockFile {
    /// The nearest one above a path, up to the top of its repository.
    pub(in crate::cli) fn find(near: &Path) -> Result<Option<Self>, Error> {
        let near = resolved(near);
        for folder in near.ancestors() {
            let path = folder.join(NAME);
            match fs::read_to_string(&path) {
                Ok(text) => return Self::read(path, text).map(Some),
                Err(error) if is_absent(&error) => {}
                Err(error) => {
                    let message = format!("`{}` cannot be read", path.display());
                    return Err(Error::new(Kind::Config, message)
                        .hint("see to it that it is a file of text that may be read")
                        .caused_by(error));
                }
            }
            if folder.join(".git").exists() {
                break;
            }
        }
        Ok(None)
    }

    /// One that is not there yet: beside the project's own description, else at the top of its repository, else at the path.
    pub(in crate::cli) fn new_near(near: &Path) -> Self {
        let near = resolved(near);
        let start = if near.is_dir() {
            near.as_path()
        } else {
            near.parent().unwrap_or(&near)
        };
        let is_top = |folder: &&Path| {
            [
                "mroscope.toml",
                "pyproject.toml",
                "setup.py",
                "setup.cfg",
                ".git",
            ]
            .iter()
            .any(|name| folder.join(name).exists())
        };
        let folder = start.ancestors().find(is_top).unwrap_or(start);
        Self {
            path: folder.join(NAME),
            text: NEW.to_owned(),
            pins: vec![],
            saved: None,
        }
    }

    fn read(path: PathBuf, text: String) -> Result<Self, Error> {
        let shown = path.display().to_string();
        let pins = parsed(&text).map_err(|mistake| in_file(&shown, &mistake))?;
        Ok(Self {
            path,
            saved: Some(text.clone()),
            text,
            pins,
        })
    }

    /// The pin of the same thing.
    pub(in crate::cli) fn get(&self, pin: &Pin) -> Option<&Placed> {
        let of = (table_of(pin), pin.key());
        self.pins
            .iter()
            .find(|it| (table_of(&it.pin), it.pin.key()) == of)
    }

    /// Puts a pin in its place, or in the place of what was pinned there.
    pub(in crate::cli) fn set(&mut self, pin: &Pin) -> Result<(), Error> {
        if let Some(known) = self.get(pin) {
            if known.pin != *pin {
                let place = known.value.clone();
                self.text.replace_range(place, &value(pin));
            }
            return self.again();
        }
        let line = format!("{} = {}\n", quoted(&pin.key()), value(pin));
        let table = table_of(pin);
        let own = || self.pins.iter().filter(|it| table_of(&it.pin) == table);
        let before = own().rfind(|it| it.pin.key() < pin.key());
        let at = if let Some(before) = before {
            self.end_of_line(before.value.end)
        } else if let Some(header) = self.header(table) {
            header
        } else {
            // The tables stand in their order.
            let end = if table == TABLES[0] {
                self.start_of(TABLES[1])
            } else {
                None
            };
            let at = end.unwrap_or(self.text.len());
            let gap = if end.is_some() { "\n" } else { "" };
            let first = if self.text[..at].ends_with("\n\n") {
                ""
            } else {
                "\n"
            };
            self.text
                .insert_str(at, &format!("{first}[{table}]\n{line}{gap}"));
            return self.again();
        };
        let first = if self.text[..at].ends_with('\n') {
            ""
        } else {
            "\n"
        };
        self.text.insert_str(at, &format!("{first}{line}"));
        self.again()
    }

    /// Takes a pin away, with its line.
    pub(in crate::cli) fn remove(&mut self, pin: &Pin) -> Result<(), Error> {
        let Some(known) = self.get(pin) else {
            return Ok(());
        };
        let start = self.text[..known.key.start]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let end = self.end_of_line(known.value.end);
        self.text.replace_range(start..end, "");
        self.again()
    }

    /// Writes it, where there is something new.
    pub(in crate::cli) fn save(&mut self) -> Result<(), Error> {
        if self.saved.as_deref() == Some(self.text.as_str()) {
            return Ok(());
        }
        fs::write(&self.path, &self.text).map_err(|error| {
            let message = format!("`{}` cannot be written", self.path.display());
            Error::new(Kind::Config, message)
                .hint("see to it that the folder may be written")
                .caused_by(error)
        })?;
        self.saved = Some(self.text.clone());
        Ok(())
    }

    /// Reads what was just put together: what cannot be read again is never written.
    fn again(&mut self) -> Result<(), Error> {
        let shown = self.path.display().to_string();
        self.pins = parsed(&self.text).map_err(|mistake| in_file(&shown, &mistake))?;
        Ok(())
    }

    /// Where the line begins that follows a place.
    fn end_of_line(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.find('\n').map_or(self.text.len(), |end| at + end + 1)
    }

    /// Where the header of a table begins.
    fn start_of(&self, table: &str) -> Option<usize> {
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let bare = line.split('#').next().unwrap_or_default().trim();
            if bare
                .strip_prefix('[')
                .and_then(|it| it.strip_suffix(']'))
                .is_some_and(|it| it.trim() == table)
            {
                return Some(at);
            }
            at += line.len();
        }
        None
    }

    /// Where the line begins that follows the header of a table.
    fn header(&self, table: &str) -> Option<usize> {
        self.start_of(table).map(|at| self.end_of_line(at))
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn table_of(pin: &Pin) -> &'static str {
    match pin {
        Pin::Provider { .. } => TABLES[0],
        Pin::Mro { .. } => TABLES[1],
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// What is pinned, as TOML; of an MRO a class a line, so that a change of one is a change of one line.
fn value(pin: &Pin) -> String {
    match pin {
        Pin::Provider { from, .. } => quoted(&from.to_string()),
        Pin::Mro { mro, .. } => {
            let lines: Vec<String> = mro
                .iter()
                .map(|it| format!("    {},\n", quoted(&it.to_string())))
                .collect();
            format!("[\n{}]", lines.concat())
        }
    }
}

/// Reads the pins of a text.
fn parsed(text: &str) -> Result<Vec<Placed>, Mistake> {
    let table = DeTable::parse(text).map_err(|error| {
        let mut mistake = Mistake::not_toml(text, &error);
        mistake.hint = Some(
            "names stand in quotes: `\"pkg.mod:Class.attribute\" = \"pkg.mod:Provider\"`"
                .to_owned(),
        );
        mistake
    })?;
    let table = table.get_ref();
    let mistake = |span: Range<usize>, message: String, hint: &str| {
        Mistake::at(text, &span, message, Some(hint.to_owned()))
    };
    // Of a newer format nothing else is looked at.
    if let Some(version) = table.get("version") {
        let number = match version.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        match number {
            Some(FORMAT) => {}
            Some(newer) if newer > FORMAT => {
                return Err(mistake(
                    version.span(),
                    format!("the file has format {newer}, and this mroscope knows format {FORMAT}"),
                    "use the version of mroscope that wrote it, or a newer one",
                ));
            }
            _ => {
                return Err(mistake(
                    version.span(),
                    "`version` is no format there ever was".to_owned(),
                    "write `version = 1`",
                ));
            }
        }
    }
    let mut pins = vec![];
    for (key, found) in table {
        let name: &str = key.get_ref();
        if name == "version" {
            continue;
        }
        if !TABLES.contains(&name) {
            return Err(Mistake::at(
                text,
                &key.span(),
                format!("`{name}` is nothing that can be pinned"),
                Some(suggest(name, TABLES.into_iter())),
            ));
        }
        let DeValue::Table(entries) = found.get_ref() else {
            return Err(mistake(
                found.span(),
                format!("`{name}` has to be a table"),
                "write `[providers]` or `[mro]`, and the pins below it",
            ));
        };
        for (key, value) in entries {
            let pin = if name == TABLES[0] {
                provider(text, key, value)?
            } else {
                mro(text, key, value)?
            };
            let at = Mistake::at(text, &key.span(), String::new(), None);
            pins.push(Placed {
                pin,
                at: (at.line as u32, at.column as u32),
                key: key.span(),
                value: value.span(),
            });
        }
    }
    pins.sort_by_key(|it| it.key.start);
    Ok(pins)
}

/// A class, as it is written.
fn class(text: &str, written: &str, span: Range<usize>) -> Result<ClassPath, Mistake> {
    written.parse().map_err(|()| {
        Mistake::at(
            text,
            &span,
            format!("`{written}` names no class"),
            Some("write module, colon and class: `shop.models:Order`".to_owned()),
        )
    })
}

fn provider(
    text: &str,
    key: &Spanned<toml::de::DeString<'_>>,
    value: &Spanned<DeValue<'_>>,
) -> Result<Pin, Mistake> {
    let written: &str = key.get_ref();
    let divided = written
        .rsplit_once('.')
        .filter(|(of, name)| of.contains(':') && !name.is_empty() && !name.contains(':'));
    let Some((of, name)) = divided else {
        return Err(Mistake::at(
            text,
            &key.span(),
            format!("`{written}` is no attribute of a class"),
            Some(
                "write module, colon, class, dot and attribute: `shop.models:Order.save`"
                    .to_owned(),
            ),
        ));
    };
    let DeValue::String(from) = value.get_ref() else {
        return Err(Mistake::at(
            text,
            &value.span(),
            format!("`{written}` has to be pinned to a class"),
            Some("write the class in quotes: `\"shop.audit:AuditMixin\"`".to_owned()),
        ));
    };
    Ok(Pin::Provider {
        class: class(text, of, key.span())?,
        name: Name::from(name),
        from: class(text, from, value.span())?,
    })
}

fn mro(
    text: &str,
    key: &Spanned<toml::de::DeString<'_>>,
    value: &Spanned<DeValue<'_>>,
) -> Result<Pin, Mistake> {
    let written: &str = key.get_ref();
    let wrong = || {
        Mistake::at(
            text,
            &value.span(),
            format!("`{written}` has to be pinned to a list of classes"),
            Some("write `[\"shop.models:Order\", \"builtins:object\"]`".to_owned()),
        )
    };
    let DeValue::Array(items) = value.get_ref() else {
        return Err(wrong());
    };
    let mut classes = vec![];
    for item in items {
        let DeValue::String(name) = item.get_ref() else {
            return Err(wrong());
        };
        classes.push(class(text, name, item.span())?);
    }
    Ok(Pin::Mro {
        class: class(text, written, key.span())?,
        mro: classes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> LockFile {
        LockFile::read(PathBuf::from("mroscope.lock"), text.to_owned()).expect("it is well written")
    }

    fn save(class: &str, from: &str) -> Pin {
        Pin::Provider {
            class: class.parse().expect("it is a path"),
            name: Name::const_new("save"),
            from: from.parse().expect("it is a path"),
        }
    }

    #[test]
    fn pins_stand_sorted_and_what_people_write_stays() {
        let mut file =
            file("# ours\nversion = 1\n\n[providers]\n# audits\n\"a:B.save\" = \"a:A\" # why\n");
        for (class, from) in [
            ("a:C", "a:X"),
            ("a:A", "a:A"),
            ("a:B", "a:Y"),
            ("a:BB", "a:Z"),
        ] {
            file.set(&save(class, from)).expect("it fits in");
        }
        let mro = Pin::Mro {
            class: ClassPath::new("a", "B"),
            mro: vec![
                ClassPath::new("a", "B"),
                ClassPath::new("builtins", "object"),
            ],
        };
        file.set(&mro).expect("it fits in");
        file.remove(&save("a:BB", "a:Z")).expect("it is there");
        assert_eq!(
            file.text,
            "# ours\nversion = 1\n\n[providers]\n\"a:A.save\" = \"a:A\"\n# audits\n\"a:B.save\" = \"a:Y\" # why\n\"a:C.save\" = \"a:X\"\n\n\
             [mro]\n\"a:B\" = [\n    \"a:B\",\n    \"builtins:object\",\n]\n"
        );
    }

    #[test]
    fn the_first_provider_comes_before_the_mros() {
        let mut file = file("version = 1\n\n[mro]\n\"a:B\" = [\"a:B\"]\n");
        file.set(&save("a:B", "a:A")).expect("it fits in");
        assert_eq!(
            file.text,
            "version = 1\n\n[providers]\n\"a:B.save\" = \"a:A\"\n\n[mro]\n\"a:B\" = [\"a:B\"]\n"
        );
    }
}
