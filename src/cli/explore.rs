//! `mroscope [PATH]`: the explorer, or one frame of it without a terminal.

use std::path::Path;

use crate::cli::args::Arguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::Session;
use crate::cli::streams::Streams;
use crate::cli::surroundings::Surroundings;
use crate::error::{Error, Kind};

/// Explores a path until the person leaves; with `--print`, presses the keys and prints what the screen shows then.
pub(super) fn explore(
    streams: &mut Streams,
    arguments: &Arguments,
    surroundings: &Surroundings,
) -> Result<Ending, Stop> {
    let path = arguments.path.as_deref().unwrap_or(Path::new("."));
    let session = Session::open(streams, &arguments.world, surroundings, path)?;
    if !arguments.frame.print && !session.streams.is_terminal() {
        return Err(Error::new(
            Kind::Terminal,
            "the explorer needs a terminal, and standard output is none",
        )
        .hint("print a page with `mroscope show`, every class with `mroscope dump`, or one frame with `--print`")
        .into());
    }
    let _ = session.load(path)?;
    Ok(Ending::Done)
}
