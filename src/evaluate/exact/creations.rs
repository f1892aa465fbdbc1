//! What class statements ran, and what calling the classes that came of them runs.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::Name;
use crate::evaluate::exact::at_rest::AtRest;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::budget::stack_here;
use crate::evaluate::machine::run::{Home, Run};
use crate::evaluate::machine::started::{Happening, Statement, What};
use crate::evaluate::machine::value::{Code, Object, ObjectId, Value};
use crate::semantics::{
    ClassId, ClassStory, Costs, Course, Creation, CreationDoes, CreationEvent, CreationStep, Gap,
    Given, Hook, Outcome, Standing,
};
use crate::source::{FileId, Place};

/// Steps that the call of a class may take.
const STEPS: u32 = 20_000;

/// How many statements are named of which it is not known what they run.
const MOST_OPEN: usize = 200;

impl AtRest<'_, '_> {
    /// How many class statements were executed.
    pub fn statements(&self) -> usize {
        self.run.started.statements.len()
    }

    /// Whether a class statement stands in a module of the project.
    pub fn is_of_project(&self, statement: usize) -> bool {
        let statement = self.run.started.statements.get(statement);
        statement.is_some_and(|it| self.run.module(it.module).home == Home::Project)
    }

    /// What a class statement ran, in the order in which they were executed.
    pub fn creation(&self, statement: usize) -> Option<Creation> {
        let statement = self.run.started.statements.get(statement)?;
        Some(self.run.creation(statement))
    }

    /// How a class came about, and what calling it without arguments runs.
    pub(super) fn story(&mut self, class: ClassId) -> ClassStory {
        let at = self.run.classes.get(class).origin.place();
        let statements = &self.run.started.statements;
        // The one that made it last; else the one in which it was made by a call.
        let of_class = |it: &Statement| it.class == Some(class) || at.is_some() && it.place == at;
        let made_in = |it: &Statement| {
            let made = What::Step(CreationStep::TypeNew(class));
            let happened = self.run.started.of(it).iter();
            happened.map(|it| it.what).any(|it| it == made)
        };
        let statement = statements
            .iter()
            .rfind(|it| of_class(it))
            .or_else(|| statements.iter().rfind(|it| made_in(it)));
        let creation = statement.map(|it| {
            let mut creation = self.run.creation(it);
            let shown = it.keywords.iter().map(|(name, value)| {
                let value = self.run.bounded_repr(value, &self.run.world.limits);
                (name.clone(), Name::from(value.as_deref().unwrap_or("…")))
            });
            creation.keywords = shown.collect();
            self.say_known(&mut creation.course);
            creation
        });
        self.run.stack_base = stack_here();
        let mut called = self.run.called(&Value::Class(class), Arguments::default());
        self.say_known(&mut called);
        let costs = self.costs();
        ClassStory {
            creation,
            called,
            of_project: (costs.calls, costs.statements + costs.by_calls),
        }
    }

    /// Leaves out classes and places that the analysis does not have.
    fn say_known(&self, course: &mut Course) {
        let (classes, files) = (self.classes, self.files);
        let is_known = |place: &Place| place.file.index() < files;
        let is_told = |it: &Gap| it.at.is_none_or(|place| is_known(&place));
        course.doubt = course.doubt.take().filter(is_told);
        course.events.retain_mut(|event| match &mut event.does {
            CreationDoes::Step(step) => step.class().is_none_or(|class| class.0 < classes),
            CreationDoes::Call { place, .. } | CreationDoes::Statement { place, .. } => {
                *place = place.filter(is_known);
                true
            }
            CreationDoes::End => true,
        });
    }

    /// What the class statements of the project cost: which functions begin in them, by the hook in which they do.
    pub(super) fn costs(&mut self) -> &Costs {
        let known = self.costs.take();
        let costs = known.unwrap_or_else(|| self.counted());
        self.costs.insert(costs)
    }

    fn counted(&self) -> Costs {
        let run = &self.run;
        let mut costs = Costs::default();
        let mut functions = FxHashMap::default();
        let mut hooks: IndexMap<HookKey, (usize, usize), FxBuildHasher> = IndexMap::default();
        for statement in &run.started.statements {
            if run.module(statement.module).home != Home::Project {
                continue;
            }
            if statement.is_call {
                costs.by_calls += 1;
            } else {
                costs.statements += 1;
            }
            let is_settled = statement.ending.raised.is_some() || run.is_settled(statement);
            if statement.ending.is_exact && is_settled {
                costs.exact += 1;
            } else if costs.open.len() < MOST_OPEN {
                let is_known = |it: &Place| it.file.index() < self.files;
                let gap = run.first_gap(statement.gaps.clone());
                costs.open.push((
                    statement.path.clone(),
                    statement.place.filter(is_known),
                    gap.filter(|it| it.at.as_ref().is_none_or(is_known)),
                ));
            }
            let mut counted: FxHashMap<HookKey, usize> = FxHashMap::default();
            run.count_calls(statement, &mut counted, &mut functions);
            for (key, calls) in counted {
                costs.calls += calls;
                let of_hook = hooks.entry(key).or_default();
                of_hook.0 += calls;
                of_hook.1 += 1;
            }
        }
        costs.hooks = hooks
            .into_iter()
            .map(|((_, step, function), (calls, statements))| Hook {
                step,
                function: function.and_then(|it| {
                    let &id = functions.get(&it)?;
                    match self
                        .run
                        .events(&[Happening {
                            depth: 0,
                            what: What::Function(id),
                        }])
                        .pop()?
                        .does
                    {
                        CreationDoes::Call {
                            module,
                            qualname,
                            place,
                            ..
                        } => Some((
                            module,
                            qualname,
                            place.filter(|it| it.file.index() < self.files),
                        )),
                        _ => None,
                    }
                }),
                calls,
                statements,
            })
            .collect();
        let name = |hook: &Hook| hook.function.clone().map(|(_, name, _)| name);
        costs
            .hooks
            .sort_by(|one, other| (other.calls, name(one)).cmp(&(one.calls, name(other))));
        costs
    }

    /// What calling what a statement has bound runs, with no argument or with `1`; none where the statement raises.
    pub fn instantiation(&mut self, statement: usize, with_argument: bool) -> Option<Course> {
        let statement = self.run.started.statements.get(statement)?;
        let value = statement.bound.clone()?;
        let is_settled = self.run.is_settled(statement);
        let arguments = if with_argument {
            vec![Value::Int(1)]
        } else {
            vec![]
        };
        self.run.stack_base = stack_here();
        let mut course = self.run.called(&value, Arguments::of(arguments));
        course.is_exact &= is_settled;
        Some(course)
    }
}

/// A kind of step, one such step, and the function that is called in it.
type HookKey = (
    std::mem::Discriminant<CreationStep>,
    CreationStep,
    Option<(FileId, u32)>,
);

impl Run<'_, '_> {
    /// Counts the functions that begin in a statement, but not in another one on its way, by the hook in which they do.
    fn count_calls(
        &self,
        statement: &Statement,
        counted: &mut FxHashMap<HookKey, usize>,
        functions: &mut FxHashMap<(FileId, u32), ObjectId>,
    ) {
        let key = |step: CreationStep, function: Option<ObjectId>| {
            // A decorator that takes arguments makes a function at each use: they are one hook.
            let function = function.and_then(|id| match self.peek(id) {
                Object::Function(it) => Some(it.definition.key()),
                _ => None,
            });
            // Of which class the hook is, its function says.
            (
                std::mem::discriminant(&step),
                step.without_class(),
                function,
            )
        };
        let mut inner = 0_usize;
        let mut base = CreationStep::Bases;
        let mut begun: Option<(u16, CreationStep)> = None;
        let mut open: Vec<(u16, HookKey)> = vec![];
        for happening in self.started.of(statement) {
            match happening.what {
                What::Begin(_) => inner += 1,
                What::End => inner = inner.saturating_sub(1),
                _ if inner > 0 => {}
                What::Step(step) => {
                    open.retain(|(depth, _)| *depth <= happening.depth);
                    begun = Some((happening.depth, step));
                    if open.is_empty() {
                        base = step;
                    }
                }
                What::Function(id) => {
                    open.retain(|(depth, _)| *depth < happening.depth);
                    if let Some((_, step)) =
                        begun.take_if(|(depth, _)| happening.depth == *depth + 1)
                        && step.has_hook()
                    {
                        // What was decorated or made in C stands between a hook and its function.
                        let of = key(step, Some(id));
                        if let (.., Some(function)) = of {
                            functions.entry(function).or_insert(id);
                        }
                        open.push((happening.depth, of));
                    }
                    let of = open.last().map_or(key(base, None), |(_, it)| *it);
                    *counted.entry(of).or_default() += 1;
                }
            }
        }
    }

    /// Whether nothing is taken for granted of the class that came of a statement.
    fn is_settled(&self, statement: &Statement) -> bool {
        statement.class.is_none_or(|class| {
            let class = self.classes.get(class);
            matches!(class.standing, Standing::Exact)
                && class.not_reached.is_none()
                && !matches!(class.outcome, Outcome::Unknown { .. })
        })
    }

    fn creation(&self, statement: &Statement) -> Creation {
        let raised = statement.ending.raised.clone();
        let gives = match (&raised, &statement.bound) {
            (None, Some(value)) => Some(self.given(value)),
            _ => None,
        };
        Creation {
            path: statement.path.clone(),
            place: statement.place,
            is_local: statement.is_local,
            is_call: statement.is_call,
            metaclass: statement.metaclass.as_ref().map(|it| self.given(it)),
            names: statement.names,
            class: statement.class,
            course: Course {
                events: self.events(self.started.of(statement)),
                raised,
                is_exact: statement.ending.is_exact
                    && (statement.ending.raised.is_some() || self.is_settled(statement)),
                doubt: if statement.ending.is_exact {
                    None
                } else {
                    self.first_gap(statement.gaps.clone())
                },
            },
            gives,
            prepared: statement.prepared.clone(),
            keywords: vec![],
            decorated: statement
                .decorated
                .iter()
                .map(|(value, is_same)| (self.given(value), *is_same))
                .collect(),
        }
    }

    fn given(&self, value: &Value) -> Given {
        match value {
            Value::Class(class) => Given::Class(*class),
            Value::Gap(_) => Given::Unknown,
            other => Given::Other(Name::from(self.type_name(other))),
        }
    }

    /// What happened, in words that the analysis has, too.
    fn events(&self, happened: &[Happening]) -> Vec<CreationEvent> {
        let told = happened.iter().filter_map(|it| {
            let does = match it.what {
                What::Step(step) => CreationDoes::Step(step),
                What::End => CreationDoes::End,
                What::Begin(index) => {
                    let statement = self.started.statements.get(index as usize)?;
                    CreationDoes::Statement {
                        path: statement.path.clone(),
                        place: statement.place,
                    }
                }
                What::Function(id) => {
                    let Object::Function(function) = self.peek(id) else {
                        return None;
                    };
                    let (start, is_lambda) = match &function.code {
                        Code::Def(def) => (def.name_at, false),
                        Code::Lambda(lambda) => (lambda.body.start, true),
                    };
                    CreationDoes::Call {
                        module: self.module(function.module).name.clone(),
                        qualname: function.qualname.clone(),
                        place: Some(Place {
                            file: function.file,
                            start,
                            end: start,
                        }),
                        is_lambda,
                    }
                }
            };
            Some(CreationEvent {
                depth: u32::from(it.depth),
                does,
            })
        });
        told.collect()
    }

    /// What a call runs, followed to the letter; everything is as it was after it.
    fn called(&mut self, value: &Value, arguments: Arguments) -> Course {
        self.forget_reads();
        let kept = std::mem::replace(&mut self.steps, STEPS);
        let exhausted = self.exhausted.clone();
        let handlers = std::mem::replace(&mut self.handlers, self.outer_handlers + 1);
        let (course, _) = self.attempt(|run| run.called_once(value, arguments));
        self.handlers = handlers;
        self.exhausted = exhausted;
        self.steps = kept;
        course
    }

    fn called_once(&mut self, value: &Value, arguments: Arguments) -> Course {
        let scope = self.any_scope();
        self.begin_tracing();
        let marks = self.marks();
        let first = self.gaps.len();
        self.started.watch(None, marks);
        let result = self.call(value, arguments, None, scope);
        let tracing = self.tracing.take();
        let is_lost = tracing.is_none_or(|it| it.is_lost);
        let has_steps = self.steps > 0 && !self.has_read_touched();
        let marks = self.marks();
        let (happened, is_followed) = self.started.end_watch(marks);
        let raised = match &result {
            Ok(_) => None,
            Err(thrown) => {
                let name = thrown
                    .class
                    .map(|class| Name::from(self.classes.get(class).path.name()));
                let message = self.message_of(thrown);
                Some((name.unwrap_or_default(), message))
            }
        };
        let is_known = match &result {
            Ok(value) => !value.is_gap(),
            Err(thrown) => thrown.class.is_some() && !thrown.is_cut,
        };
        let is_exact = is_followed && is_known && !is_lost && has_steps;
        Course {
            events: self.events(&happened),
            raised,
            is_exact,
            doubt: if is_exact {
                None
            } else {
                self.first_gap(first..self.gaps.len())
            },
        }
    }
}
