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
    /// Its name where there is little room.
    pub short: String,
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
    let tab = |page: PageKind| {
        let (name, short) = page.names();
        Tab {
            page,
            name: counted(page, name),
            short: counted(page, short),
            key: key_of(state, page).unwrap_or_default(),
            open: page == state.here().page,
        }
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

/// Lays the names out in one row of at most `width` cells.
pub fn spans(tabs: &[Tab], width: u16) -> Vec<Span> {
    let form = fitting(tabs, width);
    let mut spans = vec![Span::plain(" ")];
    for (at, tab) in tabs.iter().enumerate() {
        let (name, role) = (name(tab, form.length), role(tab));
        if form.is_apart && begins_project(tabs, at) {
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
    clip::spans_end(&spans, usize::from(width))
}

/// The page whose name stands in a column.
pub fn at(tabs: &[Tab], width: u16, column: u16) -> Option<PageKind> {
    let form = fitting(tabs, width);
    let mut start = 1;
    for (at, tab) in tabs.iter().enumerate() {
        let end = start + form.width_of(tabs, at);
        if (start..end).contains(&usize::from(column)) {
            return Some(tab.page);
        }
        start = end + form.gap;
    }
    None
}

/// How long the names are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Length {
    Whole,
    /// All but the longest one.
    Most,
    /// All of those about a class but the longest one.
    Some,
    Short,
}

/// What stands between the pages of a class and those of the project.
const APART: &str = "│";

/// Whether the first page of the project stands behind those of a class.
fn begins_project(tabs: &[Tab], at: usize) -> bool {
    let is_of_class = |at: usize| tabs.get(at).is_some_and(|it| it.page.is_about_a_class());
    at > 0 && is_of_class(at - 1) && !is_of_class(at)
}

/// How the names are written.
#[derive(Clone, Copy)]
struct Form {
    length: Length,
    /// How many cells stand between two.
    gap: usize,
    /// Whether each has its key before it.
    is_keyed: bool,
    /// Whether a rule stands between the pages of a class and those of the project.
    is_apart: bool,
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
        clip::width(name(tab, self.length)) + 2 + key + apart
    }
}

/// How the names fit best: whole and with their keys where there is room.
fn fitting(tabs: &[Tab], width: u16) -> Form {
    let form = |length, gap, is_keyed, is_apart| Form {
        length,
        gap,
        is_keyed,
        is_apart,
    };
    let needed = |form: &Form| {
        let tabs = (0..tabs.len()).map(|at| form.width_of(tabs, at) + form.gap);
        1 + tabs.sum::<usize>()
    };
    let lengths = [Length::Whole, Length::Most, Length::Some];
    let plain = lengths.into_iter().flat_map(|length| {
        [
            form(length, 1, false, true),
            form(length, 1, false, false),
            form(length, 0, false, true),
            form(length, 0, false, false),
        ]
    });
    [
        form(Length::Whole, 1, true, true),
        form(Length::Whole, 0, true, true),
    ]
    .into_iter()
    .chain(plain)
    .chain([form(Length::Short, 1, false, false)])
    .find(|form| needed(form) <= usize::from(width))
    .unwrap_or(form(Length::Short, 0, false, false))
}

fn name(tab: &Tab, length: Length) -> &str {
    match length {
        Length::Whole => &tab.name,
        Length::Most if tab.page != PageKind::Linearization => &tab.name,
        Length::Some if tab.page != PageKind::Linearization && tab.page.is_about_a_class() => {
            &tab.name
        }
        Length::Most | Length::Some | Length::Short => &tab.short,
    }
}

fn role(tab: &Tab) -> Role {
    if tab.open { Role::Heading } else { Role::Faint }
}
