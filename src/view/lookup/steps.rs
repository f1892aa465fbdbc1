//! The steps of an access in words, each with the place it speaks of.

use std::ops::Range;

use crate::Name;
use crate::analysis::{Analysis, ClassRef, Definition};
use crate::semantics::{Access, AccessStep, ClassId, DescriptorKind, Trace, TraceStep};
use crate::source::Place;
use crate::view::lookup::ending;
use crate::view::words::{class_link, count, place_link, short_place};
use crate::view::{Line, Link, Page, Role, Span};

/// Steps that are shown of one access: code that runs for long takes more than anybody reads.
const MOST: usize = 60;

/// Steps that are shown of those that code takes inside of an access, so that what comes of it stays in sight.
const MOST_INSIDE: usize = 12;

/// Lists the steps of an access; the one that answers is marked.
pub(super) fn push(page: &mut Page, class: ClassRef<'_>, table: usize, trace: &Trace) {
    let analysis = class.analysis();
    let answering = ending::answering(trace);
    // The attribute that each call in the others is after.
    let mut after: Vec<&Name> = vec![];
    let cycle = recursion(trace);
    let shown = cycle.as_ref().map_or(MOST, |cycle| cycle.end.min(MOST));
    let (mut inside, mut left_out) = (0, 0);
    for (at, step) in trace.steps.iter().take(shown).enumerate() {
        inside += usize::from(step.depth > 0);
        if step.depth > 0 && inside > MOST_INSIDE && cycle.is_none() {
            left_out += 1;
            continue;
        }
        left_out_line(page, std::mem::take(&mut left_out));
        if let AccessStep::Default { name, .. } = &step.does {
            after.truncate(step.depth as usize);
            after.push(name);
        }
        let is_super = step.depth == 0 && matches!(trace.access, Access::SuperRead { .. });
        let said = match &step.does {
            AccessStep::Absent { along, .. } if is_super => behind(analysis, *along),
            does => say(analysis, does, after.last().copied()),
        };
        let mut words = vec![Span::new(
            format!("{}{}", "  ".repeat(step.depth.min(8) as usize), said.text),
            role(&step.does),
        )];
        if answering == Some(at) && ending::is_read(trace.access) {
            words.push(Span::new(" ← answers", Role::Taken));
        }
        let place = said
            .place
            .map_or_else(String::new, |place| short_place(analysis, place));
        let cells = vec![
            vec![Span::faint((at + 1).to_string())],
            words,
            vec![Span::faint(place)],
        ];
        page.push(Line::row(table, cells).to(said.link(analysis)));
    }
    let beyond = trace.steps.len().saturating_sub(MOST);
    if cycle.is_none() {
        left_out_line(page, left_out + beyond);
    }
    if let Some(cycle) = cycle.filter(|cycle| cycle.end <= MOST) {
        page.push(Line::text(vec![Span::faint(format!(
            "   … and so on, {} to {} inside of themselves, until RecursionError",
            cycle.start + 1,
            cycle.end
        ))]));
    }
}

/// That so many steps of code that runs are not shown.
fn left_out_line(page: &mut Page, steps: usize) {
    if steps > 0 {
        let more = count(steps, "more step", "more steps");
        page.push(Line::text(vec![Span::faint(format!(
            "   … and {more} of the code that runs"
        ))]));
    }
}

/// The first steps of those that come inside of themselves again and again, as far as the access was followed.
pub(super) fn recursion(trace: &Trace) -> Option<Range<usize>> {
    let steps = &trace.steps;
    if trace.is_known {
        return None;
    }
    let calls = |step: &TraceStep| matches!(step.does, AccessStep::Call { .. });
    let starts = steps.iter().enumerate().take(MOST);
    for (start, first) in starts.filter(|(_, step)| calls(step)) {
        let mut after = steps.iter().enumerate().skip(start + 1).take(MOST);
        let Some((end, again)) = after.find(|(_, step)| step.does == first.does) else {
            continue;
        };
        let length = end - start;
        let goes_on = steps[end..]
            .iter()
            .zip(&steps[start..])
            .all(|(later, step)| later.does == step.does);
        if again.depth > first.depth && goes_on && steps.len() - start >= 4 * length {
            return Some(start..end);
        }
    }
    None
}

fn role(step: &AccessStep) -> Role {
    match step {
        AccessStep::Call { .. } | AccessStep::Override { .. } | AccessStep::Fallback { .. } => {
            Role::Method
        }
        AccessStep::Absent { .. } | AccessStep::NoDict | AccessStep::Dict { has: false } => {
            Role::Faint
        }
        _ => Role::Plain,
    }
}

/// A step in words, and what they speak of.
struct Said {
    text: String,
    place: Option<Place>,
    class: Option<ClassId>,
}

impl Said {
    fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            place: None,
            class: None,
        }
    }

    fn of(mut self, class: ClassId) -> Self {
        self.class = Some(class);
        self
    }

    fn at(mut self, place: Option<Place>) -> Self {
        self.place = place;
        self
    }

    fn link(&self, analysis: &Analysis) -> Option<Link> {
        place_link(analysis, self.place).or_else(|| class_link(analysis.class(self.class?)))
    }
}

/// That `super()` has found nothing behind the class it was called from.
fn behind(analysis: &Analysis, along: ClassId) -> Said {
    let of = &analysis.class(along).path().qualname;
    Said::text(format!("no later class of the MRO of {of} has it")).of(along)
}

fn say(analysis: &Analysis, step: &AccessStep, after: Option<&Name>) -> Said {
    let named = |id: ClassId| &analysis.class(id).path().qualname;
    let own = |id: ClassId, name: &str| {
        let class = analysis.class(id);
        let member = class.members().get(name)?;
        Definition { class, member }.place()
    };
    let side = |on_metaclass: bool| {
        if on_metaclass {
            " on the metaclass's side"
        } else {
            ""
        }
    };
    match step {
        AccessStep::Override { on, method } => {
            Said::text(format!("{}.{method} takes over", named(*on)))
                .of(*on)
                .at(own(*on, method))
        }
        AccessStep::Default { of, method, name } => {
            Said::text(format!("{of}.{method} looks for `{name}`"))
        }
        AccessStep::Found {
            on,
            kind,
            on_metaclass,
        } => Said::text(format!(
            "{} has it{}: {}",
            named(*on),
            side(*on_metaclass),
            say_kind(*kind)
        ))
        .of(*on)
        .at(after.and_then(|name| own(*on, name))),
        AccessStep::Absent {
            along,
            on_metaclass,
        } => Said::text(format!(
            "no class along the MRO of {} has it{}",
            named(*along),
            side(*on_metaclass)
        ))
        .of(*along),
        AccessStep::Dict { has: true } => Said::text("it is in __dict__"),
        AccessStep::Dict { has: false } => Said::text("it is not in __dict__"),
        AccessStep::NoDict => Said::text("instances have no __dict__"),
        AccessStep::Slot { on, has } => Said::text(if *has {
            format!("the slot of {} holds a value", named(*on))
        } else {
            format!("the slot of {} is empty", named(*on))
        })
        .of(*on)
        .at(own(*on, "__slots__")),
        AccessStep::Descriptor { of, method } => match of {
            Some(of) => {
                let found = analysis.class(*of).winner(method);
                Said::text(format!("{}.{method} is called", named(*of)))
                    .of(*of)
                    .at(found.and_then(|found| found.member.place))
            }
            None => Said::text(format!("{method} is called")),
        },
        AccessStep::Value => Said::text("it is given as it is"),
        AccessStep::Stored => Said::text("__dict__ is changed"),
        AccessStep::Fallback { on } => Said::text(format!(
            "AttributeError: {}.__getattr__ is asked",
            named(*on)
        ))
        .of(*on)
        .at(own(*on, "__getattr__")),
        AccessStep::Call {
            module,
            qualname,
            place,
        } => Said::text(format!("runs {module}:{qualname}")).at(*place),
    }
}

fn say_kind(kind: DescriptorKind) -> &'static str {
    match kind {
        DescriptorKind::Data => "a data descriptor, which wins over __dict__",
        DescriptorKind::NonData => "a non-data descriptor, over which __dict__ wins",
        DescriptorKind::None => "no descriptor, so __dict__ wins over it",
        DescriptorKind::Unknown => "of a kind that is not known",
    }
}
