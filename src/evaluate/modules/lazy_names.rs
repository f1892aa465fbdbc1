//! Names that a module gives out when somebody asks (PEP 562), by a table that cannot be worked out.
//!
//! A module that imports lazily says for type checkers, below `if TYPE_CHECKING:`, what each of its names is. Where its
//! `__getattr__` cannot be followed to the end, what stands there is taken to be what it gives, and that is noted.

use crate::Name;
use crate::evaluate::machine::run::{Run, ScopeKind};
use crate::evaluate::machine::value::{GapId, ModuleIx, Value};
use crate::semantics::{Assumption, Why};
use crate::source::Place;
use crate::syntax::{Expr, ExprKind, ImportFrom, StmtKind};

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
                body.iter().find_map(|stmt| match &stmt.kind {
                    StmtKind::ImportFrom(from) => only(from, name),
                    _ => None,
                })
            }
            _ => None,
        })?;
        let around = self.module(ix).scope;
        let scope = self.push_scope(ScopeKind::Function, Some(around), ix);
        self.exec_import_from(&import, scope, at).ok()?;
        let value = self.scope(scope).names.get(name)?.value.clone();
        if value.is_gap() {
            return None;
        }
        let module = self.module(ix).name.clone();
        self.assume_here(Assumption {
            what: format!("`{module}.{name}` is what the module tells type checkers"),
            at,
        });
        Some(value)
    }
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
fn is_type_checking(test: &Expr) -> bool {
    match &test.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) => name == "TYPE_CHECKING",
        ExprKind::Or(parts) => parts.first().is_some_and(is_type_checking),
        _ => false,
    }
}
