//! Pieces of expressions written anew: a call with another keyword, a list with an item less. What is not changed stays as it is written.

use ruff_python_ast as ast;
use ruff_python_parser::parse_expression;
use ruff_text_size::Ranged;

use super::limits::too_deep;
use super::rewrite::{Piece, Replacement, piece, replaced, slice, take_out};

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

/// An item of the value of `__slots__`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotText {
    /// What it names.
    pub name: String,
    /// The name as it is written.
    pub text: String,
    /// What a dictionary says of it, as it is written.
    pub says: Option<String>,
    /// Where it stands.
    at: Piece,
}

impl SlotText {
    /// The same slot under another name: what two underscores before it make of it outside of its class.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        if name != self.name {
            let quote = if self.text.contains('"') { '"' } else { '\'' };
            self.text = format!("{quote}{name}{quote}");
            name.clone_into(&mut self.name);
        }
        self
    }
}

/// The items of a tuple, list, set or dictionary of texts, or of one text alone; none where it is something else.
pub fn slot_items(text: &str) -> Option<Vec<SlotText>> {
    let parsed = expression(text)?;
    let written = |range| slice(text, piece(range)).to_owned();
    let item = |it: &ast::Expr, says: Option<&ast::Expr>| {
        let ast::Expr::StringLiteral(name) = it else {
            return None;
        };
        let (start, mut end) = piece(it.range());
        end = says.map_or(end, |says| piece(says.range()).1);
        Some(SlotText {
            name: name.value.to_str().to_owned(),
            text: written(it.range()),
            says: says.map(|says| written(says.range())),
            at: (start, end),
        })
    };
    let items = match &parsed {
        ast::Expr::Tuple(it) => &it.elts,
        ast::Expr::List(it) => &it.elts,
        ast::Expr::Set(it) => &it.elts,
        ast::Expr::Dict(it) => {
            let items = it.items.iter();
            return items
                .map(|of| item(of.key.as_ref()?, Some(&of.value)))
                .collect();
        }
        one => return Some(vec![item(one, None)?]),
    };
    items.iter().map(|it| item(it, None)).collect()
}

/// A tuple, list, set or dictionary of texts without some of them; none where one of these does not stand there. What stays is written as it was.
///
/// ```
/// use mroscope::syntax::without_items;
///
/// assert_eq!(without_items("('a', 'b')", &["b"]).as_deref(), Some("('a',)"));
/// assert_eq!(without_items("['a',  'b', 'c']", &["a"]).as_deref(), Some("['b', 'c']"));
/// assert_eq!(without_items("['a']", &["a"]).as_deref(), Some("()"));
/// ```
pub fn without_items(text: &str, names: &[&str]) -> Option<String> {
    let items = slot_items(text)?;
    let goes = |it: &&SlotText| names.contains(&it.name.as_str());
    if !names
        .iter()
        .all(|name| items.iter().any(|it| it.name == *name))
    {
        return None;
    }
    let (gone, left): (Vec<&SlotText>, Vec<&SlotText>) = items.iter().partition(goes);
    let Some(last) = left.last() else {
        return Some(String::from("()"));
    };
    let pieces = |of: &[&SlotText]| of.iter().map(|it| it.at).collect::<Vec<Piece>>();
    let all: Vec<Piece> = items.iter().map(|it| it.at).collect();
    let end = all.last()?.1;
    let mut out = vec![];
    let is_tuple = !text.starts_with(['[', '{']);
    if is_tuple && left.len() == 1 && comma_after(text, end).is_none() {
        out.push(Replacement {
            at: (last.at.1, last.at.1),
            text: String::from(","),
        });
    }
    take_out(text, &all, &pieces(&gone), None, &mut out);
    out.sort_by_key(|it| it.at);
    Some(replaced(text, &out))
}

/// A tuple, list, set or dictionary of texts, or one text, with more of them at its end, laid out as those before; none where it is something else.
///
/// ```
/// use mroscope::syntax::{slot_items, with_items};
///
/// let more = slot_items("('c',)").unwrap_or_default();
/// assert_eq!(with_items("()", &more).as_deref(), Some("('c',)"));
/// assert_eq!(with_items("['a']", &more).as_deref(), Some("['a', 'c']"));
/// assert_eq!(with_items("'a'", &more).as_deref(), Some("('a', 'c')"));
/// assert_eq!(with_items("(\n    'a',  # one\n)", &more).as_deref(), Some("(\n    'a',  # one\n    'c',\n)"));
/// ```
pub fn with_items(text: &str, more: &[SlotText]) -> Option<String> {
    let there = slot_items(text)?;
    let is_dictionary = text.starts_with('{') && there.iter().all(|it| it.says.is_some());
    let said = more.iter().map(|it| match &it.says {
        Some(says) if is_dictionary => format!("{}: {says}", it.text),
        None if is_dictionary => format!("{}: None", it.text),
        _ => it.text.clone(),
    });
    let said: Vec<String> = said.collect();
    let Some(last) = there.last() else {
        let comma = if said.len() == 1 && text.starts_with('(') {
            ","
        } else {
            ""
        };
        return Some(format!(
            "{}{}{comma}{}",
            &text[..1],
            said.join(", "),
            &text[1..]
        ));
    };
    let end = last.at.1;
    if !text.starts_with(['(', '[', '{']) && comma_after(text, end).is_none() && there.len() == 1 {
        return Some(format!("({text}, {})", said.join(", ")));
    }
    let (before, after) = text.split_at(end as usize);
    let comma = comma_after(text, end);
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    let indent = slice(text, (line as u32, last.at.0));
    if let Some(eol) = after
        .find('\n')
        .filter(|_| line > 0 && indent.trim().is_empty())
    {
        let eol = if after[..eol].ends_with('\r') {
            eol - 1
        } else {
            eol
        };
        let newline = if after[eol..].starts_with('\r') {
            "\r\n"
        } else {
            "\n"
        };
        let mut lines = String::new();
        for it in said {
            lines.extend([newline, indent, it.as_str(), ","]);
        }
        let missing = if comma.is_none() { "," } else { "" };
        return Some(format!(
            "{before}{missing}{}{lines}{}",
            &after[..eol],
            &after[eol..]
        ));
    }
    // `('a',)`: what follows the one item need not follow two.
    let after = match comma {
        Some(at) if at == end && there.len() == 1 => &after[1..],
        _ => after,
    };
    Some(format!("{before}, {}{after}", said.join(", ")))
}

/// Where the next comma is, of what is no comment.
fn comma_after(text: &str, end: u32) -> Option<u32> {
    let mut is_comment = false;
    for (at, char) in slice(text, (end, text.len() as u32)).char_indices() {
        match char {
            '#' => is_comment = true,
            '\n' => is_comment = false,
            ',' if !is_comment => return Some(end + at as u32),
            _ => {}
        }
    }
    None
}

fn expression(text: &str) -> Option<ast::Expr> {
    if too_deep(text).is_some() {
        return None;
    }
    parse_expression(text)
        .ok()
        .map(|parsed| *parsed.into_syntax().body)
}

/// Whether a text is one expression; what is nested too deeply to be read is taken to be one.
///
/// ```
/// assert!(mroscope::syntax::is_expression("list[int]"));
/// assert!(!mroscope::syntax::is_expression("x y"));
/// ```
pub fn is_expression(text: &str) -> bool {
    too_deep(text).is_some() || parse_expression(text).is_ok()
}
