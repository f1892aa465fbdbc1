//! Arguments that do not fit: which class's method a call came to, by which MRO.

use crate::analysis::ClassRef;
use crate::view::traceback::context::{Context, ancestors, gaps, head, names_word, say};
use crate::view::traceback::receivers::{self, receivers};
use crate::view::traceback::{About, Said, Verdict, no_class};
use crate::view::words::{place_link, short_place};
use crate::view::{Line, Page, Span};

/// Answers `… takes 1 positional argument but 2 were given` and its like; nothing for a function that is no method.
pub(super) fn said<'a>(
    context: &Context<'a, '_>,
    class: Option<&str>,
    method: Option<&str>,
) -> Option<Said<'a>> {
    let source = context.innermost_source();
    let written = method.map(|method| format!(".{method}("));
    let is_super =
        names_word(source, "super") && written.is_some_and(|written| source.contains(&written));
    if is_super && let Some((frame, spot)) = context.innermost() {
        let lexical = context.places.class_around(spot.file, spot.line)?;
        let mut page = Page::default();
        context.revision(&mut page, frame, spot);
        let method = method.unwrap_or("__init__");
        let verdict = through_super(context, &mut page, lexical, class, method);
        return Some(Said {
            about: About::Super,
            class: Some(lexical),
            verdict,
            page,
        });
    }
    called(context, class, method)
}

/// `super().__init__(…)`: whose `__init__` that is hangs on the object.
fn through_super(
    context: &Context<'_, '_>,
    page: &mut Page,
    lexical: ClassRef<'_>,
    class: Option<&str>,
    method: &str,
) -> Verdict {
    let mut found = receivers(context, lexical);
    let comes_to = |provider: ClassRef<'_>| {
        class.is_none_or(|class| {
            let path = provider.path();
            path.qualname == class || provider.name() == class
        })
    };
    say(
        page,
        format!(
            "super().{method} in {} is that of the next class behind {} in the MRO of the object's class",
            lexical.name(),
            lexical.name()
        ),
    );
    // Those that lead to the method that complains come first.
    found.sort_by_key(|it| (!it.provider(method).is_some_and(comes_to), !it.is_named));
    receivers::push(page, lexical, method, &found);
    let own = found.iter().find(|it| it.class == lexical);
    let expected = own.and_then(|it| it.provider(method));
    let fitting: Vec<ClassRef<'_>> = found
        .iter()
        .filter(|it| it.provider(method).is_some_and(comes_to))
        .filter_map(|it| it.provider(method))
        .collect();
    match (class, expected, fitting.first()) {
        (Some("object"), ..) => say(
            page,
            format!(
                "object.{method} takes nothing more: the class before `object` must not hand on arguments"
            ),
        ),
        (Some(_), Some(expected), Some(met)) if expected != *met => say(
            page,
            format!(
                "for an object of {} itself it would be {}.{method}; here {} came in between",
                lexical.name(),
                expected.name(),
                met.name()
            ),
        ),
        (Some(class), _, None) => {
            say(
                page,
                format!("mroscope sees no object for which super() comes to {class}.{method}"),
            );
            if gaps(page, lexical) {
                return Verdict::Unknown;
            }
            return Verdict::NoReason;
        }
        _ => {}
    }
    Verdict::Explained
}

/// `Order(1)`, `order.save(1)`: the class of which the method is, and its head.
fn called<'a>(
    context: &Context<'a, '_>,
    class: Option<&str>,
    method: Option<&str>,
) -> Option<Said<'a>> {
    let mut page = Page::default();
    let name = method.unwrap_or("__init__");
    let has = |it: ClassRef<'a>| it.members().contains_key(name);
    // A function that is no method is not about a class.
    let called = match class {
        Some(class) => context.called(class, &has).map(|it| it.0),
        None if name.starts_with("__") => None,
        None => return None,
    };
    let source = context.source();
    let by_source = || {
        let words = source.split(|char: char| !(char.is_alphanumeric() || "_.".contains(char)));
        let mut classes = words
            .filter(|word| !word.is_empty())
            .filter_map(|word| context.called(word, &|_| true))
            .map(|(class, _)| class)
            .filter(|class| class.place().is_some());
        let first = classes.next()?;
        // Before 3.10 the message does not say of which class it is; where the line names several, that is not known.
        let is_only = class.is_some() || classes.all(|other| other == first);
        is_only.then_some(first)
    };
    let called_by_source = name.starts_with("__").then(by_source).flatten();
    let made = called_by_source
        .filter(|made| called.is_none_or(|called| made.known_ancestry().contains(&called)));
    let class = made.or(called)?;
    context.revision_here(&mut page);
    let Some(found) = class.winner(name) else {
        say(
            &mut page,
            format!("`{}` has no {name}", class.path().qualname),
        );
        return Some(Said {
            about: About::Arguments,
            class: Some(class),
            verdict: if gaps(&mut page, class) {
                Verdict::Unknown
            } else {
                Verdict::NoReason
            },
            page,
        });
    };
    let analysis = context.analysis;
    let is_objects = found.class.id() == analysis.classes.object();
    if is_objects {
        say(
            &mut page,
            format!(
                "no class of its MRO defines {name}, so that {}() takes no arguments: {}",
                class.name(),
                ancestors(class)
            ),
        );
    } else {
        let head = head(analysis, found.member).unwrap_or_else(|| name.to_owned());
        let place = found.place();
        let mut spans = vec![Span::plain(format!(
            "  {}() runs {}.{head}",
            class.name(),
            found.class.name()
        ))];
        if !name.starts_with("__") {
            spans = vec![Span::plain(format!(
                "  it is {}.{head}",
                found.class.name()
            ))];
        }
        if let Some(place) = place {
            spans.push(Span::faint(format!("  {}", short_place(analysis, place))));
        }
        page.push(Line::text(spans).to(place_link(analysis, place)));
        let hidden = class.definitions(name).into_iter().nth(1);
        if let Some(hidden) = hidden.filter(|it| it.class.id() != analysis.classes.object()) {
            say(
                &mut page,
                format!("it hides that of {}", hidden.class.name()),
            );
        }
    }
    Some(Said {
        about: About::Arguments,
        class: Some(class),
        verdict: Verdict::Explained,
        page,
    })
}

/// Says that the class of a method is not found; nothing where it is no method.
pub(super) fn not_placed<'a>(class: Option<&str>, method: Option<&str>) -> Option<Said<'a>> {
    let class = class.filter(|it| !it.ends_with("<locals>"))?;
    let is_special = method.is_none_or(|it| it.starts_with("__"));
    let mut page = Page::default();
    no_class(&mut page, class);
    is_special.then_some(Said {
        about: About::Arguments,
        class: None,
        verdict: Verdict::NotPlaced,
        page,
    })
}
