//! What is kept of a session for the next one in the same project: where one was lately, what is marked, how wide the tree is, the theme.

use serde::{Deserialize, Serialize};

use crate::Name;
use crate::app::location::{ClassAt, Location};
use crate::app::state::State;
use crate::view::PageKind;

/// How many places are kept.
const MOST: usize = 20;

/// What is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Saved {
    /// Pages that were read, the last one first.
    lately: Vec<SavedPlace>,
    /// Pages that are marked.
    marks: Vec<SavedPlace>,
    /// How many columns wider than usual the tree is.
    wider: i16,
    /// The theme that was chosen.
    theme: Option<String>,
}

/// A place by names alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedPlace {
    page: PageKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    class: Option<String>,
    #[serde(default, skip_serializing_if = "is_zero")]
    earlier: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attribute: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    head: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl SavedPlace {
    fn of(place: &Location) -> Self {
        let class = place.class.as_ref();
        Self {
            page: place.page,
            class: class.map(|it| it.path.to_string()),
            earlier: class.map_or(0, |it| it.earlier),
            attribute: place.attribute.as_ref().map(ToString::to_string),
            head: place.head.clone(),
            file: place.file.clone(),
        }
    }

    /// The place; none where its class's name is none.
    fn place(&self) -> Option<Location> {
        let class = match &self.class {
            Some(path) => Some(ClassAt {
                path: path.parse().ok()?,
                earlier: self.earlier,
            }),
            None => None,
        };
        let place = Location {
            head: self.head.clone(),
            file: self.file.clone(),
            ..Location::new(self.page, class)
        };
        Some(place.about(self.attribute.as_deref().map(Name::from)))
    }
}

impl State {
    /// What the next session in this project begins with.
    pub fn saved(&self) -> Saved {
        let lately = self.history.lately().into_iter();
        let lately = lately.map(|it| SavedPlace::of(it.1));
        Saved {
            lately: lately.take(MOST).collect(),
            marks: self.kept.marks.iter().map(SavedPlace::of).collect(),
            wider: self.kept.wider,
            theme: self.theme.clone(),
        }
    }

    /// Takes in what a session before this one has kept.
    pub(super) fn restore(&mut self, saved: &Saved) {
        let places = |saved: &[SavedPlace]| saved.iter().filter_map(SavedPlace::place).collect();
        self.history.earlier = places(&saved.lately);
        self.kept.marks = places(&saved.marks);
        self.kept.wider = saved.wider;
        let is_there = |it: &&String| self.themes.contains(it);
        self.theme = saved.theme.as_ref().filter(is_there).cloned();
    }
}
