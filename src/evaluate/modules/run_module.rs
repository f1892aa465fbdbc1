//! What a run hands on of a module.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::Name;
use crate::evaluate::machine::no_class::NoClass;
use crate::semantics::ClassId;
use crate::source::FileId;

/// A module that was run.
#[derive(Debug)]
pub struct RunModule {
    /// Its dotted name.
    pub name: Name,
    /// Its file; none for a namespace package.
    pub file: Option<FileId>,
    /// Whether it is a package.
    pub package: bool,
    /// Whether it belongs to the project.
    pub is_project: bool,
    /// The classes its code made, in order.
    pub classes: Vec<ClassId>,
    /// The class statements of its code that make none.
    pub no_classes: Vec<NoClass>,
    /// Its names that are bound to a class.
    pub names: IndexMap<Name, ClassId, FxBuildHasher>,
    /// Its names that are bound to a module, with that one's dotted name.
    pub modules: Vec<(Name, Name)>,
}
