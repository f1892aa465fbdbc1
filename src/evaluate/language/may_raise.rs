//! Operations on what is not known at all: where code stands ready to catch it, they may as well raise.
//!
//! ```python
//! try:
//!     limit = settings()["limit"]      # `settings` is out of view
//! except KeyError:
//!     limit = 10                       # run as well
//! ```

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::{Flow, Thrown};
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{ScopeId, Value};
use crate::evaluate::machine::ways::Way;
use crate::semantics::{Assumption, Why};
use crate::source::Place;
use crate::syntax::{Expr, ExprKind, Handler};

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
        // What is not known may come to call code of the program's. Where only that is waited for, it is taken not to raise.
        if self.waits_for_own_alone() {
            self.taken_not_to_raise(&value, at);
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

    /// Whether what the interpreter's own code may raise is nothing that anybody here waits for: exceptions of its own classes where the handlers
    /// name other code's, and where it is handed no code that could raise those.
    ///
    /// ```python
    /// try:
    ///     return remake(cls, hash(key))     # `hash` raises no `Unannotated`
    /// except Unannotated:
    ///     return remake(cls, None)
    /// ```
    pub(super) fn refuses_nobody(&self, callee: &Value, arguments: &Arguments) -> bool {
        let is_code = |value: &Value| match value {
            Value::Method(_) => true,
            Value::Object(_) => self.function(value).is_some(),
            _ => false,
        };
        self.waits_for_own_alone()
            && !matches!(callee, Value::Gap(_))
            && !arguments.positional.iter().any(is_code)
            && !arguments.keywords.iter().any(|(_, value)| is_code(value))
    }

    /// Whether all handlers that are open here wait for exceptions of the program's own.
    fn waits_for_own_alone(&self) -> bool {
        self.own_handlers > 0 && self.handlers - self.outer_handlers == self.own_handlers
    }

    /// Whether what an operation on something unknown may have raised is taken to be what the innermost handlers wait for: those around them
    /// wait for the program's own exceptions alone.
    ///
    /// ```python
    /// try:
    ///     try:
    ///         found = cell.cell_contents     # `ValueError` where it is empty
    ///     except ValueError:
    ///         found = None
    /// except Unannotated:
    ///     found = other
    /// ```
    pub(super) fn is_taken_to_stay_here(&mut self, thrown: &Thrown) -> bool {
        let is_of_operation = thrown.class.is_none() && !thrown.is_written && !thrown.is_certain;
        let stays = is_of_operation && self.waits_for_own_alone();
        if stays {
            self.taken_not_to_raise(&thrown.value, thrown.at);
        }
        stays
    }

    /// What the interpreter's own code gave that could not be followed: it may have come to call code of the program's, which may raise. It is
    /// taken not to.
    pub(super) fn taken_not_to_raise(&mut self, given: &Value, at: Option<Place>) {
        if given.is_gap() && self.candidates(given).is_none() {
            self.assume_here(Assumption {
                what: String::from(
                    "the interpreter's functions come to no code that raises the program's own exceptions",
                ),
                at,
            });
        }
    }

    /// Whether each of these handlers waits for an exception class that is not the interpreter's.
    pub(super) fn waits_for_own(&self, handlers: &[Handler], scope: ScopeId) -> bool {
        let waits = |it: &Handler| match it.kind.as_ref().map(|kind| &kind.kind) {
            Some(ExprKind::Tuple(kinds)) => kinds.iter().all(|it| self.is_own_kind(it, scope)),
            _ => it
                .kind
                .as_ref()
                .is_some_and(|it| self.is_own_kind(it, scope)),
        };
        !handlers.is_empty() && handlers.iter().all(waits)
    }

    fn is_own_kind(&self, kind: &Expr, scope: ScopeId) -> bool {
        let named = |name: &Name| {
            let mut at = Some(scope);
            while let Some(id) = at {
                if let Some(binding) = self.scope(id).names.get(name) {
                    return Some(&binding.value);
                }
                at = self.scope(id).parent;
            }
            None
        };
        let value = match &kind.kind {
            ExprKind::Name(name) => named(name),
            ExprKind::Attribute(of, name) => match &of.kind {
                ExprKind::Name(of) => match named(of) {
                    Some(Value::Module(ix)) => {
                        let names = &self.scope(self.module(*ix).scope).names;
                        names.get(name).map(|it| &it.value)
                    }
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        };
        matches!(value, Some(Value::Class(id)) if !self.classes.is_interpreters(*id))
    }
}
