//! The folders from which a path's modules are named.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::source::environment::resolved;
use crate::source::layout::{self, Bare, Imported};
use crate::source::naming::innermost;
use crate::source::prefix;
use crate::source::walk::Walked;
use crate::source::{Environment, Finder, Owner, SearchPath};

/// A folder with an `__init__.py` is a package, unless it is the top of a project: some tools ask for a stray one there.
/// Packages with a `setup.py` of their own stand inside other packages or projects.
pub(super) fn is_package(folder: &Path) -> bool {
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
pub(super) fn installed(path: &Path, environment: &Environment) -> Option<(SearchPath, PathBuf)> {
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
pub(super) fn of_environment(path: &Path, environment: &Environment) -> Option<Vec<SearchPath>> {
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
pub(super) fn of_package(folder: &Path) -> Vec<PathBuf> {
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
pub(super) fn of_repository(
    path: &Path,
    walked: &Walked,
    environment: &Environment,
) -> Vec<PathBuf> {
    let around = of_package(path);
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
    let by_imports = layout::roots_by_imports(&bare, &imported, &Finder::new(lookup));
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
