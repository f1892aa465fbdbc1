//! Which methods of the descriptor protocol a descriptor has, and from which class of its own MRO.

use crate::analysis::{ClassRef, Definition};
use crate::semantics::{Member, MemberKind, PartRole};
use crate::source::Place;

/// The methods a descriptor has.
#[derive(Debug, Clone, Default)]
pub(super) struct Protocol<'a> {
    pub(super) get: Option<Method<'a>>,
    pub(super) set: Option<Method<'a>>,
    pub(super) delete: Option<Method<'a>>,
    pub(super) set_name: Option<Method<'a>>,
    /// The function it decorates, where `__get__` looks like it calls that.
    pub(super) around: Option<Method<'a>>,
    /// False where the class of the descriptor is not known whole: then a method that is missing here may be there.
    pub(super) is_whole: bool,
}

/// A method that an access runs.
#[derive(Debug, Clone)]
pub(super) struct Method<'a> {
    /// How it is named: `Money.__get__`, `its getter`.
    pub(super) said: String,
    /// The class that has it, where it is not the interpreter's own kind of descriptor.
    pub(super) on: Option<ClassRef<'a>>,
    /// The function, where it stands in source.
    pub(super) place: Option<Place>,
}

impl<'a> Protocol<'a> {
    /// The methods of the descriptor that a definition binds.
    pub(super) fn of(name: &str, definition: Definition<'a>) -> Self {
        let member = definition.member;
        let of_class = || {
            let of = member.type_of?;
            Some(Self::of_class(definition.class.analysis().class(of)))
        };
        let function = |place| Method {
            said: format!("{}.{name}", definition.class.name()),
            on: None,
            place,
        };
        match member.kind {
            MemberKind::CachedProperty => {
                let part = member.part(PartRole::Get).and_then(|it| it.place);
                Self {
                    get: Some(function(part.or(member.place))),
                    is_whole: true,
                    ..Self::default()
                }
            }
            // C code answers for these, whatever class their descriptors are of.
            MemberKind::Slot | MemberKind::Getset => Self {
                is_whole: true,
                ..Self::default()
            },
            MemberKind::Property => Self::of_property(member, of_class().unwrap_or_default()),
            _ => {
                // What it decorates, else the first function that it was given.
                let parts = || member.parts.iter().map(|it| it.place);
                let decorated = parts().find(|&it| it == member.place);
                let around = decorated.or_else(|| parts().next()).flatten();
                Self {
                    around: Some(function(around.or(member.place))),
                    ..of_class().unwrap_or_default()
                }
            }
        }
    }

    /// The functions of a property, and what a subclass of `property` has in their place.
    fn of_property(member: &Member, of_class: Self) -> Self {
        let own = |method: Option<Method<'a>>| {
            method.filter(|it| it.on.is_some_and(|on| !on.is_interpreters()))
        };
        let accessor = |said: &str, role| {
            let part = member.part(role)?;
            Some(Method {
                said: said.to_owned(),
                on: None,
                place: part.place,
            })
        };
        let getter = accessor("its getter", PartRole::Get);
        let get = own(of_class.get);
        Self {
            around: getter.clone().filter(|_| get.is_some()),
            get: get.or(getter),
            set: own(of_class.set).or_else(|| accessor("its setter", PartRole::Set)),
            delete: own(of_class.delete).or_else(|| accessor("its deleter", PartRole::Delete)),
            set_name: own(of_class.set_name),
            is_whole: !member.parts.is_empty(),
        }
    }

    /// The methods that instances of a class have as descriptors (language reference 3.3.2.2).
    fn of_class(class: ClassRef<'a>) -> Self {
        let method = |name: &str| {
            let found = class.winner(name)?;
            Some(Method {
                said: format!("{}.{name}", found.class.name()),
                on: Some(found.class),
                place: found.member.place,
            })
        };
        Self {
            get: method("__get__"),
            set: method("__set__"),
            delete: method("__delete__"),
            set_name: method("__set_name__"),
            around: None,
            is_whole: class.mro().is_some(),
        }
    }

    /// Each method there is, with its name in the protocol.
    pub(super) fn methods(&self) -> impl Iterator<Item = (&'static str, &Method<'a>)> {
        [
            ("__get__", &self.get),
            ("__set__", &self.set),
            ("__delete__", &self.delete),
            ("__set_name__", &self.set_name),
        ]
        .into_iter()
        .filter_map(|(name, method)| Some((name, method.as_ref()?)))
    }
}
