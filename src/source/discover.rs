//! What a path that a person gives means: which files, and under which module names Python would import them.
#![expect(
    clippy::disallowed_methods,
    reason = "what a path is can only be asked of the file system"
)]

use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use crate::Name;
use crate::source::environment::resolved;
use crate::source::read::say_io;
use crate::source::walk::{self, Ground, Walked};
use crate::source::{Distribution, Environment, Owner, SearchPath, Trouble, naming, roots};

/// The files that a path stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// What to call it: `django`.
    pub name: String,
    /// The file or folder that was asked about, absolute.
    pub path: PathBuf,
    /// The folders from which its modules are named, in the order of `sys.path`, before those of the environment.
    pub roots: Vec<SearchPath>,
    /// Its files, sorted by module name; no name twice.
    pub files: Vec<Found>,
    /// Files and folders that were met and cannot be used.
    pub troubles: Vec<FileTrouble>,
}

/// A file of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// The dotted name under which Python imports it.
    pub module: Name,
    /// Whether it is the `__init__.py` of a package.
    pub package: bool,
    /// Its path as people are shown it: from its import root, with `/` between the parts.
    pub shown: String,
    /// The name by which the files beside it import it, where another file of the project has that name.
    pub twin: Option<Twin>,
}

/// By which name a file is imported from where, if not by its own.
///
/// ```text
/// cart/tests/helpers.py   `tests.helpers`
/// till/tests/helpers.py   `till.tests.helpers`, and `tests.helpers` to all that lies in `till`
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// The folder in which it is imported so.
    pub within: PathBuf,
    /// The name.
    pub module: Name,
}

/// A file or folder that was met and cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileTrouble {
    /// What kind of trouble.
    pub kind: Trouble,
    /// Where it is.
    pub path: PathBuf,
    /// Its path as people are shown it.
    pub shown: String,
    /// One line that says it.
    pub message: String,
}

/// Why a path stands for no project.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DiscoverError {
    /// There is nothing at this path.
    #[error("`{}` does not exist", path.display())]
    PathMissing {
        /// What was given.
        path: PathBuf,
        /// The entry beside it that is spelled most like it.
        near: Option<PathBuf>,
    },
    /// A part of the path before the last is a file.
    #[error("`{}` is not a folder", part.display())]
    NotAFolder {
        /// What was given.
        path: PathBuf,
        /// The part that is a file.
        part: PathBuf,
    },
    /// The system does not let us look.
    #[error("`{}` cannot be read: {reason}", path.display())]
    NotReadable {
        /// What was given.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// A file that is not Python.
    #[error("`{}` is not a Python file", path.display())]
    NotPython {
        /// What was given.
        path: PathBuf,
    },
    /// A folder without Python files.
    #[error("there are no Python files in `{}`", path.display())]
    NoPython {
        /// What was given.
        path: PathBuf,
        /// How many stub files there are: ancestry is read from sources alone.
        stubs: usize,
    },
}

impl Project {
    /// The whole `sys.path`: the project's roots and the environment's folders, each once, those of the environment in its order.
    pub fn search_paths(&self, environment: &Environment) -> Vec<SearchPath> {
        let theirs = environment.search_paths();
        let is_theirs = |root: &SearchPath| theirs.iter().any(|path| path.path == root.path);
        self.roots
            .iter()
            .filter(|root| !is_theirs(root))
            .chain(&theirs)
            .cloned()
            .collect()
    }

    /// What the project declares of itself, then the distributions installed in the environment.
    pub fn distributions(&self, environment: &Environment) -> Vec<Distribution> {
        let mut found: Vec<Distribution> = self
            .roots
            .iter()
            .filter(|root| root.owner == Owner::Project)
            .flat_map(|root| Distribution::declared_in(&root.path))
            .collect();
        let own: Vec<String> = found.iter().map(Distribution::normalized_name).collect();
        let installed = environment.distributions();
        for it in &mut found {
            it.stand_as(&installed);
        }
        // Installed from here, the project would declare everything twice.
        found.extend(
            installed
                .into_iter()
                .filter(|one| !own.contains(&one.normalized_name())),
        );
        found
    }
}

/// Finds out what a path stands for: one file, a package, a repository, a folder of scripts, the standard library, or a part of an
/// environment. Touches nothing and starts nothing.
pub fn discover(path: &Path, environment: &Environment) -> Result<Project, DiscoverError> {
    let about = fs::metadata(path).map_err(|error| say_failure(path, &error))?;
    let path = clean(path);
    if about.is_file() {
        return one_file(&path, environment);
    }
    if !about.is_dir() {
        return Err(DiscoverError::NotPython { path });
    }
    // A folder that cannot be listed at all is an answer of its own; one below it is a problem among others.
    fs::read_dir(&path).map_err(|error| say_failure(&path, &error))?;
    if let Some((root, path)) = roots::installed(&path, environment) {
        return finish(
            path.clone(),
            vec![root],
            walk::walk(&path, Ground::Installed),
        );
    }
    if let Some(roots) = roots::of_environment(&path, environment) {
        let mut walked = Walked::default();
        for root in &roots {
            let found = walk::walk(&root.path, Ground::Installed);
            walked.files.extend(found.files);
            walked.troubles.extend(found.troubles);
        }
        return finish(path, roots, walked);
    }
    let walked = walk::walk(&path, Ground::Project);
    let roots = if roots::is_package(&path) {
        roots::of_package(&path)
    } else {
        roots::of_repository(&path, &walked, environment)
    };
    finish(path, roots.into_iter().map(own).collect(), walked)
}

/// Whether a path stands for something at all, as far as that is seen without a walk through its folders.
pub fn is_there(path: &Path) -> Result<(), DiscoverError> {
    let about = fs::metadata(path).map_err(|error| say_failure(path, &error))?;
    let path = clean(path);
    if about.is_dir() {
        fs::read_dir(&path).map_err(|error| say_failure(&path, &error))?;
    } else if !about.is_file() || !is_python(&path) {
        return Err(DiscoverError::NotPython { path });
    }
    Ok(())
}

/// The path without `.`, `..` and what the shell's folder adds; links are kept, for people know their files by them.
fn clean(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if absolute
        .components()
        .any(|part| part == Component::ParentDir)
    {
        resolved(&absolute)
    } else {
        absolute.components().collect()
    }
}

fn own(path: PathBuf) -> SearchPath {
    SearchPath {
        path,
        owner: Owner::Project,
    }
}

fn one_file(path: &Path, environment: &Environment) -> Result<Project, DiscoverError> {
    if !is_python(path) {
        return Err(DiscoverError::NotPython {
            path: path.to_owned(),
        });
    }
    let mut walked = Walked::default();
    if let Some((root, path)) = roots::installed(path, environment) {
        walked.files.push(path.clone());
        return finish(path, vec![root], walked);
    }
    walked.files.push(path.to_owned());
    let roots = roots::of_package(path.parent().unwrap_or(path));
    finish(
        path.to_owned(),
        roots.into_iter().map(own).collect(),
        walked,
    )
}

/// A file is Python by its name, or, without an extension, by the first line that says who runs it.
fn is_python(path: &Path) -> bool {
    if let Some(extension) = path.extension() {
        return extension == "py" || extension == "pyw";
    }
    let mut start = Vec::with_capacity(128);
    let read = fs::File::open(path).and_then(|file| file.take(128).read_to_end(&mut start));
    let line = start
        .split(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default();
    read.is_ok() && line.starts_with(b"#!") && line.windows(6).any(|word| word == b"python")
}

/// Names the files and says which are hidden.
fn finish(path: PathBuf, roots: Vec<SearchPath>, walked: Walked) -> Result<Project, DiscoverError> {
    let Walked {
        files,
        mut troubles,
        stubs,
        ..
    } = walked;
    if files.is_empty() && troubles.is_empty() {
        return Err(DiscoverError::NoPython { path, stubs });
    }
    let (files, hidden) = naming::name(&files, &roots, &path);
    troubles.extend(hidden);
    troubles.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Project {
        name: title(&path),
        roots,
        files,
        troubles,
        path,
    })
}

fn title(path: &Path) -> String {
    let last = path.file_name().unwrap_or(path.as_os_str());
    last.to_string_lossy().into_owned()
}

fn say_failure(path: &Path, error: &io::Error) -> DiscoverError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => DiscoverError::PathMissing {
            near: near(&path),
            path,
        },
        io::ErrorKind::NotADirectory => DiscoverError::NotAFolder {
            part: path
                .ancestors()
                .find(|part| part.is_file())
                .unwrap_or(&path)
                .to_owned(),
            path,
        },
        _ => DiscoverError::NotReadable {
            reason: say_io(error),
            path,
        },
    }
}

/// The entry of the last folder on the way that is spelled most like what was looked for there.
fn near(path: &Path) -> Option<PathBuf> {
    let missing = path.ancestors().take_while(|part| !part.exists()).last()?;
    let wanted = missing.file_name()?.to_str()?;
    let folder = match missing.parent()? {
        empty if empty.as_os_str().is_empty() => Path::new("."),
        folder => folder,
    };
    let best = fs::read_dir(folder)
        .ok()?
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let likeness = strsim::jaro_winkler(&name.to_lowercase(), &wanted.to_lowercase());
            (likeness > 0.85).then_some((likeness, name))
        })
        .max_by(|one, other| one.0.total_cmp(&other.0).then_with(|| other.1.cmp(&one.1)))?;
    Some(missing.with_file_name(best.1))
}
