//! How sure an answer is: exact, assumed, or unknown, and what it hangs on.

use crate::Name;
use crate::source::Place;

/// How far the class that was made can be trusted to be CPython's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Standing {
    /// Nothing was taken for granted but the source and the interpreter's table.
    #[default]
    Exact,
    /// True if these hold.
    Assumed(Vec<Assumption>),
}

/// Something taken for granted, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// What was assumed, as a clause: `the decorator returns the class it was given`.
    pub what: String,
    /// Where it mattered.
    pub at: Option<Place>,
}

/// A value we could not follow: what it was, why, and where.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Gap {
    /// Why it cannot be known.
    pub why: Why,
    /// The expression or name, short, as it stands in the source.
    pub what: Name,
    /// Where it stands; none for what has no place of its own.
    pub at: Option<Place>,
}

/// Why a value cannot be known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Why {
    /// No binding of this name was found.
    NotFound,
    /// The module is neither in the project, nor in its environment, nor in the standard library.
    NotInstalled {
        /// Its dotted name.
        module: Name,
    },
    /// The module is there, but made by C code of which no table exists.
    NoSource {
        /// Its dotted name.
        module: Name,
        /// Whether a snapshot describes it as it was before its file changed.
        has_changed: bool,
    },
    /// It depends on a condition that cannot be decided from here.
    Undecided,
    /// It depends on what a caller, a user or the outside world hands in.
    Input,
    /// It would take more steps or depth than one module is granted.
    Budget,
    /// It needs itself.
    Cycle,
    /// It is made by code that is not followed yet.
    NotFollowed,
    /// It stands in a file that CPython does not compile.
    DoesNotCompile,
}

impl Why {
    /// Says it to a person, as a clause without a full stop.
    pub fn say(&self) -> String {
        match self {
            Self::NotFound => "no binding of this name was found".into(),
            Self::NotInstalled { module } => {
                format!("`{module}` is not installed in the environment that was searched")
            }
            Self::NoSource {
                module,
                has_changed: false,
            } => format!("`{module}` is compiled and has no Python source"),
            Self::NoSource { module, .. } => {
                format!("`{module}` is compiled, and has changed since its snapshot was taken")
            }
            Self::Undecided => {
                "it depends on a condition that cannot be decided without running".into()
            }
            Self::Input => "it depends on a value that only a run can supply".into(),
            Self::Budget => "following it takes more steps than one module is granted".into(),
            Self::Cycle => "it depends on itself".into(),
            Self::NotFollowed => "it is computed by code that is not followed".into(),
            Self::DoesNotCompile => "its file does not compile".into(),
        }
    }
}
