//! WORDS. `Analysis` → pages. Knows no terminal and no colour.

mod text;

pub use text::{Align, Body, Column, Line, Link, Page, PageKind, Role, Span, Table};
