//! *Why*: what Python does to get at an attribute, step by step, in words.

use crate::analysis::{Analysis, ClassRef};
use crate::semantics::{Access, AccessStep, ClassId, DescriptorKind, Trace};
use crate::source::Place;
use crate::view::words::{self, place_link, short_place};
use crate::view::{Column, Line, Page, Role, Span};

/// Says what each of these accesses does.
pub fn why(class: ClassRef<'_>, name: &str, traces: &[&Trace]) -> Page {
    let mut page = words::about(class);
    page.title.insert(1, Span::plain(format!(".{name}")));
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
    for trace in traces {
        page.heading(&written(trace.access, class.name(), name));
        for (number, step) in trace.steps.iter().enumerate() {
            page.push(row(class.analysis(), table, number + 1, step));
        }
        page.push(end(trace));
    }
    page
}

/// The access as a program writes it.
fn written(access: Access, class: &str, name: &str) -> String {
    match access {
        Access::Read => format!("obj.{name}"),
        Access::ReadDict => format!("obj.{name}, with `{name}` in obj.__dict__"),
        Access::Write => format!("obj.{name} = value"),
        Access::Delete => format!("del obj.{name}"),
        Access::DeleteDict => format!("del obj.{name}, with `{name}` in obj.__dict__"),
        Access::ClassRead => format!("{class}.{name}"),
        Access::ClassWrite => format!("{class}.{name} = value"),
        Access::ClassDelete => format!("del {class}.{name}"),
        Access::SuperRead => format!("super({class}, obj).{name}"),
    }
}

fn row(analysis: &Analysis, table: usize, number: usize, step: &AccessStep) -> Line {
    let (said, place) = say(analysis, step);
    let role = match step {
        AccessStep::Call { .. } | AccessStep::Override { .. } | AccessStep::Fallback { .. } => {
            Role::Method
        }
        AccessStep::Absent { .. } | AccessStep::NoDict => Role::Faint,
        _ => Role::Plain,
    };
    Line::row(
        table,
        vec![
            vec![Span::faint(number.to_string())],
            vec![Span::new(said, role)],
            vec![Span::faint(place.map_or_else(String::new, |place| {
                short_place(analysis, place)
            }))],
        ],
    )
    .to(place_link(analysis, place))
}

/// A step in words, and where what it speaks of stands.
fn say(analysis: &Analysis, step: &AccessStep) -> (String, Option<Place>) {
    let named = |id: ClassId| analysis.class(id).path().qualname.clone();
    let side = |on_metaclass: bool| {
        if on_metaclass {
            " on the metaclass's side"
        } else {
            ""
        }
    };
    let said = match step {
        AccessStep::Override { on, method } => {
            let member = analysis.class(*on).members().get(*method);
            let place = member.and_then(|member| member.place);
            return (format!("{}.{method} takes over", named(*on)), place);
        }
        AccessStep::Default { of, method, name } => format!("{of}.{method} is after `{name}`"),
        AccessStep::Found {
            on,
            kind,
            on_metaclass,
        } => format!(
            "{} has it{}: {}",
            named(*on),
            side(*on_metaclass),
            say_kind(*kind)
        ),
        AccessStep::Absent {
            along,
            on_metaclass,
        } => format!(
            "no class along the MRO of {} has it{}",
            named(*along),
            side(*on_metaclass)
        ),
        AccessStep::Dict { has: true } => "it is in __dict__".into(),
        AccessStep::Dict { has: false } => "it is not in __dict__".into(),
        AccessStep::NoDict => "instances have no __dict__".into(),
        AccessStep::Slot { on, has: true } => format!("the slot of {} holds a value", named(*on)),
        AccessStep::Slot { on, has: false } => format!("the slot of {} is empty", named(*on)),
        AccessStep::Descriptor { of, method } => match of {
            Some(of) => format!("{}.{method} is called", named(*of)),
            None => format!("{method} is called"),
        },
        AccessStep::Value => "it is given as it is".into(),
        AccessStep::Stored => "__dict__ is changed".into(),
        AccessStep::Fallback { on } => {
            let member = analysis.class(*on).members().get("__getattr__");
            let place = member.and_then(|member| member.place);
            let said = format!("AttributeError: {}.__getattr__ is asked", named(*on));
            return (said, place);
        }
        AccessStep::Call {
            module,
            qualname,
            place,
        } => return (format!("runs {module}:{qualname}"), *place),
    };
    (said, None)
}

fn say_kind(kind: DescriptorKind) -> &'static str {
    match kind {
        DescriptorKind::Data => "a data descriptor, which wins over __dict__",
        DescriptorKind::NonData => "a non-data descriptor, over which __dict__ wins",
        DescriptorKind::None => "no descriptor, so __dict__ wins over it",
        DescriptorKind::Unknown => "of a kind that is not known",
    }
}

/// What comes of it.
fn end(trace: &Trace) -> Line {
    let (said, role) = match &trace.raised {
        _ if !trace.is_known => ("○ from here on it is not known".to_owned(), Role::Unknown),
        Some(raised) => {
            let message = raised.message.as_deref().unwrap_or("…");
            (format!("✗ {}: {message}", raised.kind), Role::Error)
        }
        None => ("● done".to_owned(), Role::Exact),
    };
    Line::text(vec![Span::new(said, role)])
}
