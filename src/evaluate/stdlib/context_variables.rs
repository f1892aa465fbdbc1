//! `contextvars.ContextVar`: while modules are imported there is one context, so that such a variable is a value to get and to set.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Instance, Object, ObjectId, Value};
use crate::source::Place;

/// Under which name a variable keeps its value, and a token what was there before: no program can ask for it.
const VALUE: &str = "<value>";

impl Run<'_, '_> {
    /// `ContextVar(name, default=…)`
    pub(super) fn remember_default(
        variable: &mut Instance,
        arguments: &Arguments,
        at: Option<Place>,
    ) {
        variable.open = arguments.is_open();
        let told = [
            ("name", arguments.positional.first()),
            ("default", arguments.keyword("default")),
        ];
        for (name, value) in told {
            if let Some(value) = value {
                variable
                    .names
                    .insert(Name::const_new(name), Binding::new(value.clone(), at));
            }
        }
    }

    /// `variable.get(default)`, `variable.set(value)`, `variable.reset(token)`
    pub(crate) fn context_variable(
        &mut self,
        method: &str,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let (Some(Value::Object(id)), rest) = (asked.first(), &asked.arguments.positional) else {
            return Ok(None);
        };
        let id = *id;
        let is_open = matches!(self.object(id), Object::Instance(it) if it.open);
        match (method, rest.get(1).cloned()) {
            ("get", _) if is_open => Ok(None),
            ("get", default) => {
                let value = self
                    .kept(id, VALUE)
                    .or(default)
                    .or_else(|| self.kept(id, "default"));
                if value.is_some() {
                    return Ok(value);
                }
                let Some(class) = self.world.facts.class("builtins", "LookupError") else {
                    return Ok(None);
                };
                Err(self.throw(class, String::new(), asked.at))
            }
            ("set", Some(value)) => {
                let before = self.kept(id, VALUE);
                self.keep_in_variable(id, Some(value), asked.at);
                let facts = &self.world.facts;
                let class = facts.class("_contextvars", "Token");
                let Some(class) = class.or_else(|| facts.class("builtins", "Token")) else {
                    return Ok(None);
                };
                let mut token = Instance::of(class);
                if let Some(before) = before {
                    token
                        .names
                        .insert(Name::const_new(VALUE), Binding::new(before, asked.at));
                }
                Ok(Some(self.allocate(Object::Instance(token))))
            }
            ("reset", Some(Value::Object(token))) => {
                let before = self.kept(token, VALUE);
                self.keep_in_variable(id, before, asked.at);
                Ok(Some(Value::None))
            }
            _ => Ok(None),
        }
    }

    fn keep_in_variable(&mut self, variable: ObjectId, value: Option<Value>, at: Option<Place>) {
        if let Object::Instance(instance) = self.object_mut(variable) {
            match value {
                Some(value) => {
                    instance
                        .names
                        .insert(Name::const_new(VALUE), Binding::new(value, at));
                }
                None => {
                    instance.names.shift_remove(VALUE);
                }
            }
        }
    }
}
