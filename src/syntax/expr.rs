//! `Expr`: what stands for a value.

use std::sync::{Arc, OnceLock};

use num_bigint::BigInt;

use crate::Name;
use crate::syntax::{Block, Lambda};

/// An expression and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Offset of its first byte.
    pub start: u32,
    /// Offset after its last byte.
    pub end: u32,
}

impl Expr {
    /// `raises` of `raises` and `pytest.raises`.
    pub fn last_name(&self) -> Option<&Name> {
        match &self.kind {
            ExprKind::Name(name) | ExprKind::Attribute(_, name) => Some(name),
            _ => None,
        }
    }
}

/// The forms of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `x`
    Name(Name),
    /// `x.y`
    Attribute(Box<Expr>, Name),
    /// `f(a, *b, c=d, **e)`
    Call(Box<Call>),
    /// `x[y]`
    Subscript(Box<(Expr, Expr)>),
    /// A literal.
    Literal(Literal),
    /// `a, b`
    Tuple(Box<[Expr]>),
    /// `[a, b]`
    List(Box<[Expr]>),
    /// `{a, b}`
    Set(Box<[Expr]>),
    /// `{a: b, **c}`; an entry without a key is unpacked.
    Dict(Box<[(Option<Expr>, Expr)]>),
    /// `a + b`
    Binary(Box<(Expr, BinaryOp, Expr)>),
    /// `-a`, `not a`
    Unary(UnaryOp, Box<Expr>),
    /// `a and b and c`
    And(Box<[Expr]>),
    /// `a or b or c`
    Or(Box<[Expr]>),
    /// `a < b <= c`
    Compare(Box<Expr>, Box<[(CompareOp, Expr)]>),
    /// `b if a else c`: the test, then the two values.
    If(Box<(Expr, Expr, Expr)>),
    /// `lambda x: y`
    Lambda(Arc<Lambda>),
    /// `[x for y in z if w]` and its kind.
    Comprehension(Box<Comprehension>),
    /// `*x`
    Starred(Box<Expr>),
    /// `(x := y)`
    Walrus(Name, Box<Expr>),
    /// `f"a{b}c"`
    Joined(Box<[StringPart]>),
    /// `a:b:c` in a subscript
    Slice(Box<(Option<Expr>, Option<Expr>, Option<Expr>)>),
    /// `yield x`
    Yield(Option<Box<Expr>>),
    /// `yield from x`
    YieldFrom(Box<Expr>),
    /// `await x`
    Await(Box<Expr>),
    /// What the parser could not read, and template strings.
    Opaque,
}

/// A literal value.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `None`
    None,
    /// `...`
    Ellipsis,
    /// `True`, `False`
    Bool(bool),
    /// An integer that fits.
    Int(i64),
    /// An integer that does not.
    BigInt(Arc<BigInt>),
    /// `1.5`
    Float(f64),
    /// `2j`: the imaginary part.
    Complex(f64),
    /// Text.
    Str(Arc<str>),
    /// Bytes.
    Bytes(Arc<[u8]>),
}

/// A call.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// What is called.
    pub function: Expr,
    /// Positional arguments, starred ones included.
    pub arguments: Box<[Expr]>,
    /// Keyword arguments; one without a name is unpacked.
    pub keywords: Box<[(Option<Name>, Expr)]>,
}

/// A comprehension or generator expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Comprehension {
    /// What it makes.
    pub kind: ComprehensionKind,
    /// The element; the key of a dict comprehension.
    pub element: Expr,
    /// The value of a dict comprehension.
    pub value: Option<Expr>,
    /// `for x in y if z`, one after the other.
    pub clauses: Box<[Clause]>,
    /// A generator expression as the body of a function, once somebody has asked for it.
    pub body: OnceLock<Arc<Block>>,
}

/// What a comprehension makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComprehensionKind {
    /// A list.
    List,
    /// A set.
    Set,
    /// A dict.
    Dict,
    /// A generator.
    Generator,
}

/// `for target in iter if condition if condition`
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Whether it is `async for`.
    pub is_async: bool,
    /// What is bound.
    pub target: Expr,
    /// What is iterated over.
    pub iter: Expr,
    /// The conditions.
    pub conditions: Box<[Expr]>,
}

/// A part of an f-string.
#[derive(Debug, Clone, PartialEq)]
pub enum StringPart {
    /// Text; also the expression of `{x=}` as it is written.
    Text(Arc<str>),
    /// `{x}` without conversion or format: its `format()` without a specification.
    Value(Expr),
    /// `{x!r}`, `{x:>10}`: a value in a form.
    Formatted(Box<FormattedPart>),
}

/// A field of an f-string with a conversion or a specification.
#[derive(Debug, Clone, PartialEq)]
pub struct FormattedPart {
    /// The value.
    pub value: Expr,
    /// `r`, `s` or `a` behind the exclamation mark.
    pub conversion: Option<char>,
    /// What stands behind the colon, which may have fields itself.
    pub spec: Box<[StringPart]>,
}

/// A binary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the operator module")]
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    MatMul,
    Div,
    Mod,
    Pow,
    LShift,
    RShift,
    Or,
    Xor,
    And,
    FloorDiv,
}

/// A unary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the operator module")]
pub enum UnaryOp {
    Not,
    Neg,
    Pos,
    Invert,
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are Python's")]
pub enum CompareOp {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}

/// Hands over the expressions that stand directly in one; those of a lambda's body are none of them.
pub fn for_parts<'e>(expr: &'e Expr, what: &mut dyn FnMut(&'e Expr)) {
    match &expr.kind {
        ExprKind::Attribute(of, _) => what(of),
        ExprKind::Call(call) => {
            what(&call.function);
            call.arguments.iter().for_each(&mut *what);
            call.keywords.iter().for_each(|(_, it)| what(it));
        }
        ExprKind::Subscript(pair) => {
            what(&pair.0);
            what(&pair.1);
        }
        ExprKind::Tuple(items)
        | ExprKind::List(items)
        | ExprKind::Set(items)
        | ExprKind::And(items)
        | ExprKind::Or(items) => items.iter().for_each(what),
        ExprKind::Dict(entries) => {
            for (key, value) in entries {
                key.iter().for_each(&mut *what);
                what(value);
            }
        }
        ExprKind::Binary(it) => {
            what(&it.0);
            what(&it.2);
        }
        ExprKind::Unary(_, inner)
        | ExprKind::Starred(inner)
        | ExprKind::Walrus(_, inner)
        | ExprKind::YieldFrom(inner)
        | ExprKind::Await(inner) => what(inner),
        ExprKind::Compare(first, rest) => {
            what(first);
            rest.iter().for_each(|(_, it)| what(it));
        }
        ExprKind::If(it) => {
            what(&it.0);
            what(&it.1);
            what(&it.2);
        }
        ExprKind::Comprehension(it) => {
            what(&it.element);
            it.value.iter().for_each(&mut *what);
            for clause in &it.clauses {
                what(&clause.iter);
                clause.conditions.iter().for_each(&mut *what);
            }
        }
        ExprKind::Joined(parts) => {
            in_parts(parts, what);
        }
        ExprKind::Slice(it) => {
            [&it.0, &it.1, &it.2].into_iter().flatten().for_each(what);
        }
        ExprKind::Yield(inner) => inner.iter().for_each(|it| what(it)),
        ExprKind::Name(_) | ExprKind::Literal(_) | ExprKind::Lambda(_) | ExprKind::Opaque => {}
    }
}

/// The expressions in the fields of an f-string, those of specifications included.
fn in_parts<'e>(parts: &'e [StringPart], what: &mut dyn FnMut(&'e Expr)) {
    for part in parts {
        match part {
            StringPart::Value(it) => what(it),
            StringPart::Formatted(field) => {
                what(&field.value);
                in_parts(&field.spec, what);
            }
            StringPart::Text(_) => {}
        }
    }
}

/// The name at the left of attributes and items: `a` of `a.b[0].c`.
pub(super) fn root(expr: &Expr) -> Option<&Name> {
    match &expr.kind {
        ExprKind::Name(name) => Some(name),
        ExprKind::Attribute(of, _) => root(of),
        ExprKind::Subscript(pair) => root(&pair.0),
        _ => None,
    }
}
