//! Attribute lookup: what `obj.name` and `Class.name` find, and each place that was looked at on the way.

use crate::semantics::{ClassId, Classes, DescriptorKind, Member};

/// An attribute lookup: where Python looked, and what it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup<'a> {
    /// The places, in the order in which Python comes to a verdict on them.
    pub steps: Vec<LookupStep>,
    /// What the lookup gives; none where it raises `AttributeError` or goes on to `__getattr__`.
    pub found: Option<Found<'a>>,
}

/// A place that lookup looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookupStep {
    /// The first class of the MRO that has the name.
    ClassAttribute {
        /// That class.
        on: ClassId,
        /// How the object found there takes part.
        kind: DescriptorKind,
    },
    /// The same, on the metaclass's side.
    MetaclassAttribute {
        /// The class in the metaclass's MRO.
        on: ClassId,
        /// How the object found there takes part.
        kind: DescriptorKind,
    },
    /// The instance's own `__dict__`, whose entries only a run knows.
    InstanceDict,
    /// Nothing has it: `__getattr__` of this class is asked.
    GetattrHook {
        /// The class in the MRO that defines `__getattr__`.
        on: ClassId,
    },
}

/// What a lookup found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'a> {
    /// The class whose own namespace holds it.
    pub on: ClassId,
    /// The entry.
    pub member: &'a Member,
}

/// Returns the first definition of `name` along the MRO of a class (`_PyType_Lookup`).
pub fn find_in_mro<'a>(class: ClassId, name: &str, classes: &'a Classes) -> Option<Found<'a>> {
    classes.mro(class)?.iter().find_map(|&on| {
        let member = classes.members(on).get(name)?;
        Some(Found { on, member })
    })
}

/// Looks up `obj.name` on an instance whose own `__dict__` lacks the name, as `object.__getattribute__` does.
///
/// ```py
/// class Account:
///     @property
///     def balance(self): ...
///
/// Account().balance  # the property is a data descriptor: the instance's `__dict__` is not asked
/// ```
pub fn look_up_on_instance<'a>(class: ClassId, name: &str, classes: &'a Classes) -> Lookup<'a> {
    let found = find_in_mro(class, name, classes);
    let mut steps = vec![];
    if let Some(found) = found {
        steps.push(LookupStep::ClassAttribute {
            on: found.on,
            kind: found.member.descriptor,
        });
    }
    let is_data = found.is_some_and(|found| found.member.descriptor == DescriptorKind::Data);
    if !is_data && classes.made(class).is_some_and(|made| made.shape.dict) {
        steps.push(LookupStep::InstanceDict);
    }
    if found.is_none()
        && let Some(hook) = find_in_mro(class, "__getattr__", classes)
    {
        steps.push(LookupStep::GetattrHook { on: hook.on });
    }
    Lookup { steps, found }
}

/// Looks up `Class.name` on the class object itself, as `type.__getattribute__` does.
///
/// A data descriptor of the metaclass comes first, then the class's own MRO, then whatever else the metaclass has.
///
/// ```py
/// class Meta(type):
///     def describe(cls): ...
///
/// class Thing(metaclass=Meta): ...
///
/// Thing.describe  # found on Meta; Thing().describe is not
/// ```
pub fn look_up_on_class<'a>(class: ClassId, name: &str, classes: &'a Classes) -> Lookup<'a> {
    let metaclass = classes.made(class).map(|made| made.metaclass);
    let above = metaclass.and_then(|metaclass| find_in_mro(metaclass, name, classes));
    let own = find_in_mro(class, name, classes);
    let mut steps = vec![];
    if let Some(above) = above {
        steps.push(LookupStep::MetaclassAttribute {
            on: above.on,
            kind: above.member.descriptor,
        });
        if above.member.descriptor == DescriptorKind::Data {
            return Lookup {
                steps,
                found: Some(above),
            };
        }
    }
    if let Some(own) = own {
        steps.push(LookupStep::ClassAttribute {
            on: own.on,
            kind: own.member.descriptor,
        });
    }
    let found = own.or(above);
    if found.is_none()
        && let Some(hook) =
            metaclass.and_then(|metaclass| find_in_mro(metaclass, "__getattr__", classes))
    {
        steps.push(LookupStep::GetattrHook { on: hook.on });
    }
    Lookup { steps, found }
}
