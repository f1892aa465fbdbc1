//! Items: what an iteration gives, subscripts and slices, the entries of a dict.

use std::sync::Arc;

use crate::evaluate::call::Arguments;
use crate::evaluate::run::{Eval, Run, Thrown};
use crate::evaluate::value::{
    Alias, AliasKind, Binding, Dict, Instance, Object, ObjectId, ScopeId, Value,
};
use crate::semantics::{ClassId, Why};
use crate::source::Place;

/// Items an iteration gives at most; more would be work without end.
pub(super) const MOST_ITEMS: usize = 20_000;

impl Run<'_, '_> {
    /// The items an iteration gives, and whether there may be others.
    pub(super) fn iterate(&mut self, value: &Value) -> (Vec<Value>, bool) {
        if let Value::Gap(id) = value {
            self.lose_to(*id);
        }
        match value {
            Value::Tuple(items) => (items.to_vec(), false),
            Value::Str(text) => (
                text.chars()
                    .take(MOST_ITEMS)
                    .map(|it| Value::str(it.encode_utf8(&mut [0; 4])))
                    .collect(),
                text.len() > MOST_ITEMS,
            ),
            Value::Bytes(bytes) => (
                bytes
                    .iter()
                    .map(|&it| Value::Int(i64::from(it)))
                    .take(MOST_ITEMS)
                    .collect(),
                bytes.len() > MOST_ITEMS,
            ),
            Value::Object(id) => {
                match self.object(*id) {
                    Object::List { items, open } => (items.clone(), *open),
                    Object::Set { items, open, .. } => (items.values().cloned().collect(), *open),
                    Object::Generator(_) => self.drained(*id),
                    Object::Dict(dict) => match dict.view {
                        Some(view) => (
                            self.scope(view)
                                .names
                                .keys()
                                .map(|name| Value::str(name))
                                .collect(),
                            false,
                        ),
                        None => (
                            dict.entries.values().map(|(key, _)| key.clone()).collect(),
                            dict.open,
                        ),
                    },
                    Object::Instance(instance) => {
                        let class = instance.class;
                        if let Some(all) = self.all_items(value) {
                            return all;
                        }
                        let Object::Instance(instance) = self.object(*id) else {
                            return (vec![], true);
                        };
                        match instance.payload.clone() {
                            Some(
                                payload @ (Value::Tuple(_) | Value::Str(_) | Value::Object(_)),
                            ) if !self.user_defines(class, "__iter__") => self.iterate(&payload),
                            _ => self.iterate_instance(value, class),
                        }
                    }
                    _ => (vec![], true),
                }
            }
            Value::Class(class) => match self.enum_members(*class) {
                Some(members) => (members, false),
                None => (vec![], true),
            },
            _ => (vec![], true),
        }
    }

    /// Iterates over what `__iter__` returns, where that has source.
    fn iterate_instance(&mut self, value: &Value, class: ClassId) -> (Vec<Value>, bool) {
        if !self.user_defines(class, "__iter__") {
            return (vec![], true);
        }
        let Some(method) = self.special_method(value, class, "__iter__") else {
            return (vec![], true);
        };
        let scope = self.any_scope();
        match self.call(&method, Arguments::default(), None, scope) {
            Ok(iterator) if !iterator.same(value) => self.iterate(&iterator),
            _ => (vec![], true),
        }
    }

    /// The entries of a mapping, and whether there may be others; none where it is not known to be one.
    pub(super) fn dict_entries(&mut self, value: &Value) -> Option<(Vec<(Value, Value)>, bool)> {
        let Value::Object(id) = value else {
            return None;
        };
        match self.object(*id) {
            Object::Dict(dict) => Some(match dict.view {
                Some(view) => {
                    let names = &self.scope(view).names;
                    (
                        names
                            .iter()
                            .map(|(name, binding)| (Value::str(name), binding.value.clone()))
                            .collect(),
                        false,
                    )
                }
                None => (dict.entries.values().cloned().collect(), dict.open),
            }),
            Object::Instance(Instance {
                payload: Some(payload),
                ..
            }) => {
                let payload = payload.clone();
                self.dict_entries(&payload)
            }
            _ => None,
        }
    }

    /// `dict.update(value)`
    pub(super) fn update_dict(&mut self, dict: &mut Dict, value: &Value) {
        if let Some((entries, open)) = self.dict_entries(value) {
            dict.open |= open;
            for (key, value) in entries {
                dict.insert(key, value);
            }
            return;
        }
        let (items, open) = self.iterate(value);
        dict.open |= open;
        for item in items {
            let (pair, open) = self.iterate(&item);
            match <[Value; 2]>::try_from(pair) {
                Ok([key, value]) if !open => dict.insert(key, value),
                _ => dict.open = true,
            }
        }
    }

    /// `value[index]`
    pub(super) fn get_item(&mut self, value: &Value, index: &Value, at: Option<Place>) -> Eval {
        match value {
            Value::Gap(id) => {
                self.lose_to(*id);
                let known = self.beginnings.get(id).zip(bound(index).flatten());
                let item = known.and_then(|(items, at)| items.get(usize::try_from(at).ok()?));
                Ok(match item.cloned() {
                    Some(item) => item,
                    None => self.beyond(value),
                })
            }
            Value::Class(class) => self.class_item(*class, index, at),
            Value::Native(_) => {
                let arguments = spread(index);
                Ok(self.allocate(Object::Alias(Alias {
                    kind: AliasKind::Special,
                    origin: value.clone(),
                    arguments,
                })))
            }
            Value::Tuple(items) => {
                let items: Vec<Value> = items.to_vec();
                self.sequence_item(&items, index, at)
            }
            Value::Str(text) => match self.plain(index) {
                Value::Int(position) => {
                    let letters: Vec<char> = text.chars().collect();
                    match in_range(position, letters.len()) {
                        Some(position) => Ok(Value::str(&letters[position].to_string())),
                        None => Err(self.throw(
                            self.known.index_error,
                            "string index out of range".into(),
                            at,
                        )),
                    }
                }
                _ => Ok(self.gap_for(at, Why::NotFollowed)),
            },
            Value::Object(id) => match self.object(*id) {
                Object::List { items, open } => {
                    if *open {
                        return Ok(self.gap_for(at, Why::Input));
                    }
                    let found = match index {
                        Value::Int(position) => {
                            in_range(*position, items.len()).map(|it| items[it].clone())
                        }
                        _ => return Ok(self.gap_for(at, Why::NotFollowed)),
                    };
                    found.ok_or_else(|| {
                        self.throw(self.known.index_error, "list index out of range".into(), at)
                    })
                }
                Object::Dict(dict) => {
                    if let Some(view) = dict.view {
                        let Value::Str(name) = index else {
                            return Ok(self.gap_for(at, Why::Input));
                        };
                        if let Some(binding) = self.scope(view).names.get(&**name) {
                            return Ok(binding.value.clone());
                        }
                        return Ok(self.gap_for(at, Why::NotFound));
                    }
                    let Some(key) = index.key() else {
                        return Ok(self.gap_for(at, Why::Input));
                    };
                    match dict.entries.get(&key) {
                        Some((_, value)) => Ok(value.clone()),
                        None if dict.open => Ok(self.gap_for(at, Why::Input)),
                        None => Err(self.throw(
                            self.known.key_error,
                            self.str_of(index).unwrap_or_default(),
                            at,
                        )),
                    }
                }
                Object::Alias(alias) => {
                    let alias = Alias {
                        arguments: spread(index),
                        ..alias.clone()
                    };
                    Ok(self.allocate(Object::Alias(alias)))
                }
                Object::Instance(instance) => {
                    let class = instance.class;
                    let payload = instance.payload.clone();
                    self.instance_item(value, class, payload, index, at)
                }
                _ => Ok(self.gap_for(at, Why::NotFollowed)),
            },
            _ => Ok(self.gap_for(at, Why::NotFollowed)),
        }
    }

    fn instance_item(
        &mut self,
        value: &Value,
        class: ClassId,
        payload: Option<Value>,
        index: &Value,
        at: Option<Place>,
    ) -> Eval {
        if self.table_name_of(value) == Some(("sys", "modules"))
            && let Value::Str(name) = index
            && let Some(&ix) = self.loaded.get(&**name)
        {
            return Ok(self.module_value(ix));
        }
        if let Some(kind) = self.special_form(value) {
            return Ok(self.special_form_item(&kind, value, index, at));
        }
        if self.user_defines(class, "__getitem__")
            && let Some(method) = self.special_method(value, class, "__getitem__")
        {
            let scope = self.any_scope();
            return self.call(&method, Arguments::of(vec![index.clone()]), at, scope);
        }
        let Some(payload) = payload else {
            let group = self.group_of(value, index);
            return Ok(group.unwrap_or_else(|| self.gap_for(at, Why::NotFollowed)));
        };
        match self.get_item(&payload, index, at) {
            Err(thrown) if thrown.class == Some(self.known.key_error) => {
                self.missing_item(value, class, index, thrown, at)
            }
            found => found,
        }
    }

    /// What an instance of a subclass of `dict` answers for a key that it lacks (`dict_subscript`): `__missing__`.
    fn missing_item(
        &mut self,
        value: &Value,
        class: ClassId,
        index: &Value,
        thrown: Box<Thrown>,
        at: Option<Place>,
    ) -> Eval {
        let scope = self.any_scope();
        if self.user_defines(class, "__missing__")
            && let Some(method) = self.special_method(value, class, "__missing__")
        {
            return self.call(&method, Arguments::of(vec![index.clone()]), at, scope);
        }
        if !self.is_under(class, "collections", "defaultdict") {
            return Err(thrown);
        }
        let factory = match value {
            Value::Object(id) => match self.object(*id) {
                Object::Instance(instance) => instance.names.get("default_factory").cloned(),
                _ => None,
            },
            _ => None,
        };
        match factory.map(|it| it.value) {
            Some(Value::None) => Err(thrown),
            Some(factory) => {
                let made = self.call(&factory, Arguments::default(), at, scope)?;
                self.set_item(value, index, made.clone(), at)?;
                Ok(made)
            }
            None => Ok(self.gap_for(at, Why::Input)),
        }
    }

    fn sequence_item(&mut self, items: &[Value], index: &Value, at: Option<Place>) -> Eval {
        match self.plain(index) {
            Value::Int(position) => match in_range(position, items.len()) {
                Some(position) => Ok(items[position].clone()),
                None => Err(self.throw(self.known.index_error, "index out of range".into(), at)),
            },
            Value::Bool(it) => self.sequence_item(items, &Value::Int(i64::from(it)), at),
            _ => Ok(self.gap_for(at, Why::NotFollowed)),
        }
    }

    /// `value[low:high]` without a step.
    pub(super) fn get_slice(
        &mut self,
        value: &Value,
        low: &Value,
        high: &Value,
        at: Option<Place>,
    ) -> Value {
        let (Some(low), Some(high)) = (bound(low), bound(high)) else {
            return self.gap_for(at, Why::Input);
        };
        match self.plain(value) {
            Value::Str(text) => {
                let letters: Vec<char> = text.chars().collect();
                let (from, to) = clamp(low, high, letters.len());
                self.copies(letters.len());
                Value::str(&letters[from..to].iter().collect::<String>())
            }
            Value::Tuple(items) => {
                let (from, to) = clamp(low, high, items.len());
                self.copies(to - from);
                Value::tuple(items[from..to].to_vec())
            }
            Value::Object(id) => match self.object(id) {
                Object::List { items, open: false } => {
                    let (from, to) = clamp(low, high, items.len());
                    let part = items[from..to].to_vec();
                    self.copies(part.len());
                    self.list(part)
                }
                _ => self.gap_for(at, Why::NotFollowed),
            },
            Value::Gap(id) => {
                // A negative bound counts from an end that is not known.
                let from = usize::try_from(low.unwrap_or(0));
                let to = high.and_then(|it| usize::try_from(it).ok());
                let part = match (self.beginnings.get(&id), from, to) {
                    (Some(items), Ok(from), Some(to)) => items.get(from.min(to)..to),
                    _ => None,
                };
                part.map_or_else(|| value.clone(), |part| Value::tuple(part.to_vec()))
            }
            _ => self.gap_for(at, Why::NotFollowed),
        }
    }

    /// `value[index] = item`
    pub(super) fn set_item(
        &mut self,
        value: &Value,
        index: &Value,
        item: Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let Value::Object(id) = value else {
            return Ok(());
        };
        match self.object(*id) {
            Object::Dict(dict) => {
                if let Some(view) = dict.view {
                    if let Value::Str(name) = index {
                        self.bind(view, &crate::Name::from(&**name), item, at);
                    } else {
                        self.open_view(view, at);
                    }
                    return Ok(());
                }
                if let Object::Dict(dict) = self.object_mut(*id) {
                    dict.insert(index.clone(), item);
                }
                self.show_on_instance(*id, at);
            }
            Object::List { items, .. } => {
                let position = match index {
                    Value::Int(position) => in_range(*position, items.len()),
                    _ => None,
                };
                if let Object::List { items, open } = self.object_mut(*id) {
                    match position {
                        Some(position) => items[position] = item,
                        None => *open = true,
                    }
                }
            }
            Object::Instance(instance) => {
                let class = instance.class;
                let payload = instance.payload.clone();
                if self.table_name_of(value) == Some(("sys", "modules")) {
                    match (index, &item) {
                        (Value::Str(name), Value::Module(ix)) => {
                            self.loaded.insert(crate::Name::from(&**name), *ix);
                        }
                        (Value::Str(name), Value::Object(_)) => {
                            self.replaced
                                .insert(crate::Name::from(&**name), item.clone());
                        }
                        _ => {}
                    }
                    return Ok(());
                }
                if self.user_defines(class, "__setitem__")
                    && let Some(method) = self.special_method(value, class, "__setitem__")
                {
                    let scope = self.any_scope();
                    self.call(&method, Arguments::of(vec![index.clone(), item]), at, scope)?;
                } else if let Some(payload) = payload {
                    self.set_item(&payload, index, item, at)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The `__dict__` of an instance: what is put into it is the instance's.
    pub(super) fn dict_of_instance(&mut self, id: ObjectId) -> Option<Value> {
        let Object::Instance(instance) = self.object(id) else {
            return None;
        };
        let names = instance.names.iter();
        let pairs: Vec<(Value, Value)> = names
            .map(|(name, binding)| (Value::str(name), binding.value.clone()))
            .collect();
        let mut dict = Dict::from_pairs(pairs);
        dict.open = instance.open;
        self.copies(dict.entries.len());
        // It is one and the same each time, however often it is asked for.
        if let Some(&shown) = self.dicts_of_instances.get(&id) {
            *self.object_mut(shown) = Object::Dict(dict);
            return Some(Value::Object(shown));
        }
        let dict = self.allocate(Object::Dict(dict));
        if let Value::Object(shown) = dict {
            self.instance_dicts.insert(shown, id);
            self.dicts_of_instances.insert(id, shown);
        }
        Some(dict)
    }

    /// Gives an instance what its `__dict__` holds after that was changed.
    pub(super) fn show_on_instance(&mut self, dict: ObjectId, at: Option<Place>) {
        let Some(&instance) = self.instance_dicts.get(&dict) else {
            return;
        };
        let Object::Dict(shown) = self.object(dict) else {
            return;
        };
        let (entries, is_open) = (shown.entries.clone(), shown.open);
        self.copies(entries.len());
        if let Object::Instance(instance) = self.object_mut(instance) {
            let known = std::mem::take(&mut instance.names);
            for (key, value) in entries.into_values() {
                let Value::Str(name) = key else { continue };
                let place = known.get(&*name).map_or(at, |it| it.at);
                let binding = Binding::new(value, place);
                instance.names.insert(crate::Name::from(&*name), binding);
            }
            instance.open |= is_open;
        }
    }

    /// Notes that a dict may hold more than is known.
    pub(super) fn open_dict(&mut self, value: &Value, at: Option<Place>) {
        let Value::Object(id) = value else { return };
        match self.object(*id) {
            Object::Dict(Dict {
                view: Some(view), ..
            }) => {
                let view = *view;
                self.open_view(view, at);
            }
            Object::Dict(_) => {
                if let Object::Dict(dict) = self.object_mut(*id) {
                    dict.open = true;
                }
            }
            _ => {}
        }
    }

    /// A name that is not known was bound in a scope that a dict shows: any name may now be anything.
    pub(super) fn open_view(&mut self, view: ScopeId, at: Option<Place>) {
        let module = self.scope(view).module;
        if self.module(module).scope == view && self.module(module).open.is_none() {
            let gap = self.gap(Why::Input, "globals()[…]", at);
            if let Value::Gap(id) = gap {
                self.module_mut(module).open = Some(id);
            }
        }
    }
}

/// The subscript's arguments: a tuple's items, or the one value.
pub(super) fn spread(index: &Value) -> Arc<[Value]> {
    match index {
        Value::Tuple(items) => items.clone(),
        other => Arc::from([other.clone()]),
    }
}

fn in_range(position: i64, len: usize) -> Option<usize> {
    let len = i64::try_from(len).ok()?;
    let position = if position < 0 {
        position + len
    } else {
        position
    };
    if (0..len).contains(&position) {
        usize::try_from(position).ok()
    } else {
        None
    }
}

/// A bound of a slice: `Some(None)` where it is left out, none where it is not known.
#[expect(
    clippy::option_option,
    reason = "left out and not known are two things"
)]
fn bound(value: &Value) -> Option<Option<i64>> {
    match value {
        Value::None => Some(None),
        Value::Int(it) => Some(Some(*it)),
        _ => None,
    }
}

fn clamp(low: Option<i64>, high: Option<i64>, len: usize) -> (usize, usize) {
    let size = i64::try_from(len).unwrap_or(i64::MAX);
    let fix = |at: i64| {
        usize::try_from(if at < 0 {
            (at + size).max(0)
        } else {
            at.min(size)
        })
        .unwrap_or(0)
    };
    let from = fix(low.unwrap_or(0));
    let to = fix(high.unwrap_or(size));
    (from, to.max(from))
}
