//! WORDS. `Analysis` → pages. Knows no terminal and no colour.

mod text;

pub use text::{Line, Link, Page, PageKind, Role, Span};
