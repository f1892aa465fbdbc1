//! The entry points of a project and of its environment, and which of the project's own lead nowhere.

use crate::Name;
use crate::analysis::{EntryPoint, Problem, ProblemKind};
use crate::evaluate::{AtRest, Led, Sheets, World};
use crate::plugins::{literal_entry_points, value_parts};
use crate::source::{Distribution, Environment, Located, Owner, Project, is_standard_library};

/// The group of entry points whose modules are loaded before any test (`_pytest.config.Config._preparse`).
const FIXTURE_PLUGINS: &str = "pytest11";

/// The modules of plugins that give fixtures to tests, as the tests' runner loads them by itself.
pub(super) fn fixture_plugins(declared: &[EntryPoint]) -> Vec<Name> {
    let all = declared.iter().filter(|it| it.group == FIXTURE_PLUGINS);
    let modules = all.map(|it| Name::from(value_parts(&it.value).0));
    modules.collect()
}

/// Entry points of the project itself and of what is installed, in the order in which Python finds the distributions.
pub(super) fn entry_points(
    project: &Project,
    environment: &Environment,
    sheets: &Sheets,
) -> Vec<EntryPoint> {
    let mut distributions = project.distributions(environment);
    let mut own: Vec<Distribution> = vec![];
    let folders = project.roots.iter();
    let mut folders: Vec<_> = folders
        .filter(|root| root.owner == Owner::Project)
        .map(|root| root.path.clone())
        .collect();
    if !folders.contains(&project.path) {
        folders.push(project.path.clone());
        let found = Distribution::declared_in(&project.path).into_iter();
        let found = found.filter(|it| !it.entry_points.is_empty());
        own.extend(found);
        // What is installed is read for those alone.
        if !own.is_empty() {
            let installed = environment.distributions();
            for it in &mut own {
                it.stand_as(&installed);
            }
        }
    }
    for folder in folders {
        let path = folder.join("setup.py");
        let is_file = project.files.iter().any(|it| it.path == path);
        if let Some(entry_points) = is_file
            .then(|| literal_entry_points(sheets, &path))
            .flatten()
        {
            let named = folder.file_name().unwrap_or_default().to_string_lossy();
            own.push(Distribution {
                listed: 0,
                name: named.into_owned(),
                version: String::new(),
                entry_points,
                path,
                installed: None,
            });
        }
    }
    own.append(&mut distributions);
    let mut found: Vec<EntryPoint> = vec![];
    for distribution in own {
        let shown = distribution.path.strip_prefix(&project.path);
        let is_project = distribution.path.parent().is_some_and(|folder| {
            let is_root =
                |it: &crate::source::SearchPath| it.owner == Owner::Project && it.path == folder;
            folder == project.path || project.roots.iter().any(is_root)
        }) && distribution.path.is_file();
        let around = distribution.installed.as_ref();
        let around = around.unwrap_or(&distribution.path).parent();
        let installed = environment.site_packages.iter().chain(&environment.linked);
        let folder = installed
            .clone()
            .position(|it| Some(it.as_path()) == around);
        let folder = folder.map_or(0, |it| it + 1);
        let mut path = shown
            .unwrap_or(&distribution.path)
            .to_string_lossy()
            .into_owned();
        let installed = environment.site_packages.iter();
        let mut installed = installed.filter_map(|it| distribution.path.strip_prefix(it).ok());
        if let Some(inside) = installed.next() {
            path = inside
                .join("entry_points.txt")
                .to_string_lossy()
                .into_owned();
        }
        for it in distribution.entry_points {
            let entry = EntryPoint {
                group: it.group,
                name: it.name,
                value: it.value,
                distribution: distribution.name.clone(),
                path: path.clone(),
                line: it.line,
                is_project,
                folder,
                listed: distribution.listed,
            };
            // What `setup.py` and `setup.cfg` both say counts once.
            let same = |known: &EntryPoint| {
                known.is_project
                    && is_project
                    && (&known.group, &known.name, &known.value)
                        == (&entry.group, &entry.name, &entry.value)
            };
            if !found.iter().any(same) {
                found.push(entry);
            }
        }
    }
    found
}

/// The entry points of the project that lead nowhere, each as a problem of the file that declares it.
pub(super) fn dead(
    entry_points: &[EntryPoint],
    run: &mut AtRest<'_, '_>,
    world: &World,
) -> Vec<Problem> {
    let own = entry_points.iter().filter(|it| it.is_project);
    own.filter_map(|entry| {
        let (module, qualname) = value_parts(&entry.value);
        let why = match run.led(module, qualname) {
            Led::Raises(error) => match error.message {
                Some(message) => format!("{}: {message}", error.kind),
                None => error.kind.to_string(),
            },
            Led::NotRun => format!("ModuleNotFoundError: {}", missing(world, module)?),
            _ => return None,
        };
        Some(Problem {
            kind: ProblemKind::EntryPoint,
            path: entry.path.clone(),
            line: entry.line,
            message: format!(
                "`{} = {}` of {}: {why}",
                entry.name, entry.value, entry.group
            ),
            file: None,
            location: None,
        })
    })
    .collect()
}

/// What CPython says of a module that is not there (`importlib._bootstrap._find_and_load_unlocked`); none where it is there, or where that
/// cannot be known.
fn missing(world: &World, module: &str) -> Option<String> {
    let ends = module.match_indices('.').map(|(at, _)| at);
    let mut around: Option<(&str, Located)> = None;
    for end in ends.chain([module.len()]) {
        let name = &module[..end];
        let found = world
            .project
            .find(name)
            .or_else(|| world.installed.find(name));
        match (found, around) {
            (Some(located), _) => around = Some((name, located)),
            (None, Some((parent, located))) => {
                let reason = if located.is_package() {
                    String::new()
                } else {
                    format!("; '{parent}' is not a package")
                };
                return Some(format!("No module named '{name}'{reason}"));
            }
            (None, None) => {
                let is_known = world.is_complete && !is_standard_library(name);
                return is_known.then(|| format!("No module named '{name}'"));
            }
        }
    }
    None
}
