//! `Library`: the files a run reads, each read and parsed once, by the run itself or ahead of it by others.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use crate::source::{FileId, ReadError, SourceFile};
use crate::syntax::{ModuleSyntax, parse};

/// A file that is read and parsed when somebody first asks, whoever that is; who asks meanwhile waits.
#[derive(Debug)]
pub struct Sheet {
    path: PathBuf,
    shown: String,
    parsed: OnceLock<Result<(SourceFile, Arc<ModuleSyntax>), ReadError>>,
}

impl Sheet {
    fn new(path: &Path, shown: String) -> Self {
        Self {
            path: path.to_path_buf(),
            shown,
            parsed: OnceLock::new(),
        }
    }

    fn parsed(&self) -> Result<(&SourceFile, &Arc<ModuleSyntax>), &ReadError> {
        self.parsed
            .get_or_init(|| {
                let text = crate::source::read(&self.path)?.text;
                let file = SourceFile::new(self.path.clone(), self.shown.clone(), text);
                let syntax = Arc::new(parse(&file.text));
                Ok((file, syntax))
            })
            .as_ref()
            .map(|(file, syntax)| (file, syntax))
    }

    /// Its statements, where it can be read.
    pub fn syntax(&self) -> Option<&ModuleSyntax> {
        self.parsed().ok().map(|(_, syntax)| &**syntax)
    }
}

/// Sheets by path, shared by the run and those who read ahead of it.
#[derive(Debug, Default)]
pub struct Sheets(Mutex<FxHashMap<PathBuf, Arc<Sheet>>>);

impl Sheets {
    /// The sheet of a file, and whether nobody has asked for it before. `shown` is its path as people are shown it.
    pub fn sheet(&self, path: &Path, shown: impl FnOnce() -> String) -> (Arc<Sheet>, bool) {
        let mut sheets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sheet) = sheets.get(path) {
            return (sheet.clone(), false);
        }
        let sheet = Arc::new(Sheet::new(path, shown()));
        sheets.insert(path.to_path_buf(), sheet.clone());
        (sheet, true)
    }
}

/// The files that a run has opened, in that order.
#[derive(Debug)]
pub struct Library<'s> {
    sheets: &'s Sheets,
    opened: Vec<Arc<Sheet>>,
    by_path: FxHashMap<PathBuf, Option<FileId>>,
    unreadable: Vec<Arc<Sheet>>,
}

/// A file that could not be read.
#[derive(Debug)]
pub struct Failure {
    /// The path as people are shown it.
    pub shown: String,
    /// Why.
    pub error: ReadError,
}

impl<'s> Library<'s> {
    /// A library of these sheets, of which none is opened.
    pub fn new(sheets: &'s Sheets) -> Self {
        Self {
            sheets,
            opened: vec![],
            by_path: FxHashMap::default(),
            unreadable: vec![],
        }
    }

    /// The file at `path`, read now if it was not before; none if it cannot be read.
    pub fn open(&mut self, path: &Path, shown: impl FnOnce() -> String) -> Option<FileId> {
        if let Some(&known) = self.by_path.get(path) {
            return known;
        }
        let (sheet, _) = self.sheets.sheet(path, shown);
        let id = if sheet.parsed().is_ok() {
            self.opened.push(sheet);
            Some(FileId(self.opened.len() as u32 - 1))
        } else {
            self.unreadable.push(sheet);
            None
        };
        self.by_path.insert(path.to_path_buf(), id);
        id
    }

    /// The file with this id.
    ///
    /// # Panics
    ///
    /// For an id of another library.
    pub fn file(&self, id: FileId) -> &SourceFile {
        match self.opened[id.0 as usize].parsed() {
            Ok((file, _)) => file,
            Err(error) => unreachable!("only what can be read is opened: {error}"),
        }
    }

    /// The statements of a file.
    pub fn syntax(&self, id: FileId) -> Arc<ModuleSyntax> {
        match self.opened[id.0 as usize].parsed() {
            Ok((_, syntax)) => syntax.clone(),
            Err(_) => Arc::default(),
        }
    }

    /// How many files were opened.
    pub fn len(&self) -> usize {
        self.opened.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.opened.is_empty()
    }

    /// The sheets that were opened, in order of their ids, and those that could not be read.
    pub fn into_sheets(self) -> (Vec<Arc<Sheet>>, Vec<Arc<Sheet>>) {
        (self.opened, self.unreadable)
    }
}

/// Takes files out of their sheets, which nobody else may hold any more: the files, their statements, and what could not be read.
pub fn unfold(
    sheets: Sheets,
    opened: Vec<Arc<Sheet>>,
    unreadable: Vec<Arc<Sheet>>,
) -> (Vec<SourceFile>, Vec<Arc<ModuleSyntax>>, Vec<Failure>) {
    drop(sheets);
    let (mut files, mut syntax, mut failures) = (vec![], vec![], vec![]);
    for sheet in opened.into_iter().chain(unreadable).filter_map(Arc::into_inner) {
        match sheet.parsed.into_inner() {
            Some(Ok((file, statements))) => {
                files.push(file);
                syntax.push(statements);
            }
            Some(Err(error)) => failures.push(Failure {
                shown: sheet.shown,
                error,
            }),
            None => {}
        }
    }
    (files, syntax, failures)
}

/// The path of a module relative to its import root.
pub fn shown_path(dotted: &str, package: bool) -> String {
    let path = dotted.replace('.', "/");
    if package {
        format!("{path}/__init__.py")
    } else {
        format!("{path}.py")
    }
}
