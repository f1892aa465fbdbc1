//! What `mroscope snapshot` says when it is done.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::view::verify::failures;
use crate::view::words::count;
use crate::view::{Line, Page, Role, Span};
use crate::witness::Failure;

/// What a snapshot was taken of, and what came of it.
#[derive(Debug)]
pub struct SnapshotSaid {
    /// The environment's folder.
    pub environment: PathBuf,
    /// Version of its interpreter.
    pub python: String,
    /// How many modules it described.
    pub described: usize,
    /// How many it was asked for.
    pub asked: usize,
    /// How many classes are in them that mroscope did not know.
    pub classes: usize,
    /// Where the snapshot is kept.
    pub file: PathBuf,
    /// Modules that could not be imported.
    pub failed: BTreeMap<String, Failure>,
}

/// Says what was described, where it is kept, and what could not be described.
pub fn snapshot(said: &SnapshotSaid) -> Page {
    let mut page = Page {
        title: vec![
            Span::new("Snapshot", Role::Heading),
            Span::faint(format!("  {}", said.environment.display())),
        ],
        ..Page::default()
    };
    let modules = if said.described == said.asked {
        count(said.asked, "compiled module", "compiled modules")
    } else {
        format!(
            "{} of {}",
            said.described,
            count(said.asked, "compiled module", "compiled modules")
        )
    };
    page.push(Line::text(vec![Span::plain(format!(
        "Python {} described {modules}, with {}",
        said.python,
        count(said.classes, "class", "classes"),
    ))]));
    page.push(Line::text(vec![Span::plain(
        "From now on they are known wherever this environment is used, as long as their files do not change.",
    )]));
    page.push(Line::text(vec![Span::faint(format!(
        "kept in {}",
        said.file.display()
    ))]));
    failures(&mut page, &said.failed, &|_| String::new());
    page
}
