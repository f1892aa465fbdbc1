//! `type.__new__`, step by step in CPython's order.

use crate::Name;
use crate::semantics::ClassId;

/// Why `type.__new__` raises, in the order in which CPython finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeNewError {
    /// No base's metaclass derives from all the others.
    MetaclassConflict {
        /// The metaclass chosen so far.
        chosen: ClassId,
        /// The one that neither derives from it nor is derived from by it.
        other: ClassId,
        /// The base that brings `other`.
        through: ClassId,
    },
    /// A base that accepts no subclasses: `bool`, `range`, `slice`, …
    UnacceptableBase(ClassId),
    /// Two bases whose instance layouts cannot be one.
    LayoutConflict {
        /// The base whose layout was chosen so far.
        first: ClassId,
        /// The base whose layout does not fit.
        second: ClassId,
    },
    /// `__slots__` that cannot be.
    Slots(SlotsError),
    /// A base stands twice.
    DuplicateBase(ClassId),
    /// No order keeps all base lists: the heads that are left, as CPython names them.
    InconsistentMro {
        /// The head of each list that is left, without repeats, in list order.
        heads: Vec<ClassId>,
    },
}

/// Why `__slots__` is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotsError {
    /// The base's instances vary in size: `int`, `tuple`, `bytes`.
    VariableSize,
    /// Not an identifier.
    NotIdentifier(Name),
    /// Not a string; the type's name.
    NotString(Name),
    /// `__dict__` although a base has one, or twice.
    DictTwice,
    /// `__weakref__` although a base has one, or twice.
    WeakrefTwice,
    /// A name that the class body also binds.
    ConflictsWithClassVariable(Name),
}
