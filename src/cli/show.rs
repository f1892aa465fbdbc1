//! `mroscope show` and `mroscope mro`: one class, on a page or as its bare MRO.

use crate::Name;
use crate::analysis::{ClassRef, Target};
use crate::cli::args::{MroArguments, PageName, ShowArguments, SortName};
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::{Session, class as class_of};
use crate::cli::{json, module, paint, why};
use crate::error::{Error, Kind};
use crate::evaluate::{Answer, Question};
use crate::semantics::{ClassId, Outcome, mangle};
use crate::view::{
    self, MatrixSettings, MemberSettings, Page, PageKind, Role, Settings, Sort, Span,
};

/// Prints a page about a class.
pub(super) fn show(session: &mut Session<'_>, arguments: &ShowArguments) -> Result<Ending, Stop> {
    let target = &arguments.target;
    if target.target.is_empty() {
        return home(session, arguments);
    }
    if arguments.page == PageName::Lookup {
        let asked = why::Asked {
            target: &target.target,
            path: target.path.as_deref(),
            way: None,
            json: target.json,
        };
        return why::why(session, &asked);
    }
    if matches!(arguments.page, PageName::Creation | PageName::Costs) && !target.json {
        return asked(session, arguments);
    }
    let (analysis, (of_module, held)) =
        session.load_asking(target.path.as_deref(), &target.target, &|analysis, run| {
            let held = match analysis.find(&target.target) {
                Target::Class(id) if arguments.page == PageName::Descriptors => Some(run.held(id)),
                _ => None,
            };
            (module::asked(analysis, run, arguments), held)
        })?;
    if let Some(asked) = of_module {
        return module::show(session, &analysis, &asked, arguments);
    }
    if let Some(error) = module::unknown(&analysis, &target.target) {
        return Err(error.into());
    }
    let class = class_of(&analysis, &target.target)?;
    if target.json {
        session.streams.line(&json::class(class).to_string())?;
        return Ok(ending(class));
    }
    let settings = Settings {
        members: MemberSettings {
            inherited: !arguments.own,
            object: arguments.object,
            sort: match arguments.sort {
                SortName::Name => Sort::Name,
                SortName::Class => Sort::Class,
                SortName::Kind => Sort::Kind,
            },
            ..MemberSettings::default()
        },
        matrix: MatrixSettings {
            below: arguments.below,
            column: 0,
            classes: session.streams.width.map(classes_in),
        },
        merge_step: None,
        merge_guess: view::MergeGuess::Off,
        slide: 0,
        way: None,
        filter: arguments.filter.clone(),
        seen_from: match &arguments.seen_from {
            Some(from) => Some(seen_from(class, from)?),
            None => None,
        },
    };
    let kind = match arguments.page {
        PageName::Linearization => PageKind::Linearization,
        PageName::Members => PageKind::Members,
        PageName::Lookup => PageKind::Lookup,
        PageName::Matrix => PageKind::Matrix,
        PageName::Across => PageKind::Across,
        PageName::Beside => PageKind::Beside,
        PageName::Descriptors => PageKind::Descriptors,
        PageName::Creation => PageKind::Creation,
        PageName::Costs => PageKind::Costs,
        PageName::Operators => PageKind::Operators,
        PageName::Super => PageKind::Super,
        PageName::Merge => PageKind::Merge,
        PageName::Source => PageKind::Source,
        PageName::Plugins => PageKind::Plugins,
    };
    let subject = view::subject(kind, class, &settings);
    if arguments.with.is_some() && arguments.page != PageName::Beside {
        let error = Error::new(Kind::Usage, "--with is for the beside page alone");
        return Err(error.hint("add `--page beside`").into());
    }
    let mut page = match &arguments.name {
        name if arguments.page == PageName::Across => across(class, name.as_deref(), &settings)?,
        None if arguments.page == PageName::Beside => {
            beside(class, arguments.with.as_deref(), &settings)?
        }
        Some(name) => ribbon(subject, arguments.page, name, &settings)?,
        None if kind == PageKind::Descriptors => {
            view::descriptors(subject, &settings, held.as_ref())
        }
        None => view::page(kind, subject, &settings),
    };
    view::say_seen_from(&mut page, kind, class, &settings);
    paint::page(session.streams, &session.styles, &page)?;
    Ok(ending(class))
}

/// Prints what is in the project, and where to look.
fn home(session: &mut Session<'_>, arguments: &ShowArguments) -> Result<Ending, Stop> {
    if arguments.page != PageName::Linearization || arguments.target.json {
        let error = Error::new(Kind::Usage, "of which class?");
        let hint = "name a class or module; without one, the project itself is shown";
        return Err(error.hint(hint).into());
    }
    let analysis = session.load(arguments.target.path())?;
    let page = view::home(&analysis, analysis.outlook(), &[]);
    paint::page(session.streams, &session.styles, &page)?;
    Ok(Ending::Done)
}

/// How many classes a table of the matrix has where a line has so many cells: beside the names, each takes about ten.
fn classes_in(width: u16) -> usize {
    usize::from(width.saturating_sub(30) / 10).max(3)
}

/// The class for whose objects the page of an ancestor is to be read.
fn seen_from(class: ClassRef<'_>, from: &str) -> Result<ClassId, Stop> {
    let from = class_of(class.analysis(), from)?;
    if from.known_ancestry().contains(&class) {
        return Ok(from.id());
    }
    let message = format!("`{}` does not derive from `{}`", from.path(), class.path());
    let names = from.known_ancestry();
    let hint = match names.get(1) {
        Some(next) => format!("name one of its MRO, such as `{}`", next.path()),
        None => "name a class below the one you show".to_owned(),
    };
    Err(Error::new(Kind::Usage, message).hint(hint).into())
}

/// Prints a page that the run at rest is asked for.
fn asked(session: &mut Session<'_>, arguments: &ShowArguments) -> Result<Ending, Stop> {
    let target = &arguments.target;
    let wants_costs = arguments.page == PageName::Costs;
    let (analysis, answer) = session.load_asking(
        target.path.as_deref(),
        &target.target,
        &|analysis, run| match analysis.find(&target.target) {
            Target::Class(_) if wants_costs => Some(run.answer(&Question::Costs)),
            Target::Class(id) => Some(run.answer(&Question::Creation(id))),
            Target::Ambiguous(_) | Target::Unknown(_) => None,
        },
    )?;
    let class = class_of(&analysis, &target.target)?;
    let page = match &answer {
        Some(Answer::Costs(costs)) => view::costs(&analysis, Some(costs)),
        Some(Answer::Creation(story)) => view::creation(class, Some(story)),
        _ => view::creation(class, None),
    };
    paint::page(session.streams, &session.styles, &page)?;
    Ok(match &answer {
        Some(Answer::Creation(story)) if story.creation.is_none() => ending(class),
        Some(Answer::Creation(story)) => {
            let course = story.creation.as_ref().map(|it| &it.course);
            let is_told = course.is_some_and(|it| it.is_exact && it.raised.is_none());
            if is_told { Ending::Done } else { Ending::Found }
        }
        _ => Ending::Done,
    })
}

/// The page of a method of the class.
fn ribbon(
    class: ClassRef<'_>,
    page: PageName,
    name: &str,
    settings: &Settings,
) -> Result<Page, Stop> {
    if page != PageName::Super {
        let error = Error::new(Kind::Usage, "--name is for the super and across pages");
        return Err(error.hint("add `--page super` or `--page across`").into());
    }
    if class.raises().is_some() {
        let message = format!("`{}` is not made: nothing runs on it", class.path());
        let hint = format!("`mroscope explain {}` says why", class.path());
        return Err(Error::new(Kind::Usage, message).hint(hint).into());
    }
    let mangled = mangle(class.name(), name);
    if class.definitions(&mangled).is_empty() {
        let message = format!("no class of the MRO of `{}` defines `{name}`", class.path());
        let ancestry = class.known_ancestry().into_iter();
        let known = ancestry.flat_map(|it| it.members().keys().map(Name::as_str));
        return Err(Error::new(Kind::Usage, message).near(name, known).into());
    }
    if !view::has_ribbon(class, &mangled) {
        let message = format!("`{name}` of `{}` is no function", class.path());
        let hint = format!("`mroscope why {}.{name}` says what it is", class.path());
        return Err(Error::new(Kind::Usage, message).hint(hint).into());
    }
    Ok(view::supers(class, Some(&mangled), settings))
}

/// A name across all that derives from the class that first gives it.
fn across(class: ClassRef<'_>, name: Option<&str>, settings: &Settings) -> Result<Page, Stop> {
    let Some(name) = name else {
        let error = Error::new(Kind::Usage, "of which name?");
        return Err(error.hint("give it: `--page across --name save`").into());
    };
    let mangled = mangle(class.name(), name);
    if class.definitions(&mangled).is_empty() {
        let message = format!("no class of the MRO of `{}` defines `{name}`", class.path());
        let ancestry = class.known_ancestry().into_iter();
        let known = ancestry.flat_map(|it| it.members().keys().map(Name::as_str));
        return Err(Error::new(Kind::Usage, message).near(name, known).into());
    }
    Ok(view::across(class, Some(&mangled), settings, None))
}

/// Two classes side by side.
fn beside(class: ClassRef<'_>, with: Option<&str>, settings: &Settings) -> Result<Page, Stop> {
    let Some(with) = with else {
        let error = Error::new(Kind::Usage, "beside which class?");
        return Err(error
            .hint("give it: `--page beside --with CreateView`")
            .into());
    };
    let other = class_of(class.analysis(), with)?;
    if other == class {
        let message = format!("`{}` was named twice", class.path());
        return Err(Error::new(Kind::Usage, message)
            .hint("name another class")
            .into());
    }
    Ok(view::beside(class, other, settings, None))
}

/// Prints the MRO of a class, a class a line; what is no MRO is not printed as one.
pub(super) fn mro(session: &mut Session<'_>, arguments: &MroArguments) -> Result<Ending, Stop> {
    let target = &arguments.target;
    let analysis = session.load_for(target.path.as_deref(), &target.target)?;
    let class = class_of(&analysis, &target.target)?;
    if target.json {
        session.streams.line(&json::class(class).to_string())?;
        return Ok(ending(class));
    }
    if arguments.steps {
        let page = view::page(PageKind::Merge, class, &Settings::default());
        paint::page(session.streams, &session.styles, &page)?;
        return Ok(ending(class));
    }
    match class.outcome() {
        Outcome::Created(_) => ancestors(session, &class.known_ancestry())?,
        Outcome::Raises(raised) => session.message(&raised.line())?,
        Outcome::Unknown { because, .. } => {
            let known = class.known_ancestry();
            let (itself, others) = known.split_at(known.len().min(1));
            ancestors(session, itself)?;
            // Stands for the classes out of view; those after it may come later than shown, or with others between them.
            let gap = [Span::new("?", Role::Unknown)];
            paint::line(session.streams, &session.styles, &gap)?;
            ancestors(session, others)?;
            session.message("its MRO cannot be known")?;
            for gap in because {
                session.message(&format!("  {}", analysis.say_gap(gap)))?;
            }
        }
    }
    Ok(ending(class))
}

fn ancestors(session: &mut Session<'_>, classes: &[ClassRef<'_>]) -> Result<(), Stop> {
    for class in classes {
        let path = class.path();
        let spans = [
            Span::faint(format!("{}:", path.module)),
            Span::new(&path.qualname, view::class_role(*class)),
        ];
        paint::line(session.streams, &session.styles, &spans)?;
    }
    Ok(())
}

/// A class that CPython does not make, or of which that is not known, is a finding.
fn ending(class: ClassRef<'_>) -> Ending {
    match class.outcome() {
        Outcome::Created(_) => Ending::Done,
        Outcome::Raises(_) | Outcome::Unknown { .. } => Ending::Found,
    }
}
