//! What tests share, a module a file.

pub(crate) use sandbox::Sandbox;

pub(crate) mod claims;
pub(crate) mod draft;
pub(crate) mod notation;
pub(crate) mod oracle;
pub(crate) mod python;
pub(crate) mod random;
pub(crate) mod sandbox;
pub(crate) mod session;
pub(crate) mod shell;
pub(crate) mod sketch;
pub(crate) mod svg;
pub(crate) mod text;
pub(crate) mod tui;
pub(crate) mod witness;
