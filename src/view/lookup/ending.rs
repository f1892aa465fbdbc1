//! What an access comes to, which step answers, and what is never reached because of that.

use crate::analysis::{ClassRef, Definition};
use crate::semantics::{Access, AccessStep, ClassId, DescriptorKind, Doubt, MemberKind, Trace};
use crate::view::lookup::doubt;
use crate::view::words::{class_link, place_link};
use crate::view::{Line, Page, Role, Span};

/// The step whose object, or whose method, gives the answer; none where an exception does, or where it is not known.
pub(super) fn answering(trace: &Trace) -> Option<usize> {
    if !trace.is_known || trace.raised.is_some() {
        return None;
    }
    trace.steps.iter().rposition(|step| {
        step.depth == 0
            && matches!(
                step.does,
                AccessStep::Override { .. }
                    | AccessStep::Fallback { .. }
                    | AccessStep::Found { .. }
                    | AccessStep::Descriptor { .. }
                    | AccessStep::Dict { has: true }
                    | AccessStep::Slot { .. }
                    | AccessStep::Stored
            )
    })
}

/// What comes of an access.
pub(super) fn answer(class: ClassRef<'_>, name: &str, trace: &Trace) -> Line {
    let (said, role) = match &trace.raised {
        _ if matches!(trace.doubt, Some(Doubt::Value(_))) => (
            format!("○ that depends on the value: {}", doubt::why(class, trace)),
            Role::Unknown,
        ),
        _ if !trace.is_known => (
            format!(
                "○ from here on it is not known: {}",
                doubt::why(class, trace)
            ),
            Role::Unknown,
        ),
        Some(raised) => {
            let said = match raised.message.as_deref() {
                Some("") => raised.kind.to_string(),
                message => format!("{}: {}", raised.kind, message.unwrap_or("…")),
            };
            (format!("✗ {said}"), Role::Error)
        }
        None => (format!("● {}", gives(class, name, trace)), Role::Exact),
    };
    let mut spans = vec![Span::new(said, role)];
    if let Some(side) = side(class, name, trace) {
        spans.push(Span::plain(format!("; {side}")));
    }
    Line::text(spans)
}

/// What an access that ends well gives or does.
fn gives(class: ClassRef<'_>, name: &str, trace: &Trace) -> String {
    let named = |id: ClassId| &class.analysis().class(id).path().qualname;
    let Some(at) = answering(trace) else {
        return "done".to_owned();
    };
    let is_read = is_read(trace.access);
    // `cached_property` keeps what its function returned.
    let runs = trace.steps[..=at]
        .iter()
        .rev()
        .find_map(|step| match &step.does {
            AccessStep::Call { qualname, .. } if step.depth == 0 => Some(qualname),
            _ => None,
        });
    match &trace.steps[at].does {
        AccessStep::Stored if is_read => match runs {
            Some(function) => format!("what {function} returns, kept in obj.__dict__ from now on"),
            None => "what is kept in obj.__dict__ from now on".to_owned(),
        },
        AccessStep::Override { on, method } if is_read => {
            format!("what {}.{method} returns", named(*on))
        }
        AccessStep::Fallback { on } => format!("what {}.__getattr__ returns", named(*on)),
        AccessStep::Descriptor {
            of: Some(of),
            method,
        } if is_read => {
            // A `property` hands on what its function returns.
            let mut after = trace.steps[at..].iter();
            let hands_on = class.analysis().class(*of).is_interpreters();
            let runs = after.find_map(|step| match &step.does {
                AccessStep::Call { qualname, .. } if hands_on && step.depth == 0 => Some(qualname),
                _ => None,
            });
            match runs {
                Some(function) => format!("what {function} returns"),
                None => format!("what {}.{method} returns", named(*of)),
            }
        }
        AccessStep::Dict { .. } => "the entry of obj.__dict__".to_owned(),
        AccessStep::Slot { on, .. } if is_read => format!("what the slot of {} holds", named(*on)),
        AccessStep::Slot { on, .. } => match trace.access {
            Access::Delete | Access::DeleteDict => {
                format!("the slot of {} is empty now", named(*on))
            }
            _ => format!("stored in the slot of {}", named(*on)),
        },
        AccessStep::Stored => match trace.access {
            Access::Write => "stored in obj.__dict__".to_owned(),
            Access::Delete | Access::DeleteDict => "taken out of obj.__dict__".to_owned(),
            Access::ClassWrite => format!("stored in {}.__dict__", class.name()),
            Access::ClassDelete => format!("taken out of {}.__dict__", class.name()),
            _ => "done".to_owned(),
        },
        AccessStep::Found { on, .. } => {
            let found = class.analysis().class(*on);
            let member = found.members().get(name);
            let bound = if trace.access.is_on_class() {
                ""
            } else {
                ", bound to obj"
            };
            match member.map(|member| member.kind) {
                Some(
                    MemberKind::Function
                    | MemberKind::Generator
                    | MemberKind::AsyncFunction
                    | MemberKind::AsyncGenerator
                    | MemberKind::BuiltinMethod,
                ) => format!("the function of {}{bound}", named(*on)),
                Some(MemberKind::Classmethod) => {
                    format!("the function of {}, bound to the class", named(*on))
                }
                Some(MemberKind::Staticmethod) => {
                    format!("the function of {}, bound to nothing", named(*on))
                }
                Some(MemberKind::Property | MemberKind::CachedProperty | MemberKind::Slot) => {
                    format!("the descriptor of {} itself", named(*on))
                }
                _ => format!("the value that {} has", named(*on)),
            }
        }
        _ => "done".to_owned(),
    }
}

pub(super) fn is_read(access: Access) -> bool {
    matches!(
        access,
        Access::Read | Access::ReadDict | Access::ClassRead | Access::SuperRead { .. }
    )
}

/// What was found on the two sides of `C.x`: first the metaclass's, then the class's where it was looked at.
fn sides(trace: &Trace) -> (Option<DescriptorKind>, Option<bool>) {
    let (mut above, mut own) = (None, None);
    for step in trace.steps.iter().filter(|step| step.depth == 0) {
        match step.does {
            AccessStep::Found {
                kind,
                on_metaclass: true,
                ..
            } => above = Some(kind),
            AccessStep::Found { .. } => own = Some(true),
            AccessStep::Absent {
                on_metaclass: false,
                ..
            } => own = Some(false),
            _ => {}
        }
    }
    (above, own)
}

/// Which side of a class answers when the class itself is asked, and why.
fn side(class: ClassRef<'_>, name: &str, trace: &Trace) -> Option<String> {
    if trace.access != Access::ClassRead || !trace.is_known {
        return None;
    }
    let is_default = trace
        .steps
        .first()
        .is_some_and(|step| matches!(step.does, AccessStep::Default { of: "type", .. }));
    if !is_default {
        return None;
    }
    let metaclass = class.metaclass().map_or("type", ClassRef::name);
    let said = match sides(trace) {
        (Some(DescriptorKind::Data), None) => format!(
            "the metaclass's side answers: a data descriptor of {metaclass} wins over what the class has"
        ),
        (Some(_), Some(true)) => format!(
            "the class's side answers: what {metaclass} has is no data descriptor, and gives way"
        ),
        (None, Some(true)) => format!("the class's side answers: {metaclass} has no `{name}`"),
        (Some(_), Some(false)) => format!(
            "the metaclass's side answers: no class along the MRO has `{name}`; an instance does not see it"
        ),
        _ => return None,
    };
    Some(said)
}

/// Lists what a later step would have found.
pub(super) fn push_unreached(page: &mut Page, class: ClassRef<'_>, name: &str, trace: &Trace) {
    if !trace.is_known || !is_read(trace.access) {
        return;
    }
    let own: Vec<&AccessStep> = trace
        .steps
        .iter()
        .filter(|step| step.depth == 0)
        .map(|step| &step.does)
        .collect();
    if own
        .iter()
        .any(|step| matches!(step, AccessStep::Override { .. }))
    {
        return;
    }
    let found = own.iter().rev().find_map(|step| match step {
        AccessStep::Found {
            on,
            kind,
            on_metaclass,
        } => Some((*on, *kind, *on_metaclass)),
        _ => None,
    });
    let Some((on, kind, on_metaclass)) = found else {
        return;
    };
    let has_dict = class.made().is_some_and(|made| made.shape.dict);
    let asks_dict = own
        .iter()
        .any(|step| matches!(step, AccessStep::Dict { .. }));
    let is_on_instance = matches!(trace.access, Access::Read | Access::ReadDict);
    if is_on_instance && kind == DescriptorKind::Data && has_dict && !asks_dict {
        push(
            page,
            "obj.__dict__",
            &format!("not reached: an entry `{name}` there is never seen"),
            None,
        );
    }
    if own.contains(&&AccessStep::Dict { has: true }) {
        let found = class.analysis().class(on);
        let definition = found.members().get(name).map(|member| Definition {
            class: found,
            member,
        });
        push(
            page,
            &format!("{}.{name}", found.name()),
            "not reached: the entry hides it",
            definition,
        );
    }
    if on_metaclass
        && !own.iter().any(|step| {
            matches!(
                step,
                AccessStep::Absent {
                    on_metaclass: false,
                    ..
                }
            )
        })
    {
        if let Some(hidden) = class.winner(name) {
            push(
                page,
                &format!("{}.{name}", hidden.class.name()),
                "not reached: the metaclass's side comes first",
                Some(hidden),
            );
        }
        return;
    }
    let is_first = matches!(trace.access, Access::Read | Access::SuperRead { .. });
    let hidden: Vec<Definition<'_>> = class
        .definitions(name)
        .into_iter()
        .skip_while(|definition| definition.class.id() != on)
        .skip(1)
        .collect();
    if let Some(first) = hidden.first().filter(|_| is_first) {
        let names: Vec<String> = hidden
            .iter()
            .map(|definition| format!("{}.{name}", definition.class.name()))
            .collect();
        let by = class.analysis().class(on).name();
        push(
            page,
            &names.join(", "),
            &format!("not reached: {by} comes first in the MRO"),
            Some(*first),
        );
    }
    let asked = class.winner("__getattr__");
    if let Some(fallback) = asked.filter(|_| trace.access == Access::Read && trace.raised.is_none())
        && !own
            .iter()
            .any(|step| matches!(step, AccessStep::Fallback { .. }))
    {
        let of = fallback.class.name();
        push(
            page,
            &format!("{of}.__getattr__"),
            "not reached: it is asked for what is found nowhere",
            Some(fallback),
        );
    }
}

fn push(page: &mut Page, what: &str, why: &str, definition: Option<Definition<'_>>) {
    let link = definition.and_then(|definition| {
        place_link(definition.class.analysis(), definition.place())
            .or_else(|| class_link(definition.class))
    });
    page.push(
        Line::text(vec![
            Span::faint("·  "),
            Span::new(what, Role::Rejected),
            Span::faint(format!("  {why}")),
        ])
        .to(link),
    );
}
