//! Why one class stands before another in an MRO, and which statements cannot all hold where there is none.
//!
//! C3 keeps two kinds of demands: a class stands before its bases, and bases stand in the order in which they are
//! written. What those leave open, the merge decides: it takes from the leftmost list that has a good head.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::semantics::{ClassId, Classes};

/// Why a class stands before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// The other is one of its bases.
    Derives,
    /// The base list of this class names it before the other.
    Written {
        /// The class whose statement says so.
        by: ClassId,
    },
    /// Nothing demands it; the merge for `by` takes what comes with one base before what comes with a later one.
    Leftmost {
        /// The class whose bases decide.
        by: ClassId,
        /// The base it comes with.
        with: ClassId,
        /// The later base, which the other comes with.
        later: ClassId,
    },
}

/// One class before another, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// The class that comes first.
    pub first: ClassId,
    /// The class that comes after it.
    pub second: ClassId,
    /// Why.
    pub because: Before,
}

/// Returns why `first` stands right before `second` in the MRO of a class with these bases.
///
/// Between neighbours a demand is always a direct one: were it passed on by a third class, that class would stand
/// between them.
pub fn before(
    classes: &Classes,
    class: ClassId,
    bases: &[ClassId],
    first: ClassId,
    second: ClassId,
) -> Option<Before> {
    let mut class = class;
    let mut bases = bases;
    // Each turn goes to a class nearer to `object`; the bound is for tables that are not what they should be.
    for _ in 0..classes.len() {
        if derives(classes, class, bases, first, second) {
            return Some(Before::Derives);
        }
        let position = |wanted| bases.iter().position(|&base| base == wanted);
        if let (Some(one), Some(other)) = (position(first), position(second))
            && one < other
        {
            return Some(Before::Written { by: class });
        }
        if let Some(&base) = bases
            .iter()
            .find(|&&base| precedes(classes, base, first, second))
        {
            class = base;
            bases = &classes.made(base)?.bases;
            continue;
        }
        let comes_with = |wanted| {
            bases
                .iter()
                .copied()
                .find(|&base| classes.is_subclass(base, wanted))
        };
        return Some(Before::Leftmost {
            by: class,
            with: comes_with(first)?,
            later: comes_with(second)?,
        });
    }
    None
}

/// Whether `first` has `second` among its bases; `class` has these bases, though it may not exist.
fn derives(
    classes: &Classes,
    class: ClassId,
    bases: &[ClassId],
    first: ClassId,
    second: ClassId,
) -> bool {
    let bases = if first == class {
        bases
    } else {
        classes.made(first).map_or(&[][..], |made| &made.bases)
    };
    bases.contains(&second)
}

fn precedes(classes: &Classes, class: ClassId, first: ClassId, second: ClassId) -> bool {
    let Some(mro) = classes.mro(class) else {
        return false;
    };
    let position = |wanted| mro.iter().position(|&entry| entry == wanted);
    matches!((position(first), position(second)), (Some(one), Some(other)) if one < other)
}

/// Returns the fewest demands that go round in a circle, so that a class with these bases has no MRO; none where it has one.
///
/// ```py
/// class X(A, B): ...
/// class Y(B, A): ...
/// class Z(X, Y): ...  # A before B by X, B before A by Y
/// ```
pub fn contradiction(classes: &Classes, class: ClassId, bases: &[ClassId]) -> Vec<Demand> {
    // Neighbours in the lists that C3 merges, and the first list that says so.
    let mut after: FxHashMap<ClassId, Vec<(ClassId, Option<ClassId>)>> = FxHashMap::default();
    let mut starts = vec![];
    let mut add = |list: &[ClassId], of: Option<ClassId>| {
        for pair in list.windows(2) {
            let next = after.entry(pair[0]).or_default();
            if next.iter().all(|&(known, _)| known != pair[1]) {
                next.push((pair[1], of));
            }
            starts.push(pair[0]);
        }
    };
    add(bases, None);
    for &base in bases {
        add(classes.mro(base).unwrap_or_default(), Some(base));
    }
    let mut tried = rustc_hash::FxHashSet::default();
    starts
        .into_iter()
        .filter(|&start| tried.insert(start))
        .filter_map(|start| circle(&after, start))
        .min_by_key(Vec::len)
        .unwrap_or_default()
        .into_iter()
        .map(|(first, second, list)| {
            let because = match list {
                None => Some(Before::Written { by: class }),
                Some(base) => classes
                    .made(base)
                    .and_then(|made| before(classes, base, &made.bases, first, second)),
            };
            Demand {
                first,
                second,
                because: because.unwrap_or(Before::Derives),
            }
        })
        .collect()
}

type Edge = (ClassId, ClassId, Option<ClassId>);

/// The shortest way from a class back to itself.
fn circle(
    after: &FxHashMap<ClassId, Vec<(ClassId, Option<ClassId>)>>,
    start: ClassId,
) -> Option<Vec<Edge>> {
    let mut came: FxHashMap<ClassId, (ClassId, Option<ClassId>)> = FxHashMap::default();
    let mut waiting = VecDeque::from([start]);
    while let Some(at) = waiting.pop_front() {
        for &(next, list) in after.get(&at).map_or(&[][..], Vec::as_slice) {
            if came.contains_key(&next) {
                continue;
            }
            came.insert(next, (at, list));
            if next == start {
                let mut way = vec![];
                let mut end = start;
                loop {
                    let (before, list) = came[&end];
                    way.push((before, end, list));
                    end = before;
                    if end == start {
                        way.reverse();
                        return Some(way);
                    }
                }
            }
            waiting.push_back(next);
        }
    }
    None
}
