//! How a body is gone through when sites are looked for: branches that are decided, loops over what is written out, and what leaves
//! before the end is come to: behind `if other: return` everything hangs on a condition.

use crate::plugins::files::bound::tried;
use crate::plugins::names::calls::round;
use rustc_hash::FxHashMap;

use crate::Name;
use crate::plugins::names::follow::{Scope, Thing};
use crate::plugins::sites::places::{DEEPEST, MOST_FOLLOWED, Sites};
use crate::syntax::{Block, ComprehensionKind, Expr, ExprKind, Stmt, StmtKind, Try, for_parts};

/// What a statement leaves, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Left {
    /// The round of a loop: `continue`.
    Round,
    /// A loop: `break`.
    Loop,
    /// A function: `return`.
    Function,
}

/// Whether what stands behind a statement is come to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Leaves {
    /// What is left for certain.
    surely: Option<Left>,
    /// What may be left, and where the condition stands on which that hangs.
    perhaps: Option<(u32, Left)>,
    /// Whether an exception is raised for certain.
    raises: bool,
}

impl Leaves {
    fn surely(left: Left) -> Self {
        Self {
            surely: Some(left),
            ..Self::default()
        }
    }

    /// Whether nothing behind it is executed.
    fn ends(self) -> bool {
        self.surely.is_some() || self.raises
    }

    /// Adds what another statement may leave.
    fn may(&mut self, other: Option<(u32, Left)>) {
        if let Some((at, left)) = other {
            self.perhaps = Some(match self.perhaps {
                Some((first, most)) => (first, most.max(left)),
                None => (at, left),
            });
        }
    }

    /// The same where a condition decides whether it is come to. Who raises there is no matter: whoever comes by has not been there.
    fn under(self, at: u32) -> Option<(u32, Left)> {
        let most = self.perhaps.map(|it| it.1).max(self.surely);
        most.map(|left| (at, left))
    }

    /// What of it is left of a loop around.
    fn out_of_loop(self) -> Self {
        let only = |left: &Left| *left == Left::Function;
        Self {
            surely: self.surely.filter(only),
            perhaps: self.perhaps.filter(|it| only(&it.1)),
            raises: self.raises,
        }
    }
}

impl Sites<'_, '_> {
    /// Goes through a block, up to the statement that leaves it.
    pub(super) fn block(
        &mut self,
        block: &Block,
        scope: &Scope,
        mut perhaps: Option<u32>,
    ) -> Leaves {
        let mut leaves = Leaves::default();
        if self.depth >= DEEPEST {
            if let Some(first) = block.first() {
                self.note_too_deep(scope, first.start);
            }
            return leaves;
        }
        self.depth += 1;
        let mut now: Option<Scope> = None;
        for stmt in block {
            let scope = now.as_ref().unwrap_or(scope);
            let next = self.statement(stmt, scope, perhaps);
            if let Some(behind) = self.follow.after(stmt, scope) {
                now = Some(behind);
            }
            leaves.may(next.perhaps);
            perhaps = perhaps.or(next.perhaps.map(|it| it.0));
            if next.ends() {
                (leaves.surely, leaves.raises) = (next.surely, next.raises);
                break;
            }
        }
        self.depth -= 1;
        leaves
    }

    fn statement(&mut self, stmt: &Stmt, scope: &Scope, perhaps: Option<u32>) -> Leaves {
        let mut leaves = Leaves::default();
        match &stmt.kind {
            StmtKind::Function(def) => self.function(def, scope, perhaps),
            StmtKind::Class(def) => self.class(def, scope, perhaps),
            StmtKind::Expr(expr) => {
                self.called_by_hand(expr, scope, perhaps);
                self.expr(expr, scope, perhaps);
            }
            StmtKind::Return(value) => {
                if let Some(value) = value {
                    self.expr(value, scope, perhaps);
                }
                return Leaves::surely(Left::Function);
            }
            StmtKind::Raise(_) => leaves.raises = true,
            StmtKind::Break => return Leaves::surely(Left::Loop),
            StmtKind::Continue => return Leaves::surely(Left::Round),
            StmtKind::Assign(targets, value) => {
                if let [target] = &**targets
                    && let Some(name) = self.bound(target, scope)
                {
                    self.decorated_by_hand(&name, value, scope, perhaps);
                    self.returned(&name, value, scope, perhaps);
                }
                self.expr(value, scope, perhaps);
                for target in &**targets {
                    self.put(target, value, stmt, scope, perhaps);
                }
            }
            StmtKind::Annotate(target, _, Some(value)) => {
                self.expr(value, scope, perhaps);
                self.put(target, value, stmt, scope, perhaps);
            }
            StmtKind::With(items, body, _) => {
                for (manager, _) in items {
                    self.expr(manager, scope, perhaps);
                }
                leaves = self.block(body, scope, perhaps);
                // A manager may swallow what is raised.
                leaves.raises = false;
            }
            StmtKind::If(branches) => return self.branches(branches, stmt.start, scope, perhaps),
            StmtKind::Try(it) => return self.tried(it, stmt.start, scope, perhaps),
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                ..
            } => match self.rounds_of(stmt, (target, iter), scope) {
                Some(rounds) if rounds.len() <= MOST_FOLLOWED => {
                    let rounds = rounds.into_iter().map(|given| round(scope, given));
                    return self.rounds(rounds, body, orelse, scope, perhaps);
                }
                _ => {
                    for block in [body, orelse] {
                        let inner = self.block(block, scope, perhaps.or(Some(stmt.start)));
                        leaves.may(inner.out_of_loop().under(stmt.start));
                    }
                }
            },
            kind => {
                let is_loop = matches!(kind, StmtKind::While { .. });
                kind.blocks(&mut |block| {
                    let inner = self.block(block, scope, perhaps.or(Some(stmt.start)));
                    let inner = if is_loop { inner.out_of_loop() } else { inner };
                    leaves.may(inner.under(stmt.start));
                });
            }
        }
        leaves
    }

    /// What the names of a loop are in each round; where some rounds alone are known, and the loop registers something, that is noted.
    fn rounds_of(
        &self,
        stmt: &Stmt,
        (target, iter): (&Expr, &Expr),
        scope: &Scope,
    ) -> Option<Vec<FxHashMap<Name, Thing>>> {
        let whole = self.follow.rounds(target, iter, scope);
        if whole.is_some() {
            return whole;
        }
        let file = &scope.file;
        let text = file.text.get(stmt.start as usize..stmt.end as usize)?;
        if !scope.is_executed() || !self.is_named(text) {
            return None;
        }
        let some = self.follow.rounds_partly(target, iter, scope);
        let some = some.filter(|it| !it.is_empty())?;
        self.follow.leave_out(|| {
            let (shown, line) = (&file.shown, file.line(stmt.start));
            format!("what the loop at {shown}:{line} goes through is not known whole")
        });
        Some(some)
    }

    /// The branches of an `if` statement that may be taken.
    fn branches(
        &mut self,
        branches: &[(Option<Expr>, Box<Block>)],
        start: u32,
        scope: &Scope,
        perhaps: Option<u32>,
    ) -> Leaves {
        let (blocks, is_one_taken) = self.follow.may_be_taken(branches, scope);
        let blocks = blocks.into_iter().map(|(block, hangs)| {
            let perhaps = perhaps.or(hangs.then_some(start));
            self.block(block, scope, perhaps)
        });
        let taken: Vec<Leaves> = blocks.collect();
        if let ([only], true) = (&taken[..], is_one_taken) {
            return *only;
        }
        one_of(&taken, is_one_taken, start)
    }

    fn tried(&mut self, it: &Try, start: u32, scope: &Scope, perhaps: Option<u32>) -> Leaves {
        let succeeds = self.follow.imports_succeed(&tried(&it.body));
        let mut body = self.block(&it.body, scope, perhaps);
        let mut handled = vec![];
        for handler in &it.handlers {
            if succeeds != Some(true) {
                let certain = perhaps.filter(|_| succeeds == Some(false));
                let perhaps = perhaps.or(Some(start));
                let perhaps = if succeeds.is_some() { certain } else { perhaps };
                handled.push(self.block(&handler.body, scope, perhaps));
            }
        }
        if succeeds != Some(false) && !body.ends() {
            let orelse = self.block(&it.orelse, scope, perhaps);
            body.may(orelse.perhaps);
            (body.surely, body.raises) = (orelse.surely, orelse.raises);
        }
        let finally = self.block(&it.finally, scope, perhaps);
        let mut leaves = match succeeds {
            Some(true) => body,
            // One of the handlers is executed, where one fits.
            Some(false) => match &handled[..] {
                [only] => *only,
                several => one_of(several, !several.is_empty(), start),
            },
            None if handled.is_empty() => body,
            None => {
                handled.push(body);
                one_of(&handled, true, start)
            }
        };
        leaves.may(finally.perhaps);
        if finally.ends() {
            (leaves.surely, leaves.raises) = (finally.surely, finally.raises);
        }
        leaves
    }

    /// The rounds of a loop over what is written out.
    fn rounds(
        &mut self,
        rounds: impl Iterator<Item = Scope>,
        body: &Block,
        orelse: &Block,
        scope: &Scope,
        mut perhaps: Option<u32>,
    ) -> Leaves {
        let mut leaves = Leaves::default();
        for inner in rounds {
            let round = self.block(body, &inner, perhaps);
            if let Some((at, left)) = round.perhaps
                && left > Left::Round
            {
                perhaps = perhaps.or(Some(at));
            }
            let out = round.out_of_loop();
            leaves.may(out.perhaps);
            if out.ends() {
                (leaves.surely, leaves.raises) = (out.surely, out.raises);
                return leaves;
            }
            if round.surely == Some(Left::Loop) {
                return leaves;
            }
        }
        let end = self.block(orelse, scope, perhaps);
        leaves.may(end.perhaps);
        (leaves.surely, leaves.raises) = (end.surely, end.raises);
        leaves
    }

    /// Goes through the parts of an expression that are not all worked out, or not once: what a condition decides, what stands behind `and`
    /// and `or`, comprehensions, lambdas. False for any other.
    pub(super) fn in_turn(&mut self, expr: &Expr, scope: &Scope, mut perhaps: Option<u32>) -> bool {
        let here = Some(expr.start);
        match &expr.kind {
            ExprKind::If(parts) => {
                self.expr(&parts.0, scope, perhaps);
                match self.follow.decide(&parts.0, scope) {
                    Some(true) => self.expr(&parts.1, scope, perhaps),
                    Some(false) => self.expr(&parts.2, scope, perhaps),
                    None => {
                        self.expr(&parts.1, scope, perhaps.or(here));
                        self.expr(&parts.2, scope, perhaps.or(here));
                    }
                }
            }
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                let leaves = matches!(&expr.kind, ExprKind::Or(_));
                for part in parts {
                    self.expr(part, scope, perhaps);
                    match self.follow.decide(part, scope) {
                        Some(truth) if truth == leaves => break,
                        Some(_) => {}
                        None => perhaps = perhaps.or(here),
                    }
                }
            }
            ExprKind::Lambda(_) => {
                let mut parts = vec![];
                for_parts(expr, &mut |part| parts.push(part));
                for part in parts {
                    self.expr(part, scope, perhaps.or(here));
                }
            }
            ExprKind::Comprehension(it) => {
                if let Some(first) = it.clauses.first() {
                    self.expr(&first.iter, scope, perhaps);
                }
                let rounds = self.follow.comprehended(it, scope);
                let rounds = rounds.filter(|it| it.len() <= MOST_FOLLOWED);
                let is_known = rounds.is_some() && it.kind != ComprehensionKind::Generator;
                let perhaps = if is_known { perhaps } else { perhaps.or(here) };
                for scope in rounds.unwrap_or_else(|| vec![scope.clone()]) {
                    self.expr(&it.element, &scope, perhaps);
                    if let Some(value) = &it.value {
                        self.expr(value, &scope, perhaps);
                    }
                }
            }
            _ => return false,
        }
        true
    }
}

/// What one of several blocks leaves; `is_one_taken` where there is no way around all of them.
fn one_of(blocks: &[Leaves], is_one_taken: bool, at: u32) -> Leaves {
    let mut leaves = Leaves::default();
    for block in blocks {
        leaves.may(block.under(at));
    }
    let going: Vec<&Leaves> = blocks.iter().filter(|it| !it.raises).collect();
    if is_one_taken && going.iter().all(|it| it.surely.is_some()) {
        leaves.surely = going.iter().filter_map(|it| it.surely).min();
        leaves.raises = leaves.surely.is_none();
    }
    leaves
}
