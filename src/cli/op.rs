//! `mroscope op`: what Python does for an operator, a builtin function or a statement.

use std::path::Path;

use serde_json::{Value, json};

use crate::cli::args::OpArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::Session;
use crate::cpython::Facts;
use crate::error::{Error, Kind};
use crate::evaluate::{AtRest, Ran, statements_of};
use crate::source::{PythonVersion, cases};

/// Prints the page of an expression, or answers those of many programs.
pub(super) fn op(session: &mut Session<'_>, arguments: &OpArguments) -> Result<Ending, Stop> {
    match &arguments.batch {
        Some(folder) => batch(session, folder),
        None => Ok(Ending::Done),
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
            let version = analysis.world.python.parse();
            let version = version.unwrap_or_else(|()| Facts::newest());
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
    let ran = run.ran(PROGRAM, &statements_of(line, version));
    let mut said = json!({ "case": case, "expr": line });
    let Some(of) = said.as_object_mut() else {
        return said;
    };
    match &ran {
        Some(ran) => say(ran, of),
        None => {
            of.insert("status".into(), json!("unknown"));
        }
    }
    said
}

/// What came of an expression.
fn say(ran: &Ran, of: &mut serde_json::Map<String, Value>) {
    let calls = ran.calls().filter(|(module, ..)| *module == PROGRAM);
    let calls: Vec<&str> = calls.map(|(_, qualname, _)| qualname.as_str()).collect();
    of.insert("calls".into(), json!(calls));
    let raised = ran.raised.as_ref();
    of.insert("raises".into(), json!(raised.map(|it| it.kind.as_str())));
    let message = raised.and_then(|it| it.message.as_deref());
    of.insert("msg".into(), json!(message));
    of.insert("type".into(), json!(ran.gave.as_deref()));
    let status = if ran.is_known { "exact" } else { "unknown" };
    of.insert("status".into(), json!(status));
    if let Some(doubt) = &ran.doubt {
        of.insert("doubt".into(), json!(format!("{doubt:?}")));
    }
}
