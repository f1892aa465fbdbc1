//! `Library`: the files a run reads, each read and parsed once, by the run itself or ahead of it by others.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use crate::source::{FileId, Lines, PythonVersion, ReadError, Settled, SourceFile, Trouble};
use crate::syntax::{ModuleSyntax, SyntaxError, parse};

/// What was found in a file.
#[derive(Debug, Clone)]
struct Parsed {
    text: Arc<str>,
    syntax: Arc<ModuleSyntax>,
    lines: Arc<Lines>,
    /// What the file was like before it was read; none where it may have been written to unseen since.
    stamp: Option<Settled>,
}

/// A file that is read and parsed by whoever asks first.
#[derive(Debug)]
pub struct Sheet {
    path: PathBuf,
    version: PythonVersion,
    /// What an earlier run found in the file: it is parsed anew only where its text is another.
    earlier: Option<Parsed>,
    is_taken: AtomicBool,
    parsed: OnceLock<Result<Parsed, ReadError>>,
}

impl Sheet {
    fn new(path: &Path, version: PythonVersion, earlier: Option<Parsed>) -> Self {
        Self {
            path: path.to_path_buf(),
            version,
            earlier,
            is_taken: AtomicBool::new(false),
            parsed: OnceLock::new(),
        }
    }

    /// Reads and parses the file unless somebody else does or did, and returns whether it was this call that did.
    pub fn read_ahead(&self) -> bool {
        let is_first = !self.is_taken.swap(true, Ordering::AcqRel);
        if is_first {
            self.parse();
        }
        is_first
    }

    /// Its text and its statements, once it was read.
    pub fn read(&self) -> Option<(&str, &ModuleSyntax)> {
        match self.parsed.get() {
            Some(Ok(it)) => Some((&it.text, &it.syntax)),
            _ => None,
        }
    }

    /// Its text and its statements, read now if nobody has read them; none where it cannot be read.
    pub fn text_and_syntax(&self) -> Option<(&Arc<str>, &Arc<ModuleSyntax>)> {
        self.is_taken.store(true, Ordering::Release);
        let parsed = self.parse().as_ref().ok()?;
        Some((&parsed.text, &parsed.syntax))
    }

    /// What is in the file, and whether it was this call that read it. Where somebody else is about to, this thread reads another
    /// meanwhile.
    fn parsed(&self) -> (Result<&Parsed, &ReadError>, bool) {
        let is_taken = self.is_taken.swap(true, Ordering::AcqRel);
        while is_taken
            && self.parsed.get().is_none()
            && rayon::yield_now() == Some(rayon::Yield::Executed)
        {}
        (self.parse().as_ref(), !is_taken)
    }

    /// A sheet whose text is not that of the file.
    fn written(path: &Path, text: &str, version: PythonVersion) -> Self {
        let sheet = Self::new(path, version, None);
        sheet.is_taken.store(true, Ordering::Release);
        sheet
            .parsed
            .get_or_init(|| Ok(Parsed::of(text.into(), None, version)));
        sheet
    }

    fn parse(&self) -> &Result<Parsed, ReadError> {
        self.parsed.get_or_init(|| {
            let stamp = Settled::of(&self.path);
            if let Some(earlier) = &self.earlier
                && stamp.is_some()
                && earlier.stamp == stamp
            {
                return Ok(earlier.clone());
            }
            let text = crate::source::read(&self.path)?.text;
            if let Some(earlier) = &self.earlier
                && *earlier.text == *text
            {
                return Ok(Parsed {
                    stamp,
                    ..earlier.clone()
                });
            }
            Ok(Parsed::of(text.into(), stamp, self.version))
        })
    }
}

impl Parsed {
    fn of(text: Arc<str>, stamp: Option<Settled>, version: PythonVersion) -> Self {
        Self {
            syntax: Arc::new(parse(&text, version)),
            lines: Arc::default(),
            text,
            stamp,
        }
    }
}

/// Sheets by path, shared by the run and those who read ahead of it.
#[derive(Debug)]
pub struct Sheets {
    /// Whose compiler the files are for.
    version: PythonVersion,
    by_path: Mutex<FxHashMap<PathBuf, Arc<Sheet>>>,
    /// What an earlier run found in files.
    earlier: FxHashMap<PathBuf, Parsed>,
    /// Files that the run has read itself: those who read ahead go on from there.
    overtaken: Mutex<Vec<PathBuf>>,
    /// Where files stand that have no sheet here.
    beneath: Option<Arc<Sheets>>,
}

impl Sheets {
    /// No files yet; those to come are for this version of CPython.
    pub fn new(version: PythonVersion) -> Self {
        Self {
            version,
            by_path: Mutex::default(),
            earlier: FxHashMap::default(),
            overtaken: Mutex::default(),
            beneath: None,
        }
    }

    /// No files yet, as after [`Sheets::new`]; but those whose text is what an earlier run has read are not parsed again.
    pub fn after(earlier: &Self) -> Self {
        let sheets = earlier
            .by_path
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let parsed = sheets.iter().filter_map(|(path, sheet)| {
            let parsed = sheet.parsed.get()?.as_ref().ok()?;
            Some((path.clone(), parsed.clone()))
        });
        Self {
            earlier: parsed.collect(),
            ..Self::new(earlier.version)
        }
    }

    /// Whose compiler the files are for.
    pub fn version(&self) -> PythonVersion {
        self.version
    }

    /// The same files, but with these texts in place of what some of them hold.
    pub fn over(beneath: &Arc<Self>, texts: Vec<(PathBuf, Arc<str>)>) -> Self {
        let version = beneath.version;
        let written = texts.into_iter().map(|(path, text)| {
            let sheet = Arc::new(Sheet::written(&path, &text, version));
            (path, sheet)
        });
        Self {
            version,
            by_path: Mutex::new(written.collect()),
            beneath: Some(beneath.clone()),
            ..Self::new(version)
        }
    }

    /// The sheet of a file.
    pub fn sheet(&self, path: &Path) -> Arc<Sheet> {
        let mut sheets = self.by_path.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sheet) = sheets.get(path) {
            return sheet.clone();
        }
        if let Some(beneath) = &self.beneath {
            return beneath.sheet(path);
        }
        let earlier = self.earlier.get(path).cloned();
        let sheet = Arc::new(Sheet::new(path, self.version, earlier));
        sheets.insert(path.to_path_buf(), sheet.clone());
        sheet
    }

    /// The statements of a file, which need not be one that the run opens.
    pub(super) fn parsed(&self, path: &Path) -> Option<Arc<ModuleSyntax>> {
        let sheet = self.sheet(path);
        sheet.text_and_syntax().map(|(_, syntax)| syntax.clone())
    }

    /// The files that the run has read itself since this was last asked.
    pub fn overtaken(&self) -> Vec<PathBuf> {
        let mut paths = self
            .overtaken
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut paths)
    }
}

/// Who is told how many files were opened, and says whether the run is to go on.
pub type Tell<'s> = &'s (dyn Fn(usize) -> ControlFlow<()> + Sync);

/// The files that a run has opened, in that order.
pub struct Library<'s> {
    sheets: &'s Sheets,
    /// Is told how many files were opened, and says whether to go on.
    tell: Tell<'s>,
    is_stopped: bool,
    is_paused: bool,
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
    /// Where it is.
    pub path: PathBuf,
    /// Why.
    pub error: ReadError,
}

impl<'s> Library<'s> {
    /// A library of these sheets, of which none is opened.
    pub fn new(sheets: &'s Sheets) -> Self {
        Self::telling(sheets, &|_| ControlFlow::Continue(()))
    }

    /// The same; `tell` is told how many files were opened, each time there is one more. Where it breaks off, no file is opened any more, and what
    /// comes of the run means nothing.
    pub fn telling(sheets: &'s Sheets, tell: Tell<'s>) -> Self {
        Self {
            sheets,
            tell,
            is_stopped: false,
            is_paused: false,
            files: vec![],
            syntax: vec![],
            by_path: FxHashMap::default(),
            failures: vec![],
        }
    }

    /// Where its files come from.
    pub(super) fn sheets(&self) -> &'s Sheets {
        self.sheets
    }

    /// The file at `path`, read now if it was not before; none if it cannot be read. `shown` is its path as people are shown it.
    pub fn open(&mut self, path: &Path, shown: impl FnOnce() -> String) -> Option<FileId> {
        if let Some(&known) = self.by_path.get(path) {
            return known;
        }
        if self.is_stopped || self.is_paused {
            return None;
        }
        let sheet = self.sheets.sheet(path);
        let (parsed, was_first) = sheet.parsed();
        if was_first && let Ok(mut paths) = self.sheets.overtaken.lock() {
            paths.push(path.to_path_buf());
        }
        let id = match parsed {
            Ok(found) => {
                let (text, lines) = (found.text.clone(), found.lines.clone());
                let file = SourceFile::of(path.to_path_buf(), shown(), text, lines);
                self.files.push(file);
                self.syntax.push(found.syntax.clone());
                self.is_stopped = (self.tell)(self.files.len()).is_break();
                Some(FileId::at(self.files.len() - 1))
            }
            Err(error) => {
                self.failures.push(Failure {
                    shown: shown(),
                    path: path.to_path_buf(),
                    error: error.clone(),
                });
                None
            }
        };
        self.by_path.insert(path.to_path_buf(), id);
        id
    }

    /// The code that stands in a file which is no Python file as a whole: a `.pth` file.
    pub fn open_text(&mut self, path: &Path, code: &str) -> Option<FileId> {
        let sheet = Arc::new(Sheet::written(path, code, self.sheets.version));
        if let Ok(mut sheets) = self.sheets.by_path.lock() {
            sheets.insert(path.to_path_buf(), sheet);
        }
        let shown = path.file_name().unwrap_or_default().to_string_lossy();
        self.open(path, || shown.into_owned())
    }

    /// Opens no file until the next run begins.
    pub(super) fn pause(&mut self) {
        self.is_paused = true;
    }

    /// Opens files again.
    pub(crate) fn go_on(&mut self) {
        self.is_paused = false;
    }

    /// Whether the run is not wanted any more.
    pub fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// The file with this id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.index()]
    }

    /// Whether a file was read in vain since its bytes are not in the encoding that it says.
    pub fn is_undecodable(&self, path: &Path) -> bool {
        let sheet = self.sheets.sheet(path);
        let parsed = sheet.parsed.get();
        matches!(parsed, Some(Err(error)) if error.kind == Trouble::Undecodable)
    }

    /// Why a file does not compile, where it does not.
    pub fn refusal(&self, id: FileId) -> Option<&SyntaxError> {
        self.syntax[id.index()].errors.first()
    }

    /// The statements of a file.
    pub fn syntax(&self, id: FileId) -> Arc<ModuleSyntax> {
        self.syntax[id.index()].clone()
    }

    /// Gives back the bodies of functions: they are read again where somebody asks again.
    pub(crate) fn give_back_bodies(&self) {
        for syntax in &self.syntax {
            syntax.give_back_bodies();
        }
    }

    /// How many files were opened.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The files in order of their ids.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The statements of the files, in the same order.
    pub fn syntaxes(&self) -> &[Arc<ModuleSyntax>] {
        &self.syntax
    }

    /// What could not be read.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }
}

/// The path of a module relative to its import root.
pub(super) fn shown_path(dotted: &str, package: bool) -> String {
    let path = dotted.replace('.', "/");
    if package {
        format!("{path}/__init__.py")
    } else {
        format!("{path}.py")
    }
}
