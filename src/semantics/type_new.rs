//! `type.__new__`, step by step in CPython's order.

use crate::Name;
use crate::semantics::layout::{self, Declared};
use crate::semantics::linearize::linearize;
use crate::semantics::metaclass;
use crate::semantics::{ClassId, Classes, Made};
use crate::source::PythonVersion;

/// What is handed to `type.__new__` besides the bases.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// The class's name, by which private names are mangled.
    pub name: &'a str,
    /// The metaclass that was called: what `metaclass=` gave, or the class of the first base, or `type`.
    pub metaclass: ClassId,
    /// What the namespace has under `__slots__`.
    pub slots: Declared<'a>,
    /// Whether the namespace has this name, mangled; for a class statement that includes `__module__`.
    pub binds: &'a dyn Fn(&str) -> bool,
    /// What the metaclass's own `mro()` returned, where it has one that could be followed.
    pub mro: Option<&'a [ClassId]>,
    /// Whose rules hold.
    pub version: PythonVersion,
}

/// Makes the class `id`, or says why CPython raises: the first thing that fails is the one Python reports.
///
/// Every base must exist. No bases means `object`.
///
/// ```py
/// type("C", (A, B), {"__slots__": ()})
/// ```
pub fn type_new(
    id: ClassId,
    wanted: &Wanted<'_>,
    bases: &[ClassId],
    classes: &Classes,
) -> Result<Made, TypeNewError> {
    let object = [classes.object()];
    let bases = if bases.is_empty() { &object } else { bases };
    let metaclass = metaclass::most_derived(wanted.metaclass, bases, classes)?;
    let ground = layout::best_base(bases, classes)?;
    let room = layout::room(wanted, ground.best_base, bases, classes)?;
    let solid_base = layout::solid_base(id, &room, ground, classes, wanted.version);
    let mro = match wanted.mro {
        Some(own) => custom_mro(id, own, solid_base, ground.solid_base, classes)?,
        None => linearize(id, bases, |base| classes.mro(base).unwrap_or(&[]), |_| ())?,
    };
    Ok(Made {
        bases: bases.to_vec(),
        metaclass,
        best_base: Some(ground.best_base),
        solid_base,
        mro,
        shape: room.shape,
        slots: room.slots,
        accepts_subclasses: true,
    })
}

/// Checks what a metaclass's own `mro()` returned: no entry may bring a layout that the class lacks (`mro_check`).
fn custom_mro(
    id: ClassId,
    own: &[ClassId],
    solid_base: ClassId,
    below: ClassId,
    classes: &Classes,
) -> Result<Box<[ClassId]>, TypeNewError> {
    if own.is_empty() {
        return Err(TypeNewError::EmptyMro);
    }
    let fits = |entry: ClassId| {
        let layout = classes.made(entry).map_or(below, |made| made.solid_base);
        layout == solid_base || classes.is_subclass(below, layout)
    };
    let unsuitable = own.iter().find(|&&entry| entry != id && !fits(entry));
    match unsuitable {
        Some(&entry) => Err(TypeNewError::UnsuitableMro(entry)),
        None => Ok(own.into()),
    }
}

/// Why `type.__new__` raises, in the order in which CPython finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeNewError {
    /// No base's metaclass derives from all the others.
    MetaclassConflict {
        /// The metaclass chosen so far.
        chosen: ClassId,
        /// The one that neither derives from it nor is derived from by it.
        other: ClassId,
        /// The base that brings `other`.
        through: ClassId,
    },
    /// A base that accepts no subclasses: `bool`, `range`, `slice`, …
    UnacceptableBase(ClassId),
    /// Two bases whose instance layouts cannot be one.
    LayoutConflict {
        /// The base whose layout was chosen so far.
        first: ClassId,
        /// The base whose layout does not fit.
        second: ClassId,
    },
    /// `__slots__` that cannot be.
    Slots(SlotsError),
    /// A base stands twice.
    DuplicateBase(ClassId),
    /// No order keeps all base lists: the heads that are left, as CPython names them.
    InconsistentMro {
        /// The head of each list that is left, without repeats, in list order.
        heads: Vec<ClassId>,
    },
    /// A metaclass's own `mro()` returned nothing.
    EmptyMro,
    /// A metaclass's own `mro()` returned a class whose instances are laid out differently.
    UnsuitableMro(ClassId),
}

impl TypeNewError {
    /// The classes that it names.
    pub fn classes(&self) -> Vec<ClassId> {
        match self {
            Self::MetaclassConflict {
                chosen,
                other,
                through,
            } => vec![*chosen, *other, *through],
            Self::LayoutConflict { first, second } => vec![*first, *second],
            Self::UnacceptableBase(base)
            | Self::DuplicateBase(base)
            | Self::UnsuitableMro(base)
            | Self::Slots(SlotsError::VariableSize { base }) => vec![*base],
            Self::InconsistentMro { heads } => heads.clone(),
            Self::Slots(_) | Self::EmptyMro => vec![],
        }
    }

    /// The same error, its classes under other ids.
    #[must_use]
    pub fn under(&self, of: &dyn Fn(&ClassId) -> ClassId) -> Self {
        match self {
            Self::MetaclassConflict {
                chosen,
                other,
                through,
            } => Self::MetaclassConflict {
                chosen: of(chosen),
                other: of(other),
                through: of(through),
            },
            Self::UnacceptableBase(base) => Self::UnacceptableBase(of(base)),
            Self::LayoutConflict { first, second } => Self::LayoutConflict {
                first: of(first),
                second: of(second),
            },
            Self::DuplicateBase(base) => Self::DuplicateBase(of(base)),
            Self::InconsistentMro { heads } => Self::InconsistentMro {
                heads: heads.iter().map(of).collect(),
            },
            Self::UnsuitableMro(base) => Self::UnsuitableMro(of(base)),
            Self::Slots(SlotsError::VariableSize { base }) => {
                Self::Slots(SlotsError::VariableSize { base: of(base) })
            }
            Self::Slots(_) | Self::EmptyMro => self.clone(),
        }
    }
}

/// Why `__slots__` is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotsError {
    /// Something that cannot be iterated; the type's name.
    NotIterable(Name),
    /// The base's instances vary in size: `int`, `tuple`, `bytes`.
    VariableSize {
        /// That base.
        base: ClassId,
    },
    /// Not an identifier.
    NotIdentifier(Name),
    /// Not a string; the type's name.
    NotString(Name),
    /// `__dict__` although a base has one, or twice.
    DictTwice,
    /// `__weakref__` although a base has one, or twice.
    WeakrefTwice,
    /// A name that the class body also binds, mangled.
    ConflictsWithClassVariable(Name),
}

impl From<SlotsError> for TypeNewError {
    fn from(error: SlotsError) -> Self {
        Self::Slots(error)
    }
}
