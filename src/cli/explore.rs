//! `mroscope [PATH]`: the explorer, or one frame of it without a terminal.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use ratatui::layout::Size;

use crate::analysis::{Analysis, difference};
use crate::app::keymap::Keymap;
use crate::app::load::LoadMsg;
use crate::app::{Begins, Effect, Msg, Opens, Start, State, key};
use crate::cli::args::Arguments;
use crate::cli::diff::compared;
use crate::cli::ending::{Ending, Stop};
use crate::cli::kept::Place;
use crate::cli::session::{Loader, Opener, Session};
use crate::cli::streams::Streams;
use crate::cli::surroundings::Surroundings;
use crate::cli::{live, look, progress};
use crate::error::{Error, Kind};
use crate::load::{Earlier, Following, Progress, Query, Reply, reply};
use crate::source::{Noticed, Project, Watch};
use crate::tui::{self, Outbox};
use crate::view::Reread;

/// Explores a path until the person leaves; with `--print`, presses the keys and prints what the screen shows then.
pub(super) fn explore(
    streams: &mut Streams,
    arguments: &Arguments,
    surroundings: &Surroundings,
    path: &Path,
    opens: Opens,
) -> Result<Ending, Stop> {
    let mut session = Session::open(streams, &arguments.world, surroundings, path)?;
    let keymap = look::keymap(surroundings)?;
    let keys = match arguments.frame.keys.as_deref() {
        None | Some("") => vec![],
        Some(keys) => key::sequence(keys)
            .map_err(|error| Error::new(Kind::Usage, format!("--keys: {error}")))?,
    };
    let file = progress::file(surroundings);
    let (progress, trouble) = progress::read(file.as_ref());
    let place = Place::of(path, surroundings);
    // A frame that is printed is what anybody would see.
    let before = place.as_ref().filter(|_| !arguments.frame.print);
    let (saved, unread) = before.map_or_else(Default::default, Place::read);
    let begins = Begins {
        opens,
        progress,
        saved,
        trouble: trouble.or(unread),
    };
    if arguments.frame.print {
        let size = arguments.frame.size;
        print(&mut session, path, (keymap, begins), keys, size)?;
        return Ok(Ending::Done);
    }
    let loader = session.loader();
    loader.check(path)?;
    if !tui::has_terminal() {
        // There is time for the whole of it, and no screen that could say it.
        loader.discover(path)?;
    }
    let failure: Arc<Mutex<Option<Error>>> = Arc::default();
    let (python, live) = live::for_explorer(session.loader(), path);
    let reader = Reader {
        loader,
        opener: session.opener().owned(),
        path: path.to_owned(),
        failure: Arc::clone(&failure),
        before: Mutex::default(),
        watch: OnceLock::new(),
    };
    let not_kept: Arc<Mutex<Option<String>>> = Arc::default();
    let not_kept_there = Arc::clone(&not_kept);
    let setup = tui::Setup {
        python,
        live,
        begins,
        keep: Box::new(move |progress| progress::keep(file.as_ref(), progress)),
        keep_session: Box::new(move |saved| {
            let kept = place.map_or(Ok(()), |it| it.keep(saved));
            if let Err(why) = kept {
                *locked(&not_kept_there) = Some(why);
            }
        }),
        project: project_name(path),
        keymap,
        theme: session.theme.clone(),
        themes: look::themes(surroundings),
        keys,
        environment: surroundings.of_screen(arguments.world.color),
        load: Arc::new(move |reading| reader.read(reading)),
    };
    tui::run(setup).map_err(|error| {
        let failed = locked(&failure).take();
        failed.unwrap_or_else(|| said(error))
    })?;
    if let Some(why) = locked(&not_kept).take() {
        session.message(&format!("warning: {why}"))?;
    }
    // The screen has shown it; the shell hears of it too.
    let failed = locked(&failure).take();
    failed.map_or(Ok(Ending::Done), |error| Err(error.into()))
}

/// What reads the project for the explorer, again and again.
struct Reader {
    loader: Loader,
    opener: Opener<'static>,
    path: PathBuf,
    /// What the last reading failed with.
    failure: Arc<Mutex<Option<Error>>>,
    before: Mutex<Before>,
    /// Notices changes of files, from the first reading on; none where that cannot be.
    watch: OnceLock<Option<Watch>>,
}

/// What the reading before has left.
#[derive(Default)]
struct Before {
    earlier: Option<Arc<Earlier>>,
    analysis: Option<Arc<Analysis>>,
}

impl Reader {
    /// Reads the project, tells what came of it, and answers questions until nobody asks any more.
    fn read(&self, reading: tui::Reading) {
        let tui::Reading {
            generation,
            outbox,
            questions,
            wanted,
            is_stopped,
        } = reading;
        let earlier = locked(&self.before).earlier.clone();
        let found = |project: &Project| {
            if let Some(watch) = self.watch.get_or_init(|| self.watch(&outbox)) {
                watch.follow(project);
            }
        };
        let progress = |progress| outbox.tell(said_progress(generation, progress));
        let (path, outbox) = (&*self.path, &outbox);
        let first = |analysis| {
            let analysis = Arc::new(analysis);
            outbox.tell(LoadMsg::First {
                generation,
                analysis,
            });
        };
        let following = Following {
            found: &found,
            first: wanted.as_ref().map(|it| (it, &first as _)),
            is_stopped: &|| is_stopped.load(Relaxed),
        };
        let loaded = self.loader.load_following(
            path,
            earlier,
            following,
            &progress,
            move |analysis, run, trials| {
                let analysis = Arc::new(analysis);
                outbox.tell(LoadMsg::ready(generation, Arc::clone(&analysis)));
                *locked(&self.failure) = None;
                self.compare(generation, &analysis, trials.earlier(), outbox);
                while let Ok(question) = questions.recv() {
                    outbox.tell(answered(generation, question, |it| match it {
                        Query::Compare(with) => compared(&self.opener, path, &analysis, with),
                        it => reply(&analysis, run, trials, it),
                    }));
                }
            },
        );
        if let Err(error) = loaded
            && !is_stopped.load(Relaxed)
        {
            let message = error.message.clone();
            *locked(&self.failure) = Some(error);
            outbox.tell(LoadMsg::Failed {
                generation,
                message,
            });
        }
    }

    /// Says what differs from the reading before.
    fn compare(
        &self,
        generation: u64,
        analysis: &Arc<Analysis>,
        left: Arc<Earlier>,
        outbox: &Outbox,
    ) {
        let earlier = {
            let mut before = locked(&self.before);
            before.earlier = Some(left);
            before.analysis.replace(Arc::clone(analysis))
        };
        if let Some(earlier) = earlier {
            let difference = difference(&earlier, analysis);
            outbox.tell(LoadMsg::Differs {
                generation,
                said: Reread::of(&difference, analysis),
            });
        }
    }

    fn watch(&self, outbox: &Outbox) -> Option<Watch> {
        let (loader, path) = (self.loader.clone(), self.path.clone());
        let (teller, top) = (outbox.clone(), self.path.clone());
        let watch = Watch::start(
            move || loader.project(&path),
            move |noticed| {
                teller.tell(match noticed {
                    Noticed::Changed(files) => LoadMsg::FilesChanged {
                        files: files.iter().map(|it| shown(it, &top)).collect(),
                    },
                    Noticed::NotFollowed(why) => LoadMsg::NotFollowed(why),
                });
            },
        );
        watch
            .map_err(|why| outbox.tell(LoadMsg::NotFollowed(why)))
            .ok()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file, as people are shown it: from the folder that is open.
fn shown(file: &Path, top: &Path) -> String {
    let top = std::path::absolute(top).unwrap_or_else(|_| top.to_owned());
    let inside = file.strip_prefix(&top).ok();
    let inside = inside.filter(|it| !it.as_os_str().is_empty());
    inside.unwrap_or(file).display().to_string()
}

/// Reads the project whole, presses the keys, and prints the frame.
fn print(
    session: &mut Session<'_>,
    path: &Path,
    (keymap, begins): (Keymap, Begins),
    keys: Vec<key::Key>,
    (width, height): (u16, u16),
) -> Result<(), Stop> {
    let (styles, is_coloured) = (&session.styles, session.streams.is_coloured);
    let start = Start {
        project: project_name(path),
        keymap,
        size: Size::new(width, height),
        begins,
        python: live::for_explorer(session.loader(), path).0,
        themes: vec![],
    };
    let (loader, opener) = (session.loader(), session.opener().owned());
    let frame = loader.load_trying(path, &|_| (), |analysis, run, trials| {
        let mut state = State::new(start);
        let analysis = Arc::new(analysis);
        let ready = Msg::Load(LoadMsg::ready(1, Arc::clone(&analysis)));
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
                Effect::Ask(question) => {
                    msgs.push(Msg::Load(answered(1, question, &mut *ask)));
                }
                Effect::Find { number, asked } => {
                    if let (Some(index), Some(analysis)) = (state.index(), &state.analysis) {
                        let hits = Arc::new(index.find(analysis, &asked));
                        msgs.push(Msg::Found { number, hits });
                    }
                }
                Effect::Deal(number) => {
                    if let Some(dealing) = state.dealing() {
                        let hand = dealing.deal();
                        msgs.push(Msg::Dealt { number, hand });
                    }
                }
                _ => {}
            }
        }
    }
    false
}

fn answered(generation: u64, question: Query, ask: impl FnOnce(&Query) -> Reply) -> LoadMsg {
    LoadMsg::Answer {
        generation,
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
fn said_progress(generation: u64, progress: Progress) -> LoadMsg {
    let (doing, done, total) = match progress {
        Progress::Reading { done, total } => ("reading files", done, total),
        Progress::Running { done } => ("running modules on paper", done, 0),
    };
    LoadMsg::Progress {
        generation,
        doing,
        done,
        total,
    }
}
