//! Lesson 1, which class comes first: of classes that follow one another in an MRO.

use crate::analysis::ClassRef;
use crate::semantics::{ClassId, before, linearize};
use crate::view::lesson::{Card, Pick, Proof, named};
use crate::view::linearization::say_before;
use crate::view::one_line;
use crate::view::words::{self, Names};
use crate::view::{PageKind, Span};

/// How many classes stand to choose from.
const CHOICE: usize = 3;

/// Whether an order is decided in its MRO.
pub(super) fn fits(class: ClassRef<'_>) -> Result<(), String> {
    let mro = class.mro().unwrap_or_default();
    if mro.len() < 4 {
        return Err(format!(
            "{} has fewer than two ancestors besides object: no order is decided",
            class.name()
        ));
    }
    if is_merged(class) {
        Ok(())
    } else {
        Err(String::from(
            "its metaclass has an `mro()` of its own, which decides the order",
        ))
    }
}

/// Whether the MRO is what the merge gives.
fn is_merged(class: ClassRef<'_>) -> bool {
    let classes = &class.analysis().classes;
    let bases: Vec<ClassId> = class.bases().into_iter().map(ClassRef::id).collect();
    let mro_of = |base| classes.mro(base).unwrap_or_default();
    let merged = linearize(class.id(), &bases, mro_of, |_| ());
    merged.is_ok_and(|merged| Some(&*merged) == classes.mro(class.id()))
}

pub(super) fn cards(class: ClassRef<'_>) -> Vec<Card> {
    let mro = class.mro().unwrap_or_default();
    let names = Names::of(mro.iter().copied());
    let last = mro.len().saturating_sub(1);
    let above = &mro[1.min(last)..last];
    let starts = 0..above.len().saturating_sub(1);
    let card = |start: usize| {
        let chosen = &above[start..above.len().min(start + CHOICE)];
        let (first, rest) = chosen.split_first()?;
        let reasons: Option<Vec<String>> = chosen
            .windows(2)
            .map(|pair| because(class, pair[0], pair[1], &names))
            .collect();
        let reasons = reasons?;
        let why = |at: usize| reasons[..=at].join("; ");
        let mut picks = vec![Pick::right(names.text(*first))];
        let wrong = rest.iter().enumerate();
        picks.extend(wrong.map(|(at, it)| Pick::wrong(names.text(*it), why(at))));
        let said: Vec<String> = chosen.iter().map(|it| format!("'{}'", it.name())).collect();
        let (from, to) = (start + 1, start + 1 + chosen.len());
        Some(
            Card {
                class: class.path().clone(),
                question: format!(
                    "Which of these stands first in the MRO of {}?",
                    class.name()
                ),
                shown: statements(class),
                picks,
                hint: String::from(
                    "a class stands before its bases; what is written first stands first",
                ),
                reason: reasons,
                proof: Proof::Holds(format!(
                    "[k.__name__ for k in {}.__mro__[{from}:{to}]] == [{}]",
                    named(class),
                    said.join(", ")
                )),
                leads: (PageKind::Linearization, None),
            }
            .shuffled(),
        )
    };
    starts.filter_map(card).collect()
}

/// Why a class stands right before another one, in words.
fn because(
    class: ClassRef<'_>,
    first: ClassRef<'_>,
    second: ClassRef<'_>,
    names: &Names,
) -> Option<String> {
    let analysis = class.analysis();
    let bases: Vec<ClassId> = class.bases().into_iter().map(ClassRef::id).collect();
    let because = before(
        &analysis.classes,
        class.id(),
        &bases,
        first.id(),
        second.id(),
    )?;
    let (said, by) = say_before(class, first, second, because, names);
    let said: String = said.iter().map(|it| it.text.as_str()).collect();
    let place = by.place().map_or_else(String::new, |place| {
        format!(" ({})", words::short_place(analysis, place))
    });
    Some(format!("{} {said}{place}", names.text(first)))
}

/// How many statements are shown.
const MOST_SHOWN: usize = 5;
/// How long a statement may be on a screen of 80 cells.
const LONGEST: usize = 70;

/// The class statements of a class and its ancestors, without those of the interpreter.
pub(super) fn statements(class: ClassRef<'_>) -> Vec<Vec<Span>> {
    statements_of(class.known_ancestry().into_iter())
}

/// The statements of classes, without those of the interpreter.
pub(super) fn statements_of<'a>(classes: impl Iterator<Item = ClassRef<'a>>) -> Vec<Vec<Span>> {
    let written = classes.filter(|it| it.place().is_some());
    let mut shown: Vec<Vec<Span>> = written
        .map(|it| {
            let said = one_line(&words::statement(it), LONGEST);
            vec![Span::new(said, words::class_role(it))]
        })
        .collect();
    let more = shown.len().saturating_sub(MOST_SHOWN);
    if more > 0 {
        shown.truncate(MOST_SHOWN);
        shown.push(vec![Span::faint(format!("… and {more} more"))]);
    }
    shown
}
