//! The operators page at work: an operation is typed, and what it asks is shown.

use crate::analysis::ClassRef;
use crate::app::areas::Focus;
use crate::app::location::{ClassAt, Location};
use crate::app::prompt::TextLine;
use crate::app::state::{Prompt, State};
use crate::app::tree::Thing;
use crate::view::PageKind;

impl State {
    /// Opens the operators page of the class one is on, with an operation to be typed.
    pub(super) fn begin_operation(&mut self) {
        let Some(analysis) = self.analysis.clone() else {
            return;
        };
        let of_tree = match self.tree.selected().map(|row| &row.thing) {
            Some(Thing::Class(id)) if self.focus == Focus::Tree => Some(*id),
            _ => None,
        };
        let Some(class) = of_tree.or_else(|| self.class().map(ClassRef::id)) else {
            self.say("choose a class first");
            return;
        };
        let class = ClassAt::of(analysis.class(class));
        let is_here =
            self.here().page == PageKind::Operators && self.here().class.as_ref() == Some(&class);
        if !is_here {
            self.leave_place();
            self.history
                .go(Location::new(PageKind::Operators, Some(class)));
        }
        self.focus_on(Focus::Page);
        let before = self.here().head.clone();
        let line = TextLine::holding(before.as_deref().unwrap_or("_"));
        self.prompt = Some(Prompt::Operation(line));
    }

    /// What was typed is asked of the run.
    pub(super) fn operate(&mut self, line: &str) {
        let line = line.trim();
        let place = self.history.here_mut();
        place.head = (!line.is_empty() && line != "_").then(|| line.to_owned());
        (place.line, place.top) = (None, 0);
    }
}
