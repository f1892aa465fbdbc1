//! `collections.ChainMap`: what is looked up in several mappings and written to the first.

use crate::Name;
use crate::evaluate::builtins::dicts::Found;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Dict, Instance, Object, ObjectId, Part, Value};
use crate::semantics::ClassId;
use crate::source::Place;

const MAPS: &str = "maps";

impl Run<'_, '_> {
    /// `ChainMap(*maps)`
    pub(super) fn new_chain_map(&mut self, class: ClassId, maps: Vec<Value>) -> Value {
        let maps = if maps.is_empty() {
            vec![self.allocate(Object::Dict(Dict::default()))]
        } else {
            maps
        };
        let maps = self.list(maps);
        let mut instance = Instance::of(class);
        instance
            .names
            .insert(Name::const_new(MAPS), Binding::new(maps, None));
        self.allocate(Object::Instance(instance))
    }

    /// The mappings of a `ChainMap`; none for anything else.
    fn maps_of(&self, value: &Value) -> Option<Vec<Value>> {
        let Value::Object(id) = value else {
            return None;
        };
        let Object::Instance(instance) = self.object(*id) else {
            return None;
        };
        if !self.is_library_class(instance.class, "collections", "ChainMap") {
            return None;
        }
        match &instance.names.get(MAPS)?.value {
            Value::Object(list) => match self.object(*list) {
                Object::List { items, open: false } => Some(items.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// What a `ChainMap` shows: the keys of the last mapping first, each with what the first that has it says (`ChainMap.__iter__`).
    pub(crate) fn chained(&self, value: &Value) -> Option<Dict> {
        let maps = self.maps_of(value)?;
        let mut all = Dict::default();
        for map in maps.iter().rev() {
            let Object::Dict(dict) = self.object(self.mapping_in(map)?) else {
                return None;
            };
            if dict.view.is_some() {
                return None;
            }
            all.ordered_as(dict);
            for (hashed, (key, item)) in &dict.entries {
                all.put(hashed.clone(), key.clone(), item.clone());
            }
            all.open |= dict.open;
        }
        Some(all)
    }

    /// `chain_map[key]`
    pub(crate) fn item_of_chain(
        &mut self,
        chain: &Value,
        key: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Some(maps) = self.maps_of(chain) else {
            return Ok(None);
        };
        for map in maps {
            let Some(inner) = self.mapping_in(&map) else {
                return Ok(None);
            };
            match self.found_under(inner, key, at)?.1 {
                Found::Value(value) => return Ok(Some(value)),
                Found::Unknown => return Ok(None),
                Found::Missing if inner_is_plain(&map, inner) => {}
                // A `defaultdict` makes what it lacks.
                Found::Missing => match self.get_item(&map, key, at) {
                    Ok(value) => return Ok(Some(value)),
                    Err(thrown) if thrown.class == Some(self.known.key_error) => {}
                    Err(thrown) => return Err(thrown),
                },
            }
        }
        Err(self.key_error(key, at))
    }

    /// The first mapping of a `ChainMap`, which takes what is written.
    pub(crate) fn first_of_chain(&self, chain: &Value) -> Option<Value> {
        self.maps_of(chain)?.into_iter().next()
    }

    /// A method of a `ChainMap`.
    pub(super) fn chain_map_method(
        &mut self,
        method: &str,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let at = asked.at;
        let Some(maps) = self.maps_of(receiver) else {
            return Ok(None);
        };
        let taken = asked.arguments.positional.get(1..).unwrap_or_default();
        if asked.arguments.is_open() {
            return Ok(None);
        }
        let by_name = !asked.arguments.keywords.is_empty();
        Ok(match (method, taken) {
            ("keys", []) => Some(self.view_of(receiver, Part::Keys)),
            ("values", []) => Some(self.view_of(receiver, Part::Values)),
            ("items", []) => Some(self.view_of(receiver, Part::Items)),
            ("get", [key, rest @ ..]) if rest.len() < 2 && !by_name => {
                match self.item_of_chain(receiver, key, at) {
                    Ok(value) => value,
                    Err(thrown) if thrown.class == Some(self.known.key_error) => {
                        Some(rest.first().cloned().unwrap_or(Value::None))
                    }
                    Err(thrown) => return Err(thrown),
                }
            }
            ("new_child", [] | [_]) if !by_name => {
                let first = match taken.first() {
                    None | Some(Value::None) => self.allocate(Object::Dict(Dict::default())),
                    Some(map) => map.clone(),
                };
                let class = self.class_of(receiver);
                let all = std::iter::once(first).chain(maps).collect();
                class.map(|class| self.new_chain_map(class, all))
            }
            ("copy" | "__copy__", []) => {
                let mut maps = maps.into_iter();
                let first = maps.next().and_then(|it| self.copy_of_mapping(&it));
                let class = self.class_of(receiver);
                first.zip(class).map(|(first, class)| {
                    let all = std::iter::once(first).chain(maps).collect();
                    self.new_chain_map(class, all)
                })
            }
            ("update", _) => {
                let Some(inner) = maps.first().and_then(|it| self.mapping_in(it)) else {
                    return Ok(None);
                };
                self.update_in_place(inner, taken.first(), &asked.arguments, at)?;
                Some(Value::None)
            }
            ("clear" | "popitem", []) | ("pop", [_] | [_, _]) => {
                let Some(first) = maps.first().cloned() else {
                    return Ok(None);
                };
                let function = Name::from(method);
                let function = self.get_attribute(&first, &function, at)?;
                let arguments = crate::evaluate::machine::arguments::Arguments::of(taken.to_vec());
                Some(self.call(&function, arguments, at, asked.scope)?)
            }
            _ => None,
        })
    }
}

/// Whether a mapping is the dict itself.
fn inner_is_plain(map: &Value, inner: ObjectId) -> bool {
    matches!(map, Value::Object(id) if *id == inner)
}
