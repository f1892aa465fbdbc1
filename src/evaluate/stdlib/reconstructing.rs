//! Copies of instances whose classes say themselves what their state is: `copy._reconstruct` over what `__reduce_ex__(4)` gives.
//!
//! ```py
//! class Attribute:
//!     def __getstate__(self): return {"name": self.name}
//!
//! copy.copy(attribute)        # `object.__reduce_ex__` asks `__getstate__`; the copy's `__dict__` is updated with that
//! ```

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::reach::MADE_AGAIN_BY;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Dict, Instance, Object, ObjectId, Value};
use crate::semantics::{ClassId, Why};
use crate::source::Place;

/// What makes an object again (`object.__reduce_ex__`).
struct Reduced {
    function: Value,
    arguments: Vec<Value>,
    /// Whether the function is a class whose `__new__` is called, and no more (`copyreg.__newobj__`).
    by_new: bool,
    /// What is given to the new object; nothing where that is `None`.
    state: Value,
}

/// Whether a copy goes all the way down, and what was copied on that way.
#[derive(Clone, Copy)]
pub(super) struct Deep {
    pub(super) memo: ObjectId,
    pub(super) depth: u32,
}

impl Run<'_, '_> {
    /// Whether a class has a say in how its instances are made again.
    pub(super) fn says_how_to_copy(&self, class: ClassId) -> bool {
        MADE_AGAIN_BY.iter().any(|it| self.user_defines(class, it))
    }

    /// A copy of an instance, made as `copy` makes one of what has neither `__copy__` nor `__deepcopy__`; none where that cannot be told.
    pub(super) fn reconstructed(
        &mut self,
        value: &Value,
        instance: &Instance,
        deep: Option<Deep>,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let class = instance.class;
        let is_plain = self.classes.mro(class).is_some_and(|mro| {
            let mut mro = mro.iter();
            mro.all(|&it| !self.classes.is_interpreters(it) || it == self.known.object)
        });
        if !is_plain
            || !self.is_whole(class)
            || instance.payload.is_some()
            || self.user_defines(class, "__getattribute__")
        {
            return Ok(None);
        }
        // `deepcopy` asks the instance, for which `__getattr__` may answer.
        if deep.is_some()
            && self.user_defines(class, "__getattr__")
            && self.asked_for(value, "__deepcopy__", at)?.is_some()
        {
            return Ok(None);
        }
        let Some(reduced) = self.taken_apart(value, class, at)? else {
            return Ok(None);
        };
        let Reduced {
            function,
            mut arguments,
            by_new,
            state,
        } = match reduced {
            Ok(reduced) => reduced,
            Err(itself) => return Ok(Some(itself)),
        };
        if let Some(deep) = deep {
            for argument in &mut arguments {
                match self.deep_copy_of(argument, deep.memo, deep.depth, at)? {
                    Some(copy) => *argument = copy,
                    None => return Ok(None),
                }
            }
        }
        let scope = self.any_scope();
        let made = if by_new && arguments.is_empty() && !self.user_defines(class, "__new__") {
            self.allocate(Object::Instance(Instance::of(class)))
        } else if by_new {
            let new = self.get_attribute(&function, &Name::const_new("__new__"), at)?;
            arguments.insert(0, function);
            self.call(&new, Arguments::of(arguments), at, scope)?
        } else {
            self.call(&function, Arguments::of(arguments), at, scope)?
        };
        if made.is_gap() {
            return Ok(None);
        }
        if let Some(deep) = deep {
            self.remember(deep.memo, value, &made);
        }
        if matches!(state, Value::None) {
            return Ok(Some(made));
        }
        let state = match deep {
            Some(deep) => match self.deep_copy_of(&state, deep.memo, deep.depth, at)? {
                Some(copy) => copy,
                None => return Ok(None),
            },
            None => state,
        };
        Ok(self.take_state(&made, state, at)?.then_some(made))
    }

    /// What makes an object again; the object itself where it says that it is one of a kind, none where that cannot be told.
    fn taken_apart(
        &mut self,
        value: &Value,
        class: ClassId,
        at: Option<Place>,
    ) -> Eval<Option<Result<Reduced, Value>>> {
        let scope = self.any_scope();
        let own = [
            ("__reduce_ex__", vec![Value::Int(4)]),
            ("__reduce__", vec![]),
        ];
        for (name, arguments) in own {
            if !self.user_defines(class, name) {
                continue;
            }
            let Some(method) = self.asked_for(value, name, at)? else {
                continue;
            };
            let told = self.call(&method, Arguments::of(arguments), at, scope)?;
            let items = match &told {
                Value::Str(_) => return Ok(Some(Err(value.clone()))),
                Value::Tuple(items) => items,
                _ => return Ok(None),
            };
            let is_nothing = |at: usize| items.get(at).is_none_or(|it| matches!(it, Value::None));
            return Ok(match (items.first(), items.get(1)) {
                (Some(function), Some(Value::Tuple(arguments)))
                    if is_nothing(3) && is_nothing(4) && !function.is_gap() =>
                {
                    Some(Ok(Reduced {
                        function: function.clone(),
                        arguments: arguments.to_vec(),
                        by_new: false,
                        state: items.get(2).cloned().unwrap_or(Value::None),
                    }))
                }
                _ => None,
            });
        }
        if self.user_defines(class, "__getnewargs_ex__") {
            return Ok(None);
        }
        let arguments = if self.user_defines(class, "__getnewargs__") {
            let method = self.asked_for(value, "__getnewargs__", at)?;
            let method = method.unwrap_or(Value::None);
            match self.call(&method, Arguments::default(), at, scope)? {
                Value::Tuple(items) => items.to_vec(),
                _ => return Ok(None),
            }
        } else {
            vec![]
        };
        let state = if self.user_defines(class, "__getstate__") {
            let method = self.asked_for(value, "__getstate__", at)?;
            let method = method.unwrap_or(Value::None);
            self.call(&method, Arguments::default(), at, scope)?
        } else {
            self.own_state(value, class)
        };
        if state.is_gap() {
            return Ok(None);
        }
        Ok(Some(Ok(Reduced {
            function: Value::Class(class),
            arguments,
            by_new: true,
            state,
        })))
    }

    /// What `object.__getstate__` gives: what stands in the `__dict__`, and with it what stands in slots.
    fn own_state(&mut self, value: &Value, class: ClassId) -> Value {
        let Value::Object(id) = value else {
            return Value::None;
        };
        let in_slots: Vec<(Value, Value)> = match self.object(*id) {
            Object::Instance(it) => {
                let names = it.names.iter();
                let names = names.filter(|(name, _)| self.is_slot(class, name));
                names
                    .map(|(name, it)| (Value::str(name), it.value.clone()))
                    .collect()
            }
            _ => vec![],
        };
        let has_dict = self.classes.made(class).is_none_or(|it| it.shape.dict);
        let dict = if has_dict {
            self.dict_of_instance(*id)
        } else {
            None
        };
        let dict = match dict {
            Some(Value::Object(shown)) => {
                let copy = self.object(shown).clone();
                self.allocate(copy)
            }
            _ => Value::None,
        };
        if in_slots.is_empty() {
            return dict;
        }
        let slots = self.allocate(Object::Dict(Dict::from_pairs(in_slots)));
        Value::tuple(vec![dict, slots])
    }

    /// Gives a new object its state; false where it cannot be told what it does with that.
    fn take_state(&mut self, made: &Value, state: Value, at: Option<Place>) -> Eval<bool> {
        let scope = self.any_scope();
        if state.is_gap() {
            return Ok(false);
        }
        match self.asked_for(made, "__setstate__", at)? {
            Some(method) if method.is_gap() => return Ok(false),
            Some(method) => {
                self.call(&method, Arguments::of(vec![state]), at, scope)?;
                return Ok(true);
            }
            None => {}
        }
        let (names, slots) = match &state {
            Value::Tuple(pair) if pair.len() == 2 => (pair[0].clone(), pair[1].clone()),
            _ => (state, Value::None),
        };
        if !matches!(names, Value::None) {
            let dict = self.get_attribute(made, &Name::const_new("__dict__"), at)?;
            let update = self.get_attribute(&dict, &Name::const_new("update"), at)?;
            if self
                .call(&update, Arguments::of(vec![names]), at, scope)?
                .is_gap()
            {
                return Ok(false);
            }
        }
        if matches!(slots, Value::None) {
            return Ok(true);
        }
        let Some((entries, false)) = self.dict_entries(&slots) else {
            return Ok(false);
        };
        for (name, item) in entries {
            let Value::Str(name) = name else {
                return Ok(false);
            };
            self.set_attribute(made, &Name::from(&*name), item, at)?;
        }
        Ok(true)
    }

    /// `getattr(value, name, None)`, where none is that it has no such attribute.
    pub(super) fn asked_for(
        &mut self,
        value: &Value,
        name: &'static str,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        self.askers += 1;
        let answer = self.get_attribute(value, &Name::const_new(name), at);
        self.askers -= 1;
        match answer {
            Ok(found) => Ok(Some(found)),
            Err(thrown) => match self.is_of_missing_name(&thrown) {
                Some(true) => Ok(None),
                Some(false) => Err(thrown),
                None => Ok(Some(self.gap(Why::Input, name, at))),
            },
        }
    }
}
