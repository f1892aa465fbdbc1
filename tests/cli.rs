//! What each subcommand prints, on both streams, and what it answers to the shell.

mod settings;
mod usage;
