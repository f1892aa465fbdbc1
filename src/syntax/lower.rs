//! ruff's tree → our statements, errors kept beside them.

use std::sync::{Arc, OnceLock};

use ruff_python_ast as ast;
use ruff_python_parser::{Mode, ParseOptions, parse_expression, parse_unchecked};
use ruff_text_size::Ranged;

use crate::Name;
use crate::source::PythonVersion;
use crate::syntax::{
    Block, Case, ClassDef, ExprKind, FunctionDef, Handler, ImportFrom, Imported, Lambda, Parameter,
    ParameterKind, Pattern, Stmt, StmtKind, Try, TypeParameter, TypeParameterKind,
};

use super::assigned::assigned;
use super::lower_expr::{self, expr, exprs};
use super::refused::refused;
use super::summary::{summary, uses_cell};
use super::written::Written;

/// A module's statements, and what could not be read.
#[derive(Debug, Default)]
pub struct ModuleSyntax {
    /// Its statements in order.
    pub body: Box<Block>,
    /// Where it is not Python; what stands around is in `body` all the same.
    pub errors: Vec<SyntaxError>,
    /// Names that it writes from elsewhere.
    pub written: Written,
}

/// A place where a text is not Python.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, in a line.
    pub message: String,
    /// Offset of the trouble.
    pub at: u32,
}

impl ModuleSyntax {
    /// Cuts out what [`FunctionDef::body_for_classes`] gives, for all functions of the module and of its classes: whoever has time
    /// to spare does it for the one who asks.
    pub fn cut_functions(&self, text: &str) {
        self.for_functions(|def| {
            if def.summary.has_class {
                def.body_for_classes(text);
            }
        });
    }

    /// Gives back the bodies of all functions of the module and of its classes.
    pub fn give_back_bodies(&self) {
        self.for_functions(FunctionDef::give_back);
    }

    /// The functions of the module and of its classes, but for those inside of functions.
    fn for_functions(&self, mut what: impl FnMut(&FunctionDef)) {
        let mut blocks: Vec<&Block> = vec![&self.body];
        while let Some(block) = blocks.pop() {
            for stmt in block {
                match &stmt.kind {
                    StmtKind::Function(def) => what(def),
                    StmtKind::Class(def) => blocks.push(&def.body),
                    kind => kind.blocks(&mut |block| blocks.push(block)),
                }
            }
        }
    }
}

/// Bytes up to which a text is read without a look at how deep it nests.
const SHALLOW: usize = 64 << 10;

/// Reads a module as this version of CPython compiles it: what it would refuse, for its grammar or for what it does not allow in its
/// place, is an error. A text that nests deeper than CPython's parser allows gives no statements and that one error.
pub fn parse(text: &str, version: PythonVersion) -> ModuleSyntax {
    // A text of this size cannot nest deeper than the stack of those who walk it allows, whatever it holds.
    if text.len() > SHALLOW
        && let Some((at, message)) = super::limits::too_deep(text)
    {
        return ModuleSyntax {
            body: Box::default(),
            errors: vec![SyntaxError {
                message: message.into(),
                at,
            }],
            written: Written::default(),
        };
    }
    let target = ast::PythonVersion {
        major: version.major,
        minor: version.minor,
    };
    let options = ParseOptions::from(Mode::Module).with_target_version(target);
    let parsed = parse_unchecked(text, options);
    let mut errors: Vec<SyntaxError> = parsed
        .errors()
        .iter()
        .map(|error| SyntaxError {
            message: error.error.to_string(),
            at: error.location.start().to_u32(),
        })
        .collect();
    let newer = parsed.unsupported_syntax_errors().iter();
    errors.extend(newer.map(|error| SyntaxError {
        message: error.to_string(),
        at: error.range.start().to_u32(),
    }));
    let ast::Mod::Module(module) = parsed.syntax() else {
        return ModuleSyntax {
            errors,
            ..ModuleSyntax::default()
        };
    };
    // A tree that was mended has places that nobody wrote.
    let mut written = Written::default();
    if errors.is_empty() {
        let (error, found) = refused(module, text, target);
        errors.extend(error);
        written = found;
    }
    ModuleSyntax {
        body: block(&module.body, 0),
        errors,
        written,
    }
}

/// The line put before an indented function, so that its text alone is a module.
const WRAPPER: &str = "if 1:\n";

/// Reads the body of the function that stands in `text` from `start` to `end`, with the offsets it has there.
pub(super) fn function_body(text: &str, start: u32, end: u32) -> Box<Block> {
    with_function(text, start, end, |def, shift| block(&def.body, shift)).unwrap_or_default()
}

/// Reads the head of the function that stands in `text` from `start` to `end`, with the offsets it has there.
pub(super) fn function_at(text: &str, start: u32, end: u32) -> Option<FunctionDef> {
    with_function(text, start, end, function)
}

/// Reads the parameters of the function that stands in a file's text between two offsets; none where no `def` stands there.
pub fn parameters_at(text: &str, start: u32, end: u32) -> Option<Box<[Parameter]>> {
    with_function(text, start, end, |def, shift| {
        parameters(&def.parameters, shift)
    })
}

/// Reads what the head of the function that stands in `text` from `start` to `end` annotates.
pub(super) fn function_annotations(text: &str, start: u32, end: u32) -> Vec<(Name, u32, u32)> {
    with_function(text, start, end, |def, shift| {
        let annotated = annotated(def).into_iter().map(|(of, annotation)| {
            let range = annotation.range();
            (
                Name::from(of),
                range.start().to_u32().wrapping_add(shift),
                range.end().to_u32().wrapping_add(shift),
            )
        });
        annotated.collect()
    })
    .unwrap_or_default()
}

/// What the head of a function annotates, in the order in which CPython does (`compiler_visit_annotations`); what the function returns goes
/// by the name of `return`.
fn annotated(def: &ast::StmtFunctionDef) -> Vec<(&str, &ast::Expr)> {
    let list = &def.parameters;
    let mut ordered: Vec<&ast::Parameter> = vec![];
    for it in list.posonlyargs.iter().chain(&list.args) {
        ordered.push(&it.parameter);
    }
    ordered.extend(list.vararg.as_deref());
    for it in &list.kwonlyargs {
        ordered.push(&it.parameter);
    }
    ordered.extend(list.kwarg.as_deref());
    let annotations = ordered.into_iter();
    let annotations =
        annotations.filter_map(|it| Some((it.name.as_str(), it.annotation.as_deref()?)));
    annotations
        .chain(def.returns.as_deref().map(|it| ("return", it)))
        .collect()
}

/// The annotations of a function's head, literals and names that stand there a second time left out.
fn hints(def: &ast::StmtFunctionDef, shift: u32) -> Box<[crate::syntax::Expr]> {
    let mut met: Vec<&str> = vec![];
    let mut found = vec![];
    for (_, annotation) in annotated(def) {
        match annotation {
            ast::Expr::Name(name) => {
                let name = name.id.as_str();
                if !met.contains(&name) {
                    met.push(name);
                    found.push(expr(annotation, shift));
                }
            }
            it if it.is_literal_expr() => {}
            _ => found.push(expr(annotation, shift)),
        }
    }
    found.into()
}

/// Reads the lambda that stands in `text` from `start` to `end`, with the offsets it has there.
pub(super) fn lambda_at(text: &str, start: u32, end: u32) -> Option<Arc<Lambda>> {
    let slice = text.get(start as usize..end as usize)?;
    if !slice.starts_with("lambda") {
        return None;
    }
    // Between parentheses it may go over several lines.
    let parsed = parse_expression(&format!("({slice})")).ok()?;
    match expr(parsed.expr(), start.wrapping_sub(1)).kind {
        ExprKind::Lambda(lambda) => Some(lambda),
        _ => None,
    }
}

fn with_function<T>(
    text: &str,
    start: u32,
    end: u32,
    what: impl FnOnce(&ast::StmtFunctionDef, u32) -> T,
) -> Option<T> {
    let before = text.get(..start as usize).unwrap_or("");
    let line = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let wrapped;
    let (slice, shift) = if line == start as usize {
        (text.get(line..end as usize).unwrap_or(""), line as u32)
    } else {
        wrapped = format!("{WRAPPER}{}", text.get(line..end as usize).unwrap_or(""));
        (
            wrapped.as_str(),
            (line as u32).wrapping_sub(WRAPPER.len() as u32),
        )
    };
    let parsed = parse_unchecked(slice, ParseOptions::from(Mode::Module));
    let ast::Mod::Module(module) = parsed.syntax() else {
        return None;
    };
    let first = match module.body.first() {
        Some(ast::Stmt::If(wrapper)) if line != start as usize => wrapper.body.first(),
        first => first,
    };
    match first? {
        ast::Stmt::FunctionDef(def) => Some(what(def, shift)),
        _ => None,
    }
}

pub(super) fn name(identifier: &ast::Identifier) -> Name {
    Name::from(identifier.as_str())
}

pub(super) fn block(statements: &[ast::Stmt], shift: u32) -> Box<Block> {
    statements
        .iter()
        .map(|statement| stmt(statement, shift))
        .collect()
}

fn boxed(value: &ast::Expr, shift: u32) -> Box<crate::syntax::Expr> {
    Box::new(expr(value, shift))
}

fn stmt(statement: &ast::Stmt, shift: u32) -> Stmt {
    let kind = match statement {
        ast::Stmt::FunctionDef(def) => StmtKind::Function(Arc::new(function(def, shift))),
        ast::Stmt::ClassDef(def) => StmtKind::Class(Arc::new(class(def, shift))),
        ast::Stmt::Return(it) => {
            StmtKind::Return(it.value.as_deref().map(|value| boxed(value, shift)))
        }
        ast::Stmt::Delete(it) => StmtKind::Delete(exprs(&it.targets, shift)),
        ast::Stmt::TypeAlias(it) => match &*it.name {
            ast::Expr::Name(it) => StmtKind::TypeAlias(Name::from(it.id.as_str())),
            _ => StmtKind::Pass,
        },
        ast::Stmt::Assign(it) => {
            StmtKind::Assign(exprs(&it.targets, shift), boxed(&it.value, shift))
        }
        ast::Stmt::AugAssign(it) => StmtKind::Augment(
            boxed(&it.target, shift),
            lower_expr::binary_op(it.op),
            boxed(&it.value, shift),
        ),
        ast::Stmt::AnnAssign(it) => StmtKind::Annotate(
            boxed(&it.target, shift),
            boxed(&it.annotation, shift),
            it.value.as_deref().map(|value| boxed(value, shift)),
        ),
        ast::Stmt::For(it) => StmtKind::For {
            is_async: it.is_async,
            target: boxed(&it.target, shift),
            iter: boxed(&it.iter, shift),
            body: block(&it.body, shift),
            orelse: block(&it.orelse, shift),
        },
        ast::Stmt::While(it) => StmtKind::While {
            test: boxed(&it.test, shift),
            body: block(&it.body, shift),
            orelse: block(&it.orelse, shift),
        },
        ast::Stmt::If(it) => {
            let mut branches = vec![(Some(expr(&it.test, shift)), block(&it.body, shift))];
            branches.extend(it.elif_else_clauses.iter().map(|clause| {
                (
                    clause.test.as_ref().map(|test| expr(test, shift)),
                    block(&clause.body, shift),
                )
            }));
            StmtKind::If(branches.into())
        }
        ast::Stmt::With(it) => StmtKind::With(
            it.items
                .iter()
                .map(|item| {
                    (
                        expr(&item.context_expr, shift),
                        item.optional_vars.as_deref().map(|vars| expr(vars, shift)),
                    )
                })
                .collect(),
            block(&it.body, shift),
            it.is_async,
        ),
        ast::Stmt::Match(it) => StmtKind::Match(
            boxed(&it.subject, shift),
            it.cases
                .iter()
                .map(|case| Case {
                    pattern: pattern(&case.pattern, shift),
                    guard: case.guard.as_deref().map(|guard| expr(guard, shift)),
                    body: block(&case.body, shift),
                })
                .collect(),
        ),
        ast::Stmt::Raise(it) => StmtKind::Raise(it.exc.as_deref().map(|value| boxed(value, shift))),
        ast::Stmt::Try(it) => StmtKind::Try(Box::new(Try {
            body: block(&it.body, shift),
            handlers: it
                .handlers
                .iter()
                .map(|handler| {
                    let ast::ExceptHandler::ExceptHandler(handler) = handler;
                    Handler {
                        kind: handler.type_.as_deref().map(|kind| expr(kind, shift)),
                        name: handler.name.as_ref().map(name),
                        body: block(&handler.body, shift),
                    }
                })
                .collect(),
            orelse: block(&it.orelse, shift),
            finally: block(&it.finalbody, shift),
        })),
        ast::Stmt::Assert(it) => StmtKind::Assert(Box::new((
            expr(&it.test, shift),
            it.msg.as_ref().map(|it| expr(it, shift)),
        ))),
        ast::Stmt::Import(it) => StmtKind::Import(it.names.iter().map(imported).collect()),
        ast::Stmt::ImportFrom(it) => StmtKind::ImportFrom(Box::new(ImportFrom {
            level: it.level,
            module: it.module.as_ref().map(name).unwrap_or_default(),
            names: it.names.iter().map(imported).collect(),
        })),
        ast::Stmt::Global(it) => StmtKind::Global(it.names.iter().map(name).collect()),
        ast::Stmt::Nonlocal(it) => StmtKind::Nonlocal(it.names.iter().map(name).collect()),
        ast::Stmt::Expr(it) => StmtKind::Expr(boxed(&it.value, shift)),
        ast::Stmt::Pass(_) | ast::Stmt::IpyEscapeCommand(_) => StmtKind::Pass,
        ast::Stmt::Break(_) => StmtKind::Break,
        ast::Stmt::Continue(_) => StmtKind::Continue,
    };
    let range = statement.range();
    Stmt {
        kind,
        start: range.start().to_u32().wrapping_add(shift),
        end: range.end().to_u32().wrapping_add(shift),
    }
}

fn imported(alias: &ast::Alias) -> Imported {
    Imported {
        name: name(&alias.name),
        alias: alias.asname.as_ref().map(name),
    }
}

fn type_parameters(parameters: Option<&ast::TypeParams>) -> Box<[TypeParameter]> {
    let one = |it: &ast::TypeParam| TypeParameter {
        name: name(it.name()),
        kind: match it {
            ast::TypeParam::TypeVar(_) => TypeParameterKind::TypeVar,
            ast::TypeParam::TypeVarTuple(_) => TypeParameterKind::TypeVarTuple,
            ast::TypeParam::ParamSpec(_) => TypeParameterKind::ParamSpec,
        },
        has_default: it.default().is_some(),
    };
    parameters.map_or_else(Box::default, |list| {
        list.type_params.iter().map(one).collect()
    })
}

fn decorators(list: &[ast::Decorator], shift: u32) -> Box<[crate::syntax::Expr]> {
    list.iter()
        .map(|decorator| expr(&decorator.expression, shift))
        .collect()
}

fn function(def: &ast::StmtFunctionDef, shift: u32) -> FunctionDef {
    let start = def.range.start().to_u32().wrapping_add(shift);
    FunctionDef {
        name: name(&def.name),
        decorators: decorators(&def.decorator_list, shift),
        parameters: parameters(&def.parameters, shift),
        type_parameters: type_parameters(def.type_params.as_deref()),
        hints: hints(def, shift),
        summary: summary(def, shift),
        start,
        name_at: def.name.range.start().to_u32().wrapping_add(shift),
        end: def.range.end().to_u32().wrapping_add(shift),
        read: OnceLock::new(),
    }
}

fn class(def: &ast::StmtClassDef, shift: u32) -> ClassDef {
    let start = def.range.start().to_u32().wrapping_add(shift);
    let name_at = (
        def.name.range.start().to_u32().wrapping_add(shift),
        def.name.range.end().to_u32().wrapping_add(shift),
    );
    let arguments = def.arguments.as_deref();
    ClassDef {
        name: name(&def.name),
        decorators: decorators(&def.decorator_list, shift),
        type_parameters: type_parameters(def.type_params.as_deref()),
        bases: arguments.map_or_else(Box::default, |list| exprs(&list.args, shift)),
        keywords: arguments.map_or_else(Box::default, |list| {
            lower_expr::keywords(&list.keywords, shift)
        }),
        body: block(&def.body, shift),
        assigned: assigned(def, shift),
        uses_cell: uses_cell(&def.body),
        arguments: arguments.map(|list| {
            let (from, to) = (
                list.range.start().to_u32() + 1,
                list.range.end().to_u32().saturating_sub(1),
            );
            (from.wrapping_add(shift), to.max(from).wrapping_add(shift))
        }),
        name_at,
        start,
        keyword: if def.decorator_list.is_empty() {
            start
        } else {
            name_at.0
        },
        end: def.range.end().to_u32().wrapping_add(shift),
    }
}

pub(super) fn parameters(list: &ast::Parameters, shift: u32) -> Box<[Parameter]> {
    let plain = |parameter: &ast::ParameterWithDefault, kind| Parameter {
        name: name(&parameter.parameter.name),
        kind,
        default: parameter
            .default
            .as_deref()
            .map(|value| boxed(value, shift)),
    };
    let rest = |parameter: &ast::Parameter, kind| Parameter {
        name: name(&parameter.name),
        kind,
        default: None,
    };
    let mut all =
        Vec::with_capacity(list.posonlyargs.len() + list.args.len() + list.kwonlyargs.len() + 2);
    all.extend(
        list.posonlyargs
            .iter()
            .map(|it| plain(it, ParameterKind::Positional)),
    );
    all.extend(list.args.iter().map(|it| plain(it, ParameterKind::Either)));
    all.extend(
        list.vararg
            .as_deref()
            .map(|it| rest(it, ParameterKind::Rest)),
    );
    all.extend(
        list.kwonlyargs
            .iter()
            .map(|it| plain(it, ParameterKind::Keyword)),
    );
    all.extend(
        list.kwarg
            .as_deref()
            .map(|it| rest(it, ParameterKind::Keywords)),
    );
    all.into()
}

fn pattern(it: &ast::Pattern, shift: u32) -> Pattern {
    match it {
        ast::Pattern::MatchValue(it) => Pattern::Value(expr(&it.value, shift)),
        ast::Pattern::MatchSingleton(single) => {
            let literal = match single.value {
                ast::Singleton::None => crate::syntax::Literal::None,
                ast::Singleton::True => crate::syntax::Literal::Bool(true),
                ast::Singleton::False => crate::syntax::Literal::Bool(false),
            };
            let (start, end) = (
                single.range.start().to_u32().wrapping_add(shift),
                single.range.end().to_u32().wrapping_add(shift),
            );
            Pattern::Same(crate::syntax::Expr {
                kind: crate::syntax::ExprKind::Literal(literal),
                start,
                end,
            })
        }
        ast::Pattern::MatchAs(it) => match (&it.pattern, &it.name) {
            (Some(inner), Some(bound)) => Pattern::As(Box::new(pattern(inner, shift)), name(bound)),
            (Some(inner), None) => pattern(inner, shift),
            (None, bound) => Pattern::Any(bound.as_ref().map(name)),
        },
        ast::Pattern::MatchOr(it) => Pattern::Or(patterns(&it.patterns, shift)),
        ast::Pattern::MatchSequence(it) => Pattern::Sequence(patterns(&it.patterns, shift)),
        ast::Pattern::MatchStar(it) => Pattern::Star(it.name.as_ref().map(name)),
        ast::Pattern::MatchMapping(it) => Pattern::Mapping {
            entries: (it.keys.iter().zip(&it.patterns))
                .map(|(key, value)| (expr(key, shift), pattern(value, shift)))
                .collect(),
            rest: it.rest.as_ref().map(name),
        },
        ast::Pattern::MatchClass(it) => Pattern::Class {
            class: expr(&it.cls, shift),
            positional: patterns(&it.arguments.patterns, shift),
            keywords: (it.arguments.keywords.iter())
                .map(|it| (name(&it.attr), pattern(&it.pattern, shift)))
                .collect(),
        },
    }
}

fn patterns(all: &[ast::Pattern], shift: u32) -> Box<[Pattern]> {
    all.iter().map(|it| pattern(it, shift)).collect()
}
