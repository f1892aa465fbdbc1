//! What statements import.

use std::rc::Rc;

use crate::Name;
use crate::plugins::files::bound::is_for_checkers;
use crate::plugins::files::modules::File;
use crate::plugins::names::follow::absolute;
use crate::syntax::{Block, StmtKind};

/// The modules that statements import, the packages around them too.
pub(in crate::plugins) fn imports_in(block: &Block, file: &Rc<File>, found: &mut Vec<Name>) {
    let mut with_packages = |name: Name| {
        let ends: Vec<usize> = name.match_indices('.').map(|(at, _)| at).collect();
        found.extend(ends.into_iter().map(|at| Name::from(&name[..at])));
        found.push(name);
    };
    for stmt in block {
        match &stmt.kind {
            StmtKind::Import(names) => names.iter().for_each(|it| with_packages(it.name.clone())),
            StmtKind::ImportFrom(import) => {
                if let Some(module) = absolute(file, import.level, &import.module) {
                    for it in &import.names {
                        with_packages(Name::from(format!("{module}.{}", it.name)));
                    }
                    with_packages(module);
                }
            }
            _ => {}
        }
    }
    for stmt in block {
        let is_for_checkers = match &stmt.kind {
            StmtKind::If(branches) => {
                let test = branches.first().and_then(|it| it.0.as_ref());
                test.is_some_and(is_for_checkers)
            }
            _ => false,
        };
        if !is_for_checkers {
            stmt.kind
                .blocks(&mut |block| imports_in(block, file, found));
        }
    }
}
