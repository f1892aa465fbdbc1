//! What class statements ran, and what calling the classes that came of them runs.

use crate::Name;
use crate::evaluate::exact::at_rest::AtRest;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Home, Run};
use crate::evaluate::machine::started::{Happening, Statement, What};
use crate::evaluate::machine::value::{Code, Object, Value};
use crate::semantics::{Course, Creation, CreationDoes, CreationEvent, Given, Outcome, Standing};
use crate::source::Place;

/// Steps that the call of a class may take.
const STEPS: u32 = 20_000;

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
        self.run.stack_base = crate::evaluate::machine::budget::stack_here();
        let mut course = self.run.called(&value, Arguments::of(arguments));
        course.is_exact &= is_settled;
        Some(course)
    }
}

impl Run<'_, '_> {
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
            class: statement.class,
            course: Course {
                events: self.events(self.started.of(statement)),
                raised,
                is_exact: statement.ending.is_exact && self.is_settled(statement),
            },
            gives,
            prepared: statement.prepared.clone(),
            keywords: vec![],
            decorated: statement
                .decorated
                .iter()
                .map(|it| self.given(it))
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
                let message = match &thrown.message {
                    Some(message) => message.clone(),
                    None => self.raised(thrown).message,
                };
                Some((name.unwrap_or_default(), Some(message)))
            }
        };
        let is_known = match &result {
            Ok(value) => !value.is_gap(),
            Err(thrown) => thrown.class.is_some() && !thrown.is_cut,
        };
        Course {
            events: self.events(&happened),
            raised,
            is_exact: is_followed && is_known && !is_lost && has_steps,
        }
    }
}
