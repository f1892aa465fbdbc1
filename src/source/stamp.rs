//! What a file is like from outside: enough to notice that it has changed, without reading it.
#![expect(
    clippy::disallowed_methods,
    reason = "size and time are asked of the file system"
)]

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

/// The size of a file, and when it was last written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: u64,
}

impl Stamp {
    /// What a file is like now; none if it is not there.
    pub fn of(file: &Path) -> Option<Self> {
        let metadata = fs::metadata(file).ok()?;
        let modified = metadata.modified().ok()?;
        let since = modified.duration_since(UNIX_EPOCH).ok()?;
        Some(Self {
            size: metadata.len(),
            modified: since.as_secs() * 1_000_000_000 + u64::from(since.subsec_nanos()),
        })
    }
}
