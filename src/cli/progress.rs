//! How far a person is with the lessons: a small file in the folder for a person's state.
#![expect(
    clippy::disallowed_methods,
    reason = "a person's own progress is read and written here"
)]

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::cli::surroundings::Surroundings;
use crate::view::Progress;

/// The file.
pub(super) fn file(surroundings: &Surroundings) -> Option<PathBuf> {
    let folder = surroundings.state_folder.as_deref()?;
    Some(folder.join("lessons.txt"))
}

/// What was kept; nothing where there is no file, and a message where it cannot be read.
pub(super) fn read(file: Option<&PathBuf>) -> (Progress, Option<String>) {
    let Some(file) = file else {
        return (Progress::default(), None);
    };
    let said = |why: String| {
        let shown = file.display();
        let text = format!("`{shown}` cannot be read ({why}): lessons begin anew");
        (Progress::default(), Some(text))
    };
    match fs::read_to_string(file) {
        Ok(text) => match Progress::read(&text) {
            Ok(progress) => (progress, None),
            Err(line) => said(format!("line {line} is no lesson")),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => (Progress::default(), None),
        Err(error) => said(error.to_string()),
    }
}

/// Keeps it; or says why it cannot.
pub(super) fn keep(file: Option<&PathBuf>, progress: &Progress) -> Result<(), String> {
    let Some(file) = file else {
        return Err(String::from(
            "there is no home folder to keep the progress in",
        ));
    };
    let written = match file.parent() {
        Some(folder) => fs::create_dir_all(folder),
        None => Ok(()),
    };
    written
        .and_then(|()| fs::write(file, progress.as_text()))
        .map_err(|error| {
            format!(
                "the progress cannot be kept in `{}`: {error}",
                file.display()
            )
        })
}
