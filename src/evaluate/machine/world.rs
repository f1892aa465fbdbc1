//! `World`: what is outside of the project and decides how it runs: version, platform, what is installed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::cpython::Facts;
use crate::evaluate::machine::watched::Watched;
use crate::evaluate::{Limits, NamedByUrl};
use crate::source::{Finder, Found, Located, PythonVersion, Twin, packages_around};

/// The world a project is run in.
pub struct World {
    /// Which Python.
    pub version: PythonVersion,
    /// `sys.platform`.
    pub platform: String,
    /// The interpreter's own modules and classes.
    pub facts: Arc<Facts>,
    /// The project's own modules: an import root may hold others too.
    pub own: Own,
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
    /// Functions that import what a URL names.
    pub named_by_url: Vec<NamedByUrl>,
    /// Functions of libraries whose calls are told of.
    pub watched: Watched,
    /// Environment variables that programs of the project set.
    pub variables: FxHashMap<String, Variable>,
    /// The modules of installed plugins that give fixtures to tests.
    pub fixture_plugins: Vec<Name>,
}

impl World {
    /// Whether a module, found below the project's roots, is one of the project's own or a package around one.
    pub fn is_own(&self, dotted: &str) -> bool {
        self.own.modules.contains_key(dotted) || self.own.packages.contains_key(dotted)
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

/// What an environment variable holds where a program of the project is started.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Its value.
    pub value: String,
    /// The program that sets it, by its file.
    pub by: String,
}

/// The project's own modules, by name.
#[derive(Debug, Default)]
pub struct Own {
    modules: FxHashMap<Name, Located>,
    files: FxHashSet<PathBuf>,
    /// The folders of the packages around them.
    packages: FxHashMap<Name, Vec<PathBuf>>,
    /// Modules that some files import by a name that is another's.
    twins: FxHashMap<Name, Vec<(Twin, Name)>>,
}

impl Own {
    /// The modules that these files are.
    pub fn of(files: &[Found]) -> Self {
        let located = |it: &Found| {
            let path = it.path.clone();
            if it.package {
                Located::Package { init: path }
            } else {
                Located::Module(path)
            }
        };
        let packages = packages_around(files).into_iter();
        let mut twins: FxHashMap<Name, Vec<(Twin, Name)>> = FxHashMap::default();
        for found in files {
            if let Some(twin) = &found.twin {
                let known = twins.entry(twin.module.clone()).or_default();
                known.push((twin.clone(), found.module.clone()));
            }
        }
        Self {
            files: files.iter().map(|it| it.path.clone()).collect(),
            modules: files
                .iter()
                .map(|it| (it.module.clone(), located(it)))
                .collect(),
            packages: packages
                .map(|(name, folders)| (name, folders.into_iter().collect()))
                .collect(),
            twins,
        }
    }

    /// Where one of the project's own modules is.
    pub fn module(&self, dotted: &str) -> Option<&Located> {
        self.modules.get(dotted)
    }

    /// Whether a file is one of the project's own.
    pub fn has_file(&self, path: &Path) -> bool {
        self.files.contains(path)
    }

    /// Where a module or a package around some is, as the project's files are named.
    pub fn located(&self, dotted: &str) -> Option<Located> {
        let package = || self.packages.get(dotted).cloned().map(Located::Namespace);
        self.modules.get(dotted).cloned().or_else(package)
    }

    /// The module that a file finds under a name that is another's elsewhere.
    pub fn twin(&self, dotted: &str, importer: &Path) -> Option<&Name> {
        let near = self.twins.get(dotted)?.iter();
        let near = near.filter(|(twin, _)| importer.starts_with(&twin.within));
        let (twin, name) = near.max_by_key(|(twin, _)| twin.within.components().count())?;
        let first = self.modules.get(dotted).and_then(Located::source);
        let is_as_near = first.is_some_and(|it| it.starts_with(&twin.within));
        (!is_as_near).then_some(name)
    }

    /// Whether any file imports another module by its name than other files do.
    pub fn has_twins(&self) -> bool {
        !self.twins.is_empty()
    }
}
