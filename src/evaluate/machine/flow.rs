//! How a statement is left, and exceptions on their way.

use crate::evaluate::machine::value::{ObjectId, Value};
use crate::semantics::{ClassId, Raised};
use crate::source::Place;

/// How a statement was left.
#[derive(Debug, Clone)]
pub(crate) enum Flow {
    /// At its end.
    Next,
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `return value`
    Return(Value),
    /// An exception.
    Raise(Box<Thrown>),
    /// A loop has come to its end without a `break`; no statement is left like this.
    Over,
}

/// An exception on its way.
#[derive(Debug, Clone)]
pub(crate) struct Thrown {
    /// Its class, as far as it is known.
    pub class: Option<ClassId>,
    /// The exception object.
    pub value: Value,
    /// Its text.
    pub message: Option<String>,
    /// Where it was raised.
    pub at: Option<Place>,
    /// The object whose method raised it.
    pub on: Option<ObjectId>,
    /// Whether a `raise` statement raised it, rather than an operation.
    pub is_written: bool,
    /// Whether nothing undecided or unknown had a part in it since the module that runs began.
    pub is_certain: bool,
    /// The class statements that it has ended on its way.
    pub ended: Vec<ClassId>,
    /// What it says, where it is certain to end a class statement, and that is not shown yet.
    pub verdict: Option<Box<Raised>>,
    /// No exception at all: what runs has used up its steps, and is left up to where these were granted.
    pub is_cut: bool,
}
