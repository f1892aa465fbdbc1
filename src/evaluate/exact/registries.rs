//! Registries that were filled while the modules of the project ran: dicts, lists, decorators, hooks.

use crate::evaluate::exact::at_rest::AtRest;
use crate::semantics::Registry;

impl AtRest<'_, '_> {
    /// What was registered while the modules ran, and where. Names only classes and files that the analysis has.
    #[expect(
        clippy::unused_self,
        reason = "what the run has seen registered is not gathered yet"
    )]
    pub fn registries(&mut self) -> Vec<Registry> {
        vec![]
    }
}
