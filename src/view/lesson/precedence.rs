//! Lesson 5, precedence: who answers `obj.x`, the class's descriptor, the entry of the instance, a value of the class, or `__getattr__`.

use crate::Name;
use crate::analysis::ClassRef;
use crate::evaluate::{Answer, Question};
use crate::load::{Query, Reply};
use crate::semantics::{Access, AccessStep, ClassId, DescriptorKind, MemberKind, Trace};
use crate::view::PageKind;
use crate::view::lesson::{Ask, Card, Pick, Proof, at_position, first, named, position};
use crate::view::words::{Names, every_class_has};

/// How many names are asked about of each kind.
const OF_A_KIND: usize = 1;
/// A name that no class has.
const MISSING: &str = "no_such_name";

/// Whether it has something that stands in an order.
pub(super) fn fits(class: ClassRef<'_>) -> Result<(), String> {
    if class.made().is_some_and(|it| !it.shape.dict) {
        return Err(format!("instances of {} have no __dict__", class.name()));
    }
    let abstracts = class.known_ancestry();
    if abstracts.iter().any(|it| {
        it.members().iter().any(|(name, member)| {
            member.is_abstract && class.winner(name).is_some_and(|won| won.class == *it)
        })
    }) {
        return Err(format!(
            "{} is abstract: there is no instance of it",
            class.name()
        ));
    }
    let has_descriptor = names(class)
        .iter()
        .any(|(_, kind)| *kind == DescriptorKind::Data);
    if has_descriptor || falls_back(class).is_some() {
        Ok(())
    } else {
        Err(format!(
            "{} has no data descriptor and no __getattr__ that is written in Python",
            class.name()
        ))
    }
}

/// The class of the MRO with a `__getattr__`.
fn falls_back(class: ClassRef<'_>) -> Option<ClassRef<'_>> {
    class.winner("__getattr__").map(|it| it.class)
}

/// The names that are asked about, with how the winner takes part: some of each kind.
fn names(class: ClassRef<'_>) -> Vec<(Name, DescriptorKind)> {
    let mut found: Vec<(Name, DescriptorKind)> = vec![];
    for above in class.known_ancestry() {
        if above.is_interpreters() {
            continue;
        }
        for (name, member) in above.members() {
            let is_wanted = !name.starts_with("__")
                && member.maybe.is_none()
                && !every_class_has(name, member)
                && member.kind != MemberKind::Class
                && !found.iter().any(|it| it.0 == *name);
            let same = found.iter().filter(|it| it.1 == member.descriptor).count();
            if is_wanted && same < OF_A_KIND && member.descriptor != DescriptorKind::Unknown {
                found.push((name.clone(), member.descriptor));
            }
        }
    }
    let order = |kind: &DescriptorKind| match kind {
        DescriptorKind::Data => 0,
        DescriptorKind::NonData => 1,
        DescriptorKind::None | DescriptorKind::Unknown => 2,
    };
    found.sort_by_key(|it| order(&it.1));
    found
}

/// What answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Descriptor(ClassId),
    Entry,
    Value(ClassId),
    Fallback(ClassId),
    Nobody,
}

/// What answers an access, by its trace; none where that is not known, or code of the project's decides.
pub(super) fn found(trace: &Trace) -> Option<(ClassId, DescriptorKind)> {
    trace.steps.iter().find_map(|step| match step.does {
        AccessStep::Found {
            on,
            kind,
            on_metaclass: false,
        } if step.depth == 0 => Some((on, kind)),
        _ => None,
    })
}

fn by(trace: &Trace) -> Option<By> {
    if !trace.is_known || trace.doubt.is_some() {
        return None;
    }
    let own = trace.steps.iter().filter(|it| it.depth == 0);
    let mut last = None;
    for step in own {
        last = match step.does {
            AccessStep::Override { .. } | AccessStep::Slot { .. } => return None,
            AccessStep::Dict { has: true } => Some(By::Entry),
            AccessStep::Descriptor { .. } => Some(By::Descriptor(found(trace)?.0)),
            AccessStep::Value => match last {
                Some(By::Entry) => last,
                _ => Some(By::Value(found(trace)?.0)),
            },
            AccessStep::Fallback { on } => Some(By::Fallback(on)),
            _ => last,
        };
    }
    match (&trace.raised, last) {
        (Some(raised), None) if raised.kind == "AttributeError" => Some(By::Nobody),
        (Some(_), _) => None,
        (None, last) => last,
    }
}

pub(super) fn cards(class: ClassRef<'_>, ask: &mut Ask<'_>) -> Result<Vec<Card>, String> {
    let mut cards = vec![];
    let mut asked: Vec<Name> = names(class).into_iter().map(|it| it.0).collect();
    match falls_back(class) {
        Some(_) => asked.insert(0, Name::from(MISSING)),
        None => asked.push(Name::from(MISSING)),
    }
    let trace_of = |traces: &[Trace], access| traces.iter().find(|it| it.access == access).cloned();
    let query = |name: &Name| {
        Query::AtRest(Question::Lookup {
            class: class.id(),
            name: name.clone(),
        })
    };
    // Where calling the class gives no instance to the letter, nothing is known of what its `__dict__` lacks.
    let is_made = match ask.to(query(&Name::from(MISSING))) {
        Some(Reply::AtRest(Answer::Lookup(Some(traces)))) => {
            trace_of(traces, Access::Read).is_some_and(|it| it.is_known && it.doubt.is_none())
        }
        _ => false,
    };
    for name in asked {
        let Some(Reply::AtRest(Answer::Lookup(Some(traces)))) = ask.to(query(&name)) else {
            continue;
        };
        for access in [Access::ReadDict, Access::Read] {
            let trace = trace_of(traces, access);
            let card = trace.and_then(|it| card(class, &name, &it, is_made));
            cards.extend(card);
        }
    }
    if cards.is_empty() {
        return Err(format!(
            "it is not known to the letter what an instance of {} gives: calling the class needs arguments, or code that is not followed",
            class.name()
        ));
    }
    Ok(cards)
}

fn card(class: ClassRef<'_>, name: &Name, trace: &Trace, is_made: bool) -> Option<Card> {
    let analysis = class.analysis();
    let by = by(trace)?;
    let has_entry = trace.access == Access::ReadDict;
    let found = found(trace);
    let names = Names::of(class.known_ancestry());
    let text = |id: ClassId| names.text(analysis.class(id));
    // Without an entry it is no question who answers but where the class has the name, or lacks it.
    if !has_entry && matches!(by, By::Descriptor(_)) || has_entry && found.is_none() {
        return None;
    }
    let kind = |kind: DescriptorKind| match kind {
        DescriptorKind::Data => "a data descriptor",
        DescriptorKind::NonData => "a non-data descriptor",
        DescriptorKind::None | DescriptorKind::Unknown => "a plain value",
    };
    let says = |by: By| match by {
        By::Descriptor(on) => format!("the descriptor {}.{name}: its __get__ is called", text(on)),
        By::Entry => String::from("the entry of obj.__dict__"),
        By::Value(on) => format!("the value that {} has", text(on)),
        By::Fallback(on) => format!("{}.__getattr__ is called", text(on)),
        By::Nobody => String::from("nobody: AttributeError"),
    };
    let mut choices = vec![by];
    if has_entry {
        choices.push(By::Entry);
    }
    if let Some((on, kind)) = found {
        choices.push(match kind {
            DescriptorKind::Data | DescriptorKind::NonData => By::Descriptor(on),
            DescriptorKind::None | DescriptorKind::Unknown => By::Value(on),
        });
    }
    if let Some(on) = falls_back(class) {
        choices.push(By::Fallback(on.id()));
    }
    let others = class.definitions(name).into_iter();
    choices.extend(others.skip(1).take(1).map(|it| By::Value(it.class.id())));
    choices.push(By::Nobody);
    if !has_entry {
        choices.push(By::Entry);
    }
    let mut picks: Vec<Pick> = vec![];
    for choice in choices {
        let said = says(choice);
        if picks.iter().any(|it| it.says == said) || picks.len() > 3 {
            continue;
        }
        let why = match (choice, found) {
            (By::Entry, Some((on, DescriptorKind::Data))) if has_entry => format!(
                "{}.{name} is a data descriptor: it is asked before the entry",
                text(on)
            ),
            (By::Entry, _) => format!("obj.__dict__ has no {name}"),
            (By::Descriptor(on), _) => format!(
                "{}.{name} is a non-data descriptor: an entry of obj.__dict__ goes before it",
                text(on)
            ),
            (By::Value(on), Some((first, _))) if on != first => {
                format!(
                    "{} has the name too, but {} stands before it",
                    text(on),
                    text(first)
                )
            }
            (By::Value(on), _) => format!(
                "what {} has is a plain value: an entry of obj.__dict__ goes before it",
                text(on)
            ),
            (By::Fallback(_), _) => {
                String::from("__getattr__ is called only where all else has raised AttributeError")
            }
            (By::Nobody, _) => String::from("something has the name"),
        };
        picks.push(if choice == by {
            Pick::right(said)
        } else {
            Pick::wrong(said, why)
        });
    }
    let what = found.map_or_else(
        || format!("no class of the MRO of {} has {name}", class.name()),
        |(on, of)| format!("{} has {name}, {}", text(on), kind(of)),
    );
    let rule = match by {
        By::Descriptor(_) => "a data descriptor goes before the entry of the instance",
        By::Entry => "the entry of the instance goes before non-data descriptors and plain values",
        By::Value(_) => "obj.__dict__ has no such entry, and the value is given as it is",
        By::Fallback(_) => "where nothing has the name, __getattr__ is called with it",
        By::Nobody => "nothing has the name, and there is no __getattr__",
    };
    let c = named(class);
    let proof = match by {
        By::Entry if !is_made => {
            format!(
                "(obj := {c}.__new__({c})).__dict__.update({name}='mine') or obj.{name} == 'mine'"
            )
        }
        By::Descriptor(on) if !is_made => format!(
            "hasattr(type({}.__dict__['{name}']), '__set__')",
            at_position(class, position(class, analysis.class(on))?)
        ),
        _ if !is_made => return None,
        By::Entry => {
            format!("(obj := {c}()).__dict__.update({name}='mine') or obj.{name} == 'mine'")
        }
        By::Descriptor(_) => {
            format!("(obj := {c}()).__dict__.update({name}='mine') or obj.{name} != 'mine'")
        }
        By::Value(on) => format!(
            "{c}().{name} is {}.__dict__['{name}']",
            at_position(class, position(class, analysis.class(on))?)
        ),
        By::Fallback(_) => {
            format!("not any('{name}' in vars(k) for k in {c}.__mro__) and {c}().{name} is not {c}")
        }
        By::Nobody => format!("not hasattr({c}(), '{name}')"),
    };
    Some(
        Card {
            class: class.path().clone(),
            question: if has_entry {
                format!(
                    "obj is an instance of {}, and obj.__dict__ has an entry {name}. What answers obj.{name}?",
                    class.name()
                )
            } else {
                format!(
                    "obj = {}(), and nothing was put into obj.__dict__ since. What answers obj.{name}?",
                    class.name()
                )
            },
            shown: first::statements(class),
            picks,
            hint: String::from(
                "data descriptor, then obj.__dict__, then the rest of the class, then __getattr__",
            ),
            reason: vec![what, rule.to_owned()],
            proof: Proof::Holds(proof),
            leads: (PageKind::Lookup, Some(name.clone())),
        }
        .shuffled(),
    )
}
