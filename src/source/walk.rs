//! Which Python files lie below a folder, and which folders are not the project's own.

use std::path::{Path, PathBuf};

use ignore::gitignore::GitignoreBuilder;
use ignore::{DirEntry, WalkBuilder};

use crate::source::Trouble;
use crate::source::discover::FileTrouble;
use crate::source::layout::MARKERS;
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
}

/// Whose folder is walked: that decides what is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// A project's: what its ignore files name is left out.
    Project,
    /// A search path of an environment: everything was installed on purpose, whatever an ignore file around it says.
    Installed,
}

/// Lists the Python files below `folder`.
///
/// The folder itself is walked even where an ignore file names it: whoever asked for it wants to see it.
pub(super) fn walk(folder: &Path, ground: Ground) -> Walked {
    if ground == Ground::Installed {
        return walk_with(folder, false, false);
    }
    let found = walk_with(folder, true, !is_ignored(folder));
    if found.files.is_empty() {
        return walk_with(folder, false, false);
    }
    found
}

fn walk_with(folder: &Path, ignore_files: bool, those_above: bool) -> Walked {
    let mut builder = WalkBuilder::new(folder);
    builder
        .standard_filters(false)
        .hidden(true)
        .ignore(ignore_files)
        .git_ignore(ignore_files)
        .git_exclude(ignore_files)
        .parents(ignore_files && those_above)
        // An unpacked archive of a repository has the file without the folder.
        .require_git(false)
        .follow_links(true)
        .filter_entry(|entry| entry.depth() == 0 || !is_foreign(entry));
    let mut walked = Walked::default();
    for entry in builder.build() {
        match entry {
            Ok(entry) => walked.take(&entry),
            Err(error) => walked.troubles.extend(trouble(folder, &error)),
        }
    }
    walked.files.sort();
    walked.projects.sort();
    walked.projects.dedup();
    walked
}

impl Walked {
    fn take(&mut self, entry: &DirEntry) {
        if entry.file_type().is_none_or(|kind| kind.is_dir()) {
            return;
        }
        let path = entry.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if matches!(extension, Some("py" | "pyw")) {
            self.files.push(path.to_owned());
        } else if extension == Some("pyi") {
            self.stubs += 1;
        }
        let marks = entry
            .file_name()
            .to_str()
            .is_some_and(|name| MARKERS.contains(&name));
        if marks && let Some(folder) = path.parent() {
            self.projects.push(folder.to_owned());
        }
    }
}

/// Whether a folder belongs to a tool, an environment or a build rather than to the project around it.
fn is_foreign(entry: &DirEntry) -> bool {
    if entry.file_type().is_none_or(|kind| !kind.is_dir()) {
        return false;
    }
    let path = entry.path();
    let has = |name: &str| path.join(name).exists();
    match entry.file_name().to_str().unwrap_or_default() {
        "__pycache__" | "node_modules" | "site-packages" | "dist-packages" | "lib-dynload" => true,
        // A package may be called so; then it is one.
        "build" | "dist" | "_build" => {
            !has("__init__.py")
                && path
                    .parent()
                    .is_some_and(|parent| MARKERS.iter().any(|mark| parent.join(mark).exists()))
        }
        name if name.starts_with("config-") => has("Makefile") && has("config.c"),
        _ => has("pyvenv.cfg") || has("conda-meta") || has("CACHEDIR.TAG"),
    }
}

/// Whether an ignore file of the repository around it names `folder` or a folder that holds it.
fn is_ignored(folder: &Path) -> bool {
    let mut above: Vec<&Path> = vec![];
    for parent in folder.ancestors().skip(1) {
        above.push(parent);
        if parent.join(".git").exists() {
            break;
        }
    }
    if !above.last().is_some_and(|top| top.join(".git").exists()) {
        // Ignore files above a folder that is in no repository are somebody else's.
        return true;
    }
    above.iter().any(|parent| {
        let mut builder = GitignoreBuilder::new(parent);
        for name in [".gitignore", ".ignore"] {
            // A file that is not there, or a line in it that is no pattern, names nothing.
            drop(builder.add(parent.join(name)));
        }
        builder
            .build()
            .is_ok_and(|rules| rules.matched_path_or_any_parents(folder, true).is_ignore())
    })
}

fn trouble(folder: &Path, error: &ignore::Error) -> Option<FileTrouble> {
    let (path, message) = match error {
        ignore::Error::WithPath { path, err } => {
            let inner = trouble(folder, err);
            let message = inner.map_or_else(|| err.to_string(), |inner| inner.message);
            (path.clone(), message)
        }
        ignore::Error::WithDepth { err, .. } => return trouble(folder, err),
        ignore::Error::Loop { child, .. } => (
            child.clone(),
            "a link to a folder that holds it; not followed".to_owned(),
        ),
        ignore::Error::Io(error) => (folder.to_owned(), say_io(error)),
        // A line of an ignore file that is no pattern concerns nobody who reads Python.
        _ => return None,
    };
    let shown = path.strip_prefix(folder).unwrap_or(&path);
    Some(FileTrouble {
        kind: Trouble::Unreadable,
        shown: super::discover::shown(shown),
        path,
        message,
    })
}
