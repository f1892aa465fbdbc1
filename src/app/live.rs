//! Asking before Python is run, and what came of it: the one thing in the explorer that runs code of the project.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::app::location::{ClassAt, Location};
use crate::app::state::{Notice, State};
use crate::app::update::Effect;
use crate::semantics::ClassPath;
use crate::view::{self, Page, PageKind};
use crate::witness::Live;

/// An interpreter that can be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Python {
    /// Where it is, as it is shown.
    pub path: String,
    /// Its version, `3.13`, as far as it is known before it is run.
    pub version: Option<String>,
}

/// A question that floats over the screen until it is answered: whether Python may be run for a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The class whose values are wanted.
    pub class: ClassAt,
    /// The interpreter that would be run, as it is shown.
    pub python: String,
}

/// What came of running Python, class by class.
#[derive(Debug, Default)]
pub struct Lives {
    known: FxHashMap<ClassPath, Result<Arc<Live>, String>>,
    /// The class that Python is at work for.
    running: Option<ClassPath>,
}

impl Lives {
    /// What there is to show of a class.
    pub(super) fn page(&self, class: crate::analysis::ClassRef<'_>) -> Page {
        let is_running = self.running.as_ref() == Some(class.path());
        match self.known.get(class.path()) {
            _ if is_running => view::live_waiting(class),
            Some(Ok(live)) => view::live(class, live, None),
            Some(Err(message)) => view::live_failed(class, message),
            None => view::live_not_run(class),
        }
    }

    /// Another analysis is open: what was held beside it is held beside it no more.
    pub(super) fn forget(&mut self) {
        self.known.clear();
    }
}

impl State {
    /// Asks whether Python may be run for the class of the open page.
    pub(super) fn ask_to_run(&mut self) {
        let Some(class) = self.class().map(ClassAt::of) else {
            self.say("there is no class here whose values could be shown");
            return;
        };
        if self.lives.running.is_some() {
            self.say("Python is at work already");
            return;
        }
        let answers = self.analysis.as_ref().map(|it| it.world.python.clone());
        match self.python.clone() {
            // What it would say could not be held against the answers.
            Ok(Python {
                version: Some(version),
                ..
            }) if answers.as_ref().is_some_and(|it| *it != version) => {
                let answers = answers.unwrap_or_default();
                self.notice = Some(Notice {
                    text: format!(
                        "it is Python {version}, the answers are for {answers}: name another with --python"
                    ),
                    failed: true,
                });
            }
            Ok(Python { path: python, .. }) => self.asking = Some(Asking { class, python }),
            Err(text) => self.notice = Some(Notice { text, failed: true }),
        }
    }

    /// It may: from here on the page says that Python is at work.
    pub(super) fn run_python(&mut self) -> Vec<Effect> {
        let Some(Asking { class, .. }) = self.asking.take() else {
            return vec![];
        };
        let path = class.path.clone();
        self.lives.running = Some(path.clone());
        self.edition += 1;
        let attribute = self.here().attribute.clone();
        self.history
            .go(Location::new(PageKind::Live, Some(class)).about(attribute));
        vec![Effect::Live(path)]
    }

    /// It may not, or the question is left.
    pub(super) fn leave_python(&mut self) {
        if self.asking.take().is_some() {
            self.say("nothing was run");
        }
    }

    /// Takes in what came of it.
    pub(super) fn hear_live(&mut self, class: ClassPath, outcome: Result<Arc<Live>, String>) {
        self.lives.running = None;
        self.edition += 1;
        let python = self.analysis.as_ref().map(|it| it.world.python.as_str());
        let outcome = outcome.and_then(|live| {
            let version = &live.greeting.version;
            let minor = version.rsplit_once('.').map_or("", |it| it.0);
            match python {
                Some(python) if python != minor => Err(format!(
                    "the interpreter is Python {version}, the answers are for {python}"
                )),
                _ => Ok(live),
            }
        });
        self.lives.known.insert(class, outcome);
    }
}
