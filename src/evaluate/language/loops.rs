//! Loops: round by round while that can be followed, and the rounds that are left as one that stands for any number of them.

use crate::Name;
use crate::evaluate::language::iteration::Source;
use crate::evaluate::language::statements::flow;
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::journal::Changes;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{ScopeId, Value};
use crate::evaluate::machine::ways::MadeInOrders;
use crate::source::Place;
use crate::syntax::{Block, Expr, Stmt, names_of_target};

/// How many rounds of a loop are run of which it is not known whether they happen, before all that are left are run as one.
const UNSURE_ROUNDS: usize = 3;
/// How many rounds may leave a loop of which it is not known whether they do.
const MOST_ASIDE: usize = 40;

/// How many classes the rounds of a loop make in a function that nobody has called: each is kept.
const MOST_CLASSES_UNCALLED: usize = 64;

/// A `for` statement, with what it iterates over.
struct Loop<'a> {
    target: &'a Expr,
    iterable: &'a Value,
    iter: &'a Expr,
    body: &'a Block,
    orelse: &'a Block,
}

impl Run<'_, '_> {
    pub(super) fn exec_for(
        &mut self,
        target: &Expr,
        iter: &Expr,
        (body, orelse): (&Block, &Block),
        is_async: bool,
        scope: ScopeId,
        stmt: &Stmt,
    ) -> Flow {
        self.decided_here = self.decided_here.wrapping_add(1);
        let iterable = flow!(self.eval(iter, scope));
        let at = self.place(scope, stmt.start, iter.end);
        let source = flow!(self.source_of_loop(&iterable, is_async, at));
        let mut orders = self.orders_of(source);
        let Some(first) = orders.pop() else {
            return Flow::Next;
        };
        let what = Loop {
            target,
            iterable: &iterable,
            iter,
            body,
            orelse,
        };
        self.in_each_order(&what, first, orders, scope, at)
    }

    /// Runs a loop over a set whose order is not known in several, each of which puts every item in another place; what comes of it is what
    /// they agree on. Where its rounds in one order change nothing but what the target is bound to, the others would not either.
    ///
    /// ```python
    /// for name in {"fields", "managers"}:
    ///     if name in cache:        # nothing is there: the rounds change nothing
    ///         del cache[name]
    /// ```
    fn in_each_order(
        &mut self,
        what: &Loop<'_>,
        first: Source,
        others: Vec<Source>,
        scope: ScopeId,
        at: Option<Place>,
    ) -> Flow {
        if others.is_empty() {
            return self.run_for(what, first, scope, at).0;
        }
        let classes = self.classes.len();
        let mut made = vec![];
        let mut since = classes as u32;
        self.undecided += 1;
        let mut is_whole = false;
        let mut ways = self.ways_of(at, |run| {
            let (flow, whole) = run.run_for(what, first, scope, at);
            is_whole = whole;
            flow.ended()
        });
        made.push(since..self.classes.len() as u32);
        let is_without_effect = is_whole
            && self.classes.len() == classes
            && matches!(&ways[..], [way] if way.end.is_ok() && self.binds_only(&way.changes, what.target, scope));
        if is_without_effect {
            self.undecided -= 1;
        }
        for order in others {
            since = self.classes.len() as u32;
            ways.extend(self.ways_of(at, |run| {
                match order.last_item() {
                    Some(last) if is_without_effect => run
                        .assign(what.target, last, scope, at)
                        .map_err(Flow::Raise),
                    _ => run.run_for(what, order, scope, at).0.ended(),
                }
            }));
            made.push(since..self.classes.len() as u32);
        }
        if self.classes.len() > classes {
            self.orders.push(MadeInOrders { at, ranges: made });
        }
        Flow::of(self.resume_in(ways, at))
    }

    /// Whether nothing else was changed than what the names of a target are bound to.
    fn binds_only(&self, changes: &Changes, target: &Expr, scope: ScopeId) -> bool {
        let mut names = vec![];
        names_of_target(target, &mut names);
        changes.are_names(|of, name| {
            let is_it = |it: &&Name| *self.mangled(it, scope) == *name;
            names.iter().any(is_it) && of == self.store_scope(name, scope)
        })
    }

    /// Runs a loop; also whether all its rounds were certainly run, each to its end.
    fn run_for(
        &mut self,
        what: &Loop<'_>,
        mut source: Source,
        scope: ScopeId,
        at: Option<Place>,
    ) -> (Flow, bool) {
        let Loop {
            target,
            iterable,
            iter,
            body,
            orelse,
        } = *what;
        let mark = self.forks.len();
        let classes = self.classes.len();
        self.loops += 1;
        let end = loop {
            let is_too_much = !self.round()
                || self.forks.len() > mark + MOST_ASIDE
                || self.makes_too_many(classes);
            let item = if is_too_much {
                self.note_cut_entries();
                self.lose_iterators(&source);
                None
            } else {
                match self.next_in_turn(&mut source, at, scope) {
                    Ok(item) => item,
                    Err(thrown) => break Flow::Raise(thrown),
                }
            };
            let Some(item) = item else {
                if !is_too_much && !source.is_open() {
                    break Flow::Over;
                }
                // Items that are not known: one round for all of them.
                let place = self.place(scope, iter.start, iter.end);
                let item = self.any_item_of(iterable, place);
                let flow = self.any_number_of_rounds(&[target], body, scope, at, |run| {
                    match run.assign(target, item, scope, at) {
                        Ok(()) => run.exec_block(body, scope),
                        Err(thrown) => Flow::Raise(thrown),
                    }
                });
                break match flow {
                    Flow::Next => Flow::Over,
                    left => left,
                };
            };
            let before = self.forks.len();
            let flow = match self.assign(target, item, scope, at) {
                Ok(()) => self.exec_block(body, scope),
                Err(thrown) => Flow::Raise(thrown),
            };
            match self.end_of_round(before, flow, at) {
                Flow::Next | Flow::Continue => {}
                // The steps were used up in its middle: the others are run as one.
                Flow::Raise(thrown) if thrown.is_cut && self.depth == self.floor => {}
                left => break left,
            }
        };
        self.loops -= 1;
        let is_whole = matches!(end, Flow::Over) && self.forks.len() == mark;
        (self.end_of_loop(mark, end, orelse, scope, at), is_whole)
    }

    pub(super) fn exec_while(
        &mut self,
        test: &Expr,
        body: &Block,
        orelse: &Block,
        scope: ScopeId,
        stmt: &Stmt,
    ) -> Flow {
        self.decided_here = self.decided_here.wrapping_add(1);
        let at = self.place(scope, stmt.start, test.end);
        let mark = self.forks.len();
        let classes = self.classes.len();
        let mut unsure = 0;
        self.loops += 1;
        let end = loop {
            let is_too_much = unsure > UNSURE_ROUNDS
                || !self.round()
                || self.forks.len() > mark + MOST_ASIDE
                || self.makes_too_many(classes);
            if is_too_much {
                self.note_cut_entries();
                let flow = self.any_number_of_rounds(&[test], body, scope, at, |run| {
                    match run.eval(test, scope) {
                        Ok(_) => run.exec_block(body, scope),
                        Err(thrown) => Flow::Raise(thrown),
                    }
                });
                break match flow {
                    Flow::Next => Flow::Over,
                    left => left,
                };
            }
            let truth = match self.test(test, scope) {
                Ok(truth) => truth,
                Err(thrown) => break Flow::Raise(thrown),
            };
            match truth {
                Some(true) => {}
                Some(false) => break Flow::Over,
                None => {
                    unsure += 1;
                    match self.fork(at, |_| Flow::Next, |_| Flow::Over) {
                        Flow::Next => {}
                        left => break left,
                    }
                }
            }
            let before = self.forks.len();
            let flow = self.exec_block(body, scope);
            match self.end_of_round(before, flow, at) {
                Flow::Next | Flow::Continue => {}
                Flow::Raise(thrown) if thrown.is_cut && self.depth == self.floor => {}
                left => break left,
            }
        };
        self.loops -= 1;
        self.end_of_loop(mark, end, orelse, scope, at)
    }

    /// Whether a loop in a function that nobody has called has made so many classes that the others are made as one.
    fn makes_too_many(&self, before: usize) -> bool {
        self.floor > 0 && self.classes.len() > before + MOST_CLASSES_UNCALLED
    }

    /// A round has come to its end: those who may have gone to it by `continue` are joined.
    fn end_of_round(&mut self, mark: usize, flow: Flow, at: Option<Place>) -> Flow {
        if self.forks.len() == mark
            || !matches!(flow, Flow::Continue)
                && !self.stands_aside(mark, |left| matches!(left, Flow::Continue))
        {
            return flow;
        }
        Flow::of(
            self.joined_since(mark, flow.ended(), at, |left| match left {
                Flow::Continue => Ok(()),
                left => Err(left),
            }),
        )
    }

    /// A loop has come to its end, or was left: its `else` is run where it was not left by `break`.
    fn end_of_loop(
        &mut self,
        mark: usize,
        end: Flow,
        orelse: &Block,
        scope: ScopeId,
        at: Option<Place>,
    ) -> Flow {
        if self.forks.len() == mark {
            return match end {
                Flow::Over => self.exec_block(orelse, scope),
                Flow::Break => Flow::Next,
                left => left,
            };
        }
        let ways = self.ways_since(mark, end.ended(), at);
        let ways = self.in_each(ways, at, |run, end| match end {
            Ok(()) | Err(Flow::Over) => run.exec_block(orelse, scope).ended(),
            Err(Flow::Break) => Ok(()),
            left => left,
        });
        Flow::of(self.resume_in(ways, at))
    }
}
