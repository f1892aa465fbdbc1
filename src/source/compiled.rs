//! The modules of an environment that have no Python source: what can only be asked, and never read.
#![expect(
    clippy::disallowed_methods,
    reason = "the folders of an environment are listed here"
)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::Name;
use crate::source::{Environment, Finder, Located, Owner};

/// Packages inside of packages.
const DEEPEST: usize = 16;

/// Every module of what is installed that is compiled and has no source beside it, with its file, sorted by name.
pub fn compiled_modules(environment: &Environment) -> Vec<(Name, PathBuf)> {
    let roots: Vec<PathBuf> = environment
        .search_paths()
        .into_iter()
        .filter(|search| search.owner == Owner::Installed)
        .map(|search| search.path)
        .collect();
    let finder = Finder::for_version(roots.clone(), environment.version);
    let mut names = vec![];
    for root in &roots {
        walk(root, "", 0, &mut names);
    }
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter_map(|name| match finder.find(&name)? {
            Located::Extension {
                path,
                source: None,
                package: false,
            } => Some((name, path)),
            _ => None,
        })
        .collect()
}

/// Adds the dotted names that files with the ends of compiled modules could have.
fn walk(folder: &Path, prefix: &str, depth: usize, names: &mut Vec<Name>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let file_name = entry.file_name();
        let Some(file_name) = file_name.to_str() else {
            continue;
        };
        let stem = file_name.split('.').next().unwrap_or_default();
        let is_name = stem
            .bytes()
            .all(|byte| byte == b'_' || byte.is_ascii_alphanumeric())
            && !stem.is_empty();
        if !is_name {
            continue;
        }
        let has_end = [".so", ".pyd"].iter().any(|end| file_name.ends_with(end));
        if has_end {
            names.push(Name::from(format!("{prefix}{stem}")));
        } else if stem == file_name && stem != "__pycache__" && depth < DEEPEST {
            let inside = entry.path();
            if inside.is_dir() {
                walk(&inside, &format!("{prefix}{stem}."), depth + 1, names);
            }
        }
    }
}
