//! `int | None`, `A | B`: what `|` makes of classes.

use std::sync::Arc;

use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Alias, AliasKind, Object, Value};
use crate::source::{Place, PythonVersion};
use crate::syntax::BinaryOp;

impl Run<'_, '_> {
    /// `int | None`, `A | B`: a union since 3.10 (`type_or` of `Objects/typeobject.c`). Metaclasses with an operator of their own are asked
    /// first; once they are, `is_asked`, and have left it to others, `binary_op1` of `Objects/abstract.c` comes to `type`'s own where the left
    /// side has no other, or where the right side is of another type, which hands it on to `type.__ror__`.
    pub(super) fn union_of_types(
        &mut self,
        (left, op, right): (&Value, BinaryOp, &Value),
        is_asked: bool,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let is_unknown = |run: &Self, value: &Value| matches!(value, Value::Class(class) if run.metaclass_of(*class).is_none());
        let has_own = |run: &Self, value: &Value, name: &str| {
            matches!(value, Value::Class(class)
                if run.metaclass_of(*class).is_some_and(|it| run.user_defines(it, name)))
        };
        if op != BinaryOp::Or
            || !self.makes_unions(left)
            || !self.makes_unions(right)
            || matches!((left, right), (Value::None, Value::None))
            || is_unknown(self, left)
            || is_unknown(self, right)
        {
            return Ok(None);
        }
        let is_left_own = has_own(self, left, "__or__");
        let is_right_own = has_own(self, right, "__ror__");
        let is_left_to_others = if is_asked {
            is_left_own
                && (is_right_own
                    || matches!(right, Value::None)
                    || self.class_of(left) == self.class_of(right))
        } else {
            is_left_own || is_right_own
        };
        if is_left_to_others {
            return Ok(None);
        }
        // `type.__or__` came with 3.10 (PEP 604).
        if self.world.version < PythonVersion::three(10) {
            return if self.is_of_known_type(left) && self.is_of_known_type(right) {
                Err(self.unsupported(left, op, right, false, at))
            } else {
                Ok(None)
            };
        }
        Ok(Some(self.union(left, right)))
    }

    /// Whether `type.__or__` takes a value.
    fn makes_unions(&self, value: &Value) -> bool {
        match value {
            Value::Class(_) | Value::None => true,
            Value::Object(id) => matches!(self.object(*id), Object::Alias(_)),
            _ => false,
        }
    }

    fn union(&mut self, left: &Value, right: &Value) -> Value {
        let arguments: Arc<[Value]> = Arc::from([left.clone(), right.clone()]);
        let origin = self.native("types", "UnionType");
        self.allocate(Object::Alias(Alias {
            kind: AliasKind::Special,
            origin,
            arguments,
        }))
    }

    /// `type.__or__(left, right)`, and `type.__ror__` from the other side (`type_or` of `Objects/typeobject.c`).
    pub(super) fn union_by_type(&mut self, left: &Value, right: &Value) -> Option<Value> {
        let can = self.makes_unions(left) && self.makes_unions(right);
        can.then(|| self.union(left, right))
    }
}
