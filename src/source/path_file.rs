//! `.pth` files: lines in site-packages that add folders to the search path, as editable installs do.
#![expect(clippy::disallowed_methods, reason = "`.pth` files are read here")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::source::environment::resolved;

/// Returns the folders that the `.pth` files of a site-packages folder add, in the order in which `site` reads them.
///
/// A line that starts with `import` is code, which is never run. The one kind in wide use belongs to setuptools: it hooks
/// a finder whose table of names and folders is a literal in a file beside it, and that is read.
pub(super) fn links_of(site_packages: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(site_packages)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "pth"))
        .collect();
    files.sort();
    let mut links = vec![];
    for file in files {
        let Ok(bytes) = fs::read(&file) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.trim_end();
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let found = match line
                .strip_prefix("import ")
                .or_else(|| line.strip_prefix("import\t"))
            {
                Some(code) => mapped(site_packages, code),
                None => vec![site_packages.join(line)],
            };
            links.extend(
                found
                    .iter()
                    .filter(|path| path.is_dir())
                    .map(|path| resolved(path)),
            );
        }
    }
    links
}

/// The folders in which the packages of a setuptools editable finder lie: those that bear the package's own name.
fn mapped(site_packages: &Path, code: &str) -> Vec<PathBuf> {
    let module = code.split([';', ',']).next().unwrap_or_default().trim();
    if !module.starts_with("__editable__") {
        return vec![];
    }
    let Ok(text) = fs::read_to_string(site_packages.join(format!("{module}.py"))) else {
        return vec![];
    };
    let Some(table) = text.lines().find_map(|line| {
        let value = line.strip_prefix("MAPPING")?.split_once('=')?.1;
        value.trim().strip_prefix('{')?.strip_suffix('}')
    }) else {
        return vec![];
    };
    let quoted: Vec<&str> = table.split('\'').skip(1).step_by(2).collect();
    quoted
        .chunks_exact(2)
        .filter_map(|pair| {
            let folder = Path::new(pair[1]);
            let named = folder.file_stem().is_some_and(|name| name == pair[0]);
            named.then(|| folder.parent().map(Path::to_owned)).flatten()
        })
        .collect()
}
