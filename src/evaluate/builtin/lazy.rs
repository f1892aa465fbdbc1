//! `map` and `itertools.chain`, which work out an item when it is asked for: loops often leave long before the end.

use crate::Name;
use crate::evaluate::call::Arguments;
use crate::evaluate::generator::{Sent, Step};
use crate::evaluate::run::{Eval, Run};
use crate::evaluate::value::{Binding, Instance, Object, ObjectId, ScopeId, Value};
use crate::source::Place;

/// Under which names such an object keeps what it works on: no program can ask for them.
const FUNCTION: &str = "<function>";
const OVER: &str = "<over>";

/// Items that are still to come.
#[derive(Debug, Clone)]
pub(in crate::evaluate) enum Source {
    /// These, and whether others that are not known come after them.
    Known(std::vec::IntoIter<Value>, bool),
    /// What a function makes of others.
    Mapped(Value, Box<Source>),
    /// Those of each of these, one after the other.
    Chained(Box<Source>, std::vec::IntoIter<Value>),
    /// What a generator yields, and how it has ended.
    Generated(ObjectId, Option<Ended>),
}

/// How a generator has ended: with this value, or out of view.
type Ended = Option<Value>;

impl Run<'_, '_> {
    /// `map(function, iterable)`, `itertools.chain(*iterables)`.
    pub(super) fn lazy_iterator(
        &mut self,
        kind: &str,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Option<Value> {
        if arguments.is_open() {
            return None;
        }
        let (module, function, over) = match (kind, arguments.positional.as_slice()) {
            ("map", [function, iterable]) => ("builtins", function.clone(), iterable.clone()),
            ("chain", all) => ("itertools", Value::None, Value::tuple(all.to_vec())),
            _ => return None,
        };
        let mut lazy = Instance::of(self.world.facts.class(module, kind)?);
        for (name, value) in [(FUNCTION, function), (OVER, over)] {
            lazy.names
                .insert(Name::const_new(name), Binding::new(value, at));
        }
        Some(self.allocate(Object::Instance(lazy)))
    }

    /// The items of an iterable, to be asked for one by one.
    pub(in crate::evaluate) fn source(&mut self, value: &Value) -> Source {
        if let Value::Object(id) = value
            && let Object::Instance(instance) = self.object(*id)
            && let (Some(function), Some(over)) =
                (instance.names.get(FUNCTION), instance.names.get(OVER))
        {
            let (function, over) = (function.value.clone(), over.value.clone());
            return match (function, over) {
                (Value::None, Value::Tuple(all)) => {
                    let nothing = Source::Known(vec![].into_iter(), false);
                    let all: Vec<Value> = all.iter().cloned().collect();
                    Source::Chained(Box::new(nothing), all.into_iter())
                }
                (function, over) => Source::Mapped(function, Box::new(self.source(&over))),
            };
        }
        if let Value::Object(id) = value
            && matches!(self.object(*id), Object::Generator(_))
        {
            return Source::Generated(*id, None);
        }
        let (items, open) = self.iterate(value);
        Source::Known(items.into_iter(), open)
    }

    /// The next item; none at the end, and before others that are not known.
    pub(in crate::evaluate) fn next_item(
        &mut self,
        source: &mut Source,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Option<Value>> {
        Ok(match source {
            Source::Known(items, _) => items.next(),
            Source::Mapped(function, inner) => match self.next_item(inner, at, scope)? {
                Some(item) => {
                    let function = function.clone();
                    Some(self.call(&function, Arguments::of(vec![item]), at, scope)?)
                }
                None => None,
            },
            Source::Generated(id, ended) => match self.resume(*id, Sent::Value(Value::None))? {
                Step::Yielded(value) => Some(value),
                Step::Over(value) => {
                    *ended = Some(Some(value));
                    None
                }
                Step::Unknown => {
                    *ended = Some(None);
                    None
                }
            },
            Source::Chained(now, rest) => loop {
                if let Some(item) = self.next_item(now, at, scope)? {
                    break Some(item);
                }
                if now.is_open() {
                    break None;
                }
                match rest.next() {
                    Some(next) => **now = self.source(&next),
                    None => break None,
                }
            },
        })
    }

    /// All items of such an object, and whether there may be others.
    pub(in crate::evaluate) fn all_items(&mut self, value: &Value) -> Option<(Vec<Value>, bool)> {
        let Value::Object(id) = value else {
            return None;
        };
        let Object::Instance(instance) = self.object(*id) else {
            return None;
        };
        let at = instance.names.get(OVER)?.at;
        let scope = self.any_scope();
        let mut source = self.source(value);
        let mut items = vec![];
        while items.len() < crate::evaluate::items::MOST_ITEMS && self.round() {
            match self.next_item(&mut source, at, scope) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return Some((items, source.is_open())),
                Err(_) => break,
            }
        }
        Some((items, true))
    }
}

impl Source {
    /// Whether what comes now is not known.
    pub(in crate::evaluate) fn is_open(&self) -> bool {
        match self {
            Self::Known(items, open) => *open && items.as_slice().is_empty(),
            Self::Mapped(_, inner) => inner.is_open(),
            Self::Chained(now, _) => now.is_open(),
            Self::Generated(_, ended) => matches!(ended, Some(None)),
        }
    }

    /// The value that a generator ended with; `None` for anything else.
    pub(in crate::evaluate) fn result(&self) -> Value {
        match self {
            Self::Generated(_, Some(Some(value))) => value.clone(),
            _ => Value::None,
        }
    }
}
