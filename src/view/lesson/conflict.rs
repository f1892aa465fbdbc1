//! Lesson 8, a conflict to mend: which other head of the statement makes the class possible. Each answer was run on paper.

use crate::analysis::ClassRef;
use crate::load::{Query, Reply};
use crate::semantics::{Outcome, Raised, TypeNewError};
use crate::view::lesson::{Ask, Card, Pick, Proof, first};
use crate::view::words;
use crate::view::{PageKind, Role, Span};

/// How many wrong answers there are.
const WRONG: usize = 3;
/// How many heads are run.
const MOST_RUN: usize = 8;

/// Whether its statement raises over its bases, and another head can be written.
pub(super) fn fits(class: ClassRef<'_>) -> Result<(), String> {
    let name = class.name();
    let Some(raised) = raised(class) else {
        return Err(format!("{name} is made: there is no conflict to mend"));
    };
    if !is_of_bases(raised) {
        return Err(format!("what {name} raises is no conflict of its bases"));
    }
    if !class.is_editable() || class.statement().is_none_or(|it| it.bases.len() < 2) {
        return Err(format!("the statement of {name} cannot be edited here"));
    }
    Ok(())
}

/// What its statement raises.
fn raised(class: ClassRef<'_>) -> Option<&Raised> {
    match class.outcome() {
        Outcome::Raises(raised) if class.not_reached().is_none() => Some(raised),
        _ => None,
    }
}

fn is_of_bases(raised: &Raised) -> bool {
    matches!(
        raised.reason.as_deref(),
        Some(
            TypeNewError::InconsistentMro { .. }
                | TypeNewError::MetaclassConflict { .. }
                | TypeNewError::LayoutConflict { .. }
        )
    )
}

/// Heads that one may try: bases in another order, one base less, another one in front, a metaclass.
fn heads(class: ClassRef<'_>) -> Vec<String> {
    let Some(statement) = class.statement() else {
        return vec![];
    };
    let bases: Vec<&str> = statement
        .bases
        .iter()
        .map(|it| class.written(*it))
        .collect();
    let kept = statement.keywords.iter();
    let keywords: Vec<&str> = kept.map(|(_, whole, _)| class.written(*whole)).collect();
    let has_metaclass = keywords.iter().any(|it| it.starts_with("metaclass"));
    let head = |bases: &[&str], more: Option<&str>| {
        let all = bases.iter().chain(&keywords).copied().chain(more);
        format!("{}({})", class.name(), all.collect::<Vec<_>>().join(", "))
    };
    let mut found = vec![];
    let mut reversed = bases.clone();
    reversed.reverse();
    found.push(head(&reversed, None));
    let mut turned = bases.clone();
    turned.rotate_left(1);
    found.push(head(&turned, None));
    if !has_metaclass {
        found.push(head(&bases, Some("metaclass=type")));
    }
    let in_front: Vec<&str> = std::iter::once("object")
        .chain(bases.iter().copied())
        .collect();
    found.push(head(&in_front, None));
    for left_out in (0..bases.len()).rev() {
        let mut fewer = bases.clone();
        fewer.remove(left_out);
        found.push(head(&fewer, None));
    }
    let mut seen: Vec<String> = vec![];
    found.retain(|it| {
        let is_new = !seen.contains(it);
        seen.push(it.clone());
        is_new
    });
    found.truncate(MOST_RUN);
    found
}

pub(super) fn cards(class: ClassRef<'_>, ask: &mut Ask<'_>) -> Result<Vec<Card>, String> {
    let Some(raised) = raised(class) else {
        return Ok(vec![]);
    };
    let (mut right, mut wrong) = (vec![], vec![]);
    for head in heads(class) {
        let query = Query::Try {
            class: class.id(),
            head: head.clone(),
        };
        let Some(Reply::Tried(Some(tried))) = ask.to(query) else {
            continue;
        };
        match (&tried.mro, &tried.raises) {
            (Some(mro), _) if tried.is_known && tried.broken.is_empty() => {
                let mro: Vec<&str> = mro.iter().map(|it| it.path.name()).collect();
                right.push((head, mro.join(" ")));
            }
            (None, Some(raises)) if tried.is_known => wrong.push((head, raises.clone())),
            _ => {}
        }
    }
    if right.is_empty() {
        return Err(format!(
            "no other order of its bases, and none less, makes {} possible",
            class.name()
        ));
    }
    if wrong.is_empty() {
        return Err(format!(
            "whatever is changed in the head of {}, it is made then",
            class.name()
        ));
    }
    let shown = |mark: &str| {
        let mut shown =
            first::statements_of(raised.bases.iter().map(|it| class.analysis().class(*it)));
        shown.push(vec![Span::new(words::statement(class), Role::Class)]);
        shown.push(vec![Span::new(
            format!("{mark}{}", raised.line()),
            Role::Error,
        )]);
        shown
    };
    let cards = right.iter().take(2).map(|(head, mro)| {
        let mut picks = vec![Pick::right(head)];
        let wrong = wrong.iter().take(WRONG);
        picks.extend(wrong.map(|(head, raises)| Pick::wrong(head, raises)));
        Card {
            class: class.path().clone(),
            question: format!(
                "{} cannot be made. With which head would it be?",
                class.name()
            ),
            shown: shown("✗ "),
            picks,
            hint: String::from(
                "the order of every class above has to be kept; one metaclass and one layout have to fit all bases",
            ),
            reason: vec![format!("then its MRO is {mro}")],
            proof: Proof::Heads,
            leads: (PageKind::Linearization, None),
        }
        .shuffled()
    });
    Ok(cards.collect())
}
