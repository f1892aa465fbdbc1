//! CLASS OBJECTS. What CPython does with them, whoever made them. Pure: no files, no source text, nothing to run.

mod class;
mod standing;
mod type_new;

pub use class::{
    Class, ClassId, ClassPath, Classes, DescriptorKind, LazyMembers, Made, Member, MemberKind,
    MemberOrigin, Members, Origin, Outcome, Raised, Shape, Slots,
};
pub use standing::{Assumption, Gap, Standing, Why};
pub use type_new::{SlotsError, TypeNewError};
