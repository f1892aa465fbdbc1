//! Shortening texts to a number of cells, never through the middle of a character, always with a mark where something is missing.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::view::{Role, Span};

/// Stands where letters were left out.
const MARK: &str = "…";

/// How many cells a text takes.
pub fn width(text: &str) -> usize {
    // Texts of a page have no control characters, so that each of these takes a cell.
    if text.is_ascii() {
        return text.len();
    }
    text.width()
}

/// How many cells a run of spans takes.
pub fn width_of(spans: &[Span]) -> usize {
    spans.iter().map(|span| width(&span.text)).sum()
}

/// Cuts a text off at `cells`, with a mark at its end if anything is missing.
pub fn end(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let Some(room) = cells.checked_sub(1) else {
        return String::new();
    };
    let mut kept = head(text, room).to_owned();
    kept.push_str(MARK);
    kept
}

/// Takes letters out of the middle of a text until it fits `cells`: names differ at their ends.
pub fn middle(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let Some(room) = cells.checked_sub(1) else {
        return String::new();
    };
    // The end says what kind of thing it is (`…Mixin`, `….py:209`): it gets the larger half where there is one.
    let first = head(text, room / 2);
    let last = tail(text, room - width(first));
    format!("{first}{MARK}{last}")
}

/// Cuts a run of spans off at `cells`, with a mark at its end if anything is missing.
pub fn spans_end(spans: &[Span], cells: usize) -> Vec<Span> {
    if width_of(spans) <= cells {
        return spans.to_vec();
    }
    let mut kept: Vec<Span> = vec![];
    let mut left = cells;
    for span in spans {
        let needs = width(&span.text);
        if needs < left {
            left -= needs;
            kept.push(span.clone());
            continue;
        }
        // A span that fills the room exactly still loses a letter here: what follows it is missing and must be marked.
        kept.push(Span {
            text: format!(
                "{}{}",
                head(&span.text, left.saturating_sub(1)),
                if left > 0 { MARK } else { "" }
            ),
            role: span.role,
        });
        break;
    }
    kept
}

/// Makes a run of spans fit `cells` by taking letters out of the middle of its longest span.
pub fn spans_middle(spans: &[Span], cells: usize) -> Vec<Span> {
    let all = width_of(spans);
    if all <= cells {
        return spans.to_vec();
    }
    let longest = spans
        .iter()
        .enumerate()
        .max_by_key(|(_, span)| width(&span.text))
        .map_or(0, |(at, _)| at);
    let others = all - width(&spans[longest].text);
    let Some(room) = cells.checked_sub(others).filter(|&room| room >= 5) else {
        return spans_end(spans, cells);
    };
    let mut kept = spans.to_vec();
    kept[longest].text = middle(&spans[longest].text, room);
    kept
}

/// A line of source, whose first span is its number: so many cells of its text are left out, and marks stand where it goes on.
pub fn sideways(spans: &[Span], left: usize, cells: usize) -> Vec<Span> {
    let Some((label, text)) = spans.split_first() else {
        return vec![];
    };
    let Some(room) = cells
        .checked_sub(width(&label.text))
        .filter(|&room| room > 2)
    else {
        return spans_end(spans, cells);
    };
    let mark = |sign: &str| Span {
        text: sign.to_owned(),
        role: Role::Key,
    };
    let mut kept = vec![label.clone()];
    let (mut text, mut room) = (text.to_vec(), room);
    if left > 0 && width_of(&text) > 0 {
        (_, text) = split(&text, left + 1);
        kept.push(mark("<"));
        room -= 1;
    }
    if width_of(&text) > room {
        (text, _) = split(&text, room - 1);
        // A wide letter that would be halved leaves a gap before the mark.
        let gap = room - 1 - width_of(&text);
        kept.extend(text);
        kept.push(mark(&format!("{}>", " ".repeat(gap))));
    } else {
        kept.extend(text);
    }
    kept
}

/// Divides a run of spans behind so many cells; a wide letter that lies on the border goes right.
pub fn split(spans: &[Span], cells: usize) -> (Vec<Span>, Vec<Span>) {
    let (mut before, mut behind) = (vec![], vec![]);
    let mut left = cells;
    for span in spans {
        let needs = width(&span.text);
        if needs <= left {
            left -= needs;
            before.push(span.clone());
            continue;
        }
        let first = head(&span.text, left);
        let part = |text: &str| Span {
            text: text.to_owned(),
            role: span.role,
        };
        if !first.is_empty() {
            before.push(part(first));
        }
        behind.push(part(&span.text[first.len()..]));
        left = 0;
    }
    (before, behind)
}

/// The longest beginning of `text` that takes no more than `cells`.
fn head(text: &str, cells: usize) -> &str {
    let mut taken = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        taken += width(cluster);
        if taken > cells {
            return &text[..at];
        }
    }
    text
}

/// The longest end of `text` that takes no more than `cells`.
fn tail(text: &str, cells: usize) -> &str {
    let mut taken = 0;
    for (at, cluster) in text.grapheme_indices(true).rev() {
        taken += width(cluster);
        if taken > cells {
            return &text[at + cluster.len()..];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_middle_and_texts_their_end() {
        assert_eq!(
            middle("SingleObjectTemplateResponseMixin", 15),
            "SingleO…seMixin"
        );
        assert_eq!(end("comes before ModelFormMixin", 15), "comes before M…");
        assert_eq!(middle("View", 4), "View");
        assert_eq!(end("View", 1), "…");
        assert_eq!(middle("View", 0), "");
    }

    #[test]
    fn source_that_goes_on_is_marked_at_either_end() {
        let line = [
            Span::faint("12  "),
            Span::plain("abc"),
            Span::plain("defghi"),
        ];
        let text = |left, cells| -> String {
            let spans = sideways(&line, left, cells);
            assert!(width_of(&spans) <= cells);
            spans.into_iter().map(|it| it.text).collect()
        };
        assert_eq!(text(0, 13), "12  abcdefghi");
        assert_eq!(text(0, 10), "12  abcde>");
        assert_eq!(text(2, 10), "12  <defg>");
        assert_eq!(text(4, 10), "12  <fghi");
        assert_eq!(text(0, 6), "12  a…");
    }

    #[test]
    fn wide_characters_are_never_halved() {
        assert_eq!(width("名前のクラス"), 12);
        assert_eq!(end("名前のクラス", 6), "名前…");
        assert!(width(&middle("名前のクラス", 6)) <= 6);
    }
}
