//! Which class of an MRO a name comes from, as far as that is known.

use crate::analysis::ClassRef;

/// Which class provides a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provided<'a> {
    /// The first class of the MRO whose own namespace has it.
    By(ClassRef<'a>),
    /// No class has it.
    Nowhere,
    /// The class is not known, or a class on the way only perhaps has the name.
    Untold,
}

impl<'a> ClassRef<'a> {
    /// Which class provides a name; nothing is claimed where a class on the way may have it under a name that is not known.
    pub fn provider(self, name: &str) -> Provided<'a> {
        let Some(mro) = self.mro() else {
            return Provided::Untold;
        };
        for class in mro {
            match class.members().get(name) {
                Some(member) if member.maybe.is_some() => return Provided::Untold,
                Some(_) => return Provided::By(class),
                None => {
                    let mut open = class.assigned().iter();
                    if open.any(|it| it.is_pattern && it.on_class && fits(ends_of(&it.name), name))
                    {
                        return Provided::Untold;
                    }
                }
            }
        }
        Provided::Nowhere
    }
}

/// What a name begins and ends with that is a pattern: `get_{column}`.
pub(super) fn ends_of(pattern: &str) -> (&str, &str) {
    let head = pattern.find('{').map_or(pattern, |at| &pattern[..at]);
    let tail = pattern.rfind('}').map_or("", |at| &pattern[at + 1..]);
    (head, tail)
}

/// Whether a name begins and ends like this.
pub(super) fn fits((head, tail): (&str, &str), name: &str) -> bool {
    name.len() >= head.len() + tail.len() && name.starts_with(head) && name.ends_with(tail)
}
