//! A page whose answer is on its way: after the files were read again it stands as it was until the new answer is there, and what is pressed
//! where it has nothing to select yet waits for it. While a large project is read again, the page of a class is made of what comes of its
//! module alone, which is there long before the rest.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::Name;
use crate::analysis::Analysis;
use crate::app::action::Action;
use crate::app::answers::Answers;
use crate::app::areas::Focus;
use crate::app::live::Lives;
use crate::app::location::{ClassAt, Location};
use crate::app::pages::{self, Beside};
use crate::app::shown::Made;
use crate::app::state::State;
use crate::source::FileId;
use crate::view::{Line, Link, Page, PageKind, Role, Settings, Span};

/// The files of an analysis by their paths.
type Files<'a> = FxHashMap<&'a Path, FileId>;

fn files_of(analysis: &Analysis) -> Files<'_> {
    let files = (0..).map(FileId::at).zip(&analysis.files);
    files.map(|(id, it)| (&*it.path, id)).collect()
}

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
        let named = files_of(&now);
        for line in &mut self.shown.page.lines {
            renumber(line, before, &named);
        }
        self.stands = true;
    }

    /// The module that is open, by which the next reading begins.
    pub fn module_of_the_page(&self) -> Option<Name> {
        let class = self.here().class.as_ref()?;
        Some(class.path.module.clone())
    }

    /// Takes in what came of the module that is open, before the rest is read.
    pub(super) fn take_first(&mut self, analysis: Arc<Analysis>) {
        if !self.loading.is_at_work() {
            return;
        }
        self.hold();
        self.first = Some(analysis);
        self.edition += 1;
        self.arrived += 1;
        self.refresh();
    }

    /// The page of a class of the module that was read first; its links lead into the files as the analysis numbers them that is open.
    pub(super) fn made_first(&self, place: &Location, beside: &Beside<'_>) -> Option<Page> {
        let (first, now) = self.first_for(place).zip(self.analysis.as_deref())?;
        let settings = Settings {
            seen_from: self.seen_from.as_ref().and_then(|it| it.id(first)),
            ..beside.settings.clone()
        };
        let beside = Beside {
            settings: &settings,
            // They speak of classes as the analysis numbers them that is open.
            answers: &Answers::default(),
            lives: &Lives::default(),
            ..*beside
        };
        let mut page = pages::page(Some(first), place, &beside);
        let named = files_of(now);
        for line in &mut page.lines {
            renumber(line, first, &named);
        }
        // What other modules do to the class is not in it yet.
        page.standing
            .insert(0, Span::new("↻ so far ", Role::Warning));
        Some(page)
    }

    /// Whether the page that is open was made of its module alone, while the rest is still being read.
    pub fn is_first(&self) -> bool {
        self.first_for(self.here()).is_some()
    }

    /// What came of the module that was read first, if a place shows one of its classes by what that holds.
    fn first_for(&self, place: &Location) -> Option<&Analysis> {
        let first = self.first.as_deref()?;
        let is_of_a_class = matches!(
            place.page,
            PageKind::Linearization
                | PageKind::Members
                | PageKind::Matrix
                | PageKind::Merge
                | PageKind::Super
                | PageKind::Source
        );
        let is_there = |it: &ClassAt| it.id(first).is_some();
        let has_file = place.file.as_ref().is_none_or(|shown| {
            let files = &first.files;
            place.page == PageKind::Source && files.iter().any(|it| it.shown == *shown)
        });
        let is_it = is_of_a_class && has_file && place.class.as_ref().is_some_and(is_there);
        is_it.then_some(first)
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
    let Some(Link::Source { file, .. } | Link::Mend { file, .. }) = &mut line.link else {
        return;
    };
    match named.get(&*before.file(*file).path) {
        Some(now) => *file = *now,
        None => line.link = None,
    }
}
