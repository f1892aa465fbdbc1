//! Packages that a framework loads: the class that says more of each, and the modules in them that it looks for.

use std::rc::Rc;

use crate::Name;
use crate::plugins::files::modules::top;
use crate::plugins::frameworks::{Config, Framework, Load};
use crate::plugins::loading::loads::Loads;
use crate::plugins::loading::overridden::{Calls, calls_own};
use crate::plugins::loading::ready::Comes;
use crate::plugins::names::follow::{Defined, Follow, Scope, Thing, What};
use crate::plugins::names::imports::imports_in;
use crate::plugins::names::written::is_path;
use crate::plugins::sites::places::Site;
use crate::syntax::{ExprKind, Literal};

/// The class that says more of a package: the only one of its kind in a module, or the one that is marked.
pub(super) fn config_of(config: &Config, follow: &Follow<'_>, package: &str) -> Option<Thing> {
    let file = follow
        .modules
        .source(&format!("{package}.{}", config.module))?;
    let scope = Scope::of(&file);
    let mut found: Vec<(Thing, bool)> = vec![];
    let mut names: Vec<&Name> = file.table.names().collect();
    names.sort();
    for name in names {
        let thing = follow.name(name, &scope);
        let Thing::Defined(defined) = &thing else {
            continue;
        };
        if !matches!(defined.what, What::Class(_)) {
            continue;
        }
        let is_kind = |class: &String| follow.is_a(&defined.path, class) && defined.path != *class;
        if !config.class.iter().any(is_kind) {
            continue;
        }
        let default = match follow.attribute(&thing, &config.default) {
            Thing::Value(_, value) => match value.kind {
                ExprKind::Literal(Literal::Bool(it)) => Some(it),
                _ => None,
            },
            _ => None,
        };
        if default != Some(false) {
            found.push((thing, default.is_some()));
        }
    }
    let marked = found.iter().position(|it| it.1);
    match (marked, found.len()) {
        (Some(at), _) => Some(found.swap_remove(at).0),
        (None, 1) => found.pop().map(|it| it.0),
        _ => None,
    }
}

/// The text that a class has under a name, itself or by its bases.
pub(super) fn class_text(follow: &Follow<'_>, of: &Rc<Defined>, name: &str) -> Option<String> {
    match follow.attribute(&Thing::Defined(of.clone()), name) {
        Thing::Value(_, value) => crate::plugins::sites::places::literal(&value),
        _ => None,
    }
}

/// The modules that a package may not have imported, as the class that says more of it overrides what imports them.
fn withheld(loads: &Loads, load: &Load, follow: &Follow<'_>) -> Vec<(Name, Calls)> {
    let Some(config) = &load.config else {
        return vec![];
    };
    let mut found = vec![];
    for row in &loads.rows {
        let Some(Thing::Defined(class)) = &row.leads else {
            continue;
        };
        for (method, inside) in &config.imports {
            let framework = config.class.first().map_or("", |it| top(it));
            let calls = calls_own(follow, class, method, framework);
            if calls != Calls::Surely {
                found.push((Name::from(format!("{}.{inside}", row.module)), calls));
            }
        }
    }
    found
}

/// Loads the modules of each package that stand at a name which the framework looks for.
pub(super) fn submodules(loads: &mut Loads, load: &Load, follow: &Follow<'_>) {
    if load.config.is_none() && load.submodules.is_empty() {
        return;
    }
    let packages: Vec<Name> = loads
        .rows
        .iter()
        .filter(|it| it.missing.is_none())
        .map(|it| it.module.clone())
        .collect();
    let withheld = withheld(loads, load, follow);
    let is_with = |package: &str, class: &str| {
        let mut rows = loads.rows.iter().filter(|it| it.missing.is_none());
        rows.any(|it| {
            let is_kind = match &it.leads {
                Some(Thing::Defined(found)) => follow.is_a(&found.path, class),
                _ => true,
            };
            it.module == package && is_kind
        })
    };
    let with = load.submodules_with.iter();
    let with = with.filter(|(package, _, class)| is_with(package, class));
    let names: Vec<&String> = load.submodules.iter().chain(with.map(|it| &it.1)).collect();
    // One name after the other: the models of all packages before what is looked for once all are there.
    let each = names.iter().flat_map(|name| {
        let packages = packages.iter();
        packages.map(move |it| (it, Name::from(format!("{it}.{name}"))))
    });
    let (around, wanted): (Vec<&Name>, Vec<Name>) = each.unzip();
    follow.modules.read_ahead(&wanted);
    for (package, module) in around.into_iter().zip(wanted) {
        if let Some(file) = follow.modules.source(&module) {
            let held = withheld.iter().find(|it| it.0 == module).map(|it| &it.1);
            let why = match held {
                Some(Calls::Never) => continue,
                Some(Calls::Perhaps(why)) => Some(why.clone()),
                _ => loads.unsure.get(package).cloned(),
            };
            match why {
                Some(why) if loads.module(&module) => {
                    loads.unsure.insert(module.clone(), why);
                }
                Some(_) => {}
                // A hook that may import it, too, is no matter.
                None => {
                    loads.module(&module);
                    loads.unsure.remove(&module);
                }
            }
            let why = loads.unsure.get(&module).cloned();
            // A package of models, or of admin classes, imports its own.
            if file.package {
                let mut imported = vec![];
                imports_in(&file.syntax.body, &file, &mut imported);
                let begin = format!("{}.", file.name);
                for inside in imported.iter().filter(|it| it.starts_with(&begin)) {
                    if follow.modules.source(inside).is_some()
                        && loads.module(inside)
                        && let Some(why) = &why
                    {
                        loads.unsure.insert(inside.clone(), why.clone());
                    }
                }
            }
        }
    }
    loads.packages = packages;
}

/// Loads what is imported once all that is there: by the class that says more of each package, first what it names, then what it looks for.
pub(super) fn hooked_later(loads: &mut Loads, follow: &Follow<'_>) {
    let mut waiting = std::mem::take(&mut loads.hooked_later);
    for (at, name, comes, file) in std::mem::take(&mut loads.looked_for) {
        for package in &loads.packages {
            let module = Name::from(format!("{package}.{name}"));
            if follow.modules.source(&module).is_some() {
                waiting.push((at, module, comes, file.clone()));
            }
        }
    }
    waiting.sort_by_key(|it| it.0);
    for (at, module, comes, file) in waiting {
        if !loads.has(&module) {
            loads.hooked_by.entry(module.clone()).or_insert(at);
        }
        loads.hooked(&module, comes, &file);
    }
}

/// Loads the modules of each package that a call looks for which no hook makes: `admin.autodiscover()` in a module.
pub(super) fn discovered(
    loads: &mut Loads,
    framework: &Framework,
    follow: &Follow<'_>,
    sites: &[Site],
) {
    let configs = framework.load.iter().filter_map(|it| it.config.as_ref());
    for config in configs.filter(|it| !it.discovers.is_empty()) {
        for site in sites.iter().filter(|it| it.hook.is_none()) {
            let is_it = |path: &String| is_path(&site.callee, path);
            if !config.discovers.iter().any(is_it) || !site.is_executed() {
                continue;
            }
            let comes = site.perhaps.map_or(Comes::Surely, Comes::Perhaps);
            let call = site.arguments();
            let names = call.iter().flat_map(|it| &it.arguments);
            let names: Vec<_> = names
                .filter_map(|it| follow.text(it, &site.scope))
                .collect();
            let packages = loads.packages.clone();
            // It comes by there once all is loaded.
            let at = loads.rows.len();
            for name in names {
                for package in &packages {
                    let module = Name::from(format!("{package}.{name}"));
                    if follow.modules.source(&module).is_none() {
                        continue;
                    }
                    if !loads.has(&module) {
                        loads.hooked_by.entry(module.clone()).or_insert(at);
                    }
                    loads.hooked(&module, comes, &site.scope.file);
                }
            }
        }
    }
}
