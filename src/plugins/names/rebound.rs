//! Names that a function gives another value on its way: what comes after a statement sees what that has bound.
//!
//! ```python
//! name = field.name
//! if name.startswith("_"):    # decided for each field
//!     name = name[1:]
//! app.add_config_value(f"shop_{name}", None, "env")
//! ```

use std::sync::Arc;

use crate::Name;
use crate::plugins::files::bound::Bound;
use crate::plugins::names::calls::round;
use crate::plugins::names::follow::{Follow, Frame, Scope, Thing, What};
use crate::plugins::names::written::{number, said};
use crate::syntax::{Block, Expr, ExprKind, Stmt, StmtKind};

impl Follow<'_> {
    /// The scope behind a statement of a function, or of a round of a loop, where it gives a name another value than another statement of
    /// the same body does; none where nothing changes. What hangs on a condition that cannot be decided is not known from then on, where it was a
    /// text.
    pub(in crate::plugins) fn after(&self, stmt: &Stmt, scope: &Scope) -> Option<Scope> {
        let is_inside = scope.frames.last().is_some_and(|it| !it.is_class);
        let is_plain = matches!(
            stmt.kind,
            StmtKind::Assign(..)
                | StmtKind::Annotate(..)
                | StmtKind::Augment(..)
                | StmtKind::Expr(_)
                | StmtKind::If(_)
                | StmtKind::With(..)
        );
        if !is_inside || !is_plain {
            return None;
        }
        let mut names = vec![];
        rebinds(stmt, scope, &mut names);
        if names.is_empty() {
            return None;
        }
        let mut now = None;
        self.behind(stmt, scope, &mut now);
        now
    }

    /// What statements have bound an attribute of a name to that were followed one after the other.
    pub(super) fn rebound(&self, whole: &str, scope: &Scope) -> Option<Thing> {
        let rounds = scope.frames.iter().rev().take_while(|it| it.is_round);
        let mut found = rounds.map(|it| {
            let later = self.bound_later(it, whole);
            later.or_else(|| it.given.get(whole).cloned())
        });
        found.find_map(|it| it)
    }

    /// What a statement has bound a name to that nobody has read yet.
    pub(super) fn bound_later(&self, frame: &Frame, name: &str) -> Option<Thing> {
        let (of, scope, value) = frame.later.as_ref()?;
        if of != name {
            return None;
        }
        let last = name.rsplit('.').next().unwrap_or(name);
        Some(
            match self.bound(&Bound::Value(value.clone()), last, scope) {
                Thing::Defined(it)
                    if matches!(it.what, What::Name) && it.path == scope.path(last) =>
                {
                    Thing::Unknown
                }
                thing => thing,
            },
        )
    }

    fn behind(&self, stmt: &Stmt, scope: &Scope, now: &mut Option<Scope>) {
        let here = now.clone().unwrap_or_else(|| scope.clone());
        let mut give = |name: &Name, value: &Expr| {
            if !is_bound_often(name, scope) {
                return;
            }
            // Where a function is only asked what it returns, what nobody reads is not worked out.
            if self.depth.get() > 0 {
                let value = Arc::new(value.clone());
                *now = Some(here.within(Frame {
                    is_round: true,
                    later: Some((name.clone(), here.clone(), value)),
                    ..Frame::default()
                }));
            } else {
                let thing = self.plain(name, value, &here);
                let given = std::iter::once((name.clone(), thing)).collect();
                *now = Some(round(&here, given));
            }
        };
        match &stmt.kind {
            StmtKind::Assign(targets, value) => {
                targets
                    .iter()
                    .filter_map(named)
                    .for_each(|it| give(&it, value));
                if let Some((name, whole)) = put_into(stmt, scope) {
                    give(&name, &whole);
                }
            }
            StmtKind::Expr(_) => {
                if let Some((name, whole)) = put_into(stmt, scope) {
                    give(&name, &whole);
                }
            }
            StmtKind::Annotate(target, _, Some(value)) => {
                if let Some(it) = named(target) {
                    give(&it, value);
                }
            }
            StmtKind::Augment(target, op, value) => {
                let sum = Box::new(((**target).clone(), *op, (**value).clone()));
                let sum = Expr {
                    kind: ExprKind::Binary(sum),
                    start: target.start,
                    end: value.end,
                };
                if let Some(it) = named(target) {
                    give(&it, &sum);
                }
            }
            StmtKind::With(_, body, _) => self.behind_all(body, scope, now),
            StmtKind::If(branches) => {
                let (blocks, is_one_taken) = self.may_be_taken(branches, &here);
                if blocks.is_empty() || is_one_taken && blocks.len() == 1 {
                    // What stands in the branches that are passed by has bound nothing.
                    let mut names = vec![];
                    rebinds(stmt, scope, &mut names);
                    for name in names {
                        let before = Arc::new(read_at(&name, stmt.start));
                        *now = Some(now.as_ref().unwrap_or(&here).within(Frame {
                            is_round: true,
                            later: Some((name, here.clone(), before)),
                            ..Frame::default()
                        }));
                    }
                    if let [(only, _)] = &blocks[..] {
                        self.behind_all(only, scope, now);
                    }
                    return;
                }
                let mut names = vec![];
                for (block, _) in &blocks {
                    block.iter().for_each(|it| rebinds(it, scope, &mut names));
                }
                for name in names {
                    let before = self.expr(&read_at(&name, stmt.start), &here);
                    if let Thing::Value(..) = before
                        && self.text_of(&before).is_some()
                    {
                        let given = std::iter::once((name, Thing::Unknown)).collect();
                        *now = Some(round(now.as_ref().unwrap_or(&here), given));
                    }
                }
            }
            _ => {}
        }
    }

    fn behind_all(&self, block: &Block, scope: &Scope, now: &mut Option<Scope>) {
        for stmt in block {
            self.behind(stmt, scope, now);
        }
    }

    /// What an expression comes to; a text or a number as it is by now.
    fn plain(&self, name: &Name, value: &Expr, scope: &Scope) -> Thing {
        let thing = self.settled(value, scope);
        if let Thing::Value(..) = thing {
            if let Some(text) = self.text_of(&thing) {
                return said(&text, scope);
            }
            if let Some(whole) = self.whole(value, scope) {
                return number(whole, scope);
            }
        }
        let value = Arc::new(value.clone());
        let last = name.rsplit('.').next().unwrap_or(name);
        match self.bound(&Bound::Value(value.clone()), last, scope) {
            // What cannot be told keeps its words.
            Thing::Defined(it) if matches!(it.what, What::Name) && it.path == scope.path(last) => {
                Thing::Value(scope.clone(), value)
            }
            thing => thing,
        }
    }
}

/// The names that a statement binds which other statements of the same body bind, too.
fn rebinds(stmt: &Stmt, scope: &Scope, found: &mut Vec<Name>) {
    let mut add = |target: &Expr| {
        if let Some(name) = named(target)
            && is_bound_often(&name, scope)
            && !found.contains(&name)
        {
            found.push(name);
        }
    };
    match &stmt.kind {
        StmtKind::Assign(targets, _) => {
            targets.iter().for_each(add);
            found.extend(put_into(stmt, scope).map(|it| it.0));
        }
        StmtKind::Expr(_) => found.extend(put_into(stmt, scope).map(|it| it.0)),
        StmtKind::Annotate(target, _, Some(_)) | StmtKind::Augment(target, ..) => add(target),
        StmtKind::With(_, body, _) => body.iter().for_each(|it| rebinds(it, scope, found)),
        StmtKind::If(branches) => {
            let stmts = branches.iter().flat_map(|it| it.1.iter());
            stmts.for_each(|it| rebinds(it, scope, found));
        }
        _ => {}
    }
}

/// The name whose container a statement puts something into, and all that it holds then: `names["key"] = value`, `names.append(value)`.
fn put_into(stmt: &Stmt, scope: &Scope) -> Option<(Name, Arc<Expr>)> {
    let is_put = match &stmt.kind {
        StmtKind::Assign(targets, _) => {
            matches!(&**targets, [target] if matches!(target.kind, ExprKind::Subscript(_)))
        }
        StmtKind::Expr(expr) => matches!(expr.kind, ExprKind::Call(_)),
        _ => false,
    };
    let around = scope.frames.iter().rev().find(|it| !it.is_round);
    let table = around.map_or(&scope.file.table, |it| &*it.table);
    let (name, value) = is_put.then(|| table.bound_by(stmt.end))??;
    is_bound_often(name, scope).then(|| (name.clone(), value.clone()))
}

/// Whether several statements of the function around bind a name, or one that is also a parameter's; an attribute may be bound elsewhere.
fn is_bound_often(name: &Name, scope: &Scope) -> bool {
    let around = scope.frames.iter().rev().find(|it| !it.is_round);
    let table = around.map_or(&scope.file.table, |it| &*it.table);
    let given = around.is_some_and(|it| it.given.contains_key(name)) || name.contains('.');
    table.times(name) + usize::from(given) > 1
}

/// The name, or the attribute of a name, that is bound.
fn named(target: &Expr) -> Option<Name> {
    match &target.kind {
        ExprKind::Name(name) => Some(name.clone()),
        ExprKind::Attribute(of, name) => match &of.kind {
            ExprKind::Name(of) => Some(Name::from(format!("{of}.{name}"))),
            _ => None,
        },
        _ => None,
    }
}

/// A name, or an attribute of one, as it is read at an offset.
fn read_at(name: &Name, start: u32) -> Expr {
    let at = |kind: ExprKind| Expr {
        kind,
        start,
        end: start,
    };
    match name.split_once('.') {
        Some((of, name)) => at(ExprKind::Attribute(
            Box::new(at(ExprKind::Name(Name::from(of)))),
            Name::from(name),
        )),
        None => at(ExprKind::Name(name.clone())),
    }
}
