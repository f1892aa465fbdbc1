//! What a process is told of the system around it. Its environment variables are part of the world a program runs in, as the platform is. The variables that a system or a
//! shell sets are not known; those that programs ask for themselves count as not set.

use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::environment::is_unset;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::Value;
use crate::semantics::Assumption;

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

    /// A method of `os.environ`, whose first argument it is.
    pub(super) fn environ_method(&mut self, method: &str, asked: &Asked<'_>) -> Option<Value> {
        match method {
            "get" => self.environ_get(asked, 1),
            "__getitem__" => self.set_by_program(asked.arguments.get(1, "key")?, asked),
            "pop" if asked.arguments.positional.len() > 2 => self.environ_get(asked, 1),
            _ => None,
        }
    }

    /// `os.getenv(name, default)`, `os.environ.get(name, default)`: what a program of the project sets it to; the default, where the variable
    /// counts as not set.
    pub(super) fn environ_get(&mut self, asked: &Asked<'_>, skipped: usize) -> Option<Value> {
        let name = asked.arguments.get(skipped, "key")?;
        if let Some(value) = self.set_by_program(name, asked) {
            return Some(value);
        }
        let default = asked.arguments.get(skipped + 1, "default");
        is_unset(name).then(|| default.cloned().unwrap_or(Value::None))
    }

    /// What a program of the project sets an environment variable to, before it imports anything of it. Who asks rests on that, and so does
    /// who looks into the object whose method asks: settings are read once.
    fn set_by_program(&mut self, name: &Value, asked: &Asked<'_>) -> Option<Value> {
        let Value::Str(name) = name else {
            return None;
        };
        let world = self.world;
        let variable = world.variables.get(&**name)?;
        let (value, by) = (&variable.value, &variable.by);
        let assumption = Assumption {
            what: format!("`{name}` is `{value}`, as `{by}` sets it"),
            at: None,
        };
        if let Some(Value::Object(id)) = self.scope(asked.scope).receiver {
            self.touched.add(id, &assumption);
        }
        self.assume_here(assumption);
        Some(Value::str(value))
    }
}
