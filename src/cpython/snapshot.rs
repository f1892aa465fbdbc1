//! A snapshot: the compiled modules of one environment, described by its own interpreter in the form of a table.
//!
//! It is taken when a person asks for it (`mroscope snapshot`) and used by every run for that environment from then on. Each
//! module stands in it with the size and the time of its file: of a file that has changed since, nothing is used.
//!
//! A class of a snapshot stands on classes of the interpreter's table, or on others of the snapshot. One that stands on a class
//! written in Python is left out: that class is run on paper, and would be there twice.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::embedded;
use super::facts::FactsError;
use super::form::{ClassHead, IS_NATIVE};
use super::pack::{PackError, pack};
use super::table::Table;
use crate::Name;
use crate::semantics::ClassId;
use crate::source::{PythonVersion, Stamp};

/// The script that describes modules.
pub const COLLECT: &str = include_str!("collect.py");

/// Raised whenever the first line of a snapshot changes.
const FORMAT: u32 = 1;

/// When and of what a snapshot was taken: its first line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    format: u32,
    /// The version of the interpreter, with its patch number.
    pub python: String,
    /// The day, as `2026-11-21`.
    pub date: String,
    /// The environment's folder.
    pub environment: String,
    /// The modules, sorted by name.
    pub modules: Vec<Compiled>,
}

/// A compiled module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compiled {
    /// Its dotted name.
    pub module: Name,
    /// Its file.
    pub file: PathBuf,
    /// What the file was like.
    pub stamp: Stamp,
}

/// Why a snapshot cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// It does not begin as one.
    #[error("it does not begin as a snapshot does")]
    NotOne,
    /// Another version of this program wrote it.
    #[error("another version of mroscope took it")]
    OtherFormat,
    /// What it holds cannot be read.
    #[error(transparent)]
    Table(#[from] FactsError),
}

/// What an interpreter said of compiled modules.
pub struct Snapshot {
    taken: Taken,
    table: Table,
    /// Positions of the classes that are its own, in their order.
    own: Vec<u32>,
    /// Modules whose file has changed.
    stale: FxHashSet<Name>,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot")
            .field("taken", &self.taken)
            .field("stale", &self.stale)
            .finish_non_exhaustive()
    }
}

impl Taken {
    /// Says when and of what a snapshot is taken.
    pub fn new(python: &str, date: &str, environment: &Path, modules: Vec<Compiled>) -> Self {
        Self {
            format: FORMAT,
            python: python.to_owned(),
            date: date.to_owned(),
            environment: environment.to_string_lossy().into_owned(),
            modules,
        }
    }
}

impl Snapshot {
    /// Makes the file of a snapshot from what [`COLLECT`] said.
    pub fn encode(taken: &Taken, description: &str) -> Result<Vec<u8>, PackError> {
        let mut bytes = serde_json::to_vec(taken)?;
        bytes.push(b'\n');
        bytes.extend(pack(description)?);
        Ok(bytes)
    }

    /// Reads the file of a snapshot. `stamp` says what a file is like now.
    pub fn decode(
        bytes: &[u8],
        stamp: impl Fn(&Path) -> Option<Stamp>,
    ) -> Result<Self, SnapshotError> {
        let end = bytes.iter().position(|&byte| byte == b'\n');
        let (first, rest) = bytes.split_at(end.ok_or(SnapshotError::NotOne)?);
        let taken: Taken = serde_json::from_slice(first).map_err(|_| SnapshotError::NotOne)?;
        if taken.format != FORMAT {
            return Err(SnapshotError::OtherFormat);
        }
        let table = match Table::decode(&rest[1..]) {
            Err(FactsError::OtherFormat(_)) => return Err(SnapshotError::OtherFormat),
            decoded => decoded?,
        };
        let stale = taken
            .modules
            .iter()
            .filter(|it| stamp(&it.file) != Some(it.stamp))
            .map(|it| it.module.clone())
            .collect();
        let mut snapshot = Self {
            taken,
            table,
            own: vec![],
            stale,
        };
        let facts = embedded::of(snapshot.version()).ok_or(SnapshotError::OtherFormat)?;
        snapshot.stand_beside(facts.table());
        Ok(snapshot)
    }

    /// When and of what it was taken.
    pub fn taken(&self) -> &Taken {
        &self.taken
    }

    /// The version of its interpreter.
    pub fn version(&self) -> PythonVersion {
        self.table.version
    }

    /// Whether it describes a module, whose file is as it was then.
    pub fn has(&self, module: &str) -> bool {
        self.compiled(module)
            .is_some_and(|it| !self.stale.contains(&it.module))
    }

    /// Whether it describes a module whose file has changed since.
    pub fn is_stale(&self, module: &str) -> bool {
        self.compiled(module)
            .is_some_and(|it| self.stale.contains(&it.module))
    }

    /// The module with a file that something stands in which says that it is of this one: C code may name its module without the packages
    /// around it.
    pub fn compiled_module_of(&self, said: &str) -> Option<&str> {
        let last = |it: &&Compiled| it.module.rsplit('.').next() == Some(said);
        let mut all = self.taken.modules.iter();
        let found = self.compiled(said).or_else(|| all.find(last))?;
        Some(&found.module)
    }

    /// The module with a file that this one is, or is inside of.
    fn compiled(&self, module: &str) -> Option<&Compiled> {
        let mut name = module;
        loop {
            if let Some(found) = self.taken.modules.iter().find(|it| it.module == name) {
                return Some(found);
            }
            name = name.rsplit_once('.')?.0;
        }
    }

    /// What the answer for a class rests on that comes from here.
    pub fn assumption(&self) -> String {
        format!(
            "compiled modules have the classes that Python {} said they have, on {}",
            self.taken.python, self.taken.date
        )
    }

    pub(super) fn table(&self) -> &Table {
        &self.table
    }

    pub(super) fn own(&self) -> &[u32] {
        &self.own
    }

    /// Finds its classes' places among those of an interpreter's table, and after them.
    fn stand_beside(&mut self, below: &Table) {
        let heads = &self.table.heads.classes;
        let modules: FxHashSet<&Name> = self.table.module_list().map(|(_, name)| name).collect();
        let mut ids: Vec<Option<ClassId>> = vec![None; heads.len()];
        let mut own = vec![];
        // Bases come before what derives from them, metaclasses need not: those of compiled classes are the interpreter's.
        for (at, head) in heads.iter().enumerate() {
            if let Some(known) = below.class(&head.module, &head.qualname) {
                ids[at] = is_same(&self.table, head, below, known).then_some(ClassId(known));
                continue;
            }
            let is_compiled = head.flags & IS_NATIVE != 0 || modules.contains(&head.module);
            let all_known = head
                .bases
                .iter()
                .chain(head.mro.iter().filter(|&&it| it as usize != at))
                .chain([&head.metaclass])
                .all(|&it| ids.get(it as usize).is_some_and(Option::is_some));
            if is_compiled && all_known {
                ids[at] = Some(ClassId((below.class_count() + own.len()) as u32));
                own.push(at as u32);
            }
        }
        self.table.renumbered = Some(ids);
        self.own = own;
    }
}

/// Whether two classes of one name have MROs of the same names: another may call itself as one of the interpreter does.
fn is_same(table: &Table, head: &ClassHead, below: &Table, known: u32) -> bool {
    fn names<'t>(table: &'t Table, mro: &[u32]) -> Vec<Option<(&'t Name, &'t Name)>> {
        let heads = mro.iter().map(|&at| table.head(at));
        heads
            .map(|head| head.map(|head| (&head.module, &head.qualname)))
            .collect()
    }
    below
        .head(known)
        .is_some_and(|other| names(table, &head.mro) == names(below, &other.mro))
}
