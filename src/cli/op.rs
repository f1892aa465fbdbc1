//! `mroscope op`: what Python does for an operator, a builtin function or a statement.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::analysis::{Analysis, Target};
use crate::cli::args::OpArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::{Session, class as class_of};
use crate::error::{Error, Kind};
use crate::evaluate::{AtRest, Ran, statements_of};
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
    let (analysis, found) = loader.load_then(path, &|_| (), |analysis, run| {
        let found = one(&analysis, run, expression);
        (analysis, found)
    })?;
    let (written, ran) = found?;
    if arguments.json {
        let mut said = Map::new();
        said.insert("expr".into(), json!(written));
        say(&ran, None, &mut said);
        session.streams.line(&Value::Object(said).to_string())?;
    } else {
        for line in lines(&analysis, &written, &ran) {
            session.streams.line(&view::safe(&line))?;
        }
    }
    Ok(Ending::Done)
}

/// An expression as it is run, and what came of it.
fn one(
    analysis: &Analysis,
    run: &mut AtRest<'_, '_>,
    expression: &str,
) -> Result<(String, Ran), Error> {
    let (written, module) = with_instances(analysis, run, expression)?;
    let statements = statements_of(&written, analysis.world.version());
    let ran = run.ran(&module, &statements).ok_or_else(|| {
        Error::new(Kind::Usage, format!("`{expression}` does not parse"))
            .hint("write it like 'A + B', 'len(A)', 'A[0]', 'with(A)', 'iadd(A, B)'")
    })?;
    Ok((written, ran))
}

/// The expression with an instance in the place of each class that is not called, and the module whose names it is run with.
fn with_instances(
    analysis: &Analysis,
    run: &mut AtRest<'_, '_>,
    expression: &str,
) -> Result<(String, String), Error> {
    let mut written = String::new();
    let mut module: Option<String> = None;
    let mut rest = expression;
    while let Some(first) = rest.chars().next() {
        let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '.' | ':');
        if matches!(first, '"' | '\'') {
            let end = rest[1..].find(first).map_or(rest.len(), |it| it + 2);
            written.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        if !(first.is_alphabetic() || first == '_') {
            written.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches([':', '.']);
        rest = &rest[word.len()..];
        let is_meant = word.contains(':')
            || matches!(analysis.find(word), Target::Class(_) | Target::Ambiguous(_))
            || word.starts_with(char::is_uppercase)
                && !matches!(
                    word,
                    "None" | "True" | "False" | "NotImplemented" | "Ellipsis"
                );
        if !is_meant {
            written.push_str(word);
            continue;
        }
        let class = class_of(analysis, word)?;
        let of = class.path().module.to_string();
        if of == "builtins" {
            written.push_str(word);
            continue;
        }
        let name = class.path().qualname.to_string();
        if module.as_ref().is_some_and(|it| *it != of) {
            return Err(Error::new(
                Kind::Usage,
                format!("`{word}` stands in another module than the class before it"),
            )
            .hint("name classes of one module"));
        }
        written.push_str(&name);
        if !rest.trim_start().starts_with('(') {
            let made = run.ran(&of, &format!("return {name}()"));
            if let Some(raised) = made.and_then(|it| it.raised.filter(|_| it.is_known)) {
                let message = raised.message.unwrap_or_default();
                return Err(Error::new(
                    Kind::Usage,
                    format!("`{name}()` raises {}: {message}", raised.kind),
                )
                .hint(format!("give its arguments: `{name}(…)`")));
            }
            written.push_str("()");
        }
        module = Some(of);
    }
    match module {
        Some(module) => Ok((written, module)),
        None => Err(
            Error::new(Kind::Usage, format!("`{expression}` names no class"))
                .hint("name one of the project: 'len(pkg.mod:Cart)'"),
        ),
    }
}

/// What came of it, line by line: the functions that begin, each with its place, and how it ends.
fn lines(analysis: &Analysis, written: &str, ran: &Ran) -> Vec<String> {
    let status = if ran.is_known { "exact" } else { "not known" };
    let mut lines = vec![format!("{written}  {status}")];
    for (number, (_, qualname, place)) in ran.calls().enumerate() {
        let place = place.map_or_else(String::new, |it| analysis.say_place(it));
        lines.push(format!("  {}  {qualname}  {place}", number + 1));
    }
    lines.push(match (&ran.raised, &ran.gave) {
        _ if !ran.is_known => "  ·  what comes after this could not be followed".to_owned(),
        (Some(raised), _) => {
            let message = raised.message.as_deref().unwrap_or_default();
            format!("  ·  raises {}: {message}", raised.kind)
        }
        (None, Some(of)) => format!("  ·  gives an object of type {of}"),
        (None, None) => "  ·  gives a value".to_owned(),
    });
    lines
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
