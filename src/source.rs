//! FILES. Where Python text comes from. Knows paths, not Python.

mod file;

pub use file::{FileId, LineColumn, Place, SourceFile};
