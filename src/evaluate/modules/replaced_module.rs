//! Objects that a module has put into `sys.modules` in its own place: proxies that warn, or that import lazily.

use crate::Name;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{ModuleIx, ObjectId, Value};
use crate::semantics::Assumption;
use crate::source::Place;

impl Run<'_, '_> {
    /// The module in whose place an object stands.
    pub(crate) fn stands_for(&self, id: ObjectId) -> Option<ModuleIx> {
        if self.replaced.is_empty() {
            return None;
        }
        let (name, _) = self
            .replaced
            .iter()
            .find(|(_, value)| matches!(value, Value::Object(it) if *it == id))?;
        self.loaded.get(name).copied()
    }

    /// `stand_in.name`: what the object gives; where that cannot be followed, what the module has, which is noted.
    pub(crate) fn stand_in_attribute(
        &mut self,
        value: &Value,
        id: ObjectId,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        self.askers += 1;
        let answer = self.instance_attribute(value, id, name, at);
        self.askers -= 1;
        if let Ok(known) = &answer
            && !known.is_gap()
        {
            return answer;
        }
        let Some(module) = self.stands_for(id) else {
            return answer;
        };
        let Some(known) = self.module_name(module, name).filter(|it| !it.is_gap()) else {
            return answer;
        };
        let module = self.module(module).name.clone();
        self.assume_here(Assumption {
            what: format!("what stands in place of `{module}` gives its `{name}`"),
            at,
        });
        Ok(known)
    }
}
