//! `copy.copy` and `copy.deepcopy`: containers and instances, where nothing but the library's own rules say how.

use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Dict, Instance, Object, ObjectId, Value};
use crate::evaluate::stdlib::reconstructing::Deep;
use crate::source::Place;

/// Containers in one another that are copied.
const DEEPEST: u32 = 30;

impl Run<'_, '_> {
    /// `copy.copy(value)`, `copy.deepcopy(value)`; none where it cannot be told.
    pub(super) fn copied(&mut self, function: &str, asked: &Asked<'_>) -> Eval<Option<Value>> {
        let names: &[&str] = if function == "copy" {
            &["x"]
        } else {
            &["x", "memo"]
        };
        let Some(given) = self.placed(&asked.arguments, function, names, 1, asked.at)? else {
            return Ok(None);
        };
        let value = given.first().cloned().flatten().unwrap_or(Value::None);
        if function == "copy" {
            return self.copy_of(&value, asked.at);
        }
        let memo = match given.get(1).cloned().flatten() {
            None | Some(Value::None) => self.allocate(Object::Dict(Dict::default())),
            Some(memo) => memo,
        };
        match memo {
            Value::Object(id) if matches!(self.object(id), Object::Dict(it) if !it.open && it.view.is_none()) => {
                self.deep_copy_of(&value, id, DEEPEST, asked.at)
            }
            // What somebody else holds there may be a copy already.
            _ => Ok(None),
        }
    }

    /// What was copied before, as the memo has it under the `id` of it.
    fn remembered(&mut self, memo: ObjectId, value: &Value) -> Option<Value> {
        let key = self.identity_of(value)?.key()?;
        match self.object(memo) {
            Object::Dict(dict) => dict.entries.get(&key).map(|(_, copy)| copy.clone()),
            _ => None,
        }
    }

    /// Notes in the memo what was copied, and keeps it alive there (`copy._keep_alive`).
    pub(super) fn remember(&mut self, memo: ObjectId, value: &Value, copy: &Value) {
        let of_memo = Value::Object(memo);
        let (Some(key), Some(alive)) = (self.identity_of(value), self.identity_of(&of_memo)) else {
            return;
        };
        let kept = self.remembered(memo, &of_memo);
        if let Some(Value::Object(list)) = kept
            && let Object::List { items, .. } = self.object_mut(list)
        {
            items.push(value.clone());
        }
        let new = match kept {
            Some(_) => None,
            None => Some(self.list(vec![value.clone()])),
        };
        if let Object::Dict(dict) = self.object_mut(memo) {
            dict.insert(key, copy.clone());
            if let Some(list) = new {
                dict.insert(alive, list);
            }
        }
    }

    fn copy_of(&mut self, value: &Value, at: Option<Place>) -> Eval<Option<Value>> {
        let id = match value {
            Value::Object(id) => *id,
            Value::Gap(_) => return Ok(None),
            Value::Module(_) => return Err(self.not_pickled(value, at)),
            _ => return Ok(Some(value.clone())),
        };
        let instance = match self.object(id) {
            Object::List { .. } | Object::Dict(_) | Object::Set { frozen: false, .. } => {
                let copy = self.object(id).clone();
                if matches!(&copy, Object::Dict(dict) if dict.view.is_some()) {
                    return Ok(None);
                }
                self.copies(8);
                return Ok(Some(self.allocate(copy)));
            }
            Object::Set { .. } | Object::Function(_) | Object::Property { .. } => {
                return Ok(Some(value.clone()));
            }
            Object::Generator(_) | Object::View { .. } => return Err(self.not_pickled(value, at)),
            Object::Instance(instance) => instance.clone(),
            _ => return Ok(None),
        };
        if let Some(copy) = self.copy_by_code(value, &instance, "__copy__", vec![], at)? {
            return Ok(copy);
        }
        if self.says_how_to_copy(instance.class) {
            return self.reconstructed(value, &instance, None, at);
        }
        let mut copy = instance;
        copy.names.retain(|name, _| !name.starts_with('<'));
        copy.payload = match copy.payload {
            Some(inner @ Value::Object(_)) => self.copy_of(&inner, at)?,
            other => other,
        };
        self.copies(copy.names.len());
        Ok(Some(self.allocate(Object::Instance(copy))))
    }

    /// What a class says itself of copies of its instances; `Some(None)` where that cannot be told, none where it says nothing.
    #[expect(
        clippy::option_option,
        reason = "no rule of its own and one that is not known are two things"
    )]
    fn copy_by_code(
        &mut self,
        value: &Value,
        instance: &Instance,
        method: &str,
        arguments: Vec<Value>,
        at: Option<Place>,
    ) -> Eval<Option<Option<Value>>> {
        let class = instance.class;
        if self.is_enum(class) {
            return Ok(Some(Some(value.clone())));
        }
        if !self.is_whole(class) {
            return Ok(Some(None));
        }
        if self.user_defines(class, method) {
            let Some(function) = self.special_method(value, class, method) else {
                return Ok(Some(None));
            };
            let scope = self.any_scope();
            let copy = self.call(&function, Arguments::of(arguments), at, scope)?;
            return Ok(Some(Some(copy)));
        }
        // Such a class is asked by its instances how they are made again.
        if self.says_how_to_copy(class) {
            return Ok(None);
        }
        let is_known = !self.classes.is_interpreters(class)
            || class == self.known.object
            || self.is_container(class);
        // A class that derives from something of the interpreter's that keeps what we do not see.
        let keeps_more = instance.payload.is_none()
            && self.classes.mro(class).is_none_or(|mro| {
                mro.iter()
                    .any(|&it| self.classes.is_interpreters(it) && it != self.known.object)
            });
        Ok((!is_known || keeps_more).then_some(None))
    }

    fn not_pickled(
        &mut self,
        value: &Value,
        at: Option<Place>,
    ) -> Box<crate::evaluate::machine::flow::Thrown> {
        let name = self.class_name_of(value);
        self.type_error(&format!("cannot pickle '{name}' object"), at)
    }

    pub(super) fn deep_copy_of(
        &mut self,
        value: &Value,
        memo: ObjectId,
        depth: u32,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Some(below) = depth.checked_sub(1).filter(|_| self.round()) else {
            return Ok(None);
        };
        let id = match value {
            Value::Object(id) => *id,
            Value::Gap(_) => return Ok(None),
            Value::Module(_) => return Err(self.not_pickled(value, at)),
            Value::Tuple(items) => {
                let mut copies = Vec::with_capacity(items.len());
                for item in items.iter() {
                    match self.deep_copy_of(item, memo, below, at)? {
                        Some(copy) => copies.push(copy),
                        None => return Ok(None),
                    }
                }
                let is_same = items.iter().zip(&copies).all(|(a, b)| a.same(b));
                return Ok(Some(if is_same {
                    value.clone()
                } else {
                    Value::tuple(copies)
                }));
            }
            _ => return Ok(Some(value.clone())),
        };
        if let Some(copy) = self.remembered(memo, value) {
            return Ok(Some(copy));
        }
        let mut copy = match self.object(id) {
            Object::Function(_) => return Ok(Some(value.clone())),
            Object::Generator(_) | Object::View { .. } => return Err(self.not_pickled(value, at)),
            Object::Dict(dict) if dict.view.is_some() => return Ok(None),
            copy @ (Object::List { .. } | Object::Dict(_) | Object::Set { .. }) => copy.clone(),
            Object::Instance(instance) => {
                let instance = instance.clone();
                let given = vec![Value::Object(memo)];
                let mut copy = self.copy_by_code(value, &instance, "__deepcopy__", given, at)?;
                if copy.is_none() && self.says_how_to_copy(instance.class) {
                    let deep = Deep { memo, depth: below };
                    copy = Some(self.reconstructed(value, &instance, Some(deep), at)?);
                }
                if let Some(copy) = copy {
                    if let Some(copy) = copy.as_ref().filter(|it| !it.same(value)) {
                        self.remember(memo, value, copy);
                    }
                    return Ok(copy);
                }
                Object::Instance(instance)
            }
            _ => return Ok(None),
        };
        let made = self.allocate(copy.clone());
        self.remember(memo, value, &made);
        match &mut copy {
            Object::List { items, .. } => {
                for item in items.iter_mut() {
                    match self.deep_copy_of(item, memo, below, at)? {
                        Some(copy) => *item = copy,
                        None => return Ok(None),
                    }
                }
            }
            Object::Dict(dict) => {
                let mut copies = Dict {
                    open: dict.open,
                    shuffled: dict.shuffled,
                    ..Dict::default()
                };
                for (key, item) in dict.entries.values() {
                    let key = self.deep_copy_of(key, memo, below, at)?;
                    let item = self.deep_copy_of(item, memo, below, at)?;
                    match (key, item) {
                        (Some(key), Some(item)) => self.put_under(&mut copies, key, item, at)?,
                        _ => return Ok(None),
                    }
                }
                *dict = copies;
            }
            Object::Set {
                items,
                frozen,
                open,
                ..
            } => {
                let mut copies = vec![];
                for item in items.values() {
                    match self.deep_copy_of(item, memo, below, at)? {
                        Some(copy) => copies.push(copy),
                        None => return Ok(None),
                    }
                }
                if let Value::Object(set) = self.new_set_of(copies, *open, *frozen, at)? {
                    copy = self.object(set).clone();
                }
            }
            Object::Instance(instance) => {
                if let Some(payload) = &instance.payload {
                    match self.deep_copy_of(&payload.clone(), memo, below, at)? {
                        Some(copy) => instance.payload = Some(copy),
                        None => return Ok(None),
                    }
                }
                for binding in instance.names.values_mut() {
                    match self.deep_copy_of(&binding.value, memo, below, at)? {
                        Some(copy) => binding.value = copy,
                        None => return Ok(None),
                    }
                }
            }
            _ => {}
        }
        if let Value::Object(made) = made {
            *self.object_mut(made) = copy;
        }
        Ok(Some(made))
    }
}
