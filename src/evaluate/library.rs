//! `Library`: the files a run reads, each read and parsed once, in parallel ahead of the run where possible.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::source::{FileId, ReadError, SourceFile};
use crate::syntax::{ModuleSyntax, parse};

/// Files that were read, and their statements.
#[derive(Debug, Default)]
pub struct Library {
    files: Vec<SourceFile>,
    syntax: Vec<Arc<ModuleSyntax>>,
    by_path: FxHashMap<PathBuf, Option<FileId>>,
    failures: Vec<Failure>,
}

/// A file that could not be read.
#[derive(Debug)]
pub struct Failure {
    /// The path as people are shown it.
    pub shown: String,
    /// Why.
    pub error: ReadError,
}

/// A file that was read and parsed apart from the library, so that many can be at once.
#[derive(Debug)]
pub struct Parsed {
    path: PathBuf,
    shown: String,
    result: Result<(SourceFile, ModuleSyntax), ReadError>,
}

impl Parsed {
    /// Reads and parses a file. `shown` is its path as people are shown it.
    pub fn read(path: &Path, shown: &str) -> Self {
        let result = crate::source::read(path).map(|text| {
            let file = SourceFile::new(path.to_path_buf(), shown.to_owned(), text.text);
            let syntax = parse(&file.text);
            (file, syntax)
        });
        Self {
            path: path.to_path_buf(),
            shown: shown.to_owned(),
            result,
        }
    }

    /// Its statements, where it could be read.
    pub fn syntax(&self) -> Option<&ModuleSyntax> {
        self.result.as_ref().ok().map(|(_, syntax)| syntax)
    }
}

impl Library {
    /// Adds a file that was parsed apart.
    pub fn add(&mut self, parsed: Parsed) -> Option<FileId> {
        match parsed.result {
            Ok((file, syntax)) => {
                let id = FileId(self.files.len() as u32);
                self.files.push(file);
                self.syntax.push(Arc::new(syntax));
                self.by_path.insert(parsed.path, Some(id));
                Some(id)
            }
            Err(error) => {
                self.failures.push(Failure {
                    shown: parsed.shown,
                    error,
                });
                self.by_path.insert(parsed.path, None);
                None
            }
        }
    }

    /// The file at `path`, read now if it was not before; none if it cannot be read.
    pub fn open(&mut self, path: &Path, shown: impl FnOnce() -> String) -> Option<FileId> {
        if let Some(&known) = self.by_path.get(path) {
            return known;
        }
        self.add(Parsed::read(path, &shown()))
    }

    /// Whether the file was read or tried before.
    pub fn has(&self, path: &Path) -> bool {
        self.by_path.contains_key(path)
    }

    /// The file with this id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The statements of a file.
    pub fn syntax(&self, id: FileId) -> Arc<ModuleSyntax> {
        self.syntax[id.0 as usize].clone()
    }

    /// How many files were read.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Gives up the files, and what could not be read.
    pub fn into_parts(self) -> (Vec<SourceFile>, Vec<Arc<ModuleSyntax>>, Vec<Failure>) {
        (self.files, self.syntax, self.failures)
    }
}
