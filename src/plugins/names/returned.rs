//! What functions return, as far as their `return` statements say it.

use std::rc::Rc;

use crate::plugins::names::calls::leaves;
use crate::plugins::names::follow::{DEEPEST, Defined, Follow, Scope, Thing};
use crate::syntax::{Block, Call, Expr, StmtKind};

impl Follow<'_> {
    /// What a function returns, where its `return` statements say one thing; the instance, where one of several names one.
    pub(super) fn returned(
        &self,
        function: &Rc<Defined>,
        receiver: Option<Thing>,
        call: &Call,
        from: &Scope,
    ) -> Thing {
        if self.depth.get() >= DEEPEST / 2 {
            return Thing::Unknown;
        }
        let Some((body, scope)) = self.entered(function, receiver, Some((call, from)), false)
        else {
            return Thing::Unknown;
        };
        let mut found = vec![];
        self.returns(&body, &scope, &mut found);
        if let [(value, scope)] = &found[..] {
            return self.expr(value, scope);
        }
        // Which of several it is hangs on something.
        if self.is_strict.get() {
            return Thing::Unknown;
        }
        let things = found.iter().map(|(value, scope)| self.expr(value, scope));
        let mut instances = things.filter(|it| matches!(it, Thing::Instance(_)));
        instances.next_back().unwrap_or(Thing::Unknown)
    }

    /// What the `return` statements of an entered function give, each with where it stands.
    pub(in crate::plugins) fn returned_values(
        &self,
        body: &Block,
        scope: &Scope,
    ) -> Vec<(Expr, Scope)> {
        let mut found = vec![];
        self.returns(body, scope, &mut found);
        found
    }

    /// The values of `return` statements that are not certainly passed by; whether one of them certainly ends the block.
    fn returns(&self, block: &Block, scope: &Scope, found: &mut Vec<(Expr, Scope)>) -> bool {
        let mut now: Option<Scope> = None;
        for stmt in block {
            let here = now.take();
            let scope = here.as_ref().unwrap_or(scope);
            now = self.after(stmt, scope).or_else(|| here.clone());
            match &stmt.kind {
                StmtKind::Return(Some(value)) => {
                    found.push(((**value).clone(), scope.clone()));
                    return true;
                }
                // What returns nothing has no part in it.
                StmtKind::If(branches) if !branches.iter().any(|it| leaves(&it.1)) => {}
                StmtKind::If(branches) => {
                    let mut is_first = true;
                    for (test, block) in branches {
                        let truth = test
                            .as_ref()
                            .map_or(Some(true), |it| self.decide(it, scope));
                        if truth == Some(false) {
                            continue;
                        }
                        let ends = self.returns(block, scope, found);
                        if truth == Some(true) {
                            if ends && is_first {
                                return true;
                            }
                            break;
                        }
                        is_first = false;
                    }
                }
                StmtKind::Try(it) if self.gives_module(&it.body, scope) => {
                    self.returns(&it.body, scope, found);
                }
                StmtKind::Try(it) if let Some(block) = self.of_asked(it, scope) => {
                    self.returns(block, scope, found);
                }
                kind => kind.blocks(&mut |block| {
                    self.returns(block, scope, found);
                }),
            }
        }
        false
    }
}
