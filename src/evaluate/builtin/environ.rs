//! What a process is told of the system around it. Its environment variables are part of the world a program runs in, as the platform is. The variables that a system or a
//! shell sets are not known; those that programs ask for themselves count as not set.

use crate::evaluate::builtin::Asked;
use crate::evaluate::run::Run;
use crate::evaluate::value::Value;

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
    /// `platform.system()`, where it follows from `sys.platform`.
    pub(super) fn system(&self) -> Option<&'static str> {
        match self.world.platform.as_str() {
            "linux" => Some("Linux"),
            "darwin" => Some("Darwin"),
            "win32" => Some("Windows"),
            _ => None,
        }
    }

    pub(in crate::evaluate) fn is_environ(&self, value: &Value) -> bool {
        self.table_name_of(value) == Some(("os", "environ"))
    }
}

/// A method of `os.environ`, whose first argument it is.
pub(super) fn environ_method(method: &str, asked: &Asked<'_>) -> Option<Value> {
    match method {
        "get" => environ_get(asked, 1),
        "pop" if asked.arguments.positional.len() > 2 => environ_get(asked, 1),
        _ => None,
    }
}

/// `os.getenv(name, default)`, `os.environ.get(name, default)`: the default, where the variable counts as not set.
pub(super) fn environ_get(asked: &Asked<'_>, skipped: usize) -> Option<Value> {
    let name = asked.arguments.get(skipped, "key")?;
    let default = asked.arguments.get(skipped + 1, "default");
    is_unset(name).then(|| default.cloned().unwrap_or(Value::None))
}

/// Whether an environment variable counts as not set.
pub(in crate::evaluate) fn is_unset(name: &Value) -> bool {
    let Value::Str(name) = name else {
        return false;
    };
    let upper = name.to_uppercase();
    !SET_BY_SYSTEMS.contains(&upper.as_str())
        && !["LC_", "XDG_", "SSH_"]
            .iter()
            .any(|it| upper.starts_with(it))
}
