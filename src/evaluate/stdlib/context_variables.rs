//! `contextvars.ContextVar`: while modules are imported there is one context, so that such a variable is a value to get and to set.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Instance, Object, ObjectId, Value};
use crate::source::Place;

/// Under which name a variable keeps its value, and a token what was there before: no program can ask for it.
const VALUE: &str = "<value>";
/// Under which name a context keeps the variables that have a value in it.
const VALUES: &str = "<values>";

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

    /// `copy_context()`, `context.run(function, …)`, `context.copy()`: the values that variables have in a context are its own. While
    /// it runs something, they are those of all variables, and go back to what they were at its end (PEP 567).
    pub(crate) fn context(&mut self, method: &str, asked: &Asked<'_>) -> Eval<Option<Value>> {
        let facts = &self.world.facts;
        let class = facts.class("_contextvars", "Context");
        let Some(class) = class.or_else(|| facts.class("builtins", "Context")) else {
            return Ok(None);
        };
        let values = match (method, asked.first()) {
            ("copy_context", None) => Value::tuple(self.values_of_variables()),
            ("Context.copy" | "Context.run", Some(Value::Object(id))) => {
                match self.kept(*id, VALUES) {
                    Some(values) => values,
                    None => return Ok(None),
                }
            }
            _ => return Ok(None),
        };
        if method != "Context.run" {
            let mut context = Instance::of(class);
            let binding = Binding::new(values, asked.at);
            context.names.insert(Name::const_new(VALUES), binding);
            return Ok(Some(self.allocate(Object::Instance(context))));
        }
        let mut rest = asked.arguments.clone();
        rest.positional.remove(0);
        if rest.positional.is_empty() || rest.is_open() {
            return Ok(None);
        }
        let function = rest.positional.remove(0);
        let outside = self.values_of_variables();
        let Value::Tuple(inside) = values else {
            return Ok(None);
        };
        self.give_variables(&inside, asked.at);
        let result = self.call(&function, rest, asked.at, asked.scope);
        let inside = Value::tuple(self.values_of_variables());
        if let Some(Value::Object(id)) = asked.first()
            && let Object::Instance(context) = self.object_mut(*id)
        {
            let binding = Binding::new(inside, asked.at);
            context.names.insert(Name::const_new(VALUES), binding);
        }
        self.give_variables(&outside, asked.at);
        result.map(Some)
    }

    /// Every variable that has a value now, each with it.
    fn values_of_variables(&mut self) -> Vec<Value> {
        let mut pairs = vec![];
        for id in self.variables() {
            if let Some(value) = self.kept(id, VALUE) {
                pairs.push(Value::tuple(vec![Value::Object(id), value]));
            }
        }
        pairs
    }

    /// Gives variables these values, and takes their values from all others.
    fn give_variables(&mut self, pairs: &[Value], at: Option<Place>) {
        for id in self.variables() {
            let given = pairs.iter().find_map(|pair| match pair {
                Value::Tuple(pair) => match pair.as_ref() {
                    [Value::Object(of), value] if *of == id => Some(value.clone()),
                    _ => None,
                },
                _ => None,
            });
            let same = match (&given, self.kept(id, VALUE)) {
                (Some(given), Some(has)) => given.same(&has),
                (None, None) => true,
                _ => false,
            };
            if !same {
                self.keep_in_variable(id, given, at);
            }
        }
    }

    /// Every context variable there is.
    fn variables(&mut self) -> Vec<ObjectId> {
        let facts = &self.world.facts;
        let class = facts.class("_contextvars", "ContextVar");
        let Some(class) = class.or_else(|| facts.class("builtins", "ContextVar")) else {
            return vec![];
        };
        let objects = self.heap.len();
        // One look at each is little.
        self.copies(objects / 8);
        (0..objects as u32)
            .map(ObjectId)
            .filter(|id| matches!(self.peek(*id), Object::Instance(it) if it.class == class))
            .collect()
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
