//! The *problems* page: files that could not be used whole, and class statements that raise.

use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, ClassRef, Problem, ProblemKind};
use crate::semantics::{ClassId, Outcome};
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
    if !analysis.problems.is_empty() {
        let files = count(analysis.problems.len(), "file", "files");
        said.push(format!("{files} could not be used whole"));
    }
    if !raising.is_empty() {
        said.push(count(
            raising.len(),
            "class statement raises",
            "class statements raise",
        ));
    }
    page.push(Line::text(vec![Span::plain(said.join(", "))]));
    files(&mut page, analysis);
    statements(&mut page, &raising);
    page
}

fn files(page: &mut Page, analysis: &Analysis) {
    if analysis.problems.is_empty() {
        return;
    }
    page.heading("files");
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
    for problem in &analysis.problems {
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
        ProblemKind::Undecodable => "not decodable",
        ProblemKind::Syntax => "not all of it is Python",
    }
}

fn statements(page: &mut Page, raising: &[ClassRef<'_>]) {
    if raising.is_empty() {
        return;
    }
    page.heading("class statements that raise");
    let table = page.table(vec![Column::left(0), Column::left(0)]);
    let mut behind: FxHashMap<ClassId, usize> = FxHashMap::default();
    if let Some(class) = raising.first() {
        let unreached = class.analysis().project_classes();
        for by in unreached.filter_map(ClassRef::not_reached) {
            *behind.entry(by).or_default() += 1;
        }
    }
    for class in raising {
        let (raised, by) = match (class.outcome(), class.refused()) {
            (Outcome::Raises(raised), _) => (raised, ""),
            (_, Some(raised)) => (raised, "its decorator raises "),
            _ => continue,
        };
        let place = class
            .place()
            .map_or_else(String::new, |place| class.analysis().say_place(place));
        let said = match raised.inherited_from {
            Some(base) => Span::faint(format!(
                "  derives from {}, which cannot be made",
                class.analysis().class(base).path().qualname
            )),
            None => Span::new(format!("  {by}{}", raised.line()), Role::Error),
        };
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain(place)],
                    vec![Span::new(&class.path().qualname, Role::Class), said],
                ],
            )
            .to(class_link(*class)),
        );
        if let Some(&count) = behind.get(&class.id()) {
            let text = format!(
                "  no import comes to {} behind it",
                words::count(count, "class statement", "class statements")
            );
            page.push(Line::row(table, vec![vec![], vec![Span::faint(text)]]));
        }
    }
}
