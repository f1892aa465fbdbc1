//! Views of dicts: `keys`, `values` and `items` show what the dict holds at any time, and two of them are like sets.

use crate::evaluate::language::iteration::Items;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, Part, Value};
use crate::semantics::ClassId;
use crate::source::Place;

impl Run<'_, '_> {
    /// `type(dict.keys())`, where the dict is none of a class with views of its own.
    pub(crate) fn class_of_view(&self, of: &Value, part: Part) -> Option<ClassId> {
        let is_ordered = self
            .class_of(of)
            .is_some_and(|it| self.is_under(it, "collections", "OrderedDict"))
            || self.first_of_chain(of).is_some();
        let name = match part {
            _ if is_ordered => return None,
            Part::Keys => "dict_keys",
            Part::Values => "dict_values",
            Part::Items => "dict_items",
        };
        self.world.facts.class("builtins", name)
    }

    /// A view is true where it holds something.
    pub(crate) fn truth_of_view(&self, of: &Value) -> Option<bool> {
        let dict = self.mapping_in(of)?;
        self.truth(&Value::Object(dict))
    }

    /// A view of this part of a dict.
    pub(crate) fn view_of(&mut self, of: &Value, part: Part) -> Value {
        self.allocate(Object::View {
            of: of.clone(),
            part,
        })
    }

    /// `item in view`
    pub(crate) fn found_in_view(
        &mut self,
        of: &Value,
        part: Part,
        item: &Value,
        at: Option<Place>,
    ) -> Eval<Option<bool>> {
        let Some(dict) = self.mapping_in(of) else {
            return Ok(None);
        };
        let dict = Value::Object(dict);
        match part {
            Part::Keys => {
                if !self.is_hashed_by_code(item) {
                    self.hashed(item, at)?;
                }
                Ok(self.contains(&dict, item))
            }
            Part::Items => {
                let Value::Tuple(pair) = self.plain(item) else {
                    return Ok((!item.is_gap()).then_some(false));
                };
                let [key, value] = &*pair else {
                    return Ok(Some(false));
                };
                if !self.is_hashed_by_code(key) && self.hashed(key, at)?.is_none() {
                    return Ok(None);
                }
                match self.contains(&dict, key) {
                    Some(true) => {
                        let there = self.get_item(&dict, key, at)?;
                        Ok(self.is_or_equals(&there, value))
                    }
                    other => Ok(other),
                }
            }
            Part::Values => {
                let view = self.view_of(of, part);
                let values = self.items_in_any_order(&view, at)?;
                let mut undecided = values.open;
                for it in values.items {
                    match self.is_or_equals(&it, item) {
                        Some(true) => return Ok(Some(true)),
                        Some(false) => {}
                        None => undecided = true,
                    }
                }
                Ok((!undecided).then_some(false))
            }
        }
    }

    /// A method of a view.
    pub(super) fn view_method(
        &mut self,
        method: &str,
        view: &Value,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        match method {
            "isdisjoint" => {
                let Some(taken) = self.taken(arguments, "dict_keys", method, (1, 1), at)? else {
                    return Ok(None);
                };
                let other = taken.first().cloned().unwrap_or(Value::None);
                let Items { items, open, .. } = self.items_in_any_order(&other, at)?;
                let mut undecided = open;
                for item in items {
                    match self.found_in(view, &item, at)? {
                        Some(true) => return Ok(Some(Value::Bool(false))),
                        Some(false) => {}
                        None => undecided = true,
                    }
                }
                Ok((!undecided).then_some(Value::Bool(true)))
            }
            _ => Ok(None),
        }
    }
}
