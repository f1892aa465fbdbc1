//! A baseline: the faults that a repository has on the day it begins to be checked. `mroscope check --baseline FILE` says only what is new.
//!
//! A fault is known again by its file, its name and its words, not by its line, which any edit above it moves.
#![expect(
    clippy::disallowed_methods,
    reason = "a person's own file is read here, and written where that was asked for"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::app::mistake::Mistake;
use crate::cli::check::format::slashed;
use crate::cli::config::in_file;
use crate::error::{Error, Kind};
use crate::source::resolved;
use crate::view::Fault;

/// The version of its format.
const FORMAT: u32 = 1;

/// What the file begins with.
const HEAD: &str = "# Faults that `mroscope check --baseline` passes over. Written by `mroscope check --write-baseline`; a fault that is\n\
                    # mended may be taken out by hand.\n";

/// What the file holds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    #[serde(default)]
    fault: Vec<Row>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    path: String,
    name: String,
    message: String,
    /// How many there are with the same words.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: usize,
}

fn one() -> usize {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_one(count: &usize) -> bool {
    *count == 1
}

/// Path, name and words of a fault.
type Key = (String, String, String);

/// The faults that are known.
#[derive(Debug)]
pub(super) struct Baseline {
    folder: PathBuf,
    known: BTreeMap<Key, usize>,
}

impl Baseline {
    /// Reads a file.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let shown = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| {
            Error::new(Kind::Config, format!("`{shown}` cannot be read"))
                .hint("write it with `mroscope check --write-baseline FILE`")
                .caused_by(error)
        })?;
        let mistake = |error: &toml::de::Error| {
            let hint = "write it anew with `mroscope check --write-baseline FILE`".to_owned();
            let span = error.span().unwrap_or(0..0);
            let mistake = Mistake::at(&text, &span, error.message().to_owned(), Some(hint));
            in_file(&shown, &mistake)
        };
        let written: Written = toml::from_str(&text).map_err(|error| mistake(&error))?;
        if written.version != FORMAT {
            let message = format!(
                "`{shown}` has format {}, and this mroscope knows format {FORMAT}",
                written.version
            );
            return Err(Error::new(Kind::Config, message)
                .hint("use the version of mroscope that wrote it, or write it anew"));
        }
        let rows = written.fault.into_iter();
        Ok(Self {
            folder: folder_of(path),
            known: rows
                .map(|it| ((it.path, it.name, it.message), it.count))
                .collect(),
        })
    }

    /// Writes faults down.
    pub(super) fn write<'f>(
        path: &Path,
        faults: impl Iterator<Item = &'f Fault>,
    ) -> Result<(), Error> {
        let folder = folder_of(path);
        let mut known: BTreeMap<Key, usize> = BTreeMap::new();
        for fault in faults {
            *known.entry(key(fault, &folder)).or_default() += 1;
        }
        let rows = known.into_iter();
        let fault = rows.map(|((path, name, message), count)| Row {
            path,
            name,
            message,
            count,
        });
        let written = Written {
            version: FORMAT,
            fault: fault.collect(),
        };
        let cannot = |error: String| {
            let message = format!("`{}` cannot be written: {error}", path.display());
            Error::new(Kind::Config, message).hint("see to it that the folder may be written")
        };
        let text = toml::to_string(&written).map_err(|error| cannot(error.to_string()))?;
        fs::write(path, format!("{HEAD}{text}")).map_err(|error| cannot(error.to_string()))
    }

    /// Whether a fault is known; each of several alike counts once.
    pub(super) fn takes(&mut self, fault: &Fault) -> bool {
        match self.known.get_mut(&key(fault, &self.folder)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }

    /// How many of the known ones have not been met.
    pub(super) fn left(&self) -> usize {
        self.known.values().sum()
    }
}

/// Paths in the file are told from the folder where it lies.
fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => resolved(folder),
        _ => resolved(Path::new(".")),
    }
}

fn key(fault: &Fault, folder: &Path) -> Key {
    let path = resolved(&fault.path);
    let path = path.strip_prefix(folder).unwrap_or(&path);
    (slashed(path), fault.name.to_owned(), fault.message.clone())
}
