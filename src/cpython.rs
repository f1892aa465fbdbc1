//! CPYTHON. What the interpreter itself brings: a table of ready classes for each version.
//!
//! A table holds what one CPython said of itself when it was asked: every class that can be reached from its standard
//! library (C modules and private ones included) with bases, MRO, metaclass, layout of instances and members; and every
//! module with the names in it and what each is. Nothing in a table was written by hand or taken from type stubs.
//!
//! A table for a new version is made in three steps, and `tests/cpython_tables.rs` then holds it against that CPython:
//!
//! 1. `python3.X -I -S src/cpython/collect.py > 3.X.json` asks the interpreter. `-I -S` keep its site-packages out.
//! 2. `mroscope facts pack 3.X.json src/cpython/facts/3.X.facts` gives it the binary form (see `form.rs`).
//! 3. A line in the list in `embedded.rs` embeds it.
//!
//! `MROSCOPE_WRITE_TABLES=1 cargo nextest run a_table_says` does the first two for every CPython that is found.
//! The interpreter has to have been built with what its optional modules need (`_tkinter`, `_ssl`, `_lzma`, …): a
//! module that could not be imported is absent from the table, and [`Facts::why_absent`] says why.
//!
//! 3.14 was asked in Pyodide, CPython for WebAssembly under Node.js (`collect.mjs`). [`Facts::platform`] is
//! `emscripten` there. Modules that WebAssembly has not (`tkinter`, `curses`, `_multiprocessing`, …) are absent, and so
//! is what depends on them or on calls of the system (`socketserver.ForkingMixIn`); numbers that differ between
//! platforms are not told, only their type; and integers of C are of 32 bits there (`ctypes.c_int` is `c_long`).

mod block;
mod embedded;
mod facts;
mod form;
mod module;
mod pack;
mod read;
mod snapshot;
mod table;
mod told;

pub use facts::{Facts, FactsError};
pub use module::{Constant, Global, ModuleFacts};
pub use pack::{PackError, pack};
pub use snapshot::{COLLECT, Compiled, Snapshot, SnapshotError, Taken};
