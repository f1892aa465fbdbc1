//! Is the terminal's background dark or light?

use std::time::Duration;

use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

use crate::tui::run::Environment;

/// Terminals answer within a few milliseconds; one at the other end of a slow line is not waited for.
const PATIENCE: Duration = Duration::from_millis(150);

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

/// Asks the terminal, then the environment.
pub(super) fn ask(environment: &Environment) -> Background {
    if environment.term.as_deref() == Some("dumb") {
        return Background::Unknown;
    }
    let mut options = QueryOptions::default();
    options.timeout = PATIENCE;
    match theme_mode(options) {
        Ok(ThemeMode::Dark) => Background::Dark,
        Ok(ThemeMode::Light) => Background::Light,
        Err(_) => from_environment(environment.colorfgbg.as_deref()),
    }
}

/// Reads `$COLORFGBG`, as rxvt and its kin set it: `15;0` is white on black.
fn from_environment(colorfgbg: Option<&str>) -> Background {
    let behind = colorfgbg.and_then(|colours| colours.rsplit(';').next()?.parse::<u8>().ok());
    match behind {
        Some(0..=6 | 8) => Background::Dark,
        Some(7 | 9..=15) => Background::Light,
        Some(16..) | None => Background::Unknown,
    }
}
