//! Decorators that are called by hand, and methods that go by another name: `brews = pytest.fixture(load, name="brews")`,
//! `add = getattr(manager, "add_hookspecs", None)`.

use std::rc::Rc;
use std::sync::Arc;

use crate::Name;
use crate::plugins::files::bound::Bound;
use crate::plugins::files::modules::File;
use crate::plugins::names::follow::{Defined, Follow, Scope, Thing, What};
use crate::plugins::sites::places::{Site, Sites, literal};
use crate::syntax::{Call, Expr, ExprKind, FunctionDef};

impl Sites<'_, '_> {
    /// The site of `name = decorator(…)(function)`, or of `name = decorator(function, …)`.
    pub(super) fn decorated_by_hand(
        &mut self,
        name: &Name,
        value: &Expr,
        scope: &Scope,
        perhaps: Option<u32>,
    ) {
        let marks = |it: &Expr| match self.follow.expr(it, scope) {
            Thing::Instance(it) if it.attributes.is_empty() => {
                let mut classes = self.wanted.marks.iter();
                classes.any(|class| self.follow.is_a(&it.class, class))
            }
            _ => false,
        };
        let is_mark = match &value.kind {
            ExprKind::Call(call) if !self.wanted.marks.is_empty() => {
                let first = call.arguments.first().map(|it| &it.kind);
                matches!(first, Some(ExprKind::Name(_) | ExprKind::Attribute(..)))
                    && matches!(
                        call.function.kind,
                        ExprKind::Name(_) | ExprKind::Attribute(..)
                    )
                    && marks(&call.function)
            }
            _ => false,
        };
        let is_wanted = |it: &str| is_mark || self.wanted.names.contains(it);
        if let Some(mut site) = by_hand(self.follow, Some(name), value, scope, &is_wanted) {
            site.perhaps = perhaps;
            site.root.clone_from(&self.root);
            self.found.push(site);
        }
    }

    /// Whether a name that is called stands for a method that may register something: none where it does not, else whether it may also stand
    /// for another one.
    pub(super) fn other_name(&self, function: &Expr, scope: &Scope) -> Option<bool> {
        let ExprKind::Name(name) = &function.kind else {
            return None;
        };
        let mut frames = scope.frames.iter().rev();
        let (table, span) = match frames.find(|it| it.table.has(name)) {
            Some(frame) => (&*frame.table, frame.span),
            None => (&scope.file.table, None),
        };
        if !table.has(name) {
            return None;
        }
        let is_wanted = |it: &str| self.wanted.names.contains(it);
        let stands = |it: &&Bound| match it {
            Bound::Value(value) => match &value.kind {
                ExprKind::Attribute(_, method) => is_wanted(method),
                ExprKind::Call(call) => {
                    let is_it =
                        matches!(&call.function.kind, ExprKind::Name(it) if it == "getattr");
                    let method = call.arguments.get(1).filter(|_| is_it).and_then(literal);
                    method.is_some_and(|it| is_wanted(&it))
                }
                _ => false,
            },
            _ => false,
        };
        let bound = table.get(name);
        bound.iter().find(|it| stands(it))?;
        if bound.len() == 1 && !table.is_bound_again(name, Some(0)) {
            return Some(false);
        }
        // `if add is None: add = manager.addhooks`: of older versions.
        let text = match span {
            Some((start, end)) => scope.file.text.get(start as usize..end as usize),
            None => Some(&*scope.file.text),
        };
        let text = text.unwrap_or_default();
        let is_kept = text.contains(&format!("if {name} is None:"))
            || text.contains(&format!("if not {name}:"));
        Some(bound.len() > 1 || !is_kept)
    }
}

/// Under which names objects keep the function that they are made of.
const KEEPING: [&str; 3] = ["callback", "func", "__wrapped__"];

/// `name = decorator(…)(function)` as the site of a decorator, and `name = decorator(function, …)`, where that is what is looked for.
pub(in crate::plugins) fn by_hand(
    follow: &Follow<'_>,
    name: Option<&Name>,
    value: &Expr,
    scope: &Scope,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Option<Site> {
    let ExprKind::Call(outer) = &value.kind else {
        return None;
    };
    let (callee, call, decorated) = match (&outer.function.kind, &*outer.arguments) {
        (ExprKind::Call(inner), [argument]) => {
            let decorated = match follow.expr(argument, scope) {
                // What a decorator has made of a function keeps it: `command.callback`.
                Thing::Instance(it) if KEEPING.contains(&it.attributes.as_str()) => {
                    Thing::Defined(it.of.clone()?)
                }
                // `app.route("/day")(lambda: …)`
                Thing::Value(of, value) if matches!(value.kind, ExprKind::Lambda(_)) => {
                    Thing::Defined(Rc::new(Defined {
                        path: format!("{}:{}", of.file.name, of.qualname("<lambda>")),
                        what: What::Name,
                        file: Some(of.file.clone()),
                    }))
                }
                thing => follow.settle(thing, scope),
            };
            let call = Arc::new(outer.function.clone());
            (follow.expr(&inner.function, scope), Some(call), decorated)
        }
        (ExprKind::Name(called) | ExprKind::Attribute(_, called), [argument, rest @ ..])
            if name.is_some()
                && is_wanted(called)
                && matches!(argument.kind, ExprKind::Name(_) | ExprKind::Attribute(..)) =>
        {
            let decorated = follow.settled(argument, scope);
            if !matches!(&decorated, Thing::Defined(it) if matches!(it.what, What::Function(_))) {
                return None;
            }
            // The same without the function itself.
            let given = Call {
                function: outer.function.clone(),
                arguments: rest.into(),
                keywords: outer.keywords.clone(),
            };
            let is_bare = rest.is_empty() && outer.keywords.is_empty();
            let kind = ExprKind::Call(Box::new(given));
            let call = (!is_bare).then(|| {
                Arc::new(Expr {
                    kind,
                    ..value.clone()
                })
            });
            (follow.expr(&outer.function, scope), call, decorated)
        }
        _ => return None,
    };
    let Thing::Defined(decorated) = decorated else {
        return None;
    };
    Some(Site {
        scope: scope.clone(),
        callee,
        call,
        decorated: Some(decorated),
        start: value.start,
        end: value.end,
        perhaps: None,
        bound: name.cloned(),
        root: scope.file.name.clone(),
        is_returned: false,
        reason: None,
        hook: None,
        runs_with: None,
    })
}

/// The decorators of a function as sites.
pub(in crate::plugins) fn decorators(
    follow: &Follow<'_>,
    def: &FunctionDef,
    file: &Rc<File>,
    defined: &Rc<Defined>,
) -> Vec<Site> {
    let scope = Scope::of(file);
    let sites = def.decorators.iter().map(|decorator| {
        let (function, call) = match &decorator.kind {
            ExprKind::Call(call) => (&call.function, Some(Arc::new(decorator.clone()))),
            _ => (decorator, None),
        };
        Site {
            scope: scope.clone(),
            callee: follow.expr(function, &scope),
            call,
            decorated: Some(defined.clone()),
            start: decorator.start,
            end: decorator.end,
            perhaps: None,
            bound: None,
            root: file.name.clone(),
            is_returned: false,
            reason: None,
            hook: None,
            runs_with: None,
        }
    });
    sites.collect()
}
