//! Why one class of an MRO stands before another: one is marked, and below the list stands what is so for the selected one.

use crate::analysis::ClassRef;
use crate::app::areas::Focus;
use crate::app::location::{ClassAt, Location};
use crate::app::shown::{Made, Shown};
use crate::app::state::State;
use crate::view::{self, Body, PageKind};

impl State {
    /// Marks the selected class of the MRO; of another one while one is marked, opens the page that says it all.
    pub(super) fn why_before(&mut self) {
        let Some(class) = self.class() else {
            self.say("choose a class first");
            return;
        };
        if class.mro().is_none() {
            let name = view::safe(class.name()).into_owned();
            self.say(format!("{name} has no MRO that is known"));
            return;
        }
        if self.here().page != PageKind::Linearization || self.focus == Focus::Tree {
            if self.here().page != PageKind::Linearization {
                self.open_page(PageKind::Linearization);
            }
            self.focus_on(Focus::Page);
            self.say("select a class of the MRO, and press the key again: it is marked");
            return;
        }
        let Some(selected) = self.selected_of_mro().map(ClassAt::of) else {
            self.say("select a class of the MRO first");
            return;
        };
        let name = view::safe(selected.path.name()).into_owned();
        match self.here().mark.clone() {
            Some(marked) if marked == selected => {
                self.history.here_mut().mark = None;
                self.say(format!("{name} is not marked any more"));
            }
            Some(marked) => {
                let class = self.here().class.clone();
                self.leave_place();
                self.history.go(Location {
                    mark: Some(marked),
                    other: Some(selected),
                    ..Location::new(PageKind::Before, class)
                });
            }
            None => {
                self.history.here_mut().mark = Some(selected);
                self.say(format!("{name} is marked: go to another class of the MRO"));
            }
        }
    }

    /// The class of the MRO whose row is selected on the linearization page.
    fn selected_of_mro(&self) -> Option<ClassRef<'_>> {
        let is_row = |at: usize| {
            let line = self.shown.page.lines.get(at);
            line.is_some_and(|it| matches!(it.body, Body::Row { table: 0, .. }))
        };
        let is_here = |it: &Made| it.place.same_page(self.here());
        self.shown.made.as_ref().filter(|it| is_here(it))?;
        let line = self.here().line.filter(|&it| is_row(it))?;
        let above = (0..line).filter(|&at| is_row(at)).count();
        // The first row names the columns.
        let position = above.checked_sub(1)?;
        self.class()?.mro()?.get(position).copied()
    }

    /// Notes which class is selected beside the marked one, and makes what is said of the two.
    pub(super) fn refresh_aside(&mut self) {
        let here = self.here();
        if here.page != PageKind::Linearization || here.mark.is_none() {
            self.aside = Shown::default();
            return;
        }
        if let Some(selected) = self.selected_of_mro().map(ClassAt::of) {
            self.history.here_mut().other = Some(selected);
        }
        let here = self.here();
        let page = self.class().and_then(|class| {
            let analysis = class.analysis();
            let marked = here.mark.as_ref()?.find(analysis)?;
            let other = here.other.as_ref().and_then(|it| it.find(analysis));
            Some(view::why_before(class, marked, other.unwrap_or(marked)))
        });
        self.aside = Shown::default();
        let Some(page) = page else { return };
        self.aside.page = page;
        let width = self.areas().page_text().width;
        self.aside.lay(width, false, 0);
    }

    /// How many rows are said below the page: a title, and what follows it.
    pub(super) fn aside_rows(&self) -> u16 {
        match self.aside.rows().len() {
            0 => 0,
            rows => u16::try_from(rows + 1).unwrap_or(u16::MAX),
        }
    }
}
