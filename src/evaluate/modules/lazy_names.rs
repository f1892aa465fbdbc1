//! Names that a module gives out when somebody asks (PEP 562), by a table that cannot be worked out.
//!
//! A module that imports lazily says for type checkers, below `if TYPE_CHECKING:`, what each of its names is. Where its
//! `__getattr__` cannot be followed to the end, what stands there is taken to be what it gives, and that is noted. So is what the stub says
//! of which `lazy_loader` makes the names.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{GapId, ModuleIx, Value};
use crate::semantics::{Assumption, Why};
use crate::source::{FileId, Place};
use crate::syntax::{Expr, ExprKind, ImportFrom, ModuleSyntax, Stmt, StmtKind};

impl Run<'_, '_> {
    /// What a name of a module is bound to; where that is not known and the module gives out names lazily, what it says of it.
    pub(crate) fn bound_or_told(
        &mut self,
        ix: ModuleIx,
        name: &Name,
        at: Option<Place>,
    ) -> Option<Value> {
        let value = self.module_name(ix, name)?;
        // What was imported from a compiled module is that, and not given out lazily.
        let is_compiled = |id: GapId| matches!(self.gaps[id.0].gap.why, Why::NoSource { .. });
        let is_lazy = matches!(value, Value::Gap(id) if !is_compiled(id))
            && self
                .module_name(ix, &Name::const_new("__getattr__"))
                .is_some_and(|hook| self.function(&hook).is_some());
        if is_lazy && let Some(told) = self.told_to_type_checkers(ix, name, at) {
            return Some(told);
        }
        Some(value)
    }

    /// What a module tells type checkers of a name; none where it tells nothing, or what cannot be followed either.
    pub(crate) fn told_to_type_checkers(
        &mut self,
        ix: ModuleIx,
        name: &Name,
        at: Option<Place>,
    ) -> Option<Value> {
        let file = self.module(ix).file?;
        let syntax = self.library.syntax(file);
        let import = syntax.body.iter().find_map(|stmt| match &stmt.kind {
            StmtKind::If(branches) => {
                let (test, body) = branches.first()?;
                if !test.as_ref().is_some_and(is_type_checking) {
                    return None;
                }
                imported_in(body, name)
            }
            _ => None,
        })?;
        self.given_by(&import, ix, name, "the module tells type checkers", at)
    }

    /// What a name of a package is that gives out what its stub imports.
    pub(crate) fn given_by_stub(
        &mut self,
        ix: ModuleIx,
        name: &Name,
        at: Option<Place>,
    ) -> Option<Value> {
        let file = self.module(ix).file?;
        let stub = self.stub_attached(file)?;
        let import = imported_in(&stub.body, name)?;
        self.given_by(&import, ix, name, "the stub beside the module imports", at)
    }

    fn given_by(
        &mut self,
        import: &ImportFrom,
        ix: ModuleIx,
        name: &Name,
        said: &str,
        at: Option<Place>,
    ) -> Option<Value> {
        let around = self.module(ix).scope;
        let scope = self.push_scope(ScopeKind::Function, Some(around), ix);
        self.exec_import_from(import, scope, at).ok()?;
        let value = self.scope(scope).names.get(name)?.value.clone();
        if value.is_gap() {
            return None;
        }
        let module = self.module(ix).name.clone();
        self.assume_here(Assumption {
            what: format!("`{module}.{name}` is what {said}"),
            at,
        });
        Some(value)
    }

    /// The stub beside a module that gives out what stands in it, which is read as a text when the module is imported (`lazy_loader`, SPEC 1).
    ///
    /// ```py
    /// __getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
    /// ```
    fn stub_attached(&mut self, file: FileId) -> Option<Arc<ModuleSyntax>> {
        let module = self.library.file(file);
        if !module.text.contains("attach_stub(") {
            return None;
        }
        let stub = module.path.with_extension("pyi");
        let shown = format!("{}i", module.shown);
        let stub = self.library.open(&stub, || shown)?;
        Some(self.library.syntax(stub))
    }
}

/// The import of that one name, where a statement of the block imports it.
fn imported_in(block: &[Stmt], name: &Name) -> Option<ImportFrom> {
    block.iter().find_map(|stmt| match &stmt.kind {
        StmtKind::ImportFrom(from) => only(from, name),
        _ => None,
    })
}

/// The import of that one name, where the statement imports it.
fn only(from: &ImportFrom, name: &Name) -> Option<ImportFrom> {
    let imported = from
        .names
        .iter()
        .find(|it| it.alias.as_ref().unwrap_or(&it.name) == name)?;
    Some(ImportFrom {
        names: Box::from([imported.clone()]),
        ..from.clone()
    })
}

/// `TYPE_CHECKING`, alone or as the first part of an `or`.
pub(super) fn is_type_checking(test: &Expr) -> bool {
    match &test.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) => name == "TYPE_CHECKING",
        ExprKind::Or(parts) => parts.first().is_some_and(is_type_checking),
        _ => false,
    }
}
