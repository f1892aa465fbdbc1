//! Operators and truth, over what is known of the operands.

use crate::evaluate::language::special::Special;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Instance, Object, Value};
use crate::semantics::ClassId;
use crate::source::Place;
use crate::syntax::BinaryOp;

impl Run<'_, '_> {
    /// `bool(value)`, if it is known.
    pub(crate) fn truth(&self, value: &Value) -> Option<bool> {
        Some(match value {
            Value::None => false,
            Value::Class(class) => {
                // A metaclass may say what its classes are.
                let metaclass = self.metaclass_of(*class)?;
                if ["__bool__", "__len__"]
                    .iter()
                    .any(|it| self.user_defines(metaclass, it))
                {
                    return None;
                }
                true
            }
            Value::Ellipsis
            | Value::NotImplemented
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
            Value::Gap(id) => {
                if let Some(truth) = self.gaps[id.0].truth {
                    return Some(truth);
                }
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
                    let class = instance.class;
                    let is_code = |name: &str| self.is_code(class, name);
                    if is_code("__bool__")
                        || self.find_in_mro(class, "__bool__").is_none() && is_code("__len__")
                    {
                        return None;
                    }
                    if let Some(payload) = &instance.payload {
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

    /// `bool(value)`, with a `__bool__` or `__len__` that has source followed; none also where that raises.
    pub(crate) fn decide(&mut self, value: &Value) -> Option<bool> {
        self.truth_of(value, None).ok().flatten()
    }

    /// `bool(value)` (`PyObject_IsTrue`): what `__bool__` says, else whether `__len__` is not zero.
    pub(crate) fn truth_of(&mut self, value: &Value, at: Option<Place>) -> Eval<Option<bool>> {
        if let Some(known) = self.truth(value) {
            return Ok(Some(known));
        }
        let answers = self.candidates(value).unwrap_or_default();
        let is_told_by_code = answers.iter().any(|it| self.truth(it).is_none());
        if is_told_by_code
            && self.has_sides(&[value])
            && let Some(truth) = self.each_side(value, at, |run, it| run.truth_of(it, at))
        {
            return truth;
        }
        let class = match value {
            Value::Class(class) => self.metaclass_of(*class),
            Value::Object(id) => match self.object(*id) {
                Object::Instance(instance) => Some(instance.class),
                _ => None,
            },
            _ => None,
        };
        let Some(class) = class else {
            return Ok(None);
        };
        match self.special_of(value, class, "__bool__")? {
            Special::Missing => {}
            Special::Builtin(_) | Special::Unknown => return Ok(None),
            Special::Code(method) => {
                let answer = self.call_method(&method, vec![], at)?;
                return match answer {
                    Value::Gap(_) => Ok(None),
                    Value::Bool(truth) => Ok(Some(truth)),
                    _ => {
                        let of = self.type_name(&answer);
                        let message = format!("__bool__ should return bool, returned {of}");
                        Err(self.raise_of("TypeError", Some(message), at))
                    }
                };
            }
        }
        match self.special_of(value, class, "__len__")? {
            Special::Missing => Ok(Some(true)),
            Special::Builtin(_) | Special::Unknown => Ok(None),
            Special::Code(method) => Ok(self.length_from(&method, at)?.map(|it| it != 0)),
        }
    }

    /// Whether a class of the MRO, `object` aside, has this name.
    pub(crate) fn defines(&self, class: ClassId, name: &str) -> bool {
        self.classes.mro(class).is_none_or(|mro| {
            mro.iter()
                .any(|&id| id != self.known.object && self.own_has(id, name))
        })
    }

    /// Whether the class itself has this name.
    pub(crate) fn own_has(&self, class: ClassId, name: &str) -> bool {
        self.class_names
            .get(&class)
            .is_some_and(|names| names.contains_key(name))
            || (self.classes.is_interpreters(class)
                && self.classes.members(class).contains_key(name))
    }

    /// Whether a class written in Python that is not the interpreter's defines the name along the MRO.
    pub(crate) fn user_defines(&self, class: ClassId, name: &str) -> bool {
        self.classes.mro(class).is_none_or(|mro| {
            mro.iter()
                .any(|&id| !self.classes.is_interpreters(id) && self.own_has(id, name))
        })
    }

    /// The constant that an instance of a subclass of `str`, `int` or `tuple` stands for; itself for the rest.
    pub(crate) fn plain(&self, value: &Value) -> Value {
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
    pub(crate) fn binary(
        &mut self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval {
        self.operated(left, op, right, false, at)
    }

    /// The text `str(value)` gives, if it is known.
    pub(crate) fn str_of(&self, value: &Value) -> Option<String> {
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
            // Lists and tuples have no `__str__` of their own: `object.__str__` gives their `repr`.
            Value::Tuple(_) => return self.exact_repr(value),
            Value::Object(id) if matches!(self.object(id), Object::List { .. }) => {
                return self.exact_repr(value);
            }
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
