//! Generators: functions that stop at a `yield` and go on from there when they are asked for more.
//!
//! The statements of the body that hold a `yield` are run with a stack of our own, which says where in which loop, `try` or `with` the
//! generator stands; everything else is run as anywhere. A `yield` in the middle of a larger expression cannot be stopped at: such a
//! function is run to its end when it is called.

use std::sync::Arc;

use crate::evaluate::language::iteration::Source;
use crate::evaluate::language::statements::flow;
use crate::evaluate::language::stops::{block_at, holds_stop, stop_of, stops};
use crate::evaluate::language::with::Entered;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{Code, Definition, Object, ObjectId, ScopeId, Value};
use crate::source::Place;
use crate::syntax::{Block, ExprKind, Stmt, StmtKind, Try};

/// A generator, between two of its steps.
#[derive(Debug, Clone)]
pub(crate) struct Generator {
    pub(super) body: Arc<Block>,
    pub(crate) scope: ScopeId,
    /// What it stands in, from the outside in.
    stack: Vec<Within>,
    pub(super) state: State,
    /// The function whose body it is; none of a generator expression.
    pub(crate) of: Option<ObjectId>,
    /// Whether it is a coroutine, which runs to its end when it is awaited.
    is_coroutine: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing of it has run.
    New,
    /// It stands at a `yield`, whose value goes to the targets of that statement.
    Stopped,
    /// It runs.
    Running,
    /// It has come to its end.
    Over,
    /// Where it stands could not be followed.
    Lost,
}

/// A statement: the block it stands in, and its index.
type At = (Path, u32);

/// The way from the body to a block: the statements it stands in, each with which of its blocks.
type Path = Arc<[(u32, u32)]>;

/// What a generator stands in.
#[derive(Debug, Clone)]
enum Within {
    /// A block, before the statement of this index.
    Block(Path, u32),
    /// A `for` loop.
    For(At, Source),
    /// A `while` loop.
    While(At),
    /// A `try` statement.
    Try(At, Part),
    /// The block behind a context manager.
    With(At, Entered),
    /// `yield from`
    Delegate(At, Source),
}

/// Which part of a `try` statement.
#[derive(Debug, Clone)]
enum Part {
    Body,
    /// A handler, and what it took.
    Handler(usize, Box<Thrown>),
    Else,
    /// How the statement is left after it.
    Finally(Flow),
}

/// What a generator is resumed with.
pub(super) enum Sent {
    Value(Value),
    Exception(Box<Thrown>),
}

/// What comes of resuming it.
pub(super) enum Step {
    Yielded(Value),
    /// It has ended, with this value.
    Over(Value),
    /// It could not be followed.
    Unknown,
}

/// What comes of a statement that holds a `yield`.
enum Begun {
    Left(Flow),
    Yielded(Value),
    Lost,
}

impl Run<'_, '_> {
    /// A call of a generator function: a generator of which nothing has run; none where it cannot be stopped at each `yield`.
    pub(super) fn new_generator(
        &mut self,
        id: ObjectId,
        function: &Definition,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Code::Def(def) = &function.code else {
            return Ok(None);
        };
        let is_coroutine = match (def.summary.is_generator, def.summary.is_async) {
            (true, false) => false,
            (false, true) => true,
            _ => return Ok(None),
        };
        let text = self.library.file(function.file).text.clone();
        let body = def.body(&text);
        if !is_coroutine && stops(&body) != usize::from(def.summary.yields) {
            return Ok(None);
        }
        let scope = self.push_scope(ScopeKind::Function, Some(function.scope), function.module);
        self.scope_mut(scope).function = Some(id);
        self.scope_mut(scope).receiver = arguments.positional.first().cloned();
        self.bind_parameters(function, &def.parameters, arguments.clone(), scope, at)?;
        Ok(Some(self.allocate(Object::Generator(Box::new(
            Generator {
                body,
                scope,
                stack: vec![],
                state: State::New,
                of: Some(id),
                is_coroutine,
            },
        )))))
    }

    /// A generator of which nothing has run, over a body that is none of a function.
    pub(super) fn generator_over(&mut self, body: Arc<Block>, scope: ScopeId) -> Value {
        self.allocate(Object::Generator(Box::new(Generator {
            body,
            scope,
            stack: vec![],
            state: State::New,
            of: None,
            is_coroutine: false,
        })))
    }

    /// `next(generator)`, `generator.send(value)`, `generator.throw(exception)`: runs it up to its next `yield`.
    pub(super) fn resume(&mut self, id: ObjectId, sent: Sent) -> Eval<Step> {
        let Object::Generator(kept) = self.object_mut(id) else {
            return Ok(Step::Unknown);
        };
        let running = Generator {
            body: kept.body.clone(),
            scope: kept.scope,
            stack: vec![],
            state: State::Running,
            of: kept.of,
            is_coroutine: kept.is_coroutine,
        };
        let mut generator = std::mem::replace(&mut **kept, running);
        let outer = self.handlers;
        let mark = self.forks.len();
        self.depth += 1;
        let mut result = self.run_generator(&mut generator, sent);
        self.depth -= 1;
        self.handlers = outer;
        // A decision on the way may have left a block of it: where it stands is not known.
        if self.stands_aside(mark, |left| !matches!(left, Flow::Raise(_))) {
            generator.state = State::Lost;
            let end = result.map(|_| ()).map_err(Flow::Raise);
            let end = self.joined_since(mark, end, None, |left| match left {
                Flow::Raise(thrown) => Err(Flow::Raise(thrown)),
                _ => Ok(()),
            });
            result = match end {
                Ok(()) => Ok(Step::Unknown),
                Err(flow) => Err(self.exception_of(flow, None)),
            };
        }
        if self.steps == 0 {
            generator.state = State::Lost;
        }
        let (body, scope) = (generator.body.clone(), generator.scope);
        if let Object::Generator(kept) = self.object_mut(id) {
            **kept = generator;
        }
        if matches!(result, Ok(Step::Unknown)) {
            self.rest_of_generator(&body, scope, None);
        }
        result
    }

    fn run_generator(&mut self, generator: &mut Generator, sent: Sent) -> Eval<Step> {
        let body = generator.body.clone();
        let delegate = match generator.stack.last() {
            Some(Within::Delegate(at, Source::Generated(inner))) => Some((at.clone(), *inner)),
            _ => None,
        };
        if generator.state == State::Stopped
            && let Some((at, inner)) = delegate
        {
            return self.hand_over(generator, sent, &at, inner);
        }
        let flow = match (generator.state, sent) {
            (State::Lost | State::Running, _) => {
                generator.state = State::Lost;
                return Ok(Step::Unknown);
            }
            (State::Over, _) if generator.is_coroutine => {
                let message = String::from("cannot reuse already awaited coroutine");
                return Err(self.throw(self.known.runtime_error, message, None));
            }
            (State::Over, Sent::Value(_)) => return Ok(Step::Over(Value::None)),
            (State::New | State::Over, Sent::Exception(thrown)) => {
                generator.state = State::Over;
                return Err(thrown);
            }
            (State::New, Sent::Value(value)) => {
                if !matches!(value, Value::None) {
                    generator.state = State::New;
                    let message = "can't send non-None value to a just-started generator";
                    return Err(self.throw(self.known.type_error, message.to_owned(), None));
                }
                let of = generator.of.map(|id| self.peek(id));
                if let Some(Object::Function(function)) = of {
                    let definition = function.definition.clone();
                    if let Code::Def(def) = &definition.code {
                        self.met.called.insert((definition.file, def.start));
                    }
                    self.note_begin(&definition);
                }
                if let Some(of) = generator.of {
                    self.begins(of);
                }
                generator.stack.push(Within::Block(Arc::from([]), 0));
                Flow::Next
            }
            (State::Stopped, Sent::Exception(thrown)) => Flow::Raise(thrown),
            (State::Stopped, Sent::Value(value)) => self.take_sent(generator, &body, value),
        };
        self.run_on(generator, flow)
    }

    /// What is sent to a generator that has handed over to another goes to that one (PEP 380).
    fn hand_over(
        &mut self,
        generator: &mut Generator,
        sent: Sent,
        at: &At,
        inner: ObjectId,
    ) -> Eval<Step> {
        let flow = match self.resume(inner, sent) {
            Ok(Step::Yielded(value)) => return Ok(Step::Yielded(value)),
            Ok(Step::Unknown) => {
                generator.state = State::Lost;
                return Ok(Step::Unknown);
            }
            Ok(Step::Over(value)) => {
                generator.stack.pop();
                let body = generator.body.clone();
                match block_at(&body, &at.0).and_then(|it| it.get(at.1 as usize)) {
                    Some(stmt) => self.assign_sent(stmt, value, generator.scope),
                    None => Flow::Next,
                }
            }
            Err(thrown) => {
                generator.stack.pop();
                Flow::Raise(thrown)
            }
        };
        self.run_on(generator, flow)
    }

    /// Runs a generator from where it stands up to its next `yield`.
    fn run_on(&mut self, generator: &mut Generator, mut flow: Flow) -> Eval<Step> {
        let body = generator.body.clone();
        let outer = self.handlers;
        generator.state = State::Running;
        loop {
            if !self.round() {
                generator.state = State::Lost;
                return Ok(Step::Unknown);
            }
            self.handlers = outer + generator.guards(&body);
            let Some(top) = generator.stack.pop() else {
                generator.state = State::Over;
                return match flow {
                    // It would look like the end of the generator (PEP 479).
                    Flow::Raise(thrown) if self.is_stop(&thrown) => {
                        let kind = generator.kind();
                        let message = format!("{kind} raised StopIteration");
                        Err(self.throw(self.known.runtime_error, message, thrown.at))
                    }
                    Flow::Raise(thrown) => Err(thrown),
                    Flow::Return(value) => Ok(Step::Over(value)),
                    _ => Ok(Step::Over(Value::None)),
                };
            };
            let begun = match top {
                Within::Block(path, next) => {
                    let stmt = block_at(&body, &path).and_then(|it| it.get(next as usize));
                    match (flow, stmt) {
                        (Flow::Next, Some(stmt)) => {
                            let at = (path.clone(), next);
                            generator.stack.push(Within::Block(path, next + 1));
                            self.begin(generator, stmt, at)
                        }
                        (left, _) => Begun::Left(left),
                    }
                }
                within => self.go_on(generator, &body, within, flow),
            };
            flow = match begun {
                Begun::Left(flow) => flow,
                Begun::Yielded(value) => {
                    generator.state = State::Stopped;
                    return Ok(Step::Yielded(value));
                }
                Begun::Lost => {
                    generator.state = State::Lost;
                    return Ok(Step::Unknown);
                }
            };
        }
    }

    /// Gives what was sent to the targets of the statement that the generator stands at.
    fn take_sent(&mut self, generator: &Generator, body: &Block, value: Value) -> Flow {
        let Some(Within::Block(path, next)) = generator.stack.last() else {
            return Flow::Next;
        };
        let stmt = block_at(body, path).and_then(|it| it.get((*next as usize).checked_sub(1)?));
        match stmt {
            Some(stmt) => self.assign_sent(stmt, value, generator.scope),
            None => Flow::Next,
        }
    }

    fn assign_sent(&mut self, stmt: &Stmt, value: Value, scope: ScopeId) -> Flow {
        let at = self.place(scope, stmt.start, stmt.end);
        match &stmt.kind {
            StmtKind::Assign(targets, _) => {
                for target in targets {
                    flow!(self.assign(target, value.clone(), scope, at));
                }
            }
            StmtKind::Annotate(target, _, Some(_)) => {
                flow!(self.assign(target, value, scope, at));
            }
            StmtKind::Return(_) => return Flow::Return(value),
            _ => {}
        }
        Flow::Next
    }

    /// Runs a statement, or begins one that holds a `yield`.
    fn begin(&mut self, generator: &mut Generator, stmt: &Stmt, at: At) -> Begun {
        let scope = generator.scope;
        let place = self.place(scope, stmt.start, stmt.end);
        if !holds_stop(stmt) {
            return Begun::Left(self.exec(stmt, scope));
        }
        if let Some(stop) = stop_of(stmt) {
            return match &stop.kind {
                ExprKind::Yield(None) => Begun::Yielded(Value::None),
                ExprKind::Yield(Some(value)) => match self.eval(value, scope) {
                    Ok(value) => Begun::Yielded(value),
                    Err(thrown) => Begun::Left(Flow::Raise(thrown)),
                },
                ExprKind::YieldFrom(inner) => match self.eval(inner, scope) {
                    Ok(inner) => match self.source(&inner, place) {
                        Ok(source) => {
                            generator.stack.push(Within::Delegate(at, source));
                            Begun::Left(Flow::Next)
                        }
                        Err(thrown) => Begun::Left(Flow::Raise(thrown)),
                    },
                    Err(thrown) => Begun::Left(Flow::Raise(thrown)),
                },
                _ => Begun::Lost,
            };
        }
        match &stmt.kind {
            StmtKind::If(branches) => {
                for (index, (test, _)) in branches.iter().enumerate() {
                    let truth = match test {
                        None => Some(true),
                        Some(test) => match self.test(test, scope) {
                            Ok(truth) => truth,
                            Err(thrown) => return Begun::Left(Flow::Raise(thrown)),
                        },
                    };
                    match truth {
                        Some(true) => {
                            generator.enter(&at, index);
                            break;
                        }
                        Some(false) => {}
                        None => return Begun::Lost,
                    }
                }
                Begun::Left(Flow::Next)
            }
            StmtKind::For { is_async: true, .. } => Begun::Lost,
            StmtKind::For { iter, .. } => match self.eval(iter, scope) {
                Ok(iterable) => match self.source(&iterable, place) {
                    Ok(source) => {
                        generator.stack.push(Within::For(at, source));
                        Begun::Left(Flow::Next)
                    }
                    Err(thrown) => Begun::Left(Flow::Raise(thrown)),
                },
                Err(thrown) => Begun::Left(Flow::Raise(thrown)),
            },
            StmtKind::While { .. } => {
                generator.stack.push(Within::While(at));
                Begun::Left(Flow::Next)
            }
            StmtKind::Try(_) => {
                generator.stack.push(Within::Try(at.clone(), Part::Body));
                generator.enter(&at, 0);
                Begun::Left(Flow::Next)
            }
            StmtKind::With(managers, _, is_async) => {
                for (context, target) in &**managers {
                    let entered =
                        match self.enter_manager(context, target.as_ref(), *is_async, scope) {
                            Ok(entered) => entered,
                            Err(thrown) => return Begun::Left(Flow::Raise(thrown)),
                        };
                    generator.stack.push(Within::With(at.clone(), entered));
                }
                generator.enter(&at, 0);
                Begun::Left(Flow::Next)
            }
            _ => Begun::Lost,
        }
    }

    /// Goes on with a statement after one of its blocks was left.
    fn go_on(
        &mut self,
        generator: &mut Generator,
        body: &Block,
        within: Within,
        flow: Flow,
    ) -> Begun {
        let scope = generator.scope;
        let stmt = match &within {
            Within::Block(..) => None,
            Within::For(at, _)
            | Within::While(at)
            | Within::Try(at, _)
            | Within::With(at, _)
            | Within::Delegate(at, _) => block_at(body, &at.0).and_then(|it| it.get(at.1 as usize)),
        };
        let Some(stmt) = stmt else {
            return Begun::Lost;
        };
        let place = self.place(scope, stmt.start, stmt.end);
        match (within, &stmt.kind) {
            (Within::For(at, mut source), StmtKind::For { target, .. }) => {
                match flow {
                    Flow::Next | Flow::Continue => {}
                    Flow::Break => return Begun::Left(Flow::Next),
                    left => return Begun::Left(left),
                }
                let item = match self.next_item(&mut source, place, scope) {
                    Ok(item) => item,
                    Err(thrown) => return Begun::Left(Flow::Raise(thrown)),
                };
                match item {
                    Some(item) => {
                        generator.stack.push(Within::For(at.clone(), source));
                        if let Err(thrown) = self.assign(target, item, scope, place) {
                            generator.stack.pop();
                            return Begun::Left(Flow::Raise(thrown));
                        }
                        generator.enter(&at, 0);
                    }
                    None if source.is_open() => return Begun::Lost,
                    None => generator.enter(&at, 1),
                }
                Begun::Left(Flow::Next)
            }
            (Within::While(at), StmtKind::While { test, .. }) => {
                match flow {
                    Flow::Next | Flow::Continue => {}
                    Flow::Break => return Begun::Left(Flow::Next),
                    left => return Begun::Left(left),
                }
                let truth = match self.test(test, scope) {
                    Ok(truth) => truth,
                    Err(thrown) => return Begun::Left(Flow::Raise(thrown)),
                };
                match truth {
                    Some(true) => {
                        generator.stack.push(Within::While(at.clone()));
                        generator.enter(&at, 0);
                    }
                    Some(false) => generator.enter(&at, 1),
                    None => return Begun::Lost,
                }
                Begun::Left(Flow::Next)
            }
            (Within::With(_, entered), _) => {
                Begun::Left(self.leave_manager(&entered, flow, place, scope))
            }
            (Within::Delegate(_, mut source), _) => {
                if !matches!(flow, Flow::Next) {
                    return Begun::Left(flow);
                }
                match self.next_item(&mut source, place, scope) {
                    Ok(Some(item)) => {
                        let Some(Within::Block(path, next)) = generator.stack.last() else {
                            return Begun::Lost;
                        };
                        let at = (path.clone(), next.saturating_sub(1));
                        generator.stack.push(Within::Delegate(at, source));
                        Begun::Yielded(item)
                    }
                    Ok(None) if source.is_open() => Begun::Lost,
                    Ok(None) => {
                        let value = source.result();
                        Begun::Left(self.assign_sent(stmt, value, scope))
                    }
                    Err(thrown) => Begun::Left(Flow::Raise(thrown)),
                }
            }
            (Within::Try(at, part), StmtKind::Try(it)) => {
                self.go_on_trying(generator, it, &at, part, flow)
            }
            _ => Begun::Lost,
        }
    }

    fn go_on_trying(
        &mut self,
        generator: &mut Generator,
        it: &Try,
        at: &At,
        part: Part,
        flow: Flow,
    ) -> Begun {
        let scope = generator.scope;
        let handlers = it.handlers.len();
        let left = match (part, flow) {
            (Part::Body, Flow::Raise(thrown)) => {
                let mut taken = None;
                for (index, handler) in it.handlers.iter().enumerate() {
                    let caught = match &handler.kind {
                        None => Some(true),
                        Some(kind) => match self.eval(kind, scope) {
                            Ok(kind) => self.is_caught(&thrown, &kind),
                            Err(other) => return Begun::Left(Flow::Raise(other)),
                        },
                    };
                    match caught {
                        Some(true) => {
                            taken = Some((index, handler));
                            break;
                        }
                        Some(false) => {}
                        None => return Begun::Lost,
                    }
                }
                if let Some((index, handler)) = taken {
                    if let Some(name) = &handler.name {
                        self.store(name, thrown.value.clone(), scope, None);
                    }
                    let part = Part::Handler(index, thrown);
                    generator.stack.push(Within::Try(at.clone(), part));
                    generator.enter(at, index + 1);
                    return Begun::Left(Flow::Next);
                }
                Flow::Raise(thrown)
            }
            (Part::Body, Flow::Next) => {
                generator.stack.push(Within::Try(at.clone(), Part::Else));
                generator.enter(at, handlers + 1);
                return Begun::Left(Flow::Next);
            }
            (Part::Handler(index, thrown), left) => {
                if let Some(name) = it.handlers.get(index).and_then(|it| it.name.as_ref()) {
                    self.unbind_caught(name, scope);
                }
                match left {
                    // A bare `raise` raises what was caught.
                    Flow::Raise(again) if again.class.is_none() && again.value.is_gap() => {
                        Flow::Raise(thrown)
                    }
                    left => left,
                }
            }
            (Part::Finally(left), Flow::Next) => return Begun::Left(left),
            (Part::Finally(_), left) => return Begun::Left(left),
            (Part::Body | Part::Else, left) => left,
        };
        if it.finally.is_empty() {
            return Begun::Left(left);
        }
        generator
            .stack
            .push(Within::Try(at.clone(), Part::Finally(left)));
        generator.enter(at, handlers + 2);
        Begun::Left(Flow::Next)
    }
}

impl Generator {
    /// What the loops that it stands in go through.
    pub(crate) fn held(&self) -> Vec<Value> {
        let sources = self.stack.iter().filter_map(|it| match it {
            Within::For(_, source) | Within::Delegate(_, source) => Some(source.held()),
            _ => None,
        });
        sources.flatten().collect()
    }

    /// What CPython calls it.
    pub(crate) fn kind(&self) -> &'static str {
        if self.is_coroutine {
            "coroutine"
        } else {
            "generator"
        }
    }

    /// Where it stands is not known any more.
    pub(crate) fn lose(&mut self) {
        self.state = State::Lost;
    }

    /// Goes into one of the blocks of a statement.
    fn enter(&mut self, at: &At, block: usize) {
        let mut path = at.0.to_vec();
        path.push((at.1, block as u32));
        self.stack.push(Within::Block(path.into(), 0));
    }

    /// How many `try` blocks with handlers it stands in.
    fn guards(&self, body: &Block) -> u32 {
        let guarding = self.stack.iter().filter(|it| match it {
            Within::Try(at, Part::Body) => {
                let stmt = block_at(body, &at.0).and_then(|it| it.get(at.1 as usize));
                matches!(stmt.map(|it| &it.kind), Some(StmtKind::Try(it)) if !it.handlers.is_empty())
            }
            _ => false,
        });
        guarding.count() as u32
    }
}
