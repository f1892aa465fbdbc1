//! The *what if* page: the MRO a class would have beside the one it has, the names that would come from elsewhere, what would become of
//! the classes below it.

use crate::analysis::{Analysis, Becomes, ClassRef, NameMoved, WhatIf, WhatIfError};
use crate::load::Tried;
use crate::semantics::ClassId;
use crate::view::explanation::claims_of;
use crate::view::words::{self, Names, class_link, count};
use crate::view::{Column, Line, Page, Role, Span};

/// How many names, and classes, are listed.
const MOST: usize = 40;

/// What a run has said of a what-if.
#[derive(Debug, Clone, Copy)]
pub enum Proof<'a> {
    /// Nobody has asked for one.
    NotAsked,
    /// It is on its way.
    Asked,
    /// It could not be made.
    None,
    /// This came of it.
    Ran(&'a Tried),
}

/// The head of a class statement as one would type it: `Z(X, Y)`.
pub fn head_of(class: ClassRef<'_>) -> String {
    let statement = words::statement(class);
    let head = class.statement().map(|statement| {
        let keywords = statement
            .keywords
            .iter()
            .map(|(_, whole, _)| class.written(*whole));
        let bases = statement.bases.iter().map(|piece| class.written(*piece));
        let all: Vec<String> = bases
            .chain(keywords)
            .map(|text| text.split_whitespace().collect::<Vec<&str>>().join(" "))
            .collect();
        format!("{}({})", class.name(), all.join(", "))
    });
    head.unwrap_or(statement)
}

/// Says what would be; or, where the head cannot be followed, why.
pub fn what_if(
    class: ClassRef<'_>,
    head: &str,
    answer: &Result<WhatIf, WhatIfError>,
    proof: Proof<'_>,
) -> Page {
    let analysis = class.analysis();
    let mut page = words::about(class);
    page.title.push(Span::faint("  what if"));
    page.push(Line::text(vec![
        Span::faint("class "),
        Span::new(head.trim(), Role::Heading),
    ]));
    page.push(
        Line::text(vec![Span::faint(format!(
            "now   {}",
            words::statement(class)
        ))])
        .to(words::place_link(analysis, class.place())),
    );
    let what_if = match answer {
        Ok(what_if) => what_if,
        Err(error) => {
            refused(&mut page, error);
            return page;
        }
    };
    proved(&mut page, what_if, proof, analysis);
    page.push(Line::blank());
    beside(&mut page, class, what_if, head.trim());
    if let Some((old, new)) = what_if.metaclass {
        page.push(Line::blank());
        page.push(Line::text(vec![
            Span::faint("metaclass  "),
            Span::new(analysis.class(old).name(), Role::Metaclass),
            Span::plain(" → "),
            Span::new(analysis.class(new).name(), Role::Metaclass),
        ]));
    }
    below(&mut page, what_if, analysis);
    moved(&mut page, what_if, analysis);
    for import in &what_if.edit.rewrite.imports {
        page.push(Line::text(vec![Span::faint(format!(
            "the edit adds `from {} import {}`",
            import.module, import.name
        ))]));
    }
    page
}

/// Why there is no answer, and what to type instead.
fn refused(page: &mut Page, error: &WhatIfError) {
    page.push(Line::blank());
    page.push(Line::text(vec![Span::new(error.to_string(), Role::Error)]));
    let (heading, paths) = match error {
        WhatIfError::UnknownBase { near, .. } => ("spelled much like it", near),
        WhatIfError::Ambiguous { candidates, .. } => ("give the module too", candidates),
        _ => return,
    };
    if paths.is_empty() {
        return;
    }
    page.heading(heading);
    for path in paths {
        page.push(Line::text(vec![Span::plain(format!("  {path}"))]));
    }
}

/// Whether a run bears it out.
fn proved(page: &mut Page, what_if: &WhatIf, proof: Proof<'_>, analysis: &Analysis) {
    let line = match proof {
        Proof::NotAsked => return,
        Proof::Asked => vec![Span::faint(
            "a run on paper is on its way: hooks and metaclasses may say otherwise",
        )],
        Proof::None => vec![Span::new(
            "this cannot be written into the file as it is",
            Role::Warning,
        )],
        Proof::Ran(tried) => {
            let is_as_said = match (&what_if.then, &tried.mro) {
                (Becomes::Made(mro), Some(ran)) => {
                    mro.len() == ran.len()
                        && mro
                            .iter()
                            .zip(ran)
                            .all(|(&id, named)| analysis.class(id).path() == &named.path)
                }
                (Becomes::Raises(_) | Becomes::Lost, None) => true,
                _ => false,
            };
            if is_as_said {
                vec![
                    Span::new("● ", Role::Exact),
                    Span::plain("a run on paper says the same"),
                ]
            } else if let Some(raised) = &tried.raises {
                vec![Span::new(
                    format!("a run on paper says that it raises {raised}"),
                    Role::Error,
                )]
            } else if let Some(mro) = &tried.mro {
                let mro: Vec<&str> = mro.iter().map(|it| it.path.name()).collect();
                vec![Span::new(
                    format!("a run on paper gives another MRO: {}", mro.join(" ")),
                    Role::Warning,
                )]
            } else {
                vec![Span::new(
                    "○ a run on paper cannot tell what becomes of it",
                    Role::Unknown,
                )]
            }
        }
    };
    page.push(Line::text(line));
    if let Proof::Ran(tried) = proof {
        // Those that are told below need not be told twice.
        let is_told = |named: &crate::analysis::Named| {
            let mut lost = what_if
                .below
                .iter()
                .filter(|(_, it)| !matches!(it, Becomes::Made(_)));
            lost.any(|(id, _)| *analysis.class(*id).path() == named.path)
        };
        let untold = tried.broken.iter().filter(|(class, _)| !is_told(class));
        for (class, raised) in untold.take(MOST) {
            let said = match raised {
                Some(raised) => format!("  {class} raises then: {raised}"),
                None => format!("  {class} is not made then"),
            };
            page.push(Line::text(vec![Span::new(said, Role::Error)]));
        }
    }
}

/// Now and then, side by side, with how far each class moves.
fn beside(page: &mut Page, class: ClassRef<'_>, what_if: &WhatIf, head: &str) {
    let analysis = class.analysis();
    let then = match &what_if.then {
        Becomes::Made(mro) => mro.as_slice(),
        Becomes::Raises(raised) => {
            let line = raised.reason.as_deref().map(|reason| {
                let version = analysis.world.version();
                reason.clone().raised(&analysis.classes, version).line()
            });
            page.push(Line::text(vec![Span::new(
                format!("it would raise {}", line.unwrap_or_else(|| raised.line())),
                Role::Error,
            )]));
            claims_of(page, class, raised, head);
            return;
        }
        Becomes::Lost => {
            page.push(Line::text(vec![Span::new(
                "it would derive from a class that cannot be made",
                Role::Error,
            )]));
            return;
        }
    };
    let none = vec![];
    let now = what_if.now.as_ref().unwrap_or(&none);
    let names = Names::of(now.iter().chain(then).map(|&id| analysis.class(id)));
    let table = page.table(vec![
        Column::right(2),
        Column::left(0),
        Column::left(0),
        Column::left(1),
    ]);
    page.push(Line::head(
        table,
        &[
            "",
            if now.is_empty() {
                "now: not made"
            } else {
                "now"
            },
            "would be",
            "",
        ],
    ));
    for at in 0..now.len().max(then.len()) {
        let here = |mro: &[ClassId]| mro.get(at).map(|&id| analysis.class(id));
        let (old, new) = (here(now), here(then));
        let says = match new {
            Some(new) if !now.is_empty() => match now.iter().position(|&id| id == new.id()) {
                Some(was) if was > at => Span::new(format!("↑ {}", was - at), Role::Taken),
                Some(was) if was < at => Span::new(format!("↓ {}", at - was), Role::Rejected),
                Some(_) => Span::plain(""),
                None => Span::new("new", Role::Taken),
            },
            _ => Span::plain(""),
        };
        let mut old_span = old.map_or_else(|| Span::plain(""), |class| names.span(class));
        if old.is_some_and(|old| !then.contains(&old.id())) {
            old_span.role = Role::Rejected;
        }
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::faint((at + 1).to_string())],
                    vec![old_span],
                    vec![new.map_or_else(|| Span::plain(""), |class| names.span(class))],
                    vec![says],
                ],
            )
            .to(new.or(old).and_then(class_link)),
        );
    }
    let gone = now.iter().filter(|id| !then.contains(id));
    let gone: Vec<String> = gone.map(|&id| names.text(analysis.class(id))).collect();
    if !gone.is_empty() {
        page.push(Line::text(vec![Span::new(
            format!("no ancestor any more: {}", gone.join(", ")),
            Role::Warning,
        )]));
    }
}

/// The classes below it.
fn below(page: &mut Page, what_if: &WhatIf, analysis: &Analysis) {
    if what_if.descendants == 0 {
        return;
    }
    let broken = |fate: &Becomes| !matches!(fate, Becomes::Made(_));
    let raises = what_if.below.iter().filter(|(_, it)| broken(it)).count();
    let changes = what_if.below.len() - raises;
    let said = format!(
        "below it: {}, {changes} get another MRO, {raises} cannot be made",
        count(what_if.descendants, "class", "classes")
    );
    page.heading(&said);
    let mut rows: Vec<&(ClassId, Becomes)> = what_if.below.iter().collect();
    rows.sort_by_key(|(_, fate)| !broken(fate));
    let table = page.table(vec![Column::left(0), Column::left(1), Column::left(0)]);
    for (id, fate) in rows.iter().take(MOST) {
        let class = analysis.class(*id);
        let says = match fate {
            Becomes::Made(mro) => {
                let mro: Vec<&str> = mro.iter().map(|&id| analysis.class(id).name()).collect();
                Span::faint(mro.join(" "))
            }
            Becomes::Raises(raised) => {
                let word = raised.reason.as_ref().map_or("raises", |it| it.name());
                Span::new(format!("✗ raises: {}", word.replace('-', " ")), Role::Error)
            }
            Becomes::Lost => Span::new("✗ derives from one that raises", Role::Error),
        };
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain("  "), words::class_span(class)],
                    vec![Span::new(&class.path().module, Role::Module)],
                    vec![says],
                ],
            )
            .to(class_link(class)),
        );
    }
    more(page, rows.len());
}

/// The names that would come from elsewhere: the class's own first, then those of the classes below it that are others.
fn moved(page: &mut Page, what_if: &WhatIf, analysis: &Analysis) {
    if what_if.moved.is_empty() {
        if matches!(what_if.then, Becomes::Made(_)) && what_if.now.is_some() {
            page.heading("every name would come from the class it comes from now");
        }
        return;
    }
    page.heading(&format!(
        "{} would come from elsewhere",
        count(what_if.moved.len(), "name", "names")
    ));
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(0)]);
    let said = |id: Option<ClassId>| match id {
        Some(id) => words::class_span(analysis.class(id)),
        None => Span::faint("no class"),
    };
    for NameMoved {
        class,
        name,
        from,
        to,
    } in what_if.moved.iter().take(MOST)
    {
        let class = analysis.class(*class);
        page.push(
            Line::row(
                table,
                vec![
                    vec![
                        Span::plain("  "),
                        words::class_span(class),
                        Span::plain("."),
                        Span::plain(name),
                    ],
                    vec![said(*from)],
                    vec![Span::plain("→ "), said(*to)],
                ],
            )
            .to(class_link(class)),
        );
    }
    more(page, what_if.moved.len());
}

fn more(page: &mut Page, listed: usize) {
    if listed > MOST {
        page.push(Line::text(vec![Span::faint(format!(
            "  and {} more",
            listed - MOST
        ))]));
    }
}
