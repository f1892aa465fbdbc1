//! What a path that a person gives means: which files, and under which module names Python would import them.
#![expect(
    clippy::disallowed_methods,
    reason = "what a path is can only be asked of the file system"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use crate::Name;
use crate::source::environment::resolved;
use crate::source::layout::{self, Bare, Imported};
use crate::source::prefix;
use crate::source::read::say_io;
use crate::source::walk::{self, Ground, Walked};
use crate::source::{Environment, Finder, Owner, SearchPath, Trouble};

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
    if let Some((root, path)) = installed_root(&path, environment) {
        return finish(
            path.clone(),
            vec![root],
            walk::walk(&path, Ground::Installed),
        );
    }
    if let Some(roots) = environment_roots(&path, environment) {
        let mut walked = Walked::default();
        for root in &roots {
            let found = walk::walk(&root.path, Ground::Installed);
            walked.files.extend(found.files);
            walked.troubles.extend(found.troubles);
        }
        return finish(path, roots, walked);
    }
    let walked = walk::walk(&path, Ground::Project);
    let roots = if is_package(&path) {
        package_roots(&path)
    } else {
        repository_roots(&path, &walked, environment)
    };
    finish(path, roots.into_iter().map(own).collect(), walked)
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
    if let Some((root, path)) = installed_root(path, environment) {
        walked.files.push(path.clone());
        return finish(path, vec![root], walked);
    }
    walked.files.push(path.to_owned());
    let roots = package_roots(path.parent().unwrap_or(path));
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

/// A folder with an `__init__.py` is a package, unless it is the top of a project: some tools ask for a stray one there.
/// Packages with a `setup.py` of their own stand inside other packages or projects.
fn is_package(folder: &Path) -> bool {
    let inside = folder
        .parent()
        .is_some_and(|parent| layout::is_regular_package(parent) || layout::is_project(parent));
    layout::is_regular_package(folder)
        && has_identifier(folder)
        && (inside || !layout::is_project(folder))
}

/// `my-project` cannot be imported, so an `__init__.py` in it does not make it a package.
fn has_identifier(folder: &Path) -> bool {
    folder
        .file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| {
            !name.starts_with(|c: char| c.is_ascii_digit())
                && name.chars().all(|c| c == '_' || c.is_alphanumeric())
        })
}

/// The search path of an environment in which `path` lies, and the path as it is spelled from there.
fn installed_root(path: &Path, environment: &Environment) -> Option<(SearchPath, PathBuf)> {
    [path.to_owned(), resolved(path)]
        .into_iter()
        .find_map(|path| {
            let of_environment = environment
                .search_path_of(&path)
                .filter(|found| !environment.linked.contains(&found.path));
            let root = of_environment.or_else(|| installed_by_name(&path))?;
            Some((root, path))
        })
}

/// Search paths of environments that nobody pointed out: known by their name, or by what they hold.
fn installed_by_name(path: &Path) -> Option<SearchPath> {
    path.ancestors().find_map(|folder| {
        let name = folder.file_name()?.to_str()?;
        let owner = match name {
            "site-packages" | "dist-packages" => Owner::Installed,
            _ if prefix::is_stdlib(folder) => Owner::StandardLibrary,
            _ => return None,
        };
        Some(SearchPath {
            path: folder.to_owned(),
            owner,
        })
    })
}

/// An environment's own folder stands for what is installed in it.
fn environment_roots(path: &Path, environment: &Environment) -> Option<Vec<SearchPath>> {
    let is_root = |root: &PathBuf| resolved(root) == resolved(path);
    environment.root.as_ref().filter(|root| is_root(root))?;
    let inside: Vec<SearchPath> = environment
        .search_paths()
        .into_iter()
        .filter(|search| resolved(&search.path).starts_with(resolved(path)))
        .filter(|search| !search.path.ends_with("lib-dynload"))
        .collect();
    (!inside.is_empty()).then_some(inside)
}

/// The import root of a package or of a file in `folder`, then those of the project around it, where its imports may lead.
fn package_roots(folder: &Path) -> Vec<PathBuf> {
    let written = folder
        .ancestors()
        .find(|folder| !is_package(folder))
        .unwrap_or(folder);
    let around = written
        .ancestors()
        .find(|folder| layout::is_project(folder) || folder.join(".git").exists());
    let declared = around.map(layout::declared_roots).unwrap_or_default();
    // Inside a root that the project declares, a folder without `__init__.py` is a namespace package.
    let root = declared.iter().find(|root| written.starts_with(root));
    let mut roots = vec![root.map_or_else(|| written.to_owned(), Clone::clone)];
    for root in declared.iter().map(PathBuf::as_path).chain(around) {
        if !roots.iter().any(|known| known == root) {
            roots.push(root.to_owned());
        }
    }
    roots
}

/// The import roots of a folder that is no package: what its projects declare, the folder itself, and the folders inside from which
/// Python is evidently started.
fn repository_roots(path: &Path, walked: &Walked, environment: &Environment) -> Vec<PathBuf> {
    let around = package_roots(path);
    // A part of a namespace package keeps the name it has from the root that its project declares.
    if !layout::is_project(path) && around.first().is_some_and(|root| root != path) {
        return around;
    }
    let imported = Imported::by(&walked.files);
    let mut roots = layout::declared_roots(path);
    if layout::src_is_a_guess(path) && imported.names("src") {
        // `from src.models import …` is run from here; `src` is a package to it.
        roots.retain(|root| *root != path.join("src"));
    }
    let declared = roots.clone();
    roots.push(path.to_owned());
    for project in &walked.projects {
        if project == path || is_package(project) {
            continue;
        }
        for root in layout::declared_roots(project)
            .into_iter()
            .chain([project.clone()])
        {
            if !roots.contains(&root) {
                roots.push(root);
            }
        }
    }
    let mut lookup = roots.clone();
    lookup.extend(
        environment
            .search_paths()
            .into_iter()
            .map(|search| search.path),
    );
    let bare = bare_folders(&roots, &declared, &walked.files);
    let by_imports = layout::roots_by_imports(bare, &imported, &Finder::new(lookup));
    roots.extend(by_imports);
    // What the project around it has can be imported too, after what is here.
    for root in around {
        if !roots.contains(&root) && !root.starts_with(path) {
            roots.push(root);
        }
    }
    roots
}

/// The folders without `__init__.py` that lead from a root to Python files, except below a root that the project declares: there
/// they are namespace packages.
fn bare_folders(roots: &[PathBuf], declared: &[PathBuf], files: &[PathBuf]) -> Vec<Bare> {
    let mut found: BTreeMap<PathBuf, (String, BTreeSet<String>)> = BTreeMap::new();
    let mut regular: BTreeMap<PathBuf, bool> = BTreeMap::new();
    for file in files {
        let Some(root) = innermost(roots, file).filter(|root| !declared.contains(root)) else {
            continue;
        };
        let Ok(inside) = file.strip_prefix(root) else {
            continue;
        };
        let parts: Vec<String> = inside
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        let mut folder = root.clone();
        for at in 0..parts.len().saturating_sub(1) {
            folder.push(&parts[at]);
            let is_regular = *regular
                .entry(folder.clone())
                .or_insert_with(|| layout::is_regular_package(&folder));
            if is_regular {
                break;
            }
            let next = parts[at + 1]
                .trim_end_matches(".pyw")
                .trim_end_matches(".py");
            let (_, holds) = found
                .entry(folder.clone())
                .or_insert_with(|| (parts[..=at].join("."), BTreeSet::new()));
            holds.insert(next.to_owned());
        }
    }
    found
        .into_iter()
        .map(|(folder, (dotted, holds))| Bare {
            folder,
            dotted,
            holds,
        })
        .collect()
}

fn innermost<'a>(roots: &'a [PathBuf], path: &Path) -> Option<&'a PathBuf> {
    roots
        .iter()
        .filter(|root| path.starts_with(root))
        .max_by_key(|root| root.components().count())
}

/// Names the files, and sees to it that no two share a name.
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
    let folders: Vec<PathBuf> = roots.iter().map(|root| root.path.clone()).collect();
    let mut taken: BTreeMap<Name, Found> = BTreeMap::new();
    for found in named(&files, &folders) {
        let name = found.module.clone();
        match taken.get(&name) {
            None => {
                taken.insert(name, found);
            }
            // A package comes before a module of its name, `.py` before `.pyw`; the rest as the files are sorted.
            Some(first) => {
                let (first, hidden) = if found.package && !first.package {
                    (found, first.clone())
                } else {
                    (first.clone(), found)
                };
                troubles.push(FileTrouble {
                    kind: Trouble::Hidden,
                    message: format!("`import {name}` finds `{}`", first.shown),
                    path: hidden.path,
                    shown: hidden.shown,
                });
                taken.insert(name, first);
            }
        }
    }
    troubles.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Project {
        name: title(&path),
        roots,
        files: taken.into_values().collect(),
        troubles,
        path,
    })
}

fn title(path: &Path) -> String {
    let last = path.file_name().unwrap_or(path.as_os_str());
    last.to_string_lossy().into_owned()
}

/// Names each file from the innermost root that holds it.
///
/// Two roots may have a `tests` package each. The first root in order keeps the name; the other's is named from the
/// root around it, as Python started there would: `libs.cart.tests`.
fn named(files: &[PathBuf], roots: &[PathBuf]) -> Vec<Found> {
    let mut groups: BTreeMap<(usize, String), Vec<&PathBuf>> = BTreeMap::new();
    for file in files {
        let Some(root) = innermost(roots, file) else {
            continue;
        };
        let index = roots.iter().position(|known| known == root).unwrap_or(0);
        let top = file.strip_prefix(root).ok().and_then(|inside| {
            let top = inside.components().next()?.as_os_str().to_string_lossy();
            Some(
                top.trim_end_matches(".pyw")
                    .trim_end_matches(".py")
                    .to_owned(),
            )
        });
        groups
            .entry((index, top.unwrap_or_default()))
            .or_default()
            .push(file);
    }
    let mut owners: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = vec![];
    for ((index, top), files) in groups {
        let root = &roots[index];
        let owner = *owners.entry(top.clone()).or_insert(index);
        let shares = |index: usize| {
            let folder = roots[index].join(&top);
            folder.is_dir() && !layout::is_regular_package(&folder)
        };
        let root = if owner == index || (shares(owner) && shares(index)) {
            root
        } else {
            roots
                .iter()
                .filter(|outer| *outer != root && root.starts_with(outer))
                .max_by_key(|outer| outer.components().count())
                .unwrap_or(root)
        };
        found.extend(files.into_iter().map(|file| name_from(root, file)));
    }
    found
}

fn name_from(root: &Path, file: &Path) -> Found {
    let inside = file.strip_prefix(root).unwrap_or(file);
    let package = file.file_name().is_some_and(|name| name == "__init__.py");
    let mut parts: Vec<String> = inside
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    if package && parts.len() > 1 {
        parts.pop();
    } else if let Some(last) = parts.last_mut() {
        let stem = last
            .strip_suffix(".py")
            .or_else(|| last.strip_suffix(".pyw"));
        *last = stem.unwrap_or(last).to_owned();
    }
    Found {
        path: file.to_owned(),
        module: Name::from(parts.join(".")),
        package,
        shown: shown(inside),
    }
}

/// A path as people are shown it, with `/` between its parts on every system.
pub(super) fn shown(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
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
