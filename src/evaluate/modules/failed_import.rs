//! Modules whose import raises: files that do not compile, bodies that leave with an exception, and what imports them without a `try`.
//!
//! CPython makes nothing of what stands behind such a place. It is looked at all the same, so that a page has something to show, and
//! rests on an assumption; the classes of a file that does not compile are not known.

use crate::Name;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run, Stage};
use crate::evaluate::machine::value::{Instance, ModuleIx, Object, Value};
use crate::semantics::{Assumption, Gap, Outcome, Why};
use crate::source::{FileId, Place};

impl Run<'_, '_> {
    /// The `SyntaxError` that a text gives; what it says differs from version to version, and is not known.
    pub(crate) fn does_not_compile(&mut self, at: Option<Place>) -> Box<Thrown> {
        let class = self.known.syntax_error;
        let mut instance = Instance::of(class);
        instance.open = true;
        let value = self.allocate(Object::Instance(instance));
        Box::new(Thrown {
            class: Some(class),
            value,
            message: None,
            at,
            on: None,
            is_written: false,
            is_certain: false,
            ended: vec![],
            verdict: None,
            is_cut: false,
        })
    }

    /// Whether an exception ends the import of the module that raises it, where somebody may stand ready for that: a failed import,
    /// a file that does not compile, and what a `raise` says. Modules are there to be imported: any other exception is more likely a
    /// mistake of ours.
    pub(super) fn ends_import(&self, thrown: &Thrown) -> bool {
        thrown.is_written || self.is_failed_import(thrown)
    }

    fn is_failed_import(&self, thrown: &Thrown) -> bool {
        let kinds = [self.known.import_error, self.known.syntax_error];
        let is_one = |class| {
            let mut kinds = kinds.iter();
            kinds.any(|&it| self.classes.is_subclass(class, it))
        };
        thrown.class.is_some_and(is_one)
    }

    /// Goes on after what a statement of a module raises and nobody catches: what comes after it rests on that it does not.
    pub(super) fn pass_over(&mut self, ix: ModuleIx, thrown: &Thrown, at: Option<Place>) {
        // What code elsewhere raises may be a state that we got wrong.
        let file = self.module(ix).file;
        let is_here = thrown.at.is_some_and(|at| Some(at.file) == file);
        let is_certain = self.is_failed_import(thrown)
            || thrown.verdict.is_some()
            || thrown.is_written && (is_here || self.is_certain_so_far());
        if is_certain {
            let raises = &mut self.module_mut(ix).raises;
            raises.get_or_insert_with(|| Box::new(thrown.clone()));
            // What is not installed here may be there where the code runs: what stands behind it is worth more than what does not.
            if !self.is_failed_import(thrown) {
                self.note_end();
            }
        }
        let what = format!(
            "what would raise `{}` does not",
            self.exception_name(thrown)
        );
        self.assume_of_module(ix, what, thrown.at.or(at));
    }

    /// An import of a module that raises: again, where somebody stands ready; else what comes after it rests on that it does not.
    pub(super) fn import_that_raises(&mut self, ix: ModuleIx, at: Option<Place>) -> Eval<()> {
        let state = self.module(ix);
        // Who imports a module that is still running is given it as it is.
        if state.stage == Stage::Running {
            return Ok(());
        }
        let lacks = state.lacks.clone();
        let Some(thrown) = state.raises.clone() else {
            return match lacks {
                Some(thrown) if self.handlers > 0 => Err(thrown),
                Some(thrown) => {
                    self.note_lacking(thrown);
                    Ok(())
                }
                None => Ok(()),
            };
        };
        if self.handlers > 0 {
            return if self.ends_import(&thrown) {
                Err(thrown)
            } else {
                Ok(())
            };
        }
        let Some(&importer) = self.running.last() else {
            return Ok(());
        };
        // However long the way is that imports have taken since: it is one cause.
        let file = thrown.at.map(|at| at.file);
        let raising = self
            .modules
            .iter()
            .find(|it| file.is_some() && it.file == file && it.raises.is_some());
        let what = format!(
            "importing `{}` does not raise `{}`",
            raising.map_or(&self.module(ix).name, |it| &it.name),
            self.exception_name(&thrown)
        );
        self.assume_of_module(importer, what, at.or(thrown.at));
        // In a function that nobody has called it is the function that ends.
        if self.floor == 0 {
            self.module_mut(importer).raises.get_or_insert(thrown);
        }
        Ok(())
    }

    /// Notes that what runs now imports what is not there, and that nobody stands ready: who imports it and does, gets by without it.
    ///
    /// ```py
    /// # base.py
    /// from cryptography import x509
    /// class Base: ...
    /// # shop.py
    /// try:
    ///     from base import Base
    /// except ImportError:
    ///     Base = object
    /// ```
    pub(super) fn note_lacking(&mut self, thrown: Box<Thrown>) {
        let is_certain = self.floor == 0 && self.depth == 0 && self.journals.is_empty();
        if let Some(&importer) = self.running.last().filter(|_| is_certain) {
            self.module_mut(importer).lacks.get_or_insert(thrown);
        }
    }

    /// Why a file is not run: what the compiler refuses, and where.
    pub(crate) fn refused_at(&self, file: FileId) -> Option<Place> {
        self.library.refusal(file).map(|error| Place {
            file,
            start: error.at,
            end: error.at,
        })
    }

    /// Makes the classes of a file that does not compile what they are: not known.
    pub(super) fn leave_uncompiled(&mut self, ix: ModuleIx) {
        let Some(file) = self.module(ix).file else {
            return;
        };
        let Some(at) = self.refused_at(file) else {
            return;
        };
        for id in self.module(ix).classes.clone() {
            let class = self.classes.get(id);
            if class.origin.place().is_none_or(|place| place.file != file) {
                continue;
            }
            let gap = Gap {
                why: Why::DoesNotCompile,
                what: Name::from(class.path.name()),
                at: Some(at),
            };
            let (known, metaclass) = match &class.outcome {
                Outcome::Created(made) => (made.mro.to_vec(), Some(made.metaclass)),
                Outcome::Unknown {
                    known, metaclass, ..
                } => (known.clone(), *metaclass),
                Outcome::Raises(_) => (vec![id], None),
            };
            let class = self.classes_mut().get_mut(id);
            class.refused = None;
            class.outcome = Outcome::Unknown {
                because: vec![gap],
                known,
                metaclass,
            };
        }
    }

    /// What a module has of which not even the text can be read, or only a compiled file.
    pub(super) fn give_nothing(&mut self, ix: ModuleIx, why: Why, at: Option<Place>) {
        let dotted = self.module(ix).name.clone();
        if let Value::Gap(gap) = self.gap(why, &dotted, at) {
            self.module_mut(ix).gap = Some(gap);
        }
        let scope = self.module(ix).scope;
        let names: Vec<Name> = self.scope(scope).names.keys().cloned().collect();
        for name in names {
            if !name.starts_with("__") {
                self.unbind(scope, &name);
            }
        }
    }

    fn exception_name(&self, thrown: &Thrown) -> String {
        thrown.class.map_or_else(
            || String::from("an exception"),
            |class| self.classes.get(class).path.name().to_owned(),
        )
    }

    fn assume_of_module(&mut self, ix: ModuleIx, what: String, at: Option<Place>) {
        self.unknowns += 1;
        let assumptions = &mut self.module_mut(ix).assumptions;
        if assumptions.iter().all(|it| it.what != what) {
            assumptions.push(Assumption { what, at });
        }
    }
}
