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

use std::ops::Range;

use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::journal::Changes;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::Value;
use crate::source::Place;

/// How many exceptions that a decision may lead to are told apart.
const MOST_RAISED: usize = 4;
/// How many values, or pairs of them, are tried one by one.
const MOST_SIDES: usize = 8;
/// How deep in calls something is done with each of the things that a value may be.
const MOST_DEPTH_OF_SIDES: u32 = 8;

/// One way in which something may have gone: what it gave or how it was left, and what it changed.
pub(crate) struct Way<T> {
    pub end: Result<T, Flow>,
    pub changes: Changes,
}

/// A decision that could not be made: what changed since stands in a journal of its own.
#[derive(Debug)]
pub(crate) struct Fork {
    /// The sides that have left, and what they had changed by then.
    aside: Vec<(Flow, Changes)>,
}

/// The classes that a loop has made, a range for each order it was run in.
#[derive(Debug)]
pub(crate) struct MadeInOrders {
    /// The loop.
    pub at: Option<Place>,
    /// The ids of the classes, by the orders.
    pub ranges: Vec<Range<u32>>,
}

/// What can be made one out of two.
pub(crate) trait Joined: Sized {
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

impl Joined for Option<bool> {
    fn joined(_: &mut Run<'_, '_>, one: Self, other: Self, _: Option<Place>) -> Self {
        one.filter(|_| one == other)
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
    pub(crate) fn ended(self) -> Result<(), Self> {
        match self {
            Self::Next => Ok(()),
            left => Err(left),
        }
    }

    /// Back from there.
    pub(crate) fn of(ended: Result<(), Self>) -> Self {
        match ended {
            Ok(()) => Self::Next,
            Err(left) => left,
        }
    }
}

impl Fork {
    /// Whether a side has left in a way like this.
    pub(crate) fn is_left(&self, left: impl Fn(&Flow) -> bool) -> bool {
        self.aside.iter().any(|(flow, _)| left(flow))
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
    pub(crate) fn either_value<T: Joined>(
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

    /// Does something with each of the values that one may be, where it is known to be one of a few: whatever raises for one of them stands
    /// aside as any way does. None where that is not known.
    pub(crate) fn each_side<T: Joined>(
        &mut self,
        value: &Value,
        at: Option<Place>,
        mut what: impl FnMut(&mut Self, &Value) -> Eval<T>,
    ) -> Option<Eval<T>> {
        let sides = self.candidates(value)?.to_vec();
        self.copies(8 * sides.len());
        let (mark, before) = (self.forks.len(), self.undecided);
        self.undecided += 1;
        let mut ways = vec![];
        for side in sides {
            ways.extend(self.ways_of(at, |run| what(run, &side).map_err(Flow::Raise)));
        }
        let ended = self.resume_in(ways, at);
        // All came to the same end, so nothing was left open by which way it went.
        if ended.is_ok() && self.forks.len() == mark && self.undecided == before + 1 {
            self.undecided = before;
        }
        Some(ended.map_err(|flow| self.exception_of(flow, at)))
    }

    /// The same for what may come to calls in turn, which goes on so to a certain depth.
    ///
    /// ```py
    /// target = Plain if unknown() else Special
    /// target.base = Mixin                 # of one of them
    /// ```
    pub(crate) fn in_each_side<T: Joined>(
        &mut self,
        value: &Value,
        at: Option<Place>,
        what: impl FnMut(&mut Self, &Value) -> Eval<T>,
    ) -> Option<Eval<T>> {
        if !self.has_sides(&[value]) || self.depth >= MOST_DEPTH_OF_SIDES {
            return None;
        }
        self.depth += 1;
        let done = self.each_side(value, at, what);
        self.depth -= 1;
        done
    }

    /// Whether what these values may be is few enough for each to be tried.
    pub(crate) fn has_sides(&self, values: &[&Value]) -> bool {
        let mut number = 1;
        let mut is_one_of_some = false;
        for value in values.iter().filter(|it| it.is_gap()) {
            let Some(candidates) = self.candidates(value) else {
                return false;
            };
            is_one_of_some = true;
            number *= candidates.len();
        }
        is_one_of_some && number <= MOST_SIDES && self.tracing.is_none()
    }

    /// An exception of one of the builtin classes that may be raised here. Where nobody stands ready for it, it was not.
    pub(crate) fn perhaps_raises(&mut self, kind: &'static str, at: Option<Place>) -> Eval<()> {
        if !self.is_guarded() {
            return Ok(());
        }
        self.either_value(at, |_| Ok(()), |run| Err(run.raise_of(kind, None, at)))
    }

    /// The exception that leaves an expression; nothing else can.
    pub(crate) fn exception_of(&mut self, flow: Flow, at: Option<Place>) -> Box<Thrown> {
        match flow {
            Flow::Raise(thrown) => thrown,
            _ => self.throw(self.known.runtime_error, String::new(), at),
        }
    }

    /// Runs both sides, statements.
    pub(crate) fn fork(
        &mut self,
        at: Option<Place>,
        one: impl FnOnce(&mut Self) -> Flow,
        other: impl FnOnce(&mut Self) -> Flow,
    ) -> Flow {
        Flow::of(self.either_way(at, |run| one(run).ended(), |run| other(run).ended()))
    }

    /// All ways in which something may go, with everything as it was before.
    pub(crate) fn ways_of<T: Joined>(
        &mut self,
        at: Option<Place>,
        what: impl FnOnce(&mut Self) -> Result<T, Flow>,
    ) -> Vec<Way<T>> {
        let mark = self.forks.len();
        self.started.lose();
        self.open_journal();
        let end = what(self);
        let ways = self.ways_since(mark, end, at);
        let before = self.close_journal();
        behind(before, ways)
    }

    /// All ways in which something may have gone since there were so many forks, with everything as it was at the first one after.
    pub(crate) fn ways_since<T: Joined>(
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
            ways = behind(since, ways);
            ways.extend(fork.aside.into_iter().map(|(flow, changes)| Way {
                end: Err(flow),
                changes,
            }));
            ways = self.grouped(ways, at);
        }
        ways
    }

    /// Goes on from what each of some ways came to, in the state of each.
    pub(crate) fn in_each<T: Joined, U: Joined>(
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
                        && (raised >= MOST_RAISED || one.class == other.class && one.at == other.at)
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
    pub(crate) fn resume_in<T: Joined>(
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
    pub(crate) fn joined_since<T: Joined>(
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
    pub(crate) fn stands_aside(&self, mark: usize, left: impl Fn(&Flow) -> bool) -> bool {
        self.forks[mark.min(self.forks.len())..]
            .iter()
            .any(|fork| fork.is_left(&left))
    }
}

/// These ways, each with what had changed before all of them.
fn behind<T>(before: Changes, mut ways: Vec<Way<T>>) -> Vec<Way<T>> {
    let Some((last, others)) = ways.split_last_mut() else {
        return ways;
    };
    for way in others {
        let later = std::mem::take(&mut way.changes);
        way.changes = before.clone().then(later);
    }
    // Mostly there is but one, and what may be large need not be copied.
    last.changes = before.then(std::mem::take(&mut last.changes));
    ways
}

fn is_raised<T>(way: &Way<T>) -> bool {
    matches!(&way.end, Err(Flow::Raise(left)) if !left.is_cut)
}
