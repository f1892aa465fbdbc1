//! Faults: with what a computation over values ends where it gives none.

use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Instance, Object, Value};
use crate::source::Place;

/// What a computation ends with in place of a value.
#[derive(Debug)]
pub(crate) enum Fault {
    /// An exception of one of the builtin classes, and its text where that is known.
    Raise(&'static str, Option<String>),
    /// An exception that code of the program has raised.
    Thrown(Box<Thrown>),
    /// It cannot be told.
    Unknown,
    /// It would be larger than anything that is followed.
    Budget,
}

/// A value, or why there is none.
pub(crate) type Pure<T = Value> = Result<T, Fault>;

/// Bytes of a text, or bits of an integer, at most.
pub(crate) const MOST_BYTES: usize = 1 << 20;

impl From<Box<Thrown>> for Fault {
    fn from(thrown: Box<Thrown>) -> Self {
        Self::Thrown(thrown)
    }
}

/// A `TypeError` with this text.
pub(crate) fn type_error<T>(text: impl Into<String>) -> Pure<T> {
    Err(Fault::Raise("TypeError", Some(text.into())))
}

/// A `ValueError` with this text.
pub(crate) fn value_error<T>(text: impl Into<String>) -> Pure<T> {
    Err(Fault::Raise("ValueError", Some(text.into())))
}

/// An `OverflowError` with this text.
pub(crate) fn overflow<T>(text: impl Into<String>) -> Pure<T> {
    Err(Fault::Raise("OverflowError", Some(text.into())))
}

/// A `ZeroDivisionError` with this text.
pub(crate) fn by_zero<T>(text: impl Into<String>) -> Pure<T> {
    Err(Fault::Raise("ZeroDivisionError", Some(text.into())))
}

/// An exception of which only the class is known.
pub(crate) fn untold<T>(kind: &'static str) -> Pure<T> {
    Err(Fault::Raise(kind, None))
}

impl Run<'_, '_> {
    /// An exception of a builtin class, with its text where that is known.
    pub(crate) fn raise_of(
        &mut self,
        kind: &'static str,
        message: Option<String>,
        at: Option<Place>,
    ) -> Box<Thrown> {
        let class = self
            .world
            .facts
            .class("builtins", kind)
            .unwrap_or(self.known.base_exception);
        if let Some(message) = message {
            return self.throw(class, message, at);
        }
        let mut instance = Instance::of(class);
        instance.open = true;
        let value = self.allocate(Object::Instance(instance));
        Box::new(Thrown {
            class: Some(class),
            value,
            message: None,
            at,
            on: None,
            is_written: false,
            is_certain: self.is_certain_here(),
            ended: vec![],
            verdict: None,
            is_cut: false,
        })
    }

    /// What a computation gave: its value, the exception it raises, or nothing where it cannot be told.
    pub(crate) fn settled<T>(&mut self, made: Pure<T>, at: Option<Place>) -> Eval<Option<T>> {
        match made {
            Ok(value) => Ok(Some(value)),
            Err(Fault::Raise(kind, message)) => Err(self.raise_of(kind, message, at)),
            Err(Fault::Thrown(thrown)) => Err(thrown),
            Err(Fault::Unknown | Fault::Budget) => Ok(None),
        }
    }

    /// Pays for a text or bytes of this length before it is made.
    pub(crate) fn pay_for(&mut self, bytes: usize) -> Pure<()> {
        if bytes > MOST_BYTES {
            return Err(Fault::Budget);
        }
        self.copies(bytes / 8);
        if self.steps == 0 {
            return Err(Fault::Budget);
        }
        Ok(())
    }
}
