//! `mroscope explain`: why class statements raise, the fewest that cannot all hold, and the smallest edits that mend them.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::analysis::{Analysis, ClassRef, Fate, Named, StatementEdit};
use crate::cli::args::ExplainArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::paint;
use crate::cli::session::{Session, class as class_of};
use crate::error::Error;
use crate::load::{Explanation, Mended, explained, fates};
use crate::semantics::ClassId;
use crate::source::PythonVersion;
use crate::view;

/// Prints a page, or a JSON line, for each class statement that raises; finding one is told by the exit code.
pub(super) fn explain(
    session: &mut Session<'_>,
    arguments: &ExplainArguments,
) -> Result<Ending, Stop> {
    let asked = arguments.target.as_deref();
    let (path, target) = path_and_target(asked, arguments.path.as_deref());
    let loader = session.loader();
    let (analysis, found) = loader.load_trying(&path, &|_| (), |analysis, run, trials| {
        let classes: Result<Vec<ClassId>, Error> = match target {
            Some(target) => class_of(&analysis, target).map(|class| vec![class.id()]),
            None => Ok(view::raising(&analysis, arguments.json)),
        };
        let found = classes.map(|classes| {
            let found = explained(&analysis, run, trials, &classes);
            let fates = fates(&analysis, run, trials, &classes);
            (classes, found, fates)
        });
        (analysis, found)
    })?;
    let (classes, found, fates) = found?;
    let fates_of = |id: ClassId| {
        let at = classes.iter().position(|&it| it == id);
        at.and_then(|at| fates.get(at))
            .map_or(&[][..], Vec::as_slice)
    };
    if arguments.json {
        for explanation in &found {
            let fates = fates_of(explanation.class);
            let said = as_json(&analysis, explanation, fates);
            session.streams.line(&said.to_string())?;
        }
        return Ok(ending(&found));
    }
    for (at, &id) in classes.iter().enumerate() {
        if at > 0 {
            session.streams.line("")?;
        }
        let explanation = found.iter().find(|it| it.class == id);
        let mends = explanation.map_or(view::Mends::NotSought, view::Mends::Found);
        let page = view::explanation(analysis.class(id), mends, Some(fates_of(id)));
        paint::page(session.streams, &session.styles, &page)?;
    }
    if classes.is_empty() {
        let counted = view::count(analysis.counts().classes, "class", "classes");
        session.message(&format!("{counted}, and each class statement makes one"))?;
    }
    Ok(ending(&found))
}

fn ending(found: &[Explanation]) -> Ending {
    if found.is_empty() {
        Ending::Done
    } else {
        Ending::Found
    }
}

/// What is loaded, and the class that is asked about: an argument that is there as a path is one.
fn path_and_target<'a>(asked: Option<&'a str>, path: Option<&Path>) -> (PathBuf, Option<&'a str>) {
    let here = || PathBuf::from(".");
    match (asked, path) {
        (Some(asked), Some(path)) => (path.to_owned(), Some(asked)),
        (Some(asked), None) if Path::new(asked).exists() || is_path(asked) => {
            (PathBuf::from(asked), None)
        }
        (Some(asked), None) => (here(), Some(asked)),
        (None, path) => (path.map_or_else(here, Path::to_owned), None),
    }
}

/// Whether somebody meant a path: `shop/models`. A line of a file is a class: `shop/models.py:115`.
fn is_path(asked: &str) -> bool {
    asked.contains(['/', '\\']) && !asked.contains(':')
}

/// The form that `docs/json.md` describes.
fn as_json(
    analysis: &Analysis,
    explanation: &Explanation,
    fates: &[(PythonVersion, Fate)],
) -> Value {
    let class = analysis.class(explanation.class);
    let mut said = at(class);
    said.insert("raises".into(), json!(explanation.raised.kind));
    said.insert("msg".into(), json!(explanation.raised.message));
    said.insert(
        "kind".into(),
        json!(view::kind_of_error(&explanation.raised)),
    );
    let core = explanation.core.as_ref().map(|core| {
        let claims = core.claims.iter().map(|claim| {
            let mut of = at(analysis.class(claim.class));
            let says: Vec<String> = claim
                .says
                .iter()
                .map(|&id| analysis.class(id).path().to_string())
                .collect();
            of.insert("says".into(), json!(says));
            Value::Object(of)
        });
        claims.collect::<Vec<Value>>()
    });
    said.insert("core".into(), json!(core));
    // What edits decorators and fields stands apart: programs that know bases, keywords and slots need not read it.
    let is_of_pieces = |it: &&Mended| it.edits.iter().any(|it| !it.rewrite.pieces.is_empty());
    let (of_pieces, plain): (Vec<&Mended>, Vec<&Mended>) =
        explanation.mends.iter().partition(is_of_pieces);
    let as_json = |of: Vec<&Mended>| -> Vec<Value> {
        let mends = of.into_iter();
        mends.map(|it| mend(analysis, it)).collect()
    };
    said.insert("mends".into(), json!(as_json(plain)));
    if !of_pieces.is_empty() {
        said.insert("body_mends".into(), json!(as_json(of_pieces)));
    }
    if !fates.is_empty() {
        let fates = fates.iter();
        let fates: Map<String, Value> = fates
            .map(|(version, fate)| (version.to_string(), json!(fate.say())))
            .collect();
        said.insert("versions".into(), Value::Object(fates));
    }
    if !explanation.libraries.is_empty() {
        let libraries = explanation.libraries.iter();
        let libraries: Map<String, Value> = libraries
            .map(|(id, of)| (analysis.class(*id).path().to_string(), json!(of)))
            .collect();
        said.insert("libraries".into(), Value::Object(libraries));
    }
    Value::Object(said)
}

/// Which class, and where its statement is.
fn at(class: ClassRef<'_>) -> Map<String, Value> {
    let mut said = Map::new();
    said.insert("id".into(), json!(class.path().to_string()));
    if let Some(place) = class.place() {
        let file = class.analysis().file(place.file);
        said.insert("file".into(), json!(file.shown));
        said.insert("line".into(), json!(file.line(place.start)));
    }
    said
}

fn mend(analysis: &Analysis, mend: &Mended) -> Value {
    let path = |named: &Named| named.path.to_string();
    let edits: Vec<Value> = mend.edits.iter().map(|it| edit(analysis, it)).collect();
    let mro: Vec<String> = mend.mro.iter().map(path).collect();
    let changes = mend.changes.iter().map(|(class, provider)| {
        json!({
            "class": path(class),
            "name": provider.name,
            "from": provider.from.as_ref().map(path),
            "to": provider.to.as_ref().map(path),
        })
    });
    json!({
        "edits": edits,
        "faithful": mend.is_faithful,
        "mro": mro,
        "changes": changes.collect::<Vec<Value>>(),
    })
}

fn edit(analysis: &Analysis, edit: &StatementEdit) -> Value {
    let class = analysis.class(edit.class);
    let mut said = at(class);
    let id = said.remove("id");
    said.insert("class".into(), id.unwrap_or_default());
    let rewrite = &edit.rewrite;
    if let Some(bases) = &rewrite.bases {
        said.insert("bases".into(), json!(bases));
    }
    if !rewrite.keywords.is_empty() {
        let keywords: Map<String, Value> = rewrite
            .keywords
            .iter()
            .map(|(name, value)| (name.clone(), json!(value)))
            .collect();
        said.insert("keywords".into(), Value::Object(keywords));
    }
    if let Some(slots) = &rewrite.slots {
        said.insert("slots".into(), json!(slots));
    }
    if let Some(insert) = &rewrite.insert {
        said.insert("insert".into(), json!(insert.trim_end()));
    }
    if !rewrite.pieces.is_empty() {
        let pieces = rewrite.pieces.iter();
        let pieces = pieces.map(|(at, text)| json!({"was": class.written(*at), "is": text}));
        said.insert("replaces".into(), pieces.collect());
    }
    if !rewrite.imports.is_empty() {
        let imports = rewrite.imports.iter();
        let imports = imports.map(|it| format!("from {} import {}", it.module, it.name));
        said.insert("imports".into(), imports.collect());
    }
    Value::Object(said)
}
