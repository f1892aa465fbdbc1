//! Which functions begin while class statements execute, in order, and in which step of them: a log, from which it is told what a statement runs.
//!
//! It is only written while a class statement is open. What was tried and undone is taken out of it again; where a decision could not be made,
//! or something on the way could not be followed, the open statements are not known to the letter, which each notes.
//!
//! CPython leaves a statement with the first exception that nobody catches; the run goes on behind it, and what it does from there on belongs to
//! no statement that was open.

use crate::Name;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{ModuleIx, ObjectId, Value};
use crate::semantics::{ClassId, ClassPath, CreationStep};
use crate::source::Place;

/// How many happenings are noted in all …
const MOST: usize = 1 << 21;
/// … how many of one statement …
const MOST_OF_ONE: usize = 1 << 13;
/// … and how many statements.
const MOST_STATEMENTS: usize = 1 << 17;

/// Something that happens while a class statement executes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Happening {
    /// How many calls it stands in.
    pub depth: u16,
    pub what: What,
}

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// A function with source begins.
    Function(ObjectId),
    /// A step of a statement, or of a class that is made by a call.
    Step(CreationStep),
    /// Another class statement begins, or ends.
    Begin(u32),
    End,
}

/// With what a statement ends.
#[derive(Debug, Clone)]
pub(crate) struct Ending {
    /// The exception's class and its text, as far as they are known; none where nothing is raised.
    pub raised: Option<(Name, Option<String>)>,
    /// Whether all of it could be followed.
    pub is_exact: bool,
}

/// A class statement that was executed.
#[derive(Debug)]
pub(crate) struct Statement {
    pub path: ClassPath,
    pub module: ModuleIx,
    pub place: Option<Place>,
    /// Whether it stands in a function, which somebody has called.
    pub is_local: bool,
    /// Whether it is no statement, but a call that makes a class: `type("C", (), {})` outside of every class statement.
    pub is_call: bool,
    /// The metaclass that was chosen.
    pub metaclass: Option<Value>,
    /// How many names its body has bound.
    pub names: Option<usize>,
    /// Which happenings are its own.
    pub happenings: std::ops::Range<u32>,
    pub ending: Ending,
    /// Which gaps were met while it executed.
    pub gaps: std::ops::Range<usize>,
    /// What its name was bound to.
    pub bound: Option<Value>,
    /// The class that came of it, with the exception it ends with also one that is not to be seen.
    pub class: Option<ClassId>,
    /// The name of the type of the namespace that a `__prepare__` gave.
    pub prepared: Option<Name>,
    /// What `__init_subclass__` is given.
    pub keywords: Vec<(Name, Value)>,
    /// What each decorator gave, in the order in which they were called, and whether that is what it was handed.
    pub decorated: Vec<(Value, bool)>,
}

impl Statement {
    /// One of which nothing is known yet but what it is to make, and where.
    pub(crate) fn new(path: ClassPath, module: ModuleIx, place: Option<Place>) -> Self {
        Self {
            path,
            module,
            place,
            is_local: false,
            is_call: false,
            metaclass: None,
            names: None,
            happenings: 0..0,
            ending: Ending {
                raised: None,
                is_exact: false,
            },
            gaps: 0..0,
            bound: None,
            class: None,
            prepared: None,
            keywords: vec![],
            decorated: vec![],
        }
    }
}

/// A statement that executes now.
#[derive(Debug)]
struct Open {
    /// Which statement; none where something else is watched.
    statement: Option<u32>,
    first: u32,
    losses: u32,
    /// What else told of something that could not be followed when it began.
    before: Marks,
    /// In how many calls it stands, and its step that runs now.
    calls: u32,
    step: Option<CreationStep>,
    /// How it ended where the run went on behind that, and how far the log was then.
    ended: Option<(Ending, u32)>,
}

/// What is compared to learn whether something on the way could not be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marks {
    pub undecided: u32,
    pub unknowns: usize,
    /// Who stands ready for exceptions, in all modules.
    pub handlers: (u32, u32),
}

/// The log.
#[derive(Debug, Default)]
pub(crate) struct Started {
    log: Vec<Happening>,
    open: Vec<Open>,
    pub statements: Vec<Statement>,
    losses: u32,
    is_paused: bool,
}

impl Started {
    /// Whether something is watched now.
    pub(crate) fn is_watching(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether another statement can be noted.
    pub(crate) fn has_room(&self) -> bool {
        self.statements.len() < MOST_STATEMENTS
    }

    /// Notes something, where a statement is open.
    pub(crate) fn note(&mut self, depth: u32, what: What) {
        if let (What::Step(step), Some(open)) = (what, self.open.last_mut()) {
            open.step = Some(step);
        }
        let Some(open) = self.open.first() else {
            return;
        };
        if self.is_paused {
            return;
        }
        if self.log.len() >= MOST || self.log.len() - open.first as usize >= MOST_OF_ONE {
            self.losses += 1;
            return;
        }
        self.log.push(Happening {
            depth: depth.min(u32::from(u16::MAX)) as u16,
            what,
        });
    }

    /// Something was not followed: of what is open now it is not known to the letter what it runs.
    pub(crate) fn lose(&mut self) {
        self.losses += 1;
    }

    /// Leaves out what begins from here on, or not any more; returns what was so before.
    pub(crate) fn pause(&mut self, is_paused: bool) -> bool {
        std::mem::replace(&mut self.is_paused, is_paused)
    }

    /// A statement begins, within so many calls.
    pub(crate) fn begin(&mut self, depth: u32, calls: usize, statement: Statement, before: Marks) {
        let index = self.statements.len() as u32;
        if !self.open.is_empty() {
            self.note(depth, What::Begin(index));
        }
        self.statements.push(statement);
        self.watch(Some(index), before);
        if let Some(open) = self.open.last_mut() {
            open.calls = calls as u32;
        }
    }

    /// The statement that is open, the innermost, with the number of calls it stands in and its step that runs now.
    pub(super) fn innermost(&self) -> Option<(u32, u32, Option<CreationStep>)> {
        let open = self.open.last()?;
        Some((open.statement?, open.calls, open.step))
    }

    /// Where the call stands that makes a class of this name, outside of every class statement; none where none does.
    pub(crate) fn call_that_makes(&self, name: &str) -> Option<Place> {
        let statement = self.open.last()?.statement?;
        let statement = self.statements.get(statement as usize)?;
        let is_it = statement.is_call && statement.path.qualname == name;
        statement.place.filter(|_| is_it)
    }

    /// Where a statement stands.
    pub(super) fn place_of(&self, statement: u32) -> Option<Place> {
        self.statements.get(statement as usize)?.place
    }

    /// Something begins of which it is wanted what it runs.
    pub(crate) fn watch(&mut self, statement: Option<u32>, before: Marks) {
        self.open.push(Open {
            statement,
            first: self.log.len() as u32,
            losses: self.losses,
            before,
            calls: 0,
            step: None,
            ended: None,
        });
    }

    /// What is open now ends here with an exception that nobody catches, behind which the run goes on. Where it is not certain that it is
    /// raised, what is open is not known.
    pub(crate) fn end_open(&mut self, raised: Option<&(Name, Option<String>)>, now: Marks) {
        let end = self.log.len() as u32;
        let mut is_lost = raised.is_none();
        for open in self.open.iter_mut().filter(|it| it.ended.is_none()) {
            if raised.is_none() || open.before.handlers != now.handlers {
                is_lost = true;
                continue;
            }
            let is_exact = open.losses == self.losses && open.before == now;
            let raised = raised.cloned();
            open.ended = Some((Ending { raised, is_exact }, end));
        }
        self.losses += u32::from(is_lost);
    }

    /// The statement that is open, the innermost.
    pub(crate) fn current(&mut self) -> Option<&mut Statement> {
        let open = self.open.last().filter(|it| it.ended.is_none())?;
        self.statements.get_mut(open.statement? as usize)
    }

    /// What was begun last ends, like this unless it has ended before.
    pub(crate) fn end(&mut self, depth: u32, mut ending: Ending, now: Marks) -> Option<usize> {
        let open = self.open.pop()?;
        ending.is_exact &= open.losses == self.losses && open.before == now;
        let (ending, end) = open.ended.unwrap_or((ending, self.log.len() as u32));
        let index = open.statement? as usize;
        let statement = self.statements.get_mut(index)?;
        statement.ending = ending;
        statement.happenings = open.first..end;
        self.note(depth, What::End);
        Some(index)
    }

    /// What was watched ends: what has happened, and whether all of it could be followed.
    pub(crate) fn end_watch(&mut self, now: Marks) -> (Vec<Happening>, bool) {
        let Some(open) = self.open.pop() else {
            return (vec![], false);
        };
        let happened = self.log.get(open.first as usize..).unwrap_or_default();
        let is_exact = open.ended.is_none() && open.losses == self.losses && open.before == now;
        (happened.to_vec(), is_exact)
    }

    /// What happened in a statement.
    pub(crate) fn of(&self, statement: &Statement) -> &[Happening] {
        let range = statement.happenings.start as usize..statement.happenings.end as usize;
        self.log.get(range).unwrap_or_default()
    }

    /// Gives back the room that it does not need.
    pub(super) fn shrink_to_fit(&mut self) {
        self.log.shrink_to_fit();
        self.statements.shrink_to_fit();
    }

    /// How far the log is.
    pub(super) fn mark(&self) -> (usize, usize) {
        (self.log.len(), self.statements.len())
    }

    /// Takes out what was tried since.
    pub(super) fn back_to(&mut self, (log, statements): (usize, usize)) {
        if self.log.len() != log || self.statements.len() != statements {
            self.log.truncate(log);
            self.statements.truncate(statements);
            self.losses += 1;
        }
    }
}

impl Run<'_, '_> {
    /// Notes that a function with source begins: its arguments fit, and its body runs next.
    pub(crate) fn begins(&mut self, function: ObjectId) {
        self.started.note(self.depth, What::Function(function));
    }
}
