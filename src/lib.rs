//! mroscope: what CPython does with the classes of a project, without running it.
//!
//! The folders below are layers. Each may use those above it in this list and none below it; `tests/tidy.rs` holds
//! that. Read from the top, this is the order of dependency and the order in which a class comes to the screen.

pub mod analysis;
pub mod app;
pub mod cli;
pub mod cpython;
pub mod evaluate;
pub mod load;
pub mod plugins;
pub mod semantics;
pub mod source;
pub mod syntax;
pub mod traceback;
pub mod tui;
pub mod view;
pub mod witness;

pub mod error;

/// Syntax trees are a great many small allocations, freed on the thread that made them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A Python identifier or a short dotted name: at most 24 bytes are kept without an allocation.
pub type Name = compact_str::CompactString;
