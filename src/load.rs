//! The whole pipeline in one short function: a path → `Analysis`.
//!
//! Files are read and parsed side by side while the run that needs them is on its way (`ahead`): who needs a file first reads it.

mod ahead;
mod ask;
mod declared;
mod mends;
mod operate;
mod stage;
mod trial;
mod variables;

pub use ask::{Compared, Query, Reply, atlas_of, reply, tried};
pub use mends::{Explanation, Fates, Mended, explained, fates};
pub use operate::{NotOperated, Operated, operated};
pub use stage::Tried;
pub use trial::Trials;

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::Name;
use crate::analysis::{
    Analysis, EntryPoint, Module, ModuleOrigin, Problem, ProblemKind, WorldSummary,
};
use crate::cpython::{Facts, Snapshot};
use crate::evaluate::{
    self, AtRest, Failure, Library, Limits, NamedByUrl, Outcome, Own, RunModule, Sheets, Variable,
    World,
};
use crate::plugins::{named_by_url, watched};
use crate::source::{
    DiscoverError, Environment, EnvironmentError, EnvironmentWish, Finder, Owner, Project,
    PythonVersion, Trouble, discover,
};

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
    /// What the environment's interpreter has said of its compiled modules.
    pub snapshot: Option<Arc<Snapshot>>,
    /// How much of a value is shown; as much as `reprlib.repr` shows where nothing is said.
    pub limits: Limits,
    /// What an earlier load has left, from which this one goes on.
    pub earlier: Option<Arc<Earlier>>,
}

/// What a load leaves for the next one of the same path.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// A file that holds the same text is not parsed again.
    sheets: Arc<Sheets>,
    /// The files: they are taken to be the same until they have been looked for again.
    project: Project,
    environment: Environment,
}

/// Who hears what a load finds on its way.
#[derive(Clone, Copy)]
pub struct Following<'a> {
    /// Is told of the files before any is read.
    pub found: &'a (dyn Fn(&Project) + Sync),
    /// A module that somebody waits for, and who is told what comes of it and of what it imports before the rest is there. What modules that
    /// import it do to it is not in that. Nothing is told where there was no load before.
    pub first: First<'a>,
    /// Whether the load is not wanted any more: it ends soon after that.
    pub is_stopped: &'a (dyn Fn() -> bool + Sync),
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
    /// Nobody wants it any more.
    #[error("the load was stopped")]
    Stopped,
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
    /// All are read; modules are still run on paper.
    Running {
        /// How many files the run has come to.
        done: usize,
    },
}

/// How many files the run opens between two words on how far it is.
const A_WORD_EVERY: usize = 8;

/// Stack for the threads that walk trees: a deep program costs virtual memory, never a crash.
const STACK: usize = 512 << 20;

/// Loads a project: finds its files, parses them side by side, runs its modules on paper.
pub fn load(request: &Request, tell: &(dyn Fn(Progress) + Sync)) -> Result<Analysis, LoadError> {
    load_then(request, tell, |analysis, _| analysis)
}

/// Loads a project, and hands on what came of it together with the run, which stays as long as that takes and answers questions.
///
/// ```no_run
/// # use mroscope::{evaluate::Question, load::{Request, load_then}};
/// let answer = load_then(&Request::default(), &|_| (), |analysis, run| {
///     let class = analysis.project_classes().next()?.id();
///     Some(run.answer(&Question::Lookup { class, name: "save".into() }))
/// });
/// ```
pub fn load_then<T: Send>(
    request: &Request,
    tell: &(dyn Fn(Progress) + Sync),
    then: impl FnOnce(Analysis, &mut AtRest<'_, '_>) -> T + Send,
) -> Result<T, LoadError> {
    load_trying(request, tell, |analysis, run, _| then(analysis, run))
}

/// The same, with what can run the project anew.
pub fn load_trying<T: Send>(
    request: &Request,
    tell: &(dyn Fn(Progress) + Sync),
    then: impl FnOnce(Analysis, &mut AtRest<'_, '_>, &Trials<'_>) -> T + Send,
) -> Result<T, LoadError> {
    load_following(request, Following::NOBODY, tell, then)
}

/// The same; `found` is told of the project's files before any of them is read, unless they are those that the earlier load had.
pub fn load_following<T: Send>(
    request: &Request,
    following: Following<'_>,
    tell: &(dyn Fn(Progress) + Sync),
    then: impl FnOnce(Analysis, &mut AtRest<'_, '_>, &Trials<'_>) -> T + Send,
) -> Result<T, LoadError> {
    let environment = Environment::find(&request.path, &request.environment)?;
    let version = version_for(request.version, &environment)?;
    let mut then = Some(then);
    let earlier = request.earlier.as_deref();
    let earlier = earlier.filter(|it| it.environment == environment);
    let discovered = OnceLock::new();
    let look = || discovered.get_or_init(|| discover(&request.path, &environment));
    if let (Some(earlier), Some(facts)) = (earlier, Facts::of(version)) {
        // Files seldom come or go: those that were there are run while it is looked whether they still are the project.
        let project = &earlier.project;
        let is_same = || look().as_ref().is_ok_and(|it| it == project);
        let done = std::thread::scope(|scope| {
            // Where there is no thread for it, whoever asks looks.
            let _ = std::thread::Builder::new().spawn_scoped(scope, look);
            ran(
                request,
                (&environment, facts),
                (project, &is_same),
                (tell, following),
                &mut then,
            )
        })?;
        if let Some(done) = done {
            return Ok(done);
        }
        if (following.is_stopped)() {
            return Err(LoadError::Stopped);
        }
    }
    let (facts, _) = rayon::join(|| Facts::of(version), look);
    let facts = facts.ok_or(LoadError::Version { asked: version })?;
    let project = look().clone()?;
    (following.found)(&project);
    let done = ran(
        request,
        (&environment, facts),
        (&project, &|| true),
        (
            tell,
            Following {
                first: None,
                ..following
            },
        ),
        &mut then,
    )?;
    match done {
        None if (following.is_stopped)() => Err(LoadError::Stopped),
        done => done.ok_or_else(never_ran),
    }
}

/// A run whose files are the project's is handed on.
fn never_ran() -> LoadError {
    LoadError::Lost(String::from("the run was not handed on"))
}

/// Loads no project: the interpreter's own classes, and a run that answers questions about them.
pub fn load_interpreter_then<T: Send>(
    request: &Request,
    then: impl FnOnce(Analysis, &mut AtRest<'_, '_>) -> T + Send,
) -> Result<T, LoadError> {
    let mut environment = Environment::find(&request.path, &request.environment)?;
    // What starts up with an environment changes nothing of these.
    environment.start_up.clear();
    let version = version_for(request.version, &environment)?;
    let facts = Facts::of(version).ok_or(LoadError::Version { asked: version })?;
    let nothing = Project {
        name: String::new(),
        path: PathBuf::new(),
        roots: vec![],
        files: vec![],
        troubles: vec![],
    };
    let done = ran(
        request,
        (&environment, facts),
        (&nothing, &|| true),
        (&|_| (), Following::NOBODY),
        &mut Some(|analysis, run: &mut AtRest<'_, '_>, _: &Trials<'_>| then(analysis, run)),
    )?;
    done.ok_or_else(never_ran)
}

impl Following<'_> {
    /// Nobody hears of it, or wants anything before the rest.
    pub const NOBODY: Self = Self {
        found: &|_| (),
        first: None,
        is_stopped: &|| false,
    };
}

/// What somebody waits for, as [`Following`] has it.
pub type First<'a> = Option<(&'a Name, &'a (dyn Fn(Analysis) + Sync))>;

/// Runs the files of a project, and hands on what came of it, unless it turns out that these are not the files: then nothing is.
fn ran<T: Send>(
    request: &Request,
    (environment, facts): (&Environment, Arc<Facts>),
    (project, is_same): (&Project, &(dyn Fn() -> bool + Sync)),
    (tell, following): (&(dyn Fn(Progress) + Sync), Following<'_>),
    then: &mut Option<impl FnOnce(Analysis, &mut AtRest<'_, '_>, &Trials<'_>) -> T + Send>,
) -> Result<Option<T>, LoadError> {
    // Of another version than asked for it says nothing.
    let version = facts.version();
    let facts = match &request.snapshot {
        Some(snapshot) if snapshot.version() == version => Arc::new(facts.with(snapshot)),
        _ => facts,
    };
    let earlier = request.earlier.as_deref().map(|it| &*it.sheets);
    let sheets = match earlier.filter(|it| it.version() == version) {
        Some(earlier) => Sheets::after(earlier),
        None => Sheets::new(version),
    };
    let sheets = Arc::new(sheets);
    let declared = declared::entry_points(project, environment, &sheets);
    let named = named_by_url(&declared);
    let plugins = declared::fixture_plugins(&declared);
    let own = Own::of(&project.files);
    let variables = variables::set_by_programs(project, &own, &sheets);
    let said = (facts, named, plugins, variables);
    let world = world(request, environment, project, version, said);
    let trials = Trials {
        request,
        world: &world,
        sheets: &sheets,
        project,
        environment,
    };
    let are_read = AtomicBool::new(false);
    let ahead = |progress| {
        are_read.fetch_or(matches!(progress, Progress::Running { .. }), Relaxed);
        tell(progress);
    };
    let opened = |done: usize| {
        if done.is_multiple_of(A_WORD_EVERY) && are_read.load(Relaxed) {
            tell(Progress::Running { done });
        }
        if (following.is_stopped)() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    let run = || {
        let mut library = Library::telling(&sheets, &opened);
        let names: Vec<Name> = project.files.iter().map(|it| it.module.clone()).collect();
        let (outcome, mut run) = evaluate::run(&world, &mut library, &names);
        if (following.is_stopped)() {
            return None;
        }
        // A file that no import reaches is looked at all the same.
        let library = run.library(|library| {
            for file in &project.files {
                library.open(&file.path, || file.shown.clone());
            }
        });
        let mut analysis = gathered(outcome, library, project, environment, &world, declared);
        let dead = declared::dead(&analysis.entry_points, &mut run, &world);
        analysis.problems.extend(dead);
        let problems = &mut analysis.problems;
        problems.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
        if !is_same() {
            return None;
        }
        let then = then.take()?;
        Some(then(analysis, &mut run, &trials))
    };
    std::thread::scope(|scope| {
        if let Some((module, tell)) = following.first {
            let look = || match trials.run_first(module) {
                Some(analysis) if is_same() => tell(analysis),
                _ => {}
            };
            // Where there is no thread for it, all comes at once.
            let thread = std::thread::Builder::new().name(String::from("first"));
            let _ = thread.stack_size(STACK).spawn_scoped(scope, look);
        }
        ahead::with_reading(&sheets, project, &world, &ahead, run)
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

/// What the files of a project and of its environment say of the world: the interpreter's table, what URLs name, which plugins give fixtures,
/// which environment variables programs set.
type Said = (
    Arc<Facts>,
    Vec<NamedByUrl>,
    Vec<Name>,
    FxHashMap<String, Variable>,
);

fn world(
    request: &Request,
    environment: &Environment,
    project: &Project,
    version: PythonVersion,
    (facts, named_by_url, fixture_plugins, variables): Said,
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
        own: Own::of(&project.files),
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
        start_up: environment.start_up.clone(),
        is_complete: environment.root.is_some(),
        limits: request.limits.clone(),
        named_by_url,
        watched: watched(),
        variables,
        fixture_plugins,
    }
}

/// Gathers what the run left, and what stands beside it, into the analysis.
fn gathered(
    outcome: Outcome,
    library: &Library<'_>,
    project: &Project,
    environment: &Environment,
    world: &World,
    declared: Vec<EntryPoint>,
) -> Analysis {
    let modules = outcome
        .modules
        .into_iter()
        .map(|module| as_module(module, world))
        .collect();
    let mut problems: Vec<Problem> = vec![];
    for trouble in &project.troubles {
        problems.push(Problem {
            kind: kind(trouble.kind),
            path: trouble.shown.clone(),
            line: None,
            message: trouble.message.clone(),
            file: None,
            location: Some(trouble.path.clone()),
        });
    }
    for failure in library.failures() {
        let Failure {
            shown: path,
            path: location,
            error,
        } = failure;
        if world.own.has_file(location) {
            problems.push(Problem {
                kind: kind(error.kind),
                path: path.clone(),
                line: error.line,
                message: error.message.clone(),
                file: None,
                location: Some(location.clone()),
            });
        }
    }
    let files = library.files();
    for (index, (file, syntax)) in files.iter().zip(library.syntaxes()).enumerate() {
        // One message a file: the first is the one CPython stops at.
        if let Some(error) = syntax
            .errors
            .first()
            .filter(|_| world.own.has_file(&file.path))
        {
            problems.push(Problem {
                kind: ProblemKind::Syntax,
                path: file.shown.clone(),
                line: Some(file.line(error.at)),
                message: error.message.clone(),
                file: Some(crate::source::FileId::at(index)),
                location: None,
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
        limits: world.limits.clone(),
    };
    let files = files.to_vec();
    Analysis::new(summary, files, modules, outcome.classes, problems, declared)
}

fn kind(trouble: Trouble) -> ProblemKind {
    match trouble {
        Trouble::Unreadable => ProblemKind::Unreadable,
        Trouble::Hidden => ProblemKind::Hidden,
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
        no_classes: module.no_classes,
        names: module.names,
        modules: module.modules,
    }
}
