//! What a name can be bound to: constants and classes by value, everything that can change by reference into the heap.

use std::sync::Arc;

use indexmap::IndexMap;
use indexmap::map::Entry;
use num_bigint::BigInt;
use num_traits::{FromPrimitive, ToPrimitive};
use rustc_hash::FxBuildHasher;

use crate::Name;
use crate::evaluate::language::generator::Generator;
use crate::evaluate::language::iteration::Iterator as Iterating;
use crate::evaluate::machine::set_table::Table;
use crate::semantics::{ClassId, ClassPath};
use crate::source::{FileId, Place};
use crate::syntax::{FunctionDef, Lambda};

/// Which module of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ModuleIx(pub u32);

/// Which scope of a run: a module's, a class body's, a call's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ScopeId(pub u32);

/// Which object of the heap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ObjectId(pub u32);

/// Which gap of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct GapId(pub u32);

/// A value.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    None,
    Ellipsis,
    NotImplemented,
    Bool(bool),
    Int(i64),
    BigInt(Arc<BigInt>),
    Float(f64),
    /// A complex number: its real and its imaginary part.
    Complex(f64, f64),
    Str(Arc<str>),
    Bytes(Arc<[u8]>),
    Tuple(Arc<[Value]>),
    Range(Arc<Range>),
    /// `slice(start, stop, step)`
    Slice(Arc<[Value; 3]>),
    Class(ClassId),
    Module(ModuleIx),
    Object(ObjectId),
    /// A function and the object it is bound to.
    Method(Arc<(Value, Value)>),
    /// A callable that has no source here, by module and qualified name: `builtins:len`, `builtins:dict.update`.
    Native(Arc<ClassPath>),
    /// What could not be followed.
    Gap(GapId),
}

/// An object that can change, or that has identity.
#[derive(Debug, Clone)]
pub(crate) enum Object {
    /// A list; `open` where it may hold more than is known.
    List { items: Vec<Value>, open: bool },
    /// A set or frozenset, in order of insertion.
    Set {
        items: IndexMap<Key, Value, FxBuildHasher>,
        frozen: bool,
        open: bool,
        /// In which order it is iterated, as far as that can be known.
        table: Option<Box<Table>>,
    },
    /// A dict.
    Dict(Dict),
    /// A function with source.
    Function(Function),
    /// `property(get, set, delete)`
    Property {
        get: Value,
        set: Value,
        delete: Value,
    },
    /// `classmethod(function)`
    ClassMethod(Value),
    /// `staticmethod(function)`
    StaticMethod(Value),
    /// A generic alias: `list[int]`, `List[int]`, `G[int]`.
    Alias(Alias),
    /// `super(after, receiver)`
    Super { after: ClassId, receiver: Value },
    /// A generator.
    Generator(Box<Generator>),
    /// An iterator of the interpreter's own.
    Iterator(Box<Iterating>),
    /// `d.keys()`, `d.values()`, `d.items()`: what a dict holds at any time.
    View { of: Value, part: Part },
    /// An instance of any other class.
    Instance(Instance),
}

/// A dict; `open` where it may hold more than is known.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what is not known of it is of several kinds"
)]
pub(crate) struct Dict {
    pub entries: IndexMap<Key, (Value, Value), FxBuildHasher>,
    pub open: bool,
    /// The namespace this dict shows: `vars(module)`, `globals()`, `locals()` of a class body.
    pub view: Option<ScopeId>,
    /// Whether its order hangs on that of a set, which nobody can know.
    pub shuffled: bool,
    /// Whether entries that are not known, where it may hold such, may stand before others that are.
    pub gapped: bool,
    /// Whether what it was given under keys that are not known may have replaced some of its entries.
    pub replaced: bool,
    /// Whether it is the namespace of a class, as `types.MappingProxyType` shows it: nobody changes anything through that.
    pub is_proxy: bool,
}

/// What a view shows of the entries of a dict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Keys,
    Values,
    Items,
}

impl Part {
    /// This part of an entry.
    pub(crate) fn of(self, (key, value): (Value, Value)) -> Value {
        match self {
            Self::Keys => key,
            Self::Values => value,
            Self::Items => Value::tuple(vec![key, value]),
        }
    }

    pub(crate) fn is_values(self) -> bool {
        self == Self::Values
    }
}

/// `range(start, stop, step)`, of numbers that fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
}

impl Range {
    /// How many numbers it has (`compute_range_length`).
    pub(crate) fn len(&self) -> u64 {
        let (start, stop) = (i128::from(self.start), i128::from(self.stop));
        let step = i128::from(self.step);
        let (span, step) = if step > 0 {
            (stop - start, step)
        } else {
            (start - stop, -step)
        };
        if span <= 0 || step == 0 {
            return 0;
        }
        u64::try_from((span - 1) / step + 1).unwrap_or(u64::MAX)
    }

    /// The number at a place.
    pub(crate) fn get(&self, place: u64) -> Option<i64> {
        if place >= self.len() {
            return None;
        }
        let number = i128::from(self.start) + i128::from(place) * i128::from(self.step);
        i64::try_from(number).ok()
    }

    /// The place of a number.
    pub(crate) fn place(&self, number: i64) -> Option<u64> {
        let (from, step) = (
            i128::from(number) - i128::from(self.start),
            i128::from(self.step),
        );
        if step == 0 || from % step != 0 {
            return None;
        }
        u64::try_from(from / step)
            .ok()
            .filter(|&it| it < self.len())
    }

    /// The same numbers from the end.
    pub(crate) fn reversed(&self) -> Self {
        let last = self.len().checked_sub(1).and_then(|it| self.get(it));
        match last {
            Some(last) => Self {
                start: last,
                stop: self.start.saturating_sub(self.step),
                step: self.step.saturating_neg(),
            },
            None => *self,
        }
    }

    /// What it is equal by: its length, and where it begins and goes, as far as that shows (`range_hash`).
    pub(crate) fn key(&self) -> Key {
        match self.len() {
            0 => Key::Range(0, 0, 0),
            1 => Key::Range(1, self.start, 0),
            len => Key::Range(len, self.start, self.step),
        }
    }
}

/// A generic alias.
#[derive(Debug, Clone)]
pub(crate) struct Alias {
    pub kind: AliasKind,
    pub origin: Value,
    pub arguments: Arc<[Value]>,
}

/// Which class of alias: they differ in what they put into base lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AliasKind {
    /// `types.GenericAlias`, made by `list[int]` (PEP 585): puts its origin.
    Builtin,
    /// `typing._GenericAlias` of a user's generic class: puts its origin, or nothing for `Generic` before another alias.
    Generic,
    /// `typing._SpecialGenericAlias` and what it makes: `List`, `List[int]`: puts its origin and `Generic`.
    Named,
    /// `Union[…]`, `Literal[…]` and their kind.
    Special,
    /// `Annotated[X, …]`: its origin is `X`, its arguments are `X` and what is said of it.
    Annotated,
}

/// An instance of a class.
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    pub class: ClassId,
    pub names: Namespace,
    /// The value it extends: the text of a `str` subclass, the items of a `tuple` subclass.
    pub payload: Option<Value>,
    /// Whether it may have attributes that are not known.
    pub open: bool,
}

/// A function with source.
#[derive(Debug, Clone)]
pub(crate) struct Function {
    pub definition: Arc<Definition>,
    /// Attributes set on it.
    pub names: Namespace,
    /// Whether `abc.abstractmethod` marked it.
    pub is_abstract: bool,
}

/// What a function is from the moment it is defined: shared by all that call it.
#[derive(Debug)]
pub(crate) struct Definition {
    pub code: Code,
    pub file: FileId,
    pub module: ModuleIx,
    /// The scope its free names are looked up in.
    pub scope: ScopeId,
    /// The class body it stands in, for `super()` and `__class__`.
    pub class_body: Option<ScopeId>,
    pub name: Name,
    pub qualname: Name,
    /// That of each parameter; nothing where none has one.
    pub defaults: Arc<[Option<Value>]>,
}

/// What a function runs.
#[derive(Debug, Clone)]
pub(crate) enum Code {
    Def(Arc<FunctionDef>),
    Lambda(Arc<Lambda>),
}

/// Names and what they are bound to, in order.
pub(crate) type Namespace = IndexMap<Name, Binding, FxBuildHasher>;

/// What a name is bound to, and by which statement.
#[derive(Debug, Clone)]
pub(crate) struct Binding {
    pub value: Value,
    pub at: Option<Place>,
    /// The condition on which it hangs whether it is bound at all, where that could not be decided.
    pub maybe: Option<Place>,
}

/// A value by which a dict or set finds its entries.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    None,
    Ellipsis,
    NotImplemented,
    Int(i64),
    BigInt(Arc<BigInt>),
    Float(u64),
    Complex(u64, u64),
    Str(Arc<str>),
    Bytes(Arc<[u8]>),
    Tuple(Arc<[Key]>),
    Range(u64, i64, i64),
    Class(ClassId),
    Module(ModuleIx),
    Object(ObjectId),
    /// An object whose own `__hash__` gave this number.
    Hashed(i64, ObjectId),
    Native(Arc<ClassPath>),
}

impl Value {
    pub(crate) fn str(text: &str) -> Self {
        Self::Str(Arc::from(text))
    }

    pub(crate) fn tuple(items: Vec<Value>) -> Self {
        Self::Tuple(items.into())
    }

    /// An integer of any size.
    pub(crate) fn whole(number: BigInt) -> Self {
        match number.to_i64() {
            Some(small) => Self::Int(small),
            None => Self::BigInt(Arc::new(number)),
        }
    }

    pub(crate) fn native(module: &str, qualname: &str) -> Self {
        Self::Native(Arc::new(ClassPath::new(module, qualname)))
    }

    pub(crate) fn is_gap(&self) -> bool {
        matches!(self, Self::Gap(_))
    }

    /// The key this value has in a dict; none for gaps, for what cannot be hashed by what is known, and for a tuple that holds more than
    /// can be looked at.
    pub(crate) fn key(&self) -> Option<Key> {
        self.key_within(&mut MOST_PARTS.clone())
    }

    fn key_within(&self, left: &mut u32) -> Option<Key> {
        Some(match self {
            Self::None => Key::None,
            Self::Ellipsis => Key::Ellipsis,
            Self::NotImplemented => Key::NotImplemented,
            Self::Bool(it) => Key::Int(i64::from(*it)),
            Self::Int(it) => Key::Int(*it),
            Self::BigInt(it) => Key::BigInt(it.clone()),
            // Since 3.10 the hash of what is no number is that of the object.
            Self::Float(it) if it.is_nan() => return None,
            Self::Float(it) => key_of_float(*it),
            Self::Complex(real, imaginary) if real.is_nan() || imaginary.is_nan() => return None,
            // `1 + 0j == 1`, and they are one key.
            Self::Complex(real, 0.0) => key_of_float(*real),
            // Adding zero makes `-0.0` the zero it is equal to.
            Self::Complex(real, imaginary) => {
                Key::Complex((real + 0.0).to_bits(), (imaginary + 0.0).to_bits())
            }
            Self::Str(it) => Key::Str(it.clone()),
            Self::Bytes(it) => Key::Bytes(it.clone()),
            Self::Range(it) => it.key(),
            Self::Tuple(items) => {
                let keys = items.iter().map(|item| {
                    *left = left.checked_sub(1)?;
                    item.key_within(left)
                });
                Key::Tuple(keys.collect::<Option<_>>()?)
            }
            Self::Class(it) => Key::Class(*it),
            Self::Module(it) => Key::Module(*it),
            Self::Object(it) => Key::Object(*it),
            Self::Native(it) => Key::Native(it.clone()),
            Self::Method(_) | Self::Slice(_) | Self::Gap(_) => return None,
        })
    }

    /// Whether it is the very same value, as far as that is seen at a glance.
    pub(super) fn is_very(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Str(a), Self::Str(b)) => Arc::ptr_eq(a, b),
            (Self::Tuple(a), Self::Tuple(b)) => Arc::ptr_eq(a, b),
            (Self::Class(a), Self::Class(b)) => a == b,
            (Self::Module(a), Self::Module(b)) => a == b,
            (Self::Object(a), Self::Object(b)) => a == b,
            (Self::Method(a), Self::Method(b)) => Arc::ptr_eq(a, b),
            (Self::Native(a), Self::Native(b)) => Arc::ptr_eq(a, b),
            (Self::Gap(a), Self::Gap(b)) => a == b,
            _ => false,
        }
    }

    /// Whether two values are the same object as far as can be told: `a is b`, equality for constants.
    pub(crate) fn same(&self, other: &Self) -> bool {
        self.same_within(other, &mut MOST_PARTS.clone())
    }

    fn same_within(&self, other: &Self, left: &mut u32) -> bool {
        match (self, other) {
            (Self::Gap(a), Self::Gap(b)) => a == b,
            (Self::Slice(a), Self::Slice(b)) => {
                a.iter().zip(b.iter()).all(|(a, b)| a.same_within(b, left))
            }
            (Self::Method(a), Self::Method(b)) => {
                a.0.same_within(&b.0, left) && a.1.same_within(&b.1, left)
            }
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Bool(_), _) | (_, Self::Bool(_)) => false,
            (Self::Tuple(a), Self::Tuple(b)) => {
                Arc::ptr_eq(a, b)
                    || a.len() == b.len()
                        && a.iter().zip(b.iter()).all(|(a, b)| {
                            *left = left.saturating_sub(1);
                            *left > 0 && a.same_within(b, left)
                        })
            }
            (a, b) => match (a.key_within(left), b.key_within(left)) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            },
        }
    }
}

/// How many parts of a tuple, and of the tuples in it, are looked at; tuples that hold one another can have more than any program has time for.
pub(crate) const MOST_PARTS: u32 = 20_000;

/// The key of a float, which is that of the integer where it is equal to one.
fn key_of_float(float: f64) -> Key {
    #[expect(clippy::float_cmp, reason = "whether it is whole is asked exactly")]
    if float.trunc() != float {
        return Key::Float(float.to_bits());
    }
    match BigInt::from_f64(float) {
        Some(whole) => match whole.to_i64() {
            Some(small) => Key::Int(small),
            None => Key::BigInt(Arc::new(whole)),
        },
        None => Key::Float(float.to_bits()),
    }
}

impl Definition {
    /// The file and offset of its source: the same for all functions that one statement makes.
    pub(crate) fn key(&self) -> (FileId, u32) {
        let start = match &self.code {
            Code::Def(def) => def.start,
            Code::Lambda(lambda) => lambda.body.start,
        };
        (self.file, start)
    }
}

/// What a function has of itself, in getsets and members of its type (`func_memberlist`, `func_getsetlist` in CPython's `funcobject.c`).
const OF_ITSELF: [&str; 14] = [
    "__doc__",
    "__name__",
    "__qualname__",
    "__module__",
    "__code__",
    "__defaults__",
    "__kwdefaults__",
    "__globals__",
    "__closure__",
    "__annotations__",
    "__type_params__",
    "__builtins__",
    "__dict__",
    "__class__",
];

impl Function {
    /// Whether a function keeps a name somewhere else than in its `__dict__`.
    pub(crate) fn keeps_apart(name: &str) -> bool {
        name.starts_with('<') || OF_ITSELF.contains(&name)
    }
}

impl std::ops::Deref for Function {
    type Target = Definition;

    fn deref(&self) -> &Definition {
        &self.definition
    }
}

impl Object {
    pub(crate) fn is_list(&self) -> bool {
        matches!(self, Self::List { .. })
    }
}

impl Binding {
    /// Whether it is the very same value under the same conditions, bound at the same place.
    pub(super) fn is_very(&self, other: &Self) -> bool {
        self.at == other.at && self.maybe == other.maybe && self.value.is_very(&other.value)
    }

    pub(crate) fn new(value: Value, at: Option<Place>) -> Self {
        Self {
            value,
            at,
            maybe: None,
        }
    }
}

impl Instance {
    pub(crate) fn of(class: ClassId) -> Self {
        Self {
            class,
            names: Namespace::default(),
            payload: None,
            open: false,
        }
    }
}

impl Dict {
    /// Whether it is, to the letter, the `__dict__` of an object with these names.
    pub(crate) fn is_of<'n>(
        &self,
        mut names: impl std::iter::Iterator<Item = (&'n Name, &'n Binding)>,
        open: bool,
    ) -> bool {
        let is_plain = self.view.is_none() && !self.shuffled && !self.is_proxy;
        let mut entries = self.entries.values();
        is_plain
            && self.open == open
            && entries.all(|(key, value)| {
                let same = |(name, binding): (&Name, &Binding)| {
                    matches!(key, Value::Str(it) if **it == **name) && value.is_very(&binding.value)
                };
                names.next().is_some_and(same)
            })
            && names.next().is_none()
    }

    pub(crate) fn from_pairs(pairs: impl IntoIterator<Item = (Value, Value)>) -> Self {
        let mut dict = Self::default();
        for (key, value) in pairs {
            dict.insert(key, value);
        }
        dict
    }

    pub(crate) fn insert(&mut self, key: Value, value: Value) {
        match key.key() {
            Some(hashed) => self.put(hashed, key, value),
            None => self.give_unknown(true),
        }
    }

    /// Says that it may have been given more, under keys that are not known: any of its entries may have been replaced by that.
    pub(crate) fn give_unknown(&mut self, is_given: bool) {
        self.replaced |= is_given && !self.entries.is_empty();
        self.open |= is_given;
    }

    /// Puts a value under a key whose hash is known. A key that is there stays, with another value: `{1: 'a', True: 'b'}` is `{1: 'b'}`. One
    /// that is new stands behind all others, and so perhaps behind some that are not known.
    pub(crate) fn put(&mut self, hashed: Key, key: Value, value: Value) {
        match self.entries.entry(hashed) {
            Entry::Occupied(mut there) => there.get_mut().1 = value,
            Entry::Vacant(free) => {
                self.gapped |= self.open;
                free.insert((key, value));
            }
        }
    }

    /// Whether it is not known in which order its entries come.
    pub(crate) fn is_disordered(&self) -> bool {
        (self.shuffled && self.entries.len() > 1) || (self.open && (self.gapped || self.shuffled))
    }

    /// Says that its order hangs on what that of another hangs on.
    pub(crate) fn ordered_as(&mut self, other: &Self) {
        self.shuffled |= other.shuffled && other.is_disordered();
        self.gapped |= other.gapped && other.open;
    }

    /// Says of entries that two dicts have in common in which order they come, if the dict may hold others.
    pub(crate) fn ordered_among(&mut self, other: &Self) {
        self.gapped |= !self.begins(other);
        let mut others = other.entries.keys();
        self.shuffled |= !self.entries.keys().all(|key| others.any(|it| it == key));
    }

    /// Whether it has the same keys as another, in that order.
    pub(super) fn has_keys_of(&self, other: &Self) -> bool {
        self.entries.len() == other.entries.len() && self.begins(other)
    }

    /// Whether its keys are the first ones of another, in that order.
    fn begins(&self, other: &Self) -> bool {
        let keys = self.entries.keys();
        keys.eq(other.entries.keys().take(self.entries.len()))
    }
}
