//! `item in container`.

use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, Value};

impl Run<'_, '_> {
    /// Whether a container has an item; none where that is not known.
    pub(crate) fn contains(&mut self, container: &Value, item: &Value) -> Option<bool> {
        if let (Value::Str(text), Value::Str(part)) = (&self.plain(container), &self.plain(item)) {
            return Some(text.contains(&**part));
        }
        if let Value::Object(id) = container {
            match self.object(*id) {
                Object::Dict(dict) => {
                    if let Some(view) = dict.view {
                        let Value::Str(name) = item else { return None };
                        let found = self.scope(view).names.get(&**name);
                        return match found {
                            Some(binding) if binding.maybe.is_some() => None,
                            found => Some(found.is_some()),
                        };
                    }
                    let Some(key) = self.known_key(item) else {
                        let keys = dict.entries.values().map(|it| it.0.clone());
                        let (keys, open) = (keys.collect(), dict.open);
                        return self.is_among(keys, open, item);
                    };
                    let has = dict.entries.contains_key(&key);
                    return if has || !dict.open { Some(has) } else { None };
                }
                Object::Set { items, open, .. } => {
                    let key = self.known_key(item);
                    let has = key.as_ref().is_some_and(|it| items.contains_key(it));
                    if key.is_none() || !has && self.is_equal_by_code(item) {
                        // Whoever is equal has the same hash.
                        let (items, open) = (items.values().cloned().collect::<Vec<_>>(), *open);
                        return self.is_among(items, open, item);
                    }
                    return if has || !open { Some(has) } else { None };
                }
                Object::Instance(_) if self.is_environ(container) && self.lacks_variable(item) => {
                    return Some(false);
                }
                Object::Instance(_) | Object::Function(_)
                    if self.table_name_of(container) == Some(("sys", "modules")) =>
                {
                    let Value::Str(name) = item else { return None };
                    return self.loaded.contains_key(&**name).then_some(true);
                }
                Object::Instance(instance) => {
                    let (class, payload) = (instance.class, instance.payload.clone());
                    if self.user_defines(class, "__contains__") {
                        let method = self.special_method(container, class, "__contains__")?;
                        let (arguments, scope) =
                            (Arguments::of(vec![item.clone()]), self.any_scope());
                        let answer = self.call(&method, arguments, None, scope).ok()?;
                        return self.truth(&answer);
                    }
                    if let Some(inner @ Value::Object(_)) = payload
                        && !self.user_defines(class, "__iter__")
                    {
                        return self.contains(&inner, item);
                    }
                }
                _ => {}
            }
        }
        self.found_in(container, item, None).ok().flatten()
    }

    fn is_among(&mut self, items: Vec<Value>, open: bool, item: &Value) -> Option<bool> {
        let mut undecided = open;
        for it in items {
            match self.is_or_equals(&it, item) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => undecided = true,
            }
        }
        if undecided { None } else { Some(false) }
    }
}
