//! Pieces of expressions written anew: a call with another keyword, a list with an item less. What is not changed stays as it is written.

use ruff_python_ast as ast;
use ruff_python_parser::parse_expression;
use ruff_text_size::Ranged;

use super::limits::too_deep;

/// A call, or the name of something called, with a keyword that is set, or left out; none where it has that already, or is something else.
///
/// ```
/// use mroscope::syntax::call_with;
///
/// assert_eq!(call_with("dataclass", "frozen", Some("True")).as_deref(), Some("dataclass(frozen=True)"));
/// assert_eq!(call_with("dataclass(eq=False)", "frozen", Some("True")).as_deref(), Some("dataclass(eq=False, frozen=True)"));
/// assert_eq!(call_with("dataclass(frozen=True)", "frozen", None).as_deref(), Some("dataclass"));
/// ```
pub fn call_with(text: &str, keyword: &str, value: Option<&str>) -> Option<String> {
    let parsed = expression(text)?;
    let ast::Expr::Call(call) = &parsed else {
        let is_name = matches!(parsed, ast::Expr::Name(_) | ast::Expr::Attribute(_));
        let value = value.filter(|_| is_name)?;
        return Some(format!("{text}({keyword}={value})"));
    };
    let arguments = &call.arguments;
    let named = |it: &ast::Keyword| it.arg.as_ref().is_some_and(|name| name.as_str() == keyword);
    let mut all: Vec<(usize, usize)> = arguments
        .args
        .iter()
        .map(Ranged::range)
        .chain(arguments.keywords.iter().map(Ranged::range))
        .map(|range| (range.start().to_usize(), range.end().to_usize()))
        .collect();
    all.sort_unstable();
    let there = arguments.keywords.iter().find(|it| named(it));
    match (there, value) {
        (Some(there), Some(value)) => {
            let at = there.value.range();
            let (start, end) = (at.start().to_usize(), at.end().to_usize());
            let same = text.get(start..end) == Some(value);
            (!same).then(|| format!("{}{value}{}", &text[..start], &text[end..]))
        }
        (Some(there), None) => {
            let (start, end) = (
                there.range().start().to_usize(),
                there.range().end().to_usize(),
            );
            let at = all.iter().position(|it| it.0 == start)?;
            let (from, to) = match (at.checked_sub(1), all.get(at + 1)) {
                (_, Some(next)) => (start, next.0),
                (Some(before), None) => (all[before].1, end),
                // The only one: the parentheses go with it.
                (None, None) => (arguments.range().start().to_usize(), text.len()),
            };
            Some(format!("{}{}", &text[..from], &text[to..]))
        }
        (None, Some(value)) => {
            let added = format!("{keyword}={value}");
            Some(if let Some(&(_, end)) = all.last() {
                format!("{}, {added}{}", &text[..end], &text[end..])
            } else {
                let end = arguments.range().end().to_usize() - 1;
                format!("{}{added}{}", &text[..end], &text[end..])
            })
        }
        (None, None) => None,
    }
}

/// The keywords that a call is given, in its order; none for what is no call.
pub fn keywords_of(text: &str) -> Vec<String> {
    match expression(text) {
        Some(ast::Expr::Call(call)) => call
            .arguments
            .keywords
            .iter()
            .filter_map(|it| Some(it.arg.as_ref()?.as_str().to_owned()))
            .collect(),
        _ => vec![],
    }
}

/// A tuple, list or set of texts without one of them; none where it does not stand there.
///
/// ```
/// use mroscope::syntax::without_item;
///
/// assert_eq!(without_item("('a', 'b')", "b").as_deref(), Some("('a',)"));
/// assert_eq!(without_item("['a']", "a").as_deref(), Some("()"));
/// ```
pub fn without_item(text: &str, item: &str) -> Option<String> {
    let parsed = expression(text)?;
    let items = match &parsed {
        ast::Expr::Tuple(it) => &it.elts,
        ast::Expr::List(it) => &it.elts,
        ast::Expr::Set(it) => &it.elts,
        ast::Expr::StringLiteral(it) if it.value.to_str() == item => return Some("()".into()),
        _ => return None,
    };
    let is_it = |it: &ast::Expr| matches!(it, ast::Expr::StringLiteral(text) if text.value.to_str() == item);
    if !items.iter().any(is_it) {
        return None;
    }
    let left: Vec<&str> = items
        .iter()
        .filter(|it| !is_it(it))
        .map(|it| &text[it.range().start().to_usize()..it.range().end().to_usize()])
        .collect();
    Some(match left.as_slice() {
        [] => String::from("()"),
        [only] => format!("({only},)"),
        some => format!("({})", some.join(", ")),
    })
}

fn expression(text: &str) -> Option<ast::Expr> {
    if too_deep(text).is_some() {
        return None;
    }
    parse_expression(text)
        .ok()
        .map(|parsed| *parsed.into_syntax().body)
}
