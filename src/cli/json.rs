//! The neutral form: one JSON object a class, the same for `dump`, `show --json` and `mro --json`.
//!
//! `docs/json.md` describes it for those who read it with another program.

mod creation;

pub(super) use creation::creations;

use serde_json::{Map, Value, json};

use crate::Name;
use crate::analysis::{Analysis, ClassRef};
use crate::evaluate::NoClass;
use crate::semantics::{Access, MemberKind, Origin, Outcome, Standing, Trace};
use crate::view;

/// Says everything that is known of a class.
pub(super) fn class(class: ClassRef<'_>) -> Value {
    let analysis = class.analysis();
    let mut said = Map::new();
    said.insert("id".into(), id(class));
    if let Some(place) = class.place() {
        let file = analysis.file(place.file);
        said.insert("file".into(), json!(file.shown));
        let line = json!(file.line(place.start));
        match class.origin() {
            Origin::Statement { first, .. } => {
                said.insert("line".into(), line);
                said.insert("first".into(), json!(file.line(*first)));
            }
            // `line` is that of a `class` statement, which may stand around the call.
            Origin::Call(_) | Origin::Interpreter => {
                said.insert("call".into(), line);
            }
        }
    }
    let status = match class.outcome() {
        // It stands behind a statement that raises: it is what would come of it.
        _ if class.not_reached().is_some() => "not_reached",
        // It was made, and a decorator of the statement raises: the name is never bound.
        Outcome::Created(_) if class.refused().is_some() => "error",
        Outcome::Created(_) => "exact",
        Outcome::Unknown { .. } => "incomplete",
        Outcome::Raises(_) => "error",
    };
    said.insert("status".into(), json!(status));
    said.insert("metaclass".into(), json!(class.metaclass().map(id)));
    if let Some(by) = class.not_reached() {
        let by = analysis.class(by).place();
        said.insert("behind".into(), json!(by.map(|it| analysis.say_place(it))));
    }
    if let Some(raised) = class.raises() {
        said.insert("exc".into(), json!(raised.kind));
        said.insert("msg".into(), json!(raised.message));
    }
    if let Standing::Assumed(assumed) = class.standing() {
        let what: Vec<&str> = assumed.iter().map(|one| one.what.as_str()).collect();
        said.insert("assumed".into(), json!(what));
    }
    let mro = match class.outcome() {
        Outcome::Raises(_) => Value::Null,
        Outcome::Created(_) | Outcome::Unknown { .. } => {
            class.known_ancestry().into_iter().map(id).collect()
        }
    };
    said.insert("mro".into(), mro);
    if !matches!(class.outcome(), Outcome::Raises(_)) {
        let (attributes, perhaps) = attributes(class);
        said.insert("attrs".into(), Value::Object(attributes));
        if !perhaps.is_empty() {
            said.insert("perhaps".into(), Value::Object(perhaps));
        }
    }
    if let Some(note) = note(class) {
        said.insert("note".into(), json!(note));
    }
    Value::Object(said)
}

/// Says where a class statement stands that makes no class, and what it makes.
pub(super) fn no_class(analysis: &Analysis, statement: &NoClass) -> Value {
    let file = analysis.file(statement.place.file);
    json!({
        "id": statement.path.to_string(),
        "file": file.shown,
        "line": file.line(statement.place.start),
        "first": file.line(statement.first),
        "status": "other",
        "note": format!("the statement makes an object of `{}`, which is no class", statement.kind),
    })
}

/// Adds the values of the class's own attributes: `reprlib`'s bounded repr where the value is known, else the expression.
pub(super) fn add_values(class: ClassRef<'_>, said: &mut Value) {
    let (mut values, mut expressions) = (Map::new(), Map::new());
    for (name, member) in class.members() {
        if let Some(shown) = &member.shown {
            values.insert(name.to_string(), json!(shown));
        } else if let Some(expression) = view::expression(class.analysis(), member) {
            expressions.insert(name.to_string(), json!(expression));
        }
    }
    if let Value::Object(said) = said {
        said.insert("values".into(), Value::Object(values));
        said.insert("expressions".into(), Value::Object(expressions));
    }
}

/// Adds what Python does on each access to these attributes, as far as it could be traced. Of those through `super()` it is the one from
/// the class itself.
pub(super) fn add_lookups(
    class: ClassRef<'_>,
    names: &[Name],
    traces: Option<&Vec<Vec<Trace>>>,
    said: &mut Value,
) {
    let mut lookups = Map::new();
    for (name, traces) in names.iter().zip(traces.into_iter().flatten()) {
        let mut of_name = Map::new();
        let is_from_above =
            |access| matches!(access, Access::SuperRead { after } if after != class.id());
        for trace in traces.iter().filter(|it| !is_from_above(it.access)) {
            let raised = trace.raised.as_ref();
            let calls: Vec<String> = trace.calls().collect();
            of_name.insert(
                trace.access.name().into(),
                json!({
                    "calls": calls,
                    "raises": raised.map(|it| it.kind.as_str()),
                    "msg": raised.and_then(|it| it.message.as_deref()),
                    "status": if trace.is_known && trace.doubt.is_none() { "exact" } else { "incomplete" },
                }),
            );
        }
        lookups.insert(name.to_string(), Value::Object(of_name));
    }
    if let Value::Object(said) = said {
        said.insert("lookups".into(), Value::Object(lookups));
    }
}

/// The class's path, `pkg.mod:Outer.Inner`.
pub(super) fn id(class: ClassRef<'_>) -> Value {
    json!(class.path().to_string())
}

/// Every name along the MRO: the class that provides it, and its kind; no kind where it could not be followed. Beside them the names
/// that may be absent, and where that hangs on a condition.
fn attributes(class: ClassRef<'_>) -> (Map<String, Value>, Map<String, Value>) {
    let (mut attributes, mut perhaps) = (Map::new(), Map::new());
    for ancestor in class.known_ancestry() {
        let provider = id(ancestor);
        for (name, member) in ancestor.members() {
            if attributes.contains_key(name.as_str()) {
                continue;
            }
            // Which class provides it is not known: this one, or one further on, or none.
            if let Some(condition) = member.maybe {
                let place = class.analysis().say_place(condition);
                perhaps.insert(name.to_string(), json!(place));
                attributes.insert(name.to_string(), Value::Null);
                continue;
            }
            let kind = match member.kind {
                MemberKind::Unknown => Value::Null,
                kind => json!(kind),
            };
            attributes.insert(name.to_string(), json!([provider, kind]));
        }
    }
    (attributes, perhaps)
}

/// Why the answer is not whole.
fn note(class: ClassRef<'_>) -> Option<String> {
    let Outcome::Unknown { because, .. } = class.outcome() else {
        return None;
    };
    let said: Vec<String> = because
        .iter()
        .map(|gap| class.analysis().say_gap(gap))
        .collect();
    Some(said.join("; "))
}
