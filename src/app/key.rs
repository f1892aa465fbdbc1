//! `Key`: a key press as the program knows it, and how it is spelled in key files, key scripts and on the screen.
//!
//! A key that makes a character is spelled by it: `g`, `G`, `?`. The others stand between angle brackets, modifiers first:
//! `<enter>`, `<c-d>`, `<a-left>`, `<s-tab>`. A sequence is its keys one after the other: `gg`, `/cart<enter>`.

use std::fmt;

/// One key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Held with control.
    pub ctrl: bool,
    /// Held with alt.
    pub alt: bool,
    /// Held with shift; never set for a character, which is another character then.
    pub shift: bool,
}

/// Which key it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A key that makes this character.
    Char(char),
    /// A key with a name of its own.
    Named(Named),
    /// A function key.
    Function(u8),
}

/// Keys with names of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Named {
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Up arrow.
    Up,
    /// Down arrow.
    Down,
    /// Left arrow.
    Left,
    /// Right arrow.
    Right,
    /// The tabulator.
    Tab,
    /// Deletes to the left.
    Backspace,
    /// Deletes to the right.
    Delete,
    /// Insert.
    Insert,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
}

/// Spelling in files, name on the screen, key.
const NAMES: [(&str, &str, Named); 14] = [
    ("enter", "enter", Named::Enter),
    ("esc", "esc", Named::Esc),
    ("tab", "tab", Named::Tab),
    ("bs", "backspace", Named::Backspace),
    ("del", "del", Named::Delete),
    ("ins", "ins", Named::Insert),
    ("up", "↑", Named::Up),
    ("down", "↓", Named::Down),
    ("left", "←", Named::Left),
    ("right", "→", Named::Right),
    ("home", "home", Named::Home),
    ("end", "end", Named::End),
    ("pgup", "pgup", Named::PageUp),
    ("pgdn", "pgdn", Named::PageDown),
];

/// What is wrong with the spelling of a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// `<` without its `>`.
    #[error("`<` begins the name of a key, and no `>` ends it; `<lt>` is the key itself")]
    Open,
    /// Not the name of a key.
    #[error("`<{0}>` is not a key")]
    Unknown(String),
}

impl Key {
    /// A key held with nothing else.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// The key that makes this character.
    pub const fn char(letter: char) -> Self {
        Self::plain(Code::Char(letter))
    }

    /// The character it types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(letter) if !self.ctrl && !self.alt => Some(letter),
            _ => None,
        }
    }

    /// Its name for people: `ctrl-d`, `space`, `→`.
    pub fn label(self) -> String {
        let mut label = String::new();
        for (held, word) in [
            (self.ctrl, "ctrl-"),
            (self.alt, "alt-"),
            (self.shift, "shift-"),
        ] {
            if held {
                label.push_str(word);
            }
        }
        match self.code {
            Code::Char(' ') => label.push_str("space"),
            Code::Char(letter) => label.push(letter),
            Code::Function(number) => {
                label.push('F');
                label.push_str(&number.to_string());
            }
            Code::Named(named) => label.push_str(
                NAMES
                    .iter()
                    .find(|(_, _, key)| *key == named)
                    .map_or("", |(_, label, _)| label),
            ),
        }
        label
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.code {
            Code::Char(' ') => "space".to_owned(),
            Code::Char('<') => "lt".to_owned(),
            Code::Char(letter) if !self.ctrl && !self.alt => return write!(f, "{letter}"),
            Code::Char(letter) => letter.to_string(),
            Code::Function(number) => format!("f{number}"),
            Code::Named(named) => NAMES
                .iter()
                .find(|(_, _, key)| *key == named)
                .map_or("", |(name, _, _)| name)
                .to_owned(),
        };
        f.write_str("<")?;
        for (held, letter) in [(self.ctrl, "c-"), (self.alt, "a-"), (self.shift, "s-")] {
            if held {
                f.write_str(letter)?;
            }
        }
        write!(f, "{name}>")
    }
}

/// Reads a sequence of keys: `gg`, `<c-d>`, `/cart<enter>`. An empty text is no key.
pub fn sequence(text: &str) -> Result<Vec<Key>, KeyError> {
    let mut keys = vec![];
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '<' {
            let end = rest.find('>').ok_or(KeyError::Open)?;
            keys.push(named(&rest[1..end])?);
            rest = &rest[end + 1..];
        } else {
            keys.push(Key::char(first));
            rest = &rest[first.len_utf8()..];
        }
    }
    Ok(keys)
}

/// Spells a sequence as [`sequence`] reads it.
pub fn spell(keys: &[Key]) -> String {
    keys.iter().map(ToString::to_string).collect()
}

/// A sequence as people read it: `g g`.
pub fn label(keys: &[Key]) -> String {
    let labels: Vec<String> = keys.iter().map(|key| key.label()).collect();
    labels.join(" ")
}

/// Reads what stands between the angle brackets.
fn named(text: &str) -> Result<Key, KeyError> {
    let unknown = || KeyError::Unknown(text.to_owned());
    let mut key = Key::char(' ');
    let mut name = text;
    loop {
        // `<c-->` is control and the minus: the modifier is taken only while something follows it.
        let modifier = match name.get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("c-") if name.len() > 2 => &mut key.ctrl,
            Some("a-") if name.len() > 2 => &mut key.alt,
            Some("s-") if name.len() > 2 => &mut key.shift,
            _ => break,
        };
        *modifier = true;
        name = &name[2..];
    }
    let lower = name.to_ascii_lowercase();
    key.code = match lower.as_str() {
        "space" => Code::Char(' '),
        "lt" => Code::Char('<'),
        _ => {
            let mut letters = name.chars();
            if let (Some(letter), None) = (letters.next(), letters.next()) {
                Code::Char(letter)
            } else if let Some(&(_, _, named)) = NAMES.iter().find(|(name, ..)| *name == lower) {
                Code::Named(named)
            } else {
                let number = lower.strip_prefix('f').and_then(|n| n.parse().ok());
                Code::Function(
                    number
                        .filter(|n| (1..=24).contains(n))
                        .ok_or_else(unknown)?,
                )
            }
        }
    };
    if let Code::Char(letter) = key.code {
        if key.shift && !letter.is_alphabetic() {
            return Err(unknown());
        }
        // Terminals send control letters without their case; a shifted letter is another character.
        if key.shift {
            key.code = Code::Char(letter.to_ascii_uppercase());
            key.shift = false;
        } else if key.ctrl {
            key.code = Code::Char(letter.to_ascii_lowercase());
        }
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spelled_is_read_back() {
        for text in [
            "gg",
            "<c-d>",
            "/cart<enter>",
            "<a-left>",
            "<lt>",
            "<space>",
            "<s-tab>",
            "<f12>",
            "<c-->",
            "é",
        ] {
            let keys = sequence(text).expect(text);
            assert_eq!(spell(&keys), text);
        }
    }

    #[test]
    fn what_is_no_key_is_said_to_be_none() {
        assert_eq!(sequence(""), Ok(vec![]));
        assert_eq!(sequence("g<"), Err(KeyError::Open));
        assert_eq!(
            sequence("<return>"),
            Err(KeyError::Unknown("return".into()))
        );
        assert_eq!(sequence("<f99>"), Err(KeyError::Unknown("f99".into())));
        assert_eq!(sequence("<>"), Err(KeyError::Unknown(String::new())));
        assert_eq!(sequence("<é-x>"), Err(KeyError::Unknown("é-x".into())));
    }

    #[test]
    fn people_read_names_and_arrows() {
        let keys = sequence("g<c-d><right>").expect("three keys");
        assert_eq!(label(&keys), "g ctrl-d →");
    }
}
