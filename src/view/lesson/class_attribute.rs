//! Lesson 6, an attribute of the class itself: what `C.x` gives, and what of it an instance has.

use crate::Name;
use crate::analysis::ClassRef;
use crate::evaluate::{Answer, Question};
use crate::load::{Query, Reply};
use crate::semantics::{Access, AccessStep, ClassId, DescriptorKind, MemberKind, Trace};
use crate::view::PageKind;
use crate::view::Span;
use crate::view::lesson::{Ask, Card, Pick, Proof, at_position, named, position};
use crate::view::words::{self, every_class_has};

/// How many names of the metaclass are asked about.
const MOST: usize = 3;
/// What `type` itself gives every class.
const OF_TYPE: &str = "mro";

/// Whether it has a metaclass of its own.
pub(super) fn fits(class: ClassRef<'_>) -> Result<(), String> {
    match class.metaclass() {
        Some(meta) if !meta.is_interpreters() && !names(class).is_empty() => Ok(()),
        Some(meta) => Err(format!(
            "the metaclass of {} is {}: it gives the class no name that is written in Python",
            class.name(),
            meta.name()
        )),
        None => Err(format!("the metaclass of {} is not known", class.name())),
    }
}

/// The names that the metaclass has, those first that the class has as well.
fn names(class: ClassRef<'_>) -> Vec<Name> {
    let Some(meta) = class.metaclass() else {
        return vec![];
    };
    let mut found: Vec<Name> = vec![];
    for above in meta.known_ancestry() {
        if above.is_interpreters() {
            continue;
        }
        let members = above.members().iter().filter(|(name, member)| {
            !name.starts_with("__") && member.maybe.is_none() && !every_class_has(name, member)
        });
        for (name, _) in members {
            if !found.contains(name) {
                found.push(name.clone());
            }
        }
    }
    found.sort_by_key(|name| class.winner(name).is_none());
    found.truncate(MOST);
    found
}

/// Who gives it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Class(ClassId),
    Metaclass(ClassId),
    Nobody,
}

/// Who gives an attribute, by its trace; none where that is not known.
fn by(trace: &Trace) -> Option<By> {
    if !trace.is_known || trace.doubt.is_some() && !trace.access.is_on_class() {
        return None;
    }
    let own = || trace.steps.iter().filter(|it| it.depth == 0);
    if own().any(|it| {
        matches!(
            it.does,
            AccessStep::Override { .. } | AccessStep::Fallback { .. }
        )
    }) {
        return None;
    }
    if let Some(raised) = &trace.raised {
        let is_absent = !own().any(|it| matches!(it.does, AccessStep::Found { .. }));
        return (raised.kind == "AttributeError" && is_absent).then_some(By::Nobody);
    }
    let found = own().filter_map(|it| match it.does {
        AccessStep::Found {
            on,
            kind,
            on_metaclass,
        } => Some((on, kind, on_metaclass)),
        _ => None,
    });
    let found: Vec<(ClassId, DescriptorKind, bool)> = found.collect();
    let of_class = found.iter().find(|it| !it.2).map(|it| By::Class(it.0));
    let of_meta = found.iter().find(|it| it.2);
    match of_meta {
        Some((on, DescriptorKind::Data, _)) => Some(By::Metaclass(*on)),
        Some((on, ..)) => of_class.or(Some(By::Metaclass(*on))),
        None => of_class,
    }
}

pub(super) fn cards(class: ClassRef<'_>, ask: &mut Ask<'_>) -> Result<Vec<Card>, String> {
    let mut cards = vec![];
    for name in names(class).into_iter().chain([Name::from(OF_TYPE)]) {
        let query = Query::AtRest(Question::Lookup {
            class: class.id(),
            name: name.clone(),
        });
        let Some(Reply::AtRest(Answer::Lookup(Some(traces)))) = ask.to(query) else {
            continue;
        };
        for access in [Access::ClassRead, Access::Read] {
            let trace = traces.iter().find(|it| it.access == access);
            let card = trace.and_then(|it| card(class, &name, it));
            cards.extend(card);
        }
    }
    if cards.is_empty() {
        return Err(format!(
            "it is not known to the letter what {} gives of its metaclass's names",
            class.name()
        ));
    }
    Ok(cards)
}

fn card(class: ClassRef<'_>, name: &Name, trace: &Trace) -> Option<Card> {
    let analysis = class.analysis();
    let by = by(trace)?;
    let is_on_class = trace.access.is_on_class();
    let meta = class.metaclass()?;
    let text = |id: ClassId| analysis.class(id).name().to_owned();
    let says = |by: By| match by {
        By::Class(on) => format!("{name} of {}", text(on)),
        By::Metaclass(on) => format!("{name} of the metaclass {}", text(on)),
        By::Nobody => String::from("nothing: AttributeError"),
    };
    let above = meta.winner(name).map(|it| By::Metaclass(it.class.id()));
    let own = class.winner(name).map(|it| By::Class(it.class.id()));
    let wrong_base = Some(By::Class(class.id()));
    let c = named(class);
    let written = if is_on_class {
        format!("{c}.{name}")
    } else {
        format!("{c}().{name}")
    };
    let mut picks: Vec<Pick> = vec![];
    for choice in [Some(by), above, own, Some(By::Nobody), wrong_base]
        .into_iter()
        .flatten()
    {
        let said = says(choice);
        if picks.iter().any(|it| it.says == said) || picks.len() > 3 {
            continue;
        }
        let why = match choice {
            By::Nobody => format!("it gives {}", says(by)),
            By::Metaclass(on) if !is_on_class => format!(
                "{} makes classes, not their instances: an instance is looked up along the MRO of {c} alone",
                text(on)
            ),
            By::Metaclass(on) => format!(
                "{} has it too, but what the class has goes before what is no data descriptor there",
                text(on)
            ),
            By::Class(on) if class.winner(name).is_none_or(|it| it.class.id() != on) => {
                format!("{} does not have {name}", text(on))
            }
            By::Class(_) => {
                String::from("a data descriptor of the metaclass goes before what the class has")
            }
        };
        picks.push(if choice == by {
            Pick::right(said)
        } else {
            Pick::wrong(said, why)
        });
    }
    let rule = match by {
        By::Nobody if !is_on_class => format!(
            "no class of the MRO of {c} has {name}, and the metaclass is not asked for an instance"
        ),
        By::Nobody => format!(
            "neither the MRO of {c} nor that of {} has {name}",
            meta.name()
        ),
        By::Metaclass(on) if own.is_some() => format!(
            "{} has {name} as a data descriptor, which goes before what the class has",
            text(on)
        ),
        By::Metaclass(on) => format!(
            "no class of the MRO of {c} has {name}; {} in the MRO of its metaclass has it",
            text(on)
        ),
        By::Class(on) => format!("{} in the MRO of {c} has {name}", text(on)),
    };
    let proof = match by {
        By::Nobody => format!(
            "not hasattr({}, '{name}')",
            if is_on_class {
                c.to_owned()
            } else {
                format!("{c}()")
            }
        ),
        By::Class(on) => {
            let at = position(class, analysis.class(on))?;
            match analysis.class(on).members().get(name)?.kind {
                MemberKind::Function if !is_on_class => format!(
                    "{written}.__func__ is {}.__dict__['{name}']",
                    at_position(class, at)
                ),
                MemberKind::Function | MemberKind::Value => {
                    format!("{written} is {}.__dict__['{name}']", at_position(class, at))
                }
                _ => format!(
                    "next(k for k in {c}.__mro__ if '{name}' in vars(k)).__name__ == '{}'",
                    text(on)
                ),
            }
        }
        By::Metaclass(on) => {
            let kind = analysis.class(on).members().get(name)?.kind;
            let has = format!(
                "next(k for k in type({c}).__mro__ if '{name}' in vars(k)).__name__ == '{}'",
                text(on)
            );
            match kind {
                MemberKind::Function => format!(
                    "{written}.__func__ is {}.__dict__['{name}']",
                    at_meta(meta, analysis.class(on), c)?
                ),
                MemberKind::BuiltinMethod => format!("{written}.__self__ is {c}"),
                MemberKind::Property => format!(
                    "{written} == {}.__dict__['{name}'].__get__({c})",
                    at_meta(meta, analysis.class(on), c)?
                ),
                _ => has,
            }
        }
    };
    let mut shown: Vec<Vec<Span>> = vec![vec![Span::new(
        words::statement(meta),
        words::class_role(meta),
    )]];
    shown.push(vec![Span::new(
        words::statement(class),
        words::class_role(class),
    )]);
    Some(
        Card {
            class: class.path().clone(),
            question: format!(
                "The metaclass of {} is {}. What does {written} give?",
                class.name(),
                meta.name()
            ),
            shown,
            picks,
            hint: String::from(
                "the metaclass is the class of the class: it gives the class names, and its instances none",
            ),
            reason: vec![rule],
            proof: Proof::Holds(proof),
            leads: (PageKind::Lookup, Some(name.clone())),
        }
        .shuffled(),
    )
}

/// A class of the metaclass's MRO, as an expression.
fn at_meta(meta: ClassRef<'_>, on: ClassRef<'_>, class: &str) -> Option<String> {
    let at = position(meta, on)?;
    Some(format!("type({class}).__mro__[{at}]"))
}
