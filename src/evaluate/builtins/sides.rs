//! Calls with an argument that is one of several things: each is tried, where the call only computes.

use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::Value;
use crate::semantics::{ClassId, ClassPath};
use crate::source::Place;

/// Functions of `builtins` that look at what they are given, and keep none of it.
const LOOKING_FUNCTIONS: [&str; 24] = [
    "abs",
    "all",
    "any",
    "ascii",
    "bin",
    "callable",
    "chr",
    "divmod",
    "format",
    "getattr",
    "hasattr",
    "hex",
    "isinstance",
    "issubclass",
    "len",
    "max",
    "min",
    "oct",
    "ord",
    "pow",
    "repr",
    "round",
    "sorted",
    "sum",
];

/// Classes of `builtins` that are made of what they are given, item by item or as a whole.
const MADE_ANEW: [&str; 13] = [
    "bool",
    "bytes",
    "complex",
    "dict",
    "enumerate",
    "float",
    "frozenset",
    "int",
    "list",
    "range",
    "set",
    "str",
    "tuple",
];

impl Run<'_, '_> {
    /// Whether a function without source keeps nothing of what it is given.
    pub(super) fn looks_only(path: &ClassPath) -> bool {
        match path.module.as_str() {
            "builtins" => match path.qualname.split_once('.') {
                Some(("str" | "bytes" | "int" | "bool" | "float" | "complex" | "range", _)) => true,
                Some((_, method)) => {
                    matches!(method, "index" | "count" | "remove" | "pop" | "__getitem__")
                }
                None => LOOKING_FUNCTIONS.contains(&path.qualname.as_str()),
            },
            "math" | "operator" | "posixpath" => true,
            _ => false,
        }
    }

    /// Whether a class without source is made of what it is given, whose own identity it does not keep.
    pub(super) fn is_made_anew(&self, class: ClassId) -> bool {
        let path = &self.classes.get(class).path;
        path.module == "builtins" && MADE_ANEW.contains(&path.qualname.as_str())
    }

    /// Calls something with each of the things that the arguments may be; none where these are not known to be one of a few.
    pub(super) fn call_on_sides(
        &mut self,
        arguments: &Arguments,
        at: Option<Place>,
        call: &mut dyn FnMut(&mut Self, Arguments) -> Eval,
    ) -> Option<Eval> {
        let handed: Vec<&Value> = arguments.handed().collect();
        if arguments.is_open() || !self.has_sides(&handed) {
            return None;
        }
        let first = handed.iter().position(|it| it.is_gap())?;
        let value = handed.get(first).map(|it| (*it).clone())?;
        self.each_side(&value, at, |run, side| {
            let mut arguments = arguments.clone();
            let positional = arguments.positional.len();
            if let Some(place) = arguments.positional.get_mut(first) {
                *place = side.clone();
            } else if let Some(place) = arguments.keywords.get_mut(first - positional) {
                place.1 = side.clone();
            }
            call(run, arguments)
        })
    }
}
