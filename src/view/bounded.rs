//! Texts that have to fit into one line of a page, whatever stands in the file.

/// The longest text a page takes from a file for one cell, in characters.
pub(crate) const LONGEST: usize = 120;

/// Returns the text on one line: every run of white space becomes one space, and what is longer than `limit`
/// characters loses its middle, since names differ at their ends.
pub fn one_line(text: &str, limit: usize) -> String {
    let mut line = String::with_capacity(text.len().min(4 * limit));
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    shortened(&line, limit)
}

/// Returns the text, with its middle replaced by `…` where it is longer than `limit` characters.
pub fn shortened(text: &str, limit: usize) -> String {
    let length = text.chars().count();
    if length <= limit {
        return text.to_owned();
    }
    let kept = limit.saturating_sub(1);
    let tail = kept / 2;
    let head = kept - tail;
    let mut short: String = text.chars().take(head).collect();
    short.push('…');
    short.extend(text.chars().skip(length - tail));
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_any_kind_becomes_one_blank() {
        assert_eq!(one_line("  A,\n\t B,\r\n  C ", 80), "A, B, C");
    }

    #[test]
    fn what_is_too_long_loses_its_middle() {
        assert_eq!(shortened("SingleObjectMixin", 9), "Sing…ixin");
        assert_eq!(shortened("View", 4), "View");
        assert_eq!(shortened("名前は長い", 3), "名…い");
        assert_eq!(shortened("View", 1), "…");
        assert_eq!(shortened("View", 0), "…");
    }
}
