//! The atlas: every registry that is known, whoever found it, in one list.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use crate::Name;
use crate::analysis::{Analysis, Registrations};
use crate::evaluate::AtRest;
use crate::plugins::entry_points;
use crate::plugins::files::modules::{File, Ground, Modules, top};
use crate::plugins::frameworks::{self, CommandOption, Framework, Makes};
use crate::plugins::loading::chosen::is_program;
use crate::plugins::names::follow::{Filled, Follow, Thing, is_same};
use crate::plugins::names::scripts::scripts_of;
use crate::plugins::sites::ran::RanCalls;
use crate::plugins::{loading::hosts, rows::applied, subclasses};
use crate::semantics::{Leads, Registry, RegistryKind, RowState, Spotted};
use crate::source::setting;

/// Every registry that is known of a project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Atlas {
    /// The registries, by kind and name.
    pub registries: Vec<Registry>,
}

impl Atlas {
    /// How many things are registered.
    pub fn len(&self) -> usize {
        self.registries.iter().map(|it| it.rows.len()).sum()
    }

    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Draws the atlas of a project that was run on paper.
pub fn atlas(ground: Ground<'_>, run: &mut AtRest<'_, '_>) -> Atlas {
    let modules = Modules::new(ground);
    let project = modules.of_project();
    let mut frameworks = frameworks::all();
    let hosts: Vec<Vec<Name>> = frameworks
        .iter()
        .map(|it| hosts::of(it, &modules, &project))
        .collect();
    let is_used = used(&frameworks, &hosts, &modules, &project);
    let mut at_hand = is_used.iter();
    frameworks.retain(|_| at_hand.next().is_some_and(|it| *it));
    let mut at_hand = is_used.iter();
    let hosts = hosts.into_iter();
    let hosts: Vec<_> = hosts
        .filter(|_| at_hand.next().is_some_and(|it| *it))
        .collect();
    let nothing = Filled::default();
    let plain = Follow::new(&modules, &[], &nothing);
    for framework in &mut frameworks {
        framework.resolve(&|path| {
            let (module, qualname) = path.split_once(':')?;
            match plain.dotted(module, qualname) {
                Thing::Defined(it) => Some(it.path.clone()),
                Thing::Instance(it) if it.attributes.is_empty() => Some(it.object.clone()),
                Thing::Instance(it) => Some(format!("{}.{}", it.object, it.attributes)),
                _ => None,
            }
        });
    }
    let makes: Vec<Makes> = frameworks.iter().flat_map(|it| it.makes.clone()).collect();
    let mut registries = run.registries();
    let mut filled = filled(&registries, ground.analysis);
    for (name, held) in run.containers() {
        filled.entry(name).or_insert(held);
    }
    let mut follow = Follow::new(&modules, &makes, &filled);
    follow.nested = run.nested().into_iter().collect();
    follow.scripts = scripts_of(&project).into_iter().collect();
    registries.extend(subclasses::registries(ground.analysis));
    registries.extend(entry_points::registries(&follow, run));
    let mut loaded: FxHashSet<Name> = FxHashSet::default();
    let ran = RanCalls::of(run);
    for (framework, hosts) in frameworks.iter().zip(&hosts) {
        let own = (framework, &hosts[..]);
        let found = applied::applied(own, &follow, (run, &ran), &project, &mut loaded);
        registries.extend(found);
    }
    entry_points::dead_everywhere(&mut registries);
    let whole = whole_groups(&registries, &frameworks, ground.analysis);
    entry_points::one_of_each(&mut registries, ground.analysis, &whole);
    registries.retain(|it| !it.rows.is_empty());
    let tops: Vec<&str> = frameworks.iter().map(|it| it.module.as_str()).collect();
    list_once(&mut registries, &tops, ground.analysis);
    let reached = frameworks.iter().flat_map(|it| &it.registry);
    let reached = reached.filter(|it| it.reached).map(|it| it.name.as_str());
    let reached: FxHashSet<&str> = reached.collect();
    mark_never_imported(
        &mut registries,
        (&modules, run, &project),
        &loaded,
        &reached,
    );
    // What the project has a part in comes first.
    registries
        .sort_by(|a, b| (!a.is_own(), &a.kind, &a.name).cmp(&(!b.is_own(), &b.kind, &b.name)));
    Atlas { registries }
}

/// Under which keys each class is registered; the name of the registry, where that has no keys.
pub fn registrations(atlas: &Atlas) -> Registrations {
    let mut keys = Registrations::default();
    for registry in &atlas.registries {
        for row in &registry.rows {
            if let Leads::Class(class) = row.leads {
                let key = row.key.as_deref().unwrap_or(&registry.name);
                let key = key.trim_matches('\'').to_owned();
                keys.entry(class).or_default().push(key);
            }
        }
    }
    keys
}

/// Groups of entry points of which something that is registered loads all.
fn whole_groups(
    registries: &[Registry],
    frameworks: &[Framework],
    analysis: &Analysis,
) -> FxHashSet<String> {
    let mut found = FxHashSet::default();
    for rule in frameworks.iter().flat_map(|it| &it.registry) {
        for registry in registries.iter().filter(|it| it.name == rule.name) {
            for row in &registry.rows {
                let path = path_of(&row.leads, analysis);
                if path.is_some_and(|path| rule.whole_groups.iter().any(|it| is_same(it, &path)))
                    && let Some(key) = &row.key
                {
                    let group = key.split(' ').next().unwrap_or(key);
                    found.insert(group.to_owned());
                }
            }
        }
    }
    found
}

/// The path of what a row leads to.
fn path_of(leads: &Leads, analysis: &Analysis) -> Option<String> {
    match leads {
        Leads::Class(class) => Some(analysis.class(*class).path().to_string()),
        Leads::Named { path, .. } => Some(path.clone()),
        Leads::Text(_) => None,
    }
}

/// Leaves out containers of which everything is told of as a framework's: its own objects keep what they are given.
fn list_once(registries: &mut Vec<Registry>, modules: &[&str], analysis: &Analysis) {
    let path = |leads: &Leads| path_of(leads, analysis);
    let of_framework = |it: &&Registry| matches!(it.kind, RegistryKind::Framework(_));
    let told = registries.iter().filter(of_framework);
    let told = told.flat_map(|it| it.rows.iter().filter_map(|row| path(&row.leads)));
    let told: FxHashSet<String> = told.collect();
    registries.retain(|it| {
        let is_container = matches!(
            it.kind,
            RegistryKind::Decorator | RegistryKind::Dict | RegistryKind::List
        );
        // A dict of the program's own has a name; a framework's object keeps its containers as attributes, its modules under names.
        let is_kept = it.name.split_once(':').is_some_and(|(module, name)| {
            name.contains('.') || modules.iter().any(|it| *it == top(module))
        });
        let is_told = |row: &crate::semantics::Registered| {
            path(&row.leads).is_some_and(|it| told.contains(&it))
        };
        !(is_container && is_kept && it.class.is_none() && it.rows.iter().all(is_told))
    });
}

/// What stands in the registries that the run has seen filled, for loops over them.
fn filled(registries: &[Registry], analysis: &Analysis) -> Filled {
    let rows = |registry: &Registry| {
        let alive = registry
            .rows
            .iter()
            .filter(|it| it.state == RowState::Alive);
        let each = alive.map(|row| {
            let path = match &row.leads {
                Leads::Class(class) => analysis.class(*class).path().to_string(),
                Leads::Named { path, .. } => path.clone(),
                Leads::Text(_) => return None,
            };
            let key = match &row.key {
                Some(key) => {
                    // The repr of a plain text.
                    let inner = key.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
                    Some(inner.filter(|it| !it.contains('\\'))?.to_owned())
                }
                None => None,
            };
            Some((key, path))
        });
        each.collect::<Option<Vec<_>>>()
    };
    let named = |it: &Registry| match &it.doubt {
        None => it.name.clone(),
        // For the one that the doubt is about.
        Some(doubt) => format!("{} {doubt}", it.name),
    };
    let known = registries.iter();
    known
        .filter_map(|it| Some((named(it), rows(it)?)))
        .collect()
}

/// Which frameworks a project uses: itself, by a program that it writes plugins for, or by another framework whose objects it is given.
fn used(
    frameworks: &[Framework],
    hosts: &[Vec<Name>],
    modules: &Modules<'_>,
    project: &[Rc<File>],
) -> Vec<bool> {
    let own = frameworks.iter().zip(hosts);
    let own = own.map(|(it, hosts)| !hosts.is_empty() || is_used(it, modules, project));
    let own: Vec<bool> = own.collect();
    let is_given = |framework: &Framework| {
        let used = frameworks.iter().zip(&own).filter(|it| *it.1);
        let mut made = used.flat_map(|it| &it.0.makes);
        made.any(|it| top(&it.is) == framework.module)
    };
    let all = frameworks.iter().zip(&own);
    all.map(|(framework, own)| *own || is_given(framework))
        .collect()
}

/// Whether a file of the project has a word of a framework, or a name that the framework looks for, or settings say how it is started.
fn is_used(framework: &Framework, modules: &Modules<'_>, project: &[Rc<File>]) -> bool {
    let words = match &framework.words[..] {
        [] => std::slice::from_ref(&framework.module),
        words => words,
    };
    // The framework itself is no program that uses it.
    let has = |file: &Rc<File>| words.iter().any(|it| file.text.contains(it.as_str()));
    let named = |file: &Rc<File>| {
        let name = file.path.file_name().unwrap_or_default();
        let mut files = framework.load.iter().flat_map(|it| &it.files);
        files.any(|it| name == it.as_str())
    };
    let folder = &modules.ground.project.path;
    let options = framework.load.iter().filter_map(|it| it.option.as_ref());
    let is_set = |option: &CommandOption| {
        let mut files = option.files.iter();
        files.any(|(file, section)| setting(&folder.join(file), section, &option.key).is_some())
    };
    let declared = modules.ground.analysis.entry_points.iter();
    let mut groups = framework.load.iter().flat_map(|it| &it.entry_points);
    project.iter().any(|it| has(it) || named(it))
        || options.into_iter().any(is_set)
        || groups.any(|group| {
            declared
                .clone()
                .any(|it| it.is_project && it.group == *group)
        })
}

/// Words of code that imports modules by names which are made up when it runs.
const BY_NAME: [&str; 7] = [
    "import_module",
    "__import__",
    "iter_modules",
    "walk_packages",
    "load_module",
    "find_spec",
    "autodiscover",
];

/// Whether a text calls one of these functions with anything but a name that is written out.
fn imports_by_name(text: &str) -> bool {
    BY_NAME.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let is_part = |it: char| it.is_alphanumeric() || it == '_';
            let rest = text[at + word.len()..].strip_prefix('(');
            let given = rest.and_then(|it| it.trim_start().chars().next());
            !before.is_some_and(is_part) && given.is_some_and(|it| !matches!(it, '"' | '\'' | ')'))
        })
    })
}

/// Marks what registers itself in code that nothing imports: the registry stands in another module, and is not filled from there.
fn mark_never_imported(
    registries: &mut [Registry],
    (modules, run, project): (&Modules<'_>, &AtRest<'_, '_>, &[Rc<File>]),
    loaded: &FxHashSet<Name>,
    reached: &FxHashSet<&str>,
) {
    // Where a module imports others by names that are made up when it runs, that may be any of them.
    let by_name = project.iter().find(|it| imports_by_name(&it.text));
    let mut imported: FxHashSet<&str> = loaded.iter().map(Name::as_str).collect();
    for (importer, name) in run.imported() {
        if importer != name {
            let ends = name.match_indices('.').map(|(at, _)| at);
            imported.extend(ends.map(|at| &name[..at]));
            imported.insert(name);
        }
    }
    let analysis = modules.ground.analysis;
    for entry in &analysis.entry_points {
        imported.insert(entry_points::value_parts(&entry.value).0);
    }
    let is_reached = |file: &File| imported.contains(file.name.as_str()) || is_started(file);
    // Where nothing else can be started, the one module that nothing imports is the program.
    let mut unreached = project.iter().filter(|it| !is_reached(it));
    let declared = analysis.entry_points.iter();
    let mut programs = declared.filter(|it| it.is_project && it.group.ends_with("_scripts"));
    let program = match (unreached.next(), unreached.next(), programs.next()) {
        (Some(only), None, None) if !project.iter().any(|it| is_started(it)) => Some(only),
        _ => None,
    };
    let by_path: rustc_hash::FxHashMap<&str, &Rc<File>> =
        project.iter().map(|it| (it.shown.as_str(), it)).collect();
    let file_of = |spot: &Option<Spotted>| match spot {
        Some(Spotted::Source(place)) => {
            let shown = analysis.file(place.file).shown.as_str();
            by_path.get(shown).copied()
        }
        _ => None,
    };
    let mut named: rustc_hash::FxHashMap<Name, bool> = rustc_hash::FxHashMap::default();
    for registry in registries {
        if registry.kind == RegistryKind::EntryPoints {
            continue;
        }
        let own = match (&registry.at, registry.class) {
            (Some(_), _) => file_of(&registry.at),
            (None, Some(class)) => {
                let place = analysis.class(class).place();
                file_of(&place.map(Spotted::Source))
            }
            (None, None) => None,
        };
        // What a framework comes by on its way is a module that something imports, or names in a text.
        let by_framework = reached.contains(registry.name.as_str());
        let mut is_named = |file: &File| {
            let known = named.entry(file.name.clone());
            *known.or_insert_with(|| is_named_in_a_text(file, project))
        };
        if own.is_none() && !by_framework {
            continue;
        }
        for row in &mut registry.rows {
            let place = match (&row.at, &row.leads) {
                (None, Leads::Class(class)) => analysis.class(*class).place().map(Spotted::Source),
                (at, _) => at.clone(),
            };
            if row.state == RowState::Alive
                && let Some(file) = file_of(&place)
                && own.is_none_or(|it| it.name != file.name)
                && !is_reached(file)
                && !(own.is_none() && program.is_some_and(|it| it.name == file.name))
                && (own.is_some() && by_name.is_none() || !is_named(file))
            {
                row.state = match by_name {
                    Some(by) => RowState::Unknown(format!(
                        "imported, if at all, by a name made up when it runs: {}",
                        by.shown
                    )),
                    None => RowState::NeverImported(format!("no module imports {}", file.shown)),
                };
            }
        }
    }
}

/// Whether a module is made to be started.
fn is_started(file: &File) -> bool {
    let last = file.name.rsplit('.').next().unwrap_or_default();
    last == "__main__" || is_program(file)
}

/// Whether another file of the project has the name of a module in it, or the last part of it at the end of a text.
fn is_named_in_a_text(file: &File, project: &[Rc<File>]) -> bool {
    let last = file.name.rsplit('.').next().unwrap_or_default();
    let ends = ['"', '\''].map(|quote| format!(".{last}{quote}"));
    project.iter().any(|it| {
        let has = |text: &str| it.text.contains(text);
        it.name != file.name && (has(file.name.as_str()) || ends.iter().any(|end| has(end)))
    })
}
