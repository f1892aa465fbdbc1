//! The *lookup* page: what Python does to get at an attribute of a class, step by step, and what answers.

mod doubt;
mod ending;
mod given;
mod steps;

use rustc_hash::FxHashSet;

use crate::Name;
use crate::analysis::ClassRef;
use crate::semantics::{Access, AccessStep, ClassId, Outcome, Trace, is_identifier, is_keyword};
use crate::view::near::nearest;
use crate::view::words;
use crate::view::{Column, Line, Link, Page, Role, Span, Way};

/// What is known of the accesses to an attribute.
#[derive(Debug, Clone, Copy)]
pub enum Told<'a> {
    /// The run has been asked, and has not answered yet.
    Asked,
    /// The run can say nothing of the attributes of this class.
    Nothing,
    /// What each access does.
    Traces(&'a [Trace]),
}

/// Says what the accesses to an attribute do: those of one way, or all.
pub fn lookup(class: ClassRef<'_>, name: &str, told: Told<'_>, way: Option<Way>) -> Page {
    let mut page = words::about(class);
    let unwritable = say_unwritable(name);
    page.title.insert(
        1,
        Span::plain(match unwritable {
            None => format!(".{name}"),
            Some(_) => format!(" {name:?}"),
        }),
    );
    if let Some(said) = unwritable {
        page.push(Line::text(vec![Span::new(said, Role::Warning)]));
    }
    let traces = match told {
        Told::Asked => {
            page.push(Line::text(vec![Span::faint(
                "being worked out: the answer comes by itself",
            )]));
            return page;
        }
        Told::Nothing => {
            page.push(
                Line::text(vec![
                    Span::new("○ ", Role::Unknown),
                    Span::plain(untraced(class, name)),
                ])
                .to(words::class_link(class)),
            );
            return page;
        }
        Told::Traces(traces) => traces,
    };
    if let Some(way) = way {
        page.push(ways(way, traces));
    }
    if let Some(line) = only_getattr(class, name, traces) {
        page.push(line);
    }
    given::push(&mut page, class, name);
    if is_unheard_of(class, name, traces) {
        unheard_of(&mut page, class, name);
    }
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
    let mut rest = traces;
    while let [trace, others @ ..] = rest {
        let same = others
            .iter()
            .take_while(|other| comes_to_the_same(trace, other))
            .count();
        if way.is_none_or(|way| way == Way::of(trace.access)) {
            page.heading(&written(class, name, &rest[..=same]));
            steps::push(&mut page, class, table, trace);
            page.push(ending::answer(class, name, trace));
            ending::push_unreached(&mut page, class, name, trace);
            if let Some(line) = doubt::supposed(class, trace) {
                page.push(line);
            }
        }
        rest = &others[same..];
    }
    page
}

/// The ways there are, the open one marked.
fn ways(open: Way, traces: &[Trace]) -> Line {
    let mut spans = vec![];
    for way in Way::ALL {
        let count = traces
            .iter()
            .filter(|trace| Way::of(trace.access) == way)
            .count();
        let word = match way {
            Way::Super => format!("{} {count}", way.word()),
            _ => way.word().to_owned(),
        };
        spans.push(if way == open {
            Span::new(format!("‹{word}›"), Role::Heading)
        } else {
            Span::faint(format!(" {word} "))
        });
    }
    Line::text(spans)
}

/// Some accesses as a program writes them.
fn written(class: ClassRef<'_>, name: &str, traces: &[Trace]) -> String {
    let of = class.name();
    let without = format!("where obj.__dict__ has no `{name}`");
    let is_writable = say_unwritable(name).is_none();
    let read = |of: &str| {
        if is_writable {
            format!("{of}.{name}")
        } else {
            format!("getattr({of}, {name:?})")
        }
    };
    let write = |of: &str| {
        if is_writable {
            format!("{of}.{name} = value")
        } else {
            format!("setattr({of}, {name:?}, value)")
        }
    };
    let delete = |of: &str| {
        if is_writable {
            format!("del {of}.{name}")
        } else {
            format!("delattr({of}, {name:?})")
        }
    };
    let asks = traces[0]
        .steps
        .iter()
        .any(|step| step.depth == 0 && matches!(step.does, AccessStep::Dict { has: false }));
    let is_told_apart = asks && (traces[0].doubt.is_some() || given::is_meant(class, name));
    match traces[0].access {
        Access::Read if traces.len() > 1 => format!("{}, whatever obj.__dict__ has", read("obj")),
        Access::Read if is_told_apart => format!("{}, {without}", read("obj")),
        Access::Read => read("obj"),
        Access::ReadDict => format!("{}, with `{name}` in obj.__dict__", read("obj")),
        Access::Write => write("obj"),
        Access::Delete if traces.len() > 1 => {
            format!("{}, whatever obj.__dict__ has", delete("obj"))
        }
        Access::Delete if is_told_apart => format!("{}, {without}", delete("obj")),
        Access::Delete => delete("obj"),
        Access::DeleteDict => format!("{}, with `{name}` in obj.__dict__", delete("obj")),
        Access::ClassRead => read(of),
        Access::ClassWrite => write(of),
        Access::ClassDelete => delete(of),
        Access::SuperRead { .. } => {
            let names: Vec<&str> = traces
                .iter()
                .filter_map(|trace| match trace.access {
                    Access::SuperRead { after } => Some(class.analysis().class(after).name()),
                    _ => None,
                })
                .collect();
            format!("{} from {}", read("super()"), names.join(", "))
        }
    }
}

/// Whether two accesses that differ in little can be told as one: a data descriptor does not care for an entry in `__dict__`, and what
/// `super()` finds is mostly the same from several classes in a row.
fn comes_to_the_same(one: &Trace, other: &Trace) -> bool {
    let are_akin = matches!(
        (one.access, other.access),
        (Access::Read, Access::ReadDict)
            | (Access::Delete, Access::DeleteDict)
            | (Access::SuperRead { .. }, Access::SuperRead { .. })
    );
    are_akin
        && one.steps == other.steps
        && one.raised == other.raised
        && one.is_known == other.is_known
        && one.doubt == other.doubt
}

/// Why nothing is known of a class's attributes.
pub fn untraced(class: ClassRef<'_>, name: &str) -> String {
    let path = class.path();
    let why = match class.outcome() {
        Outcome::Raises(_) => "is never made: its statement raises",
        Outcome::Unknown { .. } => "is not known whole",
        Outcome::Created(_) => "is the interpreter's own",
    };
    format!("what `{name}` comes to cannot be said: `{path}` {why}")
}

/// Whether nothing provides the attribute, no code answers for it, and no method gives it to instances.
pub fn is_unheard_of(class: ClassRef<'_>, name: &str, traces: &[Trace]) -> bool {
    if given::is_meant(class, name) {
        return false;
    }
    let is_plain = traces.iter().all(|trace| {
        trace.is_known
            && (trace.doubt.is_none() || class.is_interpreters())
            && !trace.steps.iter().any(|step| {
                matches!(
                    step.does,
                    AccessStep::Found { .. }
                        | AccessStep::Fallback { .. }
                        | AccessStep::Override { .. }
                )
            })
    });
    let read = traces.iter().find(|trace| trace.access == Access::Read);
    is_plain && read.is_some_and(|trace| trace.raised.is_some())
}

/// The attribute of a class whose name is spelled most like this one.
pub fn near_attribute<'a>(class: ClassRef<'a>, name: &str) -> Option<&'a str> {
    let known: FxHashSet<&str> = class
        .known_ancestry()
        .into_iter()
        .flat_map(|ancestor| {
            let assigned = ancestor.assigned().iter();
            let assigned = assigned.filter(|it| !it.is_pattern).map(|it| &it.name);
            let annotated = ancestor.annotated().iter().map(|it| &it.name);
            ancestor.members().keys().chain(assigned).chain(annotated)
        })
        .map(Name::as_str)
        .collect();
    nearest(name, known)
}

/// That no dot reaches an attribute of this name, in words; none for a name that can stand behind one (language reference 6.3.1).
///
/// ```py
/// setattr(Order, "3x", 1)
/// getattr(Order, "3x")  # 1, and `Order.3x` is a SyntaxError
/// ```
pub fn say_unwritable(name: &str) -> Option<String> {
    let is = if !is_identifier(name) {
        "is no identifier"
    } else if is_keyword(name) {
        "is a keyword"
    } else {
        return None;
    };
    Some(format!(
        "`{name}` {is}: only getattr(obj, {name:?}) can reach such an attribute, never a dot"
    ))
}

/// That nothing gives a class an attribute, in words.
pub fn say_unheard_of(class: ClassRef<'_>, name: &str) -> String {
    format!("nothing gives `{}` an attribute `{name}`", class.path())
}

fn unheard_of(page: &mut Page, class: ClassRef<'_>, name: &str) {
    page.push(Line::text(vec![Span::new(
        say_unheard_of(class, name),
        Role::Warning,
    )]));
    if let Some(near) = near_attribute(class, name) {
        let link = Link::Attribute(near.into());
        page.push(
            Line::text(vec![
                Span::plain("did you mean "),
                Span::new(near, Role::Method),
                Span::plain("?"),
            ])
            .to(Some(link)),
        );
    }
}

/// Says where no class has the name and only `__getattr__` is left to answer.
fn only_getattr(class: ClassRef<'_>, name: &str, traces: &[Trace]) -> Option<Line> {
    let read = traces.iter().find(|trace| trace.access == Access::Read)?;
    let own = || read.steps.iter().filter(|step| step.depth == 0);
    let is_found = own().any(|step| {
        matches!(
            step.does,
            AccessStep::Found { .. } | AccessStep::Dict { has: true }
        )
    });
    let asked: ClassId = own().find_map(|step| match step.does {
        AccessStep::Fallback { on } => Some(on),
        _ => None,
    })?;
    if is_found || given::is_given(class, name) {
        return None;
    }
    let asked = &class.analysis().class(asked).path().qualname;
    Some(Line::text(vec![Span::plain(format!(
        "no class has `{name}`, and no instance was seen to have it: only {asked}.__getattr__ can answer"
    ))]))
}
