//! The mends of a class statement that raises: the edits, what the class would be, what else would change.

use crate::analysis::{ClassRef, StatementEdit};
use crate::load::{Explanation, Mended};
use crate::view::bounded::{LONGEST, one_line};
use crate::view::words::{self, class_link};
use crate::view::{Column, Line, Link, Page, Role, Span};

/// What is known of the edits that mend a class statement.
#[derive(Debug, Clone, Copy)]
pub enum Mends<'a> {
    /// Nobody has looked for them.
    NotSought,
    /// They are being looked for.
    Sought,
    /// These.
    Found(&'a Explanation),
}

/// The edits that mend it, the smallest that keep every ancestor first.
pub(super) fn mended(page: &mut Page, class: ClassRef<'_>, mends: Mends<'_>) {
    let found = match mends {
        Mends::NotSought => return,
        Mends::Sought => {
            page.heading("mends");
            page.push(Line::text(vec![Span::faint(
                "  looking for the smallest edits; each is proved by a run on paper",
            )]));
            return;
        }
        Mends::Found(found) => &found.mends,
    };
    if found.is_empty() {
        page.heading("mends");
        page.push(Line::text(vec![Span::plain(
            "  no small edit of the project mends it: bases in another order, one base less, a joined metaclass, empty slots, keywords were tried",
        )]));
        return;
    }
    page.heading("mends, each proved by a run on paper");
    let table = page.table(vec![
        Column::right(0),
        Column::left(1),
        Column::left(0),
        Column::left(3),
        Column::left(2),
    ]);
    page.push(Line::head(
        table,
        &["", "where", "edit", "MRO then", "changes elsewhere"],
    ));
    for (at, mend) in found.iter().enumerate() {
        for (first, edit) in mend.edits.iter().enumerate() {
            page.push(mend_row(table, class, (at, mend), (first, edit)));
        }
    }
    for (at, mend) in found.iter().enumerate() {
        details(page, class, at, mend);
    }
}

/// One edit of a mend; with the first one stands what comes of the mend.
fn mend_row(
    table: usize,
    class: ClassRef<'_>,
    (at, mend): (usize, &Mended),
    (position, edit): (usize, &StatementEdit),
) -> Line {
    let analysis = class.analysis();
    let edited = analysis.class(edit.class);
    let is_first = position == 0;
    let mro: Vec<&str> = mend.mro.iter().map(|it| it.path.name()).collect();
    let number = if is_first {
        vec![Span::plain(format!("  {}", at + 1))]
    } else {
        vec![Span::faint("  +")]
    };
    Line::row(
        table,
        vec![
            number,
            vec![words::made_at_whole(edited)],
            vec![Span::plain(said_edit(edited, edit))],
            vec![Span::faint(if is_first {
                mro.join(" ")
            } else {
                String::new()
            })],
            vec![if is_first {
                weight(mend)
            } else {
                Span::plain("")
            }],
        ],
    )
    .to(edited.place().map(|place| Link::Mend {
        number: at,
        file: place.file,
        line: analysis.file(place.file).line(place.start),
    }))
}

/// A class statement as an edit leaves it: `class Y(A, B)`; with what is written before it and in its body.
pub fn said_edit(class: ClassRef<'_>, edit: &StatementEdit) -> String {
    let rewrite = &edit.rewrite;
    let Some(statement) = class.statement() else {
        return String::new();
    };
    let mut arguments: Vec<String> = match &rewrite.bases {
        Some(bases) => bases.clone(),
        None => statement
            .bases
            .iter()
            .map(|piece| class.written(*piece).to_owned())
            .collect(),
    };
    for (name, whole, _) in &statement.keywords {
        let set = rewrite
            .keywords
            .iter()
            .find(|(it, _)| Some(it) == name.as_ref());
        if set.is_none() {
            arguments.push(class.written(*whole).to_owned());
        }
    }
    for (name, value) in &rewrite.keywords {
        if let Some(value) = value {
            arguments.push(format!("{name}={value}"));
        }
    }
    let is_before = |piece: &crate::syntax::Piece| piece.1 <= statement.name.0;
    let (before, inside): (Vec<_>, Vec<_>) = rewrite
        .pieces
        .iter()
        .partition(|(piece, _)| is_before(piece));
    let mut said = format!("class {}", class.name());
    if !arguments.is_empty() {
        said = format!("{said}({})", arguments.join(", "));
    }
    if let Some(slots) = &rewrite.slots {
        said = format!("{said}: __slots__ = {slots}");
    }
    for (piece, text) in inside {
        let mut annotated = statement.annotated.iter();
        if let (Some((name, _)), Some(text)) = (annotated.find(|(_, it)| it == piece), text) {
            said = format!("{said}: {name} = {text}");
        }
    }
    for (piece, text) in before {
        said = match text {
            Some(text) => format!("@{text} {said}"),
            None => format!("{said} without @{}", class.written(*piece)),
        };
    }
    if let Some(insert) = &rewrite.insert {
        let line = insert.lines().next().unwrap_or_default();
        said = format!("{line} pass; {said}");
    }
    one_line(&said, LONGEST)
}

/// How much a mend changes elsewhere.
fn weight(mend: &Mended) -> Span {
    let classes: rustc_hash::FxHashSet<_> = mend.changes.iter().map(|(class, _)| class).collect();
    if !mend.is_faithful {
        return Span::new("an ancestor leaves", Role::Warning);
    }
    if classes.is_empty() {
        return Span::faint("none");
    }
    Span::plain(format!(
        "{}, {}",
        words::count(mend.changes.len(), "name", "names"),
        words::count(classes.len(), "class", "classes")
    ))
}

/// How many changes of a mend are listed.
const MOST_CHANGES: usize = 8;

/// What a mend changes, where it changes anything.
fn details(page: &mut Page, class: ClassRef<'_>, at: usize, mend: &Mended) {
    if mend.changes.is_empty() && mend.raising.is_empty() {
        return;
    }
    let analysis = class.analysis();
    page.heading(&format!("what mend {} changes", at + 1));
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(0)]);
    let said = |named: &Option<crate::analysis::Named>| match named {
        Some(named) => named.path.qualname.to_string(),
        None => String::from("none of the project's"),
    };
    for (changed, provider) in mend.changes.iter().take(MOST_CHANGES) {
        let link = analysis.class_named(changed).map(|id| analysis.class(id));
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::new(
                        format!("  {}.{}", changed.path.qualname, provider.name),
                        Role::Class,
                    )],
                    vec![Span::faint(format!("from {}", said(&provider.from)))],
                    vec![Span::plain(format!("→ {}", said(&provider.to)))],
                ],
            )
            .to(link.and_then(class_link)),
        );
    }
    if mend.changes.len() > MOST_CHANGES {
        page.push(Line::text(vec![Span::faint(format!(
            "  and {} more",
            mend.changes.len() - MOST_CHANGES
        ))]));
    }
    for (raising, said) in mend.raising.iter().take(MOST_CHANGES) {
        page.push(Line::text(vec![Span::new(
            format!("  {raising}, which no import came to, raises {said}"),
            Role::Warning,
        )]));
    }
}
