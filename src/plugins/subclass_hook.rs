//! Registration by `__init_subclass__` (PEP 487): Python calls it for every class that derives from the one that defines it.

use crate::analysis::ClassRef;
use crate::plugins::{Hook, Ran, Way};
use crate::source::Place;

const NAME: &str = "__init_subclass__";

/// Returns the hook that runs for what derives from the base; `object`'s own does nothing and is none.
pub(super) fn of(base: ClassRef<'_>) -> Option<Hook<'_>> {
    let found = base.winner(NAME)?;
    (found.class.path().to_string() != "builtins:object").then_some(Hook {
        way: Way::SubclassHook,
        class: found.class,
        name: NAME,
        member: found.member,
    })
}

/// Whether that hook ran when a class was made: Python calls the one that comes first in the MRO behind the class, and no other unless this one
/// calls on by `super()`.
pub(super) fn ran<'a>(hooks: &[Hook<'a>], class: ClassRef<'a>) -> Ran<'a> {
    let hook = hooks.iter().find(|it| it.way == Way::SubclassHook);
    let (Some(hook), Some(heard)) = (hook, class.heard()) else {
        return Ran::Unknown;
    };
    let Some(place) = hook.member.place else {
        return Ran::Unknown;
    };
    let is_it = |it: &Place| it.file == place.file && (place.start..=place.end).contains(&it.start);
    if heard.by.iter().any(is_it) {
        return Ran::Yes;
    }
    if !heard.is_exact {
        return Ran::Unknown;
    }
    let mut rest = class.known_ancestry().into_iter().skip(1);
    let first = rest.find(|it| it.members().contains_key(NAME));
    Ran::No(first.filter(|it| *it != hook.class))
}
