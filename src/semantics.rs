//! CLASS OBJECTS. What CPython does with them, whoever made them. Pure: no files, no source text, nothing to run.

mod abstract_methods;
mod access;
mod class;
mod conflict;
mod creation;
mod descriptor;
mod held;
mod layout;
mod linearize;
mod lookup;
mod mend;
mod metaclass;
mod module_story;
mod namespace;
mod operation;
mod order;
mod precedence;
mod rearranged;
mod registry;
mod standard_hooks;
mod standing;
mod type_new;
mod wording;
mod workbench;

pub use abstract_methods::abstract_methods;
pub use access::{
    Access, AccessError, AccessStep, Doing, Doubt, Trace, TraceStep, Unmade,
    enum_property_is_for_members, enum_property_refuses, immutable_type, member_stays,
    no_attribute, no_dict_for, no_instance_for_super, no_subclass_for_super, no_such_entry,
    not_deletable, not_deletable_of_class, not_writable, property_refuses, read_only,
    slot_is_empty,
};
pub use class::{
    Annotated, Assigned, Class, ClassId, ClassPath, Classes, Closes, DescriptorKind, Heard,
    LazyMembers, Made, Member, MemberKind, MemberOrigin, Members, Origin, Outcome, Part, PartRole,
    Raised, Shape, Slots, Wraps,
};
pub use conflict::{Claim, Core, Link, Over, core};
pub use creation::{
    ClassStory, Costs, Course, Creation, CreationDoes, CreationEvent, CreationStep, Given, Hook,
};
pub use descriptor::descriptor_kind;
pub use held::{Held, HeldBy, HeldByOne};
pub use layout::{Declared, SlotItem, is_identifier, is_keyword, mangle};
pub use linearize::{Step, Turn, linearize};
pub use lookup::{Found, Lookup, LookupStep, find_in_mro, look_up_on_class, look_up_on_instance};
pub use mend::{Edit, Editable, Mend, mends};
pub use metaclass::most_derived;
pub use module_story::{
    Bound, ImportedFrom, Inside, InsideEntry, ModuleImport, ModuleName, ModuleStory,
};
pub use namespace::{Annotates, MadeBy, Making, added, bound_by_statement, own_namespace};
pub use operation::{Answered, Candidate, Operation, Skipped};
pub use order::{Before, before};
pub use precedence::{Choice, Demand, Precedence, Says, Stood, precedence};
pub use rearranged::rearranged;
pub use registry::{Leads, NamedSort, Registered, Registry, RegistryKind, RowState, Spotted};
pub use standard_hooks::add_standard_hooks;
pub use standing::{Assumption, Gap, Standing, Why};
pub use type_new::{SlotsError, TypeNewError, Wanted, type_new};
pub use workbench::Workbench;
