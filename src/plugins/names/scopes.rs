//! Where code stands: the module, and the functions, classes and rounds of loops around it, with the names that each knows.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::Name;
use crate::plugins::files::bound::Table;
use crate::plugins::files::modules::File;
use crate::plugins::names::follow::{Instance, Thing};
use crate::syntax::Expr;

/// Where an expression stands: the module, and the functions and classes around it, the innermost last.
#[derive(Clone)]
pub(in crate::plugins) struct Scope {
    pub(in crate::plugins) file: Rc<File>,
    pub(in crate::plugins) frames: Vec<Rc<Frame>>,
}

/// The names of a function or a class body, or of a round of a loop.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says of what the names are"
)]
pub(in crate::plugins) struct Frame {
    pub(in crate::plugins) qualname: String,
    pub(in crate::plugins) is_class: bool,
    /// Whether it is a function's.
    pub(in crate::plugins) is_call: bool,
    /// Whether it is a round's.
    pub(in crate::plugins) is_round: bool,
    /// Whether a framework, or what it calls, calls that function.
    pub(in crate::plugins) is_called: bool,
    /// The object that has to be taken in before it is called.
    pub(in crate::plugins) taken: Option<Rc<Instance>>,
    /// Whether when it is called is not known: nobody is seen to, or code of which nobody knows when it runs.
    pub(in crate::plugins) is_handed: bool,
    /// Where the statement of that function stands.
    pub(in crate::plugins) span: Option<(u32, u32)>,
    pub(in crate::plugins) table: Rc<Table>,
    /// What parameters and loop variables are known to be.
    pub(in crate::plugins) given: FxHashMap<Name, Thing>,
    /// What a statement has bound a name to, and where that was: it is worked out by who reads it.
    pub(in crate::plugins) later: Option<(Name, Scope, Arc<Expr>)>,
}

impl Scope {
    /// The scope of a module.
    pub(in crate::plugins) fn of(file: &Rc<File>) -> Self {
        Self {
            file: file.clone(),
            frames: vec![],
        }
    }

    /// The same with a frame more.
    pub(in crate::plugins) fn within(&self, frame: Frame) -> Self {
        let mut inner = self.clone();
        inner.frames.push(Rc::new(frame));
        inner
    }

    /// Changes the innermost frame, which nobody else has yet.
    pub(in crate::plugins) fn alter(&mut self, change: impl FnOnce(&mut Frame)) {
        if let Some(frame) = self.frames.last_mut().and_then(Rc::get_mut) {
            change(frame);
        }
    }

    /// Whether nothing is known of when a function around is called.
    pub(in crate::plugins) fn is_handed(&self) -> bool {
        self.frames.iter().any(|it| it.is_handed)
    }

    /// The qualified name of what is defined here.
    pub(in crate::plugins) fn qualname(&self, name: &str) -> String {
        match self.frames.iter().rev().find(|it| !it.is_round) {
            Some(frame) if frame.is_class => format!("{}.{name}", frame.qualname),
            Some(frame) => format!("{}.<locals>.{name}", frame.qualname),
            None => name.to_owned(),
        }
    }

    /// Whether code that certainly runs comes by here: a module's own, and functions that it, or the framework, calls.
    pub(in crate::plugins) fn is_executed(&self) -> bool {
        self.frames.iter().all(|it| !it.is_call || it.is_called)
    }

    /// The path of what is defined here: `module:qualname`.
    pub(super) fn path(&self, name: &str) -> String {
        format!("{}:{}", self.file.name, self.qualname(name))
    }
}
