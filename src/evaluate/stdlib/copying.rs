//! `copy.copy` and `copy.deepcopy`: containers and instances, where nothing but the library's own rules say how.

use rustc_hash::FxHashMap;

use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Dict, Instance, Object, ObjectId, Value};
use crate::source::Place;

/// Containers in one another that are copied.
const DEEPEST: u32 = 30;

/// What was copied, and to what.
type Memo = FxHashMap<ObjectId, Value>;

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
        // What a memo of somebody else's holds is not looked at.
        if given
            .get(1)
            .is_some_and(|it| it.as_ref().is_some_and(|it| !matches!(it, Value::None)))
        {
            return Ok(None);
        }
        let mut memo = Memo::default();
        self.deep_copy_of(&value, &mut memo, DEEPEST, asked.at)
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
        if let Some(copy) = self.copy_by_state(value, &instance, at)? {
            return Ok(Some(copy));
        }
        if let Some(copy) = self.copy_by_code(value, &instance, "__copy__", vec![], at)? {
            return Ok(copy);
        }
        let mut copy = instance;
        copy.payload = match copy.payload {
            Some(inner @ Value::Object(_)) => self.copy_of(&inner, at)?,
            other => other,
        };
        self.copies(copy.names.len());
        Ok(Some(self.allocate(Object::Instance(copy))))
    }

    /// A copy of an instance whose class says what its state is and takes it back, and leaves the rest to `object.__reduce_ex__`
    /// (`copy._reconstruct`).
    ///
    /// ```py
    /// class Attribute:
    ///     __slots__ = ("name",)
    ///     def __getstate__(self): return (self.name,)
    ///     def __setstate__(self, state): self.name, = state
    /// ```
    fn copy_by_state(
        &mut self,
        value: &Value,
        instance: &Instance,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let class = instance.class;
        let says_more = [
            "__copy__",
            "__reduce_ex__",
            "__reduce__",
            "__getnewargs__",
            "__getnewargs_ex__",
            "__new__",
            "__getattribute__",
        ];
        let has = |name: &str| self.user_defines(class, name);
        let is_plain = self.classes.mro(class).is_some_and(|mro| {
            let mut mro = mro.iter();
            mro.all(|&it| !self.classes.is_interpreters(it) || it == self.known.object)
        });
        if !self.is_whole(class)
            || !is_plain
            || instance.payload.is_some()
            || !has("__getstate__")
            || !has("__setstate__")
            || says_more.iter().any(|it| has(it))
        {
            return Ok(None);
        }
        let Some(asked) = self.special_method(value, class, "__getstate__") else {
            return Ok(None);
        };
        let scope = self.any_scope();
        let state = self.call(&asked, Arguments::default(), at, scope)?;
        if state.is_gap() {
            return Ok(None);
        }
        let made = self.allocate(Object::Instance(Instance::of(class)));
        if matches!(state, Value::None) {
            return Ok(Some(made));
        }
        let Some(told) = self.special_method(&made, class, "__setstate__") else {
            return Ok(None);
        };
        self.call(&told, Arguments::of(vec![state]), at, scope)?;
        Ok(Some(made))
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
        let own = [
            "__reduce_ex__",
            "__reduce__",
            "__getstate__",
            "__setstate__",
            "__getnewargs__",
            "__getnewargs_ex__",
            "__new__",
        ];
        if own.iter().any(|it| self.user_defines(class, it)) {
            return Ok(Some(None));
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

    fn deep_copy_of(
        &mut self,
        value: &Value,
        memo: &mut Memo,
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
        if let Some(copy) = memo.get(&id) {
            return Ok(Some(copy.clone()));
        }
        let mut copy = match self.object(id) {
            Object::Function(_) => return Ok(Some(value.clone())),
            Object::Generator(_) | Object::View { .. } => return Err(self.not_pickled(value, at)),
            Object::Dict(dict) if dict.view.is_some() => return Ok(None),
            copy @ (Object::List { .. } | Object::Dict(_) | Object::Set { .. }) => copy.clone(),
            Object::Instance(instance) => {
                let instance = instance.clone();
                let given = self.allocate(Object::Dict(Dict {
                    open: true,
                    ..Dict::default()
                }));
                let by_code =
                    self.copy_by_code(value, &instance, "__deepcopy__", vec![given], at)?;
                if let Some(copy) = by_code {
                    return Ok(copy);
                }
                Object::Instance(instance)
            }
            _ => return Ok(None),
        };
        let made = self.allocate(copy.clone());
        memo.insert(id, made.clone());
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
