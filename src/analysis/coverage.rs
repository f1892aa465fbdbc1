//! Why classes of the project cannot be known: the causes behind their gaps, and how many classes each of them holds back.
//!
//! A class has the gaps it stands on itself, and those of the classes it derives from: one missing package can hide
//! half of a project. What a cause is called and what helps against it are `view`'s words.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::hash::Hash;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::Name;
use crate::analysis::{Analysis, ClassRef, Counts, Sureness};
use crate::semantics::{ClassId, Gap, Outcome, Standing, Why};
use crate::source::{Place, is_standard_library};

/// How much of a project is known, and what keeps the rest from being known.
#[derive(Debug)]
pub struct Coverage<'a> {
    /// The project's classes, by how sure their answers are.
    pub counts: Counts,
    /// What holds unknown classes back, the most harmful first. A class with several causes is in the share of each.
    pub causes: Vec<Share<'a, Cause>>,
    /// What assumed classes rest on, a clause each, the most used first.
    pub assumptions: Vec<Share<'a, &'a str>>,
}

/// The part of a project that one cause, or one assumption, has a hold on.
#[derive(Debug)]
pub struct Share<'a, T> {
    /// What has the hold.
    pub of: T,
    /// Where it does, sorted, those of the project first; empty where no place is known.
    pub places: BTreeSet<Place>,
    /// The project's classes it touches themselves, in order of module and creation.
    pub direct: Vec<ClassRef<'a>>,
    /// Those it touches through a class they derive from, or through their metaclass, in the same order.
    pub derived: Vec<ClassRef<'a>>,
}

impl<T> Share<'_, T> {
    /// How many classes of the project it touches.
    pub fn classes(&self) -> usize {
        self.direct.len() + self.derived.len()
    }
}

/// What keeps classes from being known: gaps with one cure are one cause.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cause {
    /// A package is neither in the project nor in its environment.
    NotInstalled {
        /// The package's name, without that of the submodule that was asked for.
        module: Name,
    },
    /// A package is there, and a module below it cannot be imported.
    NotInPackage {
        /// The module's dotted name.
        module: Name,
    },
    /// Another version or platform has the standard library's module; this one has not.
    NotInPython {
        /// The module's dotted name.
        module: Name,
    },
    /// A module is made by C code of which no table exists.
    NoSource {
        /// The module's dotted name.
        module: Name,
        /// Whether a snapshot describes it as it was before its file changed.
        has_changed: bool,
    },
    /// An expression that cannot be followed, wherever it stands.
    Expression {
        /// Why it cannot.
        why: Why,
        /// The expression or name, short.
        what: Name,
    },
}

impl Cause {
    /// What is out of view: a module's dotted name, or the expression.
    pub fn what(&self) -> &str {
        match self {
            Self::NotInstalled { module }
            | Self::NotInPackage { module }
            | Self::NotInPython { module }
            | Self::NoSource { module, .. } => module,
            Self::Expression { what, .. } => what,
        }
    }

    /// The module that is out of view, where that is the cause.
    pub fn module(&self) -> Option<&str> {
        match self {
            Self::Expression { .. } => None,
            _ => Some(self.what()),
        }
    }

    fn behind(gap: &Gap, analysis: &Analysis) -> Self {
        match &gap.why {
            Why::NotInstalled { module } => {
                let top = module.split('.').next().unwrap_or(module);
                if analysis.module(top).is_some() {
                    Self::NotInPackage {
                        module: module.clone(),
                    }
                } else if is_standard_library(top) {
                    Self::NotInPython {
                        module: module.clone(),
                    }
                } else {
                    Self::NotInstalled { module: top.into() }
                }
            }
            Why::NoSource {
                module,
                has_changed,
            } => Self::NoSource {
                module: module.clone(),
                has_changed: *has_changed,
            },
            why => Self::Expression {
                why: why.clone(),
                what: gap.what.clone(),
            },
        }
    }
}

impl Analysis {
    /// Says how much of the project is known, and gathers what keeps the rest from being known.
    pub fn coverage(&self) -> Coverage<'_> {
        let unknown = self
            .project_classes()
            .filter(|class| matches!(class.outcome(), Outcome::Unknown { .. }));
        let mut causes = shares(unknown, |class| match class.outcome() {
            Outcome::Unknown { because, .. } => because
                .iter()
                .map(|gap| (Cause::behind(gap, self), gap.at))
                .collect(),
            Outcome::Created(_) | Outcome::Raises(_) => vec![],
        });
        causes.sort_by(|a, b| order(a, a.of.what()).cmp(&order(b, b.of.what())));
        let assumed = self
            .project_classes()
            .filter(|class| matches!(class.sureness(), Sureness::Assumed(_)));
        let mut assumptions = shares(assumed, |class| match class.standing() {
            Standing::Assumed(assumptions) => assumptions
                .iter()
                .map(|one| (one.what.as_str(), one.at))
                .collect(),
            Standing::Exact => vec![],
        });
        assumptions.sort_by(|a, b| order(a, a.of).cmp(&order(b, b.of)));
        Coverage {
            counts: self.counts(),
            causes,
            assumptions,
        }
    }
}

/// The largest share first; of equal ones by name, then by the first place.
fn order<'s, T>(
    share: &'s Share<'_, T>,
    what: &'s str,
) -> (Reverse<usize>, &'s str, Option<&'s Place>) {
    (Reverse(share.classes()), what, share.places.first())
}

/// Gathers by what it is that has a hold on these classes. `of` says what has one on a class, and where; what it says of
/// an ancestor or a metaclass holds for the class as well.
fn shares<'a, T: Clone + Eq + Hash>(
    classes: impl Iterator<Item = ClassRef<'a>>,
    of: impl Fn(ClassRef<'a>) -> Vec<(T, Option<Place>)>,
) -> Vec<Share<'a, T>> {
    let mut shares: IndexMap<T, Share<'a, T>, FxBuildHasher> = IndexMap::default();
    // Positions in `shares`: a class is asked once, however many derive from it.
    let mut asked: FxHashMap<ClassId, Vec<usize>> = FxHashMap::default();
    for class in classes {
        let mut positions_of = |asking: ClassRef<'a>| -> Vec<usize> {
            if let Some(known) = asked.get(&asking.id()) {
                return known.clone();
            }
            let mut positions = vec![];
            for (what, at) in of(asking) {
                let entry = shares.entry(what.clone());
                let position = entry.index();
                let share = entry.or_insert_with(|| Share {
                    of: what,
                    places: BTreeSet::new(),
                    direct: vec![],
                    derived: vec![],
                });
                share.places.extend(at);
                if !positions.contains(&position) {
                    positions.push(position);
                }
            }
            asked.insert(asking.id(), positions.clone());
            positions
        };
        let own = positions_of(class);
        let above = class
            .known_ancestry()
            .into_iter()
            .filter(|&ancestor| ancestor != class)
            .chain(class.metaclass());
        let inherited: BTreeSet<usize> = above.flat_map(positions_of).collect();
        for &position in own.iter().filter(|position| !inherited.contains(position)) {
            shares[position].direct.push(class);
        }
        for position in inherited {
            shares[position].derived.push(class);
        }
    }
    shares.into_values().collect()
}
