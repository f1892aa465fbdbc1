//! The listening: an interpreter is heard until it has said its last word, is gone, or does not go on.

use std::process::ExitStatus;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::witness::ask::AskError;
use crate::witness::process::{Heard, Process};
use crate::witness::said::{Failure, Record};

/// How often nothing is heard of an interpreter that has ended before it is taken to have said all.
const SILENCES: usize = 4;

/// How often to look whether somebody has interrupted.
const GLANCE: Duration = Duration::from_millis(50);

/// With this code our side ends the interpreter where its way to answer was closed; see `live.py`.
const CUT_OFF: i32 = 97;

/// Who listens.
pub(super) trait Listener {
    /// How long the interpreter may be silent, as things stand.
    fn patience(&self) -> Duration;

    /// Takes an answer; returns whether it was the last.
    fn take(&mut self, record: Record) -> Result<bool, AskError>;
}

/// Listens until the last answer; where it never comes, returns what became of the interpreter.
pub(super) fn listen(
    process: &mut Process,
    listener: &mut dyn Listener,
    interrupted: &AtomicBool,
) -> Result<Option<Failure>, AskError> {
    let mut since = Instant::now();
    let mut silences = 0;
    loop {
        if interrupted.load(Ordering::Relaxed) {
            return Err(AskError::Interrupted);
        }
        match process.hear(GLANCE) {
            Heard::Record(record) => {
                since = Instant::now();
                silences = 0;
                if listener.take(*record)? {
                    return Ok(None);
                }
            }
            Heard::Silence if process.has_ended() => {
                // What it said last may still be on its way; a process it left behind may hold the pipe open.
                silences += 1;
                if silences > SILENCES {
                    return Ok(Some(ended(process)));
                }
            }
            Heard::Silence => {
                let patience = listener.patience();
                if since.elapsed() > patience {
                    return Ok(Some(Failure::Hung {
                        seconds: patience.as_secs(),
                    }));
                }
            }
            Heard::Ended => return Ok(Some(ended(process))),
        }
    }
}

fn ended(process: &mut Process) -> Failure {
    Failure::Ended {
        how: process
            .ended()
            .map_or_else(|| "without another word".into(), say_status),
    }
}

#[cfg(unix)]
fn say_status(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt as _;
    match (status.signal(), status.code()) {
        (Some(signal), _) => format!("by signal {signal}{}", signal_name(signal)),
        (None, Some(CUT_OFF)) => "when its way to answer was closed".into(),
        (None, Some(code)) => format!("with exit code {code}"),
        (None, None) => "without another word".into(),
    }
}

#[cfg(unix)]
fn signal_name(signal: i32) -> &'static str {
    match signal {
        4 => " (SIGILL)",
        6 => " (SIGABRT)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        14 => " (SIGALRM)",
        15 => " (SIGTERM)",
        _ => "",
    }
}

#[cfg(not(unix))]
fn say_status(status: ExitStatus) -> String {
    status.code().map_or_else(
        || "without another word".into(),
        |code| format!("with exit code {code}"),
    )
}
