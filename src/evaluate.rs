//! RUNNING ON PAPER. Modules as an import would run them, over values that may be gaps.
//!
//! One small interpreter runs module bodies, class bodies and the functions they call. What it cannot follow is a gap with its
//! place; a branch it cannot decide is tried both ways, and a name keeps a value only where both agree. It starts nothing,
//! writes nothing, and every module is granted so many steps, so that no file can stall it.
//!
//! Read `class_statement` first, then `type_call`: they are the reason for the rest.

mod access;
mod arena;
mod attribute;
mod body;
mod branch;
mod budget;
mod builtin;
mod call;
mod class_decorators;
mod class_statement;
mod compiled;
mod ctypes_rules;
mod dataclasses;
mod described;
mod enums;
mod expression;
mod finders;
mod finish;
mod hooks;
mod import;
mod items;
mod known;
mod lazy_names;
mod library;
mod misfit;
mod names;
mod no_base;
mod operate;
mod repr;
mod run;
mod said;
mod set_bases;
mod stand_in;
mod type_call;
mod typing;
mod typing_rules;
mod unknown;
mod value;
mod verdict;
mod world;

pub use access::{Inquiry, Traces};
pub use finish::RunModule;
pub use library::{Failure, Library, Sheet, Sheets};
pub use repr::Limits;
pub use world::World;

use crate::Name;
use crate::semantics::Classes;
use run::Run;

/// What a run leaves behind.
#[derive(Debug)]
pub struct Outcome {
    /// The modules that were run, the project's first.
    pub modules: Vec<RunModule>,
    /// Every class.
    pub classes: Classes,
    /// What Python does on each access to the names that were asked about.
    pub traces: Traces,
}

/// Runs the modules of these names as imports would, in this order, traces what the inquiry asks for, and returns what came of it.
pub fn run(
    world: &World,
    library: &mut Library<'_>,
    modules: &[Name],
    inquiry: &Inquiry,
) -> Outcome {
    let mut run = Run::new(world, library);
    run.start_up();
    for module in modules {
        run.import_as_root(module);
    }
    run.run_functions_nobody_called();
    let traces = run.traces(inquiry);
    let (modules, classes) = run.finish();
    Outcome {
        modules,
        classes,
        traces,
    }
}
