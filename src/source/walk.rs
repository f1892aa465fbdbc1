//! Which Python files lie below a folder, and which folders are not the project's own.
#![expect(
    clippy::disallowed_methods,
    reason = "folders are walked on the file system"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::source::Trouble;
use crate::source::discover::FileTrouble;
use crate::source::environment::resolved;
use crate::source::layout::MARKERS;
use crate::source::naming::shown;
use crate::source::read::say_io;

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The Python files, sorted.
    pub(super) files: Vec<PathBuf>,
    /// The folders that hold the description of a project, sorted.
    pub(super) projects: Vec<PathBuf>,
    /// How many stub files were passed over.
    pub(super) stubs: usize,
    /// Folders that could not be listed.
    pub(super) troubles: Vec<FileTrouble>,
    /// What the links are called that were followed.
    links: Vec<PathBuf>,
}

/// Whose folder is walked: that decides what is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// A project's: what its ignore files name is left out.
    Project,
    /// A search path of an environment: everything was installed on purpose, whatever an ignore file around it says.
    Installed,
}

/// Folders nested deeper than this are not looked into; no package is, and a walk must end.
const DEEPEST: usize = 128;

/// Lists the Python files below `folder`.
///
/// The folder itself is walked even where an ignore file names it: whoever asked for it wants to see it. So is one of whose files
/// ignore files would leave nothing.
pub(super) fn walk(folder: &Path, ground: Ground) -> Walked {
    let mut walked = Walked::default();
    if ground == Ground::Project {
        let rules = rules_above(folder);
        walked = visit(folder, folder, Some(&rules), 0);
    }
    if walked.files.is_empty() {
        walked = visit(folder, folder, None, 0);
    }
    walked.files.par_sort();
    count_once(&mut walked);
    walked.projects.sort();
    walked
        .troubles
        .sort_by(|one, other| one.path.cmp(&other.path));
    walked
}

/// Walks one folder and, side by side, those below it. `rules` are the ignore files that apply, innermost last; none if nothing
/// is to be ignored.
fn visit(top: &Path, folder: &Path, rules: Option<&[Arc<Gitignore>]>, depth: usize) -> Walked {
    let mut walked = Walked::default();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries.flatten(),
        Err(error) => {
            walked.troubles.push(trouble(top, folder, say_io(&error)));
            return walked;
        }
    };
    let mut folders = vec![];
    let mut own_rules = vec![];
    for entry in entries {
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if is_mark_of_another(name) && depth > 0 {
            return Walked::default();
        }
        match name {
            ".ignore" | ".gitignore" => own_rules.push(name.to_owned()),
            _ if MARKERS.contains(&name) => walked.projects.push(folder.to_owned()),
            _ => {}
        }
        let is_source = is_source(name);
        let kind = entry.file_type().ok();
        let is_link = kind.is_some_and(|kind| kind.is_symlink());
        if name.starts_with('.')
            || !(is_source || is_link || kind.is_some_and(|kind| kind.is_dir()))
        {
            walked.stubs +=
                usize::from(Path::new(name).extension().is_some_and(|end| end == "pyi"));
            continue;
        }
        let path = entry.path();
        if !is_link {
            if kind.is_some_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else {
                walked.files.push(path);
            }
            continue;
        }
        match fs::metadata(&path) {
            Ok(about) if about.is_dir() && folder_holds(folder, &path) => {
                let message = "a link to a folder that holds it; not followed";
                walked
                    .troubles
                    .push(trouble(top, &path, message.to_owned()));
            }
            Ok(about) if about.is_dir() => {
                walked.links.push(path.clone());
                folders.push(path);
            }
            Ok(_) if is_source => {
                walked.links.push(path.clone());
                walked.files.push(path);
            }
            Err(error) if is_source => walked.troubles.push(trouble(top, &path, say_io(&error))),
            Ok(_) | Err(_) => {}
        }
    }
    let extended = rules.filter(|_| !own_rules.is_empty()).map(|rules| {
        let mut rules = rules.to_vec();
        own_rules.sort();
        // Reversed: `.ignore` has the last word, as in the tools that know it.
        rules.extend(own_rules.iter().rev().map(|name| rules_of(folder, name)));
        rules
    });
    let rules = extended.as_deref().or(rules);
    let is_project = !walked.projects.is_empty();
    walked.projects.dedup();
    walked.files.retain(|path| !is_ignored(path, false, rules));
    folders.retain(|path| !is_foreign(path, is_project) && !is_ignored(path, true, rules));
    if depth == DEEPEST {
        folders.clear();
    }
    folders
        .into_par_iter()
        .map(|below| visit(top, &below, rules, depth + 1))
        .reduce(Walked::default, Walked::with)
        .with(walked)
}

impl Walked {
    fn with(mut self, other: Self) -> Self {
        self.files.extend(other.files);
        self.projects.extend(other.projects);
        self.stubs += other.stubs;
        self.links.extend(other.links);
        self.troubles.extend(other.troubles);
        self
    }
}

/// Keeps of the files that several paths lead to, by way of links, the path without links; where there is none, the first.
fn count_once(walked: &mut Walked) {
    if walked.links.is_empty() {
        return;
    }
    let links: FxHashSet<&Path> = walked.links.iter().map(PathBuf::as_path).collect();
    for paths in [&mut walked.files, &mut walked.projects] {
        let is_linked = |path: &&PathBuf| path.ancestors().any(|it| links.contains(it));
        let (linked, plain): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(is_linked);
        let mut known: FxHashSet<PathBuf> = plain.into_iter().map(|it| resolved(it)).collect();
        let again = linked.into_iter().filter(|it| !known.insert(resolved(it)));
        let again: FxHashSet<PathBuf> = again.cloned().collect();
        paths.retain(|it| !again.contains(it));
    }
}

fn is_source(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|end| end == "py" || end == "pyw")
}

/// The files that make a folder a virtual environment, a conda environment, or a tool's cache.
fn is_mark_of_another(name: &str) -> bool {
    matches!(name, "pyvenv.cfg" | "conda-meta" | "CACHEDIR.TAG")
}

/// Whether a folder belongs, by its name, to a tool, an environment or a build rather than to the project around it.
fn is_foreign(folder: &Path, beside_project_file: bool) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str());
    match name.unwrap_or_default() {
        "__pycache__" | "node_modules" | "site-packages" | "dist-packages" | "lib-dynload" => true,
        // A package may be called so; then it is one.
        "build" | "dist" | "_build" => beside_project_file && !folder.join("__init__.py").exists(),
        name if name.starts_with("config-") => folder.join("config.c").exists(),
        _ => false,
    }
}

/// Whether what a link points to is the folder the link is in, or one above it.
fn folder_holds(folder: &Path, link: &Path) -> bool {
    resolved(folder).starts_with(resolved(link))
}

fn is_ignored(path: &Path, is_folder: bool, rules: Option<&[Arc<Gitignore>]>) -> bool {
    rules
        .into_iter()
        .flatten()
        .rev()
        .map(|rules| rules.matched(path, is_folder))
        .find(|answer| !answer.is_none())
        .is_some_and(|answer| matches!(answer, Match::Ignore(_)))
}

fn rules_of(folder: &Path, name: &str) -> Arc<Gitignore> {
    let mut builder = GitignoreBuilder::new(folder);
    // A file that is not there, or a line in it that is no pattern, names nothing.
    drop(builder.add(folder.join(name)));
    Arc::new(builder.build().unwrap_or_else(|_| Gitignore::empty()))
}

/// The ignore files above `folder` in its repository, outermost first.
///
/// None where they name the folder itself, for then they name all that is in it; and none if it is in no repository: an ignore
/// file further up is somebody else's.
fn rules_above(folder: &Path) -> Vec<Arc<Gitignore>> {
    let is_top = |folder: &Path| folder.join(".git").exists();
    let Some(top) = folder.ancestors().find(|folder| is_top(folder)) else {
        return vec![];
    };
    let mut rules = vec![rules_of(top, ".git/info/exclude")];
    let between: Vec<&Path> = folder
        .ancestors()
        .skip(1)
        .take_while(|above| above.starts_with(top))
        .collect();
    for above in between.into_iter().rev() {
        rules.push(rules_of(above, ".gitignore"));
        rules.push(rules_of(above, ".ignore"));
    }
    let names_it = |rules: &Arc<Gitignore>| {
        folder.starts_with(rules.path())
            && rules.matched_path_or_any_parents(folder, true).is_ignore()
    };
    if rules.iter().any(names_it) {
        return vec![];
    }
    rules
}

fn trouble(top: &Path, path: &Path, message: String) -> FileTrouble {
    FileTrouble {
        kind: Trouble::Unreadable,
        shown: shown(path.strip_prefix(top).unwrap_or(path)),
        path: path.to_owned(),
        message,
    }
}
