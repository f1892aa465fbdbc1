//! The binary: parses arguments, calls `cli::run`, turns its result into an exit code.

fn main() {}
