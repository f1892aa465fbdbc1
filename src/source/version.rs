//! A minor version of CPython, and where its number can be read without starting it.

use std::fmt;
use std::str::FromStr;

/// A minor version of CPython: `3.13`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PythonVersion {
    /// 3.
    pub major: u8,
    /// 9 to 14.
    pub minor: u8,
}

impl PythonVersion {
    /// `3.minor`.
    pub const fn three(minor: u8) -> Self {
        Self { major: 3, minor }
    }

    /// Reads the name of an interpreter or of its library folder: `python3.13`, `python3.13t`, `python3.13.exe`.
    pub(super) fn of_file_name(name: &str) -> Option<Self> {
        let numbers = name
            .strip_prefix("python")
            .or_else(|| name.strip_prefix("pypy"))?;
        numbers
            .trim_end_matches(".exe")
            .trim_end_matches(|c: char| c.is_ascii_alphabetic())
            .parse()
            .ok()
    }
}

impl fmt::Display for PythonVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl FromStr for PythonVersion {
    type Err = ();

    /// Reads `3.13`, also with a patch number behind it.
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.trim().split('.');
        let major = parts.next().and_then(|part| part.parse().ok()).ok_or(())?;
        let minor = parts.next().and_then(|part| part.parse().ok()).ok_or(())?;
        Ok(Self { major, minor })
    }
}
