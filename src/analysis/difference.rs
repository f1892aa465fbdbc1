//! What differs between two analyses: MROs, metaclasses, what is raised, and which class each name comes from; by reason.
//!
//! A class is the same on both sides where module and qualified name are. Where several share these, the one that the name means comes
//! first, then those that statements made, then those that calls made, the last one first; their places in that order are held against
//! one another. How many there are is not compared: a function that is called more often makes more. Nothing is said where either side is not known: of a class, of a name that only perhaps stands in a namespace,
//! of a name that a namespace which is not known whole may have.
//!
//! ```py
//! class Base: ...
//! class Audit(Base): ...
//! class Order(Audit): ...     # before: class Order(Base)
//! class Invoice(Order): ...   # as before; its MRO is another one because of `Order`
//! ```

mod compared;
mod reasons;

use std::fmt;

use crate::Name;
use crate::analysis::difference::compared::Compared;
use crate::analysis::difference::reasons::by_reason;
use crate::analysis::{Analysis, ModuleOrigin, Sureness};
use crate::semantics::{ClassId, ClassPath};

/// Names that say nothing to a user: the interpreter puts them into namespaces, or keeps its books in them.
const SILENT: [&str; 16] = [
    "__abstractmethods__",
    "__annotate_func__",
    "__annotations__",
    "__annotations_cache__",
    "__dict__",
    "__doc__",
    "__firstlineno__",
    "__match_args__",
    "__module__",
    "__orig_bases__",
    "__parameters__",
    "__qualname__",
    "__slots__",
    "__static_attributes__",
    "__weakref__",
    "_abc_impl",
];

/// Which classes are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Those of the project.
    #[default]
    Project,
    /// Those of installed distributions that were run, too.
    All,
}

/// What is compared, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparing {
    /// Which classes are asked about.
    pub scope: Scope,
    /// A module or package that has another name after: `(before, after)`. Its classes are named as after.
    pub renamed: Option<(Name, Name)>,
}

/// A class by its name, whichever analysis it is of: its path, and which of those that share it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Named {
    /// Module and qualified name.
    pub path: ClassPath,
    /// 0 for the one that the name means; the others are counted from the last one back.
    pub other: u32,
}

/// `shop.cart:Cart`; another class that was made under that name is `shop.cart:Cart~1`.
impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.other {
            0 => write!(f, "{}", self.path),
            other => write!(f, "{}~{other}", self.path),
        }
    }
}

/// What one of the two analyses says of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The class there.
    pub id: ClassId,
    /// Its MRO; none where its statement raises.
    pub mro: Option<Vec<Named>>,
    /// Its bases, or those that the statement asked for.
    pub bases: Vec<Named>,
    /// `type(cls)`.
    pub metaclass: Option<Named>,
    /// What its statement or the statement's decorator raises, on one line.
    pub raises: Option<String>,
    /// How sure that is.
    pub sureness: Sureness,
}

/// A class of which something changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The class.
    pub class: Named,
    /// What is said of it before.
    pub before: Side,
    /// What is said of it after.
    pub after: Side,
    /// The names that come from another class after, by name.
    pub providers: Vec<Provider>,
    /// Names of which that cannot be told, by name.
    pub untold: Vec<Name>,
}

impl Changed {
    /// Whether it is made before and after, with another MRO.
    pub fn is_mro(&self) -> bool {
        self.before.mro.is_some() && self.after.mro.is_some() && self.before.mro != self.after.mro
    }

    /// Whether it is made before and after, of another metaclass.
    pub fn is_metaclass(&self) -> bool {
        self.before.mro.is_some()
            && self.after.mro.is_some()
            && self.before.metaclass != self.after.metaclass
    }

    /// Whether it raises on one side alone, or other things.
    pub fn is_raises(&self) -> bool {
        self.before.raises != self.after.raises
    }

    /// Whether more has changed than where its names come from.
    pub fn is_structure(&self) -> bool {
        self.is_mro() || self.is_metaclass() || self.is_raises()
    }
}

/// A name that comes from another class after.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Provider {
    /// The name.
    pub name: Name,
    /// The first class of the MRO before that has it in its own namespace.
    pub from: Option<Named>,
    /// The first class of the MRO after.
    pub to: Option<Named>,
}

/// A class that is the reason of changes: of its own, and of those of classes that derive from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The class.
    pub class: Named,
    /// The class before and after, where it is there.
    pub ids: (Option<ClassId>, Option<ClassId>),
    /// Its bases before and after, where it was given others.
    pub bases: Option<(Vec<Named>, Vec<Named>)>,
    /// Its metaclass before and after, where it was given another one and no base brings it.
    pub metaclass: Option<(Named, Named)>,
    /// All classes that changed because of it, itself first: indices into [`Difference::changed`].
    pub classes: Vec<usize>,
    /// Those of them whose MRO, metaclass or exception did.
    pub structure: Vec<usize>,
    /// The names that come from elsewhere because of it, by name.
    pub moved: Vec<Moved>,
}

/// A name that comes from elsewhere in some classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// From where to where.
    pub provider: Provider,
    /// In which classes: indices into [`Difference::changed`].
    pub classes: Vec<usize>,
}

/// A class that is not known on one side, so that nothing is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// The class.
    pub class: Named,
    /// How sure the answer was before, and after.
    pub sureness: (Sureness, Sureness),
    /// The class before, and after.
    pub ids: (ClassId, ClassId),
}

/// What differs between two analyses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// The classes of which something changed, by name.
    pub changed: Vec<Changed>,
    /// The same, by what is the reason: what concerns most classes first.
    pub reasons: Vec<Reason>,
    /// Classes that are there after and not before, by name.
    pub new: Vec<(Named, ClassId)>,
    /// Classes that are there before and not after, by name.
    pub gone: Vec<(Named, ClassId)>,
    /// Classes that are known on one side alone, by name.
    pub untold: Vec<Untold>,
    /// How many classes are known on neither side.
    pub unknown: usize,
    /// How many classes are known on both, and were compared.
    pub compared: usize,
}

impl Difference {
    /// Whether nothing has changed, as far as that is known.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.new.is_empty() && self.gone.is_empty()
    }

    /// What changed of a class.
    pub fn of(&self, class: &Named) -> Option<&Changed> {
        let at = self.changed.binary_search_by(|it| it.class.cmp(class));
        at.ok().map(|at| &self.changed[at])
    }
}

impl Analysis {
    /// The name by which a class is known in another analysis of the same project.
    pub fn named_as(&self, id: ClassId) -> Named {
        let path = &self.classes.get(id).path;
        let before = self.sharing(path, self.classes.is_interpreters(id));
        let other = before.iter().position(|&it| it == id).unwrap_or_default();
        Named {
            path: path.clone(),
            other: other as u32,
        }
    }

    /// The class of source with this name.
    pub fn class_named(&self, name: &Named) -> Option<ClassId> {
        let sharing = self.sharing(&name.path, false);
        sharing.get(name.other as usize).copied()
    }

    /// The classes that share a path, the one that it means first.
    fn sharing(&self, path: &ClassPath, interpreters: bool) -> Vec<ClassId> {
        let all = self.by_path(path).iter().copied();
        let mut ids: Vec<ClassId> = all
            .filter(|&id| self.classes.is_interpreters(id) == interpreters)
            .collect();
        if ids.len() > 1 {
            ids.sort_by_cached_key(|&id| std::cmp::Reverse(compared::standing_for(self, id)));
        }
        ids
    }
}

/// Compares the classes of two projects, or of one project at two times.
pub fn difference(before: &Analysis, after: &Analysis) -> Difference {
    difference_in(before, after, &Comparing::default())
}

/// The same, of other classes or with other names.
pub fn difference_in(before: &Analysis, after: &Analysis, comparing: &Comparing) -> Difference {
    let compared = Compared::new(before, after, comparing);
    let is_asked = |analysis: &Analysis, id: ClassId| match comparing.scope {
        Scope::All => analysis.module_of(id).is_some(),
        Scope::Project => analysis.class(id).home() == ModuleOrigin::Project,
    };
    let mut found = Difference::default();
    for id in before.classes.own_ids().filter(|&id| is_asked(before, id)) {
        let Some(twin) = compared.twin_after(id) else {
            if !compared.is_on_both(compared.before.face(id)) {
                found.gone.push((compared.named_before(id), id));
            }
            continue;
        };
        let sureness = (before.class(id).sureness(), after.class(twin).sureness());
        match sureness {
            (Sureness::Unknown(_), Sureness::Unknown(_)) => found.unknown += 1,
            (Sureness::Unknown(_), _) | (_, Sureness::Unknown(_)) => found.untold.push(Untold {
                class: compared.named_before(id),
                sureness,
                ids: (id, twin),
            }),
            _ => {
                found.compared += 1;
                found.changed.extend(compared.changed(id, twin));
            }
        }
    }
    for id in after.classes.own_ids().filter(|&id| is_asked(after, id)) {
        if compared.twin_before(id).is_none() && !compared.is_on_both(compared.after.face(id)) {
            found.new.push((compared.named_after(id), id));
        }
    }
    found.changed.sort_by(|a, b| a.class.cmp(&b.class));
    found.new.sort();
    found.gone.sort();
    found.untold.sort_by(|a, b| a.class.cmp(&b.class));
    found.reasons = by_reason(&compared, &found.changed);
    found
}

/// Whether a name says nothing to a user: what each class has for itself, `__module__` and its like.
pub fn says_nothing(name: &str) -> bool {
    SILENT.binary_search(&name).is_ok()
}
