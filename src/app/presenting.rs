//! The presenter at work: slides of the merge of a class, one on, one back.

use crate::app::areas::Focus;
use crate::app::location::{ClassAt, Location};
use crate::app::state::State;
use crate::view::{self, PageKind};

impl State {
    /// Presents the class of the tree or of the open page.
    pub(super) fn begin_presenting(&mut self) {
        let in_tree = self.class_in_tree().filter(|_| self.focus == Focus::Tree);
        let class = in_tree.and_then(|id| {
            let analysis = self.analysis.as_deref()?;
            Some(ClassAt::of(analysis.class(id)))
        });
        match class.or_else(|| self.here().class.clone()) {
            Some(class) => self.present(class),
            None => self.say("choose a class first"),
        }
    }

    /// Presents a class.
    pub(super) fn present(&mut self, class: ClassAt) {
        self.leave_place();
        self.settings.slide = 0;
        self.history
            .go(Location::new(PageKind::Present, Some(class)));
        self.focus_on(Focus::Page);
    }

    /// Goes to another slide.
    pub(super) fn turn_slide(&mut self, by: isize) {
        let last = self.class().map_or(0, view::slides).saturating_sub(1);
        self.settings.slide = self.settings.slide.saturating_add_signed(by).min(last);
        let place = self.history.here_mut();
        (place.line, place.top) = (None, 0);
    }
}
