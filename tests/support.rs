//! What tests share, a module a file.

pub(crate) mod claims;
pub(crate) mod notation;
pub(crate) mod python;
pub(crate) mod sandbox;

pub(crate) use sandbox::Sandbox;
