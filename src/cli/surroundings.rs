//! What the environment says: read here and nowhere else, so that nothing below depends on where it runs.
#![expect(
    clippy::disallowed_methods,
    reason = "the one place that looks at the environment"
)]

use std::env;
use std::path::PathBuf;

use etcetera::BaseStrategy;

use crate::cli::args::When;
use crate::tui;

/// What was found around the program when it started.
#[derive(Debug, Clone, Default)]
pub(super) struct Surroundings {
    /// `NO_COLOR` is set and not empty.
    pub(super) no_colour: bool,
    /// `FORCE_COLOR` or `CLICOLOR_FORCE` is set to anything but 0.
    pub(super) force_colour: bool,
    /// Where a person's own files are: `$XDG_CONFIG_HOME/mroscope`.
    pub(super) config_folder: Option<PathBuf>,
    /// Where what is kept for a person is: `$XDG_DATA_HOME/mroscope`.
    pub(super) data_folder: Option<PathBuf>,
    /// Where a person's state is kept: `$XDG_STATE_HOME/mroscope`.
    pub(super) state_folder: Option<PathBuf>,
    /// Where the shell is.
    pub(super) folder: PathBuf,
    /// `VIRTUAL_ENV`: the environment the shell has activated.
    pub(super) virtual_env: Option<PathBuf>,
    /// The folders in which the shell finds its commands.
    pub(super) commands: Vec<PathBuf>,
    visual: Option<String>,
    editor: Option<String>,
    term: Option<String>,
    colorterm: Option<String>,
    colorfgbg: Option<String>,
}

impl Surroundings {
    /// Looks around.
    pub(super) fn look() -> Self {
        let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        let on = |name| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        let text = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
        Self {
            no_colour: set("NO_COLOR"),
            force_colour: on("FORCE_COLOR") || on("CLICOLOR_FORCE"),
            config_folder: etcetera::choose_base_strategy()
                .ok()
                .map(|base| base.config_dir().join("mroscope")),
            data_folder: etcetera::choose_base_strategy()
                .ok()
                .map(|base| base.data_dir().join("mroscope")),
            state_folder: etcetera::choose_base_strategy()
                .ok()
                // Where a system has no such place, that for data is one.
                .map(|base| base.state_dir().unwrap_or_else(|| base.data_dir()))
                .map(|folder| folder.join("mroscope")),
            folder: env::current_dir().unwrap_or_default(),
            virtual_env: env::var_os("VIRTUAL_ENV")
                .filter(|value| !value.is_empty())
                .map(PathBuf::from),
            commands: env::var_os("PATH")
                .map(|path| env::split_paths(&path).collect())
                .unwrap_or_default(),
            visual: text("VISUAL"),
            editor: text("EDITOR"),
            term: text("TERM"),
            colorterm: text("COLORTERM"),
            colorfgbg: text("COLORFGBG"),
        }
    }

    /// `TERM=dumb`: a terminal that obeys nothing.
    pub(super) fn is_dumb(&self) -> bool {
        self.term.as_deref() == Some("dumb")
    }

    /// What of it the screen heeds; what the command line says of colour comes first.
    pub(super) fn of_screen(&self, colour: When) -> tui::Environment {
        tui::Environment {
            visual: self.visual.clone(),
            editor: self.editor.clone(),
            no_color: match colour {
                When::Always => false,
                When::Never => true,
                When::Auto => self.no_colour,
            },
            colorterm: self.colorterm.clone(),
            term: self.term.clone(),
            colorfgbg: self.colorfgbg.clone(),
        }
    }
}

#[cfg(test)]
impl Surroundings {
    /// Surroundings that say this of colour.
    pub(super) fn of_colour(no_colour: bool, force_colour: bool, term: &str) -> Self {
        Self {
            no_colour,
            force_colour,
            term: Some(term.to_owned()),
            ..Self::default()
        }
    }
}
