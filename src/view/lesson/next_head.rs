//! Lesson 2, the merge by hand: which head the merge takes next, and which tail forbids another one.

use crate::analysis::ClassRef;
use crate::semantics::ClassId;
use crate::view::lesson::{Card, Pick, Proof, named};
use crate::view::merge::{RULE, Round, Telling, asked, rounds};
use crate::view::{PageKind, Role, Span};

/// How many classes of a list are shown.
const MOST_SHOWN: usize = 4;

/// Whether its merge has something to choose.
pub(super) fn fits(class: ClassRef<'_>) -> Result<(), String> {
    let bases = asked(class).unwrap_or_default();
    if class.bases().len() == 1 {
        return Err(format!(
            "{} has one base: there is nothing to choose in its merge",
            class.name()
        ));
    }
    let rounds = rounds(class, &bases);
    if rounds.iter().any(|round| round.heads().len() > 1) {
        Ok(())
    } else {
        Err(format!(
            "no step of the merge of {} has two heads to choose from",
            class.name()
        ))
    }
}

pub(super) fn cards(class: ClassRef<'_>) -> Vec<Card> {
    let bases = asked(class).unwrap_or_default();
    let rounds = rounds(class, &bases);
    let Some(first) = rounds.first() else {
        return vec![];
    };
    let told = Telling::of(class, &bases, first);
    let open = rounds.iter().enumerate();
    let open = open.filter(|(_, round)| round.heads().len() > 1);
    open.map(|(at, round)| card(class, &told, &rounds, at, round))
        .collect()
}

fn card(
    class: ClassRef<'_>,
    told: &Telling<'_>,
    rounds: &[Round],
    at: usize,
    round: &Round,
) -> Card {
    let name = |id: ClassId| told.names.text(class.analysis().class(id));
    let right = round.taken.map(|it| it.0);
    let of_head = |id: ClassId| {
        if Some(id) == right {
            Pick::right(name(id))
        } else {
            Pick::wrong(name(id), told.forbids(round, id))
        }
    };
    let mut picks: Vec<Pick> = round.heads().into_iter().map(of_head).collect();
    if rounds.iter().any(|it| it.taken.is_none()) {
        let says = "none: the merge sticks";
        picks.push(match right {
            None => Pick::right(says),
            Some(id) => Pick::wrong(says, format!("{} stands in no tail", name(id))),
        });
    }
    let verdict = told.verdict(round);
    let verdict: String = verdict.iter().map(|it| it.text.as_str()).collect();
    let taken = rounds[..at].iter().filter_map(|it| Some(it.taken?.0));
    let taken: Vec<String> = std::iter::once(class.id()).chain(taken).map(name).collect();
    let mut shown = vec![vec![
        Span::faint("taken   "),
        Span::new(taken.join(" "), Role::Taken),
    ]];
    let heads = round.heads();
    for (index, list) in round.lists.iter().enumerate() {
        shown.push(vec![
            Span::faint(format!("list {}  ", index + 1)),
            Span::new("[", Role::Operator),
            Span::plain(said(list, &heads, &name)),
            Span::new("]", Role::Operator),
            Span::faint(format!("  {}", told.origin(index))),
        ]);
    }
    let proof = match right {
        Some(id) if class.raises().is_none() => Proof::Holds(format!(
            "{}.__mro__[{}].__name__ == '{}'",
            named(class),
            at + 1,
            class.analysis().class(id).name()
        )),
        _ => Proof::Heads,
    };
    Card {
        class: class.path().clone(),
        question: format!(
            "Which head does the merge for the MRO of {} take next?",
            class.name()
        ),
        shown,
        picks,
        hint: String::from(RULE),
        reason: vec![format!("the merge {verdict}")],
        proof,
        leads: (PageKind::Merge, None),
    }
}

/// A list, of which what is too much is left out; what is the head of some list stays.
fn said(list: &[ClassId], heads: &[ClassId], name: &dyn Fn(ClassId) -> String) -> String {
    let mut parts: Vec<String> = vec![];
    for (at, id) in list.iter().enumerate() {
        if at < MOST_SHOWN || heads.contains(id) {
            parts.push(name(*id));
        } else if parts.last().is_none_or(|it| it != "…") {
            parts.push(String::from("…"));
        }
    }
    parts.join(" ")
}
