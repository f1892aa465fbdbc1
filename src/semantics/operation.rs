//! What an operator, a builtin function or a statement asks of its operands: the candidates, in the order in which they are tried.

use crate::Name;
use crate::semantics::ClassId;
use crate::source::Place;

/// An operation, and whom it asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// How it is written between, or before, its operands: `+`, `len`.
    pub sign: Name,
    /// The operands as they are written, and the type of each, where that is known.
    pub operands: Vec<(String, Option<ClassId>)>,
    /// The special methods, in the order in which they are tried.
    pub candidates: Vec<Candidate>,
}

/// A special method that is looked up on the type of an operand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Which operand, from 0.
    pub operand: usize,
    /// The method.
    pub method: Name,
    /// The class of the MRO that has it; none where none has.
    pub on: Option<ClassId>,
    /// Where the function stands, for one that has source.
    pub place: Option<Place>,
    /// Whether the name is set to `None` there, which takes the method back.
    pub is_none: bool,
    /// What it is asked for, where that is not said by its name: `its length is not zero`.
    pub asks: &'static str,
    /// Why it is not asked, or not in its turn.
    pub skipped: Option<Skipped>,
    /// Whether its source may return a value, and whether `NotImplemented`.
    pub may_give: (bool, bool),
    /// What its source raises, as it is written there.
    pub may_raise: Vec<Name>,
}

/// What is special about the turn of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// The operand on the right is of a class below that on the left, and brings another method: it is asked first.
    First,
    /// Both operands are of one type: the reflected method is not asked.
    SameType,
    /// A class below the other, but without a method of its own: it is asked in its turn.
    NotItsOwn,
    /// Another before it answers.
    Behind,
}

/// What a function that was asked has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// A value, with the name of its type where that is known.
    Gave(Option<Name>),
    /// `NotImplemented`
    NotImplemented,
    /// It raised this.
    Raised(Name),
}
