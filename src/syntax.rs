//! ONE FILE. Text → `ModuleSyntax`. Pure; never fails; the only place that sees ruff's tree.
//!
//! Python is lowered into a small language of our own: the statements that can bind a name, over a compact expression
//! type. A function keeps its head and a summary of its body; the body itself is lowered when somebody follows it.

mod assigned;
mod bases;
mod bound;
mod changed;
mod cost;
mod declared;
mod endings;
mod expr;
mod function;
mod highlight;
mod limits;
mod lower;
mod lower_expr;
mod named;
mod pieces;
mod receiver;
mod refused;
mod rewrite;
mod slice;
mod stmt;
mod summary;
mod supers;
mod written;

pub use assigned::{Assigned, argument_pattern, attribute_maker, attribute_pattern, name_pattern};
pub use bases::names_of_bases;
pub use bound::{names_bound, names_of_target};
pub use changed::{Changed, names_extended};
pub use cost::{Cached, Cost, Effect, EffectKind, Holder, Kept, MOST, cost, cost_of};
pub use endings::{Endings, endings};
pub use expr::{
    BinaryOp, Call, Clause, CompareOp, Comprehension, ComprehensionKind, Expr, ExprKind,
    FormattedPart, Literal, StringPart, UnaryOp, for_parts,
};
pub use function::{
    FunctionDef, FunctionSummary, Lambda, Parameter, ParameterKind, TypeParameter,
    TypeParameterKind,
};
pub use highlight::{TokenKind, tokens};
pub use lower::{ModuleSyntax, SyntaxError, parameters_at, parse};
pub use named::{BodyAt, BoundAt, FileNames, ImportOf, Means, NamedAt, file_names};
pub use pieces::{
    SlotText, call_with, is_expression, keywords_of, slot_items, with_items, without_items,
};
pub use receiver::{ReceiverRead, receiver_reads};
pub use rewrite::{
    Head, Import, Piece, Replacement, Rewrite, Statement, class_head, class_statement, replaced,
    rewrite,
};
pub use stmt::{
    Block, Case, ClassDef, Handler, ImportFrom, Imported, Pattern, Stmt, StmtKind, Try,
};
pub use supers::{
    After, Condition, ConditionKind, Method, NamedCall, Passed, Reached, SuperSite, Supers,
};
pub use written::Written;
pub(crate) use written::awaits_exception;
