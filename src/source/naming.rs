//! Files → module names, so that no two files share one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::Name;
use crate::source::discover::{FileTrouble, Found};
use crate::source::{Trouble, layout};

/// Names the files, sorted by name; what shares its name with a file that Python takes first is said to be hidden.
pub(super) fn name(files: &[PathBuf], roots: &[PathBuf]) -> (Vec<Found>, Vec<FileTrouble>) {
    let mut taken: BTreeMap<Name, Found> = BTreeMap::new();
    let mut troubles = vec![];
    for found in named(files, roots) {
        let name = found.module.clone();
        let Some(first) = taken.remove(&name) else {
            taken.insert(name, found);
            continue;
        };
        // A package comes before a module of its name, `.py` before `.pyw`; the rest as the files are sorted.
        let (first, hidden) = if found.package && !first.package {
            (found, first)
        } else {
            (first, found)
        };
        troubles.push(FileTrouble {
            kind: Trouble::Hidden,
            message: format!("`import {name}` finds `{}`", first.shown),
            path: hidden.path,
            shown: hidden.shown,
        });
        taken.insert(name, first);
    }
    (taken.into_values().collect(), troubles)
}

/// The root that holds `path` and lies deepest.
pub(super) fn innermost<'a>(roots: &'a [PathBuf], path: &Path) -> Option<&'a PathBuf> {
    roots
        .iter()
        .filter(|root| path.starts_with(root))
        .max_by_key(|root| root.components().count())
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
