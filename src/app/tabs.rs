//! The names of the pages above the page: which there are, how they fit, and which one a click means.

use crate::app::action::Action;
use crate::app::clip;
use crate::app::state::State;
use crate::view::{HasTab, PageKind, Role, Span};

/// The name of a page above the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// The page.
    pub page: PageKind,
    /// Its name.
    pub name: String,
    /// The key that leads there; empty where none does.
    pub key: String,
    /// Whether it is open.
    pub open: bool,
}

/// The pages one can go to from here.
pub fn tabs(state: &State) -> Vec<Tab> {
    let problems = state.counts.problems + state.counts.raises;
    let counted = |page, name: &str| match page {
        PageKind::Problems => format!("{name} {problems}"),
        _ => name.to_owned(),
    };
    let tab = |page: PageKind| Tab {
        page,
        name: counted(page, page.name()),
        key: key_of(state, page).unwrap_or_default(),
        open: page == state.here().page,
    };
    pages(state).into_iter().map(tab).collect()
}

/// The key that leads to a page.
fn key_of(state: &State, page: PageKind) -> Option<String> {
    let mut actions = Action::ALL.into_iter();
    let action = actions.find(|it| it.page() == Some(page))?;
    state.keymap.key_for(state.contexts(), action)
}

/// The pages that have a tab here, in their order.
pub(super) fn pages(state: &State) -> Vec<PageKind> {
    let here = state.here();
    let has_tab = |page: &PageKind| match page.tab() {
        HasTab::Always => true,
        HasTab::WithAnAttribute => here.attribute.is_some(),
        HasTab::WhileOpen => *page == here.page,
        HasTab::Never => false,
    };
    // Of no class there are no pages of a class.
    let is_meant = |page: &PageKind| here.class.is_some() || !page.is_about_a_class();
    let pages = PageKind::ALL.into_iter().filter(has_tab);
    let mut pages: Vec<PageKind> = pages.filter(is_meant).collect();
    if here.class.is_none() && !pages.contains(&PageKind::Home) {
        pages.insert(0, PageKind::Home);
    }
    pages
}

/// Lays the names out in one row of at most `width` cells. A name is there whole or not at all; a mark says that some are not.
pub fn spans(tabs: &[Tab], width: u16) -> Vec<Span> {
    let (tabs, form) = fitting(tabs, width);
    let mut spans = vec![Span::plain(" ")];
    for (at, tab) in tabs.iter().enumerate() {
        let (name, role) = (&tab.name, role(tab));
        if form.is_apart && begins_project(&tabs, at) {
            spans.push(Span::new(APART, Role::Rule));
        }
        let (before, behind) = if tab.open { ("‹", "›") } else { (" ", " ") };
        spans.push(Span::new(before, role));
        if form.is_keyed && !tab.key.is_empty() {
            spans.push(Span::new(format!("{} ", tab.key), Role::Key));
        }
        spans.push(Span::new(format!("{name}{behind}"), role));
        spans.push(Span::plain(" ".repeat(form.gap)));
    }
    if form.is_cut {
        spans.push(Span::faint(CUT));
    }
    clip::spans_end(&spans, usize::from(width))
}

/// The page whose name stands in a column.
pub fn at(tabs: &[Tab], width: u16, column: u16) -> Option<PageKind> {
    let (tabs, form) = fitting(tabs, width);
    let mut start = 1;
    for (at, tab) in tabs.iter().enumerate() {
        let end = start + form.width_of(&tabs, at);
        if (start..end).contains(&usize::from(column)) {
            return Some(tab.page);
        }
        start = end + form.gap;
    }
    None
}

/// What stands between the pages of a class and those of the project.
const APART: &str = "│";
/// What says that there are more pages.
const CUT: &str = "…";

/// Whether the first page of the project stands behind those of a class.
fn begins_project(tabs: &[Tab], at: usize) -> bool {
    let is_of_class = |at: usize| tabs.get(at).is_some_and(|it| it.page.is_about_a_class());
    at > 0 && is_of_class(at - 1) && !is_of_class(at)
}

/// How the names are written.
#[derive(Clone, Copy)]
struct Form {
    /// How many cells stand between two.
    gap: usize,
    /// Whether each has its key before it.
    is_keyed: bool,
    /// Whether a rule stands between the pages of a class and those of the project.
    is_apart: bool,
    /// Whether some are left out.
    is_cut: bool,
}

impl Form {
    /// How many cells a tab takes, with what stands before it.
    fn width_of(self, tabs: &[Tab], at: usize) -> usize {
        let Some(tab) = tabs.get(at) else { return 0 };
        let key = match clip::width(&tab.key) {
            0 => 0,
            key if self.is_keyed => key + 1,
            _ => 0,
        };
        let apart = usize::from(self.is_apart && begins_project(tabs, at));
        clip::width(&tab.name) + 2 + key + apart
    }

    /// How many cells all of them take.
    fn width(self, tabs: &[Tab]) -> usize {
        let each = (0..tabs.len()).map(|at| self.width_of(tabs, at) + self.gap);
        1 + each.sum::<usize>() + usize::from(self.is_cut)
    }
}

/// How the names fit best: with their keys where there is room; and which of them, where not all do.
fn fitting(tabs: &[Tab], width: u16) -> (Vec<Tab>, Form) {
    let width = usize::from(width);
    let form = |gap, is_keyed, is_apart| Form {
        gap,
        is_keyed,
        is_apart,
        is_cut: false,
    };
    let forms = [
        form(1, true, true),
        form(0, true, true),
        form(1, false, true),
        form(1, false, false),
        form(0, false, true),
        form(0, false, false),
    ];
    let fits = forms.into_iter().find(|it| it.width(tabs) <= width);
    if let Some(form) = fits {
        return (tabs.to_vec(), form);
    }
    let form = Form {
        is_cut: true,
        ..form(0, false, false)
    };
    let mut kept = tabs.to_vec();
    // The last go first; the one that is open stays.
    while form.width(&kept) > width
        && let Some(last) = kept.iter().rposition(|it| !it.open)
    {
        kept.remove(last);
    }
    (kept, form)
}

fn role(tab: &Tab) -> Role {
    if tab.open { Role::Heading } else { Role::Faint }
}
