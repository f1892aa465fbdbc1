//! `mroscope dump`: every class of a project, a JSON line each, for other programs.

use rayon::prelude::*;

use crate::Name;
use crate::analysis::ClassRef;
use crate::cli::args::DumpArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::json;
use crate::cli::session::Session;
use crate::evaluate::Inquiry;
use crate::semantics::ClassId;
use crate::view;

/// How many lines are made at once: enough for every core, few enough for the memory of a large project.
const AT_ONCE: usize = 1024;

/// Writes the classes in order of module and creation.
pub(super) fn dump(session: &mut Session<'_>, arguments: &DumpArguments) -> Result<Ending, Stop> {
    session.trace(Inquiry {
        attributes: arguments.lookups.iter().map(Name::from).collect(),
        class: None,
    });
    let analysis = session.load(&arguments.path)?;
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
                    json::add_lookups(class, &mut said);
                }
                said.to_string()
            })
            .collect();
        for line in lines {
            session.streams.line(&line)?;
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
