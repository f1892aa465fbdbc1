//! Dotted names → files, in the order in which CPython's import system looks.

use std::path::{Path, PathBuf};

use crate::Name;
use crate::source::PythonVersion;
use crate::source::listing::Listings;

/// Where a module is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Located {
    /// A package with an `__init__.py`.
    Package {
        /// The `__init__.py`; the folder it is in is the package's `__path__`.
        init: PathBuf,
    },
    /// A `.py` file.
    Module(PathBuf),
    /// A package without `__init__`: every folder of that name along the path, in its order.
    Namespace(Vec<PathBuf>),
    /// Compiled code, which is what Python loads even where the `.py` it was made from lies beside it.
    Extension {
        /// The compiled file.
        path: PathBuf,
        /// The `.py` of the same name in the same folder, if there is one.
        source: Option<PathBuf>,
        /// Whether it is the `__init__` of a package.
        package: bool,
    },
}

impl Located {
    /// The folders in which its submodules are looked for (`__path__`); none if it is no package.
    pub fn folders(&self) -> Vec<PathBuf> {
        match self {
            Self::Package { init: file }
            | Self::Extension {
                path: file,
                package: true,
                ..
            } => file.parent().map(Path::to_owned).into_iter().collect(),
            Self::Namespace(folders) => folders.clone(),
            Self::Module(_) | Self::Extension { .. } => vec![],
        }
    }

    /// Its Python source, if it has any.
    pub fn source(&self) -> Option<&Path> {
        match self {
            Self::Package { init } => Some(init),
            Self::Module(path) => Some(path),
            Self::Namespace(_) => None,
            Self::Extension { source, .. } => source.as_deref(),
        }
    }

    /// Whether it can have submodules.
    pub fn is_package(&self) -> bool {
        match self {
            Self::Package { .. } | Self::Namespace(_) => true,
            Self::Module(_) => false,
            Self::Extension { package, .. } => *package,
        }
    }
}

/// Finds modules along a search path. Each folder is listed once; may be shared between threads.
#[derive(Debug, Default)]
pub struct Finder {
    roots: Vec<PathBuf>,
    listings: Listings,
}

impl Finder {
    /// A finder for these folders, in the order of `sys.path`; compiled modules of any version are found.
    pub fn new(roots: Vec<PathBuf>) -> Self {
        Self::for_version(roots, None)
    }

    /// A finder that takes compiled modules only as this version of CPython would: by the tag in their name.
    pub fn for_version(roots: Vec<PathBuf>, version: Option<PythonVersion>) -> Self {
        Self {
            roots,
            listings: Listings::new(version),
        }
    }

    /// The folders it looks in, in order.
    pub fn roots(&self) -> &[PathBuf] {
        &self.roots
    }

    /// Returns where a dotted name leads, or none if importing it raises `ModuleNotFoundError`.
    ///
    /// Only files are looked at: a package may put other folders into its `__path__`; who runs it on paper knows, and
    /// asks [`Finder::find_in`].
    pub fn find(&self, dotted: &str) -> Option<Located> {
        let mut parts = dotted.split('.');
        let mut found = self.find_in(&self.roots, parts.next()?)?;
        for part in parts {
            found = self.find_in(&found.folders(), part)?;
        }
        Some(found)
    }

    /// Returns where one name leads in these folders (a `__path__`, or the search path).
    ///
    /// `FileFinder.find_spec`, folder by folder: a package, then an extension module, then a `.py`, then a `.pyc`. A folder without
    /// `__init__` is remembered, and counts only if no folder of the path has anything better (`PathFinder`).
    pub fn find_in(&self, folders: &[PathBuf], name: &str) -> Option<Located> {
        if name.is_empty() {
            return None;
        }
        let mut portions = vec![];
        for folder in folders {
            let listing = self.listings.of(folder);
            let Some(entry) = listing.get(name) else {
                continue;
            };
            if entry.folder {
                let inside = folder.join(name);
                if let Some(package) = self.package(&inside) {
                    return Some(package);
                }
            }
            if let Some(module) = module(folder, name, entry) {
                return Some(module);
            }
            if entry.folder {
                portions.push(folder.join(name));
            }
        }
        (!portions.is_empty()).then_some(Located::Namespace(portions))
    }

    /// Returns the names that can be imported from these folders and whether each is a package, sorted
    /// (`pkgutil.iter_modules`, which passes over folders without `__init__`).
    pub fn names_in(&self, folders: &[PathBuf]) -> Vec<(Name, bool)> {
        let mut names: Vec<(Name, bool)> = vec![];
        for folder in folders {
            for (name, entry) in self.listings.of(folder).iter() {
                if name == "__init__" || name == "__pycache__" || name.contains('.') {
                    continue;
                }
                if entry.folder && self.package(&folder.join(name.as_str())).is_some() {
                    names.push((name.clone(), true));
                } else if entry.source || entry.bytecode || entry.extension.is_some() {
                    names.push((name.clone(), false));
                }
            }
        }
        names.sort();
        names.dedup_by(|later, first| later.0 == first.0);
        names
    }

    fn package(&self, folder: &Path) -> Option<Located> {
        let listing = self.listings.of(folder);
        let init = listing.get("__init__")?;
        match module(folder, "__init__", init)? {
            Located::Module(init) => Some(Located::Package { init }),
            Located::Extension { path, source, .. } => Some(Located::Extension {
                path,
                source,
                package: true,
            }),
            other @ (Located::Package { .. } | Located::Namespace(_)) => Some(other),
        }
    }
}

/// What one folder has under a name, packages aside.
fn module(folder: &Path, name: &str, entry: &super::listing::Entry) -> Option<Located> {
    let source = entry.source.then(|| folder.join(format!("{name}.py")));
    if let Some(extension) = &entry.extension {
        return Some(Located::Extension {
            path: folder.join(&**extension),
            source,
            package: false,
        });
    }
    if let Some(source) = source {
        return Some(Located::Module(source));
    }
    entry.bytecode.then(|| Located::Extension {
        path: folder.join(format!("{name}.pyc")),
        source: None,
        package: false,
    })
}
