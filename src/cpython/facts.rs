//! One version's table: its classes as the rest of the program knows classes, and its modules.

use std::sync::{Arc, OnceLock};

use super::block::{Block, record, unpack};
use super::embedded;
use super::form::{
    ClassHead, DocsForm, Envelope, FORMAT, Heads, IS_HEAP, IS_NATIVE, MemberForm, ModuleForm, Part,
};
use super::module::{ModuleFacts, ModuleNames};
use super::read::{class_of, member_of};
use crate::Name;
use crate::semantics::{ClassId, Classes, LazyMembers, Members};
use crate::source::PythonVersion;

/// What one CPython said of itself.
pub struct Facts {
    version: PythonVersion,
    heads: Heads,
    names: Block,
    modules: Vec<OnceLock<ModuleNames>>,
    members: Vec<Block>,
    docs: Vec<Block>,
}

impl std::fmt::Debug for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Facts")
            .field("version", &self.heads.full_version)
            .field("platform", &self.heads.platform)
            .field("classes", &self.heads.classes.len())
            .field("modules", &self.heads.modules.len())
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
        let damaged = |_| FactsError::Damaged("its records do not fit");
        let (format, _) = postcard::take_from_bytes::<u32>(bytes).map_err(damaged)?;
        if format != FORMAT {
            return Err(FactsError::OtherFormat(format));
        }
        let envelope: Envelope<'_> = postcard::from_bytes(bytes).map_err(damaged)?;
        let heads = unpack(envelope.heads.length, envelope.heads.packed)
            .ok_or(FactsError::Damaged("its heads do not unpack"))?;
        let heads: Heads = postcard::from_bytes(&heads).map_err(damaged)?;
        check(&heads)?;
        let version = heads
            .full_version
            .parse()
            .map_err(|()| FactsError::Damaged("it is of no version"))?;
        let blocks = |parts: &[Part<'_>]| parts.iter().copied().map(Block::new).collect();
        Ok(Self {
            version,
            names: Block::new(envelope.names),
            modules: heads.modules.iter().map(|_| OnceLock::new()).collect(),
            members: blocks(&envelope.members),
            docs: blocks(&envelope.docs),
            heads,
        })
    }

    /// The minor version it describes.
    pub fn version(&self) -> PythonVersion {
        self.version
    }

    /// The version of the interpreter that was asked, with its patch number: `3.13.0`.
    pub fn full_version(&self) -> &str {
        &self.heads.full_version
    }

    /// `sys.platform` of the interpreter that was asked: `linux`, `emscripten`.
    pub fn platform(&self) -> &str {
        &self.heads.platform
    }

    /// How many classes it has; their ids are `0..class_count`.
    pub fn class_count(&self) -> usize {
        self.heads.classes.len()
    }

    /// All of its classes, to which others can be added. Their members are read from the table when somebody asks.
    pub fn classes(self: &Arc<Self>) -> Classes {
        let classes = self.heads.classes.iter().map(class_of).collect();
        Classes::new(classes, Arc::<Self>::clone(self))
    }

    /// The class with this `__module__` and `__qualname__`: `("collections.abc", "Mapping")`.
    ///
    /// Where two classes call themselves the same, the one that can be imported under that name has it, and the other
    /// is named by where it can be found (`_pydecimal`, `Decimal`), or else by a number (`tokenize`, `TokenInfo#2`).
    pub fn class(&self, module: &str, qualname: &str) -> Option<ClassId> {
        let classes = &self.heads.classes;
        let found = self.heads.by_path.binary_search_by(|&id| {
            let class = &classes[id as usize];
            (class.module.as_str(), class.qualname.as_str()).cmp(&(module, qualname))
        });
        found.ok().map(|at| ClassId(self.heads.by_path[at]))
    }

    /// The module with this name, also under another name of its: `os.path`.
    pub fn module(&self, name: &str) -> Option<ModuleFacts<'_>> {
        let same_as = &self.heads.same_as;
        let name = match same_as.binary_search_by(|(other, _)| other.as_str().cmp(name)) {
            Ok(at) => same_as[at].1.as_str(),
            Err(_) => name,
        };
        let modules = &self.heads.modules;
        let index = modules
            .binary_search_by(|module| module.name.as_str().cmp(name))
            .ok()?;
        Some(ModuleFacts {
            facts: self,
            head: &modules[index],
            index,
        })
    }

    /// Every module, in order of name.
    pub fn modules(&self) -> impl Iterator<Item = ModuleFacts<'_>> {
        let modules = self.heads.modules.iter().enumerate();
        modules.map(|(index, head)| ModuleFacts {
            facts: self,
            head,
            index,
        })
    }

    /// Why a module of the standard library is not in the table: what its import, or its package's, raised when the
    /// table was made. None for modules that are in the table, and for what is no module of the standard library.
    pub fn why_absent(&self, module: &str) -> Option<&str> {
        let failed = &self.heads.failed;
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

    /// The names of the module at `index`.
    pub(super) fn module_names(&self, index: usize) -> &ModuleNames {
        self.modules[index].get_or_init(|| {
            let head = &self.heads.modules[index];
            let form: Option<ModuleForm> = self.names.record(head.offset);
            ModuleNames::from_form(form.unwrap_or_default(), self.class_count())
        })
    }

    fn head(&self, class: ClassId) -> Option<&ClassHead> {
        self.heads.classes.get(class.0 as usize)
    }

    fn flags(&self, class: ClassId) -> u8 {
        self.head(class).map_or(0, |head| head.flags)
    }

    fn docs(&self, class: ClassId) -> DocsForm {
        let docs = self
            .head(class)
            .and_then(|head| record(&self.docs, head.docs));
        docs.unwrap_or_default()
    }
}

impl LazyMembers for Facts {
    fn members(&self, class: ClassId) -> Members {
        let head = self.head(class);
        let members: Option<Vec<MemberForm>> =
            head.and_then(|head| record(&self.members, head.members));
        let members = members.unwrap_or_default().into_iter();
        members
            .map(|form| member_of(form, self.class_count()))
            .collect()
    }

    fn is_native(&self, class: ClassId) -> bool {
        Self::is_native(self, class)
    }
}

/// Checks that every id is one of a class that is there, so that nothing later has to.
fn check(heads: &Heads) -> Result<(), FactsError> {
    let count = heads.classes.len();
    let fits = |id: &u32| (*id as usize) < count;
    let class_fits = |class: &ClassHead| {
        !class.mro.is_empty()
            && class.bases.iter().all(fits)
            && class.mro.iter().all(fits)
            && class.best_base.iter().all(fits)
            && fits(&class.metaclass)
            && fits(&class.solid_base)
    };
    if heads.classes.iter().all(class_fits) && heads.by_path.iter().all(fits) {
        Ok(())
    } else {
        Err(FactsError::Damaged(
            "it names a class that it does not have",
        ))
    }
}
