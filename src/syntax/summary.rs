//! What a function's body does, found in one walk over ruff's tree, without lowering it.

use ruff_python_ast as ast;
use ruff_python_ast::visitor::{self, Visitor};

use crate::syntax::FunctionSummary;

/// Summarizes a function.
pub(super) fn summary(def: &ast::StmtFunctionDef) -> FunctionSummary {
    let mut walk = Walk {
        own_name: def.name.as_str(),
        found: FunctionSummary {
            is_async: def.is_async,
            ..FunctionSummary::default()
        },
        depth: 0,
    };
    for statement in &def.body {
        walk.visit_stmt(statement);
    }
    walk.found
}

struct Walk<'a> {
    own_name: &'a str,
    found: FunctionSummary,
    /// How many functions deep inside the one that is summarized.
    depth: u32,
}

impl<'a> Visitor<'a> for Walk<'a> {
    fn visit_stmt(&mut self, statement: &'a ast::Stmt) {
        match statement {
            ast::Stmt::FunctionDef(_) => {
                self.depth += 1;
                visitor::walk_stmt(self, statement);
                self.depth -= 1;
            }
            ast::Stmt::ClassDef(_) => {
                self.found.has_class = true;
                self.depth += 1;
                visitor::walk_stmt(self, statement);
                self.depth -= 1;
            }
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a ast::Expr) {
        match expression {
            ast::Expr::Yield(_) | ast::Expr::YieldFrom(_) if self.depth == 0 => {
                self.found.is_generator = true;
                self.found.yields = self.found.yields.saturating_add(1);
            }
            ast::Expr::Attribute(it)
                if it.attr.as_str() == self.own_name && is_super_call(&it.value) =>
            {
                self.found.calls_super = true;
            }
            ast::Expr::Lambda(_) => {
                self.depth += 1;
                visitor::walk_expr(self, expression);
                self.depth -= 1;
                return;
            }
            _ => {}
        }
        visitor::walk_expr(self, expression);
    }

    // Annotations bind nothing and call nothing that a page tells of.
    fn visit_annotation(&mut self, _annotation: &'a ast::Expr) {}
}

fn is_super_call(it: &ast::Expr) -> bool {
    matches!(it, ast::Expr::Call(call) if matches!(&*call.func, ast::Expr::Name(name) if name.id.as_str() == "super"))
}
