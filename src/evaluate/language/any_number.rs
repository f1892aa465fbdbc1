//! Code that is run nobody knows how many times: the rounds of a loop over what is not known, what a generator or `map` still would do.
//!
//! One round is run for all of them, with what it binds not known before it and what it changes not known after it; that, or none.
//!
//! ```python
//! for name in os.listdir("."):
//!     names.append(name)                      # `names` has any number of items after it
//! list(map(names.append, os.listdir(".")))    # and after this
//! ```

use std::sync::Arc;

use crate::Name;
use crate::evaluate::language::composite_iterators::Composite;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Object, ObjectId, ScopeId, Value};
use crate::semantics::Why;
use crate::source::Place;
use crate::syntax::{Block, Expr, names_bound, names_of_target};

/// Steps that are lent to a round which stands for all that are left.
const LENT: u32 = 400;
/// How often the rest of one generator is run without using up steps.
const MOST_FREE: u32 = 20;

impl Run<'_, '_> {
    /// Calls a function any number of times as once: what that changes is not known from there on.
    pub(super) fn call_any_number_of_times(
        &mut self,
        function: &Value,
        arguments: &Arguments,
        scope: ScopeId,
        at: Option<Place>,
    ) -> Eval<()> {
        let (_, changes) =
            self.attempt(|run| run.call(function, arguments.clone(), at, scope).is_ok());
        let bound: Vec<_> = changes.into_bound().collect();
        for (target, name, _) in bound {
            if let Some(binding) = self.scope(target).names.get(&name) {
                let (before, place) = (binding.value.clone(), binding.at);
                let other = self.gap(Why::Undecided, &name, at);
                let value = self.either(before, other, &name, at);
                self.bind(target, &name, value, place);
            }
        }
        let flow = self.any_number_of_rounds(&[], &[], scope, at, |run| {
            match run.call(function, arguments.clone(), at, scope) {
                Ok(_) => Flow::Next,
                Err(thrown) => Flow::Raise(thrown),
            }
        });
        match flow {
            Flow::Raise(thrown) => Err(thrown),
            _ => Ok(()),
        }
    }

    /// Runs any number of rounds of a loop as one: what a round binds is not known before it, and what it changes is not known after it.
    pub(super) fn any_number_of_rounds(
        &mut self,
        targets: &[&Expr],
        body: &Block,
        scope: ScopeId,
        at: Option<Place>,
        round: impl FnOnce(&mut Self) -> Flow,
    ) -> Flow {
        let mut bound = vec![];
        for target in targets {
            names_of_target(target, &mut bound);
        }
        names_bound(body, &mut bound);
        self.any_number_of(&bound, scope, at, round)
    }

    /// The same of a round that binds these names.
    pub(super) fn any_number_of(
        &mut self,
        bound: &[&Name],
        scope: ScopeId,
        at: Option<Place>,
        round: impl FnOnce(&mut Self) -> Flow,
    ) -> Flow {
        // Once for all loops in one another: else they would be lent steps without end.
        let lent = if self.is_lent {
            0
        } else {
            LENT.saturating_sub(self.steps)
        };
        let outer = self.is_lent;
        self.is_lent |= lent > 0;
        self.steps += lent;
        let flow = self.fork(
            at,
            |run| {
                for name in bound {
                    run.lose_name(name, scope, at);
                }
                let mark = run.forks.len();
                run.open_journal();
                let end = round(run).ended();
                let mut ways = run.ways_since(mark, end, at);
                let before = run.close_journal();
                for way in &mut ways {
                    let later = std::mem::take(&mut way.changes);
                    way.changes = before.clone().then(later);
                    if matches!(way.end, Err(Flow::Continue)) {
                        way.end = Ok(());
                    }
                }
                let changed: Vec<(ObjectId, Object)> = ways
                    .iter()
                    .flat_map(|way| way.changes.objects())
                    .map(|id| (id, run.peek(id).clone()))
                    .collect();
                let flow = Flow::of(run.resume_in(ways, at));
                for (id, before) in changed {
                    run.widen(id, before, at);
                }
                flow
            },
            |_| Flow::Next,
        );
        self.steps = self.steps.saturating_sub(lent);
        self.is_lent = outer;
        flow
    }

    /// A name that some round before has bound: to what it was bound before the loop, or to something else.
    pub(super) fn lose_name(&mut self, name: &Name, scope: ScopeId, at: Option<Place>) {
        let target = self.store_scope(name, scope);
        let name = self.mangled(name, scope).into_owned();
        if let Some(binding) = self.scope(target).names.get(&name) {
            let (before, place) = (binding.value.clone(), binding.at);
            let other = self.gap(Why::Undecided, &name, at);
            let value = self.either(before, other, &name, at);
            self.bind(target, &name, value, place);
        }
    }

    /// What an object holds that any number of rounds may have changed, one of which has.
    fn widen(&mut self, id: ObjectId, before: Object, at: Option<Place>) {
        let unknown = self.gap(Why::Undecided, "", at);
        let is_appended_to = match (self.peek(id), &before) {
            (Object::List { items, .. }, Object::List { items: before, .. }) => {
                items.len() >= before.len() && items.iter().zip(before).all(|(a, b)| a.same(b))
            }
            _ => false,
        };
        match (self.object_mut(id), before) {
            (Object::List { items, open }, Object::List { items: before, .. }) => {
                items.truncate(if is_appended_to { before.len() } else { 0 });
                *open = true;
            }
            (Object::Set { items, open, .. }, Object::Set { items: before, .. }) => {
                items.retain(|key, _| before.contains_key(key));
                *open = true;
            }
            (Object::Dict(dict), Object::Dict(before)) => {
                dict.entries.retain(|key, (_, value)| {
                    before
                        .entries
                        .get(key)
                        .is_some_and(|(_, it)| it.same(value))
                });
                dict.open = true;
                dict.ordered_among(&before);
            }
            (Object::Instance(instance), Object::Instance(before)) => {
                for (name, binding) in &mut instance.names {
                    let was = before.names.get(name);
                    if was.is_none_or(|it| !it.value.same(&binding.value)) {
                        *binding = Binding {
                            maybe: binding.maybe.or(at),
                            ..Binding::new(unknown.clone(), binding.at)
                        };
                    }
                }
            }
            _ => self.lose_object(id, at),
        }
    }

    /// What a generator may still do of which nobody knows how far it is read: any of its statements, any number of times.
    pub(super) fn rest_of_generator(
        &mut self,
        body: &Arc<Block>,
        scope: ScopeId,
        at: Option<Place>,
    ) {
        let (Some(first), Some(last)) = (body.first(), body.last()) else {
            return;
        };
        let Some(code) = self.place(scope, first.start, last.end) else {
            return;
        };
        let (is_run, times) = self.unknown_rests.get(&code).copied().unwrap_or_default();
        // One that calls on itself does what is being done.
        if is_run || self.is_without_effect(body, scope) {
            return;
        }
        self.unknown_rests.insert(code, (true, times + 1));
        // A few times it is nobody's expense: who has many tests with `subTest` in them comes to the end of each all the same.
        let left = (times < MOST_FREE && !self.is_lent).then_some(self.steps);
        if left.is_some() {
            self.steps = self.steps.min(LENT);
        }
        self.any_number_of_rounds(&[], body, scope, at, |run| {
            let mark = run.forks.len();
            let end = run.exec_block(body, scope).ended();
            // Whatever leaves it but an exception ends it.
            Flow::of(run.joined_since(mark, end, at, |left| match left {
                Flow::Raise(thrown) => Err(Flow::Raise(thrown)),
                _ => Ok(()),
            }))
        });
        if let Some(left) = left {
            self.steps = left;
        }
        self.unknown_rests.insert(code, (false, times + 1));
    }

    /// Whether code changes nothing but how far iterators are read.
    pub(super) fn is_without_effect(&self, body: &Block, scope: ScopeId) -> bool {
        let held = self.read_only(body, scope);
        held.is_some_and(|held| held.iter().all(|it| self.is_used_up(it)))
    }

    /// What an iterator of its own kind may still do of which nobody knows how far it is read.
    pub(super) fn rest_of_composite(
        &mut self,
        composite: &Composite,
        scope: ScopeId,
        at: Option<Place>,
    ) -> Eval<()> {
        let Some((function, count)) = composite.calls() else {
            return Ok(());
        };
        let function = function.clone();
        let unknown = self.gap_for(at, Why::Input);
        let arguments = Arguments {
            open_positional: count.is_none(),
            ..Arguments::of(vec![unknown; count.unwrap_or_default()])
        };
        self.call_any_number_of_times(&function, &arguments, scope, at)
    }

    /// What the functions may do that a function of the interpreter is handed and calls nobody knows how often.
    ///
    /// ```py
    /// functools.reduce(note, unknown())       # `note` is called any number of times
    /// ```
    pub(crate) fn callbacks_not_followed(&mut self, asked: &Asked<'_>) {
        let is_called = |it: &&Value| match it {
            Value::Method(_) => true,
            Value::Object(id) => matches!(self.peek(*id), Object::Function(_)),
            _ => false,
        };
        let called: Vec<Value> = asked
            .arguments
            .handed()
            .filter(is_called)
            .cloned()
            .collect();
        for function in called {
            let arguments = Arguments {
                open_positional: true,
                ..Arguments::default()
            };
            // What one of them raises, the call raises: it is taken not to.
            let _ = self.call_any_number_of_times(&function, &arguments, asked.scope, asked.at);
        }
    }
}
