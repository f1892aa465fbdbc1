//! `mroscope live`: what the attributes of a class hold in the project's own interpreter, which is started for it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use serde_json::{Value, json};

use crate::analysis::{Analysis, ClassRef, Target};
use crate::app::live::Python;
use crate::cli::args::LiveArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::{Loader, Session, class as class_of};
use crate::cli::verify::{same_python, setup};
use crate::cli::{interrupt, json as neutral, paint};
use crate::error::{Error, Kind};
use crate::semantics::ClassPath;
use crate::tui::LiveJob;
use crate::view;
use crate::witness::{Beside, Differs, Failure, Limits, Live, LiveQuestion, beside};

/// Imports the module of a class, and prints the bounded repr of each attribute, or of one.
pub(super) fn live(session: &mut Session<'_>, arguments: &LiveArguments) -> Result<Ending, Stop> {
    let near = arguments.path.as_deref().unwrap_or(Path::new("."));
    let interpreter = session.interpreter(near)?;
    let (analysis, attribute) = load(session, arguments)?;
    let target = match attribute {
        Some(_) => arguments.target.rsplit_once('.').map_or("", |it| it.0),
        None => &arguments.target,
    };
    let class = class_of(&analysis, target)?;
    let question = LiveQuestion {
        paths: paths(session, &analysis)?,
        class: class.path().clone(),
        attribute: attribute.map(str::to_owned),
        setup: setup(arguments.setup.as_deref())?,
        repr: session.repr(),
    };
    let limits = Limits {
        module: Duration::from_secs(arguments.limits.module_timeout),
        total: Duration::from_secs(arguments.limits.timeout),
        value: Duration::from_secs(arguments.value_timeout),
        ..Limits::default()
    };
    let interrupted = interrupt::watch();
    let mut telling = session.streams.progress();
    let found = crate::witness::live(
        &interpreter,
        &question,
        &limits,
        &interrupted,
        &mut |shown, of| telling.say(&format!("showed {shown} of {of} values")),
    );
    telling.clear();
    interrupt::unwatch(&interrupted);
    let found = found.map_err(Error::from)?;
    same_python(&analysis, &found.greeting)?;
    let rows = beside(class, &found, attribute);
    if let Some(name) = attribute.filter(|_| rows.is_empty()) {
        return Err(unheard_of(class, &found, name).into());
    }
    if arguments.json {
        let said = as_json(class, &found, &rows);
        session.streams.line(&said.to_string())?;
    } else {
        let page = view::live(class, &found, attribute);
        paint::page(session.streams, &session.styles, &page)?;
    }
    let is_finding =
        |row: &Beside<'_>| row.differs.is_some() || row.live.is_some_and(|it| it.failure.is_some());
    Ok(if rows.iter().any(is_finding) {
        Ending::Found
    } else {
        Ending::Done
    })
}

/// For the explorer: which interpreter would be run, as it is shown, or why there is none; and what runs it.
pub(super) fn for_explorer(mut loader: Loader, path: &Path) -> (Result<Python, String>, LiveJob) {
    let found = loader
        .interpreter_and_version(path)
        .map_err(|error| in_a_line(&error));
    let python = found.as_ref().map_or_else(
        |message| Err(message.clone()),
        |(interpreter, version)| {
            Ok(Python {
                path: interpreter.path.display().to_string(),
                version: version.map(|it| it.to_string()),
            })
        },
    );
    let interpreter = found.map(|it| it.0);
    let path = path.to_owned();
    let job = move |class: &ClassPath, interrupted: &AtomicBool| {
        let question = LiveQuestion {
            paths: loader
                .discover(&path)
                .map_err(|error| in_a_line(&error))?
                .paths,
            class: class.clone(),
            attribute: None,
            setup: None,
            repr: loader.repr(),
        };
        let interpreter = interpreter.clone()?;
        crate::witness::live(
            &interpreter,
            &question,
            &Limits::default(),
            interrupted,
            &mut |_, _| (),
        )
        .map_err(|error| in_a_line(&error.into()))
    };
    (python, Arc::new(job))
}

/// An error as the footer and a page say it.
fn in_a_line(error: &Error) -> String {
    match &error.hint {
        Some(hint) => format!("{}; {hint}", error.message),
        None => error.message.clone(),
    }
}

/// Loads what the target needs, and tells whether its last part is an attribute of a class.
fn load<'t>(
    session: &Session<'_>,
    arguments: &'t LiveArguments,
) -> Result<(Analysis, Option<&'t str>), Error> {
    let target = arguments.target.as_str();
    let path = arguments.path.as_deref();
    let loaded = session.load_for(path, target);
    let is_class = |analysis: &Analysis, target| {
        matches!(
            analysis.find(target),
            Target::Class(_) | Target::Ambiguous(_)
        )
    };
    if loaded.as_ref().is_ok_and(|it| is_class(it, target)) {
        return Ok((loaded?, None));
    }
    let Some((class, attribute)) = target.rsplit_once('.') else {
        return Ok((loaded?, None));
    };
    let analysis = match loaded {
        Ok(analysis) if is_class(&analysis, class) => analysis,
        loaded => match session.load_for(path, class) {
            Ok(analysis) if is_class(&analysis, class) => analysis,
            _ => return Ok((loaded?, None)),
        },
    };
    Ok((analysis, Some(attribute)))
}

/// Where the interpreter finds the modules of what was loaded; the interpreter's own it finds by itself.
fn paths(session: &Session<'_>, analysis: &Analysis) -> Result<Vec<PathBuf>, Error> {
    if analysis.world.root.as_os_str().is_empty() {
        return Ok(vec![]);
    }
    Ok(session.discover(&analysis.world.root)?.paths)
}

/// An attribute that neither side has.
fn unheard_of(class: ClassRef<'_>, live: &Live, name: &str) -> Error {
    let message = format!(
        "`{}` has no attribute `{name}` once Python {} has imported it",
        class.path(),
        live.greeting.version
    );
    let ancestry = class.known_ancestry();
    let known = ancestry
        .iter()
        .flat_map(|ancestor| ancestor.members().keys().map(crate::Name::as_str));
    Error::new(Kind::Usage, message).near(name, known)
}

/// The same as the page; `docs/json.md` describes it.
fn as_json(class: ClassRef<'_>, live: &Live, rows: &[Beside<'_>]) -> Value {
    let mro: Vec<String> = live.mro.iter().map(ToString::to_string).collect();
    json!({
        "id": neutral::id(class),
        "python": live.greeting.version,
        "mro": mro,
        "attributes": rows.iter().map(|row| attribute(live, row)).collect::<Vec<_>>(),
    })
}

fn attribute(live: &Live, row: &Beside<'_>) -> Value {
    let said = row.live.map(|value| {
        let why = value.failure.as_ref().map(|failure| match failure {
            Failure::Raised(_) => "raised",
            Failure::Hung { .. } => "hung",
            Failure::Ended { .. } => "ended",
            Failure::NotReached
            | Failure::NotImported
            | Failure::OfTool
            | Failure::Elsewhere { .. } => "not_reached",
        });
        json!({
            "from": live.mro.get(value.class).map(ToString::to_string),
            "kind": value.kind,
            "type": value.type_of.to_string(),
            "value": value.shown,
            "why": why,
            "message": value.failure.as_ref().map(view::not_shown),
        })
    });
    let ours = row.ours.map(|ours| {
        json!({
            "from": neutral::id(ours.class),
            "kind": ours.member.kind,
            "value": ours.member.shown.as_deref(),
        })
    });
    json!({
        "name": row.name,
        "live": said,
        "mroscope": ours,
        "differs": row.differs.map(|differs| match differs {
            Differs::OnlyLive => "only_live",
            Differs::OnlyOurs => "only_mroscope",
            Differs::Giver => "from",
            Differs::Kind => "kind",
            Differs::Value => "value",
        }),
    })
}
