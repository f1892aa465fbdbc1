//! What is asked of operands, written in a line: an expression of Python's, or a statement in the form of a call: `with(A())`,
//! `setitem(A(), 0, 1)`, `iadd(A(), B())`.

use crate::source::PythonVersion;
use crate::syntax::{Call, ExprKind, StmtKind, parse};

/// The statements: the word, how many operands, and what is run; `$0`, `$1`, … are the operands.
const STATEMENTS: [(&str, usize, &str); 22] = [
    ("setitem", 3, "$0[$1] = $2"),
    ("delitem", 2, "del $0[$1]"),
    ("with", 1, "with $0: pass"),
    ("withraise", 1, "with $0: raise ValueError('inside')"),
    ("for", 1, "for _ in $0: pass"),
    ("unpack", 1, "_a, _b = $0"),
    ("await", 1, "return await $0"),
    ("asyncfor", 1, "async for _ in $0: pass"),
    ("asyncwith", 1, "async with $0: pass"),
    ("iadd", 2, "_value = $0\n_value += $1\nreturn _value"),
    ("isub", 2, "_value = $0\n_value -= $1\nreturn _value"),
    ("imul", 2, "_value = $0\n_value *= $1\nreturn _value"),
    ("imatmul", 2, "_value = $0\n_value @= $1\nreturn _value"),
    ("itruediv", 2, "_value = $0\n_value /= $1\nreturn _value"),
    ("ifloordiv", 2, "_value = $0\n_value //= $1\nreturn _value"),
    ("imod", 2, "_value = $0\n_value %= $1\nreturn _value"),
    ("ipow", 2, "_value = $0\n_value **= $1\nreturn _value"),
    ("ilshift", 2, "_value = $0\n_value <<= $1\nreturn _value"),
    ("irshift", 2, "_value = $0\n_value >>= $1\nreturn _value"),
    ("iand", 2, "_value = $0\n_value &= $1\nreturn _value"),
    ("ior", 2, "_value = $0\n_value |= $1\nreturn _value"),
    ("ixor", 2, "_value = $0\n_value ^= $1\nreturn _value"),
];

/// The statements that a line means, which return its value: what [`AtRest::ran`](crate::evaluate::AtRest::ran) takes. A line that begins
/// with one of the words of statements, and has as many operands, is that statement.
pub fn statements_of(line: &str, version: PythonVersion) -> String {
    let line = line.trim();
    let word = line.split('(').next().unwrap_or_default();
    let known = STATEMENTS.iter().find(|(it, ..)| *it == word);
    let Some((_, count, template)) = known else {
        return format!("return ({line}\n)");
    };
    match operands(line, version) {
        Some(operands) if operands.len() == *count => {
            let mut text = (*template).to_owned();
            for (index, operand) in operands.iter().enumerate() {
                text = text.replacen(&format!("${index}"), &format!("({operand})"), 1);
            }
            text
        }
        _ => format!("return ({line}\n)"),
    }
}

/// The texts of the operands of `word(a, b)`.
pub(super) fn operands(line: &str, version: PythonVersion) -> Option<Vec<String>> {
    // Some words are keywords of Python.
    let text = format!("_{line}");
    let syntax = parse(&text, version);
    let [stmt] = &*syntax.body else { return None };
    let StmtKind::Expr(expr) = &stmt.kind else {
        return None;
    };
    let ExprKind::Call(call) = &expr.kind else {
        return None;
    };
    let Call {
        function,
        arguments,
        keywords,
    } = &**call;
    let is_word = matches!(function.kind, ExprKind::Name(_) | ExprKind::Attribute(..));
    if !keywords.is_empty() || !is_word {
        return None;
    }
    let slice = |start: u32, end: u32| text.get(start as usize..end as usize).map(str::to_owned);
    let texts = arguments.iter().map(|it| slice(it.start, it.end));
    texts.collect()
}
