//! `mroscope verify`: our answers held against those of the project's own interpreter, which is started for it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};

use crate::analysis::{Analysis, ClassRef};
use crate::cli::args::VerifyArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::{Session, class as class_of};
use crate::cli::{interrupt, json as neutral, paint};
use crate::error::{Error, Kind};
use crate::evaluate::not_imported;
use crate::semantics::{ClassPath, Standing};
use crate::view;
use crate::witness::{
    Comparison, Disagreement, Failure, Greeting, Limits, Question, Testimony, Unasked, ask, compare,
};

/// Imports the project's modules, compares every class, and prints the score; a disagreement is told by the exit code.
pub(super) fn verify(
    session: &mut Session<'_>,
    arguments: &VerifyArguments,
) -> Result<Ending, Stop> {
    let (path, targets) = divided(arguments)?;
    let near = path.clone().unwrap_or_else(|| PathBuf::from("."));
    let asking = session.interpreter(&near)?;
    let analysis = match (&path, targets.first()) {
        (None, Some(target)) => session.load_for(None, target)?,
        _ => session.load(&near)?,
    };
    let wanted: Vec<Wanted> = targets
        .iter()
        .map(|target| wanted(&analysis, target))
        .collect::<Result<_, _>>()?;
    let scope = |module: &str, qualname: &str| {
        wanted.is_empty() || wanted.iter().any(|it| it.holds(module, qualname))
    };
    let is_asked = |module: &str| wanted.is_empty() || wanted.iter().any(|it| it.needs(module));
    let project = session.discover(&analysis.world.root)?;
    let (run_only, modules): (Vec<String>, Vec<String>) = project
        .files
        .iter()
        .map(|file| file.module.to_string())
        .filter(|module| is_asked(module))
        .partition(|module| module.rsplit('.').next() == Some("__main__"));
    let files: FxHashMap<&str, &Path> = project
        .files
        .iter()
        .map(|file| (file.module.as_str(), &*file.path))
        .collect();
    let changing = changing_modules(&analysis);
    // Whoever names one wants it.
    let (of_tools, modules): (Vec<String>, Vec<String>) = modules.into_iter().partition(|module| {
        let file = files.get(module.as_str());
        let is_of_tool = file.is_some_and(|file| is_run_by_a_tool(file))
            || changing.contains(&not_imported(module));
        is_of_tool && !targets.contains(&module.as_str())
    });
    let question = Question {
        paths: project.paths,
        files: project
            .files
            .iter()
            .map(|file| (file.module.to_string(), file.path.clone()))
            .collect(),
        modules,
        setup: setup(arguments.setup.as_deref())?,
        describe: None,
    };
    let limits = Limits {
        module: Duration::from_secs(arguments.limits.module_timeout),
        total: Duration::from_secs(arguments.limits.timeout),
        ..Limits::default()
    };
    let interrupted: Arc<AtomicBool> = interrupt::watch();
    let total = question.modules.len();
    let mut telling = session.streams.progress();
    let testimony = ask(&asking, &question, &limits, &interrupted, &mut |imported| {
        telling.say(&format!("imported {imported} of {total} modules"));
    });
    telling.clear();
    interrupt::unwatch(&interrupted);
    let mut testimony = testimony.map_err(Error::from)?;
    same_python(&analysis, &testimony.greeting)?;
    for module in run_only {
        testimony.failed.insert(module, Failure::NotImported);
    }
    for module in of_tools {
        let is_imported = testimony.imported.iter().any(|it| it.0 == module);
        if !is_imported {
            testimony.failed.insert(module, Failure::OfTool);
        }
    }
    elsewhere(&question, &mut testimony);
    let compared = compare(&analysis, testimony, &scope);
    if arguments.json {
        session.streams.line(&as_json(&compared).to_string())?;
    } else {
        paint::page(session.streams, &session.styles, &view::verify(&compared))?;
    }
    Ok(if compared.differences.is_empty() {
        Ending::Done
    } else {
        Ending::Found
    })
}

/// What the classes rest on whose bases another module sets that is not imported with them.
fn changing_modules(analysis: &Analysis) -> FxHashSet<String> {
    let classes = analysis.project_classes();
    let assumptions = classes.filter_map(|it| match it.standing() {
        Standing::Assumed(all) => Some(all.iter().map(|it| it.what.clone())),
        Standing::Exact => None,
    });
    assumptions.flatten().collect()
}

/// Whether a file is run by setuptools or by pytest, and imported by nobody else: a `setup.py` that is no module of a package, a `conftest.py`.
fn is_run_by_a_tool(file: &Path) -> bool {
    let is_in_package = file.with_file_name("__init__.py").exists();
    match file.file_name().and_then(|it| it.to_str()) {
        Some("conftest.py") => true,
        Some("setup.py") => !is_in_package,
        _ => false,
    }
}

/// What stands on the command line: the project's path, if it is there, and what of the project is asked about.
fn divided(arguments: &VerifyArguments) -> Result<(Option<PathBuf>, Vec<&str>), Error> {
    let mut path = arguments.path.clone();
    let mut targets = vec![];
    for target in &arguments.targets {
        let is_path =
            Path::new(target).exists() || (target.contains(['/', '\\']) && !target.contains(':'));
        if !is_path {
            targets.push(target.as_str());
        } else if let Some(first) = &path {
            return Err(Error::new(
                Kind::Usage,
                format!("`{}` and `{target}` are two projects", first.display()),
            )
            .hint("name one path; modules and classes of it may be several"));
        } else {
            path = Some(PathBuf::from(target));
        }
    }
    Ok((path, targets))
}

/// A part of a project.
enum Wanted {
    /// A module, or a package and all below it.
    Module(String),
    /// A class and those nested in it.
    Class(ClassPath),
}

impl Wanted {
    fn holds(&self, module: &str, qualname: &str) -> bool {
        let below = |name: &str, of: &str| {
            name == of
                || name
                    .strip_prefix(of)
                    .is_some_and(|rest| rest.starts_with('.'))
        };
        match self {
            Self::Module(name) => below(module, name),
            Self::Class(path) => path.module == module && below(qualname, &path.qualname),
        }
    }

    /// Whether a module has to be imported for it.
    fn needs(&self, module: &str) -> bool {
        match self {
            Self::Module(_) => self.holds(module, ""),
            Self::Class(path) => path.module == module,
        }
    }
}

fn wanted(analysis: &Analysis, target: &str) -> Result<Wanted, Error> {
    let is_module = analysis.project_modules().any(|it| it.name == target);
    if is_module {
        return Ok(Wanted::Module(target.to_owned()));
    }
    class_of(analysis, target)
        .map(|class: ClassRef<'_>| Wanted::Class(class.path().clone()))
        .map_err(|error| match error.hint {
            Some(_) => error,
            None => error.hint("name a path, or a module or a class of the project"),
        })
}

/// The file to run before the imports, by its whole path.
pub(super) fn setup(file: Option<&Path>) -> Result<Option<PathBuf>, Error> {
    let Some(file) = file else { return Ok(None) };
    if !file.is_file() {
        return Err(Error::new(
            Kind::Usage,
            format!("there is no set-up file `{}`", file.display()),
        )
        .hint("name a Python file that is to be run before the imports"));
    }
    Ok(Some(
        std::path::absolute(file).unwrap_or_else(|_| file.to_owned()),
    ))
}

/// Answers for one Python cannot be held against another.
pub(super) fn same_python(analysis: &Analysis, theirs: &Greeting) -> Result<(), Error> {
    let version = theirs
        .version
        .rsplit_once('.')
        .map_or("", |(minor, _)| minor);
    if version != analysis.world.python {
        return Err(Error::new(
            Kind::Usage,
            format!(
                "the interpreter is Python {}, the answers are for {}",
                theirs.version, analysis.world.python
            ),
        )
        .hint("leave out --python-version, or name another interpreter with --python"));
    }
    if theirs.platform != analysis.world.platform {
        return Err(Error::new(
            Kind::Usage,
            format!(
                "the interpreter runs on {}, the answers are for {}",
                theirs.platform, analysis.world.platform
            ),
        )
        .hint(format!("ask for --platform {}", theirs.platform)));
    }
    Ok(())
}

/// Modules for which Python found another file than we did. A compiled file beside the source is the same module.
fn elsewhere(question: &Question, testimony: &mut Testimony) {
    for (module, file) in &testimony.imported {
        let (Some(file), Some((_, ours))) = (
            file.as_deref().map(Path::new),
            question.files.iter().find(|(name, _)| name == module),
        ) else {
            continue;
        };
        let is_same =
            file == ours || session_resolved(file.parent()) == session_resolved(ours.parent());
        if !is_same {
            testimony.failed.insert(
                module.clone(),
                Failure::Elsewhere {
                    file: file.display().to_string(),
                },
            );
        }
    }
    let failed = &testimony.failed;
    testimony
        .imported
        .retain(|(module, _)| !failed.contains_key(module));
}

fn session_resolved(folder: Option<&Path>) -> Option<PathBuf> {
    folder.map(crate::source::resolved)
}

/// The same as the page, with every class; `docs/json.md` describes it.
fn as_json(compared: &Comparison<'_>) -> Value {
    let differences: Vec<Value> = compared
        .differences
        .iter()
        .map(|difference| {
            let mut said = placed(difference.class);
            let (about, ours, theirs) = match &difference.about {
                Disagreement::Mro { ours, theirs } => ("mro", json!(ours), json!(theirs)),
                Disagreement::Metaclass { ours, theirs } => {
                    ("metaclass", json!(ours), json!(theirs))
                }
                Disagreement::Raises { ours, theirs } => {
                    let raised = |it: &Option<(String, String)>| {
                        it.as_ref().map_or(
                            Value::Null,
                            |(kind, message)| json!({"exc": kind, "msg": message}),
                        )
                    };
                    ("raises", raised(ours), raised(theirs))
                }
            };
            said["about"] = json!(about);
            said["mroscope"] = ours;
            said["python"] = theirs;
            said
        })
        .collect();
    let failed: Vec<Value> = compared
        .failed
        .iter()
        .map(|(module, why)| json!({"module": module, "why": kind(why), "message": view::failure(why)}))
        .collect();
    let not_asked: Vec<Value> = compared
        .unasked
        .iter()
        .map(|&(class, why)| {
            let mut said = placed(class);
            said["why"] = json!(match why {
                Unasked::NotImported => "not_imported",
                Unasked::Local => "local",
                Unasked::Assumed => "assumed",
                Unasked::NotThere => "not_there",
            });
            said
        })
        .collect();
    json!({
        "python": compared.version,
        "modules": compared.modules.0,
        "imported": compared.modules.1,
        "classes": compared.asked(),
        "equal": compared.equal,
        "equal_assumed": compared.equal_assumed,
        "equal_raises": compared.equal_raises,
        "different": differences,
        "incomplete": compared.incomplete.iter().map(|&class| placed(class)).collect::<Vec<_>>(),
        "missing": compared.missing,
        "not_told_apart": compared.untold,
        "not_asked": not_asked,
        "not_imported": failed,
    })
}

fn placed(class: ClassRef<'_>) -> Value {
    let mut said = json!({"id": neutral::id(class)});
    if let Some(place) = class.place() {
        let file = class.analysis().file(place.file);
        said["file"] = json!(file.shown);
        said["line"] = json!(file.line(place.start));
    }
    said
}

/// Why a module was not imported, in a word that stays the same, for programs.
fn kind(why: &Failure) -> &'static str {
    match why {
        Failure::Raised(_) => "raised",
        Failure::Hung { .. } => "hung",
        Failure::Ended { .. } => "ended",
        Failure::NotReached => "not_reached",
        Failure::NotImported => "not_importable",
        Failure::OfTool => "of_a_tool",
        Failure::Elsewhere { .. } => "elsewhere",
    }
}
