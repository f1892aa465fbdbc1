//! The *problems* page: files that could not be used whole, and class statements that raise.

use crate::analysis::Analysis;
use crate::view::Page;

/// Lists what went wrong in the project.
pub fn problems(_analysis: &Analysis) -> Page {
    Page::default()
}
