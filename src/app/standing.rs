//! A page whose answer is on its way: after the files were read again it stands as it was until the new answer is there, and what is pressed
//! where it has nothing to select yet waits for it.

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::analysis::Analysis;
use crate::app::action::Action;
use crate::app::areas::Focus;
use crate::app::shown::Made;
use crate::app::state::State;
use crate::source::FileId;
use crate::view::{Line, Link, PageKind};

/// The files of an analysis by their paths.
type Files<'a> = FxHashMap<&'a Path, FileId>;

impl State {
    /// Whether the page that is open asks something that is not answered yet.
    pub(super) fn awaits_its_answer(&self) -> bool {
        let question = self.question(self.here());
        question.is_some_and(|it| self.answers.to(&it).is_none())
    }

    /// Whether the page that is open was answered and so may stand while it is asked again.
    pub(super) fn is_answered(&self) -> bool {
        let question = self.question(self.here());
        let is_open = |it: &Made| it.place.same_page(self.here());
        question.is_some_and(|it| self.answers.to(&it).is_some())
            && self.shown.made.as_ref().is_some_and(is_open)
    }

    /// Keeps the page that is open as it was made from an older analysis, with links into files as the new one numbers them.
    pub(super) fn stand(&mut self, before: &Analysis) {
        let Some(now) = self.analysis.clone() else {
            return;
        };
        let files = (0_u32..).map(FileId).zip(&now.files);
        let named: Files<'_> = files.map(|(id, it)| (&*it.path, id)).collect();
        for line in &mut self.shown.page.lines {
            renumber(line, before, &named);
        }
        self.stands = true;
    }

    /// Whether the page is left as it stands, though it was made from something else than what there is now.
    pub(super) fn leaves_standing(&mut self, made: &Made) -> bool {
        let is_open = |old: &Made| old.place == made.place && old.settings == made.settings;
        self.stands &= self.shown.made.as_ref().is_some_and(is_open) && self.awaits_its_answer();
        self.stands
    }

    /// Whether the page that is open stands as it was before the files were read again.
    pub fn is_from_before(&self) -> bool {
        self.stands
    }

    /// Whether what an action selects or opens on the page is still being worked out.
    pub(super) fn is_ahead_of_the_page(&self, action: Action) -> bool {
        let needs_lines = matches!(
            action,
            Action::Down
                | Action::Up
                | Action::HalfScreenDown
                | Action::HalfScreenUp
                | Action::ScreenDown
                | Action::ScreenUp
                | Action::Top
                | Action::Bottom
                | Action::Open
        );
        needs_lines && self.page_is_to_come()
    }

    /// Whether the page that has the cursor is all answer, and has nothing to select until it comes.
    pub(super) fn page_is_to_come(&self) -> bool {
        let is_its_answer = matches!(
            self.here().page,
            PageKind::Atlas | PageKind::Costs | PageKind::Difference
        );
        is_its_answer
            && self.analysis.is_some()
            && self.focus == Focus::Page
            && self.shown.is_dead()
            && self.awaits_its_answer()
    }
}

/// Leads a line to the same file by the number it has now; nowhere where there is no such file any more.
fn renumber(line: &mut Line, before: &Analysis, named: &Files<'_>) {
    let (Some(Link::Source { file, .. }) | Some(Link::Mend { file, .. })) = &mut line.link else {
        return;
    };
    match named.get(&*before.file(*file).path) {
        Some(now) => *file = *now,
        None => line.link = None,
    }
}
