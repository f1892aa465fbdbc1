//! What a function's body does, found in one walk over ruff's tree, without lowering it.

use ruff_python_ast as ast;
use ruff_python_ast::visitor::{self, Visitor};

use super::supers::{is_super_call, supers};
use crate::Name;
use crate::syntax::FunctionSummary;

/// Summarizes a function; its places are moved by `shift`.
pub(super) fn summary(def: &ast::StmtFunctionDef, shift: u32) -> FunctionSummary {
    let mut walk = Walk {
        own_name: def.name.as_str(),
        hands_on: false,
        found: FunctionSummary {
            is_async: def.is_async,
            ..FunctionSummary::default()
        },
        depth: 0,
        globals: vec![],
    };
    for statement in &def.body {
        walk.visit_stmt(statement);
    }
    walk.found.globals = walk.globals.into();
    if walk.hands_on {
        walk.found.supers = supers(def, shift);
        let sites = walk.found.supers.iter().flat_map(|it| &it.sites);
        let mut names = sites.map(|it| it.name.as_str());
        walk.found.calls_super = names.any(|it| it == walk.own_name);
    }
    walk.found
}

struct Walk<'a> {
    own_name: &'a str,
    found: FunctionSummary,
    /// Whether an attribute is read from `super()`, or one of its own name from anything: a closer look is worth it.
    hands_on: bool,
    /// How many functions deep inside the one that is summarized.
    depth: u32,
    globals: Vec<Name>,
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
            ast::Stmt::Global(it) if self.depth == 0 => {
                let names = it.names.iter().map(|it| Name::from(it.as_str()));
                self.globals.extend(names);
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
            ast::Expr::Attribute(it) => {
                self.hands_on |= it.attr.as_str() == self.own_name || is_super_call(&it.value);
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

/// Whether a function in a class body reads `__class__`, or names `super` (`symtable_visit_expr`): the class has a cell for it.
pub(super) fn uses_cell(body: &[ast::Stmt]) -> bool {
    let mut walk = CellWalk {
        functions: 0,
        is_used: false,
    };
    walk.visit_body(body);
    walk.is_used
}

struct CellWalk {
    /// How many functions deep it is inside of the class body.
    functions: u32,
    is_used: bool,
}

impl<'a> Visitor<'a> for CellWalk {
    fn visit_stmt(&mut self, statement: &'a ast::Stmt) {
        match statement {
            ast::Stmt::FunctionDef(def) => {
                for decorator in &def.decorator_list {
                    self.visit_decorator(decorator);
                }
                self.visit_parameters(&def.parameters);
                self.functions += 1;
                self.visit_body(&def.body);
                self.functions -= 1;
            }
            // The functions of another class read that one's.
            ast::Stmt::ClassDef(def) => {
                for decorator in &def.decorator_list {
                    self.visit_decorator(decorator);
                }
                if let Some(arguments) = &def.arguments {
                    self.visit_arguments(arguments);
                }
            }
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a ast::Expr) {
        match expression {
            ast::Expr::Name(name) => {
                self.is_used |= self.functions > 0
                    && name.ctx.is_load()
                    && matches!(name.id.as_str(), "super" | "__class__");
            }
            ast::Expr::Lambda(_)
            | ast::Expr::ListComp(_)
            | ast::Expr::SetComp(_)
            | ast::Expr::DictComp(_)
            | ast::Expr::Generator(_) => {
                self.functions += 1;
                visitor::walk_expr(self, expression);
                self.functions -= 1;
            }
            _ => visitor::walk_expr(self, expression),
        }
    }

    fn visit_annotation(&mut self, _annotation: &'a ast::Expr) {}
}
