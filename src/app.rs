//! THE PROGRAM. What is open, selected, typed; what a key means. Pure: no terminal, no files, no clock.
//!
//! ```text
//! ┌ tree ─────────────────┬ page ─────────────────────────────────┐   Msg ──→ State::update ──→ Effects
//! │ ▾ shop                │ Both                          ● exact │                │
//! │     Base              │ ‹linearization›  members  merge  …    │                ▼
//! │ ▌   Both              │ ▌ 1  Both     …                       │   Areas, Shown: what to paint, and where
//! ├───────────────────────┴───────────────────────────────────────┤
//! │ enter open   m members   / search   ? keys                    │
//! └───────────────────────────────────────────────────────────────┘
//! ```

mod act;
pub mod action;
pub mod answers;
pub mod areas;
pub mod begins;
pub mod clip;
mod compare;
mod contexts;
mod early;
mod finding;
pub mod fit;
pub mod follow;
mod going;
pub mod hints;
mod kept;
pub mod key;
pub mod keymap;
pub mod lessons;
pub mod live;
pub mod load;
pub mod location;
mod merging;
pub mod mistake;
pub mod mouse;
mod operate;
mod pages;
pub mod palette;
mod presenting;
mod preview;
pub mod prompt;
mod reading;
pub mod saved;
pub mod search;
pub mod shown;
mod source;
mod standing;
pub mod state;
mod switches;
pub mod tabs;
pub mod tree;
mod two;
pub mod update;
pub mod what_if;
mod why_before;

pub use begins::{Begins, Opens};
pub use state::{Start, State};
pub use update::{Effect, Msg};
