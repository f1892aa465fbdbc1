//! RUNNING ON PAPER. Modules as an import would run them, over values that may be gaps.
//!
//! One small interpreter runs module bodies, class bodies and the functions they call. What it cannot follow is a gap with its
//! place; a branch it cannot decide is tried both ways, and a name keeps a value only where both agree. It starts nothing,
//! writes nothing, and every module is granted so many steps, so that no file can stall it.
//!
//! Read `classes/class_statement.rs` first, then `classes/type_call.rs`: they are the reason for the rest. ARCHITECTURE.md says what each room holds.

mod builtins;
mod classes;
mod exact;
mod language;
mod machine;
mod modules;
mod objects;
mod scalar;
mod shown;
mod stdlib;

pub use classes::set_bases::not_imported;
pub use exact::at_rest::{Answer, AtRest, Question, Values};
pub use exact::code::Ran;
pub use exact::forms::statements_of;
pub use exact::named::{Container, Led};
pub use exact::nested::Plain;
pub use exact::registries::calls::{Given, GivenObject, Kept, Link, Played, WatchedCall};
pub use exact::registries::lists::{Holds, Item, Listed};
pub use machine::environment::is_unset_variable;
pub use machine::no_class::NoClass;
pub use machine::watched::{Watched, WatchedAttribute, WatchedFunction, WatchedList};
pub use machine::world::{Own, Variable, World};
pub use modules::named_by_url::NamedByUrl;
pub use modules::run_module::RunModule;
pub use modules::source_files::{Failure, Library, Sheet, Sheets, Tell};
pub use shown::repr::Limits;

use std::sync::Arc;

use crate::Name;
use crate::semantics::Classes;
use machine::run::Run;

/// What a run leaves behind.
#[derive(Debug)]
pub struct Outcome {
    /// The modules that were run, the project's first.
    pub modules: Vec<RunModule>,
    /// Every class.
    pub classes: Arc<Classes>,
    /// Whether a module of the project was asked for what it did not have yet: with another order of imports, more may be there.
    pub met_circles: bool,
}

/// Runs the modules of these names as imports would, in this order, and returns what came of it, and the run itself, which can be asked more.
/// A `__main__` is a program that nobody imports: what it does comes after all else. Where that order meets modules that are half made and another
/// does not, they are run in that one.
pub fn run<'w, 's>(
    world: &'w World,
    library: &'w mut Library<'s>,
    modules: &[Name],
) -> (Outcome, AtRest<'w, 's>) {
    let is_program = |it: &&Name| it.rsplit('.').next() == Some("__main__");
    let (programs, imported): (Vec<&Name>, Vec<&Name>) = modules.iter().partition(is_program);
    let order: Vec<&Name> = imported.into_iter().chain(programs).collect();
    let mut run = Run::new(world, library);
    run.roots = order.iter().copied().cloned().collect();
    run.import_all(&order);
    if !run.library.is_stopped()
        && let Some(better) = run.better_order.take()
    {
        run = Run::new(world, run.library);
        run.library.go_on();
        run.imported_after = better.first;
        run.import_all(&better.modules.iter().collect::<Vec<_>>());
    }
    // What is not wanted any more need not come to its end.
    if !run.library.is_stopped() {
        run.run_scripts();
        run.run_functions_nobody_called();
    }
    run.give_room_back();
    let modules = run.finish();
    let classes = run.classes.clone();
    let met_circles = run.circles > 0;
    let outcome = Outcome {
        modules,
        classes,
        met_circles,
    };
    (outcome, AtRest::new(run))
}
