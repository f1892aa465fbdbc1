//! `Sandbox`: a project made from one string, in a folder of its own that goes with it.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A temporary folder with files in it.
pub(crate) struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    /// Makes the files that the text lists. A line `--- path` starts a file; the lines up to the next one are its content.
    ///
    /// ```text
    /// --- shop/__init__.py
    /// --- shop/cart.py
    /// class Cart: ...
    /// ```
    pub(crate) fn new(files: &str) -> Self {
        let sandbox = Self {
            folder: tempfile::tempdir().expect("tests can write to the temporary folder"),
        };
        for part in format!("\n{files}").split("\n--- ").skip(1) {
            let (path, content) = part.split_once('\n').unwrap_or((part, ""));
            sandbox.write(path.trim(), content);
        }
        sandbox
    }

    /// Where it is, without links in the path.
    pub(crate) fn root(&self) -> PathBuf {
        fs::canonicalize(self.folder.path()).expect("the folder was made above")
    }

    /// The path of a file or folder in it.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root().join(inside)
    }

    /// Writes a file, and the folders it needs.
    pub(crate) fn write(&self, inside: &str, content: impl AsRef<[u8]>) {
        let path = self.path(inside);
        let folder = path.parent().unwrap_or(Path::new("/"));
        fs::create_dir_all(folder).expect("tests can make folders in their own");
        fs::write(path, content).expect("tests can write files in their own folder");
    }
}
