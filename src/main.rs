//! The binary: hands the arguments to `cli::run`, and its answer to the shell.

use std::process::ExitCode;

fn main() -> ExitCode {
    mroscope::cli::run(std::env::args_os())
}
