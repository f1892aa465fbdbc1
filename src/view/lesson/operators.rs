//! Lesson 9, operators: which method is asked first, and which next where that one returns `NotImplemented`.

use crate::Name;
use crate::analysis::ClassRef;
use crate::load::{Operated, Query, Reply};
use crate::semantics::{Candidate, Skipped};
use crate::view::PageKind;
use crate::view::Span;
use crate::view::lesson::{Ask, Card, Pick, Proof};

/// Operators of two operands: the sign, the method, the reflected one.
const OPERATORS: [(&str, &str, &str); 10] = [
    ("+", "__add__", "__radd__"),
    ("-", "__sub__", "__rsub__"),
    ("*", "__mul__", "__rmul__"),
    ("|", "__or__", "__ror__"),
    ("&", "__and__", "__rand__"),
    ("/", "__truediv__", "__rtruediv__"),
    ("%", "__mod__", "__rmod__"),
    ("@", "__matmul__", "__rmatmul__"),
    ("==", "__eq__", "__eq__"),
    ("<", "__lt__", "__gt__"),
];
/// How many operators of a class are asked about.
const MOST: usize = 2;
/// How many answers there are to choose from.
const CHOICE: usize = 4;

/// Whether it has an operator that is written in Python.
pub(super) fn fits(class: ClassRef<'_>) -> Result<(), String> {
    if own(class).next().is_some() {
        Ok(())
    } else {
        Err(format!(
            "{} has no operator that is written in Python",
            class.name()
        ))
    }
}

/// The operators whose methods its MRO has from Python.
fn own(class: ClassRef<'_>) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    // Asked of thousands of classes: their ancestry is listed once for all names.
    let ancestry = class.known_ancestry();
    let has = move |name: &str| {
        let winner = ancestry.iter().find(|it| it.members().contains_key(name));
        winner.is_some_and(|it| !it.is_interpreters())
    };
    OPERATORS
        .into_iter()
        .filter(move |(_, method, reflected)| has(method) || has(reflected))
}

/// The operations that are asked about: with a number, with another instance, with an instance of a base.
fn lines(class: ClassRef<'_>) -> Vec<String> {
    let mut lines = vec![];
    let bases = class.bases().into_iter();
    let base = bases.into_iter().find(|it| !it.is_interpreters());
    for (sign, ..) in own(class).take(MOST) {
        if let Some(base) = base {
            let path = base.path();
            lines.push(format!("{}:{} {sign} _", path.module, path.qualname));
        }
        lines.push(format!("_ {sign} 1"));
        lines.push(format!("1 {sign} _"));
    }
    lines
}

pub(super) fn cards(class: ClassRef<'_>, ask: &mut Ask<'_>) -> Result<Vec<Card>, String> {
    let mut cards = vec![];
    let mut refused = None;
    for line in lines(class) {
        let query = Query::Operate {
            class: class.id(),
            line,
        };
        match ask.to(query) {
            Some(Reply::Operated(Ok(told))) => cards.extend(of_operation(class, told)),
            Some(Reply::Operated(Err(why))) => refused = Some(why.message.clone()),
            _ => {}
        }
    }
    if cards.is_empty() {
        let why = refused.unwrap_or_else(|| {
            format!("no operation with {} is known to the letter", class.name())
        });
        return Err(why);
    }
    Ok(cards)
}

/// The methods that are really asked, in their order.
fn asked(told: &Operated) -> Vec<&Candidate> {
    let Some(operation) = &told.operation else {
        return vec![];
    };
    let candidates = operation.candidates.iter();
    candidates
        .filter(|it| it.on.is_some() && !it.is_none && it.skipped != Some(Skipped::SameType))
        .collect()
}

fn of_operation(class: ClassRef<'_>, told: &Operated) -> Vec<Card> {
    let asked = asked(told);
    let Some(operation) = &told.operation else {
        return vec![];
    };
    if !told.ran.is_known || operation.operands.iter().any(|(_, of)| of.is_none()) {
        return vec![];
    }
    let analysis = class.analysis();
    let of = |candidate: &Candidate| {
        let operand = operation.operands.get(candidate.operand)?;
        Some(analysis.class(operand.1?))
    };
    let says = |candidate: &Candidate| {
        let side = if candidate.operand == 0 {
            "left"
        } else {
            "right"
        };
        let of = of(candidate).map_or("?", ClassRef::name);
        format!("{of}.{}, of the {side} operand", candidate.method)
    };
    // Only what has source can be seen to begin.
    let functions = |from: usize| -> Vec<Name> {
        let called = asked.iter().skip(from).filter(|it| it.place.is_some());
        let named = called.filter_map(|it| {
            let on = analysis.class(it.on?);
            Some(Name::from(format!("{}.{}", on.path().qualname, it.method)))
        });
        let begun: Vec<&Name> = told.ran.calls().map(|(_, name, _)| name).collect();
        named.filter(|it| begun.contains(&it)).collect()
    };
    let mut cards = vec![];
    for at in 0..asked.len().min(2) {
        // What is asked second only where the first could not answer.
        if at > 0 && asked[0].place.is_some() && !asked[0].may_give.1 {
            break;
        }
        if functions(at).is_empty() {
            continue;
        }
        let right = asked[at];
        let mut picks = vec![Pick::right(says(right))];
        for other in asked.iter().skip(at + 1) {
            let why = format!(
                "{} is asked later, where the others cannot answer",
                says(other)
            );
            picks.push(Pick::wrong(says(other), why));
        }
        for (operand, (_, of)) in operation.operands.iter().enumerate() {
            let Some(of) = of.map(|it| analysis.class(it)) else {
                continue;
            };
            let known = OPERATORS.iter().find(|it| it.0 == operation.sign);
            for method in known.map_or(vec![], |it| vec![it.1, it.2]) {
                let side = if operand == 0 { "left" } else { "right" };
                let said = format!("{}.{method}, of the {side} operand", of.name());
                let is_asked_before = asked[..at].iter().any(|it| says(it) == said);
                if picks.len() >= CHOICE
                    || is_asked_before
                    || picks.iter().any(|it| it.says == said)
                {
                    continue;
                }
                let why = if of.winner(method).is_none() {
                    format!("{} has no {method}", of.name())
                } else if operand == 0 {
                    format!("of the left operand {method} is not what is asked here")
                } else {
                    format!("of the right operand {method} is not asked here")
                };
                picks.push(Pick::wrong(said, why));
            }
        }
        if picks.len() < 2 {
            continue;
        }
        let rule = match right.skipped {
            Some(Skipped::First) => format!(
                "the type of the right operand is derived from that of the left, and brings {} of its own: it is asked first",
                right.method
            ),
            Some(Skipped::NotItsOwn) => format!(
                "the type of the right operand is derived from that of the left, but its {} is not its own: it waits its turn",
                right.method
            ),
            _ if at > 0 => {
                String::from("the first returned NotImplemented, and the other operand is asked")
            }
            _ => String::from("the left operand is asked first"),
        };
        let question = if at == 0 {
            format!("{}: which method is asked first?", told.written)
        } else {
            format!(
                "{}: {} returns NotImplemented. Which is asked next?",
                told.written,
                says(asked[0])
            )
        };
        cards.push(
            Card {
                class: class.path().clone(),
                question,
                shown: operands(class, told),
                picks,
                hint: String::from(
                    "the left operand first, unless the right one's type is derived from the left one's and overrides the reflected method",
                ),
                reason: vec![rule],
                proof: Proof::Asks {
                    expression: told.written.clone(),
                    functions: functions(at),
                },
                leads: (PageKind::Operators, None),
            }
            .shuffled(),
        );
    }
    cards
}

/// The types of the operands, and from whom each has the methods.
fn operands(class: ClassRef<'_>, told: &Operated) -> Vec<Vec<Span>> {
    let Some(operation) = &told.operation else {
        return vec![];
    };
    let operands = operation.operands.iter();
    let shown = operands.filter_map(|(text, of)| {
        let of = class.analysis().class((*of)?);
        let above: Vec<&str> = of.known_ancestry().iter().map(|it| it.name()).collect();
        Some(vec![
            Span::plain(text),
            Span::faint(format!("  MRO {}", above.join(" "))),
        ])
    });
    shown.collect()
}
