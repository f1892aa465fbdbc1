//! What a class statement runs is noted: where each of its steps begins, what comes of them, and how the statement ends.
//!
//! The log itself is `machine/started.rs`. Nothing here changes what a statement does.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::started::{Ending, Marks, Statement, What};
use crate::evaluate::machine::value::{Code, Object, ObjectId, ScopeId, Value};
use crate::semantics::{ClassId, ClassPath, CreationStep, Heard, Outcome, Raised};
use crate::source::Place;
use crate::syntax::ClassDef;

/// How a statement was left: the exception's class and text where they are known, and whether it is certain to be raised.
pub(super) type Left = (Option<(Name, Option<String>)>, bool);

/// How many hooks are told of one class.
const MOST_HOOKS: usize = 8;

/// Names that stand in a namespace without being written in the body.
const OF_THE_COMPILER: &[&str] = &[
    "__module__",
    "__qualname__",
    "__doc__",
    "__annotations__",
    "__annotate__",
    "__annotate_func__",
    "__conditional_annotations__",
    "__firstlineno__",
    "__static_attributes__",
    "__classcell__",
    "__classdictcell__",
    "__orig_bases__",
    "__type_params__",
];

impl Run<'_, '_> {
    /// What tells later whether everything could be followed from now on.
    pub(crate) fn marks(&self) -> Marks {
        Marks {
            undecided: self.undecided,
            unknowns: self.unknowns,
            handlers: (self.handlers, self.awaited),
        }
    }

    /// Notes that a class statement begins. Those of functions that nobody has called, and those that a question makes the run execute, are
    /// not noted.
    pub(super) fn begin_creation(&mut self, def: &Arc<ClassDef>, scope: ScopeId) -> bool {
        if self.floor > 0 || self.tracing.is_some() || !self.started.has_room() {
            self.started.lose();
            return false;
        }
        let (path, origin) = self.path_and_origin(def, scope);
        let mut around = Some(scope);
        let mut is_local = false;
        while let Some(id) = around {
            let here = self.scope(id);
            is_local |= here.kind == ScopeKind::Function;
            around = here.parent;
        }
        let marks = self.marks();
        let mut statement = Statement::new(path, self.scope(scope).module, origin.place());
        statement.gaps = self.gaps.len()..self.gaps.len();
        statement.is_local = is_local;
        self.started
            .begin(self.depth, self.calls.len(), statement, marks);
        // Whether it executes at all hangs on a decision.
        if !self.journals.is_empty() {
            self.started.lose();
        }
        true
    }

    /// Notes that a metaclass is called, where no class statement does it: what that runs is told as that of a statement is.
    pub(super) fn begin_made_by_call(
        &mut self,
        name: Option<&Value>,
        at: Option<Place>,
        scope: ScopeId,
    ) -> bool {
        let is_asked = self.floor > 0 || self.tracing.is_some();
        let Some(Value::Str(name)) = name else {
            return false;
        };
        if is_asked || self.started.is_watching() || !self.started.has_room() {
            return false;
        }
        let module = self.scope(scope).module;
        let path = ClassPath {
            module: self.module(module).name.clone(),
            qualname: Name::from(&**name),
        };
        let marks = self.marks();
        let mut statement = Statement::new(path, module, at);
        statement.gaps = self.gaps.len()..self.gaps.len();
        statement.is_call = true;
        self.started
            .begin(self.depth, self.calls.len(), statement, marks);
        if !self.journals.is_empty() {
            self.started.lose();
        }
        true
    }

    /// Notes that such a call ends.
    pub(super) fn end_made_by_call(&mut self, result: &Result<Value, Box<Thrown>>) {
        let (raised, mut is_exact) = match result {
            Ok(_) => (None, true),
            Err(thrown) => {
                let (raised, is_certain) = self.left_creation(thrown);
                let is_known = raised.is_some() && is_certain;
                (raised, is_known)
            }
        };
        is_exact &= !self.has_read_touched() && self.steps > 0;
        let marks = self.marks();
        let index = self
            .started
            .end(self.depth, Ending { raised, is_exact }, marks);
        if let Some(statement) = index.and_then(|it| self.started.statements.get_mut(it))
            && let Ok(value) = result
        {
            statement.gaps.end = self.gaps.len();
            statement.bound = Some(value.clone());
            if let Value::Class(class) = value {
                statement.class = Some(*class);
                statement.path = self.classes.get(*class).path.clone();
            }
        }
    }

    /// Notes which metaclass was chosen.
    pub(super) fn note_metaclass(&mut self, metaclass: &Value) {
        if let Some(statement) = self.started.current() {
            statement.metaclass = Some(metaclass.clone());
        }
    }

    /// Notes how many names a body has bound, those that the compiler binds left out.
    pub(super) fn note_names(&mut self, body: ScopeId) {
        if !self.started.is_watching() {
            return;
        }
        let names = self.scope(body).names.keys();
        let own = names.filter(|it| !OF_THE_COMPILER.contains(&it.as_str()));
        let own = own.count();
        if let Some(statement) = self.started.current() {
            statement.names = Some(own);
        }
    }

    /// Notes that a step begins.
    pub(crate) fn note_step(&mut self, step: CreationStep) {
        self.started.note(self.depth, What::Step(step));
    }

    /// Notes that a hook of the standard library runs, where another class than `type` and `object` gives it. The functions with source that it
    /// calls in CPython are not told.
    pub(crate) fn note_library_hook(&mut self, of: ClassId, name: &'static str) {
        if !self.started.is_watching() {
            return;
        }
        let Some((provider, _)) = self.find_in_mro(of, name) else {
            return;
        };
        if provider != self.known.type_ && provider != self.known.object {
            self.note_step(CreationStep::Library(provider, name));
        }
    }

    /// Notes what a `__prepare__` gave.
    pub(super) fn note_prepared(&mut self, namespace: &Value) {
        if self.started.is_watching() {
            let kind = Name::from(self.type_name(namespace));
            if let Some(statement) = self.started.current() {
                statement.prepared = Some(kind);
            }
        }
    }

    /// Notes what `__init_subclass__` is given.
    pub(super) fn note_keywords(&mut self, keywords: &[(Name, Value)]) {
        if let Some(statement) = self.started.current()
            && !keywords.is_empty()
        {
            statement.keywords = keywords.to_vec();
        }
    }

    /// Notes what a decorator gave, and whether it is what it was handed.
    pub(super) fn note_decorated(&mut self, value: &Value, is_same: bool) {
        if let Some(statement) = self.started.current() {
            statement.decorated.push((value.clone(), is_same));
        }
    }

    /// Notes what the name of the statement is bound to.
    pub(super) fn note_bound(&mut self, value: &Value) {
        if let Some(statement) = self.started.current() {
            statement.bound = Some(value.clone());
        }
    }

    /// How a statement is left by an exception.
    pub(super) fn left_creation(&mut self, thrown: &Thrown) -> Left {
        if !self.started.is_watching() {
            return (None, false);
        }
        let is_certain = thrown.verdict.is_some() || thrown.is_certain;
        let raised = match (&thrown.verdict, thrown.class) {
            (Some(raised), _) => Some((raised.kind.clone(), Some(raised.message.clone()))),
            (None, Some(class)) if !thrown.is_cut => {
                let kind = Name::from(self.classes.get(class).path.name());
                // Its own `__str__` is asked by whoever shows it, not by the statement.
                let is_paused = self.started.pause(true);
                let message = self.message_of(thrown);
                self.started.pause(is_paused);
                Some((kind, message))
            }
            _ => None,
        };
        (raised, is_certain)
    }

    /// `str(exception)`, where that can be told.
    pub(crate) fn message_of(&mut self, thrown: &Thrown) -> Option<String> {
        if let Some(message) = &thrown.message {
            return Some(message.clone());
        }
        let class = thrown.class?;
        if self.user_defines(class, "__str__") {
            return Some(self.raised(thrown).message);
        }
        self.str_of_exception(&thrown.value)
    }

    /// An exception that nobody catches is left aside, and the run goes on as if it were not raised. In CPython the statements that are open
    /// end here.
    pub(super) fn ends_statements(&mut self, thrown: &Thrown) {
        if self.is_guarded() || !self.started.is_watching() {
            return;
        }
        if self.has_read_touched() {
            self.started.lose();
        }
        let (raised, is_certain) = self.left_creation(thrown);
        let marks = self.marks();
        self.started
            .end_open(raised.as_ref().filter(|_| is_certain), marks);
    }

    /// The same, where it is known what is raised.
    pub(super) fn ends_with(&mut self, raised: &Raised) {
        if self.is_guarded() || !self.started.is_watching() {
            return;
        }
        let marks = self.marks();
        let said = (raised.kind.clone(), Some(raised.message.clone()));
        let said = Some(said).filter(|_| raised.inherited_from.is_none());
        self.started.end_open(said.as_ref(), marks);
    }

    /// Notes that a class statement ends.
    pub(super) fn end_creation(
        &mut self,
        first: ClassId,
        (def, scope): (&Arc<ClassDef>, ScopeId),
        left: Option<Left>,
    ) {
        let at = self.place(scope, def.keyword, def.end);
        let made = (first.0..self.classes.len() as u32)
            .map(ClassId)
            .rfind(|&id| self.classes.get(id).origin.place() == at);
        let (mut raised, mut is_exact) = match left {
            Some((raised, is_certain)) => {
                let is_known = raised.is_some() && is_certain;
                (raised, is_known)
            }
            None => (None, true),
        };
        if let Some(class) = made.filter(|_| raised.is_none()) {
            let class = self.classes.get(class);
            let said = match &class.outcome {
                Outcome::Raises(raised) => Some(raised),
                Outcome::Unknown { .. } => {
                    is_exact = false;
                    None
                }
                Outcome::Created(_) => class.refused.as_deref(),
            };
            if let Some(said) = said {
                is_exact &= said.inherited_from.is_none();
                raised = Some((said.kind.clone(), Some(said.message.clone())));
            }
        }
        is_exact &= self.assumptions.is_empty() && !self.has_read_touched() && self.steps > 0;
        let marks = self.marks();
        let index = self
            .started
            .end(self.depth, Ending { raised, is_exact }, marks);
        if let Some(statement) = index.and_then(|it| self.started.statements.get_mut(it)) {
            statement.class = made;
            statement.gaps.end = self.gaps.len();
            if statement.ending.raised.is_some() {
                statement.bound = None;
            }
        }
    }

    /// Notes of each class which `__init_subclass__` functions began while it was made: one stands before another that does not call on.
    pub(crate) fn tell_who_heard(&self) {
        for statement in &self.started.statements {
            let Some(class) = statement.class else {
                continue;
            };
            let mut by: Vec<Place> = vec![];
            let mut made_by: Vec<(Name, Place)> = vec![];
            let mut within = 0_usize;
            let mut decorates: Option<u16> = None;
            for happening in self.started.of(statement) {
                match happening.what {
                    What::Begin(_) => within += 1,
                    What::End => within = within.saturating_sub(1),
                    What::Step(step) if within == 0 => {
                        let is_decorator = matches!(step, CreationStep::Decorate(_));
                        decorates = is_decorator.then_some(happening.depth);
                    }
                    What::Function(id) if within == 0 => {
                        if let Some(place) = self.subclass_hook_at(id)
                            && !by.contains(&place)
                        {
                            by.push(place);
                        }
                        let is_decorator = decorates.take_if(|it| happening.depth == *it + 1);
                        if let Some(hook) = self.hook(id, is_decorator.is_some())
                            && made_by.len() < MOST_HOOKS
                            && !made_by.contains(&hook)
                        {
                            made_by.push(hook);
                        }
                    }
                    What::Function(_) | What::Step(_) => {}
                }
            }
            let heard = Heard {
                by: by.into(),
                is_exact: statement.ending.is_exact,
                made_by: made_by.into(),
            };
            let _ = self.classes.get(class).heard.set(heard);
        }
    }

    /// A function that Python calls because a class is made, by its name: a decorator, a hook, or what a class has for those it makes.
    fn hook(&self, function: ObjectId, is_decorator: bool) -> Option<(Name, Place)> {
        let Object::Function(function) = self.peek(function) else {
            return None;
        };
        let Code::Def(def) = &function.code else {
            return None;
        };
        let is_hook = match def.name.as_str() {
            "__init_subclass__" | "__set_name__" => true,
            // Of other classes they make objects.
            "__new__" | "__init__" | "__call__" | "__prepare__" | "mro" => {
                let class = function.class_body.and_then(|body| self.scope(body).class);
                class.is_some_and(|it| self.classes.is_subclass(it, self.known.type_))
            }
            _ => false,
        };
        let name = if is_hook {
            function.qualname.clone()
        } else if is_decorator {
            // `register.<locals>.enter` is written `@register(…)`.
            let outside = function.qualname.split(".<locals>").next();
            Name::from(format!("@{}", outside.unwrap_or_default()))
        } else {
            return None;
        };
        let place = Place {
            file: function.file,
            start: def.name_at,
            end: def.name_at,
        };
        Some((name, place))
    }

    /// Where a function of that name has it.
    fn subclass_hook_at(&self, function: ObjectId) -> Option<Place> {
        let Object::Function(function) = self.peek(function) else {
            return None;
        };
        let Code::Def(def) = &function.code else {
            return None;
        };
        (def.name == "__init_subclass__").then_some(Place {
            file: function.file,
            start: def.name_at,
            end: def.name_at,
        })
    }
}
