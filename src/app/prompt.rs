//! `TextLine`: a line of text being typed, with a cursor in it.

use unicode_segmentation::UnicodeSegmentation;

use crate::app::clip;

/// A line of text and a cursor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextLine {
    text: String,
    /// Byte offset, between two user-perceived characters.
    cursor: usize,
}

impl TextLine {
    /// A line that holds `text` already, the cursor behind it.
    pub fn holding(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            cursor: text.len(),
        }
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many cells stand before the cursor.
    pub fn cursor_column(&self) -> usize {
        clip::width(&self.text[..self.cursor])
    }

    /// Types text; line breaks and other control characters are left out.
    pub fn insert(&mut self, text: &str) {
        for letter in text.chars().filter(|letter| !letter.is_control()) {
            self.text.insert(self.cursor, letter);
            self.cursor += letter.len_utf8();
        }
    }

    /// Puts other text in place of the last word, the cursor behind it.
    pub fn replace_last(&mut self, text: &str) {
        let start = self.text.rfind(' ').map_or(0, |at| at + 1);
        self.text.replace_range(start.., text);
        self.cursor = self.text.len();
    }

    /// Erases the letter before the cursor; false where there is none.
    pub fn erase(&mut self) -> bool {
        let start = self.before();
        let erased = start < self.cursor;
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
        erased
    }

    /// Erases the word before the cursor, and the blanks between.
    pub fn erase_word(&mut self) {
        let before = self.text[..self.cursor].trim_end();
        let start = before
            .char_indices()
            .rev()
            .find(|(_, letter)| letter.is_whitespace())
            .map_or(0, |(at, letter)| at + letter.len_utf8());
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
    }

    /// Erases everything.
    pub fn erase_all(&mut self) {
        self.text.clear();
        self.cursor = 0;
    }

    /// The dotted name before the cursor.
    pub fn word(&self) -> &str {
        &self.text[self.word_start()..self.cursor]
    }

    /// Puts another name in the place of the one before the cursor.
    pub fn replace_word(&mut self, name: &str) {
        let start = self.word_start();
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
        self.insert(name);
    }

    fn word_start(&self) -> usize {
        let before = &self.text[..self.cursor];
        let is_of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
        let letters = before.char_indices().rev();
        letters
            .take_while(|&(_, letter)| is_of_name(letter))
            .last()
            .map_or(self.cursor, |(at, _)| at)
    }

    /// A letter to the left.
    pub fn left(&mut self) {
        self.cursor = self.before();
    }

    /// A letter to the right.
    pub fn right(&mut self) {
        self.cursor += self.text[self.cursor..]
            .graphemes(true)
            .next()
            .map_or(0, str::len);
    }

    /// Before the first letter.
    pub fn first(&mut self) {
        self.cursor = 0;
    }

    /// Behind the last letter.
    pub fn last(&mut self) {
        self.cursor = self.text.len();
    }

    fn before(&self) -> usize {
        self.text[..self.cursor]
            .grapheme_indices(true)
            .next_back()
            .map_or(0, |(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_typed_and_erased_where_the_cursor_is() {
        let mut line = TextLine::holding("cart item");
        line.left();
        line.insert("é\n!");
        assert_eq!(line.text(), "cart iteé!m");
        assert!(line.erase() && line.erase());
        assert_eq!(line.text(), "cart item");
        line.last();
        line.erase_word();
        assert_eq!(line.text(), "cart ");
        line.erase_word();
        assert_eq!(line.text(), "");
        assert!(!line.erase());
    }
}
