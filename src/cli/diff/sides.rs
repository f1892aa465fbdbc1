//! What `A` and `B` stand for: revisions, folders, environments or versions, by what they are and how they are written.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::Name;
use crate::cli::args::DiffArguments;
use crate::cli::diff::usage;
use crate::cli::session::{Loader, Opener};
use crate::error::Error;
use crate::source::{PythonVersion, Repository, TemporaryFolder, resolved};
use crate::view;

/// The folder for the files of revisions, shared with who removes it on Ctrl-C.
pub(super) type Folder = Arc<Mutex<Option<TemporaryFolder>>>;

/// One side.
pub(super) struct Side {
    /// What it is called.
    pub(super) label: String,
    /// What is loaded.
    pub(super) path: PathBuf,
    /// What loads it.
    pub(super) loader: Loader,
    /// The folder its revision was written to, which nobody knows.
    top: Option<PathBuf>,
    /// The module or package that was asked for by its own path.
    module: Option<Name>,
}

impl Side {
    /// An error of this side, told in words its reader knows: of the revision, not of a temporary folder.
    pub(super) fn of_this_side(&self, mut error: Error) -> Error {
        let Some(top) = &self.top else { return error };
        let top = top.display().to_string();
        let inside = (format!("{top}/"), format!("{}:", self.label));
        for text in std::iter::once(&mut error.message).chain(error.hint.as_mut()) {
            *text = text
                .replace(&inside.0, &inside.1)
                .replace(&top, &self.label);
        }
        error
    }
}

/// Both sides.
pub(super) struct Sides {
    pub(super) before: Side,
    pub(super) after: Side,
    /// What is to be said of how they were come by.
    pub(super) notes: Vec<String>,
    /// Whether they are two versions of Python or two environments.
    pub(super) is_about_versions: bool,
}

impl Sides {
    /// The name of the module or package before and after, where both were asked for by their own paths and are called otherwise.
    pub(super) fn renamed(&self) -> Option<(Name, Name)> {
        let (before, after) = (self.before.module.as_ref()?, self.after.module.as_ref()?);
        (before != after).then(|| (before.clone(), after.clone()))
    }
}

/// What one argument stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Meant {
    Revision,
    Path,
    Environment,
    Version(PythonVersion),
}

impl Meant {
    fn say(&self) -> &'static str {
        match self {
            Self::Revision => "a revision",
            Self::Path => "a path",
            Self::Environment => "a Python environment",
            Self::Version(_) => "a version of Python",
        }
    }
}

/// Finds out what is compared.
pub(super) fn sides(
    opener: &Opener<'_>,
    arguments: &DiffArguments,
    folder: &Folder,
) -> Result<Sides, Error> {
    let flags = [
        arguments.python_from.is_some() || arguments.python_to.is_some(),
        arguments.version_from.is_some() || arguments.version_to.is_some(),
    ];
    if flags.contains(&true) {
        return by_flags(opener, arguments);
    }
    let mut given: Vec<&str> = arguments.sides.iter().map(String::as_str).collect();
    let mut path = arguments.path.clone();
    if given.len() > 2 {
        let third = given.remove(2);
        if path.is_some() {
            return Err(usage(
                format!("`{third}` is one argument too many: the project is named by --path"),
                "name what is compared, and the project once",
            ));
        }
        path = Some(PathBuf::from(third));
    }
    let project = path.clone().unwrap_or_else(|| PathBuf::from("."));
    match given.as_slice() {
        [] => revisions(opener, &project, ("HEAD", None), folder),
        [range] if range.contains("..") && !Path::new(range).exists() => {
            ranged(opener, &project, range, folder)
        }
        [one] => match meant(one, &project)? {
            Meant::Revision => revisions(opener, &project, (one, None), folder),
            Meant::Version(version) => {
                let before = by_version(opener, &project, Some(version))?;
                let after = by_version(opener, &project, None)?;
                Ok(about_versions(before, after))
            }
            Meant::Path => Err(usage(
                format!("`{one}` is a path, and there is nothing to compare it with"),
                format!(
                    "name two folders; or a revision, to compare it with the working tree there: `mroscope diff HEAD --path {one}`"
                ),
            )),
            Meant::Environment => Err(usage(
                format!("`{one}` is a Python environment, and there is nothing to compare it with"),
                "name two environments",
            )),
        },
        [one, other, ..] => {
            let both = (meant(one, &project)?, meant(other, &project)?);
            match both {
                (Meant::Revision, Meant::Revision) => {
                    revisions(opener, &project, (one, Some(other)), folder)
                }
                (Meant::Version(before), Meant::Version(after)) => Ok(about_versions(
                    by_version(opener, &project, Some(before))?,
                    by_version(opener, &project, Some(after))?,
                )),
                (Meant::Environment, Meant::Environment) => Ok(about_versions(
                    by_environment(opener, &project, Some(Path::new(one)))?,
                    by_environment(opener, &project, Some(Path::new(other)))?,
                )),
                (Meant::Path, Meant::Path) if path.is_none() => Ok(Sides {
                    before: by_path(opener, one)?,
                    after: by_path(opener, other)?,
                    notes: vec![],
                    is_about_versions: false,
                }),
                (Meant::Path, Meant::Path) => Err(usage(
                    "two paths are compared as they are: there is no third one",
                    "name the two folders or files alone",
                )),
                (Meant::Revision, Meant::Path) => Err(usage(
                    format!("`{one}` is a revision and `{other}` a path"),
                    format!(
                        "to compare the revision with the working tree there: `mroscope diff {one} --path {other}`"
                    ),
                )),
                (one_kind, other_kind) => Err(usage(
                    format!(
                        "`{one}` is {} and `{other}` {}",
                        one_kind.say(),
                        other_kind.say()
                    ),
                    "name two of one kind; `mroscope diff --help` lists the kinds",
                )),
            }
        }
    }
}

/// What an argument stands for, by what it is. What it is twice is asked back.
fn meant(text: &str, project: &Path) -> Result<Meant, Error> {
    let path = Path::new(text);
    let is_written_as_path = path.is_absolute()
        || text.starts_with("./")
        || text.starts_with("../")
        || matches!(text, "." | "..")
        || text.ends_with('/');
    let is_there = path.exists();
    if is_written_as_path && !is_there {
        return Err(Error::from(crate::source::DiscoverError::PathMissing {
            path: path.to_owned(),
            near: None,
        })
        .hint("name folders or files that are there, or revisions of a git repository"));
    }
    if let Some(version) = version(text).filter(|_| !is_written_as_path) {
        if is_there {
            return Err(usage(
                format!("`{text}` is a version of Python, and a path here"),
                format!("write `./{text}` for the path, `py{text}` for the version"),
            ));
        }
        if text.starts_with('3') && is_revision(text, project) {
            return Err(usage(
                format!("`{text}` is a version of Python, and a revision of the repository"),
                format!(
                    "write `py{text}` for the version, `refs/tags/{text}` or `refs/heads/{text}` for the revision"
                ),
            ));
        }
        return Ok(Meant::Version(version));
    }
    if !is_there {
        return Ok(Meant::Revision);
    }
    if !is_written_as_path && is_revision(text, project) {
        return Err(usage(
            format!("`{text}` is a path here, and a revision of the repository"),
            format!(
                "write `./{text}` for the path, `refs/heads/{text}` or `refs/tags/{text}` for the revision"
            ),
        ));
    }
    Ok(if is_environment(path) {
        Meant::Environment
    } else {
        Meant::Path
    })
}

/// Whether a folder is an environment's, or a file an interpreter, rather than what a project is made of.
fn is_environment(path: &Path) -> bool {
    if path.is_file() {
        let name = path.file_name().and_then(|name| name.to_str());
        return path.extension().is_none_or(|end| end != "py")
            && name.is_some_and(|name| name.starts_with("python") || name.starts_with("pypy"));
    }
    path.join("pyvenv.cfg").is_file()
        || ["bin/python", "bin/python3", "python.exe"]
            .iter()
            .any(|it| path.join(it).is_file())
}

fn is_revision(text: &str, project: &Path) -> bool {
    Repository::around(project).is_ok_and(|it| it.commit(text).is_ok())
}

/// `3.10`, `py3.10`, `py310`, `python3.10`.
fn version(text: &str) -> Option<PythonVersion> {
    let bare = text
        .strip_prefix("python")
        .or_else(|| text.strip_prefix("py"));
    let (number, is_prefixed) = (bare.unwrap_or(text), bare.is_some());
    if let Some(minor) = number.strip_prefix("3.") {
        return minor.parse().ok().map(PythonVersion::three);
    }
    let minor = number.strip_prefix('3').filter(|_| is_prefixed)?;
    minor.parse().ok().map(PythonVersion::three)
}

/// What a project that is loaded is to be compared with, named by one argument; what is to be said of it, and what the project is called beside it.
pub(super) fn against(
    opener: &Opener<'_>,
    project: &Path,
    with: &str,
    folder: &Folder,
) -> Result<(Side, Vec<String>, &'static str), Error> {
    let with = with.trim();
    Ok(match meant(with, project)? {
        Meant::Revision => {
            let sides = revisions(opener, project, (with, None), folder)?;
            (sides.before, sides.notes, "working tree")
        }
        Meant::Version(version) => (
            by_version(opener, project, Some(version))?,
            vec![],
            "as it is read",
        ),
        Meant::Environment => {
            let side = by_environment(opener, project, Some(Path::new(with)))?;
            (side, vec![], "as it is read")
        }
        Meant::Path => (by_path(opener, with)?, vec![], "as it is read"),
    })
}

fn about_versions(before: Side, after: Side) -> Sides {
    Sides {
        before,
        after,
        notes: vec![],
        is_about_versions: true,
    }
}

/// `--python-from`, `--version-to` and their like: what is not given is as ever.
fn by_flags(opener: &Opener<'_>, arguments: &DiffArguments) -> Result<Sides, Error> {
    let project = match (arguments.sides.as_slice(), &arguments.path) {
        ([], None) => PathBuf::from("."),
        ([], Some(path)) => path.clone(),
        ([one], None) => PathBuf::from(one),
        _ => {
            return Err(usage(
                "with --python-from and its like only the project can be named",
                "name the project once: `mroscope diff --python-from OLD --python-to NEW PATH`",
            ));
        }
    };
    let number = |given: Option<&String>| match given {
        None => Ok(None),
        Some(given) => version(given).map(Some).ok_or_else(|| {
            usage(
                format!("`{given}` is not a version of Python"),
                "write it as `3.13`",
            )
        }),
    };
    let one = |python: Option<&Path>, version: Option<PythonVersion>| {
        let mut side = by_environment(opener, &project, python)?;
        side.loader = side.loader.answering(None, version);
        side.label = match (python, version) {
            (None, None) => "this environment".to_owned(),
            (None, Some(version)) => format!("Python {version}"),
            (Some(python), None) => python.display().to_string(),
            (Some(python), Some(version)) => format!("{} ({version})", python.display()),
        };
        Ok::<Side, Error>(side)
    };
    Ok(about_versions(
        one(
            arguments.python_from.as_deref(),
            number(arguments.version_from.as_ref())?,
        )?,
        one(
            arguments.python_to.as_deref(),
            number(arguments.version_to.as_ref())?,
        )?,
    ))
}

fn by_version(
    opener: &Opener<'_>,
    project: &Path,
    version: Option<PythonVersion>,
) -> Result<Side, Error> {
    let loader = opener.loader_of(project)?.answering(None, version);
    Ok(Side {
        label: match version {
            Some(version) => format!("Python {version}"),
            None => "this environment".to_owned(),
        },
        path: project.to_owned(),
        loader,
        top: None,
        module: None,
    })
}

/// The project in an environment; what is no path is a package that is installed in it.
fn by_environment(
    opener: &Opener<'_>,
    project: &Path,
    python: Option<&Path>,
) -> Result<Side, Error> {
    let loader = opener.loader_of(project)?.answering(python, None);
    let path = if project.exists() {
        project.to_owned()
    } else {
        let name = project.display().to_string();
        let installed = loader.installed(Path::new("."), &format!("{name}:"))?;
        installed.unwrap_or_else(|| project.to_owned())
    };
    Ok(Side {
        label: python.map_or_else(
            || "this environment".to_owned(),
            |python| python.display().to_string(),
        ),
        path,
        loader,
        top: None,
        module: None,
    })
}

fn by_path(opener: &Opener<'_>, text: &str) -> Result<Side, Error> {
    let path = PathBuf::from(text);
    let loader = opener.loader_of(&path)?;
    Ok(Side {
        label: text.to_owned(),
        module: loader.module_at(&path)?,
        path,
        loader,
        top: None,
    })
}

/// `A..B`, and `A...B`: what has come to B since they parted. A side that is left out is `HEAD`.
fn ranged(
    opener: &Opener<'_>,
    project: &Path,
    range: &str,
    folder: &Folder,
) -> Result<Sides, Error> {
    let head = |text: &'_ str| {
        if text.is_empty() {
            "HEAD".to_owned()
        } else {
            text.to_owned()
        }
    };
    if let Some((one, other)) = range.split_once("...") {
        let (one, other) = (head(one), head(other));
        let base = Repository::around(project)?.merge_base(&one, &other)?;
        let mut sides = revisions(opener, project, (&base.id, Some(&other)), folder)?;
        sides.before.label = format!("{} (where {one} and {other} part)", base.short());
        return Ok(sides);
    }
    let (one, other) = range.split_once("..").unwrap_or((range, ""));
    revisions(opener, project, (&head(one), Some(&head(other))), folder)
}

/// A revision against another one, or against the working tree.
fn revisions(
    opener: &Opener<'_>,
    project: &Path,
    (one, other): (&str, Option<&str>),
    folder: &Folder,
) -> Result<Sides, Error> {
    let repository = match Repository::around(project) {
        Ok(repository) => repository,
        // Who names something that is no path and no revision has most likely meant a path.
        Err(error @ crate::source::RevisionError::NoRepository { .. }) if other.is_some() => {
            return Err(Error::from(error).hint(format!(
                "`{one}` is no path here; name two folders that are there, or with --path a project in a repository"
            )));
        }
        Err(error) => return Err(error.into()),
    };
    if other.is_none() && repository.working_tree.is_none() {
        return Err(crate::source::RevisionError::Bare {
            path: repository.path().to_owned(),
        }
        .into());
    }
    // Both are looked up before anything is written.
    let first = repository.commit(one)?;
    let second = other.map(|it| repository.commit(it)).transpose()?;
    let parts = {
        // Locked before there is a folder: who ends us in between would leave it behind.
        let mut held = folder.lock().unwrap_or_else(PoisonError::into_inner);
        let made = TemporaryFolder::new().map_err(crate::source::RevisionError::from)?;
        let parts = [made.part("1"), made.part("2")];
        *held = Some(made);
        parts
    };
    // The environment that belongs to the project is not in its history.
    let python = opener.environment(project)?.root;
    let loader = opener.loader_of(project)?.in_environment(python.as_deref());
    let mut notes = vec![];
    let mut side = |text: &str, commit, part: usize| {
        let written = repository.check_out(commit, text, &parts[part])?;
        if !written.submodules.is_empty() {
            notes.push(format!(
                "{text}: {} left out, since another repository has the files: {}",
                view::count(written.submodules.len(), "submodule is", "submodules are"),
                written.submodules.join(", ")
            ));
        }
        Ok::<Side, Error>(Side {
            label: text.to_owned(),
            path: written.path,
            loader: loader.clone(),
            top: Some(written.top),
            module: None,
        })
    };
    let before = side(one, &first, 0)?;
    let after = if let (Some(text), Some(commit)) = (other, &second) {
        side(text, commit, 1)?
    } else {
        notes.push(match repository.uncommitted()? {
            0 => "the working tree is as it was committed".to_owned(),
            number => format!(
                "the working tree has {}",
                view::count(
                    number,
                    "change that is not committed",
                    "changes that are not committed"
                )
            ),
        });
        Side {
            label: "working tree".to_owned(),
            path: resolved(project),
            loader,
            top: None,
            module: None,
        }
    };
    notes.dedup();
    Ok(Sides {
        before,
        after,
        notes,
        is_about_versions: false,
    })
}
