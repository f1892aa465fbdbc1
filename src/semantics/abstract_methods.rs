//! Which abstract methods a class has left, and so whether it can be instantiated (`abc`, `_abc__abc_init`).

use rustc_hash::FxHashMap;

use crate::Name;
use crate::semantics::{ClassId, Classes};

/// Returns `__abstractmethods__`, sorted: what has to be defined before the class can be instantiated.
///
/// Only a class whose metaclass derives from `ABCMeta` has any. It takes its own abstract names, and of each base's
/// abstract names those whose winner is still abstract; what a base without that metaclass marks does not count.
///
/// ```py
/// class Shape(ABC):
///     @abstractmethod
///     def area(self): ...
/// class Square(Shape): ...            # {'area'}
/// class Mixin:
///     @abstractmethod
///     def area(self): ...
/// class Plain(Mixin, ABC): ...        # {}: `Mixin` has no `__abstractmethods__`
/// ```
pub fn abstract_methods(classes: &Classes, class: ClassId) -> Vec<Name> {
    let Some(mro) = classes.mro(class) else {
        return vec![];
    };
    let mut left: FxHashMap<ClassId, Vec<Name>> = FxHashMap::default();
    // From `object` up, so that every base has its answer before those that derive from it.
    for &ancestor in mro.iter().rev() {
        let own = abstract_in(classes, ancestor, &left);
        if !own.is_empty() {
            left.insert(ancestor, own);
        }
    }
    let mut names = left.remove(&class).unwrap_or_default();
    names.sort_unstable();
    names
}

/// `__abstractmethods__` of one class, given those of its bases.
fn abstract_in(
    classes: &Classes,
    class: ClassId,
    of_bases: &FxHashMap<ClassId, Vec<Name>>,
) -> Vec<Name> {
    let Some(made) = classes.made(class).filter(|_| is_abc(classes, class)) else {
        return vec![];
    };
    if let Some(names) = &classes.get(class).abstract_left {
        return names.to_vec();
    }
    let mut names: Vec<Name> = classes
        .members(class)
        .iter()
        .filter(|(_, member)| member.is_abstract)
        .map(|(name, _)| name.clone())
        .collect();
    for base in &made.bases {
        for name in of_bases.get(base).map_or(&[][..], Vec::as_slice) {
            let winner = made
                .mro
                .iter()
                .find_map(|&ancestor| classes.members(ancestor).get(name));
            if winner.is_some_and(|winner| winner.is_abstract) && !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    names
}

fn is_abc(classes: &Classes, class: ClassId) -> bool {
    let Some(made) = classes.made(class) else {
        return false;
    };
    if classes.get(class).skips_abc {
        return false;
    }
    let metaclass = classes.mro(made.metaclass).unwrap_or_default();
    metaclass.iter().any(|&entry| {
        let path = &classes.get(entry).path;
        path.qualname == "ABCMeta" && matches!(path.module.as_str(), "abc" | "_py_abc")
    })
}
