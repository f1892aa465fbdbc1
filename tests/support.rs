//! What tests share, a module a file.

pub(crate) mod python;
