//! Writing a source file that was edited: only over the text that was read, in its encoding, and whole or not at all.
#![expect(clippy::disallowed_methods, reason = "this is where source is written")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::source::read::say_io;

/// Why a file was not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// It does not hold any more what was read.
    #[error("{} has changed since it was read; nothing was written", .0.display())]
    Changed(PathBuf),
    /// It is in an encoding that is not written here.
    #[error("{} is not UTF-8; nothing was written", .0.display())]
    Encoding(PathBuf),
    /// The system does not let us.
    #[error("{} could not be written: {message}", path.display())]
    System {
        /// The file.
        path: PathBuf,
        /// Why, in the system's words.
        message: String,
    },
}

/// A file to be written: what was read of it, and what it is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// The file.
    pub path: PathBuf,
    /// The text that was read.
    pub before: std::sync::Arc<str>,
    /// The text to be written.
    pub after: std::sync::Arc<str>,
}

const MARK: &[u8] = b"\xef\xbb\xbf";

/// Writes files, all of them or, where one has changed since it was read or cannot be written, none. A byte order mark stays.
pub fn write(files: &[Rewritten]) -> Result<(), WriteError> {
    let mut prepared = vec![];
    for file in files {
        prepared.push((file, prepare(file)?));
    }
    for (at, (file, bytes)) in prepared.iter().enumerate() {
        if let Err(error) = replace(&file.path, &bytes.1) {
            // Those before it are put back as they were: there is no half of an edit.
            for (done, bytes) in prepared.iter().take(at) {
                let _ = replace(&done.path, &bytes.0);
            }
            return Err(WriteError::System {
                path: file.path.clone(),
                message: say_io(&error),
            });
        }
    }
    Ok(())
}

/// The bytes of a file now, and those it is to have.
fn prepare(file: &Rewritten) -> Result<(Vec<u8>, Vec<u8>), WriteError> {
    let old = fs::read(&file.path).map_err(|error| WriteError::System {
        path: file.path.clone(),
        message: say_io(&error),
    })?;
    let body = old.strip_prefix(MARK).unwrap_or(&old);
    if body != file.before.as_bytes() {
        // Another encoding gives other bytes for the same text.
        let same = super::read(&file.path).is_ok_and(|it| it.text == *file.before);
        return Err(if same {
            WriteError::Encoding(file.path.clone())
        } else {
            WriteError::Changed(file.path.clone())
        });
    }
    let mut new = old[..old.len() - body.len()].to_vec();
    new.extend_from_slice(file.after.as_bytes());
    Ok((old, new))
}

/// Puts a new file in the place of an old one, so that nobody ever sees half of it.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // What a link points to is written, not the link.
    let path = fs::canonicalize(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.mroscope"));
    let permissions = fs::metadata(&path)?.permissions();
    let written = fs::write(&beside, bytes)
        .and_then(|()| fs::set_permissions(&beside, permissions))
        .and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}
