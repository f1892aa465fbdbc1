//! Functions of the standard library that compute: a file a module, a table each. What stands in none of them is not followed.

mod floats;
mod gamma;
mod mathematics;
mod operators;
mod paths;
mod texts;

use crate::evaluate::builtin::Asked;
use crate::evaluate::fault::Pure;
use crate::evaluate::run::Run;

impl Run<'_, '_> {
    /// What a function of one of these modules gives; none where it is not told here.
    pub(super) fn library_pure(&mut self, asked: &Asked<'_>) -> Option<Pure> {
        let name = asked.path.qualname.as_str();
        match asked.path.module.as_str() {
            "math" => self.mathematics(name, asked),
            "operator" | "_operator" => self.operators(name, asked),
            "posixpath" | "os.path" | "genericpath" => self.paths(name, asked),
            "string" | "textwrap" | "keyword" => self.texts(name, asked),
            _ => None,
        }
    }

    /// Whether a function of such a module that has source is told here.
    pub(super) fn is_library_pure(module: &str, name: &str) -> bool {
        match module {
            "posixpath" | "genericpath" => paths::is_told(name),
            "string" | "textwrap" => texts::is_told(name),
            _ => false,
        }
    }
}
