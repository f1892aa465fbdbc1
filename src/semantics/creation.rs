//! What a class statement runs: its steps, and the functions that begin in each, in order.

use crate::Name;
use crate::semantics::{ClassId, ClassPath, Gap};
use crate::source::Place;

/// A step of a class statement, or of the making of a class on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CreationStep {
    /// The expressions behind `@` are evaluated.
    Decorators,
    /// The bases and keywords are.
    Bases,
    /// `__mro_entries__` of what is no class among the bases.
    MroEntries,
    /// The metaclass is chosen: `__prepare__` is asked for the namespace.
    Prepare,
    /// The body runs.
    Body,
    /// The metaclass is called, or what stands in its place.
    Call,
    /// The `__new__` of a metaclass.
    New(ClassId),
    /// `type.__new__` has made this class, and runs its hooks.
    TypeNew(ClassId),
    /// `mro()` of a metaclass.
    Mro(ClassId),
    /// `__set_name__` of an object of this class.
    SetName(ClassId),
    /// `__init_subclass__`, which this class gives.
    InitSubclass(ClassId),
    /// The `__init__` of a metaclass.
    Init(ClassId),
    /// A decorator is called, the how manieth from below.
    Decorate(u32),
    /// A hook of this name that a class of the standard library gives: what it does is told, the functions that it calls are not.
    Library(ClassId, &'static str),
}

impl CreationStep {
    /// The class it speaks of.
    pub fn class(self) -> Option<ClassId> {
        match self {
            Self::New(class)
            | Self::TypeNew(class)
            | Self::Mro(class)
            | Self::SetName(class)
            | Self::InitSubclass(class)
            | Self::Init(class)
            | Self::Library(class, _) => Some(class),
            Self::Decorators
            | Self::Bases
            | Self::MroEntries
            | Self::Prepare
            | Self::Body
            | Self::Call
            | Self::Decorate(_) => None,
        }
    }

    /// The same step of any class.
    #[must_use]
    pub fn without_class(self) -> Self {
        let any = ClassId(0);
        match self {
            Self::New(_) => Self::New(any),
            Self::TypeNew(_) => Self::TypeNew(any),
            Self::Mro(_) => Self::Mro(any),
            Self::SetName(_) => Self::SetName(any),
            Self::InitSubclass(_) => Self::InitSubclass(any),
            Self::Init(_) => Self::Init(any),
            Self::Decorate(_) => Self::Decorate(0),
            Self::Library(_, name) => Self::Library(any, name),
            other => other,
        }
    }

    /// Whether one function is called in it, which somebody wrote for that.
    pub fn has_hook(self) -> bool {
        !matches!(
            self,
            Self::Decorators | Self::Bases | Self::Body | Self::TypeNew(_) | Self::Library(..)
        )
    }
}

/// Something that happens on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreationEvent {
    /// How many calls it stands in.
    pub depth: u32,
    /// What happens.
    pub does: CreationDoes,
}

/// What happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreationDoes {
    /// A step begins.
    Step(CreationStep),
    /// A function with source begins.
    Call {
        /// The module that defines it.
        module: Name,
        /// Its qualified name.
        qualname: Name,
        /// Its name in its `def` statement.
        place: Option<Place>,
        /// Whether it is a `lambda`.
        is_lambda: bool,
    },
    /// Another class statement begins.
    Statement {
        /// Of which class.
        path: ClassPath,
        /// Where.
        place: Option<Place>,
    },
    /// That class statement ends.
    End,
}

/// What something runs, and how it ends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    /// What happens, in order.
    pub events: Vec<CreationEvent>,
    /// The exception's class and its message, where one is raised; the message alone is missing where it is not known.
    pub raised: Option<(Name, Option<String>)>,
    /// Whether all of it could be followed.
    pub is_exact: bool,
    /// The first thing on the way that is not known, where one is the reason that not all of it could be followed.
    pub doubt: Option<Gap>,
}

impl Course {
    /// The functions that begin, by qualified name; a `lambda` has none of its own.
    pub fn calls(&self) -> impl Iterator<Item = &Name> {
        self.events.iter().filter_map(|event| match &event.does {
            CreationDoes::Call {
                qualname,
                is_lambda: false,
                ..
            } => Some(qualname),
            _ => None,
        })
    }
}

/// What a class statement ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creation {
    /// The class it is to make.
    pub path: ClassPath,
    /// The statement, from the word `class` on.
    pub place: Option<Place>,
    /// Whether it stands in a function, which somebody has called.
    pub is_local: bool,
    /// Whether it is no statement, but a call that makes a class outside of every class statement: then `place` is the call.
    pub is_call: bool,
    /// The metaclass that was chosen; none where it came to no choice.
    pub metaclass: Option<Given>,
    /// How many names the body has bound, besides those that the compiler binds; none where it did not come to its end.
    pub names: Option<usize>,
    /// The class that came of it.
    pub class: Option<ClassId>,
    /// What it ran.
    pub course: Course,
    /// What its name is bound to, in words; none where it raises.
    pub gives: Option<Given>,
    /// The type of the namespace that a `__prepare__` gave.
    pub prepared: Option<Name>,
    /// What `__init_subclass__` was given, values as they are shown.
    pub keywords: Vec<(Name, Name)>,
    /// What each decorator gave, the lowest first, and whether that is what it was handed.
    pub decorated: Vec<(Given, bool)>,
}

/// What a call gives, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// A class.
    Class(ClassId),
    /// Something else, of this type.
    Other(Name),
    /// Something that is not known.
    Unknown,
}

/// What there is to say of how a class came about, and of calling it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassStory {
    /// The statement that made it, or that executed while a call made it; none where it was not watched.
    pub creation: Option<Creation>,
    /// What calling the class without arguments runs.
    pub called: Course,
    /// How many functions begin in all class statements of the project, and in the calls that make classes; how many statements and calls these
    /// are.
    pub of_project: (usize, usize),
}

/// What class statements cost when modules are imported: the functions with source that begin.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Costs {
    /// How many class statements of the project were executed …
    pub statements: usize,
    /// … and how many classes calls have made besides them.
    pub by_calls: usize,
    /// Of how many of both all is known that they run.
    pub exact: usize,
    /// The first of the others: the class, the statement, and what on its way is not known, as far as that can be said.
    pub open: Vec<(ClassPath, Option<Place>, Option<Gap>)>,
    /// How many functions began in them.
    pub calls: usize,
    /// By whom, the most first.
    pub hooks: Vec<Hook>,
}

/// Who makes calls while classes are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// In which step; of those with a class, one of them.
    pub step: CreationStep,
    /// The function that is called in it: its module, its qualified name, its place. None for what the statement itself calls.
    pub function: Option<(Name, Name, Option<Place>)>,
    /// How many functions begin in it, itself included.
    pub calls: usize,
    /// In how many class statements.
    pub statements: usize,
}
