//! Scopes: of a module, of a class body, of a call, of type parameters; and which of them stay.

use crate::Name;
use crate::evaluate::machine::run::Run;
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
    /// Whether something that stays sees it: a function, a view of its names.
    pub is_kept: bool,
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

impl Run<'_, '_> {
    pub(crate) fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0]
    }

    pub(crate) fn scope_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.scopes[id.0]
    }

    /// A scope that stays, and so do those around it.
    pub(crate) fn push_scope(
        &mut self,
        kind: ScopeKind,
        parent: Option<ScopeId>,
        module: ModuleIx,
    ) -> ScopeId {
        if let Some(parent) = parent {
            self.keep_scope(parent);
        }
        self.push_passing_scope(kind, parent, module)
    }

    /// Notes that something sees a scope, and with it those around: a function, a view of the names.
    pub(crate) fn keep_scope(&mut self, scope: ScopeId) {
        let mut around = Some(scope);
        while let Some(id) = around {
            let here = self.scope_mut(id);
            if std::mem::replace(&mut here.is_kept, true) {
                break;
            }
            around = here.parent;
        }
    }

    fn push_passing_scope(
        &mut self,
        kind: ScopeKind,
        parent: Option<ScopeId>,
        module: ModuleIx,
    ) -> ScopeId {
        ScopeId(self.scopes.push(Scope {
            names: Namespace::default(),
            parent,
            kind,
            module,
            qualname: Name::const_new(""),
            globals: vec![],
            nonlocals: vec![],
            class: None,
            function: None,
            receiver: None,
            yields: vec![],
            is_kept: false,
        }))
    }

    /// Runs something in a function's scope, whose names go when nothing that was made in it can see it any more.
    pub(crate) fn in_scope_of_its_own<T>(
        &mut self,
        parent: ScopeId,
        module: ModuleIx,
        what: impl FnOnce(&mut Self, ScopeId) -> T,
    ) -> T {
        let forks = self.forks.len();
        let scope = self.push_passing_scope(ScopeKind::Function, Some(parent), module);
        let result = what(self, scope);
        // A side of a decision that has left may still change what it binds.
        if self.forks.len() != forks || self.scope(scope).is_kept {
            self.scope_ends(scope);
            return result;
        }
        if self.scopes.len() == scope.0 as usize + 1 {
            self.scopes.pop();
        } else {
            self.scope_mut(scope).names = Namespace::default();
        }
        result
    }
}
