//! Statements: binding, branches, loops, exceptions. A branch that cannot be decided is tried both ways.

use std::sync::Arc;

use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Home, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{Code, Instance, Object, ScopeId, Value};
use crate::evaluate::shown::repr::whole_text;
use crate::semantics::Why;
use crate::source::Place;
use crate::syntax::{Block, Expr, ExprKind, FunctionDef, Stmt, StmtKind, Try};

/// What an evaluation gives; an exception leaves the statement.
macro_rules! flow {
    ($eval:expr) => {
        match $eval {
            Ok(value) => value,
            Err(thrown) => return Flow::Raise(thrown),
        }
    };
}
pub(super) use flow;

impl Run<'_, '_> {
    /// Runs statements until one leaves.
    pub(crate) fn exec_block(&mut self, block: &Block, scope: ScopeId) -> Flow {
        for stmt in block {
            match self.exec(stmt, scope) {
                Flow::Next if self.faults.is_empty() => {}
                // The namespace of a class body has refused a name.
                Flow::Next => {
                    if self.is_guarded()
                        && let Some(fault) = self.faults.remove(&scope)
                    {
                        return Flow::Raise(fault);
                    }
                }
                flow => return flow,
            }
        }
        Flow::Next
    }

    /// Runs statements; after one that raises it goes on with the next, its names bound to gaps, so that the rest can be looked at.
    /// Gives what is returned.
    pub(crate) fn exec_leniently(&mut self, block: &Block, scope: ScopeId) -> Option<Value> {
        for stmt in block {
            let before = (self.undecided, self.decided_here);
            match self.exec(stmt, scope) {
                Flow::Raise(mut thrown) => {
                    // Called by the body of a class, whatever came before that in its module.
                    if self.scope(scope).kind == ScopeKind::Class
                        && thrown.on.is_none()
                        && self.is_plain_raise(&thrown, before)
                        && self.journals.is_empty()
                        && !self.has_read_touched()
                    {
                        thrown = self.as_verdict(thrown);
                    }
                    let is_ended = self.left_with(&mut thrown, stmt, scope);
                    self.go_on_after(stmt, &thrown, scope);
                    if is_ended {
                        return None;
                    }
                }
                Flow::Next | Flow::Break | Flow::Continue | Flow::Over => {}
                // What stands behind a `return` is not reached by CPython, nor by us.
                Flow::Return(value) => return Some(value),
            }
        }
        None
    }

    /// Binds what a statement that raised would have bound.
    pub(crate) fn go_on_after(&mut self, stmt: &Stmt, thrown: &Thrown, scope: ScopeId) {
        let at = thrown
            .at
            .or_else(|| self.place(scope, stmt.start, stmt.end));
        let gap = self.gap(Why::NotFound, thrown.message.as_deref().unwrap_or(""), at);
        match &stmt.kind {
            StmtKind::Assign(targets, _) => {
                for target in targets {
                    self.assign_gap(target, &gap, scope, at);
                }
            }
            StmtKind::Annotate(target, _, Some(_)) | StmtKind::Augment(target, _, _) => {
                self.assign_gap(target, &gap, scope, at);
            }
            StmtKind::Function(def) => self.store(&def.name, gap, scope, at),
            StmtKind::Class(def) if !self.scope(scope).names.contains_key(&def.name) => {
                self.store(&def.name, gap, scope, at);
            }
            StmtKind::If(branches) => {
                // The branch that was taken left in its middle; what follows in it is looked at too.
                for (_, body) in branches {
                    if let Some(rest) = after(body, thrown.at) {
                        self.exec_leniently(rest, scope);
                    }
                }
            }
            StmtKind::Try(it) => {
                if let Some(rest) = after(&it.body, thrown.at) {
                    self.exec_leniently(rest, scope);
                }
            }
            StmtKind::With(_, body, _) => {
                if let Some(rest) = after(body, thrown.at) {
                    self.exec_leniently(rest, scope);
                }
            }
            _ => {}
        }
    }

    pub(crate) fn exec(&mut self, stmt: &Stmt, scope: ScopeId) -> Flow {
        if !self.step() {
            return Flow::Raise(self.cut());
        }
        let is_followed = self.begin_statement(stmt, scope);
        let flow = self.exec_one(stmt, scope);
        self.settle_reads();
        if is_followed {
            self.end_statement(stmt, &flow);
        }
        flow
    }

    fn exec_one(&mut self, stmt: &Stmt, scope: ScopeId) -> Flow {
        match &stmt.kind {
            StmtKind::Pass => {}
            StmtKind::Assert(parts) => {
                return self.exec_assert(&parts.0, parts.1.as_ref(), scope, stmt);
            }
            StmtKind::Expr(expr) => {
                // A docstring, or another constant: nothing happens.
                if !matches!(expr.kind, ExprKind::Literal(_)) {
                    flow!(self.eval(expr, scope));
                }
            }
            StmtKind::Import(names) => {
                let at = self.place(scope, stmt.start, stmt.end);
                for imported in names {
                    flow!(self.exec_import(imported, scope, at));
                }
            }
            StmtKind::ImportFrom(from) => {
                let at = self.place(scope, stmt.start, stmt.end);
                flow!(self.exec_import_from(from, scope, at));
            }
            StmtKind::Assign(targets, value) => {
                let value = if self.leads_to_base(targets) {
                    self.as_part_of_making(|run| run.eval(value, scope))
                } else {
                    self.eval(value, scope)
                };
                let value = flow!(value);
                let at = self.place(scope, stmt.start, stmt.end);
                for target in targets {
                    flow!(self.assign(target, value.clone(), scope, at));
                }
            }
            StmtKind::Annotate(target, annotation, value) => {
                let at = self.place(scope, stmt.start, stmt.end);
                if let Some(value) = value {
                    let value = flow!(self.eval(value, scope));
                    flow!(self.assign(target, value, scope, at));
                } else {
                    flow!(self.eval_annotated(target, scope));
                }
                flow!(self.check_annotation(annotation, scope));
                if let ExprKind::Name(name) = &target.kind
                    && self.scope(scope).kind == ScopeKind::Class
                {
                    // It may find one around the class to put it in.
                    if self.deleted_annotations.contains(&scope) {
                        flow!(self.perhaps_raises("NameError", at));
                    }
                    let place = self.place(scope, annotation.start, annotation.end);
                    let name = self.mangled(name, scope).into_owned();
                    self.annotate(scope, &name, place);
                }
            }
            StmtKind::Augment(target, op, value) => {
                return self.exec_augment(target, *op, value, scope, stmt);
            }
            StmtKind::Function(def) => return self.exec_function(def, scope),
            StmtKind::Class(def) => return self.exec_class(def, scope),
            StmtKind::Delete(targets) => {
                for target in targets {
                    flow!(self.delete(target, scope));
                }
            }
            StmtKind::If(branches) => return self.exec_if(branches, scope),
            StmtKind::Try(it) => return self.exec_try(it, scope),
            StmtKind::For {
                is_async,
                target,
                iter,
                body,
                orelse,
            } => return self.exec_for(target, iter, (body, orelse), *is_async, scope, stmt),
            StmtKind::While { test, body, orelse } => {
                return self.exec_while(test, body, orelse, scope, stmt);
            }
            StmtKind::With(items, body, is_async) => {
                return self.exec_with(items, body, *is_async, scope);
            }
            StmtKind::Match(subject, cases) => {
                let subject = flow!(self.eval(subject, scope));
                return self.exec_cases(&subject, cases, scope, stmt);
            }
            StmtKind::Return(value) => {
                let value = match value {
                    Some(value) if self.gives_here() => {
                        flow!(self.as_part_of_making(|run| run.eval(value, scope)))
                    }
                    Some(value) => flow!(self.eval(value, scope)),
                    None => Value::None,
                };
                return Flow::Return(value);
            }
            StmtKind::Raise(value) => return self.exec_raise(value.as_deref(), scope, stmt),
            StmtKind::Global(names) => self.scope_mut(scope).globals.extend(names.iter().cloned()),
            StmtKind::Nonlocal(names) => self
                .scope_mut(scope)
                .nonlocals
                .extend(names.iter().cloned()),
            StmtKind::TypeAlias(name) => {
                let at = self.place(scope, stmt.start, stmt.end);
                let value = match self.world.facts.class("typing", "TypeAliasType") {
                    Some(class) => {
                        let mut instance = Instance::of(class);
                        instance.open = true;
                        self.allocate(Object::Instance(instance))
                    }
                    None => self.gap_for(at, Why::NotFollowed),
                };
                self.store(name, value, scope, at);
            }
            StmtKind::Break => return Flow::Break,
            StmtKind::Continue => return Flow::Continue,
        }
        Flow::Next
    }

    fn exec_function(&mut self, def: &Arc<FunctionDef>, scope: ScopeId) -> Flow {
        let mut decorators = Vec::with_capacity(def.decorators.len());
        for decorator in &def.decorators {
            decorators.push(match self.eval(decorator, scope) {
                Ok(value) => value,
                Err(thrown) => return Flow::Raise(thrown),
            });
        }
        let defaults = flow!(self.eval_defaults(&def.parameters, scope));
        let inside = self.parameter_scope(&def.type_parameters, scope);
        flow!(self.check_hints(&def.hints, inside));
        let function =
            self.new_function(Code::Def(def.clone()), def.name.clone(), defaults, inside);
        if def.summary.has_class
            && let Value::Object(id) = &function
        {
            self.with_classes.push(*id);
        }
        if let Value::Object(id) = &function {
            self.note_handing(def, *id, scope);
        }
        let mut value = function;
        let at = self.place(scope, def.start, def.end);
        for (decorator, expr) in decorators.iter().zip(&def.decorators).rev() {
            let place = self.place(scope, expr.start, expr.end);
            let given = Arguments::of(vec![value.clone()]);
            let result = flow!(self.call(decorator, given, place, scope));
            if !self.takes_the_place_of(&result, &value) {
                value = result;
            }
        }
        self.store(&def.name, value, scope, at);
        Flow::Next
    }

    // --- branches ---------------------------------------------------------------------------------------------------

    fn exec_if(&mut self, branches: &[(Option<Expr>, Box<Block>)], scope: ScopeId) -> Flow {
        let Some(((test, body), rest)) = branches.split_first() else {
            return Flow::Next;
        };
        let Some(test) = test else {
            return self.exec_block(body, scope);
        };
        let truth = flow!(self.test(test, scope));
        self.decided_here = self.decided_here.wrapping_add(1);
        match truth {
            Some(true) => match self.exec_block(body, scope) {
                Flow::Raise(thrown) if self.tells_of_state(&thrown) => {
                    let at = self.place(scope, test.start, test.end);
                    self.suppose_set_up(at, &thrown);
                    self.exec_if(rest, scope)
                }
                flow => flow,
            },
            Some(false) => self.exec_if(rest, scope),
            None => {
                let at = self.place(scope, test.start, test.end);
                self.fork(
                    at,
                    |run| run.exec_block(body, scope),
                    |run| run.exec_if(rest, scope),
                )
            }
        }
    }

    /// `assert test, message`: an exception where it is false, of the message, which is worked out only then (language reference 7.3).
    fn exec_assert(
        &mut self,
        test: &Expr,
        message: Option<&Expr>,
        scope: ScopeId,
        stmt: &Stmt,
    ) -> Flow {
        let at = self.place(scope, stmt.start, stmt.end);
        let failed = |run: &mut Self| {
            let mut arguments = vec![];
            if let Some(message) = message {
                arguments.push(flow!(run.eval(message, scope)));
            }
            let class = run.world.facts.class("builtins", "AssertionError");
            let class = class.unwrap_or(run.known.base_exception);
            let told = match arguments.as_slice() {
                [] => Some(String::new()),
                [one] => run.str_of(one),
                _ => None,
            };
            let mut thrown = run.throw(class, told.clone().unwrap_or_default(), at);
            thrown.message = told;
            thrown.is_written = true;
            if let Value::Object(id) = thrown.value
                && let Object::Instance(instance) = run.object_mut(id)
            {
                instance.payload = Some(Value::tuple(arguments));
            }
            Flow::Raise(thrown)
        };
        match flow!(self.test(test, scope)) {
            Some(true) => Flow::Next,
            Some(false) => failed(self),
            None => self.fork(at, |_| Flow::Next, failed),
        }
    }

    // --- exceptions -------------------------------------------------------------------------------------------------

    fn exec_raise(&mut self, value: Option<&Expr>, scope: ScopeId, stmt: &Stmt) -> Flow {
        let at = self.place(scope, stmt.start, stmt.end);
        let Some(expr) = value else {
            let value = self.gap_for(at, Why::Input);
            return Flow::Raise(Box::new(Thrown {
                class: None,
                value,
                message: None,
                at,
                on: None,
                is_written: true,
                is_certain: false,
                ended: vec![],
                verdict: None,
                is_cut: false,
            }));
        };
        let value = flow!(self.eval(expr, scope));
        let value = match value {
            Value::Class(class) => flow!(self.instantiate(class, Arguments::default(), at, scope)),
            value => value,
        };
        let class = self.class_of(&value);
        let message = self.exception_text(&value);
        Flow::Raise(Box::new(Thrown {
            class,
            value,
            message,
            at,
            on: self.state_behind(scope),
            is_written: true,
            is_certain: class.is_some() && self.is_certain_here(),
            ended: vec![],
            verdict: None,
            is_cut: false,
        }))
    }

    /// `str(exception)`, where its arguments are known.
    fn exception_text(&self, value: &Value) -> Option<String> {
        let Value::Object(id) = value else {
            return None;
        };
        let Object::Instance(Instance {
            payload: Some(Value::Tuple(arguments)),
            class,
            ..
        }) = self.object(*id)
        else {
            return None;
        };
        if self.user_defines(*class, "__str__") {
            return None;
        }
        match &**arguments {
            [] => Some(String::new()),
            // What is missing from a mapping can be an empty text: `KeyError` shows its repr.
            [Value::Str(key)] if self.classes.is_subclass(*class, self.known.key_error) => {
                Some(whole_text(key, self.world.version))
            }
            [one] => self.str_of(one),
            _ => None,
        }
    }

    fn exec_try(&mut self, it: &Try, scope: ScopeId) -> Flow {
        let at = it
            .body
            .first()
            .and_then(|stmt| self.place(scope, stmt.start, stmt.end));
        let mark = self.forks.len();
        let guards = u32::from(!it.handlers.is_empty());
        let may_fail = guards > 0 && self.may_fail_to_import(&it.body, scope);
        self.handlers += guards;
        let own_guards = u32::from(self.waits_for_own(&it.handlers, scope));
        self.own_handlers += own_guards;
        let unsure = self.unsure_raises;
        if guards > 0 {
            self.unsure_raises = 0;
        }
        let asks = it
            .handlers
            .iter()
            .any(|it| it.kind.as_ref().is_some_and(asks));
        let asking = Some(self.depth).filter(|_| asks).or(self.asking_at);
        let asking = std::mem::replace(&mut self.asking_at, asking);
        let flow = if may_fail {
            let message = String::from("No module of that name");
            let failed = self.throw(self.known.module_not_found, message, at);
            self.fork(
                at,
                |run| run.exec_block(&it.body, scope),
                |_| Flow::Raise(failed),
            )
        } else {
            self.exec_block(&it.body, scope)
        };
        let mut tried =
            (self.forks.len() > mark).then(|| self.ways_since(mark, flow.clone().ended(), at));
        if guards > 0 {
            if self.unsure_raises > 1
                && let Some(ways) = &mut tried
            {
                self.or_raised_later(ways, at);
            }
            self.unsure_raises = unsure;
        }
        self.asking_at = asking;
        self.handlers -= guards;
        self.own_handlers -= own_guards;
        let after = |run: &mut Self, end: Result<(), Flow>| match end {
            Ok(()) => run.exec_block(&it.orelse, scope),
            Err(Flow::Raise(thrown)) if !thrown.is_cut => run.exec_handlers(it, thrown, scope, 0),
            Err(left) => left,
        };
        let mut ways = if let Some(ways) = tried {
            self.in_each(ways, at, |run, end| after(run, end).ended())
        } else {
            let flow = after(self, flow.ended());
            if self.forks.len() == mark || it.finally.is_empty() {
                return self.exec_finally(it, flow, scope);
            }
            self.ways_since(mark, flow.ended(), at)
        };
        if !it.finally.is_empty() {
            ways = self.in_each(ways, at, |run, end| {
                run.exec_finally(it, Flow::of(end), scope).ended()
            });
        }
        Flow::of(self.resume_in(ways, at))
    }

    /// Runs what is run in any case, after a statement that was left like this.
    fn exec_finally(&mut self, it: &Try, flow: Flow, scope: ScopeId) -> Flow {
        match self.exec_block(&it.finally, scope) {
            Flow::Next => flow,
            left => left,
        }
    }

    fn exec_handlers(
        &mut self,
        it: &Try,
        thrown: Box<Thrown>,
        scope: ScopeId,
        from: usize,
    ) -> Flow {
        self.decided_here = self.decided_here.wrapping_add(1);
        for (index, handler) in it.handlers.iter().enumerate().skip(from) {
            let caught = match &handler.kind {
                None => Some(true),
                Some(kind) => {
                    let kind = flow!(self.eval(kind, scope));
                    self.is_caught(&thrown, &kind)
                }
            };
            let run_handler = |run: &mut Self| {
                if let Some(name) = &handler.name {
                    run.store(name, thrown.value.clone(), scope, None);
                }
                let flow = run.exec_block(&handler.body, scope);
                if let Some(name) = &handler.name {
                    run.unbind_caught(name, scope);
                }
                match flow {
                    // A bare `raise` raises what was caught.
                    Flow::Raise(again) if again.class.is_none() && again.value.is_gap() => {
                        Flow::Raise(thrown.clone())
                    }
                    flow => flow,
                }
            };
            match caught {
                Some(true) => return run_handler(self),
                Some(false) => {}
                None if index + 1 == it.handlers.len() && self.is_taken_to_stay_here(&thrown) => {
                    return run_handler(self);
                }
                None => {
                    return self.fork(thrown.at, run_handler, |run| {
                        run.exec_handlers(it, thrown.clone(), scope, index + 1)
                    });
                }
            }
        }
        Flow::Raise(thrown)
    }

    /// Whether `except kind` takes this exception.
    pub(super) fn is_caught(&mut self, thrown: &Thrown, kind: &Value) -> Option<bool> {
        match kind {
            Value::Class(class) => {
                let raised = thrown.class?;
                self.classes.mro(raised)?;
                Some(self.classes.is_subclass(raised, *class))
            }
            Value::Tuple(kinds) => {
                let mut all = Some(false);
                for kind in kinds.iter() {
                    match self.is_caught(thrown, kind) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => all = None,
                    }
                }
                all
            }
            _ => None,
        }
    }

    /// Whether an import among these statements names a module of which it is not known whether it is installed.
    fn may_fail_to_import(&mut self, body: &Block, scope: ScopeId) -> bool {
        if self.world.is_complete {
            return false;
        }
        let module = self.scope(scope).module;
        if self.module(module).home == Home::Table {
            return false;
        }
        body.iter().any(|stmt| match &stmt.kind {
            StmtKind::Import(names) => names.iter().any(|it| self.is_out_of_view(&it.name)),
            StmtKind::ImportFrom(from) => from.level == 0 && self.is_out_of_view(&from.module),
            _ => false,
        })
    }
}

/// The statements behind the one that holds `at`.
fn after(block: &Block, at: Option<Place>) -> Option<&Block> {
    let at = at?;
    let index = block
        .iter()
        .position(|stmt| stmt.start <= at.start && at.start < stmt.end)?;
    block.get(index + 1..)
}

/// Whether what a handler takes is the exception of an attribute that is not there.
fn asks(kind: &Expr) -> bool {
    match &kind.kind {
        ExprKind::Name(name) => name == "AttributeError",
        ExprKind::Tuple(kinds) => kinds.iter().any(asks),
        _ => false,
    }
}
