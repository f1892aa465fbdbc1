//! Is the terminal's background dark or light? It is asked and not waited for: the answer comes among the keys, and no key is lost.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::tui::run::Environment;

/// Terminals answer within a few milliseconds. So long the first frame waits, that its colours need not change.
pub(super) const PATIENCE: Duration = Duration::from_millis(15);
/// What has not come by then is not to be expected any more.
const LONGEST: Duration = Duration::from_secs(2);
/// An answer comes in one piece: keys that only look like the beginning of one are let go after this long.
const A_PIECE: Duration = Duration::from_millis(50);

/// What lies behind the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// Light text on it.
    Dark,
    /// Dark text on it.
    Light,
    /// Nobody says.
    Unknown,
}

/// A question to the terminal, and what has come of its answer.
#[derive(Debug)]
pub(super) struct Question {
    /// When it was asked; none if it was not, or is answered.
    asked: Option<Instant>,
    /// Events that look like the beginning of an answer, and when the last of them came.
    held: Vec<Event>,
    last: Instant,
}

/// What an event was.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// Something a person did, perhaps more than one thing.
    Events(Vec<Event>),
    /// Part of an answer.
    Held,
    /// The end of an answer.
    Answer(Background),
}

impl Question {
    /// Asks nothing.
    pub(super) fn none() -> Self {
        Self {
            asked: None,
            held: vec![],
            last: Instant::now(),
        }
    }

    /// Asks the terminal, if it is one that can be asked (OSC 11 of xterm; screen and others print the question).
    pub(super) fn ask(environment: &Environment, terminal: &mut impl Write) -> io::Result<Self> {
        let mut question = Self::none();
        let term = environment.term.as_deref().unwrap_or_default();
        let is_dumb = matches!(term, "" | "dumb" | "linux" | "Eterm" | "screen");
        if !is_dumb && !term.starts_with("screen.") {
            // Ended by BEL, for urxvt ends its answer as the question is ended, and otherwise wrongly.
            terminal.write_all(b"\x1b]11;?\x07")?;
            terminal.flush()?;
            question.asked = Some(Instant::now());
        }
        Ok(question)
    }

    /// Whether an answer may still come.
    pub(super) fn is_open(&self) -> bool {
        self.asked.is_some_and(|asked| asked.elapsed() < LONGEST)
    }

    /// Takes in an event.
    pub(super) fn take(&mut self, event: Event) -> Taken {
        let is_begun = !self.held.is_empty();
        if !self.is_open() || (!is_begun && !is_start(&event)) {
            let mut events = std::mem::take(&mut self.held);
            events.push(event);
            return Taken::Events(events);
        }
        let ends = is_begun && is_end(&event);
        self.held.push(event);
        self.last = Instant::now();
        if ends {
            let held = std::mem::take(&mut self.held);
            let text: String = held.iter().filter_map(letter).collect();
            return match behind(&text) {
                Some(background) => {
                    self.asked = None;
                    Taken::Answer(background)
                }
                None => Taken::Events(held),
            };
        }
        let text: String = self.held.iter().filter_map(letter).collect();
        if self.held.len() != text.len() || !may_begin(&text) {
            return Taken::Events(std::mem::take(&mut self.held));
        }
        Taken::Held
    }

    /// What looked like the beginning of an answer and is none, since nothing follows.
    pub(super) fn let_go(&mut self) -> Vec<Event> {
        if self.last.elapsed() < A_PIECE {
            return vec![];
        }
        std::mem::take(&mut self.held)
    }
}

/// What the environment says: `$COLORFGBG`, as rxvt and its kin set it: `15;0` is white on black.
pub(super) fn from_environment(environment: &Environment) -> Background {
    let colours = environment.colorfgbg.as_deref();
    let behind = colours.and_then(|colours| colours.rsplit(';').next()?.parse::<u8>().ok());
    match behind {
        Some(0..=6 | 8) => Background::Dark,
        Some(7 | 9..=15) => Background::Light,
        Some(16..) | None => Background::Unknown,
    }
}

/// An answer is `ESC ] 11;rgb:ffff/ffff/ffff` and BEL, or `ESC \`: to whoever reads keys, alt-`]`, letters, and ctrl-g or alt-`\`.
fn is_start(event: &Event) -> bool {
    key(event).is_some_and(|key| key.code == KeyCode::Char(']') && has_alt(key))
}

fn is_end(event: &Event) -> bool {
    key(event).is_some_and(|key| match key.code {
        KeyCode::Char('g') => key.modifiers.contains(KeyModifiers::CONTROL),
        KeyCode::Char('\\') => has_alt(key),
        _ => false,
    })
}

fn letter(event: &Event) -> Option<char> {
    match key(event)?.code {
        KeyCode::Char(letter) if !is_end(event) => Some(letter),
        _ => None,
    }
}

fn key(event: &Event) -> Option<&KeyEvent> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(key),
        _ => None,
    }
}

fn has_alt(key: &KeyEvent) -> bool {
    key.modifiers.contains(KeyModifiers::ALT)
}

/// Whether an answer can begin like this.
fn may_begin(text: &str) -> bool {
    ["]11;rgb:", "]11;rgba:"].iter().any(|start| {
        let both = start.len().min(text.len());
        let is_hex = |letter: char| letter.is_ascii_hexdigit() || letter == '/';
        start.as_bytes()[..both] == text.as_bytes()[..both] && text[both..].chars().all(is_hex)
    })
}

/// What an answer says: `]11;rgb:1e1e/2020/3030`.
fn behind(text: &str) -> Option<Background> {
    let colour = text.strip_prefix("]11;rgb")?;
    let colour = colour.strip_prefix('a').unwrap_or(colour);
    let mut parts = colour.strip_prefix(':')?.split('/').map(|part| {
        let most = 16_u32.checked_pow(u32::try_from(part.len()).ok()?)? - 1;
        let value = u32::from_str_radix(part, 16).ok()?;
        (most > 0).then(|| f64::from(value) / f64::from(most))
    });
    let mut next = || parts.next().flatten();
    let (red, green, blue) = (next()?, next()?, next()?);
    // Rec. 709; an eye sees the middle between black and white at about this much light.
    let light = 0.2126 * red.powf(2.2) + 0.7152 * green.powf(2.2) + 0.0722 * blue.powf(2.2);
    Some(if light > 0.18 {
        Background::Light
    } else {
        Background::Dark
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Vec<Event> {
        text.chars()
            .map(|letter| {
                let (letter, modifiers) = match letter {
                    '⌥' => (']', KeyModifiers::ALT),
                    '␇' => ('g', KeyModifiers::CONTROL),
                    letter => (letter, KeyModifiers::NONE),
                };
                Event::Key(KeyEvent::new(KeyCode::Char(letter), modifiers))
            })
            .collect()
    }

    fn open() -> Question {
        Question {
            asked: Some(Instant::now()),
            ..Question::none()
        }
    }

    #[test]
    fn an_answer_among_keys_is_heard_and_no_key_is_lost() {
        let mut question = open();
        let mut events = vec![];
        let mut answers = vec![];
        for event in typed("jj⌥11;rgb:ffff/ffff/e0e0␇k⌥x") {
            match question.take(event) {
                Taken::Events(some) => events.extend(some),
                Taken::Answer(background) => answers.push(background),
                Taken::Held => {}
            }
        }
        assert_eq!(answers, [Background::Light]);
        assert_eq!(events, typed("jjk⌥x"));
    }

    #[test]
    fn what_only_begins_like_an_answer_is_keys() {
        let mut question = open();
        let mut events = vec![];
        for event in typed("⌥11;x") {
            if let Taken::Events(some) = question.take(event) {
                events.extend(some);
            }
        }
        assert_eq!(events, typed("⌥11;x"));
    }

    #[test]
    fn colours_of_any_length_are_read() {
        assert_eq!(behind("]11;rgb:0/0/0"), Some(Background::Dark));
        assert_eq!(behind("]11;rgb:fa/fa/f0"), Some(Background::Light));
        assert_eq!(
            behind("]11;rgba:1e1e/1e1e/2e2e/ffff"),
            Some(Background::Dark)
        );
        assert_eq!(behind("]11;rgb://"), None);
        assert_eq!(behind("]10;rgb:0/0/0"), None);
    }
}
