//! Lesson 4, what `super()` runs next, as seen from a receiver.

use crate::analysis::{ClassRef, Leads, SuperRead, Sure};
use crate::semantics::{MemberKind, mangle};
use crate::view::PageKind;
use crate::view::lesson::{Card, Pick, Proof, at_position, first, named, position};
use crate::view::words::Names;

/// How many classes stand to choose from.
const CHOICE: usize = 4;

/// Whether some method of its MRO calls on.
pub(super) fn fits(class: ClassRef<'_>) -> Result<(), String> {
    if asked(class).is_empty() {
        return Err(format!(
            "no method in the MRO of {} calls super() where it is sure where that leads",
            class.name()
        ));
    }
    Ok(())
}

/// The places whose lead is sure, those first that lead elsewhere than to a base of the class in which they are written.
fn asked(class: ClassRef<'_>) -> Vec<SuperRead<'_>> {
    let mut reads = class.super_reads();
    reads.retain(|read| {
        read.sure == Sure::Exact && !read.class.is_interpreters() && read.site.name != "__class__"
    });
    let is_naive = |read: &SuperRead<'_>| match read.leads {
        Leads::To(to) => read.class.bases().first() == Some(&to),
        Leads::Nowhere => false,
    };
    reads.sort_by_key(|read| (is_naive(read), read.class == class));
    let mut seen = vec![];
    reads.retain(|read| {
        let key = (read.after.id(), read.site.name.clone());
        let is_new = !seen.contains(&key);
        seen.push(key);
        is_new
    });
    reads
}

pub(super) fn cards(class: ClassRef<'_>) -> Vec<Card> {
    let cards = asked(class);
    cards.iter().filter_map(|read| card(class, read)).collect()
}

fn card(class: ClassRef<'_>, read: &SuperRead<'_>) -> Option<Card> {
    let mro = class.mro()?;
    let names = Names::of(mro.iter().copied());
    let name = mangle(read.class.name(), &read.site.name);
    let after = position(class, read.after)?;
    let nobody = "nobody's: AttributeError";
    let mut picks = vec![];
    let right = match read.leads {
        Leads::To(to) => Some(to),
        Leads::Nowhere => None,
    };
    picks.push(Pick::right(
        right.map_or_else(|| nobody.to_owned(), |it| names.text(it)),
    ));
    let has = |it: &&ClassRef<'_>| it.members().contains_key(&name);
    // What one may take it for: a base of the class in which it is written.
    let bases = read.class.bases();
    let naive = bases.iter().filter(|it| it.winner(&name).is_some());
    let giving = mro.iter().filter(has);
    let rest = mro.iter().filter(|it| !has(it));
    for other in naive.chain(giving).chain(rest) {
        let said = names.text(*other);
        if Some(*other) == right || picks.iter().any(|it| it.says == said) {
            continue;
        }
        let stands = mro.iter().position(|it| it == other)?;
        let why = if stands <= after {
            format!(
                "the search begins behind {} in the MRO of {}; {said} stands {}",
                names.text(read.after),
                class.name(),
                if stands == after {
                    "there itself"
                } else {
                    "before it"
                },
            )
        } else if has(&other) {
            let right = right.map_or_else(String::new, |it| names.text(it));
            format!(
                "{said} has it, but {right} stands before it in the MRO of {}",
                class.name()
            )
        } else {
            format!("{said} has no {name}")
        };
        picks.push(Pick::wrong(said, why));
        if picks.len() >= CHOICE {
            break;
        }
    }
    let behind: Vec<String> = mro[after + 1..].iter().map(|it| names.text(*it)).collect();
    let proof = match right {
        None => format!(
            "not hasattr(super({}, {}), '{name}')",
            at_position(class, after),
            named(class)
        ),
        Some(to) => {
            let found = position(class, to)?;
            let kind = to.members().get(&name)?.kind;
            if kind == MemberKind::Function {
                format!(
                    "super({}, {}).{name} is {}.__dict__['{name}']",
                    at_position(class, after),
                    named(class),
                    at_position(class, found)
                )
            } else {
                format!(
                    "next(k for k in {}.__mro__[{}:] if '{name}' in vars(k)).__name__ == '{}'",
                    named(class),
                    after + 1,
                    to.name()
                )
            }
        }
    };
    let mut shown = first::statements(class);
    shown.truncate(5);
    Some(
        Card {
            class: class.path().clone(),
            question: format!(
                "obj is an instance of {}. In {}.{} stands super().{}: whose is that?",
                class.name(),
                names.text(read.class),
                read.method.name,
                read.site.name
            ),
            shown,
            picks,
            hint: format!(
                "super() goes on behind {} in the MRO of the object's class",
                names.text(read.after)
            ),
            reason: vec![
                format!(
                    "behind {} the MRO of {} goes on with {}",
                    names.text(read.after),
                    class.name(),
                    behind.join(" ")
                ),
                match right {
                    Some(to) => format!("{} is the first of them that has {name}", names.text(to)),
                    None => format!("none of them has {name}"),
                },
            ],
            proof: Proof::Holds(proof),
            leads: (PageKind::Super, Some(name.clone())),
        }
        .shuffled(),
    )
}
