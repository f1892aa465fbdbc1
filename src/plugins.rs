//! PLUGINS. `Analysis` → registries: what derives from a base, and how the base or a distribution finds it.

mod atlas;
mod entry_points;
mod files;
mod frameworks;
mod loading;
mod metaclass;
mod names;
mod rows;
mod setup_file;
mod sites;
mod subclass_hook;
mod subclasses;

pub use atlas::{Atlas, atlas, registrations};
pub use entry_points::{DeclaredEntryPoint, resolve as class_of_entry_point, value_parts};
pub use files::modules::Ground;
pub use frameworks::{named_by_url, told_in, watched};
pub use setup_file::literal_entry_points;

use crate::Name;
use crate::analysis::ClassRef;
use crate::semantics::{Member, abstract_methods};

/// Everything that plugs into a base.
#[derive(Debug)]
pub struct Plugins<'a> {
    /// All classes that derive from it, directly or not, in order of creation.
    pub classes: Vec<Plugin<'a>>,
    /// The code that runs for each of them when it is made; none where the base leaves them alone.
    pub registers: Vec<Hook<'a>>,
    /// Entry points that lead to the base or to a class below it.
    pub entry_points: Vec<DeclaredEntryPoint<'a>>,
}

/// A class that derives from a base.
#[derive(Debug)]
pub struct Plugin<'a> {
    /// The class.
    pub class: ClassRef<'a>,
    /// What it still lacks before it can be instantiated; empty where it can be.
    pub lacks: Vec<Name>,
    /// How far it is from the base: 1 for a class that names it among its bases.
    pub distance: usize,
    /// Whether the base's `__init_subclass__` ran when it was made.
    pub hook: Ran<'a>,
}

/// Whether a hook ran for a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ran<'a> {
    /// It did.
    Yes,
    /// It did not: this class stands before it in the MRO, and does not call on.
    No(Option<ClassRef<'a>>),
    /// Nobody has watched, or not all could be followed.
    Unknown,
}

/// Code that Python runs for every class that derives from a base.
#[derive(Debug)]
pub struct Hook<'a> {
    /// How it comes to run.
    pub way: Way,
    /// The class that defines it.
    pub class: ClassRef<'a>,
    /// Its name: `__init_subclass__`.
    pub name: &'static str,
    /// Its definition.
    pub member: &'a Member,
}

/// How a base gets to know the classes that derive from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// `__init_subclass__` (PEP 487).
    SubclassHook,
    /// A metaclass that takes part in making each class.
    Metaclass,
}

/// Finds what plugs into a base.
pub fn plugins(base: ClassRef<'_>) -> Plugins<'_> {
    let descendants = base.descendants();
    let entry_points = entry_points::leading_to(base, &descendants);
    let mut registers = vec![];
    registers.extend(subclass_hook::of(base));
    registers.extend(metaclass::of(base));
    let distance = distances(base);
    let classes = descendants
        .into_iter()
        .map(|class| Plugin {
            class,
            lacks: abstract_methods(&base.analysis().classes, class.id()),
            distance: distance.get(&class.id()).copied().unwrap_or(1),
            hook: subclass_hook::ran(&registers, class),
        })
        .collect();
    Plugins {
        classes,
        registers,
        entry_points,
    }
}

/// How many steps each class below the base is away from it.
fn distances(base: ClassRef<'_>) -> rustc_hash::FxHashMap<crate::semantics::ClassId, usize> {
    let mut distance = rustc_hash::FxHashMap::default();
    let mut row = vec![base];
    for away in 1.. {
        row = row.into_iter().flat_map(ClassRef::subclasses).collect();
        row.retain(|class| !distance.contains_key(&class.id()));
        if row.is_empty() {
            break;
        }
        for class in &row {
            distance.insert(class.id(), away);
        }
        row.sort_by_key(|class| class.id());
        row.dedup();
    }
    distance
}
