//! The methods of `dict` and of `OrderedDict` and `defaultdict`, on the dict that such an object is or holds.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{
    Binding, Dict, Instance, Key, Object, ObjectId, Part, Value,
};
use crate::semantics::Assumption;
use crate::source::Place;

/// How many arguments a method takes; none for what takes keywords, too, or is no method of a dict.
fn counts(method: &str) -> Option<(usize, usize)> {
    Some(match method {
        "get" | "setdefault" => (1, 2),
        "pop" => (1, 2),
        "keys" | "values" | "items" | "copy" | "clear" | "popitem" | "__len__" | "__iter__"
        | "__reversed__" => (0, 0),
        "__getitem__" | "__delitem__" | "__contains__" => (1, 1),
        "__setitem__" => (2, 2),
        _ => return None,
    })
}

/// What a dict has under a key.
pub(crate) enum Found {
    Value(Value),
    Missing,
    Unknown,
}

impl Run<'_, '_> {
    /// What a dict has under a key; raises for what cannot be hashed.
    pub(crate) fn found_under(
        &mut self,
        id: ObjectId,
        key: &Value,
        at: Option<Place>,
    ) -> Eval<(Option<Key>, Found)> {
        let Some(hashed) = self.hashed(key, at)? else {
            // There is nothing that it could be equal to.
            let is_empty = matches!(key, Value::Slice(_))
                && matches!(self.object(id), Object::Dict(dict)
                    if dict.entries.is_empty() && !dict.open && dict.view.is_none());
            return Ok((
                None,
                if is_empty {
                    Found::Missing
                } else {
                    Found::Unknown
                },
            ));
        };
        let Some(hashed) = self.key_in_dict(id, hashed, key, at)? else {
            return Ok((None, Found::Unknown));
        };
        if !self.is_traced()
            && !matches!(hashed, Key::Hashed(..))
            && self.says_what_it_equals(key)
            && let Some(found) = self.found_by_code(id, &hashed, key)
        {
            return Ok(found);
        }
        let Object::Dict(dict) = self.object(id) else {
            return Ok((Some(hashed), Found::Unknown));
        };
        let found = match dict.entries.get(&hashed) {
            Some((_, value)) => Found::Value(value.clone()),
            None if dict.open => Found::Unknown,
            None => Found::Missing,
        };
        Ok((Some(hashed), found))
    }

    /// Under which key of a dict a value is found, or its own.
    fn key_in_dict(
        &mut self,
        id: ObjectId,
        key: Key,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Key>> {
        if !self.may_be_under_another(&key, value) {
            return Ok(Some(key));
        }
        let Object::Dict(dict) = self.object(id) else {
            return Ok(Some(key));
        };
        let count = dict.entries.len();
        let keys = dict.entries.iter().map(|(key, (held, _))| (key, held));
        let alike = self.alike(keys, &key, value);
        self.copies(count / 16);
        self.key_of_alike(alike, key, value, at)
    }

    /// The entry whose key is another object that is equal by its own code.
    fn found_by_code(
        &mut self,
        id: ObjectId,
        hashed: &Key,
        key: &Value,
    ) -> Option<(Option<Key>, Found)> {
        let Object::Dict(dict) = self.object(id) else {
            return None;
        };
        if dict.entries.contains_key(hashed) {
            return None;
        }
        let entries = dict.entries.iter();
        let objects = entries.filter(|(key, _)| matches!(key, Key::Object(_) | Key::Hashed(..)));
        let objects: Vec<(Key, (Value, Value))> = objects
            .map(|(key, entry)| (key.clone(), entry.clone()))
            .collect();
        for (there, (other, value)) in objects {
            match self.is_or_equals(&other, key) {
                Some(true) => return Some((Some(there), Found::Value(value))),
                Some(false) => {}
                None => return Some((Some(hashed.clone()), Found::Unknown)),
            }
        }
        None
    }

    /// `dict[key] = value`; raises for what cannot be hashed.
    pub(crate) fn put_under(
        &mut self,
        dict: &mut Dict,
        key: Value,
        value: Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let own = self.hashed(&key, at)?;
        self.put_hashed(dict, own, key, value, at)
    }

    /// The same where it is known how the key is hashed.
    pub(crate) fn put_hashed(
        &mut self,
        dict: &mut Dict,
        own: Option<Key>,
        key: Value,
        value: Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let mut hashed = own;
        if let Some(own) = hashed {
            let keys = dict.entries.iter().map(|(key, (held, _))| (key, held));
            hashed = self.key_among(keys, own, &key, at)?;
        }
        match hashed {
            Some(hashed) => dict.put(hashed, key, value),
            None => dict.give_unknown(true),
        }
        Ok(())
    }

    fn is_proxy(&self, id: ObjectId) -> bool {
        matches!(self.peek(id), Object::Dict(dict) if dict.is_proxy)
    }

    /// The same for a dict of the heap.
    pub(crate) fn put_into(
        &mut self,
        id: ObjectId,
        key: &Value,
        value: Value,
        at: Option<Place>,
    ) -> Eval<()> {
        if self.is_proxy(id) {
            let message = "'mappingproxy' object does not support item assignment";
            return Err(self.type_error(message, at));
        }
        let mut hashed = self.hashed(key, at)?;
        if let Some(own) = hashed {
            hashed = self.key_in_dict(id, own, key, at)?;
        }
        if !self.is_traced()
            && self.says_what_it_equals(key)
            && let Some(own) = &hashed
            && !matches!(own, Key::Hashed(..))
            && let Some((there, _)) = self.found_by_code(id, &own.clone(), key)
        {
            hashed = there;
        }
        self.note_entry(id, Some(key), &value, at);
        if hashed.is_none() {
            self.may_replace(id, at);
        }
        if let Object::Dict(dict) = self.object_mut(id) {
            match hashed {
                Some(hashed) => dict.put(hashed, key.clone(), value),
                None => dict.open = true,
            }
        }
        self.show_on_instance(id, at);
        Ok(())
    }

    /// Says of a dict that is given something under a key which is not known that what it has may be replaced by that: who reads it takes for
    /// granted that it is not.
    ///
    /// ```py
    /// kinds = {"int": int}
    /// kinds[sys.argv[1]] = str
    /// class Number(kinds["int"]): ...   # where that was another key
    /// ```
    pub(crate) fn may_replace(&mut self, id: ObjectId, at: Option<Place>) {
        let has_entries = matches!(self.peek(id), Object::Dict(dict) if !dict.entries.is_empty());
        if has_entries && !self.is_traced() {
            let line = self.first_line(at);
            let what = format!("`{line}` replaces nothing that is there");
            self.touched.add(id, &Assumption { what, at });
            if let Object::Dict(dict) = self.object_mut(id) {
                dict.replaced = true;
            }
        }
    }

    /// `del dict[key]`; false where it cannot be told what that does.
    pub(crate) fn delete_under(
        &mut self,
        id: ObjectId,
        key: &Value,
        at: Option<Place>,
    ) -> Eval<bool> {
        if self.is_proxy(id) {
            let message = "'mappingproxy' object doesn't support item deletion";
            return Err(self.type_error(message, at));
        }
        let (hashed, found) = self.found_under(id, key, at)?;
        match (hashed, found) {
            (Some(hashed), Found::Value(_)) => {
                self.note_gone(id, Some(key));
                if let Object::Dict(dict) = self.object_mut(id) {
                    dict.entries.shift_remove(&hashed);
                }
                self.show_on_instance(id, at);
                Ok(true)
            }
            (_, Found::Missing) => Err(self.key_error(key, at)),
            _ => Ok(false),
        }
    }

    /// A method of a dict, or of the dict inside of `receiver`.
    pub(super) fn dict_method(
        &mut self,
        method: &str,
        id: ObjectId,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Object::Dict(dict) = self.object(id) else {
            return Ok(None);
        };
        let at = asked.at;
        if let Some(view) = dict.view {
            let taken = asked.arguments.positional.get(1..).unwrap_or_default();
            let (first, default) = (taken.first().cloned(), taken.get(1).cloned());
            return self.scope_method(method, view, receiver, first, default, asked);
        }
        let class = self.class_name_of(receiver);
        let taken = match counts(method) {
            Some(_) if method == "pop" && class == "OrderedDict" => {
                let mut rest = asked.arguments.clone();
                rest.positional.remove(0);
                match self.placed(&rest, "pop", &["key", "default"], 1, at)? {
                    Some(placed) => placed.into_iter().flatten().collect(),
                    None => return Ok(None),
                }
            }
            Some(_) if method == "setdefault" && class == "OrderedDict" => {
                let mut rest = asked.arguments.clone();
                rest.positional.remove(0);
                match self.placed(&rest, "setdefault", &["key", "default"], 1, at)? {
                    Some(placed) => placed.into_iter().flatten().collect(),
                    None => return Ok(None),
                }
            }
            Some(_) if method == "popitem" && class == "OrderedDict" => {
                return self.ordered_method(method, id, asked);
            }
            Some(counts) => match self.taken(&asked.arguments, &class, method, counts, at)? {
                Some(taken) => taken,
                None => return Ok(None),
            },
            None => return self.dict_method_by_name(method, id, receiver, asked),
        };
        let mut taken = taken.into_iter();
        let Some(key) = taken.next() else {
            return self.dict_method_alone(method, id, receiver, at);
        };
        let default = taken.next();
        match method {
            "__getitem__" => {
                return match (self.get_item(&Value::Object(id), &key, at), receiver) {
                    (Err(thrown), Value::Object(of))
                        if *of != id && thrown.class == Some(self.known.key_error) =>
                    {
                        let class = self.class_of(receiver).unwrap_or(self.known.dict);
                        self.missing_item(receiver, class, &key, thrown, at)
                            .map(Some)
                    }
                    (found, _) => found.map(Some),
                };
            }
            "__setitem__" => {
                self.put_into(id, &key, default.unwrap_or(Value::None), at)?;
                return Ok(Some(Value::None));
            }
            "__delitem__" => {
                let is_done = self.delete_under(id, &key, at)?;
                return Ok(is_done.then_some(Value::None));
            }
            _ => {}
        }
        // Of an empty one nothing is hashed (`_PyDict_Pop_KnownHash`).
        let is_empty = method == "pop"
            && matches!(self.object(id), Object::Dict(it) if it.entries.is_empty() && !it.open);
        let (hashed, found) = if is_empty {
            (None, Found::Missing)
        } else {
            self.found_under(id, &key, at)?
        };
        Ok(match (method, found) {
            ("__contains__", Found::Value(_)) => Some(Value::Bool(true)),
            ("__contains__", Found::Missing) => Some(Value::Bool(false)),
            ("get" | "setdefault", Found::Value(value)) => Some(value),
            ("get", Found::Missing) => Some(default.unwrap_or(Value::None)),
            ("setdefault", Found::Missing) => {
                let value = default.unwrap_or(Value::None);
                match hashed {
                    // It is not hashed again.
                    Some(hashed @ Key::Hashed(..)) => {
                        if let Object::Dict(dict) = self.object_mut(id) {
                            dict.put(hashed, key, value.clone());
                        }
                        self.show_on_instance(id, at);
                    }
                    _ => self.put_into(id, &key, value.clone(), at)?,
                }
                Some(value)
            }
            ("pop", Found::Value(value)) => {
                self.note_gone(id, Some(&key));
                if let (Some(hashed), Object::Dict(dict)) = (hashed, self.object_mut(id)) {
                    dict.entries.shift_remove(&hashed);
                }
                self.show_on_instance(id, at);
                Some(value)
            }
            ("pop", Found::Missing) => match default {
                Some(default) => Some(default),
                None => return Err(self.key_error(&key, at)),
            },
            _ => None,
        })
    }

    /// Methods without arguments.
    fn dict_method_alone(
        &mut self,
        method: &str,
        id: ObjectId,
        receiver: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let of = receiver;
        Ok(Some(match method {
            "keys" => self.view_of(of, Part::Keys),
            "values" => self.view_of(of, Part::Values),
            "items" => self.view_of(of, Part::Items),
            "__iter__" => self.iterator_of(&Value::Object(id), at)?,
            "__reversed__" => {
                let source = self.source_of_entries(of, Part::Keys, true);
                self.iterator_object(source)
            }
            "__len__" => match self.length_of(&Value::Object(id), at)? {
                Some(length) => Value::Int(i64::try_from(length).unwrap_or(i64::MAX)),
                None => return Ok(None),
            },
            "clear" => {
                self.note_gone(id, None);
                if let Object::Dict(dict) = self.object_mut(id) {
                    *dict = Dict::default();
                }
                self.show_on_instance(id, at);
                Value::None
            }
            "copy" => return Ok(self.copy_of_mapping(receiver)),
            "popitem" => return self.pop_item(id, receiver, true, at),
            _ => return Ok(None),
        }))
    }

    /// `dict.popitem()`: the last entry, or the first.
    fn pop_item(
        &mut self,
        id: ObjectId,
        receiver: &Value,
        last: bool,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Object::Dict(dict) = self.object(id) else {
            return Ok(None);
        };
        if dict.open || dict.is_disordered() {
            return Ok(None);
        }
        let index = if last {
            dict.entries.len().wrapping_sub(1)
        } else {
            0
        };
        let Some((key, entry)) = dict.entries.get_index(index) else {
            let message = match self.class_name_of(receiver).as_str() {
                "OrderedDict" => "dictionary is empty",
                _ => "popitem(): dictionary is empty",
            };
            return Err(self.key_error(&Value::str(message), at));
        };
        let (key, entry) = (key.clone(), entry.clone());
        self.note_gone(id, Some(&entry.0));
        if let Object::Dict(dict) = self.object_mut(id) {
            dict.entries.shift_remove(&key);
        }
        self.show_on_instance(id, at);
        Ok(Some(Part::Items.of(entry)))
    }

    /// Methods that take keywords.
    fn dict_method_by_name(
        &mut self,
        method: &str,
        id: ObjectId,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let at = asked.at;
        match method {
            "update" | "__init__" => {
                let taken = asked.arguments.positional.get(1..).unwrap_or_default();
                if taken.len() > 1 && !asked.arguments.open_positional {
                    let message =
                        format!("{method} expected at most 1 argument, got {}", taken.len());
                    return Err(self.type_error(&message, at));
                }
                self.update_in_place(id, taken.first(), &asked.arguments, at)?;
                Ok(Some(Value::None))
            }
            "move_to_end" if self.class_name_of(receiver) != "dict" => {
                self.ordered_method(method, id, asked)
            }
            _ => Ok(None),
        }
    }

    /// What is given to `dict.update` goes in entry by entry; what went in before an error stays.
    pub(crate) fn update_in_place(
        &mut self,
        id: ObjectId,
        more: Option<&Value>,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<()> {
        let Object::Dict(dict) = self.object(id) else {
            return Ok(());
        };
        let mut dict = dict.clone();
        self.copies(dict.entries.len());
        let before = std::mem::take(&mut dict.replaced);
        let mut result = Ok(());
        if let Some(more) = more {
            result = self.updated(&mut dict, more, at);
        }
        if result.is_ok() {
            dict.replaced |= arguments.is_open() && !dict.entries.is_empty();
            for (name, value) in &arguments.keywords {
                dict.insert(Value::str(name), value.clone());
            }
            dict.open |= arguments.is_open();
        }
        if dict.replaced {
            self.may_replace(id, at);
        }
        dict.replaced |= before;
        self.note_changed_entries(id, &dict, at);
        if let Object::Dict(kept) = self.object_mut(id) {
            *kept = dict;
        }
        self.show_on_instance(id, at);
        result
    }

    /// `OrderedDict.move_to_end(key, last)`, `OrderedDict.popitem(last)`
    fn ordered_method(
        &mut self,
        method: &str,
        id: ObjectId,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let at = asked.at;
        let receiver = asked.first().cloned().unwrap_or(Value::None);
        let mut rest = asked.arguments.clone();
        rest.positional.remove(0);
        let (names, least): (&[&str], usize) = match method {
            "popitem" => (&["last"], 0),
            _ => (&["key", "last"], 1),
        };
        let Some(placed) = self.placed(&rest, method, names, least, at)? else {
            return Ok(None);
        };
        let last = match placed.last().cloned().flatten() {
            None => true,
            Some(last) => match self.decide(&last) {
                Some(last) => last,
                None => return Ok(None),
            },
        };
        if method == "popitem" {
            return self.pop_item(id, &receiver, last, at);
        }
        let key = placed.first().cloned().flatten().unwrap_or(Value::None);
        match self.found_under(id, &key, at)? {
            (Some(hashed), Found::Value(_)) => {
                if let Object::Dict(dict) = self.object_mut(id)
                    && let Some(index) = dict.entries.get_index_of(&hashed)
                {
                    let to = if last { dict.entries.len() - 1 } else { 0 };
                    dict.entries.move_index(index, to);
                }
                Ok(Some(Value::None))
            }
            (_, Found::Missing) => Err(self.key_error(&key, at)),
            _ => Ok(None),
        }
    }

    /// `dict.copy()`; an `OrderedDict` or `defaultdict` gives its like.
    pub(crate) fn copy_of_mapping(&mut self, value: &Value) -> Option<Value> {
        let Value::Object(id) = value else {
            return None;
        };
        let copy = match self.object(*id) {
            Object::Dict(dict) => Object::Dict(Dict {
                is_proxy: false,
                ..dict.clone()
            }),
            Object::Instance(instance) => {
                let mut copy = instance.clone();
                let known = ["OrderedDict", "defaultdict", "Counter"];
                let is_plain = self.classes.is_interpreters(copy.class)
                    && known
                        .iter()
                        .any(|it| self.is_library_class(copy.class, "collections", it));
                let inner = self.mapping_in(value).filter(|_| is_plain)?;
                let inner = self.object(inner).clone();
                copy.payload = Some(self.allocate(inner));
                Object::Instance(copy)
            }
            _ => return None,
        };
        Some(self.allocate(copy))
    }

    /// `dict.fromkeys(iterable, value)`, and of a class below `dict`.
    pub(crate) fn from_keys(
        &mut self,
        class: crate::semantics::ClassId,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let at = asked.at;
        if self.is_under(class, "collections", "Counter") {
            let message = "Counter.fromkeys() is undefined.  Use Counter(iterable) instead.";
            let kind = self.world.facts.class("builtins", "NotImplementedError");
            let kind = kind.unwrap_or(self.known.runtime_error);
            return Err(self.throw(kind, message.to_owned(), at));
        }
        let taken = if self.is_library_class(class, "collections", "OrderedDict") {
            let mut rest = asked.arguments.clone();
            rest.positional.remove(0);
            self.placed(&rest, "fromkeys", &["iterable", "value"], 1, at)?
                .map(|it| it.into_iter().flatten().collect())
        } else {
            self.taken(&asked.arguments, "dict", "fromkeys", (1, 2), at)?
        };
        let Some(taken): Option<Vec<Value>> = taken else {
            return Ok(None);
        };
        let mut taken = taken.into_iter();
        let keys = taken.next().unwrap_or(Value::None);
        let value = taken.next().unwrap_or(Value::None);
        let keys = self.items_in_any_order(&keys, at)?;
        let mut dict = Dict {
            open: keys.open,
            shuffled: keys.shuffled,
            ..Dict::default()
        };
        for key in keys.items {
            self.put_under(&mut dict, key, value.clone(), at)?;
        }
        let dict = self.allocate(Object::Dict(dict));
        if class == self.known.dict {
            return Ok(Some(dict));
        }
        if !self.classes.is_interpreters(class) {
            return Ok(None);
        }
        let mut instance = Instance::of(class);
        instance.payload = Some(dict);
        if self.is_library_class(class, "collections", "defaultdict") {
            let factory = Binding::new(Value::None, at);
            instance
                .names
                .insert(Name::const_new("default_factory"), factory);
        }
        Ok(Some(self.allocate(Object::Instance(instance))))
    }

    /// `dict op= value`
    pub(super) fn dict_inplace(
        &mut self,
        id: ObjectId,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<bool> {
        if matches!(self.object(id), Object::Dict(dict) if dict.view.is_some()) {
            return Ok(false);
        }
        self.update_in_place(id, Some(value), &Arguments::default(), at)?;
        Ok(true)
    }
}
