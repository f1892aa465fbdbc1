//! Which modules a framework imports: by entry points, by lists of names, by the layout of packages.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::analysis::EntryPoint;
use crate::evaluate::AtRest;
use crate::plugins::entry_points::value_parts;
use crate::plugins::files::modules::{File, Look};
use crate::plugins::frameworks::{CommandOption, Framework, Load};
use crate::plugins::loading::chosen::chosen_module;
use crate::plugins::loading::on_path::{of_files_folders, put_on_path};
use crate::plugins::loading::packages::{
    class_text, config_of, discovered, hooked_later, submodules,
};
use crate::plugins::loading::ready::{Comes, Imports, imports_of};
use crate::plugins::loading::refused::{Refused, barred, given, name_said};
use crate::plugins::names::follow::{Follow, Scope, Thing, What};
use crate::plugins::names::written::is_path;
use crate::plugins::sites::arguments::argument_or;
use crate::plugins::sites::places::Site;
use crate::semantics::Spotted;
use crate::source::{file_in, setting};
use crate::syntax::{ExprKind, Literal, StmtKind};

/// More modules than this are not followed.
pub(super) const MOST: usize = 20_000;

/// How often what is loaded may inherit from another.
const DEEPEST_INHERITED: usize = 8;

/// Something that a framework loads.
pub(in crate::plugins) struct Loaded {
    /// What it is called: the entry point's name, the last part of a package.
    pub(in crate::plugins) key: String,
    /// The module.
    pub(in crate::plugins) module: Name,
    /// What says more of it, or what the entry point names.
    pub(in crate::plugins) leads: Option<Thing>,
    /// Where it is said that it is loaded.
    pub(in crate::plugins) spot: Option<Spotted>,
    /// How it came to be loaded.
    pub(in crate::plugins) by: String,
    pub(in crate::plugins) distribution: Option<String>,
    /// The module whose call loads it, where one does.
    pub(super) root: Option<Name>,
    /// Why it is not there.
    pub(in crate::plugins) missing: Option<String>,
    /// Whether that is because its name is refused.
    pub(in crate::plugins) is_refused: bool,
}

/// What a framework loads.
#[derive(Default)]
pub(in crate::plugins) struct Loads {
    pub(in crate::plugins) rows: Vec<Loaded>,
    /// All modules that are imported for that, in order.
    pub(in crate::plugins) modules: Vec<Name>,
    /// The packages among them, by whose order things are looked for.
    pub(super) packages: Vec<Name>,
    /// Why more may be loaded.
    pub(in crate::plugins) doubt: Option<String>,
    /// All that is imported on the way.
    pub(in crate::plugins) reached: Vec<Name>,
    /// What of that is perhaps not imported, and why.
    pub(in crate::plugins) perhaps_reached: FxHashMap<Name, String>,
    /// Modules of which it hangs on a condition whether they are loaded, and on which.
    pub(in crate::plugins) unsure: FxHashMap<Name, String>,
    /// The modules of programs that the project writes plugins for.
    pub(in crate::plugins) hosts: FxHashSet<Name>,
    /// Modules that are imported under a condition alone that does not hold, and where that stands.
    pub(in crate::plugins) never: FxHashMap<Name, String>,
    /// Objects in modules that were loaded: the modules themselves are only imported.
    pub(in crate::plugins) objects: Vec<(Thing, Option<String>)>,
    /// Modules that the class which says more of a package imports once all is loaded, with the number of the package's row.
    pub(super) hooked_later: Vec<(usize, Name, Comes, Rc<File>)>,
    /// Which of these are imported only then, by which class.
    pub(super) hooked_by: FxHashMap<Name, usize>,
    /// Names of modules that are looked for in every package, and where that is said.
    pub(super) looked_for: Vec<(usize, Name, Comes, Rc<File>)>,
    /// Modules that were imported for that alone.
    only_imported: FxHashSet<Name>,
    /// Modules that were loaded before their name was refused.
    pub(super) refused_later: Vec<Name>,
    /// Whether more folders may stand on `sys.path` than are known.
    pub(in crate::plugins) is_path_open: bool,
    refused: Refused,
    known: FxHashSet<Name>,
    keyed: FxHashSet<(String, Name)>,
}

impl Loads {
    /// Loads a module.
    pub(super) fn add(&mut self, module: &Name) {
        self.module(module);
    }

    /// Whether a module is loaded.
    pub(in crate::plugins) fn has(&self, module: &str) -> bool {
        self.known.contains(module)
    }

    /// Whether a module was loaded before its name was refused.
    pub(in crate::plugins) fn was_loaded(&self, module: &Name) -> bool {
        self.refused_later.contains(module)
    }

    /// Whether a module itself is loaded, rather than imported for what stands in it.
    pub(in crate::plugins) fn is_registered(&self, module: &str) -> bool {
        self.has(module) && !self.only_imported.contains(module)
    }

    /// Loads a module; true where it was not loaded before.
    pub(super) fn module(&mut self, module: &Name) -> bool {
        self.only_imported.remove(module);
        if self.modules.len() >= MOST && !self.known.contains(module) {
            self.doubt = Some(format!("there are too many: {module} is left out"));
            return false;
        }
        let is_new = self.known.insert(module.clone());
        if is_new {
            self.modules.push(module.clone());
        }
        is_new
    }

    /// Loads a module that is imported once all is loaded, as far as it comes to that.
    pub(super) fn hooked(&mut self, module: &Name, comes: Comes, file: &File) {
        let said = |at: u32| format!("{}:{}", file.shown, file.line(at));
        match comes {
            Comes::Surely => {
                self.module(module);
                self.unsure.remove(module);
            }
            Comes::Perhaps(at) => {
                if self.module(module) {
                    let why = format!("imported under a condition: {}", said(at));
                    self.unsure.insert(module.clone(), why);
                }
            }
            Comes::Never(at) => {
                let why = format!(
                    "imported where a condition holds that does not: {}",
                    said(at)
                );
                self.never.insert(module.clone(), why);
            }
        }
    }

    /// Loads a module that a call is handed; of several calls one that is certain is enough.
    fn module_by(&mut self, module: &Name, site: &Site) {
        let is_new = self.module(module);
        match waits(site) {
            Some(why) if is_new => {
                self.unsure.insert(module.clone(), why);
            }
            Some(_) => {}
            None => {
                self.unsure.remove(module);
            }
        }
    }

    /// Notes on what it hangs that a call loads something by its name: the modules from a number on; of several calls one that is certain is
    /// enough.
    fn hang(&mut self, from: usize, name: &str, site: &Site) {
        let why = waits(site).or_else(|| self.unsure.get(&site.root).cloned());
        match why {
            Some(why) => {
                for module in self.modules.iter().skip(from) {
                    self.unsure.insert(module.clone(), why.clone());
                }
            }
            None => {
                self.unsure.remove(name);
            }
        }
    }

    fn row(&mut self, row: Loaded) {
        if self.keyed.insert((row.key.clone(), row.module.clone())) {
            self.rows.push(row);
        }
    }
}

/// Loads what can be told without looking at calls.
pub(super) fn of(
    framework: &Framework,
    follow: &Follow<'_>,
    run: &AtRest<'_, '_>,
    project: &[Rc<File>],
) -> Loads {
    let mut loads = Loads::default();
    loads.refused.of_options(framework, follow);
    for load in &framework.load {
        let chosen = chosen_module(&load.variables_of, project);
        if let Some(other) = chosen.as_ref().and_then(|it| it.other.as_ref()) {
            let why = format!("{other} names another module in `{}`", load.variables_of);
            loads.doubt = Some(why);
        }
        if let Some(option) = &load.option {
            optional(&mut loads, (load, option), follow);
        }
        listed(&mut loads, load, follow);
        declared(&mut loads, load, follow);
        of_files_folders(&mut loads, load, follow, project);
        for file in project {
            let name = file.path.file_name().unwrap_or_default().to_string_lossy();
            if load.files.iter().any(|it| *it == name) {
                loads.module(&file.name);
                if load.hidden {
                    continue;
                }
                loads.row(Loaded {
                    key: file.name.to_string(),
                    module: file.name.clone(),
                    leads: None,
                    spot: Some(file.spot(0, 0)),
                    by: load.says.clone(),
                    distribution: None,
                    root: None,
                    missing: None,
                    is_refused: false,
                });
            }
            let is_in =
                load.variables_in.is_empty() || load.variables_in.iter().any(|it| *it == name);
            if is_in && load.search_path && load.files.is_empty() {
                put_on_path(&mut loads, follow, file);
            }
            let is_of = chosen.as_ref().is_none_or(|it| it.module == file.name);
            if is_in && is_of {
                variables(&mut loads, (load, chosen.is_some()), (follow, run), file);
            }
        }
        // What is loaded may name more.
        let mut at = 0;
        while !load.variables.is_empty() && load.variables_in.is_empty() && at < loads.modules.len()
        {
            let module = loads.modules[at].clone();
            at += 1;
            if let Some(file) = follow.modules.source(&module)
                && !file.is_project
            {
                variables(&mut loads, (load, false), (follow, run), &file);
            }
        }
        submodules(&mut loads, load, follow);
        hooked_later(&mut loads, follow);
    }
    loads
}

/// The module that a call names to be loaded, where it certainly comes.
pub(super) fn named_by(framework: &Framework, follow: &Follow<'_>, site: &Site) -> Option<Name> {
    let Thing::Instance(it) = &site.callee else {
        return None;
    };
    let is_it = |load: &&Load| {
        let is_name = !(load.group || load.object || load.maker);
        is_name
            && load.method.contains(&it.attributes)
            && load.on.iter().any(|class| follow.is_a(&it.class, class))
    };
    framework.load.iter().find(is_it)?;
    let first = site.arguments()?.arguments.first()?;
    let text = follow.text(first, &site.scope)?;
    waits(site).is_none().then(|| Name::from(&*text))
}

/// Loads what calls name; true where that is more than before.
pub(super) fn called(
    loads: &mut Loads,
    framework: &Framework,
    follow: &Follow<'_>,
    sites: &[Site],
) -> bool {
    let before = loads.modules.len();
    loads.refused.of_calls(framework, follow, sites);
    for load in framework.load.iter().filter(|it| !it.method.is_empty()) {
        for site in sites {
            let Thing::Instance(it) = &site.callee else {
                continue;
            };
            let is_it = load.method.contains(&it.attributes)
                && load.on.iter().any(|class| follow.is_a(&it.class, class));
            let argument = site.arguments().and_then(|it| it.arguments.first());
            let Some(argument) = argument.filter(|_| is_it) else {
                continue;
            };
            let from = loads.rows.len();
            if load.maker {
                let made = match follow.settled(argument, &site.scope) {
                    Thing::Instance(it) => Some(it.object.clone()),
                    _ => None,
                };
                let module = made.as_deref().and_then(|it| it.split_once(':'));
                if let Some(file) = module.and_then(|it| follow.modules.source(it.0))
                    && !file.is_project
                {
                    loads.module_by(&file.name, site);
                }
            } else if load.object {
                let name = name_said(framework, follow, site);
                let is_refused = name.is_some_and(|it| loads.refused.why(&it).is_some());
                if let Thing::Module(module) = follow.settled(argument, &site.scope)
                    && !is_refused
                {
                    loads.module_by(&module, site);
                }
            } else if let Some(text) = follow.text(argument, &site.scope) {
                let spot = site.scope.file.spot(site.start, site.end);
                if load.group {
                    of_group(loads, follow, &text, site);
                } else {
                    let from = loads.modules.len();
                    named(loads, (load, &load.says), follow, &text, Some(spot));
                    loads.hang(from, &text, site);
                }
            }
            for row in &mut loads.rows[from..] {
                row.root = Some(site.root.clone());
            }
        }
    }
    by_urls(loads, framework, follow, sites);
    discovered(loads, framework, follow, sites);
    loads.modules.len() > before
}

/// Loads what the URLs name that calls are handed.
fn by_urls(loads: &mut Loads, framework: &Framework, follow: &Follow<'_>, sites: &[Site]) {
    for urls in &framework.urls {
        let named = urls.among(&follow.modules.ground.analysis.entry_points);
        let is_there = |it: &str| !matches!(follow.modules.look(it), Look::Missing(_));
        for site in sites {
            let is_it = |path: &String| is_path(&site.callee, path);
            if let Some(url) = argument_or(site, 0, "url")
                && named.functions.iter().any(is_it)
                && let Some(url) = follow.text(url, &site.scope)
                && let Some(module) = named.module(&url, is_there)
            {
                loads.module_by(&module, site);
            }
        }
    }
}

/// On what it hangs whether a site is come by.
fn waits(site: &Site) -> Option<String> {
    let file = &site.scope.file;
    let (why, at) = match site.perhaps {
        Some(at) => ("under a condition", at),
        None if !site.is_executed() => ("where a function is called", site.start),
        None => return None,
    };
    Some(format!("loaded {why}: {}:{}", file.shown, file.line(at)))
}

/// Loads the modules of a group's entry points, as a call asks for it.
fn of_group(loads: &mut Loads, follow: &Follow<'_>, group: &str, site: &Site) {
    // A program that others are added to asks for them whenever it runs.
    let is_of_host = site.perhaps.is_none() && loads.hosts.contains(&site.scope.file.name);
    let why = if is_of_host { None } else { waits(site) };
    for (_, entry) in follow.modules.entry_points(|it| it == group) {
        let new = declared_by(loads, follow, entry, why.as_ref());
        match (new, &why) {
            (Some(module), Some(why)) => {
                loads.unsure.insert(module, why.clone());
            }
            // Another call has asked for it before, of which that was not certain.
            (_, None) => {
                loads.unsure.remove(value_parts(&entry.value).0);
            }
            _ => {}
        }
    }
}

/// Loads what an option of a command line names that a file of settings gives.
fn optional(loads: &mut Loads, (load, option): (&Load, &CommandOption), follow: &Follow<'_>) {
    let Some((file, names)) = given(option, follow) else {
        return;
    };
    for name in names.iter().filter(|it| barred(option, it).is_none()) {
        let spot = Spotted::File(file.clone(), None);
        named(loads, (load, &load.says), follow, name, Some(spot));
    }
}

fn listed(loads: &mut Loads, load: &Load, follow: &Follow<'_>) {
    for path in &load.texts {
        let Some((module, name)) = path.split_once(':') else {
            continue;
        };
        let Thing::Value(scope, value) = follow.dotted(module, name) else {
            continue;
        };
        for (scope, item) in follow.items(&value, &scope).unwrap_or_default() {
            if let Some(text) = follow.text(&item, &scope) {
                if load.hidden {
                    loads.module(&Name::from(&*text));
                    continue;
                }
                let spot = scope.file.spot(item.start, item.end);
                named(loads, (load, &load.says), follow, &text, Some(spot));
                // Files of settings are read once all of these are loaded.
                if let Some(row) = loads.rows.last().filter(|it| it.is_refused) {
                    loads.refused_later.push(row.module.clone());
                }
            }
        }
    }
}

fn declared(loads: &mut Loads, load: &Load, follow: &Follow<'_>) {
    let is_group = |group: &str| load.entry_points.iter().any(|it| it == group);
    for (_, entry) in follow.modules.entry_points(is_group) {
        if load.hidden {
            loads.module(&Name::from(value_parts(&entry.value).0));
        } else {
            declared_by(loads, follow, entry, None);
        }
    }
}

/// Loads the module of an entry point; returns it, where it was not loaded before.
fn declared_by(
    loads: &mut Loads,
    follow: &Follow<'_>,
    entry: &EntryPoint,
    why: Option<&String>,
) -> Option<Name> {
    let (module, qualname) = value_parts(&entry.value);
    let module = Name::from(module);
    // `pluggy._manager.PluginManager.load_setuptools_entrypoints`: not what has a name that is taken or refused.
    let mut before = loads.rows.iter();
    let taken = before.find(|it| {
        it.key == entry.name && it.module != module && it.missing.is_none() && why.is_none()
    });
    let taken = taken.map(|it| format!("its name is taken by {}", it.module));
    let refused = loads.refused.why(&entry.name).cloned().or(taken);
    let is_refused = refused.is_some();
    let missing = refused.or_else(|| match follow.modules.look(&module) {
        Look::Missing(message) => Some(format!("ModuleNotFoundError: {message}")),
        _ => follow.modules.fails(&module),
    });
    let was_only_imported = loads.has(&module) == loads.only_imported.contains(&module);
    let is_new = missing.is_none() && loads.module(&module);
    let object = (!qualname.is_empty()).then(|| follow.dotted(&module, qualname));
    if let Some(object) = object.as_ref().filter(|_| !is_refused) {
        loads.objects.push((object.clone(), why.cloned()));
        if was_only_imported {
            loads.only_imported.insert(module.clone());
        }
    }
    loads.row(Loaded {
        key: entry.name.clone(),
        leads: object,
        module: module.clone(),
        spot: Some(Spotted::File(entry.path.clone(), entry.line)),
        by: entry.group.clone(),
        distribution: (!entry.is_project).then(|| entry.distribution.clone()),
        root: None,
        missing,
        is_refused,
    });
    is_new.then_some(module)
}

/// What a module-level name of a file lists.
fn variables(
    loads: &mut Loads,
    (load, is_chosen): (&Load, bool),
    (follow, run): (&Follow<'_>, &AtRest<'_, '_>),
    file: &Rc<File>,
) {
    let says = match load.says_of_variables.as_str() {
        "" => load.says.as_str(),
        said => said,
    };
    let load = (load, says);
    // What the project's choice of a module is for may stand in another one, whose names that takes in.
    let takes_in = is_chosen && !file.table.stars.is_empty();
    let variables = load.0.variables.iter();
    for variable in variables.filter(|it| takes_in || file.table.has(it)) {
        let scope = Scope::of(file);
        let spot = Some(binding_of(file, variable));
        // A list that statements after it have added to is known to the run alone.
        let texts = run.texts(&file.name, variable);
        let texts: Option<Vec<Name>> = texts.and_then(|it| it.into_iter().collect());
        if let Some(texts) = texts {
            for text in texts {
                named(loads, load, follow, &text, spot.clone());
                if let Some(spot) = &spot {
                    inherited(loads, load, follow, (&text, file), spot);
                }
            }
            continue;
        }
        let bound = follow.name(variable, &scope);
        if let Thing::Value(scope, value) = &bound
            && let ExprKind::Literal(Literal::Str(text)) = &value.kind
        {
            let text = text.clone();
            let spot = scope.file.spot(value.start, value.end);
            named(loads, load, follow, &text, Some(spot.clone()));
            inherited(loads, load, follow, (&text, file), &spot);
            continue;
        }
        let is_own = file.table.has(variable);
        let grown = match &bound {
            Thing::Value(scope, _) if !is_own => follow.grown(variable, &scope.file),
            _ => follow.grown(variable, file),
        };
        if !grown.is_whole || !is_own && grown.items.is_empty() {
            doubt(loads, variable, file);
        }
        for item in grown.items {
            let spot = item.scope.file.spot(item.expr.start, item.expr.end);
            match follow.text(&item.expr, &item.scope) {
                Some(text) => {
                    let before = loads.modules.len();
                    named(loads, load, follow, &text, Some(spot));
                    let Some((file, at)) = item.perhaps else {
                        // Listed once more, for certain.
                        loads.unsure.remove(&Name::from(&*text));
                        continue;
                    };
                    let why = format!("listed under a condition: {}:{}", file.shown, file.line(at));
                    for module in loads.modules.split_off(before) {
                        loads.unsure.insert(module.clone(), why.clone());
                        loads.modules.push(module);
                    }
                }
                None => doubt(loads, variable, file),
            }
        }
    }
}

/// The first statement of a module that binds a name.
fn binding_of(file: &Rc<File>, name: &str) -> Spotted {
    let is_it =
        |target: &crate::syntax::Expr| matches!(&target.kind, ExprKind::Name(it) if it == name);
    let found = file.syntax.body.iter().find(|stmt| match &stmt.kind {
        StmtKind::Assign(targets, _) => targets.iter().any(is_it),
        StmtKind::Annotate(target, ..) => is_it(target),
        _ => false,
    });
    found.map_or_else(|| file.spot(0, 0), |it| file.spot(it.start, it.end))
}

fn doubt(loads: &mut Loads, variable: &str, file: &File) {
    loads.doubt = Some(format!("`{variable}` of {} is not known whole", file.shown));
}

/// Loads a module by its name, or by the path of a class that says more of it.
fn named(
    loads: &mut Loads,
    (load, says): (&Load, &str),
    follow: &Follow<'_>,
    text: &str,
    spot: Option<Spotted>,
) {
    if !load.through.is_empty() {
        let entries = follow.modules.ground.analysis.entry_points.iter();
        let entries = entries.filter(|it| load.through.contains(&it.group) && it.name == text);
        for entry in entries {
            let module = value_parts(&entry.value).0;
            named(
                loads,
                (&Load::default(), says),
                follow,
                module,
                spot.clone(),
            );
        }
        return;
    }
    let mut module = format!("{}{text}", load.prefix);
    if matches!(follow.modules.look(&module), Look::Missing(_)) {
        text.clone_into(&mut module);
    }
    let mut look = follow.modules.look(&module);
    let mut leads = None;
    let mut imports = Imports::default();
    let mut key = match &load.config {
        Some(_) => text.rsplit('.').next().unwrap_or(text).to_owned(),
        None => text.to_owned(),
    };
    if let Some(config) = &load.config {
        let found = match &look {
            Look::Missing(_) => module
                .rsplit_once('.')
                .map(|(module, class)| follow.in_module(module, class)),
            _ => config_of(config, follow, &module),
        };
        if let Some(Thing::Defined(found)) = found
            && let What::Class(_) = &found.what
        {
            let text_of = |name: &str| class_text(follow, &found, name);
            if let Some(package) = text_of(&config.name) {
                module = package;
                look = follow.modules.look(&module);
                module
                    .rsplit('.')
                    .next()
                    .unwrap_or(&module)
                    .clone_into(&mut key);
            }
            if let Some(label) = text_of(&config.key) {
                key = label;
            }
            imports = imports_of(follow, &found, &config.hook, &config.discovers);
            leads = Some(Thing::Defined(found));
        }
    }
    let module = match &look {
        Look::Source(file) if file.is_project => file.name.clone(),
        _ => Name::from(module),
    };
    let refused = loads.refused.why(&key).cloned();
    let is_refused = refused.is_some();
    let missing = refused.or_else(|| match &look {
        Look::Missing(message) => Some(format!("ModuleNotFoundError: {message}")),
        _ => None,
    });
    let distribution = match &look {
        Look::Source(file) => follow.modules.distribution(file),
        _ => None,
    };
    if missing.is_none() {
        loads.module(&module);
    }
    let at = loads.rows.len();
    let hooked = imports.modules.into_iter();
    let hooked = hooked.map(|(module, comes, file)| (at, module, comes, file));
    loads.hooked_later.extend(hooked);
    let looked_for = imports.looked_for.into_iter();
    let looked_for = looked_for.map(|(name, comes, file)| (at, name, comes, file));
    loads.looked_for.extend(looked_for);
    loads.row(Loaded {
        key,
        module,
        leads,
        spot,
        by: says.to_owned(),
        distribution,
        root: None,
        missing,
        is_refused,
    });
}

/// Loads what that which is loaded inherits from, as a file beside it says.
fn inherited(
    loads: &mut Loads,
    (load, says): (&Load, &str),
    follow: &Follow<'_>,
    (text, file): (&str, &Rc<File>),
    spot: &Spotted,
) {
    let Some(inherits) = &load.inherits else {
        return;
    };
    let mut text = text.to_owned();
    // Who inherits from itself by way of others is refused by the framework.
    for _ in 0..DEEPEST_INHERITED {
        let entries = follow.modules.ground.analysis.entry_points.iter();
        let entries = entries.filter(|it| load.through.contains(&it.group) && it.name == text);
        let packages = entries.filter_map(|it| follow.modules.source(value_parts(&it.value).0));
        let folders = packages
            .map(|it| it.path.clone())
            .chain([file.path.clone()]);
        let mut folders = folders.filter_map(|it| it.parent().map(std::path::Path::to_owned));
        let found = folders.find_map(|it| file_in(&it, &inherits.files, &text));
        let named_there = found.and_then(|it| setting(&it, &inherits.section, &inherits.key));
        let Some(above) = named_there.filter(|it| *it != text) else {
            return;
        };
        named(loads, (load, says), follow, &above, Some(spot.clone()));
        text = above;
    }
    loads.doubt = Some(format!("what `{text}` inherits from is left out"));
}
