//! Operations on what is not known: on one of several values they are done with each, and what is not known at all may refuse them.
//!
//! ```python
//! found = {"a": 1} if unknown() else {}
//! try:
//!     found["a"]            # one of the two raises: the handler is run for that
//! except KeyError:
//!     found = {"a": 2}
//! ```

use std::sync::Arc;

use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::{Flow, Thrown};
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, ScopeId, Value};
use crate::evaluate::machine::ways::Way;
use crate::semantics::Why;
use crate::source::Place;

/// How often one operation is done at most for the values its operands may have.
const MOST_TIMES: usize = 8;
/// Functions that take whatever there is.
const NEVER_RAISE: [&str; 6] = ["callable", "hasattr", "id", "isinstance", "print", "type"];
/// Functions and classes of `builtins` that only read their arguments: done with each of several, they give one of several results.
const ONLY_COMPUTE: [&str; 26] = [
    "abs",
    "ascii",
    "bin",
    "bool",
    "bytes",
    "callable",
    "chr",
    "complex",
    "divmod",
    "float",
    "format",
    "getattr",
    "hasattr",
    "hash",
    "hex",
    "int",
    "isinstance",
    "issubclass",
    "len",
    "oct",
    "ord",
    "pow",
    "repr",
    "round",
    "str",
    "tuple",
];

impl Run<'_, '_> {
    /// Does something with operands of which some may be one of several values: with each of these, and what comes of it is joined.
    pub(super) fn with_each(
        &mut self,
        operands: &[Value],
        at: Option<Place>,
        what: &dyn Fn(&mut Self, &[Value]) -> Eval,
    ) -> Eval {
        if self.tracing.is_some() {
            return what(self, operands);
        }
        let mut times = 1;
        let mut open = None;
        for (index, operand) in operands.iter().enumerate() {
            if let Some(candidates) = self.candidates(operand) {
                times *= candidates.len();
                open = Some(index);
            }
        }
        match open {
            Some(index) if times <= MOST_TIMES => {
                let candidates = self
                    .candidates(&operands[index])
                    .unwrap_or_default()
                    .to_vec();
                self.with_each_of(operands, index, &candidates, at, what)
            }
            _ => what(self, operands),
        }
    }

    fn with_each_of(
        &mut self,
        operands: &[Value],
        index: usize,
        candidates: &[Value],
        at: Option<Place>,
        what: &dyn Fn(&mut Self, &[Value]) -> Eval,
    ) -> Eval {
        let Some((one, others)) = candidates.split_first() else {
            return what(self, operands);
        };
        let with_one = |run: &mut Self| {
            let mut operands = operands.to_vec();
            operands[index] = one.clone();
            run.with_each(&operands, at, what)
        };
        if others.is_empty() {
            return with_one(self);
        }
        self.either_value(at, with_one, |run| {
            run.with_each_of(operands, index, others, at, what)
        })
    }

    /// What an operation gave on a value that is not known: it may as well have raised, where code stands ready to catch that.
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

    /// A call whose callee, or whose arguments if it only computes, may be one of several values.
    pub(super) fn call_each(
        &mut self,
        callee: Value,
        arguments: Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        if self.candidates(&callee).is_some() {
            return self.with_each(&[callee], at, &|run, callee| match callee {
                [callee] => run.call_each(callee.clone(), arguments.clone(), at, scope),
                _ => Ok(Value::None),
            });
        }
        let may_refuse = self.may_refuse(&callee);
        let is_spread = !arguments.is_open()
            && arguments.handed().any(|it| self.candidates(it).is_some())
            && self.only_computes(&callee);
        let result = if is_spread {
            let count = arguments.positional.len();
            let names: Arc<[_]> = arguments
                .keywords
                .iter()
                .map(|(name, _)| name.clone())
                .collect();
            let operands: Vec<Value> = arguments.handed().cloned().collect();
            self.with_each(&operands, at, &|run, values| {
                let (positional, named) = values.split_at(count);
                let arguments = Arguments {
                    positional: positional.to_vec(),
                    keywords: names.iter().cloned().zip(named.iter().cloned()).collect(),
                    ..Arguments::default()
                };
                run.call(&callee, arguments, at, scope)
            })
        } else {
            self.call(&callee, arguments, at, scope)
        };
        if may_refuse {
            return self.or_raises(result, at);
        }
        result
    }

    /// Whether what is called has no source, and may raise whatever it likes.
    fn may_refuse(&self, callee: &Value) -> bool {
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

    /// Whether a call of this only computes a value from what it is handed.
    fn only_computes(&self, callee: &Value) -> bool {
        match callee {
            Value::Native(path) => {
                path.module == "builtins" && ONLY_COMPUTE.contains(&path.qualname.as_str())
                    || matches!(path.module.as_str(), "math" | "operator" | "posixpath")
            }
            Value::Class(class) => {
                let path = &self.classes.get(*class).path;
                path.module == "builtins" && ONLY_COMPUTE.contains(&path.name())
            }
            Value::Method(pair) => match &pair.1 {
                Value::Object(id) => {
                    matches!(self.peek(*id), Object::Set { frozen: true, .. })
                }
                Value::Class(_) | Value::Module(_) | Value::Gap(_) => false,
                // A method of a constant.
                _ => matches!(pair.0, Value::Native(_)),
            },
            _ => false,
        }
    }
}
