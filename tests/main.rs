//! Every test of the project: one binary, so that it links once and shares its helpers.

mod cpython_tables;
mod support;
