//! Modules as files: found as Python finds them, parsed once, with a table of what their statements bind.

use std::cell::{OnceCell, RefCell};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::analysis::{Analysis, EntryPoint};
use crate::evaluate::Sheets;
use crate::plugins::files::bound::Table;
use crate::semantics::Spotted;
use crate::source::{
    Distribution, Environment, FileId, Finder, Located, Place, Project, is_standard_library,
};
use crate::syntax::ModuleSyntax;

/// What a file does to `sys.path`.
#[derive(Default)]
pub(in crate::plugins) struct SearchPath {
    /// The folders it puts in front, the first one first.
    pub(in crate::plugins) before: Vec<PathBuf>,
    /// Those it puts behind.
    pub(in crate::plugins) after: Vec<PathBuf>,
    /// Whether it does something to it that is not followed.
    pub(in crate::plugins) is_open: bool,
}

/// What an atlas is drawn from.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// What the run on paper gave.
    pub analysis: &'a Analysis,
    /// The files of the project.
    pub project: &'a Project,
    /// The environment it runs in.
    pub environment: &'a Environment,
    /// Files that are parsed, or will be.
    pub sheets: &'a Sheets,
}

/// A module with source.
pub(in crate::plugins) struct File {
    pub(in crate::plugins) name: Name,
    pub(in crate::plugins) shown: String,
    pub(in crate::plugins) package: bool,
    pub(in crate::plugins) is_project: bool,
    pub(in crate::plugins) text: Arc<str>,
    pub(in crate::plugins) syntax: Arc<ModuleSyntax>,
    pub(in crate::plugins) table: Table,
    /// Its id, where the analysis has it.
    id: Option<FileId>,
    /// Where it lies.
    pub(in crate::plugins) path: PathBuf,
    /// What its `__all__` lists, once somebody has found that out.
    pub(in crate::plugins) listed: OnceCell<FxHashSet<Arc<str>>>,
}

impl File {
    /// A stretch of it.
    pub(in crate::plugins) fn spot(&self, start: u32, end: u32) -> Spotted {
        if let Some(file) = self.id {
            return Spotted::Source(Place { file, start, end });
        }
        let before = self.text.get(..start as usize).unwrap_or_default();
        let line = 1 + before.bytes().filter(|&it| it == b'\n').count();
        Spotted::File(self.shown.clone(), u32::try_from(line).ok())
    }

    /// Whether all names of the module are bound by statements that can be read.
    pub(in crate::plugins) fn is_closed(&self) -> bool {
        let others = [
            "globals(",
            "exec(",
            "sys.modules",
            "setattr(",
            "__dict__",
            "vars(",
        ];
        self.table.stars.is_empty()
            && !self.table.has("__getattr__")
            && !others.iter().any(|it| self.text.contains(it))
    }

    /// The line, from 1, of an offset.
    pub(in crate::plugins) fn line(&self, at: u32) -> usize {
        let before = self.text.get(..at as usize).unwrap_or_default();
        1 + before.bytes().filter(|&it| it == b'\n').count()
    }
}

/// What importing a name would find.
#[derive(Clone)]
pub(in crate::plugins) enum Look {
    /// A module with source.
    Source(Rc<File>),
    /// One without, or a folder that is a package.
    NoSource,
    /// Nothing: what `ModuleNotFoundError` says.
    Missing(String),
    /// It cannot be told, as no environment is known.
    Unknown,
}

/// All modules that can be imported.
pub(in crate::plugins) struct Modules<'a> {
    pub(in crate::plugins) ground: Ground<'a>,
    finder: Finder,
    /// What a program has put on `sys.path`, before and behind.
    added: RefCell<(Vec<Finder>, Vec<Finder>)>,
    known: RefCell<FxHashMap<Name, Look>>,
    ids: FxHashMap<&'a std::path::Path, FileId>,
    own: FxHashMap<&'a str, usize>,
    /// The project's files by their paths.
    own_paths: FxHashMap<&'a std::path::Path, usize>,
    owners: RefCell<Option<FxHashMap<PathBuf, Arc<str>>>>,
    /// Modules of which it is known that their import does not fail for what they import.
    sound: RefCell<FxHashSet<Name>>,
}

impl<'a> Modules<'a> {
    pub(in crate::plugins) fn new(ground: Ground<'a>) -> Self {
        let paths = ground.project.search_paths(ground.environment);
        let paths = paths.into_iter().map(|it| it.path).collect();
        let files = ground.analysis.files.iter().enumerate();
        let own = ground.project.files.iter().enumerate();
        Self {
            finder: Finder::new(paths),
            known: RefCell::default(),
            ids: files
                .map(|(at, file)| (file.path.as_path(), FileId::at(at)))
                .collect(),
            own_paths: own
                .clone()
                .map(|(at, it)| (it.path.as_path(), at))
                .collect(),
            own: own.map(|(at, it)| (it.module.as_str(), at)).collect(),
            added: RefCell::default(),
            owners: RefCell::default(),
            sound: RefCell::default(),
            ground,
        }
    }

    /// The modules of the project, in the order in which they are run.
    pub(in crate::plugins) fn of_project(&self) -> Vec<Rc<File>> {
        let files = self.ground.project.files.iter();
        files.filter_map(|it| self.source(&it.module)).collect()
    }

    /// The entry points of these groups with their numbers, as `importlib.metadata.distributions()` finds them: folder by folder, in the order
    /// of each.
    pub(in crate::plugins) fn entry_points(
        &self,
        is_group: impl Fn(&str) -> bool,
    ) -> Vec<(usize, &'a EntryPoint)> {
        let all = self.ground.analysis.entry_points.iter().enumerate();
        let mut found: Vec<_> = all.filter(|(_, it)| is_group(&it.group)).collect();
        found.sort_by_key(|(_, it)| (it.folder, it.listed));
        found
    }

    /// The source of a module.
    pub(in crate::plugins) fn source(&self, dotted: &str) -> Option<Rc<File>> {
        match self.look(dotted) {
            Look::Source(file) => Some(file),
            _ => None,
        }
    }

    /// Looks into these folders, too, from now on: what a program has put on `sys.path`.
    pub(in crate::plugins) fn add_to_path(&self, path: SearchPath) {
        if path.before.is_empty() && path.after.is_empty() {
            return;
        }
        let mut added = self.added.borrow_mut();
        if !path.before.is_empty() {
            added.0.insert(0, Finder::new(path.before));
        }
        if !path.after.is_empty() {
            added.1.push(Finder::new(path.after));
        }
        let is_missing = |look: &Look| matches!(look, Look::Missing(_) | Look::Unknown);
        self.known.borrow_mut().retain(|_, look| !is_missing(look));
    }

    fn find(&self, dotted: &str) -> Option<Located> {
        let added = self.added.borrow();
        let of = |finders: &[Finder]| finders.iter().find_map(|it| it.find(dotted));
        of(&added.0)
            .or_else(|| self.finder.find(dotted))
            .or_else(|| of(&added.1))
    }

    /// What importing a dotted name would find.
    pub(in crate::plugins) fn look(&self, dotted: &str) -> Look {
        if let Some(known) = self.known.borrow().get(dotted) {
            return known.clone();
        }
        let look = self.look_anew(dotted);
        let mut known = self.known.borrow_mut();
        known.insert(Name::from(dotted), look.clone());
        look
    }

    fn look_anew(&self, dotted: &str) -> Look {
        if let Some(&at) = self.own.get(dotted) {
            let found = &self.ground.project.files[at];
            let file = self.read(dotted, found.path.clone(), found.package, true);
            return file.map_or(Look::NoSource, Look::Source);
        }
        let ends = dotted.match_indices('.').map(|(at, _)| at);
        let mut around: Option<(&str, bool)> = None;
        for end in ends.chain([dotted.len()]) {
            let name = &dotted[..end];
            let Some(located) = self.find(name) else {
                return match around {
                    None if is_standard_library(name) => Look::NoSource,
                    None if self.ground.environment.root.is_none() => Look::Unknown,
                    None | Some((_, true)) => Look::Missing(format!("No module named '{name}'")),
                    Some((parent, false)) => Look::Missing(format!(
                        "No module named '{name}'; '{parent}' is not a package"
                    )),
                };
            };
            around = Some((name, located.is_package()));
            if end == dotted.len() {
                let is_compiled = matches!(located, Located::Extension { .. });
                let path = located.source().filter(|_| !is_compiled);
                let path = path.map(std::path::Path::to_owned);
                // A file of the project that is found by another name is known by its own.
                if let Some(&at) = path.as_deref().and_then(|it| self.own_paths.get(it)) {
                    return self.look(&self.ground.project.files[at].module);
                }
                let read = |path| self.read(dotted, path, located.is_package(), false);
                let file = path.and_then(read);
                return file.map_or(Look::NoSource, Look::Source);
            }
        }
        Look::NoSource
    }

    fn read(&self, name: &str, path: PathBuf, package: bool, is_project: bool) -> Option<Rc<File>> {
        let sheet = self.ground.sheets.sheet(&path);
        let (text, syntax) = sheet.text_and_syntax()?;
        let id = self.ids.get(path.as_path()).copied();
        let shown = if let Some(id) = id {
            self.ground.analysis.file(id).shown.clone()
        } else {
            let roots = self.finder.roots().iter();
            let inside = roots.filter_map(|root| path.strip_prefix(root).ok());
            // The innermost of several.
            let inside = inside.min_by_key(|it| it.components().count());
            inside.unwrap_or(&path).to_string_lossy().into_owned()
        };
        Some(Rc::new(File {
            name: Name::from(name),
            shown,
            package,
            is_project,
            table: Table::of(&syntax.body),
            text: text.clone(),
            syntax: syntax.clone(),
            id,
            path,
            listed: OnceCell::new(),
        }))
    }

    /// Whether it is known of a module that its import does not fail for what it imports.
    pub(in crate::plugins) fn is_sound(&self, module: &str) -> bool {
        self.sound.borrow().contains(module)
    }

    /// Notes that of these modules.
    pub(in crate::plugins) fn are_sound(&self, modules: FxHashSet<Name>) {
        self.sound.borrow_mut().extend(modules);
    }

    /// Reads these modules side by side, as far as they can be found.
    pub(in crate::plugins) fn read_ahead(&self, names: &[Name]) {
        use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
        let (finder, sheets) = (&self.finder, self.ground.sheets);
        names.par_iter().for_each(|name| {
            if let Some(located) = finder.find(name)
                && let Some(path) = located.source()
            {
                sheets.sheet(path).read_ahead();
            }
        });
    }

    /// The modules directly in a package.
    pub(in crate::plugins) fn inside(&self, package: &str) -> Vec<Name> {
        let Some(located) = self.finder.find(package) else {
            return vec![];
        };
        let names = self.finder.names_in(&located.folders());
        names.into_iter().map(|(name, _)| name).collect()
    }

    /// The version of the distribution that has a top-level module, where it goes by the module's name.
    pub(in crate::plugins) fn version_of(&self, module: &str) -> Option<String> {
        let folders = self.ground.environment.site_packages.iter();
        let mut all = folders.flat_map(|folder| Distribution::installed_in(folder));
        let found = all.find(|it| it.normalized_name() == module.to_lowercase())?;
        Some(found.version)
    }

    /// The distribution that a file of the environment comes from, as it spells its name.
    pub(in crate::plugins) fn distribution(&self, file: &File) -> Option<String> {
        if file.is_project {
            return None;
        }
        let mut owners = self.owners.borrow_mut();
        let owners = owners.get_or_insert_with(|| {
            let folders = self.ground.environment.site_packages.iter();
            folders
                .flat_map(|folder| Distribution::files_in(folder))
                .collect()
        });
        owners.get(&file.path).map(ToString::to_string)
    }
}

/// The top-level module of a module, or of a path.
pub(in crate::plugins) fn top(name: &str) -> &str {
    name.split(['.', ':']).next().unwrap_or(name)
}

/// Whether a module of a program is one of its own tests, which register what the program itself does not.
pub(in crate::plugins) fn is_of_tests(name: &str) -> bool {
    matches!(name, "test" | "tests" | "conftest") || name.starts_with("test_")
}
