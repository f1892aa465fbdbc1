//! What sessions of the explorer leave for the next one in the same project: a small file in the folder for a person's state.
#![expect(
    clippy::disallowed_methods,
    reason = "a person's own state is read and written here"
)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::app::saved::Saved;
use crate::cli::surroundings::Surroundings;
use crate::source::resolved;

/// How many projects are kept, those that were open last.
const MOST: usize = 100;

/// What is kept of a project.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    project: PathBuf,
    session: Saved,
}

/// The file, and the project's name in it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    file: PathBuf,
    project: PathBuf,
}

impl Place {
    /// Where the state of a project is kept; nowhere for somebody without a home.
    pub(super) fn of(project: &Path, surroundings: &Surroundings) -> Option<Self> {
        let folder = surroundings.state_folder.as_deref()?;
        Some(Self {
            file: folder.join("sessions.json"),
            project: resolved(project),
        })
    }

    /// All that is kept, the project that was open last at the end.
    fn read_all(&self) -> Result<Vec<Entry>, String> {
        match fs::read_to_string(&self.file) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| error.to_string()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(vec![]),
            Err(error) => Err(error.to_string()),
        }
    }

    /// What was kept of the project; and a message where that cannot be read.
    pub(super) fn read(&self) -> (Saved, Option<String>) {
        match self.read_all() {
            Ok(all) => {
                let found = all.into_iter().find(|it| it.project == self.project);
                (found.map_or_else(Saved::default, |it| it.session), None)
            }
            Err(why) => {
                let file = self.file.display();
                let text = format!("`{file}` cannot be read ({why}): where you were is not known");
                (Saved::default(), Some(text))
            }
        }
    }

    /// Keeps it; or says why it cannot. What cannot be read is written anew.
    pub(super) fn keep(&self, saved: Saved) -> Result<(), String> {
        let mut all = self.read_all().unwrap_or_default();
        all.retain(|it| it.project != self.project);
        all.push(Entry {
            project: self.project.clone(),
            session: saved,
        });
        all.drain(..all.len().saturating_sub(MOST));
        let text = serde_json::to_string_pretty(&all).map_err(|error| error.to_string())?;
        let written = match self.file.parent() {
            Some(folder) => fs::create_dir_all(folder),
            None => Ok(()),
        };
        written
            .and_then(|()| fs::write(&self.file, text))
            .map_err(|error| {
                let file = self.file.display();
                format!("what is open cannot be kept in `{file}`: {error}")
            })
    }
}
