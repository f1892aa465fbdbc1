//! The *across* page: one name in all classes below the one that first gives it: which class gives it to each, the odd ones first.

use crate::analysis::{Across, ClassRef, Giver, Receiver};
use crate::view::words::{self, Names, class_link, made_at, place_link, short_place, thousands};
use crate::view::{Column, Line, Page, Role, Settings, Span};

/// From so many classes on, rows far from where one looks say the class alone.
const MANY: usize = 1_000;

/// How many rows before and behind the line where one looks are whole. A screen has to fit in several times.
const WHOLE: usize = 600;

/// Says who gives a name to the classes that have it. Whoever looks at the lines around `near` alone need not wait for the others.
pub fn across(
    class: ClassRef<'_>,
    name: Option<&str>,
    settings: &Settings,
    near: Option<usize>,
) -> Page {
    let mut page = words::about(class);
    let Some(name) = name else {
        page.push(Line::text(vec![Span::plain(
            "no name is selected: choose one on the members page, in the matrix or in the search",
        )]));
        return page;
    };
    let Some(across) = class.across(name) else {
        page.push(Line::text(vec![Span::plain(format!(
            "no class of its MRO defines `{name}`"
        ))]));
        return page;
    };
    let first = across.first.class;
    page.title = vec![
        Span::new(name, words::kind_letter(across.first.member).1),
        Span::plain(" below "),
        words::class_span(first),
        Span::faint(format!("  {}", first.path().module)),
    ];
    page.standing = words::standing(first.sureness());
    summary(&mut page, &across);
    groups(&mut page, name, &across, settings, near);
    page
}

/// How many have it from how many, and what is odd among them.
fn summary(page: &mut Page, across: &Across<'_>) {
    let givers = &across.givers;
    let mut spans = vec![
        Span::plain(format!(
            "{} have it, from {}; first given by ",
            many(across.classes, "class", "classes"),
            many(givers.len(), "class", "classes")
        )),
        words::class_span(across.first.class),
    ];
    let analysis = across.first.class.analysis();
    let place = across.first.place();
    if let Some(place) = place {
        spans.push(Span::faint(format!("  {}", short_place(analysis, place))));
    }
    let link = place_link(analysis, place).or_else(|| class_link(across.first.class));
    page.push(Line::text(spans).to(link));
    let by_order: usize = givers.iter().map(Giver::by_order).sum();
    let outside: usize = givers
        .iter()
        .filter(|it| it.is_outside)
        .map(|it| it.to.len())
        .sum();
    let stops = givers.iter().filter(|it| it.stops.is_some()).count();
    let owed = givers.iter().filter(|it| it.definition.member.is_abstract);
    let owed: usize = owed.map(|it| it.to.len()).sum();
    let odd = [
        (by_order, "by the order of the MRO alone"),
        (outside, "from outside of the branch"),
        (owed, "must still define it"),
    ];
    let mut said: Vec<String> = odd
        .into_iter()
        .filter(|it| it.0 > 0)
        .map(|(number, what)| format!("{} {what}", thousands(number)))
        .collect();
    if stops > 0 {
        said.push(format!(
            "{} {} the chain",
            many(stops, "definition", "definitions"),
            if stops == 1 { "ends" } else { "end" }
        ));
    }
    if !said.is_empty() {
        page.push(Line::text(vec![Span::plain(said.join(" · "))]));
    }
}

fn many(number: usize, one: &str, several: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{} {several}", thousands(number)),
    }
}

fn groups(
    page: &mut Page,
    name: &str,
    across: &Across<'_>,
    settings: &Settings,
    near: Option<usize>,
) {
    let near = near.filter(|_| across.classes > MANY);
    let givers = across.givers.iter().map(|it| it.definition.class);
    let received = across.givers.iter().flat_map(|it| it.to.iter());
    let names = Names::of(givers.chain(received.map(|it| it.class)));
    let is_wanted = |class: ClassRef<'_>| {
        settings.filter.is_empty() || super::matches(&settings.filter, &class.path().to_string())
    };
    // What goes first when it gets narrow: the module, then the place; what is odd about a class stays as it does.
    let table = page.table(vec![
        Column::left(0),
        Column::whole(if names.are_unlike() { 2 } else { 0 }),
        Column::left(0),
        Column::left(1),
    ]);
    let mut any = false;
    for giver in &across.givers {
        let is_giver = is_wanted(giver.definition.class);
        let to = giver.to.iter();
        let mut to = to.filter(|it| is_giver || is_wanted(it.class)).peekable();
        if !is_giver && to.peek().is_none() {
            continue;
        }
        any = true;
        page.push(Line::blank());
        let is_far = near.is_some_and(|near| near.abs_diff(page.lines.len()) > WHOLE);
        page.push(head(name, giver, across, is_far));
        for receiver in to {
            let is_far = near.is_some_and(|near| near.abs_diff(page.lines.len()) > WHOLE);
            page.push(row(table, name, giver, *receiver, is_far));
        }
    }
    if !any {
        page.push(Line::blank());
        page.push(Line::text(vec![Span::plain("nothing matches the filter")]));
    }
}

/// The line over those that have the name from one class: the definition, how many, and what is odd about it.
fn head(name: &str, giver: &Giver<'_>, across: &Across<'_>, is_far: bool) -> Line {
    let class = giver.definition.class;
    if is_far {
        return Line::text(vec![words::class_span(class)]).to(class_link(class));
    }
    let member = giver.definition.member;
    let (letter, role) = words::kind_letter(member);
    let mut spans = vec![
        Span::new(format!("{letter} "), role),
        words::class_span(class),
        Span::new(format!(".{name}"), role),
    ];
    spans.push(Span::plain(match giver.to.len() {
        0 => String::from("  for itself alone"),
        others => format!("  for {}", many(others, "other", "others")),
    }));
    if member.is_abstract {
        spans.push(Span::new("  abstract", Role::Warning));
    }
    if giver.is_outside {
        spans.push(Span::new(
            format!("  does not derive from {}", across.first.class.name()),
            Role::Warning,
        ));
    }
    if let Some(stopped) = giver.stops {
        spans.push(Span::new(
            format!("  calls no super(): {}.{name} does not run", stopped.name()),
            Role::Warning,
        ));
    } else if member.calls_super {
        spans.push(Span::faint("  ↑super"));
    }
    if member.maybe.is_some() {
        spans.push(Span::new("  perhaps", Role::Unknown));
    }
    let analysis = class.analysis();
    let place = giver.definition.place();
    if let Some(place) = place {
        spans.push(Span::faint(format!("  {}", short_place(analysis, place))));
    }
    Line::text(spans).to(place_link(analysis, place).or_else(|| class_link(class)))
}

/// A class that has the name from another one.
fn row(table: usize, name: &str, giver: &Giver<'_>, to: Receiver<'_>, is_far: bool) -> Line {
    let class = to.class;
    let first = vec![Span::plain("    "), words::class_span(class)];
    if is_far {
        return Line::row(table, vec![first]).to(class_link(class));
    }
    let mut notes = vec![];
    if let Some(behind) = to.ahead_of {
        notes.push(Span::new(
            format!("by the order: ahead of {}.{name}", behind.name()),
            Role::Assumed,
        ));
    }
    if giver.definition.member.is_abstract {
        let divider = if notes.is_empty() { "" } else { "; " };
        notes.push(Span::new(format!("{divider}must define it"), Role::Warning));
    }
    if to.is_perhaps {
        let divider = if notes.is_empty() { "" } else { "; " };
        let text = format!("{divider}? what is out of view may give it");
        notes.push(Span::new(text, Role::Unknown));
    }
    let cells = vec![
        first,
        vec![Span::new(&class.path().module, Role::Module)],
        notes,
        vec![made_at(class)],
    ];
    Line::row(table, cells).to(class_link(class))
}
