//! What a method imports that a framework calls once all is loaded, and whether it comes to that.
//!
//! ```python
//! class ShopConfig(AppConfig):
//!     def ready(self):
//!         from . import receivers
//!         if settings.AUDIT:
//!             import shop.audit
//! ```

use std::rc::Rc;

use crate::Name;
use crate::plugins::follow::{Follow, Scope, absolute};
use crate::plugins::modules::File;
use crate::syntax::{Block, ClassDef, StmtKind};

/// Whether an import is come to; the condition stands at an offset of the file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Comes {
    /// It is.
    Surely,
    /// That hangs on a condition.
    Perhaps(u32),
    /// The condition does not hold.
    Never(u32),
}

/// The modules that a method of a class imports, each with whether it comes to that.
pub(super) fn imports_of(
    follow: &Follow<'_>,
    def: &ClassDef,
    method: &str,
    file: &Rc<File>,
) -> Vec<(Name, Comes)> {
    let mut found = vec![];
    for stmt in &def.body {
        if let StmtKind::Function(def) = &stmt.kind
            && def.name == method
        {
            let body = def.body(&file.text);
            within(follow, &body, file, Comes::Surely, &mut found);
        }
    }
    found
}

fn within(
    follow: &Follow<'_>,
    block: &Block,
    file: &Rc<File>,
    comes: Comes,
    found: &mut Vec<(Name, Comes)>,
) {
    for stmt in block {
        match &stmt.kind {
            StmtKind::Import(names) => {
                found.extend(names.iter().map(|it| (it.name.clone(), comes)));
            }
            StmtKind::ImportFrom(import) => {
                if let Some(module) = absolute(file, import.level, &import.module) {
                    let inside = import.names.iter();
                    let inside = inside.map(|it| Name::from(format!("{module}.{}", it.name)));
                    found.extend(inside.map(|it| (it, comes)));
                    found.push((module, comes));
                }
            }
            StmtKind::If(branches) => {
                let scope = Scope::of(file);
                let at = stmt.start;
                let mut now = comes;
                for (test, block) in branches {
                    let truth = match test {
                        Some(test) => follow.decide(test, &scope),
                        None => Some(true),
                    };
                    let inner = match truth {
                        Some(false) if comes == Comes::Surely => Comes::Never(at),
                        None if now == Comes::Surely => Comes::Perhaps(at),
                        _ => now,
                    };
                    within(follow, block, file, inner, found);
                    now = match truth {
                        Some(true) if now == Comes::Surely => Comes::Never(at),
                        None if now == Comes::Surely => Comes::Perhaps(at),
                        _ => now,
                    };
                }
            }
            kind => {
                kind.blocks(&mut |block| within(follow, block, file, comes, found));
            }
        }
    }
}
