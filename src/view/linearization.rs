//! The *linearization* page: the MRO, numbered, with what each ancestor gives and loses; below it, why it has this order.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::ClassRef;
use crate::semantics::{Before, ClassId, Gap, Outcome, Raised, Standing, before, linearize};
use crate::view::explanation::{self, error};
use crate::view::instances;
use crate::view::mends::Mends;
use crate::view::words::{self, Names, class_link, count, made_at, place_link, short_place};
use crate::view::{Column, Line, Page, Role, Span};

/// Says the linearization of a class; for a class that cannot exist, why; for one that cannot be known, what is known. One of its classes
/// may be marked.
pub fn linearization(class: ClassRef<'_>, marked: Option<ClassId>) -> Page {
    let mut page = words::about(class);
    page.push(explanation::written(class));
    if let Some(metaclass) = class.metaclass().filter(|meta| meta.name() != "type") {
        page.push(
            Line::text(vec![
                Span::faint("metaclass "),
                Span::new(&metaclass.path().qualname, Role::Metaclass),
                Span::faint(format!("  {}", metaclass.path().module)),
            ])
            .to(class_link(metaclass)),
        );
    }
    if let Some(refused) = class.refused() {
        page.push(Line::text(vec![Span::new(
            format!("its decorator raises {}", refused.line()),
            Role::Error,
        )]));
    }
    if let Some(by) = class.not_reached() {
        if let Outcome::Raises(raised) = class.outcome() {
            explanation::explain(&mut page, class, raised, Mends::NotSought);
        } else {
            explanation::not_reached(&mut page, class, class.analysis().class(by));
            page.heading("what it would be");
        }
    }
    match class.outcome() {
        Outcome::Raises(_) if class.not_reached().is_some() => {}
        Outcome::Created(_) => {
            let mro = class.known_ancestry();
            page.push(Line::blank());
            ancestors(&mut page, &mro, &[], marked);
            instances::push(&mut page, class);
            reasons(&mut page, class, &mro);
        }
        Outcome::Raises(raised) => raises(&mut page, class, raised),
        Outcome::Unknown { because, .. } => {
            gaps(&mut page, class, because);
            page.heading(
                "what is known of its ancestors; what is out of view may stand before any of them",
            );
            ancestors(&mut page, &class.known_ancestry(), because, None);
        }
    }
    assumptions(&mut page, class);
    page
}

/// The numbered list. Where something is out of view it stands behind the class itself, and what follows has no number:
/// each may come later, and be overridden by what is not seen.
fn ancestors(page: &mut Page, mro: &[ClassRef<'_>], gaps: &[Gap], marked: Option<ClassId>) {
    let names = Names::of(mro.iter().copied());
    // What goes first when it gets narrow: the module, of which the place says the end, then what is hidden, what is given, the place; the name
    // never, nor the module where it is all that tells two classes apart.
    let table = page.table(vec![
        Column::right(0),
        Column::left(0),
        Column::whole(if names.are_unlike() { 4 } else { 0 }),
        Column::right(2),
        Column::right(3),
        Column::left(1),
    ]);
    page.push(Line::head(
        table,
        &["", "class", "module", "gives", "hidden", "place"],
    ));
    let shares = shares(mro);
    let number = |count: usize| match count {
        0 => vec![Span::faint("·")],
        _ => vec![Span::plain(count.to_string())],
    };
    for (position, entry) in mro.iter().enumerate() {
        let share = shares.get(&entry.id()).copied().unwrap_or_default();
        let sure = position == 0 || gaps.is_empty();
        page.push(
            Line::row(
                table,
                vec![
                    if marked == Some(entry.id()) {
                        vec![
                            Span::new("◆ ", Role::Taken),
                            Span::plain((position + 1).to_string()),
                        ]
                    } else if sure {
                        number(position + 1)
                    } else {
                        vec![Span::new("○", Role::Unknown)]
                    },
                    vec![words::class_span(*entry)],
                    vec![Span::new(&entry.path().module, Role::Module)],
                    number(share.gives),
                    number(share.hidden),
                    vec![made_at(*entry)],
                ],
            )
            .to(class_link(*entry)),
        );
        if position > 0 {
            continue;
        }
        let analysis = entry.analysis();
        for gap in gaps {
            let place = gap
                .at
                .map_or_else(String::new, |place| short_place(analysis, place));
            page.push(
                Line::row(
                    table,
                    vec![
                        vec![Span::new("?", Role::Unknown)],
                        vec![Span::new(&gap.what, Role::Unknown)],
                        vec![Span::new("out of view", Role::Unknown)],
                        vec![],
                        vec![],
                        vec![Span::faint(place)],
                    ],
                )
                .to(place_link(analysis, gap.at)),
            );
        }
    }
}

/// What a class of an MRO contributes to the whole, without what `type` adds to each class.
#[derive(Clone, Copy, Default)]
struct Share {
    /// Names whose winning definition it has.
    gives: usize,
    /// Definitions of its own that lose to an earlier class.
    hidden: usize,
}

fn shares(mro: &[ClassRef<'_>]) -> FxHashMap<ClassId, Share> {
    let mut taken = FxHashSet::default();
    let mut shares = FxHashMap::default();
    for entry in mro {
        let mut share = Share::default();
        for (name, member) in entry.members() {
            if words::every_class_has(name, member) {
                continue;
            }
            if taken.insert(name) {
                share.gives += 1;
            } else {
                share.hidden += 1;
            }
        }
        shares.insert(entry.id(), share);
    }
    shares
}

/// Why each entry stands before the next, by the statement that says so.
fn reasons(page: &mut Page, class: ClassRef<'_>, mro: &[ClassRef<'_>]) {
    if mro.len() < 3 {
        return;
    }
    let analysis = class.analysis();
    let names = Names::of(mro.iter().copied());
    let bases: Vec<ClassId> = class.bases().into_iter().map(ClassRef::id).collect();
    let merged = linearize(
        class.id(),
        &bases,
        |base| analysis.classes.mro(base).unwrap_or_default(),
        |_| (),
    );
    if !merged.is_ok_and(|merged| {
        mro.iter()
            .map(|entry| entry.id())
            .eq(merged.iter().copied())
    }) {
        page.push(Line::blank());
        page.push(Line::text(vec![Span::new(
            "its metaclass has an `mro()` of its own, which decides the order",
            Role::Warning,
        )]));
        return;
    }
    page.heading("why each comes before the next");
    let table = page.table(vec![
        Column::right(2),
        Column::left(0),
        Column::left(0),
        Column::left(1),
    ]);
    for (position, pair) in mro.windows(2).enumerate() {
        let because = before(
            &analysis.classes,
            class.id(),
            &bases,
            pair[0].id(),
            pair[1].id(),
        );
        let (text, by) = match because {
            Some(because) => say_before(class, pair[0], pair[1], because, &names),
            None => (vec![Span::faint("its metaclass decides the order")], class),
        };
        let place = by
            .place()
            .map_or_else(String::new, |place| short_place(analysis, place));
        let mut link = place_link(analysis, by.place());
        if link.is_none() {
            link = class_link(by);
        }
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::faint((position + 1).to_string())],
                    vec![names.span(pair[0])],
                    text,
                    vec![Span::faint(place)],
                ],
            )
            .to(link),
        );
    }
}

/// A reason in words, after the name of the first class, and the class whose statement it is.
pub(super) fn say_before<'a>(
    class: ClassRef<'a>,
    first: ClassRef<'a>,
    second: ClassRef<'a>,
    because: Before,
    names: &Names,
) -> (Vec<Span>, ClassRef<'a>) {
    let analysis = class.analysis();
    match because {
        Before::Derives => (
            vec![Span::plain("derives from "), names.span(second)],
            first,
        ),
        Before::Written { by } => {
            let by = analysis.class(by);
            let text = vec![
                Span::plain("before "),
                names.span(second),
                Span::plain(" in the bases of "),
                names.span(by),
            ];
            (text, by)
        }
        Before::Leftmost { by, with, later } => {
            let (by, with, later) = (
                analysis.class(by),
                analysis.class(with),
                analysis.class(later),
            );
            let mut text = vec![];
            if with == first {
                text.push(Span::plain("before "));
            } else {
                text.extend([
                    Span::plain("comes with "),
                    names.span(with),
                    Span::plain(" before "),
                ]);
            }
            text.push(names.span(later));
            if later != second {
                text.extend([Span::plain(" and its "), names.span(second)]);
            }
            text.extend([Span::plain(" in the bases of "), names.span(by)]);
            (text, by)
        }
    }
}

/// CPython's error in place of the MRO, and the statements at fault.
fn raises(page: &mut Page, class: ClassRef<'_>, raised: &Raised) {
    page.push(Line::blank());
    page.push(error(class, raised));
    explanation::explain(page, class, raised, Mends::NotSought);
}

fn gaps(page: &mut Page, class: ClassRef<'_>, because: &[Gap]) {
    page.heading(&format!(
        "its MRO cannot be known: {} out of view",
        count(because.len(), "thing is", "things are")
    ));
    for gap in because {
        page.push(
            Line::text(vec![
                Span::new("○ ", Role::Unknown),
                Span::plain(class.analysis().say_gap(gap)),
            ])
            .to(place_link(class.analysis(), gap.at)),
        );
    }
}

fn assumptions(page: &mut Page, class: ClassRef<'_>) {
    let Standing::Assumed(assumed) = class.standing() else {
        return;
    };
    page.heading("this holds if");
    for assumption in assumed {
        let mut spans = vec![
            Span::new("◐ ", Role::Assumed),
            Span::plain(&assumption.what),
        ];
        if let Some(place) = assumption.at {
            spans.push(Span::faint(format!(
                "  {}",
                class.analysis().say_place(place)
            )));
        }
        page.push(Line::text(spans).to(place_link(class.analysis(), assumption.at)));
    }
}
