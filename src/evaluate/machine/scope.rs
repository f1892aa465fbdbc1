//! Scopes: of a module, of a class body, of a call, of type parameters.

use crate::Name;
use crate::evaluate::machine::value::{ModuleIx, Namespace, ObjectId, ScopeId, Value};
use crate::semantics::ClassId;

/// A scope: names, and where those it lacks are looked up.
#[derive(Debug)]
pub(crate) struct Scope {
    pub names: Namespace,
    pub parent: Option<ScopeId>,
    pub kind: ScopeKind,
    pub module: ModuleIx,
    /// The qualified name of the class whose body this is; empty for other scopes.
    pub qualname: Name,
    pub globals: Vec<Name>,
    pub nonlocals: Vec<Name>,
    /// The class that a class body became.
    pub class: Option<ClassId>,
    /// The function a call runs, for `super()`.
    pub function: Option<ObjectId>,
    /// The first argument of a call, for `super()`.
    pub receiver: Option<Value>,
    /// What a generator has yielded.
    pub yields: Vec<Value>,
}

/// What a scope is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScopeKind {
    Module,
    Class,
    Function,
    /// Where type parameters are bound: what stands in it sees the names of a class body right around it, unlike a function
    /// (language reference 4.2.3, annotation scopes).
    Parameters,
}
