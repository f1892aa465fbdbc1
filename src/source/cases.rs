//! Many small programs in one folder, each in a folder of its own, with the expressions that are asked of it.
#![expect(
    clippy::disallowed_methods,
    reason = "`source` is the layer that reads"
)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file of a case that holds the expressions, a line each.
const EXPRESSIONS: &str = "expressions.txt";

/// A program, and what is asked of it.
#[derive(Debug)]
pub struct Case {
    /// The name of its folder.
    pub name: String,
    /// Its folder.
    pub path: PathBuf,
    /// The expressions.
    pub expressions: Vec<String>,
}

/// The cases in a folder, by name; folders without expressions are none.
pub fn cases(folder: &Path) -> io::Result<Vec<Case>> {
    let mut cases = vec![];
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let file = path.join(EXPRESSIONS);
        if !file.is_file() {
            continue;
        }
        let text = fs::read_to_string(file)?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        cases.push(Case {
            name: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            expressions: lines.map(str::to_owned).collect(),
            path,
        });
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(cases)
}
