//! `Areas`: where each part of the screen is. Drawing, paging and the mouse all ask here; there is no other geometry.

use ratatui::layout::{Position, Rect, Size};

/// From this width on, the page pane splits and shows what the selected line leads to.
pub(super) const PREVIEW_FROM: u16 = 140;
/// A pane keeps as many columns as this, wherever the divider is moved.
const LEAST_PANE: u16 = 16;
/// From this width on there is room for everything.
pub(super) const WIDE_FROM: u16 = 180;
/// Below this width there is room for one pane only.
const TWO_PANES_FROM: u16 = 56;
/// Below this height the rules between the parts go, then the tabs.
const RULES_FROM: u16 = 10;

/// Which part of the screen has the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The tree at the left.
    Tree,
    /// The page.
    Page,
}

/// What stands beside the page where there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preview {
    /// Nothing.
    None,
    /// What the selected line leads to.
    Usual,
    /// The same beside a wide table, which takes some of its room.
    Narrow,
}

/// What the screen has to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Which part has the cursor; the only one shown where there is room for one.
    pub focus: Focus,
    /// Whether a search takes the place of tree and page.
    pub search: bool,
    /// What the page can have beside it.
    pub preview: Preview,
    /// How many rows are to be said below the page; none where there is nothing to say.
    pub aside: u16,
    /// Whether the page takes the place of the tree too.
    pub whole: bool,
    /// How many columns wider than usual the tree is.
    pub wider: i16,
    /// Whether nothing but the page and the footer is shown.
    pub bare: bool,
}

/// Where each part of the screen is; a part without a place is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// The status line.
    pub status: Rect,
    /// The rule below the status line.
    pub rule_above: Rect,
    /// The tree, or in a search its hits.
    pub tree: Rect,
    /// The rule between tree and page.
    pub divider: Rect,
    /// The title of the page.
    pub title: Rect,
    /// The names of the pages.
    pub tabs: Rect,
    /// The rule below them.
    pub rule_title: Rect,
    /// The lines of the page.
    pub page: Rect,
    /// The rule below them, and what is said there of the selected line.
    pub rule_aside: Rect,
    /// What is said there, the first row being its title.
    pub aside: Rect,
    /// The rule between page and preview.
    pub divider_preview: Rect,
    /// What the selected line leads to, the first row being its title.
    pub preview: Rect,
    /// What is being typed in a search.
    pub prompt: Rect,
    /// The rule above the footer.
    pub rule_below: Rect,
    /// The footer.
    pub footer: Rect,
}

impl Areas {
    /// Divides a screen.
    pub fn new(size: Size, wanted: Wanted) -> Self {
        let mut areas = Self::default();
        let mut rest = Rect::new(0, 0, size.width, size.height);
        let rules = rest.height >= RULES_FROM;
        if wanted.bare {
            if rest.height >= 2 {
                areas.footer = cut_bottom(&mut rest, 1);
            }
            areas.page = rest;
            return areas;
        }
        if rest.height >= 3 {
            areas.status = cut_top(&mut rest, 1);
        }
        if rest.height >= 2 {
            areas.footer = cut_bottom(&mut rest, 1);
        }
        if rules {
            areas.rule_above = cut_top(&mut rest, 1);
            areas.rule_below = cut_bottom(&mut rest, 1);
        }
        if wanted.search {
            areas.prompt = cut_top(&mut rest, 1);
            areas.tree = rest;
            if rest.width >= 100 && wanted.preview != Preview::None {
                let right = rest.width / 2;
                areas.preview = cut_right(&mut areas.tree, right);
                areas.divider_preview = cut_right(&mut areas.tree, 1);
            }
            return areas;
        }
        // Of twenty parts of the width.
        let preview = match wanted.preview {
            Preview::None => 0,
            _ if size.width < PREVIEW_FROM => 0,
            Preview::Narrow if size.width >= WIDE_FROM => 7,
            Preview::Usual | Preview::Narrow => 9,
        };
        if rest.width < TWO_PANES_FROM || wanted.whole {
            match wanted.focus {
                Focus::Tree if !wanted.whole => areas.tree = rest,
                _ => areas.lay_page(rest, rules, preview, wanted.aside),
            }
            return areas;
        }
        let usual = (rest.width * 31 / 100).clamp(20, if size.width < WIDE_FROM { 36 } else { 42 });
        // Both panes keep room for a name.
        let most = rest.width.saturating_sub(LEAST_PANE).max(LEAST_PANE);
        let tree = usual.saturating_add_signed(wanted.wider);
        let tree = tree.clamp(LEAST_PANE, most);
        areas.tree = cut_left(&mut rest, tree);
        areas.divider = cut_left(&mut rest, 1);
        areas.lay_page(rest, rules, preview, wanted.aside);
        areas
    }

    fn lay_page(&mut self, mut rest: Rect, rules: bool, preview: u16, aside: u16) {
        if preview > 0 {
            let right = rest.width * preview / 20;
            self.preview = cut_right(&mut rest, right);
            self.divider_preview = cut_right(&mut rest, 1);
        }
        if rest.height >= 3 {
            self.title = cut_top(&mut rest, 1);
        }
        if rules {
            self.tabs = cut_top(&mut rest, 1);
        }
        if rest.height >= 8 {
            self.rule_title = cut_top(&mut rest, 1);
        }
        // The list above it stays longer than what is said of one of its rows.
        if aside > 0 && rest.height >= 7 {
            let rows = aside.min(rest.height / 2);
            self.aside = cut_bottom(&mut rest, rows);
            self.rule_aside = cut_bottom(&mut rest, 1);
        }
        self.page = rest;
    }

    /// The cells of a page's lines that hold text: what is left of the mark of the selected line.
    pub fn page_text(&self) -> Rect {
        inset(self.page)
    }

    /// The cells of the preview's lines.
    pub fn preview_text(&self) -> Rect {
        let mut text = inset(self.preview);
        cut_top(&mut text, 1);
        text
    }

    /// Whether a cell lies in a part.
    pub fn holds(part: Rect, column: u16, row: u16) -> bool {
        part.contains(Position::new(column, row))
    }
}

/// Cells at the left of a line that hold the mark of the selection.
pub const MARK: u16 = 2;

fn inset(part: Rect) -> Rect {
    let taken = MARK.min(part.width);
    // One cell stays free at the right, so that text does not touch a rule.
    let right = u16::from(part.width > taken);
    Rect {
        x: part.x + taken,
        width: part.width - taken - right,
        ..part
    }
}

fn cut_top(rest: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(rest.height);
    let part = Rect {
        height: rows,
        ..*rest
    };
    rest.y += rows;
    rest.height -= rows;
    part
}

fn cut_bottom(rest: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(rest.height);
    rest.height -= rows;
    Rect {
        y: rest.y + rest.height,
        height: rows,
        ..*rest
    }
}

fn cut_left(rest: &mut Rect, columns: u16) -> Rect {
    let columns = columns.min(rest.width);
    let part = Rect {
        width: columns,
        ..*rest
    };
    rest.x += columns;
    rest.width -= columns;
    part
}

fn cut_right(rest: &mut Rect, columns: u16) -> Rect {
    let columns = columns.min(rest.width);
    rest.width -= columns;
    Rect {
        x: rest.x + rest.width,
        width: columns,
        ..*rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_leaves_the_screen_and_no_two_overlap() {
        for width in (0..260).step_by(3) {
            for height in 0..70 {
                for (search, preview, focus, whole, bare) in [
                    (false, Preview::Usual, Focus::Page, false, false),
                    (false, Preview::None, Focus::Tree, false, false),
                    (true, Preview::Usual, Focus::Page, false, false),
                    (false, Preview::Narrow, Focus::Page, true, false),
                    (false, Preview::None, Focus::Page, true, true),
                ] {
                    let wanted = Wanted {
                        focus,
                        search,
                        preview,
                        wider: 0,
                        aside: width % 5,
                        whole,
                        bare,
                    };
                    let areas = Areas::new(Size::new(width, height), wanted);
                    let screen = Rect::new(0, 0, width, height);
                    let parts = [
                        areas.status,
                        areas.rule_above,
                        areas.tree,
                        areas.divider,
                        areas.title,
                        areas.tabs,
                        areas.rule_title,
                        areas.page,
                        areas.rule_aside,
                        areas.aside,
                        areas.divider_preview,
                        areas.preview,
                        areas.prompt,
                        areas.rule_below,
                        areas.footer,
                    ];
                    for (at, part) in parts.iter().enumerate() {
                        assert_eq!(screen.intersection(*part).area(), part.area());
                        for other in &parts[at + 1..] {
                            assert!(!part.intersects(*other), "{width}x{height}: {part} {other}");
                        }
                    }
                }
            }
        }
    }
}
