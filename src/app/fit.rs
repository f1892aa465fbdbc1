//! Lays a page out for a width: columns line up, give way where it is narrow, and rows become runs of spans.
//!
//! Pages know no width; this is where one enters. The command line and the screen both come through here, so a page
//! reads the same in either.

mod wrap;

use crate::app::clip;
use crate::app::fit::wrap::{blank, wrap};
use crate::view::{Align, Body, Column, Moves, Page, Span};

/// Cells between two columns.
const GAP: usize = 2;
/// A name keeps this much before other columns go. Most class names are shorter.
const NAME: usize = 24;
/// A column narrower than this is not worth breaking texts in.
const NARROW: usize = 12;
/// From this width on a table has room for names and places beside its texts.
const WIDE: usize = 96;
/// A text or a place keeps this much, or its column goes.
const TEXT: usize = 14;

/// Up to which width columns of a table that is seen a part at a time are so wide; beyond as wide as [`NARROW`].
const OF_PARTS: [(usize, usize); 2] = [(60, 5), (90, 8)];

/// Of so many cells one may go on in the next row, so that it does not make its column wide for all.
const FEW: usize = 20;

/// Where the rows of a page are for a width. What stands in a row is made when somebody looks at it: of a page with many thousand lines
/// nobody sees more than a screen.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    rows: Vec<Row>,
    width: usize,
    /// How many cells of source are left out at the left.
    left: usize,
    /// The widths of the columns of each table.
    widths: Vec<Vec<usize>>,
}

/// One row of a page. A line of running text may take several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Index of its line in [`Page::lines`].
    pub line: usize,
    /// Which of the rows of that line it is; none where the line is cut off at the end of the row.
    part: Option<usize>,
}

impl Layout {
    /// Each line in one row of at most `width` cells.
    pub fn cut(page: &Page, width: u16) -> Self {
        let width = usize::from(width);
        Self {
            rows: (0..page.lines.len())
                .map(|line| Row { line, part: None })
                .collect(),
            width,
            left: 0,
            widths: table_widths(page, width),
        }
    }

    /// The same, with source that begins so many cells further right.
    #[must_use]
    pub fn sideways(mut self, left: usize) -> Self {
        self.left = left;
        self
    }

    /// In rows of at most `width` cells; running text that is longer goes on in the next row.
    pub fn folded(page: &Page, width: u16) -> Self {
        let width = usize::from(width);
        let widths = table_widths(page, width);
        let mut rows = Vec::with_capacity(page.lines.len());
        for (at, line) in page.lines.iter().enumerate() {
            let parts = match &line.body {
                Body::Source(line) => wrap(&line.spans(), width, 2).len(),
                Body::Text(spans) if clip::width_of(spans) <= width => 1,
                Body::Text(spans) => wrap(spans, width, 2).len(),
                Body::Row { table, cells } if fits(page, *table, cells, &widths) => 1,
                Body::Row { table, cells } => folded(page, *table, cells, &widths).len(),
                Body::Named { .. } => 1,
            };
            rows.extend((0..parts).map(|part| Row {
                line: at,
                part: Some(part),
            }));
        }
        Self {
            rows,
            width,
            left: 0,
            widths,
        }
    }

    /// The rows, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What a row of this page says.
    pub fn spans(&self, page: &Page, at: Row) -> Vec<Span> {
        let Some(line) = page.lines.get(at.line) else {
            return vec![];
        };
        match (&line.body, at.part) {
            (Body::Source(source), None) => clip::sideways(&source.spans(), self.left, self.width),
            (Body::Source(source), Some(part)) => {
                let rows = wrap(&source.spans(), self.width, 2);
                rows.into_iter().nth(part).unwrap_or_default()
            }
            (Body::Text(spans), None) => clip::spans_end(spans, self.width),
            (Body::Text(spans), Some(part)) => {
                let rows = wrap(spans, self.width, 2);
                rows.into_iter().nth(part).unwrap_or_default()
            }
            (Body::Row { table, cells }, None) => row(page, *table, cells, &self.widths),
            (Body::Named { .. }, _) => line.cells().map_or_else(Vec::new, |(table, cells)| {
                row(page, table, &cells, &self.widths)
            }),
            (Body::Row { table, cells }, Some(part)) => {
                let rows = folded(page, *table, cells, &self.widths);
                rows.into_iter()
                    .nth(part)
                    .map_or_else(Vec::new, |cells| row(page, *table, &cells, &self.widths))
            }
        }
    }

    /// What each row of this page says.
    pub fn painted(&self, page: &Page) -> Vec<Vec<Span>> {
        self.rows.iter().map(|&at| self.spans(page, at)).collect()
    }
}

/// Whether the cells of a row need no other row to go on in.
fn fits(page: &Page, table: usize, cells: &[Vec<Span>], widths: &[Vec<usize>]) -> bool {
    let (Some(table), Some(widths)) = (page.tables.get(table), widths.get(table)) else {
        return true;
    };
    let mut columns = table.columns.iter().zip(widths).zip(cells);
    columns.all(|((column, &width), cell)| {
        column.gives_way > 0 || clip::width_of(cell) <= width || width < NARROW || !is_text(cell)
    })
}

/// Breaks the texts of a row that must not be lost at their blanks: the row, and those it goes on in.
fn folded(
    page: &Page,
    table: usize,
    cells: &[Vec<Span>],
    widths: &[Vec<usize>],
) -> Vec<Vec<Vec<Span>>> {
    let (Some(table), Some(widths)) = (page.tables.get(table), widths.get(table)) else {
        return vec![cells.to_vec()];
    };
    let mut rows: Vec<Vec<Vec<Span>>> = vec![vec![vec![]; cells.len()]];
    for (at, ((column, &width), cell)) in table.columns.iter().zip(widths).zip(cells).enumerate() {
        let lines = if column.gives_way == 0 && width >= NARROW && is_text(cell) {
            wrap(cell, width, 0)
        } else {
            vec![cell.clone()]
        };
        while rows.len() < lines.len() {
            rows.push(vec![vec![]; cells.len()]);
        }
        for (row, line) in rows.iter_mut().zip(lines) {
            row[at] = line;
        }
    }
    rows
}

/// Whether a cell holds words rather than a name: those may be parted, and are cut off at their end.
fn is_text(cell: &[Span]) -> bool {
    if !cell.iter().any(|span| span.text.contains(' ')) {
        return false;
    }
    let text: String = cell.iter().map(|span| span.text.as_str()).collect();
    text.split_whitespace().nth(2).is_some()
}

/// The title of a page: its name at the left, the standing of its answer at the right.
pub fn title(page: &Page, width: u16) -> Vec<Span> {
    let width = usize::from(width);
    let standing = clip::spans_end(&page.standing, width);
    let taken = clip::width_of(&standing);
    let room = width.saturating_sub(taken + usize::from(taken > 0));
    let mut spans = clip::spans_middle(&page.title, room);
    spans.push(blank(
        width - taken - clip::width_of(&spans).min(width - taken),
    ));
    spans.extend(standing);
    spans
}

/// What the cells of a column would like.
#[derive(Debug, Clone, Copy, Default)]
struct Wish {
    /// The width of the widest.
    width: usize,
    /// A width in which all but one cell in [`FEW`] have room.
    usual: usize,
    /// Whether one of them holds words.
    text: bool,
}

/// The widths of the columns of each table; 0 for one that gave way or holds nothing.
fn table_widths(page: &Page, width: usize) -> Vec<Vec<usize>> {
    let mut wishes: Vec<Vec<Wish>> = page
        .tables
        .iter()
        .map(|table| vec![Wish::default(); table.columns.len()])
        .collect();
    // How many cells are so wide, up to the widest; what is wider than the page is counted as that.
    let widest = width.max(1);
    let mut counts: Vec<Vec<Vec<usize>>> = page
        .tables
        .iter()
        .map(|table| vec![vec![]; table.columns.len()])
        .collect();
    for line in &page.lines {
        let (Body::Row { table, .. } | Body::Named { table, .. }) = &line.body else {
            continue;
        };
        let (Some(columns), Some(counts)) = (wishes.get_mut(*table), counts.get_mut(*table)) else {
            continue;
        };
        let mut note = |at: usize, width: usize, text: bool| {
            if let (Some(wish), Some(counts)) = (columns.get_mut(at), counts.get_mut(at)) {
                let place = width.min(widest);
                if counts.len() <= place {
                    counts.resize(place + 1, 0);
                }
                counts[place] += 1;
                wish.width = wish.width.max(width);
                wish.text |= text;
            }
        };
        match &line.body {
            Body::Row { cells, .. } => {
                for (at, cell) in cells.iter().enumerate() {
                    note(at, clip::width_of(cell), is_text(cell));
                }
            }
            Body::Named { sign, .. } => {
                let name = line.attribute.as_deref().unwrap_or_default();
                note(0, clip::width(sign), false);
                note(1, clip::width(name), false);
            }
            Body::Text(_) | Body::Source(_) => {}
        }
    }
    for (wishes, counts) in wishes.iter_mut().zip(&counts) {
        for (wish, counts) in wishes.iter_mut().zip(counts) {
            let few = counts.iter().skip(1).sum::<usize>() / FEW;
            let mut wider = 0;
            let usual = counts.iter().enumerate().rev().find(|(_, count)| {
                wider += **count;
                wider > few
            });
            wish.usual = usual.map_or(wish.width, |(width, _)| width.min(wish.width));
        }
    }
    page.tables
        .iter()
        .zip(wishes)
        .map(|(table, wishes)| match table.moves {
            Some(moves) => moved(moves, &wishes, width),
            None => share(&table.columns, wishes, width),
        })
        .collect()
}

/// The widths of a table that is seen a part at a time: all columns where they fit, else as many as do in one width, the selected one among them.
fn moved(moves: Moves, wishes: &[Wish], width: usize) -> Vec<usize> {
    let (stay, others) = wishes.split_at(moves.stay.min(wishes.len()));
    let mut widths: Vec<usize> = stay.iter().map(|wish| wish.width).collect();
    // Where it is narrow, a second class says more than the whole of a name.
    let most = if width < OF_PARTS[0].0 {
        TEXT.max(width * 2 / 5)
    } else {
        NAME.max(width / 3)
    };
    let most = most.min(width);
    for width in &mut widths {
        *width = (*width).min(most);
    }
    let gaps = widths.iter().filter(|width| **width > 0).count() * GAP;
    let room = width.saturating_sub(widths.iter().sum::<usize>() + gaps);
    let whole: usize = others.iter().map(|wish| wish.width + GAP).sum();
    if whole <= room + GAP {
        widths.extend(others.iter().map(|wish| wish.width));
        return widths;
    }
    let of_width = OF_PARTS.iter().find(|(most, _)| width < *most);
    let one = of_width.map_or(NARROW, |&(_, one)| one);
    let fitting = ((room + GAP) / (one + GAP)).max(1);
    let first = moves.at / fitting * fitting;
    let seen = first..first + fitting;
    widths.extend(others.iter().enumerate().map(|(at, wish)| {
        if seen.contains(&at) {
            wish.width.min(one).min(room)
        } else {
            0
        }
    }));
    widths
}

/// Shares `width` among columns by what they would like.
///
/// Columns that may go do so, the highest [`Column::gives_way`] first, until what is left has at least its least width;
/// what remains over goes to those that never go first, then to the columns that give way last.
fn share(columns: &[Column], mut shown: Vec<Wish>, width: usize) -> Vec<usize> {
    let needed = shown.iter().map(|wish| wish.width + GAP).sum::<usize>();
    if needed > width + GAP {
        // A text can go on in the next row: a few long ones leave the room to the others.
        for (column, wish) in columns.iter().zip(&mut shown) {
            if column.gives_way == 0 && wish.text {
                wish.width = wish.width.min(wish.usual.max(NAME));
            }
        }
    }
    loop {
        let gaps = GAP
            * shown
                .iter()
                .filter(|wish| wish.width > 0)
                .count()
                .saturating_sub(1);
        if shown.iter().map(|wish| wish.width).sum::<usize>() + gaps <= width {
            return shown.into_iter().map(|wish| wish.width).collect();
        }
        let with_text = columns
            .iter()
            .zip(&shown)
            .any(|(column, wish)| column.gives_way == 0 && wish.text);
        let mut least: Vec<usize> = columns
            .iter()
            .zip(&shown)
            .map(|(column, wish)| {
                wish.width
                    .min(least_width(*column, *wish, width, with_text))
            })
            .collect();
        let needed = least.iter().sum::<usize>() + gaps;
        if needed <= width {
            spread(columns, &shown, &mut least, width);
            return least;
        }
        let Some(going) = (0..columns.len())
            .filter(|&at| shown[at].width > 0 && columns[at].gives_way > 0)
            .max_by_key(|&at| (columns[at].gives_way, at))
        else {
            squeeze(&mut least, width.saturating_sub(gaps));
            return least;
        };
        shown[going] = Wish::default();
    }
}

/// What a column keeps, or goes.
fn least_width(column: Column, wish: Wish, width: usize, with_text: bool) -> usize {
    match (column.gives_way, column.align) {
        // Beside a text, which takes more rows for each cell it lacks, a name gives what it can.
        (0, Align::Left) if with_text && !wish.text => NAME,
        // A text goes on in the next row; before another column has to go it does so from less than half of the width.
        (0, Align::Left) if wish.text => wish.width.min(NAME.max(width * 2 / 5)),
        // A quarter of a long name can go before another column has to; more than that, and names look alike.
        (0, Align::Left) => (wish.width * 3 / 4).clamp(NAME, NAME.max(width / 2)),
        (_, Align::Left) if column.is_whole => usize::MAX,
        (_, Align::Left) => TEXT,
        // A number that lost a digit would be another number.
        (_, Align::Right) => usize::MAX,
    }
}

/// Gives what is left of the width to the columns that want more: texts that never go, the narrowest of names, those that go last. Where there is
/// much room, names and places are made whole before a text is padded for its longest.
fn spread(columns: &[Column], wanted: &[Wish], widths: &mut [usize], width: usize) {
    let gaps = widths
        .iter()
        .filter(|width| **width > 0)
        .count()
        .saturating_sub(1)
        * GAP;
    let over = width.saturating_sub(widths.iter().sum::<usize>() + gaps);
    let is_wide = width >= WIDE;
    for _ in 0..over {
        let next = (0..columns.len())
            .filter(|&at| widths[at] < wanted[at].width)
            .min_by_key(|&at| match columns[at].gives_way {
                0 if is_wide && !wanted[at].text && widths[at] < width / 3 => (0, widths[at]),
                _ if is_wide && !wanted[at].text && wanted[at].width <= NAME => (0, widths[at]),
                0 => (1 + u8::from(!wanted[at].text), widths[at]),
                later => (later.saturating_add(2), 0),
            });
        let Some(next) = next else { return };
        widths[next] += 1;
    }
}

/// Takes cells from the widest column until all fit `width`.
fn squeeze(widths: &mut [usize], width: usize) {
    while widths.iter().sum::<usize>() > width {
        let Some(widest) = widths.iter_mut().max_by_key(|width| **width) else {
            return;
        };
        *widest -= 1;
    }
}

/// One row of a table, its cells brought to the widths of their columns.
fn row(page: &Page, table: usize, cells: &[Vec<Span>], widths: &[Vec<usize>]) -> Vec<Span> {
    let (Some(table), Some(widths)) = (page.tables.get(table), widths.get(table)) else {
        return vec![];
    };
    let mut spans: Vec<Span> = vec![];
    // Blanks are owed rather than paid, so that no row ends in them.
    let mut owed = 0;
    let mut first = true;
    for ((column, &width), cell) in table.columns.iter().zip(widths).zip(cells) {
        if width == 0 {
            continue;
        }
        if !first {
            owed += GAP;
        }
        first = false;
        let kept = if (column.gives_way == 0 || cell.len() == 1) && !is_text(cell) {
            clip::spans_middle(cell, width)
        } else {
            clip::spans_end(cell, width)
        };
        let spare = width - clip::width_of(&kept).min(width);
        let (before, after) = match column.align {
            Align::Left => (0, spare),
            Align::Right => (spare, 0),
        };
        owed += before;
        if kept.iter().any(|span| !span.text.is_empty()) {
            if owed > 0 {
                spans.push(blank(owed));
            }
            owed = after;
            spans.extend(kept);
        } else {
            owed += after;
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Line, Role, Table};

    fn page(rows: &[&[&str]], columns: &[(Align, u8)]) -> Page {
        Page {
            lines: rows
                .iter()
                .map(|cells| Line {
                    body: Body::Row {
                        table: 0,
                        cells: cells.iter().map(|cell| text(cell)).collect(),
                    },
                    link: None,
                    attribute: None,
                })
                .collect(),
            tables: vec![Table {
                columns: columns
                    .iter()
                    .map(|&(align, gives_way)| Column {
                        align,
                        gives_way,
                        is_whole: align == Align::Right,
                    })
                    .collect(),
                moves: None,
            }],
            ..Page::default()
        }
    }

    fn fit(page: &Page, width: u16) -> Vec<Vec<Span>> {
        Layout::cut(page, width).painted(page)
    }

    fn fold(page: &Page, width: u16) -> Vec<Vec<Span>> {
        Layout::folded(page, width).painted(page)
    }

    fn text(text: &str) -> Vec<Span> {
        vec![Span {
            text: text.to_owned(),
            role: Role::Plain,
        }]
    }

    fn plain(rows: &[Vec<Span>]) -> Vec<String> {
        rows.iter()
            .map(|row| row.iter().map(|span| span.text.as_str()).collect())
            .collect()
    }

    fn ancestors() -> Page {
        page(
            &[
                &["1", "UpdateView", "1", "edit.py:209"],
                &[
                    "10",
                    "SingleObjectTemplateResponseMixin",
                    "2",
                    "detail.py:117",
                ],
            ],
            &[
                (Align::Right, 0),
                (Align::Left, 0),
                (Align::Right, 2),
                (Align::Left, 1),
            ],
        )
    }

    #[test]
    fn columns_line_up_and_no_row_ends_in_blanks() {
        assert_eq!(
            plain(&fit(&ancestors(), 80)),
            [
                " 1  UpdateView                         1  edit.py:209",
                "10  SingleObjectTemplateResponseMixin  2  detail.py:117"
            ]
        );
    }

    #[test]
    fn the_column_that_gives_way_first_goes_first_and_names_only_lose_their_middle() {
        assert_eq!(
            plain(&fit(&ancestors(), 45)),
            [
                " 1  UpdateView                  edit.py:209",
                "10  SingleObject…ResponseMixin  detail.py:117"
            ]
        );
        assert_eq!(
            plain(&fit(&ancestors(), 20)),
            [" 1  UpdateView", "10  SingleO…nseMixin"]
        );
    }

    #[test]
    fn no_row_is_ever_wider_than_asked() {
        let mut page = ancestors();
        page.lines.push(Line {
            body: Body::Text(text("running text of some length, 名前 included")),
            link: None,
            attribute: None,
        });
        for width in 0..90 {
            for row in fit(&page, width) {
                assert!(
                    clip::width_of(&row) <= usize::from(width),
                    "{width}: {row:?}"
                );
            }
            for row in fold(&page, width) {
                assert!(
                    clip::width_of(&row) <= usize::from(width),
                    "{width}: {row:?}"
                );
            }
            assert!(clip::width_of(&title(&page, width)) <= usize::from(width));
        }
    }

    #[test]
    fn a_word_longer_than_a_row_goes_on_behind_its_bracket() {
        let page = Page {
            lines: vec![Line {
                body: Body::Text(text("class UpdateView(ObjectTemplateMixin, BaseView)")),
                link: None,
                attribute: None,
            }],
            ..Page::default()
        };
        assert_eq!(
            plain(&fold(&page, 24)),
            ["class UpdateView(", "  ObjectTemplateMixin,", "  BaseView)"]
        );
    }

    #[test]
    fn running_text_goes_on_in_the_next_row_at_a_blank() {
        let page = Page {
            lines: vec![Line {
                body: Body::Text(text("  View comes before Mixin because it derives from it")),
                link: None,
                attribute: None,
            }],
            ..Page::default()
        };
        let rows = fold(&page, 24);
        assert_eq!(
            plain(&rows),
            [
                "  View comes before",
                "    Mixin because it",
                "    derives from it"
            ]
        );
    }
}
