//! `textwrap.dedent` and `inspect.cleandoc`: text without the indentation that its lines share.

use crate::evaluate::shown::repr::without_tabs;

/// `textwrap.dedent(text)`: without the blanks and tabs that all lines begin with; lines of nothing else are emptied.
pub(super) fn dedented(text: &str) -> String {
    let is_blank = |line: &str| line.bytes().all(|it| it == b' ' || it == b'\t');
    let margin_of = |line: &'_ str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut margin: Option<&str> = None;
    for line in text.split('\n').filter(|line| !is_blank(line)) {
        let own = &line[..margin_of(line)];
        margin = Some(match margin {
            None => own,
            Some(margin) => {
                let same = margin.bytes().zip(own.bytes()).take_while(|(a, b)| a == b);
                &margin[..same.count()]
            }
        });
    }
    let margin = margin.map_or(0, str::len);
    let lines = text
        .split('\n')
        .map(|line| if is_blank(line) { "" } else { &line[margin..] });
    lines.collect::<Vec<_>>().join("\n")
}

/// `inspect.cleandoc(text)`: without the indentation that all lines but the first share, and without empty lines at both ends.
pub(super) fn cleaned(text: &str) -> String {
    let text = without_tabs(text);
    let characters = |line: &str| line.chars().count();
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or_default().trim_start();
    let rest: Vec<&str> = lines.collect();
    let filled = rest.iter().filter(|line| !line.trim_start().is_empty());
    let margin = filled.map(|line| characters(line) - characters(line.trim_start()));
    let margin = margin.min().unwrap_or(0);
    let rest = rest.iter().map(|line| {
        let at = line
            .char_indices()
            .nth(margin)
            .map_or(line.len(), |it| it.0);
        &line[at..]
    });
    let all: Vec<&str> = std::iter::once(first).chain(rest).collect();
    let is_filled = |line: &&str| !line.is_empty();
    let start = all.iter().position(is_filled).unwrap_or(all.len());
    let end = all.iter().rposition(is_filled).map_or(start, |it| it + 1);
    all[start..end].join("\n")
}
