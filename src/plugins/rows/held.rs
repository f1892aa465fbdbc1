//! Mappings of a framework's own whose entries stand in a registry before anybody adds to it: `Config.config_values`.

use crate::plugins::frameworks::Held;
use crate::plugins::names::follow::{Follow, Thing};
use crate::plugins::names::written::Pair;
use crate::plugins::rows::applied::{Applying, row};
use crate::plugins::rows::leads::one_line;
use crate::plugins::rows::matching::Row;
use crate::plugins::sites::places::literal;
use crate::semantics::Registered;
use crate::syntax::{Expr, ExprKind};

impl Follow<'_> {
    /// The keys of such a mapping and what each leads to; none where it is not there, or not written out.
    pub(super) fn held(&self, held: &Held) -> Option<Vec<Pair>> {
        let entries = self.entries(&self.mapping(held)?)?.into_iter();
        Some(entries.map(|it| (it.0, self.first(held, it.1))).collect())
    }

    /// What such a mapping has under a key.
    pub(in crate::plugins) fn held_under(&self, held: &Held, name: &str) -> Option<Thing> {
        let Thing::Value(scope, value) = self.mapping(held)? else {
            return None;
        };
        let ExprKind::Dict(entries) = &value.kind else {
            return None;
        };
        let is_it = |it: &Expr| literal(it).is_some_and(|it| it == name);
        let found = entries
            .iter()
            .rfind(|it| it.0.as_ref().is_some_and(is_it))?;
        Some(self.first(held, self.expr(&found.1, &scope)))
    }

    fn mapping(&self, held: &Held) -> Option<Thing> {
        let (module, qualname) = held.object.split_once(':')?;
        self.modules.source(module)?;
        Some(self.dotted(module, qualname))
    }

    /// The part of a value that counts.
    fn first(&self, held: &Held, thing: Thing) -> Thing {
        let (scope, value) = match &thing {
            Thing::Value(scope, value) if held.first => (scope, value),
            Thing::Instance(it) if held.first => match &it.call {
                Some((scope, call)) => (scope, call),
                None => return thing,
            },
            _ => return thing,
        };
        let first = match &value.kind {
            ExprKind::Tuple(items) => items.first(),
            ExprKind::Call(call) => call.arguments.first(),
            _ => None,
        };
        first.map_or_else(|| thing.clone(), |it| self.expr(it, scope))
    }
}

impl Applying<'_, '_> {
    /// The rows of such a mapping.
    pub(super) fn of_held(&self, held: &Held) -> Vec<Row> {
        let entries = self.follow.held(held).unwrap_or_default();
        let rows = entries.into_iter().filter_map(|(key, thing)| {
            let text = self.follow.text_of(&key)?;
            let shown = match &thing {
                Thing::Value(scope, value) => one_line(value, scope),
                _ => String::new(),
            };
            let leads = self.matching.leads(&thing, &shown);
            let mut registered = Registered::new(Some(text.to_string()), leads);
            if let Thing::Value(scope, key) = &key {
                registered.at = Some(scope.file.spot(key.start, key.end));
                registered.distribution = self.follow.modules.distribution(&scope.file);
            }
            let name = held.object.split_once(':').map_or("", |it| it.1);
            name.clone_into(&mut registered.by);
            Some(row(registered))
        });
        rows.collect()
    }
}
