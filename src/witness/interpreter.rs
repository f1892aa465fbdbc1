//! Which interpreter is asked: the one that was named, or the one of the environment that answers were worked out for.

use std::path::{Path, PathBuf};

use crate::source::{Environment, EnvironmentWish};

/// A Python that can be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interpreter {
    /// Where it is.
    pub path: PathBuf,
}

/// Why there is no interpreter to ask.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InterpreterError {
    /// Nobody named one, and no environment was found.
    #[error("no Python environment was found for `{}`", path.display())]
    NoEnvironment {
        /// The project.
        path: PathBuf,
    },
    /// The environment has no interpreter that can be started.
    #[error("the environment `{}` has no interpreter", root.display())]
    NotThere {
        /// The environment's folder.
        root: PathBuf,
    },
}

/// Where an environment keeps its interpreter.
const PLACES: &[&str] = &[
    "bin/python",
    "bin/python3",
    "Scripts/python.exe",
    "python.exe",
];

impl Interpreter {
    /// Finds the interpreter of an environment; one that was named by its path is that one.
    pub fn find(
        path: &Path,
        wish: &EnvironmentWish,
        environment: &Environment,
    ) -> Result<Self, InterpreterError> {
        if let Some(named) = wish
            .python
            .as_deref()
            .filter(|it| it.is_file() && it.components().count() > 1)
        {
            return Ok(Self {
                path: std::path::absolute(named).unwrap_or_else(|_| named.to_owned()),
            });
        }
        let Some(root) = &environment.root else {
            return Err(InterpreterError::NoEnvironment {
                path: path.to_owned(),
            });
        };
        let versioned = environment
            .version
            .map(|version| format!("bin/python{version}"));
        let places = PLACES.iter().copied().map(String::from);
        versioned
            .into_iter()
            .chain(places)
            .map(|place| root.join(place))
            .find(|path| path.is_file())
            .map(|path| Self { path })
            .ok_or_else(|| InterpreterError::NotThere { root: root.clone() })
    }
}
