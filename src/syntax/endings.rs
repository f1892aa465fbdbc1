//! How a function can end, as its source has it: with a value, with `NotImplemented`, by raising what.

use crate::Name;
use crate::syntax::{Block, Expr, ExprKind, StmtKind};

/// How a body can end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endings {
    /// Whether it may return a value; `None` at its end is one.
    pub value: bool,
    /// Whether it may return `NotImplemented`.
    pub not_implemented: bool,
    /// What it may raise, as it is written: `TypeError`.
    pub raises: Vec<Name>,
}

/// How a body can end.
pub fn endings(body: &Block) -> Endings {
    let mut found = Endings::default();
    // Beyond its last statement it returns `None`.
    found.value |= goes_on(body, &mut found);
    found
}

/// Whether the end of a block is reached, as far as its statements say.
fn goes_on(block: &Block, found: &mut Endings) -> bool {
    for stmt in block {
        match &stmt.kind {
            StmtKind::Return(value) => {
                match value.as_deref() {
                    Some(value) => returned(value, found),
                    None => found.value = true,
                }
                return false;
            }
            StmtKind::Raise(value) => {
                if let Some(name) = value.as_deref().and_then(raised)
                    && !found.raises.contains(&name)
                {
                    found.raises.push(name);
                }
                return false;
            }
            StmtKind::If(branches) => {
                let has_else = branches.iter().any(|(test, _)| test.is_none());
                let mut goes = !has_else;
                for (_, body) in branches {
                    goes |= goes_on(body, found);
                }
                if !goes {
                    return false;
                }
            }
            StmtKind::With(_, body, _) => {
                // A manager may swallow what is raised.
                goes_on(body, found);
            }
            other => other.blocks(&mut |body| {
                goes_on(body, found);
            }),
        }
    }
    true
}

fn returned(value: &Expr, found: &mut Endings) {
    match &value.kind {
        ExprKind::Name(name) if name == "NotImplemented" => found.not_implemented = true,
        ExprKind::If(parts) => {
            returned(&parts.1, found);
            returned(&parts.2, found);
        }
        _ => found.value = true,
    }
}

fn raised(value: &Expr) -> Option<Name> {
    match &value.kind {
        ExprKind::Name(name) => Some(name.clone()),
        ExprKind::Attribute(_, name) => Some(name.clone()),
        ExprKind::Call(call) => raised(&call.function),
        _ => None,
    }
}
