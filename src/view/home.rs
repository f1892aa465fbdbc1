//! The *home* page: what is in the project and where to look, each line with a list behind it; and those lists.

use crate::analysis::{Analysis, ClassRef, Counts, Outlook};
use crate::semantics::ClassId;
use crate::view::coverage::{cause, cure};
use crate::view::words::{class_link, class_span, count, made_at, thousands};
use crate::view::{Column, HomeList, Line, Link, Page, PageKind, Role, Span, matches};

/// How many classes a line of the home names.
const NAMED: usize = 3;
/// How many places the home lists.
const VISITS: usize = 6;
/// How many a list has.
const LISTED: usize = 500;

/// A place where one was, to be gone back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// What it is about: `UpdateView`.
    pub name: String,
    /// Its page: `members`.
    pub page: &'static str,
    /// Where its line leads.
    pub to: Link,
}

/// The home of a project.
pub fn home(analysis: &Analysis, outlook: &Outlook, lately: &[Visit]) -> Page {
    let counts = analysis.counts();
    let mut page = Page {
        title: vec![Span::new(&analysis.world.project, Role::Heading)],
        standing: vec![Span::faint("home")],
        ..Page::default()
    };
    page.push(Line::text(vec![Span::plain(inventory(counts, outlook))]));
    if counts.classes == 0 {
        nothing(&mut page, counts);
        return page;
    }
    help_first(&mut page, analysis, counts);
    page.heading("where to look");
    let table = page.table(vec![Column::left(0), Column::left(0)]);
    let mut say = |words: &str, said: Vec<Span>, link: Link| {
        let cells = vec![vec![Span::plain(words)], said];
        page.push(Line::row(table, cells).to(Some(link)));
    };
    let numbered = |list: &[(ClassId, usize)]| {
        let named = list.iter().take(NAMED);
        dotted(named.map(|&(id, number)| {
            let class = analysis.class(id);
            vec![
                class_span(class),
                Span::faint(format!(" {}", thousands(number))),
            ]
        }))
    };
    let list = |list: HomeList| Link::List(list);
    if !outlook.derived.is_empty() {
        let said = numbered(&outlook.derived);
        say("most derived from", said, list(HomeList::Derived));
    }
    if !outlook.longest.is_empty() {
        let said = numbered(&outlook.longest);
        say("longest MRO", said, list(HomeList::Longest));
    }
    let names: usize = outlook.ordered.iter().map(|it| it.1.len()).sum();
    if names > 0 {
        let classes = count(outlook.ordered.len(), "class", "classes");
        let said = format!("{} in {classes}", count(names, "name", "names"));
        let said = vec![Span::plain(said)];
        say("decided by the order", said, list(HomeList::Ordered));
    }
    if !outlook.metaclasses.is_empty() {
        let said = numbered(&outlook.metaclasses);
        say("made by a metaclass", said, list(HomeList::Metaclasses));
    }
    if !outlook.called.is_empty() {
        let named = outlook.called.iter().take(NAMED);
        let mut said = vec![Span::faint(format!("{}  ", outlook.called.len()))];
        said.extend(dotted(
            named.map(|&id| vec![class_span(analysis.class(id))]),
        ));
        say("made by a call", said, list(HomeList::Called));
    }
    let raising = match outlook.raising.as_slice() {
        [] => vec![Span::plain("none")],
        some => {
            let mut said = vec![Span::new(format!("✗ {}  ", some.len()), Role::Error)];
            let named = some.iter().take(NAMED);
            said.extend(dotted(
                named.map(|&id| vec![class_span(analysis.class(id))]),
            ));
            said
        }
    };
    say("raise", raising, Link::Page(PageKind::Problems));
    say(
        "not known",
        unknown(analysis, counts),
        Link::Page(PageKind::Coverage),
    );
    say(
        "registered",
        vec![Span::plain("plugins: by which key, where, and who wins")],
        Link::Page(PageKind::Atlas),
    );
    if !lately.is_empty() {
        page.heading("lately");
        let shown: Vec<&Visit> = lately.iter().take(VISITS).collect();
        visits(&mut page, &shown);
        if lately.len() > VISITS {
            let more = format!("and {} more", lately.len() - VISITS);
            let line = Line::text(vec![Span::faint(more)]);
            page.push(line.to(Some(Link::List(HomeList::Lately))));
        }
    }
    page
}

fn visits(page: &mut Page, visits: &[&Visit]) {
    let table = page.table(vec![Column::left(0), Column::left(1)]);
    for visit in visits {
        let cells = vec![
            vec![Span::new(&visit.name, Role::Class)],
            vec![Span::faint(visit.page)],
        ];
        page.push(Line::row(table, cells).to(Some(visit.to.clone())));
    }
}

/// One of the lists behind the home's lines.
pub fn home_list(
    analysis: &Analysis,
    outlook: &Outlook,
    lately: &[Visit],
    list: HomeList,
    filter: &str,
) -> Page {
    let (title, said) = list.says();
    let mut page = Page {
        title: vec![
            Span::new(title, Role::Heading),
            Span::faint(format!("  {}", analysis.world.project)),
        ],
        ..Page::default()
    };
    page.push(Line::text(vec![Span::plain(said)]));
    if !filter.is_empty() {
        page.push(Line::text(vec![
            Span::faint("only  "),
            Span::new(filter, Role::Match),
        ]));
    }
    page.push(Line::blank());
    let numbered = |list: &[(ClassId, usize)]| -> Vec<(ClassId, Vec<Span>)> {
        let said = list.iter().map(|&(id, number)| {
            let number = vec![Span::plain(thousands(number))];
            (id, number)
        });
        said.collect()
    };
    let plain = |ids: &[ClassId]| ids.iter().map(|&id| (id, vec![])).collect();
    let (head, rows): (&str, Vec<(ClassId, Vec<Span>)>) = match list {
        HomeList::Derived => ("below", numbered(&outlook.derived)),
        HomeList::Longest => ("classes", numbered(&outlook.longest)),
        HomeList::Metaclasses => ("makes", numbered(&outlook.metaclasses)),
        HomeList::Called => ("", plain(&outlook.called)),
        HomeList::Ordered => {
            ordered(&mut page, analysis, outlook, filter);
            return page;
        }
        HomeList::Lately | HomeList::Marked => {
            let is_wanted = |it: &&Visit| matches(filter, &format!("{} {}", it.name, it.page));
            let found: Vec<&Visit> = lately.iter().filter(is_wanted).collect();
            visits(&mut page, &found);
            rest(&mut page, found.len());
            return page;
        }
    };
    let table = page.table(vec![
        Column::right(0),
        Column::left(0),
        Column::left(1),
        Column::left(2),
    ]);
    page.push(Line::head(table, &[head, "class", "module", "place"]));
    let is_wanted = |class: ClassRef<'_>| matches(filter, &class.path().to_string());
    let found: Vec<_> = rows
        .into_iter()
        .filter(|it| is_wanted(analysis.class(it.0)))
        .collect();
    for (id, number) in found.iter().take(LISTED) {
        let class = analysis.class(*id);
        let cells = vec![
            number.clone(),
            vec![class_span(class)],
            vec![Span::new(&class.path().module, Role::Module)],
            vec![made_at(class)],
        ];
        page.push(Line::row(table, cells).to(class_link(class)));
    }
    rest(&mut page, found.len());
    page
}

fn ordered(page: &mut Page, analysis: &Analysis, outlook: &Outlook, filter: &str) {
    let table = page.table(vec![
        Column::left(0),
        Column::left(0),
        Column::left(0),
        Column::left(1),
    ]);
    let heads = ["class", "name", "comes from", "though first is"];
    page.push(Line::head(table, &heads));
    let names = outlook
        .ordered
        .iter()
        .flat_map(|(id, names)| names.iter().map(|name| (analysis.class(*id), name)));
    let found: Vec<_> = names
        .filter(|(class, it)| matches(filter, &format!("{} {}", class.path(), it.name)))
        .collect();
    let mut last = None;
    for (class, it) in found.iter().take(LISTED) {
        let is_new = last.replace(class.id()) != Some(class.id());
        let cells = vec![
            if is_new {
                vec![class_span(*class)]
            } else {
                vec![]
            },
            vec![Span::plain(&it.name)],
            vec![class_span(analysis.class(it.from))],
            vec![class_span(analysis.class(it.instead_of))],
        ];
        page.push(Line::row(table, cells).to(class_link(*class)));
    }
    rest(page, found.len());
}

fn rest(page: &mut Page, found: usize) {
    if found == 0 {
        page.push(Line::text(vec![Span::faint("none has these letters")]));
    } else if found > LISTED {
        let more = thousands(found - LISTED);
        let text = format!("and {more} more: a filter narrows them down");
        page.push(Line::text(vec![Span::faint(text)]));
    }
}

/// `909 files · 2,076 classes · 61 metaclasses · 1,204 descriptors`.
fn inventory(counts: Counts, outlook: &Outlook) -> String {
    let some = |number: usize, one: &str, many: &str| {
        let word = if number == 1 { one } else { many };
        format!("{} {word}", thousands(number))
    };
    let mut said = vec![some(counts.files, "file", "files")];
    said.push(some(counts.classes, "class", "classes"));
    if !outlook.metaclasses.is_empty() {
        said.push(some(outlook.metaclasses.len(), "metaclass", "metaclasses"));
    }
    if outlook.descriptors > 0 {
        said.push(some(outlook.descriptors, "descriptor", "descriptors"));
    }
    said.join(" · ")
}

/// Where much is not known, what would help comes first.
fn help_first(page: &mut Page, analysis: &Analysis, counts: Counts) {
    if counts.problems > 0 {
        let files = count(counts.problems, "file", "files");
        let line = Line::text(vec![
            Span::new("! ", Role::Warning),
            Span::plain(format!("{files} could not be used whole")),
        ]);
        page.push(line.to(Some(Link::Page(PageKind::Problems))));
    }
    // A fifth.
    if counts.unknown * 5 < counts.classes || counts.unknown == 0 {
        return;
    }
    page.heading("what would help");
    let coverage = analysis.coverage();
    let table = page.table(vec![Column::right(0), Column::left(0)]);
    for share in coverage.causes.iter().take(3) {
        let number = Span::new(format!("○ {}", share.classes()), Role::Unknown);
        let said = vec![
            Span::plain(cause(analysis, &share.of)),
            Span::faint(format!(": {}", cure(&share.of))),
        ];
        let line = Line::row(table, vec![vec![number], said]);
        page.push(line.to(Some(Link::Page(PageKind::Coverage))));
    }
}

fn unknown(analysis: &Analysis, counts: Counts) -> Vec<Span> {
    if counts.unknown == 0 && counts.assumed == 0 {
        return vec![Span::plain("none: every answer is exact")];
    }
    let mut said = vec![];
    if counts.unknown > 0 {
        let causes = analysis.coverage().causes.len();
        said.push(Span::new(
            format!("○ {}", count(counts.unknown, "class", "classes")),
            Role::Unknown,
        ));
        let causes = count(causes, "cause", "causes");
        said.push(Span::plain(format!(", {causes}")));
    }
    if counts.assumed > 0 {
        let gap = if said.is_empty() { "" } else { " · " };
        said.push(Span::faint(gap));
        said.push(Span::new(
            format!("◐ {} assumed", thousands(counts.assumed)),
            Role::Assumed,
        ));
    }
    said
}

/// A project that makes no class.
fn nothing(page: &mut Page, counts: Counts) {
    page.push(Line::blank());
    page.push(Line::text(vec![Span::plain(
        "No statement of this project makes a class.",
    )]));
    page.push(Line::text(vec![Span::faint(
        "What is written here is read by itself; `/` searches the interpreter's classes, `enter` on a module shows what it holds.",
    )]));
    if counts.problems > 0 {
        let files = count(counts.problems, "file", "files");
        let line = Line::text(vec![
            Span::new("! ", Role::Warning),
            Span::plain(format!("{files} could not be used whole")),
        ]);
        page.push(line.to(Some(Link::Page(PageKind::Problems))));
    }
}

fn dotted(parts: impl Iterator<Item = Vec<Span>>) -> Vec<Span> {
    let mut spans = vec![];
    for part in parts {
        if !spans.is_empty() {
            spans.push(Span::faint(" · "));
        }
        spans.extend(part);
    }
    spans
}
