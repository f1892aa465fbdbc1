//! Methods of a framework that the class which says more of a package overrides: whether the framework's own is still called.
//!
//! ```python
//! class ShopConfig(AppConfig):
//!     def import_models(self):
//!         if settings.SHOP_IN_DATABASE:
//!             super().import_models()         # else the models are not imported
//! ```

use std::rc::Rc;

use crate::plugins::files::modules::top;
use crate::plugins::names::calls::instance_of;
use crate::plugins::names::follow::{Defined, Follow, Scope, Thing, What};
use crate::syntax::{Block, Expr, ExprKind, StmtKind, for_parts};

/// Whether the framework's own method is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Calls {
    /// It is.
    Surely,
    /// That hangs on a condition; where it stands.
    Perhaps(String),
    /// It is not.
    Never,
}

/// Whether the framework's own method of this name is called for a class; `framework` is the top-level module of the framework.
pub(super) fn calls_own(
    follow: &Follow<'_>,
    class: &Rc<Defined>,
    method: &str,
    framework: &str,
) -> Calls {
    let Thing::Defined(found) = follow.attribute(&Thing::Defined(class.clone()), method) else {
        return Calls::Surely;
    };
    if top(&found.path) == framework || !matches!(found.what, What::Function(_)) {
        return Calls::Surely;
    }
    let receiver = instance_of(&class.path);
    let Some((body, scope)) = follow.entered(&found, Some(receiver), None, true) else {
        return Calls::Surely;
    };
    let mut walk = Walk {
        follow,
        method,
        calls: Calls::Never,
    };
    walk.block(&body, &scope, None);
    walk.calls
}

struct Walk<'a, 'f> {
    follow: &'f Follow<'a>,
    method: &'f str,
    calls: Calls,
}

/// Whether what stands behind a block is come to: not, or perhaps, with where the condition stands.
type Left = Option<Option<u32>>;

impl Walk<'_, '_> {
    fn block(&mut self, block: &Block, scope: &Scope, mut perhaps: Option<u32>) -> Left {
        let mut left = None;
        for stmt in block {
            let next = match &stmt.kind {
                StmtKind::Return(value) => {
                    if let Some(value) = value {
                        self.expr(value, scope, perhaps);
                    }
                    Some(None)
                }
                StmtKind::Raise(_) => Some(None),
                StmtKind::Expr(value) | StmtKind::Assign(_, value) => {
                    self.expr(value, scope, perhaps);
                    None
                }
                StmtKind::If(branches) => self.branches(branches, stmt.start, scope, perhaps),
                StmtKind::With(_, body, _) => self.block(body, scope, perhaps),
                StmtKind::Function(_) | StmtKind::Class(_) => None,
                kind => {
                    let under = perhaps.or(Some(stmt.start));
                    let mut leaves = None;
                    kind.blocks(&mut |block| {
                        if self.block(block, scope, under).is_some() {
                            leaves = Some(Some(stmt.start));
                        }
                    });
                    leaves
                }
            };
            match next {
                Some(None) => return Some(None),
                Some(Some(at)) => {
                    perhaps = perhaps.or(Some(at));
                    left = Some(Some(at));
                }
                None => {}
            }
        }
        left
    }

    fn branches(
        &mut self,
        branches: &[(Option<Expr>, Box<Block>)],
        start: u32,
        scope: &Scope,
        perhaps: Option<u32>,
    ) -> Left {
        let (blocks, is_one_taken) = self.follow.may_be_taken(branches, scope);
        let blocks = blocks.into_iter().map(|(block, hangs)| {
            let perhaps = perhaps.or(hangs.then_some(start));
            self.block(block, scope, perhaps)
        });
        let left: Vec<Left> = blocks.collect();
        match (&left[..], is_one_taken) {
            ([only], true) => *only,
            (several, _) => several.iter().any(Option::is_some).then_some(Some(start)),
        }
    }

    fn expr(&mut self, expr: &Expr, scope: &Scope, perhaps: Option<u32>) {
        if let ExprKind::Call(call) = &expr.kind
            && let ExprKind::Attribute(of, name) = &call.function.kind
            && name == self.method
            && let ExprKind::Call(inner) = &of.kind
            && matches!(&inner.function.kind, ExprKind::Name(it) if it == "super")
        {
            match perhaps {
                None => self.calls = Calls::Surely,
                Some(at) if self.calls == Calls::Never => {
                    let file = &scope.file;
                    let place = format!("{}:{}", file.shown, file.line(at));
                    self.calls = Calls::Perhaps(format!("imported under a condition: {place}"));
                }
                Some(_) => {}
            }
        }
        for_parts(expr, &mut |part| self.expr(part, scope, perhaps));
    }
}
