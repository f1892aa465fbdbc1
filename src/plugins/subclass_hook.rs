//! Registration by `__init_subclass__` (PEP 487): Python calls it for every class that derives from the one that defines it.

use crate::analysis::ClassRef;
use crate::plugins::{Hook, Way};

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
