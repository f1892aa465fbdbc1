//! What lists and mappings hold that a call registers, or what a class has that is registered with it: `app.add_domain(Shop)`, where `Shop.directives = {"item": Item}`.

use crate::plugins::frameworks::By;
use crate::plugins::names::calls::keyword;
use crate::plugins::names::follow::{Scope, Thing};
use crate::plugins::rows::keys::Keyed;
use crate::plugins::rows::leads::text_of;
use crate::plugins::rows::matching::{Held, Matching};
use crate::plugins::sites::places::Site;
use crate::syntax::{Expr, ExprKind};

impl Matching<'_, '_> {
    /// What a list holds, or a mapping: that has its keys with it.
    pub(super) fn listed(
        &self,
        given: &Expr,
        (callee, scope): (&Expr, &Scope),
    ) -> Option<Vec<(Held, Option<Keyed>)>> {
        let of = self.follow.settled(given, scope);
        if let Some(entries) = self.follow.entries(&of) {
            let keyed = |(key, thing): (Thing, Thing)| {
                let text = match &key {
                    Thing::Value(scope, value) => self.follow.text(value, scope),
                    _ => None,
                };
                let is_known = text.is_some();
                let key = (text.map(|it| it.to_string()), is_known, None);
                ((thing, String::new()), Some(key))
            };
            return Some(entries.into_iter().map(keyed).collect());
        }
        if let Some(filled) = self.follow.filled_entries(given, (callee, scope)) {
            let keyed = |(key, thing): (String, Thing)| {
                ((thing, key.clone()), Some((Some(key), true, None)))
            };
            return Some(filled.into_iter().map(keyed).collect());
        }
        let things = self.follow.each(&of)?.into_iter();
        Some(things.map(|it| ((it, String::new()), None)).collect())
    }

    /// The same of an argument of the call that makes an object: `add_section(Section("Daily", [put, take]))`.
    pub(super) fn listed_in(
        &self,
        part: &str,
        (of, scope): (&Expr, &Scope),
    ) -> Option<Vec<(Held, Option<Keyed>)>> {
        let Thing::Instance(made) = self.follow.settled(of, scope) else {
            return None;
        };
        let (call, scope) = self.follow.made_by(&made)?;
        let ExprKind::Call(call) = &call.kind else {
            return None;
        };
        let given = match part.strip_prefix("argument ") {
            Some(number) => call.arguments.get(number.parse::<usize>().ok()?),
            None => keyword(call, part.strip_prefix("keyword ")?),
        };
        self.listed(given?, (&call.function, &scope))
    }

    /// The same of a list of tuples, each a key and what is registered under it with the object that the call makes.
    pub(super) fn pairs(&self, given: &Expr, site: &Site) -> Option<Vec<(Held, Option<Keyed>)>> {
        let made = self.made(site);
        let object = made.as_ref().map(|it| it.object.as_str());
        let object = object.map_or("", |it| it.split_once(':').map_or(it, |it| it.1));
        let items = self.follow.items(given, &site.scope)?;
        let pairs = items.iter().map(|(scope, item)| {
            let parts = self.follow.items(item, scope)?;
            let [(of, key), (at, thing), ..] = &parts[..] else {
                return None;
            };
            let text = self.follow.text(key, of);
            let is_known = text.is_some();
            let key = text.map(|it| format!("{it} {object}").trim_end().to_owned());
            Some((self.thing(thing, at), Some((key, is_known, None))))
        });
        pairs.collect()
    }

    /// What the keywords of a call give, each under its name.
    pub(super) fn by_keywords(&self, site: &Site) -> Option<Vec<(Held, Option<Keyed>)>> {
        let keywords = &site
            .arguments()
            .filter(|it| !it.keywords.is_empty())?
            .keywords;
        let each = keywords.iter().map(|(name, value)| {
            let key = (name.as_ref().map(ToString::to_string), name.is_some(), None);
            (self.thing(value, &site.scope), Some(key))
        });
        Some(each.collect())
    }

    /// What an attribute of a class that a call is handed lists, or maps: that has its keys with it. None where it has nothing of the kind.
    pub(super) fn had(
        &self,
        attribute: &str,
        by: &By,
        (class, site): (&Expr, &Site),
    ) -> Option<Vec<(Held, Option<Keyed>)>> {
        let class = self.follow.settled(class, &site.scope);
        let of = match self.follow.attribute(&class, attribute) {
            Thing::Value(scope, value) => self.follow.settled(&value, &scope),
            of => of,
        };
        let shown = |thing: &Thing| match thing {
            Thing::Value(scope, value) => text_of(value, scope).to_owned(),
            Thing::Instance(it) => it
                .call
                .as_ref()
                .map_or_else(String::new, |(scope, call)| text_of(call, scope).to_owned()),
            _ => String::new(),
        };
        let Some(entries) = self.follow.entries(&of) else {
            let things = self.follow.each(&of)?.into_iter();
            return Some(things.map(|it| ((it.clone(), shown(&it)), None)).collect());
        };
        let within = self.follow.attribute(&class, &by.within);
        let within = self.follow.text_of(&within);
        let keyed = |(key, thing): (Thing, Thing)| {
            let text = self.follow.text_of(&key);
            let is_known = text.is_some() && (within.is_some() || by.within.is_empty());
            let text = text.map(|it| match &within {
                Some(within) => format!("{within}{}{it}", by.between),
                None => it.to_string(),
            });
            let text = text.or_else(|| Some(shown(&key)));
            ((thing.clone(), shown(&thing)), Some((text, is_known, None)))
        };
        Some(entries.into_iter().map(keyed).collect())
    }
}
