//! What is typed before the project is read, or before the page that is open has its answer: nothing of it is lost. What can be done at once is;
//! the rest waits, in order, and is done when there is something to do it with.

use crate::app::action::Action;
use crate::app::key::{self, Key};
use crate::app::state::{Prompt, Search, State};
use crate::app::update::Effect;
use crate::view::{self, PageKind};

/// What waits until the project is read, or the page is there.
#[derive(Default)]
pub(super) struct Early {
    /// A search that was accepted: the best of what it finds is opened.
    search: Option<Search>,
    /// Keys, as they were pressed.
    keys: Vec<Key>,
}

/// So many keys are kept. Whoever leans on one does not mean all of them.
const KEPT: usize = 200;

impl Early {
    fn is_empty(&self) -> bool {
        self.search.is_none() && self.keys.is_empty()
    }
}

impl State {
    /// Whether the project is being read for the first time.
    pub(super) fn is_waiting(&self) -> bool {
        self.analysis.is_none() && self.loading.is_at_work()
    }

    /// Keeps keys whose action has to wait. False where it can be done at once.
    pub(super) fn keeps(&mut self, action: Action, keys: &[Key]) -> bool {
        if self.prompt.is_some() || works_alone(action) {
            return false;
        }
        if !self.is_waiting() {
            let is_begun = !self.early.is_empty() && self.page_is_to_come();
            if !is_begun && !self.is_ahead_of_the_page(action) {
                return false;
            }
            return self.waits_with(action, keys);
        }
        let is_reading_keys = self.here().page == PageKind::Help;
        let begins = matches!(action, Action::Search | Action::Help | Action::Close);
        if is_reading_keys || (begins && self.early.is_empty()) {
            return false;
        }
        self.waits_with(action, keys)
    }

    fn waits_with(&mut self, action: Action, keys: &[Key]) -> bool {
        if action == Action::Close {
            self.early = Early::default();
            self.say("what was to come is forgotten");
            return true;
        }
        if self.early.keys.len() < KEPT {
            self.early.keys.extend(keys);
        }
        self.say_what_waits();
        true
    }

    /// Keeps a key that was pressed behind a search which is not done.
    pub(super) fn keep_key(&mut self, key: Key) {
        if self.early.keys.len() < KEPT {
            self.early.keys.push(key);
        }
    }

    /// Keeps a search until there is something to be found.
    pub(super) fn await_search(&mut self, search: Search) {
        self.early.search = Some(search);
        self.say_what_waits();
    }

    fn say_what_waits(&mut self) {
        let mut waits = vec![];
        if let Some(search) = &self.early.search {
            waits.push(format!("opens `{}`", view::safe(search.line.text())));
        }
        if !self.early.keys.is_empty() {
            waits.push(format!("presses {}", key::label(&self.early.keys)));
        }
        let then = if self.is_waiting() {
            "when it is read"
        } else {
            "when the page is there"
        };
        self.say(format!("{} {then}", waits.join(", then ")));
    }

    /// Does what had to wait for the page that is open, once that is there.
    pub(super) fn catch_up_with_the_page(&mut self) -> Vec<Effect> {
        if self.early.is_empty() {
            return vec![];
        }
        self.refresh();
        if self.page_is_to_come() {
            return vec![];
        }
        self.catch_up()
    }

    /// Does what had to wait.
    pub(super) fn catch_up(&mut self) -> Vec<Effect> {
        let early = std::mem::take(&mut self.early);
        let mut effects = vec![];
        if let Some(mut search) = early.search {
            search.accepts = true;
            self.prompt = Some(Prompt::Search(search));
            self.look_for();
            // The rest is done when it is open.
            self.early.keys = early.keys;
            return vec![];
        }
        for key in early.keys {
            self.refresh();
            effects.extend(self.press(key));
        }
        effects
    }
}

/// Whether an action needs no analysis.
fn works_alone(action: Action) -> bool {
    matches!(
        action,
        Action::Quit | Action::Suspend | Action::Redraw | Action::ReleaseMouse | Action::ReadAgain
    )
}
