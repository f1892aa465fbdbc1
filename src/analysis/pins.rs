//! Pins: resolutions that people rely on, and whether they still hold.

use crate::Name;
use crate::analysis::{Analysis, ClassRef, ModuleOrigin, Provided, Target};
use crate::semantics::{ClassPath, Outcome};

/// A resolution that people rely on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pin {
    /// A name of a class comes from this class.
    Provider {
        /// The class.
        class: ClassPath,
        /// The name.
        name: Name,
        /// The class that provides it.
        from: ClassPath,
    },
    /// A class has this MRO.
    Mro {
        /// The class.
        class: ClassPath,
        /// Its MRO.
        mro: Vec<ClassPath>,
    },
}

impl Pin {
    /// The class it is about.
    pub fn class(&self) -> &ClassPath {
        match self {
            Self::Provider { class, .. } | Self::Mro { class, .. } => class,
        }
    }

    /// What is pinned: `shop.models:Order.save`, `shop.models:Order`.
    pub fn key(&self) -> String {
        match self {
            Self::Provider { class, name, .. } => format!("{class}.{name}"),
            Self::Mro { class, .. } => class.to_string(),
        }
    }
}

/// What has become of a pin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held<'a> {
    /// It holds.
    Yes,
    /// The class is not there; these of the project are spelled much like it.
    NotThere(Vec<ClassPath>),
    /// The class cannot be made.
    Raises(ClassRef<'a>),
    /// It is not known.
    NotKnown(ClassRef<'a>),
    /// The name comes from another class, or from none.
    Provider(ClassRef<'a>, Option<ClassRef<'a>>),
    /// The MRO is another one.
    Mro(ClassRef<'a>),
}

/// The class that a path means.
pub fn pinned<'a>(path: &ClassPath, analysis: &'a Analysis) -> Option<ClassRef<'a>> {
    let own = analysis.by_path(path);
    let bound = analysis.named(&path.module, &path.qualname);
    let bound = bound.filter(|id| own.is_empty() || own.contains(id));
    let found = bound.or_else(|| own.last().copied());
    found.map(|id| analysis.class(id))
}

/// Looks whether a pin holds.
pub fn held<'a>(pin: &Pin, analysis: &'a Analysis) -> Held<'a> {
    let Some(class) = pinned(pin.class(), analysis) else {
        return Held::NotThere(match analysis.find(&pin.class().to_string()) {
            Target::Unknown(mut near) => {
                let is_projects = |path: &ClassPath| {
                    let module = analysis.module(&path.module);
                    module.is_some_and(|it| it.origin == ModuleOrigin::Project)
                };
                near.retain(is_projects);
                near
            }
            Target::Class(_) | Target::Ambiguous(_) => vec![],
        });
    };
    match class.outcome() {
        Outcome::Raises(_) => return Held::Raises(class),
        Outcome::Unknown { .. } => return Held::NotKnown(class),
        Outcome::Created(_) => {}
    }
    match pin {
        Pin::Provider { name, from, .. } => match class.provider(name) {
            Provided::By(now) if now.path() == from => Held::Yes,
            Provided::By(now) => Held::Provider(class, Some(now)),
            Provided::Nowhere => Held::Provider(class, None),
            Provided::Untold => Held::NotKnown(class),
        },
        Pin::Mro { mro, .. } => {
            let now = class.mro().unwrap_or_default();
            if now.iter().map(|it| it.path()).eq(mro) {
                Held::Yes
            } else {
                Held::Mro(class)
            }
        }
    }
}
