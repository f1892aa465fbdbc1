//! What a file is like from outside: enough to notice that it has changed, without reading it.
#![expect(
    clippy::disallowed_methods,
    reason = "size and time are asked of the file system"
)]

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

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
        Self::of_metadata(&fs::metadata(file).ok()?)
    }

    fn of_metadata(metadata: &fs::Metadata) -> Option<Self> {
        let modified = metadata.modified().ok()?;
        let since = modified.duration_since(UNIX_EPOCH).ok()?;
        Some(Self {
            size: metadata.len(),
            modified: since.as_secs() * 1_000_000_000 + u64::from(since.subsec_nanos()),
        })
    }
}

/// File systems tell times by a clock that stands still in between, some for two seconds.
const CLOCK: Duration = Duration::from_secs(3);

/// What a file is like that was not written to of late: whatever is written to it from now on shows here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    stamp: Stamp,
    /// When anything was last done to it, by the system's own clock, and which file it is, where the system says so: nobody sets these.
    changed: (i64, i64),
    number: u64,
}

impl Settled {
    /// What a file is like now; none if it is not there, or was written just now, since what comes at once may bear the same time.
    pub fn of(file: &Path) -> Option<Self> {
        let metadata = fs::metadata(file).ok()?;
        let modified = metadata.modified().ok()?;
        let (changed, number) = of_system(&metadata);
        let seconds = u64::try_from(changed.0).unwrap_or(0);
        let last = modified.max(UNIX_EPOCH + Duration::from_secs(seconds));
        let is_past = SystemTime::now().duration_since(last).ok()? > CLOCK;
        let stamp = Stamp::of_metadata(&metadata)?;
        is_past.then_some(Self {
            stamp,
            changed,
            number,
        })
    }
}

#[cfg(unix)]
fn of_system(metadata: &fs::Metadata) -> ((i64, i64), u64) {
    use std::os::unix::fs::MetadataExt;
    ((metadata.ctime(), metadata.ctime_nsec()), metadata.ino())
}

#[cfg(not(unix))]
fn of_system(_: &fs::Metadata) -> ((i64, i64), u64) {
    ((0, 0), 0)
}
