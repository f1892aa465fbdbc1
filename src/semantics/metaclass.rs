//! The most derived metaclass. Whether the class can then be laid out is `layout`'s question.

use crate::semantics::{ClassId, Classes, TypeNewError};

/// Returns the metaclass Python picks: the most derived of `initial` and of those of all bases.
///
/// `metaclass=` takes part like a base's and wins only by being most derived:
/// `class C(Base, metaclass=type)` still gets `Base`'s. Without the keyword, `initial` is the class of the first
/// base, or `type` (language reference 3.3.3.3; `_PyType_CalculateMetaclass`).
///
/// ```py
/// class M(type): ...
/// class A(metaclass=M): ...
/// class B: ...
/// class C(B, A): ...  # type(C) is M
/// ```
pub fn most_derived(
    initial: ClassId,
    bases: &[ClassId],
    classes: &Classes,
) -> Result<ClassId, TypeNewError> {
    let mut chosen = initial;
    for &base in bases {
        let Some(made) = classes.made(base) else {
            continue; // only what exists has a class
        };
        let other = made.metaclass;
        if classes.is_subclass(chosen, other) {
            continue;
        }
        if !classes.is_subclass(other, chosen) {
            return Err(TypeNewError::MetaclassConflict {
                chosen,
                other,
                through: base,
            });
        }
        chosen = other;
    }
    Ok(chosen)
}
