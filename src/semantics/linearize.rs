//! C3, written once: the answer ignores the observer, the merge page listens to it, so neither can drift from the other.

use crate::semantics::{ClassId, TypeNewError};

/// One turn of the merge: a head was looked at, or no list is left that has a good one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'s, 'm> {
    /// What is left of each list before this turn, its head first: one list a base, its MRO; then the list of bases.
    pub lists: &'s [&'m [ClassId]],
    /// What happened.
    pub turn: Turn,
}

/// What came of looking at a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It stands in the tail of some list, so something else has to come first.
    Rejected {
        /// The head that was looked at.
        candidate: ClassId,
        /// The list it is the head of.
        list: usize,
        /// The first list that has it in its tail.
        in_tail_of: usize,
    },
    /// It is the next entry of the MRO and leaves every list that it heads.
    Taken {
        /// The head that was looked at.
        class: ClassId,
        /// The list it is the head of.
        list: usize,
    },
    /// Every head stands in some tail: there is no MRO.
    Stuck,
}

/// Merges the MROs of the bases into that of `class`, as `type.mro()` does (`mro_implementation` in CPython's
/// `typeobject.c`; the HOWTO "The Python 2.3 Method Resolution Order").
///
/// ```py
/// class A: ...
/// class B(A): ...
/// class C(A): ...
/// class D(B, C): ...  # D B C A object
/// ```
///
/// Fails with [`TypeNewError::DuplicateBase`] before it merges anything, and with
/// [`TypeNewError::InconsistentMro`] when it gets stuck.
pub fn linearize<'m>(
    class: ClassId,
    bases: &'m [ClassId],
    mro_of: impl Fn(ClassId) -> &'m [ClassId],
    mut observe: impl FnMut(Step<'_, 'm>),
) -> Result<Box<[ClassId]>, TypeNewError> {
    if let Some(twice) = first_repeated(bases) {
        return Err(TypeNewError::DuplicateBase(twice));
    }
    let mut lists: Vec<&[ClassId]> = bases.iter().map(|&base| mro_of(base)).collect();
    // A lone base's MRO is taken over unread. It shows only where a metaclass left the base out of its own MRO.
    if bases.len() != 1 || lists[0].first() == bases.first() {
        lists.push(bases);
    }
    // One list, taken over from its head on: nothing can stand in a tail.
    let is_alone = lists.len() == 1 || bases.len() == 1 && lists[0].first() == bases.first();
    let mut mro = vec![class];
    loop {
        match next_head(&lists, is_alone, &mut observe) {
            Head::Taken(next) => {
                mro.push(next);
                for list in &mut lists {
                    if list.first() == Some(&next) {
                        *list = &list[1..];
                    }
                }
            }
            Head::NoneLeft => return Ok(mro.into()),
            Head::Stuck => {
                return Err(TypeNewError::InconsistentMro {
                    heads: heads(&lists),
                });
            }
        }
    }
}

enum Head {
    Taken(ClassId),
    NoneLeft,
    Stuck,
}

/// Looks at the heads from the left for one that stands in no tail.
fn next_head<'m>(
    lists: &[&'m [ClassId]],
    is_alone: bool,
    observe: &mut impl FnMut(Step<'_, 'm>),
) -> Head {
    let mut any = false;
    for (list, left) in lists.iter().enumerate() {
        let Some(&candidate) = left.first() else {
            continue;
        };
        any = true;
        let in_tail = if is_alone {
            None
        } else {
            lists
                .iter()
                .position(|other| other.iter().skip(1).any(|&entry| entry == candidate))
        };
        let turn = match in_tail {
            Some(in_tail_of) => Turn::Rejected {
                candidate,
                list,
                in_tail_of,
            },
            None => Turn::Taken {
                class: candidate,
                list,
            },
        };
        observe(Step { lists, turn });
        if in_tail.is_none() {
            return Head::Taken(candidate);
        }
    }
    if any {
        observe(Step {
            lists,
            turn: Turn::Stuck,
        });
        Head::Stuck
    } else {
        Head::NoneLeft
    }
}

/// The head of each list that is left, each once, in list order: those that CPython's message names.
fn heads(lists: &[&[ClassId]]) -> Vec<ClassId> {
    let mut heads = vec![];
    for head in lists.iter().filter_map(|list| list.first()) {
        if !heads.contains(head) {
            heads.push(*head);
        }
    }
    heads
}

/// The first entry that stands again further right.
fn first_repeated(bases: &[ClassId]) -> Option<ClassId> {
    bases
        .iter()
        .enumerate()
        .find(|(at, base)| bases[at + 1..].contains(base))
        .map(|(_, &base)| base)
}
