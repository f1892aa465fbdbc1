//! WORDS. `Analysis` → pages. Knows no terminal and no colour.

mod help;
mod problems;
mod settings;
mod text;

pub use help::{HelpGroup, help};
pub use problems::problems;
pub use settings::{MemberSettings, Settings, Sort};
pub use text::{Align, Body, Column, Line, Link, Page, PageKind, Role, Span, Table};

use crate::analysis::ClassRef;

/// Says what is known of a class, on the page asked for. The *help* page is [`help`]'s: it needs the keys.
pub fn page(_kind: PageKind, _class: ClassRef<'_>, _settings: &Settings) -> Page {
    Page::default()
}
