//! In which order calls register modules and classes: hooks are called the other way round.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::plugins::entry_points::value_parts;
use crate::plugins::frameworks::{Framework, Rule};
use crate::plugins::names::follow::Thing;
use crate::plugins::rows::applied::Applying;
use crate::plugins::rows::matching::Row;
use crate::plugins::sites::places::Site;

/// The functions that are called under each key, in order.
pub(super) type Called = FxHashMap<String, Vec<String>>;

/// When something is registered: in which phase, where in it, and as which of all.
pub(super) type Turn = (usize, usize, usize);

/// What a call registers, and in which phase and where in that it comes.
type Registering = (String, (usize, usize));

/// Modules and paths of classes, each with its turn.
#[derive(Default)]
pub(super) struct Turns {
    of: FxHashMap<String, Turn>,
    /// When modules are registered of which no call says it, and when those that are loaded from the first file on which has its name for that.
    modules: usize,
    files: usize,
    named: FxHashSet<Name>,
    /// When those are registered of these files that are found later, and which they are.
    late_files: usize,
    late: FxHashSet<Name>,
}

impl Turns {
    fn next(&mut self, path: &str, (phase, at): (usize, usize)) {
        let turn = self.of.len() + 1;
        self.of.entry(path.to_owned()).or_insert((phase, at, turn));
    }

    /// Adds what is registered, and behind each what waits for it.
    fn add(&mut self, registering: Vec<Registering>, waiting: &mut Vec<(&str, Vec<Registering>)>) {
        for (path, when) in registering {
            self.next(&path, when);
            let is_it = |it: &(&str, Vec<Registering>)| it.0 == path;
            while let Some(at) = waiting.iter().position(is_it) {
                let (_, behind) = waiting.remove(at);
                let behind = behind.into_iter().map(|it| (it.0, when)).collect();
                self.add(behind, waiting);
            }
        }
    }
}

impl Applying<'_, '_> {
    /// The order in which the calls come that register something for a rule.
    pub(super) fn turns(&self, framework: &Framework, rule: &Rule, called: &Called) -> Turns {
        let phases = rule.order.as_ref().map_or(&[][..], |it| &it.phases);
        let phase_of = |name: &str| phases.iter().position(|it| it == name).unwrap_or(0);
        let mut turns = Turns {
            modules: phase_of("modules"),
            files: phase_of("files"),
            named: self.behind_files(framework),
            late_files: phase_of("late files"),
            late: self.late_files(rule),
            ..Turns::default()
        };
        for (phase, it) in phases.iter().enumerate() {
            if let Some(path) = it.strip_prefix("object ") {
                turns.next(path, (phase, 0));
            }
        }
        // What a call runs that reaches all that is registered later, too, comes once that is.
        let mut waiting: Vec<(&str, Vec<Registering>)> = vec![];
        for site in self.sites {
            let when = when(site, phases, called);
            let registering = self.registering(framework, rule, site);
            let registering = registering.into_iter().map(|path| (path, when)).collect();
            match &site.runs_with {
                Some(plugin) if !turns.of.contains_key(plugin) => {
                    waiting.push((plugin, registering));
                }
                _ => turns.add(registering, &mut waiting),
            }
        }
        let rest: Vec<_> = waiting.drain(..).flat_map(|it| it.1).collect();
        turns.add(rest, &mut waiting);
        turns
    }

    /// The modules and paths of classes that a call registers, in order.
    fn registering(&self, framework: &Framework, rule: &Rule, site: &Site) -> Vec<String> {
        let (Thing::Instance(it), Some(call)) = (&site.callee, site.arguments()) else {
            return vec![];
        };
        let Some(first) = call.arguments.first() else {
            return vec![];
        };
        let is_on = |on: &[String]| on.iter().any(|class| self.follow.is_a(&it.class, class));
        let mut groups = framework.load.iter().filter(|it| it.group);
        if groups.any(|load| load.method.contains(&it.attributes) && is_on(&load.on)) {
            let group = self.follow.text(first, &site.scope);
            let is_it = |it: &str| Some(it) == group.as_deref();
            let entries = self.follow.modules.entry_points(is_it).into_iter();
            let paths = entries.filter_map(|(_, entry)| {
                let (module, qualname) = value_parts(&entry.value);
                if qualname.is_empty() {
                    return Some(module.to_owned());
                }
                let class = self.class_of(self.follow.dotted(module, qualname))?;
                Some(class.path.clone())
            });
            return paths.collect();
        }
        let by = rule.classes.as_ref();
        if !by.is_some_and(|by| by.method.contains(&it.attributes) && is_on(&by.on)) {
            return vec![];
        }
        let path = match self.follow.settled(first, &site.scope) {
            Thing::Module(module) => Some(module.to_string()),
            thing => self.class_of(thing).map(|it| it.path.clone()),
        };
        path.into_iter().collect()
    }

    /// The modules that are loaded because of their file's name, and all that come after the first of them.
    fn behind_files(&self, framework: &Framework) -> FxHashSet<Name> {
        let is_named = |module: &&Name| {
            let file = self.follow.modules.source(module);
            let name = file.as_ref().and_then(|it| it.path.file_name());
            let mut files = framework.load.iter().flat_map(|it| &it.files);
            name.is_some_and(|name| files.any(|it| name == it.as_str()))
        };
        let modules = self.loads.modules.iter();
        modules.skip_while(|it| !is_named(it)).cloned().collect()
    }

    /// The modules among them whose files are found when the folders around them are gone through.
    fn late_files(&self, rule: &Rule) -> FxHashSet<Name> {
        if rule.settings.is_none() {
            return FxHashSet::default();
        }
        let collecting = self.collecting(rule);
        let modules = self.loads.modules.iter();
        let late = modules.filter(|it| {
            let file = self.follow.modules.source(it);
            file.is_some_and(|it| {
                it.is_project && collecting.is_found(&it) && !collecting.is_early(&it)
            })
        });
        late.cloned().collect()
    }

    /// When a row's function is registered.
    pub(super) fn turn(&self, turns: &Turns, row: &Row) -> Turn {
        let Some(defined) = &row.defined else {
            return (turns.modules, 0, 0);
        };
        let (module, qualname) = value_parts(&defined.path);
        let Some((class, _)) = qualname.rsplit_once('.') else {
            let phase = if turns.late.contains(module) {
                turns.late_files
            } else if turns.named.contains(module) {
                turns.files
            } else {
                turns.modules
            };
            let own = || turns.of.get(module).copied();
            let file = defined.file.as_ref();
            let imported = || {
                let by = self.importing(defined, file?);
                by.filter_map(|it| turns.of.get(it.as_str()).copied()).min()
            };
            return own().or_else(imported).unwrap_or((phase, 0, 0));
        };
        if let Some(turn) = row.of.as_ref().and_then(|it| turns.of.get(it)) {
            return *turn;
        }
        let class = format!("{module}:{class}");
        let of = turns.of.iter();
        let of = of.filter(|(path, _)| **path == class || self.follow.is_a(path, &class));
        let first = of.map(|(_, turn)| *turn).min();
        first.unwrap_or((turns.modules, 0, 0))
    }
}

/// In which phase a call comes, and which of the functions that are called then makes it.
fn when(site: &Site, phases: &[String], called: &Called) -> (usize, usize) {
    if phases.is_empty() {
        return (0, 0);
    }
    let around = site.scope.frames.iter().find(|it| it.is_call);
    let Some(function) = around.map(|it| it.qualname.as_str()) else {
        return (phases.iter().position(|it| it == "modules").unwrap_or(0), 0);
    };
    let is_it = |it: &String| it.strip_prefix("hook ") == Some(function);
    let Some(phase) = phases.iter().position(is_it) else {
        // Whoever calls it, that is not before all is loaded.
        let is_hook = |it: &String| it.starts_with("hook ");
        return (phases.iter().rposition(is_hook).unwrap_or(0), usize::MAX);
    };
    let path = format!("{}:{function}", site.scope.file.name);
    let all = called.get(function);
    let at = all.and_then(|all| all.iter().position(|it| *it == path));
    (phase, at.unwrap_or(usize::MAX))
}
