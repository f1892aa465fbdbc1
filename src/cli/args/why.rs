//! Arguments of `why`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::view::Way;

/// Arguments of `why`.
#[derive(Debug, Args)]
pub struct WhyArguments {
    /// A class as `show` takes it, a dot, and the attribute: `pkg.mod:Class.attribute`; with --before a class alone.
    pub target: String,

    /// The project [default: this folder; a module it does not have is looked for in the environment].
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,

    /// Only one way to get at it.
    #[arg(long, value_name = "WAY")]
    pub access: Option<AccessName>,

    /// Say why FIRST stands before SECOND in the MRO of the class: the statements that force it, or the step of the merge that chose it.
    #[arg(long, num_args = 2, value_names = ["FIRST", "SECOND"], conflicts_with = "access")]
    pub before: Option<Vec<String>>,

    /// Print one JSON object.
    #[arg(long, conflicts_with = "access")]
    pub json: bool,
}

/// Ways to get at an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AccessName {
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

impl AccessName {
    /// The way of the lookup page.
    pub fn way(self) -> Way {
        match self {
            Self::Read => Way::Read,
            Self::Write => Way::Write,
            Self::Delete => Way::Delete,
            Self::Class => Way::Class,
            Self::Super => Way::Super,
        }
    }
}
