//! The *matrix* page: the classes of an MRO, or all below a base, by the names they define: who defines, who inherits, who must define, who
//! calls on.
//!
//! Names that more classes define come first: there is something to compare. The selected column decides where the lines lead.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::Name;
use crate::analysis::{ClassRef, Definition, says_nothing};
use crate::semantics::{ClassId, Outcome};
use crate::view::words::{self, Names, class_link, count, place_link};
use crate::view::{Column, Line, Page, Role, Settings, Span};

/// Columns that stand before those of the classes: the letter of its kind, the name, and how many define it.
const FIXED: usize = 3;

/// Classes before and behind the selected one whose cells are made; a screen has room for fewer.
const AROUND: usize = 32;

/// From so many names on, rows far from where one looks say the name alone, and how many rows around it are whole.
const MANY: usize = 600;
const WHOLE: usize = 350;

/// Lays out who defines what, along the MRO of a class or among all that derives from it. Whoever looks at the lines around `near` and at the
/// selected column alone need not wait for the others; without it there is a table for each so many classes as `settings` has, one below the other.
pub fn matrix(class: ClassRef<'_>, settings: &Settings, near: Option<usize>) -> Page {
    let mut page = words::about(class);
    let below = settings.matrix.below;
    let classes = columns(class, settings);
    let defined = defined(class, &classes, settings);
    let rows = rows(&defined);
    summary(&mut page, class, below, classes.len(), &rows);
    if rows.is_empty() || classes.is_empty() {
        page.push(Line::text(vec![Span::plain(
            "nothing to compare: the filter and the switches leave no name",
        )]));
        return page;
    }
    let grid = Grid {
        class,
        classes: &classes,
        below,
        rows: &rows,
    };
    if near.is_some() {
        let at = settings.matrix.column.min(classes.len() - 1);
        page.push(selected(class, classes[at], at, classes.len()));
        let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(classes.len());
        grid.table(&mut page, around, Some(at), near);
        return page;
    }
    let many = settings.matrix.classes.unwrap_or(classes.len()).max(1);
    for from in (0..classes.len()).step_by(many) {
        grid.table(
            &mut page,
            from..(from + many).min(classes.len()),
            None,
            None,
        );
    }
    page
}

/// How many columns there are.
pub fn matrix_columns(class: ClassRef<'_>, settings: &Settings) -> usize {
    columns(class, settings).len()
}

/// The classes: the MRO, `object` only where its names are wanted; or the class and what derives from it.
fn columns<'a>(class: ClassRef<'a>, settings: &Settings) -> Vec<ClassRef<'a>> {
    let analysis = class.analysis();
    if settings.matrix.below {
        let below = analysis.hierarchy().descendants(class.id());
        let below = below.into_iter().map(|id| analysis.class(id));
        return std::iter::once(class).chain(below).collect();
    }
    let mut classes = class.known_ancestry();
    let object = analysis.classes.object();
    classes.retain(|it| settings.members.object || it.id() != object || *it == class);
    classes
}

/// A definition of a name, and the column of its class.
type Defined<'a> = (&'a Name, usize, Definition<'a>);

/// A name, and who defines it, by column.
struct Row<'d, 'a> {
    name: &'a Name,
    by: &'d [Defined<'a>],
}

/// All definitions of the names that are listed, by name and column.
///
/// Below a base these are the names that it has itself: what those below add is nothing that they override.
fn defined<'a>(
    class: ClassRef<'a>,
    classes: &[ClassRef<'a>],
    settings: &Settings,
) -> Vec<Defined<'a>> {
    let switches = settings.members;
    let object = class.analysis().classes.object();
    let is_listed = |name: &Name, definition: &Definition<'_>| {
        let is_everywhere = name.starts_with('_') && says_nothing(name)
            || definition.class.id() == object && definition.class != class
            || words::every_class_has(name, definition.member);
        (switches.object || !is_everywhere)
            && super::members::is_shown(name, switches)
            && super::matches(&settings.filter, name)
    };
    let of_base: FxHashSet<&Name> = if settings.matrix.below {
        let ancestry = class.known_ancestry().into_iter();
        let all = ancestry.flat_map(|of| of.members().iter().map(move |it| (of, it)));
        let listed = all.filter(|(of, (name, member))| {
            let (class, member) = (*of, *member);
            is_listed(name, &Definition { class, member })
        });
        listed.map(|(_, (name, _))| name).collect()
    } else {
        FxHashSet::default()
    };
    let mut all: Vec<Defined<'_>> = vec![];
    for (column, &of) in classes.iter().enumerate() {
        for (name, member) in of.members() {
            let definition = Definition { class: of, member };
            let is_asked = if settings.matrix.below {
                of_base.contains(name)
            } else {
                is_listed(name, &definition)
            };
            if is_asked {
                all.push((name, column, definition));
            }
        }
    }
    // Those of one name stay in the order of the columns.
    all.sort_by_key(|&(name, ..)| name);
    all
}

/// The rows, those first of which there is most to compare, then those that somebody must define.
fn rows<'d, 'a>(defined: &'d [Defined<'a>]) -> Vec<Row<'d, 'a>> {
    let of_names = defined.chunk_by(|a, b| a.0 == b.0);
    let mut rows: Vec<Row<'_, '_>> = of_names.map(|by| Row { name: by[0].0, by }).collect();
    rows.sort_by_key(|row| {
        let is_owed = row.by.iter().any(|(.., it)| it.member.is_abstract);
        (Reverse(row.by.len()), !is_owed)
    });
    rows
}

/// How many there are of what, and what the cells mean.
fn summary(
    page: &mut Page,
    class: ClassRef<'_>,
    below: bool,
    classes: usize,
    rows: &[Row<'_, '_>],
) {
    let of = if below {
        format!(
            "{} and the {} below it",
            class.name(),
            count(classes.saturating_sub(1), "class", "classes")
        )
    } else {
        count(classes, "class of its MRO", "classes of its MRO")
    };
    let several = rows.iter().filter(|row| row.by.len() > 1).count();
    page.push(Line::text(vec![Span::plain(format!(
        "{of}, {}, {several} in several",
        count(rows.len(), "name", "names")
    ))]));
    page.push(Line::text(vec![
        Span::new("def", Role::Taken),
        Span::faint(" defines  "),
        Span::plain("↑"),
        Span::faint(" calls super()  "),
        Span::plain("same"),
        Span::faint(" text as it hides  "),
        Span::plain("abs"),
        Span::faint(" abstract  "),
        Span::new("must", Role::Warning),
        Span::faint(" define  · inherits"),
    ]));
}

/// Which column is selected.
fn selected(class: ClassRef<'_>, column: ClassRef<'_>, at: usize, of: usize) -> Line {
    let mut spans = vec![
        Span::faint(format!("column {} of {of}: ", at + 1)),
        words::class_span(column),
    ];
    if let Some(place) = column.place() {
        let place = class.analysis().say_place(place);
        spans.push(Span::faint(format!("  {place}")));
    }
    Line::text(spans).to(class_link(column))
}

/// What the cells share.
struct Grid<'g, 'a> {
    class: ClassRef<'a>,
    classes: &'g [ClassRef<'a>],
    below: bool,
    rows: &'g [Row<'g, 'a>],
}

impl<'a> Grid<'_, 'a> {
    /// A table with a column for each of these classes.
    fn table(&self, page: &mut Page, shown: Range<usize>, at: Option<usize>, near: Option<usize>) {
        page.push(Line::blank());
        let names = Names::of(self.classes[shown.clone()].iter().copied());
        let columns = [Column::left(0), Column::left(0), Column::right(0)].into_iter();
        let columns = columns.chain(shown.clone().map(|_| Column::left(0)));
        let table = page.table(columns.collect());
        if let Some(at) = at {
            page.moves(table, FIXED, at - shown.start);
        }
        let mut head = vec![vec![], vec![Span::faint("name")], vec![Span::faint("by")]];
        head.extend(shown.clone().map(|column| {
            let name = names.text(self.classes[column]);
            if at == Some(column) {
                vec![Span::new(format!("[{name}]"), Role::Heading)]
            } else {
                vec![Span::faint(name)]
            }
        }));
        page.push(Line::row(table, head));
        let near = near.filter(|_| self.rows.len() > MANY);
        page.lines.reserve(self.rows.len());
        let column = at.unwrap_or(shown.start);
        for row in self.rows {
            let (letter, role) = words::kind_letter(row.by[0].2.member);
            let link = self.link(row, column);
            if near.is_some_and(|near| near.abs_diff(page.lines.len()) > WHOLE) {
                page.push(Line::named(table, letter, row.name, role).to(link));
                continue;
            }
            let by = Span::faint(row.by.len().to_string());
            let letter = Span::new(letter, role);
            let mut cells = vec![vec![letter], vec![Span::new(row.name, role)], vec![by]];
            cells.extend(shown.clone().map(|column| self.cell(row, column)));
            page.push(Line::row(table, cells).to(link).about(row.name));
        }
    }

    /// What a class has for a name, and from which class; none where it has nothing.
    fn given(&self, name: &Name, of: ClassRef<'a>) -> Option<Definition<'a>> {
        let classes = &self.class.analysis().classes;
        let mro = match of.outcome() {
            Outcome::Created(made) => &made.mro[..],
            // What it derives from is not known whole, or there is no class.
            Outcome::Raises(_) | Outcome::Unknown { .. } => &[],
        };
        let own = [of.id()];
        let mro = if mro.is_empty() { &own[..] } else { mro };
        mro.iter().find_map(|&id| {
            let member = classes.members(id).get(name)?;
            let class = self.class.analysis().class(id);
            Some(Definition { class, member })
        })
    }

    /// The definition that the one of this column hides: along the MRO of the page's class; below a base along that of the column's own.
    fn hidden(&self, row: &Row<'_, 'a>, column: usize) -> Option<Definition<'a>> {
        if !self.below {
            let mut later = row.by.iter().filter(|(_, at, _)| *at > column);
            return later.next().map(|(.., it)| *it);
        }
        let analysis = self.class.analysis();
        let mro: &[ClassId] = analysis
            .classes
            .mro(self.classes[column].id())
            .unwrap_or_default();
        mro.iter().skip(1).find_map(|&id| {
            let member = analysis.classes.members(id).get(row.name)?;
            let class = analysis.class(id);
            Some(Definition { class, member })
        })
    }

    fn cell(&self, row: &Row<'_, 'a>, column: usize) -> Vec<Span> {
        let own = row.by.iter().position(|(_, at, _)| *at == column);
        let Some(position) = own else {
            let of = self.classes[column];
            return match self.given(row.name, of) {
                Some(given) if given.member.is_abstract => vec![Span::new("must", Role::Warning)],
                Some(_) => vec![Span::faint("·")],
                None if matches!(of.outcome(), Outcome::Unknown { .. }) => {
                    vec![Span::new("?", Role::Unknown)]
                }
                None => vec![],
            };
        };
        let definition = row.by[position].2;
        let hidden = self.hidden(row, column);
        let is_same = hidden.is_some_and(|it| self.says_the_same(definition, it));
        let mut said = if definition.member.is_abstract {
            String::from("abs")
        } else if is_same {
            String::from("same")
        } else {
            String::from("def")
        };
        if definition.member.calls_super {
            said.push('↑');
        }
        if definition.member.maybe.is_some() {
            said.push('?');
        }
        // Along an MRO what comes behind a definition that does not call on never runs.
        let runs = self.below
            || row.by[..position]
                .iter()
                .all(|(.., it)| it.member.calls_super);
        let role = if !runs {
            Role::Rejected
        } else if position == 0 || self.below {
            Role::Taken
        } else {
            Role::Plain
        };
        vec![Span::new(said, role)]
    }

    /// Whether two definitions are written alike, but for their indentation.
    fn says_the_same(&self, one: Definition<'_>, other: Definition<'_>) -> bool {
        let analysis = self.class.analysis();
        let (Some(one), Some(other)) = (one.member.place, other.member.place) else {
            return false;
        };
        let lines = |place| analysis.text_of(place).lines().map(str::trim);
        one != other && lines(one).eq(lines(other))
    }

    /// Where a row leads: to the definition that the selected class has, its own or another's; else to the class.
    fn link(&self, row: &Row<'_, 'a>, column: usize) -> Option<crate::view::Link> {
        let of = self.classes[column];
        let own = row.by.iter().find(|(_, at, _)| *at == column);
        let given = own.map(|(.., it)| *it).or_else(|| self.given(row.name, of));
        let place = given.and_then(|it| it.place());
        place_link(self.class.analysis(), place).or_else(|| class_link(of))
    }
}
