//! `super()` that failed: in which class it stands, what comes behind that for whose object, and who has the name.

use crate::Name;
use crate::analysis::{ClassRef, Spot};
use crate::semantics::{Member, MemberKind};
use crate::traceback::{Frame, SuperFault};
use crate::view::traceback::context::{Context, ancestors, gaps, names_word, say};
use crate::view::traceback::receivers::{self, receivers};
use crate::view::traceback::{About, Said, Verdict, class_line};
use crate::view::words::{count, place_link};
use crate::view::{Line, Page, Role, Span, nearest};

/// Answers what `super()` says.
pub(super) fn said<'a>(context: &Context<'a, '_>, fault: &SuperFault) -> Said<'a> {
    let mut page = Page::default();
    let Some((frame, spot)) = context.innermost() else {
        return by_name(context, fault).unwrap_or_else(|| ended(None, Verdict::NotPlaced, page));
    };
    context.revision(&mut page, frame, spot);
    let lexical = context.places.class_around(spot.file, spot.line);
    match (fault, lexical) {
        (SuperFault::NoAttribute { name }, Some(class)) => {
            let verdict = no_attribute(context, &mut page, class, name);
            ended(Some(class), verdict, page)
        }
        (SuperFault::NoInstance { of, class }, Some(lexical)) => {
            no_instance(context, &mut page, lexical, of.as_deref(), class.as_deref());
            ended(Some(lexical), Verdict::Explained, page)
        }
        (SuperFault::NoArguments, Some(class)) => {
            no_arguments(context, &mut page, class, frame, spot);
            ended(Some(class), Verdict::Explained, page)
        }
        (SuperFault::EmptyCell, Some(class)) => {
            say(
                &mut page,
                format!(
                    "super() ran before `{}` was made: it has no class to look behind yet",
                    class.name()
                ),
            );
            ended(Some(class), Verdict::Explained, page)
        }
        (SuperFault::NoCell, lexical) => {
            let holder = no_cell(context, &mut page, frame, spot);
            ended(holder.or(lexical), Verdict::Explained, page)
        }
        (SuperFault::NoType, Some(class)) => {
            say(
                &mut page,
                "the first argument of super() has to be a class; here it is something else",
            );
            ended(Some(class), Verdict::Explained, page)
        }
        (_, None) => {
            page.push(Line::text(vec![Span::faint(format!(
                "    no class statement stands around {}:{}",
                context.analysis.file(spot.file).shown,
                spot.line
            ))]));
            ended(None, Verdict::NotPlaced, page)
        }
    }
}

fn ended(class: Option<ClassRef<'_>>, verdict: Verdict, page: Page) -> Said<'_> {
    Said {
        about: About::Super,
        class,
        verdict,
        page,
    }
}

/// Without a line of source there may be a name: since 3.13 the message has both classes.
fn by_name<'a>(context: &Context<'a, '_>, fault: &SuperFault) -> Option<Said<'a>> {
    let SuperFault::NoInstance {
        of: Some(of),
        class: Some(class),
    } = fault
    else {
        return None;
    };
    let (of, _) = context.called(of, &|_| true)?;
    let mut page = Page::default();
    no_instance(context, &mut page, of, Some(of.name()), Some(class));
    Some(ended(Some(of), Verdict::Explained, page))
}

/// `'super' object has no attribute 'save'`.
fn no_attribute(
    context: &Context<'_, '_>,
    page: &mut Page,
    lexical: ClassRef<'_>,
    name: &str,
) -> Verdict {
    let found = receivers(context, lexical);
    say(
        page,
        format!(
            "super() in {} looks behind {} in the MRO of the object's class",
            lexical.name(),
            lexical.name()
        ),
    );
    receivers::push(page, lexical, name, &found);
    let without = found
        .iter()
        .filter(|it| it.provider(name).is_none())
        .count();
    if found.is_empty() {
        gaps(page, lexical);
        return Verdict::Unknown;
    }
    if without == 0 {
        say(
            page,
            format!(
                "mroscope sees no reason: whatever the object is of, a class behind it has `{name}`"
            ),
        );
        return Verdict::NoReason;
    }
    if without == found.len() {
        say(
            page,
            format!("no class that mroscope sees behind it has `{name}`"),
        );
        let behind = found.iter().flat_map(|it| &it.behind);
        let known = behind.flat_map(|class| class.members().keys());
        if let Some(near) = nearest(name, known.map(Name::as_str)) {
            say(page, format!("did you mean `{near}`?"));
        }
        assigned(page, lexical, name);
    } else {
        let with = count(found.len() - without, "class", "classes");
        say(
            page,
            format!(
                "it holds for objects of {with}; the others need a base behind {} that has `{name}`",
                lexical.name()
            ),
        );
    }
    Verdict::Explained
}

/// Attributes of the instance are never found through `super()`.
fn assigned(page: &mut Page, lexical: ClassRef<'_>, name: &str) {
    let analysis = lexical.analysis();
    let given = lexical.known_ancestry().into_iter().find_map(|class| {
        let one = class.assigned().iter().find(|it| it.name == name)?;
        Some((class, one))
    });
    if let Some((class, one)) = given {
        page.push(
            Line::text(vec![Span::plain(format!(
                "  {}.{} gives it to the instance ({}): super() looks into classes only",
                class.name(),
                one.method,
                analysis.say_place(one.place)
            ))])
            .to(place_link(analysis, Some(one.place))),
        );
    }
}

/// `super(type, obj): obj must be an instance or subtype of type`.
fn no_instance<'a>(
    context: &Context<'a, '_>,
    page: &mut Page,
    lexical: ClassRef<'a>,
    of: Option<&str>,
    class: Option<&str>,
) {
    let source = context.innermost_source();
    let written = source.split_once("super(").map(|(_, rest)| rest);
    let first = written
        .and_then(|rest| rest.split([',', ')']).next())
        .map(str::trim);
    let first = first.filter(|it| !it.is_empty());
    if let Some(first) = first.filter(|it| it.contains("__class__") || it.starts_with("type(")) {
        say(
            page,
            format!(
                "`{first}` is the class of the object, not that of the method: it fails in what derives from it"
            ),
        );
    }
    let named = first.or(class);
    let same = of.is_some() && of == class || first.is_none() && of.is_none();
    let wanted = named
        .and_then(|name| context.called(name, &|_| true))
        .map(|it| it.0);
    match wanted {
        Some(wanted) if wanted != lexical => {
            page.push(class_line("  super() is told to look behind ", wanted, ""));
            if lexical.mro().is_some_and(|mro| mro.contains(&wanted)) {
                say(
                    page,
                    format!(
                        "{} is in the MRO of {}: the object must have been of another class",
                        wanted.name(),
                        lexical.name()
                    ),
                );
            } else {
                say(
                    page,
                    format!(
                        "{} is not in the MRO of {}, in which the method stands: {}",
                        wanted.name(),
                        lexical.name(),
                        ancestors(lexical)
                    ),
                );
            }
        }
        _ if same => replaced(context, page, lexical),
        _ => say(
            page,
            format!("the object is no instance of {}", lexical.name()),
        ),
    }
}

/// Two classes of one name: a decorator or a second run of the module made another one.
fn replaced(context: &Context<'_, '_>, page: &mut Page, lexical: ClassRef<'_>) {
    say(
        page,
        format!(
            "the object is of a class that is called {}, and is not the one in which super() stands",
            lexical.name()
        ),
    );
    let decorated = decorators(context, lexical);
    let slots = decorated.iter().find(|it| it.contains("slots"));
    if let Some(line) = slots {
        page.push(
            Line::text(vec![Span::new(
                format!("  {line} makes the class a second time, to give it __slots__: super() still means the first one"),
                Role::Warning,
            )])
            .to(place_link(context.analysis, lexical.place())),
        );
        say(
            page,
            format!("write super({}, self) in its place", lexical.name()),
        );
    } else if let Some(line) = decorated.first() {
        say(page, format!("{line} may put another class in its place"));
    } else {
        say(
            page,
            "the module was run twice (reloaded, or under two names), or the method was handed an object of another class",
        );
    }
}

/// The decorators of a class statement, as written, a line each.
fn decorators(context: &Context<'_, '_>, class: ClassRef<'_>) -> Vec<String> {
    let crate::semantics::Origin::Statement { place, first, .. } = class.origin() else {
        return vec![];
    };
    let text = context.analysis.file(place.file).slice(*first, place.start);
    text.lines()
        .map(str::trim)
        .filter(|line| line.starts_with('@'))
        .map(str::to_owned)
        .collect()
}

/// `super(): no arguments`.
fn no_arguments(
    context: &Context<'_, '_>,
    page: &mut Page,
    class: ClassRef<'_>,
    frame: &Frame,
    spot: Spot,
) {
    let function = frame.function.as_deref().unwrap_or("the function");
    let name = function.rsplit('.').next().unwrap_or(function);
    let member = class.members().get(name);
    if member.is_some_and(|it| it.kind == MemberKind::Staticmethod) {
        page.push(
            Line::text(vec![Span::plain(format!(
                "  {}.{name} is a static method: it is handed no object for which super() could look",
                class.name()
            ))])
            .to(place_link(context.analysis, member.and_then(|it| it.place))),
        );
        say(
            page,
            format!(
                "make it a class method, or name the class that is meant in place of super(), as in {}",
                bases(class, name)
            ),
        );
    } else if name.starts_with('<') {
        say(
            page,
            format!(
                "{name} is a function of its own: its first argument is not the object; take `super()` into a variable outside of it"
            ),
        );
    } else {
        say(
            page,
            format!(
                "the function at {}:{} has no first argument for which super() could look",
                context.analysis.file(spot.file).shown,
                spot.line
            ),
        );
    }
}

/// `Base.make()`, for the first base that has the name.
fn bases(class: ClassRef<'_>, name: &str) -> String {
    let base = class
        .known_ancestry()
        .into_iter()
        .skip(1)
        .find(|it| it.members().contains_key(name));
    format!("{}.{name}()", base.map_or("Base", ClassRef::name))
}

/// `super(): __class__ cell not found`. Returns a class that has the function all the same.
fn no_cell<'a>(
    context: &Context<'a, '_>,
    page: &mut Page,
    frame: &Frame,
    spot: Spot,
) -> Option<ClassRef<'a>> {
    let analysis = context.analysis;
    let function = frame.function.as_deref().unwrap_or("the function");
    say(
        page,
        format!(
            "`{function}` stands in no class statement: super() without arguments means the class around it"
        ),
    );
    let file = analysis.file(spot.file);
    let is_it = |member: &Member| {
        member.place.is_some_and(|place| {
            place.file == spot.file
                && (file.line(place.start)..=file.line(place.end)).contains(&spot.line)
        })
    };
    let named = |member: &Member| {
        member
            .shown
            .as_deref()
            .is_some_and(|it| names_word(it, function))
    };
    let holder = analysis.project_classes().find(|class| {
        let mut members = class.members().iter();
        members.any(|(name, member)| is_it(member) || *name == function && named(member))
    });
    let holder = holder.or_else(|| {
        let mut classes = analysis.project_classes();
        classes.find(|class| {
            class.place().is_some_and(|it| it.file == spot.file)
                && class.members().contains_key(function)
        })
    });
    match holder {
        Some(class) => {
            page.push(class_line("  it became a method of ", class, " afterwards"));
            say(page, format!("write super({}, self) in it", class.name()));
        }
        None => say(
            page,
            "write super(Class, self), with the class it is meant for",
        ),
    }
    holder
}
