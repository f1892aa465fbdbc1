//! What `collect.py` writes, as JSON has it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::semantics::MemberKind;

/// What `collect.py` writes.
#[derive(Deserialize)]
pub(super) struct Description {
    pub(super) format: u32,
    pub(super) python: String,
    pub(super) platform: String,
    pub(super) classes: Vec<ToldClass>,
    pub(super) modules: Vec<ToldModule>,
    pub(super) same_as: BTreeMap<String, String>,
    pub(super) failed: BTreeMap<String, String>,
}

#[expect(clippy::struct_excessive_bools, reason = "the JSON has them")]
#[derive(Deserialize)]
pub(super) struct ToldClass {
    pub(super) module: String,
    pub(super) qualname: String,
    pub(super) bases: Vec<u32>,
    pub(super) mro: Vec<u32>,
    pub(super) metaclass: u32,
    pub(super) base: Option<u32>,
    pub(super) solid_base: u32,
    pub(super) accepts_subclasses: bool,
    pub(super) variable: bool,
    pub(super) dict: bool,
    pub(super) weakref: bool,
    pub(super) heap: bool,
    pub(super) native: bool,
    pub(super) slots: Option<Vec<String>>,
    #[serde(rename = "abstract")]
    pub(super) abstract_methods: Vec<String>,
    pub(super) doc: Option<String>,
    pub(super) members: Vec<ToldMember>,
}

impl ToldClass {
    pub(super) fn path(&self) -> (&str, &str) {
        (&self.module, &self.qualname)
    }
}

#[derive(Deserialize)]
pub(super) struct ToldMember {
    pub(super) name: String,
    pub(super) kind: MemberKind,
    pub(super) descriptor: String,
    #[serde(default, rename = "type")]
    pub(super) type_of: Option<u32>,
    #[serde(default)]
    pub(super) class: Option<u32>,
    #[serde(default)]
    pub(super) signature: Option<String>,
    #[serde(default)]
    pub(super) doc: Option<String>,
    #[serde(default)]
    pub(super) shown: Option<String>,
    #[serde(default, rename = "abstract")]
    pub(super) is_abstract: bool,
    #[serde(default, rename = "super")]
    pub(super) calls_super: bool,
}

#[derive(Deserialize)]
pub(super) struct ToldModule {
    pub(super) name: String,
    pub(super) package: bool,
    pub(super) source: Option<String>,
    pub(super) all: Option<Vec<String>>,
    pub(super) globals: Vec<(String, ToldGlobal)>,
}

#[derive(Deserialize)]
pub(super) struct ToldGlobal {
    pub(super) class: Option<u32>,
    pub(super) module: Option<String>,
    pub(super) function: Option<(String, String)>,
    pub(super) constant: Option<ToldConstant>,
    pub(super) instance: Option<u32>,
    pub(super) origin: Option<u32>,
    pub(super) mro_entries: Option<Vec<u32>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ToldConstant {
    Singleton(Singleton),
    Bool(bool),
    Int(String),
    Float(String),
    Str(String),
    Bytes(String),
    Tuple(Vec<Self>),
}

#[derive(Deserialize)]
pub(super) enum Singleton {
    None,
    Ellipsis,
    NotImplemented,
}
