//! `range`: how one is made, and its methods.

use std::sync::Arc;

use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Range, Value};
use crate::source::Place;

impl Run<'_, '_> {
    /// `range(stop)`, `range(start, stop, step)`
    pub(crate) fn new_range(
        &mut self,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Some(given) = self.placed(arguments, "range", &["", "", ""], 1, at)? else {
            return Ok(None);
        };
        let mut numbers = vec![];
        for value in given.iter().flatten() {
            match self.index_of(value, at)? {
                Some(number) if number > i64::MIN && number < i64::MAX => numbers.push(number),
                _ => return Ok(None),
            }
        }
        let range = match numbers.as_slice() {
            [stop] => Range {
                start: 0,
                stop: *stop,
                step: 1,
            },
            [start, stop] => Range {
                start: *start,
                stop: *stop,
                step: 1,
            },
            [_, _, 0] => {
                let message = String::from("range() arg 3 must not be zero");
                return Err(self.throw(self.known.value_error, message, at));
            }
            [start, stop, step] => Range {
                start: *start,
                stop: *stop,
                step: *step,
            },
            _ => return Ok(None),
        };
        Ok(Some(Value::Range(Arc::new(range))))
    }

    /// `slice(stop)`, `slice(start, stop, step)`
    pub(crate) fn new_slice(
        &mut self,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Some(given) = self.placed(arguments, "slice", &["", "", ""], 1, at)? else {
            return Ok(None);
        };
        let part = |index: usize| given.get(index).cloned().flatten().unwrap_or(Value::None);
        let parts = match arguments.positional.len() {
            1 => [Value::None, part(0), Value::None],
            _ => [part(0), part(1), part(2)],
        };
        Ok(Some(Value::Slice(Arc::new(parts))))
    }

    /// A method of `range`.
    pub(super) fn range_method(
        &mut self,
        method: &str,
        range: &Range,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let ("count" | "index") = method else {
            return Ok(None);
        };
        let Some(taken) = self.taken(arguments, "range", method, (1, 1), at)? else {
            return Ok(None);
        };
        let wanted = taken.first().cloned().unwrap_or(Value::None);
        let Some(place) = self.place_in_range(range, &wanted) else {
            return Ok(None);
        };
        Ok(Some(match (method, place) {
            ("count", place) => Value::Int(i64::from(place.is_some())),
            (_, Some(place)) => Value::Int(i64::try_from(place).unwrap_or(i64::MAX)),
            (_, None) => {
                let shown = self.exact_repr(&wanted);
                let message = match (shown, wanted) {
                    (Some(shown), Value::Int(_) | Value::Bool(_)) => {
                        format!("{shown} is not in range")
                    }
                    _ => String::from("sequence.index(x): x not in sequence"),
                };
                return Err(self.throw(self.known.value_error, message, at));
            }
        }))
    }

    /// Where a value stands in a range, or that it does not; none where that cannot be told.
    #[expect(
        clippy::option_option,
        reason = "not there and not known are two things"
    )]
    pub(crate) fn place_in_range(&self, range: &Range, wanted: &Value) -> Option<Option<u64>> {
        match self.plain(wanted) {
            Value::Int(number) => Some(range.place(number)),
            Value::Bool(it) => Some(range.place(i64::from(it))),
            #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
            Value::Float(it) if it.fract() == 0.0 && it.abs() < 1e15 => {
                Some(range.place(it as i64))
            }
            Value::Object(_) | Value::Gap(_) | Value::BigInt(_) => None,
            _ => Some(None),
        }
    }
}
