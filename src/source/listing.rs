//! What Python could import from one folder: its entries, read once and kept.
#![expect(clippy::disallowed_methods, reason = "folders are listed here, once")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use crate::Name;
use crate::source::PythonVersion;

/// What a folder has for one module name.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// There is a folder of that name.
    pub(super) folder: bool,
    /// The file of an extension module, as this version of Python would load it.
    pub(super) extension: Option<Box<str>>,
    /// There is a `.py` file.
    pub(super) source: bool,
    /// There is a `.pyc` file beside where the source would be.
    pub(super) bytecode: bool,
}

/// A folder's entries by module name.
pub(super) type Listing = FxHashMap<Name, Entry>;

/// Folders that were listed already.
#[derive(Debug, Default)]
pub(super) struct Listings {
    version: Option<PythonVersion>,
    known: RwLock<FxHashMap<PathBuf, Arc<Listing>>>,
}

impl Listings {
    pub(super) fn new(version: Option<PythonVersion>) -> Self {
        Self {
            version,
            known: RwLock::default(),
        }
    }

    /// Returns what `folder` holds; a folder that is not there, or cannot be read, holds nothing, as for Python.
    pub(super) fn of(&self, folder: &Path) -> Arc<Listing> {
        // A thread that panicked while it held the lock left a whole map: entries are added complete.
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(listing) = known.get(folder) {
            return Arc::clone(listing);
        }
        drop(known);
        let listing = Arc::new(list(folder, self.version));
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(folder.to_owned()).or_insert(listing))
    }
}

fn list(folder: &Path, version: Option<PythonVersion>) -> Listing {
    let mut listing = Listing::default();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let file_name = entry.file_name();
        let Some(file_name) = file_name.to_str() else {
            continue;
        };
        let is_folder = entry.file_type().is_ok_and(|kind| {
            kind.is_dir()
                || (kind.is_symlink() && fs::metadata(entry.path()).is_ok_and(|at| at.is_dir()))
        });
        if is_folder {
            listing.entry(file_name.into()).or_default().folder = true;
        } else if let Some(stem) = file_name.strip_suffix(".py") {
            listing.entry(stem.into()).or_default().source = true;
        } else if let Some(stem) = file_name.strip_suffix(".pyc") {
            listing.entry(stem.into()).or_default().bytecode = true;
        } else if let Some(stem) = extension_stem(file_name, version) {
            let known = &mut listing.entry(stem.into()).or_default().extension;
            // The longest suffix is the most particular one, and Python tries that first.
            if known
                .as_ref()
                .is_none_or(|known| known.len() < file_name.len())
            {
                *known = Some(file_name.into());
            }
        }
    }
    listing
}

/// Returns the module name of an extension's file, or none if this Python would not look at such a name.
///
/// `_imp.extension_suffixes()`: `x.cpython-313-x86_64-linux-gnu.so`, `x.abi3.so`, `x.so`; `x.cp313-win_amd64.pyd`, `x.pyd`.
fn extension_stem(file_name: &str, version: Option<PythonVersion>) -> Option<&str> {
    let rest = file_name
        .strip_suffix(".so")
        .or_else(|| file_name.strip_suffix(".pyd"))?;
    let Some((stem, tag)) = rest.split_once('.') else {
        return Some(rest);
    };
    let built_for = tag
        .strip_prefix("cpython-")
        .or_else(|| tag.strip_prefix("cp"))
        .map(|tag| {
            tag.split(|c: char| !c.is_ascii_digit())
                .next()
                .unwrap_or_default()
        });
    let fits = match (built_for, version) {
        (Some(built_for), Some(version)) => {
            built_for == format!("{}{}", version.major, version.minor)
        }
        (Some(_), None) => true,
        (None, _) => tag == "abi3",
    };
    fits.then_some(stem)
}
