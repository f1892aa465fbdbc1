//! What comes of a class in one version of Python after another: `raises from 3.10 on, works up to 3.9`.

use crate::analysis::Analysis;
use crate::semantics::{ClassPath, Outcome};
use crate::source::PythonVersion;

/// What comes of a class in a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fate {
    /// It raises.
    Raises,
    /// It is made.
    Works,
    /// No import comes to its statement, since another one raises first.
    NotReached,
    /// That is not known.
    Unknown,
    /// No such class is there.
    Absent,
}

impl Fate {
    /// In a word: `raises`, `works`, `not reached`, `not known`, `not there`.
    pub fn say(self) -> &'static str {
        match self {
            Self::Raises => "raises",
            Self::Works => "works",
            Self::NotReached => "not reached",
            Self::Unknown => "not known",
            Self::Absent => "not there",
        }
    }
}

/// What comes of a class; of several that share a path, of the last one.
pub fn fate(of: &ClassPath, analysis: &Analysis) -> Fate {
    let named = analysis.named(&of.module, &of.qualname);
    let last = named.filter(|&id| analysis.class(id).path() == of);
    let last = last.or_else(|| analysis.by_path(of).last().copied());
    let Some(class) = last.map(|id| analysis.class(id)) else {
        return Fate::Absent;
    };
    match class.outcome() {
        _ if class.not_reached().is_some() => Fate::NotReached,
        Outcome::Raises(_) => Fate::Raises,
        Outcome::Created(_) if class.refused().is_some() => Fate::Raises,
        Outcome::Created(_) => Fate::Works,
        Outcome::Unknown { .. } => Fate::Unknown,
    }
}

/// Says what comes of a class in the versions asked about, which stand in ascending order.
///
/// ```
/// use mroscope::analysis::{Fate, say_fates};
/// use mroscope::source::PythonVersion;
///
/// let fates = [(9, Fate::Works), (10, Fate::Raises), (11, Fate::Raises)];
/// let fates = fates.map(|(minor, fate)| (PythonVersion::three(minor), fate));
/// assert_eq!(say_fates(&fates), "raises from 3.10 on, works up to 3.9");
/// assert_eq!(say_fates(&[fates[0], fates[2]]), "raises on 3.11, works on 3.9");
/// ```
pub fn say_fates(fates: &[(PythonVersion, Fate)]) -> String {
    let asked: Vec<PythonVersion> = fates.iter().map(|&(version, _)| version).collect();
    let said = [
        Fate::Raises,
        Fate::Works,
        Fate::NotReached,
        Fate::Unknown,
        Fate::Absent,
    ]
    .map(|fate| {
        let holds: Vec<bool> = fates.iter().map(|&(_, it)| it == fate).collect();
        say_versions(&asked, &holds).map(|versions| format!("{} {versions}", fate.say()))
    });
    let said: Vec<String> = said.into_iter().flatten().collect();
    said.join(", ")
}

/// Says for which of the versions asked about something holds: `from 3.10 on`, `up to 3.9`, `on 3.10 to 3.12`; none where for none.
pub fn say_versions(asked: &[PythonVersion], holds: &[bool]) -> Option<String> {
    let is_next = |one: usize, other: usize| {
        (asked[one].major, asked[one].minor + 1) == (asked[other].major, asked[other].minor)
    };
    // Runs of versions of which each follows the one before: first and last. Of one between them that nobody asked about nothing is said.
    let mut runs: Vec<(usize, usize)> = vec![];
    for at in (0..asked.len()).filter(|&at| holds.get(at) == Some(&true)) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == at && is_next(*last, at) => *last = at,
            _ => runs.push((at, at)),
        }
    }
    let end = asked.len().saturating_sub(1);
    let is_range = (0..end).all(|at| is_next(at, at + 1));
    let run = |&(first, last): &(usize, usize)| {
        if first == last {
            asked[first].to_string()
        } else {
            format!("{} to {}", asked[first], asked[last])
        }
    };
    match runs.as_slice() {
        [] => None,
        [(0, last)] if is_range && *last < end => Some(format!("up to {}", asked[*last])),
        [(first, last)] if is_range && *first > 0 && *last == end => {
            Some(format!("from {} on", asked[*first]))
        }
        runs => {
            let said: Vec<String> = runs.iter().map(run).collect();
            Some(format!("on {}", said.join(", ")))
        }
    }
}
