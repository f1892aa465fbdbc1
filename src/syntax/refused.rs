//! What CPython's symbol table and compiler refuse in a text that its grammar lets pass: a file with such a place is not run at all.
//!
//! Most of these rules are ruff's; it asks what stands around a place, which is gathered here in one walk. Those that it leaves out are
//! held here: `Python/symtable.c` on `global` and `nonlocal`, `Python/compile.c` on blocks, `__debug__` and `except*`.

use std::cell::{OnceCell, RefCell};

use ruff_python_ast as ast;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_parser::semantic_errors::{
    LazyImportContext, SemanticSyntaxChecker, SemanticSyntaxContext, SemanticSyntaxError,
};
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashSet;

use super::declared::{bound_by_function, declares};
use super::lower::SyntaxError;
use super::written::{Writes, Written};

/// Loops, `with` items and `try` statements in one another (`CO_MAXBLOCKS`, with one to spare for the versions that allow it).
const BLOCKS: u32 = 21;
/// Digits of a decimal number (`sys.int_info.default_max_str_digits`).
const DIGITS: usize = 4_300;

/// The first place that the compiler of this version refuses, and the names that code writes from elsewhere.
pub(super) fn refused(
    module: &ast::ModModule,
    text: &str,
    version: ast::PythonVersion,
) -> (Option<SyntaxError>, Written) {
    let may_declare = text.contains("global") || text.contains("nonlocal");
    let mut walk = Walk {
        checker: SemanticSyntaxChecker::new(),
        around: Around {
            text,
            version,
            declares: may_declare,
            has_future_annotations: module.body.iter().any(has_future_annotations),
            scopes: vec![],
            found: RefCell::default(),
        },
        writes: Writes::default(),
    };
    walk.inside(Kind::Module, None, &module.body);
    (walk.around.found.into_inner(), walk.writes.written())
}

fn has_future_annotations(stmt: &ast::Stmt) -> bool {
    matches!(stmt, ast::Stmt::ImportFrom(it)
        if it.module.as_ref().is_some_and(|module| module == "__future__")
            && it.names.iter().any(|name| &name.name == "annotations"))
}

/// What a scope is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Module,
    Class,
    Function { is_async: bool },
    Lambda,
    Comprehension { is_async: bool },
    Generator,
}

/// A scope around the place that is looked at.
struct Scope<'a> {
    kind: Kind,
    parameters: Option<&'a ast::Parameters>,
    body: &'a [ast::Stmt],
    /// Loops around, of this scope and outside of any `except*`.
    loops: u32,
    /// Blocks around, of this scope.
    blocks: u32,
    is_in_except_star: bool,
    /// Whether its own statements say `global` or `nonlocal`.
    declares: bool,
    /// The names met so far, where it does.
    met: FxHashSet<&'a str>,
    globals: Vec<&'a str>,
    nonlocals: Vec<&'a str>,
    /// The names that it binds, once somebody has asked.
    bound: OnceCell<FxHashSet<&'a str>>,
}

/// What stands around the place that is looked at.
struct Around<'a> {
    text: &'a str,
    version: ast::PythonVersion,
    declares: bool,
    has_future_annotations: bool,
    scopes: Vec<Scope<'a>>,
    found: RefCell<Option<SyntaxError>>,
}

impl<'a> Around<'a> {
    fn kind(&self) -> Kind {
        self.scopes.last().map_or(Kind::Module, |it| it.kind)
    }

    fn refuse(&self, message: String, range: TextRange) {
        let mut found = self.found.borrow_mut();
        if found.is_none() {
            *found = Some(SyntaxError {
                message,
                at: range.start().to_u32(),
            });
        }
    }

    fn refuse_star(&self, expr: &ast::Expr) {
        let message = String::from("can't use starred expression here");
        self.refuse(message, expr.range());
    }

    /// Whether nothing but a bracket or a comma stands before a place.
    fn is_bare(&self, expr: &ast::Expr) -> bool {
        let before = &self.text[..expr.start().to_usize()];
        before.trim_end().ends_with(['[', ','])
    }

    /// Notes a name that the innermost scope uses. An import is no such use (`DEF_IMPORT`).
    fn meet(&mut self, name: &'a str) {
        if let Some(scope) = self.scopes.last_mut()
            && scope.declares
        {
            scope.met.insert(name);
        }
    }

    /// `global x`, `nonlocal x` (`symtable_visit_stmt`).
    fn declare(&mut self, names: &'a [ast::Identifier], is_global: bool) {
        let word = if is_global { "global" } else { "nonlocal" };
        for name in names {
            let Some(scope) = self.scopes.last_mut() else {
                return;
            };
            let met = scope.met.contains(name.as_str());
            let (here, other) = if is_global {
                (&mut scope.globals, &scope.nonlocals)
            } else {
                (&mut scope.nonlocals, &scope.globals)
            };
            let is_both = other.contains(&name.as_str());
            here.push(name.as_str());
            if met {
                let message = format!("name '{name}' is used prior to {word} declaration");
                self.refuse(message, name.range);
            } else if is_both {
                self.refuse(format!("name '{name}' is nonlocal and global"), name.range);
            }
        }
    }
}

struct Walk<'a> {
    checker: SemanticSyntaxChecker,
    around: Around<'a>,
    writes: Writes<'a>,
}

impl<'a> Walk<'a> {
    /// Goes through the statements of a scope of its own.
    fn inside(
        &mut self,
        kind: Kind,
        parameters: Option<&'a ast::Parameters>,
        body: &'a [ast::Stmt],
    ) {
        self.enter(kind, parameters, body);
        self.visit_body(body);
        self.around.scopes.pop();
    }

    fn enter(
        &mut self,
        kind: Kind,
        parameters: Option<&'a ast::Parameters>,
        body: &'a [ast::Stmt],
    ) {
        let declares = self.around.declares && declares(body);
        self.around.scopes.push(Scope {
            kind,
            parameters,
            body,
            loops: 0,
            blocks: 0,
            is_in_except_star: false,
            declares,
            met: FxHashSet::default(),
            globals: vec![],
            nonlocals: vec![],
            bound: OnceCell::new(),
        });
    }

    /// Goes through something in so many more blocks.
    fn in_blocks(&mut self, count: usize, range: TextRange, what: impl FnOnce(&mut Self)) {
        let Some(scope) = self.around.scopes.last_mut() else {
            return;
        };
        let outer = scope.blocks;
        scope.blocks = outer.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        if scope.blocks > BLOCKS {
            let message = String::from("too many statically nested blocks");
            self.around.refuse(message, range);
        }
        what(self);
        if let Some(scope) = self.around.scopes.last_mut() {
            scope.blocks = outer;
        }
    }

    /// The body of a loop.
    fn in_loop(&mut self, body: &'a [ast::Stmt], range: TextRange) {
        self.in_blocks(1, range, |walk| {
            let count = |walk: &mut Self, more: bool| {
                if let Some(scope) = walk.around.scopes.last_mut() {
                    scope.loops = if more {
                        scope.loops + 1
                    } else {
                        scope.loops - 1
                    };
                }
            };
            count(walk, true);
            walk.visit_body(body);
            count(walk, false);
        });
    }

    /// A handler of `except*`: no jump leaves it.
    fn in_except_star(&mut self, handler: &'a ast::ExceptHandler) {
        let Some(scope) = self.around.scopes.last_mut() else {
            return;
        };
        let outer = (scope.loops, scope.is_in_except_star);
        (scope.loops, scope.is_in_except_star) = (0, true);
        self.visit_except_handler(handler);
        if let Some(scope) = self.around.scopes.last_mut() {
            (scope.loops, scope.is_in_except_star) = outer;
        }
    }

    /// A comprehension: what it goes through first belongs to the scope around it.
    fn comprehension(
        &mut self,
        generators: &'a [ast::Comprehension],
        parts: &[Option<&'a ast::Expr>],
        is_generator: bool,
    ) {
        let Some((first, rest)) = generators.split_first() else {
            return;
        };
        self.visit_expr(&first.iter);
        let is_async = generators.iter().any(|it| it.is_async);
        let kind = if is_generator {
            Kind::Generator
        } else {
            Kind::Comprehension { is_async }
        };
        self.enter(kind, None, &[]);
        self.visit_expr(&first.target);
        first.ifs.iter().for_each(|it| self.visit_expr(it));
        for generator in rest {
            self.visit_expr(&generator.iter);
            self.visit_expr(&generator.target);
            generator.ifs.iter().for_each(|it| self.visit_expr(it));
        }
        for part in parts.iter().flatten() {
            self.visit_expr(part);
        }
        self.around.scopes.pop();
    }

    /// Notes the names that a statement binds besides its targets, and what it must not do here.
    fn look_at(&mut self, stmt: &'a ast::Stmt) {
        let around = &mut self.around;
        match stmt {
            ast::Stmt::Global(it) => around.declare(&it.names, true),
            ast::Stmt::Nonlocal(it) => around.declare(&it.names, false),
            ast::Stmt::FunctionDef(it) => around.meet(it.name.as_str()),
            ast::Stmt::ClassDef(it) => around.meet(it.name.as_str()),
            ast::Stmt::Expr(it) if it.value.is_starred_expr() => around.refuse_star(&it.value),
            ast::Stmt::Try(it) => {
                let all_but_last = it.handlers.len().saturating_sub(1);
                for ast::ExceptHandler::ExceptHandler(handler) in &it.handlers[..all_but_last] {
                    if handler.type_.is_none() {
                        let message = String::from("default 'except:' must be last");
                        around.refuse(message, handler.range);
                    }
                }
            }
            ast::Stmt::AnnAssign(it) => {
                let ast::Expr::Name(name) = &*it.target else {
                    return;
                };
                let is_declared = around.scopes.last().is_some_and(|scope| {
                    let id = name.id.as_str();
                    scope.kind != Kind::Module && scope.globals.contains(&id)
                        || scope.nonlocals.contains(&id)
                });
                if it.simple && is_declared {
                    let message = format!("annotated name '{}' can't be global", name.id);
                    around.refuse(message, it.range);
                }
            }
            ast::Stmt::Return(it)
                if around
                    .scopes
                    .last()
                    .is_some_and(|scope| scope.is_in_except_star) =>
            {
                let message = "'return' cannot appear in an 'except*' block";
                around.refuse(String::from(message), it.range);
            }
            _ => {}
        }
    }
}

impl<'a> Visitor<'a> for Walk<'a> {
    fn visit_stmt(&mut self, stmt: &'a ast::Stmt) {
        self.checker.visit_stmt(stmt, &self.around);
        self.look_at(stmt);
        self.writes.note_stmt(stmt);
        match stmt {
            ast::Stmt::FunctionDef(it) => {
                it.decorator_list
                    .iter()
                    .for_each(|it| self.visit_decorator(it));
                if let Some(parameters) = &it.type_params {
                    self.visit_type_params(parameters);
                }
                self.visit_parameters(&it.parameters);
                if let Some(returns) = &it.returns {
                    self.visit_annotation(returns);
                }
                let kind = Kind::Function {
                    is_async: it.is_async,
                };
                self.inside(kind, Some(&it.parameters), &it.body);
            }
            ast::Stmt::ClassDef(it) => {
                it.decorator_list
                    .iter()
                    .for_each(|it| self.visit_decorator(it));
                if let Some(parameters) = &it.type_params {
                    self.visit_type_params(parameters);
                }
                if let Some(arguments) = &it.arguments {
                    self.visit_arguments(arguments);
                }
                self.inside(Kind::Class, None, &it.body);
            }
            ast::Stmt::For(it) => {
                self.visit_expr(&it.iter);
                self.visit_expr(&it.target);
                self.in_loop(&it.body, it.range);
                self.visit_body(&it.orelse);
            }
            ast::Stmt::While(it) => {
                self.visit_expr(&it.test);
                self.in_loop(&it.body, it.range);
                self.visit_body(&it.orelse);
            }
            ast::Stmt::With(it) => {
                it.items.iter().for_each(|it| self.visit_with_item(it));
                self.in_blocks(it.items.len(), it.range, |walk| walk.visit_body(&it.body));
            }
            ast::Stmt::Try(it) => {
                self.in_blocks(1, it.range, |walk| walk.visit_body(&it.body));
                for handler in &it.handlers {
                    if it.is_star {
                        self.in_except_star(handler);
                    } else {
                        self.visit_except_handler(handler);
                    }
                }
                self.visit_body(&it.orelse);
                self.visit_body(&it.finalbody);
            }
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a ast::Expr) {
        self.checker.visit_expr(expr, &self.around);
        self.writes.note_expr(expr);
        match expr {
            ast::Expr::Name(it) => self.around.meet(it.id.as_str()),
            ast::Expr::Attribute(it) => {
                if &it.attr == "__debug__" && !it.ctx.is_load() {
                    let message = String::from("cannot assign to __debug__");
                    self.around.refuse(message, it.range);
                }
                self.visit_expr(&it.value);
            }
            ast::Expr::Subscript(it) => {
                let parts = match &*it.slice {
                    ast::Expr::Tuple(tuple) if !tuple.parenthesized => &*tuple.elts,
                    one => std::slice::from_ref(one),
                };
                let is_old = self.around.version < ast::PythonVersion::PY310;
                let mut named = parts.iter().filter(|it| is_old && it.is_named_expr());
                if let Some(part) = named.find(|it| self.around.is_bare(it)) {
                    self.around
                        .refuse(String::from("invalid syntax"), part.range());
                }
                self.visit_expr(&it.value);
                self.visit_expr(&it.slice);
            }
            ast::Expr::NumberLiteral(it) => {
                if matches!(it.value, ast::Number::Int(_)) && it.range.len().to_usize() > DIGITS {
                    let digits = &self.around.text[it.range];
                    let is_decimal = !digits.starts_with("0x") && !digits.starts_with("0X");
                    let is_decimal = is_decimal && !digits.starts_with("0b");
                    let count = digits.bytes().filter(u8::is_ascii_digit).count();
                    if is_decimal && !digits.starts_with("0o") && count > DIGITS {
                        let message = format!("exceeds the limit ({DIGITS} digits) of an integer");
                        self.around.refuse(message, it.range);
                    }
                }
            }
            ast::Expr::Lambda(it) => {
                if let Some(parameters) = &it.parameters {
                    self.visit_parameters(parameters);
                }
                self.enter(Kind::Lambda, it.parameters.as_deref(), &[]);
                self.visit_expr(&it.body);
                self.around.scopes.pop();
            }
            ast::Expr::ListComp(it) => {
                self.comprehension(&it.generators, &[Some(&it.elt)], false);
            }
            ast::Expr::SetComp(it) => self.comprehension(&it.generators, &[Some(&it.elt)], false),
            ast::Expr::DictComp(it) => {
                let parts = [it.key.as_deref(), Some(&*it.value)];
                self.comprehension(&it.generators, &parts, false);
            }
            ast::Expr::Generator(it) => {
                self.comprehension(&it.generators, &[Some(&it.elt)], true);
            }
            _ => visitor::walk_expr(self, expr),
        }
    }

    fn visit_interpolated_string_element(&mut self, element: &'a ast::InterpolatedStringElement) {
        if let ast::InterpolatedStringElement::Interpolation(it) = element
            && it.expression.is_starred_expr()
        {
            self.around.refuse_star(&it.expression);
        }
        visitor::walk_interpolated_string_element(self, element);
    }

    fn visit_keyword(&mut self, keyword: &'a ast::Keyword) {
        if keyword.arg.as_ref().is_some_and(|it| it == "__debug__") {
            let message = String::from("cannot assign to __debug__");
            self.around.refuse(message, keyword.range);
        }
        visitor::walk_keyword(self, keyword);
    }

    fn visit_except_handler(&mut self, handler: &'a ast::ExceptHandler) {
        let ast::ExceptHandler::ExceptHandler(it) = handler;
        if let Some(name) = &it.name {
            self.around.meet(name.as_str());
        }
        visitor::walk_except_handler(self, handler);
    }
}

impl SemanticSyntaxContext for Around<'_> {
    fn future_annotations_or_stub(&self) -> bool {
        // Annotations are strings there without a look at what they hold in 3.9.
        self.has_future_annotations && self.version >= ast::PythonVersion::PY310
    }

    fn lazy_import_context(&self) -> Option<LazyImportContext> {
        None
    }

    fn python_version(&self) -> ast::PythonVersion {
        self.version
    }

    fn source(&self) -> &str {
        self.text
    }

    // The order of names and declarations is looked at here, as the symbol table does: definitions and imports are names as well.
    fn global(&self, _name: &str) -> Option<TextRange> {
        None
    }

    fn has_nonlocal_binding(&self, name: &str) -> bool {
        let mut around = self.scopes.iter().rev();
        let mut is_in_class = around.next().is_some_and(|it| it.kind == Kind::Class);
        around.any(|scope| match scope.kind {
            Kind::Module => false,
            Kind::Class => {
                is_in_class = true;
                name == "__class__"
            }
            Kind::Function { .. } | Kind::Lambda => {
                let bound = scope
                    .bound
                    .get_or_init(|| bound_by_function(scope.parameters, scope.body));
                bound.contains(name)
            }
            Kind::Comprehension { .. } | Kind::Generator => false,
        }) || is_in_class && name == "__classdict__" && self.version >= ast::PythonVersion::PY312
    }

    fn in_async_context(&self) -> bool {
        let mut around = self.scopes.iter().rev();
        around.find_map(|scope| match scope.kind {
            Kind::Function { is_async } => Some(is_async),
            Kind::Lambda | Kind::Class | Kind::Module => Some(false),
            Kind::Comprehension { .. } | Kind::Generator => None,
        }) == Some(true)
    }

    fn in_await_allowed_context(&self) -> bool {
        let mut around = self.scopes.iter().rev();
        around.find_map(|scope| match scope.kind {
            Kind::Function { .. } | Kind::Lambda => Some(true),
            Kind::Class | Kind::Module => Some(false),
            Kind::Comprehension { .. } => None,
            Kind::Generator => Some(true),
        }) == Some(true)
    }

    fn in_yield_allowed_context(&self) -> bool {
        matches!(self.kind(), Kind::Function { .. } | Kind::Lambda)
    }

    fn in_sync_comprehension(&self) -> bool {
        let mut around = self.scopes.iter().rev();
        around.find_map(|scope| match scope.kind {
            Kind::Function { .. } | Kind::Lambda | Kind::Class | Kind::Module => Some(false),
            Kind::Comprehension { is_async: false } | Kind::Generator => Some(true),
            Kind::Comprehension { is_async: true } => None,
        }) == Some(true)
    }

    fn in_class_body_comprehension(&self) -> bool {
        let mut around = self.scopes.iter().rev();
        around.find_map(|scope| match scope.kind {
            Kind::Class => Some(true),
            Kind::Function { .. } | Kind::Lambda | Kind::Module => Some(false),
            Kind::Comprehension { .. } | Kind::Generator => None,
        }) == Some(true)
    }

    fn in_module_scope(&self) -> bool {
        self.kind() == Kind::Module
    }

    fn in_function_scope(&self) -> bool {
        matches!(self.kind(), Kind::Function { .. })
    }

    fn in_generator_context(&self) -> bool {
        self.kind() == Kind::Generator
    }

    fn in_notebook(&self) -> bool {
        false
    }

    fn report_semantic_error(&self, error: SemanticSyntaxError) {
        self.refuse(error.to_string(), error.range);
    }

    fn in_loop_context(&self) -> bool {
        self.scopes.last().is_some_and(|scope| scope.loops > 0)
    }

    fn is_bound_parameter(&self, name: &str) -> bool {
        let parameters = self.scopes.last().and_then(|scope| scope.parameters);
        parameters.is_some_and(|it| it.includes(name))
    }
}
