//! State that is not there yet: a registry that is not filled, settings that nobody has given. What complains of it while a class is made
//! would not by the time a program imports the module for real; and what such an object holds is not known from there on.

use crate::Name;
use crate::evaluate::language::iteration::Source;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Binding, Object, ObjectId, ScopeId, Value};
use crate::semantics::{Assumption, Why};
use crate::source::Place;

/// How deep the containers of an object are in one another that are gone through.
const DEPTH: u32 = 3;

impl Run<'_, '_> {
    /// The instance whose method runs here.
    pub(crate) fn state_behind(&self, scope: ScopeId) -> Option<ObjectId> {
        match self.scope(scope).receiver {
            Some(Value::Object(id)) if matches!(self.object(id), Object::Instance(_)) => Some(id),
            _ => None,
        }
    }

    /// Whether an exception tells of the state of an object that was there before the class statement began: a registry that
    /// is not filled yet, settings that nobody has given. By the time somebody imports this for real, a program has seen to it.
    pub(crate) fn tells_of_state(&self, thrown: &Thrown) -> bool {
        !self.is_guarded() && self.is_of_state(thrown)
    }

    /// The same, whoever may catch it.
    pub(super) fn is_of_state(&self, thrown: &Thrown) -> bool {
        let Some(on) = thrown.on else {
            return false;
        };
        match self.pending.first() {
            Some(first) if on < first.born => true,
            _ => self.is_state_of_others(on),
        }
    }

    /// The module of which an exception tells that it is not there, where it may be there where the code runs.
    pub(super) fn absent_module(&self, thrown: &Thrown) -> Option<Name> {
        let is_it = thrown.class == Some(self.known.module_not_found)
            && !thrown.is_written
            && !thrown.is_certain;
        let message = thrown.message.as_deref().filter(|_| is_it)?;
        message.split('\'').nth(1).map(Name::from)
    }

    /// Whether an object is kept by another module than the one that runs: whoever imports this for real has set it up, as programs give
    /// a framework its settings.
    fn is_state_of_others(&self, on: ObjectId) -> bool {
        let Object::Instance(instance) = self.peek(on) else {
            return false;
        };
        let of = &self.classes.get(instance.class).path.module;
        let Some(&running) = self.running.last() else {
            return false;
        };
        if *of == self.module(running).name {
            return false;
        }
        self.loaded.get(of).is_some_and(|&ix| {
            let names = &self.scope(self.module(ix).scope).names;
            names
                .values()
                .any(|it| matches!(it.value, Value::Object(id) if id == on))
        })
    }

    /// Takes it that this condition is false by the time that counts, since what it guards complains of the state of an object; whatever
    /// makes it false has changed that object.
    pub(crate) fn suppose_set_up(&mut self, condition: Option<Place>, thrown: &Thrown) {
        let assumption = Assumption {
            what: format!("by then `{}` is false", self.text(condition)),
            at: condition,
        };
        self.take_for_granted(assumption.clone());
        if let Some(on) = thrown.on {
            self.unsettle(on, condition, DEPTH);
            self.unsettled.insert(on, assumption);
        }
    }

    /// What is taken to be false by then is not asked again once it is: a branch that complains of such an object is left out for the same
    /// reason.
    pub(crate) fn leave_out(&mut self, thrown: &Thrown) {
        let known = thrown.on.and_then(|on| self.unsettled.get(&on)).cloned();
        if let Some(assumption) = known
            && !self.pending.is_empty()
            && !self.assumptions.contains(&assumption)
        {
            self.take_for_granted(assumption);
        }
    }

    /// What an object holds may be another by the time that counts: its containers may hold more, its flags are not known.
    fn unsettle(&mut self, id: ObjectId, at: Option<Place>, depth: u32) {
        let Some(below) = depth.checked_sub(1) else {
            return;
        };
        let mut held: Vec<Value> = vec![];
        match self.object(id) {
            Object::Instance(instance) => {
                held.extend(instance.payload.clone());
                held.extend(instance.names.values().map(|it| it.value.clone()));
            }
            Object::View { of, .. } => held.push(of.clone()),
            Object::List { .. } | Object::Set { .. } | Object::Dict(_) | Object::Iterator(_) => {}
            _ => return,
        }
        for value in held {
            if let Value::Object(inside) = value
                && !matches!(self.object(inside), Object::Instance(it) if it.payload.is_none())
            {
                self.unsettle(inside, at, below);
            }
        }
        let unknown = self.gap(Why::Input, "", at);
        match self.object_mut(id) {
            Object::List { open, .. } | Object::Set { open, .. } => *open = true,
            Object::Dict(dict) => dict.open = true,
            Object::Iterator(it) => it.source = Source::Lost,
            Object::Instance(instance) => {
                instance.open = true;
                for binding in instance.names.values_mut() {
                    if matches!(binding.value, Value::None | Value::Bool(_) | Value::Int(_)) {
                        *binding = Binding::new(unknown.clone(), binding.at);
                    }
                }
            }
            _ => {}
        }
    }
}
