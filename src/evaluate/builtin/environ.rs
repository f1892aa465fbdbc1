//! The process's environment variables: part of the world a program runs in, as the platform is. The variables that a system or a
//! shell sets are not known; those that programs ask for themselves count as not set.

use crate::evaluate::builtin::Asked;
use crate::evaluate::run::{Eval, Run};
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
    pub(in crate::evaluate) fn is_environ(&self, value: &Value) -> bool {
        self.table_name_of(value) == Some(("os", "environ"))
    }

    /// Whether an environment variable counts as not set.
    pub(in crate::evaluate) fn is_unset(&self, name: &Value) -> bool {
        let Value::Str(name) = name else {
            return false;
        };
        let upper = name.to_uppercase();
        !SET_BY_SYSTEMS.contains(&upper.as_str())
            && !["LC_", "XDG_", "SSH_"]
                .iter()
                .any(|it| upper.starts_with(it))
    }

    /// `os.getenv(name, default)`, `os.environ.get(name, default)`: the default, where the variable counts as not set.
    pub(super) fn environ_get(&mut self, asked: &Asked<'_>, skipped: usize) -> Option<Value> {
        let name = asked.arguments.get(skipped, "key")?;
        if !self.is_unset(name) {
            return None;
        }
        let default = asked.arguments.get(skipped + 1, "default");
        Some(default.cloned().unwrap_or(Value::None))
    }

    /// A method of `os.environ`.
    pub(super) fn environ_method(
        &mut self,
        method: &str,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        match method {
            "get" => Ok(self.environ_get(asked, 1)),
            "pop" if asked.arguments.positional.len() > 2 => Ok(self.environ_get(asked, 1)),
            _ => Ok(None),
        }
    }
}
