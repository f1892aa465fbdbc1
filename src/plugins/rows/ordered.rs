//! Rows with one key in the order in which what they lead to is called.

use rustc_hash::FxHashMap;

use crate::plugins::frameworks::{Framework, Order, Rule};
use crate::plugins::names::follow::{Thing, What};
use crate::plugins::rows::applied::Applying;
use crate::plugins::rows::matching::Row;
use crate::plugins::rows::turns::Called;
use crate::plugins::sites::hand::decorators;
use crate::syntax::ExprKind;

impl Applying<'_, '_> {
    /// Puts rows in the order in which they are called, as far as that follows from when they are registered; `called`: the functions that are
    /// called under each key, in order, where that is known already.
    pub(super) fn in_turn(
        &self,
        (framework, rule, order): (&Framework, &Rule, &Order),
        rows: &mut Vec<Row>,
        called: &Called,
    ) {
        let turns = self.turns(framework, rule, called);
        rows.sort_by_cached_key(|it| self.turn(&turns, it));
        self.order(order, rows);
    }

    /// Puts rows with one key in the order in which they are called: the last registered first, but for those that decorators set apart
    /// (`pluggy._hooks.HookCaller._add_hookimpl`, `get_hookimpls`).
    fn order(&self, order: &Order, rows: &mut Vec<Row>) {
        let mut keys: Vec<Option<String>> = vec![];
        let mut groups: FxHashMap<Option<String>, Vec<Row>> = FxHashMap::default();
        for mut row in rows.drain(..) {
            let (flags, name) = self.flags(order, &row);
            if let Some(name) = name {
                row.registered.key = Some(name);
            }
            if !flags.is_empty() {
                row.registered.by = flags.join(", ");
            }
            let key = row.registered.key.clone();
            if !groups.contains_key(&key) {
                keys.push(key.clone());
            }
            groups.entry(key).or_default().push(row);
        }
        for key in keys {
            let mut group = groups.remove(&key).unwrap_or_default();
            // What one module or object has is registered in the order of its names (`PluginManager.register`: `dir(plugin)`).
            for same in group.chunk_by_mut(|one, other| around_of(one) == around_of(other)) {
                same.sort_by(|one, other| path_of(one).cmp(path_of(other)));
            }
            let rank = |row: &Row| {
                let has = |names: &[String]| {
                    let said = row.registered.by.split(", ");
                    said.into_iter()
                        .any(|it| names.iter().any(|name| name == it))
                };
                let around = if has(&order.around) { 0 } else { 3 };
                around
                    + match (has(&order.first), has(&order.last)) {
                        (true, _) => 0,
                        (_, true) => 2,
                        _ => 1,
                    }
            };
            // One that is called last stands before all that came after it, the others behind (`_add_hookimpl`).
            let is_last = |row: &Row| rank(row) % 3 == 2;
            let (last, mut group): (Vec<Row>, Vec<Row>) = group.into_iter().partition(is_last);
            group.reverse();
            group.extend(last);
            group.sort_by_key(rank);
            rows.extend(group);
        }
    }

    /// The keywords of a decorator that say when a function is called.
    fn flags(&self, order: &Order, row: &Row) -> (Vec<String>, Option<String>) {
        let Some(defined) = &row.defined else {
            return (vec![], None);
        };
        let (What::Function(def), Some(file)) = (&defined.what, &defined.file) else {
            return (vec![], None);
        };
        let mut flags = vec![];
        let mut renamed = None;
        for site in decorators(self.follow, def, file, defined) {
            let Thing::Instance(it) = &site.callee else {
                continue;
            };
            if !order
                .on
                .iter()
                .any(|class| self.follow.is_a(&it.class, class))
            {
                continue;
            }
            for (name, value) in site.arguments().map_or(&[][..], |it| &it.keywords) {
                if name.as_deref() == Some(order.name.as_str()) {
                    renamed = self
                        .follow
                        .text(value, &site.scope)
                        .map(|it| it.to_string());
                }
                let is_true = matches!(
                    &value.kind,
                    ExprKind::Literal(crate::syntax::Literal::Bool(true))
                );
                let all = order.first.iter().chain(&order.last).chain(&order.around);
                let mut all = all.filter(|it| name.as_deref() == Some(it.as_str()));
                if let Some(name) = all.next().filter(|_| is_true) {
                    flags.push(name.clone());
                }
            }
        }
        (flags, renamed)
    }
}

/// The functions that are called under each key, in order.
pub(super) fn called(rows: &[Row]) -> Called {
    let mut called = Called::default();
    for row in rows {
        if let Some(key) = &row.registered.key {
            called
                .entry(key.clone())
                .or_default()
                .push(path_of(row).to_owned());
        }
    }
    called
}

/// The path of what a row registers; empty where it is not known.
fn path_of(row: &Row) -> &str {
    row.defined.as_ref().map_or("", |it| &it.path)
}

/// The module or class that it stands in.
fn around_of(row: &Row) -> &str {
    let path = path_of(row);
    path.rfind([':', '.']).map_or("", |at| &path[..at])
}
