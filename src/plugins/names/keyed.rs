//! Mappings of settings that objects of a framework keep: what statements put under their keys, and what classes give that are handed over whole.
//!
//! ```python
//! app.config["SHOP_OPEN"] = True
//! app.config.update(SHOP_NAME="shop")
//! app.config.from_object(Config)          # its attributes
//! ```

use rustc_hash::FxHashMap;

use crate::plugins::frameworks::Values;
use crate::plugins::names::follow::{Defined, Follow, Instance, Scope, Thing, What};
use crate::syntax::{Call, Expr, ExprKind};

/// What is known of one mapping.
#[derive(Default)]
pub(super) struct Keyed {
    set: FxHashMap<String, Thing>,
    /// Classes and modules that were handed over, the last one last.
    objects: Vec<Thing>,
    /// Whether something was handed over that is not known.
    is_open: bool,
}

impl Follow<'_> {
    /// Notes what a call does to such a mapping: `config.update(…)`, `config.from_object(Config)`, `config.setdefault(key, value)`.
    pub(in crate::plugins) fn note_keys(
        &self,
        callee: &Thing,
        call: &Call,
        scope: &Scope,
        perhaps: Option<u32>,
    ) {
        let Thing::Instance(callee) = callee else {
            return;
        };
        let Some((attributes, method)) = callee.attributes.rsplit_once('.') else {
            return;
        };
        let mut of = (**callee).clone();
        attributes.clone_into(&mut of.attributes);
        let Some(rule) = self.keeping(&of) else {
            return;
        };
        let sure = |thing: Thing| match perhaps {
            None => thing,
            Some(_) => Thing::Unknown,
        };
        if rule.by_keywords.iter().any(|it| it == method) {
            for (name, value) in &call.keywords {
                match name {
                    Some(name) => {
                        let thing = sure(self.settled(value, scope));
                        self.set_key(&of, name, thing);
                    }
                    None => self.open_keys(&of),
                }
            }
            for given in &call.arguments {
                let entries = self.entries(&self.settled(given, scope));
                let Some(entries) = entries else {
                    self.open_keys(&of);
                    continue;
                };
                for (key, value) in entries {
                    match self.text_of(&key) {
                        Some(key) => self.set_key(&of, &key, sure(value)),
                        None => self.open_keys(&of),
                    }
                }
            }
        } else if rule.by_object.iter().any(|it| it == method) {
            let given = call.arguments.first();
            let given = given.map_or(Thing::Unknown, |it| self.given_whole(it, scope));
            match sure(given) {
                Thing::Unknown => self.open_keys(&of),
                object => self.hand_whole(&of, object),
            }
        } else if method == "setdefault"
            && let [key, value] = &*call.arguments
            && let literal = self.settled(key, scope)
            && let Some(key) = self.text_of(&literal)
            && perhaps.is_none()
            && self.keyed(&of, &key).is_none()
        {
            let own = match &literal {
                Thing::Value(scope, it) => Some((&scope.file.name, it.start)),
                _ => None,
            };
            if !self.is_spoken_of_but(&rule, &key, own) {
                self.set_key(&of, &key, self.settled(value, scope));
            }
        }
    }

    /// Notes that a statement puts something under a key.
    pub(in crate::plugins) fn note_key(
        &self,
        of: &Instance,
        key: &Expr,
        value: Thing,
        scope: &Scope,
    ) {
        if self.keeping(of).is_none() {
            return;
        }
        match self.text(key, scope) {
            Some(key) => self.set_key(of, &key, value),
            None => self.open_keys(of),
        }
    }

    /// What such a mapping has under a key, where that is known.
    pub(super) fn keyed(&self, of: &Instance, key: &str) -> Option<Thing> {
        let rule = self.keeping(of)?;
        let found = {
            let keyed = self.facts.keyed.borrow();
            let own = keyed.get(&of.object)?;
            if let Some(thing) = own.set.get(key) {
                return Some(thing.clone()).filter(|it| !matches!(it, Thing::Unknown));
            }
            if own.is_open {
                return None;
            }
            own.objects.clone()
        };
        if self.is_read_elsewhere(&rule) {
            return None;
        }
        found.iter().rev().find_map(|it| self.of_whole(it, key))
    }

    /// The rule of a mapping.
    fn keeping(&self, of: &Instance) -> Option<Values> {
        if of.object.is_empty() || of.attributes.is_empty() {
            return None;
        }
        self.rule_of_keys(of)
    }

    fn set_key(&self, of: &Instance, key: &str, thing: Thing) {
        let mut keyed = self.facts.keyed.borrow_mut();
        let own = keyed.entry(of.object.clone()).or_default();
        own.set.insert(key.to_owned(), thing);
    }

    fn open_keys(&self, of: &Instance) {
        let mut keyed = self.facts.keyed.borrow_mut();
        let own = keyed.entry(of.object.clone()).or_default();
        *own = Keyed {
            is_open: true,
            ..Keyed::default()
        };
    }

    fn hand_whole(&self, of: &Instance, object: Thing) {
        let keys: Vec<String> = {
            let keyed = self.facts.keyed.borrow();
            let own = keyed.get(&of.object);
            own.map_or_else(Vec::new, |it| it.set.keys().cloned().collect())
        };
        let gone = keys
            .into_iter()
            .filter(|it| self.of_whole(&object, it).is_some());
        let gone: Vec<String> = gone.collect();
        let mut keyed = self.facts.keyed.borrow_mut();
        let own = keyed.entry(of.object.clone()).or_default();
        own.set.retain(|key, _| !gone.contains(key));
        own.objects.push(object);
    }

    /// A class, an object of one, or a module that is handed over, by itself or by its path.
    fn given_whole(&self, given: &Expr, scope: &Scope) -> Thing {
        let thing = match self.text(given, scope) {
            Some(path) => match path.rsplit_once('.') {
                Some((module, name)) => self.dotted(module, name),
                None => Thing::Module(path.as_ref().into()),
            },
            None => self.settled(given, scope),
        };
        match &thing {
            Thing::Defined(it) if matches!(it.what, What::Class(_)) => thing,
            Thing::Module(it) if self.modules.source(it).is_some() => thing,
            Thing::Instance(it) if it.attributes.is_empty() => {
                let class = it.class.split_once(':').map(|it| self.dotted(it.0, it.1));
                match class {
                    // What its constructor does is not looked at.
                    Some(Thing::Defined(it)) if matches!(it.what, What::Class(_)) => {
                        let of = Thing::Defined(it);
                        match self.attribute(&of, "__init__") {
                            Thing::Defined(init) if matches!(init.what, What::Function(_)) => {
                                Thing::Unknown
                            }
                            _ => of,
                        }
                    }
                    _ => Thing::Unknown,
                }
            }
            _ => Thing::Unknown,
        }
    }

    fn of_whole(&self, object: &Thing, key: &str) -> Option<Thing> {
        match self.attribute(object, key) {
            Thing::Unknown => None,
            Thing::Defined(it) if is_only_named(&it) => None,
            thing => Some(thing),
        }
    }

    /// What `config["KEY"]` is.
    pub(super) fn under_key(&self, of: &Thing, key: &str) -> Option<Thing> {
        match of {
            Thing::Instance(of) => self.keyed(of, key),
            _ => None,
        }
    }

    /// What `config.get("KEY", default)` gives, where something is known under the key.
    pub(super) fn asked_for_key(&self, call: &Call, scope: &Scope) -> Option<Thing> {
        let ExprKind::Attribute(of, method) = &call.function.kind else {
            return None;
        };
        if !matches!(method.as_str(), "get" | "setdefault") || self.facts.keyed.borrow().is_empty()
        {
            return None;
        }
        let Thing::Instance(of) = self.expr(of, scope) else {
            return None;
        };
        self.keeping(&of)?;
        let key = self.text(call.arguments.first()?, scope)?;
        self.keyed(&of, &key)
    }
}

fn is_only_named(it: &Defined) -> bool {
    matches!(it.what, What::Name)
}
