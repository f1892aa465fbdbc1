//! `contextlib.ExitStack`: what it is to call when its block is over, last first.
//!
//! An entry of the list that it stands for is a tuple: of a callback, what it is called with; else a manager or a function to call as its `__exit__`.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Dict, Instance, Object, ObjectId, ScopeId, Value};
use crate::semantics::ClassId;
use crate::source::Place;

impl Run<'_, '_> {
    /// `ExitStack()`
    pub(crate) fn new_exit_stack(&mut self, class: ClassId) -> Value {
        let entries = self.list(vec![]);
        let mut stack = Instance::of(class);
        stack.open = true;
        stack.payload = Some(entries);
        self.allocate(Object::Instance(stack))
    }

    /// The entries of a stack.
    pub(super) fn entries_of_stack(&self, value: &Value) -> Option<ObjectId> {
        let Value::Object(id) = value else {
            return None;
        };
        match self.object(*id) {
            Object::Instance(Instance {
                class,
                payload: Some(Value::Object(entries)),
                ..
            }) if self.is_library_class(*class, "contextlib", "ExitStack") => Some(*entries),
            _ => None,
        }
    }

    fn push_entry(&mut self, entries: ObjectId, entry: Vec<Value>, at: Option<Place>) {
        let entry = Value::tuple(entry);
        // Where this is one of two ways, the entry may not be there when they are joined, though it is called.
        if !self.journals.is_empty() {
            self.not_followed("ExitStack.__exit__", [&entry], at);
        }
        if let Object::List { items, .. } = self.object_mut(entries) {
            items.push(entry);
        }
    }

    /// A method of a stack; none where it is not followed.
    pub(crate) fn exit_stack_method(
        &mut self,
        method: &str,
        stack: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Some(entries) = self.entries_of_stack(stack) else {
            return Ok(None);
        };
        let (at, scope) = (asked.at, asked.scope);
        let mut rest = asked.arguments.clone();
        rest.positional.remove(0);
        if rest.is_open() {
            return Ok(None);
        }
        Ok(match (method, rest.positional.as_slice()) {
            ("callback", [function, given @ ..]) => {
                let function = function.clone();
                let given = Value::tuple(given.to_vec());
                let named = rest
                    .keywords
                    .iter()
                    .map(|(name, value)| (Value::str(name), value.clone()));
                let named = Dict::from_pairs(named);
                let named = self.allocate(Object::Dict(named));
                self.push_entry(entries, vec![function.clone(), given, named], at);
                Some(function)
            }
            ("push", [given]) => {
                let given = given.clone();
                let Some(class) = self.class_of(&given).filter(|&it| self.is_whole(it)) else {
                    return Ok(None);
                };
                let is_manager = self.find_in_mro(class, "__exit__").is_some();
                let entry = vec![given.clone(), Value::Bool(is_manager)];
                self.push_entry(entries, entry, at);
                Some(given)
            }
            ("enter_context", [manager]) => {
                let manager = manager.clone();
                let Some(class) = self.class_of(&manager).filter(|&it| self.is_whole(it)) else {
                    return Ok(None);
                };
                let lacks = |run: &Self| {
                    ["__enter__", "__exit__"]
                        .iter()
                        .any(|it| run.find_in_mro(class, it).is_none())
                };
                if lacks(self) {
                    return Err(if self.is_at_least(11) {
                        let path = self.classes.get(class).path.clone();
                        let message = format!(
                            "'{}.{}' object does not support the context manager protocol",
                            path.module, path.qualname
                        );
                        self.type_error(&message, at)
                    } else {
                        self.raise_of("AttributeError", None, at)
                    });
                }
                let entered = self.enter(&manager, at, scope)?;
                self.push_entry(entries, vec![manager, Value::Bool(true)], at);
                Some(entered)
            }
            ("pop_all", []) => {
                let Some(class) = self.class_of(stack) else {
                    return Ok(None);
                };
                let made = self.new_exit_stack(class);
                let taken = match self.object_mut(entries) {
                    Object::List { items, open } => {
                        (std::mem::take(items), std::mem::replace(open, false))
                    }
                    _ => return Ok(None),
                };
                if let Some(inner) = self.entries_of_stack(&made)
                    && let Object::List { items, open } = self.object_mut(inner)
                {
                    (*items, *open) = taken;
                }
                Some(made)
            }
            ("close", []) => match self.leave_stack(entries, Flow::Next, at, scope) {
                Flow::Raise(thrown) => return Err(thrown),
                _ => Some(Value::None),
            },
            ("__enter__", []) => Some(stack.clone()),
            _ => None,
        })
    }

    /// `ExitStack.__exit__`: each entry, the last first; an exception goes through those that are left, and each of them may take it.
    pub(super) fn leave_stack(
        &mut self,
        entries: ObjectId,
        mut flow: Flow,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Flow {
        while self.round() {
            let entry = if let Object::List { items, open: false } = self.object_mut(entries) {
                items.pop()
            } else {
                // Which of them there are is not known.
                self.lose_reached(&Value::Object(entries), at);
                return flow;
            };
            let Some(Value::Tuple(entry)) = entry else {
                break;
            };
            flow = match &*entry {
                [function, Value::Tuple(given), named] => {
                    let mut arguments = Arguments::of(given.to_vec());
                    for (name, value) in self.dict_entries(named).unwrap_or_default().0 {
                        if let Value::Str(name) = name {
                            arguments.keywords.push((Name::from(&*name), value));
                        }
                    }
                    match self.call(function, arguments, at, scope) {
                        Ok(_) => flow,
                        Err(thrown) => Flow::Raise(thrown),
                    }
                }
                [manager, Value::Bool(true)] => self.leave_entered(manager, flow, at, scope),
                [function, _] => self.leave_by(function, false, flow, at, scope),
                _ => flow,
            };
        }
        flow
    }
}
