//! `Complaint`: what a message of CPython complains of, whatever version worded it (3.9 to 3.14).

use crate::semantics::Doing;
use crate::traceback::Report;

/// What an exception complains of, as far as its words tell. Classes and attributes are names, as the message has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Complaint {
    /// `type.__new__` made no class (`typeobject.c`).
    Creation,
    /// `__set_name__` of a value in a class's body raised.
    SetName {
        /// The class of the value.
        descriptor: String,
        /// The name it was bound to.
        name: String,
        /// The class that was to be made.
        owner: String,
    },
    /// An abstract class was called (`object_new`).
    Abstract {
        /// The class.
        class: String,
        /// The names that are abstract, sorted.
        names: Vec<String>,
    },
    /// `super()` or what was asked of it.
    Super(SuperFault),
    /// The arguments of a call do not fit a method (`ceval.c`), or `object`'s own methods.
    Arguments {
        /// The class as `__qualname__` has it; none before 3.10.
        class: Option<String>,
        /// The method; none for `C() takes no arguments`, which is `object`'s.
        method: Option<String>,
    },
    /// An object or a class has no attribute of that name.
    NoAttribute {
        /// The class.
        class: String,
        /// The attribute.
        name: String,
        /// Whether the class itself was asked.
        on_class: bool,
        /// Whether the message says that instances have no `__dict__` (since 3.13).
        no_dict: bool,
    },
    /// A slot that holds nothing, before 3.10: the message is its name.
    EmptySlot {
        /// The slot.
        name: String,
    },
    /// The class has a value of that name, and instances have no room for another.
    ReadOnly {
        /// The class.
        class: String,
        /// The attribute.
        name: String,
    },
    /// A property lacks a function.
    Property {
        /// The class; none before 3.11.
        class: Option<String>,
        /// The attribute; none in 3.9.
        name: Option<String>,
        /// What for.
        doing: Doing,
    },
    /// C code keeps the attribute and does not take another value (`descrobject.c`).
    NotWritable {
        /// The class that has it; none where the message names none.
        class: Option<String>,
        /// The attribute, where the message names it.
        name: Option<String>,
    },
    /// A type made in C is to be changed.
    Immutable {
        /// The type.
        class: String,
        /// The attribute; none in 3.9.
        name: Option<String>,
    },
    /// A field of a frozen dataclass is to be changed.
    Frozen {
        /// The field.
        name: String,
    },
    /// A member of an enumeration is to be replaced or deleted.
    Member {
        /// The member; none before 3.11.
        name: Option<String>,
    },
    /// `functools.cached_property` finds no `__dict__` to keep a value in.
    NoCache {
        /// The class.
        class: String,
        /// The attribute.
        name: String,
    },
    /// Nothing whose words speak of a class. It may come of a class statement all the same: its frames tell.
    Other,
}

/// What is wrong with a `super()`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuperFault {
    /// The function that calls it has no first argument, or none any more.
    NoArguments,
    /// The function that calls it stands in no class statement.
    NoCell,
    /// Its class was not made yet when it was called.
    EmptyCell,
    /// The object is none of the class. Both are named since 3.13.
    NoInstance {
        /// The class of the object, or the object where it is a class.
        of: Option<String>,
        /// The class that `super()` looks behind.
        class: Option<String>,
    },
    /// No class behind it has the name.
    NoAttribute {
        /// The name.
        name: String,
    },
    /// Its first argument is no class.
    NoType,
}

/// Words with which `type.__new__` refuses a class.
const CREATION: &[&str] = &[
    "Cannot create a consistent method resolution",
    "metaclass conflict: ",
    "multiple bases have instance lay-out conflict",
    "duplicate base class ",
    "nonempty __slots__ not supported for subtype of ",
    "__slots__ must be identifiers",
    "__slots__ items must be strings",
    "__dict__ slot disallowed: ",
    "__weakref__ slot disallowed: ",
    "type MRO must not be empty",
    "mro() returned ",
    "MRO entry resolution",
    "__mro_entries__ must return a tuple",
    "metaclass.__prepare__() must return ",
    "__classcell__ ",
    "type() doesn't support MRO entry resolution",
];

/// Words inside of a message with which `type.__new__` refuses a class.
const CREATION_WITHIN: &[&str] = &[
    " is not an acceptable base type",
    " in __slots__ conflicts with class variable",
    "__prepare__() must return a mapping",
];

impl Report {
    /// What it complains of.
    pub fn complaint(&self) -> Complaint {
        let note = self.notes.iter().find_map(|note| set_name(note));
        if let Some(complaint) = note.or_else(|| set_name(&self.message)) {
            return complaint;
        }
        let message = self.message.as_str();
        let message = message.lines().next().unwrap_or(message).trim_end();
        let found = match self.name() {
            "TypeError" => of_type_error(message),
            "AttributeError" | "FrozenInstanceError" => of_attribute_error(message),
            "RuntimeError" => of_runtime_error(message),
            "ValueError" if is_creation(message) => Some(Complaint::Creation),
            _ => None,
        };
        // Of what a summary has cut the beginning may be enough.
        let found = found.or_else(|| {
            let begins = |words: &&str| message.len() > 12 && words.starts_with(message);
            let is_begun = self.is_cut && self.name() == "TypeError" && CREATION.iter().any(begins);
            is_begun.then_some(Complaint::Creation)
        });
        found.unwrap_or(Complaint::Other)
    }
}

fn is_creation(message: &str) -> bool {
    CREATION.iter().any(|words| message.starts_with(words))
        || CREATION_WITHIN.iter().any(|words| message.contains(words))
}

/// `Error calling __set_name__ on 'Field' instance 'x' in 'Form'`.
fn set_name(message: &str) -> Option<Complaint> {
    let rest = message.strip_prefix("Error calling __set_name__ on '")?;
    let (descriptor, rest) = rest.split_once("' instance '")?;
    let (name, owner) = rest.split_once("' in '")?;
    Some(Complaint::SetName {
        descriptor: descriptor.to_owned(),
        name: name.to_owned(),
        owner: owner.trim_end().strip_suffix('\'')?.to_owned(),
    })
}

fn of_type_error(message: &str) -> Option<Complaint> {
    if is_creation(message) {
        return Some(Complaint::Creation);
    }
    abstract_class(message)
        .or_else(|| of_super(message).map(Complaint::Super))
        .or_else(|| no_cache(message))
        .or_else(|| immutable(message))
        .or_else(|| arguments(message))
}

/// `Can't instantiate abstract class C with abstract methods a, b` (up to 3.11), `… without an implementation for abstract methods 'a', 'b'`.
fn abstract_class(message: &str) -> Option<Complaint> {
    let rest = message.strip_prefix("Can't instantiate abstract class ")?;
    let (class, rest) = rest.split_once(" with").unwrap_or((rest, ""));
    let names = ["abstract methods ", "abstract method "]
        .iter()
        .find_map(|words| rest.split_once(words));
    let names = names.map_or("", |(_, names)| names);
    Some(Complaint::Abstract {
        class: class.trim().to_owned(),
        names: names
            .split(", ")
            .map(|name| name.trim().trim_matches('\''))
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
    })
}

fn of_super(message: &str) -> Option<SuperFault> {
    if let Some(rest) = message.strip_prefix("super(type, obj): obj ") {
        let named = || {
            let rest = rest
                .strip_prefix("(instance of ")
                .or_else(|| rest.strip_prefix("(type "))?;
            let (of, rest) = rest.split_once(") is not an instance or subtype of type (")?;
            Some((of.to_owned(), rest.split(')').next()?.to_owned()))
        };
        let (of, class) = named().unzip();
        return Some(SuperFault::NoInstance { of, class });
    }
    let fault = match message.strip_prefix("super()")? {
        ": no arguments" | ": arg[0] deleted" => SuperFault::NoArguments,
        ": __class__ cell not found" | ": bad __class__ cell" => SuperFault::NoCell,
        ": empty __class__ cell" => SuperFault::EmptyCell,
        rest if rest.starts_with(" argument 1 must be")
            || rest.starts_with(": __class__ is not") =>
        {
            SuperFault::NoType
        }
        _ => return None,
    };
    Some(fault)
}

/// `No '__dict__' attribute on 'C' instance to cache 'x' property.`
fn no_cache(message: &str) -> Option<Complaint> {
    let rest = message.strip_prefix("No '__dict__' attribute on '")?;
    let (class, rest) = rest.split_once("' instance to cache '")?;
    Some(Complaint::NoCache {
        class: class.to_owned(),
        name: rest.split('\'').next()?.to_owned(),
    })
}

/// `cannot set 'x' attribute of immutable type 'int'`, in 3.9 `can't set attributes of built-in/extension type 'int'`.
fn immutable(message: &str) -> Option<Complaint> {
    if let Some(rest) = message.strip_prefix("can't set attributes of built-in/extension type '") {
        return Some(Complaint::Immutable {
            class: rest.trim_end_matches('\'').to_owned(),
            name: None,
        });
    }
    let rest = message
        .strip_prefix("cannot set '")
        .or_else(|| message.strip_prefix("cannot delete '"))?;
    let (name, rest) = rest.split_once("' attribute of immutable type '")?;
    Some(Complaint::Immutable {
        class: rest.trim_end_matches('\'').to_owned(),
        name: Some(name.to_owned()),
    })
}

/// Words that stand behind a callable whose arguments do not fit.
const ARGUMENTS: &[&str] = &[
    "() takes ",
    "() missing ",
    "() got an unexpected keyword argument",
    "() got multiple values for ",
    "() got some positional-only arguments ",
    "() got multiple values for keyword",
];

fn arguments(message: &str) -> Option<Complaint> {
    let (callee, after) = ARGUMENTS
        .iter()
        .filter_map(|words| message.find(words).map(|at| (at, *words)))
        .min()
        .map(|(at, words)| (&message[..at], &message[at + words.len()..]))?;
    if callee.is_empty() || callee.contains(char::is_whitespace) {
        return None;
    }
    if message.contains("() takes no arguments") && after.starts_with("no arguments") {
        // `C() takes no arguments`: `object.__new__` and `object.__init__` say it of the class; of a function it is `takes 0 positional`.
        return Some(Complaint::Arguments {
            class: Some(callee.to_owned()),
            method: None,
        });
    }
    Some(match callee.rsplit_once('.') {
        Some((class, method)) => Complaint::Arguments {
            class: Some(class.to_owned()),
            method: Some(method.to_owned()),
        },
        None if callee.starts_with("__") => Complaint::Arguments {
            class: None,
            method: Some(callee.to_owned()),
        },
        // A function, or, before 3.10, any method: its frames tell which.
        None => Complaint::Arguments {
            class: None,
            method: Some(callee.to_owned()),
        },
    })
}

fn of_attribute_error(message: &str) -> Option<Complaint> {
    // A suggestion is printed behind any message (since 3.10).
    let message = message.split(". Did you mean: ").next().unwrap_or(message);
    if let Some(name) = quoted(message, "'super' object has no attribute '") {
        return Some(Complaint::Super(SuperFault::NoAttribute { name }));
    }
    no_attribute(message)
        .or_else(|| property(message))
        .or_else(|| not_writable(message))
        .or_else(|| enumeration(message))
        .or_else(|| {
            let frozen = quoted(message, "cannot assign to field '")
                .or_else(|| quoted(message, "cannot delete field '"));
            frozen.map(|name| Complaint::Frozen { name })
        })
        .or_else(|| {
            let is_name = !message.is_empty()
                && message
                    .chars()
                    .all(|char| char.is_alphanumeric() || char == '_')
                && !message.starts_with(|char: char| char.is_ascii_digit());
            is_name.then(|| Complaint::EmptySlot {
                name: message.to_owned(),
            })
        })
}

/// What stands between a beginning and the next quote.
fn quoted(message: &str, start: &str) -> Option<String> {
    let rest = message.strip_prefix(start)?;
    Some(rest.split('\'').next()?.to_owned())
}

fn no_attribute(message: &str) -> Option<Complaint> {
    let (rest, on_class) = match message.strip_prefix("type object '") {
        Some(rest) => (rest, true),
        None => (message.strip_prefix('\'')?, false),
    };
    if !on_class
        && let Some((class, rest)) = rest.split_once("' object attribute '")
        && rest.contains("' is read-only")
    {
        return Some(Complaint::ReadOnly {
            class: class.to_owned(),
            name: rest.split('\'').next()?.to_owned(),
        });
    }
    let words = if on_class {
        "' has no attribute '"
    } else {
        "' object has no attribute '"
    };
    let (class, rest) = rest.split_once(words)?;
    let (name, rest) = rest.split_once('\'')?;
    Some(Complaint::NoAttribute {
        class: class.to_owned(),
        name: name.to_owned(),
        on_class,
        no_dict: rest.contains("no __dict__ for setting"),
    })
}

fn property(message: &str) -> Option<Complaint> {
    if let Some(rest) = message.strip_prefix("property ") {
        let (name, rest) = match rest.strip_prefix('\'') {
            Some(rest) => {
                let (name, rest) = rest.split_once("' ")?;
                (Some(name.to_owned()), rest)
            }
            None => (None, rest),
        };
        let rest = rest.strip_prefix("of '")?;
        let (class, rest) = rest.split_once("' object has no ")?;
        let doing = match rest.split_whitespace().next()? {
            "getter" => Doing::Reading,
            "setter" => Doing::Writing,
            "deleter" => Doing::Deleting,
            _ => return None,
        };
        return Some(Complaint::Property {
            class: Some(class.to_owned()),
            name,
            doing,
        });
    }
    let words = [
        ("can't set attribute", Doing::Writing),
        ("can't delete attribute", Doing::Deleting),
        ("unreadable attribute", Doing::Reading),
    ];
    words.into_iter().find_map(|(words, doing)| {
        let rest = message.strip_prefix(words)?;
        let name = rest.trim().trim_matches('\'');
        (rest.is_empty() || rest.starts_with(" '")).then(|| Complaint::Property {
            class: None,
            name: (!name.is_empty()).then(|| name.to_owned()),
            doing,
        })
    })
}

fn not_writable(message: &str) -> Option<Complaint> {
    if message == "readonly attribute" {
        return Some(Complaint::NotWritable {
            class: None,
            name: None,
        });
    }
    let rest = message.strip_prefix("attribute '")?;
    let (name, rest) = rest.split_once("' of '")?;
    let (class, rest) = rest.split_once("' objects ")?;
    rest.starts_with("is not").then(|| Complaint::NotWritable {
        class: Some(class.to_owned()),
        name: Some(name.to_owned()),
    })
}

fn enumeration(message: &str) -> Option<Complaint> {
    let name = quoted(message, "cannot reassign member '");
    let is_member = name.is_some()
        || message.starts_with("Cannot reassign members")
        || message.contains("cannot delete Enum member")
        || message.contains(" cannot delete member '");
    is_member.then_some(Complaint::Member { name })
}

fn of_runtime_error(message: &str) -> Option<Complaint> {
    of_super(message).map(Complaint::Super)
}
