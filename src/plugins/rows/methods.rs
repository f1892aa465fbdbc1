//! Objects that are registered with all their methods: `pluginmanager.register(Plugin())`.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::plugins::files::modules::File;
use crate::plugins::frameworks::{Classes, Rule};
use crate::plugins::names::follow::{DEEPEST, Defined, Scope, Thing, What};
use crate::plugins::rows::applied::Applying;
use crate::plugins::rows::matching::Row;
use crate::plugins::sites::places::Site;
use crate::semantics::RowState;
use crate::syntax::ClassDef;

impl Applying<'_, '_> {
    /// The classes of objects that are registered with all their methods, in order, and whether they certainly are.
    pub(super) fn classes(&self, rule: &Rule, by: &Classes) -> Vec<Object> {
        let mut found: Vec<Object> = vec![];
        for path in &by.own {
            if let Some((module, name)) = path.split_once(':')
                && let Thing::Defined(class) = self.follow.dotted(module, name)
                && matches!(class.what, What::Class(_))
            {
                found.push((class, RowState::Alive, None));
            }
        }
        for (object, why) in &self.loads.objects {
            if let Some(class) = self.class_of(object.clone()) {
                let state = why.clone().map_or(RowState::Alive, RowState::Unknown);
                registered(&mut found, class, state, None);
            }
        }
        let mut refused: FxHashSet<String> = FxHashSet::default();
        let mut twice: FxHashSet<String> = FxHashSet::default();
        // The classes of objects by the names they are registered under.
        let mut names: FxHashMap<String, String> = FxHashMap::default();
        for site in self.sites {
            let Thing::Instance(it) = &site.callee else {
                continue;
            };
            if !by.on.iter().any(|class| self.follow.is_a(&it.class, class)) {
                continue;
            }
            let is_in = by.method.contains(&it.attributes);
            let is_out = by.out.contains(&it.attributes);
            let is_refused = by.refuses.contains(&it.attributes);
            let is_own = self.own.contains(&site.root) || self.loads.hosts.contains(&site.root);
            let counts = self.loads.has(&site.root) || !rule.only_loaded && is_own;
            if !(is_in || is_out || is_refused) || !counts {
                continue;
            }
            let Some(call) = site.arguments() else {
                continue;
            };
            let text = |it: &crate::syntax::Expr| self.follow.text(it, &site.scope);
            let keyword = |name: &str| {
                let mut keywords = call.keywords.iter();
                keywords
                    .find(|it| it.0.as_deref() == Some(name))
                    .map(|it| &it.1)
            };
            let first = call.arguments.first();
            let state = come_by(site);
            if is_refused {
                if state == RowState::Alive
                    && let Some(name) = first.or_else(|| keyword("name")).and_then(text)
                {
                    refused.insert(name.to_string());
                }
                continue;
            }
            let name = call.arguments.get(1).or_else(|| keyword("name"));
            let name = match name {
                Some(name) => text(name),
                None if is_in => {
                    let given = (first.or_else(|| keyword("plugin")), &site.scope);
                    let asks = (by.names.as_str(), &by.on[..]);
                    self.follow.named_by(asks, &site.callee, given).flatten()
                }
                None => None,
            };
            let named = name.as_ref().filter(|_| is_out && first.is_none());
            if let Some(class) = named.and_then(|it| names.get(&**it)) {
                let why = format!("taken out again: line {}", site.scope.file.line(site.start));
                let is_named = found
                    .iter()
                    .any(|it| it.2.is_some() && it.2.as_deref() == named.map(|it| &**it));
                let is_it = |it: &&mut Object| {
                    it.0.path == *class && (!is_named || it.2.as_deref() == named.map(|it| &**it))
                };
                // Another object of its class stays.
                let is_one_of_several =
                    state == RowState::Alive && twice.contains(class) && !is_named;
                for known in found
                    .iter_mut()
                    .filter(|it| is_it(it) && !is_one_of_several)
                {
                    known.1 = match state {
                        RowState::Alive => RowState::Dead(why.clone()),
                        _ => RowState::Unknown(why.clone()),
                    };
                }
                continue;
            }
            let line = site.scope.file.line(site.start);
            let is_refused = name.as_ref().is_some_and(|it| refused.contains(&**it));
            let Some(first) = first.or_else(|| keyword("plugin")) else {
                continue;
            };
            let object = self.follow.settled(first, &site.scope);
            let known_as = match &name {
                Some(name) => Some(name.to_string()),
                None => match &object {
                    Thing::Instance(it) => self.follow.made_with_texts(it),
                    _ => None,
                },
            };
            let Some(class) = self.class_of(object) else {
                continue;
            };
            if let Some(name) = name.filter(|_| is_in) {
                names.insert(name.to_string(), class.path.clone());
            }
            if is_in && is_refused {
                let why = format!("its name is blocked: line {line}");
                registered(&mut found, class, RowState::Dead(why), known_as);
            } else if is_in {
                if found.iter().any(|it| it.0.path == class.path) {
                    twice.insert(class.path.clone());
                }
                registered(&mut found, class, state, known_as);
            } else if state == RowState::Alive && !twice.contains(&class.path) {
                for known in found.iter_mut().filter(|it| it.0.path == class.path) {
                    known.1 = RowState::Dead(format!("taken out again: line {line}"));
                }
            } else if let Some(known) = found.iter_mut().find(|it| it.0.path == class.path) {
                known.1 = RowState::Unknown(format!("its class may be taken out: line {line}"));
            }
        }
        found
    }

    /// Whether something stands in a class, or in one above it, of which an object is certainly registered.
    pub(super) fn is_of_registered(&self, registered: &[Object], defined: &Defined) -> bool {
        let around = defined.path.rfind('.').map(|at| &defined.path[..at]);
        let class = around.filter(|it| it.contains(':'));
        // Where it hangs on something whether an object of it is, the row says on what.
        let is_in = |it: &&Object| matches!(it.1, RowState::Alive | RowState::Unknown(_));
        let in_it = registered.iter().filter(is_in);
        class.is_some_and(|class| {
            in_it
                .into_iter()
                .any(|it| self.follow.is_a(&it.0.path, class))
        })
    }

    /// The class of an object that is registered, or the class that is.
    pub(super) fn class_of(&self, thing: Thing) -> Option<Rc<Defined>> {
        let class = match thing {
            Thing::Instance(made) => {
                let (module, name) = made.class.split_once(':')?;
                self.follow.dotted(module, name)
            }
            thing => thing,
        };
        match class {
            Thing::Defined(class) if matches!(class.what, What::Class(_)) => Some(class),
            _ => None,
        }
    }

    /// The methods of a registered class whose name begins so.
    pub(super) fn methods(&self, begin: &str, class: &Rc<Defined>, state: &RowState) -> Vec<Row> {
        let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
            return vec![];
        };
        // `dir(plugin)` (`pluggy._manager.PluginManager.register`).
        let mut names: BTreeSet<Name> = BTreeSet::new();
        self.names_along(begin, (def, file), &mut names, 0);
        let rows = names.into_iter().filter_map(|name| {
            let thing = Thing::Defined(class.clone());
            let Thing::Defined(method) = self.follow.attribute(&thing, &name) else {
                return None;
            };
            if !matches!(method.what, What::Function(_)) {
                return None;
            }
            let mut row = self.of_namespace(name.to_string(), &method, file);
            row.registered.state = state.clone();
            Some(row)
        });
        rows.collect()
    }

    /// The names of a class and of its bases that begin so.
    fn names_along(
        &self,
        begin: &str,
        (def, file): (&Arc<ClassDef>, &Rc<File>),
        names: &mut BTreeSet<Name>,
        depth: u32,
    ) {
        if depth > DEEPEST {
            return;
        }
        let table = self.follow.table(file, def.start, &def.body);
        names.extend(table.names().filter(|it| it.starts_with(begin)).cloned());
        let scope = Scope::of(file);
        for base in &def.bases {
            if let Thing::Defined(base) = self.follow.expr(base, &scope)
                && let (What::Class(def), Some(file)) = (&base.what, &base.file)
            {
                self.names_along(begin, (def, file), names, depth + 1);
            }
        }
    }
}

/// A class of which an object is registered, whether it certainly is, and what tells the object from others of the class.
pub(super) type Object = (Rc<Defined>, RowState, Option<String>);

/// Adds a class that is registered; where the same object was before, the surer of both counts.
fn registered(
    found: &mut Vec<Object>,
    class: Rc<Defined>,
    state: RowState,
    known_as: Option<String>,
) {
    let is_it = |it: &&mut Object| {
        let may_be_one = it.2.is_none() || known_as.is_none() || it.2 == known_as;
        it.0.path == class.path && may_be_one
    };
    match found.iter_mut().find(is_it) {
        Some(known) => {
            if state == RowState::Alive {
                known.1 = state;
            }
        }
        None => found.push((class, state, known_as)),
    }
}

/// Whether a call that registers a class is certainly come by.
fn come_by(site: &Site) -> RowState {
    match site.perhaps {
        Some(at) => {
            let line = site.scope.file.line(at);
            RowState::Unknown(format!(
                "its class is registered on a condition: line {line}"
            ))
        }
        None if site.is_executed() => RowState::Alive,
        None => {
            let why = "its class is registered by a function that may be called";
            RowState::Unknown(String::from(why))
        }
    }
}
