//! Why any one class stands before any other in an MRO: the base lists that force it, or the turn of a merge that chose it.
//!
//! C3 keeps three things (Barrett and others, "A monotonic superclass linearization for Dylan"; `pmerge` in CPython's `typeobject.c`): a class stands
//! before its bases, bases stand in the order in which they are written, and the order of each base's MRO stays. So what a statement above demands, each
//! class below has to keep, and a way along such demands from one class to the other is a proof: a statement that asked for the opposite could not be
//! kept with them. Where there is no way, the opposite could be kept, and only the merge decides, which takes the leftmost head that it can.
//! For neighbours, of which a demand is always a direct one, `order.rs` says it in a word.

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::semantics::{ClassId, Classes, Made, Turn, linearize};

/// Why one class stands before another in an MRO.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Precedence {
    /// These demands, one after the other, lead from the first class to the second.
    Forced(Vec<Demand>),
    /// Nothing demands it; this turn of a merge decided.
    Chosen(Choice),
}

/// Something that each class below has to keep: one class before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// The class that comes first.
    pub first: ClassId,
    /// The class that comes after it.
    pub second: ClassId,
    /// Why.
    pub says: Says,
}

/// What makes a demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// The second is a base of the first.
    Derives,
    /// The bases of this class name the first before the second.
    Bases {
        /// The class.
        by: ClassId,
    },
    /// The metaclass of this class has an `mro()` of its own, which puts the first before the second.
    Own {
        /// The class.
        by: ClassId,
    },
}

/// A turn of a merge that put one class before another, though nothing demanded it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The class whose merge it is: the first that has both; those below keep its order.
    pub by: ClassId,
    /// Which of its steps, counted from 1.
    pub step: usize,
    /// The base whose MRO is the list from which the first class was taken; none for the list of the bases.
    pub from: Option<ClassId>,
    /// Where the second class stood then.
    pub other: Stood,
}

/// Where a class stood when another one was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stood {
    /// It could have been taken as well, from a list further right: the MRO of this base, or none for the list of the bases.
    Later {
        /// The base.
        in_: Option<ClassId>,
    },
    /// It had to wait for this class, the head of a list that has it behind.
    Behind {
        /// The head.
        head: ClassId,
        /// The base whose MRO the list is; none for the list of the bases.
        in_: Option<ClassId>,
    },
}

/// Returns why `first` stands before `second` in the MRO of `class`; none where it does not, or the class has no MRO.
///
/// ```py
/// class A: ...
/// class B: ...
/// class C(A): ...
/// class X(C, B): ...  # C before B is written; A before B is not: the merge takes what comes with C first
/// class Y(X): ...
/// ```
pub fn precedence(
    classes: &Classes,
    class: ClassId,
    first: ClassId,
    second: ClassId,
) -> Option<Precedence> {
    let mro = classes.mro(class)?;
    let position: FxHashMap<ClassId, usize> = mro.iter().copied().zip(0..).collect();
    let (from, to) = (*position.get(&first)?, *position.get(&second)?);
    if from >= to {
        return None;
    }
    let demands = demands(classes, class, &position);
    let way = if classes.is_subclass(first, second) {
        let derives = |it: &Demand| it.says == Says::Derives;
        way(&demands, first, second, derives).or_else(|| way(&demands, first, second, |_| true))
    } else {
        way(&demands, first, second, |_| true)
    };
    match way {
        Some(way) => Some(Precedence::Forced(way)),
        None => choice(classes, class, first, second).map(Precedence::Chosen),
    }
}

/// Whether the MRO of a class is what C3 makes of its bases.
fn is_merged(classes: &Classes, class: ClassId, made: &Made) -> bool {
    if let [base] = made.bases.as_slice() {
        let above = classes.mro(*base).unwrap_or_default();
        return made.mro.first() == Some(&class) && made.mro.get(1..) == Some(above);
    }
    let mro_of = |base| classes.mro(base).unwrap_or_default();
    let merged = linearize(class, &made.bases, mro_of, |_| ());
    merged.is_ok_and(|merged| merged[..] == made.mro[..])
}

/// All that the statements above a class, and its own, demand: by the class that comes first.
///
/// Above a class whose metaclass has an `mro()` of its own no statement has to be kept; its MRO has to, as it is.
fn demands(
    classes: &Classes,
    class: ClassId,
    position: &FxHashMap<ClassId, usize>,
) -> FxHashMap<ClassId, Vec<Demand>> {
    let mut demands: FxHashMap<ClassId, Vec<Demand>> = FxHashMap::default();
    let mut add = |first: ClassId, second: ClassId, says: Says| {
        let places = (position.get(&first), position.get(&second));
        // A class that an `mro()` of its own left out is in no order.
        if matches!(places, (Some(one), Some(other)) if one < other) {
            let demand = Demand {
                first,
                second,
                says,
            };
            demands.entry(first).or_default().push(demand);
        }
    };
    let mut seen = FxHashSet::default();
    let mut waiting = VecDeque::from([class]);
    while let Some(at) = waiting.pop_front() {
        let Some(made) = classes.made(at).filter(|_| seen.insert(at)) else {
            continue;
        };
        if !is_merged(classes, at, made) {
            for (place, &one) in made.mro.iter().enumerate() {
                for &other in &made.mro[place + 1..] {
                    add(one, other, Says::Own { by: at });
                }
            }
            continue;
        }
        for (place, &base) in made.bases.iter().enumerate() {
            add(at, base, Says::Derives);
            for &later in &made.bases[place + 1..] {
                add(base, later, Says::Bases { by: at });
            }
            waiting.push_back(base);
        }
    }
    // Of two ways of one length that along derivation says it best.
    for of_class in demands.values_mut() {
        of_class.sort_by_key(|it| it.says != Says::Derives);
    }
    demands
}

/// The shortest way from one class to another.
fn way(
    demands: &FxHashMap<ClassId, Vec<Demand>>,
    first: ClassId,
    second: ClassId,
    counts: impl Fn(&Demand) -> bool,
) -> Option<Vec<Demand>> {
    let mut came: FxHashMap<ClassId, Demand> = FxHashMap::default();
    let mut waiting = VecDeque::from([first]);
    while let Some(at) = waiting.pop_front() {
        let onward = demands.get(&at).map_or(&[][..], Vec::as_slice);
        for demand in onward.iter().filter(|it| counts(it)) {
            if demand.second == first || came.contains_key(&demand.second) {
                continue;
            }
            came.insert(demand.second, *demand);
            waiting.push_back(demand.second);
            if demand.second == second {
                let mut way = vec![];
                let mut end = second;
                while let Some(&demand) = came.get(&end) {
                    way.push(demand);
                    end = demand.first;
                }
                way.reverse();
                return Some(way);
            }
        }
    }
    None
}

/// The turn of the merge that decided: that of the first class, seen from `object`, which has both.
fn choice(classes: &Classes, class: ClassId, first: ClassId, second: ClassId) -> Option<Choice> {
    let has_both = |base: &ClassId| {
        let mro = classes.mro(*base).unwrap_or_default();
        mro.contains(&first) && mro.contains(&second)
    };
    let mut by = class;
    // Each turn goes to a class nearer to `object`; the bound is for tables that are not what they should be.
    for _ in 0..classes.len() {
        match classes.made(by)?.bases.iter().copied().find(has_both) {
            Some(base) => by = base,
            None => break,
        }
    }
    let bases = &classes.made(by)?.bases;
    let of_list = |list: usize| bases.get(list).copied();
    let mut taken = 0;
    let mut found = None;
    let merged = linearize(
        by,
        bases,
        |base| classes.mro(base).unwrap_or_default(),
        |step| {
            let Turn::Taken { class, list } = step.turn else {
                return;
            };
            taken += 1;
            if class != first || found.is_some() {
                return;
            }
            let in_tail = |it: &&[ClassId]| it.iter().skip(1).any(|&entry| entry == second);
            let is_head = |it: &&[ClassId]| it.first() == Some(&second);
            let lists = step.lists;
            let other = if let Some(behind) = lists.iter().position(in_tail) {
                Some(Stood::Behind {
                    head: lists[behind][0],
                    in_: of_list(behind),
                })
            } else {
                let later = lists.iter().position(is_head);
                later.map(|later| Stood::Later {
                    in_: of_list(later),
                })
            };
            found = other.map(|other| Choice {
                by,
                step: taken,
                from: of_list(list),
                other,
            });
        },
    );
    found.filter(|_| merged.is_ok())
}
