//! Slots that two bases cannot both have, moved out of one of them: into a class above both, or into the one that inherits from both.

use crate::analysis::{Analysis, ClassRef, StatementEdit};
use crate::semantics::{Claim, ClassId, Core, Over, mangle};
use crate::syntax::{Rewrite, SlotText, slot_items, with_items, without_items};

/// Slots of these names give instances no other layout (`extra_ivars` of `typeobject.c`).
const WITHOUT_ROOM: [&str; 2] = ["__dict__", "__weakref__"];

/// Returns the moves of all slots of one class of a layout conflict into another class, each as two edits: by turns into a class above both, where every
/// instance keeps what it has, and into the one that inherits; of each sort those of the fewest slots first.
///
/// ```py
/// class Base: __slots__ = ()          # then ('b',)
/// class A(Base): __slots__ = ('a',)
/// class B(Base): __slots__ = ('b',)   # then ()
/// class Both(A, B): __slots__ = ()
/// ```
pub fn slot_moves(analysis: &Analysis, target: ClassId, core: &Core) -> Vec<[StatementEdit; 2]> {
    if core.over != Over::Layouts {
        return vec![];
    }
    let mut moves: Vec<(bool, usize, [StatementEdit; 2])> = vec![];
    for claim in core.claims.iter().filter(|it| it.class != target) {
        let from = analysis.class(claim.class);
        let Some((from_text, items)) = slots_of(from) else {
            continue;
        };
        let moved: Vec<SlotText> = items
            .into_iter()
            .filter(|it| !WITHOUT_ROOM.contains(&it.name.as_str()))
            .collect();
        let names: Vec<&str> = moved.iter().map(|it| it.name.as_str()).collect();
        let Some(left) = without_items(&from_text, &names).filter(|_| !names.is_empty()) else {
            continue;
        };
        for to in homes(analysis, target, claim, core) {
            let to = analysis.class(to);
            let Some((to_text, there)) = slots_of(to) else {
                continue;
            };
            let is_there = |name: &str| {
                let mut names = there.iter().map(|it| mangle(to.name(), &it.name));
                names.any(|it| it == name)
            };
            let outside = moved.iter().map(|it| {
                let name = mangle(from.name(), &it.name);
                it.clone().named(&name)
            });
            let added: Vec<SlotText> = outside.filter(|it| !is_there(&it.name)).collect();
            if added.is_empty() {
                continue;
            }
            if let Some(longer) = with_items(&to_text, &added) {
                let edits = [edit(from, left.clone()), edit(to, longer)];
                moves.push((to.id() == target, added.len(), edits));
            }
        }
    }
    moves.sort_by_key(|&(_, slots, _)| slots);
    let mut turns = [0, 0];
    let mut by_turns: Vec<(usize, [StatementEdit; 2])> = vec![];
    for (inherits, _, edits) in moves {
        let turn = &mut turns[usize::from(inherits)];
        by_turns.push((*turn * 2 + usize::from(inherits), edits));
        *turn += 1;
    }
    by_turns.sort_by_key(|&(turn, _)| turn);
    by_turns.into_iter().map(|(_, edits)| edits).collect()
}

/// Where slots of a claim can go: the nearest class above it and all that it conflicts with first, the class that inherits last.
fn homes(analysis: &Analysis, target: ClassId, claim: &Claim, core: &Core) -> Vec<ClassId> {
    let mro = |id: ClassId| analysis.classes.mro(id).unwrap_or_default();
    let others = core.claims.iter().filter(|it| it.class != claim.class);
    let others: Vec<ClassId> = others
        .flat_map(|it| {
            if it.class == target {
                it.says.clone()
            } else {
                vec![it.class]
            }
        })
        .collect();
    let is_above_all = |id: &&ClassId| others.iter().all(|&other| mro(other).contains(id));
    let above = mro(claim.class).iter().skip(1).filter(is_above_all);
    above.copied().chain([target]).collect()
}

/// The text of a class's `__slots__`, and its items, where its statement may be edited and says them.
fn slots_of(class: ClassRef<'_>) -> Option<(String, Vec<SlotText>)> {
    if !class.is_editable() {
        return None;
    }
    let text = class.written(class.statement()?.slots?);
    Some((text.to_owned(), slot_items(text)?))
}

fn edit(class: ClassRef<'_>, slots: String) -> StatementEdit {
    StatementEdit {
        class: class.id(),
        rewrite: Rewrite {
            slots: Some(slots),
            ..Rewrite::default()
        },
    }
}
