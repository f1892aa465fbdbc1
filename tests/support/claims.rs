//! Claims: comments in Python files that say what must be so of the class statement they stand at.
//!
//! ```py
//! class Both(Left, Right):  # mro: Both Left Right Base object
//!     # from: save Left
//!     pass
//! class Crossed(Base, Left):  # raises: inconsistent-mro
//! class Old(Int, Other):  # raises[<3.12]: layout-conflict; mro[>=3.12]: Old Int Other int object
//! ```
//!
//! A claim belongs to the nearest class line at or above it. Several on one line are divided by `;`.

use mroscope::source::PythonVersion;

/// One claim about one class statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    /// The line it stands on, from 1.
    pub(crate) line: u32,
    /// The line of the word `class`.
    pub(crate) class_line: u32,
    /// What is claimed.
    pub(crate) what: What,
    limits: Vec<(Comparison, PythonVersion)>,
}

/// What a claim says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// `__mro__`, by name.
    Mro(Vec<String>),
    /// `type(cls)`.
    Metaclass(String),
    /// `__base__`.
    Base(String),
    /// Why the statement raises: `inconsistent-mro`.
    Raises(String),
    /// The class of the MRO in whose own namespace an attribute is found.
    From { attribute: String, class: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    AtLeast,
    AtMost,
    Equal,
    Above,
    Below,
}

impl Claim {
    /// Whether it is meant for this version.
    pub(crate) fn holds_for(&self, version: PythonVersion) -> bool {
        self.limits.iter().all(|(comparison, limit)| {
            let order = version.cmp(limit);
            match comparison {
                Comparison::AtLeast => order.is_ge(),
                Comparison::AtMost => order.is_le(),
                Comparison::Equal => order.is_eq(),
                Comparison::Above => order.is_gt(),
                Comparison::Below => order.is_lt(),
            }
        })
    }
}

/// Reads every claim of a Python file.
///
/// # Panics
/// Where a claim is misspelt: a claim that is silently skipped proves nothing.
pub(crate) fn claims_of(text: &str) -> Vec<Claim> {
    let mut claims = vec![];
    let mut class_line = None;
    for (index, line) in text.lines().enumerate() {
        let number = index as u32 + 1;
        if line.trim_start().starts_with("class ") {
            class_line = Some(number);
        }
        let Some(comment) = comment_of(line).filter(|comment| is_claim(comment)) else {
            continue;
        };
        let class_line = class_line
            .unwrap_or_else(|| panic!("line {number}: a claim with no class line at or above it"));
        for part in comment.split(';') {
            claims.push(read(part.trim(), number, class_line));
        }
    }
    claims
}

const KINDS: [&str; 5] = ["mro", "metaclass", "base", "raises", "from"];

fn comment_of(line: &str) -> Option<&str> {
    line.split_once('#').map(|(_, comment)| comment.trim())
}

fn is_claim(comment: &str) -> bool {
    let head = comment.split([':', '[']).next().unwrap_or_default();
    KINDS.contains(&head) && comment.contains(':')
}

fn read(text: &str, line: u32, class_line: u32) -> Claim {
    let (head, said) = text
        .split_once(':')
        .unwrap_or_else(|| panic!("line {line}: `{text}` is no claim"));
    let (kind, limits) = match head.split_once('[') {
        Some((kind, limits)) => (kind, limits.trim_end_matches(']')),
        None => (head, ""),
    };
    let words: Vec<String> = said.split_whitespace().map(str::to_owned).collect();
    let what = match (kind, &*words) {
        ("mro", [_, ..]) => What::Mro(words),
        ("metaclass", [name]) => What::Metaclass(name.clone()),
        ("base", [name]) => What::Base(name.clone()),
        ("raises", [name]) => What::Raises(name.clone()),
        ("from", [attribute, class]) => What::From {
            attribute: attribute.clone(),
            class: class.clone(),
        },
        _ => panic!("line {line}: `{text}` is no claim"),
    };
    let limits = limits
        .split(',')
        .filter(|limit| !limit.is_empty())
        .map(|limit| read_limit(limit.trim(), line))
        .collect();
    Claim {
        line,
        class_line,
        what,
        limits,
    }
}

fn read_limit(text: &str, line: u32) -> (Comparison, PythonVersion) {
    [
        (">=", Comparison::AtLeast),
        ("<=", Comparison::AtMost),
        ("==", Comparison::Equal),
        (">", Comparison::Above),
        ("<", Comparison::Below),
    ]
    .into_iter()
    .find_map(|(sign, comparison)| {
        let version = text.strip_prefix(sign)?.parse().ok()?;
        Some((comparison, version))
    })
    .unwrap_or_else(|| panic!("line {line}: `{text}` limits a claim to no version"))
}
