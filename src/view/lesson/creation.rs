//! Lesson 7, what a class statement runs: after what has run so far, what comes next.

use crate::Name;
use crate::analysis::ClassRef;
use crate::evaluate::{Answer, Question};
use crate::load::{Query, Reply};
use crate::semantics::{Creation, CreationDoes, CreationStep, Origin};
use crate::view::lesson::{Ask, Card, Pick, Proof};
use crate::view::words;
use crate::view::{PageKind, Role, Span};

/// How many answers there are to choose from.
const CHOICE: usize = 4;
/// Steps of a statement that are looked at.
const MOST_STEPS: usize = 12;

/// Whether its statement runs more than its body.
pub(super) fn fits(class: ClassRef<'_>) -> Result<(), String> {
    if !matches!(class.origin(), Origin::Statement { .. }) {
        return Err(format!("no class statement makes {}", class.name()));
    }
    if hooks(class) == 0 {
        return Err(format!(
            "the statement of {} runs its body and no hook",
            class.name()
        ));
    }
    Ok(())
}

/// How many hooks written in Python its statement runs.
pub(super) fn hooks(class: ClassRef<'_>) -> usize {
    let has_hook = |of: Option<ClassRef<'_>>, name: &str| {
        let winner = of.and_then(|it| it.winner(name));
        winner.is_some_and(|it| !it.class.is_interpreters())
    };
    let meta = class.metaclass();
    let of_meta = ["__prepare__", "__new__", "__init__"];
    let above = class.bases().into_iter();
    let hooks = of_meta.iter().filter(|it| has_hook(meta, it)).count()
        + usize::from(
            above
                .into_iter()
                .any(|it| has_hook(Some(it), "__init_subclass__")),
        );
    let sets_names = class.members().values().any(|member| {
        let of = member.type_of.map(|it| class.analysis().class(it));
        has_hook(of, "__set_name__")
    });
    hooks + usize::from(sets_names)
}

/// A step that is asked about.
struct Step {
    says: String,
    /// The function that is called in it.
    function: Option<Name>,
}

pub(super) fn cards(class: ClassRef<'_>, ask: &mut Ask<'_>) -> Result<Vec<Card>, String> {
    let query = Query::AtRest(Question::Creation(class.id()));
    let Some(Reply::AtRest(Answer::Creation(story))) = ask.to(query) else {
        return Ok(vec![]);
    };
    let Some(creation) = &story.creation else {
        return Err(format!("the statement of {} was not watched", class.name()));
    };
    if !creation.course.is_exact {
        return Err(format!(
            "it is not known to the letter what the statement of {} runs",
            class.name()
        ));
    }
    let steps = steps(class, creation);
    let cards: Vec<Card> = (0..steps.len().saturating_sub(1))
        .map(|at| card(class, &steps, at))
        .collect();
    if cards.is_empty() {
        return Err(format!(
            "the statement of {} runs too little to have an order",
            class.name()
        ));
    }
    Ok(cards)
}

/// The steps of a statement in order, each kind once.
fn steps(class: ClassRef<'_>, creation: &Creation) -> Vec<Step> {
    let analysis = class.analysis();
    let mut steps: Vec<Step> = vec![];
    let mut inner = 0_usize;
    let events = &creation.course.events;
    for (at, event) in events.iter().enumerate() {
        let step = match &event.does {
            CreationDoes::Statement { .. } => {
                inner += 1;
                continue;
            }
            CreationDoes::End => {
                inner = inner.saturating_sub(1);
                continue;
            }
            CreationDoes::Step(step) if inner == 0 => step,
            CreationDoes::Step(_) | CreationDoes::Call { .. } => continue,
        };
        let function = events.get(at + 1).and_then(|next| match &next.does {
            CreationDoes::Call {
                qualname,
                is_lambda: false,
                ..
            } if step.has_hook() => Some(qualname.clone()),
            _ => None,
        });
        let of = step
            .class()
            .filter(|it| (it.0 as usize) < analysis.classes.len())
            .map(|it| analysis.class(it).name().to_owned());
        let called = function.as_ref().map(ToString::to_string);
        let says = match (step, called) {
            (CreationStep::Body, _) => String::from("the body of the class"),
            (CreationStep::TypeNew(_), _) => String::from("type.__new__ makes the class object"),
            (CreationStep::Prepare, Some(called)) => format!("{called}, for the namespace"),
            (CreationStep::SetName(_), Some(called)) => {
                format!("{called}, for what the body has bound")
            }
            (CreationStep::Decorate(_), Some(called)) => format!("the decorator {called}"),
            (
                CreationStep::New(_)
                | CreationStep::Init(_)
                | CreationStep::InitSubclass(_)
                | CreationStep::Mro(_),
                Some(called),
            ) => called,
            (CreationStep::InitSubclass(_), None) => match of {
                Some(of) if of != "object" => format!("{of}.__init_subclass__"),
                _ => continue,
            },
            _ => continue,
        };
        if steps.len() < MOST_STEPS && !steps.iter().any(|it| it.says == says) {
            steps.push(Step { says, function });
        }
    }
    steps
}

fn card(class: ClassRef<'_>, steps: &[Step], at: usize) -> Card {
    let next = &steps[at];
    let mut picks = vec![Pick::right(&next.says)];
    let later = steps.iter().enumerate().skip(at + 1);
    for (place, step) in later.take(CHOICE - 1) {
        let before = &steps[place - 1].says;
        picks.push(Pick::wrong(
            &step.says,
            format!("{} comes later, behind {before}", step.says),
        ));
    }
    let mut shown = vec![vec![Span::new(
        words::statement(class),
        words::class_role(class),
    )]];
    if let Some(meta) = class.metaclass().filter(|it| it.name() != "type") {
        shown.push(vec![
            Span::faint("metaclass "),
            Span::new(meta.name(), Role::Metaclass),
        ]);
    }
    for (number, step) in steps[..at].iter().enumerate() {
        shown.push(vec![
            Span::faint(format!("{} ", number + 1)),
            Span::plain(&step.says),
        ]);
    }
    let functions = steps[at..].iter().filter_map(|it| it.function.clone());
    let asked = if at == 0 {
        format!(
            "The statement of {} is executed. Which of these runs first?",
            class.name()
        )
    } else {
        format!(
            "So far, of the statement of {}: {}. Which of these runs next?",
            class.name(),
            words::count(at, "step", "steps")
        )
    };
    Card {
        class: class.path().clone(),
        question: asked,
        shown,
        picks,
        hint: String::from(
            "__prepare__, body, __new__ with __set_name__ and __init_subclass__ inside, __init__, decorators",
        ),
        reason: vec![match at.checked_sub(1) {
            Some(before) => format!("{} comes behind {}", next.says, steps[before].says),
            None => format!("{} comes first", next.says),
        }],
        proof: Proof::Begin(functions.collect()),
        leads: (PageKind::Creation, None),
    }
    .shuffled()
}
