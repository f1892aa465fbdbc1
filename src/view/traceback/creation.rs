//! A class statement that raised: the same explanation as on the page of the class.

use crate::analysis::ClassRef;
use crate::semantics::{Origin, Outcome, Raised};
use crate::view::bounded::{LONGEST, one_line};
use crate::view::conflict;
use crate::view::traceback::context::{Context, head, say};
use crate::view::traceback::{About, Said, Verdict, class_line};
use crate::view::words::place_link;
use crate::view::{Line, Page, Role, Span};

/// How many classes of one message are named.
const NAMED: usize = 5;

/// Answers what `type.__new__` says.
pub(super) fn said<'a>(context: &Context<'a, '_>) -> Said<'a> {
    if let Some(said) = of_its_frames(context) {
        return said;
    }
    by_message(context).unwrap_or_else(|| not_placed(context))
}

/// Answers what was raised while a class of this name was made.
pub(super) fn said_of<'a>(context: &Context<'a, '_>, owner: &str) -> Said<'a> {
    if let Some(said) = of_its_frames(context) {
        return said;
    }
    match context.called(owner, &|class| raised(class).is_some()) {
        Some((class, _)) => about(context, class, Page::default()),
        None => not_placed(context),
    }
}

/// Answers whatever was raised on the frame of a class statement; nothing where there is no such frame.
pub(super) fn of_its_frames<'a>(context: &Context<'a, '_>) -> Option<Said<'a>> {
    let (class, frame, spot) = context.making()?;
    let mut page = Page::default();
    context.revision(&mut page, frame, spot);
    Some(about(context, class, page))
}

/// The classes of the project that raise this message, where the log shows no line that is found.
fn by_message<'a>(context: &Context<'a, '_>) -> Option<Said<'a>> {
    let wanted = context.report.said();
    // A form of one line has the first one alone of a message of two.
    let is_cut = context.report.is_cut || wanted.ends_with("method resolution");
    let mut classes: Vec<ClassRef<'a>> = context
        .analysis
        .project_classes()
        .filter(|&class| {
            raised(class).is_some_and(|raised| {
                let says = raised.line();
                says == wanted || is_cut && says.starts_with(&wanted)
            })
        })
        .collect();
    if classes.is_empty() {
        return None;
    }
    let class = classes.remove(0);
    let mut page = Page::default();
    say(
        &mut page,
        if context.report.frames.is_empty() {
            "found by its message: the log shows no line of source"
        } else {
            "found by its message: the line that the log names is not of this project"
        },
    );
    for other in classes.iter().take(NAMED) {
        page.push(class_line("  the same is said of ", *other, ""));
    }
    Some(about(context, class, page))
}

fn not_placed<'a>(context: &Context<'a, '_>) -> Said<'a> {
    let mut page = Page::default();
    if let Some((frame, spot)) = context.found().next() {
        context.revision(&mut page, frame, spot);
        page.push(Line::text(vec![Span::faint(format!(
            "    no class statement stands at {}:{}, or it is not reached",
            context.analysis.file(spot.file).shown,
            spot.line
        ))]));
    }
    Said {
        about: About::Creation,
        class: None,
        verdict: Verdict::NotPlaced,
        page,
    }
}

/// What a class statement raises, or its decorator.
fn raised(class: ClassRef<'_>) -> Option<&Raised> {
    match class.outcome() {
        Outcome::Raises(raised) => Some(raised),
        _ => class.refused(),
    }
}

/// What mroscope says of a class that the log says raised.
fn about<'a>(context: &Context<'a, '_>, class: ClassRef<'a>, mut page: Page) -> Said<'a> {
    let told = context.report.said();
    let verdict = match (raised(class), class.outcome()) {
        (Some(raised), _) => {
            // Before 3.12 what `__set_name__` raises comes out of the statement as another exception that names the place.
            let is_same = raised.line() == told || context.report.notes.contains(&raised.message);
            if !is_same && raised.inherited_from.is_none() {
                page.push(Line::text(vec![
                    Span::new("  mroscope says ", Role::Warning),
                    Span::new(raised.line(), Role::Error),
                ]));
            }
            if class.refused().is_some() {
                say(&mut page, "the class is made, and its decorator refuses it");
            }
            let before = page.lines.len();
            conflict::explain(&mut page, class, raised);
            if page.lines.len() == before {
                hook(context, &mut page, class, raised);
                raised_by(context, &mut page);
            }
            Verdict::Explained
        }
        (None, Outcome::Unknown { because, .. }) => {
            say(
                &mut page,
                "whether it can be made is not known: something it rests on is out of view",
            );
            for gap in because {
                page.push(
                    Line::text(vec![Span::faint(format!(
                        "    {}",
                        context.analysis.say_gap(gap)
                    ))])
                    .to(place_link(context.analysis, gap.at)),
                );
            }
            Verdict::NoReason
        }
        (None, _) => {
            let mro: Vec<&str> = class
                .known_ancestry()
                .into_iter()
                .map(ClassRef::name)
                .collect();
            say(
                &mut page,
                "mroscope sees no reason: the statement as it stands makes a class",
            );
            say(&mut page, format!("its MRO is {}", mro.join(" ")));
            raised_by(context, &mut page);
            Verdict::NoReason
        }
    };
    Said {
        about: About::Creation,
        class: Some(class),
        verdict,
        page,
    }
}

/// The hook that a base brings, where the message is of its arguments: the keywords of a class statement are handed to it.
fn hook(context: &Context<'_, '_>, page: &mut Page, class: ClassRef<'_>, raised: &Raised) {
    if !raised.message.contains("__init_subclass__()") {
        return;
    }
    let analysis = context.analysis;
    let bases = match raised.bases.as_slice() {
        // It failed before they were noted: they are read from the statement.
        [] => written_bases(context, class),
        bases => bases.iter().map(|&id| analysis.class(id)).collect(),
    };
    let hook = bases
        .into_iter()
        .find_map(|base| base.winner("__init_subclass__"));
    let Some(hook) = hook.filter(|it| it.class.id() != analysis.classes.object()) else {
        say(
            page,
            "no base has an __init_subclass__ that takes keywords of the class statement",
        );
        return;
    };
    let head = head(analysis, hook.member).unwrap_or_else(|| "__init_subclass__".to_owned());
    let place = hook.place();
    let at = place.map_or_else(String::new, |it| format!("  {}", analysis.say_place(it)));
    page.push(
        Line::text(vec![
            Span::plain(format!("  {}.{head}", hook.class.name())),
            Span::faint(at),
        ])
        .to(place_link(analysis, place)),
    );
    say(
        page,
        "is handed the keywords of the class statement, and no others",
    );
}

/// The classes that the words between the parentheses mean where the statement stands.
fn written_bases<'a>(context: &Context<'a, '_>, class: ClassRef<'a>) -> Vec<ClassRef<'a>> {
    let Origin::Statement {
        arguments: Some(arguments),
        ..
    } = class.origin()
    else {
        return vec![];
    };
    let text = context.analysis.text_of(*arguments);
    text.split(',')
        .map(str::trim)
        .filter(|base| !base.contains('='))
        .filter_map(|base| context.called(base, &|_| true))
        .map(|(class, _)| class)
        .collect()
}

/// Which code raised it, where that is not the statement itself: the innermost line of the project, and what of a library it called.
fn raised_by(context: &Context<'_, '_>, page: &mut Page) {
    let file = |spot: crate::analysis::Spot| context.analysis.file(spot.file).shown.as_str();
    let Some((frame, spot)) = context.found().next() else {
        return;
    };
    let function = frame.function.as_deref().unwrap_or("<module>");
    if function != "<module>" {
        let source = frame.source.as_deref().unwrap_or("");
        say(
            page,
            format!(
                "raised in `{function}`, {}:{}: {}",
                file(spot),
                spot.line,
                one_line(source, LONGEST)
            ),
        );
    }
    let library = context.frames.first().filter(|(_, spot)| spot.is_none());
    if let Some((frame, _)) = library
        && let Some(function) = frame.function.as_deref()
    {
        let name = frame.path.rsplit(['/', '\\']).next().unwrap_or_default();
        say(
            page,
            format!("by `{function}` of {name}, which is not of this project"),
        );
    }
}
