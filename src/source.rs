//! FILES. Where Python text comes from. Knows paths, not Python.

mod environment;
mod file;

pub use environment::PythonVersion;
pub use file::{FileId, LineColumn, Place, SourceFile};
