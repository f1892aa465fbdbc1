//! What a module of the standard library holds after its import: each name, and what it is.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::form::{ConstantForm, GlobalForm, ModuleForm, ModuleHead};
use super::table::Table;
use crate::Name;
use crate::semantics::{ClassId, ClassPath};

/// A module as its interpreter described it.
#[derive(Clone, Copy)]
pub struct ModuleFacts<'a> {
    table: &'a Table,
    head: &'a ModuleHead,
    index: usize,
}

impl std::fmt::Debug for ModuleFacts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ModuleFacts").field(&self.head.name).finish()
    }
}

impl<'a> ModuleFacts<'a> {
    /// The module at a position of a table.
    pub(super) fn new(table: &'a Table, index: usize) -> Self {
        Self {
            table,
            head: &table.heads.modules[index],
            index,
        }
    }

    /// Its name in `sys.modules`; where it has several, its `__name__`: `os.path` is `posixpath`.
    pub fn name(&self) -> &'a Name {
        &self.head.name
    }

    /// Whether it has a `__path__`.
    pub fn is_package(&self) -> bool {
        self.head.is_package
    }

    /// Whether no `.py` file of the standard library holds it.
    pub fn is_native(&self) -> bool {
        self.head.source_path.is_none()
    }

    /// Its file below the standard library's folder, with `/` between parts: `collections/__init__.py`.
    pub fn source_path(&self) -> Option<&'a str> {
        self.head.source_path.as_deref()
    }

    /// `__all__`, if it has one.
    pub fn all(&self) -> Option<&'a [Name]> {
        self.names_of().all.as_deref()
    }

    /// What a name of the module is. Names that the module's own `__getattr__` answers count too.
    pub fn get(&self, name: &str) -> Option<&'a Global> {
        self.names_of().globals.get(name)
    }

    /// Every name of the module and what it is, in the order of its namespace.
    ///
    /// A package has the submodules that can be imported among its names, whether or not it imports them itself.
    pub fn names(&self) -> impl Iterator<Item = (&'a Name, &'a Global)> + use<'a> {
        self.names_of().globals.iter()
    }

    /// The classes that stand in the place of this name among bases, if it is no class itself but has `__mro_entries__`.
    ///
    /// ```py
    /// class A(typing.List[int]): ...   # typing.List: list, Generic
    /// class B(typing.NamedTuple): ...  # a function: typing._NamedTuple
    /// ```
    pub fn mro_entries(&self, name: &str) -> Option<&'a [ClassId]> {
        let names = self.names_of();
        match names.globals.get(name)? {
            Global::Instance { mro_entries, .. } => {
                (!mro_entries.is_empty()).then_some(mro_entries.as_slice())
            }
            Global::Function(_) => {
                let mut entries = names.mro_entries.iter();
                entries
                    .find(|(function, _)| function == name)
                    .map(|(_, entries)| entries.as_slice())
            }
            Global::Class(_) | Global::Module(_) | Global::Constant(_) => None,
        }
    }

    fn names_of(&self) -> &'a ModuleNames {
        self.table.module_names(self.index)
    }
}

/// What a global name of a module is bound to.
#[derive(Debug, Clone, PartialEq)]
pub enum Global {
    /// A class.
    Class(ClassId),
    /// A module, by the name it is known by in the table.
    Module(Name),
    /// A function or bound method, by its own module and qualified name.
    Function(ClassPath),
    /// A constant.
    Constant(Constant),
    /// Any other object.
    Instance {
        /// Its class.
        class: ClassId,
        /// Its `__origin__`, if that is a class: `list` for `typing.List`.
        origin: Option<ClassId>,
        /// The classes that `obj.__mro_entries__((obj,))` answers; empty if it has no such method.
        mro_entries: Vec<ClassId>,
    },
}

/// A value that is known whole.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// `None`.
    None,
    /// `...`.
    Ellipsis,
    /// `NotImplemented`.
    NotImplemented,
    /// `True` or `False`.
    Bool(bool),
    /// An integer of at most 64 bits.
    Int(i64),
    /// Any other integer, in decimal.
    BigInt(Name),
    /// A float.
    Float(f64),
    /// A string of at most 200 characters.
    Str(Name),
    /// At most 200 bytes.
    Bytes(Box<[u8]>),
    /// A tuple of constants.
    Tuple(Vec<Self>),
}

/// The names of a module, decoded.
#[derive(Debug, Default)]
pub(super) struct ModuleNames {
    all: Option<Vec<Name>>,
    globals: IndexMap<Name, Global, FxBuildHasher>,
    mro_entries: Vec<(Name, Vec<ClassId>)>,
}

impl ModuleNames {
    /// Leaves out what names a class that is not there: `id` says by which id each is known.
    pub(super) fn from_form(form: ModuleForm, id: &Ids<'_>) -> Self {
        let globals = form.globals.into_iter();
        let entries = form.mro_entries.into_iter();
        Self {
            all: form.all,
            globals: globals
                .filter_map(|(name, global)| Some((name, global_from_form(global, id)?)))
                .collect(),
            mro_entries: entries
                .filter_map(|(name, entries)| Some((name, class_ids(&entries, id)?)))
                .collect(),
        }
    }
}

fn global_from_form(form: GlobalForm, id: &Ids<'_>) -> Option<Global> {
    Some(match form {
        GlobalForm::Class(class) => Global::Class(id(class)?),
        GlobalForm::Module(name) => Global::Module(name),
        GlobalForm::Function { module, qualname } => {
            Global::Function(ClassPath { module, qualname })
        }
        GlobalForm::Constant(constant) => Global::Constant(constant_from_form(constant)),
        GlobalForm::Instance {
            class,
            origin,
            mro_entries,
        } => Global::Instance {
            class: id(class)?,
            origin: origin.and_then(id),
            mro_entries: class_ids(&mro_entries, id)?,
        },
    })
}

fn constant_from_form(form: ConstantForm) -> Constant {
    match form {
        ConstantForm::None => Constant::None,
        ConstantForm::Ellipsis => Constant::Ellipsis,
        ConstantForm::NotImplemented => Constant::NotImplemented,
        ConstantForm::Bool(value) => Constant::Bool(value),
        ConstantForm::Int(value) => Constant::Int(value),
        ConstantForm::BigInt(decimal) => Constant::BigInt(decimal),
        ConstantForm::Float(value) => Constant::Float(value),
        ConstantForm::Str(text) => Constant::Str(text),
        ConstantForm::Bytes(bytes) => Constant::Bytes(bytes.into()),
        ConstantForm::Tuple(items) => {
            Constant::Tuple(items.into_iter().map(constant_from_form).collect())
        }
    }
}

/// By which id the class at a position of a table is known, if it is.
pub(super) type Ids<'a> = dyn Fn(u32) -> Option<ClassId> + 'a;

fn class_ids(ids: &[u32], id: &Ids<'_>) -> Option<Vec<ClassId>> {
    ids.iter().copied().map(id).collect()
}
