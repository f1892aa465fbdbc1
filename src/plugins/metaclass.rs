//! Registration by metaclass: one that is not `type` is called for every class that derives from the base.

use crate::analysis::ClassRef;
use crate::plugins::{Hook, Way};

/// What of a metaclass runs when a class is made.
const NAMES: [&str; 2] = ["__new__", "__init__"];

/// Returns the metaclass's own code that runs for what derives from the base; what the interpreter brings is none.
pub(super) fn of(base: ClassRef<'_>) -> Vec<Hook<'_>> {
    let Some(metaclass) = base.metaclass() else {
        return vec![];
    };
    NAMES
        .into_iter()
        .filter_map(|name| {
            let found = metaclass.winner(name)?;
            // `ABCMeta`, `EnumType` and their like keep no list of what they make.
            let of_python = found.class.is_interpreters();
            (!of_python).then_some(Hook {
                way: Way::Metaclass,
                class: found.class,
                name,
                member: found.member,
            })
        })
        .collect()
}
