//! Expressions as they are written, without what their arguments are: `requests.get(…).json()`.

use crate::syntax::{BinaryOp, Expr, ExprKind, Literal, StringPart};

/// How many attributes, items and calls deep a chain is written out.
const DEEPEST: usize = 12;

/// Longest string that stands for itself as a key.
const LONGEST_KEY: usize = 40;

/// How a chain of names, attributes, items and calls is written; `…` for what is none.
pub(super) fn written(expr: &Expr) -> String {
    deep(expr, DEEPEST)
}

fn deep(expr: &Expr, left: usize) -> String {
    if left == 0 {
        return "…".into();
    }
    match &expr.kind {
        ExprKind::Name(name) => name.to_string(),
        ExprKind::Attribute(of, name) => format!("{}.{name}", deep(of, left - 1)),
        ExprKind::Call(call) => {
            let is_bare = call.arguments.is_empty() && call.keywords.is_empty();
            let arguments = if is_bare { "" } else { "…" };
            format!("{}({arguments})", deep(&call.function, left - 1))
        }
        ExprKind::Subscript(pair) => {
            format!("{}[{}]", deep(&pair.0, left - 1), key(&pair.1))
        }
        ExprKind::Literal(Literal::Str(_)) | ExprKind::Joined(_) => "\"…\"".into(),
        ExprKind::Await(inner) => format!("(await {})", deep(inner, left - 1)),
        _ => "…".into(),
    }
}

/// How a key is written: short literals and chains as they are.
pub(super) fn key(expr: &Expr) -> String {
    deep_key(expr, DEEPEST)
}

fn deep_key(expr: &Expr, left: usize) -> String {
    let key = |it: &Expr| deep_key(it, left - 1);
    if left == 0 {
        return "…".into();
    }
    match &expr.kind {
        ExprKind::Literal(Literal::Str(text)) if text.len() <= LONGEST_KEY => format!("{text:?}"),
        ExprKind::Literal(Literal::Int(number)) => number.to_string(),
        ExprKind::Name(_) | ExprKind::Attribute(..) => deep(expr, DEEPEST),
        ExprKind::Binary(it) if it.1 == BinaryOp::Add => {
            format!("{} + {}", key(&it.0), key(&it.2))
        }
        ExprKind::Joined(parts) => {
            let parts = parts.iter().map(|part| match part {
                StringPart::Text(text) if text.len() <= LONGEST_KEY => text.to_string(),
                StringPart::Text(_) => "…".to_owned(),
                StringPart::Value(it) => format!("{{{}}}", key(it)),
                StringPart::Formatted(it) => format!("{{{}}}", key(&it.value)),
            });
            format!("f\"{}\"", parts.collect::<String>())
        }
        ExprKind::Call(call)
            if matches!(&call.function.kind, ExprKind::Name(name) if name == "id" || name == "type")
                && call.arguments.len() == 1 =>
        {
            format!("{}({})", written(&call.function), key(&call.arguments[0]))
        }
        _ => "…".into(),
    }
}
