//! THE PROGRAM. What is open, selected, typed; what a key means. Pure: no terminal, no files, no clock.

pub mod clip;
pub mod fit;
