//! RUNNING ON PAPER. Modules as an import would run them, over values that may be gaps.
//!
//! One small interpreter runs module bodies, class bodies and the functions they call. What it cannot follow is a gap with its
//! place; a branch it cannot decide is tried both ways, and a name keeps a value only where both agree. It starts nothing,
//! writes nothing, and every module is granted so many steps, so that no file can stall it.
//!
//! Read `class_statement` first, then `type_call`: they are the reason for the rest.

mod access;
mod annotations;
mod arena;
mod arithmetic;
mod at_rest;
mod attribute;
mod augment;
mod body;
mod branch;
mod budget;
mod builtin;
mod cached_attribute;
mod call;
mod class_attribute;
mod class_decorators;
mod class_dict;
mod class_statement;
mod code;
mod compare;
mod compare_values;
mod compiled;
mod ctypes_rules;
mod dataclass_names;
mod dataclasses;
mod delete;
mod described;
mod enums;
mod expression;
mod failed_import;
mod fault;
mod finders;
mod finish;
mod function_attributes;
mod generator;
mod generator_methods;
mod handed;
mod hints;
mod hooks;
mod identity;
mod import;
mod import_statement;
mod instance_attribute;
mod instances;
mod items;
mod iteration;
mod known;
mod lazy_names;
mod library;
mod loops;
mod matching;
mod misfit;
mod names;
mod next_item;
mod no_base;
mod operate;
mod outside;
mod percent;
mod places;
mod prepare;
mod repr;
mod results;
mod run;
mod said;
mod scalar;
mod set_attribute;
mod set_bases;
mod shown;
mod stand_in;
mod state;
mod stdlib;
mod subscripts;
mod text_format;
mod touched;
mod type_call;
mod typing;
mod typing_rules;
mod uncalled;
mod unknown;
mod unpacking;
mod value;
mod verdict;
mod ways;
mod with;
mod world;

pub use at_rest::{Answer, AtRest, Question, Values};
pub use finish::RunModule;
pub use library::{Failure, Library, Sheet, Sheets};
pub use repr::Limits;
pub use world::World;

use std::sync::Arc;

use crate::Name;
use crate::semantics::Classes;
use run::Run;

/// What a run leaves behind.
#[derive(Debug)]
pub struct Outcome {
    /// The modules that were run, the project's first.
    pub modules: Vec<RunModule>,
    /// Every class.
    pub classes: Arc<Classes>,
}

/// Runs the modules of these names as imports would, in this order, and returns what came of it, and the run itself, which can be asked more.
pub fn run<'w, 's>(
    world: &'w World,
    library: &'w mut Library<'s>,
    modules: &[Name],
) -> (Outcome, AtRest<'w, 's>) {
    let mut run = Run::new(world, library);
    run.start_up();
    for module in modules {
        run.import_as_root(module);
    }
    run.run_functions_nobody_called();
    let modules = run.finish();
    let classes = run.classes.clone();
    (Outcome { modules, classes }, AtRest::new(run))
}
