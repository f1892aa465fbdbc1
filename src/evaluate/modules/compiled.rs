//! Modules of which a compiled file stands beside the source it was made from: CPython loads the compiled one, we read the source.
//!
//! Cython's pure Python mode says what the compiler makes of it. A class marked `cclass` becomes an extension type, whose base is
//! the class itself where the source has a parametrized one: `@cython.cclass class C(Dict[str, str])` has the MRO of
//! `class C(dict)`, without `Generic`.

use crate::Name;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, ScopeId, Value};
use crate::semantics::Assumption;
use crate::syntax::{ClassDef, Expr, ExprKind};

impl Run<'_, '_> {
    pub(super) fn is_compiled(&self, scope: ScopeId) -> bool {
        self.module(self.scope(scope).module).is_compiled
    }

    /// What a class statement of a compiled module rests on.
    pub(crate) fn assume_source(&mut self, def: &ClassDef, scope: ScopeId) {
        if self.is_compiled(scope) {
            let at = self.place(scope, def.keyword, def.end);
            self.take_for_granted(Assumption {
                what: String::from("the compiled module was made from the source beside it"),
                at,
            });
        }
    }

    /// The bases of a class as the compiler takes them: those of an extension type lose their parameters.
    pub(crate) fn compiled_bases(&self, def: &ClassDef, bases: &mut [Value], scope: ScopeId) {
        if !self.is_extension_type(def, scope) {
            return;
        }
        for base in bases {
            if let Value::Object(id) = base
                && let Object::Alias(alias) = self.object(*id)
            {
                *base = alias.origin.clone();
            }
        }
    }

    fn is_extension_type(&self, def: &ClassDef, scope: ScopeId) -> bool {
        self.is_compiled(scope) && def.decorators.iter().any(|it| is_named(it, "cclass"))
    }

    /// The body of a class as the compiler takes it: the fields of an extension type are declared, its `__slots__` mean nothing.
    pub(crate) fn compiled_body(&mut self, def: &ClassDef, body: ScopeId, scope: ScopeId) {
        if self.is_extension_type(def, scope) {
            self.unbind(body, &Name::const_new("__slots__"));
        }
    }

    /// `cython.compiled`, which the compiler takes for true and the shadow module calls false.
    pub(crate) fn is_cython_compiled(&self, of: &Expr, name: &str, scope: ScopeId) -> bool {
        name == "compiled" && is_named(of, "cython") && self.is_compiled(scope)
    }
}

/// Whether an expression is this name, or ends in it: `cclass`, `cython.cclass`.
fn is_named(expr: &Expr, wanted: &str) -> bool {
    match &expr.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) => name == wanted,
        _ => false,
    }
}
