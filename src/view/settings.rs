//! What a reader can set about pages: which members are listed and in what order, where the merge stands, what is searched for.

use crate::semantics::{Access, ClassId};

/// How pages are to be shown. The same settings hold for every page, so that going from class to class keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Which members are listed, and in what order.
    pub members: MemberSettings,
    /// What the matrix compares.
    pub matrix: MatrixSettings,
    /// How many steps of the merge are shown, from 1; none shows them all.
    pub merge_step: Option<usize>,
    /// Whether what a step of the merge takes is asked before it is told.
    pub merge_guess: MergeGuess,
    /// Which slide of the presenter is shown, counted from 0.
    pub slide: usize,
    /// Which way to get at an attribute the lookup page tells of; none tells of all.
    pub way: Option<Way>,
    /// Only lines that contain these letters in this order, in any case; empty shows all. Members and plugins heed it.
    pub filter: String,
    /// The class of the objects that ancestors are read for; none for each class's own.
    pub seen_from: Option<ClassId>,
}

/// Which members are listed, and in what order. A class's own are always listed, as far as the other switches let them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own, and all combinations make sense"
)]
pub struct MemberSettings {
    /// Those that another class of the MRO provides.
    pub inherited: bool,
    /// Names that begin with an underscore and are not special.
    pub private: bool,
    /// Special names: `__init__`.
    pub special: bool,
    /// What every class has: what only `object` provides, and what `type` adds to each (`__module__`, `__doc__`).
    pub object: bool,
    /// The order.
    pub sort: Sort,
    /// How many steps wider than asked for the limits are within which values are shown; narrower where it is negative.
    pub detail: i8,
}

/// Which classes the matrix compares, and where one looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MatrixSettings {
    /// The class and all that derives from it, in place of its MRO.
    pub below: bool,
    /// The selected class, counted from 0.
    pub column: usize,
    /// How many classes a table has where there are several, one below the other; all where none says.
    pub classes: Option<usize>,
}

/// Whether what a step of the merge takes is asked before it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MergeGuess {
    /// It is told.
    #[default]
    Off,
    /// It is asked.
    Asked,
    /// It was asked, and this answer was picked, counted from 0: a head, or behind the last one that the merge sticks.
    Picked(usize),
}

/// How far values can be made wider and narrower.
pub const DETAIL: std::ops::RangeInclusive<i8> = -4..=5;

impl Default for MemberSettings {
    fn default() -> Self {
        Self {
            inherited: true,
            private: true,
            special: true,
            object: false,
            sort: Sort::Name,
            detail: 0,
        }
    }
}

/// In which order members are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By name.
    #[default]
    Name,
    /// By the class that provides them, in order of the MRO; then by name.
    Class,
    /// By kind; then by name.
    Kind,
}

impl Sort {
    /// The order after this one, for a key that goes round.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Name => Self::Class,
            Self::Class => Self::Kind,
            Self::Kind => Self::Name,
        }
    }

    /// Its name in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Class => "class",
            Self::Kind => "kind",
        }
    }
}

/// Ways to get at an attribute: what the lookup page tells of at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// `obj.x`
    Read,
    /// `obj.x = value`
    Write,
    /// `del obj.x`
    Delete,
    /// `C.x`, `C.x = value`, `del C.x`
    Class,
    /// `super().x` in the methods of each class of the MRO
    Super,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Read,
        Self::Write,
        Self::Delete,
        Self::Class,
        Self::Super,
    ];

    /// The way that an access is.
    pub fn of(access: Access) -> Self {
        match access {
            Access::Read | Access::ReadDict => Self::Read,
            Access::Write => Self::Write,
            Access::Delete | Access::DeleteDict => Self::Delete,
            Access::ClassRead | Access::ClassWrite | Access::ClassDelete => Self::Class,
            Access::SuperRead { .. } => Self::Super,
        }
    }

    /// The way `by` further, going round.
    #[must_use]
    pub fn further(self, by: isize) -> Self {
        let count = Self::ALL.len().cast_signed();
        Self::ALL[(self as isize + by).rem_euclid(count) as usize]
    }

    /// Its name in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Delete => "delete",
            Self::Class => "on the class",
            Self::Super => "super()",
        }
    }
}
