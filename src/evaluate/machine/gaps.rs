//! Values of which not all is known: what is one of several things, and what comes of that.

use crate::evaluate::machine::run::{GapState, Run, shortened};
use crate::evaluate::machine::value::{GapId, Value};
use crate::semantics::{Gap, Why};
use crate::source::Place;

/// How many things a gap remembers that it may be.
const MOST_CANDIDATES: usize = 8;

impl Run<'_, '_> {
    /// The value that is one of two: itself where they are the same, else a gap that remembers both.
    pub(crate) fn either(
        &mut self,
        one: Value,
        other: Value,
        what: &str,
        at: Option<Place>,
    ) -> Value {
        if one.same(&other) {
            return one;
        }
        let class = self.exact_class(&one);
        let class = class.filter(|_| class == self.exact_class(&other));
        let truth = self.lasting_truth(&one);
        let mut state = GapState {
            is_one_of: true,
            class,
            truth: truth.filter(|_| truth == self.lasting_truth(&other)),
            ..GapState::of(Gap {
                why: Why::Undecided,
                what: shortened(what),
                at,
            })
        };
        for value in [one, other] {
            let known = match &value {
                Value::Gap(id) => {
                    let of = &self.gaps[id.0];
                    state.is_one_of &= of.is_one_of;
                    of.either.clone()
                }
                known => vec![known.clone()],
            };
            for candidate in known {
                if state.either.iter().any(|it: &Value| it.same(&candidate)) {
                    continue;
                }
                if state.either.len() == MOST_CANDIDATES {
                    state.is_one_of = false;
                    break;
                }
                state.either.push(candidate);
            }
        }
        Value::Gap(GapId(self.gaps.push(state)))
    }

    /// Whether a value is true, which it stays, as it cannot change.
    fn lasting_truth(&self, value: &Value) -> Option<bool> {
        match value {
            Value::Gap(id) => self.gaps[id.0].truth,
            Value::None
            | Value::Bool(_)
            | Value::Int(_)
            | Value::BigInt(_)
            | Value::Float(_)
            | Value::Str(_)
            | Value::Bytes(_)
            | Value::Tuple(_) => self.truth(value),
            _ => None,
        }
    }

    /// What comes of a gap, by a call, an operator, an item: as little known, and of what the gap itself may be nothing is left.
    pub(crate) fn beyond(&mut self, gap: &Value) -> Value {
        let Value::Gap(id) = gap else {
            return gap.clone();
        };
        self.started.lose();
        let state = &self.gaps[id.0];
        let is_nothing_else = state.class.is_none() && state.either.is_empty();
        if is_nothing_else && !self.names_out_of_view.contains_key(id) {
            return gap.clone();
        }
        let about = state.gap.clone();
        self.gap_of(about)
    }

    /// All that a value may be, where it is known to be one of some.
    pub(crate) fn candidates(&self, value: &Value) -> Option<&[Value]> {
        let Value::Gap(id) = value else { return None };
        let state = &self.gaps[id.0];
        (state.is_one_of && !state.either.is_empty()).then_some(state.either.as_slice())
    }
}
