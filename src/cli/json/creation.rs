//! What class statements run, in JSON: a line a statement.

use serde_json::{Map, Value, json};

use crate::analysis::Analysis;
use crate::evaluate::AtRest;
use crate::semantics::{Course, Creation};

/// The lines of the class statements of a project that are no function's, in order of module and execution.
pub(in crate::cli) fn creations(analysis: &Analysis, run: &mut AtRest<'_, '_>) -> Vec<String> {
    let mut found: Vec<(usize, Creation)> = (0..run.statements())
        .filter(|&index| run.is_of_project(index))
        .filter_map(|index| Some((index, run.creation(index)?)))
        .filter(|(_, creation)| !creation.is_call)
        .filter(|(_, it)| !it.is_local)
        .collect();
    found.sort_by(|(_, one), (_, other)| one.path.module.cmp(&other.path.module));
    let lines = found.into_iter().map(|(index, creation)| {
        let mut said = Map::new();
        said.insert("id".into(), json!(creation.path.to_string()));
        if let Some(place) = creation.place {
            let line = analysis.file(place.file).line(place.start);
            said.insert("line".into(), json!(line));
        }
        said.insert("creation".into(), course(&creation.course));
        let mut called = Map::new();
        for (name, with_argument) in [("()", false), ("(1)", true)] {
            if let Some(answer) = run.instantiation(index, with_argument) {
                called.insert(name.into(), course(&answer));
            }
        }
        if !called.is_empty() {
            said.insert("instantiation".into(), Value::Object(called));
        }
        Value::Object(said).to_string()
    });
    lines.collect()
}

/// The calls and the exception of one course.
fn course(course: &Course) -> Value {
    let calls: Vec<&str> = course.calls().map(crate::Name::as_str).collect();
    let raised = course.raised.as_ref();
    json!({
        "calls": calls,
        "raises": raised.map(|(kind, _)| kind.as_str()),
        "msg": raised.and_then(|(_, message)| message.as_deref()),
        "status": if course.is_exact { "exact" } else { "incomplete" },
    })
}
