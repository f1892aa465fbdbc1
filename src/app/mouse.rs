//! The mouse: what a click and the wheel mean, by where they happen.

use crate::app::action::Action;
use crate::app::areas::{Areas, Focus, MARK};
use crate::app::hints;
use crate::app::state::{Prompt, State};
use crate::app::tabs;
use crate::app::tree::indent;
use crate::app::update::Effect;

/// Rows that one turn of the wheel scrolls.
const TURN: isize = 3;

/// Something done with the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What was done.
    pub kind: MouseKind,
    /// The cell, from the left, from 0.
    pub column: u16,
    /// The cell, from the top, from 0.
    pub row: u16,
}

/// What was done with the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button.
    Click,
    /// The right button.
    Menu,
    /// The mouse moves with the left button down.
    Drag,
    /// The wheel, away from the reader.
    WheelUp,
    /// The wheel, towards the reader.
    WheelDown,
}

impl State {
    /// Takes in the mouse: a click selects, a click on what is selected opens it, the wheel scrolls what it is over.
    pub(super) fn point(&mut self, mouse: Mouse) -> Vec<Effect> {
        if self.asking.is_some() || self.writing.is_some() {
            // Only a key says yes.
            if mouse.kind == MouseKind::Click {
                self.leave_python();
            }
            return vec![];
        }
        let areas = self.areas();
        let over = |part| Areas::holds(part, mouse.column, mouse.row);
        let by = match mouse.kind {
            MouseKind::Click => {
                let column = mouse.column.saturating_sub(areas.footer.x);
                let hint = hints::at(self, areas.footer.width, column);
                self.notice = None;
                self.pending.clear();
                if self.hold_divider(mouse.column, mouse.row, &areas) {
                    return vec![];
                }
                return match hint {
                    Some(action) if over(areas.footer) => self.act(action),
                    _ => self.click(mouse, &areas),
                };
            }
            MouseKind::Menu => {
                self.notice = None;
                self.pending.clear();
                self.menu_at(mouse, &areas);
                return vec![];
            }
            MouseKind::Drag => {
                self.drag_divider(mouse.column);
                return vec![];
            }
            MouseKind::WheelUp => -TURN,
            MouseKind::WheelDown => TURN,
        };
        if over(areas.page) {
            self.scroll_page(by, usize::from(areas.page.height));
        } else if let Some(Prompt::Search(search)) = &mut self.prompt {
            let most = search
                .hits
                .len()
                .saturating_sub(usize::from(areas.tree.height));
            search.top = search.top.saturating_add_signed(by).min(most);
            let last = search.top + usize::from(areas.tree.height.max(1)) - 1;
            search.at = search.at.clamp(search.top, last);
        } else if over(areas.tree) {
            let most = self
                .tree
                .rows()
                .len()
                .saturating_sub(usize::from(areas.tree.height));
            self.tree.top = self.tree.top.saturating_add_signed(by).min(most);
        }
        vec![]
    }

    /// Scrolls the page; the selected line comes along rather than leave the screen.
    fn scroll_page(&mut self, by: isize, height: usize) {
        let most = self.shown.rows().len().saturating_sub(height);
        let top = self.here().top.saturating_add_signed(by).min(most);
        let line_at = |row: usize| self.shown.rows().get(row).map_or(0, |row| row.line);
        let (first, last) = (
            line_at(top),
            line_at(top + height.max(1) - 1).max(line_at(top)),
        );
        let line = self.here().line.unwrap_or(0);
        let mut kept = self.shown.nearest(line.clamp(first, last.max(first)));
        if kept > last {
            kept = self.shown.further(kept, -1);
        }
        let place = self.history.here_mut();
        place.top = top;
        if (first..=last).contains(&kept) {
            place.line = Some(kept);
        }
    }

    /// Selects what the mouse points at, and lists what can be done with it.
    fn menu_at(&mut self, mouse: Mouse, areas: &Areas) {
        if self.prompt.is_some() {
            return;
        }
        let over = |part| Areas::holds(part, mouse.column, mouse.row);
        if over(areas.tree) {
            let row = self.tree.top + usize::from(mouse.row - areas.tree.y);
            if row >= self.tree.rows().len() {
                return;
            }
            self.focus = Focus::Tree;
            self.tree.select(row);
            self.pass_tree_row();
        } else if over(areas.page) {
            self.select_line_at(mouse.row, areas);
        } else {
            return;
        }
        self.open_menu();
    }

    /// Selects the line of the page that stands in a row of the screen; returns it.
    fn select_line_at(&mut self, row: u16, areas: &Areas) -> Option<usize> {
        let row = self.here().top + usize::from(row - areas.page.y);
        self.focus = Focus::Page;
        let line = self.shown.rows().get(row).map(|row| row.line)?;
        if self.shown.is_selectable(line) {
            self.history.here_mut().line = Some(line);
        }
        Some(line)
    }

    fn click(&mut self, mouse: Mouse, areas: &Areas) -> Vec<Effect> {
        let over = |part| Areas::holds(part, mouse.column, mouse.row);
        if over(areas.tree) {
            let row = usize::from(mouse.row - areas.tree.y);
            return self.click_row(row, mouse.column - areas.tree.x);
        }
        if over(areas.preview) {
            return self.click_preview();
        }
        if matches!(self.prompt, Some(Prompt::Filter(_))) {
            // What was typed is kept, as if it were accepted.
            self.prompt = None;
        }
        if self.prompt.is_some() {
            return vec![];
        }
        if over(areas.tabs) {
            let tabs = tabs::tabs(self);
            let column = mouse.column - areas.tabs.x;
            if let Some(page) = tabs::at(&tabs, areas.tabs.width, column) {
                self.focus = Focus::Page;
                self.open_page(page);
            }
        } else if over(areas.page) {
            let was = self.here().line.filter(|_| self.focus == Focus::Page);
            let line = self.select_line_at(mouse.row, areas);
            if line.is_some() && was == line {
                return self.act(Action::Open);
            }
        } else if over(areas.title) {
            return self.act(Action::Visited);
        } else if over(areas.aside) {
            return self.act(Action::WhyBefore);
        } else if over(areas.status) {
            return self.act(Action::Home);
        }
        vec![]
    }

    /// Goes to what is shown beside the page: a hit of the search, the pinned page, or where the selected line leads.
    fn click_preview(&mut self) -> Vec<Effect> {
        match &self.prompt {
            Some(Prompt::Search(_)) => return self.act(Action::Accept),
            Some(_) => return vec![],
            None => {}
        }
        if let Some(place) = self.preview_place() {
            self.focus = Focus::Page;
            self.go_to_place(place);
        }
        vec![]
    }

    fn click_row(&mut self, row: usize, column: u16) -> Vec<Effect> {
        if let Some(Prompt::Search(search)) = &mut self.prompt {
            let hit = search.top + row;
            if hit >= search.hits.len() {
                return vec![];
            }
            let again = search.at == hit;
            search.at = hit;
            return if again {
                self.act(Action::Accept)
            } else {
                vec![]
            };
        }
        if let Some(Prompt::Palette(palette)) = &mut self.prompt {
            let at = palette.top + row;
            if at >= palette.found.len() {
                return vec![];
            }
            palette.at = at;
            return self.act(Action::Accept);
        }
        if self.prompt.is_some() {
            return vec![];
        }
        let row = self.tree.top + row;
        let Some((depth, branch)) = self
            .tree
            .rows()
            .get(row)
            .map(|row| (row.depth, row.open.is_some()))
        else {
            return vec![];
        };
        let again = self.focus == Focus::Tree && self.tree.cursor() == row;
        self.focus = Focus::Tree;
        self.tree.select(row);
        self.pass_tree_row();
        let width = self.areas().tree.width.saturating_sub(MARK);
        let on_mark = usize::from(column) <= indent(depth, usize::from(width)) + 3;
        match (branch, again) {
            (true, _) if on_mark || again => self.act(Action::Unfold),
            (_, true) => self.act(Action::Open),
            _ => vec![],
        }
    }
}
