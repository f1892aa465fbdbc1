//! `with`: what a context manager does before its block and after it.

use crate::evaluate::language::generator::{Sent, Step};
use crate::evaluate::language::statements::flow;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Instance, Object, ObjectId, ScopeId, Value};
use crate::semantics::Why;
use crate::source::Place;
use crate::syntax::{Block, Expr, ExprKind, awaits_exception};

/// Steps that a context manager finds for what it does after its block.
const CLEANING_STEPS: u32 = 1_000;

/// A context manager whose block runs.
#[derive(Debug, Clone)]
pub(super) struct Entered {
    manager: Value,
    /// The exceptions that `contextlib.suppress(…)` takes.
    suppressed: Vec<Value>,
    /// Whether it is that of an `async with`, which awaits.
    is_async: bool,
}

/// The method that is called where the block is left.
fn exit_of(is_async: bool) -> &'static str {
    if is_async { "__aexit__" } else { "__exit__" }
}

impl Run<'_, '_> {
    /// Runs a `with` from one of its managers on.
    pub(super) fn exec_with(
        &mut self,
        managers: &[(Expr, Option<Expr>)],
        body: &Block,
        is_async: bool,
        scope: ScopeId,
    ) -> Flow {
        let Some(((context, target), rest)) = managers.split_first() else {
            return self.exec_block(body, scope);
        };
        let entered = flow!(self.enter_manager(context, target.as_ref(), is_async, scope));
        let at = self.place(scope, context.start, context.end);
        let awaits = awaits(context);
        // By its name it waits for what its block raises, which its code, where that is not followed, cannot say.
        let takes_any = awaits && !self.may_catch(&entered);
        let guards = u32::from(takes_any || self.may_catch(&entered));
        let mark = self.forks.len();
        self.handlers += guards;
        let awaits = u32::from(awaits);
        self.awaited += awaits;
        let flow = self.exec_with(rest, body, is_async, scope);
        self.awaited -= awaits;
        let ways =
            (self.forks.len() > mark).then(|| self.ways_since(mark, flow.clone().ended(), at));
        self.handlers -= guards;
        let leave = |run: &mut Self, flow: Flow| match flow {
            Flow::Raise(thrown) if takes_any && !thrown.is_cut => Flow::Next,
            flow => run.leave_manager(&entered, flow, at, scope),
        };
        match ways {
            None => leave(self, flow),
            Some(ways) => {
                let ways = self.in_each(ways, at, |run, end| leave(run, Flow::of(end)).ended());
                Flow::of(self.resume_in(ways, at))
            }
        }
    }

    /// Whether a context manager may take an exception that its block raises.
    fn may_catch(&self, entered: &Entered) -> bool {
        let exit = exit_of(entered.is_async);
        !entered.suppressed.is_empty()
            || self.entries_of_stack(&entered.manager).is_some()
            || self.generator_of(&entered.manager).is_some()
            || self
                .class_of(&entered.manager)
                .is_some_and(|class| self.user_defines(class, exit))
    }

    /// `with context as target:`, up to the block.
    pub(super) fn enter_manager(
        &mut self,
        context: &Expr,
        target: Option<&Expr>,
        is_async: bool,
        scope: ScopeId,
    ) -> Eval<Entered> {
        let manager = self.eval(context, scope)?;
        let at = self.place(scope, context.start, context.end);
        self.check_manager(&manager, is_async, at)?;
        let value = if is_async {
            self.enter_async(&manager, at, scope)?
        } else {
            self.enter(&manager, at, scope)?
        };
        if let Some(target) = target {
            self.assign(target, value, scope, at)?;
        }
        let suppressed = self.suppresses(&manager);
        Ok(Entered {
            manager,
            suppressed,
            is_async,
        })
    }

    /// Raises for what has no `__enter__` or `__exit__`, both of which are looked up before either is called (`BEFORE_WITH`,
    /// `BEFORE_ASYNC_WITH`; until 3.10 `special_lookup`).
    fn check_manager(&mut self, manager: &Value, is_async: bool, at: Option<Place>) -> Eval<()> {
        let Some(class) = self.class_of(manager).filter(|it| self.is_whole(*it)) else {
            return Ok(());
        };
        let (names, asynchronous) = if is_async {
            (["__aenter__", "__aexit__"], "asynchronous ")
        } else {
            (["__enter__", "__exit__"], "")
        };
        for name in names {
            if self.find_in_mro(class, name).is_some() {
                continue;
            }
            if !self.is_at_least(11) {
                return Err(self.throw(self.known.attribute_error, name.to_owned(), at));
            }
            let of = self.name_in_messages(class);
            let missed = if name.ends_with("exit__") {
                format!(" (missed {name} method)")
            } else {
                String::new()
            };
            let message = format!(
                "'{of}' object does not support the {asynchronous}context manager protocol{missed}"
            );
            return Err(self.type_error(&message, at));
        }
        Ok(())
    }

    fn enter_async(&mut self, manager: &Value, at: Option<Place>, scope: ScopeId) -> Eval {
        let class = self.class_of(manager);
        let class = class.filter(|it| self.user_defines(*it, "__aenter__"));
        let method = class.and_then(|it| self.special_method(manager, it, "__aenter__"));
        let Some(method) = method else {
            return Ok(self.gap_for(at, Why::NotFollowed));
        };
        let entered = self.call(&method, Arguments::default(), at, scope)?;
        self.awaited_from(&entered, "__aenter__", at)
    }

    /// What comes after the block, which was left like this.
    pub(super) fn leave_manager(
        &mut self,
        entered: &Entered,
        flow: Flow,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Flow {
        // What cleans up is run even when the block has used up all steps: else it would seem never to have been left.
        let lent = CLEANING_STEPS.saturating_sub(self.steps);
        self.steps += lent;
        let flow = self.left(entered, flow, at, scope);
        self.steps = self.steps.saturating_sub(lent);
        flow
    }

    fn left(&mut self, entered: &Entered, flow: Flow, at: Option<Place>, scope: ScopeId) -> Flow {
        if !entered.suppressed.is_empty() {
            let suppressed = Value::tuple(entered.suppressed.clone());
            return match flow {
                Flow::Raise(thrown) => match self.is_caught(&thrown, &suppressed) {
                    Some(true) => Flow::Next,
                    Some(false) => Flow::Raise(thrown),
                    None => self.fork(at, |_| Flow::Next, |_| Flow::Raise(thrown)),
                },
                flow => flow,
            };
        }
        match self.generator_of(&entered.manager) {
            Some(generator) => self.end_generator(generator, flow, at),
            None => self.leave(entered, flow, at, scope),
        }
    }

    /// The same, for a manager that a stack of them has entered.
    pub(super) fn leave_entered(
        &mut self,
        manager: &Value,
        flow: Flow,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Flow {
        let entered = Entered {
            manager: manager.clone(),
            suppressed: self.suppresses(manager),
            is_async: false,
        };
        self.left(&entered, flow, at, scope)
    }

    /// A call of a function under `@contextmanager`: an object that keeps its generator for the `with`.
    pub(super) fn manager_of(&mut self, generator: Value) -> Option<Value> {
        let facts = &self.world.facts;
        let class = facts.class("contextlib", "_GeneratorContextManager")?;
        let mut manager = Instance::of(class);
        manager.open = true;
        manager.payload = Some(generator);
        Some(self.allocate(Object::Instance(manager)))
    }

    /// The generator inside of such an object.
    fn generator_of(&self, manager: &Value) -> Option<ObjectId> {
        let Value::Object(id) = manager else {
            return None;
        };
        let Object::Instance(instance) = self.object(*id) else {
            return None;
        };
        if self.classes.get(instance.class).path.qualname != "_GeneratorContextManager" {
            return None;
        }
        match instance.payload {
            Some(Value::Object(id)) if matches!(self.object(id), Object::Generator(_)) => Some(id),
            _ => None,
        }
    }

    /// `_GeneratorContextManager.__exit__`
    fn end_generator(&mut self, generator: ObjectId, flow: Flow, at: Option<Place>) -> Flow {
        let (sent, message) = match &flow {
            Flow::Raise(thrown) => (
                Sent::Exception(thrown.clone()),
                "generator didn't stop after throw()",
            ),
            _ => (Sent::Value(Value::None), "generator didn't stop"),
        };
        match self.resume(generator, sent) {
            Err(thrown) => Flow::Raise(thrown),
            // It handled what the block raised.
            Ok(Step::Over(_)) if matches!(flow, Flow::Raise(_)) => Flow::Next,
            Ok(Step::Over(_) | Step::Unknown) => flow,
            Ok(Step::Yielded(_)) => {
                Flow::Raise(self.throw(self.known.runtime_error, message.to_owned(), at))
            }
        }
    }

    /// What `with manager as x` binds to `x`.
    pub(super) fn enter(&mut self, manager: &Value, at: Option<Place>, scope: ScopeId) -> Eval {
        if let Some(generator) = self.generator_of(manager) {
            return match self.resume(generator, Sent::Value(Value::None))? {
                Step::Yielded(value) => Ok(value),
                Step::Over(_) => {
                    let message = String::from("generator didn't yield");
                    Err(self.throw(self.known.runtime_error, message, at))
                }
                Step::Unknown => Ok(self.gap_for(at, Why::NotFollowed)),
            };
        }
        let Some(class) = self.class_of(manager) else {
            return Ok(manager.clone());
        };
        if self.entries_of_stack(manager).is_some() {
            return Ok(manager.clone());
        }
        if self.is_library_class(class, "contextlib", "suppress") {
            return Ok(Value::None);
        }
        if let Value::Object(id) = manager
            && let Object::Instance(Instance {
                payload: Some(Value::Tuple(items)),
                ..
            }) = self.object(*id)
            && class == self.known.generator
            && let Some(first) = items.first()
        {
            return Ok(first.clone());
        }
        if self.user_defines(class, "__enter__")
            && let Some(method) = self.special_method(manager, class, "__enter__")
        {
            return self.call(&method, Arguments::default(), at, scope);
        }
        Ok(self.gap_for(at, Why::NotFollowed))
    }

    /// Calls `__exit__`, and takes its word for whether an exception goes on.
    fn leave(&mut self, entered: &Entered, flow: Flow, at: Option<Place>, scope: ScopeId) -> Flow {
        let manager = &entered.manager;
        if let Some(entries) = self.entries_of_stack(manager) {
            return self.leave_stack(entries, flow, at, scope);
        }
        let class = self.class_of(manager);
        let name = exit_of(entered.is_async);
        let class = class.filter(|it| self.user_defines(*it, name));
        let method = class.and_then(|it| self.special_method(manager, it, name));
        let Some(method) = method else {
            self.lose();
            return flow;
        };
        self.leave_by(&method, entered.is_async, flow, at, scope)
    }

    /// Calls a function as an `__exit__`.
    pub(super) fn leave_by(
        &mut self,
        method: &Value,
        is_async: bool,
        flow: Flow,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Flow {
        let told = match &flow {
            Flow::Raise(thrown) => self.told_of(thrown, at),
            _ => vec![Value::None, Value::None, Value::None],
        };
        let mut answer = flow!(self.call(method, Arguments::of(told), at, scope));
        if is_async {
            answer = flow!(self.awaited_from(&answer, "__aexit__", at));
        }
        match flow {
            Flow::Raise(thrown) if !thrown.is_cut => match flow!(self.truth_of(&answer, at)) {
                Some(true) => Flow::Next,
                Some(false) => Flow::Raise(thrown),
                None => self.fork(at, |_| Flow::Next, |_| Flow::Raise(thrown)),
            },
            flow => flow,
        }
    }

    /// The class of an exception, the exception, and its traceback.
    fn told_of(&mut self, thrown: &Thrown, at: Option<Place>) -> Vec<Value> {
        let class = match thrown.class {
            Some(class) => Value::Class(class),
            None => self.gap_for(at, Why::NotFollowed),
        };
        let traceback = self.world.facts.class("builtins", "traceback");
        let traceback = match traceback.filter(|_| self.is_traced()) {
            Some(of) => {
                let mut traceback = Instance::of(of);
                traceback.open = true;
                self.allocate(Object::Instance(traceback))
            }
            None => self.gap_for(at, Why::NotFollowed),
        };
        vec![class, thrown.value.clone(), traceback]
    }

    /// The exceptions that `contextlib.suppress(…)` takes.
    fn suppresses(&self, manager: &Value) -> Vec<Value> {
        let Value::Object(id) = manager else {
            return vec![];
        };
        let Object::Instance(instance) = self.object(*id) else {
            return vec![];
        };
        let path = &self.classes.get(instance.class).path;
        match (
            &instance.payload,
            path.module == "contextlib" && path.qualname == "suppress",
        ) {
            (Some(Value::Tuple(kinds)), true) => kinds.to_vec(),
            _ => vec![],
        }
    }
}

/// Whether a manager says by its name that it waits for an exception.
fn awaits(context: &Expr) -> bool {
    let ExprKind::Call(call) = &context.kind else {
        return false;
    };
    let named = call.function.last_name();
    named.is_some_and(|name| awaits_exception(name))
}
