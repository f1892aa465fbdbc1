//! `await`, `async for` and `async with`: whoever drives a coroutine sends it `None` until it is over, so that
//! what it awaits runs to its end at once (PEP 492).

use crate::evaluate::language::generator::{Sent, State, Step};
use crate::evaluate::language::iteration::{Next, Source};
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Code, Object, ObjectId, Value};
use crate::semantics::{ClassId, Why};
use crate::source::Place;

/// How often an awaitable is asked before it is taken to have no end.
const MOST_SENT: usize = 50;

/// What an awaitable is driven by.
enum Awaitable {
    Coroutine(ObjectId),
    Iterator(Source),
    Unknown,
}

impl Run<'_, '_> {
    /// `await value`
    pub(super) fn awaited(&mut self, value: &Value, at: Option<Place>) -> Eval {
        let awaitable = self.awaitable(value, at)?;
        self.driven(awaitable, at)
    }

    /// `asyncio.run(value)` and its like, where they are handed a coroutine.
    pub(crate) fn run_to_its_end(
        &mut self,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        match value {
            Value::Object(id) if self.is_coroutine(*id) => self.run_coroutine(*id, at).map(Some),
            _ => Ok(None),
        }
    }

    fn is_coroutine(&self, id: ObjectId) -> bool {
        matches!(self.object(id), Object::Generator(it) if it.kind() == "coroutine")
    }

    /// Runs a coroutine, as a call of its function would run.
    fn run_coroutine(&mut self, id: ObjectId, at: Option<Place>) -> Eval {
        let Object::Generator(coroutine) = self.object_mut(id) else {
            return Ok(self.gap_for(at, Why::NotFollowed));
        };
        let scope = coroutine.scope;
        let is_new = coroutine.state == State::New;
        let Some(of) = coroutine.of.filter(|_| is_new) else {
            // It has been awaited before.
            return match self.resume(id, Sent::Value(Value::None))? {
                Step::Over(value) => Ok(value),
                Step::Yielded(_) | Step::Unknown => Ok(self.gap_for(at, Why::NotFollowed)),
            };
        };
        let definition = match self.peek(of) {
            Object::Function(function) => function.definition.clone(),
            _ => return Ok(self.gap_for(at, Why::NotFollowed)),
        };
        let Code::Def(def) = &definition.code else {
            return Ok(self.gap_for(at, Why::NotFollowed));
        };
        if self.is_unsure_recursion(of) {
            self.not_followed(&definition.name, [&Value::Object(id)], at);
            return Ok(self.gap(Why::Budget, &definition.name, at));
        }
        if let Object::Generator(coroutine) = self.object_mut(id) {
            coroutine.state = State::Running;
        }
        let from = self.any_scope();
        let result = self.in_call(of, &definition, at, from, |run| {
            if let Some(running) = run.calls.last_mut() {
                running.scope = Some(scope);
            }
            run.run_body(of, &definition, def, at, scope)
        });
        if let Object::Generator(coroutine) = self.object_mut(id) {
            coroutine.state = State::Over;
        }
        result
    }

    /// `_PyCoro_GetAwaitableIter`
    fn awaitable(&mut self, value: &Value, at: Option<Place>) -> Eval<Awaitable> {
        if let Value::Object(id) = value
            && self.is_coroutine(*id)
        {
            return Ok(Awaitable::Coroutine(*id));
        }
        let Some(class) = self.class_of(value).filter(|it| self.is_whole(*it)) else {
            self.lose();
            return Ok(Awaitable::Unknown);
        };
        let Some(method) = self.special_method(value, class, "__await__") else {
            let message = self.not_awaitable(class);
            return Err(self.type_error(&message, at));
        };
        let scope = self.any_scope();
        let iterator = self.call(&method, Arguments::default(), at, scope)?;
        match &iterator {
            Value::Object(id) => match self.object(*id) {
                Object::Generator(it) if it.kind() == "coroutine" => {
                    return Err(self.type_error("__await__() returned a coroutine", at));
                }
                Object::Generator(_) => return Ok(Awaitable::Iterator(Source::Generated(*id))),
                Object::Iterator(_) => return Ok(Awaitable::Iterator(Source::Of(*id))),
                _ => {}
            },
            Value::Gap(_) => return Ok(Awaitable::Unknown),
            _ => {}
        }
        let of = self.class_of(&iterator).filter(|it| self.is_whole(*it));
        Ok(match of {
            Some(of) if self.find_in_mro(of, "__next__").is_none() => {
                let of = self.type_name(&iterator);
                let message = format!("__await__() returned non-iterator of type '{of}'");
                return Err(self.type_error(&message, at));
            }
            Some(of) if self.user_defines(of, "__next__") => {
                Awaitable::Iterator(Source::Asked(iterator))
            }
            _ => {
                self.lose();
                Awaitable::Unknown
            }
        })
    }

    fn not_awaitable(&self, class: ClassId) -> String {
        let of = self.name_in_messages(class);
        if self.is_at_least(14) {
            format!("'{of}' object can't be awaited")
        } else {
            format!("object {of} can't be used in 'await' expression")
        }
    }

    /// Runs an awaitable to its end.
    fn driven(&mut self, awaitable: Awaitable, at: Option<Place>) -> Eval {
        match awaitable {
            Awaitable::Coroutine(id) => self.run_coroutine(id, at),
            Awaitable::Iterator(source) => {
                let iterator = self.iterator_object(source);
                let scope = self.any_scope();
                for _ in 0..MOST_SENT {
                    match self.next_of(&iterator, at, scope)? {
                        Next::Item(_) => {}
                        Next::Over(value) => return Ok(value),
                        Next::Lost => break,
                    }
                }
                Ok(self.gap_for(at, Why::NotFollowed))
            }
            Awaitable::Unknown => Ok(self.gap_for(at, Why::NotFollowed)),
        }
    }

    /// What `for` or `async for` goes through, in a statement or a comprehension (`GET_ITER`; `GET_AITER`, `GET_ANEXT`, `END_ASYNC_FOR`).
    pub(super) fn source_of_loop(
        &mut self,
        value: &Value,
        is_async: bool,
        at: Option<Place>,
    ) -> Eval<Source> {
        if !is_async {
            return self.source(value, at);
        }
        let iterator = self.async_iterator(value, at)?;
        Ok(if iterator.is_gap() {
            Source::Lost
        } else {
            Source::Awaited(iterator)
        })
    }

    /// The next item of an asynchronous iterator.
    pub(super) fn next_awaited(&mut self, iterator: &Value, at: Option<Place>) -> Eval<Next> {
        let Some(class) = self.class_of(iterator) else {
            return Ok(Next::Lost);
        };
        match self.async_next(iterator, class, at) {
            Ok(Some(item)) => Ok(Next::Item(item)),
            Ok(None) => Ok(Next::Lost),
            Err(thrown) if self.ends_async_for(&thrown) => Ok(Next::Over(Value::None)),
            Err(thrown) => Err(thrown),
        }
    }

    /// `aiter(value)`, with the words of `async for`.
    fn async_iterator(&mut self, value: &Value, at: Option<Place>) -> Eval {
        let Some(class) = self.class_of(value).filter(|it| self.is_whole(*it)) else {
            return Ok(self.gap_for(at, Why::NotFollowed));
        };
        let Some(method) = self.special_method(value, class, "__aiter__") else {
            let of = self.name_in_messages(class);
            let message = format!("'async for' requires an object with __aiter__ method, got {of}");
            return Err(self.type_error(&message, at));
        };
        let scope = self.any_scope();
        let iterator = self.call(&method, Arguments::default(), at, scope)?;
        let of = self.class_of(&iterator).filter(|it| self.is_whole(*it));
        match of {
            Some(of) if self.find_in_mro(of, "__anext__").is_none() => {
                let of = self.name_in_messages(of);
                let message = format!(
                    "'async for' received an object from __aiter__ that does not implement __anext__: {of}"
                );
                Err(self.type_error(&message, at))
            }
            Some(of) if self.user_defines(of, "__anext__") => Ok(iterator),
            _ => Ok(self.gap_for(at, Why::NotFollowed)),
        }
    }

    /// `aiter(value)` (`PyObject_GetAIter`).
    pub(crate) fn asked_for_async_iterator(&mut self, value: &Value, at: Option<Place>) -> Eval {
        let method = match self.special(value, "__aiter__")? {
            Special::Code(method) => method,
            Special::Missing if self.is_of_known_type(value) => {
                let of = self.type_name(value);
                let message = format!("'{of}' object is not an async iterable");
                return Err(self.type_error(&message, at));
            }
            _ => return Ok(self.gap_for(at, Why::NotFollowed)),
        };
        let iterator = self.call_method(&method, vec![], at)?;
        match self.special(&iterator, "__anext__")? {
            Special::Missing if self.is_of_known_type(&iterator) => {
                let of = self.type_name(&iterator);
                let message = format!("aiter() returned not an async iterator of type '{of}'");
                Err(self.type_error(&message, at))
            }
            Special::Code(_) => Ok(iterator),
            _ => Ok(self.gap_for(at, Why::NotFollowed)),
        }
    }

    /// What awaiting `__anext__()` gives; none where that is not followed.
    fn async_next(
        &mut self,
        iterator: &Value,
        class: ClassId,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Some(method) = self.special_method(iterator, class, "__anext__") else {
            return Ok(None);
        };
        let scope = self.any_scope();
        let next = self.call(&method, Arguments::default(), at, scope)?;
        match self.awaitable(&next, at) {
            Ok(Awaitable::Unknown) => Ok(None),
            Ok(awaitable) => self.driven(awaitable, at).map(Some),
            // Whatever it was, it is the cause of another.
            Err(_) => {
                let of = self.type_name(&next);
                let message =
                    format!("'async for' received an invalid object from __anext__: {of}");
                Err(self.type_error(&message, at))
            }
        }
    }

    fn ends_async_for(&self, thrown: &Thrown) -> bool {
        let class = self.world.facts.class("builtins", "StopAsyncIteration");
        let raised = thrown.class;
        raised.is_some_and(|it| class.is_some_and(|end| self.classes.is_subclass(it, end)))
    }

    /// What `__aenter__` or `__aexit__` returned, awaited.
    pub(super) fn awaited_from(&mut self, value: &Value, method: &str, at: Option<Place>) -> Eval {
        let class = self.class_of(value).filter(|it| self.is_whole(*it));
        let is_coroutine = class == self.world.facts.class("builtins", "coroutine");
        if let Some(class) = class.filter(|_| !is_coroutine)
            && self.find_in_mro(class, "__await__").is_none()
        {
            let of = self.name_in_messages(class);
            let message = format!(
                "'async with' received an object from {method} that does not implement __await__: {of}"
            );
            return Err(self.type_error(&message, at));
        }
        self.awaited(value, at)
    }
}
