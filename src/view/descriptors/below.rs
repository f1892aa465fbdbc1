//! What an access runs a call or two further down: methods that an accessor calls on the descriptor or the instance, and descriptors that it reads.

use crate::analysis::ClassRef;
use crate::source::Place;
use crate::syntax::{Cost, EffectKind, Holder};
use crate::view::Span;
use crate::view::descriptors::protocol::Protocol;
use crate::view::descriptors::{Costs, costs};

/// How many calls down one looks.
const DEEPEST: usize = 2;

/// How many functions below one access are told of.
const MOST: usize = 8;

/// A function that an access comes to, and how.
pub(super) struct Below<'a> {
    /// How it is asked for: `self.check(…)`, `self.balance`.
    pub(super) asked: String,
    /// What runs: `Positive.check`, `Locked.__get__`.
    pub(super) said: String,
    pub(super) place: Place,
    pub(super) on: Context<'a>,
}

/// All that some bodies come to.
#[derive(Default)]
pub(super) struct Further<'a> {
    /// What is told of, each with how many calls down it is.
    pub(super) all: Vec<(usize, Below<'a>)>,
    /// How much more there is.
    more: usize,
}

impl Further<'_> {
    /// A row for each.
    pub(super) fn rows(&self, row: &mut impl FnMut(&str, Vec<Span>, Option<Place>), costs: &Costs) {
        for (depth, one) in &self.all {
            row("", costs::below(one, *depth, costs), Some(one.place));
        }
        if self.more > 0 {
            let more = format!("  {} more", self.more);
            row("", vec![Span::faint(more)], None);
        }
    }
}

/// What the parameters of a function stand for.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// The class of the instance.
    pub(super) instance: ClassRef<'a>,
    /// The class of the descriptor, where it is a method of one.
    pub(super) descriptor: Option<ClassRef<'a>>,
    /// Whether the instance is itself a descriptor, one of whose methods another one calls.
    pub(super) is_descriptor: bool,
    /// The name under which the descriptor stands.
    pub(super) name: &'a str,
}

/// What a body comes to directly: each function once, in the order in which it is written.
pub(super) fn callees<'a>(cost: &Cost, on: Context<'a>) -> Vec<Below<'a>> {
    let mut found: Vec<Below<'a>> = vec![];
    for effect in &cost.effects {
        if matches!(effect.kind, EffectKind::Lock | EffectKind::Raise) {
            continue;
        }
        let Some((holder, name)) = &effect.on else {
            continue;
        };
        // `self.jobs.put(…)` calls nothing of what `jobs` is looked up on.
        let behind = effect.text.split_once('.').map(|it| it.1);
        let is_called = behind
            .and_then(|it| it.strip_prefix(name.as_str()))
            .is_some_and(|it| it.starts_with('('));
        let class = match holder {
            Holder::Instance => Some(on.instance),
            Holder::Descriptor => on.descriptor,
            Holder::Outside => None,
        };
        let Some(definition) = class.and_then(|it| it.winner(name)).filter(|_| is_called) else {
            continue;
        };
        let Some(place) = definition.member.place else {
            continue;
        };
        // A method of the descriptor has that as its first parameter.
        let on = match holder {
            Holder::Descriptor => Context {
                instance: on.descriptor.unwrap_or(on.instance),
                descriptor: None,
                is_descriptor: true,
                ..on
            },
            _ => Context {
                descriptor: None,
                ..on
            },
        };
        found.push(Below {
            asked: effect.text.clone(),
            said: format!("{}.{name}", definition.class.name()),
            place,
            on,
        });
    }
    for kept in cost.kept.iter().filter(|it| it.is_read) {
        let Some((root, behind)) = kept.text.split_once('.') else {
            continue;
        };
        let name = behind.split(['.', '[', '{', '(']).next().unwrap_or(behind);
        if kept.holder != Holder::Instance || name == on.name {
            continue;
        }
        let Some((name, definition)) = named(on.instance, name) else {
            continue;
        };
        let protocol = Protocol::of(name, definition);
        let descriptor = definition.member.type_of;
        let descriptor = descriptor.map(|of| on.instance.analysis().class(of));
        for (method, descriptor) in [(protocol.get, descriptor), (protocol.around, None)] {
            if let Some(method) = method
                && let Some(place) = method.place
            {
                found.push(Below {
                    asked: format!("{root}.{name}"),
                    said: match method.on {
                        Some(_) => method.said,
                        None => format!("{}.{name}", definition.class.name()),
                    },
                    place,
                    on: Context {
                        descriptor: descriptor.filter(|_| method.on.is_some()),
                        name,
                        ..on
                    },
                });
            }
        }
    }
    let mut seen: Vec<Place> = vec![];
    found.retain(|it| {
        let is_new = !seen.contains(&it.place);
        seen.push(it.place);
        is_new
    });
    found
}

/// The definition of a name that wins, with the name as the analysis has it.
fn named<'a>(
    class: ClassRef<'a>,
    name: &str,
) -> Option<(&'a str, crate::analysis::Definition<'a>)> {
    let definition = class.winner(name)?;
    if !super::is_descriptor(definition) {
        return None;
    }
    let (name, _) = definition.class.members().get_key_value(name)?;
    Some((name.as_str(), definition))
}

/// All that some bodies come to, as deep as one looks; what does nothing that is told of is left out.
pub(super) fn below<'a>(bodies: &[(&Cost, Context<'a>)], costs: &Costs) -> Further<'a> {
    let mut all = vec![];
    let mut seen = vec![];
    for (cost, on) in bodies {
        under(cost, *on, costs, 1, &mut seen, &mut all);
    }
    let more = all.len().saturating_sub(MOST);
    all.truncate(MOST);
    Further { all, more }
}

fn under<'a>(
    cost: &Cost,
    on: Context<'a>,
    costs: &Costs,
    depth: usize,
    seen: &mut Vec<Place>,
    all: &mut Vec<(usize, Below<'a>)>,
) {
    for one in callees(cost, on) {
        let Some(cost) = costs.at(one.place) else {
            continue;
        };
        if seen.contains(&one.place) || all.len() > MOST * 4 {
            continue;
        }
        seen.push(one.place);
        let (place, on) = (one.place, one.on);
        let at = all.len();
        all.push((depth, one));
        if depth < DEEPEST
            && let Some(cost) = costs.at(place)
        {
            under(cost, on, costs, depth + 1, seen, all);
        }
        // What does nothing itself, and leads to nothing that does.
        if cost.effects.is_empty() && all.len() == at + 1 {
            all.pop();
        }
    }
}

/// Reads the bodies that others come to, as deep as one looks.
pub(super) fn read<'a>(
    costs: &mut Costs,
    class: ClassRef<'a>,
    bodies: impl Iterator<Item = (Place, Context<'a>)>,
) {
    let mut waiting: Vec<(Place, Context<'a>)> = bodies.collect();
    for _ in 0..DEEPEST {
        let mut next: Vec<(Place, Context<'a>)> = vec![];
        for (place, on) in waiting {
            let callees = costs.at(place).map(|cost| callees(cost, on));
            next.extend(callees.into_iter().flatten().map(|it| (it.place, it.on)));
        }
        let places = next.iter().map(|it| it.0).collect();
        costs.read(class.analysis(), places);
        waiting = next;
    }
}
