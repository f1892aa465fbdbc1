//! `Analysis`: every class object that importing the project would make, where each came from, and what could not be read.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::Name;
use crate::analysis::{ClassRef, Hierarchy, Outlook, Sureness};
use crate::cpython::Facts;
use crate::evaluate::{Limits, NoClass};
use crate::semantics::{ClassId, ClassPath, Classes, Gap};
use crate::source::{FileId, Place, PythonVersion, SourceFile};

/// Which module of an analysis: an index into its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(pub u32);

/// A module that was run on paper.
#[derive(Debug)]
pub struct Module {
    /// Its dotted name.
    pub name: Name,
    /// Its file; none for a namespace package.
    pub file: Option<FileId>,
    /// Whether it is a package.
    pub package: bool,
    /// Where it lives.
    pub origin: ModuleOrigin,
    /// The classes its code makes, in order of creation: nested and local ones too.
    pub classes: Vec<ClassId>,
    /// The class statements of its code that make no class, in order of execution.
    pub no_classes: Vec<NoClass>,
    /// Its names that are bound to a class when its body has run: definitions, imports, aliases.
    pub names: IndexMap<Name, ClassId, FxBuildHasher>,
    /// Its names that are bound to a module then, with that one's dotted name.
    pub modules: Vec<(Name, Name)>,
}

/// Where a module lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ModuleOrigin {
    /// Below the path that was asked about.
    Project,
    /// In the environment: site-packages and its kind.
    ThirdParty,
    /// The interpreter's own.
    StandardLibrary,
}

/// A file or folder that could not be used whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind of trouble.
    pub kind: ProblemKind,
    /// The file as people are shown it.
    pub path: String,
    /// Line, from 1, where it has one.
    pub line: Option<u32>,
    /// One line that says it.
    pub message: String,
    /// The file itself, where its text could be read.
    pub file: Option<FileId>,
    /// Where it is, if its path as people are shown it does not begin where the project does.
    pub location: Option<PathBuf>,
}

/// What kind of trouble a file gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemKind {
    /// It could not be read.
    Unreadable,
    /// No import finds it: a package or module of its name comes first.
    Hidden,
    /// Its bytes are not the encoding it says.
    Undecodable,
    /// It is not Python; what could be read of it is in the analysis all the same.
    Syntax,
    /// An entry point of the project leads nowhere.
    EntryPoint,
}

/// An entry point that a distribution declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPoint {
    /// The group: `console_scripts`, `pytest11`.
    pub group: String,
    /// The name inside the group.
    pub name: String,
    /// What it points to, as written: `package.module:Class`.
    pub value: String,
    /// The distribution that declares it.
    pub distribution: String,
    /// The file that declares it, as people are shown it.
    pub path: String,
    /// The line that declares it, from 1, where that could be told.
    pub line: Option<u32>,
    /// Whether the project declares it, rather than what is installed.
    pub is_project: bool,
    /// Which folder of `sys.path` its distribution is found in, counted from 0.
    pub folder: usize,
    /// Which entry of that folder its distribution is, in the order in which the system lists them.
    pub listed: usize,
}

impl EntryPoint {
    /// `pyproject.toml:22`
    pub fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.path),
            None => self.path.clone(),
        }
    }
}

/// The world the project was run in, as the status line says it.
#[derive(Debug, Clone, Default)]
pub struct WorldSummary {
    /// What was opened, shortened for a title: `django`.
    pub project: String,
    /// The folder or file that was opened.
    pub root: PathBuf,
    /// The Python version: `3.13`.
    pub python: String,
    /// `sys.platform`.
    pub platform: String,
    /// The environment whose site-packages were searched.
    pub environment: Option<PathBuf>,
    /// How much of a value is shown.
    pub limits: Limits,
}

impl WorldSummary {
    /// The version as one that can be compared.
    pub fn version(&self) -> PythonVersion {
        // It was said by a version in the first place.
        self.python.parse().unwrap_or_else(|()| Facts::newest())
    }
}

/// Everything that is known of a project.
#[derive(Debug)]
pub struct Analysis {
    /// The world it was run in.
    pub world: WorldSummary,
    /// Every file that was read; those of the project first.
    pub files: Vec<SourceFile>,
    /// Every module that was run; those of the project first, each part sorted by name.
    pub modules: Vec<Module>,
    /// Every class; the interpreter's first.
    pub classes: Arc<Classes>,
    /// Files that could not be used whole.
    pub problems: Vec<Problem>,
    /// Entry points of the project and of the installed distributions.
    pub entry_points: Vec<EntryPoint>,
    pub(crate) hierarchy: Hierarchy,
    pub(crate) module_of: FxHashMap<ClassId, ModuleId>,
    pub(crate) by_path: FxHashMap<ClassPath, Vec<ClassId>>,
    pub(crate) by_module: FxHashMap<Name, ModuleId>,
    pub(super) outlook: OnceLock<Outlook>,
}

/// What a target given by a person stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Exactly this class.
    Class(ClassId),
    /// Any of these, by path.
    Ambiguous(Vec<ClassId>),
    /// Nothing; these are spelled much like it.
    Unknown(Vec<ClassPath>),
}

/// How many there are of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// The project's classes.
    pub classes: usize,
    /// … of which the answer is exact.
    pub exact: usize,
    /// … of which it rests on an assumption.
    pub assumed: usize,
    /// … of which it cannot be known.
    pub unknown: usize,
    /// … which CPython refuses to make, or a decorator of theirs to take.
    pub raises: usize,
    /// … which no import comes to, since another statement raises first.
    pub not_reached: usize,
    /// The project's modules.
    pub modules: usize,
    /// The project's files.
    pub files: usize,
    /// Files that could not be used whole.
    pub problems: usize,
}

impl Analysis {
    /// Takes what a load found, and draws up the indexes that answer questions about it.
    ///
    /// `modules` stand project first, each part sorted by name; a class belongs to the module that lists it.
    pub fn new(
        world: WorldSummary,
        files: Vec<SourceFile>,
        modules: Vec<Module>,
        classes: impl Into<Arc<Classes>>,
        problems: Vec<Problem>,
        entry_points: Vec<EntryPoint>,
    ) -> Self {
        let classes = classes.into();
        let mut module_of = FxHashMap::default();
        let mut by_module = FxHashMap::default();
        for (index, module) in modules.iter().enumerate() {
            let id = ModuleId(index as u32);
            // Two files can claim one name; the first one is what an import finds.
            by_module.entry(module.name.clone()).or_insert(id);
            module_of.extend(module.classes.iter().map(|&class| (class, id)));
        }
        let mut by_path: FxHashMap<ClassPath, Vec<ClassId>> = FxHashMap::default();
        let is_there = |id| classes.is_interpreters(id) || module_of.contains_key(&id);
        for id in classes.ids().filter(|&id| is_there(id)) {
            by_path
                .entry(classes.get(id).path.clone())
                .or_default()
                .push(id);
        }
        Self {
            hierarchy: Hierarchy::new(&classes, is_there),
            world,
            files,
            modules,
            classes,
            problems,
            entry_points,
            module_of,
            by_path,
            by_module,
            outlook: OnceLock::new(),
        }
    }

    /// Every class that is there to be looked at, the interpreter's first.
    ///
    /// An import that fails half-way leaves classes behind that no name leads to; the next attempt makes them anew.
    pub fn all_classes(&self) -> impl Iterator<Item = ClassRef<'_>> {
        self.classes
            .ids()
            .filter(|&id| self.classes.is_interpreters(id) || self.module_of.contains_key(&id))
            .map(|id| self.class(id))
    }

    /// The class with this id, with its answers at hand.
    pub fn class(&self, id: ClassId) -> ClassRef<'_> {
        ClassRef::new(self, id)
    }

    /// The classes of the project, module by module, in order of creation.
    pub fn project_classes(&self) -> impl Iterator<Item = ClassRef<'_>> {
        self.project_modules()
            .flat_map(|module| module.classes.iter().map(|&id| self.class(id)))
    }

    /// The modules of the project, sorted by name.
    pub fn project_modules(&self) -> impl Iterator<Item = &Module> {
        self.modules
            .iter()
            .filter(|module| module.origin == ModuleOrigin::Project)
    }

    /// The module with this dotted name.
    pub fn module(&self, name: &str) -> Option<&Module> {
        self.by_module
            .get(name)
            .map(|&id| &self.modules[id.0 as usize])
    }

    /// The module whose code makes the class; none for the interpreter's classes.
    pub fn module_of(&self, class: ClassId) -> Option<&Module> {
        self.module_of
            .get(&class)
            .map(|&id| &self.modules[id.0 as usize])
    }

    /// The file with this id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.index()]
    }

    /// `path:line` of a place, the path as people are shown it.
    pub fn say_place(&self, place: Place) -> String {
        let file = self.file(place.file);
        format!("{}:{}", file.shown, file.line(place.start))
    }

    /// The source text of a place.
    pub fn text_of(&self, place: Place) -> &str {
        self.file(place.file).slice(place.start, place.end)
    }

    /// Classes with exactly this path: several where one name is bound by several statements. The last one is what the name means.
    pub fn by_path(&self, path: &ClassPath) -> &[ClassId] {
        self.by_path.get(path).map_or(&[], Vec::as_slice)
    }

    /// Who derives from whom.
    pub fn hierarchy(&self) -> &Hierarchy {
        &self.hierarchy
    }

    /// Counts the project's classes by how sure their answers are.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            modules: self.project_modules().count(),
            problems: self.problems.len(),
            files: self
                .project_modules()
                .filter(|module| module.file.is_some())
                .count(),
            ..Counts::default()
        };
        for class in self.project_classes() {
            counts.classes += 1;
            if class.not_reached().is_some() {
                counts.not_reached += 1;
                continue;
            }
            match class.sureness() {
                Sureness::Exact => counts.exact += 1,
                Sureness::Assumed(_) => counts.assumed += 1,
                Sureness::Raises => counts.raises += 1,
                Sureness::Unknown(_) => counts.unknown += 1,
            }
        }
        counts
    }

    /// Says a gap to a person: what, why, where.
    pub fn say_gap(&self, gap: &Gap) -> String {
        match gap.at {
            Some(place) => format!(
                "`{}`: {} ({})",
                gap.what,
                gap.why.say(),
                self.say_place(place)
            ),
            None => format!("`{}`: {}", gap.what, gap.why.say()),
        }
    }
}
