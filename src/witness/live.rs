//! The values of one class, live: each attribute's bounded repr, asked of an interpreter that is started again where one brings it down.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::evaluate::Limits as ReprLimits;
use crate::semantics::{ClassPath, MemberKind};
use crate::witness::Interpreter;
use crate::witness::ask::{ANSWERING, AskError, Limits, how, said};
use crate::witness::listen::{Listener, listen};
use crate::witness::process::Process;
use crate::witness::said::{AttributeKey, Failure, Greeting, Raised, Record, SaidAttribute};

/// The part of the other side that looks at values.
const SCRIPT: &str = include_str!("live.py");

/// Which values are asked for.
#[derive(Debug, Clone)]
pub struct LiveQuestion {
    /// Folders to put before `sys.path`: where the project's modules are.
    pub paths: Vec<PathBuf>,
    /// The class, by the module that is imported for it and its qualified name.
    pub class: ClassPath,
    /// One attribute; none for all that are not those of every class.
    pub attribute: Option<String>,
    /// A Python file to run before the import.
    pub setup: Option<PathBuf>,
    /// How much of a value is shown.
    pub repr: ReprLimits,
}

/// What a class was found to hold.
#[derive(Debug, Default)]
pub struct Live {
    /// Who answered.
    pub greeting: Greeting,
    /// The MRO, as the classes name themselves.
    pub mro: Vec<ClassPath>,
    /// The attributes, in order of the MRO and of definition.
    pub values: Vec<LiveValue>,
}

/// An attribute's value.
#[derive(Debug, Clone)]
pub struct LiveValue {
    /// The attribute's name.
    pub name: String,
    /// Which class of the MRO has it.
    pub class: usize,
    /// What kind of object it is.
    pub kind: MemberKind,
    /// The class of the value.
    pub type_of: ClassPath,
    /// Its bounded repr, as far as there is one.
    pub shown: Option<String>,
    /// Why it could not be shown; beside a repr, what a `__repr__` inside of it raised.
    pub failure: Option<Failure>,
}

/// Why no values can be shown.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// The interpreter does not answer.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// The module of the class cannot be imported.
    #[error("`{module}` cannot be imported")]
    NotImported {
        /// The module.
        module: String,
        /// Why.
        failure: Failure,
    },
    /// The module was imported, and no class of that name is alive.
    #[error("`{class}` is not there once its module is imported")]
    Absent {
        /// The class.
        class: ClassPath,
    },
}

/// Shows the values of a class. `tell` hears how many of how many are shown.
pub fn live(
    interpreter: &Interpreter,
    question: &LiveQuestion,
    limits: &Limits,
    interrupted: &AtomicBool,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<Live, LiveError> {
    let began = Instant::now();
    let mut found = Found::default();
    let mut restarts = 0;
    loop {
        let left = limits.total.saturating_sub(began.elapsed());
        if left.is_zero() || restarts > limits.restarts {
            return Ok(found.told());
        }
        let asked = asked(question, limits, left, &found);
        let mut process = Process::start(interpreter, asked).map_err(|source| {
            LiveError::Ask(AskError::NotStarted {
                path: interpreter.path.clone(),
                source,
            })
        })?;
        let mut sitting = Sitting {
            question,
            limits,
            found,
            stage: Stage::Starting,
            import: None,
            is_absent: false,
            shown: 0,
            tell,
        };
        let ended = listen(&mut process, &mut sitting, interrupted)?;
        if let Some(failure) = sitting.import {
            return Err(LiveError::NotImported {
                module: question.class.module.to_string(),
                failure,
            });
        }
        if sitting.is_absent {
            return Err(LiveError::Absent {
                class: question.class.clone(),
            });
        }
        let (stage, shown) = (sitting.stage, sitting.shown);
        found = sitting.found;
        let Some(failure) = ended else {
            return Ok(found.told());
        };
        restarts += 1;
        match stage {
            Stage::Showing(key) => {
                found.ends.insert(key, End::failed(failure));
            }
            // A thread, or a timer, of what was shown before.
            Stage::Looking if shown > 0 => {}
            stage => return Err(lost(&stage, failure, &process, interpreter, question)),
        }
    }
}

/// What it means that the interpreter is gone before it has shown anything.
fn lost(
    stage: &Stage,
    failure: Failure,
    process: &Process,
    interpreter: &Interpreter,
    question: &LiveQuestion,
) -> LiveError {
    match stage {
        Stage::Starting => LiveError::Ask(AskError::NoAnswer {
            path: interpreter.path.clone(),
            said: process.complaint(),
        }),
        Stage::SettingUp => setup(question, &how(&failure)),
        Stage::Importing => LiveError::NotImported {
            module: question.class.module.to_string(),
            failure,
        },
        Stage::Looking | Stage::Showing(_) => LiveError::Ask(AskError::Lost { how: how(&failure) }),
    }
}

fn setup(question: &LiveQuestion, how: &str) -> LiveError {
    LiveError::Ask(AskError::Setup {
        path: question.setup.clone().unwrap_or_default(),
        how: how.to_owned(),
    })
}

fn asked(question: &LiveQuestion, limits: &Limits, seconds: Duration, found: &Found) -> Value {
    let paths = question.paths.iter();
    let done: Vec<Value> = found
        .ends
        .keys()
        .map(|key| json!([key.class, key.name]))
        .collect();
    json!({
        "paths": paths.map(|path| path.to_string_lossy()).collect::<Vec<_>>(),
        "files": {},
        "modules": [question.class.module.as_str()],
        "setup": question.setup.as_ref().map(|path| path.to_string_lossy()),
        "describe": null,
        "live": {
            "script": SCRIPT,
            "module": question.class.module.as_str(),
            "qualname": question.class.qualname.as_str(),
            "attribute": question.attribute,
            "room": limits.room,
            "limits": question.repr.numbers().into_iter().collect::<BTreeMap<_, _>>(),
            "done": done,
        },
        "seconds": seconds.as_secs_f64(),
        "memory": limits.memory,
    })
}

/// What was found, over all the interpreters it took.
#[derive(Default)]
struct Found {
    greeting: Greeting,
    mro: Vec<ClassPath>,
    attributes: Vec<SaidAttribute>,
    known: BTreeSet<AttributeKey>,
    ends: BTreeMap<AttributeKey, End>,
}

/// What became of a value.
#[derive(Default)]
struct End {
    shown: Option<String>,
    failure: Option<Failure>,
}

impl End {
    fn failed(failure: Failure) -> Self {
        Self {
            shown: None,
            failure: Some(failure),
        }
    }
}

impl Found {
    fn told(mut self) -> Live {
        let mut ends = self.ends;
        let values = std::mem::take(&mut self.attributes).into_iter();
        let values = values.map(|attribute| {
            let end = ends.remove(&attribute.key);
            // Whoever has no end was not reached.
            let end = end.unwrap_or_else(|| End::failed(Failure::NotReached));
            LiveValue {
                name: attribute.key.name,
                class: attribute.key.class,
                kind: attribute.kind,
                type_of: path(attribute.module.as_deref(), &attribute.qualname),
                shown: end.shown,
                failure: end.failure,
            }
        });
        Live {
            values: values.collect(),
            greeting: self.greeting,
            mro: self.mro,
        }
    }
}

fn path(module: Option<&str>, qualname: &str) -> ClassPath {
    ClassPath::new(module.unwrap_or("?"), qualname)
}

/// Where a conversation stands.
enum Stage {
    Starting,
    SettingUp,
    Importing,
    Looking,
    Showing(AttributeKey),
}

/// One interpreter, from its start to its end.
struct Sitting<'a, 't> {
    question: &'a LiveQuestion,
    limits: &'a Limits,
    found: Found,
    stage: Stage,
    /// What kept the module from being imported.
    import: Option<Failure>,
    is_absent: bool,
    /// How many values this one has shown.
    shown: usize,
    tell: &'t mut dyn FnMut(usize, usize),
}

impl Listener for Sitting<'_, '_> {
    fn patience(&self) -> Duration {
        match self.stage {
            Stage::Starting | Stage::Looking => ANSWERING,
            Stage::SettingUp | Stage::Importing => self.limits.module,
            Stage::Showing(_) => self.limits.value,
        }
    }

    fn take(&mut self, record: Record) -> Result<bool, AskError> {
        match record {
            Record::Hello(greeting) => self.found.greeting = greeting,
            Record::Begin { module } if module.is_empty() => self.stage = Stage::SettingUp,
            Record::Begin { .. } => self.stage = Stage::Importing,
            Record::Imported { .. } | Record::Asking => self.stage = Stage::Looking,
            Record::Failed { module, error } if module.is_empty() => {
                return Err(AskError::Setup {
                    path: self.question.setup.clone().unwrap_or_default(),
                    how: format!("raised {}", said(&error)),
                });
            }
            Record::Failed { error, .. } => {
                self.import = Some(Failure::Raised(error));
                return Ok(true);
            }
            Record::Late => {
                self.import = Some(Failure::NotReached);
                return Ok(true);
            }
            Record::Absent => {
                self.is_absent = true;
                return Ok(true);
            }
            Record::Ancestry { classes } => {
                self.found.mro = classes
                    .iter()
                    .map(|(module, qualname)| path(module.as_deref(), qualname))
                    .collect();
            }
            // Those of the first interpreter stand: what was shown may have changed the class meanwhile.
            Record::Attribute(attribute) => {
                if self.found.known.insert(attribute.key.clone()) {
                    self.found.attributes.push(attribute);
                }
            }
            Record::Showing(key) => self.stage = Stage::Showing(key),
            Record::Shown { key, text, error } => self.shown(key, text, error),
            Record::Class(_) | Record::Described { .. } => {}
            Record::Done => return Ok(true),
            Record::Broken { error } => {
                return Err(AskError::Lost {
                    how: format!("raised {}", said(&error)),
                });
            }
        }
        Ok(false)
    }
}

impl Sitting<'_, '_> {
    fn shown(&mut self, key: AttributeKey, text: Option<String>, error: Option<Raised>) {
        let end = End {
            shown: text,
            failure: error.map(Failure::Raised),
        };
        self.found.ends.insert(key, end);
        self.stage = Stage::Looking;
        self.shown += 1;
        (self.tell)(self.found.ends.len(), self.found.attributes.len());
    }
}
