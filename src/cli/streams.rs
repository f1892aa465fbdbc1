//! Standard output and standard error, with colour where it is wanted.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};

use crate::cli::args::When;
use crate::cli::surroundings::Surroundings;

/// Where data goes, and where messages go.
pub(super) struct Streams {
    /// Data.
    pub(super) out: io::BufWriter<AutoStream<io::Stdout>>,
    /// Messages.
    pub(super) err: AutoStream<io::Stderr>,
    /// Whether data gets colour.
    pub(super) is_coloured: bool,
    /// Cells in a line of the output where it is a terminal; none where a line may be as long as it is.
    pub(super) width: Option<u16>,
}

impl Streams {
    /// Opens both streams.
    pub(super) fn open(when: When, surroundings: &Surroundings) -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        let choice = |is_terminal| {
            if is_coloured(when, surroundings, is_terminal) {
                ColorChoice::Always
            } else {
                ColorChoice::Never
            }
        };
        let is_terminal = out.is_terminal();
        let is_coloured = is_coloured(when, surroundings, is_terminal);
        Self {
            is_coloured,
            width: is_terminal.then(terminal_width),
            err: AutoStream::new(err, choice(io::stderr().is_terminal())),
            out: io::BufWriter::new(AutoStream::new(out, choice(is_terminal))),
        }
    }

    /// Writes a line of data.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.write_all(b"\n")
    }
}

impl Streams {
    /// A line beside the data that says how far something is; none where nobody looks.
    pub(super) fn progress(&mut self) -> ProgressLine<'_> {
        ProgressLine {
            err: io::stderr().is_terminal().then_some(&mut self.err),
            last: Instant::now(),
            is_there: false,
        }
    }
}

/// A line on a terminal that is written again and again.
pub(super) struct ProgressLine<'s> {
    err: Option<&'s mut AutoStream<io::Stderr>>,
    last: Instant,
    is_there: bool,
}

impl ProgressLine<'_> {
    /// Says how far it is, at most some times a second.
    pub(super) fn say(&mut self, text: &str) {
        if let Some(err) = self.err.as_mut()
            && self.last.elapsed() > Duration::from_millis(100)
        {
            self.last = Instant::now();
            self.is_there = true;
            // A terminal that has gone is no reason to stop.
            let _ = write!(err, "\r{text:<60}").and_then(|()| err.flush());
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&mut self) {
        if let Some(err) = self.err.as_mut().filter(|_| self.is_there) {
            let _ = write!(err, "\r{:60}\r", "").and_then(|()| err.flush());
        }
    }
}

/// What a terminal is taken to be wide that does not say.
const USUAL_WIDTH: u16 = 80;

fn terminal_width() -> u16 {
    match crossterm::terminal::size() {
        Ok((width, _)) if width > 0 => width,
        _ => USUAL_WIDTH,
    }
}

/// Whether a stream gets colour. What was asked for on the command line comes first, then `NO_COLOR`
/// (no-color.org), then `FORCE_COLOR` and `CLICOLOR_FORCE` (force-color.org, bixense.com/clicolors), then what it is.
pub(super) fn is_coloured(when: When, surroundings: &Surroundings, is_terminal: bool) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto if surroundings.no_colour => false,
        When::Auto if surroundings.force_colour => true,
        When::Auto => is_terminal && !surroundings.is_dumb(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(no_colour: bool, force_colour: bool, is_dumb: bool) -> Surroundings {
        let term = if is_dumb { "dumb" } else { "xterm" };
        Surroundings::of_colour(no_colour, force_colour, term)
    }

    #[test]
    fn what_is_asked_for_comes_before_what_the_environment_says() {
        assert!(is_coloured(When::Always, &around(true, false, true), false));
        assert!(!is_coloured(When::Never, &around(false, true, false), true));
    }

    #[test]
    fn no_colour_comes_before_forced_colour_and_that_before_the_terminal() {
        let auto = |surroundings, terminal| is_coloured(When::Auto, &surroundings, terminal);
        assert!(auto(around(false, false, false), true));
        assert!(!auto(around(false, false, false), false));
        assert!(auto(around(false, true, false), false));
        assert!(!auto(around(true, true, false), true));
        assert!(!auto(around(false, false, true), true));
    }
}
