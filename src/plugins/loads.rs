//! Which modules a framework imports: by entry points, by lists of names, by the layout of packages.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::analysis::EntryPoint;
use crate::evaluate::AtRest;
use crate::plugins::entry_points::value_parts;
use crate::plugins::follow::{Defined, Follow, Scope, Thing, What, absolute};
use crate::plugins::frameworks::{Config, Framework, Load};
use crate::plugins::modules::{File, Look};
use crate::plugins::sites::Site;
use crate::semantics::Spotted;
use crate::syntax::{Block, ClassDef, Expr, ExprKind, Literal, StmtKind, for_parts};

/// More modules than this are not followed.
const MOST: usize = 20_000;

/// Something that a framework loads.
pub(super) struct Loaded {
    /// What it is called: the entry point's name, the last part of a package.
    pub(super) key: String,
    /// The module.
    pub(super) module: Name,
    /// What says more of it, or what the entry point names.
    pub(super) leads: Option<Thing>,
    /// Where it is said that it is loaded.
    pub(super) spot: Option<Spotted>,
    /// How it came to be loaded.
    pub(super) by: String,
    pub(super) distribution: Option<String>,
    /// Why it is not there.
    pub(super) missing: Option<String>,
}

/// What a framework loads.
#[derive(Default)]
pub(super) struct Loads {
    pub(super) rows: Vec<Loaded>,
    /// All modules that are imported for that, in order.
    pub(super) modules: Vec<Name>,
    /// The packages among them, by whose order things are looked for.
    pub(super) packages: Vec<Name>,
    /// Why more may be loaded.
    pub(super) doubt: Option<String>,
    /// All that is imported on the way.
    pub(super) reached: Vec<Name>,
    /// Modules of which it hangs on a condition whether they are loaded, and on which.
    pub(super) unsure: FxHashMap<Name, String>,
    known: FxHashSet<Name>,
    keyed: FxHashSet<(String, Name)>,
}

impl Loads {
    /// Loads a module.
    pub(super) fn add(&mut self, module: &Name) {
        self.module(module);
    }

    /// Whether a module is loaded.
    pub(super) fn has(&self, module: &str) -> bool {
        self.known.contains(module)
    }

    fn module(&mut self, module: &Name) -> bool {
        let is_new = self.modules.len() < MOST && self.known.insert(module.clone());
        if is_new {
            self.modules.push(module.clone());
        }
        is_new
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
    for load in &framework.load {
        let from = loads.modules.len();
        listed(&mut loads, load, follow);
        declared(&mut loads, load, follow);
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
                    missing: None,
                });
            }
            if load.variables_in.is_empty() || load.variables_in.iter().any(|it| *it == name) {
                variables(&mut loads, load, follow, run, file);
            }
        }
        // What is loaded may name more.
        let mut at = from;
        while !load.variables.is_empty() && load.variables_in.is_empty() && at < loads.modules.len()
        {
            let module = loads.modules[at].clone();
            at += 1;
            if let Some(file) = follow.modules.source(&module)
                && !file.is_project
            {
                variables(&mut loads, load, follow, run, &file);
            }
        }
        submodules(&mut loads, load, follow);
    }
    loads
}

/// Adds what all these modules import, and what that imports.
pub(super) fn reach(loads: &mut Loads, framework: &Framework, follow: &Follow<'_>) {
    let paths_in: Vec<&String> = framework.load.iter().flat_map(|it| &it.paths_in).collect();
    let mut seen: FxHashSet<Name> = loads.modules.iter().cloned().collect();
    let analysis = follow.modules.ground.analysis;
    for module in &analysis.modules {
        if seen.insert(module.name.clone()) {
            loads.reached.push(module.name.clone());
        }
    }
    let mut row: Vec<Name> = loads.modules.clone();
    for module in &analysis.modules {
        let last = module.name.rsplit('.').next().unwrap_or_default();
        if paths_in
            .iter()
            .any(|it| it.strip_suffix(".py") == Some(last))
            && let Some(file) = follow.modules.source(&module.name)
        {
            let mut named = vec![];
            paths_of(&file, follow, &mut named);
            named.retain(|it| seen.insert(it.clone()));
            loads.reached.extend(named.iter().cloned());
            row.extend(named);
        }
    }
    while !row.is_empty() && seen.len() < MOST {
        follow.modules.read_ahead(&row);
        let mut next = vec![];
        for name in &row {
            if let Some(file) = follow.modules.source(name) {
                imports_in(&file.syntax.body, &file, &mut next);
                let named = file.path.file_name().unwrap_or_default().to_string_lossy();
                if paths_in.iter().any(|it| **it == *named) {
                    paths_of(&file, follow, &mut next);
                }
            }
        }
        next.retain(|it| seen.insert(it.clone()));
        next.retain(|it| matches!(follow.modules.look(it), Look::Source(_)));
        loads.reached.extend(next.iter().cloned());
        row = next;
    }
}

/// The modules that texts name which a module's names hold: `["shop.middleware.Timing"]`.
fn paths_of(file: &Rc<File>, follow: &Follow<'_>, found: &mut Vec<Name>) {
    let mut waiting: Vec<&Expr> = vec![];
    for stmt in &file.syntax.body {
        if let StmtKind::Assign(_, value) | StmtKind::Annotate(_, _, Some(value)) = &stmt.kind {
            waiting.push(value);
        }
    }
    while let Some(expr) = waiting.pop() {
        if let ExprKind::Literal(Literal::Str(text)) = &expr.kind {
            let is_path = text.len() < 200
                && text.split('.').all(|it| {
                    it.starts_with(|it: char| it.is_alphabetic() || it == '_')
                        && it.chars().all(|it| it.is_alphanumeric() || it == '_')
                });
            if let Some((module, name)) = text.rsplit_once('.').filter(|_| is_path)
                && let Look::Source(of) = follow.modules.look(module)
            {
                let whole = Name::from(&**text);
                if of.table.has(name) {
                    found.push(of.name.clone());
                } else if let Look::Source(_) = follow.modules.look(&whole) {
                    found.push(whole);
                }
            }
        }
        for_parts(expr, &mut |part| waiting.push(part));
    }
}

/// The modules that statements import, the packages around them too.
fn imports_in(block: &Block, file: &Rc<File>, found: &mut Vec<Name>) {
    let mut with_packages = |name: Name| {
        let ends: Vec<usize> = name.match_indices('.').map(|(at, _)| at).collect();
        found.extend(ends.into_iter().map(|at| Name::from(&name[..at])));
        found.push(name);
    };
    for stmt in block {
        match &stmt.kind {
            StmtKind::Import(names) => names.iter().for_each(|it| with_packages(it.name.clone())),
            StmtKind::ImportFrom(import) => {
                if let Some(module) = absolute(file, import.level, &import.module) {
                    for it in &import.names {
                        with_packages(Name::from(format!("{module}.{}", it.name)));
                    }
                    with_packages(module);
                }
            }
            _ => {}
        }
    }
    for stmt in block {
        let is_for_checkers = match &stmt.kind {
            StmtKind::If(branches) => matches!(
                branches.first().and_then(|it| it.0.as_ref()).map(|it| &it.kind),
                Some(ExprKind::Name(name) | ExprKind::Attribute(_, name)) if name == "TYPE_CHECKING"
            ),
            _ => false,
        };
        if !is_for_checkers {
            stmt.kind
                .blocks(&mut |block| imports_in(block, file, found));
        }
    }
}

/// Loads what calls name; true where that is more than before.
pub(super) fn called(
    loads: &mut Loads,
    framework: &Framework,
    follow: &Follow<'_>,
    sites: &[Site],
) -> bool {
    let before = loads.modules.len();
    for load in framework.load.iter().filter(|it| !it.method.is_empty()) {
        for site in sites {
            let Thing::Instance(it) = &site.callee else {
                continue;
            };
            let is_it = load.method.contains(&it.attributes)
                && load.on.iter().any(|class| follow.is_a(&it.class, class));
            let argument = site.arguments().and_then(|it| it.arguments.first());
            if is_it
                && let Some(argument) = argument
                && let Some(text) = follow.text(argument, &site.scope)
            {
                let spot = site.scope.file.spot(site.start, site.end);
                if load.group {
                    of_group(loads, follow, &text, site);
                } else {
                    named(loads, load, follow, &text, Some(spot));
                }
            }
        }
    }
    loads.modules.len() > before
}

/// Loads the modules of a group's entry points, as a call asks for it.
fn of_group(loads: &mut Loads, follow: &Follow<'_>, group: &str, site: &Site) {
    let file = &site.scope.file;
    let line = |at: u32| file.line(at);
    let why = match site.perhaps {
        Some(at) => Some(format!(
            "loaded under a condition: {}:{}",
            file.shown,
            line(at)
        )),
        None if !site.is_executed() => Some(format!(
            "loaded where a function is called: {}:{}",
            file.shown,
            line(site.start)
        )),
        None => None,
    };
    let entries = follow.modules.ground.analysis.entry_points.iter();
    let mut entries: Vec<_> = entries.filter(|it| it.group == group).collect();
    entries.sort_by_key(|it| (it.folder, it.listed));
    for entry in entries {
        let new = declared_by(loads, follow, entry);
        if let (Some(module), Some(why)) = (new, &why) {
            loads.unsure.insert(module, why.clone());
        }
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
                named(loads, load, follow, &text, Some(spot));
            }
        }
    }
}

fn declared(loads: &mut Loads, load: &Load, follow: &Follow<'_>) {
    let entries = follow.modules.ground.analysis.entry_points.iter();
    let mut entries: Vec<_> = entries
        .filter(|it| load.entry_points.contains(&it.group))
        .collect();
    // As `importlib.metadata.distributions()` finds them: folder by folder, in the order of each.
    entries.sort_by_key(|it| (it.folder, it.listed));
    for entry in entries {
        declared_by(loads, follow, entry);
    }
}

/// Loads the module of an entry point; returns it, where it was not loaded before.
fn declared_by(loads: &mut Loads, follow: &Follow<'_>, entry: &EntryPoint) -> Option<Name> {
    let (module, qualname) = value_parts(&entry.value);
    let module = Name::from(module);
    let missing = match follow.modules.look(&module) {
        Look::Missing(message) => Some(format!("ModuleNotFoundError: {message}")),
        _ => follow.modules.fails(&module),
    };
    let is_new = missing.is_none() && loads.module(&module);
    loads.row(Loaded {
        key: entry.name.clone(),
        leads: (!qualname.is_empty()).then(|| follow.dotted(&module, qualname)),
        module: module.clone(),
        spot: Some(Spotted::File(entry.path.clone(), entry.line)),
        by: entry.group.clone(),
        distribution: (!entry.is_project).then(|| entry.distribution.clone()),
        missing,
    });
    is_new.then_some(module)
}

/// What a module-level name of a file lists.
fn variables(
    loads: &mut Loads,
    load: &Load,
    follow: &Follow<'_>,
    run: &AtRest<'_, '_>,
    file: &Rc<File>,
) {
    for variable in load.variables.iter().filter(|it| file.table.has(it)) {
        let scope = Scope::of(file);
        let spot = Some(binding_of(file, variable));
        // A list that statements after it have added to is known to the run alone.
        if let Some(texts) = run.texts(&file.name, variable) {
            for text in texts {
                match text {
                    Some(text) => named(loads, load, follow, &text, spot.clone()),
                    None => doubt(loads, variable, file),
                }
            }
            continue;
        }
        let Thing::Value(scope, value) = follow.name(variable, &scope) else {
            doubt(loads, variable, file);
            continue;
        };
        if let ExprKind::Literal(Literal::Str(text)) = &value.kind {
            let text = text.clone();
            let spot = scope.file.spot(value.start, value.end);
            named(loads, load, follow, &text, Some(spot));
            continue;
        }
        let Some(items) = follow.items(&value, &scope) else {
            doubt(loads, variable, file);
            continue;
        };
        for (scope, item) in items {
            let spot = scope.file.spot(item.start, item.end);
            match follow.text(&item, &scope) {
                Some(text) => named(loads, load, follow, &text, Some(spot)),
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
fn named(loads: &mut Loads, load: &Load, follow: &Follow<'_>, text: &str, spot: Option<Spotted>) {
    if !load.through.is_empty() {
        let entries = follow.modules.ground.analysis.entry_points.iter();
        let entries = entries.filter(|it| load.through.contains(&it.group) && it.name == text);
        for entry in entries {
            let module = value_parts(&entry.value).0;
            let plain = Load {
                says: load.says.clone(),
                ..Load::default()
            };
            named(loads, &plain, follow, module, spot.clone());
        }
        return;
    }
    let mut module = format!("{}{text}", load.prefix);
    if matches!(follow.modules.look(&module), Look::Missing(_)) {
        text.clone_into(&mut module);
    }
    let mut look = follow.modules.look(&module);
    let mut leads = None;
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
            && let (What::Class(def), Some(file)) = (&found.what, &found.file)
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
            for hooked in imports_of(def, &config.hook, file) {
                loads.module(&hooked);
            }
            leads = Some(Thing::Defined(found));
        }
    }
    let module = Name::from(module);
    let missing = match &look {
        Look::Missing(message) => Some(format!("ModuleNotFoundError: {message}")),
        _ => None,
    };
    let distribution = match &look {
        Look::Source(file) => follow.modules.distribution(file),
        _ => None,
    };
    if missing.is_none() {
        loads.module(&module);
    }
    loads.row(Loaded {
        key,
        module,
        leads,
        spot,
        by: load.says.clone(),
        distribution,
        missing,
    });
}

/// The class that says more of a package: the only one of its kind in a module, or the one that is marked.
fn config_of(config: &Config, follow: &Follow<'_>, package: &str) -> Option<Thing> {
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
        let is_default = match follow.attribute(&thing, &config.default) {
            Thing::Value(_, value) => matches!(value.kind, ExprKind::Literal(Literal::Bool(true))),
            _ => false,
        };
        found.push((thing, is_default));
    }
    let marked = found.iter().position(|it| it.1);
    match (marked, found.len()) {
        (Some(at), _) => Some(found.swap_remove(at).0),
        (None, 1) => found.pop().map(|it| it.0),
        _ => None,
    }
}

/// The text that a class has under a name, itself or by its bases.
fn class_text(follow: &Follow<'_>, of: &Rc<Defined>, name: &str) -> Option<String> {
    match follow.attribute(&Thing::Defined(of.clone()), name) {
        Thing::Value(_, value) => crate::plugins::sites::literal(&value),
        _ => None,
    }
}

/// The modules that a method of a class imports.
fn imports_of(def: &ClassDef, method: &str, file: &Rc<File>) -> Vec<Name> {
    let mut found = vec![];
    for stmt in &def.body {
        let StmtKind::Function(def) = &stmt.kind else {
            continue;
        };
        if def.name != method {
            continue;
        }
        let body = def.body(&file.text);
        let mut blocks: Vec<&Block> = vec![&body];
        while let Some(block) = blocks.pop() {
            for stmt in block {
                match &stmt.kind {
                    StmtKind::Import(names) => found.extend(names.iter().map(|it| it.name.clone())),
                    StmtKind::ImportFrom(import) => {
                        if let Some(module) = absolute(file, import.level, &import.module) {
                            let inside = import.names.iter();
                            found.extend(
                                inside.map(|it| Name::from(format!("{module}.{}", it.name))),
                            );
                            found.push(module);
                        }
                    }
                    _ => {}
                }
                stmt.kind.blocks(&mut |block| blocks.push(block));
            }
        }
    }
    found
}

/// Loads the modules of each package that stand at a name which the framework looks for.
fn submodules(loads: &mut Loads, load: &Load, follow: &Follow<'_>) {
    if load.config.is_none() && load.submodules.is_empty() {
        return;
    }
    let packages: Vec<Name> = loads
        .rows
        .iter()
        .filter(|it| it.missing.is_none())
        .map(|it| it.module.clone())
        .collect();
    let with = load.submodules_with.iter();
    let with = with.filter(|(package, _)| packages.iter().any(|it| it == package));
    let names: Vec<&String> = load.submodules.iter().chain(with.map(|it| &it.1)).collect();
    let wanted: Vec<Name> = packages
        .iter()
        .flat_map(|package| {
            names
                .iter()
                .map(move |it| Name::from(format!("{package}.{it}")))
        })
        .collect();
    follow.modules.read_ahead(&wanted);
    for module in wanted {
        if let Some(file) = follow.modules.source(&module) {
            loads.module(&module);
            // A package of models, or of admin classes, imports its own.
            if file.package {
                for stmt in &file.syntax.body {
                    if let StmtKind::ImportFrom(import) = &stmt.kind
                        && import.level > 0
                        && let Some(inside) = absolute(&file, import.level, &import.module)
                    {
                        loads.module(&inside);
                    }
                }
            }
        }
    }
    loads.packages = packages;
}
