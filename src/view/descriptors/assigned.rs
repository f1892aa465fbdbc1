//! The class's own assignments: where methods along the MRO bind a name, on the instance or on the class, that a class has, too.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::{ClassRef, Definition};
use crate::semantics::{Assigned, DescriptorKind};

/// Where methods of a class bind an attribute of their receiver: `self.price = …`, in a class method `cls.price = …`.
pub(super) type By<'a> = (ClassRef<'a>, &'a Assigned);

/// Returns where these names are bound, in order of the MRO.
pub(super) fn assigned<'a>(
    class: ClassRef<'a>,
    names: &FxHashSet<&'a str>,
) -> FxHashMap<&'a str, Vec<By<'a>>> {
    let mut found: FxHashMap<&str, Vec<By<'_>>> = FxHashMap::default();
    for ancestor in class.known_ancestry() {
        for one in ancestor.assigned() {
            if let Some(name) = names.get(one.name.as_str()).filter(|_| !one.is_pattern) {
                found.entry(name).or_default().push((ancestor, one));
            }
        }
    }
    found
}

/// How the assignment is written, as far as that is known.
pub(super) fn written(one: &Assigned) -> String {
    let receiver = if one.on_class { "cls" } else { "self" };
    format!("{receiver}.{} = …", one.name)
}

/// What an assignment to the class comes to, where the class method is called on this class: `type.__setattr__` asks the metaclass for a
/// data descriptor, and else puts the value into the class's own `__dict__`. What stood there is never asked.
///
/// ```py
/// class Order:
///     total = property(...)
///     @classmethod
///     def fix(cls): cls.total = 1  # Order.fix(): the property is gone. Express.fix(): Express has 1, Order its property
/// ```
pub(super) fn on_class(class: ClassRef<'_>, one: &Assigned, definition: Definition<'_>) -> String {
    let (name, of) = (one.name.as_str(), class.name());
    if let Some(metaclass) = class.metaclass() {
        let takes_over = metaclass.winner("__setattr__");
        if let Some(found) = takes_over.filter(|it| !it.class.is_interpreters()) {
            return format!("what {}.__setattr__ makes of it", found.class.name());
        }
        let data = metaclass.winner(name);
        if let Some(found) = data.filter(|it| it.member.descriptor == DescriptorKind::Data) {
            return format!(
                "goes to the data descriptor of the metaclass {}",
                found.class.name()
            );
        }
    }
    let giver = definition.class.name();
    if one.method == "__init_subclass__" {
        return format!("a new subclass of {of} has that in its place");
    }
    if definition.class.id() == class.id() {
        format!("replaces it in {of}, unless it is called on a subclass")
    } else {
        format!("called on {of}, it hides that of {giver}")
    }
}
