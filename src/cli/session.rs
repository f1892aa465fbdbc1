//! One run of a subcommand: its streams, its configuration, and how it gets at an analysis and at a class.

use std::borrow::Cow;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Name;
use crate::analysis::{Analysis, ClassRef, Target};
use crate::cli::args::WorldArguments;
use crate::cli::config::Config;
use crate::cli::streams::Streams;
use crate::cli::surroundings::Surroundings;
use crate::cli::{look, snapshot};
use crate::cpython::{Facts, Snapshot};
use crate::error::{Error, Kind};
use crate::evaluate::{AtRest, Limits};
use crate::load::{
    Earlier, Following, LoadError, Progress, Request, Trials, load_following,
    load_interpreter_then, load_then, load_trying,
};
use crate::source::{
    Environment, EnvironmentWish, Finder, Found, Owner, Project, PythonVersion, discover, is_there,
};
use crate::tui::{Background, Theme, ThemeChoice};
use crate::view;
use crate::witness::Interpreter;

/// What a subcommand works with.
pub(super) struct Session<'a> {
    /// Where it writes.
    pub(super) streams: &'a mut Streams,
    /// Which theme is wanted.
    pub(super) theme: ThemeChoice,
    /// How roles look on the stream.
    pub(super) styles: Theme,
    /// Where the shell is.
    pub(super) folder: PathBuf,
    world: &'a WorldArguments,
    surroundings: &'a Surroundings,
    loader: Loader,
}

impl<'a> Session<'a> {
    /// Reads the configuration that applies to a path.
    pub(super) fn open(
        streams: &'a mut Streams,
        world: &'a WorldArguments,
        surroundings: &'a Surroundings,
        path: &Path,
    ) -> Result<Self, Error> {
        let loader = Loader::open(world, surroundings, path)?;
        let theme = look::theme(loader.config.theme.as_deref(), surroundings)?;
        let colours = surroundings.of_screen(world.color).colours();
        // A page that is printed among other output asks the terminal nothing.
        let styles = theme.theme(Background::Unknown, colours);
        Ok(Self {
            streams,
            theme,
            styles,
            folder: surroundings.folder.clone(),
            world,
            surroundings,
            loader,
        })
    }

    /// Loads the project at a path.
    pub(super) fn load(&self, path: &Path) -> Result<Analysis, Error> {
        self.loader.load(path)
    }

    /// The same, for a version of Python where none was asked for and its table is there.
    pub(super) fn load_as(
        &self,
        path: &Path,
        version: Option<PythonVersion>,
    ) -> Result<Analysis, Error> {
        let mut loader = self.loader.clone();
        let known = version.filter(|it| Facts::versions().contains(it));
        loader.config.python_version = loader.config.python_version.or(known);
        loader.load(path)
    }

    /// What opens projects at other paths.
    pub(super) fn opener(&self) -> Opener<'a> {
        Opener {
            world: Cow::Borrowed(self.world),
            surroundings: Cow::Borrowed(self.surroundings),
            loader: self.loader.clone(),
        }
    }

    /// What loads, for another thread.
    pub(super) fn loader(&self) -> Loader {
        self.loader.clone()
    }

    /// Loads what is needed to answer for a target: the project, or the package of the environment that the target
    /// names, where no path was given and the project does not have it.
    pub(super) fn load_for(&self, path: Option<&Path>, target: &str) -> Result<Analysis, Error> {
        let (analysis, ()) = self.load_asking(path, target, &|_, _| ())?;
        Ok(analysis)
    }

    /// The same, and something asked of the run while it is there.
    pub(super) fn load_asking<T: Send>(
        &self,
        path: Option<&Path>,
        target: &str,
        ask: &(dyn Fn(&Analysis, &mut AtRest<'_, '_>) -> T + Sync),
    ) -> Result<(Analysis, T), Error> {
        let load = |path: &Path| {
            self.loader.load_then(path, &|_| (), |analysis, run| {
                let answer = ask(&analysis, run);
                (analysis, answer)
            })
        };
        if let Some(path) = path {
            return load(path);
        }
        let here = Path::new(".");
        let loaded = load(here);
        let found = |analysis: &Analysis| {
            !matches!(analysis.find(target), Target::Unknown(_))
                || analysis.module_meant(target).is_some()
        };
        if loaded.as_ref().is_ok_and(|(analysis, _)| found(analysis)) {
            return loaded;
        }
        if let Some(package) = self.loader.installed(here, target)? {
            return load(&package);
        }
        // A folder without Python is no hindrance to a question about the interpreter's own classes.
        let Err(error) = loaded else { return loaded };
        let alone = self.loader.interpreter_then(here, |analysis, run| {
            let answer = found(&analysis).then(|| ask(&analysis, run));
            (analysis, answer)
        });
        match alone {
            Ok((analysis, Some(answer))) => Ok((analysis, answer)),
            _ => Err(error),
        }
    }

    /// The interpreter that answers are held against: that of the environment they are worked out for.
    pub(super) fn interpreter(&mut self, path: &Path) -> Result<Interpreter, Error> {
        self.loader.interpreter_of(path)
    }

    /// How much of a value is shown.
    pub(super) fn repr(&self) -> Limits {
        self.loader.repr()
    }

    /// The environment that belongs to a path.
    pub(super) fn environment(&self, path: &Path) -> Result<Environment, Error> {
        self.loader.environment(path)
    }

    /// Where the snapshot of an environment is kept.
    pub(super) fn snapshot_file(&self, environment: &Environment) -> Result<PathBuf, Error> {
        let folder = self.loader.data.as_deref();
        let file = folder.and_then(|folder| snapshot::file_of(folder, environment));
        file.ok_or_else(|| {
            Error::new(Kind::Usage, "there is no environment to take a snapshot of")
                .hint("name one with --python, and have a home folder to keep the snapshot in")
        })
    }

    /// The files and search paths of the project at a path.
    pub(super) fn discover(&self, path: &Path) -> Result<Files, Error> {
        self.loader.discover(path)
    }

    /// Writes a message beside the data.
    pub(super) fn message(&mut self, text: &str) -> io::Result<()> {
        for line in text.lines() {
            writeln!(self.streams.err, "{}", view::safe(line))?;
        }
        Ok(())
    }
}

/// What Python needs to know to import a project.
pub(super) struct Files {
    /// The folders its modules are imported from, except those that an interpreter knows by itself.
    pub(super) paths: Vec<PathBuf>,
    /// Its modules.
    pub(super) files: Vec<Found>,
}

/// The class a target stands for.
pub(super) fn class<'c>(analysis: &'c Analysis, target: &str) -> Result<ClassRef<'c>, Error> {
    match analysis.find(target) {
        Target::Class(id) => Ok(analysis.class(id)),
        Target::Ambiguous(ids) => {
            let candidates: Vec<String> = ids
                .into_iter()
                .map(|id| {
                    let class = analysis.class(id);
                    match class.place() {
                        Some(place) => {
                            format!("\n    {}  {}", class.path(), analysis.say_place(place))
                        }
                        None => format!("\n    {}", class.path()),
                    }
                })
                .collect();
            Err(Error::new(
                Kind::Usage,
                format!("{} classes are named `{target}`", candidates.len()),
            )
            .hint(format!("give the module too:{}", candidates.concat())))
        }
        Target::Unknown(near) => {
            let said = Error::new(Kind::Usage, format!("no class is named `{target}`"));
            Err(match near.as_slice() {
                [] => said,
                [only] => said.hint(format!("did you mean `{only}`?")),
                several => {
                    let near: Vec<String> =
                        several.iter().map(|path| format!("\n    {path}")).collect();
                    said.hint(format!("did you mean one of these?{}", near.concat()))
                }
            })
        }
    }
}

/// Opens projects at other paths than the one a session is about, each by the configuration that applies there.
#[derive(Debug)]
pub(super) struct Opener<'a> {
    world: Cow<'a, WorldArguments>,
    surroundings: Cow<'a, Surroundings>,
    loader: Loader,
}

impl Opener<'_> {
    /// What loads the project at a path.
    pub(super) fn loader_of(&self, path: &Path) -> Result<Loader, Error> {
        Loader::open(&self.world, &self.surroundings, path)
    }

    /// The environment that belongs to a path.
    pub(super) fn environment(&self, path: &Path) -> Result<Environment, Error> {
        self.loader.environment(path)
    }

    /// The same, for another thread.
    pub(super) fn owned(&self) -> Opener<'static> {
        Opener {
            world: Cow::Owned(self.world.clone().into_owned()),
            surroundings: Cow::Owned(self.surroundings.clone().into_owned()),
            loader: self.loader.clone(),
        }
    }
}

/// Loads projects as the configuration and the shell want it.
#[derive(Debug, Clone)]
pub(super) struct Loader {
    config: Config,
    wish: EnvironmentWish,
    /// The folder for a person's data: snapshots.
    data: Option<PathBuf>,
}

impl Loader {
    /// Reads the configuration that applies to a path.
    fn open(
        world: &WorldArguments,
        surroundings: &Surroundings,
        path: &Path,
    ) -> Result<Self, Error> {
        let config = Config::read(world, surroundings, path)?;
        let wish = EnvironmentWish {
            python: config.python.clone(),
            active: surroundings.virtual_env.clone(),
            commands: surroundings.commands.clone(),
        };
        Ok(Self {
            config,
            wish,
            data: surroundings.data_folder.clone(),
        })
    }

    /// The same for another environment or version, where one is given.
    pub(super) fn answering(
        mut self,
        python: Option<&Path>,
        version: Option<PythonVersion>,
    ) -> Self {
        if let Some(python) = python {
            self.wish.python = Some(python.to_owned());
        }
        if version.is_some() {
            self.config.python_version = version;
        }
        self
    }

    /// The same with this environment, or with none: wherever the files of the project are, it is that of the project.
    pub(super) fn in_environment(mut self, root: Option<&Path>) -> Self {
        match root {
            Some(_) if self.wish.python.is_some() => {}
            Some(root) => self.wish.python = Some(root.to_owned()),
            None => self.wish.active = None,
        }
        self
    }

    /// The environment that belongs to a path.
    fn environment(&self, path: &Path) -> Result<Environment, Error> {
        Ok(Environment::find(path, &self.wish)?)
    }

    /// The name of the module or package whose own path this is; none for a folder that only holds some.
    pub(super) fn module_at(&self, path: &Path) -> Result<Option<Name>, Error> {
        let environment = self.environment(path)?;
        let project = discover(path, &environment)?;
        let own = [project.path.clone(), project.path.join("__init__.py")];
        let found = project.files.into_iter().find(|it| own.contains(&it.path));
        Ok(found.map(|it| it.module))
    }

    /// Loads the project at a path.
    pub(super) fn load(&self, path: &Path) -> Result<Analysis, Error> {
        self.load_then(path, &|_| (), |analysis, _| analysis)
    }

    /// Loads the project at a path, telling how far it is, and hands on the analysis together with the run.
    pub(super) fn load_then<T: Send>(
        &self,
        path: &Path,
        tell: &(dyn Fn(Progress) + Sync),
        then: impl FnOnce(Analysis, &mut AtRest<'_, '_>) -> T + Send,
    ) -> Result<T, Error> {
        let request = self.request(path)?;
        Ok(load_then(&request, tell, then)?)
    }

    /// The same, with what can run the project anew.
    pub(super) fn load_trying<T: Send>(
        &self,
        path: &Path,
        tell: &(dyn Fn(Progress) + Sync),
        then: impl FnOnce(Analysis, &mut AtRest<'_, '_>, &Trials<'_>) -> T + Send,
    ) -> Result<T, Error> {
        let request = self.request(path)?;
        Ok(load_trying(&request, tell, then)?)
    }

    /// The same; of what `earlier` has read only what is other now is parsed, and who follows hears what is found on the way.
    pub(super) fn load_following<T: Send>(
        &self,
        path: &Path,
        earlier: Option<Arc<Earlier>>,
        following: Following<'_>,
        tell: &(dyn Fn(Progress) + Sync),
        then: impl FnOnce(Analysis, &mut AtRest<'_, '_>, &Trials<'_>) -> T + Send,
    ) -> Result<T, Error> {
        let request = Request {
            earlier,
            ..self.request(path)?
        };
        Ok(load_following(&request, following, tell, then)?)
    }

    /// The project at a path, none where there is none.
    pub(super) fn project(&self, path: &Path) -> Option<Project> {
        discover(path, &self.environment(path).ok()?).ok()
    }

    fn request(&self, path: &Path) -> Result<Request, Error> {
        Ok(Request {
            path: path.to_owned(),
            environment: self.wish.clone(),
            version: self.config.python_version,
            platform: self.config.platform.clone(),
            snapshot: self.snapshot(path)?,
            limits: self.config.limits.clone(),
            earlier: None,
        })
    }

    /// How much of a value is shown.
    pub(super) fn repr(&self) -> Limits {
        self.config.limits.clone()
    }

    /// The snapshot of the environment that belongs to a path, if one was taken.
    fn snapshot(&self, path: &Path) -> Result<Option<Arc<Snapshot>>, Error> {
        let Some(folder) = self
            .data
            .as_deref()
            .filter(|it| it.join("snapshots").is_dir())
        else {
            return Ok(None);
        };
        let environment = self.environment(path)?;
        Ok(snapshot::file_of(folder, &environment).and_then(|file| snapshot::read(&file)))
    }

    /// Whether something can be loaded from a path, as far as that is seen at once: what is asked for in error is said before the
    /// screen is taken.
    pub(super) fn check(&self, path: &Path) -> Result<(), Error> {
        self.environment(path)?;
        if let Some(asked) = self.config.python_version
            && !Facts::versions().contains(&asked)
        {
            return Err(LoadError::Version { asked }.into());
        }
        Ok(is_there(path)?)
    }

    /// The files and search paths of the project at a path.
    pub(super) fn discover(&self, path: &Path) -> Result<Files, Error> {
        let environment = self.environment(path)?;
        let project = discover(path, &environment)?;
        let theirs = environment.search_paths();
        let is_theirs = |path: &PathBuf| theirs.iter().any(|it| it.path == *path);
        Ok(Files {
            paths: project
                .roots
                .into_iter()
                .map(|root| root.path)
                .filter(|path| !is_theirs(path))
                .collect(),
            files: project.files,
        })
    }

    /// The interpreter of the environment that belongs to a path. Where none does, the shell's `python3` is one.
    pub(super) fn interpreter_of(&mut self, path: &Path) -> Result<Interpreter, Error> {
        Ok(self.interpreter_and_version(path)?.0)
    }

    /// The same, with its version as far as that is known before it is run.
    pub(super) fn interpreter_and_version(
        &mut self,
        path: &Path,
    ) -> Result<(Interpreter, Option<PythonVersion>), Error> {
        let mut environment = Environment::find(path, &self.wish)?;
        if environment.root.is_none() {
            let wish = EnvironmentWish {
                python: Some(PathBuf::from("python3")),
                ..self.wish.clone()
            };
            // Answers are worked out for the interpreter that is asked.
            if let Ok(found) = Environment::find(path, &wish) {
                environment = found;
                self.wish = wish;
            }
        }
        let interpreter = Interpreter::find(path, &self.wish, &environment)?;
        Ok((interpreter, environment.version))
    }

    /// The classes of the interpreter alone, and the run that answers for them.
    fn interpreter_then<T: Send>(
        &self,
        near: &Path,
        then: impl FnOnce(Analysis, &mut AtRest<'_, '_>) -> T + Send,
    ) -> Result<T, Error> {
        let request = self.request(near)?;
        Ok(load_interpreter_then(&request, then)?)
    }

    /// Where the environment has the package that a dotted target begins with.
    pub(super) fn installed(&self, near: &Path, target: &str) -> Result<Option<PathBuf>, Error> {
        let end = target.find([':', '.']).unwrap_or(target.len());
        let environment = Environment::find(near, &self.wish)?;
        let paths = environment.search_paths().into_iter();
        let finder = Finder::new(
            paths
                .filter(|search| search.owner == Owner::Installed)
                .map(|search| search.path)
                .collect(),
        );
        let found = finder.find(&target[..end]);
        Ok(found.and_then(|located| {
            let folder = located.folders().into_iter().next();
            folder.or_else(|| located.source().map(Path::to_owned))
        }))
    }
}
