//! `functools.reduce` and `sum`: one value out of many.

use crate::evaluate::language::iteration::Items;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::Value;
use crate::syntax::BinaryOp;

impl Run<'_, '_> {
    /// `reduce(function, iterable, initial)`
    pub(super) fn reduced(&mut self, asked: &Asked<'_>) -> Eval<Option<Value>> {
        let (function, iterable, initial) = match asked.arguments.positional.as_slice() {
            [function, iterable] => (function.clone(), iterable.clone(), None),
            [function, iterable, initial] => {
                (function.clone(), iterable.clone(), Some(initial.clone()))
            }
            _ => return Ok(None),
        };
        if asked.arguments.is_open() {
            return Ok(None);
        }
        let items = self.items_of(&iterable, asked.at)?;
        if items.open {
            return Ok(None);
        }
        let mut items = items.items.into_iter();
        let Some(mut result) = initial.or_else(|| items.next()) else {
            let message = String::from("reduce() of empty iterable with no initial value");
            return Err(self.throw(self.known.type_error, message, asked.at));
        };
        for item in items {
            if !self.round() {
                return Ok(None);
            }
            let arguments = Arguments::of(vec![result, item]);
            result = self.call(&function, arguments, asked.at, asked.scope)?;
        }
        Ok(Some(result))
    }

    /// `sum(iterable, start)`
    pub(crate) fn summed(&mut self, asked: &Asked<'_>) -> Eval<Option<Value>> {
        let names = ["", "start"];
        let Some(given) = self.placed(&asked.arguments, "sum", &names, 1, asked.at)? else {
            return Ok(None);
        };
        let iterable = given.into_iter().flatten().next().unwrap_or(Value::None);
        let Items {
            items,
            open,
            shuffled,
        } = self.items_in_any_order(&iterable, asked.at)?;
        // Numbers that are whole are the same in any order.
        let open = open || shuffled && !items.iter().all(|it| matches!(it, Value::Int(_)));
        let mut result = match asked.arguments.get(1, "start") {
            Some(start) => start.clone(),
            None => Value::Int(0),
        };
        // Since 3.12 floats are added with less loss than `+` has.
        if open || items.iter().any(|it| matches!(it, Value::Float(_))) {
            return Ok(None);
        }
        for item in items {
            if !self.round() {
                return Ok(None);
            }
            result = self.binary(&result, BinaryOp::Add, &item, asked.at)?;
        }
        Ok(Some(result))
    }
}
