//! What a framework's rules are held against: the modules that are loaded, and all places in them where something may be registered.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use crate::Name;
use crate::evaluate::AtRest;
use crate::plugins::entry_points::value_parts;
use crate::plugins::files::modules::File;
use crate::plugins::frameworks::Framework;
use crate::plugins::loading::chosen::chosen_module;
use crate::plugins::loading::loads::{self, Loads};
use crate::plugins::loading::order::Turns;
use crate::plugins::loading::standing::{standing, unnamed};
use crate::plugins::names::facts::names_of;
use crate::plugins::names::follow::{Follow, Thing};
use crate::plugins::names::named::Package;
use crate::plugins::sites::dispatch::Plugged;
use crate::plugins::sites::places::{Site, Sites, Wanted};
use crate::plugins::sites::told::Told;
use crate::plugins::{loading::hosts, loading::reached};

/// How often plugins of plugins are looked for.
const MOST_HOSTED: usize = 4;

/// What is loaded, and the places where something may be registered, in the order in which they are come by.
pub(in crate::plugins) fn gathered(
    (framework, own_hosts): (&Framework, &[Name]),
    follow: &Follow<'_>,
    run: &AtRest<'_, '_>,
    project: &[Rc<File>],
) -> (Loads, Vec<Site>) {
    let chosen = |variable: &str| Some(chosen_module(variable, project)?.module);
    follow.facts.begin(framework, project, &chosen);
    let mut loads = loads::of(framework, follow, run, project);
    loads.hosts.extend(own_hosts.iter().cloned());
    let has_packages = framework.load.iter().any(|it| it.config.is_some());
    let told = |loads: &Loads| {
        let rows = loads.rows.iter().filter(|it| it.missing.is_none());
        for row in rows {
            let names = names_of(&row.key, &row.module);
            if has_packages {
                follow.facts.add_package(Package {
                    label: row.key.clone(),
                    module: row.module.clone(),
                    class: match &row.leads {
                        Some(Thing::Defined(it)) => it.path.clone(),
                        _ => String::new(),
                    },
                });
            }
            follow.facts.load(names, row.root.as_ref());
        }
    };
    told(&loads);
    for files in framework.registry.iter().filter_map(|it| it.files.as_ref()) {
        if files.imported {
            for it in standing(files, &loads, follow) {
                loads.add(&it.module);
            }
        }
        for module in unnamed(files, follow) {
            loads.add(&module);
        }
    }
    let mut wanted = wanted(framework, project);
    wanted.begun = begun(follow);
    let mut sites: Vec<Site> = vec![];
    let mut seen: FxHashSet<Name> = FxHashSet::default();
    // What the project calls says which groups are loaded, and what a program calls that it is written for.
    if framework.load.iter().any(|it| it.group) {
        let hosts = own_hosts.iter().filter_map(|it| follow.modules.source(it));
        for file in project.iter().cloned().chain(hosts) {
            sites.extend(Sites::new(follow, &wanted).of(&file));
            seen.insert(file.name.clone());
        }
    }
    // Classes of which the framework makes instances itself may stand in modules that are no plugins.
    for path in wanted.own.iter().filter_map(|it| it.split_once(':')) {
        if let Some(file) = follow.modules.source(path.0)
            && !loads.has(path.0)
            && seen.insert(file.name.clone())
        {
            sites.extend(Sites::new(follow, &wanted).of(&file));
            loads.hosts.insert(file.name.clone());
        }
    }
    // What is loaded may load more.
    let settle = |loads: &mut Loads, sites: &mut Vec<Site>, seen: &mut FxHashSet<Name>| {
        loop {
            let new = loads.modules.iter().filter(|it| !seen.contains(*it));
            let new: Vec<Name> = new.cloned().collect();
            follow.modules.read_ahead(&new);
            if new.is_empty() {
                break;
            }
            for name in new {
                let found = of_module(&name, (framework, follow, &wanted), (loads, seen), &told);
                sites.extend(found);
            }
        }
    };
    loads::called(&mut loads, framework, follow, &sites);
    told(&loads);
    settle(&mut loads, &mut sites, &mut seen);
    let refused = loads.refused_later.iter();
    for file in refused.filter_map(|it| follow.modules.source(it)) {
        sites.extend(Sites::new(follow, &wanted).of(&file));
    }
    // Plugins may be programs that others are added to, too.
    for round in 0..=MOST_HOSTED {
        let own = (loads.modules.clone(), &loads.hosts);
        let mut around = hosts::among(framework, follow.modules, project, own);
        around.retain(|it| loads.hosts.insert(it.clone()) && seen.insert(it.clone()));
        let Some(first) = around.first() else {
            break;
        };
        if round == MOST_HOSTED {
            follow.leave_out(|| format!("plugins of plugins: what {first} loads is left out"));
            break;
        }
        for file in around.iter().filter_map(|it| follow.modules.source(it)) {
            let found = Sites::new(follow, &wanted).of(&file);
            loads::called(&mut loads, framework, follow, &found);
            sites.extend(found);
        }
        settle(&mut loads, &mut sites, &mut seen);
    }
    if framework.registry.iter().any(|it| it.reached) {
        reached::reach(&mut loads, framework, follow);
        for name in &loads.reached {
            if let Some(file) = follow.modules.source(name)
                && !file.is_project
            {
                sites.extend(Sites::new(follow, &wanted).of(&file));
            }
        }
    }
    for file in project.iter().filter(|it| !seen.contains(&it.name)) {
        sites.extend(Sites::new(follow, &wanted).of(file));
    }
    seen.extend(project.iter().map(|it| it.name.clone()));
    loads::called(&mut loads, framework, follow, &sites);
    told(&loads);
    settle(&mut loads, &mut sites, &mut seen);
    // Objects are registered whose hooks were called without them.
    let missed = wanted.plugged.missed(&framework.dispatch, follow, &sites);
    if follow.facts.lasting.add_objects(missed) {
        return gathered((framework, own_hosts), follow, run, project);
    }
    // What is called is met where it is called.
    let key = |it: &Site| (it.scope.file.name.clone(), it.start);
    let executed = sites
        .iter()
        .filter(|it| it.is_executed() && it.scope.frames.iter().any(|it| it.is_call));
    let executed: FxHashSet<(Name, u32)> = executed.map(key).collect();
    sites.retain(|it| it.is_executed() || !executed.contains(&key(it)));
    // What hooks do, and modules that they import, comes once all is loaded.
    if has_packages {
        let turns = Turns::of(&loads, follow);
        sites.sort_by_cached_key(|it| turns.at(it, &loads, follow));
    }
    (loads, sites)
}

/// The sites of a module, and of what it loads: that is executed where the call stands.
fn of_module(
    name: &Name,
    (framework, follow, wanted): (&Framework, &Follow<'_>, &Wanted<'_>),
    (loads, seen): (&mut Loads, &mut FxHashSet<Name>),
    told: &dyn Fn(&Loads),
) -> Vec<Site> {
    if !seen.insert(name.clone()) {
        return vec![];
    }
    let Some(file) = follow.modules.source(name) else {
        return vec![];
    };
    let mut sites = vec![];
    for site in Sites::new(follow, wanted).of(&file) {
        let before = loads.modules.len();
        let named = loads::named_by(framework, follow, &site);
        if loads::called(loads, framework, follow, std::slice::from_ref(&site)) {
            told(loads);
        }
        sites.push(site);
        let new = loads.modules[before..].iter().cloned();
        let next: Vec<Name> = named
            .filter(|it| loads.has(it))
            .into_iter()
            .chain(new)
            .collect();
        for module in next {
            let found = of_module(&module, (framework, follow, wanted), (loads, seen), told);
            sites.extend(found);
        }
    }
    sites
}

/// Groups of entry points that are programs.
const PROGRAMS: [&str; 2] = ["console_scripts", "gui_scripts"];

/// The functions with which the project's programs begin (packaging's specification of entry points, "Use for scripts").
fn begun(follow: &Follow<'_>) -> FxHashSet<String> {
    let declared = follow.modules.ground.analysis.entry_points.iter();
    let programs = declared.filter(|it| it.is_project && PROGRAMS.contains(&it.group.as_str()));
    let functions = programs.filter_map(|it| {
        let (module, name) = value_parts(&it.value);
        match follow.dotted(module, name) {
            Thing::Defined(function) => Some(function.path.clone()),
            // A command that a decorator has made of it.
            Thing::Instance(made) => Some(made.of.as_ref()?.path.clone()),
            _ => None,
        }
    });
    functions.collect()
}

/// The last part of a path.
fn last(path: &str) -> Option<&str> {
    path.rsplit([':', '.']).next()
}

/// The names of all that may register something.
fn wanted<'f>(framework: &'f Framework, project: &'f [Rc<File>]) -> Wanted<'f> {
    let ways = framework.registry.iter();
    let ways = ways.flat_map(|it| it.by.iter().chain(&it.removes).chain(&it.refuses));
    let mut names: FxHashSet<String> = FxHashSet::default();
    let mut add = |whole: &String| {
        let last = whole.rsplit(['.', ':']).next().unwrap_or_default();
        if !last.is_empty() {
            names.insert(last.to_owned());
        }
    };
    let mut marks: Vec<&String> = vec![];
    for way in ways {
        if way.method.iter().any(String::is_empty) {
            marks.extend(&way.on);
        }
        way.call.iter().chain(&way.method).for_each(&mut add);
    }
    framework
        .urls
        .iter()
        .flat_map(|it| &it.call)
        .for_each(&mut add);
    for callback in &framework.callbacks {
        callback.method.iter().for_each(&mut add);
    }
    let prefixes = framework
        .registry
        .iter()
        .filter_map(|it| it.prefix.as_ref());
    prefixes.flat_map(|it| &it.method).for_each(&mut add);
    let classes = framework.registry.iter();
    let classes = classes.filter_map(|it| it.classes.as_ref());
    let methods = classes.flat_map(|it| it.method.iter().chain(&it.out).chain(&it.refuses));
    methods.for_each(&mut add);
    framework
        .load
        .iter()
        .flat_map(|it| &it.method)
        .for_each(&mut add);
    let mut dispatch = framework.dispatch.iter();
    let calls = |through: &str| {
        let through = format!(".{through}.");
        project.iter().any(|it| it.text.contains(&through))
    };
    if dispatch.any(|it| calls(&it.through)) {
        let registering = framework.dispatch.iter().flat_map(|it| &it.register);
        registering.for_each(&mut add);
    }
    let configs = framework.load.iter().filter_map(|it| it.config.as_ref());
    let discovers = configs.clone().flat_map(|it| &it.discovers);
    discovers.clone().for_each(&mut add);
    Wanted {
        named: std::cell::RefCell::default(),
        made: framework
            .registry
            .iter()
            .flat_map(|it| &it.by)
            .flat_map(|it| &it.call)
            .filter(|it| {
                let last = it.rsplit([':', '.']).next();
                last.is_some_and(|it| it.starts_with(char::is_uppercase))
            })
            .collect(),
        classes: framework
            .registry
            .iter()
            .flat_map(|it| &it.by)
            .flat_map(|it| &it.on)
            .collect(),
        module: &framework.module,
        begins: &framework.hooks,
        discovers: discovers.filter_map(|it| last(it)).collect(),
        hooks: configs.map(|it| it.hook.as_str()).collect(),
        names,
        marks,
        begun: FxHashSet::default(),
        told: Told::of(
            framework
                .registry
                .iter()
                .filter_map(|it| it.derived.as_ref()),
        ),
        whole: framework
            .registry
            .iter()
            .filter_map(|it| it.classes.as_ref())
            .collect(),
        own: framework
            .registry
            .iter()
            .filter_map(|it| it.classes.as_ref())
            .flat_map(|it| &it.own)
            .collect(),
        parameters: framework.parameters.iter().collect(),
        dispatch: &framework.dispatch,
        plugged: Plugged::default(),
        for_classes: &framework.for_classes,
        callbacks: &framework.callbacks,
        project,
    }
}
