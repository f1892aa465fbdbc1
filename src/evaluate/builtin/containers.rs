//! The methods of `dict`, `set`, `tuple`, `type`, `object` and `property`.

use crate::Name;
use crate::evaluate::builtin::Asked;
use crate::evaluate::call::Arguments;
use crate::evaluate::run::{Eval, Run};
use crate::evaluate::value::{Dict, Instance, Object, ObjectId, Value};
use crate::semantics::{Why, linearize};

impl Run<'_, '_> {
    /// A method of one of the builtin classes; the receiver is the first argument.
    pub(super) fn builtin_method(
        &mut self,
        class: &str,
        method: &str,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Some(receiver) = asked.first().cloned() else {
            return Ok(None);
        };
        let arguments = &asked.arguments.positional[1..];
        if class == "dict"
            && method == "get"
            && self.table_name_of(&receiver) == Some(("sys", "modules"))
        {
            // A module that nobody was seen to import may be loaded all the same.
            return Ok(match arguments.first() {
                Some(Value::Str(name)) => {
                    let loaded = self.loaded.get(&**name).copied();
                    loaded.map(|ix| self.module_value(ix))
                }
                _ => None,
            });
        }
        if let ("__contains__", "list" | "set" | "frozenset" | "dict" | "tuple" | "str", [item]) =
            (method, class, arguments)
        {
            return Ok(self.contains(&receiver, item).map(Value::Bool));
        }
        // A method of `dict` on an instance of a subclass works on the dict inside of it.
        let inner = match &receiver {
            Value::Object(id) => match self.object(*id) {
                Object::Instance(Instance {
                    payload: Some(payload @ Value::Object(_)),
                    ..
                }) => Some(payload.clone()),
                _ => None,
            },
            _ => None,
        };
        let target = inner.as_ref().unwrap_or(&receiver);
        match (class, target) {
            ("object", _) => self.object_method(method, &receiver, asked),
            ("type", _) => self.type_method(method, &receiver, asked),
            ("property", Value::Object(id)) => self.property_method(method, *id, &receiver, asked),
            ("str", _) => Ok(self.text_method(method, &receiver, arguments, asked)),
            // Until 3.9 it says that it is one of the builtins.
            ("ContextVar", _) => self.context_variable(method, asked),
            ("generator", Value::Object(id)) => {
                let id = *id;
                self.generator_method(method, id, arguments, asked.at)
            }
            ("list", Value::Object(id)) if method == "sort" => self.sort_list(*id, asked),
            ("list", Value::Object(id)) => self.list_method(method, *id, arguments),
            ("set" | "frozenset", Value::Object(id)) => Ok(self.set_method(method, *id, arguments)),
            ("dict", Value::Object(id)) => {
                let id = *id;
                let answer = self.dict_method(method, id, arguments, asked);
                self.show_on_instance(id, asked.at);
                answer
            }
            ("dict", Value::Class(_)) if method == "fromkeys" => {
                let keys = arguments.first().cloned().unwrap_or(Value::None);
                let value = arguments.get(1).cloned().unwrap_or(Value::None);
                let (keys, open) = self.iterate(&keys);
                let mut dict = Dict::from_pairs(keys.into_iter().map(|key| (key, value.clone())));
                dict.open |= open;
                Ok(Some(self.allocate(Object::Dict(dict))))
            }
            ("tuple", Value::Tuple(items)) => match (method, arguments.first()) {
                ("index", Some(item)) => {
                    let index = items
                        .iter()
                        .position(|it| it.same(item) || self.equal(it, item) == Some(true));
                    Ok(index.map(|it| Value::Int(i64::try_from(it).unwrap_or(0))))
                }
                _ => Ok(None),
            },
            (class, Value::Class(_)) if method == "__new__" && !class.is_empty() => {
                self.object_method("__new__", &receiver, asked)
            }
            (_, _) if method == "__init__" => Ok(Some(Value::None)),
            _ => Ok(None),
        }
    }

    fn object_method(
        &mut self,
        method: &str,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let arguments = &asked.arguments;
        Ok(match (method, receiver) {
            ("__new__", Value::Class(class)) => {
                let class = *class;
                if self.classes.is_subclass(class, self.known.type_) {
                    let mut rest = arguments.clone();
                    rest.positional.remove(0);
                    return self
                        .new_class(class, &rest, asked.at, asked.scope)
                        .map(Some);
                }
                let mut rest = arguments.clone();
                rest.positional.remove(0);
                Some(self.new_instance(class, &rest))
            }
            ("__init_subclass__", Value::Class(class)) if !arguments.is_open() => {
                let object = self.known.object;
                self.library_init_subclass(
                    object,
                    *class,
                    &arguments.keywords,
                    asked.at,
                    asked.scope,
                )?;
                Some(Value::None)
            }
            // Nothing else is equal to an object that does not say more.
            ("__eq__", one) if arguments.positional.len() == 2 => {
                let other = &arguments.positional[1];
                match one.same(other) {
                    _ if other.is_gap() => None,
                    true => Some(Value::Bool(true)),
                    false => Some(Value::NotImplemented),
                }
            }
            ("__init__" | "__init_subclass__" | "__setstate__", _) => Some(Value::None),
            ("__setattr__", value) => {
                if let (Some(Value::Str(name)), Some(item)) =
                    (arguments.positional.get(1), arguments.positional.get(2))
                {
                    let (name, item, value) = (Name::from(&**name), item.clone(), value.clone());
                    self.set_attribute(&value, &name, item, asked.at)?;
                }
                Some(Value::None)
            }
            ("__getattribute__", value) => match arguments.positional.get(1) {
                Some(Value::Str(name)) => {
                    let (value, name) = (value.clone(), Name::from(&**name));
                    Some(self.attribute_by_default(&value, &name, asked.at)?)
                }
                _ => None,
            },
            ("__delattr__", value) => {
                if let Some(Value::Str(name)) = arguments.positional.get(1) {
                    let (value, name) = (value.clone(), Name::from(&**name));
                    self.delete_attribute(&value, &name);
                }
                Some(Value::None)
            }
            _ => None,
        })
    }

    fn type_method(
        &mut self,
        method: &str,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Value::Class(class) = receiver else {
            return Ok(None);
        };
        let class = *class;
        let mut rest = asked.arguments.clone();
        rest.positional.remove(0);
        Ok(match method {
            "__new__" => Some(self.new_class(class, &rest, asked.at, asked.scope)?),
            "__init__" => Some(Value::None),
            "__call__" => Some(self.instantiate(class, rest, asked.at, asked.scope)?),
            "__prepare__" => Some(self.allocate(Object::Dict(Dict::default()))),
            "mro" => {
                let Some(made) = self.classes.made(class) else {
                    return Ok(None);
                };
                // It merges anew: when a metaclass's own `mro()` asks for it, there is no `__mro__` yet.
                let mro_of = |base| self.classes.mro(base).unwrap_or_default();
                match linearize(class, &made.bases, mro_of, |_| ()) {
                    Ok(mro) => {
                        let mro = mro.iter().map(|&id| Value::Class(id)).collect();
                        Some(self.list(mro))
                    }
                    Err(error) => {
                        let raised = error.raised(&self.classes, self.world.version);
                        return Err(self.verdict_of(raised, asked.at));
                    }
                }
            }
            "__subclasses__" => {
                // In order of creation, as far as what ran so far goes.
                let below: Vec<Value> = self
                    .classes
                    .own_ids()
                    .filter(|&id| {
                        self.classes
                            .made(id)
                            .is_some_and(|made| made.bases.contains(&class))
                    })
                    .map(Value::Class)
                    .collect();
                Some(self.allocate(Object::List {
                    items: below,
                    open: self.classes.is_interpreters(class),
                }))
            }
            "__setattr__" | "__getattribute__" | "__delattr__" => {
                return self.object_method(method, receiver, asked);
            }
            "__instancecheck__" | "__subclasscheck__" => None,
            _ => None,
        })
    }

    /// A method of the property `id`, which stands inside of `receiver` where that is of a subclass.
    fn property_method(
        &mut self,
        method: &str,
        id: ObjectId,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Object::Property { get, set, delete } = self.object(id).clone() else {
            return Ok(None);
        };
        if method == "__init__" && !asked.arguments.is_open() {
            *self.object_mut(id) = asked.arguments.property(1);
            return Ok(Some(Value::None));
        }
        let Some(function) = asked.arguments.positional.get(1).cloned() else {
            return Ok(None);
        };
        let (get, set, delete) = match method {
            "getter" => (function, set, delete),
            "setter" => (get, function, delete),
            "deleter" => (get, set, function),
            _ => return Ok(None),
        };
        // A copy is made by a call of its class (`property_copy`).
        match self.class_of(receiver) {
            Some(class) if class != self.known.property => {
                let arguments = Arguments::of(vec![get, set, delete, Value::None]);
                let made = self.instantiate(class, arguments, asked.at, asked.scope);
                made.map(Some)
            }
            _ => Ok(Some(self.allocate(Object::Property { get, set, delete }))),
        }
    }

    fn set_method(&mut self, method: &str, id: ObjectId, arguments: &[Value]) -> Option<Value> {
        let first = arguments.first().cloned();
        let others = match (&first, method) {
            (
                Some(more),
                "update" | "union" | "difference" | "intersection" | "difference_update"
                | "issubset",
            ) => Some(self.iterate(more)),
            _ => None,
        };
        self.object_mut(id);
        let Object::Set {
            items,
            frozen,
            open,
        } = &mut self.heap[id.0]
        else {
            return None;
        };
        let (mut made, is_frozen, mut is_open) = (items.clone(), *frozen, *open);
        match (method, first, others) {
            ("add", Some(item), _) => {
                match item.key() {
                    Some(key) => {
                        items.entry(key).or_insert(item);
                    }
                    None => *open = true,
                }
                return Some(Value::None);
            }
            ("discard" | "remove", Some(item), _) => {
                match item.key() {
                    Some(key) => {
                        items.shift_remove(&key);
                    }
                    None => *open = true,
                }
                return Some(Value::None);
            }
            ("update", _, Some((more, unknown))) => {
                *open |= unknown;
                for item in more {
                    match item.key() {
                        Some(key) => {
                            items.entry(key).or_insert(item);
                        }
                        None => *open = true,
                    }
                }
                return Some(Value::None);
            }
            ("union", _, Some((more, unknown))) => {
                is_open |= unknown;
                made.extend(
                    more.into_iter()
                        .filter_map(|it| it.key().map(|key| (key, it))),
                );
            }
            ("difference", _, Some((more, unknown))) => {
                is_open |= unknown;
                // Any of them may be among those that are not known.
                if unknown {
                    made.clear();
                }
                for item in more {
                    if let Some(key) = item.key() {
                        made.shift_remove(&key);
                    }
                }
            }
            ("intersection", _, Some((more, unknown))) => {
                is_open |= unknown;
                let keep: Vec<_> = more.iter().filter_map(Value::key).collect();
                made.retain(|key, _| keep.contains(key));
            }
            ("copy", None, _) => {}
            _ => return None,
        }
        Some(self.allocate(Object::Set {
            items: made,
            frozen: is_frozen,
            open: is_open,
        }))
    }

    fn dict_method(
        &mut self,
        method: &str,
        id: ObjectId,
        arguments: &[Value],
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Object::Dict(dict) = self.object(id) else {
            return Ok(None);
        };
        let first = arguments.first().cloned();
        let default = arguments.get(1).cloned();
        if let Some(view) = dict.view {
            return Ok(self.view_method(method, view, first, default, asked));
        }
        let open = dict.open;
        let found = first
            .as_ref()
            .and_then(Value::key)
            .and_then(|key| dict.entries.get(&key))
            .map(|it| it.1.clone());
        let hashable = first.as_ref().is_none_or(|it| it.key().is_some());
        Ok(match (method, first) {
            ("get", Some(_)) => match found {
                Some(value) => Some(value),
                None if open || !hashable => None,
                None => Some(default.unwrap_or(Value::None)),
            },
            ("pop", Some(key)) => {
                if let (Some(key), Object::Dict(dict)) = (key.key(), self.object_mut(id)) {
                    dict.entries.shift_remove(&key);
                }
                match (found, default) {
                    (Some(value), _) => Some(value),
                    (None, _) if open || !hashable => None,
                    (None, Some(default)) => Some(default),
                    (None, None) => {
                        let text = self.str_of(&key).unwrap_or_default();
                        return Err(self.throw(self.known.key_error, text, asked.at));
                    }
                }
            }
            ("setdefault", Some(key)) => match found {
                Some(value) => Some(value),
                None if open => None,
                None => {
                    let value = default.unwrap_or(Value::None);
                    if let Object::Dict(dict) = self.object_mut(id) {
                        dict.insert(key, value.clone());
                    }
                    Some(value)
                }
            },
            ("update" | "__init__", first) => {
                let Object::Dict(mut dict) = self.object(id).clone() else {
                    return Ok(None);
                };
                if let Some(more) = first {
                    self.update_dict(&mut dict, &more);
                }
                for (name, value) in &asked.arguments.keywords {
                    dict.insert(Value::str(name), value.clone());
                }
                dict.open |= asked.arguments.open_keywords;
                *self.object_mut(id) = Object::Dict(dict);
                Some(Value::None)
            }
            ("items" | "keys" | "values", None) => {
                let Object::Dict(dict) = self.object(id) else {
                    return Ok(None);
                };
                let items = dict
                    .entries
                    .values()
                    .map(|(key, value)| match method {
                        "items" => Value::tuple(vec![key.clone(), value.clone()]),
                        "keys" => key.clone(),
                        _ => value.clone(),
                    })
                    .collect();
                Some(self.allocate(Object::List { items, open }))
            }
            ("copy", None) => {
                let copy = self.object(id).clone();
                Some(self.allocate(copy))
            }
            ("clear", None) => {
                *self.object_mut(id) = Object::Dict(Dict::default());
                Some(Value::None)
            }
            ("__setitem__", Some(key)) => {
                if let Object::Dict(dict) = self.object_mut(id) {
                    dict.insert(key, default.unwrap_or(Value::None));
                }
                Some(Value::None)
            }
            ("__getitem__", Some(key)) => {
                Some(self.get_item(&Value::Object(id), &key, asked.at)?)
            }
            ("__contains__", Some(_)) => match found {
                Some(_) => Some(Value::Bool(true)),
                None if open || !hashable => None,
                None => Some(Value::Bool(false)),
            },
            ("__delitem__", Some(key)) => {
                if let (Some(key), Object::Dict(dict)) = (key.key(), self.object_mut(id)) {
                    dict.entries.shift_remove(&key);
                }
                Some(Value::None)
            }
            _ => None,
        })
    }

    /// A method of a dict that shows the names of a scope: `globals().update(…)`, `vars(module).items()`.
    fn view_method(
        &mut self,
        method: &str,
        view: crate::evaluate::value::ScopeId,
        first: Option<Value>,
        default: Option<Value>,
        asked: &Asked<'_>,
    ) -> Option<Value> {
        let pairs: Vec<(Value, Value)> = self
            .scope(view)
            .names
            .iter()
            .map(|(name, binding)| (Value::str(name), binding.value.clone()))
            .collect();
        match (method, first) {
            ("get" | "pop" | "setdefault", Some(Value::Str(name))) => {
                let found = self
                    .scope(view)
                    .names
                    .get(&*name)
                    .map(|it| it.value.clone());
                if method == "pop" {
                    self.unbind(view, &Name::from(&*name));
                }
                if method == "setdefault" && found.is_none() {
                    let value = default.clone().unwrap_or(Value::None);
                    self.bind(view, &Name::from(&*name), value, asked.at);
                }
                found.or(default).or(Some(Value::None))
            }
            ("update", first) => {
                let mut dict = Dict::default();
                if let Some(more) = first {
                    self.update_dict(&mut dict, &more);
                }
                for (name, value) in &asked.arguments.keywords {
                    dict.insert(Value::str(name), value.clone());
                }
                for (key, value) in dict.entries.into_values() {
                    if let Value::Str(name) = key {
                        self.bind(view, &Name::from(&*name), value, asked.at);
                    }
                }
                Some(Value::None)
            }
            ("items", None) => {
                let items = pairs
                    .into_iter()
                    .map(|(key, value)| Value::tuple(vec![key, value]))
                    .collect();
                Some(self.list(items))
            }
            ("keys", None) => Some(self.list(pairs.into_iter().map(|it| it.0).collect())),
            ("values", None) => Some(self.list(pairs.into_iter().map(|it| it.1).collect())),
            ("copy", None) => Some(self.allocate(Object::Dict(Dict::from_pairs(pairs)))),
            _ => None,
        }
    }

    /// `old op= value` where the class of `old` is a container of the interpreter that changes in place: the container itself. None where it
    /// has no such operator, and the binary one is asked.
    pub(in crate::evaluate) fn inplace_builtin(
        &mut self,
        old: &Value,
        op: crate::syntax::BinaryOp,
        value: &Value,
        _at: Option<crate::source::Place>,
    ) -> Eval<Option<Value>> {
        if let Value::Object(id) = old
            && op == crate::syntax::BinaryOp::Add
            && matches!(self.object(*id), Object::List { .. })
        {
            self.list_method("extend", *id, std::slice::from_ref(value))?;
            return Ok(Some(old.clone()));
        }
        Ok(None)
    }

    /// `left op= right`: lists and dicts change in place.
    pub(in crate::evaluate) fn augmented(
        &mut self,
        old: &Value,
        op: crate::syntax::BinaryOp,
        value: &Value,
        at: Option<crate::source::Place>,
    ) -> Eval {
        if let Some(changed) = self.inplace_builtin(old, op, value, at)? {
            return Ok(changed);
        }
        if let Value::Object(id) = old
            && let Object::Instance(instance) = self.object(*id)
        {
            let class = instance.class;
            let name = if op == crate::syntax::BinaryOp::Add {
                "__iadd__"
            } else {
                "__ior__"
            };
            if self.user_defines(class, name)
                && let Some(method) = self.special_method(old, class, name)
            {
                let scope = self.any_scope();
                return self.call(&method, Arguments::of(vec![value.clone()]), at, scope);
            }
        }
        let result = self.binary(old, op, value, at)?;
        Ok(if result.is_gap() && !old.is_gap() && !value.is_gap() {
            self.gap_for(at, Why::NotFollowed)
        } else {
            result
        })
    }
}
