//! `mroscope coverage`: how much of a project is known, and what keeps the rest from being known.

use serde_json::{Value, json};

use crate::analysis::{Analysis, Cause, ClassRef, Coverage, Share};
use crate::cli::args::CoverageArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::Session;
use crate::cli::{json, paint};
use crate::semantics::Why;
use crate::view;

/// Prints the coverage page; that a class cannot be known is told by the exit code.
pub(super) fn coverage(
    session: &mut Session<'_>,
    arguments: &CoverageArguments,
) -> Result<Ending, Stop> {
    let analysis = session.load(&arguments.path)?;
    if arguments.json {
        let said = as_json(&analysis, &analysis.coverage());
        session.streams.line(&said.to_string())?;
    } else {
        paint::page(session.streams, &session.styles, &view::coverage(&analysis))?;
    }
    Ok(if analysis.counts().unknown == 0 {
        Ending::Done
    } else {
        Ending::Found
    })
}

/// The same as the page, with every class and every place; `docs/json.md` describes it.
fn as_json(analysis: &Analysis, coverage: &Coverage<'_>) -> Value {
    let causes: Vec<Value> = coverage
        .causes
        .iter()
        .map(|share| {
            let mut said = share_as_json(analysis, share);
            said["why"] = json!(why(&share.of));
            said["what"] = json!(share.of.what());
            said["cause"] = json!(view::cause(analysis, &share.of));
            said["cure"] = json!(view::cure(&share.of));
            said
        })
        .collect();
    let assumptions: Vec<Value> = coverage
        .assumptions
        .iter()
        .map(|share| {
            let mut said = share_as_json(analysis, share);
            said["what"] = json!(share.of);
            said
        })
        .collect();
    json!({
        "classes": coverage.counts.classes,
        "exact": coverage.counts.exact,
        "assumed": coverage.counts.assumed,
        "incomplete": coverage.counts.unknown,
        "error": coverage.counts.raises,
        "causes": causes,
        "assumptions": assumptions,
    })
}

fn share_as_json<T>(analysis: &Analysis, share: &Share<'_, T>) -> Value {
    let ids = |classes: &[ClassRef<'_>]| -> Vec<Value> {
        classes.iter().map(|&class| json::id(class)).collect()
    };
    let places: Vec<String> = share
        .places
        .iter()
        .map(|&place| analysis.say_place(place))
        .collect();
    json!({
        "classes": share.classes(),
        "direct": ids(&share.direct),
        "derived": ids(&share.derived),
        "places": places,
    })
}

/// The kind of a cause in a word that stays the same, for programs.
fn why(cause: &Cause) -> &'static str {
    match cause {
        Cause::NotInstalled { .. } => "not_installed",
        Cause::NotInPackage { .. } => "not_in_package",
        Cause::NotInPython { .. } => "not_in_python",
        Cause::NoSource { .. } => "no_source",
        Cause::Expression { why, .. } => match why {
            Why::NotFound => "not_found",
            Why::NotInstalled { .. } => "not_installed",
            Why::NoSource { .. } => "no_source",
            Why::Undecided => "undecided",
            Why::Input => "input",
            Why::Budget => "budget",
            Why::Cycle => "cycle",
            Why::NotFollowed => "not_followed",
            Why::DoesNotCompile => "does_not_compile",
        },
    }
}
