//! `Stmt`: what can bind a name, or decide whether another statement does.

use std::sync::Arc;

use crate::Name;
use crate::syntax::{Assigned, BinaryOp, Expr, FunctionDef, Method, TypeParameter};

/// A sequence of statements.
pub type Block = [Stmt];

/// A statement and where it stands.
#[derive(Debug, PartialEq)]
pub struct Stmt {
    /// What it is.
    pub kind: StmtKind,
    /// Offset of its first byte.
    pub start: u32,
    /// Offset after its last byte.
    pub end: u32,
}

/// The forms of a statement.
#[derive(Debug, PartialEq)]
pub enum StmtKind {
    /// `import a.b as c, d`
    Import(Box<[Imported]>),
    /// `from .a import b as c`
    ImportFrom(Box<ImportFrom>),
    /// `a = b = value`
    Assign(Box<[Expr]>, Box<Expr>),
    /// `a: annotation = value`
    Annotate(Box<Expr>, Box<Expr>, Option<Box<Expr>>),
    /// `a += value`
    Augment(Box<Expr>, BinaryOp, Box<Expr>),
    /// `def`
    Function(Arc<FunctionDef>),
    /// `class`
    Class(Arc<ClassDef>),
    /// `del a, b`
    Delete(Box<[Expr]>),
    /// `if`/`elif`/`else`: each test with its block; `else` has none.
    If(Box<[(Option<Expr>, Box<Block>)]>),
    /// `try`
    Try(Box<Try>),
    /// `for target in iter: body else: orelse`
    For {
        /// Whether it is `async for`.
        is_async: bool,
        /// What is bound.
        target: Box<Expr>,
        /// What is iterated over.
        iter: Box<Expr>,
        /// The loop.
        body: Box<Block>,
        /// What runs when the loop was not left by `break`.
        orelse: Box<Block>,
    },
    /// `while test: body else: orelse`
    While {
        /// The condition.
        test: Box<Expr>,
        /// The loop.
        body: Box<Block>,
        /// What runs when the loop was not left by `break`.
        orelse: Box<Block>,
    },
    /// `with a as b, c: body`, and whether it is `async with`.
    With(Box<[(Expr, Option<Expr>)]>, Box<Block>, bool),
    /// `match subject: cases`
    Match(Box<Expr>, Box<[Case]>),
    /// An expression for its effect.
    Expr(Box<Expr>),
    /// `return value`
    Return(Option<Box<Expr>>),
    /// `raise exception`
    Raise(Option<Box<Expr>>),
    /// `assert test, message`
    Assert(Box<(Expr, Option<Expr>)>),
    /// `global a, b`
    Global(Box<[Name]>),
    /// `nonlocal a, b`
    Nonlocal(Box<[Name]>),
    /// `type Name[T] = value`
    TypeAlias(Name),
    /// `pass`
    Pass,
    /// `break`
    Break,
    /// `continue`
    Continue,
}

impl StmtKind {
    /// Hands over each block that stands inside of a statement, in order; those of functions and classes, whose code runs in a
    /// scope of its own, are none of them.
    pub fn blocks<'s>(&'s self, what: &mut dyn FnMut(&'s Block)) {
        match self {
            Self::If(branches) => branches.iter().for_each(|it| what(&it.1)),
            Self::Try(it) => {
                what(&it.body);
                it.handlers.iter().for_each(|it| what(&it.body));
                what(&it.orelse);
                what(&it.finally);
            }
            Self::For { body, orelse, .. } | Self::While { body, orelse, .. } => {
                what(body);
                what(orelse);
            }
            Self::With(_, body, _) => what(body),
            Self::Match(_, cases) => cases.iter().for_each(|it| what(&it.body)),
            _ => {}
        }
    }
}

/// `a.b as c`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// What is imported: a dotted module name after `import`, a plain name after `from … import`.
    pub name: Name,
    /// The name it is bound to, where `as` says so.
    pub alias: Option<Name>,
}

/// `from ..module import names`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFrom {
    /// How many dots stand before the module.
    pub level: u32,
    /// The module; empty after dots alone.
    pub module: Name,
    /// The names; a star is the name `*`.
    pub names: Box<[Imported]>,
}

/// A class definition.
#[derive(Debug, PartialEq)]
pub struct ClassDef {
    /// Its name.
    pub name: Name,
    /// Its decorators, the outermost first.
    pub decorators: Box<[Expr]>,
    /// Its type parameters (PEP 695).
    pub type_parameters: Box<[TypeParameter]>,
    /// The written bases, starred ones included.
    pub bases: Box<[Expr]>,
    /// The keywords; one without a name is unpacked.
    pub keywords: Box<[(Option<Name>, Expr)]>,
    /// Its body.
    pub body: Box<Block>,
    /// What its methods give their receivers.
    pub assigned: Box<[Assigned]>,
    /// Whether a function in its body reads `__class__`, as `super` does, so that the namespace gets a `__classcell__`.
    pub uses_cell: bool,
    /// Offsets of what stands between the parentheses, without them.
    pub arguments: Option<(u32, u32)>,
    /// Offsets of the name.
    pub name_at: (u32, u32),
    /// Offset of the first decorator, or of `class`.
    pub start: u32,
    /// An offset on the line of `class`: the word itself, or the name where decorators stand before it.
    pub keyword: u32,
    /// Offset after the body.
    pub end: u32,
}

impl ClassDef {
    /// Each `def` of its body, in order: those under `if`, `try`, `with` and loops too.
    pub fn methods(&self) -> Box<[Method]> {
        let mut methods = vec![];
        let mut blocks: Vec<&Block> = vec![&self.body];
        while let Some(block) = blocks.pop() {
            for stmt in block {
                match &stmt.kind {
                    StmtKind::Function(def) => methods.push(Method::of(def)),
                    kind => kind.blocks(&mut |block| blocks.push(block)),
                }
            }
        }
        methods.sort_by_key(|it| it.start);
        methods.into()
    }
}

/// A `try` statement.
#[derive(Debug, PartialEq)]
pub struct Try {
    /// What is tried.
    pub body: Box<Block>,
    /// What runs when it raises.
    pub handlers: Box<[Handler]>,
    /// What runs when it did not.
    pub orelse: Box<Block>,
    /// What runs in any case.
    pub finally: Box<Block>,
}

/// `except kind as name: body`
#[derive(Debug, PartialEq)]
pub struct Handler {
    /// The exceptions it takes; none takes all.
    pub kind: Option<Expr>,
    /// The name the exception is bound to.
    pub name: Option<Name>,
    /// What runs.
    pub body: Box<Block>,
}

/// A `case` of a `match` statement.
#[derive(Debug, PartialEq)]
pub struct Case {
    /// What the subject is held against.
    pub pattern: Pattern,
    /// `if guard`
    pub guard: Option<Expr>,
    /// What runs.
    pub body: Box<Block>,
}

/// A pattern of a `case` (language reference 8.6.4).
#[derive(Debug, PartialEq)]
pub enum Pattern {
    /// Equal to this value: `1`, `"a"`, `Color.RED`.
    Value(Expr),
    /// `None`, `True` or `False` itself.
    Same(Expr),
    /// Anything, bound to a name where there is one.
    Any(Option<Name>),
    /// What another pattern takes, bound to a name: `Point() as point`.
    As(Box<Pattern>, Name),
    /// One of these: `A() | B()`.
    Or(Box<[Pattern]>),
    /// An instance of a class with these attributes: `Point(0, y=0)`.
    Class {
        /// The class.
        class: Expr,
        /// By the names in its `__match_args__`.
        positional: Box<[Pattern]>,
        /// By the names that are written.
        keywords: Box<[(Name, Pattern)]>,
    },
    /// A sequence of these: `[first, *rest]`.
    Sequence(Box<[Pattern]>),
    /// What is left of a sequence, bound to a name where there is one.
    Star(Option<Name>),
    /// A mapping that has these keys: `{"kind": kind, **rest}`.
    Mapping {
        /// The keys, and what takes their values.
        entries: Box<[(Expr, Pattern)]>,
        /// What the other keys and values are bound to.
        rest: Option<Name>,
    },
}
