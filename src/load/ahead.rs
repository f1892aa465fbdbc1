//! Files are read ahead of the run: the project's, what they import of the environment, and what that imports, as far as it reaches.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::Scope;
use rustc_hash::FxHashSet;

use crate::Name;
use crate::evaluate::{Sheet, Sheets, World};
use crate::source::Project;
use crate::syntax::{Block, ModuleSyntax, StmtKind};

use super::{Progress, STACK};

/// How many files pass between two words on the progress.
const A_WORD_EVERY: usize = 32;

struct Reader<'a> {
    sheets: &'a Sheets,
    world: &'a World,
    tell: &'a (dyn Fn(Progress) + Sync),
    /// Modules that were asked for.
    seen: Mutex<FxHashSet<Name>>,
    done: AtomicUsize,
    total: usize,
}

/// Reads and parses on all processors but one, on which the run goes on. Returns when nothing is left to be read.
pub(super) fn read(
    sheets: &Sheets,
    project: &Project,
    world: &World,
    tell: &(dyn Fn(Progress) + Sync),
) {
    let reader = Reader {
        sheets,
        world,
        tell,
        seen: Mutex::new(project.files.iter().map(|it| it.module.clone()).collect()),
        done: AtomicUsize::new(0),
        total: project.files.len(),
    };
    let others = std::thread::available_parallelism().map_or(1, |it| it.get().saturating_sub(1));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(others.max(1))
        .stack_size(STACK)
        .build();
    // Where no threads can be had, the run reads what it needs itself.
    if let Ok(pool) = pool {
        pool.in_place_scope(|scope| {
            for file in &project.files {
                let (sheet, _) = sheets.sheet(&file.path, || file.shown.clone());
                let (module, reader) = (&file.module, &reader);
                scope.spawn(move |scope| reader.read(&sheet, module, file.package, scope));
            }
        });
    }
    tell(Progress::Running);
}

impl<'a> Reader<'a> {
    fn read<'s>(&'s self, sheet: &Sheet, module: &str, package: bool, scope: &Scope<'s>) {
        let syntax = sheet.syntax();
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(A_WORD_EVERY) {
            (self.tell)(Progress::Reading {
                done,
                total: self.total.max(done),
            });
        }
        let Some(syntax) = syntax else { return };
        let mut wanted = vec![];
        imports(syntax, module, package, &mut wanted);
        wanted.retain(|dotted| self.may_be_installed(dotted));
        if wanted.is_empty() {
            return;
        }
        {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            wanted.retain(|dotted| seen.insert(dotted.clone()));
        }
        for dotted in wanted {
            let Some(located) = self.world.installed.find(&dotted) else {
                continue;
            };
            let Some(path) = located.source() else {
                continue;
            };
            if let Some(sheet) = self.sheet(path, &dotted, located.is_package()) {
                let package = located.is_package();
                scope.spawn(move |scope| self.read(&sheet, &dotted, package, scope));
            }
        }
    }

    /// Whether a name may lead to a file of the environment: neither to the interpreter nor, by the module it is a name of, to the
    /// project.
    fn may_be_installed(&self, dotted: &str) -> bool {
        let top = dotted.split('.').next().unwrap_or(dotted);
        self.world.facts.module(top).is_none()
            && !self.world.own.contains(dotted)
            && dotted
                .rsplit_once('.')
                .is_none_or(|(around, _)| !self.world.own.contains(around))
    }

    /// The sheet of a file that nobody has asked for yet.
    fn sheet(&self, path: &Path, dotted: &str, package: bool) -> Option<Arc<Sheet>> {
        let (sheet, is_new) = self
            .sheets
            .sheet(path, || crate::evaluate::shown_path(dotted, package));
        is_new.then_some(sheet)
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
                StmtKind::If(branches) => blocks.extend(branches.iter().map(|it| &*it.1)),
                StmtKind::Try(it) => {
                    blocks.extend([&*it.body, &*it.orelse, &*it.finally]);
                    blocks.extend(it.handlers.iter().map(|it| &*it.body));
                }
                StmtKind::With(_, body) => blocks.push(body),
                _ => {}
            }
        }
    }
}
