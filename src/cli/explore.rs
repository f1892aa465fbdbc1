//! `mroscope [PATH]`: the explorer, or one frame of it without a terminal.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use ratatui::layout::Size;

use crate::app::keymap::Keymap;
use crate::app::load::LoadMsg;
use crate::app::{Effect, Msg, Start, State, key};
use crate::cli::args::Arguments;
use crate::cli::diff::compared;
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::Session;
use crate::cli::streams::Streams;
use crate::cli::surroundings::Surroundings;
use crate::cli::{live, look};
use crate::error::{Error, Kind};
use crate::load::{Progress, Query, Reply, reply};
use crate::tui;

/// Explores a path until the person leaves; with `--print`, presses the keys and prints what the screen shows then.
pub(super) fn explore(
    streams: &mut Streams,
    arguments: &Arguments,
    surroundings: &Surroundings,
) -> Result<Ending, Stop> {
    let path = arguments.path.as_deref().unwrap_or(Path::new("."));
    let mut session = Session::open(streams, &arguments.world, surroundings, path)?;
    let keymap = look::keymap(surroundings)?;
    let keys = match arguments.frame.keys.as_deref() {
        None | Some("") => vec![],
        Some(keys) => key::sequence(keys)
            .map_err(|error| Error::new(Kind::Usage, format!("--keys: {error}")))?,
    };
    if arguments.frame.print {
        print(&mut session, path, keymap, keys, arguments.frame.size)?;
        return Ok(Ending::Done);
    }
    let loader = session.loader();
    loader.check(path)?;
    let failure: Arc<Mutex<Option<Error>>> = Arc::default();
    let (asked, failed) = (path.to_owned(), Arc::clone(&failure));
    let (there, opener) = (path.to_owned(), session.opener().owned());
    let (python, live) = live::for_explorer(session.loader(), path);
    let setup = tui::Setup {
        python,
        live,
        project: project_name(path),
        keymap,
        theme: session.theme.clone(),
        keys,
        environment: surroundings.of_screen(arguments.world.color),
        load: Box::new(move |tell, questions| {
            let progress = |progress| tell(said_progress(progress));
            let loaded = loader.load_trying(&asked, &progress, move |analysis, run, trials| {
                let analysis = Arc::new(analysis);
                tell(LoadMsg::Ready {
                    generation: 1,
                    analysis: Arc::clone(&analysis),
                });
                while let Ok(question) = questions.recv() {
                    tell(answered(question, |it| match it {
                        Query::Compare(with) => compared(&opener, &there, &analysis, with),
                        it => reply(&analysis, run, trials, it),
                    }));
                }
            });
            if let Err(error) = loaded {
                let message = error.message.clone();
                *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                tell(LoadMsg::Failed {
                    generation: 1,
                    message,
                });
            }
        }),
    };
    tui::run(setup).map_err(|error| {
        let failed = failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        failed.unwrap_or_else(|| said(error))
    })?;
    // The screen has shown it; the shell hears of it too.
    let failed = failure
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    failed.map_or(Ok(Ending::Done), |error| Err(error.into()))
}

/// Reads the project whole, presses the keys, and prints the frame.
fn print(
    session: &mut Session<'_>,
    path: &Path,
    keymap: Keymap,
    keys: Vec<key::Key>,
    (width, height): (u16, u16),
) -> Result<(), Stop> {
    let (styles, is_coloured) = (&session.styles, session.streams.is_coloured);
    let start = Start {
        project: project_name(path),
        keymap,
        size: Size::new(width, height),
        python: live::for_explorer(session.loader(), path).0,
    };
    let (loader, opener) = (session.loader(), session.opener().owned());
    let frame = loader.load_trying(path, &|_| (), |analysis, run, trials| {
        let mut state = State::new(start);
        let analysis = Arc::new(analysis);
        let ready = Msg::Load(LoadMsg::Ready {
            generation: 1,
            analysis: Arc::clone(&analysis),
        });
        let mut ask = |it: &Query| match it {
            Query::Compare(with) => compared(&opener, path, &analysis, with),
            it => reply(&analysis, run, trials, it),
        };
        for msg in [ready].into_iter().chain(keys.into_iter().map(Msg::Key)) {
            if is_over(&mut state, &mut ask, msg) {
                break;
            }
        }
        tui::print_frame(&state, styles, is_coloured)
    })?;
    session.streams.line(frame.trim_end_matches('\n'))?;
    Ok(())
}

/// Takes in a message and answers what is asked of the run. Nothing outside is touched: no editor opens, nothing is copied; leaving is the
/// one thing that still works, and whether it was asked for is returned.
fn is_over(state: &mut State, ask: &mut dyn FnMut(&Query) -> Reply, msg: Msg) -> bool {
    let mut msgs = vec![msg];
    while let Some(msg) = msgs.pop() {
        for effect in state.update(msg) {
            match effect {
                Effect::Quit => return true,
                Effect::Ask(question) => msgs.push(Msg::Load(answered(question, &mut *ask))),
                _ => {}
            }
        }
    }
    false
}

fn answered(question: Query, ask: impl FnOnce(&Query) -> Reply) -> LoadMsg {
    LoadMsg::Answer {
        generation: 1,
        answer: Arc::new(ask(&question)),
        question,
    }
}

/// What is opened, shortened for a title.
fn project_name(path: &Path) -> String {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match whole.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => whole.display().to_string(),
    }
}

/// Why the explorer ended, in words for a person.
fn said(error: tui::Error) -> Error {
    match error {
        tui::Error::NotATerminal => Error::new(
            Kind::Terminal,
            "the explorer needs a terminal, and the output is none",
        )
        .hint("print a page with `mroscope show`, every class with `mroscope dump`, or one frame with `--print`"),
        tui::Error::Terminal(cause) => {
            Error::new(Kind::Terminal, "the terminal failed").caused_by(cause)
        }
        tui::Error::Panicked => Error::new(Kind::Bug, "the message above says where"),
        tui::Error::Load(message) => Error::new(Kind::Input, message),
    }
}

/// What the load says of itself, as the status line hears it.
fn said_progress(progress: Progress) -> LoadMsg {
    let (doing, done, total) = match progress {
        Progress::Reading { done, total } => ("reading files", done, total),
        Progress::Running => ("running modules on paper", 0, 0),
    };
    LoadMsg::Progress {
        generation: 1,
        doing,
        done,
        total,
    }
}
