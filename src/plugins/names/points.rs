//! Entry points that a program asks for itself: `for point in entry_points(group="shop"): group.add_command(point.load(), point.name)`.

use crate::plugins::entry_points::value_parts;
use crate::plugins::names::follow::{Follow, Scope, Thing};
use crate::plugins::names::written::{is_path, said};
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
        let found = self.modules.entry_points(|it| it == &*group).into_iter();
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
