//! Verdicts: exceptions with which a class statement ends whatever a program did before. The statement's class is shown with them.
//!
//! Other exceptions on the way tell of a state that is not there yet, or of what was not followed; they are no answer.

use std::sync::Arc;

use crate::evaluate::run::{Eval, Run, ScopeKind, Thrown};
use crate::evaluate::value::{ScopeId, Value};
use crate::semantics::{ClassId, ClassPath, Origin, Outcome, Raised};
use crate::source::Place;
use crate::syntax::ClassDef;

impl Run<'_, '_> {
    /// An exception of one of the builtin classes that is certain to be raised.
    pub(super) fn verdict(
        &mut self,
        kind: &'static str,
        message: String,
        at: Option<Place>,
    ) -> Box<Thrown> {
        self.verdict_of(Raised::new(kind, message), at)
    }

    /// The same, with what else is known of it.
    pub(super) fn verdict_of(&mut self, raised: Raised, at: Option<Place>) -> Box<Thrown> {
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
    pub(super) fn is_certain_so_far(&self) -> bool {
        (self.undecided, self.gaps.len()) == self.began_with
    }

    /// Whether a class and its ancestors were made by the module that runs now, or by the interpreter.
    pub(super) fn is_made_here(&self, class: ClassId) -> bool {
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

    /// Shows the class of a statement that a verdict has ended before there was one, and binds its name to it where nobody catches that.
    pub(super) fn failed_before(
        &mut self,
        def: &Arc<ClassDef>,
        scope: ScopeId,
        mut thrown: Box<Thrown>,
    ) -> Eval<()> {
        let Some(raised) = thrown.verdict.take() else {
            return Err(thrown);
        };
        let (path, origin) = self.path_and_origin(def, scope);
        let id = self.push_class(path, origin, Outcome::Raises(*raised));
        self.ended(id, scope);
        if self.is_guarded() {
            return Err(thrown);
        }
        let at = self.place(scope, def.keyword, def.end);
        self.store(&def.name, Value::Class(id), scope, at);
        Ok(())
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
    pub(super) fn note_fault(&mut self, body: ScopeId, raised: Raised, at: Option<Place>) {
        if !self.faults.contains_key(&body) {
            let thrown = self.verdict_of(raised, at);
            self.faults.insert(body, thrown);
        }
    }

    /// The path of a class statement, and where it stands.
    pub(super) fn path_and_origin(&self, def: &ClassDef, scope: ScopeId) -> (ClassPath, Origin) {
        let module = self.scope(scope).module;
        let mut qualname = self.prefix(scope);
        qualname.push_str(&def.name);
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
