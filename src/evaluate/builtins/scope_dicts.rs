//! Dicts that show the names of a scope: what `globals()`, `locals()` and `vars(module)` give.

use crate::Name;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Dict, Object, Part, ScopeId, Value};
use crate::semantics::Why;
use crate::source::Place;

impl Run<'_, '_> {
    /// A method of a dict that shows the names of a scope: `globals().update(…)`, `vars(module).items()`.
    pub(super) fn scope_method(
        &mut self,
        method: &str,
        view: ScopeId,
        receiver: &Value,
        first: Option<Value>,
        default: Option<Value>,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        Ok(match (method, first) {
            ("get" | "pop" | "setdefault", Some(Value::Str(name))) => {
                let binding = self.scope(view).names.get(&*name).cloned();
                let is_perhaps = binding.as_ref().is_some_and(|it| it.maybe.is_some());
                let mut found = binding.map(|it| it.value);
                if is_perhaps && let Some(value) = found {
                    let missing = match (method, &default) {
                        ("pop", None) => self.gap_for(asked.at, Why::Undecided),
                        (_, default) => default.clone().unwrap_or(Value::None),
                    };
                    let either = self.either(value, missing, &name, asked.at);
                    if method == "setdefault" {
                        self.bind(view, &Name::from(&*name), either.clone(), asked.at);
                    }
                    found = Some(either);
                }
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
                if self.enum_bodies.contains_key(&view) && self.is_at_least(11) {
                    return self.update_enum_body(view, first, asked).map(Some);
                }
                let mut dict = Dict::default();
                if let Some(more) = first {
                    self.updated(&mut dict, &more, asked.at)?;
                }
                for (name, value) in &asked.arguments.keywords {
                    dict.insert(Value::str(name), value.clone());
                }
                for (key, value) in dict.entries.into_values() {
                    if let Value::Str(name) = key {
                        self.bind(view, &Name::from(&*name), value, asked.at);
                    }
                }
                if dict.open {
                    self.open_view(view, asked.at);
                }
                Some(Value::None)
            }
            ("items", None) => Some(self.view_of(receiver, Part::Items)),
            ("keys", None) => Some(self.view_of(receiver, Part::Keys)),
            ("values", None) => Some(self.view_of(receiver, Part::Values)),
            ("copy", None) => {
                let (entries, open) = self.dict_entries(receiver).unwrap_or_default();
                let mut dict = Dict::from_pairs(entries);
                dict.open |= open;
                Some(self.allocate(Object::Dict(dict)))
            }
            _ => None,
        })
    }

    /// `vars()[name] = value`: the body of an enumeration enters it in its book (`EnumDict.__setitem__`).
    pub(crate) fn bind_shown(
        &mut self,
        view: ScopeId,
        name: &Name,
        value: Value,
        at: Option<Place>,
    ) {
        let value = if self.enum_bodies.contains_key(&view) {
            self.note_enum_name(view, name, value, at)
        } else {
            value
        };
        self.bind(view, name, value, at);
    }

    /// `EnumDict.update(members, **more_members)`: since 3.11 each is entered as if the body had bound it.
    ///
    /// ```py
    /// class Color(Enum):
    ///     vars().update({"RED": 1}, RED=2)  # TypeError: 'RED' already defined as 1
    /// ```
    fn update_enum_body(
        &mut self,
        view: ScopeId,
        members: Option<Value>,
        asked: &Asked<'_>,
    ) -> Eval {
        let at = asked.at;
        let Some(members) = members else {
            let kind = if self.is_at_least(13) {
                "EnumDict"
            } else {
                "_EnumDict"
            };
            let message =
                format!("{kind}.update() missing 1 required positional argument: 'members'");
            return Err(self.type_error(&message, at));
        };
        let (mut entries, mut open) = (vec![], asked.arguments.is_open());
        if let Some((known, is_open)) = self.dict_entries(&members) {
            entries = known;
            open |= is_open;
        } else {
            let pairs = self.items_of(&members, at)?;
            open |= pairs.open || pairs.shuffled;
            for pair in pairs.items {
                let pair = self.items_of(&pair, at)?;
                match <[Value; 2]>::try_from(pair.items) {
                    Ok([name, value]) if !pair.open => entries.push((name, value)),
                    _ => open = true,
                }
            }
        }
        let more = asked.arguments.keywords.iter();
        entries.extend(more.map(|(name, value)| (Value::str(name), value.clone())));
        if open && let Some(book) = self.enum_bodies.get_mut(&view) {
            book.open = true;
        }
        for (name, value) in entries {
            if let Value::Str(name) = name {
                self.bind_shown(view, &Name::from(&*name), value, at);
            }
        }
        if open {
            self.open_view(view, at);
        }
        Ok(Value::None)
    }
}
