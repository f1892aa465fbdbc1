//! Special methods: looked up on the type of an object, never on the object itself, and bound to it (language reference 3.3.12).

use crate::evaluate::language::iteration::Source;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, Value};
use crate::semantics::ClassId;
use crate::source::Place;

/// What a type has under the name of a special method.
pub(crate) enum Special {
    /// Nothing.
    Missing,
    /// What stands in the program, bound to the object; it need not be callable: `__iter__ = None`.
    Code(Value),
    /// What a type of the interpreter does.
    Builtin(ClassId),
    /// It cannot be told.
    Unknown,
}

impl Run<'_, '_> {
    /// What the type of a value has under a name (`_PyObject_LookupSpecial`, `lookup_maybe_method`).
    pub(crate) fn special(&mut self, value: &Value, name: &str) -> Eval<Special> {
        match self.class_of(value) {
            Some(class) => self.special_of(value, class, name),
            None => Ok(Special::Unknown),
        }
    }

    /// The same where the type is known.
    pub(crate) fn special_of(
        &mut self,
        value: &Value,
        class: ClassId,
        name: &str,
    ) -> Eval<Special> {
        let found = self.find_in_mro(class, name);
        if self.is_traced() {
            self.note_given(class, name);
        }
        Ok(match found {
            None if self.is_whole(class) => Special::Missing,
            None => Special::Unknown,
            Some((_, Some(binding))) => {
                if binding.maybe.is_some() {
                    self.lose();
                }
                match self.get_descriptor(&binding.value, Some(value), class, None)? {
                    Value::Gap(_) => Special::Unknown,
                    method => Special::Code(method),
                }
            }
            Some((owner, None)) if self.classes.is_native(owner) => Special::Builtin(owner),
            // A class of the library that is written in Python.
            Some((owner, None)) => match self.table_member(owner, name, value, false, None) {
                Value::Gap(_) => Special::Unknown,
                method => Special::Code(method),
            },
        })
    }

    /// Calls what [`Run::special`] found.
    pub(crate) fn call_method(
        &mut self,
        method: &Value,
        arguments: Vec<Value>,
        at: Option<Place>,
    ) -> Eval {
        let scope = self.any_scope();
        let answer = self.call(method, Arguments::of(arguments), at, scope);
        self.note_answer(method, &answer);
        answer
    }

    /// What `list(value)` asks to know how much room it needs (`PyObject_LengthHint`): it sees what `__len__` raises, but for `TypeError`.
    pub(crate) fn ask_length(&mut self, value: &Value, at: Option<Place>) -> Eval<()> {
        if self.is_dispatched(value, value) {
            self.length_hint(value, 0, at)?;
        }
        // Iterators by index ask what they go through (`iter_len`, `reversed_len`).
        let of = match value {
            Value::Object(id) => match self.object(*id) {
                Object::Iterator(it) => match &it.source {
                    Source::Sequence(of, _) => Some(of.clone()),
                    Source::SequenceBack(of, at) if *at >= 0 => Some(of.clone()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        };
        let of = of.filter(|of| self.is_dispatched(of, of) && self.has_special(of, "__len__"));
        if let Some(of) = of {
            match self.length_of(&of, at) {
                Err(thrown) if thrown.class == Some(self.known.type_error) => {}
                length => {
                    length?;
                }
            }
        }
        Ok(())
    }

    /// `operator.length_hint(value, default)`; none where it cannot be told.
    pub(crate) fn length_hint(
        &mut self,
        value: &Value,
        default: i64,
        at: Option<Place>,
    ) -> Eval<Option<i64>> {
        if let Special::Code(method) = self.special(value, "__len__")? {
            match self.length_from(&method, at) {
                Err(thrown) if thrown.class == Some(self.known.type_error) => {}
                Err(thrown) => return Err(thrown),
                Ok(length) => return Ok(length.and_then(|it| i64::try_from(it).ok())),
            }
        } else if self.has_special(value, "__len__") {
            let length = self.length_of(value, at)?;
            return Ok(length.and_then(|it| i64::try_from(it).ok()));
        }
        let method = match self.special(value, "__length_hint__")? {
            Special::Missing => return Ok(Some(default)),
            Special::Code(method) => method,
            Special::Builtin(_) | Special::Unknown => return Ok(None),
        };
        match self.call_method(&method, vec![], at) {
            Err(thrown) if thrown.class == Some(self.known.type_error) => Ok(Some(default)),
            Err(thrown) => Err(thrown),
            Ok(Value::NotImplemented) => Ok(Some(default)),
            Ok(Value::Int(hint)) if hint < 0 => {
                let message = String::from("__length_hint__() should return >= 0");
                Err(self.throw(self.known.value_error, message, at))
            }
            Ok(Value::Int(hint)) => Ok(Some(hint)),
            Ok(Value::Bool(hint)) => Ok(Some(i64::from(hint))),
            Ok(other) if self.is_of_known_type(&other) => {
                let of = self.type_name(&other);
                let message = format!("__length_hint__ must be an integer, not {of}");
                Err(self.type_error(&message, at))
            }
            Ok(_) => {
                self.lose();
                Ok(None)
            }
        }
    }

    /// `os.fspath(value)` (`PyOS_FSPath`); none where it cannot be told.
    pub(crate) fn path_of(&mut self, value: &Value, at: Option<Place>) -> Eval<Option<Value>> {
        let class = self.class_of(value);
        let is_text = |run: &Self, class: Option<ClassId>| {
            class.is_some_and(|it| {
                run.classes.is_subclass(it, run.known.str_)
                    || run.classes.is_subclass(it, run.known.bytes)
            })
        };
        if is_text(self, class) {
            return Ok(Some(value.clone()));
        }
        let of = self.type_name(value);
        let method = match self.special(value, "__fspath__")? {
            Special::Code(method) if !matches!(method, Value::None) || !self.is_at_least(13) => {
                method
            }
            Special::Missing | Special::Code(_) if self.is_of_known_type(value) => {
                let message = format!("expected str, bytes or os.PathLike object, not {of}");
                return Err(self.type_error(&message, at));
            }
            _ => return Ok(None),
        };
        let answer = self.call_method(&method, vec![], at)?;
        if is_text(self, self.class_of(&answer)) {
            return Ok(Some(answer));
        }
        if !self.is_of_known_type(&answer) {
            return Ok(None);
        }
        let is = self.type_name(&answer);
        let message = format!("expected {of}.__fspath__() to return str or bytes, not {is}");
        Err(self.type_error(&message, at))
    }

    /// Whether a type has a special method at all.
    pub(crate) fn has_special(&self, value: &Value, name: &str) -> bool {
        self.class_of(value)
            .is_some_and(|class| self.find_in_mro(class, name).is_some())
    }

    /// Whether the first class along the MRO of a value's type that has a name is one with source.
    pub(crate) fn has_code(&self, value: &Value, name: &str) -> bool {
        let class = self.class_of(value);
        class.is_some_and(|class| self.is_code(class, name))
    }

    /// The same of a class.
    pub(crate) fn is_code(&self, class: ClassId, name: &str) -> bool {
        matches!(self.find_in_mro(class, name), Some((_, Some(_))))
    }
}
