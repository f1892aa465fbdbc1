//! Operators and truth, over what is known of the operands.

use crate::evaluate::machine::arguments::Arguments;
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
        for name in ["__bool__", "__len__"] {
            if !self.defines(class, name) {
                continue;
            }
            if !self.user_defines(class, name) {
                return Ok(None);
            }
            let Some(method) = self.special_method(value, class, name) else {
                return Ok(None);
            };
            let scope = self.any_scope();
            let answer = self.call(&method, Arguments::default(), at, scope)?;
            return match (name, self.plain(&answer)) {
                (_, Value::Gap(_)) => Ok(None),
                (_, Value::Bool(truth)) => Ok(Some(truth)),
                ("__len__", Value::Int(length)) if length >= 0 => Ok(Some(length != 0)),
                ("__len__", Value::Int(_)) => {
                    let message = "__len__() should return >= 0".to_owned();
                    Err(self.raise_of("ValueError", Some(message), at))
                }
                ("__bool__", _) => {
                    let of = self.type_name(&answer);
                    let message = format!("__bool__ should return bool, returned {of}");
                    Err(self.raise_of("TypeError", Some(message), at))
                }
                (_, Value::Object(_)) => Ok(None),
                _ => {
                    let of = self.type_name(&answer);
                    let message = format!("'{of}' object cannot be interpreted as an integer");
                    Err(self.raise_of("TypeError", Some(message), at))
                }
            };
        }
        Ok(None)
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
