//! The rounds of a merge: what each step finds in the lists, what it refuses, what it takes.

use crate::analysis::ClassRef;
use crate::semantics::{ClassId, Outcome, Turn, linearize};

/// One entry of the MRO being found: the lists as they stand, the heads refused, the head taken.
#[derive(Debug, Clone)]
pub(in crate::view) struct Round {
    /// What is left of each list.
    pub(in crate::view) lists: Vec<Vec<ClassId>>,
    /// Heads that stand in a tail: the head, its list, the list whose tail has it.
    pub(in crate::view) refused: Vec<(ClassId, usize, usize)>,
    /// The head that stands in none, and its list; none where the merge is stuck.
    pub(in crate::view) taken: Option<(ClassId, usize)>,
}

impl Round {
    /// The heads of the lists, each once, from the left.
    pub(in crate::view) fn heads(&self) -> Vec<ClassId> {
        let mut heads: Vec<ClassId> = vec![];
        for head in self.lists.iter().filter_map(|list| list.first()) {
            if !heads.contains(head) {
                heads.push(*head);
            }
        }
        heads
    }

    /// The list in whose tail a class stands.
    pub(in crate::view) fn tail_with(&self, class: ClassId) -> Option<usize> {
        let in_tail = |list: &Vec<ClassId>| list.iter().skip(1).any(|&it| it == class);
        self.lists.iter().position(in_tail)
    }
}

/// The bases that are merged, where they are known.
pub(in crate::view) fn asked(class: ClassRef<'_>) -> Option<Vec<ClassId>> {
    match class.outcome() {
        Outcome::Created(made) => Some(made.bases.clone()),
        Outcome::Raises(raised) => {
            let all_exist = raised
                .bases
                .iter()
                .all(|&base| class.analysis().classes.mro(base).is_some());
            Some(if all_exist {
                raised.bases.clone()
            } else {
                vec![]
            })
        }
        Outcome::Unknown { .. } => None,
    }
}

/// The steps of the merge, as the function takes them that made the MRO.
pub(in crate::view) fn rounds(class: ClassRef<'_>, bases: &[ClassId]) -> Vec<Round> {
    let classes = &class.analysis().classes;
    let mut rounds: Vec<Round> = vec![];
    let mut refused = vec![];
    let outcome = linearize(
        class.id(),
        bases,
        |base| classes.mro(base).unwrap_or_default(),
        |step| {
            let taken = match step.turn {
                Turn::Rejected {
                    candidate,
                    list,
                    in_tail_of,
                } => {
                    refused.push((candidate, list, in_tail_of));
                    return;
                }
                Turn::Taken { class, list } => Some((class, list)),
                Turn::Stuck => None,
            };
            rounds.push(Round {
                lists: step.lists.iter().map(|list| list.to_vec()).collect(),
                refused: std::mem::take(&mut refused),
                taken,
            });
        },
    );
    // Whether it succeeded is in the last round; the MRO itself is the class's.
    drop(outcome);
    rounds
}
