//! Displays of lists, tuples, sets and dicts, and the arguments of calls: what stands in them one by one, and what `*` and `**` bring in.

use crate::evaluate::machine::budget::MOST_HELD;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Dict, Object, ScopeId, Value};
use crate::source::Place;
use crate::syntax::{Expr, ExprKind};

/// From 3.10 on the compiler puts no more than this many values on the stack for one display (`STACK_USE_GUIDELINE`) …
const STACK_USE_GUIDELINE: usize = 30;
/// … and divides the entries of a dict into so many (`compiler_dict`).
const MOST_OF_DISPLAY: usize = STACK_USE_GUIDELINE / 2 + 2;

/// What stands in a display.
pub(super) struct Displayed {
    pub(super) values: Vec<Value>,
    /// How many of them stand before the first that is not known, where there is one.
    pub(super) known: Option<usize>,
}

impl Run<'_, '_> {
    /// The items of a display or of arguments in their order, up to where others stand that are not known; whether there are such.
    ///
    /// ```py
    /// [1, *unknown(), 2]      # begins with 1; where 2 stands nobody knows
    /// ```
    pub(crate) fn eval_items(
        &mut self,
        items: &[Expr],
        scope: ScopeId,
    ) -> Eval<(Vec<Value>, bool)> {
        let items = self.eval_all_items(items, scope)?;
        let mut values = items.values;
        if let Some(known) = items.known {
            values.truncate(known);
        }
        Ok((values, items.known.is_some()))
    }

    /// All items that are known, in whatever order they come to stand.
    pub(super) fn eval_all_items(&mut self, items: &[Expr], scope: ScopeId) -> Eval<Displayed> {
        let mut values = Vec::with_capacity(items.len());
        let mut known = None;
        for item in items {
            if let ExprKind::Starred(inner) = &item.kind {
                let value = self.eval(inner, scope)?;
                let at = self.place(scope, inner.start, inner.end);
                let spread = self.items_to_keep(&value, at)?;
                values.extend(spread.items);
                if spread.open {
                    known = known.or(Some(values.len()));
                }
            } else {
                values.push(self.eval(item, scope)?);
            }
            if values.len() > MOST_HELD {
                values.truncate(MOST_HELD);
                known = known.or(Some(MOST_HELD));
            }
        }
        Ok(Displayed { values, known })
    }

    /// `{**value}`: a mapping, and nothing else.
    fn spread_into(&mut self, dict: &mut Dict, value: &Value, at: Option<Place>) -> Eval<()> {
        let is_mapping = value.is_gap()
            || self.mapping_in(value).is_some()
            || self.class_of(value).is_none_or(|class| {
                !self.is_whole(class) || self.find_in_mro(class, "keys").is_some()
            });
        let mut result = Ok(());
        let is_asked = self.is_dispatched(value, value);
        if is_asked {
            result = self.merged_by_code(dict, value, at);
        }
        let is_mapping = match &result {
            Err(thrown) => thrown.class != Some(self.known.attribute_error),
            Ok(()) => is_asked || is_mapping,
        };
        if !is_mapping {
            let name = self.class_name_of(value);
            return Err(self.type_error(&format!("'{name}' object is not a mapping"), at));
        }
        if is_asked {
            return result;
        }
        self.updated(dict, value, at)
    }

    pub(super) fn eval_dict(&mut self, entries: &[(Option<Expr>, Expr)], scope: ScopeId) -> Eval {
        let mut dict = Dict::default();
        let mut rest = entries;
        // What may have replaced others.
        let mut given = None;
        while let Some((key, value)) = rest.first() {
            if key.is_none() {
                let at = self.place(scope, value.start, value.end);
                let value = self.eval(value, scope)?;
                self.spread_into(&mut dict, &value, at)?;
                rest = &rest[1..];
                if dict.replaced && given.is_none() {
                    given = at;
                }
                continue;
            }
            let keyed = rest.iter().take_while(|it| it.0.is_some()).count();
            let is_divided = self.is_at_least(10);
            let count = if is_divided {
                keyed.min(MOST_OF_DISPLAY)
            } else {
                keyed
            };
            let in_turn = is_divided && count * 2 > STACK_USE_GUIDELINE;
            self.put_displayed(&mut dict, &rest[..count], in_turn, scope)?;
            if let (true, None, Some((_, last))) = (dict.replaced, given, rest.get(count - 1)) {
                let first = rest[0].0.as_ref().unwrap_or(&rest[0].1);
                given = self.place(scope, first.start, last.end);
            }
            rest = &rest[count..];
        }
        dict.replaced &= given.is_none();
        let made = self.allocate(Object::Dict(dict));
        if let (Some(at), Value::Object(id)) = (given, &made) {
            self.may_replace(*id, Some(at));
        }
        Ok(made)
    }

    /// Some entries of a dict display: each key is hashed once all that stands beside it has been evaluated (`BUILD_MAP`), or in turn (`MAP_ADD`).
    fn put_displayed(
        &mut self,
        dict: &mut Dict,
        entries: &[(Option<Expr>, Expr)],
        in_turn: bool,
        scope: ScopeId,
    ) -> Eval<()> {
        let mut waiting = vec![];
        for (key, value) in entries {
            let Some(key) = key else {
                continue;
            };
            let at = self.place(scope, value.start, value.end);
            let key = self.eval(key, scope)?;
            let value = self.eval(value, scope)?;
            if in_turn {
                self.put_under(dict, key, value, at)?;
            } else {
                waiting.push((key, value, at));
            }
        }
        for (key, value, at) in waiting {
            self.put_under(dict, key, value, at)?;
        }
        Ok(())
    }
}
