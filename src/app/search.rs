//! `Search`: finds classes by a few letters of their names, as people type them.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use rayon::prelude::*;

use crate::analysis::{Analysis, ModuleOrigin};
use crate::plugins::class_of_entry_point;
use crate::semantics::ClassId;

/// A class that can be found.
struct Entry {
    class: ClassId,
    /// `Cart.Item`.
    name: Box<str>,
    /// `shop.cart:Cart.Item`.
    path: Box<str>,
    /// The letters that occur in the path, a bit each.
    letters: u64,
    home: ModuleOrigin,
}

/// How well texts match a word, letter by letter.
#[derive(Default)]
pub struct Fuzzy(SkimMatcherV2);

impl Fuzzy {
    /// The points of a text that has the letters of a word in their order; none for one that has not.
    pub fn points(&self, text: &str, word: &str) -> Option<i64> {
        self.0.fuzzy_match(text, word)
    }
}

/// Every class of an analysis, ready to be searched.
pub struct Index {
    entries: Vec<Entry>,
    matcher: SkimMatcherV2,
}

/// How well a class matches: the lower, the better. Whether it is named outright counts first, then how it matches, then whose class it
/// is, then the score.
type Rank = (bool, Way, ModuleOrigin, std::cmp::Reverse<i64>, usize);

/// What a search found, best first.
#[derive(Default)]
pub struct Hits {
    query: String,
    found: Vec<(Rank, u32)>,
}

/// A class that was found, and which of its letters matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'i> {
    /// The class.
    pub class: ClassId,
    /// Its qualified name.
    pub name: &'i str,
    /// Its path.
    pub path: &'i str,
    /// Positions of characters in [`Hit::name`] that matched.
    pub in_name: Vec<usize>,
    /// Positions of characters in [`Hit::path`] that matched, for words that the name does not have.
    pub in_path: Vec<usize>,
}

impl Index {
    /// Takes every class of the analysis, the interpreter's too.
    pub fn new(analysis: &Analysis) -> Self {
        // A class is also found by the entry points that lead to it.
        let declared = analysis.entry_points.iter().filter_map(|entry| {
            let class = analysis.class(class_of_entry_point(analysis, &entry.value)?);
            let path = format!("{}:{}", entry.group, entry.name);
            Some(Entry {
                class: class.id(),
                name: entry.name.as_str().into(),
                letters: letters(&path),
                path: path.into(),
                home: class.home(),
            })
        });
        let entries = analysis
            .all_classes()
            .map(|class| {
                let path = class.path().to_string();
                Entry {
                    class: class.id(),
                    name: class.path().qualname.as_str().into(),
                    letters: letters(&path),
                    path: path.into(),
                    home: class.home(),
                }
            })
            .chain(declared)
            .collect();
        Self {
            entries,
            matcher: SkimMatcherV2::default(),
        }
    }

    /// How many classes can be found.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Finds the classes that have every word of `query`, in any order, in their name or path.
    ///
    /// `before` is what the search found before; while a query only grows, nothing else can match.
    pub fn find(&self, query: &str, before: &Hits) -> Hits {
        let words: Vec<&str> = query.split_whitespace().collect();
        let narrowed = !before.query.trim().is_empty() && query.starts_with(&before.query);
        let mut found: Vec<(Rank, u32)> = if words.is_empty() {
            vec![]
        } else if narrowed {
            before
                .found
                .par_iter()
                .filter_map(|&(_, at)| Some((self.rank(&words, at)?, at)))
                .collect()
        } else {
            (0..self.entries.len() as u32)
                .into_par_iter()
                .filter_map(|at| Some((self.rank(&words, at)?, at)))
                .collect()
        };
        found.sort_unstable_by(|(left, one), (right, other)| {
            left.cmp(right).then_with(|| {
                self.entries[*one as usize]
                    .path
                    .cmp(&self.entries[*other as usize].path)
            })
        });
        Hits {
            query: query.to_owned(),
            found,
        }
    }

    /// One of the classes that were found.
    pub fn hit<'i>(&'i self, hits: &Hits, position: usize) -> Option<Hit<'i>> {
        let &(_, at) = hits.found.get(position)?;
        let entry = self.entries.get(at as usize)?;
        let mut hit = Hit {
            class: entry.class,
            name: &entry.name,
            path: &entry.path,
            in_name: vec![],
            in_path: vec![],
        };
        for word in hits.query.split_whitespace() {
            match self.way(entry, word) {
                // Written as a path, it is marked in the path.
                Some((Way::Is | Way::InName, _)) if run(&entry.name, word).is_empty() => {
                    hit.in_path.extend(run(&entry.path, word));
                }
                Some((Way::Is | Way::Begins | Way::InName, _)) => {
                    hit.in_name.extend(run(&entry.name, word));
                }
                Some((Way::InPath, _)) => hit.in_path.extend(run(&entry.path, word)),
                Some((Way::Name, _)) => {
                    let found = self.matcher.fuzzy_indices(&entry.name, word);
                    hit.in_name.extend(found.into_iter().flat_map(|(_, at)| at));
                }
                Some((Way::Path, _)) => {
                    let found = self.matcher.fuzzy_indices(&entry.path, word);
                    hit.in_path.extend(found.into_iter().flat_map(|(_, at)| at));
                }
                None => {}
            }
        }
        Some(hit)
    }

    fn rank(&self, words: &[&str], at: u32) -> Option<Rank> {
        let entry = self.entries.get(at as usize)?;
        let (mut best, mut worst) = (Way::Path, Way::Is);
        let mut score = 0;
        for word in words {
            let (way, points) = self.way(entry, word)?;
            best = best.min(way);
            worst = worst.max(way);
            score += points;
        }
        // `threading Thread`: its own name, and where it is.
        let is_named = best == Way::Is && worst <= Way::InPath;
        Some((
            !is_named,
            worst,
            entry.home,
            std::cmp::Reverse(score),
            entry.name.len(),
        ))
    }

    /// The best way in which a class has a word, and the score of its letters.
    fn way(&self, entry: &Entry, word: &str) -> Option<(Way, i64)> {
        if letters(word) & !entry.letters != 0 {
            return None;
        }
        if word.contains(['.', ':']) && is_end(&entry.path, word) {
            return Some((
                Way::Is,
                2 * self.matcher.fuzzy_match(word, word).unwrap_or(0),
            ));
        }
        let in_name = self.matcher.fuzzy_match(&entry.name, word);
        if let Some(points) = in_name
            && let Some(way) = whole(&entry.name, word)
        {
            return Some((way, 2 * points));
        }
        // Matching a long path letter by letter is the dear part: it is left out where the answer is known without.
        if !run(&entry.path, word).is_empty() {
            let points = self.matcher.fuzzy_match(&entry.path, word);
            return Some((Way::InPath, points.unwrap_or(0)));
        }
        match in_name {
            Some(points) => Some((Way::Name, 2 * points)),
            None => Some((Way::Path, self.matcher.fuzzy_match(&entry.path, word)?)),
        }
    }
}

impl Hits {
    /// How many were found.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

/// How a class has a word, the best way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
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

/// How a name has a word in one piece, if it does.
fn whole(name: &str, word: &str) -> Option<Way> {
    let short = name.rsplit('.').next().unwrap_or(name);
    if short.eq_ignore_ascii_case(word) {
        Some(Way::Is)
    } else if !run(short, word).is_empty() && run(short, word).start == 0 {
        Some(Way::Begins)
    } else {
        (!run(name, word).is_empty()).then_some(Way::InName)
    }
}

/// Positions of the characters of the last place where `text` has `word` in one piece, in any case; none where it has not.
fn run(text: &str, word: &str) -> std::ops::Range<usize> {
    if word.is_empty() || word.len() > text.len() {
        return 0..0;
    }
    if text.is_ascii() && word.is_ascii() {
        let starts = 0..=text.len() - word.len();
        let here = |&at: &usize| {
            let here = text.as_bytes()[at..at + word.len()].iter();
            here.zip(word.bytes())
                .all(|(&one, other)| is_same(one, other))
        };
        let found = Some(0).filter(here).or_else(|| starts.rev().find(here));
        return found.map_or(0..0, |at| at..at + word.len());
    }
    let small = |text: &str| -> Vec<String> {
        text.chars()
            .map(|letter| letter.to_lowercase().collect())
            .collect()
    };
    let (text, word) = (small(text), small(word));
    let found = text
        .windows(word.len())
        .rposition(|letters| letters == word.as_slice());
    found.map_or(0..0, |at| at..at + word.len())
}

/// Whether two letters are the same to one who searches: in any case, and a colon is a dot.
fn is_same(one: u8, other: u8) -> bool {
    let plain = |byte: u8| if byte == b':' { b'.' } else { byte };
    plain(one).eq_ignore_ascii_case(&plain(other))
}

/// Whether a path is this word, or ends with it behind a dot or colon.
fn is_end(path: &str, word: &str) -> bool {
    let Some(start) = path.len().checked_sub(word.len()) else {
        return false;
    };
    let (path, word) = (path.as_bytes(), word.as_bytes());
    let is_cut = start == 0 || matches!(path[start - 1], b'.' | b':');
    is_cut
        && path[start..]
            .iter()
            .zip(word)
            .all(|(&one, &other)| is_same(one, other))
}

/// The letters of a text, a bit each: a text that lacks one of a word's letters cannot match it.
fn letters(text: &str) -> u64 {
    text.bytes()
        .map(|byte| match byte.to_ascii_lowercase() {
            letter @ b'a'..=b'z' => 1 << (letter - b'a'),
            digit @ b'0'..=b'9' => 1 << (26 + digit - b'0'),
            b'_' => 1 << 36,
            b'.' | b':' => 1 << 37,
            // Letters of other scripts are left to the matcher: case folding can change their bytes.
            _ => 0,
        })
        .fold(0, |all, bit| all | bit)
}
