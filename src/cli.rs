//! THE SHELL. Arguments, subcommands, printing. The only layer that reads the environment, prints and exits.

mod args;
mod check;
mod config;
mod coverage;
mod diff;
mod dump;
mod ending;
mod explain;
mod explain_log;
mod explore;
mod facts;
mod find;
mod interrupt;
mod json;
mod kept;
mod learn;
mod live;
mod lock;
mod look;
mod module;
mod op;
mod paint;
mod plugins;
mod problems;
mod progress;
mod session;
mod show;
mod snapshot;
mod streams;
mod supers;
mod surroundings;
mod verify;
mod versions;
mod what_if;
mod why;
mod why_before;

pub use args::Arguments;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use crate::app::Opens;
use crate::cli::args::Command;
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::Session;
use crate::cli::streams::Streams;
use crate::cli::surroundings::Surroundings;
use crate::view;
use crate::view::nearest;

/// Does what the arguments ask for, and returns what the shell is told: 0 done, 1 found something, 2 could not be done.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let surroundings = Surroundings::look();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let arguments = match Arguments::try_parse_from(&arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers, not errors; clap knows which stream each belongs to. A closed one is no fault.
            let _ = error.print();
            if let Some(meant) = mistyped_command(&arguments) {
                let _ = writeln!(
                    std::io::stderr(),
                    "  hint: did you mean `mroscope {meant}`?"
                );
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut streams = Streams::open(arguments.world.color, &surroundings);
    let ended = dispatch(&mut streams, &arguments, &surroundings);
    let ended = ended.and_then(|ending| {
        streams.out.flush()?;
        Ok(ending)
    });
    match ended {
        Ok(Ending::Done) | Err(Stop::PipeClosed) => ExitCode::SUCCESS,
        Ok(Ending::Found) => ExitCode::from(1),
        Err(Stop::Error(error)) => {
            // What was printed before the error is data all the same; then nothing can be done about a closed stream.
            let _ = streams.out.flush();
            for line in error.to_string().lines() {
                // The message may quote a file; the terminal is not to obey it.
                let _ = writeln!(streams.err, "{}", view::safe(line));
            }
            ExitCode::from(error.exit_code())
        }
    }
}

/// The subcommand that the first argument is spelled much like, where that is neither one nor a path.
fn mistyped_command(arguments: &[OsString]) -> Option<String> {
    let first = arguments.get(1)?.to_str()?;
    let commands = Arguments::command();
    let names: Vec<&str> = commands
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
        .map(clap::Command::get_name)
        .collect();
    if names.contains(&first) || first.starts_with('-') || Path::new(first).exists() {
        return None;
    }
    nearest(first, names).map(str::to_owned)
}

fn dispatch(
    streams: &mut Streams,
    arguments: &Arguments,
    surroundings: &Surroundings,
) -> Result<Ending, Stop> {
    let world = &arguments.world;
    match &arguments.command {
        Some(Command::Show(show)) => {
            let mut session = Session::open(streams, world, surroundings, show.target.path())?;
            show::show(&mut session, show)
        }
        Some(Command::Explain(arguments)) => {
            let path = arguments.project();
            let mut session = Session::open(streams, world, surroundings, &path)?;
            if let Some(from) = arguments.log() {
                return explain_log::explain_log(&mut session, arguments, &from);
            }
            explain::explain(&mut session, arguments)
        }
        Some(Command::WhatIf(arguments)) => {
            let path = arguments.path.as_deref().unwrap_or(Path::new("."));
            let mut session = Session::open(streams, world, surroundings, path)?;
            what_if::what_if(&mut session, arguments)
        }
        Some(Command::Mro(mro)) => {
            let mut session = Session::open(streams, world, surroundings, mro.target.path())?;
            show::mro(&mut session, mro)
        }
        Some(Command::Why(why)) => {
            let path = why.path.as_deref().unwrap_or(Path::new("."));
            let mut session = Session::open(streams, world, surroundings, path)?;
            if let Some([first, second]) = why.before.as_deref() {
                return why_before::why_before(&mut session, why, first, second);
            }
            why::why(
                &mut session,
                &why::Asked {
                    target: &why.target,
                    path: why.path.as_deref(),
                    way: why.access.map(args::AccessName::way),
                    json: why.json,
                },
            )
        }
        Some(Command::Op(arguments)) => {
            let path = arguments.batch.as_deref().or(arguments.path.as_deref());
            let path = path.unwrap_or(Path::new("."));
            let mut session = Session::open(streams, world, surroundings, path)?;
            op::op(&mut session, arguments)
        }
        Some(Command::Plugins(arguments)) => {
            let mut session = Session::open(streams, world, surroundings, arguments.path())?;
            plugins::plugins(&mut session, arguments)
        }
        Some(Command::Find(arguments)) => {
            let path = arguments.path.as_deref().unwrap_or(Path::new("."));
            let mut session = Session::open(streams, world, surroundings, path)?;
            find::find(&mut session, arguments)
        }
        Some(Command::Dump(dump)) => {
            let mut session = Session::open(streams, world, surroundings, &dump.path)?;
            dump::dump(&mut session, dump)
        }
        Some(Command::Check(check)) => {
            let asked = versions::several(world.python_version.as_deref())?;
            let mut world = world.clone();
            if asked.is_some() {
                world.python_version = None;
            }
            let mut session = Session::open(streams, &world, surroundings, &check.path)?;
            check::check(&mut session, check, asked.as_deref())
        }
        Some(Command::Lock(lock)) => {
            let path = lock.path.as_deref().unwrap_or(Path::new("."));
            let mut session = Session::open(streams, world, surroundings, path)?;
            lock::lock(&mut session, lock)
        }
        Some(Command::Problems(problems)) => {
            let mut session = Session::open(streams, world, surroundings, &problems.path)?;
            problems::problems(&mut session, problems)
        }
        Some(Command::Diff(arguments)) => {
            let path = arguments.path.as_deref().unwrap_or(Path::new("."));
            let mut session = Session::open(streams, world, surroundings, path)?;
            diff::diff(&mut session, arguments)
        }
        Some(Command::Coverage(coverage)) => {
            let mut session = Session::open(streams, world, surroundings, &coverage.path)?;
            coverage::coverage(&mut session, coverage)
        }
        Some(Command::Verify(arguments)) => {
            let path = arguments.project();
            let mut session = Session::open(streams, world, surroundings, &path)?;
            verify::verify(&mut session, arguments)
        }
        Some(Command::Snapshot(arguments)) => {
            let path = arguments.path.as_deref().unwrap_or(Path::new("."));
            let mut session = Session::open(streams, world, surroundings, path)?;
            snapshot::snapshot(&mut session, arguments)
        }
        Some(Command::Live(arguments)) => {
            let path = arguments.path.as_deref().unwrap_or(Path::new("."));
            let mut session = Session::open(streams, world, surroundings, path)?;
            live::live(&mut session, arguments)
        }
        Some(Command::Completions { shell }) => {
            // Into memory first: the generator does not expect a stream that closes.
            let mut script = vec![];
            clap_complete::generate(*shell, &mut Arguments::command(), "mroscope", &mut script);
            streams.out.write_all(&script)?;
            Ok(Ending::Done)
        }
        Some(Command::Learn(learn)) => learn::learn(streams, arguments, learn, surroundings),
        Some(Command::Present(present)) => {
            learn::present(streams, arguments, present, surroundings)
        }
        Some(Command::Facts(facts)) => facts::run(facts),
        None => {
            let path = arguments.path.as_deref().unwrap_or(Path::new("."));
            explore::explore(streams, arguments, surroundings, path, Opens::Home)
        }
    }
}
