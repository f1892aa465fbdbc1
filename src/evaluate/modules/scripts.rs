//! Scripts: what stands below `if __name__ == "__main__":` of a file that is imported here, and started there.

use crate::evaluate::machine::run::{Home, Run, Stage};
use crate::evaluate::machine::value::ModuleIx;
use crate::semantics::Assumption;
use crate::syntax::{Block, CompareOp, Expr, ExprKind, Literal, Stmt, StmtKind};

impl Run<'_, '_> {
    /// Runs what each file of the project does only where Python is started with it, if there are class statements in it. What it changes is
    /// dropped: nobody does that to a module that is imported.
    ///
    /// ```py
    /// if __name__ == "__main__":
    ///     class Example(Base): ...
    /// ```
    pub(crate) fn run_scripts(&mut self) {
        for index in 0..self.modules.len() {
            let ix = ModuleIx(index as u32);
            let module = self.module(ix);
            let Some(file) = module.file else { continue };
            if module.home != Home::Project || module.stage != Stage::Done {
                continue;
            }
            let syntax = self.library.syntax(file);
            for stmt in &syntax.body {
                if let Some(body) = of_script(stmt).filter(|it| has_classes(it)) {
                    self.run_script(ix, stmt, body);
                }
            }
        }
    }

    fn run_script(&mut self, ix: ModuleIx, stmt: &Stmt, body: &Block) {
        let scope = self.module(ix).scope;
        let at = self.place(scope, stmt.start, stmt.end);
        let before = self.module(ix).assumptions.len();
        let what = String::from("the file is run as a script");
        let assumption = Assumption { what, at };
        self.module_mut(ix).assumptions.push(assumption);
        self.running.push(ix);
        let steps = self.grant_module();
        let _ = self.attempt(|run| run.exec_leniently(body, scope));
        self.steps = steps;
        self.running.pop();
        self.module_mut(ix).assumptions.truncate(before);
    }
}

/// What stands below `if __name__ == "__main__":`.
fn of_script(stmt: &Stmt) -> Option<&Block> {
    let StmtKind::If(branches) = &stmt.kind else {
        return None;
    };
    let (test, body) = branches.first()?;
    is_main(test.as_ref()?).then_some(body)
}

fn is_main(test: &Expr) -> bool {
    let ExprKind::Compare(left, rest) = &test.kind else {
        return false;
    };
    let [(CompareOp::Eq, right)] = &**rest else {
        return false;
    };
    let is_name = |it: &Expr| matches!(&it.kind, ExprKind::Name(name) if name == "__name__");
    let is_text = |it: &Expr| matches!(&it.kind, ExprKind::Literal(Literal::Str(text)) if &**text == "__main__");
    is_name(left) && is_text(right) || is_text(left) && is_name(right)
}

fn has_classes(body: &Block) -> bool {
    body.iter().any(|stmt| {
        let mut found = matches!(stmt.kind, StmtKind::Class(_));
        stmt.kind.blocks(&mut |block| found |= has_classes(block));
        found
    })
}
