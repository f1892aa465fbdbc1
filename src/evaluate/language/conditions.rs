//! Conditions, `and`, `or` and chains of comparisons: each operand is asked for its truth once, and none behind the one that decides.

use crate::evaluate::machine::gaps::GapState;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{GapId, ScopeId, Value};
use crate::source::Place;
use crate::syntax::{CompareOp, Expr, ExprKind, UnaryOp};

impl Run<'_, '_> {
    /// Whether a condition holds; none where that cannot be told. The compiler makes no value of `and`, `or` and `not` there
    /// (`compiler_jump_if`), so that what is false on either side of a decision is false.
    ///
    /// ```py
    /// if unknown() and False: ...  # never
    /// ```
    pub(crate) fn test(&mut self, expr: &Expr, scope: ScopeId) -> Eval<Option<bool>> {
        let is_made_of_others = match &expr.kind {
            ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Unary(UnaryOp::Not, _) => true,
            ExprKind::Compare(_, links) => links.len() > 1,
            _ => false,
        };
        if !is_made_of_others {
            let value = self.eval(expr, scope)?;
            let at = self.place(scope, expr.start, expr.end);
            return self.truth_of(&value, at);
        }
        if !self.step() {
            return Err(self.cut());
        }
        let at = self.place(scope, expr.start, expr.end);
        match &expr.kind {
            ExprKind::And(items) => self.test_items(items, false, at, scope),
            ExprKind::Or(items) => self.test_items(items, true, at, scope),
            ExprKind::Unary(_, inner) => Ok(self.test(inner, scope)?.map(|it| !it)),
            ExprKind::Compare(left, links) => {
                let left = self.eval(left, scope)?;
                self.test_links(&left, links, scope, at)
            }
            _ => Ok(None),
        }
    }

    fn test_items(
        &mut self,
        items: &[Expr],
        stop_at: bool,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Option<bool>> {
        let Some((item, rest)) = items.split_first() else {
            return Ok(Some(!stop_at));
        };
        match self.test(item, scope)? {
            Some(truth) if truth == stop_at => Ok(Some(stop_at)),
            truth if rest.is_empty() => Ok(truth),
            Some(_) => self.test_items(rest, stop_at, at, scope),
            None => self.either_value(
                at,
                |run| run.test_items(rest, stop_at, at, scope),
                |_| Ok(Some(stop_at)),
            ),
        }
    }

    fn test_links(
        &mut self,
        left: &Value,
        links: &[(CompareOp, Expr)],
        scope: ScopeId,
        at: Option<Place>,
    ) -> Eval<Option<bool>> {
        let Some(((op, right), rest)) = links.split_first() else {
            return Ok(Some(true));
        };
        let (right, result) = self.eval_link(left, *op, right, (scope, rest.is_empty()), at)?;
        match self.truth_of(&result, at)? {
            Some(false) => Ok(Some(false)),
            truth if rest.is_empty() => Ok(truth),
            Some(true) => self.test_links(&right, rest, scope, at),
            None => self.either_value(
                at,
                |run| run.test_links(&right, rest, scope, at),
                |_| Ok(Some(false)),
            ),
        }
    }

    /// One link of a comparison: its right side, and what comes of it. `name in thing.__dict__` is answered without a copy of what stands there.
    fn eval_link(
        &mut self,
        left: &Value,
        op: CompareOp,
        right: &Expr,
        (scope, is_last): (ScopeId, bool),
        at: Option<Place>,
    ) -> Eval<(Value, Value)> {
        let right = match (&right.kind, op) {
            (ExprKind::Attribute(of, name), CompareOp::In | CompareOp::NotIn)
                if is_last && name == "__dict__" =>
            {
                let value = self.eval(of, scope)?;
                if let Some(is_in) = self.is_own_name(left, &value) {
                    let result = Value::Bool(is_in == (op == CompareOp::In));
                    return Ok((Value::None, result));
                }
                self.eval_attribute(&value, of, name, right, scope)?
            }
            _ => self.eval(right, scope)?,
        };
        let result = self.compare(left, op, &right, at)?;
        Ok((right, result))
    }

    /// `a < b < c`: each link in turn, up to the first that is false (language reference 6.10).
    pub(super) fn eval_links(
        &mut self,
        left: &Value,
        links: &[(CompareOp, Expr)],
        scope: ScopeId,
        at: Option<Place>,
    ) -> Eval {
        let Some(((op, right), rest)) = links.split_first() else {
            return Ok(Value::Bool(true));
        };
        let (right, result) = self.eval_link(left, *op, right, (scope, rest.is_empty()), at)?;
        if rest.is_empty() {
            return Ok(result);
        }
        match self.truth_of(&result, at)? {
            Some(false) => Ok(result),
            Some(true) => self.eval_links(&right, rest, scope, at),
            None => {
                let stopped = self.known_to_be(&result, false);
                self.either_value(
                    at,
                    |run| run.eval_links(&right, rest, scope, at),
                    |_| Ok(stopped),
                )
            }
        }
    }

    /// `and` (which stops at false) and `or` (which stops at true).
    pub(super) fn eval_bool(
        &mut self,
        items: &[Expr],
        stop_at: bool,
        expr: &Expr,
        scope: ScopeId,
    ) -> Eval {
        let Some((item, rest)) = items.split_first() else {
            return Ok(Value::Bool(!stop_at));
        };
        let value = self.eval(item, scope)?;
        if rest.is_empty() {
            return Ok(value);
        }
        let at = self.place(scope, expr.start, expr.end);
        match self.truth_of(&value, at)? {
            Some(truth) if truth == stop_at => Ok(value),
            Some(_) => self.eval_bool(rest, stop_at, expr, scope),
            None => {
                let stopped = self.known_to_be(&value, stop_at);
                self.either_value(
                    at,
                    |run| run.eval_bool(rest, stop_at, expr, scope),
                    |_| Ok(stopped),
                )
            }
        }
    }

    /// What a value is where it is known to be true, or false: a comparison that is false is `False`.
    fn known_to_be(&mut self, value: &Value, truth: bool) -> Value {
        let Value::Gap(id) = value else {
            return value.clone();
        };
        let state = &self.gaps[id.0];
        let (class, about) = (state.class, state.gap.clone());
        if class == Some(self.known.bool_) {
            return Value::Bool(truth);
        }
        if !state.is_one_of {
            let known = &self.known;
            let cannot_change = [known.int, known.float, known.str_, known.bytes, known.tuple];
            return match class {
                Some(class) if cannot_change.contains(&class) => {
                    Value::Gap(GapId(self.gaps.push(GapState {
                        class: Some(class),
                        truth: Some(truth),
                        ..GapState::of(about)
                    })))
                }
                _ => value.clone(),
            };
        }
        let fitting: Vec<Value> = state.either.to_vec();
        let fitting: Vec<Value> = fitting
            .into_iter()
            .filter(|it| self.truth(it) != Some(!truth))
            .collect();
        let mut fitting = fitting.into_iter();
        let Some(first) = fitting.next() else {
            return value.clone();
        };
        fitting.fold(first, |one, other| {
            self.either(one, other, &about.what, about.at)
        })
    }
}
