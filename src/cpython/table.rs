//! A table, decoded: its records as the rest of the program knows classes, members and modules.

use std::hash::BuildHasher;
use std::sync::OnceLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::block::{Block, record, unpack};
use super::facts::FactsError;
use super::form::{ClassHead, DocsForm, Envelope, FORMAT, Heads, MemberForm, ModuleForm, Part};
use super::module::ModuleNames;
use super::read::member_of;
use crate::Name;
use crate::semantics::{ClassId, Members};
use crate::source::PythonVersion;

/// What one interpreter said, in one go.
pub(super) struct Table {
    pub(super) version: PythonVersion,
    pub(super) heads: Heads,
    /// Where its classes stand among all that are known, where that is not where they stand here; none for those left out.
    pub(super) renumbered: Option<Vec<Option<ClassId>>>,
    names: Block,
    modules: Vec<OnceLock<ModuleNames>>,
    members: Vec<Block>,
    docs: Vec<Block>,
    /// Its classes by the hash of module and qualified name; they are asked for at every call.
    by_hash: OnceLock<FxHashMap<u64, u32>>,
    /// Its modules by name, and by other names of theirs.
    by_name: OnceLock<FxHashMap<Name, usize>>,
}

impl Table {
    /// Reads a table from what [`pack`](super::pack()) made.
    pub(super) fn decode(bytes: &[u8]) -> Result<Self, FactsError> {
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
            renumbered: None,
            names: Block::new(envelope.names),
            modules: heads.modules.iter().map(|_| OnceLock::new()).collect(),
            members: blocks(&envelope.members),
            docs: blocks(&envelope.docs),
            by_hash: OnceLock::new(),
            by_name: OnceLock::new(),
            heads,
        })
    }

    /// How many classes it has; their positions are `0..class_count`.
    pub(super) fn class_count(&self) -> usize {
        self.heads.classes.len()
    }

    /// The class with this `__module__` and `__qualname__`, by its position.
    pub(super) fn class(&self, module: &str, qualname: &str) -> Option<u32> {
        let classes = &self.heads.classes;
        let hash = |module: &str, qualname: &str| FxBuildHasher.hash_one((module, qualname));
        let by_hash = self.by_hash.get_or_init(|| {
            let ids = self.heads.by_path.iter();
            ids.map(|&id| {
                let class = &classes[id as usize];
                (hash(&class.module, &class.qualname), id)
            })
            .collect()
        });
        let id = *by_hash.get(&hash(module, qualname))?;
        let class = &classes[id as usize];
        if class.module == module && class.qualname == qualname {
            return Some(id);
        }
        // Two of the same hash.
        let found = self.heads.by_path.binary_search_by(|&id| {
            let class = &classes[id as usize];
            (class.module.as_str(), class.qualname.as_str()).cmp(&(module, qualname))
        });
        found.ok().map(|at| self.heads.by_path[at])
    }

    /// The position of the module with this name, also under another name of its.
    pub(super) fn module(&self, name: &str) -> Option<usize> {
        let by_name = self.by_name.get_or_init(|| {
            let modules = self.heads.modules.iter().enumerate();
            let mut by_name: FxHashMap<Name, usize> =
                modules.map(|(at, it)| (it.name.clone(), at)).collect();
            for (other, name) in &self.heads.same_as {
                match by_name.get(name).copied() {
                    Some(at) => by_name.insert(other.clone(), at),
                    None => by_name.remove(other),
                };
            }
            by_name
        });
        by_name.get(name).copied()
    }

    /// The names of the module at this position.
    pub(super) fn module_names(&self, index: usize) -> &ModuleNames {
        self.modules[index].get_or_init(|| {
            let head = &self.heads.modules[index];
            let form: Option<ModuleForm> = self.names.record(head.offset);
            ModuleNames::from_form(form.unwrap_or_default(), &|id| self.id(id))
        })
    }

    /// The class at this position.
    pub(super) fn head(&self, at: u32) -> Option<&ClassHead> {
        self.heads.classes.get(at as usize)
    }

    /// The doc lines of the class at this position.
    pub(super) fn docs(&self, at: u32) -> DocsForm {
        let docs = self.head(at).and_then(|head| record(&self.docs, head.docs));
        docs.unwrap_or_default()
    }

    /// The members of the class at this position.
    pub(super) fn members(&self, at: u32) -> Members {
        let members: Option<Vec<MemberForm>> = self
            .head(at)
            .and_then(|head| record(&self.members, head.members));
        let members = members.unwrap_or_default().into_iter();
        members
            .map(|form| member_of(form, &|id| self.id(id)))
            .collect()
    }

    /// The id by which the class at this position is known.
    pub(super) fn id(&self, at: u32) -> Option<ClassId> {
        match &self.renumbered {
            Some(ids) => ids.get(at as usize).copied().flatten(),
            None => ((at as usize) < self.class_count()).then_some(ClassId(at)),
        }
    }

    /// Every module name and the position of the module.
    pub(super) fn module_list(&self) -> impl Iterator<Item = (usize, &Name)> {
        let modules = self.heads.modules.iter().enumerate();
        modules.map(|(index, head)| (index, &head.name))
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
