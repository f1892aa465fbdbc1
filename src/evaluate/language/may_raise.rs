//! Operations on what is not known at all: where code stands ready to catch it, they may as well raise.
//!
//! ```python
//! try:
//!     limit = settings()["limit"]      # `settings` is out of view
//! except KeyError:
//!     limit = 10                       # run as well
//! ```

use crate::evaluate::machine::flow::{Flow, Thrown};
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::Value;
use crate::evaluate::machine::ways::Way;
use crate::semantics::Why;
use crate::source::Place;

/// Functions that take whatever there is.
const NEVER_RAISE: [&str; 6] = ["callable", "hasattr", "id", "isinstance", "print", "type"];
impl Run<'_, '_> {
    /// What an operation gave that could not be followed, or is on a value that is not known: it may as well have raised, where code stands
    /// ready to catch that.
    pub(super) fn or_raises(&mut self, result: Eval, at: Option<Place>) -> Eval {
        let value = result?;
        let is_unknown = value.is_gap() && self.candidates(&value).is_none();
        if !is_unknown || !self.is_guarded() || self.tracing.is_some() {
            return Ok(value);
        }
        self.unsure_raises += 1;
        if self.unsure_raises > 1 {
            return Ok(value);
        }
        let thrown = self.anything_raised(at);
        self.either_value(at, |_| Ok(value), |_| Err(thrown))
    }

    /// Of the operations in a `try` that may as well have raised, the first was run both ways. One for all the others: what was changed
    /// between the first and the end has changed or not.
    pub(super) fn or_raised_later(&mut self, ways: &mut Vec<Way<()>>, at: Option<Place>) {
        let end = ways
            .iter()
            .find(|way| way.end.is_ok())
            .or_else(|| ways.first());
        let Some(changes) = end.map(|way| way.changes.clone()) else {
            return;
        };
        let way = Way {
            end: Ok(()),
            changes: self.halfway(changes, at),
        };
        let raised = self.in_each(vec![way], at, |run, _: Result<(), Flow>| {
            Err(Flow::Raise(run.anything_raised(at)))
        });
        ways.extend(raised);
    }

    /// An exception of which nothing is known.
    fn anything_raised(&mut self, at: Option<Place>) -> Box<Thrown> {
        Box::new(Thrown {
            class: None,
            value: self.gap_for(at, Why::Input),
            message: None,
            at,
            on: None,
            is_written: false,
            is_certain: false,
            ended: vec![],
            verdict: None,
            is_cut: false,
        })
    }

    /// Whether what is called has no source, and may raise whatever it likes.
    pub(super) fn may_refuse(&self, callee: &Value) -> bool {
        match callee {
            Value::Gap(_) => true,
            Value::Native(path) => {
                path.module != "builtins" || !NEVER_RAISE.contains(&path.qualname.as_str())
            }
            Value::Class(class) => {
                self.classes.is_interpreters(*class)
                    && !NEVER_RAISE.contains(&self.classes.get(*class).path.name())
            }
            Value::Method(pair) => self.may_refuse(&pair.0),
            _ => false,
        }
    }
}
