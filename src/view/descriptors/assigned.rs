//! The class's own assignments: where methods along the MRO bind a name on the instance that a class has, too.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::ClassRef;
use crate::semantics::MemberKind;
use crate::source::Place;
use crate::syntax::{Holder, Kept};

/// How many functions are read for one page.
const MOST_READ: usize = 400;

/// How many functions are looked through for a page; in more than that nobody wrote them all by hand.
const MOST_SEARCHED: usize = 4_000;

/// A place where a method binds an attribute of its receiver: `self.price = …`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Assigned<'a> {
    /// The class that has the method.
    pub(super) class: ClassRef<'a>,
    /// The method.
    pub(super) method: &'a str,
    /// The first line that binds it.
    pub(super) place: Place,
}

/// Returns where these names are bound, in order of the MRO.
pub(super) fn assigned<'a>(
    class: ClassRef<'a>,
    names: &FxHashSet<&'a str>,
) -> FxHashMap<&'a str, Vec<Assigned<'a>>> {
    let analysis = class.analysis();
    let mut candidates = vec![];
    for ancestor in class.known_ancestry() {
        if ancestor.is_interpreters() {
            continue;
        }
        for (method, member) in ancestor.members().iter().take(MOST_SEARCHED) {
            let is_method = matches!(
                member.kind,
                MemberKind::Function | MemberKind::Generator | MemberKind::AsyncFunction
            );
            if let Some(place) = member.place.filter(|_| is_method)
                && candidates.len() < MOST_READ
                && names_one(analysis.text_of(place), names)
            {
                candidates.push((ancestor, method.as_str(), place));
            }
        }
    }
    let places: Vec<Place> = candidates.iter().map(|it| it.2).collect();
    let mut found: FxHashMap<&str, Vec<Assigned<'_>>> = FxHashMap::default();
    for ((class, method, place), cost) in candidates.into_iter().zip(analysis.costs(&places)) {
        for kept in cost.iter().flat_map(|cost| &cost.kept) {
            let Some(name) = bound(kept).and_then(|name| names.get(name)) else {
                continue;
            };
            let place = Place {
                start: kept.start,
                ..place
            };
            found.entry(name).or_default().push(Assigned {
                class,
                method,
                place,
            });
        }
    }
    found
}

/// The attribute of the instance that a place binds.
fn bound(kept: &Kept) -> Option<&str> {
    if kept.holder != Holder::Instance || !kept.is_written {
        return None;
    }
    let (_, behind) = kept.text.split_once('.')?;
    let entry = behind
        .strip_prefix("__dict__[\"")
        .and_then(|it| it.strip_suffix("\"]"));
    Some(entry.unwrap_or(behind))
}

/// Whether a text has one of the names behind a dot or in quotes.
fn names_one(text: &str, names: &FxHashSet<&str>) -> bool {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let mut before = ' ';
    let mut rest = text;
    while let Some(start) = rest.find(is_word) {
        before = rest[..start].chars().next_back().unwrap_or(before);
        let word = &rest[start..];
        let end = word.find(|it| !is_word(it)).unwrap_or(word.len());
        if matches!(before, '.' | '"' | '\'') && names.contains(&word[..end]) {
            return true;
        }
        rest = &word[end..];
    }
    false
}
