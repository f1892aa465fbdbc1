//! Which environment variables count as set. Those that a system or a shell sets are not known; those that programs ask for themselves count as not set.

use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::Value;

/// Variables that a system, a shell or a terminal sets.
const SET_BY_SYSTEMS: &[&str] = &[
    "APPDATA",
    "COLORTERM",
    "COLUMNS",
    "COMSPEC",
    "DISPLAY",
    "EDITOR",
    "HOME",
    "HOMEDRIVE",
    "HOMEPATH",
    "HOSTNAME",
    "LANG",
    "LANGUAGE",
    "LINES",
    "LOCALAPPDATA",
    "LOGNAME",
    "PAGER",
    "PATH",
    "PATHEXT",
    "PROGRAMDATA",
    "PROGRAMFILES",
    "PWD",
    "SHELL",
    "SYSTEMROOT",
    "TEMP",
    "TERM",
    "TMP",
    "TMPDIR",
    "TZ",
    "USER",
    "USERNAME",
    "USERPROFILE",
    "VIRTUAL_ENV",
    "VISUAL",
    "WINDIR",
];

impl Run<'_, '_> {
    /// Whether the environment variable that a value names counts as not set, and no program of the project sets it.
    pub(crate) fn lacks_variable(&self, name: &Value) -> bool {
        let variables = &self.world.variables;
        is_unset(name) && !matches!(name, Value::Str(it) if variables.contains_key(&**it))
    }
}

/// Whether the environment variable that a value names counts as not set.
pub(crate) fn is_unset(name: &Value) -> bool {
    match name {
        Value::Str(name) => is_unset_variable(name),
        _ => false,
    }
}

/// Whether an environment variable counts as not set.
pub fn is_unset_variable(name: &str) -> bool {
    let upper = name.to_uppercase();
    !SET_BY_SYSTEMS.contains(&upper.as_str())
        && !["LC_", "XDG_", "SSH_"]
            .iter()
            .any(|it| upper.starts_with(it))
}
