//! Entry points that `setup.py` gives to `setup()` as they stand there.

use std::path::Path;
use std::sync::Arc;

use crate::evaluate::Sheets;
use crate::source::DeclaredEntryPoint;
use crate::syntax::{Block, Call, Expr, ExprKind, Literal, StmtKind};

/// What `setup(entry_points={"group": ["name = module:object"]})` declares, where it is written out; none where nothing is.
pub fn literal_entry_points(sheets: &Sheets, path: &Path) -> Option<Vec<DeclaredEntryPoint>> {
    let sheet = sheets.sheet(path);
    let (text, syntax) = sheet.text_and_syntax()?;
    let mut call = None;
    let mut blocks: Vec<&Block> = vec![&syntax.body];
    while let Some(block) = blocks.pop() {
        for stmt in block {
            if let StmtKind::Expr(expr) = &stmt.kind
                && let ExprKind::Call(it) = &expr.kind
                && is_setup(it)
            {
                call = Some(it);
            }
            stmt.kind.blocks(&mut |block| blocks.push(block));
        }
    }
    let mut keywords = call?.keywords.iter();
    let given = keywords.find(|(name, _)| name.as_deref() == Some("entry_points"))?;
    let given = named(&syntax.body, &given.1);
    let ExprKind::Dict(entries) = &given.kind else {
        return None;
    };
    let mut found = vec![];
    for (group, lines) in entries {
        let Some(group) = group.as_ref().and_then(literal) else {
            continue;
        };
        let lines = named(&syntax.body, lines);
        let items = match &lines.kind {
            ExprKind::List(items) | ExprKind::Tuple(items) => items,
            _ => std::slice::from_ref(lines),
        };
        for item in items {
            let Some(written) = literal(item) else {
                continue;
            };
            let line = 1 + text
                .bytes()
                .take(item.start as usize)
                .filter(|&it| it == b'\n')
                .count();
            for one in written.lines() {
                if let Some((name, value)) = one.split_once('=') {
                    found.push(DeclaredEntryPoint {
                        group: group.to_string(),
                        name: name.trim().to_owned(),
                        value: value.trim().to_owned(),
                        line: u32::try_from(line).ok(),
                    });
                }
            }
        }
    }
    (!found.is_empty()).then_some(found)
}

/// `setup(…)`, `setuptools.setup(…)`
fn is_setup(call: &Call) -> bool {
    match &call.function.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) => name == "setup",
        _ => false,
    }
}

/// What a name is bound to by the last plain assignment of the module; another expression is itself.
fn named<'s>(body: &'s Block, expr: &'s Expr) -> &'s Expr {
    let ExprKind::Name(name) = &expr.kind else {
        return expr;
    };
    let mut values = body.iter().rev().filter_map(|stmt| match &stmt.kind {
        StmtKind::Assign(targets, value) => {
            let is_it = |it: &Expr| matches!(&it.kind, ExprKind::Name(it) if it == name);
            targets.iter().any(is_it).then_some(&**value)
        }
        _ => None,
    });
    values.next().unwrap_or(expr)
}

fn literal(expr: &Expr) -> Option<&Arc<str>> {
    match &expr.kind {
        ExprKind::Literal(Literal::Str(text)) => Some(text),
        _ => None,
    }
}
