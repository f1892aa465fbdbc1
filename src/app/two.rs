//! Pages about more than a class: one name across all that derives from it, and two classes side by side.

use crate::app::areas::Focus;
use crate::app::location::{ClassAt, Location};
use crate::app::state::State;
use crate::view::{self, Link, PageKind};

impl State {
    /// Goes to the page of the selected name, across all classes that have it.
    pub(super) fn open_across(&mut self) {
        let on_line = self.attribute().filter(|_| self.focus == Focus::Page);
        let name = on_line.or(self.here().attribute.as_ref()).cloned();
        match name {
            Some(name) => self.open_about(PageKind::Across, Some(name)),
            None => {
                self.say("select a name first: on the members page, in the matrix, in the search");
            }
        }
    }

    /// Picks the selected class; where one is picked, sets the two side by side.
    pub(super) fn open_beside(&mut self) {
        let Some(selected) = self.selected_class() else {
            self.say("choose a class first");
            return;
        };
        let name = view::safe(selected.path.name()).into_owned();
        match self.picked.take() {
            None => {
                self.say(format!(
                    "{name} is the first: choose another class, and press the key again"
                ));
                self.picked = Some(selected);
            }
            Some(first) if first == selected => {
                self.say(format!("{name} is not set beside another one"));
            }
            Some(first) => {
                self.leave_place();
                self.history.go(Location {
                    other: Some(selected),
                    ..Location::new(PageKind::Beside, Some(first))
                });
                self.focus_on(Focus::Page);
                self.reveal();
            }
        }
    }

    /// The class that the cursor is on, or else the one that the page is about.
    fn selected_class(&self) -> Option<ClassAt> {
        let analysis = self.analysis.as_deref()?;
        if self.focus == Focus::Tree
            && let Some(class) = self.class_in_tree()
        {
            return Some(ClassAt::of(analysis.class(class)));
        }
        let named = match self.link() {
            Some(Link::Class(path)) if self.focus == Focus::Page => {
                Some(ClassAt::last(path.clone()))
            }
            _ => None,
        };
        let named = named.filter(|it| it.id(analysis).is_some());
        named.or_else(|| self.here().class.clone())
    }
}
