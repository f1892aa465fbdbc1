//! The whole pipeline in one short function: a path → `Analysis`.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashSet;

use crate::Name;
use crate::analysis::{
    Analysis, EntryPoint, Module, ModuleOrigin, Problem, ProblemKind, WorldSummary,
};
use crate::cpython::Facts;
use crate::evaluate::{self, Library, Parsed, RunModule, World};
use crate::source::{
    DiscoverError, Environment, EnvironmentError, EnvironmentWish, Finder, Owner, Project,
    PythonVersion, Trouble, discover,
};
use crate::syntax::{ModuleSyntax, StmtKind};

/// What to load.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The file or folder.
    pub path: PathBuf,
    /// What was said of the environment.
    pub environment: EnvironmentWish,
    /// Which Python; the environment's, else the newest known, where nothing is said.
    pub version: Option<PythonVersion>,
    /// `sys.platform`; `linux` where nothing is said.
    pub platform: Option<String>,
}

/// Why a load gives no analysis.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The path stands for no project.
    #[error(transparent)]
    Discover(#[from] DiscoverError),
    /// The environment that was asked for cannot be used.
    #[error(transparent)]
    Environment(#[from] EnvironmentError),
    /// There is no table for that version.
    #[error("Python {asked} is not known")]
    Version {
        /// What was asked for.
        asked: PythonVersion,
    },
    /// The thread that evaluates could not be started, or ended in a panic.
    #[error("the evaluation ended before its time: {0}")]
    Lost(String),
}

/// How far a load is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many files of so many are read and parsed.
    Reading {
        /// Read so far.
        done: usize,
        /// To be read.
        total: usize,
    },
    /// The modules are run on paper.
    Running,
}

/// Stack for the threads that walk trees: a deep program costs virtual memory, never a crash.
const STACK: usize = 512 << 20;

/// Loads a project: finds its files, parses them side by side, runs its modules on paper.
pub fn load(request: &Request, tell: &(dyn Fn(Progress) + Sync)) -> Result<Analysis, LoadError> {
    let environment = Environment::find(&request.path, &request.environment)?;
    let version = version_for(request.version, &environment)?;
    let facts = Facts::of(version).ok_or(LoadError::Version { asked: version })?;
    let project = discover(&request.path, &environment)?;
    let world = world(request, &environment, &project, version, facts);
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || {
                let library = read(&project, &world, tell);
                tell(Progress::Running);
                evaluated(library, &project, &environment, &world)
            })
            .map_err(|error| LoadError::Lost(error.to_string()))?
            .join()
            .map_err(|_| LoadError::Lost(String::from("a panic, which is a bug in mroscope")))
    })
}

/// The version asked for; else the environment's where it is known; else the newest.
fn version_for(
    asked: Option<PythonVersion>,
    environment: &Environment,
) -> Result<PythonVersion, LoadError> {
    let known = Facts::versions();
    match asked {
        Some(asked) if known.contains(&asked) => Ok(asked),
        Some(asked) => Err(LoadError::Version { asked }),
        None => Ok(environment
            .version
            .filter(|it| known.contains(it))
            .unwrap_or_else(Facts::newest)),
    }
}

fn world(
    request: &Request,
    environment: &Environment,
    project: &Project,
    version: PythonVersion,
    facts: Arc<Facts>,
) -> World {
    let roots = |owner: Option<Owner>| -> Vec<PathBuf> {
        project
            .search_paths(environment)
            .into_iter()
            .filter(|it| match owner {
                Some(owner) => it.owner == owner,
                None => project.roots.iter().any(|root| root.path == it.path),
            })
            .map(|it| it.path)
            .collect()
    };
    World {
        version,
        platform: request
            .platform
            .clone()
            .unwrap_or_else(|| String::from("linux")),
        facts,
        own: project.files.iter().map(|it| it.module.clone()).collect(),
        project: Finder::for_version(roots(None), Some(version)),
        installed: Finder::for_version(roots(Some(Owner::Installed)), Some(version)),
        is_standard_library: project
            .roots
            .iter()
            .any(|root| root.owner == Owner::StandardLibrary),
        project_is_installed: project
            .roots
            .iter()
            .any(|root| root.owner == Owner::Installed),
        is_complete: environment.root.is_some(),
    }
}

/// Reads and parses the project's files, then what they import of the environment, and what that imports, as far as it reaches.
fn read(project: &Project, world: &World, tell: &(dyn Fn(Progress) + Sync)) -> Library {
    let done = AtomicUsize::new(0);
    let total = project.files.len();
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build();
    let parse_all = |files: &[(PathBuf, String)]| -> Vec<Parsed> {
        let work = || {
            files
                .par_iter()
                .map(|(path, shown)| {
                    let parsed = Parsed::read(path, shown);
                    let so_far = done.fetch_add(1, Ordering::Relaxed) + 1;
                    if so_far.is_multiple_of(32) {
                        tell(Progress::Reading {
                            done: so_far,
                            total: total.max(so_far),
                        });
                    }
                    parsed
                })
                .collect()
        };
        match &pool {
            Ok(pool) => pool.install(work),
            Err(_) => work(),
        }
    };
    let mut library = Library::default();
    let own: Vec<(PathBuf, String)> = project
        .files
        .iter()
        .map(|it| (it.path.clone(), it.shown.clone()))
        .collect();
    let mut batch = parse_all(&own);
    let mut names: Vec<Name> = project.files.iter().map(|it| it.module.clone()).collect();
    let mut packages: Vec<bool> = project.files.iter().map(|it| it.package).collect();
    let mut seen: FxHashSet<Name> = names.iter().cloned().collect();
    loop {
        let mut wanted: Vec<Name> = vec![];
        for ((parsed, name), package) in batch.iter().zip(&names).zip(&packages) {
            if let Some(syntax) = parsed.syntax() {
                imports(syntax, name, *package, &mut wanted);
            }
        }
        for parsed in batch.drain(..) {
            library.add(parsed);
        }
        let mut next: Vec<(PathBuf, String)> = vec![];
        names.clear();
        packages.clear();
        for dotted in wanted {
            if world
                .facts
                .module(dotted.split('.').next().unwrap_or(""))
                .is_some()
                || !seen.insert(dotted.clone())
            {
                continue;
            }
            let Some(located) = world.installed.find(&dotted) else {
                continue;
            };
            let package = located.is_package();
            let Some(path) = located.source().filter(|path| !library.has(path)) else {
                continue;
            };
            let shown = dotted.replace('.', "/") + if package { "/__init__.py" } else { ".py" };
            next.push((path.to_path_buf(), shown));
            names.push(dotted);
            packages.push(package);
        }
        if next.is_empty() {
            return library;
        }
        batch = parse_all(&next);
    }
}

/// The absolute names of what a module's own statements import, the packages around them included.
fn imports(syntax: &ModuleSyntax, module: &str, package: bool, wanted: &mut Vec<Name>) {
    let mut blocks = vec![&*syntax.body];
    let mut add = |dotted: &str| {
        for (at, _) in dotted.match_indices('.') {
            wanted.push(Name::from(&dotted[..at]));
        }
        wanted.push(Name::from(dotted));
    };
    while let Some(block) = blocks.pop() {
        for stmt in block {
            match &stmt.kind {
                StmtKind::Import(names) => names.iter().for_each(|it| add(&it.name)),
                StmtKind::ImportFrom(from) => {
                    let mut base = String::new();
                    if from.level > 0 {
                        let up = if package { from.level - 1 } else { from.level };
                        let mut around = module;
                        for _ in 0..up {
                            around = around.rsplit_once('.').map_or("", |it| it.0);
                        }
                        base.push_str(around);
                        if !from.module.is_empty() {
                            base.push('.');
                        }
                    }
                    base.push_str(&from.module);
                    add(&base);
                    for it in &from.names {
                        if it.name != "*" {
                            add(&format!("{base}.{}", it.name));
                        }
                    }
                }
                StmtKind::If(branches) => blocks.extend(branches.iter().map(|it| &*it.1)),
                StmtKind::Try(it) => {
                    blocks.extend([&*it.body, &*it.orelse, &*it.finally]);
                    blocks.extend(it.handlers.iter().map(|it| &*it.body));
                }
                StmtKind::With(_, body) => blocks.push(body),
                _ => {}
            }
        }
    }
}

/// Runs the project's modules and gathers everything into the analysis.
fn evaluated(
    mut library: Library,
    project: &Project,
    environment: &Environment,
    world: &World,
) -> Analysis {
    let names: Vec<Name> = project.files.iter().map(|it| it.module.clone()).collect();
    let (modules, classes) = evaluate::run(world, &mut library, &names);
    let modules = modules
        .into_iter()
        .map(|module| as_module(module, world))
        .collect();
    let (files, syntax, failures) = library.into_parts();
    let shown: FxHashSet<&str> = project.files.iter().map(|it| it.shown.as_str()).collect();
    let mut problems: Vec<Problem> = vec![];
    for trouble in &project.troubles {
        problems.push(Problem {
            kind: kind(trouble.kind),
            path: trouble.shown.clone(),
            line: None,
            message: trouble.message.clone(),
            file: None,
        });
    }
    for failure in failures {
        if shown.contains(failure.shown.as_str()) {
            problems.push(Problem {
                kind: kind(failure.error.kind),
                path: failure.shown,
                line: failure.error.line,
                message: failure.error.message,
                file: None,
            });
        }
    }
    for (index, (file, syntax)) in files.iter().zip(&syntax).enumerate() {
        // One message a file: the first is the one CPython stops at.
        if let Some(error) = syntax
            .errors
            .first()
            .filter(|_| shown.contains(file.shown.as_str()))
        {
            problems.push(Problem {
                kind: ProblemKind::Syntax,
                path: file.shown.clone(),
                line: Some(file.line(error.at)),
                message: error.message.clone(),
                file: Some(crate::source::FileId(index as u32)),
            });
        }
    }
    problems.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    let summary = WorldSummary {
        project: project.name.clone(),
        root: project.path.clone(),
        python: world.version.to_string(),
        platform: world.platform.clone(),
        environment: environment.root.clone(),
    };
    let declared = entry_points(project, environment);
    Analysis::new(summary, files, modules, classes, problems, declared)
}

fn kind(trouble: Trouble) -> ProblemKind {
    match trouble {
        Trouble::Unreadable | Trouble::Hidden => ProblemKind::Unreadable,
        Trouble::Undecodable => ProblemKind::Undecodable,
    }
}

fn as_module(module: RunModule, world: &World) -> Module {
    let origin = match (module.is_project, world.is_standard_library) {
        (true, _) => ModuleOrigin::Project,
        (false, _) => ModuleOrigin::ThirdParty,
    };
    Module {
        name: module.name,
        file: module.file,
        package: module.package,
        origin,
        classes: module.classes,
        names: module.names,
    }
}

/// Entry points of the project itself and of what is installed.
fn entry_points(project: &Project, environment: &Environment) -> Vec<EntryPoint> {
    project
        .distributions(environment)
        .into_iter()
        .flat_map(|distribution| {
            let name = distribution.name;
            let path = distribution.path.to_string_lossy().into_owned();
            distribution
                .entry_points
                .into_iter()
                .map(move |it| EntryPoint {
                    group: it.group,
                    name: it.name,
                    value: it.value,
                    distribution: name.clone(),
                    path: path.clone(),
                })
        })
        .collect::<Vec<_>>()
        .into_par_iter()
        .collect()
}
