//! `mroscope why`: what Python does to get at an attribute of a class.

use rustc_hash::FxHashSet;

use crate::Name;
use crate::analysis::ClassRef;
use crate::cli::args::{AccessName, WhyArguments};
use crate::cli::ending::{Ending, Stop};
use crate::cli::paint;
use crate::cli::session::{Session, class as class_of};
use crate::error::{Error, Kind, nearest};
use crate::evaluate::Inquiry;
use crate::semantics::{Access, AccessStep, Outcome, Trace, is_identifier};
use crate::view;

/// Prints the steps of each access.
pub(super) fn why(session: &mut Session<'_>, arguments: &WhyArguments) -> Result<Ending, Stop> {
    let (target, name) = split(&arguments.target)?;
    let asking = |class: Option<&str>| Inquiry {
        attributes: vec![name.into()],
        class: class.map(Name::from),
    };
    let named = class_named(target);
    session.trace(asking(named));
    let mut analysis = session.load_for(arguments.path.as_deref(), target)?;
    let called = class_of(&analysis, target)?.name().to_owned();
    if named.is_some_and(|named| named != called) {
        // The target is another name of the class, which only the load could tell.
        session.trace(asking(Some(&called)));
        analysis = session.load_for(arguments.path.as_deref(), target)?;
    }
    let class = class_of(&analysis, target)?;
    let traces = analysis.traces.get(&class.id());
    let of_name = traces.into_iter().flatten().find(|(of, _)| of == name);
    let Some((_, traces)) = of_name else {
        return Err(untraced(class, name).into());
    };
    if let Some(error) = unheard_of(class, name, traces) {
        return Err(error.into());
    }
    let wanted: Vec<&Trace> = traces
        .iter()
        .filter(|trace| {
            arguments
                .access
                .is_none_or(|it| is_wanted(it, trace.access))
        })
        .collect();
    let page = view::why(class, name, &wanted);
    paint::page(session.streams, &session.styles, &page)?;
    Ok(if wanted.iter().all(|trace| trace.is_known) {
        Ending::Done
    } else {
        Ending::Found
    })
}

/// The name of the class, where the target says it: a line of a file does not.
fn class_named(target: &str) -> Option<&str> {
    let last = target.rsplit(['.', ':']).next()?;
    is_identifier(last).then_some(last)
}

/// Divides `pkg.mod:Class.attribute` at its last dot.
fn split(target: &str) -> Result<(&str, &str), Error> {
    let hint = "give both, with a dot between them: shop.cart:Cart.total";
    let divided = target.rsplit_once('.');
    let Some((class, name)) = divided.filter(|(class, name)| !class.is_empty() && !name.is_empty())
    else {
        let message = format!("`{target}` is no class and an attribute of it");
        return Err(Error::new(Kind::Usage, message).hint(hint));
    };
    if !is_identifier(name) {
        let message = format!("`{name}` cannot be the name of an attribute");
        return Err(Error::new(Kind::Usage, message).hint(hint));
    }
    Ok((class, name))
}

fn is_wanted(name: AccessName, access: Access) -> bool {
    match name {
        AccessName::Read => matches!(access, Access::Read | Access::ReadDict),
        AccessName::Write => access == Access::Write,
        AccessName::Delete => matches!(access, Access::Delete | Access::DeleteDict),
        AccessName::Class => access.is_on_class(),
        AccessName::Super => access == Access::SuperRead,
    }
}

/// Why nothing is known of a class's attributes.
fn untraced(class: ClassRef<'_>, name: &str) -> Error {
    let path = class.path();
    let why = match class.outcome() {
        Outcome::Raises(_) => "is never made: its statement raises",
        Outcome::Unknown { .. } => "is not known whole",
        Outcome::Created(_) => "is the interpreter's own",
    };
    let message = format!("what `{name}` comes to cannot be said: `{path}` {why}");
    Error::new(Kind::Input, message)
}

/// An attribute that nothing provides, and that no code answers for.
fn unheard_of(class: ClassRef<'_>, name: &str, traces: &[Trace]) -> Option<Error> {
    let is_plain = traces.iter().all(|trace| {
        trace.is_known
            && !trace.steps.iter().any(|step| {
                matches!(
                    step,
                    AccessStep::Found { .. }
                        | AccessStep::Fallback { .. }
                        | AccessStep::Override { .. }
                )
            })
    });
    let read = traces.iter().find(|trace| trace.access == Access::Read)?;
    if !is_plain || read.raised.is_none() {
        return None;
    }
    let known: FxHashSet<&str> = class
        .known_ancestry()
        .into_iter()
        .flat_map(|ancestor| ancestor.members().keys().map(crate::Name::as_str))
        .collect();
    let message = format!("nothing gives `{}` an attribute `{name}`", class.path());
    let error = Error::new(Kind::Usage, message);
    Some(match nearest(name, known) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error,
    })
}
