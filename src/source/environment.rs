//! The Python environment a project runs in: its version and its search paths, read from files, never by starting it.
#![expect(
    clippy::disallowed_methods,
    reason = "links are followed on the file system"
)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::source::path_file;
use crate::source::prefix::{self, Prefix};
use crate::source::{Distribution, PythonVersion};

/// A folder in which modules are looked for, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPath {
    /// The folder.
    pub path: PathBuf,
    /// Whose modules it holds.
    pub owner: Owner,
}

/// Whose modules a folder holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// The project that was asked about.
    Project,
    /// Installed distributions.
    Installed,
    /// The interpreter.
    StandardLibrary,
}

/// A Python environment, as far as its files show it. Everything may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment {
    /// Its folder (`sys.prefix`).
    pub root: Option<PathBuf>,
    /// The version of its CPython.
    pub version: Option<PythonVersion>,
    /// The folder with the standard library's `.py` files.
    pub stdlib: Option<PathBuf>,
    /// The site-packages folders, in the order of `sys.path`.
    pub site_packages: Vec<PathBuf>,
    /// Folders that `.pth` files and editable installs add to them.
    pub linked: Vec<PathBuf>,
    /// The lines of `.pth` files that are code, which `site` runs when an interpreter starts.
    pub start_up: Vec<(PathBuf, String)>,
}

/// What a person said of the environment. What is not said is looked for.
#[derive(Debug, Clone, Default)]
pub struct EnvironmentWish {
    /// An interpreter, an environment's folder, or the name of an interpreter.
    pub python: Option<PathBuf>,
    /// The environment that is active in the shell.
    pub active: Option<PathBuf>,
    /// Where names of interpreters are looked up: the folders of the shell's search path.
    pub commands: Vec<PathBuf>,
}

/// Why the environment that was asked for cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvironmentError {
    /// Nothing is there.
    #[error("there is no Python at `{}`", path.display())]
    Missing {
        /// What was given.
        path: PathBuf,
    },
    /// Something is there that is no environment.
    #[error("`{}` is neither a Python interpreter nor an environment", path.display())]
    NotPython {
        /// What was given.
        path: PathBuf,
    },
}

impl Environment {
    /// Finds the environment of what `path` names.
    ///
    /// What was asked for in so many words comes first and must be there. A path inside an environment belongs to that one. Then
    /// the shell's active environment, then one in the project's folder or above it. None is an environment too: an empty one.
    pub fn find(path: &Path, wish: &EnvironmentWish) -> Result<Self, EnvironmentError> {
        if let Some(python) = &wish.python {
            return prefix::of_interpreter(python, &wish.commands).map(Self::of);
        }
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let found = prefix::around(&path)
            .or_else(|| prefix::of_folder(wish.active.as_deref()?))
            .or_else(|| prefix::of_project(&path));
        Ok(found.map_or_else(Self::default, Self::of))
    }

    fn of(prefix: Prefix) -> Self {
        let (mut linked, mut start_up) = (vec![], vec![]);
        for folder in &prefix.site_packages {
            let told = path_file::read_in(folder);
            for path in told.links {
                if !linked.contains(&path) && !prefix.site_packages.contains(&path) {
                    linked.push(path);
                }
            }
            start_up.extend(told.code);
        }
        Self {
            root: Some(prefix.root),
            version: prefix.version,
            stdlib: prefix.stdlib,
            site_packages: prefix.site_packages,
            linked,
            start_up,
        }
    }

    /// Its part of `sys.path`: the standard library, site-packages, and what those link to.
    pub fn search_paths(&self) -> Vec<SearchPath> {
        let mut paths = vec![];
        let mut add = |path: PathBuf, owner| paths.push(SearchPath { path, owner });
        if let Some(stdlib) = &self.stdlib {
            add(stdlib.clone(), Owner::StandardLibrary);
            let compiled = stdlib.join("lib-dynload");
            if compiled.is_dir() {
                add(compiled, Owner::StandardLibrary);
            }
        }
        for path in self.site_packages.iter().chain(&self.linked) {
            add(path.clone(), Owner::Installed);
        }
        paths
    }

    /// The search path that holds `path`, the innermost if several do: `site-packages` lies inside the standard library.
    pub fn search_path_of(&self, path: &Path) -> Option<SearchPath> {
        self.search_paths()
            .into_iter()
            .filter(|search| path.starts_with(&search.path))
            .max_by_key(|search| search.path.components().count())
    }

    /// The distributions that are installed in it, in the order of `sys.path`, by name within a folder.
    pub fn distributions(&self) -> Vec<Distribution> {
        self.site_packages
            .iter()
            .chain(&self.linked)
            .flat_map(|folder| Distribution::installed_in(folder))
            .collect()
    }
}

/// Returns the same folder without links in its path, or as it was given if the system cannot say.
pub fn resolved(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}
