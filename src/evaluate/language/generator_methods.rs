//! The methods of generators, and generator expressions as the generators that they are.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::language::generator::{Sent, Step};
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{Binding, Object, ObjectId, ScopeId, Value};
use crate::semantics::Why;
use crate::source::Place;
use crate::syntax::{Block, Comprehension, Expr, ExprKind, Stmt, StmtKind};

impl Run<'_, '_> {
    /// A method of generators; none where what it gives cannot be told.
    pub(crate) fn generator_method(
        &mut self,
        method: &str,
        id: ObjectId,
        arguments: &[Value],
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let counts = match method {
            "send" => 1..=1,
            "throw" => 1..=3,
            "__iter__" | "__next__" | "close" => 0..=0,
            _ => return Ok(None),
        };
        let given = arguments.len();
        if !counts.contains(&given) {
            let message = match method {
                "send" => format!("generator.send() takes exactly one argument ({given} given)"),
                "throw" => format!("throw expected at most 3 arguments, got {given}"),
                _ => format!("generator.{method}() takes no arguments ({given} given)"),
            };
            return Err(self.type_error(&message, at));
        }
        let sent = match (method, arguments) {
            ("__iter__", _) => return Ok(Some(Value::Object(id))),
            ("send", [value]) => Sent::Value(value.clone()),
            ("throw", [kind, rest @ ..]) => match self.thrown_in(kind, rest.first(), at)? {
                Some(thrown) => Sent::Exception(thrown),
                None => return Ok(None),
            },
            ("close", _) => return self.close_generator(id, at),
            _ => Sent::Value(Value::None),
        };
        match self.resume(id, sent)? {
            Step::Yielded(value) => Ok(Some(value)),
            Step::Over(value) => Err(self.stop_iteration(value, at)),
            Step::Unknown => Ok(None),
        }
    }

    /// The exception that `generator.throw(kind, value)` raises inside of it.
    fn thrown_in(
        &mut self,
        kind: &Value,
        value: Option<&Value>,
        at: Option<Place>,
    ) -> Eval<Option<Box<Thrown>>> {
        let scope = self.any_scope();
        let is_exception = |run: &Self, value: &Value| {
            matches!(value, Value::Object(_))
                && run
                    .class_of(value)
                    .is_some_and(|it| run.classes.is_subclass(it, run.known.base_exception))
        };
        let exception = match (kind, value) {
            (Value::Gap(_), _) => return Ok(None),
            (_, Some(value)) if is_exception(self, value) => value.clone(),
            (exception, None | Some(Value::None)) if is_exception(self, exception) => {
                exception.clone()
            }
            (Value::Class(class), value)
                if self.classes.is_subclass(*class, self.known.base_exception) =>
            {
                let arguments = match value {
                    None | Some(Value::None) => vec![],
                    Some(Value::Tuple(all)) => all.to_vec(),
                    Some(one) => vec![one.clone()],
                };
                self.instantiate(*class, Arguments::of(arguments), at, scope)?
            }
            (other, _) => {
                let name = self.class_name_of(other);
                let message = format!(
                    "exceptions must be classes or instances deriving from BaseException, not {name}"
                );
                return Err(self.type_error(&message, at));
            }
        };
        let mut thrown = self.throw(self.known.base_exception, String::new(), at);
        thrown.class = self.class_of(&exception);
        thrown.value = exception;
        Ok(Some(thrown))
    }

    /// `generator.close()`
    fn close_generator(&mut self, id: ObjectId, at: Option<Place>) -> Eval<Option<Value>> {
        let Some(class) = self.world.facts.class("builtins", "GeneratorExit") else {
            return Ok(None);
        };
        let thrown = self.throw(class, String::new(), at);
        match self.resume(id, Sent::Exception(thrown)) {
            Ok(Step::Yielded(_)) => {
                let message = String::from("generator ignored GeneratorExit");
                Err(self.throw(self.known.runtime_error, message, at))
            }
            // Since 3.13 it gives what the generator returns.
            Ok(Step::Over(value)) if self.is_at_least(13) => Ok(Some(value)),
            Ok(Step::Unknown) => Ok(None),
            Err(thrown)
                if ![Some(class), Some(self.known.stop_iteration)].contains(&thrown.class) =>
            {
                Err(thrown)
            }
            _ => Ok(Some(Value::None)),
        }
    }

    /// `StopIteration(value)`
    pub(crate) fn stop_iteration(&mut self, value: Value, at: Option<Place>) -> Box<Thrown> {
        let thrown = self.throw(self.known.stop_iteration, String::new(), at);
        if let Value::Object(id) = thrown.value
            && let Object::Instance(exception) = self.object_mut(id)
        {
            let arguments = match &value {
                Value::None => vec![],
                value => vec![value.clone()],
            };
            exception.payload = Some(Value::tuple(arguments));
            let name = Name::const_new("value");
            exception.names.insert(name, Binding::new(value, at));
        }
        thrown
    }

    /// `(x for y in z if w)`: nothing but its outermost iterable is evaluated when it is made (language reference 6.2.8).
    pub(super) fn new_generator_expression(
        &mut self,
        it: &Comprehension,
        outermost: &Value,
        parent: ScopeId,
        at: Option<Place>,
    ) -> Eval {
        let is_async = it.clauses.iter().any(|clause| clause.is_async);
        let iterator = if is_async {
            self.gap_for(at, Why::NotFollowed)
        } else {
            self.iterator_of(outermost, at)?
        };
        let module = self.scope(parent).module;
        let scope = self.push_scope(ScopeKind::Function, Some(parent), module);
        self.bind(scope, &OUTERMOST, iterator, None);
        let body = it.body.get_or_init(|| block_of(it)).clone();
        // How far an asynchronous generator is read is not followed.
        if is_async {
            self.rest_of_generator(&body, scope, at);
            return Ok(self.gap_for(at, Why::NotFollowed));
        }
        Ok(self.generator_over(body, scope))
    }

    /// Whether the code of a comprehension only reads, whatever it goes through.
    pub(super) fn only_looks(&self, it: &Comprehension, scope: ScopeId) -> bool {
        self.is_without_effect(it.body.get_or_init(|| block_of(it)), scope)
    }
}

/// The name under which a generator expression has the iterator over its outermost iterable.
const OUTERMOST: Name = Name::const_new(".0");

/// A generator expression as the body of a function.
fn block_of(it: &Comprehension) -> Arc<Block> {
    let (start, end) = (it.element.start, it.element.end);
    let stmt = |kind: StmtKind| Stmt { kind, start, end };
    let value = Expr {
        kind: ExprKind::Yield(Some(Box::new(it.element.clone()))),
        start,
        end,
    };
    let mut inside = stmt(StmtKind::Expr(Box::new(value)));
    for (index, clause) in it.clauses.iter().enumerate().rev() {
        for condition in clause.conditions.iter().rev() {
            let body: Box<Block> = Box::from([inside]);
            inside = stmt(StmtKind::If(Box::from([(Some(condition.clone()), body)])));
        }
        let iter = if index == 0 {
            Expr {
                kind: ExprKind::Name(OUTERMOST),
                ..clause.iter.clone()
            }
        } else {
            clause.iter.clone()
        };
        inside = stmt(StmtKind::For {
            is_async: clause.is_async,
            target: Box::new(clause.target.clone()),
            iter: Box::new(iter),
            body: Box::from([inside]),
            orelse: Box::from([]),
        });
    }
    Arc::from([inside])
}
