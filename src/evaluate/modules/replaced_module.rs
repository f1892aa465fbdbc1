//! Objects that a module has put into `sys.modules` in its own place: proxies that warn, or that import lazily.

use crate::Name;
use crate::evaluate::machine::asked::Asked;
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

    /// Sets a submodule that was imported on its package, or on what stands in its place by then (`_find_and_load_unlocked`).
    ///
    /// ```py
    /// sys.modules["pkg"] = Lazy("pkg")
    /// import pkg.sub                    # setattr(sys.modules["pkg"], "sub", …)
    /// ```
    pub(super) fn bind_in_package(&mut self, package: ModuleIx, name: &Name, sub: ModuleIx) {
        let value = self.module_value(sub);
        let stand_in = self.module_value(package);
        let scope = self.module(package).scope;
        // Imports are not taken back.
        let saved = std::mem::take(&mut self.journals);
        self.bind(scope, name, value.clone(), None);
        if let Value::Object(_) = stand_in {
            let _ = self.set_attribute(&stand_in, name, value, None);
        }
        self.journals = saved;
    }

    /// The value of `name` in `from package import name`, where an object stands in place of the package: its attribute, that which it has
    /// once the submodule is imported, or the submodule (`_handle_fromlist`, `import_from` of `ceval.c`). None where that is not known.
    pub(super) fn imported_from_stand_in(
        &mut self,
        stand_in: &Value,
        package: ModuleIx,
        name: &Name,
        at: Option<Place>,
    ) -> Option<Value> {
        let Value::Object(id) = stand_in else {
            return None;
        };
        let known = |answer: Eval| answer.ok().filter(|it| !it.is_gap());
        let given = self.given_by_stand_in(stand_in, *id, name, at);
        let is_missing = given.is_err();
        if let Some(value) = known(given) {
            return Some(value);
        }
        let full = format!("{}.{name}", self.module(package).name);
        if is_missing && self.module(package).package {
            let saved = self.handlers;
            self.handlers += 1;
            let imported = self.import(&full, at);
            self.handlers = saved;
            if let Ok(sub) = imported {
                let given = self.given_by_stand_in(stand_in, *id, name, at);
                let sub = self.module_value(sub);
                return Some(known(given).unwrap_or(sub));
            }
        }
        known(self.get_attribute(stand_in, name, at))
    }

    /// Whether what `ModuleType.__getattribute__(self, name)` asks of an object of a program's own is all that it has been given: names that
    /// the interpreter gives every module are none of these (`module_getattro`).
    pub(crate) fn lacks_no_more(asked: &Asked<'_>) -> bool {
        let [receiver, name, ..] = asked.arguments.positional.as_slice() else {
            return false;
        };
        matches!(receiver, Value::Object(_))
            && matches!(name, Value::Str(name) if !name.starts_with("__"))
    }

    /// What an object that stands in place of a module gives itself.
    fn given_by_stand_in(
        &mut self,
        value: &Value,
        id: ObjectId,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        self.askers += 1;
        let answer = self.instance_attribute(value, id, name, at);
        self.askers -= 1;
        answer
    }

    /// `stand_in.name`: what the object gives; where that cannot be followed, what the module has, which is noted.
    pub(crate) fn stand_in_attribute(
        &mut self,
        value: &Value,
        id: ObjectId,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        let answer = self.given_by_stand_in(value, id, name, at);
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
