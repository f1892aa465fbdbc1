//! `mroscope op`: what Python does for an operator, a builtin function or a statement.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::cli::args::OpArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::paint;
use crate::cli::session::Session;
use crate::error::{Error, Kind};
use crate::evaluate::{AtRest, Ran, statements_of};
use crate::load::{NotOperated, operated};
use crate::source::{PythonVersion, cases};
use crate::view;

/// Prints what comes of an expression, or answers those of many programs.
pub(super) fn op(session: &mut Session<'_>, arguments: &OpArguments) -> Result<Ending, Stop> {
    if let Some(folder) = &arguments.batch {
        return batch(session, folder);
    }
    let expression = arguments.expression.as_deref().unwrap_or_default();
    let path = arguments.path.as_deref().unwrap_or(Path::new("."));
    let loader = session.loader();
    let (analysis, told) = loader.load_then(path, &|_| (), |analysis, run| {
        let told = operated(&analysis, run, None, expression);
        (analysis, told)
    })?;
    let told = told.map_err(refused)?;
    if arguments.json {
        let mut said = Map::new();
        said.insert("expr".into(), json!(told.written));
        say(&told.ran, None, &mut said);
        session.streams.line(&Value::Object(said).to_string())?;
    } else {
        let page = view::operation(&analysis, &told);
        paint::page(session.streams, &session.styles, &page)?;
    }
    Ok(Ending::Done)
}

fn refused(error: NotOperated) -> Error {
    let said = Error::new(Kind::Usage, error.message);
    match error.hint {
        Some(hint) => said.hint(hint),
        None => said,
    }
}

/// The module of a program in a batch.
const PROGRAM: &str = "program";

/// Answers the expressions of every program in a folder, a JSON line each: `docs/json.md`.
fn batch(session: &mut Session<'_>, folder: &Path) -> Result<Ending, Stop> {
    let cases = cases(folder).map_err(|error| {
        let said = format!("cannot read {}: {error}", folder.display());
        Error::new(Kind::Input, said)
    })?;
    let loader = session.loader();
    for case in cases {
        let lines: Vec<String> = loader.load_then(&case.path, &|_| (), |analysis, run| {
            let version = analysis.world.version();
            let expressions = case.expressions.iter();
            let answers = expressions.map(|it| answer(run, &case.name, it, version).to_string());
            answers.collect()
        })?;
        for line in lines {
            session.streams.line(&line)?;
        }
    }
    Ok(Ending::Done)
}

fn answer(run: &mut AtRest<'_, '_>, case: &str, line: &str, version: PythonVersion) -> Value {
    let mut said = Map::new();
    said.insert("case".into(), json!(case));
    said.insert("expr".into(), json!(line));
    match run.ran(PROGRAM, &statements_of(line, version)) {
        Some(ran) => say(&ran, Some(PROGRAM), &mut said),
        None => {
            said.insert("status".into(), json!("unknown"));
        }
    }
    Value::Object(said)
}

/// What came of an expression; with the functions of one module alone, where one is named.
fn say(ran: &Ran, of: Option<&str>, said: &mut Map<String, Value>) {
    let calls = ran
        .calls()
        .filter(|(module, ..)| of.is_none_or(|of| *module == of));
    let calls: Vec<&str> = calls.map(|(_, qualname, _)| qualname.as_str()).collect();
    said.insert("calls".into(), json!(calls));
    let raised = ran.raised.as_ref();
    said.insert("raises".into(), json!(raised.map(|it| it.kind.as_str())));
    let message = raised.and_then(|it| it.message.as_deref());
    said.insert("msg".into(), json!(message));
    said.insert("type".into(), json!(ran.gave.as_deref()));
    let status = if ran.is_known { "exact" } else { "unknown" };
    said.insert("status".into(), json!(status));
}
