//! Trials: a project run anew on paper with other texts in place of some of its files, to see what would come of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Name;
use crate::analysis::{Analysis, EditedFile, Fate, fate};
use crate::cpython::Facts;
use crate::evaluate::{self, Library, Sheets, World};
use crate::semantics::ClassPath;
use crate::source::{Distribution, Environment, Project, PythonVersion};

use super::{Earlier, Request, gathered, world};

/// What runs a project anew. Files that stay as they are were parsed before, and are not read again.
pub struct Trials<'a> {
    pub(super) request: &'a Request,
    pub(super) world: &'a World,
    pub(super) sheets: &'a Arc<Sheets>,
    pub(super) project: &'a Project,
    pub(super) environment: &'a Environment,
}

impl Trials<'_> {
    /// Runs these modules of the project, and what they import, with the files as they would be.
    pub fn run(&self, files: &[EditedFile], modules: &[Name]) -> Analysis {
        let texts = files.iter().map(|it| (it.path.clone(), it.text.clone()));
        let texts: Vec<(PathBuf, Arc<str>)> = texts.collect();
        self.run_in(self.world, &Sheets::over(self.sheets, texts), modules)
    }

    /// Runs one module of the project, and what it imports, with the files as they are; nothing where the order of imports may make a difference.
    pub(super) fn run_first(&self, module: &Name) -> Option<Analysis> {
        let sheets = Sheets::over(self.sheets, vec![]);
        let (analysis, met_circles) =
            self.run_and_tell(self.world, &sheets, std::slice::from_ref(module));
        (!met_circles).then_some(analysis)
    }

    fn run_in(&self, world: &World, sheets: &Sheets, modules: &[Name]) -> Analysis {
        self.run_and_tell(world, sheets, modules).0
    }

    /// The same, and whether a module was asked for what it did not have yet.
    fn run_and_tell(&self, world: &World, sheets: &Sheets, modules: &[Name]) -> (Analysis, bool) {
        let mut library = Library::new(sheets);
        let (outcome, mut run) = evaluate::run(world, &mut library, modules);
        let library = run.library(|_| ());
        let met_circles = outcome.met_circles;
        let analysis = gathered(
            outcome,
            library,
            self.project,
            self.environment,
            world,
            vec![],
        );
        (analysis, met_circles)
    }

    /// What comes of classes of these modules in each version of Python that is known, oldest first; `analysis` has what comes of them in the one
    /// that was asked about. Nothing for the standard library, which belongs to one version.
    pub fn fates(
        &self,
        analysis: &Analysis,
        modules: &[Name],
        classes: &[&ClassPath],
    ) -> Vec<(PythonVersion, Vec<Fate>)> {
        if self.world.is_standard_library || classes.is_empty() {
            return vec![];
        }
        let fates = |of: &Analysis| classes.iter().map(|path| fate(path, of)).collect();
        let in_version = |&version: &PythonVersion| {
            if version == self.world.version {
                return Some((version, fates(analysis)));
            }
            let facts = Facts::of(version)?;
            let named = self.world.named_by_url.clone();
            let plugins = self.world.fixture_plugins.clone();
            let variables = self.world.variables.clone();
            let world = world(
                self.request,
                self.environment,
                self.project,
                version,
                (facts, named, plugins, variables),
            );
            let there = self.run_in(&world, &Sheets::new(version), modules);
            Some((version, fates(&there)))
        };
        Facts::versions().iter().filter_map(in_version).collect()
    }

    /// The name and version of the distribution that installed a file, where one says so.
    pub fn distribution_of(&self, path: &Path) -> Option<Distribution> {
        let folders = self.environment.search_paths().into_iter();
        let mut holding = folders.filter_map(|it| {
            let inside = path.strip_prefix(&it.path).ok()?.to_owned();
            Some((it.path, inside))
        });
        holding.find_map(|(folder, inside)| Distribution::owning(&folder, &inside))
    }

    /// What is left for a later load of the same path: it parses only what is other by then.
    pub fn earlier(&self) -> Arc<Earlier> {
        Arc::new(Earlier {
            sheets: self.sheets.clone(),
            project: self.project.clone(),
            environment: self.environment.clone(),
        })
    }

    /// The names of the project's modules, in the order in which they are run.
    pub fn modules(&self) -> impl Iterator<Item = &Name> {
        self.project.files.iter().map(|it| &it.module)
    }
}
