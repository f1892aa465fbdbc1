//! Letters: case and categories of those characters on which every version of Unicode agrees here.

/// Whether case and category of a character are known without a table of its version: Latin letters.
pub(crate) fn is_settled(text: &str) -> bool {
    text.is_ascii() || text.chars().all(|it| it < '\u{180}')
}

/// `str.casefold`
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'ß' => out.push_str("ss"),
            'µ' => out.push('μ'),
            'ſ' => out.push('s'),
            'ŉ' => out.push_str("ʼn"),
            other => out.extend(other.to_lowercase()),
        }
    }
    out
}

/// The form of a letter at the beginning of a title.
pub(crate) fn titled(letter: char) -> String {
    match letter {
        'ß' => "Ss".into(),
        other => other.to_uppercase().collect(),
    }
}

/// Whether a letter has another case.
pub(crate) fn is_cased(letter: char) -> bool {
    letter.is_uppercase() || letter.is_lowercase()
}

/// `str.isspace` of one character, in any version.
pub(crate) fn is_blank(letter: char) -> bool {
    matches!(
        letter,
        '\t'..='\r' | '\u{1c}'..='\u{1f}' | ' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
            | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// The blanks of bytes.
pub(crate) fn is_ascii_blank(letter: char) -> bool {
    matches!(letter, '\t'..='\r' | ' ')
}

/// Where `str.splitlines` ends a line.
pub(crate) fn is_line_end(letter: char) -> bool {
    matches!(
        letter,
        '\n'..='\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// `str.isdigit` of one character.
pub(crate) fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '²' | '³' | '¹')
}

/// `str.isnumeric` of one character.
pub(crate) fn is_numeric(letter: char) -> bool {
    is_digit(letter) || matches!(letter, '¼' | '½' | '¾')
}

/// What an identifier may begin with.
pub(crate) fn begins_identifier(letter: char) -> bool {
    letter == '_' || letter.is_alphabetic()
}

/// What an identifier may go on with.
pub(crate) fn continues_identifier(letter: char) -> bool {
    begins_identifier(letter) || letter.is_ascii_digit() || letter == '·'
}
