//! `mroscope show pkg.module`: the page of a module, or of what one of its values holds.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::Name;
use crate::analysis::{Analysis, Module, Target};
use crate::cli::args::{PageName, ShowArguments};
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::Session;
use crate::cli::{paint, plugins};
use crate::error::{Error, Kind};
use crate::evaluate::AtRest;
use crate::semantics::{Bound, ImportedFrom, ModuleStory};
use crate::view::{self, Settings};

/// What a target stands for, where it is a module.
pub(super) struct Asked {
    /// Its name.
    module: Name,
    story: Option<Box<ModuleStory>>,
}

/// Asks the run of a module, where that is what a target stands for.
pub(super) fn asked(
    analysis: &Analysis,
    run: &mut AtRest<'_, '_>,
    arguments: &ShowArguments,
) -> Option<Asked> {
    let target = &arguments.target.target;
    if !matches!(analysis.find(target), Target::Unknown(_)) {
        return None;
    }
    let module = analysis.module_meant(target)?.name.clone();
    let limits = &analysis.world.limits;
    let story = run.module_story(&module, arguments.name.as_deref(), limits);
    Some(Asked { module, story })
}

/// Prints the page of a module.
pub(super) fn show(
    session: &mut Session<'_>,
    analysis: &Analysis,
    asked: &Asked,
    arguments: &ShowArguments,
) -> Result<Ending, Stop> {
    let name = &asked.module;
    let story = asked.story.as_deref();
    let module = analysis.module(name);
    let settings = Settings {
        filter: arguments.filter.clone(),
        ..Settings::default()
    };
    if arguments.page == PageName::Source
        && let Some(file) = module.and_then(|it| it.file)
    {
        let page = view::source_file(analysis, file, &settings);
        paint::page(session.streams, &session.styles, &page)?;
        return Ok(Ending::Done);
    }
    if arguments.page != PageName::Linearization {
        let message = format!("`{name}` is a module, which has no such page");
        let hint = "leave `--page` out, or take `--page source`";
        return Err(Error::new(Kind::Usage, message).hint(hint).into());
    }
    if let (Some(module), true) = (module, arguments.target.json) {
        let said = as_json(analysis, module, story);
        session.streams.line(&said.to_string())?;
        return Ok(ending(analysis, name, story));
    }
    if let Some(path) = &arguments.name {
        if story.is_none_or(|it| it.inside.is_none()) {
            let message = format!("`{name}` has nothing to look into under `{path}`");
            let known = story.into_iter().flat_map(|it| &it.names);
            let known = known.filter(|it| it.holds.is_some());
            let known = known.map(|it| it.name.as_str());
            return Err(Error::new(Kind::Usage, message).near(path, known).into());
        }
        let page = view::inside(analysis, name, path, story, &settings);
        paint::page(session.streams, &session.styles, &page)?;
        return Ok(Ending::Done);
    }
    let page = view::module(analysis, name, story, &settings, None);
    paint::page(session.streams, &session.styles, &page)?;
    Ok(ending(analysis, name, story))
}

/// Why a target that is spelled like a file or like a module is none; none where it is spelled like neither.
pub(super) fn unknown(analysis: &Analysis, target: &str) -> Option<Error> {
    if !matches!(analysis.find(target), Target::Unknown(_)) {
        return None;
    }
    let is_file = Path::new(target).extension().is_some_and(|it| it == "py");
    if is_file || target.contains('/') {
        let message = format!("no file of the project is `{target}`");
        let shown = || analysis.project_modules().filter_map(|it| it.file);
        let shown = || shown().map(|it| analysis.file(it).shown.as_str());
        let last = |path: &'_ str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let wanted = last(target);
        let same = shown().find(|it| last(it) == wanted);
        let near = same
            .or_else(|| view::nearest(target, shown()))
            .or_else(|| shown().find(|it| view::nearest(&wanted, [last(it).as_str()]).is_some()));
        let error = Error::new(Kind::Usage, message);
        return Some(match near {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`mroscope` shows the files that were read"),
        });
    }
    let modules = || analysis.project_modules().map(|it| it.name.as_str());
    let near = view::nearest(target, modules())?;
    let message = format!("no class or module is named `{target}`");
    Some(Error::new(Kind::Usage, message).hint(format!("did you mean `{near}`?")))
}

/// That a class of the module raises, or its import does, is a finding.
fn ending(analysis: &Analysis, name: &str, story: Option<&ModuleStory>) -> Ending {
    let classes = analysis.module(name).into_iter().flat_map(|it| &it.classes);
    let raises = classes
        .map(|&id| analysis.class(id))
        .any(|it| it.raises().is_some());
    if raises || story.is_some_and(|it| it.raises.is_some()) {
        Ending::Found
    } else {
        Ending::Done
    }
}

/// All that the page says, for another program.
fn as_json(analysis: &Analysis, module: &Module, story: Option<&ModuleStory>) -> Value {
    let line =
        |place: Option<crate::source::Place>| place.map(|it| analysis.file(it.file).line(it.start));
    let mut said = Map::new();
    said.insert("module".into(), json!(module.name));
    let file = module.file.map(|it| &analysis.file(it).shown);
    said.insert("file".into(), json!(file));
    said.insert("package".into(), json!(module.package));
    let classes = module.classes.iter();
    let classes = classes.map(|&id| json!(analysis.class(id).path().to_string()));
    said.insert("classes".into(), classes.collect());
    let Some(story) = story else {
        return Value::Object(said);
    };
    let mut names = Map::new();
    for name in &story.names {
        let (kind, value) = match &name.bound {
            Bound::Class(id) => ("class", json!(analysis.class(*id).path().to_string())),
            Bound::Function(head) => ("function", json!(head)),
            Bound::Module(of) => ("module", json!(of)),
            Bound::Value(_) => ("value", json!(name.shown)),
            Bound::Unknown(gap) => ("unknown", json!(analysis.say_gap(gap))),
        };
        names.insert(
            name.name.to_string(),
            json!({
                "kind": kind,
                "value": value,
                "line": line(name.place),
                "imported": name.is_imported,
                "holds": name.holds,
                "perhaps": name.maybe.is_some(),
            }),
        );
    }
    said.insert("names".into(), Value::Object(names));
    let imports = story.imports.iter().map(|it| {
        let found = match it.found {
            Some(ImportedFrom::Project) => Some("project"),
            Some(ImportedFrom::Installed) => Some("environment"),
            Some(ImportedFrom::StandardLibrary) => Some("standard library"),
            None => None,
        };
        json!({
            "from": it.from,
            "names": it.names,
            "line": line(Some(it.place)),
            "found": found,
        })
    });
    said.insert("imports".into(), imports.collect());
    let registries = story.registries.iter();
    let registries = registries.map(|it| plugins::as_json(analysis, it));
    said.insert("registries".into(), registries.collect());
    for (name, place) in &story.answers {
        said.insert(name.to_string(), json!(line(*place)));
    }
    if let Some(gap) = &story.more {
        said.insert("more".into(), json!(analysis.say_gap(gap)));
    }
    let rests: Vec<&str> = story.rests_on.iter().map(|it| it.what.as_str()).collect();
    if !rests.is_empty() {
        said.insert("assumed".into(), json!(rests));
    }
    if let Some((kind, message, place)) = &story.raises {
        let raises = json!({ "exc": kind, "msg": message, "line": line(*place) });
        said.insert("raises".into(), raises);
    }
    if let Some(inside) = &story.inside {
        let entries = inside.entries.iter().map(|it| {
            let value = match &it.bound {
                Bound::Class(id) => json!(analysis.class(*id).path().to_string()),
                _ => json!(it.shown),
            };
            json!({ "step": it.step, "value": value, "holds": it.holds })
        });
        let entries: Vec<Value> = entries.collect();
        said.insert(
            "inside".into(),
            json!({ "path": inside.path, "count": inside.count, "entries": entries }),
        );
    }
    Value::Object(said)
}
