//! Code that is asked of the run at rest: an expression, or statements, in the namespace of a module; which functions begin, and how it ends.

use crate::Name;
use crate::evaluate::machine::budget::MOST_ASKED;
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{ScopeId, Value};
use crate::semantics::{AccessError, AccessStep, Answered, ClassId, Doubt, TraceStep};
use crate::source::{FileId, Place};
use crate::syntax::StmtKind;

/// What stands around the text: it may await, and returns what it comes to.
const HEAD: &str = "async def _asked():\n";

/// What came of code that was asked of a run at rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// What it did, in order: the functions with source that began, and accesses to attributes.
    pub steps: Vec<TraceStep>,
    /// The exception it ends with.
    pub raised: Option<AccessError>,
    /// `type(value).__name__` of what it returns, where that is known.
    pub gave: Option<Name>,
    /// What the functions answered that it asks itself, in order, by the places of their names.
    pub answers: Vec<(Place, Answered)>,
    /// What methods made in C did that it has asked, by their names, in words, in order.
    pub natives: Vec<(Name, Name)>,
    /// `type(value)` of what it returns.
    pub class: Option<ClassId>,
    /// Whether all of it could be followed; if not, the steps are as far as that went.
    pub is_known: bool,
    /// What could not be followed.
    pub doubt: Option<Doubt>,
}

impl Ran {
    /// The functions with source that begin, in order: the module, the qualified name, the place.
    pub fn calls(&self) -> impl Iterator<Item = (&Name, &Name, Option<Place>)> {
        self.steps.iter().filter_map(|step| match &step.does {
            AccessStep::Call {
                module,
                qualname,
                place,
            } => Some((module, qualname, *place)),
            _ => None,
        })
    }
}

impl Run<'_, '_> {
    /// Runs statements as the body of a coroutine that is awaited at once, in the namespace of a module, and undoes what they did. Such a
    /// body returns what is asked for: `return A() + B()`. None where there is no such module, or the text is no such body.
    pub(super) fn ran(&mut self, module: &str, text: &str) -> Option<Ran> {
        let &ix = self.loaded.get(module)?;
        let around = self.module(ix).scope;
        let body = text.lines().map(|line| format!("    {line}\n"));
        let text = format!("{HEAD}{}", body.collect::<String>());
        let file = self.written_file(&text)?;
        let kept = std::mem::replace(&mut self.steps, MOST_ASKED);
        // Who asks first, and how often, is not to change an answer.
        let exhausted = self.exhausted.clone();
        let (ran, _) = self.attempt(|run| {
            let scope = run.push_scope(ScopeKind::Function, Some(around), ix);
            run.written_by.insert(scope, file);
            let ran = run.ran_traced(file, scope);
            run.written_by.remove(&scope);
            ran
        });
        self.exhausted = exhausted;
        self.steps = kept;
        ran
    }

    fn ran_traced(&mut self, file: FileId, scope: ScopeId) -> Option<Ran> {
        let syntax = self.library.syntax(file);
        let [stmt] = &*syntax.body else {
            return None;
        };
        let StmtKind::Function(def) = &stmt.kind else {
            return None;
        };
        if def.summary.is_generator {
            return None;
        }
        let text = self.library.file(file).text.clone();
        let body = def.body(&text);
        let (gaps, undecided) = (self.gaps.len(), self.undecided);
        self.begin_tracing();
        if let Some(tracing) = &mut self.tracing {
            tracing.makes_addresses = true;
        }
        // Its steps are its own: no call is the outermost of a module.
        self.depth += 1;
        let flow = self.exec_block(&body, scope);
        self.depth -= 1;
        let result: Eval = match flow {
            Flow::Return(value) => Ok(value),
            Flow::Raise(thrown) => Err(thrown),
            _ => Ok(Value::None),
        };
        if matches!(&result, Err(thrown) if thrown.class.is_none()) {
            self.lose();
        }
        let tracing = *self.tracing.take().unwrap_or_default();
        let is_known = !tracing.is_lost
            && self.gaps.len() == gaps
            && self.undecided == undecided
            && self.steps > 0;
        let doubt = (!is_known).then(|| {
            let first = self.first_gap(gaps..self.gaps.len()).map(Doubt::Gap);
            tracing.doubt.or(first).unwrap_or(Doubt::NotFollowed)
        });
        let mut class = None;
        let (gave, raised) = match result {
            Ok(value) => {
                class = self.exact_class(&value);
                let name = class.map(|it| Name::from(self.classes.get(it).path.name()));
                (name, None)
            }
            Err(thrown) => {
                // `str(exception)`, which may run code that is not asked for.
                let shown = self.text_within(&thrown.value, None).ok();
                let mut raised = self.error_of(*thrown);
                if shown.is_some() {
                    raised.message = shown;
                }
                (None, Some(raised))
            }
        };
        Some(Ran {
            steps: tracing.steps,
            answers: tracing.answers,
            natives: tracing.natives,
            class,
            raised,
            gave,
            is_known,
            doubt,
        })
    }
}
