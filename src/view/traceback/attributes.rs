//! An attribute that is not there: who gives it to whom, and what is spelled like it.

use crate::Name;
use crate::analysis::{ClassRef, Definition, Spot};
use crate::semantics::{Assigned, MemberKind, Slots, mangle};
use crate::view::bounded::{LONGEST, shortened};
use crate::view::lookup::near_attribute;
use crate::view::traceback::context::{Context, ancestors, gaps, say};
use crate::view::traceback::{About, Said, Verdict, no_class};
use crate::view::words::{class_link, class_span, count, place_link};
use crate::view::{Column, Line, Link, Page, Role, Span, nearest};

/// How many classes that have the name are listed.
const LISTED: usize = 5;

/// What the message says.
pub(super) struct Asked<'m> {
    pub(super) class: &'m str,
    pub(super) name: &'m str,
    pub(super) on_class: bool,
    pub(super) no_dict: bool,
}

/// Answers `'C' object has no attribute 'x'` and `type object 'C' has no attribute 'x'`.
pub(super) fn said<'a>(context: &Context<'a, '_>, asked: &Asked<'_>) -> Said<'a> {
    let mut page = Page::default();
    let name = asked.name;
    let lacks = |class: ClassRef<'a>| {
        let found = class.winner(name);
        found.is_none_or(|it| it.member.kind == MemberKind::Slot)
    };
    let Some((class, others)) = context.called(asked.class, &lacks) else {
        no_class(&mut page, asked.class);
        return Said {
            about: About::Attribute,
            class: None,
            verdict: Verdict::NotPlaced,
            page,
        };
    };
    context.revision_here(&mut page);
    if others > 0 {
        say(
            &mut page,
            format!(
                "{} called {}: this is the one nearest to the lines of the log",
                count(others, "more class is", "more classes are"),
                class.name()
            ),
        );
    }
    let is_write = asked.no_dict || is_written(context.source(), name);
    let verdict = if asked.on_class {
        of_class(context, &mut page, class, name)
    } else if let Some(found) = class.winner(name) {
        is_there(context, &mut page, class, name, found)
    } else if is_write && !has_dict(class) {
        no_room(&mut page, class, name);
        Verdict::Explained
    } else {
        of_instance(context, &mut page, class, name)
    };
    Said {
        about: About::Attribute,
        class: Some(class),
        verdict,
        page,
    }
}

/// Answers `AttributeError: x`: a slot that holds nothing, before 3.10. Nothing where the frames tell no class that has such a slot.
pub(super) fn empty_slot<'a>(context: &Context<'a, '_>, name: &str) -> Option<Said<'a>> {
    let is_slot = |class: &ClassRef<'a>| {
        class
            .winner(name)
            .is_some_and(|it| it.member.kind == MemberKind::Slot)
    };
    let around = context
        .found()
        .filter_map(|(_, spot)| context.places.class_around(spot.file, spot.line))
        .find(is_slot);
    let named = || {
        let source = context.source();
        let words = source.split(|char: char| !(char.is_alphanumeric() || char == '_'));
        let mut classes = words
            .filter(|word| !word.is_empty())
            .filter_map(|word| context.called(word, &|_| true));
        classes.find(|(class, _)| is_slot(class)).map(|it| it.0)
    };
    let only = || {
        let mut classes = context.analysis.project_classes().filter(|class| {
            class
                .members()
                .get(name)
                .is_some_and(|it| it.kind == MemberKind::Slot)
        });
        classes.next().filter(|_| classes.next().is_none())
    };
    let mut page = Page::default();
    context.revision_here(&mut page);
    let deleted = || {
        if !context.source().trim_start().starts_with("del ") {
            return None;
        }
        let classes = context.analysis.project_classes();
        let has = classes.filter(|class| class.members().contains_key(name));
        let likely = has.max_by_key(|class| context.has_to_do_with(*class));
        likely.filter(|class| context.has_to_do_with(*class) > 0)
    };
    let Some(class) = around.or_else(named).or_else(only).or_else(deleted) else {
        return asked_by_name(context, page, name);
    };
    let found = class.winner(name)?;
    let verdict = is_there(context, &mut page, class, name, found);
    Some(Said {
        about: About::Attribute,
        class: Some(class),
        verdict,
        page,
    })
}

/// `AttributeError: GREEN` of an enumeration, before 3.11, or of a `__getattr__` of the project's own: the class is told by the frames.
fn asked_by_name<'a>(context: &Context<'a, '_>, mut page: Page, name: &str) -> Option<Said<'a>> {
    let (frame, spot) = context.found().next()?;
    let hook = frame
        .function
        .as_deref()
        .is_some_and(|it| it.ends_with("__getattr__"));
    let (class, verdict) = if hook {
        let class = context.places.class_around(spot.file, spot.line)?;
        let verdict = of_instance(context, &mut page, class, name);
        (class, verdict)
    } else {
        let (before, _) = context.source().split_once(&format!(".{name}"))?;
        let start = before
            .rfind(|char: char| !(char.is_alphanumeric() || "_.".contains(char)))
            .map_or(0, |at| at + 1);
        let (class, _) = context.called(before.get(start..)?, &|_| true)?;
        let verdict = of_class(context, &mut page, class, name);
        (class, verdict)
    };
    Some(Said {
        about: About::Attribute,
        class: Some(class),
        verdict,
        page,
    })
}

/// Whether a line of source gives the attribute a value, or takes it away.
pub(super) fn is_written(source: &str, name: &str) -> bool {
    let dotted = format!(".{name}");
    source.match_indices(&dotted).any(|(at, _)| {
        let rest = source[at + dotted.len()..].trim_start();
        let operators = ["+=", "-=", "*=", "/=", "//=", "%=", "|=", "&=", "^=", ":"];
        rest.starts_with('=') && !rest.starts_with("==")
            || operators.iter().any(|it| rest.starts_with(it))
            || source.trim_start().starts_with("del ")
    })
}

/// Whether instances have a `__dict__`, as far as it is known.
pub(super) fn has_dict(class: ClassRef<'_>) -> bool {
    class.made().is_none_or(|made| made.shape.dict)
}

/// The class has it: then the instance or the way decides.
fn is_there(
    context: &Context<'_, '_>,
    page: &mut Page,
    class: ClassRef<'_>,
    name: &str,
    found: Definition<'_>,
) -> Verdict {
    let analysis = context.analysis;
    let place = found.place();
    let at = place.map_or_else(String::new, |it| format!(" ({})", analysis.say_place(it)));
    match found.member.kind {
        MemberKind::Slot => {
            page.push(
                Line::text(vec![Span::plain(format!(
                    "  `{name}` is a slot of {}{at}: it holds nothing until it is given a value",
                    found.class.name()
                ))])
                .to(place_link(analysis, place)),
            );
            if !given(context, page, class, name) {
                say(
                    page,
                    format!("no method of its classes gives `{name}` a value"),
                );
            }
            Verdict::Explained
        }
        MemberKind::Property | MemberKind::CachedProperty | MemberKind::DataDescriptor
            if class.winner("__getattr__").is_some() =>
        {
            let hook = class.winner("__getattr__");
            page.push(
                Line::text(vec![Span::plain(format!(
                    "  {} has `{name}`{at}: its code raised an AttributeError of its own, which is lost",
                    found.class.name()
                ))])
                .to(place_link(analysis, place)),
            );
            if let Some(hook) = hook {
                page.push(
                    Line::text(vec![Span::plain(format!(
                        "  then {}.__getattr__ was asked, and says that there is no such attribute",
                        hook.class.name()
                    ))])
                    .to(place_link(analysis, hook.place())),
                );
            }
            Verdict::Explained
        }
        _ if context.source().trim_start().starts_with("del ") => {
            page.push(
                Line::text(vec![Span::plain(format!(
                    "  `{name}` is a value of the class {}{at}: `del` takes it from the instance's own __dict__ alone",
                    found.class.name()
                ))])
                .to(place_link(analysis, place)),
            );
            Verdict::Explained
        }
        _ => {
            page.push(
                Line::text(vec![Span::plain(format!(
                    "  mroscope sees no reason: {} gives `{name}`{at}",
                    found.class.name()
                ))])
                .to(place_link(analysis, place)),
            );
            if found.member.maybe.is_some() {
                say(
                    page,
                    "whether it is there hangs on a condition that is not known",
                );
            }
            Verdict::NoReason
        }
    }
}

/// An instance was asked: who gives it to instances, and when.
fn of_instance(
    context: &Context<'_, '_>,
    page: &mut Page,
    class: ClassRef<'_>,
    name: &str,
) -> Verdict {
    if class.is_interpreters() && class.home() == crate::analysis::ModuleOrigin::StandardLibrary {
        interpreters(page, class, name);
    } else {
        page.push(
            Line::text(vec![Span::plain(format!(
                "  no class {} has `{name}`: {}",
                if class.mro().is_some() {
                    "of its MRO"
                } else {
                    "that is known of its MRO"
                },
                ancestors(class)
            ))])
            .to(class_link(class)),
        );
    }
    if !given(context, page, class, name) {
        near(page, class, name);
    }
    if let Some(found) = class.winner("__getattr__") {
        page.push(
            Line::text(vec![Span::plain(format!(
                "  {}.__getattr__ was asked last",
                found.class.name()
            ))])
            .to(place_link(context.analysis, found.place())),
        );
    }
    annotated(page, class, name);
    mangled(page, class, name);
    on_metaclass(page, class, name);
    elsewhere(context, page, class, name);
    if gaps(page, class) {
        Verdict::Unknown
    } else {
        Verdict::Explained
    }
}

/// A class of the interpreter: mostly the value is not what was expected.
fn interpreters(page: &mut Page, class: ClassRef<'_>, name: &str) {
    if class.name() == "NoneType" {
        say(
            page,
            "the object is None: what gave it has returned nothing, or was never set",
        );
    } else {
        say(
            page,
            format!(
                "the object is of the interpreter's own class {}, which has no `{name}`",
                class.name()
            ),
        );
    }
}

/// The class itself was asked.
fn of_class(
    context: &Context<'_, '_>,
    page: &mut Page,
    class: ClassRef<'_>,
    name: &str,
) -> Verdict {
    if let Some(found) = class.winner(name) {
        let at = found.place().map_or_else(String::new, |it| {
            format!(" ({})", context.analysis.say_place(it))
        });
        page.push(
            Line::text(vec![Span::plain(format!(
                "  mroscope sees no reason: {} gives `{name}`{at}",
                found.class.name()
            ))])
            .to(place_link(context.analysis, found.place())),
        );
        return Verdict::NoReason;
    }
    say(
        page,
        format!("neither the classes of its MRO nor its metaclass have `{name}`"),
    );
    if !given(context, page, class, name) {
        near(page, class, name);
    }
    annotated(page, class, name);
    mangled(page, class, name);
    elsewhere(context, page, class, name);
    if gaps(page, class) {
        Verdict::Unknown
    } else {
        Verdict::Explained
    }
}

/// Lists the methods that give it to instances, or to the class.
fn given(context: &Context<'_, '_>, page: &mut Page, class: ClassRef<'_>, name: &str) -> bool {
    let analysis = class.analysis();
    let mut is_given = false;
    for ancestor in class.known_ancestry() {
        for one in ancestor.assigned().iter().filter(|it| it.name == name) {
            is_given = true;
            let whom = match (one.on_class, one.method.as_str()) {
                (true, method) => format!("the class, once {method}() was called"),
                (false, "__init__" | "__new__") => {
                    "instances, where it comes to that line".to_owned()
                }
                (false, method) => format!("an instance, once {method}() was called on it"),
            };
            page.push(
                Line::text(vec![Span::plain(format!(
                    "  {}.{} gives it to {whom}: {}",
                    ancestor.name(),
                    one.method,
                    analysis.say_place(one.place)
                ))])
                .to(place_link(analysis, Some(one.place))),
            );
            too_early(context, page, one);
        }
    }
    if is_given {
        never_called(page, class, name);
    }
    is_given
}

/// The method that gives the attribute asks for it on a line above that.
fn too_early(context: &Context<'_, '_>, page: &mut Page, one: &Assigned) {
    let file = context.analysis.file(one.place.file);
    let given = file.line(one.place.start);
    let asks = context
        .found()
        .map(|(frame, spot)| (frame.function.as_deref(), spot));
    let mut early = asks.filter(|(function, spot)| {
        *function == Some(one.method.as_str()) && spot.file == one.place.file && spot.line < given
    });
    let is_near = |spot: Spot| {
        // In the same class: a method of that name of another one is none of this.
        let class = |line| context.places.class_around(spot.file, line);
        class(spot.line).is_some() && class(spot.line) == class(given)
    };
    if let Some((_, spot)) = early.next().filter(|(_, spot)| is_near(*spot)) {
        page.push(
            Line::text(vec![Span::new(
                format!(
                    "  line {}, where it is asked for, stands before that",
                    spot.line
                ),
                Role::Warning,
            )])
            .to(Some(Link::Source {
                file: spot.file,
                line: spot.line,
            })),
        );
    }
}

/// An `__init__` that gives the attribute, and that another one hides without calling it.
fn never_called(page: &mut Page, class: ClassRef<'_>, name: &str) {
    let analysis = class.analysis();
    let definitions = class.definitions("__init__");
    let giver = definitions.iter().position(|it| {
        let mut assigned = it.class.assigned().iter();
        assigned.any(|one| one.name == name && one.method == "__init__")
    });
    let Some(at) = giver else { return };
    let stops = definitions[..at].iter().find(|it| {
        // Whoever names another `__init__` may call that one: `Base.__init__(self)`, a loop over the bases.
        let text = it.member.place.map(|place| analysis.text_of(place));
        !it.member.calls_super
            && text.is_some_and(|text| {
                text.contains("def __init__") && text.matches("__init__").count() == 1
            })
    });
    if let Some(stops) = stops {
        page.push(
            Line::text(vec![Span::new(
                format!(
                    "  {}.__init__ comes first, and calls no super().__init__: {}.__init__ is never run",
                    stops.class.name(),
                    definitions[at].class.name()
                ),
                Role::Warning,
            )])
            .to(place_link(analysis, stops.place())),
        );
    }
}

fn near(page: &mut Page, class: ClassRef<'_>, name: &str) {
    let Some(near) = near_attribute(class, name).filter(|near| *near != name) else {
        return;
    };
    let found = class.winner(near);
    let given = || {
        class.known_ancestry().into_iter().find_map(|ancestor| {
            let mut assigned = ancestor.assigned().iter();
            let one = assigned.find(|it| it.name == near)?;
            let whom = if one.on_class {
                "the class"
            } else {
                "an instance"
            };
            Some(format!(
                ", which {}.{} gives to {whom}",
                ancestor.name(),
                one.method
            ))
        })
    };
    let by = match found {
        Some(found) => format!(", which {} has", found.class.name()),
        None => given().unwrap_or_default(),
    };
    page.push(
        Line::text(vec![
            Span::plain("  did you mean "),
            Span::new(near, Role::Method),
            Span::plain(format!("{by}?")),
        ])
        .to(found.and_then(|it| place_link(class.analysis(), it.place()))),
    );
}

/// `x: int` in a class's body says what is meant to be there, and puts nothing there.
fn annotated(page: &mut Page, class: ClassRef<'_>, name: &str) {
    let analysis = class.analysis();
    for ancestor in class.known_ancestry() {
        for one in ancestor.annotated().iter().filter(|it| it.name == name) {
            page.push(
                Line::text(vec![Span::plain(format!(
                    "  {} annotates it and gives it no value: {}",
                    ancestor.name(),
                    analysis.say_place(one.place)
                ))])
                .to(place_link(analysis, Some(one.place))),
            );
        }
    }
}

/// `self.__x` in a method of another class is another name.
fn mangled(page: &mut Page, class: ClassRef<'_>, name: &str) {
    let private = |of: ClassRef<'_>| {
        let rest = name
            .strip_prefix('_')?
            .strip_prefix(of.name().trim_start_matches('_'))?;
        rest.starts_with("__").then(|| rest.to_owned())
    };
    let other = class.known_ancestry().into_iter().find_map(|ancestor| {
        // The name as a method of one class writes it, under which another class keeps it.
        let plain = private(ancestor).or_else(|| {
            let at = name
                .find("__")
                .filter(|at| *at > 1 && name.starts_with('_'))?;
            Some(name[at..].to_owned())
        })?;
        let owner = class.known_ancestry().into_iter().find(|of| {
            let kept = mangle(of.name(), &plain);
            kept != name
                && (of.members().contains_key(&kept)
                    || of.assigned().iter().any(|it| it.name == kept))
        })?;
        Some((plain, owner))
    });
    if let Some((plain, owner)) = other {
        say(
            page,
            format!(
                "`{plain}` is private: in {} it is `{}`, in a method of another class it is another name",
                owner.name(),
                mangle(owner.name(), &plain)
            ),
        );
    }
}

/// What a metaclass has is found on the class, never on its instances.
fn on_metaclass(page: &mut Page, class: ClassRef<'_>, name: &str) {
    let found = class.metaclass().and_then(|it| it.winner(name));
    if let Some(found) = found.filter(|it| it.class.place().is_some()) {
        page.push(
            Line::text(vec![Span::plain(format!(
                "  its metaclass {} has it: the class can be asked, its instances cannot",
                found.class.name()
            ))])
            .to(place_link(class.analysis(), found.place())),
        );
    }
}

/// Who else has the name: what derives from the class, else any class of the project.
fn elsewhere(context: &Context<'_, '_>, page: &mut Page, class: ClassRef<'_>, name: &str) {
    let has = |it: &ClassRef<'_>| {
        it.members().contains_key(name) || it.assigned().iter().any(|one| one.name == name)
    };
    let is_project = class.place().is_some();
    let below: Vec<ClassRef<'_>> = if is_project {
        class.descendants().into_iter().filter(has).collect()
    } else {
        vec![]
    };
    let (says, found) = if below.is_empty() {
        let ancestry = class.known_ancestry();
        let others = context
            .analysis
            .project_classes()
            .filter(|it| !ancestry.contains(it) && has(it));
        ("classes of the project that have it", others.collect())
    } else {
        ("classes below it that have it", below)
    };
    if found.is_empty() || name.starts_with("__") {
        return;
    }
    say(page, format!("{says}:"));
    let table = page.table(vec![Column::left(0), Column::left(0)]);
    let analysis = context.analysis;
    for class in found.iter().take(LISTED) {
        let place = class
            .members()
            .get(name)
            .and_then(|it| it.place)
            .or_else(|| {
                let mut assigned = class.assigned().iter();
                assigned.find(|it| it.name == name).map(|it| it.place)
            });
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain("    "), class_span(*class)],
                    vec![Span::faint(
                        place.map_or_else(String::new, |it| analysis.say_place(it)),
                    )],
                ],
            )
            .to(place_link(analysis, place).or_else(|| class_link(*class))),
        );
    }
    if found.len() > LISTED {
        say(page, format!("  and {} more", found.len() - LISTED));
    }
}

/// Instances have only the slots that their classes declare.
pub(super) fn no_room(page: &mut Page, class: ClassRef<'_>, name: &str) {
    say(
        page,
        format!("instances have no __dict__ and no slot `{name}`: they have room for these alone"),
    );
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
    let analysis = class.analysis();
    for ancestor in class.known_ancestry() {
        let Some(Slots::Names(names)) = ancestor.made().map(|made| &made.slots) else {
            continue;
        };
        if ancestor.place().is_none() && names.is_empty() {
            continue;
        }
        let said: Vec<&str> = names.iter().map(Name::as_str).collect();
        let said = if said.is_empty() {
            "none of its own".to_owned()
        } else {
            shortened(&said.join(" "), LONGEST)
        };
        let place = ancestor
            .members()
            .get("__slots__")
            .and_then(|it| it.place)
            .or_else(|| ancestor.place());
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain("    "), class_span(ancestor)],
                    vec![Span::plain(said)],
                    vec![Span::faint(
                        place.map_or_else(String::new, |it| analysis.say_place(it)),
                    )],
                ],
            )
            .to(place_link(analysis, place)),
        );
    }
    let slots = class.known_ancestry().into_iter().filter_map(|it| {
        let Slots::Names(names) = &it.made()?.slots else {
            return None;
        };
        Some(names.iter().map(Name::as_str))
    });
    if let Some(near) = nearest(name, slots.flatten()).filter(|_| !name.starts_with("__")) {
        say(page, format!("did you mean the slot {near}?"));
    }
}
