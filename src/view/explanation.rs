//! The *conflict* page: why a class statement raises, the fewest statements that cannot all hold, and the smallest edits that mend it.

use crate::analysis::{Analysis, ClassRef, Fate, ModuleOrigin, say_fates};
use crate::semantics::{
    Before, Claim, ClassId, Core, Origin, Outcome, Over, Raised, Slots, Turn, TypeNewError, before,
    core, linearize,
};
use crate::source::PythonVersion;
use crate::view::bounded::{LONGEST, one_line};
use crate::view::linearization::say_before;
use crate::view::mends::{Mends, mended};
use crate::view::words::{self, Names, class_link, place_link};
use crate::view::{Column, Line, Link, Page, PageKind, Role, Span};

/// The class statements of a project that raise, in order of module and creation: those that an import comes to. `with_awaited` names those,
/// too, that code stands ready for.
pub fn raising(analysis: &Analysis, with_awaited: bool) -> Vec<ClassId> {
    let raises = |class: &ClassRef<'_>| {
        class.raises().is_some_and(|raised| {
            raised.inherited_from.is_none()
                && (with_awaited || !raised.is_awaited && !raised.is_caught)
        })
    };
    analysis
        .project_classes()
        .filter(raises)
        .map(ClassRef::id)
        .collect()
}

/// What sort of error it is, in a word that does not change: `mro`, `metaclass`, `layout`, `duplicate`, `base`, `slots`, `other`.
pub fn kind_of_error(raised: &Raised) -> &'static str {
    match raised.reason.as_deref() {
        Some(TypeNewError::InconsistentMro { .. }) => "mro",
        Some(TypeNewError::MetaclassConflict { .. }) => "metaclass",
        Some(TypeNewError::LayoutConflict { .. }) => "layout",
        Some(TypeNewError::DuplicateBase(_)) => "duplicate",
        Some(TypeNewError::UnacceptableBase(_)) => "base",
        Some(TypeNewError::Slots(_)) => "slots",
        Some(TypeNewError::EmptyMro | TypeNewError::UnsuitableMro(_)) => "other",
        None => by_message(&raised.message),
    }
}

/// The same for an exception that hooks and library code raise in words of their own.
fn by_message(message: &str) -> &'static str {
    let has = |words: &[&str]| words.iter().any(|it| message.contains(it));
    if has(&["consistent method resolution"]) {
        "mro"
    } else if has(&["duplicate base class"]) {
        "duplicate"
    } else if has(&["metaclass conflict"]) {
        "metaclass"
    } else if has(&["lay-out conflict"]) {
        "layout"
    } else if has(&["not an acceptable base type", "bases must be types"]) {
        "base"
    } else if has(&["__slots__", "__dict__ slot", "__weakref__ slot"]) {
        "slots"
    } else {
        "other"
    }
}

/// Says why a class statement raises, and what mends it; of a class that is made, that it is. What comes of it in each version of Python is none as
/// long as they are being run.
pub fn explanation(
    class: ClassRef<'_>,
    mends: Mends<'_>,
    fates: Option<&[(PythonVersion, Fate)]>,
) -> Page {
    let mut page = words::about(class);
    first(&mut page, class);
    page.push(written(class));
    let ((Outcome::Raises(raised), _) | (_, Some(raised))) = (class.outcome(), class.refused())
    else {
        match class.not_reached() {
            Some(by) => not_reached(&mut page, class, class.analysis().class(by)),
            None => page.push(Line::text(vec![Span::plain(
                "this class statement raises nothing: there is nothing to explain",
            )])),
        }
        return page;
    };
    page.push(Line::blank());
    page.push(error(class, raised));
    match fates {
        None => page.push(Line::text(vec![Span::faint(
            "other versions of Python are being run",
        )])),
        Some(fates) if fates.len() > 1 => {
            page.push(Line::text(vec![Span::plain(say_fates(fates))]));
        }
        Some(_) => {}
    }
    explain(&mut page, class, raised, mends);
    page
}

/// What a reader of the statement would not think of: a base that is no class, bases that a metaclass changed, a statement that makes several
/// classes.
pub(super) fn first(page: &mut Page, class: ClassRef<'_>) {
    let analysis = class.analysis();
    let mut say = |text: String| page.push(Line::text(vec![Span::new(text, Role::Warning)]));
    if let Outcome::Raises(raised) = class.outcome() {
        let statement = class.statement().filter(|_| !raised.odd_bases.is_empty());
        for (at, what) in &raised.odd_bases {
            let bases = statement.iter().flat_map(|it| &it.bases);
            let text = bases.map(|piece| class.written(*piece)).nth(*at as usize);
            let base = match text.map(|text| one_line(text, LONGEST)) {
                None => format!("base {} is {what}", at + 1),
                Some(text) if text == *what => format!("`{text}` stands among its bases"),
                Some(text) => format!("`{text}` is {what}"),
            };
            say(format!("{base}: a base has to be a class"));
        }
        if let Some(written) = &raised.written {
            let named = |ids: &[ClassId], others: &[ClassId]| -> Vec<String> {
                let ids = ids.iter().filter(|id| !others.contains(id));
                ids.map(|&id| analysis.class(id).name().to_owned())
                    .collect()
            };
            let added = named(&raised.bases, written);
            let dropped = named(written, &raised.bases);
            let mut said = vec![];
            if !added.is_empty() {
                said.push(format!("adds {}", added.join(", ")));
            }
            if !dropped.is_empty() {
                said.push(format!("drops {}", dropped.join(", ")));
            }
            if said.is_empty() {
                said.push(String::from("changes the order"));
            }
            say(format!(
                "its metaclass {} among the bases that are written",
                said.join(" and ")
            ));
        }
    }
    let path = class.path();
    let made = analysis.by_path(path).iter();
    let same = made.filter(|&&id| analysis.class(id).place() == class.place());
    let same = same.count();
    if same > 1 {
        say(format!(
            "this statement runs {same} times, and makes a class each time"
        ));
    } else if class.refused().is_some() {
        say(String::from(
            "the class is made, and its decorator does not take it: the name is never bound",
        ));
    }
}

/// The class statement as written, or what made the class; it leads to its source.
pub(super) fn written(class: ClassRef<'_>) -> Line {
    let mut spans = vec![Span::plain(words::statement(class))];
    if let Some(place) = class.place() {
        spans.push(Span::faint(format!(
            "  {}",
            class.analysis().say_place(place)
        )));
    }
    Line::text(spans).to(place_link(class.analysis(), class.place()))
}

/// The exception as the interpreter words it; it leads to the statement.
pub(super) fn error(class: ClassRef<'_>, raised: &Raised) -> Line {
    let by = if class.refused().is_some() {
        "its decorator raises "
    } else {
        ""
    };
    Line::text(vec![Span::new(
        format!("{by}{}", raised.line()),
        Role::Error,
    )])
    .to(place_link(class.analysis(), class.place()))
}

/// Adds to a page what stands behind an exception: whether the statement is reached at all, the statements at fault, the edits that mend them.
pub(super) fn explain(page: &mut Page, class: ClassRef<'_>, raised: &Raised, mends: Mends<'_>) {
    let analysis = class.analysis();
    if let Some(by) = class.not_reached() {
        not_reached(page, class, analysis.class(by));
        let is_own = matches!(class.outcome(), Outcome::Raises(it) if it.inherited_from.is_none());
        if is_own {
            page.heading("were it reached, it would raise");
            page.push(error(class, raised));
            if let Some(core) = core(&analysis.classes, class.id(), raised)
                && raised.reason.is_some()
            {
                claims(page, (class, raised), &core, None, mends);
            }
        }
        return;
    }
    if let Some(at_fault) = raised.inherited_from {
        let other = analysis.class(at_fault);
        page.heading("it derives from a class that cannot be made");
        let table = page.table(vec![Column::left(0), Column::left(0)]);
        page.push(row(
            table,
            other,
            vec![Span::plain(words::statement(other))],
        ));
        return;
    }
    if let Some(at) = raised.at {
        page.heading("it is raised by");
        let text: Vec<&str> = analysis.text_of(at).split_whitespace().collect();
        let line = vec![
            Span::plain(format!("  {}  ", text.join(" "))),
            Span::faint(analysis.say_place(at)),
        ];
        page.push(Line::text(line).to(place_link(analysis, Some(at))));
    }
    // Where a base is no class, the conflict is between what nobody meant to be metaclasses.
    if let Some(core) = core(&analysis.classes, class.id(), raised)
        && raised.reason.is_some()
        && raised.odd_bases.is_empty()
    {
        claims(page, (class, raised), &core, None, mends);
    } else {
        bases(page, class, raised, mends);
    }
    mended(page, class, mends);
}

/// Says that no import comes to a statement, and why.
pub(super) fn not_reached(page: &mut Page, class: ClassRef<'_>, by: ClassRef<'_>) {
    page.heading("no import comes to this statement: another one raises first");
    let table = page.table(vec![Column::left(0), Column::left(0)]);
    page.push(row(table, by, vec![Span::plain(words::statement(by))]));
    let text = if class.path().module == by.path().module {
        "what follows in the module is not run"
    } else {
        "the module that has it cannot be imported, and what follows the import is not run"
    };
    page.push(Line::text(vec![Span::faint(format!("  {text}"))]));
}

/// The fewest statements that could not all hold, if a class asked for these bases.
pub(super) fn claims_of(page: &mut Page, class: ClassRef<'_>, raised: &Raised, head: &str) {
    if let Some(core) = core(&class.analysis().classes, class.id(), raised)
        && core.over != Over::Itself
    {
        claims(page, (class, raised), &core, Some(head), Mends::NotSought);
    }
}

/// A row that begins with the place of a class and leads there.
fn row(table: usize, class: ClassRef<'_>, says: Vec<Span>) -> Line {
    Line::row(
        table,
        vec![vec![Span::plain("  "), words::made_at_whole(class)], says],
    )
    .to(place_link(class.analysis(), class.place()).or_else(|| class_link(class)))
}

/// `two`, `three`: numbers as text has them.
fn spelled(number: usize) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven"];
    words
        .get(number)
        .map_or_else(|| number.to_string(), |it| (*it).to_owned())
}

/// The fewest statements that cannot all hold, and what each of them demands.
fn claims(
    page: &mut Page,
    (class, raised): (ClassRef<'_>, &Raised),
    core: &Core,
    head: Option<&str>,
    mends: Mends<'_>,
) {
    let analysis = class.analysis();
    // Statements, and what demands something without one.
    let mut said: Vec<ClassId> = core.claims.iter().map(|claim| claim.class).collect();
    said.extend(core.circle.iter().map(|link| link.by));
    said.sort_unstable();
    said.dedup();
    let said = said.len();
    let heading = match (core.over, raised.reason.as_deref()) {
        (Over::Orders, _) if said == 2 => String::from("these two cannot both hold"),
        (Over::Orders, _) => format!("these {} cannot all hold", spelled(said)),
        (Over::Choices, _) => format!(
            "these {} cannot all hold: no base lists contradict one another, but C3 chose an order itself",
            spelled(said)
        ),
        (Over::Metaclasses, _) => {
            String::from("a metaclass has to derive from those of all bases: neither of these does")
        }
        (Over::Layouts, _) => String::from("instances cannot have both layouts"),
        (Over::Itself, Some(TypeNewError::DuplicateBase(_))) => String::from("a base stands twice"),
        (Over::Itself, Some(TypeNewError::UnacceptableBase(_))) => {
            String::from("a base that accepts no subclasses")
        }
        (Over::Itself, _) => {
            bases(page, class, raised, mends);
            return;
        }
    };
    page.heading(&heading);
    if core.over == Over::Itself {
        itself(page, class, raised);
        return;
    }
    let mut named: Vec<ClassRef<'_>> = core
        .claims
        .iter()
        .flat_map(|claim| claim.says.iter().copied().chain([claim.class]))
        .chain(
            core.circle
                .iter()
                .flat_map(|link| [link.first, link.second]),
        )
        .map(|id| analysis.class(id))
        .collect();
    named.push(class);
    let names = Names::of(named);
    let table = page.table(vec![Column::left(1), Column::left(0), Column::left(0)]);
    let mut says_itself = false;
    for claim in &core.claims {
        let by = analysis.class(claim.class);
        says_itself |= by == class;
        page.push(claim_row(
            table,
            by,
            head.filter(|_| by == class),
            of_library(demands(class, by, claim, core, &names), by, mends),
        ));
    }
    // Demands of classes that no statement made: the interpreter's, for the most part.
    let mut told: Vec<ClassId> = core.claims.iter().map(|claim| claim.class).collect();
    for link in &core.circle {
        if told.contains(&link.by) {
            continue;
        }
        told.push(link.by);
        let by = analysis.class(link.by);
        let links = core.circle.iter().filter(|it| it.by == link.by);
        let text: Vec<Span> = joined(links.map(|link| {
            vec![
                names.span(analysis.class(link.first)),
                Span::plain(" before "),
                names.span(analysis.class(link.second)),
            ]
        }));
        page.push(claim_row(table, by, None, of_library(text, by, mends)));
    }
    if !says_itself && core.over != Over::Metaclasses {
        let keeps = match core.over {
            Over::Layouts => "has both",
            _ => "keeps them all",
        };
        page.push(claim_row(table, class, head, vec![Span::faint(keeps)]));
    }
    if matches!(core.over, Over::Orders | Over::Choices) {
        sticks(page, class, raised);
    }
}

/// What one statement demands, in words.
fn demands(
    class: ClassRef<'_>,
    by: ClassRef<'_>,
    claim: &Claim,
    core: &Core,
    names: &Names,
) -> Vec<Span> {
    let analysis = class.analysis();
    let named = |id: ClassId| names.span(analysis.class(id));
    match core.over {
        Over::Orders | Over::Itself => {
            let links = core.circle.iter().filter(|link| link.by == claim.class);
            joined(links.map(|link| {
                if link.first == claim.class {
                    vec![
                        named(link.first),
                        Span::plain(" before its base "),
                        named(link.second),
                    ]
                } else {
                    vec![
                        named(link.first),
                        Span::plain(" before "),
                        named(link.second),
                    ]
                }
            }))
        }
        Over::Choices => {
            let asked = match by.outcome() {
                Outcome::Created(made) => &made.bases,
                Outcome::Raises(raised) => &raised.bases,
                Outcome::Unknown { .. } => return vec![],
            };
            let links = core.circle.iter().filter(|link| link.by == claim.class);
            joined(links.map(|link| {
                let (first, second) = (analysis.class(link.first), analysis.class(link.second));
                let mut text = vec![names.span(first), Span::plain(" ")];
                let because = before(&analysis.classes, by.id(), asked, link.first, link.second);
                match because {
                    Some(because @ Before::Leftmost { .. }) => {
                        text.push(Span::plain("before "));
                        text.push(names.span(second));
                        text.push(Span::plain(", which nothing demands: it "));
                        text.extend(say_before(by, first, second, because, names).0);
                    }
                    Some(because) => text.extend(say_before(by, first, second, because, names).0),
                    None => {
                        text.push(Span::plain("before "));
                        text.push(names.span(second));
                    }
                }
                text
            }))
        }
        Over::Metaclasses => {
            let mut text = vec![];
            for &id in &claim.says {
                let metaclass = analysis.class(id);
                if !text.is_empty() {
                    text.push(Span::plain(", "));
                }
                text.push(Span::plain(
                    if by == class && !has_metaclass(by, metaclass) {
                        "asks for "
                    } else {
                        "brings "
                    },
                ));
                text.push(Span::new(names.text(metaclass), Role::Metaclass));
                text.push(Span::faint(format!("  {}", words::made_at(metaclass).text)));
            }
            text
        }
        Over::Layouts => joined(claim.says.iter().map(|&id| {
            if id == claim.class {
                vec![Span::plain(own_layout(by))]
            } else {
                vec![Span::plain("has the layout of "), named(id)]
            }
        })),
    }
}

/// Adds to what is said of a class which release of what library has it: another one may have another class.
fn of_library(mut says: Vec<Span>, class: ClassRef<'_>, mends: Mends<'_>) -> Vec<Span> {
    let known = match mends {
        Mends::Found(found) => found.library_of(class.id()).map(ToOwned::to_owned),
        Mends::NotSought | Mends::Sought => None,
    };
    let is_interpreters =
        matches!(class.origin(), Origin::Interpreter) && class.home() != ModuleOrigin::ThirdParty;
    let of_interpreter = || format!("Python {}", class.analysis().world.python);
    if let Some(said) = known.or_else(|| is_interpreters.then(of_interpreter)) {
        says.push(Span::faint(format!("  {said}")));
    }
    says
}

/// Whether one of the bases that a failing statement asks for has this metaclass.
fn has_metaclass(class: ClassRef<'_>, metaclass: ClassRef<'_>) -> bool {
    let Outcome::Raises(raised) = class.outcome() else {
        return true;
    };
    let made = raised
        .bases
        .iter()
        .filter_map(|&base| class.analysis().classes.made(base));
    let mut metaclasses = made.map(|made| made.metaclass);
    metaclasses.any(|it| it == metaclass.id())
}

/// What gives a class a layout of its own.
fn own_layout(class: ClassRef<'_>) -> String {
    match class.made().map(|made| &made.slots) {
        Some(Slots::Names(names)) if !names.is_empty() => {
            let names: Vec<&str> = names.iter().map(crate::Name::as_str).take(3).collect();
            format!("has slots of its own: {}", names.join(", "))
        }
        _ => String::from("has a layout of its own"),
    }
}

fn joined(parts: impl Iterator<Item = Vec<Span>>) -> Vec<Span> {
    let mut text: Vec<Span> = vec![];
    for part in parts {
        if !text.is_empty() {
            text.push(Span::plain(", "));
        }
        text.extend(part);
    }
    text
}

/// A statement, as it stands or with the head that it would have, where it is, and what is to be said of it.
fn claim_row(table: usize, class: ClassRef<'_>, head: Option<&str>, says: Vec<Span>) -> Line {
    let statement = head.map_or_else(|| words::statement(class), |it| format!("class {it}"));
    Line::row(
        table,
        vec![
            vec![Span::plain("  "), words::made_at_whole(class)],
            vec![Span::plain(statement)],
            says,
        ],
    )
    .to(place_link(class.analysis(), class.place()).or_else(|| class_link(class)))
}

/// A fault that lies in the statement alone: which of its bases it is.
fn itself(page: &mut Page, class: ClassRef<'_>, raised: &Raised) {
    let analysis = class.analysis();
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(0)]);
    let (base, says) = match raised.reason.as_deref() {
        Some(TypeNewError::DuplicateBase(base)) => (*base, "is named more than once"),
        Some(TypeNewError::UnacceptableBase(base)) => (*base, "cannot be a base"),
        _ => return,
    };
    let base = analysis.class(base);
    page.push(claim_row(
        table,
        class,
        None,
        vec![words::class_span(base), Span::plain(format!(" {says}"))],
    ));
}

/// Where the merge sticks; it leads to the page that replays it.
fn sticks(page: &mut Page, class: ClassRef<'_>, raised: &Raised) {
    let classes = &class.analysis().classes;
    let mut taken = 0;
    let outcome = linearize(
        class.id(),
        &raised.bases,
        |base| classes.mro(base).unwrap_or_default(),
        |step| taken += usize::from(matches!(step.turn, Turn::Taken { .. })),
    );
    if let Err(TypeNewError::InconsistentMro { heads }) = outcome {
        let heads: Vec<&str> = heads
            .iter()
            .map(|&id| class.analysis().class(id).name())
            .collect();
        page.push(
            Line::text(vec![Span::faint(format!(
                "  the merge sticks at step {}: {} each stand in a tail",
                taken + 1,
                heads.join(", ")
            ))])
            .to(Some(Link::Page(PageKind::Merge))),
        );
    }
}

/// The bases the statement asks for, in order.
fn bases(page: &mut Page, class: ClassRef<'_>, raised: &Raised, mends: Mends<'_>) {
    if raised.bases.is_empty() {
        return;
    }
    page.heading("the bases it asks for");
    let bases = raised
        .bases
        .iter()
        .map(|&base| class.analysis().class(base));
    let bases: Vec<ClassRef<'_>> = bases.collect();
    let names = Names::of(bases.iter().copied());
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
    for base in bases {
        let mro: Vec<&str> = base
            .known_ancestry()
            .into_iter()
            .map(ClassRef::name)
            .collect();
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain("  "), names.span(base)],
                    vec![Span::plain(mro.join(" "))],
                    of_library(vec![words::made_at(base)], base, mends),
                ],
            )
            .to(class_link(base)),
        );
    }
}
