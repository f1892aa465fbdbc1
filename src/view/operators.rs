//! The *operators* page: whom an operation asks, in which order, what each can answer and has answered; and before one is asked, which
//! operators a class has, from whom.

mod table;

pub use table::{Expressed, operators};

use crate::analysis::{Analysis, ClassRef};
use crate::load::{NotOperated, Operated};
use crate::semantics::{Answered, Candidate, ClassId, Doubt, Operation, Skipped};
use crate::view::words::{class_span, place_link, short_place};
use crate::view::{Column, Line, Page, Role, Span};

/// Says what an operation asks and what comes of it.
pub fn operation(analysis: &Analysis, told: &Operated) -> Page {
    let mut page = Page {
        title: vec![Span::new(&told.written, Role::Heading)],
        standing: vec![if told.ran.is_known {
            Span::new("● exact", Role::Exact)
        } else {
            Span::new("○ not known", Role::Unknown)
        }],
        ..Page::default()
    };
    push(&mut page, analysis, told);
    page
}

/// Says why there is nothing to say of what was typed.
pub fn not_operated(page: &mut Page, error: &NotOperated) {
    page.push(Line::text(vec![
        Span::new("✗ ", Role::Error),
        Span::plain(&error.message),
    ]));
    for line in error.hint.iter().flat_map(|it| it.lines()) {
        page.push(Line::text(vec![Span::faint(line)]));
    }
}

/// Adds what is told of an operation.
pub(super) fn push(page: &mut Page, analysis: &Analysis, told: &Operated) {
    page.push(result(told));
    if let Some(operation) = &told.operation {
        asked(page, analysis, operation, told);
    }
    page.heading("runs, in this order");
    let table = page.table(vec![Column::right(0), Column::left(0), Column::left(1)]);
    let mut count = 0;
    for (_, qualname, place) in told.ran.calls() {
        count += 1;
        let at = place.map_or_else(String::new, |it| short_place(analysis, it));
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::faint(format!("  {count}"))],
                    vec![Span::new(qualname, Role::Method)],
                    vec![Span::faint(at)],
                ],
            )
            .to(place_link(analysis, place)),
        );
    }
    if count == 0 {
        page.push(Line::text(vec![Span::faint(
            "  no function that has source",
        )]));
    }
    if !told.ran.is_known {
        let why = match &told.ran.doubt {
            // What was typed stands in no file.
            Some(Doubt::Gap(gap)) if gap.at.is_none() => gap.why.say(),
            Some(Doubt::Gap(gap)) => analysis.say_gap(gap),
            _ => String::from("the rest is done by code that is not followed, or made in C"),
        };
        page.push(Line::text(vec![
            Span::new("  ? ", Role::Unknown),
            Span::plain("from here on it is not known: "),
            Span::plain(why),
        ]));
    }
}

/// How it ends.
fn result(told: &Operated) -> Line {
    let ran = &told.ran;
    let spans = match (&ran.raised, &ran.gave) {
        _ if !ran.is_known => vec![Span::new("how it ends is not known", Role::Unknown)],
        (Some(raised), _) => {
            let message = raised.message.as_deref();
            let message = message.map_or_else(String::new, |it| format!(": {it}"));
            vec![Span::new(
                format!("raises {}{message}", raised.kind),
                Role::Error,
            )]
        }
        (None, Some(of)) => vec![
            Span::plain("gives an object of type "),
            Span::new(of, Role::Class),
        ],
        (None, None) => vec![Span::plain("gives a value")],
    };
    Line::text(spans)
}

/// The candidates, in the order in which they are tried.
fn asked(page: &mut Page, analysis: &Analysis, operation: &Operation, told: &Operated) {
    page.heading(&format!("whom {} asks, in this order", operation.sign));
    let table = page.table(vec![
        Column::right(0),
        Column::left(0),
        Column::left(2),
        Column::left(0),
        Column::left(1),
    ]);
    let mut answers = told.ran.answers.clone();
    let mut natives = told.ran.natives.clone();
    for (number, candidate) in operation.candidates.iter().enumerate() {
        let of = operation.operands.get(candidate.operand);
        let class = of.and_then(|(_, class)| *class);
        let answered = candidate.place.and_then(|place| {
            let at = answers.iter().position(|(it, _)| *it == place)?;
            Some(answers.remove(at).1)
        });
        let native = natives
            .iter()
            .position(|(name, _)| candidate.place.is_none() && *name == candidate.method)
            .map(|at| natives.remove(at));
        let at = candidate
            .place
            .map_or_else(String::new, |it| short_place(analysis, it));
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::faint(format!("  {}", number + 1))],
                    method(analysis, class, candidate),
                    vec![Span::faint(at)],
                    match native {
                        Some((_, does)) => vec![Span::plain(&does)],
                        None => comes(candidate, answered.as_ref(), told),
                    },
                    source(candidate),
                ],
            )
            .to(place_link(analysis, candidate.place)),
        );
    }
    if let Some((text, _)) = operation.operands.iter().find(|(_, class)| class.is_none()) {
        page.push(Line::text(vec![
            Span::new("  ? ", Role::Unknown),
            Span::plain(format!("the type of {text} is not known")),
        ]));
    }
}

/// `type(x).__add__`, and the class of the MRO that has it.
fn method(analysis: &Analysis, class: Option<ClassId>, candidate: &Candidate) -> Vec<Span> {
    let mut spans = vec![];
    let of = class.map(|it| analysis.class(it));
    if let Some(of) = of {
        spans.push(class_span(of));
        spans.push(Span::faint("."));
    }
    let role = if candidate.on.is_some() && !candidate.is_none {
        Role::Method
    } else {
        Role::Rejected
    };
    spans.push(Span::new(&candidate.method, role));
    if let Some(on) = candidate.on.map(|it| analysis.class(it))
        && Some(on.id()) != class
    {
        spans.push(Span::faint(" from "));
        spans.push(class_span(on));
    }
    spans
}

/// What has come of it, or why nothing does.
fn comes(candidate: &Candidate, answered: Option<&Answered>, told: &Operated) -> Vec<Span> {
    let has_run = |place| told.ran.calls().any(|(.., it)| it == Some(place));
    let first = match candidate.skipped {
        Some(Skipped::First) => "first, as it overrides the other's: ",
        Some(Skipped::NotItsOwn) => "not before the other, whose it is: ",
        _ => "",
    };
    let mut spans = vec![];
    if !first.is_empty() {
        spans.push(Span::faint(first));
    }
    if candidate.on.is_none() {
        return vec![Span::faint("no such method")];
    }
    if candidate.is_none {
        spans.push(Span::new("taken back: it is None", Role::Warning));
        return spans;
    }
    if candidate.skipped == Some(Skipped::SameType) {
        return vec![Span::faint("not asked: both are of one type")];
    }
    spans.push(match answered {
        Some(Answered::NotImplemented) => Span::new("NotImplemented", Role::Rejected),
        Some(Answered::Gave(Some(of))) => Span::new(format!("gave {of}"), Role::Taken),
        Some(Answered::Gave(None)) => Span::new("gave a value", Role::Taken),
        Some(Answered::Raised(kind)) => Span::new(format!("raised {kind}"), Role::Error),
        None if candidate.place.is_none() => Span::faint("made in C"),
        // What came of it is noted where operands are asked, and not where a builtin function does.
        None if candidate.place.is_some_and(has_run) => Span::new("asked", Role::Taken),
        None if !told.ran.is_known => Span::faint("not asked so far"),
        None => Span::faint("not asked here"),
    });
    if !candidate.asks.is_empty() {
        spans.push(Span::faint(format!(" ({})", candidate.asks)));
    }
    spans
}

/// How it can end, by its source.
fn source(candidate: &Candidate) -> Vec<Span> {
    if candidate.place.is_none() {
        return vec![];
    }
    let mut ways = vec![];
    if candidate.may_give.0 {
        ways.push(String::from("a value"));
    }
    if candidate.may_give.1 {
        ways.push(String::from("NotImplemented"));
    }
    ways.extend(candidate.may_raise.iter().map(|it| format!("raises {it}")));
    if ways.is_empty() {
        return vec![];
    }
    vec![Span::faint(format!("can end: {}", ways.join(", ")))]
}

/// What stands over the answer on the page of a class.
pub(super) fn question(class: ClassRef<'_>, written: &str) -> Line {
    Line::text(vec![
        Span::faint(format!("_ is an instance of {}: ", class.name())),
        Span::new(written, Role::Heading),
    ])
}
