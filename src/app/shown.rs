//! `Shown`: a page that has been made and laid out, with the rules of what can be selected on it.

use crate::app::fit::{Layout, Row};
use crate::app::location::Location;
use crate::view::letters;
use crate::view::{Body, Line, Page, Role, Settings, Span};

/// What a page was made from: while it is the same, so is the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The place, without its selected line.
    pub place: Location,
    /// How it was to be shown.
    pub settings: Settings,
    /// The line around which it was to be whole.
    pub near: usize,
    /// How often an analysis has arrived.
    pub edition: u64,
}

/// A page that has been made and laid out for a width.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// What it was made from.
    pub made: Option<Made>,
    /// The page.
    pub page: Page,
    layout: Layout,
    /// For which width its rows are laid out, and how far right source begins; none for a page that is new.
    laid: Option<(u16, usize)>,
    /// Lines that can be selected, in order.
    selectable: Vec<usize>,
}

impl Shown {
    /// Takes a new page.
    pub fn take(&mut self, made: Made, page: Page) {
        self.selectable = selectable(&page);
        self.made = Some(made);
        self.page = page;
        self.layout = Layout::default();
        self.laid = None;
    }

    /// Lays it out for a width; source is cut off where other text goes on in the next row, and begins so many cells further right.
    pub fn lay(&mut self, width: u16, source: bool, left: usize) {
        if self.laid == Some((width, left)) {
            return;
        }
        self.laid = Some((width, left));
        self.layout = if source {
            Layout::cut(&self.page, width).sideways(left)
        } else {
            Layout::folded(&self.page, width)
        };
    }

    /// Its rows.
    pub fn rows(&self) -> &[Row] {
        self.layout.rows()
    }

    /// What one of its rows says.
    pub fn spans(&self, row: Row) -> Vec<Span> {
        self.layout.spans(&self.page, row)
    }

    /// The first line that speaks of an attribute.
    pub fn about(&self, attribute: &str) -> Option<usize> {
        let lines = &self.page.lines;
        let is_about = |line: &Line| line.attribute.as_deref() == Some(attribute);
        lines.iter().position(is_about)
    }

    /// Whether no line of it leads anywhere.
    pub fn is_dead(&self) -> bool {
        self.page.lines.iter().all(|it| it.link.is_none())
    }

    /// The first line that leads somewhere, or else that can be selected, among those that are seen in so many rows from the top.
    pub fn first(&self, height: usize) -> usize {
        let leads = |at: &&usize| self.page.lines[**at].link.is_some();
        let seen = |at: &&usize| self.last_row(**at) < height;
        let mut lines = self.selectable.iter();
        lines.find(|at| leads(at) && seen(at)).copied().unwrap_or(0)
    }

    /// The line that has the words of a filter best; none where no line that leads somewhere has them.
    pub fn best(&self, filter: &str) -> Option<usize> {
        let lines = self.selectable.iter().copied();
        let leading = lines.filter(|&at| self.page.lines[at].link.is_some());
        let ranked = leading.filter_map(|at| {
            let line = &self.page.lines[at];
            let nearness = match line.attribute.as_deref() {
                Some(name) => letters::nearness(name, filter),
                None => None,
            };
            let nearness = nearness.or_else(|| letters::nearness(&line.plain(), filter));
            nearness.map(|it| (it, at))
        });
        ranked.min().map(|it| it.1)
    }

    /// The line that can be selected and is `by` further than `line`, or as far as there is one.
    pub fn further(&self, line: usize, by: isize) -> usize {
        let here = self.selectable.partition_point(|&at| at < line);
        let last = self.selectable.len().saturating_sub(1);
        let there = here.saturating_add_signed(by).min(last);
        self.selectable.get(there).copied().unwrap_or(0)
    }

    /// The first line that can be selected at or after `line`, or the last one before it.
    pub fn nearest(&self, line: usize) -> usize {
        self.further(line, 0)
    }

    /// Whether a line can be selected.
    pub fn is_selectable(&self, line: usize) -> bool {
        self.selectable.binary_search(&line).is_ok()
    }

    /// The first row that should be shown, so that `line` is among `height` rows and as little moves as possible.
    pub fn top_for(&self, line: usize, top: usize, height: usize) -> usize {
        let most = self.rows().len().saturating_sub(height);
        if height == 0 {
            return 0;
        }
        // What stands above the first line that can be selected, and below the last, is seen by going there.
        if Some(&line) == self.selectable.first() && self.first_row(line) < height {
            return 0;
        }
        if Some(&line) == self.selectable.last()
            && self.rows().len() - self.first_row(line) <= height
        {
            return most;
        }
        let first = self.first_row(line);
        let last = self.last_row(line).min(first + height - 1);
        let lowest = (last + 1).saturating_sub(height);
        top.clamp(lowest, first).min(most.max(lowest))
    }

    /// Index of the first row of a line.
    pub fn first_row(&self, line: usize) -> usize {
        self.rows().partition_point(|row| row.line < line)
    }

    fn last_row(&self, line: usize) -> usize {
        self.rows()
            .partition_point(|row| row.line <= line)
            .saturating_sub(1)
    }
}

/// The lines that can be selected: those that lead somewhere; on a page where none does, all that say something.
fn selectable(page: &Page) -> Vec<usize> {
    let linked: Vec<usize> = (0..page.lines.len())
        .filter(|&at| page.lines[at].link.is_some())
        .collect();
    if !linked.is_empty() && !long_without_links(&linked, page.lines.len()) {
        return linked;
    }
    (0..page.lines.len())
        .filter(|&at| match &page.lines[at].body {
            Body::Text(spans) => spans
                .iter()
                .any(|span| !span.text.trim().is_empty() && span.role != Role::Heading),
            Body::Source(_) | Body::Named { .. } => true,
            Body::Row { cells, .. } => cells.iter().any(|cell| !cell.is_empty()),
        })
        .collect()
}

/// Whether so many lines lie between two links that one could not be seen from the other on a small screen.
fn long_without_links(linked: &[usize], lines: usize) -> bool {
    const SMALL: usize = 5;
    let ends = linked.iter().copied().chain([lines]);
    let mut last = 0;
    for at in ends {
        if at.saturating_sub(last) > SMALL {
            return true;
        }
        last = at + 1;
    }
    false
}
