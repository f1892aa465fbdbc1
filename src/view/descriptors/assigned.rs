//! The class's own assignments: where methods along the MRO bind a name on the instance that a class has, too.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::ClassRef;
use crate::semantics::Assigned;

/// Where methods of a class bind an attribute of their receiver: `self.price = …`.
pub(super) type By<'a> = (ClassRef<'a>, &'a Assigned);

/// Returns where these names are bound, in order of the MRO.
pub(super) fn assigned<'a>(
    class: ClassRef<'a>,
    names: &FxHashSet<&'a str>,
) -> FxHashMap<&'a str, Vec<By<'a>>> {
    let mut found: FxHashMap<&str, Vec<By<'_>>> = FxHashMap::default();
    for ancestor in class.known_ancestry() {
        for one in ancestor.assigned() {
            let is_on_instance = !one.on_class && !one.is_pattern;
            if let Some(name) = names.get(one.name.as_str()).filter(|_| is_on_instance) {
                found.entry(name).or_default().push((ancestor, one));
            }
        }
    }
    found
}
