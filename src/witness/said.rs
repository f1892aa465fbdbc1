//! What an interpreter says, record by record, as `witness.py` writes it.

use serde::Deserialize;

use crate::semantics::MemberKind;

/// One answer.
#[derive(Debug, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(super) enum Record {
    /// It is ready, and this is who it is.
    Hello(Greeting),
    /// It imports a module; without a name, it runs the set-up.
    Begin {
        /// The module's dotted name.
        module: String,
    },
    /// A module was imported.
    Imported {
        /// The module's dotted name.
        module: String,
        /// Its `__file__`.
        file: Option<String>,
    },
    /// A module, or the set-up, raised.
    Failed {
        /// The module's dotted name.
        module: String,
        /// What it raised.
        error: Raised,
    },
    /// The time for imports is over.
    Late,
    /// Imports are done; it looks at the classes.
    Asking,
    /// A class.
    Class(SaidClass),
    /// Modules and their classes, in the form of a table.
    Described {
        /// What `collect.py` says of them.
        description: serde_json::Value,
    },
    /// The class whose values were asked for is not alive.
    Absent,
    /// The MRO of the class whose values are asked for: modules and qualified names.
    Ancestry {
        /// From the class to `object`.
        classes: Vec<(Option<String>, String)>,
    },
    /// An attribute of that class, before its value is shown.
    Attribute(SaidAttribute),
    /// It begins to show a value.
    Showing(AttributeKey),
    /// It has shown a value.
    Shown {
        /// Which.
        #[serde(flatten)]
        key: AttributeKey,
        /// Its bounded repr.
        text: Option<String>,
        /// What a `__repr__` raised on the way.
        error: Option<Raised>,
    },
    /// That was all.
    Done,
    /// Our own side of the conversation failed.
    Broken {
        /// What it raised.
        error: Raised,
    },
}

/// Who answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Greeting {
    /// Its version with the patch number: `3.13.0`.
    pub version: String,
    /// The day it answers.
    pub date: String,
    /// `sys.platform`.
    pub platform: String,
    /// `sys.implementation.name`.
    pub implementation: String,
    /// `sys.prefix`.
    pub prefix: String,
}

/// An exception that left a module.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Raised {
    /// The exception's class, by its qualified name.
    pub kind: String,
    /// Its message.
    pub message: String,
    /// The lines that led to it, the outermost first.
    pub frames: Vec<Frame>,
}

/// One line of a traceback: module of the project if it is in one, file, line, name of the code, first line of the code.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Frame(
    /// The module of the project whose file it is.
    pub Option<String>,
    /// The file.
    pub String,
    /// The line, from 1.
    pub u32,
    /// The name of the code: `<module>`, a function, a class body.
    pub String,
    /// The line at which the code begins.
    pub u32,
);

/// A class, as the interpreter has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SaidClass {
    /// `__module__`; none where that is no string.
    pub module: Option<String>,
    /// `__qualname__`.
    pub qualname: String,
    /// `__mro__`, as positions among all that were said; empty for classes that only stand in another's.
    pub mro: Vec<i64>,
    /// `type(cls)`, in the same way.
    pub metaclass: i64,
    /// `__firstlineno__`, which 3.13 and later have.
    pub first: Option<u32>,
    /// Where the functions in its namespace begin: module of the project, line.
    pub lines: Vec<(String, u32)>,
    /// The modules and names it is bound to.
    pub found: Vec<(String, String)>,
    /// Whether it is one of the project's.
    pub own: bool,
    /// Whether that is only known from a name it is bound to: it may come from anywhere.
    pub stray: bool,
}

impl SaidClass {
    /// Its name, as it says it itself.
    pub fn path(&self) -> String {
        format!(
            "{}:{}",
            self.module.as_deref().unwrap_or("?"),
            self.qualname
        )
    }
}

/// Which attribute: the position in the MRO of the class that has it, and its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub(super) struct AttributeKey {
    /// The position.
    pub(super) class: usize,
    /// The name.
    pub(super) name: String,
}

/// An attribute of a class, and what its value is by the value's class alone.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct SaidAttribute {
    /// Which.
    #[serde(flatten)]
    pub(super) key: AttributeKey,
    /// What kind of object its value is.
    pub(super) kind: MemberKind,
    /// `__module__` of the value's class.
    pub(super) module: Option<String>,
    /// `__qualname__` of the value's class.
    pub(super) qualname: String,
}

/// Why a module was not imported, or a value not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// It raised.
    Raised(Raised),
    /// It took longer than modules are given.
    Hung {
        /// How long that is, in seconds.
        seconds: u64,
    },
    /// The interpreter ended while it was imported.
    Ended {
        /// How, in words: `by signal 11`, `with exit code 3`.
        how: String,
    },
    /// It was not its turn before the time was over, or the interpreter had been lost too often.
    NotReached,
    /// It is run, and never imported: `__main__`.
    NotImported,
    /// A tool runs it, and it may change what everybody else's modules are: `setup.py`, `conftest.py`.
    OfTool,
    /// Python finds another file under its name.
    Elsewhere {
        /// Which.
        file: String,
    },
}
