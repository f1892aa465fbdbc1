//! The conversation: what an interpreter is asked, and asked again when a module has brought it down.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::witness::Interpreter;
use crate::witness::listen::{Listener, listen};
use crate::witness::process::Process;
use crate::witness::said::{Failure, Greeting, Raised, Record, SaidClass};

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// Folders to put before `sys.path`: where the project's modules are.
    pub paths: Vec<PathBuf>,
    /// The project's modules and their files.
    pub files: Vec<(String, PathBuf)>,
    /// Which modules to import, in this order.
    pub modules: Vec<String>,
    /// A Python file to run before.
    pub setup: Option<PathBuf>,
    /// A script that describes modules, to be asked instead of the classes; see [`Testimony::description`].
    pub describe: Option<String>,
}

/// How much an interpreter is given.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For one module.
    pub module: Duration,
    /// For all imports together, started again or not.
    pub total: Duration,
    /// Bytes of memory it may address, where the platform can say so.
    pub memory: u64,
    /// For one value, where values are asked for.
    pub value: Duration,
    /// Bytes of memory that showing values may take beyond what the imports took.
    pub room: u64,
    /// How often it is started again.
    pub restarts: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            module: Duration::from_mins(1),
            total: Duration::from_mins(15),
            memory: 16 << 30,
            value: Duration::from_secs(5),
            room: 1 << 30,
            restarts: 20,
        }
    }
}

/// What an interpreter had to say.
#[derive(Debug, Default)]
pub struct Testimony {
    /// Who answered.
    pub greeting: Greeting,
    /// The modules that were imported, in order, with their files.
    pub imported: Vec<(String, Option<String>)>,
    /// Those that were not, by name, and why.
    pub failed: BTreeMap<String, Failure>,
    /// The classes of the project and those their MROs name.
    pub classes: Vec<SaidClass>,
    /// With [`Question::describe`], what the script said.
    pub description: Option<Value>,
}

/// Why there is no testimony.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// It cannot be started.
    #[error("`{}` cannot be started", path.display())]
    NotStarted {
        /// The interpreter.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It started, and never answered.
    #[error("`{}` does not answer as a CPython of 3.9 or later does: {said}", path.display())]
    NoAnswer {
        /// The interpreter.
        path: PathBuf,
        /// The last line of what it complained of.
        said: String,
    },
    /// The set-up did not come to its end.
    #[error("the set-up `{}` {how}", path.display())]
    Setup {
        /// The file.
        path: PathBuf,
        /// What became of it.
        how: String,
    },
    /// It was lost when all was imported.
    #[error("the interpreter was lost while it was asked for its classes: it {how}")]
    Lost {
        /// How it ended.
        how: String,
    },
    /// The person at the keyboard has ended it.
    #[error("interrupted")]
    Interrupted,
}

/// How long an interpreter may take until it answers at all, and to look at what was imported.
pub(super) const ANSWERING: Duration = Duration::from_mins(2);

/// Asks an interpreter, which is started as often as it takes. `tell` hears how many modules are imported.
pub fn ask(
    interpreter: &Interpreter,
    question: &Question,
    limits: &Limits,
    interrupted: &AtomicBool,
    tell: &mut dyn FnMut(usize),
) -> Result<Testimony, AskError> {
    let began = Instant::now();
    let mut lost: BTreeMap<String, Failure> = BTreeMap::new();
    let mut modules = question.modules.clone();
    loop {
        let left = limits.total.saturating_sub(began.elapsed());
        let is_last = left.is_zero() || lost.len() > limits.restarts;
        // Modules that were imported before will be again, in less time than it took to find that out.
        let seconds = if is_last { limits.total } else { left };
        let mut sitting = Sitting {
            interpreter,
            question,
            limits,
            interrupted,
            testimony: Testimony::default(),
            stage: Stage::Starting,
        };
        let ended = sitting.hold(&modules, seconds, tell)?;
        let mut testimony = sitting.testimony;
        let Some((module, failure)) = ended else {
            testimony.failed.extend(lost);
            let imported: HashSet<&String> =
                testimony.imported.iter().map(|(name, _)| name).collect();
            let unreached: Vec<String> = question
                .modules
                .iter()
                .filter(|name| !imported.contains(name) && !testimony.failed.contains_key(*name))
                .cloned()
                .collect();
            for name in unreached {
                testimony.failed.insert(name, Failure::NotReached);
            }
            return Ok(testimony);
        };
        if is_last {
            // Even what was imported before brings it down now: say so rather than go on for ever.
            return Err(AskError::Lost { how: how(&failure) });
        }
        lost.insert(module.clone(), failure);
        let at = modules.iter().position(|name| *name == module);
        let is_over = began.elapsed() >= limits.total || lost.len() > limits.restarts;
        match at {
            Some(at) if is_over => modules.truncate(at),
            Some(at) => {
                modules.remove(at);
            }
            None => {}
        }
    }
}

pub(super) fn how(failure: &Failure) -> String {
    match failure {
        Failure::Hung { seconds } => format!("did not go on for {seconds} s"),
        Failure::Ended { how } => format!("ended {how}"),
        Failure::Raised(raised) => format!("raised {}: {}", raised.kind, raised.message),
        Failure::NotReached
        | Failure::NotImported
        | Failure::OfTool
        | Failure::Elsewhere { .. } => "ended".into(),
    }
}

/// Where a conversation stands.
#[derive(Debug, Clone)]
enum Stage {
    Starting,
    SettingUp,
    Between,
    Importing(String),
    Asking,
}

/// One interpreter, from its start to its end.
struct Sitting<'a> {
    interpreter: &'a Interpreter,
    question: &'a Question,
    limits: &'a Limits,
    interrupted: &'a AtomicBool,
    testimony: Testimony,
    stage: Stage,
}

/// A sitting, and who hears how far it is.
struct Telling<'s, 'a, 't> {
    sitting: &'s mut Sitting<'a>,
    tell: &'t mut dyn FnMut(usize),
}

impl Listener for Telling<'_, '_, '_> {
    fn patience(&self) -> Duration {
        match self.sitting.stage {
            Stage::Starting | Stage::Asking => ANSWERING,
            Stage::SettingUp | Stage::Between | Stage::Importing(_) => self.sitting.limits.module,
        }
    }

    fn take(&mut self, record: Record) -> Result<bool, AskError> {
        let is_last = self.sitting.take(record)?;
        if matches!(self.sitting.stage, Stage::Between) {
            (self.tell)(self.sitting.testimony.imported.len());
        }
        Ok(is_last)
    }
}

impl Sitting<'_> {
    /// Holds the conversation; returns the module that brought the interpreter down, if one did.
    fn hold(
        &mut self,
        modules: &[String],
        seconds: Duration,
        tell: &mut dyn FnMut(usize),
    ) -> Result<Option<(String, Failure)>, AskError> {
        let mut process =
            Process::start(self.interpreter, self.asked(modules, seconds)).map_err(|source| {
                AskError::NotStarted {
                    path: self.interpreter.path.clone(),
                    source,
                }
            })?;
        let interrupted = self.interrupted;
        let mut listener = Telling {
            sitting: self,
            tell,
        };
        match listen(&mut process, &mut listener, interrupted)? {
            None => Ok(None),
            Some(failure) => self.lost(&process, failure),
        }
    }

    fn asked(&self, modules: &[String], seconds: Duration) -> Value {
        let files: serde_json::Map<String, Value> = self
            .question
            .files
            .iter()
            .map(|(name, path)| (name.clone(), json!(path.to_string_lossy())))
            .collect();
        let paths = self.question.paths.iter();
        json!({
            "paths": paths.map(|path| path.to_string_lossy()).collect::<Vec<_>>(),
            "files": files,
            "modules": modules,
            "setup": self.question.setup.as_ref().map(|path| path.to_string_lossy()),
            "describe": self.question.describe,
            "live": null,
            "seconds": seconds.as_secs_f64(),
            "memory": self.limits.memory,
        })
    }

    /// Takes an answer; returns whether it was the last.
    fn take(&mut self, record: Record) -> Result<bool, AskError> {
        match record {
            Record::Hello(greeting) => {
                self.testimony.greeting = greeting;
                self.stage = Stage::Between;
            }
            Record::Begin { module } if module.is_empty() => self.stage = Stage::SettingUp,
            Record::Begin { module } => self.stage = Stage::Importing(module),
            Record::Imported { module, file } => {
                self.testimony.imported.push((module, file));
                self.stage = Stage::Between;
            }
            Record::Failed { module, error } if module.is_empty() => {
                return Err(self.setup(&format!("raised {}", said(&error))));
            }
            Record::Failed { module, error } => {
                self.testimony.failed.insert(module, Failure::Raised(error));
                self.stage = Stage::Between;
            }
            Record::Late => {}
            Record::Asking => self.stage = Stage::Asking,
            Record::Class(class) => self.testimony.classes.push(class),
            Record::Described { description } => self.testimony.description = Some(description),
            Record::Done => return Ok(true),
            // Only said where values are asked for.
            Record::Absent
            | Record::Ancestry { .. }
            | Record::Attribute(_)
            | Record::Showing(_)
            | Record::Shown { .. } => {}
            Record::Broken { error } => {
                return Err(AskError::Lost {
                    how: format!("raised {}", said(&error)),
                });
            }
        }
        Ok(false)
    }

    /// The interpreter is gone, or does not go on: what that means depends on what it was doing.
    fn lost(
        &self,
        process: &Process,
        failure: Failure,
    ) -> Result<Option<(String, Failure)>, AskError> {
        match &self.stage {
            Stage::Importing(module) => Ok(Some((module.clone(), failure))),
            // A thread, or a timer, of what was imported before.
            Stage::Between if let Some((module, _)) = self.testimony.imported.last() => {
                Ok(Some((module.clone(), failure)))
            }
            Stage::Starting => Err(AskError::NoAnswer {
                path: self.interpreter.path.clone(),
                said: process.complaint(),
            }),
            Stage::SettingUp => Err(self.setup(&how(&failure))),
            Stage::Between | Stage::Asking => Err(AskError::Lost { how: how(&failure) }),
        }
    }

    fn setup(&self, how: &str) -> AskError {
        AskError::Setup {
            path: self.question.setup.clone().unwrap_or_default(),
            how: how.to_owned(),
        }
    }
}

/// `TypeError: message`.
pub(super) fn said(raised: &Raised) -> String {
    format!("{}: {}", raised.kind, raised.message)
}
