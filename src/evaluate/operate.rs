//! Operators and truth, over what is known of the operands.

use std::sync::Arc;

use crate::evaluate::call::Arguments;
use crate::evaluate::run::{Eval, Run};
use crate::evaluate::value::{Alias, AliasKind, Instance, Object, Value};
use crate::semantics::{ClassId, Why};
use crate::source::Place;
use crate::syntax::BinaryOp;

impl Run<'_, '_> {
    /// `bool(value)`, if it is known.
    pub(super) fn truth(&self, value: &Value) -> Option<bool> {
        Some(match value {
            Value::None => false,
            Value::Ellipsis
            | Value::NotImplemented
            | Value::Class(_)
            | Value::Module(_)
            | Value::Method(_)
            | Value::Native(_) => true,
            Value::Bool(it) => *it,
            Value::Int(it) => *it != 0,
            Value::BigInt(_) => true,
            Value::Float(it) => *it != 0.0,
            Value::Complex(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
            Value::Str(it) => !it.is_empty(),
            Value::Bytes(it) => !it.is_empty(),
            Value::Tuple(items) => !items.is_empty(),
            Value::Range(range) => range.len() > 0,
            Value::Slice(_) => true,
            Value::Gap(_) => {
                let candidates = self.candidates(value)?;
                let first = self.truth(candidates.first()?)?;
                let agree = candidates.iter().all(|it| self.truth(it) == Some(first));
                return agree.then_some(first);
            }
            Value::Object(id) => match self.object(*id) {
                Object::List { items, open } => return known_size(items.len(), *open),
                Object::Set { items, open, .. } => return known_size(items.len(), *open),
                Object::Dict(dict) => match dict.view {
                    Some(_) => true,
                    None => return known_size(dict.entries.len(), dict.open),
                },
                Object::Function(_)
                | Object::Property { .. }
                | Object::ClassMethod(_)
                | Object::StaticMethod(_)
                | Object::Alias(_)
                | Object::Super { .. }
                | Object::Iterator(_)
                | Object::Generator(_) => true,
                Object::View { of, .. } => return self.truth_of_view(of),
                Object::Instance(instance) => {
                    if let Some(payload) = &instance.payload
                        && !self.defines(instance.class, "__bool__")
                    {
                        return match payload {
                            // The arguments of an exception say nothing of its truth.
                            Value::Tuple(_)
                                if !self.classes.is_subclass(instance.class, self.known.tuple) =>
                            {
                                Some(true)
                            }
                            payload => self.truth(payload),
                        };
                    }
                    if self.defines(instance.class, "__bool__")
                        || self.defines(instance.class, "__len__")
                    {
                        return None;
                    }
                    self.classes.mro(instance.class)?;
                    true
                }
            },
        })
    }

    /// `bool(value)`, with a `__bool__` or `__len__` that has source followed (language reference 3.3.1).
    pub(super) fn decide(&mut self, value: &Value) -> Option<bool> {
        let known = self.truth(value);
        let Value::Object(id) = value else {
            return known;
        };
        let (None, Object::Instance(instance)) = (known, self.object(*id)) else {
            return known;
        };
        let class = instance.class;
        for name in ["__bool__", "__len__"] {
            if !self.defines(class, name) {
                continue;
            }
            if !self.user_defines(class, name) {
                return None;
            }
            let method = self.special_method(value, class, name)?;
            let scope = self.any_scope();
            return match self.call(&method, Arguments::default(), None, scope).ok()? {
                answer @ (Value::Bool(_) | Value::Int(_)) => self.truth(&answer),
                _ => None,
            };
        }
        None
    }

    /// Whether a class of the MRO, `object` aside, has this name.
    pub(super) fn defines(&self, class: ClassId, name: &str) -> bool {
        self.classes.mro(class).is_none_or(|mro| {
            mro.iter()
                .any(|&id| id != self.known.object && self.own_has(id, name))
        })
    }

    /// Whether the class itself has this name.
    pub(super) fn own_has(&self, class: ClassId, name: &str) -> bool {
        self.class_names
            .get(&class)
            .is_some_and(|names| names.contains_key(name))
            || (self.classes.is_interpreters(class)
                && self.classes.members(class).contains_key(name))
    }

    /// Whether a class written in Python that is not the interpreter's defines the name along the MRO.
    pub(super) fn user_defines(&self, class: ClassId, name: &str) -> bool {
        self.classes.mro(class).is_none_or(|mro| {
            mro.iter()
                .any(|&id| !self.classes.is_interpreters(id) && self.own_has(id, name))
        })
    }

    /// The constant that an instance of a subclass of `str`, `int` or `tuple` stands for; itself for the rest.
    pub(super) fn plain(&self, value: &Value) -> Value {
        if let Value::Object(id) = value
            && let Object::Instance(Instance {
                payload: Some(payload),
                class,
                ..
            }) = self.object(*id)
            && !self.classes.is_subclass(*class, self.known.base_exception)
        {
            return payload.clone();
        }
        value.clone()
    }

    /// `left op right`
    pub(super) fn binary(
        &mut self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval {
        if left.is_gap() || right.is_gap() {
            self.lose();
        }
        if (left.is_gap() || right.is_gap())
            && let Some(class) = self.binary_class(left, op, right)
        {
            return Ok(self.some(class, Why::NotFollowed, at));
        }
        for gap in [left, right] {
            if gap.is_gap() {
                return Ok(self.beyond(gap));
            }
        }
        let (a, b) = (self.plain(left), self.plain(right));
        if let Some(message) = self.by_zero(&a, op, &b) {
            return Err(self.verdict("ZeroDivisionError", message.to_owned(), at));
        }
        if let Some(value) = self.constants(&a, op, &b) {
            return Ok(value);
        }
        let is_type = |run: &Self, value: &Value| {
            matches!(value, Value::Class(_) | Value::None)
                || matches!(value, Value::Object(id) if matches!(run.object(*id), Object::Alias(_)))
        };
        if op == BinaryOp::Or && is_type(self, left) && is_type(self, right) {
            if self.world.version < crate::source::PythonVersion::three(10)
                && self.class_of(left) == Some(self.known.type_)
                && self.class_of(right) == Some(self.known.type_)
            {
                let message = String::from("unsupported operand type(s) for |: 'type' and 'type'");
                return Err(self.verdict("TypeError", message, at));
            }
            let arguments: Arc<[Value]> = Arc::from([left.clone(), right.clone()]);
            let origin = self.native("types", "UnionType");
            return Ok(self.allocate(Object::Alias(Alias {
                kind: AliasKind::Special,
                origin,
                arguments,
            })));
        }
        if let Some(value) = self.binary_of_containers(left, op, right, at)? {
            return Ok(value);
        }
        self.binary_method(left, op, right, at)
    }

    fn binary_method(
        &mut self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval {
        let name = match op {
            BinaryOp::Add => "__add__",
            BinaryOp::Sub => "__sub__",
            BinaryOp::Mul => "__mul__",
            BinaryOp::Or => "__or__",
            BinaryOp::And => "__and__",
            BinaryOp::Mod => "__mod__",
            BinaryOp::Div => "__truediv__",
            BinaryOp::LShift => "__lshift__",
            BinaryOp::RShift => "__rshift__",
            BinaryOp::Xor => "__xor__",
            BinaryOp::FloorDiv => "__floordiv__",
            BinaryOp::Pow => "__pow__",
            BinaryOp::MatMul => "__matmul__",
        };
        if let Some(class) = self.binary_class(left, op, right) {
            return Ok(self.some(class, Why::NotFollowed, at));
        }
        if let Some(class) = self.class_of(left)
            && let Some(method) = self.special_method(left, class, name)
        {
            let scope = self.any_scope();
            return self.call(&method, Arguments::of(vec![right.clone()]), at, scope);
        }
        Ok(self.gap_for(at, Why::NotFollowed))
    }

    /// The text `str(value)` gives, if it is known.
    pub(super) fn str_of(&self, value: &Value) -> Option<String> {
        if let Some(text) = self.str_of_exception(value) {
            return Some(text);
        }
        Some(match self.plain(value) {
            Value::None => "None".into(),
            Value::Bool(true) => "True".into(),
            Value::Bool(false) => "False".into(),
            Value::Int(it) => it.to_string(),
            Value::BigInt(it) => it.to_string(),
            Value::Str(it) => it.to_string(),
            _ => return None,
        })
    }
}

fn known_size(len: usize, open: bool) -> Option<bool> {
    if len > 0 {
        Some(true)
    } else if open {
        None
    } else {
        Some(false)
    }
}
