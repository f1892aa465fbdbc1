//! Whether the arguments of a call by `super()` fit the definition that it leads to (language reference 6.3.4, "Calls").

use crate::analysis::{Body, Chain, ChainLink, ClassRef};
use crate::semantics::MemberKind;
use crate::source::Place;
use crate::syntax::{Parameter, ParameterKind, Passed};
use crate::view::count;

/// By the definition and the offset of the call: why the arguments do not fit what it leads to for this receiver.
pub(super) fn complaints(
    class: ClassRef<'_>,
    name: &str,
    chain: &Chain<'_>,
) -> Vec<(usize, u32, String)> {
    let places: Vec<Option<Place>> = chain.links.iter().map(place).collect();
    let known: Vec<Place> = places.iter().copied().flatten().collect();
    let mut read = class.analysis().parameters(&known).into_iter();
    let heads: Vec<Option<Box<[Parameter]>>> = places
        .iter()
        .map(|place| place.and_then(|_| read.next().flatten()))
        .collect();
    let mut found = vec![];
    for (at, link) in chain.links.iter().enumerate() {
        if link.runs_at_all.is_none() {
            continue;
        }
        for hop in &link.hops {
            let (Some(to), Some(passed)) = (hop.to, &hop.site.passed) else {
                continue;
            };
            let next = &chain.links[to];
            let called = format!("{}.{name}", next.definition.class.name());
            let complaint = match &heads[to] {
                Some(parameters) => is_bound(name, next).and_then(|bound| {
                    complaint(
                        passed,
                        &parameters[usize::from(bound).min(parameters.len())..],
                    )
                }),
                None => of_object(next, name, passed),
            };
            if let Some(complaint) = complaint {
                found.push((at, hop.site.start, format!("{complaint} {called}")));
            }
        }
    }
    found
}

/// Where the head of a definition stands, where it is the one that is called.
fn place(link: &ChainLink<'_>) -> Option<Place> {
    let Body::Def(method) = link.body else {
        return None;
    };
    let is_plain = method.decorators.iter().all(|it| {
        let last = it.rsplit('.').next().unwrap_or(it);
        matches!(
            last,
            "classmethod" | "staticmethod" | "abstractmethod" | "override" | "final"
        )
    });
    let file = link.definition.class.place().filter(|_| is_plain)?.file;
    Some(Place {
        file,
        start: method.start,
        end: method.end,
    })
}

/// Whether the first parameter is given by the lookup; none for what is not called.
fn is_bound(name: &str, link: &ChainLink<'_>) -> Option<bool> {
    match link.definition.member.kind {
        MemberKind::Staticmethod => Some(false),
        _ if name == "__new__" => Some(false),
        MemberKind::Function
        | MemberKind::Generator
        | MemberKind::AsyncFunction
        | MemberKind::AsyncGenerator
        | MemberKind::Classmethod => Some(true),
        _ => None,
    }
}

/// What `object` has takes nothing where the class overrides it (`object_init`, `object_new`, `object___init_subclass__`).
fn of_object(link: &ChainLink<'_>, name: &str, passed: &Passed) -> Option<String> {
    let class = link.definition.class;
    if class.id() != class.analysis().classes.object() {
        return None;
    }
    let most = match name {
        "__init__" | "__init_subclass__" => 0,
        // The class itself.
        "__new__" => 1,
        _ => return None,
    };
    let given = passed.positional.saturating_sub(most) + passed.keywords.len();
    (given > 0).then(|| format!("hands {} on to", count(given, "argument", "arguments")))
}

/// Why arguments do not fit parameters, as far as that is certain.
fn complaint(passed: &Passed, parameters: &[Parameter]) -> Option<String> {
    let has = |kind| parameters.iter().any(|it| it.kind == kind);
    let by_position: Vec<&Parameter> = parameters
        .iter()
        .filter(|it| matches!(it.kind, ParameterKind::Positional | ParameterKind::Either))
        .collect();
    if passed.positional > by_position.len() && !has(ParameterKind::Rest) {
        return Some(format!(
            "hands on {} by position, {} too many for",
            count(passed.positional, "argument", "arguments"),
            passed.positional - by_position.len()
        ));
    }
    for name in &passed.keywords {
        let takes = |it: &&Parameter| {
            it.name == *name && matches!(it.kind, ParameterKind::Either | ParameterKind::Keyword)
        };
        if !parameters.iter().any(|it| takes(&it)) && !has(ParameterKind::Keywords) {
            return Some(format!("hands on `{name}`, which is no parameter of"));
        }
        if by_position.iter().take(passed.positional).any(takes) {
            return Some(format!("hands on `{name}` twice to"));
        }
    }
    if passed.has_more || passed.has_more_keywords {
        return None;
    }
    let is_given = |at: usize, it: &Parameter| {
        it.default.is_some()
            || at < passed.positional && it.kind != ParameterKind::Keyword
            || passed.keywords.contains(&it.name) && it.kind != ParameterKind::Positional
    };
    let real = parameters.iter().enumerate();
    let mut real =
        real.filter(|it| !matches!(it.1.kind, ParameterKind::Rest | ParameterKind::Keywords));
    let missing = real.find(|(at, it)| !is_given(*at, it))?;
    Some(format!("hands on no `{}` to", missing.1.name))
}
