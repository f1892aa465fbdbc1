//! How texts match words letter by letter, in the search and in filters: without the library that scores them, where that can be told.

use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// How well texts match a word, letter by letter.
#[derive(Default)]
pub struct Fuzzy(SkimMatcherV2);

impl Fuzzy {
    /// The points of a text that has the letters of a word in their order; none for one that has not.
    pub fn points(&self, text: &str, word: &str) -> Option<i64> {
        self.0.fuzzy_match(text, word)
    }

    /// Positions of the characters that match.
    pub fn places(&self, text: &str, word: &str) -> Vec<usize> {
        let found = self.0.fuzzy_indices(text, word);
        found.map_or_else(Vec::new, |(_, places)| places)
    }
}

/// Positions of the characters of the last place where `text` has `word` in one piece, in any case; of the first place, if it begins so;
/// none where it has not.
pub fn run(text: &str, word: &str) -> Range<usize> {
    if word.is_empty() || word.len() > text.len() {
        return 0..0;
    }
    if text.is_ascii() && word.is_ascii() {
        let (text, word) = (text.as_bytes(), word.as_bytes());
        let first = plain(word[0]);
        let here = |at: usize| {
            plain(text[at]) == first
                && text[at..at + word.len()]
                    .iter()
                    .zip(word)
                    .all(|(&one, &other)| plain(one) == plain(other))
        };
        if here(0) {
            return 0..word.len();
        }
        let found = (1..=text.len() - word.len()).rev().find(|&at| here(at));
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

/// Whether a path is this word, or ends with it behind a dot or colon.
pub fn is_end(path: &str, word: &str) -> bool {
    let Some(start) = path.len().checked_sub(word.len()) else {
        return false;
    };
    let (path, word) = (path.as_bytes(), word.as_bytes());
    let is_cut = start == 0 || matches!(path[start - 1], b'.' | b':');
    is_cut
        && path[start..]
            .iter()
            .zip(word)
            .all(|(&one, &other)| plain(one) == plain(other))
}

/// Whether a text has the letters of a word in their order, in any case.
pub fn has_in_order(text: &str, word: &str) -> bool {
    let mut letters = text.bytes();
    word.bytes()
        .all(|wanted| letters.any(|letter| plain(letter) == plain(wanted)))
}

/// A letter as one who searches means it: in any case, and a colon is a dot.
fn plain(byte: u8) -> u8 {
    match byte {
        b':' => b'.',
        byte => byte.to_ascii_lowercase(),
    }
}

/// The letters of a text, a bit each: a text that lacks one of a word's letters cannot match it.
pub fn letters(text: &str) -> u64 {
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

/// How few letters say nothing when others stand between them.
const SAYS_NOTHING: usize = 2;

/// How a text has a word, the best way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// It is one of the names of the text.
    Is,
    /// One of the names begins with it.
    Begins,
    /// It stands there in one piece.
    InPiece,
    /// One of the names has its letters, with this many others between them.
    Scattered(usize),
}

/// Whether a text has every word of a filter: in one piece, or letter by letter within a name, as the search has it.
pub fn has_all(text: &str, filter: &str) -> bool {
    filter
        .split_whitespace()
        .all(|word| !run(text, word).is_empty() || has_parts(text, word, &mut |_, _| ()))
}

/// How well a text has the words of a filter: as well as it has the worst of them, then the shorter text; none where it lacks one.
pub fn nearness(text: &str, filter: &str) -> Option<(Nearness, usize)> {
    let mut worst = Nearness::Is;
    for word in filter.split_whitespace() {
        worst = worst.max(nearness_of(text, word)?);
    }
    Some((worst, text.len()))
}

fn nearness_of(text: &str, word: &str) -> Option<Nearness> {
    if run(text, word).is_empty() {
        let mut between = 0;
        let has = has_parts(text, word, &mut |name, part| {
            if let (Some(first), Some(last)) =
                (scattered(name, part).first(), scattered(name, part).last())
            {
                between += (last - first + 1).saturating_sub(part.chars().count());
            }
        });
        return has.then_some(Nearness::Scattered(between));
    }
    let best = names(text).filter_map(|(_, name)| {
        if name.len() == word.len() && !run(name, word).is_empty() {
            Some(Nearness::Is)
        } else {
            let found = run(name, word);
            (!found.is_empty() && found.start == 0).then_some(Nearness::Begins)
        }
    });
    Some(best.min().unwrap_or(Nearness::InPiece))
}

/// Positions of the characters of a text that match one word of a filter; none where it has not that word.
pub fn places(text: &str, word: &str) -> Vec<usize> {
    let whole = run(text, word);
    if !whole.is_empty() {
        return whole.collect();
    }
    let mut places = vec![];
    let has = has_parts(text, word, &mut |name, part| {
        let start = name.as_ptr() as usize - text.as_ptr() as usize;
        let before = text.get(..start).map_or(0, |it| it.chars().count());
        places.extend(scattered(name, part).into_iter().map(|at| before + at));
    });
    if has { places } else { vec![] }
}

/// Whether names of a text have the parts of a word, `updv.ctx`, in their order, each letter by letter. Tells each with the name that has it.
fn has_parts(text: &str, word: &str, tell: &mut dyn FnMut(&str, &str)) -> bool {
    if word.chars().filter(|it| it.is_alphanumeric()).count() <= SAYS_NOTHING {
        return false;
    }
    let mut names = names(text).map(|it| it.1);
    let mut parts = word.split(['.', ':']).filter(|it| !it.is_empty());
    parts.all(|part| {
        let has = |name: &&str| !run(name, part).is_empty() || has_in_order(name, part);
        names.find(has).is_some_and(|name| {
            tell(name, part);
            true
        })
    })
}

/// Positions of the characters of a name that has the letters of a word in their order: in one piece where it has them so, else each as soon
/// as it comes behind the last place where the first one can stand.
fn scattered(name: &str, word: &str) -> Vec<usize> {
    let whole = run(name, word);
    if !whole.is_empty() {
        return whole.collect();
    }
    let small = |letter: char| letter.to_lowercase().next().unwrap_or(letter);
    let letters: Vec<char> = name.chars().map(small).collect();
    let from = |start: usize| -> Option<Vec<usize>> {
        let mut at = start;
        let mut places = vec![];
        for wanted in word.chars().map(small) {
            at += letters.get(at..)?.iter().position(|&it| it == wanted)?;
            places.push(at);
            at += 1;
        }
        Some(places)
    };
    let tries = (0..letters.len()).filter_map(from);
    let width = |places: &Vec<usize>| places.last().map_or(0, |last| last - places[0]);
    tries.min_by_key(width).unwrap_or_default()
}

/// The names in a text, each with where it begins: `shop.cart:Item` has three.
fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(is_of_name)?;
        let behind = text.get(start..)?;
        let end = behind.find(|it| !is_of_name(it)).unwrap_or(behind.len());
        at = start + end;
        Some((start, &behind[..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_takes_scattered_letters_within_a_name() {
        assert!(has_all("get_context_data", "gtctx"));
        assert!(has_all(
            "django.views:UpdateView  get_context_data",
            "updv.ctx"
        ));
        assert!(has_all("UpdateView", "view UPD"));
        // Not over several names, and not two letters far from one another.
        assert!(!has_all("get form", "gtf"));
        assert!(!has_all("get_context_data", "gx"));
        assert!(!has_all("get_context_data UpdateView", "updv.ctx"));
    }

    #[test]
    fn what_is_named_outright_is_nearest() {
        let nearness = |text| nearness(text, "save").map(|it| it.0);
        assert_eq!(nearness("m  save"), Some(Nearness::Is));
        assert_eq!(nearness("save_base"), Some(Nearness::Begins));
        assert_eq!(nearness("presave"), Some(Nearness::InPiece));
        assert_eq!(nearness("price"), None);
        assert_eq!(nearness("s_a_v_e"), Some(Nearness::Scattered(3)));
    }

    #[test]
    fn the_places_of_scattered_letters_stand_as_near_to_one_another_as_can_be() {
        assert_eq!(places("é get_context", "ctx"), [6, 9, 11]);
        assert_eq!(places("context_text", "txt"), [3, 5, 6]);
        assert_eq!(places("get", "text"), [0; 0]);
    }
}
