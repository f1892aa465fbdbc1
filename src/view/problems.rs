//! The *problems* page: files that could not be used whole, entry points that lead nowhere, and class statements that raise.

use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, ClassRef, Problem, ProblemKind};
use crate::semantics::{ClassId, Outcome, core};
use crate::view::explanation::kind_of_error;
use crate::view::words::{self, class_link, count};
use crate::view::{Column, Line, Link, Page, Role, Span};

/// Lists what went wrong in the project.
pub fn problems(analysis: &Analysis) -> Page {
    let mut page = Page {
        title: vec![
            Span::new("Problems", Role::Heading),
            Span::faint(format!("  {}", analysis.world.project)),
        ],
        ..Page::default()
    };
    let raising: Vec<ClassRef<'_>> = analysis
        .project_classes()
        .filter(|class| class.raises().is_some())
        .collect();
    if analysis.problems.is_empty() && raising.is_empty() {
        page.push(Line::text(vec![
            Span::new("● ", Role::Exact),
            Span::plain("every file could be read, and every class statement makes a class"),
        ]));
        return page;
    }
    let mut said = vec![];
    let (declared, unusable): (Vec<&Problem>, Vec<&Problem>) = analysis
        .problems
        .iter()
        .partition(|it| it.kind == ProblemKind::EntryPoint);
    if !unusable.is_empty() {
        let files = count(unusable.len(), "file", "files");
        said.push(format!("{files} could not be used whole"));
    }
    if !declared.is_empty() {
        let dead = count(
            declared.len(),
            "entry point leads nowhere",
            "entry points lead nowhere",
        );
        said.push(dead);
    }
    if !raising.is_empty() {
        said.push(count(
            raising.len(),
            "class statement raises",
            "class statements raise",
        ));
    }
    page.push(Line::text(vec![Span::plain(said.join(", "))]));
    files(&mut page, "files", &unusable);
    files(&mut page, "entry points that lead nowhere", &declared);
    statements(&mut page, &raising);
    page
}

fn files(page: &mut Page, heading: &str, problems: &[&Problem]) {
    if problems.is_empty() {
        return;
    }
    page.heading(heading);
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
    for &problem in problems {
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain(at(problem))],
                    vec![Span::new(&problem.message, Role::Error)],
                    vec![Span::faint(word(problem.kind))],
                ],
            )
            .to(link(problem)),
        );
    }
}

/// `path:line`, or the path alone.
fn at(problem: &Problem) -> String {
    match problem.line {
        Some(line) => format!("{}:{line}", problem.path),
        None => problem.path.clone(),
    }
}

fn link(problem: &Problem) -> Option<Link> {
    problem.file.map(|file| Link::Source {
        file,
        line: problem.line.unwrap_or(1),
    })
}

fn word(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Unreadable => "not readable",
        ProblemKind::Hidden => "no import finds it",
        ProblemKind::Undecodable => "not decodable",
        ProblemKind::Syntax => "not all of it is Python",
        ProblemKind::EntryPoint => "",
    }
}

/// Class statements of which the cause is looked for: it takes a while for each.
const MOST_EXPLAINED: usize = 200;

/// Class statements that raise for one and the same reason.
struct Group<'a> {
    /// The other statements at fault, which all of them share; none where the fault is each one's own.
    shared: Vec<ClassRef<'a>>,
    kind: &'static str,
    classes: Vec<ClassRef<'a>>,
}

/// The statements that raise on their own, those with a common cause together, in the order of the first.
fn groups<'a>(raising: &[ClassRef<'a>]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = vec![];
    for (at, &class) in raising.iter().enumerate() {
        let Some(raised) = class.raises().filter(|it| it.inherited_from.is_none()) else {
            continue;
        };
        let analysis = class.analysis();
        let core = (at < MOST_EXPLAINED && raised.reason.is_some())
            .then(|| core(&analysis.classes, class.id(), raised))
            .flatten();
        let claims = core.iter().flat_map(|core| &core.claims);
        let others = claims
            .map(|claim| claim.class)
            .filter(|&id| id != class.id());
        let shared: Vec<ClassRef<'a>> = others.map(|id| analysis.class(id)).collect();
        let kind = kind_of_error(raised);
        let same = |group: &&mut Group<'a>| {
            !shared.is_empty() && group.kind == kind && group.shared == shared
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.classes.push(class),
            None => groups.push(Group {
                shared,
                kind,
                classes: vec![class],
            }),
        }
    }
    groups
}

/// What sort of fault it is, as a heading.
fn fault(kind: &str) -> &'static str {
    match kind {
        "mro" => "no consistent MRO",
        "metaclass" => "metaclass conflict",
        "layout" => "layout conflict",
        "duplicate" => "a base twice",
        "base" => "a base that cannot be one",
        "slots" => "slots",
        _ => "raised by other code",
    }
}

fn statements(page: &mut Page, raising: &[ClassRef<'_>]) {
    let Some(first) = raising.first() else { return };
    let groups = groups(raising);
    page.heading("class statements that raise, by cause");
    let table = page.table(vec![Column::left(0), Column::left(0)]);
    let mut behind: FxHashMap<ClassId, usize> = FxHashMap::default();
    for by in first
        .analysis()
        .project_classes()
        .filter_map(ClassRef::not_reached)
    {
        *behind.entry(by).or_default() += 1;
    }
    // Those that derive from one that cannot be made are counted with it, however far above it stands.
    let mut derived: FxHashMap<ClassId, usize> = FxHashMap::default();
    for class in raising {
        let mut root = class.raises().and_then(|it| it.inherited_from);
        let mut steps = 0;
        while let Some(above) = root.and_then(|id| first.analysis().class(id).raises())
            && let Some(next) = above.inherited_from
            && steps < raising.len()
        {
            root = Some(next);
            steps += 1;
        }
        if let Some(root) = root {
            *derived.entry(root).or_default() += 1;
        }
    }
    let mut kinds: Vec<&str> = vec![];
    for group in &groups {
        if !kinds.contains(&group.kind) {
            kinds.push(group.kind);
        }
    }
    let in_order = kinds.iter().flat_map(|kind| {
        let of_kind = groups.iter().filter(move |group| group.kind == *kind);
        // Those with a cause in common come first: one edit may mend them all.
        let (several, alone): (Vec<_>, Vec<_>) = of_kind.partition(|it| it.classes.len() > 1);
        several.into_iter().chain(alone)
    });
    let mut told = None;
    for group in in_order {
        if told != Some(group.kind) {
            told = Some(group.kind);
            let of_kind = groups.iter().filter(|it| it.kind == group.kind);
            let count: usize = of_kind.map(|it| it.classes.len()).sum();
            page.push(Line::text(vec![
                Span::new(format!("  {}", fault(group.kind)), Role::Heading),
                Span::faint(format!("  {count}")),
            ]));
        }
        if group.classes.len() > 1 {
            page.push(Line::text(vec![Span::faint(format!(
                "    {} for the same reason, together with",
                group.classes.len()
            ))]));
            for &shared in &group.shared {
                page.push(
                    Line::row(
                        table,
                        vec![
                            vec![Span::plain("      "), words::made_at_whole(shared)],
                            vec![Span::faint(words::statement(shared))],
                        ],
                    )
                    .to(class_link(shared)),
                );
            }
        }
        for &class in &group.classes {
            statement(page, table, class);
            let mut note = |count: Option<&usize>, text: &str| {
                if let Some(&count) = count {
                    let text = format!(
                        "  {text} {}",
                        words::count(count, "class statement", "class statements")
                    );
                    page.push(Line::row(table, vec![vec![], vec![Span::faint(text)]]));
                }
            };
            note(
                derived.get(&class.id()),
                "it takes with it what derives from it:",
            );
            note(
                behind.get(&class.id()),
                "no import comes to what stands behind it:",
            );
        }
    }
}

/// One statement that raises, and what.
fn statement(page: &mut Page, table: usize, class: ClassRef<'_>) {
    let (raised, by) = match (class.outcome(), class.refused()) {
        (Outcome::Raises(raised), _) => (raised, ""),
        (_, Some(raised)) => (raised, "its decorator raises "),
        _ => return,
    };
    let place = class
        .place()
        .map_or_else(String::new, |place| class.analysis().say_place(place));
    page.push(
        Line::row(
            table,
            vec![
                vec![Span::plain(format!("    {place}"))],
                vec![
                    Span::new(&class.path().qualname, Role::Class),
                    Span::new(format!("  {by}{}", raised.line()), Role::Error),
                ],
            ],
        )
        .to(class_link(class)),
    );
}
