//! Trials: a project run anew on paper with other texts in place of some of its files, to see what would come of it.

use std::path::PathBuf;
use std::sync::Arc;

use crate::Name;
use crate::analysis::{Analysis, EditedFile};
use crate::evaluate::{self, Library, Sheets, World};
use crate::source::{Environment, Project};

use super::gathered;

/// What runs a project anew. Files that stay as they are were parsed before, and are not read again.
pub struct Trials<'a> {
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
        let sheets = Sheets::over(self.sheets, texts);
        let mut library = Library::new(&sheets);
        let (outcome, mut run) = evaluate::run(self.world, &mut library, modules);
        let library = run.library(|_| ());
        gathered(
            outcome,
            library,
            self.project,
            self.environment,
            self.world,
            vec![],
        )
    }

    /// The names of the project's modules, in the order in which they are run.
    pub fn modules(&self) -> impl Iterator<Item = &Name> {
        self.project.files.iter().map(|it| &it.module)
    }
}
