//! A class statement that raised: the same explanation as on the page of the class.

use crate::analysis::ClassRef;
use crate::semantics::{Origin, Outcome, Raised};
use crate::view::bounded::{LONGEST, one_line};
use crate::view::explanation::explain;
use crate::view::mends::Mends;
use crate::view::traceback::context::{Context, ancestors, gaps, head, say};
use crate::view::traceback::{About, Said, Verdict, class_line};
use crate::view::words::place_link;
use crate::view::{Column, Line, Link, Page, Role, Span};

/// How many classes of one message are named.
const NAMED: usize = 5;

/// How many calls on the way to an exception are told: the last ones.
const WAY: usize = 6;

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
            explain(&mut page, class, raised, Mends::NotSought);
            // What a hook raises is no matter of classes alone.
            if raised.reason.is_none() && raised.at.is_none() && raised.inherited_from.is_none() {
                hook(context, &mut page, class, raised);
                way(context, &mut page);
            }
            Verdict::Explained
        }
        (None, Outcome::Unknown { .. }) => {
            gaps(&mut page, class);
            way(context, &mut page);
            Verdict::Unknown
        }
        (None, _) => {
            say(
                &mut page,
                "mroscope sees no reason: the statement as it stands makes a class, if nothing that it calls depends on more",
            );
            say(&mut page, format!("its MRO is {}", ancestors(class)));
            way(context, &mut page);
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

/// What ran between the statement and the exception: hooks, decorators, what they called.
fn way(context: &Context<'_, '_>, page: &mut Page) {
    let made = context.making().map(|(_, frame, _)| frame);
    let frames = context.frames.iter();
    let inner: Vec<_> = frames
        .take_while(|(frame, _)| made.is_none_or(|made| !std::ptr::eq(*frame, made)))
        .collect();
    // The body of a class is a frame of its own, and the place is told above.
    let own = made.filter(|it| it.function.as_deref().is_some_and(|it| it != "<module>"));
    let own = own.and_then(|made| {
        context
            .frames
            .iter()
            .find(|(it, _)| std::ptr::eq(*it, made))
    });
    let frames: Vec<_> = own.into_iter().chain(inner.into_iter().rev()).collect();
    if frames.is_empty() {
        return;
    }
    say(page, "on the way to it ran");
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
    let more = frames.len().saturating_sub(WAY);
    for (frame, spot) in frames.into_iter().skip(more) {
        let function = frame.function.as_deref().unwrap_or("");
        let source = frame.source.as_deref().unwrap_or("");
        let class = spot.and_then(|it| context.places.class_around(it.file, it.line));
        let is_body = class.is_some_and(|it| it.name() == function);
        let said = match class.filter(|_| !is_body && !function.starts_with('<')) {
            Some(class) => format!("    {}.{function}", class.name()),
            None if is_body => format!("    the body of {function}"),
            None => format!("    {function}"),
        };
        let (place, link) = if let Some(spot) = spot {
            (
                format!("{}:{}", context.analysis.file(spot.file).shown, spot.line),
                Some(Link::Source {
                    file: spot.file,
                    line: spot.line,
                }),
            )
        } else {
            let name = frame.path.rsplit(['/', '\\']).next().unwrap_or_default();
            (format!("{name}:{}", frame.line), None)
        };
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain(said)],
                    vec![Span::faint(place)],
                    vec![Span::plain(one_line(source, LONGEST))],
                ],
            )
            .to(link),
        );
    }
}
