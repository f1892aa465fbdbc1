//! Whether a module comes to define a name: conditions around the statement are decided.
//!
//! ```python
//! if hasattr(pytest, "Dir"):
//!     def pytest_collect_directory(path, parent): ...
//! ```

use std::rc::Rc;

use crate::plugins::files::bound::tried;
use crate::plugins::files::modules::File;
use crate::plugins::names::follow::{Defined, Follow, Frame, Instance, Scope, Thing, What};
use crate::syntax::{Block, Expr, ExprKind, StmtKind};

impl Follow<'_> {
    /// The object that a name of a framework's module stands for, where data say that it does.
    pub(super) fn proxied(&self, name: &str, scope: &Scope) -> Option<Thing> {
        if !scope.frames.is_empty() || scope.file.is_project {
            return None;
        }
        let path = format!("{}:{name}", scope.file.name);
        Some(Thing::Instance(Rc::new(Instance {
            class: self.facts.stands_for(&path)?,
            object: path,
            call: None,
            attributes: String::new(),
            of: None,
        })))
    }

    /// `str.strip`, where nothing else has the name of the class.
    #[expect(clippy::unused_self, reason = "it stands beside what asks")]
    pub(super) fn of_builtin_class(&self, of: &Expr, name: &str, scope: &Scope) -> Option<Thing> {
        let ExprKind::Name(class) = &of.kind else {
            return None;
        };
        if !matches!(
            class.as_str(),
            "str" | "int" | "float" | "list" | "dict" | "bytes"
        ) {
            return None;
        }
        let has = |frame: &Rc<Frame>| frame.given.contains_key(class) || frame.table.has(class);
        if scope.frames.iter().any(has) || scope.file.table.has(class) {
            return None;
        }
        Some(Thing::Defined(Rc::new(Defined {
            path: format!("builtins:{class}.{name}"),
            what: What::Name,
            file: None,
        })))
    }

    /// Whether the statements of a module define a function or class of this name; none where that hangs on a condition.
    pub(in crate::plugins) fn defines(&self, file: &Rc<File>, name: &str) -> Option<bool> {
        self.defines_in(&file.syntax.body, &Scope::of(file), name)
    }

    fn defines_in(&self, block: &Block, scope: &Scope, name: &str) -> Option<bool> {
        let mut is_known = true;
        for stmt in block {
            let defines = match &stmt.kind {
                StmtKind::Function(def) => Some(def.name == name),
                StmtKind::Class(def) => Some(def.name == name),
                StmtKind::If(branches) => {
                    let mut found = Some(false);
                    for (test, block) in branches {
                        let inner = self.defines_in(block, scope, name);
                        if inner == Some(false) && found == Some(false) {
                            continue;
                        }
                        let truth = match test {
                            Some(test) => self.decide(test, scope),
                            None => Some(true),
                        };
                        match truth {
                            Some(true) if found.is_some() => {
                                found = inner;
                                break;
                            }
                            Some(false) => {}
                            _ => found = None,
                        }
                    }
                    found
                }
                StmtKind::Try(it) => {
                    let body = self.defines_in(&it.body, scope, name);
                    let orelse = self.defines_in(&it.orelse, scope, name);
                    let handlers = it.handlers.iter();
                    let mut handlers = handlers.map(|it| self.defines_in(&it.body, scope, name));
                    let is_any = |it: Option<bool>| it != Some(false);
                    if is_any(body) || is_any(orelse) || handlers.any(is_any) {
                        match self.imports_succeed(&tried(&it.body)) {
                            Some(true) if is_any(orelse) => orelse,
                            Some(true) => Some(false),
                            _ => None,
                        }
                    } else {
                        self.defines_in(&it.finally, scope, name)
                    }
                }
                StmtKind::With(_, body, _) => self.defines_in(body, scope, name),
                kind => {
                    let mut found = Some(false);
                    kind.blocks(&mut |block| {
                        if self.defines_in(block, scope, name) != Some(false) {
                            found = None;
                        }
                    });
                    found
                }
            };
            match defines {
                Some(true) => return Some(true),
                Some(false) => {}
                None => is_known = false,
            }
        }
        is_known.then_some(false)
    }
}
