//! Why an access cannot be followed, in words.

use crate::analysis::ClassRef;
use crate::semantics::{Doubt, Trace, Unmade};
use crate::view::lookup::steps;
use crate::view::{Line, Role, Span};

/// What an access that is not known fails at.
pub(super) fn why(class: ClassRef<'_>, trace: &Trace) -> String {
    if steps::recursion(trace).is_some() {
        return "the same calls come inside of themselves until something gives up".to_owned();
    }
    match &trace.doubt {
        Some(Doubt::Instance(unmade) | Doubt::Absent(unmade)) => format!(
            "it asks for what the instance holds, and {}",
            unmade_because(class, unmade)
        ),
        Some(Doubt::Gap(gap)) => class.analysis().say_gap(gap),
        Some(Doubt::Remade) => {
            "a metaclass without source may have put other things into the class".to_owned()
        }
        Some(Doubt::Value(takes)) => {
            format!("it takes {takes}, and raises TypeError for anything else")
        }
        Some(Doubt::NotFollowed | Doubt::Another) | None => {
            "the rest is done by code that is not followed, or made in C".to_owned()
        }
    }
}

/// What had to be supposed of the instance, where its `__dict__` is not known.
pub(super) fn supposed(class: ClassRef<'_>, trace: &Trace) -> Option<Line> {
    let (what, said) = match trace.doubt.as_ref().filter(|_| trace.is_known)? {
        Doubt::Absent(unmade) => (
            "obj.__dict__",
            format!("may have an entry: {}", unmade_because(class, unmade)),
        ),
        Doubt::Another => {
            let of = class.name();
            (
                "obj",
                format!("is taken to be of {of} itself; {of}() may give an instance of a subclass"),
            )
        }
        _ => return None,
    };
    Some(Line::text(vec![
        Span::faint("·  "),
        Span::new(what, Role::Unknown),
        Span::faint(format!("  {said}")),
    ]))
}

fn unmade_because(class: ClassRef<'_>, unmade: &Unmade) -> String {
    let made = format!("{}()", class.name());
    match unmade {
        Unmade::Raises(error) => match &error.message {
            Some(message) => format!("{made} raises {}: {message}", error.kind),
            None => format!("{made} raises {}", error.kind),
        },
        Unmade::Gap(gap) => format!(
            "{made} cannot be followed: {}",
            class.analysis().say_gap(gap)
        ),
        Unmade::Unseen if class.is_interpreters() => {
            format!(
                "no instance of the interpreter's {} is made here",
                class.name()
            )
        }
        Unmade::Unseen => format!("what {made} puts there is not followed to its end"),
    }
}
