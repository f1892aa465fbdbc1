//! An order in which a project's modules are imported for themselves, other than that of their names.

use rustc_hash::FxHashMap;

use crate::Name;

/// An order of imports that gets by, and which modules owe that to which.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// The modules in order.
    pub(crate) modules: Vec<Name>,
    /// The modules of circles, each with the one that is imported first.
    pub(crate) first: FxHashMap<Name, Name>,
}
