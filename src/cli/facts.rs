//! `mroscope facts`: work on the interpreter's tables, for those who build the program.
#![expect(
    clippy::disallowed_methods,
    reason = "reads and writes the files that are named on the command line"
)]

use std::fs;
use std::path::Path;

use crate::cli::args::FactsCommand;
use crate::cli::ending::{Ending, Stop};
use crate::cpython;
use crate::error::{Error, Kind};

/// Packs what `collect.py` wrote into a table.
pub(super) fn run(command: &FactsCommand) -> Result<Ending, Stop> {
    let FactsCommand::Pack { input, output } = command;
    let about =
        |file: &Path, what: &str| Error::new(Kind::Input, format!("`{}` {what}", file.display()));
    let json = fs::read_to_string(input)
        .map_err(|error| about(input, "cannot be read").caused_by(error))?;
    let table = cpython::pack(&json)
        .map_err(|error| about(input, "is not what `collect.py` writes").caused_by(error))?;
    fs::write(output, table)
        .map_err(|error| about(output, "cannot be written").caused_by(error))?;
    Ok(Ending::Done)
}
