//! `mroscope plugins`: what is registered where, in every way that is known.

use serde_json::{Map, Value, json};

use crate::analysis::{Analysis, Target};
use crate::cli::args::PluginsArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::paint;
use crate::cli::session::Session;
use crate::error::{Error, Kind};
use crate::load::atlas_of;
use crate::plugins::Atlas;
use crate::semantics::{Leads, NamedSort, Registered, Registry, RegistryKind, RowState};
use crate::view::{self, Fuzzy, PageKind, Settings};

/// More rows than this are no answer to a search.
const MOST: usize = 200;

/// Prints all registries, one of them, those of a class, or what is spelled like a word. That something leads nowhere, or lost its key,
/// is told by the exit code.
pub(super) fn plugins(
    session: &mut Session<'_>,
    arguments: &PluginsArguments,
) -> Result<Ending, Stop> {
    let loader = session.loader();
    let path = arguments.path();
    let (analysis, atlas) = loader.load_trying(path, &|_| (), |analysis, run, trials| {
        let atlas = atlas_of(&analysis, run, trials);
        (analysis, atlas)
    })?;
    let settings = Settings::default();
    let Some(target) = arguments.target.as_deref() else {
        let all: Vec<&Registry> = atlas.registries.iter().collect();
        if arguments.json {
            return lines(session, &analysis, &all);
        }
        let page = view::atlas(&analysis, Some(&atlas), None, &settings);
        paint::page(session.streams, &session.styles, &page)?;
        return Ok(ending(&all));
    };
    let named = named(&atlas, target);
    if !named.is_empty() {
        if arguments.json {
            return lines(session, &analysis, &named);
        }
        // A base has a page of its own, which says more.
        let is_base = named.iter().all(|it| it.class.is_some());
        if !is_base || !matches!(analysis.find(target), Target::Class(_)) {
            for (at, registry) in named.iter().enumerate() {
                if at > 0 {
                    session.streams.line("")?;
                }
                let page = view::of_registry(&analysis, registry, &settings);
                paint::page(session.streams, &session.styles, &page)?;
            }
            return Ok(ending(&named));
        }
    }
    if let Target::Class(class) = analysis.find(target) {
        let class = analysis.class(class);
        if arguments.json {
            let rows = view::registered(&atlas, class);
            for (registry, row) in rows {
                let said = with_registry(&analysis, registry, row);
                session.streams.line(&said.to_string())?;
            }
            return Ok(Ending::Done);
        }
        let mut page = view::page(PageKind::Plugins, class, &settings);
        view::say_registered(&mut page, class, &atlas, &settings);
        paint::page(session.streams, &session.styles, &page)?;
        return Ok(Ending::Done);
    }
    let found = search(&analysis, &atlas, target);
    if found.is_empty() {
        let message = format!("no registry, key or class is like `{target}`");
        let hint = String::from("`mroscope plugins` lists the registries");
        return Err(Error::new(Kind::Usage, message).hint(hint).into());
    }
    if arguments.json {
        for (registry, row) in &found {
            let said = match row {
                Some(row) => with_registry(&analysis, registry, row),
                None => as_json(&analysis, registry),
            };
            session.streams.line(&said.to_string())?;
        }
        return Ok(Ending::Done);
    }
    let page = view::found_rows(&analysis, target, &found);
    paint::page(session.streams, &session.styles, &page)?;
    Ok(Ending::Done)
}

fn lines(
    session: &mut Session<'_>,
    analysis: &Analysis,
    registries: &[&Registry],
) -> Result<Ending, Stop> {
    for registry in registries {
        session
            .streams
            .line(&as_json(analysis, registry).to_string())?;
    }
    Ok(ending(registries))
}

fn ending(registries: &[&Registry]) -> Ending {
    let is_wrong = |it: &Registry| it.dead() + it.collisions() + it.never_imported() > 0;
    if registries.iter().any(|it| is_wrong(it)) {
        Ending::Found
    } else {
        Ending::Done
    }
}

/// The registries of this name, whole or its last part; those of a framework.
fn named<'a>(atlas: &'a Atlas, target: &str) -> Vec<&'a Registry> {
    let whole: Vec<&Registry> = atlas
        .registries
        .iter()
        .filter(|it| it.name == target)
        .collect();
    if !whole.is_empty() {
        return whole;
    }
    let last = |name: &str| name.rsplit([':', '.']).next() == Some(target);
    let of_framework =
        |it: &Registry| matches!(&it.kind, RegistryKind::Framework(name) if name == target);
    let found = atlas.registries.iter();
    found
        .filter(|it| last(&it.name) || of_framework(it))
        .collect()
}

/// What is spelled like a word, the best first: registries by their name, rows by their key and what they lead to.
fn search<'a>(
    analysis: &Analysis,
    atlas: &'a Atlas,
    word: &str,
) -> Vec<(&'a Registry, Option<&'a Registered>)> {
    let fuzzy = Fuzzy::default();
    let mut found = vec![];
    for registry in &atlas.registries {
        if let Some(points) = fuzzy.points(&registry.name, word) {
            found.push((points * 2, registry, None));
        }
        for row in &registry.rows {
            let key = row.key.as_deref().unwrap_or_default();
            let of_key = fuzzy
                .points(key, word)
                .map(|points| points * if key.eq_ignore_ascii_case(word) { 4 } else { 2 });
            let points = of_key.or_else(|| fuzzy.points(&view::text_of(analysis, row), word));
            if let Some(points) = points {
                found.push((points, registry, Some(row)));
            }
        }
    }
    found.sort_by_key(|it| std::cmp::Reverse(it.0));
    found.truncate(MOST);
    let found = found.into_iter();
    found.map(|(_, registry, row)| (registry, row)).collect()
}

fn with_registry(analysis: &Analysis, registry: &Registry, row: &Registered) -> Value {
    let mut said = row_as_json(analysis, row);
    said.insert("registry".into(), json!(registry.name));
    said.insert("kind".into(), json!(registry.kind.say()));
    Value::Object(said)
}

/// A registry and its rows; `docs/json.md` describes it.
pub(super) fn as_json(analysis: &Analysis, registry: &Registry) -> Value {
    let place = registry.at.as_ref().map(|it| view::spotted(analysis, it));
    let class = registry
        .class
        .map(|it| analysis.class(it).path().to_string());
    let rows: Vec<Value> = registry
        .rows
        .iter()
        .map(|row| Value::Object(row_as_json(analysis, row)))
        .collect();
    json!({
        "registry": registry.name,
        "kind": registry.kind.say(),
        "place": place,
        "class": class,
        "key": registry.key,
        "doubt": registry.doubt,
        "rows": rows,
    })
}

fn row_as_json(analysis: &Analysis, row: &Registered) -> Map<String, Value> {
    let (sort, leads) = match &row.leads {
        Leads::Class(class) => ("class", analysis.class(*class).path().to_string()),
        Leads::Named { sort, path, .. } => {
            let sort = match sort {
                NamedSort::Function => "function",
                NamedSort::Class => "class",
                NamedSort::Module => "module",
                NamedSort::Object => "object",
            };
            (sort, path.clone())
        }
        Leads::Text(text) => ("text", text.clone()),
    };
    let (state, why) = match &row.state {
        RowState::Alive => ("alive", None),
        RowState::Dead(why) => ("dead", Some(why)),
        RowState::NeverImported(why) => ("never_imported", Some(why)),
        RowState::Refused(why) => ("refused", Some(why)),
        RowState::Replaced(by) => ("replaced", Some(by)),
        RowState::WithoutKey(why) => ("without_key", Some(why)),
        RowState::Unknown(why) => ("unknown", Some(why)),
    };
    let made_by: Vec<&str> = match &row.leads {
        Leads::Class(class) => {
            let heard = analysis.class(*class).heard();
            let hooks = heard.into_iter().flat_map(|it| &it.made_by);
            hooks.map(|it| it.0.as_str()).collect()
        }
        _ => vec![],
    };
    let mut said = Map::new();
    said.insert("key".into(), json!(row.key));
    said.insert("leads".into(), json!(leads));
    said.insert("sort".into(), json!(sort));
    let place = row.at.as_ref().map(|it| view::spotted(analysis, it));
    said.insert("place".into(), json!(place));
    said.insert("distribution".into(), json!(row.distribution));
    said.insert("by".into(), json!(row.by));
    said.insert("made_by".into(), json!(made_by));
    said.insert("state".into(), json!(state));
    said.insert("why".into(), json!(why));
    said
}
