//! Statements that put something somewhere: an attribute that a method sets on its object, an entry of a container that an object keeps.

use std::rc::Rc;
use std::sync::Arc;

use crate::plugins::names::follow::{Instance, Scope, Thing};
use crate::plugins::sites::places::{Site, Sites};
use crate::syntax::{Call, Expr, ExprKind, Stmt};

impl Sites<'_, '_> {
    /// `self.app = app` is kept for the methods that come after; `app.filters["name"] = function` is the site of a call: `__setitem__`.
    pub(super) fn put(
        &mut self,
        target: &Expr,
        value: &Expr,
        stmt: &Stmt,
        scope: &Scope,
        perhaps: Option<u32>,
    ) {
        match &target.kind {
            ExprKind::Attribute(of, name) => {
                if scope.is_executed()
                    && let Thing::Instance(it) = self.follow.expr(of, scope)
                    && it.attributes.is_empty()
                {
                    let thing = match perhaps {
                        None => self.follow.settled(value, scope),
                        Some(_) => Thing::Unknown,
                    };
                    self.follow.facts.put(&it, name, thing);
                }
            }
            ExprKind::Subscript(parts)
                if self.follow.facts.has_keys()
                    && scope.is_executed()
                    && let Thing::Instance(of) = self.follow.expr(&parts.0, scope) =>
            {
                let thing = match perhaps {
                    None => self.follow.settled(value, scope),
                    Some(_) => Thing::Unknown,
                };
                self.follow.note_key(&of, &parts.1, thing, scope);
                self.put_under(parts, (target, value), stmt, scope, perhaps);
            }
            ExprKind::Subscript(parts) => {
                self.put_under(parts, (target, value), stmt, scope, perhaps);
            }
            _ => {}
        }
    }

    fn put_under(
        &mut self,
        parts: &(Expr, Expr),
        (target, value): (&Expr, &Expr),
        stmt: &Stmt,
        scope: &Scope,
        perhaps: Option<u32>,
    ) {
        if !self.wanted.names.contains(SETS) {
            return;
        }
        let Thing::Instance(of) = self.follow.expr(&parts.0, scope) else {
            return;
        };
        let attributes = match of.attributes.as_str() {
            "" => SETS.to_owned(),
            attributes => format!("{attributes}.{SETS}"),
        };
        let call = Call {
            function: parts.0.clone(),
            arguments: Box::new([parts.1.clone(), value.clone()]),
            keywords: Box::new([]),
        };
        let call = Expr {
            kind: ExprKind::Call(Box::new(call)),
            ..target.clone()
        };
        self.found.push(Site {
            scope: scope.clone(),
            callee: Thing::Instance(Rc::new(Instance {
                attributes,
                ..(*of).clone()
            })),
            call: Some(Arc::new(call)),
            decorated: None,
            start: stmt.start,
            end: stmt.end,
            perhaps,
            bound: None,
            root: self.root.clone(),
            is_returned: false,
            reason: None,
            hook: None,
            runs_with: None,
        });
    }
}

/// What `object[key] = value` calls (`PyObject_SetItem`).
const SETS: &str = "__setitem__";
