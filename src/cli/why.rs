//! `mroscope why`: what Python does to get at an attribute of a class.

use std::path::Path;

use crate::Name;
use crate::analysis::Target;
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::{Session, class as class_of};
use crate::cli::{json, paint};
use crate::error::{Error, Kind};
use crate::semantics::Trace;
use crate::view::{self, Told, Way};

/// What is asked of an attribute.
pub(super) struct Asked<'a> {
    /// The class and the attribute.
    pub(super) target: &'a str,
    /// The project.
    pub(super) path: Option<&'a Path>,
    /// The way to get at it; all where nothing is said.
    pub(super) way: Option<Way>,
    /// Whether JSON is wanted.
    pub(super) json: bool,
}

/// Prints the steps of each access.
pub(super) fn why(session: &mut Session<'_>, asked: &Asked<'_>) -> Result<Ending, Stop> {
    let (target, name) = split(asked.target)?;
    let name = Name::from(name);
    let (analysis, traces) =
        session.load_asking(
            asked.path,
            target,
            &|analysis, run| match analysis.find(target) {
                Target::Class(id) => run.traces(id, std::slice::from_ref(&name)),
                Target::Ambiguous(_) | Target::Unknown(_) => None,
            },
        )?;
    let class = class_of(&analysis, target)?;
    if asked.json {
        let mut said = json::class(class);
        json::add_lookups(
            class,
            std::slice::from_ref(&name),
            traces.as_ref(),
            &mut said,
        );
        session.streams.line(&said.to_string())?;
        return Ok(Ending::Done);
    }
    let traces = traces.and_then(|mut of_names| of_names.pop());
    let Some(traces) = traces else {
        return Err(Error::new(Kind::Input, view::untraced(class, &name)).into());
    };
    if view::is_unheard_of(class, &name, &traces) {
        let error = Error::new(Kind::Usage, view::say_unheard_of(class, &name));
        let near = view::near_attribute(class, &name);
        let hints = [
            near.map(|near| format!("did you mean `{near}`?")),
            view::say_unwritable(&name),
        ];
        let hints: Vec<String> = hints.into_iter().flatten().collect();
        return Err(if hints.is_empty() {
            error
        } else {
            error.hint(hints.join(" "))
        }
        .into());
    }
    let wanted: Vec<Trace> = traces
        .into_iter()
        .filter(|trace| asked.way.is_none_or(|way| way == Way::of(trace.access)))
        .collect();
    let page = view::lookup(class, &name, Told::Traces(&wanted), None);
    paint::page(session.streams, &session.styles, &page)?;
    Ok(if wanted.iter().all(|trace| trace.is_known) {
        Ending::Done
    } else {
        Ending::Found
    })
}

/// Divides `pkg.mod:Class.attribute` at its last dot.
fn split(target: &str) -> Result<(&str, &str), Error> {
    let hint = "give both, with a dot between them: shop.cart:Cart.total";
    let divided = target.rsplit_once('.');
    // A path, or a class by itself: `shop/cart.py`, `shop.cart:Cart`.
    let is_other = |name: &str| name.is_empty() || name.contains([':', '/', '\\']);
    let Some((class, name)) = divided.filter(|(class, name)| !class.is_empty() && !is_other(name))
    else {
        let message = format!("`{target}` is no class and an attribute of it");
        return Err(Error::new(Kind::Usage, message).hint(hint));
    };
    Ok((class, name))
}
