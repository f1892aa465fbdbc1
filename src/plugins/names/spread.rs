//! Calls that unpack what is written out: `app.add_url_rule(*route)`, `app.add_url_rule(**options)`.

use rustc_hash::FxHashMap;

use crate::Name;
use crate::plugins::names::calls::round;
use crate::plugins::names::follow::{Follow, Scope, Thing};
use crate::syntax::{Call, Expr, ExprKind};

impl Follow<'_> {
    /// The same as far as it can be told: keywords of which it cannot stay as they are.
    pub(super) fn spread_partly(&self, call: &Call, scope: &Scope) -> Option<(Call, Scope)> {
        self.spread(call, scope).or_else(|| {
            let (named, open): (Vec<_>, Vec<_>) =
                call.keywords.iter().cloned().partition(|it| it.0.is_some());
            let plain = Call {
                function: call.function.clone(),
                arguments: call.arguments.clone(),
                keywords: named.into(),
            };
            let (mut call, scope) = self.spread(&plain, scope)?;
            call.keywords = call.keywords.into_iter().chain(open).collect();
            Some((call, scope))
        })
    }

    /// The call with its arguments one by one, each a name of its own, and the scope in which these names are what is unpacked; none where a call
    /// unpacks nothing, or what that is cannot be told.
    pub(in crate::plugins) fn spread(&self, call: &Call, scope: &Scope) -> Option<(Call, Scope)> {
        let is_starred = |it: &Expr| matches!(it.kind, ExprKind::Starred(_));
        let is_open = call.keywords.iter().any(|it| it.0.is_none());
        if !is_open && !call.arguments.iter().any(is_starred) {
            return None;
        }
        let mut given: FxHashMap<Name, Thing> = FxHashMap::default();
        let mut named = |thing: Thing, of: &Expr| {
            // No name of a program.
            let name = Name::from(format!("*{}", given.len()));
            given.insert(name.clone(), thing);
            Expr {
                kind: ExprKind::Name(name),
                ..of.clone()
            }
        };
        let mut arguments = vec![];
        for argument in &call.arguments {
            match &argument.kind {
                ExprKind::Starred(inner) => {
                    let things = self.each(&self.settled(inner, scope))?;
                    arguments.extend(things.into_iter().map(|it| named(it, argument)));
                }
                _ => arguments.push(argument.clone()),
            }
        }
        let mut keywords = vec![];
        for (name, value) in &call.keywords {
            if name.is_some() {
                keywords.push((name.clone(), value.clone()));
                continue;
            }
            for (key, thing) in self.entries(&self.settled(value, scope))? {
                let key = Name::from(&*self.text_of(&key)?);
                keywords.push((Some(key), named(thing, value)));
            }
        }
        let call = Call {
            function: call.function.clone(),
            arguments: arguments.into(),
            keywords: keywords.into(),
        };
        Some((call, round(scope, given)))
    }
}
