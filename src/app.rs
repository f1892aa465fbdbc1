//! THE PROGRAM. What is open, selected, typed; what a key means. Pure: no terminal, no files, no clock.

pub mod action;
pub mod clip;
pub mod fit;
pub mod key;
pub mod keymap;
pub mod mistake;
