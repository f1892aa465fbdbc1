//! Why one class stands before another in an MRO. Why there is none, `conflict.rs` says.
//!
//! C3 keeps two kinds of demands: a class stands before its bases, and bases stand in the order in which they are
//! written. What those leave open, the merge decides: it takes from the leftmost list that has a good head.

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
