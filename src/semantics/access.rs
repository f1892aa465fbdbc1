//! Attribute access: the ways to read, write and delete an attribute, and the steps that Python takes on each.
//!
//! Who takes them is `evaluate`: on the way there is code of the project's to be run.

mod wording;

pub use wording::{
    Doing, enum_property_is_for_members, enum_property_refuses, immutable_type, member_stays,
    no_attribute, no_dict_for, no_instance_for_super, no_subclass_for_super, no_such_entry,
    not_deletable, not_deletable_of_class, not_writable, property_refuses, read_only,
    slot_is_empty,
};

use crate::Name;
use crate::semantics::{ClassId, DescriptorKind, Gap};
use crate::source::Place;

/// A way to get at an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// `obj.x`
    Read,
    /// `obj.x`, where the instance's `__dict__` has an entry `x`.
    ReadDict,
    /// `obj.x = value`
    Write,
    /// `del obj.x`
    Delete,
    /// `del obj.x`, where the instance's `__dict__` has an entry `x`.
    DeleteDict,
    /// `C.x`
    ClassRead,
    /// `C.x = value`
    ClassWrite,
    /// `del C.x`
    ClassDelete,
    /// `super(A, obj).x`, as a method of `A` writes it: `super().x`.
    SuperRead {
        /// `A`: the class itself or an ancestor of it.
        after: ClassId,
    },
}

impl Access {
    /// All but those through `super()`, of which there is one for each class of the MRO.
    pub const PLAIN: [Self; 8] = [
        Self::Read,
        Self::ReadDict,
        Self::Write,
        Self::Delete,
        Self::DeleteDict,
        Self::ClassRead,
        Self::ClassWrite,
        Self::ClassDelete,
    ];

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::ReadDict => "read_dict",
            Self::Write => "write",
            Self::Delete => "delete",
            Self::DeleteDict => "delete_dict",
            Self::ClassRead => "class_read",
            Self::ClassWrite => "class_write",
            Self::ClassDelete => "class_delete",
            Self::SuperRead { .. } => "super_read",
        }
    }

    /// Whether the class itself is asked rather than an instance of it.
    pub fn is_on_class(self) -> bool {
        matches!(self, Self::ClassRead | Self::ClassWrite | Self::ClassDelete)
    }

    /// Whether the instance's `__dict__` has an entry of that name before.
    pub fn has_entry(self) -> bool {
        matches!(self, Self::ReadDict | Self::DeleteDict)
    }
}

/// What Python does on an access.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Which access.
    pub access: Access,
    /// What it looks at and what it does, in order.
    pub steps: Vec<TraceStep>,
    /// The exception it ends with.
    pub raised: Option<AccessError>,
    /// Whether all of it could be followed; if not, the steps are as far as that went.
    pub is_known: bool,
    /// What could not be followed; or, where all was, what had to be supposed for it.
    pub doubt: Option<Doubt>,
}

/// Why an access is not known, or not in all cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The instance's `__dict__` is not known. The access is followed for one that lacks the name.
    Absent(Unmade),
    /// Calling the class gives an instance of another one, as `pathlib.Path()` a `PosixPath`. The access is followed for one of the class
    /// itself.
    Another,
    /// The instance's `__dict__` is not known, and something on the way is asked of it.
    Instance(Unmade),
    /// A value on the way is not known.
    Gap(Gap),
    /// A metaclass or a base without source may hold other things than the class statement binds.
    Remade,
    /// C code takes values of this kind, and raises `TypeError` for any other: what is written has a word in it.
    Value(&'static str),
    /// The code that does the rest is made in C, or not followed.
    NotFollowed,
}

/// Why it is not known what `Class()` gives an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmade {
    /// It raises: mostly because it wants arguments.
    Raises(AccessError),
    /// Something on the way is not known.
    Gap(Gap),
    /// Code of which only a table is known sets it up.
    Unseen,
}

/// A step of an access, and who takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceStep {
    /// 0 for the access itself; more for what code does that it runs: how many calls are in one another.
    pub depth: u32,
    /// What is done.
    pub does: AccessStep,
}

/// The exception an access ends with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessError {
    /// Its class: `AttributeError`.
    pub kind: Name,
    /// `str(exception)`, where that is known.
    pub message: Option<String>,
}

/// What a step of an access does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessStep {
    /// The class of the object has a method of its own in place of `object`'s or `type`'s: it takes over.
    Override {
        /// The class of the MRO that has it.
        on: ClassId,
        /// `__getattribute__`, `__setattr__`, `__delattr__`.
        method: &'static str,
    },
    /// The default: `object.__getattribute__`, `type.__setattr__`, `super.__getattribute__`.
    Default {
        /// `object`, `type` or `super`.
        of: &'static str,
        /// The method.
        method: &'static str,
        /// The attribute it is after: another one than at first where code on the way asks for it.
        name: Name,
    },
    /// The first class along an MRO that has the name.
    Found {
        /// That class.
        on: ClassId,
        /// How what it has takes part.
        kind: DescriptorKind,
        /// Whether it is the metaclass's side that was looked at.
        on_metaclass: bool,
    },
    /// No class along the MRO of this one has the name.
    Absent {
        /// The class.
        along: ClassId,
        /// Whether it is the metaclass's side that was looked at.
        on_metaclass: bool,
    },
    /// The instance's `__dict__`, and whether it has the name.
    Dict {
        /// Whether it does.
        has: bool,
    },
    /// Instances have no `__dict__`.
    NoDict,
    /// The slot a class keeps for the name.
    Slot {
        /// That class.
        on: ClassId,
        /// Whether it holds a value.
        has: bool,
    },
    /// A method of a descriptor is called.
    Descriptor {
        /// The class of the descriptor; none where that has no name of its own.
        of: Option<ClassId>,
        /// `__get__`, `__set__`, `__delete__`.
        method: &'static str,
    },
    /// The value is given as it is.
    Value,
    /// The entry is stored in, or taken out of, the instance's or the class's `__dict__`.
    Stored,
    /// `AttributeError` was raised, and this class has `__getattr__`.
    Fallback {
        /// The class of the MRO that has it.
        on: ClassId,
    },
    /// Code of the project's runs.
    Call {
        /// The module that defines the function.
        module: Name,
        /// Its qualified name.
        qualname: Name,
        /// Where it is defined.
        place: Option<Place>,
    },
}

impl Trace {
    /// The functions of the project's that run, in order, as `module:qualname`.
    pub fn calls(&self) -> impl Iterator<Item = String> {
        self.steps.iter().filter_map(|step| match &step.does {
            AccessStep::Call {
                module, qualname, ..
            } => Some(format!("{module}:{qualname}")),
            _ => None,
        })
    }
}
