//! Comparing the project with another state of it: a revision, another version of Python, another environment or folder.

use crate::app::areas::Focus;
use crate::app::location::Location;
use crate::app::prompt::TextLine;
use crate::app::state::{Prompt, State};
use crate::view::PageKind;

/// What is compared with where nothing else was typed: what was committed last.
const LAST: &str = "HEAD";

impl State {
    /// Asks what to compare the project with; the comparison that is open is the one to begin with.
    pub(super) fn begin_comparison(&mut self) {
        if self.analysis.is_none() {
            return;
        }
        let here = self.here();
        let open = here
            .head
            .as_deref()
            .filter(|_| here.page == PageKind::Difference);
        self.prompt = Some(Prompt::Compare(TextLine::holding(open.unwrap_or(LAST))));
    }

    /// Opens the page of a comparison, which is asked for as it opens.
    pub(super) fn compare(&mut self, with: &str) {
        let with = with.trim();
        if with.is_empty() {
            self.say(
                "nothing was named: a revision, a version like 3.10, an environment or a folder",
            );
            return;
        }
        let class = self.here().class.clone();
        self.leave_place();
        self.history.go(Location {
            head: Some(with.to_owned()),
            ..Location::new(PageKind::Difference, class)
        });
        self.focus_on(Focus::Page);
    }
}
