//! Class statements that a run has come to: what no call of a function comes to is run as if nobody had called it.

use rustc_hash::FxHashSet;

use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Definition, ObjectId, ScopeId};
use crate::source::FileId;
use crate::syntax::{Block, ClassDef, FunctionDef, StmtKind};

/// The functions that were called, and the class statements that were come to.
#[derive(Debug, Default)]
pub(crate) struct Met {
    /// Functions that somebody has called, by file and offset: the others are run once for the classes inside.
    pub called: FxHashSet<(FileId, u32)>,
    /// Class statements, by file and keyword.
    statements: FxHashSet<(FileId, u32)>,
    /// Functions that were run once more for what no call has come to.
    again: FxHashSet<(FileId, u32)>,
    /// The function that is run for that alone.
    pub only_in: Option<ObjectId>,
}

impl Run<'_, '_> {
    /// Notes that a class statement was come to. Whether it is left out, since its function is run for the others alone.
    pub(crate) fn meets(&mut self, def: &ClassDef, scope: ScopeId) -> bool {
        let Some(file) = self.file_of(scope) else {
            return false;
        };
        let is_new = self.met.statements.insert((file, def.keyword));
        let function = self.scope(scope).function;
        !is_new && function.is_some() && function == self.met.only_in
    }

    /// Whether a function that was called has class statements of its own to which no call has come; of each this is asked once.
    ///
    /// ```py
    /// def schema(base=None):
    ///     if base is not None:
    ///         class Schema(base): ...
    /// schema()
    /// ```
    pub(crate) fn has_unmet(&mut self, function: &Definition, def: &FunctionDef) -> bool {
        let text = &self.library.file(function.file).text;
        let body = def.body_for_classes(text);
        self.met.again.insert((function.file, def.start)) && self.is_unmet(&body, function.file)
    }

    fn is_unmet(&self, block: &Block, file: FileId) -> bool {
        block.iter().any(|stmt| {
            let mut is_unmet = match &stmt.kind {
                StmtKind::Class(class) => !self.met.statements.contains(&(file, class.keyword)),
                _ => false,
            };
            let mut inside = |block: &Block| is_unmet |= self.is_unmet(block, file);
            stmt.kind.blocks(&mut inside);
            is_unmet
        })
    }
}
