//! How texts match words letter by letter, and how they do not: without the library that scores them, where that can be told.

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
pub(super) fn run(text: &str, word: &str) -> Range<usize> {
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
pub(super) fn is_end(path: &str, word: &str) -> bool {
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
pub(super) fn has_in_order(text: &str, word: &str) -> bool {
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
pub(super) fn letters(text: &str) -> u64 {
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
