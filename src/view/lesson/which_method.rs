//! Lesson 3, which method runs: several classes of an MRO define the name.

use crate::Name;
use crate::analysis::{ClassRef, Definition};
use crate::semantics::MemberKind;
use crate::view::PageKind;
use crate::view::lesson::{Card, Pick, Proof, at_position, first, position};
use crate::view::words::{Names, every_class_has};

/// How many classes stand to choose from.
const CHOICE: usize = 4;
/// How many names are looked for.
const ENOUGH: usize = 64;

/// Whether several classes of its MRO define one name.
pub(super) fn fits(class: ClassRef<'_>) -> Result<(), String> {
    let getter = class.winner("__getattribute__");
    if getter.is_some_and(|it| it.class.name() != "object") {
        return Err(String::from(
            "a `__getattribute__` of its own decides what its instances give",
        ));
    }
    if contested(class).is_empty() {
        Err(format!(
            "no method is defined by two classes of the MRO of {}",
            class.name()
        ))
    } else {
        Ok(())
    }
}

/// The methods that several classes of the MRO define, those first that another class than the first gives.
fn contested(class: ClassRef<'_>) -> Vec<(Name, Vec<Definition<'_>>)> {
    let mro = class.mro().unwrap_or_default();
    let set = |name: &str| {
        mro.iter()
            .any(|it| it.assigned().iter().any(|it| it.name == name))
    };
    let mut found: Vec<(Name, Vec<Definition<'_>>)> = vec![];
    let members = mro.iter().filter(|it| !it.is_interpreters());
    for (name, member) in members.flat_map(|it| it.members()) {
        let is_known = found.iter().any(|it| it.0 == *name);
        if is_known || every_class_has(name, member) || name == "__init_subclass__" || set(name) {
            continue;
        }
        let definitions = class.definitions(name);
        let is_method = |it: &Definition<'_>| {
            it.member.kind == MemberKind::Function && it.member.maybe.is_none()
        };
        let of_project = definitions.iter().filter(|it| !it.class.is_interpreters());
        if of_project.count() > 1 && definitions.first().is_some_and(is_method) {
            found.push((name.clone(), definitions));
        }
        if found.len() >= ENOUGH {
            break;
        }
    }
    found.sort_by_key(|(_, it)| (it[0].class == class, usize::MAX - it.len()));
    found
}

pub(super) fn cards(class: ClassRef<'_>) -> Vec<Card> {
    let contested = contested(class).into_iter();
    let cards = contested.filter_map(|(name, definitions)| card(class, &name, &definitions));
    cards.collect()
}

fn card(class: ClassRef<'_>, name: &Name, definitions: &[Definition<'_>]) -> Option<Card> {
    let mro = class.mro()?;
    let names = Names::of(mro.iter().copied());
    let winner = definitions.first()?.class;
    let at = position(class, winner)?;
    let mut picks = vec![Pick::right(names.text(winner))];
    for other in definitions.iter().skip(1).take(CHOICE - 1) {
        let why = format!(
            "{} defines {name} too, but stands behind {} in the MRO",
            names.text(other.class),
            names.text(winner)
        );
        picks.push(Pick::wrong(names.text(other.class), why));
    }
    let without = mro
        .iter()
        .filter(|it| !definitions.iter().any(|defined| defined.class == **it));
    for other in without.take(CHOICE.saturating_sub(picks.len()).min(1)) {
        let other = names.text(*other);
        let why = format!("{other} defines no {name}");
        picks.push(Pick::wrong(other, why));
    }
    let passed: Vec<String> = mro[..at].iter().map(|it| names.text(*it)).collect();
    let reason = if passed.is_empty() {
        format!(
            "{} stands first in its own MRO, and has {name}",
            class.name()
        )
    } else {
        format!(
            "along the MRO {} has no {name}, then {} has it",
            passed.join(", "),
            names.text(winner)
        )
    };
    Some(
        Card {
            class: class.path().clone(),
            question: format!(
                "obj is an instance of {}. Whose {name} runs when obj.{name} is called?",
                class.name()
            ),
            shown: first::statements(class),
            picks,
            hint: String::from("go along the MRO: the first class that has the name gives it"),
            reason: vec![
                reason,
                format!(
                    "the MRO: {}",
                    mro.iter()
                        .map(|it| names.text(*it))
                        .collect::<Vec<_>>()
                        .join(" ")
                ),
            ],
            proof: Proof::Holds(format!(
                "{}.{name} is {}.__dict__['{name}']",
                class.path().qualname,
                at_position(class, at)
            )),
            leads: (PageKind::Members, Some(name.clone())),
        }
        .shuffled(),
    )
}
