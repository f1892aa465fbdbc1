//! What the environment says: read here and nowhere else, so that nothing below depends on where it runs.
#![expect(
    clippy::disallowed_methods,
    reason = "the one place that looks at the environment"
)]

use std::env;
use std::path::PathBuf;

use etcetera::BaseStrategy;

/// What was found around the program when it started.
#[derive(Debug, Clone, Default)]
pub(super) struct Surroundings {
    /// `NO_COLOR` is set and not empty.
    pub(super) no_colour: bool,
    /// `FORCE_COLOR` or `CLICOLOR_FORCE` is set to anything but 0.
    pub(super) force_colour: bool,
    /// `TERM=dumb`.
    pub(super) dumb_terminal: bool,
    /// Where a person's own files are: `$XDG_CONFIG_HOME/mroscope`.
    pub(super) config_folder: Option<PathBuf>,
    /// `VIRTUAL_ENV`: the environment the shell has activated.
    pub(super) virtual_env: Option<PathBuf>,
    /// The folders in which the shell finds its commands.
    pub(super) commands: Vec<PathBuf>,
    /// `$VISUAL`, else `$EDITOR`.
    pub(super) editor: Option<String>,
    /// Whether the terminal is at the other end of a connection.
    pub(super) remote: bool,
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
            dumb_terminal: env::var_os("TERM").is_some_and(|term| term == "dumb"),
            config_folder: etcetera::choose_base_strategy()
                .ok()
                .map(|base| base.config_dir().join("mroscope")),
            virtual_env: env::var_os("VIRTUAL_ENV")
                .filter(|value| !value.is_empty())
                .map(PathBuf::from),
            commands: env::var_os("PATH")
                .map(|path| env::split_paths(&path).collect())
                .unwrap_or_default(),
            editor: text("VISUAL").or_else(|| text("EDITOR")),
            remote: set("SSH_CONNECTION") || set("SSH_TTY"),
        }
    }
}
