//! A call on its way to something without source: what is asked, with which arguments, and where.

use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::value::{ScopeId, Value};
use crate::semantics::ClassPath;
use crate::source::Place;

/// A call on its way to something without source.
pub(crate) struct Asked<'a> {
    pub path: &'a ClassPath,
    pub arguments: Arguments,
    pub at: Option<Place>,
    pub scope: ScopeId,
}

impl Asked<'_> {
    pub(crate) fn first(&self) -> Option<&Value> {
        self.arguments.positional.first()
    }
}
