//! The binary form of a table: records that `pack` writes and `facts` reads.
//!
//! A file is an [`Envelope`] of compressed parts. The heads are read at once; the names in modules, the members and the
//! doc lines are read when somebody asks, members and doc lines in blocks of some kilobytes each. Ids of classes are
//! positions, bases before what derives from them.

use serde::{Deserialize, Serialize};

use crate::Name;
use crate::semantics::MemberKind;

/// Raised whenever the records below change.
pub(super) const FORMAT: u32 = 1;

/// No part unpacks to more than this; a file that claims otherwise is damaged.
pub(super) const LARGEST_PART: usize = 64 << 20;

/// A whole file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Envelope<'a> {
    pub(super) format: u32,
    #[serde(borrow)]
    pub(super) heads: Part<'a>,
    #[serde(borrow)]
    pub(super) names: Part<'a>,
    #[serde(borrow)]
    pub(super) members: Vec<Part<'a>>,
    #[serde(borrow)]
    pub(super) docs: Vec<Part<'a>>,
}

/// Bytes compressed with zstd.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Part<'a> {
    /// Length once unpacked.
    pub(super) length: u32,
    pub(super) packed: &'a [u8],
}

/// What is known without looking further.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Heads {
    pub(super) full_version: String,
    pub(super) platform: String,
    pub(super) classes: Vec<ClassHead>,
    /// The ids in order of module and qualified name.
    pub(super) by_path: Vec<u32>,
    /// In order of name.
    pub(super) modules: Vec<ModuleHead>,
    /// Other names of modules, in order: `os.path` is `posixpath`.
    pub(super) same_as: Vec<(Name, Name)>,
    /// Modules that could not be imported, in order, with the exception.
    pub(super) failed: Vec<(Name, String)>,
}

/// A class without its members.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ClassHead {
    pub(super) module: Name,
    pub(super) qualname: Name,
    pub(super) bases: Vec<u32>,
    pub(super) mro: Vec<u32>,
    pub(super) metaclass: u32,
    pub(super) best_base: Option<u32>,
    pub(super) solid_base: u32,
    /// A sum of the constants below.
    pub(super) flags: u8,
    pub(super) slots: Option<Vec<Name>>,
    pub(super) abstract_methods: Vec<Name>,
    pub(super) members: Spot,
    pub(super) docs: Spot,
}

pub(super) const ACCEPTS_SUBCLASSES: u8 = 1;
pub(super) const HAS_DICT: u8 = 2;
pub(super) const HAS_WEAKREF: u8 = 4;
pub(super) const IS_VARIABLE: u8 = 8;
pub(super) const IS_HEAP: u8 = 16;
pub(super) const IS_NATIVE: u8 = 32;

/// Where a record starts: in which block, at which byte of it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Spot {
    pub(super) block: u32,
    pub(super) offset: u32,
}

/// A module without its names.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ModuleHead {
    pub(super) name: Name,
    pub(super) is_package: bool,
    /// Of the `.py` file, below the standard library's folder.
    pub(super) source_path: Option<String>,
    /// Where its [`ModuleForm`] starts among the names.
    pub(super) offset: u32,
}

/// The names of a module.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct ModuleForm {
    pub(super) all: Option<Vec<Name>>,
    pub(super) globals: Vec<(Name, GlobalForm)>,
    /// What `__mro_entries__` of a function answers: `typing.NamedTuple`.
    pub(super) mro_entries: Vec<(Name, Vec<u32>)>,
}

/// What a name of a module is.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum GlobalForm {
    Class(u32),
    Module(Name),
    Function {
        module: Name,
        qualname: Name,
    },
    Constant(ConstantForm),
    Instance {
        class: u32,
        origin: Option<u32>,
        mro_entries: Vec<u32>,
    },
}

/// A constant.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum ConstantForm {
    None,
    Ellipsis,
    NotImplemented,
    Bool(bool),
    Int(i64),
    BigInt(Name),
    Float(f64),
    Str(Name),
    Bytes(Vec<u8>),
    Tuple(Vec<Self>),
}

/// One entry of a class's `__dict__`. A class's are a sequence of these.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MemberForm {
    pub(super) name: Name,
    pub(super) kind: MemberKind,
    /// A sum of the constants below.
    pub(super) flags: u8,
    pub(super) type_of: Option<u32>,
    pub(super) class: Option<u32>,
    pub(super) signature: Option<Name>,
    pub(super) shown: Option<Name>,
}

pub(super) const IS_DESCRIPTOR: u8 = 1;
pub(super) const IS_DATA_DESCRIPTOR: u8 = 2;
pub(super) const IS_ABSTRACT: u8 = 4;
pub(super) const CALLS_SUPER: u8 = 8;

/// The doc lines of a class: its own, and those of its members that have one, by name.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct DocsForm {
    pub(super) own: Option<String>,
    pub(super) members: Vec<(Name, String)>,
}
