//! How attribute lookup treats an object that it finds on a class: data descriptor, non-data descriptor, or neither.

use crate::semantics::{ClassId, Classes, DescriptorKind};

/// Returns what kind of descriptor the instances of a class are (language reference 3.3.2.3).
///
/// Only what the class and its ancestors define counts, never the instance. Who defines `__set__` or `__delete__` wins over
/// the instance's `__dict__`, even where it is bound to `None`.
///
/// ```py
/// class Upper:
///     def __get__(self, instance, owner): ...  # non-data: an entry of the instance's `__dict__` hides it
/// ```
pub fn descriptor_kind(of: ClassId, classes: &Classes) -> DescriptorKind {
    let Some(mro) = classes.mro(of) else {
        return DescriptorKind::Unknown;
    };
    let defines = |name| {
        mro.iter()
            .any(|&class| classes.members(class).contains_key(name))
    };
    if defines("__set__") || defines("__delete__") {
        DescriptorKind::Data
    } else if defines("__get__") {
        DescriptorKind::NonData
    } else {
        DescriptorKind::None
    }
}
