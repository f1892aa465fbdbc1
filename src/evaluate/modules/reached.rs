//! Which class statements an import comes to: where one raises, nothing behind it in its module runs, nor behind the imports of that module.
//!
//! The run goes on behind such a place, so that a page has something to show. What each module did is noted in order, and afterwards the
//! imports are played through once more with these notes, as CPython would: a module that raises is taken out of `sys.modules`, and
//! run again by whoever imports it next.
//!
//! ```py
//! class X(A, B): ...   # raises
//! class Y(X): ...      # not reached
//! ```

use rustc_hash::{FxHashMap, FxHashSet};

use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Run, Stage};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{ModuleIx, ScopeId};
use crate::semantics::{ClassId, Outcome};
use crate::syntax::ClassDef;

/// Something a module did while it was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Did {
    /// It began to make a class.
    Made(ClassId),
    /// A class statement of its own, or of a function that it called, raised, and nobody stood ready for that.
    Raised(ClassId),
    /// It imported a module, and nobody stood ready for what that raises.
    Imported(ModuleIx),
    /// It imported a module where somebody stood ready.
    Tried(ModuleIx),
}

/// Turns of the play: a hostile project may import in circles for as long as it likes.
const MOST_TURNS: usize = 4_000_000;

/// Imports in one another.
const MOST_DEEP: usize = 400;

impl Run<'_, '_> {
    /// Notes what the module that is being imported does.
    pub(crate) fn note_done(&mut self, did: Did) {
        if let Did::Raised(_) = did {
            self.note_end();
        }
        match self.running.last().copied() {
            Some(ix) if self.module(ix).stage == Stage::Running => {
                self.module_mut(ix).history.push(did);
            }
            Some(_) => {}
            None => self.imported_first.push(did),
        }
    }

    /// Notes that a class statement raised, the first of these classes, where nobody stands ready and no decision hangs over it. Of one in
    /// another's body it is the outer one that ends the module.
    pub(crate) fn note_raised(&mut self, first: ClassId, def: &ClassDef, scope: ScopeId) {
        let is_in_class = self.scope(scope).kind == ScopeKind::Class;
        if is_in_class || self.is_guarded() || !self.journals.is_empty() {
            return;
        }
        let place = self.place(scope, def.keyword, def.end);
        let raising = (first.0..self.classes.len() as u32)
            .map(ClassId)
            .find(|&id| {
                let class = self.classes.get(id);
                let raises = matches!(class.outcome, Outcome::Raises(_)) || class.refused.is_some();
                raises && class.origin.place() == place
            });
        if let Some(class) = raising {
            self.note_done(Did::Raised(class));
        }
    }

    /// Notes the class statement that an exception has ended with which a statement of a module ends.
    pub(super) fn note_ended(&mut self, thrown: &Thrown) {
        if let Some(&class) = thrown.ended.first() {
            self.note_done(Did::Raised(class));
        }
    }

    /// Notes that the module at work imports another.
    pub(super) fn note_import(&mut self, ix: ModuleIx) {
        let did = if self.is_guarded() || !self.journals.is_empty() {
            Did::Tried(ix)
        } else {
            Did::Imported(ix)
        };
        self.note_done(did);
    }

    /// Notes for each class that no import comes to which statement raises before it.
    pub(super) fn note_unreached(&mut self) {
        let raises = |did: &Did| matches!(did, Did::Raised(_));
        if !self.modules.iter().any(|it| it.history.iter().any(raises)) {
            return;
        }
        let mut play = Play {
            histories: self
                .modules
                .iter()
                .map(|it| it.history.as_slice())
                .collect(),
            loaded: FxHashSet::default(),
            reached: FxHashSet::default(),
            stopped_by: FxHashMap::default(),
            turns: 0,
        };
        for did in &self.imported_first {
            if let Did::Imported(ix) | Did::Tried(ix) = *did {
                let _ = play.import(ix, 0);
            }
        }
        if play.turns >= MOST_TURNS {
            return;
        }
        let mut unreached = vec![];
        for (index, module) in self.modules.iter().enumerate() {
            let Some(&by) = play.stopped_by.get(&ModuleIx(index as u32)) else {
                continue;
            };
            for did in &module.history {
                if let Did::Made(class) = *did
                    && !play.reached.contains(&class)
                {
                    unreached.push((class, by));
                }
            }
        }
        for (class, by) in unreached {
            self.classes_mut().get_mut(class).not_reached = Some(by);
        }
    }
}

/// The imports, played through with what each module did.
struct Play<'a> {
    histories: Vec<&'a [Did]>,
    /// What `sys.modules` holds.
    loaded: FxHashSet<ModuleIx>,
    reached: FxHashSet<ClassId>,
    /// The statement with which an import of a module ended last.
    stopped_by: FxHashMap<ModuleIx, ClassId>,
    turns: usize,
}

impl Play<'_> {
    /// Imports a module; the error is the class statement that raises.
    fn import(&mut self, ix: ModuleIx, depth: usize) -> Result<(), ClassId> {
        if depth > MOST_DEEP || !self.loaded.insert(ix) {
            return Ok(());
        }
        let history = self.histories.get(ix.0 as usize).copied();
        for &did in history.unwrap_or_default() {
            self.turns += 1;
            if self.turns >= MOST_TURNS {
                return Ok(());
            }
            let stopped = match did {
                Did::Made(class) => {
                    self.reached.insert(class);
                    Ok(())
                }
                Did::Raised(class) => Err(class),
                Did::Imported(other) => self.import(other, depth + 1),
                Did::Tried(other) => {
                    let _ = self.import(other, depth + 1);
                    Ok(())
                }
            };
            if let Err(class) = stopped {
                self.loaded.remove(&ix);
                self.stopped_by.insert(ix, class);
                return Err(class);
            }
        }
        Ok(())
    }
}
