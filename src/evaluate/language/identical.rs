//! `is`: whether two values are one object, as far as that can be told.

use std::sync::Arc;

use crate::evaluate::language::operators::is_constant;
use crate::evaluate::machine::identity::is_of_this_world;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::Value;

impl Run<'_, '_> {
    pub(super) fn identical(&mut self, left: &Value, right: &Value) -> Option<bool> {
        self.is_same(left, right)
            .or_else(|| self.is_same_object(left, right))
    }

    pub(super) fn is_same(&self, left: &Value, right: &Value) -> Option<bool> {
        if let Some(decided) = self.over_candidates(left, |run, it| run.is_same(it, right)) {
            return decided;
        }
        if let Some(decided) = self.over_candidates(right, |run, it| run.is_same(left, it)) {
            return decided;
        }
        Self::same_object(left, right)
    }

    /// Whether two values that are no gaps are one object. Of equal constants only those that are one by their making, or that the
    /// interpreter keeps one of, are known to be.
    pub(super) fn same_object(left: &Value, right: &Value) -> Option<bool> {
        let is_one = match (left, right) {
            (Value::Range(a), Value::Range(b)) => return Some(Arc::ptr_eq(a, b)),
            (Value::Str(a), Value::Str(b)) => {
                Arc::ptr_eq(a, b) || a.is_empty() || (a.len() == 1 && a.is_ascii())
            }
            (Value::Bytes(a), Value::Bytes(b)) => Arc::ptr_eq(a, b) || a.len() < 2,
            (Value::Tuple(a), Value::Tuple(b)) => Arc::ptr_eq(a, b) || a.is_empty(),
            (Value::Int(a), Value::Int(_)) => (-5..=256).contains(a) || is_of_this_world(*a),
            (Value::BigInt(a), Value::BigInt(b)) => Arc::ptr_eq(a, b),
            (Value::Method(a), Value::Method(b)) => Arc::ptr_eq(a, b),
            (Value::Float(_), Value::Float(_)) | (Value::Complex(..), Value::Complex(..)) => false,
            (one, other) if is_constant(one) && is_constant(other) => {
                let is_single =
                    |it: &Value| matches!(it, Value::None | Value::Ellipsis | Value::Bool(_));
                return Some(is_single(one) && is_single(other) && one.same(other));
            }
            (one, other) => return Some(one.same(other)),
        };
        match (is_one, left.same(right)) {
            (_, false) if !matches!(left, Value::Float(it) if it.is_nan()) => Some(false),
            (true, true) => Some(true),
            _ => None,
        }
    }
}
