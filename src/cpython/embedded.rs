//! The tables inside the program, one for each version of CPython; each is decoded once, when first asked for.

use std::sync::{Arc, OnceLock};

use super::facts::Facts;
use crate::source::PythonVersion;

/// A table as it lies in the program.
struct Embedded {
    bytes: &'static [u8],
    decoded: OnceLock<Option<Arc<Facts>>>,
}

/// Oldest first, as [`VERSIONS`].
static TABLES: [Embedded; VERSIONS.len()] = [
    embedded(include_bytes!("facts/3.9.facts")),
    embedded(include_bytes!("facts/3.10.facts")),
    embedded(include_bytes!("facts/3.11.facts")),
    embedded(include_bytes!("facts/3.12.facts")),
    embedded(include_bytes!("facts/3.13.facts")),
    embedded(include_bytes!("facts/3.14.facts")),
];

static VERSIONS: [PythonVersion; 6] = [
    PythonVersion::three(9),
    PythonVersion::three(10),
    PythonVersion::three(11),
    PythonVersion::three(12),
    PythonVersion::three(13),
    PythonVersion::three(14),
];

/// The newest whose table lacks nothing: that of 3.14 was asked in WebAssembly, where modules are missing.
pub(super) const NEWEST_WHOLE: PythonVersion = PythonVersion::three(13);

const fn embedded(bytes: &'static [u8]) -> Embedded {
    Embedded {
        bytes,
        decoded: OnceLock::new(),
    }
}

/// The versions that have a table, oldest first.
pub(super) fn versions() -> &'static [PythonVersion] {
    &VERSIONS
}

/// The table of a version, if there is one.
pub(super) fn of(version: PythonVersion) -> Option<Arc<Facts>> {
    let at = VERSIONS.iter().position(|&embedded| embedded == version)?;
    let table = &TABLES[at];
    // That every embedded table can be decoded is held by a test; none here would be a table nobody tried.
    let decode = || Facts::decode(table.bytes).ok().map(Arc::new);
    table.decoded.get_or_init(decode).clone()
}
