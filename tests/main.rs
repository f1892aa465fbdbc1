//! Every test of the project: one binary, so that it links once and shares its helpers.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make files, and look at the variables that say what they must find"
)]

mod claims;
mod cpython_facts;
mod cpython_tables;
mod creation;
mod differential;
mod discovery;
mod finding;
mod order;
mod pages;
mod reading;
mod support;
mod targets;
