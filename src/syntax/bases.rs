//! The names of a function's body on which the bases of its classes depend: what they read, and what is read to work that out.

use rustc_hash::FxHashSet;

use crate::Name;
use crate::syntax::{Block, Expr, ExprKind, StmtKind, for_parts};

/// Returns the names, and those of attributes, that decide what the class statements of a body derive from; of one that is run for what it
/// gives or sets, also those of what it returns, yields and sets under these names.
///
/// ```py
/// def make():
///     reg = registry()            # reg, since …
///     Base = reg.generate_base()  # … Base needs it
///     class A(Base): ...
/// ```
pub fn names_of_bases(body: &Block, given: Option<&[Name]>) -> FxHashSet<Name> {
    let mut names: FxHashSet<Name> = given.unwrap_or_default().iter().cloned().collect();
    note_block(body, given.is_some(), &mut names);
    loop {
        let before = names.len();
        note_sources(body, &mut names);
        if names.len() == before {
            return names;
        }
    }
}

fn note_block(body: &Block, is_given: bool, names: &mut FxHashSet<Name>) {
    for stmt in body {
        match &stmt.kind {
            StmtKind::Class(def) => {
                let keywords = def.keywords.iter().map(|it| &it.1);
                let parts = def.bases.iter().chain(keywords).chain(&def.decorators);
                parts.for_each(|it| note(it, names));
                note_block(&def.body, false, names);
            }
            StmtKind::Return(Some(value)) if is_given => note(value, names),
            StmtKind::Expr(value) if is_given && matches!(value.kind, ExprKind::Yield(_)) => {
                note(value, names);
            }
            kind => kind.blocks(&mut |block| note_block(block, is_given, names)),
        }
    }
}

/// Notes what is read to bind one of the names.
fn note_sources(body: &Block, names: &mut FxHashSet<Name>) {
    for stmt in body {
        if let StmtKind::Assign(targets, value) = &stmt.kind
            && targets.iter().any(|it| match &it.kind {
                ExprKind::Name(name) | ExprKind::Attribute(_, name) => names.contains(name),
                _ => false,
            })
        {
            note(value, names);
        }
        stmt.kind.blocks(&mut |block| note_sources(block, names));
    }
}

fn note(expr: &Expr, names: &mut FxHashSet<Name>) {
    if let ExprKind::Name(name) | ExprKind::Attribute(_, name) = &expr.kind {
        names.insert(name.clone());
    }
    for_parts(expr, &mut |part| note(part, names));
}
