//! `mroscope facts`: work on the interpreter's tables, for those who build the program.

use crate::cli::args::FactsCommand;
use crate::cli::ending::{Ending, Stop};
use crate::error::{Error, Kind};

/// Packs what `collect.py` wrote into a table.
pub(super) fn run(command: &FactsCommand) -> Result<Ending, Stop> {
    let FactsCommand::Pack { .. } = command;
    Err(Error::new(Kind::Bug, "packing is not there yet").into())
}
