//! CLASS OBJECTS. What CPython does with them, whoever made them. Pure: no files, no source text, nothing to run.

mod abstract_methods;
mod class;
mod layout;
mod linearize;
mod metaclass;
mod order;
mod standing;
mod type_new;
mod wording;

pub use abstract_methods::abstract_methods;
pub use class::{
    Class, ClassId, ClassPath, Classes, DescriptorKind, LazyMembers, Made, Member, MemberKind,
    MemberOrigin, Members, Origin, Outcome, Raised, Shape, Slots,
};
pub use layout::{Declared, SlotItem, mangle};
pub use linearize::{Step, Turn, linearize};
pub use metaclass::most_derived;
pub use order::{Before, Demand, before, contradiction};
pub use standing::{Assumption, Gap, Standing, Why};
pub use type_new::{SlotsError, TypeNewError, Wanted, type_new};
