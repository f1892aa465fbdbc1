//! One value of a file that says settings, `configparser`'s format or TOML; and such files by their names, near the top of a folder.
#![expect(
    clippy::disallowed_methods,
    reason = "files of settings beside a package are read here"
)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::source::ini;

/// How many folders one looks into for a file.
const MOST_FOLDERS: usize = 400;
/// How deep below the folder one starts in.
const DEEPEST: usize = 4;

/// The value of a key in a section, where the file says one text there, or a list of texts: these stand side by side. Parts of a section's
/// name in TOML have dots between them.
///
/// ```ini
/// [theme]
/// inherit = basic
/// ```
pub fn setting(path: &Path, section: &str, key: &str) -> Option<String> {
    Some(lines_of(path, section, key)?.join("\n"))
}

/// The lines of such a text, or the texts of such a list.
pub fn lines_of(path: &Path, section: &str, key: &str) -> Option<Vec<String>> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    let text = fs::read_to_string(path).ok()?;
    if path.extension().is_some_and(|it| it == "toml") {
        let table: toml::Table = text.parse().ok()?;
        let mut parts = section.split('.');
        let mut at = table.get(parts.next()?)?;
        for part in parts {
            at = at.get(part)?;
        }
        let value = at.get(key)?;
        let words = value.as_array().map(|words| {
            let words = words.iter().filter_map(toml::Value::as_str);
            words.map(str::to_owned).collect()
        });
        return words.or_else(|| value.as_str().map(lines));
    }
    ini::value(&ini::sections(&text), section, key).map(lines)
}

/// The text of a file, where it can be read.
pub fn text_of(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// The first file of one of these names whose own folder is called so, in a folder or near below it; folders are gone through in the order of
/// their names.
pub fn file_in(folder: &Path, names: &[String], within: &str) -> Option<PathBuf> {
    let mut waiting = vec![(folder.to_owned(), 0)];
    let mut looked = 0;
    while let Some((folder, depth)) = waiting.pop() {
        looked += 1;
        if looked > MOST_FOLDERS {
            return None;
        }
        if folder.file_name().is_some_and(|it| it == within) {
            let mut files = names.iter().map(|it| folder.join(it));
            if let Some(found) = files.find(|it| it.is_file()) {
                return Some(found);
            }
        }
        if depth == DEEPEST {
            continue;
        }
        let inside = fs::read_dir(&folder).into_iter().flatten().flatten();
        let mut folders: Vec<PathBuf> = inside
            .filter(|it| it.file_type().is_ok_and(|it| it.is_dir()))
            .map(|it| it.path())
            .collect();
        folders.sort();
        waiting.extend(folders.into_iter().rev().map(|it| (it, depth + 1)));
    }
    None
}
