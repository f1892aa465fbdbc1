//! The arguments of a call.

use crate::Name;
use crate::evaluate::machine::value::{Object, Value};

/// The arguments of a call; open where there may be more than is known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Arguments {
    pub positional: Vec<Value>,
    pub keywords: Vec<(Name, Value)>,
    pub open_positional: bool,
    pub open_keywords: bool,
}

/// The keywords of a class statement, without `metaclass`; open where there may be more than is known.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Keywords<'k> {
    pub named: &'k [(Name, Value)],
    pub open: bool,
}

impl Arguments {
    pub(crate) fn of(positional: Vec<Value>) -> Self {
        Self {
            positional,
            ..Self::default()
        }
    }

    /// The argument at a position or of a name.
    pub(crate) fn get(&self, position: usize, name: &str) -> Option<&Value> {
        self.positional.get(position).or_else(|| self.keyword(name))
    }

    pub(crate) fn keyword(&self, name: &str) -> Option<&Value> {
        self.keywords
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    pub(crate) fn with_receiver(mut self, receiver: Value) -> Self {
        self.positional.insert(0, receiver);
        self
    }

    /// The property that `property.__init__` makes of them, from this position on.
    pub(crate) fn property(&self, from: usize) -> Object {
        let part = |at: usize, name: &str| self.get(from + at, name).cloned();
        Object::Property {
            get: part(0, "fget").unwrap_or(Value::None),
            set: part(1, "fset").unwrap_or(Value::None),
            delete: part(2, "fdel").unwrap_or(Value::None),
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open_positional || self.open_keywords
    }

    /// All values among them.
    pub(crate) fn handed(&self) -> impl Iterator<Item = &Value> {
        let named = self.keywords.iter().map(|(_, value)| value);
        self.positional.iter().chain(named)
    }
}
