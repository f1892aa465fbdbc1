//! THE ANSWER. Every class the project makes, immutable, and how each came about.

#[expect(clippy::module_inception, reason = "the layer's one type has its name")]
mod analysis;
mod class_ref;
mod cost;
mod coverage;
mod difference;
mod hierarchy;
mod placing;
mod target;

pub use analysis::{
    Analysis, Counts, EntryPoint, Module, ModuleId, ModuleOrigin, Problem, ProblemKind, Target,
    WorldSummary,
};
pub use class_ref::{ClassRef, Definition, Sureness};
pub use coverage::{Cause, Coverage, Share};
pub use difference::{
    Changed, Comparing, Difference, Moved, Named, Provider, Reason, Scope, Side, Untold,
    difference, difference_in,
};
pub use hierarchy::Hierarchy;
pub use placing::{Places, Spot, SpotText};
