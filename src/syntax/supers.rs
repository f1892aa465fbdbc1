//! What a method hands on: the attributes it reads from `super()`, how a run comes to each, and its calls by a class's name.
//!
//! Nothing is resolved here. Where each leads depends on the class of the object, and is worked out by `analysis/supers.rs`.

use std::sync::Arc;

use ruff_python_ast as ast;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_text_size::{Ranged, TextRange};

use crate::Name;
use crate::syntax::{Expr, ExprKind, FunctionDef};

/// A `def` in the body of a class statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// Its name, as it is written.
    pub name: Name,
    /// Offset of its first decorator, or of `def`.
    pub start: u32,
    /// Offset of the name, which stands on the line of `def`.
    pub name_at: u32,
    /// Offset after the body.
    pub end: u32,
    /// Whether it only adds to a definition of its name, or only types it: `@name.setter`, `@overload`.
    pub is_aside: bool,
    /// Its decorators as dotted names, calls without their arguments; `?` for other expressions.
    pub decorators: Box<[Name]>,
    /// What it hands on; none where it hands on nothing.
    pub supers: Option<Arc<Supers>>,
}

/// What a function hands on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Supers {
    /// What it reads from `super()`, in order of the source.
    pub sites: Box<[SuperSite]>,
    /// Its calls of its own name by a class's name: `Base.save(self)`.
    pub named: Box<[NamedCall]>,
}

/// An attribute that is read from a `super()` call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuperSite {
    /// Offset of the word `super`.
    pub start: u32,
    /// Offset after the attribute, or after the call of it.
    pub end: u32,
    /// The attribute, as it is written.
    pub name: Name,
    /// Behind which class the search starts.
    pub after: After,
    /// Whether it works only where comprehensions are no functions of their own: since 3.12 (PEP 709).
    pub is_inlined: bool,
    /// How a call of the function comes to it.
    pub reached: Reached,
    /// What it hangs on, the outermost first.
    pub conditions: Box<[Condition]>,
    /// What is handed on, where the attribute is called on the spot.
    pub passed: Option<Passed>,
}

/// Behind which class of the receiver's MRO a search starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// The class around: `super()`.
    Class,
    /// The class of the receiver itself: `super(type(self), self)`.
    Receiver,
    /// The class that this dotted name means: `super(Cart, self)`.
    Named(Name),
}

/// How a call of a function comes to something inside of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reached {
    /// Whenever nothing raises.
    Always,
    /// If something holds.
    Conditional,
    /// When somebody calls a function that is made inside, or that is read.
    Late,
}

/// Something on which it hangs whether a place is come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition {
    /// What it is.
    pub kind: ConditionKind,
    /// Offset of the first byte of the test, of what is iterated over, of the pattern.
    pub start: u32,
    /// Offset after it.
    pub end: u32,
}

/// The forms of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConditionKind {
    /// `if test`
    If,
    /// The other branch of `if test`.
    Else,
    /// `for target in iter`
    For,
    /// `while test`
    While,
    /// `case pattern`
    Case,
    /// Anywhere in a `try`.
    Try,
    /// Behind `test and`.
    And,
    /// Behind `test or`.
    Or,
    /// In a comprehension.
    Comprehension,
    /// Behind a `return`.
    AfterReturn,
}

/// The arguments of a call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passed {
    /// How many by position.
    pub positional: usize,
    /// By name.
    pub keywords: Box<[Name]>,
    /// Whether there are others by position: `*args`.
    pub has_more: bool,
    /// Whether there are others by name: `**kwargs`.
    pub has_more_keywords: bool,
}

/// A call of the function's own name by a class's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedCall {
    /// The dotted name in front: `Base` of `Base.save(self)`.
    pub class: Name,
    /// Offset of the call.
    pub start: u32,
    /// Offset after it.
    pub end: u32,
    /// How a call of the function comes to it.
    pub reached: Reached,
    /// What it hangs on, the outermost first.
    pub conditions: Box<[Condition]>,
    /// What is handed on.
    pub passed: Passed,
}

impl Method {
    /// What is kept of a `def` in a class body.
    pub(super) fn of(def: &FunctionDef) -> Self {
        let decorators: Box<[Name]> = def.decorators.iter().map(decorator).collect();
        let is_aside = decorators.iter().any(|it| {
            let (before, last) = it.rsplit_once('.').unwrap_or(("", it));
            last == "overload"
                || before == def.name && matches!(last, "setter" | "deleter" | "getter")
        });
        Self {
            name: def.name.clone(),
            start: def.start,
            name_at: def.name_at,
            end: def.end,
            is_aside,
            decorators,
            supers: def.summary.supers.clone(),
        }
    }
}

/// The dotted name of a decorator.
fn decorator(expr: &Expr) -> Name {
    fn dotted(expr: &Expr) -> Option<String> {
        match &expr.kind {
            ExprKind::Name(name) => Some(name.to_string()),
            ExprKind::Attribute(of, name) => Some(format!("{}.{name}", dotted(of)?)),
            _ => None,
        }
    }
    let named = match &expr.kind {
        ExprKind::Call(call) => dotted(&call.function),
        _ => dotted(expr),
    };
    named.map_or(Name::const_new("?"), Name::from)
}

/// Finds what a function hands on; none where it is nothing.
pub(super) fn supers(def: &ast::StmtFunctionDef, shift: u32) -> Option<Arc<Supers>> {
    let mut walk = Walk {
        own_name: def.name.as_str(),
        shift,
        sites: vec![],
        named: vec![],
        conditions: vec![],
        scopes: vec![Scope {
            first: first_parameter(&def.parameters),
            is_late: false,
            is_inlined: false,
        }],
        returned: None,
    };
    walk.visit_body(&def.body);
    let (sites, named) = (walk.sites, walk.named);
    (!sites.is_empty() || !named.is_empty()).then(|| {
        Arc::new(Supers {
            sites: sites.into(),
            named: named.into(),
        })
    })
}

/// Whether an expression is a call of `super`.
pub(super) fn is_super_call(it: &ast::Expr) -> bool {
    matches!(it, ast::Expr::Call(call) if is_name(&call.func, "super"))
}

fn is_name(it: &ast::Expr, name: &str) -> bool {
    matches!(it, ast::Expr::Name(it) if it.id.as_str() == name)
}

/// The parameter that takes the receiver.
fn first_parameter(parameters: &ast::Parameters) -> Option<&str> {
    let first = parameters.posonlyargs.first().or(parameters.args.first());
    first.map(|it| it.parameter.name.as_str())
}

fn dotted(it: &ast::Expr) -> Option<String> {
    match it {
        ast::Expr::Name(name) => Some(name.id.as_str().to_owned()),
        ast::Expr::Attribute(it) => Some(format!("{}.{}", dotted(&it.value)?, it.attr.as_str())),
        _ => None,
    }
}

/// A function, or what counts as one, around what is looked at.
struct Scope<'a> {
    /// The parameter for which `super()` looks; none where it does not work.
    first: Option<&'a str>,
    /// Whether it runs later than the function it stands in.
    is_late: bool,
    /// Whether it is a comprehension that runs as part of the function around since 3.12.
    is_inlined: bool,
}

struct Walk<'a> {
    own_name: &'a str,
    shift: u32,
    sites: Vec<SuperSite>,
    named: Vec<NamedCall>,
    conditions: Vec<Condition>,
    scopes: Vec<Scope<'a>>,
    /// The first `return` of the function itself.
    returned: Option<TextRange>,
}

impl<'a> Walk<'a> {
    fn moved(&self, range: TextRange) -> (u32, u32) {
        (
            range.start().to_u32().wrapping_add(self.shift),
            range.end().to_u32().wrapping_add(self.shift),
        )
    }

    /// Does something under a condition.
    fn under(&mut self, kind: ConditionKind, at: TextRange, what: impl FnOnce(&mut Self)) {
        let (start, end) = self.moved(at);
        self.conditions.push(Condition { kind, start, end });
        what(self);
        self.conditions.pop();
    }

    fn within(&mut self, scope: Scope<'a>, what: impl FnOnce(&mut Self)) {
        self.scopes.push(scope);
        what(self);
        self.scopes.pop();
    }

    /// A function inside: its head is worked out here, its body when it is called.
    fn function(&mut self, parameters: Option<&'a ast::Parameters>, what: impl FnOnce(&mut Self)) {
        let defaults = parameters.into_iter().flat_map(|it| {
            let all = it.posonlyargs.iter().chain(&it.args).chain(&it.kwonlyargs);
            all.filter_map(|it| it.default.as_deref())
        });
        defaults.for_each(|it| self.visit_expr(it));
        let scope = Scope {
            first: parameters.and_then(first_parameter),
            is_late: true,
            is_inlined: false,
        };
        self.within(scope, what);
    }

    fn comprehension(
        &mut self,
        at: TextRange,
        elements: &[&'a ast::Expr],
        clauses: &'a [ast::Comprehension],
        is_generator: bool,
    ) {
        if let Some(first) = clauses.first() {
            self.visit_expr(&first.iter);
        }
        let around = self.scopes.last();
        let scope = Scope {
            first: around.filter(|_| !is_generator).and_then(|it| it.first),
            is_late: is_generator || around.is_some_and(|it| it.is_late),
            is_inlined: !is_generator,
        };
        self.within(scope, |walk| {
            walk.under(ConditionKind::Comprehension, at, |walk| {
                for (number, clause) in clauses.iter().enumerate() {
                    if number > 0 {
                        walk.visit_expr(&clause.iter);
                    }
                    walk.visit_expr(&clause.target);
                    clause.ifs.iter().for_each(|it| walk.visit_expr(it));
                }
                for it in elements {
                    walk.visit_expr(it);
                }
            });
        });
    }

    /// How a run comes to where the walk is, and on what it hangs.
    fn reached(&self) -> (Reached, Box<[Condition]>) {
        let mut conditions = self.conditions.clone();
        if let Some(returned) = self.returned {
            let (start, end) = self.moved(returned);
            let kind = ConditionKind::AfterReturn;
            conditions.push(Condition { kind, start, end });
        }
        let reached = match conditions.is_empty() {
            _ if self.scopes.last().is_some_and(|it| it.is_late) => Reached::Late,
            true => Reached::Always,
            false => Reached::Conditional,
        };
        (reached, conditions.into())
    }

    /// `super().name`, or a call of it.
    fn site(&mut self, it: &'a ast::ExprAttribute, call: Option<&ast::ExprCall>) {
        let ast::Expr::Call(of) = &*it.value else {
            return;
        };
        let Some(after) = self.after(&of.arguments) else {
            return;
        };
        let (reached, conditions) = self.reached();
        let whole = call.map_or(it.range, ruff_text_size::Ranged::range);
        // A function of its own inside of a comprehension has a first parameter of its own.
        let is_bare = of.arguments.args.is_empty();
        let is_inlined = is_bare && self.scopes.last().is_some_and(|it| it.is_inlined);
        self.sites.push(SuperSite {
            start: self.moved(of.range()).0,
            end: self.moved(whole).1,
            name: Name::from(it.attr.as_str()),
            after,
            is_inlined,
            reached,
            conditions,
            passed: call.map(|call| passed(&call.arguments)),
        });
    }

    /// Behind which class a `super` with these arguments looks; none where it does not work, or looks for another object than the receiver.
    fn after(&self, arguments: &ast::Arguments) -> Option<After> {
        if arguments.args.is_empty() && arguments.keywords.is_empty() {
            return self.scopes.last()?.first.map(|_| After::Class);
        }
        let [start, ast::Expr::Name(receiver)] = &*arguments.args else {
            return None;
        };
        let receiver = receiver.id.as_str();
        if !self.scopes.iter().any(|it| it.first == Some(receiver)) {
            return None;
        }
        let is_its_type = match start {
            ast::Expr::Call(call) => {
                is_name(&call.func, "type")
                    && matches!(&*call.arguments.args, [only] if is_name(only, receiver))
            }
            ast::Expr::Attribute(it) => {
                is_name(&it.value, receiver) && it.attr.as_str() == "__class__"
            }
            _ => is_name(start, receiver),
        };
        if is_its_type {
            return Some(After::Receiver);
        }
        match dotted(start)? {
            name if name == "__class__" => Some(After::Class),
            name => Some(After::Named(Name::from(name))),
        }
    }

    /// `Base.save(self)` in `save`.
    fn named_call(&mut self, call: &ast::ExprCall) {
        let ast::Expr::Attribute(it) = &*call.func else {
            return;
        };
        if it.attr.as_str() != self.own_name {
            return;
        }
        if let Some(class) = dotted(&it.value) {
            let (reached, conditions) = self.reached();
            let (start, end) = self.moved(call.range());
            self.named.push(NamedCall {
                class: Name::from(class),
                start,
                end,
                reached,
                conditions,
                passed: passed(&call.arguments),
            });
        }
    }
}

impl<'a> Visitor<'a> for Walk<'a> {
    fn visit_stmt(&mut self, statement: &'a ast::Stmt) {
        match statement {
            ast::Stmt::FunctionDef(def) => {
                def.decorator_list
                    .iter()
                    .for_each(|it| self.visit_expr(&it.expression));
                self.function(Some(&def.parameters), |walk| walk.visit_body(&def.body));
            }
            // Its methods look behind another class.
            ast::Stmt::ClassDef(def) => {
                def.decorator_list
                    .iter()
                    .for_each(|it| self.visit_expr(&it.expression));
                if let Some(arguments) = &def.arguments {
                    self.visit_arguments(arguments);
                }
            }
            ast::Stmt::If(it) => self.branches(it),
            ast::Stmt::While(it) => {
                self.visit_expr(&it.test);
                self.under(ConditionKind::While, it.test.range(), |walk| {
                    walk.visit_body(&it.body);
                    walk.visit_body(&it.orelse);
                });
            }
            ast::Stmt::For(it) => {
                self.visit_expr(&it.iter);
                let head = TextRange::new(it.target.start(), it.iter.end());
                self.under(ConditionKind::For, head, |walk| {
                    walk.visit_expr(&it.target);
                    walk.visit_body(&it.body);
                    walk.visit_body(&it.orelse);
                });
            }
            ast::Stmt::Match(it) => {
                self.visit_expr(&it.subject);
                for case in &it.cases {
                    self.under(ConditionKind::Case, case.pattern.range(), |walk| {
                        visitor::walk_match_case(walk, case);
                    });
                }
            }
            ast::Stmt::Try(it) => {
                self.under(ConditionKind::Try, it.range, |walk| {
                    visitor::walk_stmt(walk, statement);
                });
            }
            ast::Stmt::Return(it) => {
                visitor::walk_stmt(self, statement);
                if self.scopes.len() == 1 {
                    self.returned.get_or_insert(it.range);
                }
            }
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a ast::Expr) {
        match expression {
            ast::Expr::Lambda(it) => {
                self.function(it.parameters.as_deref(), |walk| walk.visit_expr(&it.body));
            }
            ast::Expr::ListComp(it) => {
                self.comprehension(it.range, &[&it.elt], &it.generators, false);
            }
            ast::Expr::SetComp(it) => {
                self.comprehension(it.range, &[&it.elt], &it.generators, false);
            }
            ast::Expr::DictComp(it) => {
                let elements: Vec<&ast::Expr> =
                    it.key.as_deref().into_iter().chain([&*it.value]).collect();
                self.comprehension(it.range, &elements, &it.generators, false);
            }
            ast::Expr::Generator(it) => {
                self.comprehension(it.range, &[&it.elt], &it.generators, true);
            }
            ast::Expr::If(it) => {
                self.visit_expr(&it.test);
                self.under(ConditionKind::If, it.test.range(), |walk| {
                    walk.visit_expr(&it.body);
                });
                self.under(ConditionKind::Else, it.test.range(), |walk| {
                    walk.visit_expr(&it.orelse);
                });
            }
            ast::Expr::BoolOp(it) => {
                let kind = match it.op {
                    ast::BoolOp::And => ConditionKind::And,
                    ast::BoolOp::Or => ConditionKind::Or,
                };
                let mut values = it.values.iter();
                let Some(first) = values.next() else { return };
                self.visit_expr(first);
                self.under(kind, first.range(), |walk| {
                    values.for_each(|it| walk.visit_expr(it));
                });
            }
            ast::Expr::Call(call) => match &*call.func {
                ast::Expr::Attribute(of) if is_super_call(&of.value) => {
                    self.site(of, Some(call));
                    self.visit_arguments(&call.arguments);
                }
                _ => {
                    self.named_call(call);
                    visitor::walk_expr(self, expression);
                }
            },
            ast::Expr::Attribute(it) if it.ctx.is_load() && is_super_call(&it.value) => {
                self.site(it, None);
            }
            _ => visitor::walk_expr(self, expression),
        }
    }

    // Annotations read nothing that a call comes to.
    fn visit_annotation(&mut self, _annotation: &'a ast::Expr) {}
}

impl<'a> Walk<'a> {
    fn branches(&mut self, it: &'a ast::StmtIf) {
        self.visit_expr(&it.test);
        self.under(ConditionKind::If, it.test.range(), |walk| {
            walk.visit_body(&it.body);
        });
        // Each `elif` stands in the `else` of what comes before it.
        let mut before = it.test.range();
        let depth = self.conditions.len();
        for clause in &it.elif_else_clauses {
            let (start, end) = self.moved(before);
            let kind = ConditionKind::Else;
            self.conditions.push(Condition { kind, start, end });
            match &clause.test {
                Some(test) => {
                    self.visit_expr(test);
                    self.under(ConditionKind::If, test.range(), |walk| {
                        walk.visit_body(&clause.body);
                    });
                    before = test.range();
                }
                None => self.visit_body(&clause.body),
            }
        }
        self.conditions.truncate(depth);
    }
}

fn passed(arguments: &ast::Arguments) -> Passed {
    let is_more = |it: &&ast::Expr| matches!(it, ast::Expr::Starred(_));
    let named = arguments.keywords.iter().filter_map(|it| it.arg.as_ref());
    Passed {
        positional: arguments.args.iter().filter(|it| !is_more(it)).count(),
        keywords: named.map(|it| Name::from(it.as_str())).collect(),
        has_more: arguments.args.iter().any(|it| is_more(&it)),
        has_more_keywords: arguments.keywords.iter().any(|it| it.arg.is_none()),
    }
}
