//! Which methods of the descriptor protocol a descriptor has, and from which class of its own MRO.

use crate::analysis::{ClassRef, Definition};
use crate::semantics::MemberKind;
use crate::source::Place;
use crate::syntax::{Accessor, Accessors};

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
    /// How it is named: `Money.__get__`, `the getter total`.
    pub(super) said: String,
    /// The class that has it, where it is not the interpreter's own kind of descriptor.
    pub(super) on: Option<ClassRef<'a>>,
    /// The function, where it stands in source.
    pub(super) place: Option<Place>,
}

impl<'a> Protocol<'a> {
    /// The methods of the descriptor that a definition binds.
    pub(super) fn of(
        name: &str,
        definition: Definition<'a>,
        accessors: Option<&Accessors>,
    ) -> Self {
        let member = definition.member;
        match member.kind {
            MemberKind::CachedProperty => Self {
                get: Some(Method {
                    said: format!("{}.{name}", definition.class.name()),
                    on: None,
                    place: member.place,
                }),
                is_whole: true,
                ..Self::default()
            },
            MemberKind::Property => {
                accessors.map_or_else(Self::default, |it| Self::of_property(definition, it))
            }
            _ => Self {
                around: Some(Method {
                    said: format!("{}.{name}", definition.class.name()),
                    on: None,
                    place: member.place,
                }),
                ..member.type_of.map_or_else(Self::default, |of| {
                    Self::of_class(definition.class.analysis().class(of))
                })
            },
        }
    }

    /// The functions of a property.
    fn of_property(definition: Definition<'a>, accessors: &Accessors) -> Self {
        let file = definition.class.place().map(|place| place.file);
        let method = |said: &str, accessor| {
            let place = match accessor {
                Accessor::Absent => return None,
                Accessor::Elsewhere => None,
                Accessor::At(start, end) => file.map(|file| Place { file, start, end }),
            };
            Some(Method {
                said: said.to_owned(),
                on: None,
                place,
            })
        };
        Self {
            get: method("its getter", accessors.get),
            set: method("its setter", accessors.set),
            delete: method("its deleter", accessors.delete),
            is_whole: true,
            ..Self::default()
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
