//! The questions of a lesson as Markdown cards: the question, its answers, and behind a fold the right one with its reason.

use std::fmt::Write as _;

use crate::view::lesson::{Card, Lesson, Proof};

/// Writes the cards of a lesson.
pub fn cards_as_markdown(lesson: Lesson, cards: &[Card]) -> String {
    let mut text = format!("# Lesson {}: {}\n", lesson.number(), lesson.title());
    for (number, card) in cards.iter().enumerate() {
        let _ = write!(text, "\n## {}. {}\n\n", number + 1, escaped(&card.question));
        for shown in &card.shown {
            let line: String = shown.iter().map(|it| it.text.as_str()).collect();
            let _ = writeln!(text, "    {line}");
        }
        text.push('\n');
        for (at, pick) in card.picks.iter().enumerate() {
            let _ = writeln!(text, "{}. {}", at + 1, escaped(&pick.says));
        }
        text.push_str("\n<details><summary>Answer</summary>\n\n");
        for (at, pick) in card.picks.iter().enumerate() {
            if pick.is_right {
                let reason = escaped(&card.reason.join("; "));
                let says = escaped(&pick.says);
                let _ = writeln!(text, "**{}. {says}**: {reason}.\n", at + 1);
            }
        }
        for (at, pick) in card.picks.iter().enumerate() {
            if !pick.is_right {
                let _ = writeln!(text, "- not {}: {}", at + 1, escaped(&pick.why));
            }
        }
        if let Proof::Holds(expression) = &card.proof {
            let _ = writeln!(text, "\nIn Python: `{expression}`");
        }
        text.push_str("\n</details>\n");
    }
    let _ = write!(text, "\n---\n\n{}\n", escaped(lesson.learnt()));
    text
}

/// Text in which nothing is a sign of Markdown: words that have some are written as code.
fn escaped(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        if !word.contains(['_', '*', '<', '[', ']', '\\', '#', '|', '`']) {
            return word.to_owned();
        }
        let end = word.trim_end_matches([',', '.', ';', ':', '?']).len();
        format!("`{}`{}", word[..end].replace('`', "'"), &word[end..])
    });
    words.collect::<Vec<_>>().join(" ")
}
