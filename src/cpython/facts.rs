//! What is known without source: one version's table and, beside it, what a snapshot says of an environment's compiled modules.

use std::sync::Arc;

use super::embedded;
use super::form::{ClassHead, DocsForm, FORMAT, IS_HEAP, IS_NATIVE};
use super::module::ModuleFacts;
use super::read::class_of;
use super::snapshot::Snapshot;
use super::table::Table;
use crate::Name;
use crate::semantics::{Assumption, ClassId, Classes, LazyMembers, Members, Standing};
use crate::source::PythonVersion;

/// What one CPython said of itself, and perhaps of the compiled modules of an environment.
pub struct Facts {
    table: Arc<Table>,
    snapshot: Option<Arc<Snapshot>>,
}

impl std::fmt::Debug for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Facts")
            .field("version", &self.full_version())
            .field("platform", &self.platform())
            .field("classes", &self.class_count())
            .field("modules", &self.table.heads.modules.len())
            .finish_non_exhaustive()
    }
}

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FactsError {
    /// Written by another version of this program.
    #[error("the table has format {0}, this program reads format {FORMAT}")]
    OtherFormat(u32),
    /// Not a table, or damaged.
    #[error("not a table of facts, or damaged: {0}")]
    Damaged(&'static str),
}

impl Facts {
    /// The versions whose tables are part of the program, oldest first.
    pub fn versions() -> &'static [PythonVersion] {
        embedded::versions()
    }

    /// The newest of [`Self::versions`] whose table lacks nothing: what to go by where nothing names a version.
    ///
    /// The table of 3.14 was asked of CPython in WebAssembly, which has no `tkinter`, `curses`, `os.fork` and their like.
    pub fn newest() -> PythonVersion {
        embedded::NEWEST_WHOLE
    }

    /// The table of a version, if one is part of the program. Decoded once; later calls give the same.
    pub fn of(version: PythonVersion) -> Option<Arc<Self>> {
        embedded::of(version)
    }

    /// Reads a table from what [`pack`](super::pack()) made.
    pub fn decode(bytes: &[u8]) -> Result<Self, FactsError> {
        Ok(Self {
            table: Arc::new(Table::decode(bytes)?),
            snapshot: None,
        })
    }

    /// The same with what a snapshot says beside it. The classes of the snapshot come after those of the table.
    #[must_use]
    pub fn with(&self, snapshot: &Arc<Snapshot>) -> Self {
        Self {
            table: Arc::clone(&self.table),
            snapshot: Some(Arc::clone(snapshot)),
        }
    }

    /// The snapshot that stands beside the table.
    pub fn snapshot(&self) -> Option<&Snapshot> {
        self.snapshot.as_deref()
    }

    /// The minor version it describes.
    pub fn version(&self) -> PythonVersion {
        self.table.version
    }

    /// The version of the interpreter that was asked, with its patch number: `3.13.0`.
    pub fn full_version(&self) -> &str {
        &self.table.heads.full_version
    }

    /// `sys.platform` of the interpreter that was asked: `linux`, `emscripten`.
    pub fn platform(&self) -> &str {
        &self.table.heads.platform
    }

    /// How many classes it has; their ids are `0..class_count`.
    pub fn class_count(&self) -> usize {
        let beside = self.snapshot.as_ref().map_or(0, |it| it.own().len());
        self.table.class_count() + beside
    }

    /// All of its classes, to which others can be added. Their members are read from the table when somebody asks.
    pub fn classes(self: &Arc<Self>) -> Classes {
        let table = &self.table;
        let mut classes: Vec<_> = table
            .heads
            .classes
            .iter()
            .map(|head| class_of(head, &|id| table.id(id)))
            .collect();
        if let Some(snapshot) = &self.snapshot {
            let assumption = Assumption {
                what: snapshot.assumption(),
                at: None,
            };
            let theirs = snapshot.table();
            classes.extend(
                snapshot
                    .own()
                    .iter()
                    .filter_map(|&at| theirs.head(at))
                    .map(|head| {
                        let mut class = class_of(head, &|id| theirs.id(id));
                        class.standing = Standing::Assumed(vec![assumption.clone()]);
                        class
                    }),
            );
        }
        Classes::new(classes, Arc::<Self>::clone(self))
    }

    /// The class with this `__module__` and `__qualname__`: `("collections.abc", "Mapping")`.
    ///
    /// Where two classes call themselves the same, the one that can be imported under that name has it, and the other
    /// is named by where it can be found (`_pydecimal`, `Decimal`), or else by a number (`tokenize`, `TokenInfo#2`).
    pub fn class(&self, module: &str, qualname: &str) -> Option<ClassId> {
        self.tables().find_map(|table| {
            let at = table.class(module, qualname)?;
            table.id(at)
        })
    }

    /// The module with this name, also under another name of its: `os.path`.
    pub fn module(&self, name: &str) -> Option<ModuleFacts<'_>> {
        if let Some(index) = self.table.module(name) {
            return Some(ModuleFacts::new(&self.table, index));
        }
        let snapshot = self.snapshot.as_ref().filter(|it| it.has(name))?;
        let index = snapshot.table().module(name)?;
        Some(ModuleFacts::new(snapshot.table(), index))
    }

    /// Every module of the interpreter, in order of name.
    pub fn modules(&self) -> impl Iterator<Item = ModuleFacts<'_>> {
        let modules = self.table.module_list();
        modules.map(|(index, _)| ModuleFacts::new(&self.table, index))
    }

    pub(super) fn table(&self) -> &Table {
        &self.table
    }

    fn tables(&self) -> impl Iterator<Item = &Table> {
        let beside = self.snapshot.as_ref().map(|it| it.table());
        std::iter::once(&*self.table).chain(beside)
    }

    /// The table that has a class, and its position there.
    fn place(&self, class: ClassId) -> (&Table, u32) {
        let own = class.0 as usize;
        if own >= self.table.class_count()
            && let Some(snapshot) = &self.snapshot
            && let Some(&at) = snapshot.own().get(own - self.table.class_count())
        {
            return (snapshot.table(), at);
        }
        (&self.table, class.0)
    }

    /// Why a module of the standard library is not in the table: what its import, or its package's, raised when the
    /// table was made. None for modules that are in the table, and for what is no module of the standard library.
    pub fn why_absent(&self, module: &str) -> Option<&str> {
        let failed = &self.table.heads.failed;
        let mut name = module;
        loop {
            if let Ok(at) = failed.binary_search_by(|(other, _)| other.as_str().cmp(name)) {
                return Some(&failed[at].1);
            }
            name = name.rsplit_once('.')?.0;
        }
    }

    /// Whether a class is made by C code rather than by a class statement or a call.
    pub fn is_native(&self, class: ClassId) -> bool {
        self.flags(class) & IS_NATIVE != 0
    }

    /// Whether a class is a heap type; the others are static, and their attributes cannot be set.
    pub fn is_heap_type(&self, class: ClassId) -> bool {
        self.flags(class) & IS_HEAP != 0
    }

    /// `__abstractmethods__`, sorted; empty for a class that has none.
    pub fn abstract_methods(&self, class: ClassId) -> &[Name] {
        self.head(class).map_or(&[], |head| &head.abstract_methods)
    }

    /// The first line of a class's docstring.
    pub fn doc(&self, class: ClassId) -> Option<String> {
        self.docs(class).own
    }

    /// The first line of the docstring of a member, which the class itself has to have.
    pub fn member_doc(&self, class: ClassId, name: &str) -> Option<String> {
        let mut members = self.member_docs(class).into_iter();
        members
            .find(|(member, _)| member == name)
            .map(|(_, line)| line)
    }

    /// The first lines of the docstrings of all members of a class that have one, by name.
    pub fn member_docs(&self, class: ClassId) -> Vec<(Name, String)> {
        self.docs(class).members
    }

    fn head(&self, class: ClassId) -> Option<&ClassHead> {
        let (table, at) = self.place(class);
        table.head(at)
    }

    fn flags(&self, class: ClassId) -> u8 {
        self.head(class).map_or(0, |head| head.flags)
    }

    fn docs(&self, class: ClassId) -> DocsForm {
        let (table, at) = self.place(class);
        table.docs(at)
    }
}

impl LazyMembers for Facts {
    fn members(&self, class: ClassId) -> Members {
        let (table, at) = self.place(class);
        table.members(at)
    }

    fn is_native(&self, class: ClassId) -> bool {
        Self::is_native(self, class)
    }
}
