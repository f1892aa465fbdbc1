//! The operators of the interpreter's own types, called by the names of their methods: `super().__mul__(other)`, `list.__add__(a, b)`
//! (`Objects/typeobject.c`, the wrappers of `slotdefs`).

use crate::evaluate::builtins::numbers::{comparison, operator};
use crate::evaluate::language::compare_values::Told;
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::fault::{Fault, Pure, type_error};
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, Value};
use crate::source::Place;
use crate::syntax::{BinaryOp, CompareOp};

/// The kinds of containers that have operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `+` and `*` of `list`, `tuple`, `str` and `bytes`.
    Sequence,
    Set,
    Dict,
}

impl Run<'_, '_> {
    /// `target.method(other)` of a text or container of the interpreter's own, where the method is that of an operator; beside it the object
    /// whose text or container it is.
    pub(super) fn native_operator(
        &mut self,
        method: &str,
        (target, itself): (&Value, &Value),
        other: &Value,
        at: Option<Place>,
    ) -> Pure {
        if other.is_gap() {
            return Err(Fault::Unknown);
        }
        if let Some(op) = comparison(method) {
            return match self.builtin_comparison(target, op, other, at)? {
                Told::Holds(holds) => Ok(Value::Bool(holds)),
                Told::NotImplemented => Ok(Value::NotImplemented),
                Told::Unknown => Err(Fault::Unknown),
            };
        }
        let Some(kind) = self.kind_of_operators(target) else {
            return Err(Fault::Unknown);
        };
        let bare = method.trim_matches('_');
        let reflected = bare.strip_prefix('r').and_then(operator);
        let Some(op) = operator(bare).or(reflected) else {
            return Err(Fault::Unknown);
        };
        let is_reflected = operator(bare).is_none();
        match (kind, op) {
            (Kind::Sequence, BinaryOp::Mul) => {
                let times = Value::whole(self.whole_index(other)?);
                let made = self.of_builtins(target, BinaryOp::Mul, &times, at)?;
                made.ok_or(Fault::Unknown)
            }
            (Kind::Sequence, BinaryOp::Add) if !is_reflected => {
                let with = self.plain(other);
                if self.class_of(&with).is_some() && self.class_of(&with) == self.class_of(target) {
                    let made = self.of_builtins(target, op, &with, at)?;
                    return made.ok_or(Fault::Unknown);
                }
                let of = self.type_name(other);
                type_error(match target {
                    Value::Str(_) => format!("can only concatenate str (not \"{of}\") to str"),
                    Value::Bytes(_) => format!("can't concat {of} to bytes"),
                    Value::Tuple(_) => {
                        format!("can only concatenate tuple (not \"{of}\") to tuple")
                    }
                    _ => format!("can only concatenate list (not \"{of}\") to list"),
                })
            }
            (Kind::Sequence, BinaryOp::Mod)
                if matches!(target, Value::Str(_) | Value::Bytes(_)) =>
            {
                if !is_reflected {
                    let made = self.of_constants(target, op, other)?;
                    return made.ok_or(Fault::Unknown);
                }
                match (self.plain(other), target) {
                    (format @ Value::Str(_), Value::Str(_))
                    | (format @ Value::Bytes(_), Value::Bytes(_)) => {
                        // What is put in is asked itself: its class may have a `__float__`.
                        let made = self.of_constants(&format, op, itself)?;
                        made.ok_or(Fault::Unknown)
                    }
                    _ => Ok(Value::NotImplemented),
                }
            }
            (Kind::Set, BinaryOp::Or | BinaryOp::And | BinaryOp::Sub | BinaryOp::Xor)
            | (Kind::Dict, BinaryOp::Or) => {
                let with = self.plain(other);
                if self.kind_of_operators(&with) != Some(kind) {
                    return Ok(Value::NotImplemented);
                }
                let (one, two) = if is_reflected {
                    (&with, target)
                } else {
                    (target, &with)
                };
                let made = self.binary_of_containers(one, op, two, at)?;
                made.ok_or(Fault::Unknown)
            }
            _ => Err(Fault::Unknown),
        }
    }

    fn kind_of_operators(&self, value: &Value) -> Option<Kind> {
        match value {
            Value::Str(_) | Value::Bytes(_) | Value::Tuple(_) => Some(Kind::Sequence),
            Value::Object(id) => match self.object(*id) {
                Object::List { .. } => Some(Kind::Sequence),
                Object::Set { .. } => Some(Kind::Set),
                Object::Dict(dict) if dict.view.is_none() => Some(Kind::Dict),
                _ => None,
            },
            _ => None,
        }
    }

    /// `object.__ne__(one, other)`: what the `__eq__` of the type says, turned round (`object_richcompare`).
    pub(super) fn not_equal_by_default(
        &mut self,
        one: &Value,
        other: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let answer = match self.special(one, "__eq__")? {
            Special::Code(method) => self.call_method(&method, vec![other.clone()], at)?,
            Special::Builtin(owner) if owner == self.known.object => match one.same(other) {
                _ if other.is_gap() => return Ok(None),
                true => Value::Bool(true),
                false => Value::NotImplemented,
            },
            Special::Builtin(_) => match self.builtin_comparison(one, CompareOp::Eq, other, at)? {
                Told::Holds(holds) => Value::Bool(holds),
                Told::NotImplemented => Value::NotImplemented,
                Told::Unknown => return Ok(None),
            },
            Special::Missing | Special::Unknown => return Ok(None),
        };
        Ok(match answer {
            Value::Gap(_) => None,
            Value::NotImplemented => Some(Value::NotImplemented),
            answer => self.truth_of(&answer, at)?.map(|it| Value::Bool(!it)),
        })
    }
}
