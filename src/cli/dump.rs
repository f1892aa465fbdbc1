//! `mroscope dump`: every class of a project, a JSON line each, for other programs.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::Name;
use crate::analysis::{Analysis, ClassRef};
use crate::cli::args::DumpArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::json;
use crate::cli::session::Session;
use crate::cli::supers;
use crate::evaluate::AtRest;
use crate::semantics::{ClassId, Trace};
use crate::view;

/// How many lines are made at once: enough for every core, few enough for the memory of a large project.
const AT_ONCE: usize = 1024;

/// Writes the classes in order of module and creation.
pub(super) fn dump(session: &mut Session<'_>, arguments: &DumpArguments) -> Result<Ending, Stop> {
    if arguments.creation {
        return creations(session, arguments);
    }
    let names: Vec<Name> = arguments.lookups.iter().map(Name::from).collect();
    let loader = session.loader();
    let (analysis, traces) = loader.load_then(&arguments.path, &|_| (), |analysis, run| {
        let traces = traces(&analysis, run, &names);
        (analysis, traces)
    })?;
    let ids: Vec<ClassId> = analysis.project_classes().map(ClassRef::id).collect();
    for some in ids.chunks(AT_ONCE) {
        let lines: Vec<String> = some
            .par_iter()
            .map(|&id| {
                let class = analysis.class(id);
                let mut said = json::class(class);
                if arguments.values {
                    json::add_values(class, &mut said);
                }
                if !arguments.lookups.is_empty() {
                    json::add_lookups(class, &names, traces.get(&id), &mut said);
                }
                if arguments.supers {
                    supers::add(class, &mut said);
                }
                said.to_string()
            })
            .collect();
        for line in lines {
            session.streams.line(&line)?;
        }
    }
    for module in analysis.project_modules() {
        for statement in &module.no_classes {
            let said = json::no_class(&analysis, statement);
            session.streams.line(&said.to_string())?;
        }
    }
    if !analysis.problems.is_empty() {
        session.message(&format!(
            "{} could not be used whole; `mroscope problems` lists what is wrong",
            view::count(analysis.problems.len(), "file", "files")
        ))?;
    }
    Ok(Ending::Done)
}

/// Writes what each class statement of the project runs, in order of module and execution.
fn creations(session: &mut Session<'_>, arguments: &DumpArguments) -> Result<Ending, Stop> {
    let loader = session.loader();
    let lines = loader.load_then(&arguments.path, &|_| (), |analysis, run| {
        json::creations(&analysis, run)
    })?;
    for line in lines {
        session.streams.line(&line)?;
    }
    Ok(Ending::Done)
}

/// What each access to these attributes does, for the classes of the project of which that can be said.
fn traces(
    analysis: &Analysis,
    run: &mut AtRest<'_, '_>,
    names: &[Name],
) -> FxHashMap<ClassId, Vec<Vec<Trace>>> {
    if names.is_empty() {
        return FxHashMap::default();
    }
    let ids = analysis.project_classes().map(ClassRef::id);
    ids.filter_map(|id| Some((id, run.traces(id, names)?)))
        .collect()
}
