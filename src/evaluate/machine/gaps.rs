//! Values of which not all is known: what is one of several things, and what comes of that.

use std::num::NonZeroU32;
use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{GapId, Value};
use crate::semantics::{ClassId, Gap, Why};
use crate::source::Place;

/// How many things a gap remembers that it may be.
const MOST_CANDIDATES: usize = 8;

/// A gap, and what the value is one of, where that is known.
#[derive(Debug)]
pub(crate) struct GapState {
    /// Shared by those of one place: a program has millions.
    pub gap: Arc<Gap>,
    /// Things it may be.
    pub either: Box<[Value]>,
    /// Whether it is one of these, and nothing else.
    pub is_one_of: bool,
    /// Its very class, where that is known.
    pub class: Option<ClassId>,
    /// Whether it is true, where that is known of something that cannot change.
    pub truth: Option<bool>,
    /// One more than the least that a whole number may be.
    pub above: Option<NonZeroU32>,
}

impl GapState {
    /// Of which nothing is known.
    pub(crate) fn of(gap: Arc<Gap>) -> Self {
        Self {
            gap,
            either: Box::default(),
            is_one_of: false,
            class: None,
            truth: None,
            above: None,
        }
    }

    /// Notes the least that a whole number may be.
    pub(crate) fn set_least(&mut self, least: usize) {
        let above = u32::try_from(least).ok().and_then(|it| it.checked_add(1));
        self.above = above.and_then(NonZeroU32::new);
    }

    /// The least that a whole number may be.
    pub(crate) fn at_least(&self) -> Option<i64> {
        self.above.map(|it| i64::from(it.get()) - 1)
    }
}

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
        let about = self.shared(Gap {
            why: Why::Undecided,
            what: shortened(what),
            at,
        });
        let mut state = GapState {
            is_one_of: true,
            class,
            truth: truth.filter(|_| truth == self.lasting_truth(&other)),
            ..GapState::of(about)
        };
        let mut either: Vec<Value> = vec![];
        let mut gaps = vec![];
        for value in [one, other] {
            let known = match &value {
                Value::Gap(id) => {
                    gaps.push(*id);
                    let of = &self.gaps[id.0];
                    state.is_one_of &= of.is_one_of;
                    of.either.to_vec()
                }
                known => vec![known.clone()],
            };
            for candidate in known {
                if either.iter().any(|it| it.same(&candidate)) {
                    continue;
                }
                if either.len() == MOST_CANDIDATES {
                    state.is_one_of = false;
                    break;
                }
                either.push(candidate);
            }
        }
        state.either = either.into();
        let made = Value::Gap(GapId(self.gaps.push(state)));
        for gap in gaps {
            self.note_taken_like(&made, gap);
        }
        made
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
        self.unknowns += 1;
        let made = Value::Gap(GapId(self.gaps.push(GapState::of(about))));
        self.note_taken_like(&made, *id);
        made
    }

    /// The same of a call that hands something over: its result may be that.
    pub(crate) fn beyond_call(&mut self, callee: &Value, arguments: &Arguments) -> Value {
        let result = self.beyond(callee);
        let (true, Value::Gap(id)) = (self.hands_any(arguments), &result) else {
            return result;
        };
        let about = self.gaps[id.0].gap.clone();
        let made = Value::Gap(GapId(self.gaps.push(GapState::of(about))));
        self.note_taken_like(&made, *id);
        self.note_handed_to(&made, arguments, &[]);
        made
    }

    /// What is said of a gap, shared with all of which the same is said.
    pub(crate) fn shared(&mut self, gap: Gap) -> Arc<Gap> {
        if let Some(known) = self.told_of.get(&gap) {
            return known.clone();
        }
        let gap = Arc::new(gap);
        self.told_of.insert(gap.clone());
        gap
    }

    /// All that a value may be, where it is known to be one of some.
    pub(crate) fn candidates(&self, value: &Value) -> Option<&[Value]> {
        let Value::Gap(id) = value else { return None };
        let state = &self.gaps[id.0];
        (state.is_one_of && !state.either.is_empty()).then_some(&*state.either)
    }
}

/// A text short enough to name a gap.
pub(super) fn shortened(text: &str) -> Name {
    let line = text.lines().next().unwrap_or("");
    if line.chars().count() <= 60 && line.len() == text.len() {
        return Name::from(line);
    }
    let mut short: String = line.chars().take(59).collect();
    short.push('…');
    Name::from(short)
}
