//! An attribute that is not let go: a property that lacks a function, a slot, a frozen dataclass, C code.

use crate::analysis::{ClassRef, Definition};
use crate::semantics::{Doing, MemberKind, PartRole};
use crate::traceback::Complaint;
use crate::view::traceback::attributes::{has_dict, no_room};
use crate::view::traceback::context::{Context, say};
use crate::view::traceback::{About, Said, Verdict};
use crate::view::words::place_link;
use crate::view::{Line, Page, Role, Span};

/// Answers what descriptors and their like say.
pub(super) fn said<'a>(context: &Context<'a, '_>, complaint: &Complaint) -> Said<'a> {
    let mut page = Page::default();
    context.revision_here(&mut page);
    let found = match complaint {
        Complaint::Property { class, name, doing } => property(
            context,
            &mut page,
            class.as_deref(),
            name.as_deref(),
            *doing,
        ),
        Complaint::ReadOnly { class, name } => read_only(context, &mut page, class, name),
        Complaint::NotWritable { class, name } => {
            not_writable(context, &mut page, class.as_deref(), name.as_deref())
        }
        Complaint::Immutable { class, .. } => immutable(context, &mut page, class),
        Complaint::Frozen { name } => frozen(context, &mut page, name),
        Complaint::Member { name } => member(context, &mut page, name.as_deref()),
        Complaint::NoCache { class, name } => no_cache(context, &mut page, class, name),
        _ => None,
    };
    let (class, verdict) = match found {
        Some((class, verdict)) => (Some(class), verdict),
        None => (None, Verdict::NotPlaced),
    };
    Said {
        about: About::Descriptor,
        class,
        verdict,
        page,
    }
}

type Found<'a> = Option<(ClassRef<'a>, Verdict)>;

/// The attribute that a line of source writes or deletes: `self.total = 1` → `total`.
fn written_name(source: &str) -> Option<&str> {
    let target = if let Some(rest) = source.trim_start().strip_prefix("del ") {
        rest
    } else {
        let at = source.find('=')?;
        source[..at].trim_end_matches(|char: char| "+-*/%|&^@<>: ".contains(char))
    };
    let name = target.trim_end().rsplit('.').next()?;
    name.chars()
        .all(|char| char.is_alphanumeric() || char == '_')
        .then_some(name)
}

/// The names behind dots in a line of source.
fn dotted_names(source: &str) -> Vec<&str> {
    source
        .split('.')
        .skip(1)
        .map(|rest| {
            let end = rest
                .find(|char: char| !(char.is_alphanumeric() || char == '_'))
                .unwrap_or(rest.len());
            &rest[..end]
        })
        .filter(|name| !name.is_empty())
        .collect()
}

/// The class around the innermost frame, where it or the line's words have such an attribute; else the only class that has one.
fn holder<'a>(
    context: &Context<'a, '_>,
    fits: &dyn Fn(ClassRef<'a>) -> bool,
) -> Option<ClassRef<'a>> {
    let around = context
        .found()
        .filter_map(|(_, spot)| context.places.class_around(spot.file, spot.line))
        .find(|class| fits(*class));
    let named = || {
        let source = context.source();
        let words = source.split(|char: char| !(char.is_alphanumeric() || char == '_'));
        let mut classes = words
            .filter(|word| !word.is_empty())
            .filter_map(|word| context.called(word, fits));
        classes.find(|(class, _)| fits(*class)).map(|it| it.0)
    };
    let nearest = || {
        let classes = context.analysis.project_classes().filter(|it| fits(*it));
        // What derives from a class has it, too: the first one is asked.
        let classes: Vec<ClassRef<'a>> = classes.collect();
        let most = classes.iter().map(|it| context.has_to_do_with(*it)).max()?;
        let mut likely = classes
            .into_iter()
            .filter(|it| context.has_to_do_with(*it) == most);
        let first = likely.next()?;
        likely
            .all(|other| other.known_ancestry().contains(&first))
            .then_some(first)
    };
    around.or_else(named).or_else(nearest)
}

fn role(doing: Doing) -> PartRole {
    match doing {
        Doing::Reading => PartRole::Get,
        Doing::Writing => PartRole::Set,
        Doing::Deleting => PartRole::Delete,
    }
}

fn property<'a>(
    context: &Context<'a, '_>,
    page: &mut Page,
    class: Option<&str>,
    name: Option<&str>,
    doing: Doing,
) -> Found<'a> {
    let source = context.source();
    let is_property = |class: ClassRef<'a>, name: &str| {
        class
            .winner(name)
            .is_some_and(|it| it.member.kind == MemberKind::Property)
    };
    let name = match (name, doing) {
        (Some(name), _) => name,
        (None, Doing::Reading) => {
            let names = dotted_names(source);
            let known = names.into_iter().rev().find(|name| {
                let mut classes = context.analysis.project_classes();
                classes.any(|class| is_property(class, name))
            });
            known?
        }
        (None, _) => written_name(source)?,
    };
    let lacks = |class: ClassRef<'a>| {
        is_property(class, name)
            && class
                .winner(name)
                .is_some_and(|it| it.member.part(role(doing)).is_none())
    };
    let found = if let Some(class) = class {
        Some(context.called(class, &lacks)?.0)
    } else {
        holder(context, &lacks).or_else(|| holder(context, &|it| is_property(it, name)))
    };
    let Some(class) = found else {
        return field(context, page, name);
    };
    let analysis = context.analysis;
    let Some(found) = class.winner(name) else {
        say(
            page,
            format!(
                "mroscope sees no reason: {} has no `{name}` any more",
                class.name()
            ),
        );
        return Some((class, Verdict::NoReason));
    };
    let (what, function) = match doing {
        Doing::Reading => ("a getter", "getter"),
        Doing::Writing => ("a setter", "setter"),
        Doing::Deleting => ("a deleter", "deleter"),
    };
    let at = found
        .place()
        .map_or_else(String::new, |it| format!(" ({})", analysis.say_place(it)));
    if !lacks(class) {
        say(
            page,
            format!(
                "mroscope sees no reason: `{name}` of {}{at} has {what} now",
                found.class.name()
            ),
        );
        return Some((class, Verdict::NoReason));
    }
    page.push(
        Line::text(vec![Span::plain(format!(
            "  `{name}` is a property of {}{at} without {what}",
            found.class.name()
        ))])
        .to(place_link(analysis, found.place())),
    );
    let others = class.definitions(name);
    let hidden = others
        .iter()
        .skip(1)
        .find(|it| it.member.part(role(doing)).is_some());
    match hidden {
        Some(hidden) => hides(page, found, *hidden, name, function),
        None if doing == Doing::Writing => say(
            page,
            format!("a function under `@{name}.setter` would take the value"),
        ),
        None => {}
    }
    Some((class, Verdict::Explained))
}

/// A field of a named tuple says the same as a property of old.
fn field<'a>(context: &Context<'a, '_>, page: &mut Page, name: &str) -> Found<'a> {
    let is_field = |class: ClassRef<'a>| {
        let mut ancestry = class.known_ancestry().into_iter();
        ancestry.any(|it| it.is_interpreters() && it.name() == "tuple")
            && class.winner(name).is_some()
    };
    let class = holder(context, &is_field)?;
    let place = class
        .winner(name)
        .and_then(|it| it.place())
        .or_else(|| class.place());
    page.push(
        Line::text(vec![Span::plain(format!(
            "  `{name}` is a field of the tuple {}: fields stay as they are",
            class.name()
        ))])
        .to(place_link(context.analysis, place)),
    );
    say(
        page,
        format!("`_replace({name}=…)` makes another one with the new value"),
    );
    Some((class, Verdict::Explained))
}

/// A property that overrides another takes all of it away.
fn hides(
    page: &mut Page,
    found: Definition<'_>,
    hidden: Definition<'_>,
    name: &str,
    function: &str,
) {
    let analysis = found.class.analysis();
    let at = hidden
        .place()
        .map_or_else(String::new, |it| format!(" ({})", analysis.say_place(it)));
    page.push(
        Line::text(vec![Span::new(
            format!(
                "  that of {}{at} has one: a new property in {} takes its place whole, with every function",
                hidden.class.name(),
                found.class.name()
            ),
            Role::Warning,
        )])
        .to(place_link(analysis, hidden.place())),
    );
    if function == "setter" {
        say(
            page,
            format!(
                "`@{}.{name}.getter` in {} keeps the others",
                hidden.class.name(),
                found.class.name()
            ),
        );
    }
}

fn read_only<'a>(context: &Context<'a, '_>, page: &mut Page, class: &str, name: &str) -> Found<'a> {
    let (class, _) = context.called(class, &|it| it.winner(name).is_some())?;
    let analysis = context.analysis;
    if let Some(found) = class.winner(name) {
        let at = found
            .place()
            .map_or_else(String::new, |it| format!(" ({})", analysis.say_place(it)));
        page.push(
            Line::text(vec![Span::plain(format!(
                "  `{name}` is a value of the class {}{at}",
                found.class.name()
            ))])
            .to(place_link(analysis, found.place())),
        );
    }
    if has_dict(class) {
        say(
            page,
            "mroscope sees no reason: instances have a __dict__ that could hold another",
        );
        return Some((class, Verdict::NoReason));
    }
    no_room(page, class, name);
    Some((class, Verdict::Explained))
}

fn not_writable<'a>(
    context: &Context<'a, '_>,
    page: &mut Page,
    class: Option<&str>,
    name: Option<&str>,
) -> Found<'a> {
    let name = name.or_else(|| written_name(context.source()))?;
    let has = |class: ClassRef<'a>| {
        class.winner(name).is_some_and(|it| {
            matches!(
                it.member.kind,
                MemberKind::Getset | MemberKind::DataDescriptor | MemberKind::Slot
            )
        })
    };
    // The object may be of a class that derives from the one that is named.
    let owner = class
        .and_then(|class| context.called(class, &has))
        .map(|it| it.0);
    let derived = holder(context, &|it| {
        has(it) && owner.is_none_or(|owner| it.known_ancestry().contains(&owner))
    });
    let class = derived.or(owner)?;
    let giver = class.winner(name).map_or(class, |it| it.class);
    say(
        page,
        format!(
            "`{name}` is kept by {}, in C, which takes no other value",
            giver.name()
        ),
    );
    if giver != class {
        say(
            page,
            format!("{} inherits it; another name would be free", class.name()),
        );
    }
    Some((class, Verdict::Explained))
}

fn immutable<'a>(context: &Context<'a, '_>, page: &mut Page, class: &str) -> Found<'a> {
    let (class, _) = context.called(class, &|_| true)?;
    say(
        page,
        format!(
            "{} is made in C: its attributes cannot be changed, those of a class that derives from it can",
            class.name()
        ),
    );
    Some((class, Verdict::Explained))
}

/// `cannot assign to field 'x'`: a `__setattr__` that `dataclass(frozen=True)` makes.
fn frozen<'a>(context: &Context<'a, '_>, page: &mut Page, name: &str) -> Found<'a> {
    let fits = |class: ClassRef<'a>| {
        let is_guarded = class
            .winner("__setattr__")
            .is_some_and(|it| it.class.id() != context.analysis.classes.object());
        let has = class.winner(name).is_some()
            || class.known_ancestry().into_iter().any(|it| {
                it.annotated().iter().any(|one| one.name == name)
                    || it.assigned().iter().any(|one| one.name == name)
            });
        is_guarded && has
    };
    let class = holder(context, &fits)?;
    let guard = class.winner("__setattr__").map_or(class, |it| it.class);
    page.push(
        Line::text(vec![Span::plain(format!(
            "  {} is a frozen dataclass: its __setattr__ refuses every field once __init__ is done",
            guard.name()
        ))])
        .to(place_link(context.analysis, guard.place())),
    );
    say(
        page,
        "dataclasses.replace makes another object with the new value",
    );
    Some((class, Verdict::Explained))
}

/// `cannot reassign member 'RED'`.
fn member<'a>(context: &Context<'a, '_>, page: &mut Page, name: Option<&str>) -> Found<'a> {
    let name = name.or_else(|| written_name(context.source()))?;
    let is_enum = |class: ClassRef<'a>| {
        class.members().contains_key(name)
            && class
                .metaclass()
                .is_some_and(|it| matches!(it.name(), "EnumMeta" | "EnumType"))
    };
    let class = holder(context, &is_enum)?;
    let place = class.members().get(name).and_then(|it| it.place);
    let at = place.map_or_else(String::new, |it| {
        format!(" ({})", context.analysis.say_place(it))
    });
    page.push(
        Line::text(vec![Span::plain(format!(
            "  `{name}` is a member of the enumeration {}{at}: members stay",
            class.name()
        ))])
        .to(place_link(context.analysis, place)),
    );
    Some((class, Verdict::Explained))
}

fn no_cache<'a>(context: &Context<'a, '_>, page: &mut Page, class: &str, name: &str) -> Found<'a> {
    let (class, _) = context.called(class, &|it| it.winner(name).is_some())?;
    let found = class.winner(name);
    let place = found.and_then(|it| it.place());
    page.push(
        Line::text(vec![Span::plain(format!(
            "  `{name}` is a cached_property: it keeps its value in the instance's __dict__"
        ))])
        .to(place_link(context.analysis, place)),
    );
    if has_dict(class) {
        say(page, "mroscope sees no reason: instances have a __dict__");
        return Some((class, Verdict::NoReason));
    }
    no_room(page, class, "__dict__");
    Some((class, Verdict::Explained))
}
