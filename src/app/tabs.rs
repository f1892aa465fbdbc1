//! The names of the pages above the page: which there are, how they fit, and which one a click means.

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
            open: page == state.here().page,
        }
    };
    pages(state).into_iter().map(tab).collect()
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
    let (length, gap) = fitting(tabs, width);
    let mut spans = vec![Span::plain(" ")];
    for tab in tabs {
        let (name, role) = (name(tab, length), role(tab));
        spans.push(Span::new(
            if tab.open {
                format!("‹{name}›")
            } else {
                format!(" {name} ")
            },
            role,
        ));
        spans.push(Span::plain(" ".repeat(gap)));
    }
    clip::spans_end(&spans, usize::from(width))
}

/// The page whose name stands in a column.
pub fn at(tabs: &[Tab], width: u16, column: u16) -> Option<PageKind> {
    let (length, gap) = fitting(tabs, width);
    let mut start = 1;
    for tab in tabs {
        let end = start + clip::width(name(tab, length)) + 2;
        if (start..end).contains(&usize::from(column)) {
            return Some(tab.page);
        }
        start = end + gap;
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

/// How long the names can be, and how many cells may stand between two.
fn fitting(tabs: &[Tab], width: u16) -> (Length, usize) {
    let needed = |length, gap| {
        1 + tabs
            .iter()
            .map(|tab| clip::width(name(tab, length)) + 2 + gap)
            .sum::<usize>()
    };
    [
        (Length::Whole, 1),
        (Length::Whole, 0),
        (Length::Most, 1),
        (Length::Most, 0),
        (Length::Some, 1),
        (Length::Some, 0),
        (Length::Short, 1),
    ]
    .into_iter()
    .find(|&(length, gap)| needed(length, gap) <= usize::from(width))
    .unwrap_or((Length::Short, 0))
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
