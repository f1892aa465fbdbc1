//! Registries: where things are put under a key so that others find them, and what stands in each; whoever found that out.

use crate::semantics::ClassId;
use crate::source::Place;

/// One registry: a dict at module level, the classes below a base, a group of entry points, the routes of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registry {
    /// How things get into it.
    pub kind: RegistryKind,
    /// What people call it: `shop.tasks:TASKS`, `shop.base:Exporter`, `pytest11`.
    pub name: String,
    /// Where it stands; none for what no file of the project or of a distribution defines.
    pub at: Option<Spotted>,
    /// The class that it belongs to, where it belongs to one: the base, the owner of the hook, the abstract class.
    pub class: Option<ClassId>,
    /// What its key is, in a few words: `first argument`, `__name__`; empty where there is nothing to say.
    pub key: String,
    /// What is registered, in the order in which it got there, or in which it is asked.
    pub rows: Vec<Registered>,
    /// Why more may stand in it than `rows` says; none where that is all.
    pub doubt: Option<String>,
}

impl Registry {
    /// An empty registry of this kind and name.
    pub fn new(kind: RegistryKind, name: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
            at: None,
            class: None,
            key: String::new(),
            rows: vec![],
            doubt: None,
        }
    }

    /// Whether the project registers something in it.
    pub fn is_own(&self) -> bool {
        self.rows.iter().any(|row| row.distribution.is_none())
    }

    /// How many of its rows lost their key to another one.
    pub fn collisions(&self) -> usize {
        self.count(|state| matches!(state, RowState::Replaced(_)))
    }

    /// How many lead nowhere.
    pub fn dead(&self) -> usize {
        self.count(|state| matches!(state, RowState::Dead(_)))
    }

    /// How many stand in code that nothing imports.
    pub fn never_imported(&self) -> usize {
        self.count(|state| matches!(state, RowState::NeverImported(_)))
    }

    fn count(&self, is_it: impl Fn(&RowState) -> bool) -> usize {
        self.rows.iter().filter(|row| is_it(&row.state)).count()
    }
}

/// How things get into a registry. Their order is that of the atlas.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegistryKind {
    /// By a hook that runs for each class below a base: `__init_subclass__`.
    SubclassHook,
    /// By the metaclass that makes them.
    Metaclass,
    /// By a decorator.
    Decorator,
    /// As the items of a dict.
    Dict,
    /// As the items of a list, a set, or another container.
    List,
    /// `functools.singledispatch`: one function for each class of an argument.
    SingleDispatch,
    /// `ABC.register`: virtual subclasses.
    AbcRegister,
    /// By the metadata of a distribution.
    EntryPoints,
    /// As a framework has it; its name.
    Framework(String),
    /// By deriving from a base; the last, as there is one for each base.
    Subclasses,
}

impl RegistryKind {
    /// What it is called.
    pub fn say(&self) -> &str {
        match self {
            Self::Subclasses => "subclasses",
            Self::SubclassHook => "by subclass hook",
            Self::Metaclass => "by metaclass",
            Self::Decorator => "by decorator",
            Self::Dict => "in a dict",
            Self::List => "in a list",
            Self::SingleDispatch => "singledispatch",
            Self::AbcRegister => "ABC.register",
            Self::EntryPoints => "entry points",
            Self::Framework(name) => name,
        }
    }
}

/// One thing in a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Under which key; none for what has none.
    pub key: Option<String>,
    /// What it leads to.
    pub leads: Leads,
    /// Where it is registered, or where that stands which is.
    pub at: Option<Spotted>,
    /// The distribution it comes from, as that spells its name; none for the project's own.
    pub distribution: Option<String>,
    /// How it came in, as short as it is written: `@register("tsv")`, `Keyed.__init_subclass__(key='csv')`; empty where that is
    /// what the registry's kind says.
    pub by: String,
    /// What has become of it.
    pub state: RowState,
}

impl Registered {
    /// A row that is alive and about which nothing more is known.
    pub fn new(key: Option<String>, leads: Leads) -> Self {
        Self {
            key,
            leads,
            at: None,
            distribution: None,
            by: String::new(),
            state: RowState::Alive,
        }
    }
}

/// What a registered thing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// A class of the analysis.
    Class(ClassId),
    /// A function, or a class that the analysis does not have: `module:qualname`.
    Named {
        /// Whether it is a function, a class, a module or something else.
        sort: NamedSort,
        /// Its path: `module:qualname`.
        path: String,
        /// Where it stands.
        at: Option<Spotted>,
    },
    /// An object, as its bounded repr shows it, or an expression that is not known.
    Text(String),
}

/// What a name is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedSort {
    /// A function or method.
    Function,
    /// A class.
    Class,
    /// A module.
    Module,
    /// Something else.
    Object,
}

/// A place in a file, whether or not the analysis has read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spotted {
    /// In a file of the analysis.
    Source(Place),
    /// In another one: its path as people are shown it, and the line from 1, where it has one.
    File(String, Option<u32>),
}

/// What has become of a registered thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowState {
    /// It is registered, and it is what its key finds.
    Alive,
    /// It leads nowhere, and why: what Python says where it is loaded.
    Dead(String),
    /// Nothing imports the code that registers it; who would have to.
    NeverImported(String),
    /// Settings or a call say that it is not to be registered; which.
    Refused(String),
    /// Another one has its key, and wins: which, and why.
    Replaced(String),
    /// It is registered, and has no key, where the others have one; why.
    WithoutKey(String),
    /// What comes of it is not known, and why.
    Unknown(String),
}
