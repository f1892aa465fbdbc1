//! Entry points that a program asks for itself: `for point in entry_points(group="shop"): group.add_command(point.load(), point.name)`.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::plugins::entry_points::value_parts;
use crate::plugins::follow::{Defined, Follow, Scope, Thing, What};
use crate::plugins::sites::Sites;
use crate::plugins::written::{is_path, said};
use crate::syntax::{Call, Expr, ExprKind};

/// Functions that give the entry points of a group: their first argument, or the keyword `group`.
const GIVE: [&str; 3] = [
    "importlib.metadata:entry_points",
    "importlib_metadata:entry_points",
    "pkg_resources:iter_entry_points",
];

impl Follow<'_> {
    /// The entry points that a call gives: `entry_points(group="shop")`, `entry_points().select(group="shop")`, in the order in which
    /// `importlib.metadata` finds them; none where it is another call, or the group is not known.
    pub(super) fn points(&self, call: &Call, scope: &Scope) -> Option<Vec<Thing>> {
        let gives = |function: &Expr| {
            let (ExprKind::Name(name) | ExprKind::Attribute(_, name)) = &function.kind else {
                return false;
            };
            // What is asked of each call has to be cheap.
            if !matches!(name.as_str(), "entry_points" | "iter_entry_points") {
                return false;
            }
            let found = self.expr(function, scope);
            GIVE.iter().any(|path| is_path(&found, path))
        };
        let is_it = match &call.function.kind {
            ExprKind::Attribute(of, name) if name == "select" => match &of.kind {
                ExprKind::Call(inner) => inner.keywords.is_empty() && gives(&inner.function),
                _ => false,
            },
            _ => gives(&call.function),
        };
        if !is_it {
            return None;
        }
        let mut named = None;
        for (keyword, value) in &call.keywords {
            if keyword.as_deref() != Some("group") {
                return None;
            }
            named = Some(value);
        }
        let group = self.text(named.or(call.arguments.first())?, scope)?;
        let all = self.modules.ground.analysis.entry_points.iter().enumerate();
        let mut found: Vec<_> = all.filter(|(_, it)| it.group == *group).collect();
        found.sort_by_key(|(_, it)| (it.folder, it.listed));
        let found = found.into_iter();
        Some(
            found
                .map(|(at, _)| Thing::Point(at, scope.clone()))
                .collect(),
        )
    }

    /// `point.name`, `point.value`, `point.group`
    pub(super) fn of_point(&self, at: usize, scope: &Scope, name: &str) -> Thing {
        let Some(entry) = self.modules.ground.analysis.entry_points.get(at) else {
            return Thing::Unknown;
        };
        match name {
            "name" => said(&entry.name, scope),
            "group" => said(&entry.group, scope),
            "value" => said(&entry.value, scope),
            "module" => said(value_parts(&entry.value).0, scope),
            _ => Thing::Unknown,
        }
    }

    /// `point.load()` (`importlib.metadata.EntryPoint.load`)
    pub(super) fn loaded_point(&self, call: &Call, scope: &Scope) -> Option<Thing> {
        let ExprKind::Attribute(of, name) = &call.function.kind else {
            return None;
        };
        if name != "load" || !call.arguments.is_empty() {
            return None;
        }
        let Thing::Point(at, _) = self.expr(of, scope) else {
            return None;
        };
        let entry = self.modules.ground.analysis.entry_points.get(at)?;
        let (module, qualname) = value_parts(&entry.value);
        Some(match qualname {
            "" => Thing::Module(module.into()),
            _ => self.dotted(module, qualname),
        })
    }
}

impl Sites<'_, '_> {
    /// What a decorator does beside what it returns: `def with_plugins(points): def decorate(group): group.add_command(…)`.
    pub(super) fn effects(
        &mut self,
        decorator: &Expr,
        decorated: &Rc<Defined>,
        scope: &Scope,
        perhaps: Option<u32>,
    ) {
        if !scope.is_executed() {
            return;
        }
        let (function, call) = match &decorator.kind {
            ExprKind::Call(call) => (self.follow.expr(&call.function, scope), Some(call)),
            _ => (self.follow.expr(decorator, scope), None),
        };
        let Thing::Defined(function) = function else {
            return;
        };
        if !self.is_worth_entering(&function, "(") || !self.may_enter(&function.path) {
            return;
        }
        // What stands below it has made something of the function already.
        let handed = match &decorated.what {
            What::Function(def) => self.follow.function(def, scope),
            _ => Thing::Defined(decorated.clone()),
        };
        let from = self.found.len();
        self.entered.push(function.path.clone());
        if let Some(call) = call {
            let entered = self
                .follow
                .entered(&function, None, Some((call, scope)), true);
            let values = entered.map(|(body, inner)| self.follow.returned_values(&body, &inner));
            for (value, inner) in values.unwrap_or_default() {
                if let Thing::Defined(wrapper) = self.follow.expr(&value, &inner)
                    && let What::Function(def) = &wrapper.what
                    && wrapper.path.contains("<locals>")
                    && let Some(first) = def.parameters.first()
                {
                    let mut given = FxHashMap::default();
                    given.insert(first.name.clone(), handed.clone());
                    let body = def.body(&inner.file.text);
                    let scope = self.follow.inner(def, &body, &inner, given, true);
                    self.block(&body, &scope, perhaps);
                }
            }
        } else if let Some((body, inner)) = self.follow.entered(&function, Some(handed), None, true)
        {
            self.block(&body, &inner, perhaps);
        }
        self.entered.pop();
        for site in &mut self.found[from..] {
            site.reason = Some((scope.file.clone(), decorator.start, decorator.end));
        }
    }
}
