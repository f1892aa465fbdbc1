//! Files are read ahead of the run: the project's, what they import of the environment, and what that imports, as far as it reaches.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::Scope;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::evaluate::{Sheet, Sheets, World};
use crate::source::{Found, Project};
use crate::syntax::{Block, ModuleSyntax, StmtKind};

use super::{LoadError, Progress, STACK};

/// How many files pass between two words on the progress.
const A_WORD_EVERY: usize = 32;

struct Reader<'a> {
    sheets: &'a Sheets,
    world: &'a World,
    tell: &'a (dyn Fn(Progress) + Sync),
    /// The project's files.
    by_module: FxHashMap<&'a str, &'a Found>,
    by_path: FxHashMap<&'a Path, &'a Found>,
    /// Modules that were asked for.
    seen: Mutex<FxHashSet<Name>>,
    done: AtomicUsize,
    total: usize,
}

/// Runs something while files are read ahead of it on the other processors, and on its own while it waits for one.
///
/// Files are read in the order in which the imports of those before them ask for them: that of the run, more or less.
pub(super) fn with_reading<T: Send>(
    sheets: &Sheets,
    project: &Project,
    world: &World,
    tell: &(dyn Fn(Progress) + Sync),
    run: impl FnOnce() -> T + Send,
) -> Result<T, LoadError> {
    let reader = Reader {
        sheets,
        world,
        tell,
        by_module: project
            .files
            .iter()
            .map(|it| (it.module.as_str(), it))
            .collect(),
        by_path: project
            .files
            .iter()
            .map(|it| (it.path.as_path(), it))
            .collect(),
        seen: Mutex::default(),
        done: AtomicUsize::new(0),
        total: project.files.len(),
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .stack_size(STACK)
        .build()
        .map_err(|error| LoadError::Lost(error.to_string()))?;
    let mut result = None;
    let work = || {
        pool.in_place_scope(|scope| {
            scope.spawn(|_| result = Some(run()));
            for file in &project.files {
                let reader = &reader;
                scope.spawn(move |scope| {
                    reader.read(&file.path, &file.module, file.package, scope);
                });
            }
        });
    };
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    ended
        .ok()
        .and(result)
        .ok_or_else(|| LoadError::Lost(String::from("a panic, which is a bug in mroscope")))
}

impl Reader<'_> {
    fn read<'s>(&'s self, path: &Path, module: &str, package: bool, scope: &Scope<'s>) {
        let overtaken = self.sheets.overtaken();
        self.count(overtaken.len());
        for overtaken in overtaken {
            if let Some(file) = self.by_path.get(overtaken.as_path()) {
                let sheet = self.sheets.sheet(&file.path);
                self.read_imports(&sheet, &file.module, file.package, scope);
            }
        }
        let sheet = self.sheets.sheet(path);
        if !sheet.read_ahead() {
            return;
        }
        self.count(1);
        self.read_imports(&sheet, module, package, scope);
        if self.by_module.contains_key(module)
            && let Some((text, syntax)) = sheet.read()
        {
            syntax.cut_functions(text);
        }
    }

    fn count(&self, files: usize) {
        let before = self.done.fetch_add(files, Ordering::Relaxed);
        let done = before + files;
        if before < self.total && self.total <= done {
            (self.tell)(Progress::Running { done: 0 });
        } else if before / A_WORD_EVERY != done / A_WORD_EVERY && done < self.total {
            let total = self.total;
            (self.tell)(Progress::Reading { done, total });
        }
    }

    fn read_imports<'s>(&'s self, sheet: &Sheet, module: &str, package: bool, scope: &Scope<'s>) {
        let Some((_, syntax)) = sheet.read() else {
            return;
        };
        let mut wanted = vec![];
        imports(syntax, module, package, &mut wanted);
        wanted.retain(|dotted| self.may_have_a_file(dotted));
        {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            wanted.retain(|dotted| seen.insert(dotted.clone()));
        }
        // What is asked for first is wanted first, and a thread takes up first what it was given last.
        for dotted in wanted.into_iter().rev() {
            if let Some(file) = self.by_module.get(dotted.as_str()) {
                scope.spawn(move |scope| {
                    self.read(&file.path, &file.module, file.package, scope);
                });
            } else if let Some(located) = self.world.installed.find(&dotted)
                && let Some(path) = located.source()
            {
                let (path, package) = (path.to_path_buf(), located.is_package());
                scope.spawn(move |scope| self.read(&path, &dotted, package, scope));
            }
        }
    }

    /// Whether a name may lead to a file: not where the interpreter has it, nor where it is a name of one of the project's modules.
    fn may_have_a_file(&self, dotted: &str) -> bool {
        let top = dotted.split('.').next().unwrap_or(dotted);
        self.by_module.contains_key(dotted)
            || self.world.facts.module(top).is_none()
                && dotted
                    .rsplit_once('.')
                    .is_none_or(|(around, _)| !self.by_module.contains_key(around))
    }
}

/// The absolute names of what a module's own statements import, the packages around them included.
fn imports(syntax: &ModuleSyntax, module: &str, package: bool, wanted: &mut Vec<Name>) {
    let mut blocks: Vec<&Block> = vec![&syntax.body];
    let mut add = |dotted: &str| {
        for (at, _) in dotted.match_indices('.') {
            wanted.push(Name::from(&dotted[..at]));
        }
        wanted.push(Name::from(dotted));
    };
    while let Some(block) = blocks.pop() {
        for stmt in block {
            match &stmt.kind {
                StmtKind::Import(names) => names.iter().for_each(|it| add(&it.name)),
                StmtKind::ImportFrom(from) => {
                    let mut base = String::new();
                    if from.level > 0 {
                        let up = if package { from.level - 1 } else { from.level };
                        let mut around = module;
                        for _ in 0..up {
                            around = around.rsplit_once('.').map_or("", |it| it.0);
                        }
                        base.push_str(around);
                        if !from.module.is_empty() {
                            base.push('.');
                        }
                    }
                    base.push_str(&from.module);
                    add(&base);
                    for it in &from.names {
                        if it.name != "*" {
                            add(&format!("{base}.{}", it.name));
                        }
                    }
                }
                kind => kind.blocks(&mut |block| blocks.push(block)),
            }
        }
    }
}
