//! How a subcommand ends: what the shell hears, and what is no fault of ours.

use std::io;

use crate::error::{Error, Kind};

/// How a subcommand that could do its work ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Nothing to report: 0.
    Done,
    /// What was asked about raises, cannot be known, or has problems: 1.
    Found,
}

/// Why a subcommand ends before its work is done.
#[derive(Debug)]
pub(super) enum Stop {
    /// A person has to hear of it: 2.
    Error(Box<Error>),
    /// Nobody reads the output any more (`| head`): 0.
    PipeClosed,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(Box::new(error))
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::PipeClosed
        } else {
            Error::new(Kind::Input, "the output cannot be written")
                .caused_by(error)
                .into()
        }
    }
}
