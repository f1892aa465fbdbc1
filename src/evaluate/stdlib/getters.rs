//! `operator.attrgetter`, `itemgetter` and `methodcaller`: objects that look something up on what they are called with.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Dict, Instance, Object, ScopeId, Value};
use crate::source::Place;

/// Under which name such an object keeps its keywords: no program can ask for it.
const KEYWORDS: &str = "<keywords>";

impl Run<'_, '_> {
    /// Keeps what the getter was made with.
    pub(super) fn remember_getter(
        &mut self,
        getter: &mut Instance,
        arguments: &Arguments,
        at: Option<Place>,
    ) {
        getter.payload = Some(Value::tuple(arguments.positional.clone()));
        let keywords = arguments.keywords.iter();
        let keywords = keywords.map(|(name, value)| (Value::str(name), value.clone()));
        let keywords = self.allocate(Object::Dict(Dict::from_pairs(keywords)));
        getter
            .names
            .insert(Name::const_new(KEYWORDS), Binding::new(keywords, at));
    }

    /// Calls a getter of this kind with the object to look at.
    pub(super) fn call_getter(
        &mut self,
        kind: &str,
        getter: &Instance,
        arguments: &Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Option<Eval> {
        let Some(Value::Tuple(wanted)) = &getter.payload else {
            return None;
        };
        let [object] = arguments.positional.as_slice() else {
            return None;
        };
        if kind == "methodcaller" {
            let (Value::Str(name), rest) = wanted.split_first()? else {
                return None;
            };
            let keywords = getter.names.get(KEYWORDS)?.value.clone();
            let (keywords, _) = self.dict_entries(&keywords)?;
            let named = keywords.into_iter().filter_map(|(key, value)| match key {
                Value::Str(key) => Some((Name::from(&*key), value)),
                _ => None,
            });
            let mut arguments = Arguments::of(rest.to_vec());
            arguments.keywords = named.collect();
            let method = match self.get_attribute(object, &Name::from(&**name), at) {
                Ok(method) => method,
                Err(thrown) => return Some(Err(thrown)),
            };
            return Some(self.call(&method, arguments, at, scope));
        }
        let mut found = Vec::with_capacity(wanted.len());
        for what in wanted.iter() {
            let one = match (kind, what) {
                ("attrgetter", Value::Str(path)) => self.attribute_by_path(object, path, at),
                ("itemgetter", index) => self.get_item(object, index, at),
                _ => return None,
            };
            match one {
                Ok(one) => found.push(one),
                Err(thrown) => return Some(Err(thrown)),
            }
        }
        match found.len() {
            0 => None,
            1 => found.pop().map(Ok),
            _ => Some(Ok(Value::tuple(found))),
        }
    }
}
