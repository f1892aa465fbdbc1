//! Running text in rows of a width: broken at its blanks, and behind a bracket where a word is longer than a row. A number stays with what it
//! counts, and the end of a clause is a better place than the middle of one.

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
    // Words, not joined yet.
    let mut rows: Vec<Vec<Span>> = vec![vec![]];
    let mut taken = 0;
    let words = words
        .into_iter()
        .flat_map(|word| parted(word, width - indent.min(width)));
    for word in words {
        let needs = clip::width(&word.text);
        let blank_only = word.text.trim().is_empty();
        if taken + needs > width && taken > indent {
            let mut along = vec![];
            if let Some(row) = rows.last_mut() {
                along = carried(row, width);
                // A long word has a row of its own.
                if indent + clip::width_of(&along) + needs > width {
                    row.append(&mut along);
                }
            }
            trim_end(&mut rows);
            rows.push(vec![]);
            taken = 0;
            if indent > 0 {
                push(&mut rows, blank(indent));
                taken = indent;
            }
            let carries = !along.is_empty();
            for word in along {
                taken += clip::width(&word.text);
                push(&mut rows, word);
            }
            if blank_only && !carries {
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
    rows.into_iter().map(joined).collect()
}

/// Takes from the end of a row what is better read with what follows: a number whose noun comes next, the beginning of a clause.
fn carried(row: &mut Vec<Span>, width: usize) -> Vec<Span> {
    let is_blank = |at: usize| row[at].text.trim().is_empty();
    let mut moved = 0;
    for at in (2..row.len()).rev() {
        moved += clip::width(&row[at].text);
        if moved > width / 3 {
            break;
        }
        // The first word of a row stays.
        let is_word = !is_blank(at) && is_blank(at - 1) && (0..at - 1).any(|it| !is_blank(it));
        if !is_word {
            continue;
        }
        let before = row[at - 2].text.as_str();
        let ends_a_clause = before.ends_with([';', ':', '·', '—']);
        let ends_a_part = before.ends_with(',') && moved <= width / 5;
        let is_number = row[at]
            .text
            .chars()
            .all(|it| it.is_ascii_digit() || it == ',')
            && row[at].text.ends_with(|it: char| it.is_ascii_digit());
        let stands_last = at + 2 >= row.len();
        if ends_a_clause || ends_a_part || is_number && stands_last {
            return row.split_off(at);
        }
    }
    vec![]
}

/// The words of a row, those that stand side by side joined where they are of one role.
fn joined(words: Vec<Span>) -> Vec<Span> {
    let mut rows = vec![vec![]];
    for word in words {
        join(&mut rows, word);
    }
    rows.pop().unwrap_or_default()
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

/// Adds a word to the last row.
fn push(rows: &mut [Vec<Span>], span: Span) {
    if let Some(row) = rows.last_mut() {
        row.push(span);
    }
}

/// Adds a span to the last row, joined to the one before it where both are of one role.
fn join(rows: &mut [Vec<Span>], span: Span) {
    let Some(row) = rows.last_mut() else { return };
    match row.last_mut() {
        Some(last) if last.role == span.role => last.text.push_str(&span.text),
        _ => row.push(span),
    }
}

/// Takes the blanks from the end of the last row.
fn trim_end(rows: &mut [Vec<Span>]) {
    let Some(row) = rows.last_mut() else { return };
    while row.last().is_some_and(|it| it.text.trim().is_empty()) {
        row.pop();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, width: usize) -> Vec<String> {
        let rows = wrap(&[Span::plain(text)], width, 2);
        let text = |row: Vec<Span>| row.into_iter().map(|it| it.text).collect();
        rows.into_iter().map(text).collect()
    }

    #[test]
    fn a_number_stays_with_what_it_counts() {
        assert_eq!(
            rows("below it are in all 12,408 classes", 26),
            ["below it are in all", "  12,408 classes"]
        );
    }

    #[test]
    fn a_row_ends_where_a_clause_does_if_that_is_near() {
        assert_eq!(
            rows(
                "37 classes below it, 31 directly; 37 can be instantiated",
                44
            ),
            [
                "37 classes below it, 31 directly;",
                "  37 can be instantiated"
            ]
        );
        assert_eq!(
            rows("a clause; which is longer than a third of a row", 32),
            ["a clause; which is longer than a", "  third of a row"]
        );
    }

    #[test]
    fn nothing_is_wider_than_its_row_and_nothing_is_lost() {
        let text = "one, two: 3 four · five; 66 seven eight, nine 10 eleven twelve: thirteen";
        for width in 12..60 {
            let rows = rows(text, width);
            assert!(rows.iter().all(|row| clip::width(row) <= width), "{rows:?}");
            let words: Vec<&str> = rows.iter().flat_map(|row| row.split_whitespace()).collect();
            assert_eq!(words.join(" "), text);
        }
    }
}
