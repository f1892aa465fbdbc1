//! Verdicts: exceptions with which a class statement ends whatever a program did before. The statement's class is shown with them.
//!
//! Other exceptions on the way tell of a state that is not there yet, or of what was not followed; they are no answer.

use std::sync::Arc;

use crate::evaluate::machine::entered::Running;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Home, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{ModuleIx, Object, ScopeId, Value};
use crate::semantics::{Assumption, ClassId, ClassPath, Origin, Outcome, Raised, Why};
use crate::source::{FileId, Place};
use crate::syntax::{ClassDef, Stmt};

impl Run<'_, '_> {
    /// An exception of one of the builtin classes that is certain to be raised.
    pub(crate) fn verdict(
        &mut self,
        kind: &'static str,
        message: String,
        at: Option<Place>,
    ) -> Box<Thrown> {
        self.verdict_of(Raised::new(kind, message), at)
    }

    /// The same, with what else is known of it.
    pub(crate) fn verdict_of(&mut self, raised: Raised, at: Option<Place>) -> Box<Thrown> {
        let kind = self
            .world
            .facts
            .class("builtins", &raised.kind)
            .unwrap_or(self.known.type_error);
        let mut thrown = self.throw(kind, raised.message.clone(), at);
        thrown.verdict = Some(Box::new(raised));
        thrown
    }

    /// Whether nothing was beyond us since the module that runs now began: a name that is not there will not be there when CPython runs it.
    pub(crate) fn is_certain_so_far(&self) -> bool {
        (self.undecided, self.unknowns) == self.began_with
    }

    /// Whether this is run once, for certain, and nothing of what it has read may have changed out of view.
    pub(crate) fn is_plainly_here(&self) -> bool {
        self.floor == 0
            && self.journals.is_empty()
            && self.tracing.is_none()
            && !self.has_read_touched()
    }

    /// Whether what is raised here is raised by CPython too: on the way to it from the beginning of the module nothing had to be
    /// decided that could not be, and nothing was met that is not known.
    pub(crate) fn is_certain_here(&self) -> bool {
        self.is_plainly_here() && self.is_certain_so_far()
    }

    /// Whether an exception ends a class statement for certain.
    pub(super) fn is_final(&self, thrown: &Thrown) -> bool {
        thrown.verdict.is_some() || thrown.is_certain && !self.tells_of_state(thrown)
    }

    /// What an exception says that ends a class statement for certain; nothing where it may not be raised at all.
    pub(super) fn verdict_in(&mut self, thrown: &mut Thrown) -> Option<Raised> {
        if let Some(raised) = thrown.verdict.take() {
            // Whoever is left with it on its way out is left for certain, too.
            thrown.is_certain |= self.journals.is_empty();
            return Some(*raised);
        }
        (thrown.is_certain && !self.tells_of_state(thrown)).then(|| self.raised(thrown))
    }

    /// Notes that a statement was left with an exception that nobody catches. Returns whether what follows in its block is not run by CPython.
    pub(crate) fn left_with(&mut self, thrown: &mut Thrown, stmt: &Stmt, scope: ScopeId) -> bool {
        if thrown.is_cut {
            self.started.lose();
            return false;
        }
        self.is_not_caught(thrown);
        match self.scope(scope).kind {
            ScopeKind::Class => {
                if let Some(mut raised) = self.verdict_in(thrown) {
                    raised.led_by = self
                        .place(scope, stmt.start, stmt.end)
                        .filter(|_| thrown.at.is_some_and(|it| !self.is_own_file(it.file)));
                    self.note_fault(scope, raised, thrown.at);
                    return true;
                }
                let assumption = self.does_not_raise(thrown);
                self.take_for_granted(assumption);
            }
            ScopeKind::Module => {
                let assumption = self.does_not_raise(thrown);
                let module = self.scope(scope).module;
                self.unknowns += 1;
                let assumptions = &mut self.module_mut(module).assumptions;
                if !assumptions.contains(&assumption) {
                    assumptions.push(assumption);
                }
            }
            ScopeKind::Function | ScopeKind::Parameters => {}
        }
        false
    }

    /// Whether a file is one of the project.
    pub(super) fn is_own_file(&self, file: FileId) -> bool {
        let mut modules = self.modules.iter();
        modules.any(|it| it.file == Some(file) && it.home == Home::Project)
    }

    /// The innermost call in the project's own code that has led to a class of another's module which is made in a function: the last frame of the
    /// project in what CPython prints, should that raise.
    pub(super) fn called_from(&self, module: Option<ModuleIx>) -> Option<Place> {
        let home = |ix: ModuleIx| self.module(ix).home;
        let of = |it: &Running| match self.peek(it.function) {
            Object::Function(function) => Some(function.module),
            _ => None,
        };
        if home(module?) == Home::Project {
            return None;
        }
        let innermost = of(self.calls.last()?)?;
        if home(innermost) == Home::Project {
            return None;
        }
        let first = self.running.last().copied();
        let callers = std::iter::once(first).chain(self.calls.iter().map(of));
        let calls: Vec<_> = self.calls.iter().zip(callers).collect();
        calls.into_iter().rev().find_map(|(call, caller)| {
            let caller = caller.filter(|&it| home(it) == Home::Project)?;
            call.at
                .filter(|at| self.module(caller).file == Some(at.file))
        })
    }

    /// Notes that nobody has caught an exception: the statements that it has ended are at fault.
    pub(crate) fn is_not_caught(&mut self, thrown: &mut Thrown) {
        for class in std::mem::take(&mut thrown.ended) {
            let class = self.class_mut(class);
            if let Outcome::Raises(raised) = &mut class.outcome {
                raised.is_caught = false;
            } else if let Some(raised) = &mut class.refused {
                raised.is_caught = false;
            }
        }
    }

    /// What is taken where one goes on behind something that raises.
    pub(super) fn does_not_raise(&mut self, thrown: &Thrown) -> Assumption {
        self.ends_statements(thrown);
        Assumption {
            what: format!("what would raise `{}` does not", self.name_of(thrown)),
            at: thrown.at,
        }
    }

    /// The name of an exception's class.
    pub(super) fn name_of(&self, thrown: &Thrown) -> &str {
        thrown
            .class
            .map_or("an exception", |class| self.classes.get(class).path.name())
    }

    /// Whether a class and its ancestors were made by the module that runs now, or by the interpreter.
    pub(crate) fn is_made_here(&self, class: ClassId) -> bool {
        let Some(&running) = self.running.last() else {
            return false;
        };
        let here = &self.module(running).name;
        self.classes.mro(class).is_some_and(|mro| {
            mro.iter().all(|&it| {
                self.classes.is_interpreters(it) || self.classes.get(it).path.module == *here
            })
        })
    }

    /// The same, or by a module in which nothing was undecided or unknown.
    pub(crate) fn is_made_for_certain(&self, class: ClassId) -> bool {
        let is_made = |it: &ClassId| {
            let module = &self.classes.get(*it).path.module;
            let made_by = self.loaded.get(module.as_str());
            self.classes.is_interpreters(*it)
                || made_by.is_some_and(|&it| self.module(it).is_certain)
        };
        let mro = self.classes.mro(class);
        self.is_made_here(class) || mro.is_some_and(|mro| mro.iter().all(is_made))
    }

    /// Shows the class of a statement that a verdict has ended before there was one, and binds its name to it where nobody catches that.
    pub(super) fn failed_before(
        &mut self,
        def: &Arc<ClassDef>,
        scope: ScopeId,
        mut thrown: Box<Thrown>,
        undecided: u32,
    ) -> Eval<()> {
        let mut raised = self.verdict_in(&mut thrown);
        if raised.is_none() && self.is_guarded() {
            raised = self.raised_to_somebody(&thrown, undecided);
        }
        if raised.is_none() && (self.is_guarded() || thrown.is_cut) {
            return Err(thrown);
        }
        // What rests on something that is taken for granted may be otherwise.
        if !self.assumptions.is_empty() && !self.is_guarded() {
            raised = None;
        }
        let (path, origin) = self.path_and_origin(def, scope);
        // It has its class already, where that was made before or while it was raised.
        let place = origin.place();
        if thrown
            .ended
            .iter()
            .any(|it| self.classes.get(*it).origin.place() == place)
        {
            return Err(thrown);
        }
        let outcome = if let Some(raised) = raised {
            Outcome::Raises(raised)
        } else {
            // It may be made, of what is not known.
            let is_name = thrown.class == Some(self.known.name_error);
            let (why, what) = match &thrown.message {
                Some(message) if is_name => (Why::NotFound, message.clone()),
                _ => (Why::NotFollowed, String::new()),
            };
            let because = match self.gap(why, &what, thrown.at) {
                Value::Gap(gap) => vec![self.told(gap)],
                _ => vec![],
            };
            Outcome::Unknown {
                because,
                known: vec![],
                metaclass: None,
            }
        };
        let id = self.push_class(path, origin, outcome);
        let assumptions = std::mem::take(&mut self.assumptions);
        self.assume(id, assumptions);
        if let Outcome::Unknown { known, .. } = &mut self.class_mut(id).outcome {
            known.push(id);
            return Err(thrown);
        }
        self.ended(id, scope);
        let is_inner = self.is_within_statement(scope);
        if self.is_guarded() || is_inner {
            self.is_ended_by(id, &mut thrown);
            if is_inner && let Outcome::Raises(raised) = &self.classes.get(id).outcome {
                thrown.verdict = Some(Box::new(raised.clone()));
            }
            return Err(thrown);
        }
        self.is_not_caught(&mut thrown);
        let at = self.place(scope, def.keyword, def.end);
        self.store(&def.name, Value::Class(id), scope, at);
        Ok(())
    }

    /// What an exception says that ends a class statement where code stands ready to catch it: nothing had to be decided since the statement
    /// began that could not be.
    pub(crate) fn raised_to_somebody(&mut self, thrown: &Thrown, undecided: u32) -> Option<Raised> {
        let is_known = thrown.class.is_some() && !thrown.is_cut && self.undecided == undecided;
        (is_known && !self.is_of_state(thrown)).then(|| self.raised(thrown))
    }

    /// Whether a class statement stands in a function that another one calls, as a decorator or a hook: what ends it ends that one too.
    pub(super) fn is_within_statement(&self, scope: ScopeId) -> bool {
        let is_class = |it: &ScopeId| self.scope(*it).kind == ScopeKind::Class;
        self.scope(scope).kind == ScopeKind::Function
            && (self.making > 1 || self.callers.iter().any(is_class))
    }

    /// Notes which class statement an exception has ended that somebody may catch.
    pub(super) fn is_ended_by(&mut self, class: ClassId, thrown: &mut Thrown) {
        if let Outcome::Raises(raised) = &mut self.class_mut(class).outcome {
            raised.is_caught = true;
            thrown.ended.push(class);
        }
    }

    /// Notes that a class statement has failed: where it stands in another's body, that one fails with it.
    pub(super) fn ended(&mut self, class: ClassId, scope: ScopeId) {
        if self.scope(scope).kind != ScopeKind::Class || self.is_guarded() {
            return;
        }
        let here = self.classes.get(class);
        if let Outcome::Raises(raised) = &here.outcome {
            let (raised, at) = (raised.clone(), here.origin.place());
            self.note_fault(scope, raised, at);
        }
    }

    /// Notes that code stands ready for what the classes from this one on raise.
    pub(super) fn note_awaited(&mut self, first: ClassId) {
        for id in (first.0..self.classes.len() as u32).map(ClassId) {
            let class = self.classes.get(id);
            if matches!(class.outcome, Outcome::Raises(_)) || class.refused.is_some() {
                let class = self.classes_mut().get_mut(id);
                if let Outcome::Raises(raised) = &mut class.outcome {
                    raised.is_awaited = true;
                }
                if let Some(raised) = &mut class.refused {
                    raised.is_awaited = true;
                }
            }
        }
    }

    /// Notes the first exception that a class body leaves with.
    pub(crate) fn note_fault(&mut self, body: ScopeId, raised: Raised, at: Option<Place>) {
        self.ends_with(&raised);
        if !self.faults.contains_key(&body) {
            let thrown = self.verdict_of(raised, at);
            self.faults.insert(body, thrown);
        }
    }

    /// The path of a class statement, and where it stands.
    pub(super) fn path_and_origin(&self, def: &ClassDef, scope: ScopeId) -> (ClassPath, Origin) {
        let module = self.scope(scope).module;
        let qualname = self.qualname_in(&def.name, scope);
        let path = ClassPath::new(self.module(module).name.clone(), qualname);
        let place = |start, end| self.place(scope, start, end);
        let origin = match (
            place(def.keyword, def.end),
            place(def.name_at.0, def.name_at.1),
        ) {
            (Some(statement), Some(name)) => Origin::Statement {
                place: statement,
                first: def.start,
                name,
                arguments: def.arguments.and_then(|(start, end)| place(start, end)),
            },
            _ => Origin::Interpreter,
        };
        (path, origin)
    }
}
