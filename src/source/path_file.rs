//! `.pth` files: lines in site-packages that add folders to the search path, as editable installs do.
#![expect(clippy::disallowed_methods, reason = "`.pth` files are read here")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::source::environment::resolved;

/// What the `.pth` files of a folder say.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The folders they add, in the order in which `site` reads them.
    pub(super) links: Vec<PathBuf>,
    /// Their lines that are code, one text a file.
    pub(super) code: Vec<(PathBuf, String)>,
}

/// Returns what the `.pth` files of a site-packages folder add to the search path, and their code.
///
/// A line that starts with `import` is code, which is run on paper like a module's. One kind is read here instead, because it gives search
/// paths: setuptools hooks a finder for editable installs whose table of names and folders is a literal in a file beside it.
pub(super) fn read_in(site_packages: &Path) -> Told {
    let mut files: Vec<PathBuf> = fs::read_dir(site_packages)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "pth"))
        .collect();
    files.sort();
    let mut told = Told::default();
    for file in files {
        let Ok(bytes) = fs::read(&file) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        let mut code = String::new();
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.trim_end();
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let after = line
                .strip_prefix("import ")
                .or_else(|| line.strip_prefix("import\t"));
            let found = match after {
                Some(rest) => mapped(site_packages, rest),
                None => Some(vec![site_packages.join(line)]),
            };
            if let Some(found) = found {
                let folders = found.iter().filter(|path| path.is_dir());
                told.links.extend(folders.map(|path| resolved(path)));
            } else {
                code.push_str(line);
                code.push('\n');
            }
        }
        if !code.is_empty() {
            told.code.push((file, code));
        }
    }
    told
}

/// The folders in which the packages of a setuptools editable finder lie: those that bear the package's own name. None for other code.
fn mapped(site_packages: &Path, code: &str) -> Option<Vec<PathBuf>> {
    let module = code.split([';', ',']).next().unwrap_or_default().trim();
    if !module.starts_with("__editable__") {
        return None;
    }
    let text = fs::read_to_string(site_packages.join(format!("{module}.py"))).ok()?;
    let table = text.lines().find_map(|line| {
        let value = line.strip_prefix("MAPPING")?.split_once('=')?.1;
        value.trim().strip_prefix('{')?.strip_suffix('}')
    })?;
    let quoted: Vec<&str> = table.split('\'').skip(1).step_by(2).collect();
    let folders = quoted.chunks_exact(2).filter_map(|pair| {
        let folder = Path::new(pair[1]);
        let named = folder.file_stem().is_some_and(|name| name == pair[0]);
        named.then(|| folder.parent().map(Path::to_owned)).flatten()
    });
    Some(folders.collect())
}
