//! What can go wrong that a person has to hear of: one tone, one place.
//!
//! The layers below have small errors of their own, with data rather than prose. Here each becomes a message in lower case,
//! the thing in backticks, without a full stop, and where there is a cure, a hint that begins with a verb or asks.

use std::error::Error as StdError;
use std::fmt;

use crate::cpython::Facts;
use crate::load::LoadError;
use crate::source::{DiscoverError, EnvironmentError, RevisionError};
use crate::view;
use crate::witness::{AskError, Failure, Frame, InterpreterError, LiveError};

/// Something a person has to hear of. Trouble with a single file of a project is never one: that is a problem in the analysis.
#[derive(Debug)]
pub struct Error {
    /// What kind of trouble: decides the heading and the exit code.
    pub kind: Kind,
    /// One line that says what is so.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// What it came from.
    pub source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What kind of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The command line asks for something that cannot be.
    Usage,
    /// A file of the user's own: configuration, keys, theme.
    Config,
    /// What was to be looked at.
    Input,
    /// The terminal does not do what is needed.
    Terminal,
    /// Our own fault.
    Bug,
}

impl Kind {
    /// The word before the message, and the exit code.
    pub fn heading_and_code(self) -> (&'static str, u8) {
        match self {
            Self::Usage | Self::Config | Self::Input | Self::Terminal => ("error", 2),
            Self::Bug => ("bug in mroscope", 2),
        }
    }
}

impl Error {
    /// An error without a hint.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hint: None,
            source: None,
        }
    }

    /// The same error with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same error with the name that was probably meant, if one is near.
    #[must_use]
    pub fn near<'a>(self, wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match view::nearest(wanted, known) {
            Some(near) => self.hint(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// The same error with what it came from.
    #[must_use]
    pub fn caused_by(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// What the process answers to the shell.
    pub fn exit_code(&self) -> u8 {
        self.kind.heading_and_code().1
    }
}

/// Heading, message, what it came from, hint: as many lines as there are things to say.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.heading_and_code().0, self.message)?;
        let mut cause: Option<&(dyn StdError + 'static)> =
            self.source.as_ref().map(|source| &**source as _);
        while let Some(error) = cause {
            write!(f, "\n  because: {error}")?;
            cause = error.source();
        }
        match &self.hint {
            Some(hint) => write!(f, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}

impl From<DiscoverError> for Error {
    fn from(error: DiscoverError) -> Self {
        let said = Self::new(Kind::Input, error.to_string());
        match error {
            DiscoverError::PathMissing {
                near: Some(near), ..
            } => said.hint(format!("did you mean `{}`?", near.display())),
            DiscoverError::NoPython { stubs: 1.., .. } => said.hint(
                "name the package the stubs describe: what a class derives from is read from sources, not from `.pyi` files",
            ),
            DiscoverError::NoPython { .. } => {
                said.hint("name a folder that holds `.py` files, or one such file")
            }
            DiscoverError::NotPython { .. } => {
                said.hint("name a `.py` file, or a folder that holds some")
            }
            DiscoverError::PathMissing { .. }
            | DiscoverError::NotAFolder { .. }
            | DiscoverError::NotReadable { .. } => said,
        }
    }
}

impl From<LoadError> for Error {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Discover(error) => error.into(),
            LoadError::Environment(error) => error.into(),
            LoadError::Version { .. } => {
                let known: Vec<String> =
                    Facts::versions().iter().map(ToString::to_string).collect();
                Self::new(Kind::Usage, error.to_string())
                    .hint(format!("the versions known are {}", known.join(", ")))
            }
            LoadError::Stopped | LoadError::Lost(_) => Self::new(Kind::Bug, error.to_string()),
        }
    }
}

impl From<EnvironmentError> for Error {
    fn from(error: EnvironmentError) -> Self {
        let said = Self::new(Kind::Usage, error.to_string());
        match error {
            EnvironmentError::Missing { .. } => said.hint(
                "name an interpreter such as `.venv/bin/python`, or the folder of an environment",
            ),
            EnvironmentError::NotPython { .. } => {
                said.hint("name the folder that has `pyvenv.cfg`, or the interpreter inside it")
            }
        }
    }
}

impl From<RevisionError> for Error {
    fn from(error: RevisionError) -> Self {
        let said = Self::new(Kind::Usage, error.to_string());
        match error {
            RevisionError::NoGit { source } => said
                .caused_by(source)
                .hint("install git, or check both revisions out into folders and name these"),
            RevisionError::NoRepository { .. } => {
                said.hint("name a path in a repository with --path, or two folders to compare")
            }
            RevisionError::Bare { .. } => said.hint("name two revisions of it: `main..feature`"),
            RevisionError::Unknown {
                revision, known, ..
            } => {
                let said = said.near(&revision, known.iter().map(String::as_str));
                match said.hint {
                    Some(_) => said,
                    None => said.hint("`git branch --all`, `git tag` and `git log` list revisions"),
                }
            }
            RevisionError::PathMissing { .. } => {
                said.hint("name with --path what is there on both sides, or the whole repository")
            }
            RevisionError::Unrelated { .. } => {
                said.hint("compare them as they are: write two dots in place of three")
            }
            RevisionError::Git { .. } => said.hint("run git in that folder by itself to see why"),
            RevisionError::NotWritten { source } => said
                .caused_by(source)
                .hint("TMPDIR names the folder for temporary files"),
        }
    }
}

impl From<InterpreterError> for Error {
    fn from(error: InterpreterError) -> Self {
        Self::new(Kind::Usage, error.to_string())
            .hint("name an interpreter with --python, such as `.venv/bin/python`")
    }
}

impl From<AskError> for Error {
    fn from(error: AskError) -> Self {
        let said = Self::new(Kind::Input, error.to_string());
        match error {
            AskError::NotStarted { source, .. } => said
                .caused_by(source)
                .hint("name another interpreter with --python"),
            AskError::NoAnswer { .. } => said.hint("name a CPython of 3.9 or later with --python"),
            AskError::Setup { .. } => said.hint("run it with Python by itself to see why"),
            AskError::Lost { .. } => {
                said.hint("name single modules, to find the one that brings it down")
            }
            AskError::Interrupted => said,
        }
    }
}

impl From<LiveError> for Error {
    fn from(error: LiveError) -> Self {
        let said = error.to_string();
        match error {
            LiveError::Ask(error) => error.into(),
            LiveError::NotImported { failure, .. } => {
                let place = match &failure {
                    Failure::Raised(raised) => raised.frames.last(),
                    _ => None,
                };
                let place = place.map_or_else(String::new, |Frame(_, file, line, ..)| {
                    format!(" ({file}:{line})")
                });
                let message = format!("{said}: {}{place}", view::failure(&failure));
                Self::new(Kind::Input, message).hint(match failure {
                    Failure::Hung { .. } => "give it more time with --module-timeout",
                    _ => "run what it needs before with --setup, or import it with Python by itself to see why",
                })
            }
            LiveError::Absent { .. } => Self::new(Kind::Input, said).hint(
                "name a class that the import leaves: this one is local, replaced, deleted, or made on another path",
            ),
        }
    }
}
