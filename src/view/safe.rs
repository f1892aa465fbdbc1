//! Text from a file, made safe to print: what would move the cursor, turn the reading direction or hide is shown instead.
//!
//! A terminal obeys control characters, and a reader's eyes obey the bidirectional ones ("Trojan Source",
//! CVE-2021-42574). Python allows both in strings and comments, so both can reach a page.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns the text with every character that does not simply stand in its cell shown as a visible one.
///
/// C0 controls become their control picture (`␛`), everything else its code point (`‹U+202E›`).
pub fn safe(text: &str) -> Cow<'_, str> {
    // Most text is plain, and that is soon seen.
    let is_plain = text.bytes().all(|byte| (b' '..0x7f).contains(&byte));
    if is_plain || !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '\0'..='\x1f' => {
                shown.push(char::from_u32(0x2400 + char as u32).unwrap_or('\u{fffd}'));
            }
            '\x7f' => shown.push('\u{2421}'),
            char if is_unsafe(char) => {
                // Writing to a `String` cannot fail.
                let _ = write!(shown, "‹U+{:04X}›", char as u32);
            }
            char => shown.push(char),
        }
    }
    Cow::Owned(shown)
}

/// Controls, separators of lines, bidirectional marks, and characters of no width that are no accents.
fn is_unsafe(char: char) -> bool {
    matches!(char,
        '\0'..='\x1f' | '\x7f'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_is_left_as_it_is() {
        for text in [
            "plain",
            "naïve",
            "日本語",
            "e\u{301}",
            "👩‍".trim_end_matches('\u{200d}'),
        ] {
            assert!(matches!(safe(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn controls_are_shown() {
        assert_eq!(safe("a\u{1b}[31mb\n"), "a␛[31mb␊");
        assert_eq!(safe("\u{7f}\u{9b}"), "␡‹U+009B›");
    }

    #[test]
    fn what_turns_or_hides_text_is_shown() {
        assert_eq!(safe("\u{202e}x\u{2066}"), "‹U+202E›x‹U+2066›");
        assert_eq!(safe("a\u{200b}b\u{feff}"), "a‹U+200B›b‹U+FEFF›");
        assert_eq!(safe("\u{2028}\u{e0041}"), "‹U+2028›‹U+E0041›");
    }

    #[test]
    fn nothing_that_was_made_safe_is_unsafe() {
        let all: String = ('\0'..=char::MAX).collect();
        assert!(!safe(&all).chars().any(is_unsafe));
    }
}
