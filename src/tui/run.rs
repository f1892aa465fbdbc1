//! The loop: paint, wait, take in what happened, carry out what is asked.

use std::io;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossterm::event;
use ratatui::layout::Size;

use crate::analysis::Analysis;
use crate::app::keymap::Keymap;
use crate::app::lessons::{Dealing, Hand};
use crate::app::live::Python;
use crate::app::load::LoadMsg;
use crate::app::saved::Saved;
use crate::app::search::{Asked, Hits, Index};
use crate::app::{Begins, Effect, Msg, Start, State};
use crate::tui::aside::Aside;
use crate::tui::background::{self, Background, Question, Taken};
use crate::tui::editor::Call;
use crate::tui::input;
use crate::tui::live::{LiveJob, LiveWorker};
use crate::tui::terminal::{self, Screen};
use crate::tui::theme::{Colours, Theme};
use crate::tui::worker::{Job, Worker};
use crate::view::Progress;

/// While the project is read, counts climb this often.
const WHILE_LOADING: Duration = Duration::from_millis(10);
/// An answer that is there so soon is painted with the page that asked for it.
const A_FRAME: Duration = Duration::from_millis(12);
/// At rest, a signal and a change of files are heard after at most this long.
const AT_REST: Duration = Duration::from_millis(20);

/// Asked to end by a signal, it has this long to do so by itself.
#[cfg(unix)]
const LAST_PATIENCE: Duration = Duration::from_secs(1);

/// What the environment says that the screen heeds. The command line reads it; nothing here does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment {
    /// `$VISUAL`.
    pub visual: Option<String>,
    /// `$EDITOR`.
    pub editor: Option<String>,
    /// `$NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `$COLORTERM`.
    pub colorterm: Option<String>,
    /// `$TERM`.
    pub term: Option<String>,
    /// `$COLORFGBG`.
    pub colorfgbg: Option<String>,
}

/// Which theme is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThemeChoice {
    /// The dark or the light one, by the terminal's background.
    ByBackground,
    /// This one.
    Theme(Box<Theme>),
}

/// Keeps how far the reader is with the lessons, or says why it could not.
pub type Keep = Box<dyn Fn(&Progress) -> Result<(), String>>;

/// What the explorer needs to begin.
pub struct Setup {
    /// What is opened, shortened for a title.
    pub project: String,
    /// The keys.
    pub keymap: Keymap,
    /// The theme.
    pub theme: ThemeChoice,
    /// All themes there are, by their names.
    pub themes: Vec<(String, ThemeChoice)>,
    /// Keys to be pressed at the start, as [`crate::app::key::sequence`] reads them.
    pub keys: Vec<crate::app::key::Key>,
    /// What the environment says.
    pub environment: Environment,
    /// Reads the project.
    pub load: Job,
    /// The interpreter that is run for those who ask for it, as it is shown; or why there is none, and the cure.
    pub python: Result<Python, String>,
    /// Runs it.
    pub live: LiveJob,
    /// What is opened first, and what was kept of lessons.
    pub begins: Begins,
    /// Keeps that; or says why it could not.
    pub keep: Keep,
    /// Keeps where the reader was, for the next time.
    pub keep_session: Box<dyn FnOnce(Saved)>,
}

/// Why the explorer ended before its time, or did not begin.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no screen to paint on.
    #[error("the output is not a terminal")]
    NotATerminal,
    /// The terminal failed.
    #[error("the terminal failed")]
    Terminal(#[from] io::Error),
    /// A panic; its message has been printed.
    #[error("mroscope met a fault of its own")]
    Panicked,
    /// The project could not be read; the load's own words.
    #[error("{0}")]
    Load(String),
}

impl Environment {
    /// How many colours the terminal has, as far as the environment tells.
    pub fn colours(&self) -> Colours {
        let term = self.term.as_deref().unwrap_or_default();
        let colorterm = self.colorterm.as_deref().unwrap_or_default();
        if self.no_color || term == "dumb" {
            Colours::None
        } else if matches!(colorterm, "truecolor" | "24bit") {
            Colours::True
        } else if term.contains("256") || term.contains("direct") || cfg!(windows) {
            Colours::Indexed
        } else {
            Colours::Sixteen
        }
    }

    /// The editor that is wanted, and where that is said.
    fn editor(&self) -> (&str, &'static str) {
        let named = [
            (&self.visual, "$VISUAL names it"),
            (&self.editor, "$EDITOR names it"),
        ];
        let mut named = named.into_iter().filter_map(|(wanted, by)| {
            let wanted = wanted.as_deref()?.trim();
            (!wanted.is_empty()).then_some((wanted, by))
        });
        named
            .next()
            .unwrap_or(("vi", "set $EDITOR to one that is there"))
    }
}

impl ThemeChoice {
    /// The theme, on a background, with the colours there are.
    pub fn theme(&self, background: Background, colours: Colours) -> Theme {
        let theme = match self {
            Self::Theme(theme) => theme.on(background),
            Self::ByBackground => {
                let name = if background == Background::Light {
                    "light"
                } else {
                    "dark"
                };
                let theme = Theme::built_in(name).expect("a test holds every built-in theme whole");
                match background {
                    Background::Unknown => theme.with_sure_selection(),
                    Background::Dark | Background::Light => theme,
                }
            }
        };
        theme.for_colours(colours)
    }
}

/// Explores until the reader leaves.
pub fn run(setup: Setup) -> Result<(), Error> {
    if !terminal::is_there() {
        return Err(Error::NotATerminal);
    }
    let background = background::from_environment(&setup.environment);
    let colours = setup.environment.colours();
    let theme = setup.theme.theme(background, colours);
    // The screen comes first: from then on a fault of the worker gives it back.
    let screen = Screen::take(true)?;
    let worker = Worker::new(setup.load)?;
    let question = match &setup.theme {
        ThemeChoice::Theme(theme) if !theme.hangs_on_background() => Question::none(),
        _ => Question::ask(&setup.environment, &mut io::stdout())?,
    };
    let size = screen.size().unwrap_or(Size::new(80, 24));
    let mut session = Session {
        state: State::new(Start {
            project: setup.project,
            keymap: setup.keymap,
            size,
            python: setup.python,
            themes: setup.themes.iter().map(|it| it.0.clone()).collect(),
            begins: setup.begins,
        }),
        keep: setup.keep,
        screen,
        worker,
        live: LiveWorker::new(setup.live),
        finder: Aside::start("find", |it: Looking| {
            Arc::new(it.index.find(&it.analysis, &it.asked))
        })?,
        dealer: Aside::start("deal", |it: Dealing| it.deal())?,
        environment: setup.environment,
        leaving: false,
        choice: setup.theme,
        themes: setup.themes,
        painted: None,
        background,
        theme,
        question,
    };
    session.take_in(setup.keys.into_iter().map(Msg::Key).collect())?;
    let outcome = session.explore();
    session.hear_out()?;
    if session.state.analysis.is_some() {
        (setup.keep_session)(session.state.saved());
    }
    drop(session);
    if terminal::has_panicked() {
        return Err(Error::Panicked);
    }
    outcome
}

/// What is to be looked for, and where.
struct Looking {
    asked: Asked,
    index: Arc<Index>,
    analysis: Arc<Analysis>,
}

/// A running explorer.
struct Session {
    state: State,
    screen: Screen,
    worker: Worker,
    live: LiveWorker,
    keep: Keep,
    finder: Aside<Looking, Arc<Hits>>,
    dealer: Aside<Dealing, Hand>,
    environment: Environment,
    leaving: bool,
    /// Which theme is wanted, and the one that is painted with.
    choice: ThemeChoice,
    theme: Theme,
    /// All themes, and the name of the one that the reader has chosen from them.
    themes: Vec<(String, ThemeChoice)>,
    painted: Option<String>,
    background: Background,
    /// What lies behind the text, where the terminal was asked.
    question: Question,
}

impl Session {
    fn explore(&mut self) -> Result<(), Error> {
        let ended = ended_from_outside()?;
        if self.question.is_open() {
            let inbox = self.happened(background::PATIENCE)?;
            self.take_in(inbox)?;
        }
        self.screen.paint(&self.state, &self.theme)?;
        self.worker.begin();
        let mut changed = false;
        while !self.leaving && !ended.load(Ordering::Relaxed) && !terminal::has_panicked() {
            if changed {
                if self.state.theme() != self.painted.as_deref() {
                    self.painted = self.state.theme().map(str::to_owned);
                    self.choose_theme();
                }
                self.screen.paint(&self.state, &self.theme)?;
            }
            let is_busy = self.worker.is_busy() || self.live.is_busy();
            let patience = if is_busy || self.finder.is_busy() || self.dealer.is_busy() {
                WHILE_LOADING
            } else {
                AT_REST
            };
            let was_open = self.question.is_open();
            let inbox = self.happened(patience)?;
            changed = !inbox.is_empty() || was_open != self.question.is_open();
            self.take_in(inbox)?;
            while let Some((number, hits)) = self.finder.heard(A_FRAME) {
                changed = true;
                self.take_in(vec![Msg::Found { number, hits }])?;
            }
            if let Some((number, hand)) = self.dealer.heard(A_FRAME) {
                changed = true;
                self.take_in(vec![Msg::Dealt { number, hand }])?;
            }
            if let Some(msg) = self.live.heard() {
                changed = true;
                self.take_in(vec![msg])?;
            }
            // Most answers are there before the eye could see that they were waited for. What is read anew asks anew.
            for _ in 0..2 {
                let heard = self.worker.heard(A_FRAME);
                if heard.is_empty() {
                    break;
                }
                changed = true;
                self.take_in(heard.into_iter().map(Msg::Load).collect())?;
            }
            if self.worker.broke_off() && self.worker.heard(Duration::ZERO).is_empty() {
                return Err(Error::Panicked);
            }
        }
        Ok(())
    }

    /// What a person did, waited for so long. An answer of the terminal among it sets the theme.
    fn happened(&mut self, mut patience: Duration) -> Result<Vec<Msg>, Error> {
        let mut inbox = vec![];
        while event::poll(patience)? {
            match self.question.take(event::read()?) {
                Taken::Events(events) => {
                    inbox.extend(events.into_iter().filter_map(input::message));
                    // The rest of what is here already; a frame for each would lag behind.
                    patience = Duration::ZERO;
                }
                // It comes in one piece.
                Taken::Held => patience = patience.max(Duration::from_millis(2)),
                Taken::Answer(background) => {
                    self.background = background;
                    self.choose_theme();
                    patience = Duration::ZERO;
                }
            }
        }
        let let_go = self.question.let_go();
        inbox.extend(let_go.into_iter().filter_map(input::message));
        Ok(inbox)
    }

    /// Makes the theme to paint with: the one that was chosen, on this terminal.
    fn choose_theme(&mut self) {
        let named = self.painted.as_deref();
        let choice = self.themes.iter().find(|it| Some(it.0.as_str()) == named);
        let choice = choice.map_or(&self.choice, |it| &it.1);
        self.theme = choice.theme(self.background, self.environment.colours());
    }

    /// An answer of the terminal that is still on its way would be typed into the shell.
    fn hear_out(&mut self) -> Result<(), Error> {
        let until = Instant::now() + Duration::from_millis(100);
        while self.question.is_open() && Instant::now() < until {
            if terminal::has_panicked() || !event::poll(Duration::from_millis(20))? {
                break;
            }
            self.question.take(event::read()?);
        }
        Ok(())
    }

    fn take_in(&mut self, inbox: Vec<Msg>) -> Result<(), Error> {
        for msg in inbox {
            for effect in self.state.update(msg) {
                match effect {
                    Effect::Ask(question) => self.worker.ask(question),
                    Effect::Find { number, asked } => self.look_for(number, asked),
                    Effect::Deal(number) => {
                        if let Some(dealing) = self.state.dealing() {
                            self.dealer.ask(number, dealing);
                        }
                    }
                    effect => {
                        let outcome = self.carry_out(effect)?;
                        self.state.update(Msg::Done(outcome));
                    }
                }
            }
        }
        Ok(())
    }

    fn look_for(&mut self, number: u64, asked: Asked) {
        if let (Some(index), Some(analysis)) = (self.state.index(), &self.state.analysis) {
            let looking = Looking {
                asked,
                index: Arc::clone(index),
                analysis: Arc::clone(analysis),
            };
            self.finder.ask(number, looking);
        }
    }

    /// Does to the world what the program asks for. A failure of the terminal itself ends the program; others are told.
    fn carry_out(&mut self, effect: Effect) -> Result<Result<Option<String>, String>, Error> {
        Ok(match effect {
            Effect::Quit => {
                self.leaving = true;
                Ok(None)
            }
            Effect::Live(class) => self
                .live
                .begin(class)
                .map(|()| None)
                .map_err(|error| format!("Python could not be run: {error}")),
            // Its answer comes by itself.
            Effect::Ask(_) | Effect::Find { .. } | Effect::Deal(_) => Ok(None),
            Effect::ReadAgain(generation) => {
                let started = self
                    .worker
                    .read_again(generation, self.state.module_of_the_page());
                if let Err(error) = &started {
                    let failed = LoadMsg::Failed {
                        generation,
                        message: error.to_string(),
                    };
                    self.state.update(Msg::Load(failed));
                }
                return Ok(Ok(self.state.notice.take().map(|notice| notice.text)));
            }
            Effect::Keep(progress) => {
                let kept = (self.keep)(&progress);
                let said = self.state.notice.take().map(|notice| notice.text);
                kept.map(|()| said)
            }
            Effect::Write(files) => crate::source::write(&files)
                .map(|()| {
                    let paths: Vec<String> = files
                        .iter()
                        .map(|it| it.path.display().to_string())
                        .collect();
                    Some(format!("written: {}", paths.join(", ")))
                })
                .map_err(|error| error.to_string()),
            Effect::Redraw => {
                self.screen.forget()?;
                Ok(None)
            }
            Effect::Mouse(mouse) => {
                self.screen.hear_mouse(mouse)?;
                return Ok(Ok(self.state.notice.take().map(|notice| notice.text)));
            }
            Effect::Copy { what, text } => {
                Screen::copy(&text)?;
                let lines = text.lines().count();
                let text = match lines {
                    0 | 1 => crate::view::one_line(&text, 60),
                    _ => format!("{lines} lines"),
                };
                Ok(Some(format!("copied the {what}: {text}")))
            }
            Effect::Suspend => {
                let outcome = self.screen.lend(terminal::stop)?;
                self.resize()?;
                outcome.map(|()| None)
            }
            Effect::Edit { path, line } => self.edit(&path, line)?,
        })
    }

    fn edit(&mut self, path: &Path, line: u32) -> Result<Result<Option<String>, String>, Error> {
        let (editor, said) = self.environment.editor();
        let call = match Call::new(editor, path, line) {
            Ok(call) => call,
            Err(message) => return Ok(Err(format!("{message}; {said}"))),
        };
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => format!("there is no editor `{}`: {said}", call.program),
            _ => format!("`{}` could not be run: {error}; {said}", call.program),
        };
        if call.window {
            let started = call
                .command()
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn();
            return Ok(started
                .map(|_| Some(format!("opened in {}", call.program)))
                .map_err(failed));
        }
        let status = self.screen.lend(|| call.command().status())?;
        self.resize()?;
        Ok(match status {
            Ok(status) if status.success() => Ok(None),
            Ok(status) => Err(format!("`{}` ended with {status}", call.program)),
            Err(error) => Err(failed(error)),
        })
    }

    /// The window may have changed while somebody else had the terminal.
    fn resize(&mut self) -> Result<(), Error> {
        let size = self.screen.size()?;
        self.state.update(Msg::Resize(size));
        Ok(())
    }
}

/// Set when the program is asked to end by a signal: it then leaves as by its own key, the terminal as it was.
#[cfg(unix)]
fn ended_from_outside() -> io::Result<Arc<AtomicBool>> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let ended = Arc::new(AtomicBool::new(false));
    for signal in [SIGTERM, SIGHUP, SIGINT] {
        signal_hook::flag::register(signal, Arc::clone(&ended))?;
    }
    // A terminal that is gone answers every read with nothing, and whoever waits for a key there never comes back to look.
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP])?;
    std::thread::Builder::new()
        .name(String::from("end"))
        .spawn(move || {
            if let Some(signal) = signals.forever().next() {
                std::thread::sleep(LAST_PATIENCE);
                terminal::leave();
                std::process::exit(128 + signal);
            }
        })?;
    Ok(ended)
}

/// Other systems end a program without asking it.
#[cfg(not(unix))]
fn ended_from_outside() -> io::Result<Arc<AtomicBool>> {
    Ok(Arc::new(AtomicBool::new(false)))
}
