//! Names of classes: those that the bodies of classes give, and with `View.disp` all that a class has.

use std::cmp::Reverse;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::Name;
use crate::analysis::{Analysis, ClassRef, ModuleOrigin};
use crate::app::search::ranked::{Rank, Way, whole};
use crate::app::search::{Found, Kind, Thing, What, is_findable};
use crate::semantics::ClassId;
use crate::view::letters::{has_in_order, letters, run};

/// So many names of one class are listed behind a dot.
const OF_A_CLASS: usize = 300;

/// The names that the bodies of classes give.
pub(super) struct Members(Vec<Member>);

struct Member {
    class: ClassId,
    name: Name,
    letters: u64,
    home: ModuleOrigin,
}

impl Members {
    /// Those of these classes; the interpreter's are found behind a dot alone, for there are too many that nobody wrote.
    pub(super) fn of(classes: &[ClassRef<'_>]) -> Self {
        let written = classes.par_iter().filter(|class| !class.is_interpreters());
        let members = written.flat_map_iter(|class| {
            let names = class.members().keys();
            names.filter(|name| is_findable(name)).map(|name| Member {
                class: class.id(),
                name: name.clone(),
                letters: letters(name),
                home: class.home(),
            })
        });
        Self(members.collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The names that have one of the words, where their classes have the others.
    pub(super) fn find(
        &self,
        analysis: &Analysis,
        words: &[&str],
        recent: &FxHashSet<ClassId>,
        is_asked_for: bool,
    ) -> Vec<Found> {
        // One letter is in nearly all of them.
        if !is_asked_for && words.iter().all(|word| word.len() < 2) {
            return vec![];
        }
        let words: Vec<(&str, u64)> = words.iter().map(|word| (*word, letters(word))).collect();
        let members = self.0.par_iter();
        members
            .filter_map(|member| member.found(analysis, &words, recent))
            .collect()
    }
}

impl Member {
    fn found(
        &self,
        analysis: &Analysis,
        words: &[(&str, u64)],
        recent: &FxHashSet<ClassId>,
    ) -> Option<Found> {
        let mut in_name = false;
        let (mut best, mut worst) = (Way::Path, Way::Is);
        let mut elsewhere: Vec<&str> = vec![];
        for &(word, letters) in words {
            let here = if letters & !self.letters == 0 {
                whole(&self.name, word)
                    .or_else(|| has_in_order(&self.name, word).then_some(Way::Name))
                    // Two letters far from one another say nothing.
                    .filter(|way| *way != Way::Name || word.len() > 2)
            } else {
                None
            };
            match here {
                Some(way) => {
                    in_name = true;
                    best = best.min(way);
                    worst = worst.max(way);
                }
                None => elsewhere.push(word),
            }
        }
        if !in_name {
            return None;
        }
        if !elsewhere.is_empty() {
            let path = analysis.class(self.class).path();
            let has = |word: &&str| {
                !run(&path.qualname, word).is_empty() || !run(&path.module, word).is_empty()
            };
            if !elsewhere.iter().all(has) {
                return None;
            }
            worst = worst.max(Way::InPath);
        }
        Some(Found {
            rank: Rank {
                is_not_named: best != Way::Is || worst > Way::InPath,
                way: worst,
                is_not_recent: !recent.contains(&self.class),
                home: self.home,
                kind: Kind::Member,
                score: Reverse(0),
                length: self.name.len(),
            },
            what: What::Other(Thing::Member {
                class: self.class,
                given_by: self.class,
                name: self.name.clone(),
            }),
        })
    }
}

/// The names of a class that all words mean; what its own body gives as well, where that is wanted. `rank` is that of the class.
pub(super) fn of_class(
    class: ClassRef<'_>,
    words: &[&str],
    rank: Rank,
    own_too: bool,
) -> Vec<Found> {
    let mut seen: FxHashSet<&Name> = FxHashSet::default();
    let mut found = vec![];
    let wants_all = words == [""];
    for (place, above) in class.known_ancestry().into_iter().enumerate() {
        for name in above.members().keys() {
            if found.len() >= OF_A_CLASS {
                return found;
            }
            let ways = words.iter().map(|word| match whole(name, word) {
                _ if word.is_empty() => Some(Way::InName),
                Some(way) => Some(way),
                None => (word.len() > 1 && has_in_order(name, word)).then_some(Way::Name),
            });
            let Some(way) = ways.collect::<Option<Vec<Way>>>() else {
                continue;
            };
            let way = way.into_iter().max().unwrap_or(Way::Name);
            // What each class has for itself is not meant, unless it is named.
            let is_meant = way == Way::Is || is_findable(name);
            if !is_meant || wants_all && name.starts_with("__") || !seen.insert(name) {
                continue;
            }
            // A project's class is written somewhere; its own names are found as such.
            if place == 0 && !own_too && !class.is_interpreters() {
                continue;
            }
            found.push(Found {
                rank: Rank {
                    is_not_named: rank.is_not_named || way > Way::Begins,
                    way: rank.way.max(way),
                    kind: Kind::Member,
                    // Of classes whose letters are scattered the one that has them best comes first, whatever its names.
                    score: Reverse(
                        1_000 * rank.score.0
                            - 100 * way as i64
                            - i64::try_from(place).unwrap_or(i64::MAX / 2_000),
                    ),
                    length: name.len(),
                    ..rank
                },
                what: What::Other(Thing::Member {
                    class: class.id(),
                    given_by: above.id(),
                    name: name.clone(),
                }),
            });
        }
    }
    found
}
