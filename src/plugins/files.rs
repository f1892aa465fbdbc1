//! Modules as files: found as Python finds them, and what their statements bind.

pub(super) mod bound;
pub(super) mod modules;
