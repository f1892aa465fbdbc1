//! Functions of the standard library that compute: a file a module, a table each. What stands in none of them is not followed.

pub(super) mod arrays;
pub(super) mod caching;
pub(super) mod chain_maps;
pub(super) mod class_decorators;
pub(super) mod context_variables;
pub(super) mod copying;
pub(super) mod counters;
pub(super) mod ctypes_rules;
pub(super) mod dataclass_methods;
pub(super) mod dataclass_names;
pub(super) mod dataclasses;
pub(super) mod deques;
pub(super) mod enums;
pub(super) mod environ;
pub(super) mod factories;
pub(super) mod floats;
pub(super) mod folding;
pub(super) mod frames;
pub(super) mod functions;
pub(super) mod gamma;
pub(super) mod getters;
pub(super) mod hints;
pub(super) mod indentation;
pub(super) mod inspecting;
pub(super) mod itertools;
pub(super) mod library_classes;
pub(super) mod mathematics;
pub(super) mod named_tuples;
pub(super) mod operators;
pub(super) mod paths;
pub(super) mod patterns;
pub(super) mod reconstructing;
pub(super) mod texts;
pub(super) mod type_parameters;
pub(super) mod typing;
pub(super) mod typing_fields;
pub(super) mod typing_forms;
pub(super) mod typing_rules;
pub(super) mod wrapping;

use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::fault::Pure;
use crate::evaluate::machine::run::Run;

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
