//! What functions answer that the traced code itself asks: kept beside the steps, by the places of the functions.

use crate::Name;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Code, Object, Value};
use crate::semantics::Answered;
use crate::source::Place;

impl Run<'_, '_> {
    /// Notes in words what a method made in C did that the traced code itself asks.
    pub(crate) fn note_native(&mut self, method: &'static str, does: String) {
        if let Some(tracing) = &mut self.tracing {
            let does = Name::from(does);
            tracing.natives.push((Name::const_new(method), does));
        }
    }

    /// Notes what a method answered that the traced code itself asks.
    pub(crate) fn note_answer(&mut self, method: &Value, answer: &Eval) {
        let is_outermost = self
            .tracing
            .as_ref()
            .is_some_and(|it| it.makes_addresses && self.depth <= it.depth + 1);
        if !is_outermost {
            return;
        }
        let Some(place) = self.place_of_function(method) else {
            return;
        };
        let answered = match answer {
            Ok(Value::NotImplemented) => Answered::NotImplemented,
            Ok(value) => {
                let class = self.exact_class(value);
                let name = class.map(|it| Name::from(self.classes.get(it).path.name()));
                Answered::Gave(name)
            }
            Err(thrown) => match thrown.class {
                Some(class) => Answered::Raised(Name::from(self.classes.get(class).path.name())),
                None => return,
            },
        };
        if let Some(tracing) = &mut self.tracing {
            tracing.answers.push((place, answered));
        }
    }

    /// Where a function that has source is defined: the place of its name.
    pub(super) fn place_of_function(&self, value: &Value) -> Option<Place> {
        let value = match value {
            Value::Method(pair) => &pair.0,
            Value::Object(id) => match self.peek(*id) {
                Object::ClassMethod(inner) | Object::StaticMethod(inner) => inner,
                _ => value,
            },
            _ => value,
        };
        let definition = &self.function(value)?.definition;
        let (start, end) = match &definition.code {
            Code::Def(def) => (def.name_at, def.name_at),
            Code::Lambda(lambda) => (lambda.body.start, lambda.body.end),
        };
        Some(Place {
            file: definition.file,
            start,
            end,
        })
    }
}
