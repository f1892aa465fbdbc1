//! Functions that rules lead to by a name: `app.add_url_rule("/", endpoint="index")`.

use rustc_hash::FxHashMap;

use crate::plugins::frameworks::Endpoints;
use crate::plugins::names::calls::keyword;
use crate::plugins::names::follow::{Follow, Instance, Thing};
use crate::plugins::rows::keys::made_with;
use crate::plugins::rows::matching::Matching;
use crate::plugins::sites::places::Site;
use crate::syntax::{Expr, ExprKind};

/// What is known of such names.
#[derive(Default)]
pub(super) struct Named<'f> {
    rule: Option<&'f Endpoints>,
    of: FxHashMap<String, Thing>,
}

impl<'f> Matching<'_, 'f> {
    /// The same, with the names that calls and decorators give to functions.
    pub(super) fn with_endpoints(mut self, rule: Option<&'f Endpoints>, sites: &[Site]) -> Self {
        let Some(rule) = rule else { return self };
        let mut of: FxHashMap<String, Thing> = FxHashMap::default();
        for site in sites {
            let Thing::Instance(on) = &site.callee else {
                continue;
            };
            // `app.view_functions["index"] = index`
            let puts = on.attributes.strip_suffix(".__setitem__") == Some(&*rule.held);
            if puts && self.is_on(&rule.on, on) {
                let call = site.arguments().map_or(&[][..], |it| &it.arguments);
                if let [key, value] = call
                    && let Some(key) = self.follow.text(key, &site.scope)
                    && let function @ Thing::Defined(_) = self.follow.settled(value, &site.scope)
                {
                    of.insert(key.to_string(), function);
                }
                continue;
            }
            let (names, has_own) = (
                rule.method.contains(&on.attributes),
                rule.rules.contains(&on.attributes),
            );
            if !(names || has_own) || !self.is_on(&rule.on, on) {
                continue;
            }
            let given = site.arguments();
            let decorated = site.decorated.clone().map(Thing::Defined);
            let handed = || {
                let call = given.filter(|_| has_own)?;
                let given = keyword(call, &rule.function).or(call.arguments.get(2))?;
                match self.follow.settled(given, &site.scope) {
                    it @ Thing::Defined(_) => Some(it),
                    _ => None,
                }
            };
            let Some(function) = decorated.or_else(handed) else {
                continue;
            };
            let said = given.and_then(|call| {
                let by_place = usize::from(!names);
                let is_decorator = site.decorated.is_some() && !names;
                let placed = call.arguments.get(by_place).filter(|_| !is_decorator);
                keyword(call, &rule.keyword).or(placed)
            });
            let name = match said {
                Some(said) => self.follow.text(said, &site.scope).map(|it| it.to_string()),
                None => function
                    .defined()
                    .map(|it| String::from(it.qualname().rsplit('.').next().unwrap_or_default())),
            };
            if let Some(name) = name.and_then(|it| self.whole_name(rule, on, &it)) {
                of.insert(name, function);
            }
        }
        self.endpoints = Named {
            rule: Some(rule),
            of,
        };
        self
    }

    /// What an endpoint leads to that a call of an object names; its name where no function is known to have it.
    pub(super) fn of_endpoint(&self, named: &Expr, site: &Site) -> Option<(Thing, String)> {
        let (Some(rule), Thing::Instance(on)) = (self.endpoints.rule, &site.callee) else {
            return None;
        };
        let name = self.follow.text(named, &site.scope)?;
        let whole = self.whole_name(rule, on, &name)?;
        let found = self.endpoints.of.get(&whole).cloned();
        Some((found.unwrap_or(Thing::Unknown), whole))
    }

    /// What an object leads to that is made with the name of an endpoint: `Rule("/", endpoint="index")`.
    pub(super) fn of_rule(&self, made: &Expr, site: &Site) -> Option<(Thing, String)> {
        let rule = self.endpoints.rule?;
        let made = self.follow.settled(made, &site.scope);
        let (named, scope) = made_with(self.follow, &made, &rule.keyword)?;
        let name = self.follow.text(&named, &scope)?;
        let found = self.endpoints.of.get(&*name).cloned();
        Some((found.unwrap_or(Thing::Unknown), name.to_string()))
    }

    /// What `app.view_functions["index"]` is.
    pub(super) fn held_endpoint(&self, expr: &Expr, site: &Site) -> Option<Thing> {
        let ExprKind::Subscript(parts) = &expr.kind else {
            return None;
        };
        let ExprKind::Attribute(_, held) = &parts.0.kind else {
            return None;
        };
        if self.endpoints.rule?.held != held.as_str() {
            return None;
        }
        let name = self.follow.text(&parts.1, &site.scope)?;
        self.endpoints.of.get(&*name).cloned()
    }

    /// A name, behind that of the object whose it is.
    fn whole_name(&self, rule: &Endpoints, on: &Instance, name: &str) -> Option<String> {
        if !self.is_on(&rule.named, on) {
            return Some(name.to_owned());
        }
        Some(format!("{}.{name}", self.made_as(on)?))
    }

    fn is_on(&self, classes: &[String], of: &Instance) -> bool {
        let follow: &Follow<'_> = self.follow;
        classes.iter().any(|it| follow.is_a(&of.class, it))
    }
}
