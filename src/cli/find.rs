//! `mroscope find`: the classes of a project that are as terms ask.

use std::path::Path;

use serde_json::{Value, json};

use crate::analysis::{ClassRef, Registrations, Sought};
use crate::cli::args::FindArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::Session;
use crate::cli::{json as neutral, paint};
use crate::error::{Error, Kind};
use crate::load::atlas_of;
use crate::plugins::registrations;
use crate::view;

/// Prints the classes that are so, a class a line.
pub(super) fn find(session: &mut Session<'_>, arguments: &FindArguments) -> Result<Ending, Stop> {
    let asked = arguments.terms.join(" ");
    let sought = Sought::parse(&asked).map_err(|error| {
        Error::new(Kind::Usage, error.to_string())
            .hint("`mroscope find --help` lists what can be asked")
    })?;
    let path = arguments.path.as_deref().unwrap_or(Path::new("."));
    let loader = session.loader();
    let (analysis, keys) = loader.load_trying(path, &|_| (), |analysis, run, trials| {
        let keys = if sought.asks_for_keys() {
            registrations(&atlas_of(&analysis, run, trials))
        } else {
            Registrations::default()
        };
        (analysis, keys)
    })?;
    let classes: Vec<ClassRef<'_>> = sought
        .classes(&analysis, &keys)
        .into_iter()
        .filter(|class| sought.is_named(*class))
        .collect();
    if arguments.json {
        let classes: Vec<Value> = classes.iter().map(|class| neutral::class(*class)).collect();
        session
            .streams
            .line(&json!({ "asked": asked, "classes": classes }).to_string())?;
    } else {
        let page = view::found(&asked, &classes);
        paint::page(session.streams, &session.styles, &page)?;
    }
    Ok(Ending::Done)
}
