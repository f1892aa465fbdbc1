//! What comes before what: exact before fuzzy, what was read lately first, the project before libraries.

use std::cmp::Reverse;

use crate::analysis::ModuleOrigin;
use crate::app::search::Kind;
use crate::view::Fuzzy;
use crate::view::letters::{has_in_order, is_end, run};

/// How well a thing matches: the lower, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    /// Whether it is not named outright.
    pub(super) is_not_named: bool,
    /// The worst way in which it has a word.
    pub(super) way: Way,
    /// Whether it was not read lately.
    pub(super) is_not_recent: bool,
    /// Whose it is.
    pub(super) home: ModuleOrigin,
    /// What it is.
    pub(super) kind: Kind,
    /// The score of its letters.
    pub(super) score: Reverse<i64>,
    /// The length of its name.
    pub(super) length: usize,
}

/// How something has a word, the best way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// It is the last part of the name.
    Is,
    /// The last part of the name begins with it.
    Begins,
    /// The name has it in one piece.
    InName,
    /// The path has it in one piece.
    InPath,
    /// The name has its letters, others between them.
    Name,
    /// The path has its letters, others between them.
    Path,
}

/// The best way in which something has a word, and the score of its letters.
pub(super) fn way(fuzzy: &Fuzzy, name: &str, path: &str, word: &str) -> Option<(Way, i64)> {
    if word.contains(['.', ':']) && is_end(path, word) {
        return Some((Way::Is, 0));
    }
    // Matching letter by letter is the dear part: it is left out where the answer is known without. The path has the name in it.
    if !run(path, word).is_empty() {
        return Some((whole(name, word).unwrap_or(Way::InPath), 0));
    }
    // Letters of other scripts are left to the matcher, which knows their cases.
    let may_have = |text: &str| !word.is_ascii() || has_in_order(text, word);
    let is_short = word.len() < 3 && word.is_ascii();
    if may_have(name) {
        // Of two letters no score says more than another.
        let points = if is_short {
            Some(0)
        } else {
            fuzzy.points(name, word)
        };
        if let Some(points) = points {
            return Some((Way::Name, 2 * points));
        }
    }
    if !may_have(path) {
        return None;
    }
    let points = if is_short {
        0
    } else {
        fuzzy.points(path, word)?
    };
    Some((Way::Path, points))
}

/// How a name has a word in one piece, if it does.
pub(super) fn whole(name: &str, word: &str) -> Option<Way> {
    let short = name.rsplit('.').next().unwrap_or(name);
    if short.eq_ignore_ascii_case(word) {
        return Some(Way::Is);
    }
    let found = run(short, word);
    if !found.is_empty() && found.start == 0 {
        Some(Way::Begins)
    } else {
        (!found.is_empty() || !run(name, word).is_empty()).then_some(Way::InName)
    }
}
