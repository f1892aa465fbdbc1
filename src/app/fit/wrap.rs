//! Running text in rows of a width: broken at its blanks, and behind a bracket where a word is longer than a row.

use crate::app::clip;
use crate::view::{Role, Span};

/// Breaks running text at its blanks. What goes on is indented like the first row, and by `more` cells.
pub(super) fn wrap(spans: &[Span], width: usize, more: usize) -> Vec<Vec<Span>> {
    if clip::width_of(spans) <= width {
        return vec![spans.to_vec()];
    }
    let words = words(spans);
    let indent = words
        .first()
        .filter(|word| word.text.trim().is_empty())
        .map_or(0, |word| clip::width(&word.text));
    let indent = if indent + more < width / 2 {
        indent + more
    } else {
        0
    };
    let mut rows: Vec<Vec<Span>> = vec![vec![]];
    let mut taken = 0;
    let words = words
        .into_iter()
        .flat_map(|word| parted(word, width - indent.min(width)));
    for word in words {
        let needs = clip::width(&word.text);
        let blank_only = word.text.trim().is_empty();
        if taken + needs > width && taken > indent {
            trim_end(&mut rows);
            rows.push(vec![]);
            taken = 0;
            if indent > 0 {
                push(&mut rows, blank(indent));
                taken = indent;
            }
            if blank_only {
                continue;
            }
        }
        if taken + needs <= width {
            taken += needs;
            push(&mut rows, word);
        } else {
            let kept = clip::middle(&word.text, width - taken);
            taken = width;
            push(
                &mut rows,
                Span {
                    text: kept,
                    role: word.role,
                },
            );
        }
    }
    rows
}

/// A word that is longer than a row can go on behind its bracket: `class UpdateView(`, `SingleObjectMixin`.
fn parted(word: Span, width: usize) -> Vec<Span> {
    let bracket = word.text.find('(').map(|at| at + 1);
    match bracket.filter(|&at| at < word.text.len() && clip::width(&word.text) > width) {
        Some(at) => [&word.text[..at], &word.text[at..]]
            .map(|text| Span {
                text: text.to_owned(),
                role: word.role,
            })
            .into(),
        None => vec![word],
    }
}

/// Adds a span to the last row, joined to the one before it where both are of one role.
fn push(rows: &mut [Vec<Span>], span: Span) {
    let Some(row) = rows.last_mut() else { return };
    match row.last_mut() {
        Some(last) if last.role == span.role => last.text.push_str(&span.text),
        _ => row.push(span),
    }
}

/// Takes the blanks from the end of the last row.
fn trim_end(rows: &mut [Vec<Span>]) {
    if let Some(last) = rows.last_mut().and_then(|row| row.last_mut()) {
        last.text.truncate(last.text.trim_end_matches(' ').len());
    }
}

/// Splits spans into words and the blanks between them, each with its role.
fn words(spans: &[Span]) -> Vec<Span> {
    let mut words: Vec<Span> = vec![];
    for span in spans {
        let mut rest = span.text.as_str();
        while let Some(first) = rest.chars().next() {
            let blank = first == ' ';
            let end = rest
                .find(|letter: char| (letter == ' ') != blank)
                .unwrap_or(rest.len());
            words.push(Span {
                text: rest[..end].to_owned(),
                role: span.role,
            });
            rest = &rest[end..];
        }
    }
    words
}

/// So many blanks.
pub(super) fn blank(cells: usize) -> Span {
    Span {
        text: " ".repeat(cells),
        role: Role::Plain,
    }
}
