//! Names that statements bind or declare, those of other scopes inside left out: what the compiler asks of the functions around `nonlocal`.

use ruff_python_ast as ast;
use ruff_python_ast::visitor::{self, Visitor};
use rustc_hash::FxHashSet;

/// Whether statements say `global` or `nonlocal`.
pub(super) fn declares(body: &[ast::Stmt]) -> bool {
    let mut declares = Declares(false);
    declares.visit_body(body);
    declares.0
}

/// The names that a function binds itself.
pub(super) fn bound_by_function<'a>(
    parameters: Option<&'a ast::Parameters>,
    body: &'a [ast::Stmt],
) -> FxHashSet<&'a str> {
    let mut bound = Bound::default();
    if let Some(parameters) = parameters {
        let names = parameters.iter().map(|it| it.name().as_str());
        bound.names.extend(names);
    }
    bound.visit_body(body);
    let Bound {
        mut names,
        elsewhere,
    } = bound;
    names.retain(|name| !elsewhere.contains(name));
    names
}

/// The name that `import a.b`, `import a as b`, `from m import a` binds.
fn bound_by(alias: &ast::Alias) -> &str {
    let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
    name.split('.').next().unwrap_or(name)
}

struct Declares(bool);

impl<'a> Visitor<'a> for Declares {
    fn visit_stmt(&mut self, stmt: &'a ast::Stmt) {
        match stmt {
            ast::Stmt::Global(_) | ast::Stmt::Nonlocal(_) => self.0 = true,
            ast::Stmt::FunctionDef(_) | ast::Stmt::ClassDef(_) => {}
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, _expr: &'a ast::Expr) {}
}

#[derive(Default)]
struct Bound<'a> {
    names: FxHashSet<&'a str>,
    elsewhere: FxHashSet<&'a str>,
}

impl<'a> Visitor<'a> for Bound<'a> {
    fn visit_stmt(&mut self, stmt: &'a ast::Stmt) {
        match stmt {
            ast::Stmt::FunctionDef(it) => {
                self.names.insert(it.name.as_str());
                // Defaults and decorators may bind by `:=`.
                it.decorator_list
                    .iter()
                    .for_each(|it| self.visit_decorator(it));
                self.visit_parameters(&it.parameters);
            }
            ast::Stmt::ClassDef(it) => {
                self.names.insert(it.name.as_str());
                if let Some(arguments) = &it.arguments {
                    self.visit_arguments(arguments);
                }
            }
            ast::Stmt::Global(it) => self
                .elsewhere
                .extend(it.names.iter().map(ast::Identifier::as_str)),
            ast::Stmt::Import(it) => self.names.extend(it.names.iter().map(bound_by)),
            ast::Stmt::ImportFrom(it) => self.names.extend(it.names.iter().map(bound_by)),
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a ast::Expr) {
        match expr {
            ast::Expr::Name(it) if !matches!(it.ctx, ast::ExprContext::Load) => {
                self.names.insert(it.id.as_str());
            }
            ast::Expr::Lambda(_) => {}
            _ => visitor::walk_expr(self, expr),
        }
    }

    fn visit_comprehension(&mut self, comprehension: &'a ast::Comprehension) {
        // Its targets are its own.
        self.visit_expr(&comprehension.iter);
        comprehension.ifs.iter().for_each(|it| self.visit_expr(it));
    }

    fn visit_except_handler(&mut self, handler: &'a ast::ExceptHandler) {
        let ast::ExceptHandler::ExceptHandler(it) = handler;
        self.names
            .extend(it.name.as_ref().map(ast::Identifier::as_str));
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a ast::Pattern) {
        let name = match pattern {
            ast::Pattern::MatchAs(it) => it.name.as_ref(),
            ast::Pattern::MatchStar(it) => it.name.as_ref(),
            ast::Pattern::MatchMapping(it) => it.rest.as_ref(),
            _ => None,
        };
        self.names.extend(name.map(ast::Identifier::as_str));
        visitor::walk_pattern(self, pattern);
    }
}
