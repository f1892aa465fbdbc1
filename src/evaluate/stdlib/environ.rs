//! What a process is told of the system around it. Its environment variables are part of the world a program runs in, as the platform is. The variables that a system or a
//! shell sets are not known; those that programs ask for themselves count as not set.

use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::environment::is_unset;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::Value;

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

    pub(crate) fn is_environ(&self, value: &Value) -> bool {
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
