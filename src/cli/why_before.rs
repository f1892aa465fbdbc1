//! `mroscope why CLASS --before FIRST SECOND`: why one class of an MRO stands before another.

use serde_json::{Value, json};

use crate::analysis::ClassRef;
use crate::cli::args::WhyArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::json::id;
use crate::cli::paint;
use crate::cli::session::{Session, class as class_of};
use crate::error::{Error, Kind};
use crate::semantics::{Choice, ClassId, Demand, Precedence, Says, Stood, precedence};
use crate::view;

/// Prints what forces the order of two classes, or what chose it. That it is the other way round than asked is a finding.
pub(super) fn why_before(
    session: &mut Session<'_>,
    arguments: &WhyArguments,
    first: &str,
    second: &str,
) -> Result<Ending, Stop> {
    let analysis = session.load_for(arguments.path.as_deref(), &arguments.target)?;
    let class = class_of(&analysis, &arguments.target)?;
    let Some(mro) = class.mro() else {
        let message = format!("`{}` has no MRO that is known", class.path());
        let hint = format!("`mroscope show {}` says why", class.path());
        return Err(Error::new(Kind::Usage, message).hint(hint).into());
    };
    let (first, second) = (named(class, &mro, first)?, named(class, &mro, second)?);
    if first == second {
        let message = format!("`{}` was named twice", first.path());
        let hint = "name two classes of the MRO";
        return Err(Error::new(Kind::Usage, message).hint(hint).into());
    }
    let position = |wanted: ClassRef<'_>| mro.iter().position(|&it| it == wanted);
    let is_so = position(first) < position(second);
    let (one, other) = if is_so {
        (first, second)
    } else {
        (second, first)
    };
    if arguments.json {
        let said = said(class, one, other);
        session.streams.line(&said.to_string())?;
    } else {
        if !is_so {
            session.message(&format!("{} stands behind {}", first.name(), second.name()))?;
        }
        let page = view::why_before(class, one, other);
        paint::page(session.streams, &session.styles, &page)?;
    }
    Ok(if is_so { Ending::Done } else { Ending::Found })
}

/// The class of an MRO that is meant by a name, a qualified name or a path.
fn named<'a>(
    class: ClassRef<'a>,
    mro: &[ClassRef<'a>],
    wanted: &str,
) -> Result<ClassRef<'a>, Error> {
    let ways: [fn(ClassRef<'_>) -> String; 4] = [
        |it| it.path().to_string(),
        |it| format!("{}.{}", it.path().module, it.path().qualname),
        |it| it.path().qualname.to_string(),
        |it| it.name().to_owned(),
    ];
    for way in ways {
        let found: Vec<ClassRef<'_>> = mro
            .iter()
            .copied()
            .filter(|&it| way(it) == wanted)
            .collect();
        match found.as_slice() {
            [] => {}
            [only] => return Ok(*only),
            several => {
                let message = format!(
                    "{} classes of the MRO of `{}` are named `{wanted}`",
                    several.len(),
                    class.path()
                );
                let paths: Vec<String> = several
                    .iter()
                    .map(|it| format!("\n    {}", it.path()))
                    .collect();
                let hint = format!("give the module too:{}", paths.concat());
                return Err(Error::new(Kind::Usage, message).hint(hint));
            }
        }
    }
    let message = format!("`{wanted}` is not in the MRO of `{}`", class.path());
    let known = mro.iter().map(|it| it.path().qualname.as_str());
    Err(Error::new(Kind::Usage, message).near(wanted, known))
}

/// The neutral form, described in `docs/json.md`.
fn said(class: ClassRef<'_>, first: ClassRef<'_>, second: ClassRef<'_>) -> Value {
    let classes = &class.analysis().classes;
    let precedence = precedence(classes, class.id(), first.id(), second.id());
    let (steps, chosen) = match precedence {
        Some(Precedence::Forced(demands)) => {
            let steps = demands.iter().map(|it| demanded(class, it));
            (steps.collect(), Value::Null)
        }
        Some(Precedence::Chosen(choice)) => (Value::Null, chose(class, choice)),
        None => (Value::Null, Value::Null),
    };
    json!({
        "id": id(class),
        "first": id(first),
        "second": id(second),
        "forced": chosen.is_null(),
        "steps": steps,
        "chosen": chosen,
    })
}

fn demanded(class: ClassRef<'_>, demand: &Demand) -> Value {
    let (says, by) = match demand.says {
        Says::Derives => ("derives", demand.first),
        Says::Bases { by } => ("bases", by),
        Says::Own { by } => ("mro", by),
    };
    let analysis = class.analysis();
    let by = analysis.class(by);
    let place = by.place();
    json!({
        "first": id(analysis.class(demand.first)),
        "second": id(analysis.class(demand.second)),
        "says": says,
        "by": id(by),
        "file": place.map(|it| analysis.file(it.file).shown.clone()),
        "line": place.map(|it| analysis.file(it.file).line(it.start)),
    })
}

fn chose(class: ClassRef<'_>, choice: Choice) -> Value {
    let analysis = class.analysis();
    let of = |it: Option<ClassId>| it.map(|it| id(analysis.class(it)));
    let (other, in_, behind) = match choice.other {
        Stood::Later { in_ } => ("later", in_, None),
        Stood::Behind { head, in_ } => ("behind", in_, Some(head)),
    };
    json!({
        "by": id(analysis.class(choice.by)),
        "step": choice.step,
        "list": of(choice.from),
        "other": other,
        "other_list": of(in_),
        "head": of(behind),
    })
}
