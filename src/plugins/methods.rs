//! Objects that are registered with all their methods: `pluginmanager.register(Plugin())`.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use crate::Name;
use crate::plugins::applied::Applying;
use crate::plugins::follow::{DEEPEST, Defined, Scope, Thing, What};
use crate::plugins::frameworks::{Classes, Rule};
use crate::plugins::matching::Row;
use crate::plugins::modules::File;
use crate::semantics::RowState;
use crate::syntax::ClassDef;

impl Applying<'_, '_> {
    /// The classes of objects that are registered with all their methods, in order, and whether they certainly are.
    pub(super) fn classes(&self, rule: &Rule, by: &Classes) -> Vec<(Rc<Defined>, RowState)> {
        let mut found: Vec<(Rc<Defined>, RowState)> = vec![];
        for path in &by.own {
            if let Some((module, name)) = path.split_once(':')
                && let Thing::Defined(class) = self.follow.dotted(module, name)
                && matches!(class.what, What::Class(_))
            {
                found.push((class, RowState::Alive));
            }
        }
        for site in self.sites {
            let Thing::Instance(it) = &site.callee else {
                continue;
            };
            let is_it = by.method.contains(&it.attributes)
                && by.on.iter().any(|class| self.follow.is_a(&it.class, class));
            let file = &site.scope.file;
            let counts =
                self.loads.has(&site.root) || !rule.only_loaded && self.own.contains(&site.root);
            if !is_it || !counts {
                continue;
            }
            let first = site.arguments().and_then(|it| it.arguments.first());
            let Some(first) = first else { continue };
            let class = match self.follow.settled(first, &site.scope) {
                Thing::Instance(made) => match made.class.split_once(':') {
                    Some((module, name)) => self.follow.dotted(module, name),
                    None => continue,
                },
                thing => thing,
            };
            let Thing::Defined(class) = class else {
                continue;
            };
            if !matches!(class.what, What::Class(_)) {
                continue;
            }
            let state = match site.perhaps {
                Some(at) => {
                    let line = file.line(at);
                    let why = format!("its class is registered on a condition: line {line}");
                    RowState::Unknown(why)
                }
                None if site.is_executed() => RowState::Alive,
                None => {
                    let why = "its class is registered by a function that may be called";
                    RowState::Unknown(String::from(why))
                }
            };
            match found.iter_mut().find(|it| it.0.path == class.path) {
                Some(known) if state == RowState::Alive => known.1 = state,
                Some(_) => {}
                None => found.push((class, state)),
            }
        }
        found
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
