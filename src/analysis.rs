//! THE ANSWER. Every class the project makes, immutable, and how each came about.

mod across;
#[expect(clippy::module_inception, reason = "the layer's one type has its name")]
mod analysis;
mod beside;
mod chain;
mod class_ref;
mod cost;
mod coverage;
mod difference;
mod edit;
mod find;
mod followed;
mod hierarchy;
mod outlook;
mod pins;
mod placing;
mod provider;
mod receiver;
mod slot_moves;
mod small_edits;
mod supers;
mod target;
mod versions;
mod what_if;

pub use across::{Across, Giver, Receiver};
pub use analysis::{
    Analysis, Counts, EntryPoint, Module, ModuleId, ModuleOrigin, Problem, ProblemKind, Target,
    WorldSummary,
};
pub use beside::{Aligned, Apart, Beside};
pub use chain::{Body, ByName, Chain, ChainLink, Ends, Hop, Runs};
pub use class_ref::{ClassRef, Definition, Sureness};
pub use coverage::{Cause, Coverage, Share};
pub use difference::{
    Changed, Comparing, Difference, Moved, Named, Provider, Reason, Scope, Side, Untold,
    difference, difference_in, says_nothing,
};
pub use edit::{EditedFile, StatementEdit, edited, patch, to_write};
pub use find::{KINDS, Registrations, STANDINGS, Sought, SoughtError, TERMS, as_term};
pub use followed::{Followed, FollowedTo};
pub use hierarchy::Hierarchy;
pub use outlook::{Decided, Outlook};
pub use pins::{Held, Pin, held, pinned};
pub use placing::{Places, Spot, SpotText};
pub use provider::Provided;
pub use receiver::{Seen, SeenAt};
pub use slot_moves::slot_moves;
pub use small_edits::small_edits;
pub use supers::{Along, Leads, SuperRead, Sure};
pub use versions::{Fate, fate, say_fates, say_versions};
pub use what_if::{Becomes, NameMoved, WhatIf, WhatIfError};
