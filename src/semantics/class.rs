//! What a class object is, here: the words every other part of the program uses for one.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::Name;
use crate::semantics::{Gap, Standing};
use crate::source::Place;
use crate::syntax::Method;

/// Which class of an analysis: an index into its [`Classes`]. The interpreter's own classes come first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct ClassId(pub u32);

/// The name of a class that no other statement shares: `shop.cart:Cart.Item`, `app:make.<locals>.Local`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassPath {
    /// The dotted name of the module whose code makes it.
    pub module: Name,
    /// `__qualname__`: the way from the module to the class.
    pub qualname: Name,
}

impl ClassPath {
    /// Joins a module and a qualified name.
    pub fn new(module: impl Into<Name>, qualname: impl Into<Name>) -> Self {
        Self {
            module: module.into(),
            qualname: qualname.into(),
        }
    }

    /// `__name__`: the last part of the qualified name.
    pub fn name(&self) -> &str {
        self.qualname.rsplit('.').next().unwrap_or(&self.qualname)
    }
}

impl fmt::Display for ClassPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.module, self.qualname)
    }
}

impl FromStr for ClassPath {
    type Err = ();

    /// Reads `module:qualname`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (module, qualname) = text.split_once(':').ok_or(())?;
        if module.is_empty() || qualname.is_empty() {
            Err(())
        } else {
            Ok(Self::new(module, qualname))
        }
    }
}

/// Everything known of one class statement, call, or class of the interpreter.
#[derive(Debug, Clone)]
pub struct Class {
    /// Its name.
    pub path: ClassPath,
    /// What made it.
    pub origin: Origin,
    /// What came of making it.
    pub outcome: Outcome,
    /// Its own namespace (`__dict__`), in order; those of an interpreter's class are read when asked for.
    pub members: OnceLock<Members>,
    /// What the methods of its statement give their receivers.
    pub assigned: OnceLock<Box<[Assigned]>>,
    /// What its body annotates without giving it a value.
    pub annotated: OnceLock<Box<[Annotated]>>,
    /// Which `__init_subclass__` functions heard of it when it was made; not set where that was not watched.
    pub heard: OnceLock<Heard>,
    /// Each `def` of its body, in order of their names, then of the source; private names are mangled.
    pub methods: OnceLock<Box<[Method]>>,
    /// How sure the outcome is.
    pub standing: Standing,
    /// What a decorator of its statement raises once it is made: then no name is bound to it.
    pub refused: Option<Box<Raised>>,
    /// Whether its metaclass derives from `ABCMeta`, but has called `type.__new__` past `ABCMeta.__new__`: then it is never abstract.
    ///
    /// ```py
    /// class Meta(ABCMeta):
    ///     def __new__(mcls, name, bases, namespace):
    ///         return type.__new__(mcls, name, bases, namespace)
    /// ```
    pub skips_abc: bool,
    /// What `ABCMeta` found to be abstract when it made the class; what is set on the class later changes nothing of that. None where that was
    /// not noted.
    ///
    /// ```py
    /// class Late(Shape): ...
    /// Late.area = lambda self: 1.0      # `Late()` raises all the same
    /// ```
    pub abstract_left: Option<Box<[Name]>>,
    /// The statement that raises before an import comes to this one, where none comes to it.
    pub not_reached: Option<ClassId>,
    /// The innermost call in the project's own code that came to it, where it is made by a function of another's.
    pub called_from: Option<Place>,
}

/// Which `__init_subclass__` functions began while a class was made.
///
/// ```py
/// class Journal:
///     def __init_subclass__(cls): ...
/// class Coloured:
///     def __init_subclass__(cls): ...     # does not call on
/// class Basket(Coloured, Journal): ...    # `Journal` never hears of it
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heard {
    /// Their names in their `def` statements.
    pub by: Box<[Place]>,
    /// Whether all that ran then could be followed: what is not among them did not begin.
    pub is_exact: bool,
    /// All hooks with source that began while it was made, in order: those of its metaclass, `__set_name__`, `__init_subclass__`,
    /// decorators; each with its name in its `def` statement.
    pub made_by: Box<[(Name, Place)]>,
}

/// What made a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A class statement.
    Statement {
        /// From the word `class` to the end of the body.
        place: Place,
        /// Offset of the first decorator, or of the word `class` where there is none.
        first: u32,
        /// The name in the statement.
        name: Place,
        /// What stands between the parentheses, without them; absent where there are none.
        arguments: Option<Place>,
    },
    /// A call such as `type("Name", bases, namespace)`.
    Call(Place),
    /// The interpreter's own table.
    Interpreter,
}

impl Origin {
    /// Where it is made, if in source.
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Statement { place, .. } | Self::Call(place) => Some(*place),
            Self::Interpreter => None,
        }
    }
}

/// What a class statement did.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// CPython makes this class.
    Created(Made),
    /// CPython raises; what derives from this class cannot exist either.
    Raises(Raised),
    /// Something it stands on is out of view.
    Unknown {
        /// What could not be followed.
        because: Vec<Gap>,
        /// The ancestors as far as the facts go, itself first. Never shown as an MRO.
        known: Vec<ClassId>,
        /// The metaclass as far as the facts go.
        metaclass: Option<ClassId>,
    },
}

/// An exception, as the interpreter words it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Raised {
    /// The exception's class: `TypeError`.
    pub kind: Name,
    /// Its message, of the version asked about.
    pub message: String,
    /// The `raise` that raised it, where code with source did.
    pub at: Option<Place>,
    /// The reason as data, where a class could not be made by `type.__new__` itself.
    pub reason: Option<Box<crate::semantics::TypeNewError>>,
    /// The statement at fault where it is another: the class this one derives from and that cannot exist.
    pub inherited_from: Option<ClassId>,
    /// The bases the statement asked for, resolved; empty where it failed before they were known.
    pub bases: Vec<ClassId>,
    /// What the written bases stand for, where a metaclass asked for others.
    pub written: Option<Vec<ClassId>>,
    /// Bases that are no classes: their position among the written ones, and what they are: `a function`, `a module`, `None`.
    pub odd_bases: Vec<(u32, String)>,
    /// Whether code stands ready for it: in a `try`, under `pytest.raises`.
    pub is_awaited: bool,
    /// Whether somebody stands ready for it: a `try`, `contextlib.suppress`, `pytest.raises`.
    pub is_caught: bool,
    /// What the class statement was at when code of another file raised it: a statement of its body, a decorator.
    pub led_by: Option<Place>,
}

impl Raised {
    /// An exception of this class with this message, of which nothing else is known.
    pub fn new(kind: &'static str, message: String) -> Self {
        Self {
            kind: Name::const_new(kind),
            message,
            ..Self::default()
        }
    }

    /// `TypeError: duplicate base class A`, on one line; the kind alone where the message is not known.
    pub fn line(&self) -> String {
        let message: Vec<&str> = self.message.split_whitespace().collect();
        if message.is_empty() {
            return self.kind.to_string();
        }
        format!("{}: {}", self.kind, message.join(" "))
    }
}

/// A class object that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// `__bases__`: what the written bases stand for.
    pub bases: Vec<ClassId>,
    /// `type(cls)`.
    pub metaclass: ClassId,
    /// `__base__`: the base whose instance layout is extended; none only for `object`.
    pub best_base: Option<ClassId>,
    /// Whose instance layout it has (PEP 800: disjoint base): itself, or an ancestor.
    pub solid_base: ClassId,
    /// `__mro__`: itself first, `object` last.
    pub mro: Box<[ClassId]>,
    /// What its instances hold besides the fields of its solid base.
    pub shape: Shape,
    /// What `__slots__` said.
    pub slots: Slots,
    /// False for `bool`, `range` and their kind: they cannot be a base.
    pub accepts_subclasses: bool,
}

/// What instances of a class have room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape {
    /// A `__dict__`.
    pub dict: bool,
    /// A `__weakref__`.
    pub weakref: bool,
    /// A size that varies by instance, as `int`, `tuple` and `bytes` have (`__itemsize__` is not 0).
    pub variable: bool,
}

/// What a class body said with `__slots__`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Slots {
    /// Nothing: instances get a `__dict__`.
    #[default]
    Absent,
    /// These names, mangled, sorted; an empty list adds nothing to the layout.
    Names(Vec<Name>),
}

/// A name that a class body annotates and that the class does not have: `x: int`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotated {
    /// Its name, mangled where it is private.
    pub name: Name,
    /// The annotation.
    pub place: Place,
}

/// An attribute that a method gives its receiver: `self.x = …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// Its name, mangled where it is private; for a name that the program computes, a pattern such as `get_{column}`.
    pub name: Name,
    /// Whether the name is such a pattern.
    pub is_pattern: bool,
    /// The method that gives it.
    pub method: Name,
    /// Whether the receiver is the class itself: in a class method.
    pub on_class: bool,
    /// The first statement or call of that method that gives it.
    pub place: Place,
}

/// A class's own namespace, in order of definition.
pub type Members = IndexMap<Name, Member, FxBuildHasher>;

/// One entry of a class's own `__dict__`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// What kind of object it is.
    pub kind: MemberKind,
    /// How attribute lookup treats it.
    pub descriptor: DescriptorKind,
    /// How it came to be there.
    pub origin: MemberOrigin,
    /// The condition on which it hangs whether it is there at all, where that could not be decided.
    pub maybe: Option<Place>,
    /// The statement that binds it, whole.
    pub place: Option<Place>,
    /// Its class, where it is a class's instance that is not a function: `builtins:property`, a user's descriptor.
    pub type_of: Option<ClassId>,
    /// The class it is, where it is one.
    pub class: Option<ClassId>,
    /// The functions it is made of, where it is none itself: the getter, setter and deleter of a property, what a decorator wraps.
    pub parts: Box<[Part]>,
    /// What decorators have put before its function.
    pub wraps: Option<Box<Wraps>>,
    /// What a function has of the one that has made it, where none is around it and it is defined elsewhere.
    pub closes: Option<Box<Closes>>,
    /// Whether its code calls `super()` for the same name.
    pub calls_super: bool,
    /// Whether `abc` counts it abstract (`__isabstractmethod__`).
    pub is_abstract: bool,
    /// Signature text, where the interpreter's table has one: `(self, key, /)`.
    pub signature: Option<Box<Name>>,
    /// One line of text that stands for the value: a bounded repr of a literal, else the source of its expression.
    pub shown: Option<Name>,
    /// How many of which a container holds whose own repr is not known: `list of 3 Truck`.
    pub holds: Option<Box<Name>>,
}

impl Member {
    /// The first function that it is made of for this.
    pub fn part(&self, role: PartRole) -> Option<&Part> {
        self.parts.iter().find(|it| it.role == role)
    }
}

/// Wrappers around a function: `wrapper of with_telemetry around process, was async`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wraps {
    /// The wrappers, the outermost first: a function and what it stands in, or the class of an object.
    pub by: Vec<Name>,
    /// The function around which they are.
    pub around: Name,
    /// What kind of function the outermost wrapper is; none where it is no function.
    pub kind: Option<MemberKind>,
    /// What kind of function it is around.
    pub was: MemberKind,
    /// Where that is defined.
    pub place: Option<Place>,
}

/// A function that another function has made: `def getter` in a loop, put on the class by `setattr`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closes {
    /// Where it is defined.
    pub place: Place,
    /// What it has of its own: a name, its value as far as it is known, and whether that is the default of a parameter rather than a name of
    /// the function around it, as that is in the end.
    pub cells: Box<[(Name, Name, bool)]>,
}

/// A function that a descriptor is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What it is called for.
    pub role: PartRole,
    /// Its definition; none where it is no function with source.
    pub place: Option<Place>,
}

/// What a descriptor calls one of its functions for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartRole {
    /// Reading: `fget` of a property, `func` of a `cached_property`.
    Get,
    /// Writing: `fset`.
    Set,
    /// Deleting: `fdel`.
    Delete,
    /// It is handed on: by `classmethod`, `staticmethod`, `partialmethod`, `lru_cache`.
    Wrapped,
}

/// What kind of object a member is. The names are those of the neutral form that `dump` writes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum MemberKind {
    /// `def`.
    Function,
    /// `def` with a `yield`.
    Generator,
    /// `async def`.
    AsyncFunction,
    /// `async def` with a `yield`.
    AsyncGenerator,
    /// `classmethod`.
    Classmethod,
    /// `staticmethod`.
    Staticmethod,
    /// `property`.
    Property,
    /// `functools.cached_property`.
    CachedProperty,
    /// A member descriptor, made by `__slots__`.
    Slot,
    /// A getset descriptor of a type made in C.
    Getset,
    /// A slot wrapper, method descriptor or builtin function.
    BuiltinMethod,
    /// An instance of another class that has `__set__` or `__delete__`.
    DataDescriptor,
    /// An instance of another class that has only `__get__`.
    Descriptor,
    /// A class.
    Class,
    /// Anything else that is known.
    Value,
    /// What could not be followed.
    Unknown,
}

/// How attribute lookup treats an object found on a class (Descriptor HowTo Guide, "Invocation from an instance").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DescriptorKind {
    /// Its type has `__set__` or `__delete__`: it wins over the instance's `__dict__`.
    Data,
    /// Its type has only `__get__`: the instance's `__dict__` wins over it.
    NonData,
    /// A plain value.
    None,
    /// Its type is out of view.
    Unknown,
}

/// How a member came into a class's namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MemberOrigin {
    /// Bound by the class body.
    Body,
    /// Made for a name in `__slots__`.
    Slot,
    /// Added by `type.__new__`: `__dict__`, `__weakref__`, `__doc__`, `__hash__ = None`.
    Implicit,
    /// Added while the class was made: by its metaclass, `__init_subclass__`, `__set_name__`.
    Created,
    /// Added afterwards: by a decorator, `setattr`, an assignment.
    Late,
    /// The interpreter's own.
    Native,
}

/// Supplies what is kept apart of interpreter classes when somebody asks.
pub trait LazyMembers: Send + Sync {
    /// Returns the own namespace of an interpreter's class.
    fn members(&self, class: ClassId) -> Members;

    /// Whether an interpreter's class is made by C code rather than by a class statement or a call.
    fn is_native(&self, _class: ClassId) -> bool {
        true
    }
}

/// Every class of an analysis; those of the interpreter first.
#[derive(Clone)]
pub struct Classes {
    entries: Vec<Class>,
    interpreter: usize,
    object: ClassId,
    type_: ClassId,
    lazy: Arc<dyn LazyMembers>,
}

impl fmt::Debug for Classes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Classes")
            .field("len", &self.entries.len())
            .field("interpreter", &self.interpreter)
            .finish_non_exhaustive()
    }
}

impl Classes {
    /// Starts with the interpreter's classes, whose ids are their positions; `object` and `type` are among them.
    pub fn new(interpreter: Vec<Class>, lazy: Arc<dyn LazyMembers>) -> Self {
        let builtin = |name| {
            interpreter
                .iter()
                .position(|class| class.path.module == "builtins" && class.path.qualname == name)
                .map_or(ClassId(0), |at| ClassId(at as u32))
        };
        Self {
            object: builtin("object"),
            type_: builtin("type"),
            interpreter: interpreter.len(),
            entries: interpreter,
            lazy,
        }
    }

    /// Adds a class and returns its id.
    pub fn push(&mut self, class: Class) -> ClassId {
        let id = ClassId(self.entries.len() as u32);
        self.entries.push(class);
        id
    }

    /// `object`.
    pub fn object(&self) -> ClassId {
        self.object
    }

    /// `type`.
    pub fn type_(&self) -> ClassId {
        self.type_
    }

    /// The class with this id.
    pub fn get(&self, id: ClassId) -> &Class {
        &self.entries[id.0 as usize]
    }

    /// The class with this id, to be changed.
    pub fn get_mut(&mut self, id: ClassId) -> &mut Class {
        &mut self.entries[id.0 as usize]
    }

    /// The class object, if CPython makes it.
    pub fn made(&self, id: ClassId) -> Option<&Made> {
        match &self.get(id).outcome {
            Outcome::Created(made) => Some(made),
            Outcome::Raises(_) | Outcome::Unknown { .. } => None,
        }
    }

    /// `__mro__`, if CPython makes the class.
    pub fn mro(&self, id: ClassId) -> Option<&[ClassId]> {
        self.made(id).map(|made| &*made.mro)
    }

    /// What the methods of its class statement give their receivers, in order of the source; each name once a method.
    pub fn assigned(&self, id: ClassId) -> &[Assigned] {
        self.get(id).assigned.get().map_or(&[], |it| it)
    }

    /// What the body of its class statement annotates without giving it a value, in order of the source.
    pub fn annotated(&self, id: ClassId) -> &[Annotated] {
        self.get(id).annotated.get().map_or(&[], |it| it)
    }

    /// Each `def` of the body of its class statement, in order of their names, then of the source; private names are mangled.
    pub fn methods(&self, id: ClassId) -> &[Method] {
        self.get(id).methods.get().map_or(&[], |it| it)
    }

    /// The class's own namespace.
    pub fn members(&self, id: ClassId) -> &Members {
        self.get(id).members.get_or_init(|| {
            if self.is_interpreters(id) {
                self.lazy.members(id)
            } else {
                Members::default()
            }
        })
    }

    /// The class's own namespace, to be changed.
    pub fn members_mut(&mut self, id: ClassId) -> &mut Members {
        self.members(id);
        self.get_mut(id)
            .members
            .get_mut()
            .expect("`members` has just filled it")
    }

    /// Whether the class comes from the interpreter's table.
    pub fn is_interpreters(&self, id: ClassId) -> bool {
        (id.0 as usize) < self.interpreter
    }

    /// Every id, in order of creation.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = ClassId> + ExactSizeIterator + use<> {
        (0..self.entries.len() as u32).map(ClassId)
    }

    /// The ids that are not the interpreter's.
    pub fn own_ids(&self) -> impl DoubleEndedIterator<Item = ClassId> + ExactSizeIterator + use<> {
        (self.interpreter as u32..self.entries.len() as u32).map(ClassId)
    }

    /// Whether the class is made by C code of the interpreter.
    pub fn is_native(&self, id: ClassId) -> bool {
        self.is_interpreters(id) && self.lazy.is_native(id)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none; there never are.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// `issubclass(class, of)` by the MRO alone: virtual subclasses do not count.
    pub fn is_subclass(&self, class: ClassId, of: ClassId) -> bool {
        class == of || self.mro(class).is_some_and(|mro| mro.contains(&of))
    }
}
