//! Calls whose arguments do not fit: what `initialize_locals` (CPython's `ceval.c`) raises, word for word.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::Definition;
use crate::source::PythonVersion;
use crate::syntax::{Parameter, ParameterKind};

impl Run<'_, '_> {
    /// The message with which a function refuses its arguments; none where they fit, or are not all known.
    ///
    /// ```py
    /// def f(a, *, key): ...
    /// f()  # TypeError: f() missing 1 required positional argument: 'a'
    /// ```
    pub(crate) fn misfit(
        &self,
        function: &Definition,
        parameters: &[Parameter],
        arguments: &Arguments,
    ) -> Option<String> {
        // Since 3.10 the qualified name is told.
        let name = if self.world.version >= PythonVersion::three(10) {
            &function.qualname
        } else {
            &function.name
        };
        let has_default = |index: usize| function.defaults.get(index).is_some_and(Option::is_some);
        misfit_of(name, parameters, &has_default, arguments)
    }
}

/// The same for a function that is told by its name, its parameters, and which of them have a default.
pub(crate) fn misfit_of(
    name: &str,
    parameters: &[Parameter],
    has_default: &dyn Fn(usize) -> bool,
    arguments: &Arguments,
) -> Option<String> {
    if arguments.is_open() {
        return None;
    }
    let of_kind = |wanted: &[ParameterKind]| {
        let chosen = parameters.iter().enumerate();
        let chosen = chosen.filter(|(_, it)| wanted.contains(&it.kind));
        chosen.collect::<Vec<(usize, &Parameter)>>()
    };
    let places = of_kind(&[ParameterKind::Positional, ParameterKind::Either]);
    let takes_rest = !of_kind(&[ParameterKind::Rest]).is_empty();
    let takes_keywords = !of_kind(&[ParameterKind::Keywords]).is_empty();
    let given = arguments.positional.len();
    for (keyword, _) in &arguments.keywords {
        let at = parameters.iter().position(|it| {
            it.name == *keyword && matches!(it.kind, ParameterKind::Either | ParameterKind::Keyword)
        });
        match at {
            Some(at) => {
                let filled = places.iter().take(given).any(|(index, _)| *index == at);
                if filled {
                    return Some(format!(
                        "{name}() got multiple values for argument '{keyword}'"
                    ));
                }
            }
            None if takes_keywords => {}
            None => {
                return Some(format!(
                    "{name}() got an unexpected keyword argument '{keyword}'"
                ));
            }
        }
    }
    if given > places.len() && !takes_rest {
        return Some(too_many(
            name,
            &places,
            given,
            has_default,
            parameters,
            arguments,
        ));
    }
    let is_given = |index: usize, parameter: &Parameter| {
        arguments.keyword(&parameter.name).is_some()
            || has_default(index)
            || places
                .iter()
                .take(given)
                .any(|(filled, _)| *filled == index)
    };
    let lacking = |among: &[(usize, &Parameter)]| -> Vec<Name> {
        among
            .iter()
            .filter(|(index, parameter)| !is_given(*index, parameter))
            .map(|(_, parameter)| parameter.name.clone())
            .collect()
    };
    let missing = lacking(&places);
    if !missing.is_empty() {
        return Some(lacks(name, "positional", &missing));
    }
    let missing = lacking(&of_kind(&[ParameterKind::Keyword]));
    (!missing.is_empty()).then(|| lacks(name, "keyword-only", &missing))
}

/// `format_missing`
fn lacks(function: &str, kind: &str, names: &[Name]) -> String {
    let quoted: Vec<String> = names.iter().map(|it| format!("'{it}'")).collect();
    let listed = match quoted.as_slice() {
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
        [] => String::new(),
    };
    let plural = if names.len() == 1 { "" } else { "s" };
    format!(
        "{function}() missing {} required {kind} argument{plural}: {listed}",
        names.len()
    )
}

/// `too_many_positional`
fn too_many(
    function: &str,
    places: &[(usize, &Parameter)],
    given: usize,
    has_default: &dyn Fn(usize) -> bool,
    parameters: &[Parameter],
    arguments: &Arguments,
) -> String {
    let optional = places
        .iter()
        .filter(|(index, _)| has_default(*index))
        .count();
    let takes = if optional > 0 {
        format!("from {} to {}", places.len() - optional, places.len())
    } else {
        places.len().to_string()
    };
    let plural = if optional > 0 || places.len() != 1 {
        "s"
    } else {
        ""
    };
    let by_name = parameters
        .iter()
        .filter(|it| it.kind == ParameterKind::Keyword && arguments.keyword(&it.name).is_some())
        .count();
    let (also, were) = if by_name > 0 {
        let s = if given == 1 { "" } else { "s" };
        let more = if by_name == 1 { "" } else { "s" };
        (
            format!(" positional argument{s} (and {by_name} keyword-only argument{more})"),
            "were",
        )
    } else {
        (String::new(), if given == 1 { "was" } else { "were" })
    };
    format!("{function}() takes {takes} positional argument{plural} but {given}{also} {were} given")
}
