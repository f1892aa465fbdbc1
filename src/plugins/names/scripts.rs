//! Scripts: modules of a project that are started, and that nobody imports. What stands in them under `if __name__ == "__main__":` is executed.

use std::rc::Rc;

use crate::Name;
use crate::plugins::files::modules::{File, is_of_tests};
use crate::plugins::names::follow::{Follow, Scope};
use crate::syntax::{CompareOp, Expr, ExprKind, Literal, StmtKind};

impl Follow<'_> {
    /// Whether an expression asks in the body of a script whether that is started.
    pub(super) fn asks_started(&self, expr: &Expr, scope: &Scope) -> bool {
        is_guard(expr)
            && scope.frames.iter().all(|it| it.is_round)
            && self.scripts.contains(&scope.file.name)
    }
}

/// The scripts among the modules of a project.
pub(in crate::plugins) fn scripts_of(project: &[Rc<File>]) -> Vec<Name> {
    let is_script = |file: &&Rc<File>| {
        let mut guards = file.syntax.body.iter().filter_map(|stmt| match &stmt.kind {
            StmtKind::If(branches) => branches.first()?.0.as_ref(),
            _ => None,
        });
        guards.any(is_guard)
            && !file.package
            && !file.name.split('.').any(is_of_tests)
            && !project
                .iter()
                .any(|it| it.name != file.name && names(it, file))
    };
    let scripts = project.iter().filter(is_script);
    scripts.map(|it| it.name.clone()).collect()
}

/// `__name__ == "__main__"`
fn is_guard(expr: &Expr) -> bool {
    let ExprKind::Compare(left, others) = &expr.kind else {
        return false;
    };
    let [(CompareOp::Eq, right)] = &**others else {
        return false;
    };
    matches!(&left.kind, ExprKind::Name(name) if name == "__name__")
        && matches!(&right.kind, ExprKind::Literal(Literal::Str(text)) if **text == *"__main__")
}

/// Whether a file has the last part of a module's name in an import, or at the end or before the colon of a text.
fn names(file: &File, module: &File) -> bool {
    let last = module.name.rsplit('.').next().unwrap_or_default();
    let is_part = |it: char| it.is_alphanumeric() || it == '_';
    file.text.match_indices(last).any(|(at, _)| {
        let (before, behind) = (&file.text[..at], &file.text[at + last.len()..]);
        if before.ends_with(is_part) || behind.starts_with(is_part) {
            return false;
        }
        let line = before.rsplit('\n').next().unwrap_or_default();
        let line = line.trim_start();
        line.starts_with("import ")
            || line.starts_with("from ")
            || behind.starts_with(['"', '\'', ':'])
            || behind.starts_with(".py")
            || before.ends_with(['"', '\''])
    })
}
