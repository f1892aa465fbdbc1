//! The values of a class as an interpreter has them, beside what we say of them.

use std::collections::BTreeMap;

use crate::analysis::{ClassRef, Definition};
use crate::semantics::{MemberKind, MemberOrigin, Outcome};
use crate::witness::{Live, LiveValue};

/// A name of the class, on both sides.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// The name.
    pub name: &'a str,
    /// The definition that we say wins; none where we have none.
    pub ours: Option<Definition<'a>>,
    /// What was live; none where nothing was.
    pub live: Option<&'a LiveValue>,
    /// In what they differ.
    pub differs: Option<Differs>,
}

/// In what the two sides differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differs {
    /// Only the interpreter has the name.
    OnlyLive,
    /// Only we have it.
    OnlyOurs,
    /// Another class gives it.
    Giver,
    /// It is another kind of object.
    Kind,
    /// Its bounded repr is another.
    Value,
}

/// Names that `type` or `abc` give to each class, and that say nothing about this one.
const SAME_FOR_ALL: &[&str] = &[
    "__dict__",
    "__weakref__",
    "__doc__",
    "__module__",
    "__qualname__",
    "__firstlineno__",
    "__static_attributes__",
    "_abc_impl",
];

/// Puts both sides beside one another, by name: all names, or the one that was asked about.
///
/// What we say that we do not know differs from nothing.
pub fn beside<'a>(
    class: ClassRef<'a>,
    live: &'a Live,
    attribute: Option<&'a str>,
) -> Vec<Beside<'a>> {
    let mut names: BTreeMap<&str, (Option<Definition<'a>>, Option<&LiveValue>)> = BTreeMap::new();
    let ancestry = class.known_ancestry();
    for value in &live.values {
        let ours = class.winner(&value.name);
        names.insert(&value.name, (ours, Some(value)));
    }
    if let Some(name) = attribute {
        names
            .entry(name)
            .or_insert_with(|| (class.winner(name), None));
    } else {
        for &ancestor in ancestry.iter().filter(|it| !is_object(**it)) {
            for (name, member) in ancestor.members() {
                let definition = Definition {
                    class: ancestor,
                    member,
                };
                if !SAME_FOR_ALL.contains(&name.as_str()) {
                    names.entry(name).or_insert((Some(definition), None));
                }
            }
        }
    }
    let is_whole = matches!(class.outcome(), Outcome::Created(_));
    let same_mro = ancestry.len() == live.mro.len();
    names
        .into_iter()
        .filter(|(name, _)| attribute == Some(name) || !SAME_FOR_ALL.contains(name))
        .filter(|(_, sides)| sides.0.is_some() || sides.1.is_some())
        .map(|(name, (ours, value))| {
            let differs = match (ours, value) {
                (None, Some(_)) if is_whole => Some(Differs::OnlyLive),
                (Some(ours), None) if ours.member.kind != MemberKind::Unknown => {
                    Some(Differs::OnlyOurs)
                }
                (Some(ours), Some(value)) => {
                    let is_given_by = if same_mro {
                        ancestry.get(value.class) == Some(&ours.class)
                    } else {
                        live.mro.get(value.class) == Some(ours.class.path())
                    };
                    if is_whole && !is_given_by {
                        Some(Differs::Giver)
                    } else {
                        in_value(ours, value)
                    }
                }
                _ => None,
            };
            Beside {
                name,
                ours,
                live: value,
                differs,
            }
        })
        .collect()
}

fn is_object(class: ClassRef<'_>) -> bool {
    class.id() == class.analysis().classes.object()
}

/// The kind; instances of subclasses of `property`, `classmethod` and their like count as those, or as descriptors of their own.
fn family(kind: MemberKind) -> MemberKind {
    match kind {
        MemberKind::Property => MemberKind::DataDescriptor,
        MemberKind::Classmethod | MemberKind::Staticmethod | MemberKind::CachedProperty => {
            MemberKind::Descriptor
        }
        kind => kind,
    }
}

fn in_value(ours: Definition<'_>, live: &LiveValue) -> Option<Differs> {
    let member = ours.member;
    if member.kind == MemberKind::Unknown {
        return None;
    }
    if family(member.kind) != family(live.kind) {
        return Some(Differs::Kind);
    }
    // Only of plain values do we say what their repr is.
    let is_plain = member.kind == MemberKind::Value && member.origin != MemberOrigin::Native;
    let (said, shown) = (member.shown.as_deref()?, live.shown.as_deref()?);
    (is_plain && live.failure.is_none() && said != shown).then_some(Differs::Value)
}
