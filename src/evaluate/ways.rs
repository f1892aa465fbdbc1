//! Decisions that cannot be made: both sides are run, and what comes of them is kept, whichever way each was left.
//!
//! Where both sides go on, the run goes on in one state in which what they differ in is not known. Where one of them leaves (by `break`,
//! `continue`, `return` or an exception), the run goes on in the state of the other, and the one that left stands *aside* in a
//! [`Fork`], until that is done which its leaving leads to: the end of the round or of the loop, the handlers, the end of the call.
//! There it is joined again. The whole of it is `either_way`; nothing else in this layer runs two sides of anything.
//!
//! ```python
//! for item in items:
//!     if unknown():
//!         break             # stands aside until the loop is over
//!     count += 1            # runs for the side that goes on
//! print(count)              # not known: joined
//! ```

use crate::evaluate::body::Flow;
use crate::evaluate::branch::Changes;
use crate::evaluate::run::{Eval, Run, Thrown};
use crate::evaluate::value::{Binding, Object, ObjectId, ScopeId, Value};
use crate::semantics::{Assumption, Why};
use crate::source::Place;
use crate::syntax::{Block, Expr, ExprKind, Stmt, StmtKind};

/// How many exceptions that a decision may lead to are told apart.
const MOST_RAISED: usize = 4;
/// How deep in one another the objects are that unseen code may reach from what it is handed.
const REACH: u32 = 3;
/// How many objects it may reach at most.
const MOST_REACHED: usize = 200;
/// Steps that are lent to a round which stands for all that are left.
const LENT: u32 = 400;

/// One way in which something may have gone: what it gave or how it was left, and what it changed.
pub(super) struct Way<T> {
    pub end: Result<T, Flow>,
    pub changes: Changes,
}

/// A decision that could not be made: what changed since stands in a journal of its own.
#[derive(Debug)]
pub(super) struct Fork {
    /// The sides that have left, and what they had changed by then.
    aside: Vec<(Flow, Changes)>,
}

/// What can be made one out of two.
pub(super) trait Joined: Sized {
    fn joined(run: &mut Run<'_, '_>, one: Self, other: Self, at: Option<Place>) -> Self;
}

impl Joined for () {
    fn joined(_: &mut Run<'_, '_>, (): Self, (): Self, _: Option<Place>) -> Self {}
}

impl Joined for Value {
    fn joined(run: &mut Run<'_, '_>, one: Self, other: Self, at: Option<Place>) -> Self {
        run.either(one, other, "", at)
    }
}

impl<T: Joined> Joined for Vec<T> {
    fn joined(run: &mut Run<'_, '_>, one: Self, other: Self, at: Option<Place>) -> Self {
        one.into_iter()
            .zip(other)
            .map(|(one, other)| T::joined(run, one, other, at))
            .collect()
    }
}

impl Flow {
    /// As what it is for what comes next: the end, or a way to leave.
    pub(super) fn ended(self) -> Result<(), Self> {
        match self {
            Self::Next => Ok(()),
            left => Err(left),
        }
    }

    /// Back from there.
    pub(super) fn of(ended: Result<(), Self>) -> Self {
        match ended {
            Ok(()) => Self::Next,
            Err(left) => left,
        }
    }
}

impl Run<'_, '_> {
    /// Runs both sides of a decision that cannot be made.
    pub(super) fn either_way<T: Joined>(
        &mut self,
        at: Option<Place>,
        one: impl FnOnce(&mut Self) -> Result<T, Flow>,
        other: impl FnOnce(&mut Self) -> Result<T, Flow>,
    ) -> Result<T, Flow> {
        self.undecided += 1;
        let mut ways = self.ways_of(at, one);
        ways.extend(self.ways_of(at, other));
        self.resume_in(ways, at)
    }

    /// The same for expressions, which nothing but an exception leaves.
    pub(super) fn either_value<T: Joined>(
        &mut self,
        at: Option<Place>,
        one: impl FnOnce(&mut Self) -> Eval<T>,
        other: impl FnOnce(&mut Self) -> Eval<T>,
    ) -> Eval<T> {
        let ended = self.either_way(
            at,
            |run| one(run).map_err(Flow::Raise),
            |run| other(run).map_err(Flow::Raise),
        );
        ended.map_err(|flow| self.exception_of(flow, at))
    }

    /// The exception that leaves an expression; nothing else can.
    pub(super) fn exception_of(&mut self, flow: Flow, at: Option<Place>) -> Box<Thrown> {
        match flow {
            Flow::Raise(thrown) => thrown,
            _ => self.throw(self.known.runtime_error, String::new(), at),
        }
    }

    /// Runs both sides, statements.
    pub(super) fn fork(
        &mut self,
        at: Option<Place>,
        one: impl FnOnce(&mut Self) -> Flow,
        other: impl FnOnce(&mut Self) -> Flow,
    ) -> Flow {
        Flow::of(self.either_way(at, |run| one(run).ended(), |run| other(run).ended()))
    }

    /// All ways in which something may go, with everything as it was before.
    fn ways_of<T: Joined>(
        &mut self,
        at: Option<Place>,
        what: impl FnOnce(&mut Self) -> Result<T, Flow>,
    ) -> Vec<Way<T>> {
        let mark = self.forks.len();
        self.open_journal();
        let end = what(self);
        let ways = self.ways_since(mark, end, at);
        let before = self.close_journal();
        ways.into_iter()
            .map(|way| Way {
                end: way.end,
                changes: before.clone().then(way.changes),
            })
            .collect()
    }

    /// All ways in which something may have gone since there were so many forks, with everything as it was at the first one after.
    pub(super) fn ways_since<T: Joined>(
        &mut self,
        mark: usize,
        end: Result<T, Flow>,
        at: Option<Place>,
    ) -> Vec<Way<T>> {
        let mut ways = vec![Way {
            end,
            changes: Changes::default(),
        }];
        while self.forks.len() > mark {
            let Some(fork) = self.forks.pop() else { break };
            let since = self.close_journal();
            for way in &mut ways {
                let later = std::mem::take(&mut way.changes);
                way.changes = since.clone().then(later);
            }
            ways.extend(fork.aside.into_iter().map(|(flow, changes)| Way {
                end: Err(flow),
                changes,
            }));
            ways = self.grouped(ways, at);
        }
        ways
    }

    /// Goes on from what each of some ways came to, in the state of each.
    pub(super) fn in_each<T: Joined, U: Joined>(
        &mut self,
        ways: Vec<Way<T>>,
        at: Option<Place>,
        mut what: impl FnMut(&mut Self, Result<T, Flow>) -> Result<U, Flow>,
    ) -> Vec<Way<U>> {
        let mut all = vec![];
        for way in ways {
            all.extend(self.ways_of(at, |run| {
                run.apply(way.changes);
                what(run, way.end)
            }));
        }
        all
    }

    /// Ways that were left alike are made one.
    fn grouped<T: Joined>(&mut self, ways: Vec<Way<T>>, at: Option<Place>) -> Vec<Way<T>> {
        let mut groups: Vec<Way<T>> = vec![];
        for way in ways {
            let raised = groups
                .iter()
                .filter(|it| matches!(it.end, Err(Flow::Raise(_))))
                .count();
            let fits = |it: &Way<T>| match (&it.end, &way.end) {
                (Ok(_), Ok(_))
                | (Err(Flow::Break), Err(Flow::Break))
                | (Err(Flow::Continue), Err(Flow::Continue))
                | (Err(Flow::Over), Err(Flow::Over))
                | (Err(Flow::Return(_)), Err(Flow::Return(_))) => true,
                (Err(Flow::Raise(one)), Err(Flow::Raise(other))) => {
                    one.is_cut == other.is_cut
                        && (raised >= MOST_RAISED
                            || one.class == other.class && one.at == other.at)
                }
                _ => false,
            };
            let Some(index) = groups.iter().position(fits) else {
                groups.push(way);
                continue;
            };
            let there = groups.swap_remove(index);
            let changes = self.joined(there.changes, way.changes, "", at);
            let end = match (there.end, way.end) {
                (Ok(one), Ok(other)) => Ok(T::joined(self, one, other, at)),
                (Err(Flow::Return(one)), Err(Flow::Return(other))) => {
                    Err(Flow::Return(self.either(one, other, "", at)))
                }
                (Err(Flow::Raise(one)), Err(Flow::Raise(other))) => {
                    Err(Flow::Raise(self.one_exception(*one, *other, at)))
                }
                (end, _) => end,
            };
            groups.insert(index.min(groups.len()), Way { end, changes });
        }
        groups
    }

    /// An exception that is one of two.
    fn one_exception(&mut self, one: Thrown, other: Thrown, at: Option<Place>) -> Box<Thrown> {
        let class = one.class.filter(|_| one.class == other.class);
        let value = self.either(one.value, other.value, "", at);
        Box::new(Thrown {
            class,
            value,
            message: one.message.filter(|it| other.message.as_ref() == Some(it)),
            verdict: None,
            ..other
        })
    }

    /// Goes on in what these ways have in common; those that have left stand aside where another goes on.
    pub(super) fn resume_in<T: Joined>(
        &mut self,
        ways: Vec<Way<T>>,
        at: Option<Place>,
    ) -> Result<T, Flow> {
        let mut ways = self.grouped(ways, at);
        // Nobody catches it: who gets any further has not come by there. The import is taken to succeed.
        if !self.is_guarded() && ways.iter().any(|way| !is_raised(way)) {
            for way in &ways {
                if let Err(Flow::Raise(left)) = &way.end
                    && !left.is_cut
                {
                    self.leave_out(left);
                }
            }
            ways.retain(|way| !is_raised(way));
        }
        let main = ways.iter().position(|way| way.end.is_ok()).unwrap_or(0);
        if main >= ways.len() {
            return Err(Flow::Next);
        }
        let main = ways.remove(main);
        if !ways.is_empty() {
            let aside = ways
                .into_iter()
                .filter_map(|way| Some((way.end.err()?, way.changes)))
                .collect();
            self.open_journal();
            self.forks.push(Fork { aside });
        }
        self.apply(main.changes);
        main.end
    }

    /// Joins what stands aside since there were so many forks and has been left in ways that end here: `ends` says which.
    pub(super) fn joined_since<T: Joined>(
        &mut self,
        mark: usize,
        end: Result<T, Flow>,
        at: Option<Place>,
        ends: impl Fn(Flow) -> Result<T, Flow>,
    ) -> Result<T, Flow> {
        let ended = |end: Result<T, Flow>| end.or_else(&ends);
        if self.forks.len() == mark {
            return ended(end);
        }
        let mut ways = self.ways_since(mark, end, at);
        for way in &mut ways {
            let end = std::mem::replace(&mut way.end, Err(Flow::Next));
            way.end = ended(end);
        }
        self.resume_in(ways, at)
    }

    /// Whether something that stands aside since there were so many forks was left like this.
    pub(super) fn stands_aside(&self, mark: usize, left: impl Fn(&Flow) -> bool) -> bool {
        self.forks[mark.min(self.forks.len())..]
            .iter()
            .any(|fork| fork.aside.iter().any(|(flow, _)| left(flow)))
    }

    // --- what is not followed -------------------------------------------------------------------------------------------

    /// Something that was not followed: its result is a gap, and what it was handed may have changed.
    ///
    /// The receiver of a method of the interpreter's own types has changed for all that is known; what else it was handed, and what these
    /// reach, is taken to be as it was, which is an assumption of whoever reads it from here on.
    pub(super) fn not_followed<'v>(
        &mut self,
        what: &str,
        handed: impl IntoIterator<Item = &'v Value>,
        at: Option<Place>,
    ) {
        let mut reached: Vec<ObjectId> = vec![];
        for value in handed {
            self.reach(value, REACH, &mut reached);
        }
        if reached.is_empty() {
            return;
        }
        let assumption = Assumption {
            what: format!("`{what}` leaves what it is handed as it was"),
            at,
        };
        for id in reached {
            self.touched.entry(id).or_insert_with(|| assumption.clone());
        }
    }

    /// The objects that can change among what a value holds.
    fn reach(&self, value: &Value, depth: u32, reached: &mut Vec<ObjectId>) {
        let Some(below) = depth.checked_sub(1) else {
            return;
        };
        if reached.len() >= MOST_REACHED {
            return;
        }
        match value {
            Value::Tuple(items) => {
                for item in items.iter().take(MOST_REACHED) {
                    self.reach(item, below, reached);
                }
            }
            Value::Method(pair) => self.reach(&pair.1, depth, reached),
            Value::Object(id) if !reached.contains(id) => match self.peek(*id) {
                Object::List { items, .. } => {
                    reached.push(*id);
                    for item in items.iter().take(MOST_REACHED) {
                        self.reach(item, below, reached);
                    }
                }
                Object::Set { frozen: false, .. } => reached.push(*id),
                Object::Dict(dict) => {
                    reached.push(*id);
                    for (_, item) in dict.entries.values().take(MOST_REACHED) {
                        self.reach(item, below, reached);
                    }
                }
                Object::Instance(instance) => {
                    // An exception that is handed on is not changed by that, nor is an object of the interpreter's own modules.
                    if !self.table_names.contains_key(id) {
                        reached.push(*id);
                        if let Some(payload) = &instance.payload {
                            self.reach(payload, below, reached);
                        }
                        for binding in instance.names.values().take(MOST_REACHED) {
                            self.reach(&binding.value, below, reached);
                        }
                    }
                }
                Object::Generator(_) => reached.push(*id),
                _ => {}
            },
            _ => {}
        }
    }

    // --- loops of which the number of rounds is not known ---------------------------------------------------------------

    /// Runs any number of rounds of a loop as one: what a round binds is not known before it, and what it changes is not known after it.
    pub(super) fn any_number_of_rounds(
        &mut self,
        targets: &[&Expr],
        body: &Block,
        scope: ScopeId,
        at: Option<Place>,
        round: impl FnOnce(&mut Self) -> Flow,
    ) -> Flow {
        let lent = LENT.saturating_sub(self.steps);
        self.steps += lent;
        let mut bound = vec![];
        for target in targets {
            names_of(target, &mut bound);
        }
        names_bound(body, &mut bound);
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
        flow
    }

    /// A name that some round before has bound: to what it was bound before the loop, or to something else.
    fn lose_name(&mut self, name: &crate::Name, scope: ScopeId, at: Option<Place>) {
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
                    before.entries.get(key).is_some_and(|(_, it)| it.same(value))
                });
                dict.open = true;
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
}

fn is_raised<T>(way: &Way<T>) -> bool {
    matches!(&way.end, Err(Flow::Raise(left)) if !left.is_cut)
}

/// The names that a target binds.
fn names_of<'t>(target: &'t Expr, names: &mut Vec<&'t crate::Name>) {
    match &target.kind {
        ExprKind::Name(name) => names.push(name),
        ExprKind::Starred(inner) => names_of(inner, names),
        ExprKind::Tuple(targets) | ExprKind::List(targets) => {
            for target in targets {
                names_of(target, names);
            }
        }
        _ => {}
    }
}

/// The names that statements bind in their own scope.
fn names_bound<'b>(block: &'b [Stmt], names: &mut Vec<&'b crate::Name>) {
    for stmt in block {
        match &stmt.kind {
            StmtKind::Assign(targets, value) => {
                for target in targets {
                    names_of(target, names);
                }
                walrus_names(value, names);
            }
            StmtKind::Annotate(target, _, Some(_)) | StmtKind::Augment(target, _, _) => {
                names_of(target, names);
            }
            StmtKind::For { target, .. } => names_of(target, names),
            StmtKind::With(managers, _) => {
                for target in managers.iter().filter_map(|it| it.1.as_ref()) {
                    names_of(target, names);
                }
            }
            StmtKind::While { test, .. } => walrus_names(test, names),
            StmtKind::Expr(value) => walrus_names(value, names),
            StmtKind::If(branches) => {
                for test in branches.iter().filter_map(|it| it.0.as_ref()) {
                    walrus_names(test, names);
                }
            }
            StmtKind::Delete(targets) => {
                for target in targets {
                    names_of(target, names);
                }
            }
            _ => {}
        }
        stmt.kind.blocks(&mut |inside| names_bound(inside, names));
    }
}

/// The names that `:=` binds in what stands directly in an expression.
fn walrus_names<'e>(expr: &'e Expr, names: &mut Vec<&'e crate::Name>) {
    match &expr.kind {
        ExprKind::Walrus(name, value) => {
            names.push(name);
            walrus_names(value, names);
        }
        ExprKind::Compare(left, rest) => {
            walrus_names(left, names);
            for (_, right) in rest {
                walrus_names(right, names);
            }
        }
        ExprKind::And(items) | ExprKind::Or(items) | ExprKind::Tuple(items) => {
            for item in items {
                walrus_names(item, names);
            }
        }
        ExprKind::Unary(_, value) => walrus_names(value, names),
        ExprKind::Call(call) => {
            for argument in &call.arguments {
                walrus_names(argument, names);
            }
        }
        _ => {}
    }
}
