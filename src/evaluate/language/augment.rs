//! Augmented assignment and the operators of one operand: the target is evaluated once, then the value, and what the operator gives is stored to that very target
//! (language reference 7.2.1).

use crate::Name;
use crate::evaluate::language::dispatch::{Asked, Operator};
use crate::evaluate::language::operator_names::sign_of;
use crate::evaluate::language::operators::is_constant;
use crate::evaluate::language::special::Special;
use crate::evaluate::language::statements::flow;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{ScopeId, Value};
use crate::evaluate::scalar::{negated, whole};
use crate::semantics::Why;
use crate::source::Place;
use crate::syntax::{BinaryOp, Expr, ExprKind, Stmt, UnaryOp};

impl Run<'_, '_> {
    /// `target op= value`
    ///
    /// ```py
    /// d[key()] += 1       # key() is called once
    /// n += bump()         # n is read first
    /// t[0] += [2]         # of a tuple: the list in it is longer, and then a TypeError
    /// ```
    pub(super) fn exec_augment(
        &mut self,
        target: &Expr,
        op: BinaryOp,
        value: &Expr,
        scope: ScopeId,
        stmt: &Stmt,
    ) -> Flow {
        let at = self.place(scope, stmt.start, stmt.end);
        let here = self.place(scope, target.start, target.end);
        match &target.kind {
            ExprKind::Attribute(of, name) => {
                let of = flow!(self.eval(of, scope));
                let name = self.mangled(name, scope).into_owned();
                let old = flow!(self.get_attribute(&of, &name, here));
                let value = flow!(self.eval(value, scope));
                let new = self.augmented(&old, op, &value, at);
                let new = flow!(self.or_raises(new, at));
                flow!(self.set_attribute(&of, &name, new, at));
            }
            ExprKind::Subscript(pair) if !matches!(pair.1.kind, ExprKind::Slice(_)) => {
                let of = flow!(self.eval(&pair.0, scope));
                let index = flow!(self.eval(&pair.1, scope));
                let old = flow!(self.get_item(&of, &index, here));
                let value = flow!(self.eval(value, scope));
                let new = self.augmented(&old, op, &value, at);
                let new = flow!(self.or_raises(new, at));
                if let Value::Tuple(_) | Value::Str(_) | Value::Bytes(_) = of {
                    let kind = self.type_name(&of);
                    let message = format!("'{kind}' object does not support item assignment");
                    return Flow::Raise(self.throw(self.known.type_error, message, at));
                }
                flow!(self.set_item(&of, &index, new, at));
            }
            // A slice is worked out once, too: but what its bounds do is only seen where they are no names.
            _ => {
                let old = flow!(self.eval(target, scope));
                let value = flow!(self.eval(value, scope));
                let new = self.augmented(&old, op, &value, at);
                let new = flow!(self.or_raises(new, at));
                flow!(self.assign(target, new, scope, at));
            }
        }
        Flow::Next
    }

    /// `target op= value`, where the target is `old`: in place where its class can, else by the operator (language reference 7.2.1).
    pub(crate) fn augmented(
        &mut self,
        old: &Value,
        op: BinaryOp,
        value: &Value,
        at: Option<Place>,
    ) -> Eval {
        if old.is_gap() {
            if self.has_sides(&[old, value])
                && let Some(each) =
                    self.each_side(old, at, |run, old| run.augmented(old, op, value, at))
            {
                return each;
            }
            let method = Name::const_new(in_place_name(op));
            self.method_of_something(old, Some(&method), at);
            return self.operated(old, op, value, true, at);
        }
        if is_constant(old) {
            return self.operated(old, op, value, true, at);
        }
        let name = in_place_name(op);
        let Some(class) = self.class_of(old) else {
            return Ok(self.gap_for(at, Why::NotFollowed));
        };
        if let Some((_, Some(_))) = self.find_in_mro(class, name) {
            match self.special_of(old, class, name)? {
                Special::Code(method) => {
                    match self.call_method(&method, vec![value.clone()], at)? {
                        // Until 3.9 what has `__ipow__` is not asked for `__pow__` (`PyNumber_InPlacePower`).
                        Value::NotImplemented
                            if op == BinaryOp::Pow
                                && !self.is_at_least(10)
                                && self.is_of_known_type(old)
                                && self.is_of_known_type(value) =>
                        {
                            return Err(self.unsupported(old, op, value, true, at));
                        }
                        Value::NotImplemented => {}
                        answer => return Ok(answer),
                    }
                }
                _ => return Ok(self.gap_for(at, Why::NotFollowed)),
            }
            return self.operated(old, op, value, true, at);
        }
        // `list` and `deque` have it in the place of sequences, which comes after the methods of numbers.
        let is_sequence =
            matches!(op, BinaryOp::Add | BinaryOp::Mul) && self.find_in_mro(class, name).is_some();
        // Of a class below `list`, `+=` is in the place of numbers as well (`update_one_slot`: both have the same wrapper).
        let is_first = op == BinaryOp::Add && !self.classes.is_interpreters(class);
        if is_sequence && !is_first && self.is_dispatched(old, value) {
            match self.asked_of_both(old, Operator::of(op), value, at)? {
                Asked::Gives(value) => return Ok(value),
                Asked::Unknown => return Ok(self.gap_for(at, Why::NotFollowed)),
                Asked::NotImplemented => {}
            }
            // `sequence_repeat`
            if op == BinaryOp::Mul && !is_constant(value) {
                if !self.has_special(value, "__index__") {
                    let of = self.type_name(value);
                    let message = format!("can't multiply sequence by non-int of type '{of}'");
                    return Err(self.type_error(&message, at));
                }
                let times = self.whole_index(value);
                if let Some(times) = self.settled(times, at)?
                    && let Some(done) = self.inplace_builtin(old, op, &Value::whole(times), at)?
                {
                    return Ok(done);
                }
                return Ok(self.gap_for(at, Why::NotFollowed));
            }
        }
        if let Some((owner, binding)) = self.find_in_mro(class, name) {
            let is_table = binding.is_none() && self.classes.is_interpreters(owner);
            if is_table {
                if let Some(done) = self.inplace_builtin(old, op, value, at)? {
                    return Ok(done);
                }
                // What neither takes is refused by the operator.
                let is_refused =
                    is_constant(value) && (op != BinaryOp::Mul || whole(value).is_none());
                if is_refused {
                    return self.operated(old, op, value, true, at);
                }
                if self.classes.get(owner).path.module == "builtins" {
                    let sign = format!("{}=", sign_of(op));
                    self.not_followed(&sign, [old], at);
                    return Ok(self.gap_for(at, Why::NotFollowed));
                }
            } else if let Some(method) = self.special_method(old, class, name) {
                let scope = self.any_scope();
                let arguments = Arguments::of(vec![value.clone()]);
                match self.call(&method, arguments, at, scope)? {
                    Value::NotImplemented => {}
                    answer => return Ok(answer),
                }
            }
        }
        self.operated(old, op, value, true, at)
    }

    /// `-value`, `+value`, `~value`, `not value`.
    pub(crate) fn unary(&mut self, op: UnaryOp, value: &Value, at: Option<Place>) -> Eval {
        let (name, sign) = match op {
            UnaryOp::Not => {
                return Ok(match self.truth_of(value, at)? {
                    Some(truth) => Value::Bool(!truth),
                    None => self.some(self.known.bool_, Why::Undecided, at),
                });
            }
            UnaryOp::Neg => ("__neg__", "-"),
            UnaryOp::Pos => ("__pos__", "+"),
            UnaryOp::Invert => ("__invert__", "~"),
        };
        if self.has_sides(&[value])
            && let Some(each) = self.each_side(value, at, |run, it| run.unary(op, it, at))
        {
            return each;
        }
        if value.is_gap() {
            return Ok(self.beyond(value));
        }
        if !is_constant(value)
            && let Some(class) = self.class_of(value)
        {
            match self.special_of(value, class, name)? {
                Special::Code(method) => return self.call_method(&method, vec![], at),
                Special::Unknown => return Ok(self.gap_for(at, Why::NotFollowed)),
                Special::Builtin(_) if !is_constant(&self.plain(value)) => {
                    return Ok(self.gap_for(at, Why::NotFollowed));
                }
                Special::Missing if self.is_dispatched(value, value) => {
                    let of = self.type_name(value);
                    let message = format!("bad operand type for unary {sign}: '{of}'");
                    return Err(self.throw(self.known.type_error, message, at));
                }
                Special::Builtin(_) | Special::Missing => {}
            }
        }
        let plain = self.plain(value);
        let number = match op {
            UnaryOp::Neg => negated(&plain),
            UnaryOp::Invert => whole(&plain).map(|it| Value::whole(!it)),
            _ => match &plain {
                Value::Float(_) | Value::Complex(..) => Some(plain.clone()),
                other => whole(other).map(Value::whole),
            },
        };
        if let Some(number) = number {
            return Ok(number);
        }
        if self.is_operand(value) {
            let of = self.type_name(value);
            let message = format!("bad operand type for unary {sign}: '{of}'");
            return Err(self.throw(self.known.type_error, message, at));
        }
        Ok(self.gap_for(at, Why::NotFollowed))
    }
}

pub(crate) fn in_place_name(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "__iadd__",
        BinaryOp::Sub => "__isub__",
        BinaryOp::Mul => "__imul__",
        BinaryOp::MatMul => "__imatmul__",
        BinaryOp::Div => "__itruediv__",
        BinaryOp::Mod => "__imod__",
        BinaryOp::Pow => "__ipow__",
        BinaryOp::LShift => "__ilshift__",
        BinaryOp::RShift => "__irshift__",
        BinaryOp::Or => "__ior__",
        BinaryOp::Xor => "__ixor__",
        BinaryOp::And => "__iand__",
        BinaryOp::FloorDiv => "__ifloordiv__",
    }
}
