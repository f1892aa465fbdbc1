//! What the methods of a file read from the object they are called on: `self.x`, `cls.x`, `type(self).x`.
//!
//! Nothing is resolved here: where a name leads depends on the class of the object (`analysis/receiver.rs`). A parameter that is bound
//! again is no receiver any more.

use ruff_python_ast as ast;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::Ranged;

use crate::Name;

/// How many of a file are kept.
const MOST: usize = 50_000;

/// An attribute that a method reads from its receiver, or gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiverRead {
    /// Offset of the name of the class statement in whose body the method stands.
    pub class_at: u32,
    /// Offset of the first byte: of `self`.
    pub start: u32,
    /// Offset after the attribute.
    pub end: u32,
    /// The attribute, as it is written.
    pub name: Name,
    /// Whether it is asked of the class rather than of an instance.
    pub of_class: bool,
    /// Whether it is only given or deleted.
    pub is_written: bool,
}

/// Collects what methods read from their receivers in a file, in order of the source.
pub fn receiver_reads(text: &str) -> Vec<ReceiverRead> {
    // What is not parsed by a load is not read here, either.
    if super::limits::too_deep(text).is_some() {
        return vec![];
    }
    let parsed = parse_unchecked(text, ParseOptions::from(Mode::Module));
    let ast::Mod::Module(module) = parsed.syntax() else {
        return vec![];
    };
    let mut walk = Walk {
        receivers: vec![],
        found: vec![],
    };
    walk.visit_body(&module.body);
    walk.found.sort_by_key(|it| (it.start, it.end));
    walk.found
}

/// A name that means the receiver, or does so no more.
#[derive(Clone, Copy)]
struct Receiver<'a> {
    name: &'a str,
    /// The class statement, and whether the receiver is the class; none where the name means something else.
    means: Option<(u32, bool)>,
}

struct Walk<'a> {
    receivers: Vec<Receiver<'a>>,
    found: Vec<ReceiverRead>,
}

impl<'a> Visitor<'a> for Walk<'a> {
    fn visit_stmt(&mut self, statement: &'a ast::Stmt) {
        match statement {
            ast::Stmt::FunctionDef(def) => self.function(def, None),
            ast::Stmt::ClassDef(def) => {
                def.decorator_list
                    .iter()
                    .for_each(|it| self.visit_decorator(it));
                if let Some(arguments) = &def.arguments {
                    self.visit_arguments(arguments);
                }
                let class_at = def.name.range().start().to_u32();
                let mut body = Body {
                    walk: self,
                    class_at,
                };
                body.visit_body(&def.body);
            }
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a ast::Expr) {
        match expression {
            ast::Expr::Lambda(it) => {
                let depth = self.receivers.len();
                if let Some(parameters) = it.parameters.as_deref() {
                    self.visit_parameters(parameters);
                    self.shadow(parameters);
                }
                self.visit_expr(&it.body);
                self.receivers.truncate(depth);
            }
            ast::Expr::Attribute(it) => {
                if let Some((class_at, of_class)) = self.receiver(&it.value)
                    && self.found.len() < MOST
                {
                    self.found.push(ReceiverRead {
                        class_at,
                        start: it.range().start().to_u32(),
                        end: it.range().end().to_u32(),
                        name: Name::from(it.attr.as_str()),
                        of_class,
                        is_written: !it.ctx.is_load(),
                    });
                }
                visitor::walk_expr(self, expression);
            }
            _ => visitor::walk_expr(self, expression),
        }
    }

    // Annotations are not read when a call comes by.
    fn visit_annotation(&mut self, _annotation: &'a ast::Expr) {}
}

impl<'a> Walk<'a> {
    /// A function; of a method, the class statement around it.
    fn function(&mut self, def: &'a ast::StmtFunctionDef, class_at: Option<u32>) {
        def.decorator_list
            .iter()
            .for_each(|it| self.visit_decorator(it));
        self.visit_parameters(&def.parameters);
        let depth = self.receivers.len();
        self.shadow(&def.parameters);
        let mut bound = Bound { names: vec![] };
        bound.visit_body(&def.body);
        if let Some(class_at) = class_at
            && let Some(receiver) = receiver_of(def, class_at)
        {
            self.receivers.push(receiver);
        }
        let again = bound.names.into_iter();
        self.receivers
            .extend(again.map(|name| Receiver { name, means: None }));
        self.visit_body(&def.body);
        self.receivers.truncate(depth);
    }

    /// Parameters hide what a name meant around.
    fn shadow(&mut self, parameters: &'a ast::Parameters) {
        let names = parameters.iter().map(|it| it.name().as_str());
        self.receivers
            .extend(names.map(|name| Receiver { name, means: None }));
    }

    /// The class statement, and whether it is the class that is meant, where an expression means a receiver.
    fn receiver(&self, it: &ast::Expr) -> Option<(u32, bool)> {
        match it {
            ast::Expr::Name(it) => self.means(it.id.as_str()),
            // `type(self)`
            ast::Expr::Call(call) => match (&*call.func, &*call.arguments.args) {
                (ast::Expr::Name(function), [ast::Expr::Name(it)])
                    if function.id.as_str() == "type" && call.arguments.keywords.is_empty() =>
                {
                    let (class_at, of_class) = self.means(it.id.as_str())?;
                    (!of_class).then_some((class_at, true))
                }
                _ => None,
            },
            // `self.__class__`
            ast::Expr::Attribute(of) if of.attr.as_str() == "__class__" => match &*of.value {
                ast::Expr::Name(it) => {
                    let (class_at, of_class) = self.means(it.id.as_str())?;
                    (!of_class).then_some((class_at, true))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn means(&self, name: &str) -> Option<(u32, bool)> {
        self.receivers
            .iter()
            .rev()
            .find(|it| it.name == name)?
            .means
    }
}

/// The parameter of a method that takes the receiver.
fn receiver_of(def: &ast::StmtFunctionDef, class_at: u32) -> Option<Receiver<'_>> {
    let is_decorated = |by: &str| {
        let mut decorators = def.decorator_list.iter();
        decorators
            .any(|it| matches!(&it.expression, ast::Expr::Name(name) if name.id.as_str() == by))
    };
    if is_decorated("staticmethod") {
        return None;
    }
    let of_class = is_decorated("classmethod")
        || matches!(
            def.name.as_str(),
            "__new__" | "__init_subclass__" | "__class_getitem__"
        );
    let parameters = &def.parameters;
    let first = parameters.posonlyargs.first().or(parameters.args.first())?;
    Some(Receiver {
        name: first.parameter.name.as_str(),
        means: Some((class_at, of_class)),
    })
}

/// The body of a class statement: its functions are methods.
struct Body<'w, 'a> {
    walk: &'w mut Walk<'a>,
    class_at: u32,
}

impl<'a> Visitor<'a> for Body<'_, 'a> {
    fn visit_stmt(&mut self, statement: &'a ast::Stmt) {
        match statement {
            ast::Stmt::FunctionDef(def) => self.walk.function(def, Some(self.class_at)),
            ast::Stmt::If(_)
            | ast::Stmt::Try(_)
            | ast::Stmt::With(_)
            | ast::Stmt::For(_)
            | ast::Stmt::While(_)
            | ast::Stmt::Match(_) => visitor::walk_stmt(self, statement),
            _ => self.walk.visit_stmt(statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a ast::Expr) {
        self.walk.visit_expr(expression);
    }
}

/// The names that a function binds in its own body.
struct Bound<'a> {
    names: Vec<&'a str>,
}

impl<'a> Visitor<'a> for Bound<'a> {
    fn visit_stmt(&mut self, statement: &'a ast::Stmt) {
        match statement {
            ast::Stmt::FunctionDef(def) => self.names.push(def.name.as_str()),
            ast::Stmt::ClassDef(def) => self.names.push(def.name.as_str()),
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a ast::Expr) {
        match expression {
            ast::Expr::Name(it) if !it.ctx.is_load() => self.names.push(it.id.as_str()),
            ast::Expr::Lambda(_) => {}
            _ => visitor::walk_expr(self, expression),
        }
    }
}
