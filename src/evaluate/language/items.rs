//! Items: what an iteration gives, subscripts and slices, the entries of a dict.

use std::sync::Arc;

use crate::evaluate::builtins::dicts::Found;
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{
    Alias, AliasKind, Dict, Instance, Key, Object, ObjectId, ScopeId, Value,
};
use crate::semantics::{ClassId, Why};
use crate::source::Place;

/// Items an iteration gives at most; more would be work without end.
pub(crate) const MOST_ITEMS: usize = 20_000;

impl Run<'_, '_> {
    /// `key in dict`; none where it cannot be told.
    pub(super) fn has_key(
        &mut self,
        id: ObjectId,
        key: &Value,
        at: Option<Place>,
    ) -> Eval<Option<bool>> {
        Ok(match self.found_under(id, key, at)?.1 {
            Found::Value(_) => Some(true),
            Found::Missing => Some(false),
            Found::Unknown => None,
        })
    }

    /// The entries of a mapping, and whether there may be others; none where it is not known to be one.
    pub(crate) fn dict_entries(&mut self, value: &Value) -> Option<(Vec<(Value, Value)>, bool)> {
        let Value::Object(id) = value else {
            return None;
        };
        if let Some(chained) = self.chained(value) {
            return Some((chained.entries.into_values().collect(), chained.open));
        }
        match self.object(*id) {
            Object::Dict(dict) => Some(match dict.view {
                Some(view) => {
                    let names = &self.scope(view).names;
                    // A name that may be missing is one of those that are not known.
                    let certain = names.iter().filter(|(_, it)| it.maybe.is_none());
                    let entries: Vec<(Value, Value)> = certain
                        .map(|(name, binding)| (Value::str(name), binding.value.clone()))
                        .collect();
                    let open = entries.len() != names.len();
                    (entries, open)
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

    /// The keys by which a dict, or the one inside of an instance, has its entries; none where no object was hashed by code.
    fn keys_of(&self, value: &Value) -> Vec<Key> {
        let Value::Object(id) = value else {
            return vec![];
        };
        if self.hashes_by_code.is_empty() {
            return vec![];
        }
        match self.object(*id) {
            Object::Dict(dict) if dict.view.is_none() => dict.entries.keys().cloned().collect(),
            Object::Instance(Instance {
                payload: Some(Value::Object(inner)),
                ..
            }) => match self.object(*inner) {
                Object::Dict(dict) if dict.view.is_none() => dict.entries.keys().cloned().collect(),
                _ => vec![],
            },
            _ => vec![],
        }
    }

    /// Puts the entries of a mapping into a dict. The hashes that its keys have are kept, and not asked for again.
    pub(super) fn put_entries(
        &mut self,
        dict: &mut Dict,
        of: &Value,
        entries: Vec<(Value, Value)>,
        at: Option<Place>,
    ) -> Eval<()> {
        let own = self.keys_of(of);
        for (index, (key, value)) in entries.into_iter().enumerate() {
            match own.get(index) {
                Some(own) => self.put_hashed(dict, Some(own.clone()), key, value, at)?,
                None => self.put_under(dict, key, value, at)?,
            }
        }
        Ok(())
    }

    /// `dict.update(value)`, where what it raises is out of view.
    pub(super) fn update_dict(&mut self, dict: &mut Dict, value: &Value) {
        if self.updated(dict, value, None).is_err() {
            dict.give_unknown(true);
        }
    }

    /// `dict.update(value)`: the entries of a mapping, or pairs (`dict_update_arg`).
    pub(crate) fn updated(
        &mut self,
        dict: &mut Dict,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<()> {
        if self.is_dispatched(value, value) {
            return self.updated_by_code(dict, value, at);
        }
        if let Some((entries, open)) = self.dict_entries(value) {
            if let Some(id) = self.mapping_in(value)
                && let Object::Dict(other) = self.object(id)
            {
                dict.ordered_as(other);
            }
            self.copies(entries.len());
            dict.replaced |= open && !dict.entries.is_empty();
            let put = self.put_entries(dict, value, entries, at);
            dict.open |= open;
            return put;
        }
        if let Some(class) = self.class_of(value)
            && self.user_defines(class, "keys")
        {
            let scope = self.any_scope();
            let Some(method) = self.special_method(value, class, "keys") else {
                dict.give_unknown(true);
                return Ok(());
            };
            let keys = self.call(&method, Arguments::default(), at, scope)?;
            let keys = self.items_of(&keys, at)?;
            dict.give_unknown(keys.open);
            for key in keys.items {
                let item = self.get_item(value, &key, at)?;
                self.put_under(dict, key, item, at)?;
            }
            return Ok(());
        }
        let has_keys = self
            .class_of(value)
            .is_none_or(|class| self.find_in_mro(class, "keys").is_some());
        if has_keys {
            // It is asked by code that is not followed.
            dict.give_unknown(true);
            return self.perhaps_raises("TypeError", at);
        }
        let items = self.items_in_any_order(value, at)?;
        if items.open {
            self.perhaps_raises("TypeError", at)?;
        }
        dict.give_unknown(items.open);
        dict.shuffled |= items.shuffled;
        for (index, item) in items.items.into_iter().enumerate() {
            if item.is_gap() {
                dict.give_unknown(true);
                continue;
            }
            let pair = match self.items_of(&item, at) {
                Ok(pair) => pair,
                Err(thrown) if thrown.class == Some(self.known.type_error) => {
                    let message = format!(
                        "cannot convert dictionary update sequence element #{index} to a sequence"
                    );
                    return Err(self.type_error(&message, at));
                }
                Err(thrown) => return Err(thrown),
            };
            if pair.open {
                dict.give_unknown(true);
                continue;
            }
            let length = pair.items.len();
            let Ok([key, value]) = <[Value; 2]>::try_from(pair.items) else {
                let message = format!(
                    "dictionary update sequence element #{index} has length {length}; 2 is required"
                );
                return Err(self.throw(self.known.value_error, message, at));
            };
            self.put_under(dict, key, value, at)?;
        }
        Ok(())
    }

    /// `value[index]`
    pub(crate) fn get_item(&mut self, value: &Value, index: &Value, at: Option<Place>) -> Eval {
        let before = self.gaps.len();
        let item = self.item_at(value, index, at)?;
        if let Value::Gap(id) = item
            && id.0 as usize >= before
        {
            self.note_taken(&item, value);
        }
        Ok(item)
    }

    fn item_at(&mut self, value: &Value, index: &Value, at: Option<Place>) -> Eval {
        if self.has_sides(&[value, index]) {
            let is_value = value.is_gap();
            let each = self.each_side(if is_value { value } else { index }, at, |run, it| {
                if is_value {
                    run.get_item(it, index, at)
                } else {
                    run.get_item(value, it, at)
                }
            });
            if let Some(each) = each {
                return each;
            }
        }
        match value {
            Value::Gap(id) => {
                self.lose_to(*id);
                if let Value::Slice(parts) = index {
                    return Ok(self.beginning_of(value, *id, parts));
                }
                let known = self.beginnings.get(id).zip(bound(index));
                let item = known.and_then(|(items, at)| items.get(usize::try_from(at).ok()?));
                Ok(match item.cloned() {
                    Some(item) => item,
                    None => self.beyond(value),
                })
            }
            Value::Class(class) => self.class_item(*class, index, at),
            Value::Native(path) => {
                // These two are functions (since 3.9).
                if path.module == "typing"
                    && matches!(path.qualname.as_str(), "NamedTuple" | "TypedDict")
                {
                    return Err(self.not_subscriptable(value, at));
                }
                let arguments = spread(index);
                Ok(self.allocate(Object::Alias(Alias {
                    kind: AliasKind::Special,
                    origin: value.clone(),
                    arguments,
                })))
            }
            Value::Tuple(_) | Value::Str(_) | Value::Bytes(_) | Value::Range(_) => {
                self.sequence_item(value, index, at)
            }
            Value::Object(id) => match self.object(*id) {
                Object::List { .. } => self.sequence_item(value, index, at),
                Object::Dict(dict) => {
                    if let Some(view) = dict.view {
                        let Value::Str(name) = index else {
                            return Ok(self.gap_for(at, Why::Input));
                        };
                        match self.scope(view).names.get(&**name) {
                            Some(binding) if binding.maybe.is_some() => {
                                let found = binding.value.clone();
                                let missing = self.key_error(index, at);
                                return self.either_value(at, |_| Ok(found), |_| Err(missing));
                            }
                            Some(binding) => return Ok(binding.value.clone()),
                            None => return Ok(self.gap_for(at, Why::NotFound)),
                        }
                    }
                    match self.found_under(*id, index, at)?.1 {
                        Found::Value(value) => Ok(value),
                        // It may be there, or raise.
                        Found::Unknown => {
                            let found = self.gap_for(at, Why::Input);
                            let missing = self.key_error(index, at);
                            self.either_value(at, |_| Ok(found), |_| Err(missing))
                        }
                        Found::Missing => Err(self.key_error(index, at)),
                    }
                }
                Object::Alias(alias) => {
                    let alias = Alias {
                        arguments: spread(index),
                        ..alias.clone()
                    };
                    self.check_form(value, index, at)?;
                    self.check_left_open(value, index, at)?;
                    Ok(self.allocate(Object::Alias(alias)))
                }
                Object::Instance(instance) => {
                    let class = instance.class;
                    let payload = instance.payload.clone();
                    self.instance_item(value, class, payload, index, at)
                }
                Object::Super { .. } => Ok(self.gap_for(at, Why::NotFollowed)),
                _ => Err(self.not_subscriptable(value, at)),
            },
            // What is bound to a value by its name alone need not be a method.
            Value::Module(_) | Value::Method(_) => Ok(self.gap_for(at, Why::NotFollowed)),
            _ => Err(self.not_subscriptable(value, at)),
        }
    }

    fn not_subscriptable(&mut self, value: &Value, at: Option<Place>) -> Box<Thrown> {
        let name = self.class_name_of(value);
        self.type_error(&format!("'{name}' object is not subscriptable"), at)
    }

    /// Takes a module out of `sys.modules`, so that who imports it next runs it again; none where it was not seen there, or where that is
    /// only tried, as imports are not undone.
    pub(crate) fn forgotten_module(&mut self, name: &str) -> Option<Value> {
        if !self.journals.is_empty() {
            return None;
        }
        self.replaced.remove(name);
        let gone = self.loaded.remove(name)?;
        Some(self.module_value(gone))
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
            self.check_form(value, index, at)?;
            return Ok(self.special_form_item(&kind, value, index, at));
        }
        match self.special_of(value, class, "__getitem__")? {
            Special::Code(method) => return self.call_method(&method, vec![index.clone()], at),
            Special::Missing => return Err(self.not_subscriptable(value, at)),
            Special::Builtin(_) | Special::Unknown => {}
        }
        if let Some(item) = self.item_of_chain(value, index, at)? {
            return Ok(item);
        }
        let Some(payload) = payload else {
            let group = self.group_of(value, index);
            return Ok(group.unwrap_or_else(|| self.gap_for(at, Why::NotFollowed)));
        };
        let before = self.gaps.len();
        match self.get_item(&payload, index, at) {
            Err(thrown) if thrown.class == Some(self.known.key_error) => {
                self.missing_item(value, class, index, thrown, at)
            }
            // Whether it has the key is not known.
            Ok(found @ Value::Gap(id))
                if id.0 as usize >= before && self.user_defines(class, "__missing__") =>
            {
                self.either_value(
                    at,
                    |_| Ok(found),
                    |run| {
                        let thrown = run.key_error(index, at);
                        run.missing_item(value, class, index, thrown, at)
                    },
                )
            }
            found => found,
        }
    }

    /// What an instance of a subclass of `dict` answers for a key that it lacks (`dict_subscript`): `__missing__`.
    pub(crate) fn missing_item(
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
        if self.is_under(class, "collections", "Counter") {
            return Ok(Value::Int(0));
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

    /// `value[index] = item`
    pub(crate) fn set_item(
        &mut self,
        value: &Value,
        index: &Value,
        item: Value,
        at: Option<Place>,
    ) -> Eval<()> {
        if value.is_gap() {
            let set = self.in_each_side(value, at, |run, it| {
                run.set_item(it, index, item.clone(), at)
            });
            return set.unwrap_or_else(|| {
                self.changes_items_of_something(value, at);
                Ok(())
            });
        }
        let Value::Object(id) = value else {
            return match value {
                Value::Class(class) => {
                    let Some(metaclass) = self.metaclass_of(*class) else {
                        return Ok(());
                    };
                    match self.special_of(value, metaclass, "__setitem__")? {
                        Special::Code(method) => {
                            self.call_method(&method, vec![index.clone(), item], at)?;
                            Ok(())
                        }
                        Special::Missing => Err(self.without_assignment(value, at)),
                        Special::Builtin(_) | Special::Unknown => Ok(()),
                    }
                }
                Value::Method(_) | Value::Native(_) => Ok(()),
                _ => Err(self.without_assignment(value, at)),
            };
        };
        match self.object(*id) {
            Object::Dict(dict) => {
                if let Some(view) = dict.view {
                    if let Value::Str(name) = index {
                        self.bind_shown(view, &crate::Name::from(&**name), item, at);
                    } else {
                        self.open_view(view, at);
                    }
                    return Ok(());
                }
                self.put_into(*id, index, item, at)?;
            }
            Object::List { .. } => self.set_list_item(*id, index, item, at)?,
            Object::Function(_)
            | Object::Set { .. }
            | Object::View { .. }
            | Object::Iterator(_)
            | Object::Generator(_) => {
                return Err(self.without_assignment(value, at));
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
                } else if self.is_whole(class) && self.find_in_mro(class, "__setitem__").is_none() {
                    // Both share a slot: who has the other alone has this one, too (`slot_mp_ass_subscript`).
                    if self.find_in_mro(class, "__delitem__").is_some() {
                        let message = String::from("__setitem__");
                        return Err(self.throw(self.known.attribute_error, message, at));
                    }
                    return Err(self.without_assignment(value, at));
                } else if let Some(inside) = payload.or_else(|| self.first_of_chain(value)) {
                    self.set_item(&inside, index, item, at)?;
                } else {
                    self.perhaps_raises("TypeError", at)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Notes that a dict may hold more than is known.
    pub(crate) fn open_dict(&mut self, value: &Value, at: Option<Place>) {
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
    pub(crate) fn open_view(&mut self, view: ScopeId, at: Option<Place>) {
        let kind = self.scope(view).kind;
        if kind == ScopeKind::Function {
            return;
        }
        self.may_replace_names_in(view, at);
        if kind == ScopeKind::Class {
            self.opened_bodies.entry(view).or_insert(at);
        }
        let module = self.scope(view).module;
        if self.module(module).scope == view && self.module(module).open.is_none() {
            let gap = self.gap(Why::Input, "globals()[…]", at);
            if let Value::Gap(id) = gap {
                self.module_mut(module).open = Some(id);
            }
        }
    }
}

/// A number that an index is.
fn bound(index: &Value) -> Option<i64> {
    match index {
        Value::Int(it) => Some(*it),
        _ => None,
    }
}

/// The subscript's arguments: a tuple's items, or the one value.
pub(crate) fn spread(index: &Value) -> Arc<[Value]> {
    match index {
        Value::Tuple(items) => items.clone(),
        other => Arc::from([other.clone()]),
    }
}
