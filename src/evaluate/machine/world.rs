//! `World`: what is outside of the project and decides how it runs: version, platform, what is installed.

use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::Name;
use crate::cpython::Facts;
use crate::evaluate::Limits;
use crate::source::{Finder, PythonVersion};

/// The world a project is run in.
pub struct World {
    /// Which Python.
    pub version: PythonVersion,
    /// `sys.platform`.
    pub platform: String,
    /// The interpreter's own modules and classes.
    pub facts: Arc<Facts>,
    /// The names of the project's own modules: an import root may hold others too.
    pub own: FxHashSet<Name>,
    /// Where the project's modules are looked for.
    pub project: Finder,
    /// Where installed modules are looked for.
    pub installed: Finder,
    /// Whether the project is the standard library itself, which then is run rather than taken from the table.
    pub is_standard_library: bool,
    /// Whether the project lies on the installed path, so that the standard library comes first.
    pub project_is_installed: bool,
    /// The code of the environment's `.pth` files, in the order in which it runs before any program does.
    pub start_up: Vec<(PathBuf, String)>,
    /// Whether everything installed is known: a module that is found nowhere then is not there.
    pub is_complete: bool,
    /// How much of a value is shown.
    pub limits: Limits,
}

impl World {
    /// Whether a module, found below the project's roots, is one of the project's own or a package around one.
    pub fn is_own(&self, dotted: &str) -> bool {
        self.own.contains(dotted)
            || self.own.iter().any(|name| {
                name.strip_prefix(dotted)
                    .is_some_and(|rest| rest.starts_with('.'))
            })
    }

    /// `os.name`, which follows from the platform.
    pub fn os_name(&self) -> &'static str {
        if self.platform.starts_with("win") {
            "nt"
        } else {
            "posix"
        }
    }
}
