//! What the reader keeps at hand: marked places, a pinned page, how wide the panes are.

use crate::app::action::Action;
use crate::app::areas::{Areas, PREVIEW_FROM};
use crate::app::location::Location;
use crate::app::state::State;
use crate::view::{HomeList, Link, PageKind, Visit};

/// How many cells a key moves the divider.
const STEP: i16 = 4;

/// How far the divider goes from where it stands by itself.
const FURTHEST: i16 = 60;

/// What the reader keeps.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Places that are marked, in the order in which they were.
    pub(super) marks: Vec<Location>,
    /// The page that stays beside the others.
    pub(super) pinned: Option<Location>,
    /// How many cells wider than usual the tree is.
    pub(super) wider: i16,
    /// Whether the mouse holds the divider.
    is_held: bool,
}

impl State {
    /// Marks the open place, or takes its mark away.
    pub(super) fn mark(&mut self) {
        let place = self.here().clone();
        let name = name_of(&place);
        let marks = &mut self.kept.marks;
        if let Some(at) = marks.iter().position(|it| it.same_page(&place)) {
            marks.remove(at);
            self.say(format!("{name} is marked no longer"));
        } else {
            marks.push(place);
            let key = self.key_of(Action::Marked);
            self.say(format!(
                "{name} is marked{}",
                key.map_or(String::new(), |it| format!("; `{it}` lists the marks"))
            ));
        }
    }

    fn key_of(&self, action: Action) -> Option<String> {
        self.keymap.key_for(self.contexts(), action)
    }

    /// Lists the marked places.
    pub(super) fn list_marks(&mut self) {
        if self.kept.marks.is_empty() {
            let key = self.key_of(Action::Mark);
            self.say(format!(
                "nothing is marked{}",
                key.map_or(String::new(), |it| format!("; `{it}` marks a page"))
            ));
        } else {
            self.open_list(HomeList::Marked);
        }
    }

    /// Goes to a marked place.
    pub(super) fn go_to_mark(&mut self, at: usize) {
        if let Some(place) = self.marked(at).cloned() {
            self.go_to_place(place);
        }
    }

    /// One of the marked places.
    pub(super) fn marked(&self, at: usize) -> Option<&Location> {
        self.kept.marks.get(at)
    }

    /// The places that a list of the home has: those that are marked, or that were visited.
    pub(super) fn places_listed(&self) -> Vec<Visit> {
        if self.here().page != PageKind::Home {
            return vec![];
        }
        if self.here().head.as_deref() == Some(HomeList::Marked.says().0) {
            let marks = self.kept.marks.iter().enumerate();
            let marks = marks.map(|(at, place)| (place, Link::Mark(at)));
            return told_apart(&marks.collect::<Vec<_>>());
        }
        let visited = self.history.lately().into_iter();
        let visited = visited.map(|(at, place)| (place, Link::Visit(at)));
        told_apart(&visited.collect::<Vec<_>>())
    }

    /// Pins the open page beside the others, or lets the pinned one go.
    pub(super) fn pin(&mut self) {
        if self.kept.pinned.take().is_some() {
            self.say("no page is pinned any longer");
            return;
        }
        let place = self.here().clone();
        let name = name_of(&place);
        self.kept.pinned = Some(place);
        if self.size.width < PREVIEW_FROM {
            self.say(format!(
                "{name} is pinned; it is shown on a screen of at least {PREVIEW_FROM} columns"
            ));
        } else {
            self.say(format!("{name} stays at the right"));
        }
    }

    /// Whether what stands beside the page is pinned there.
    pub fn has_pinned(&self) -> bool {
        self.kept.pinned.is_some() && self.prompt.is_none()
    }

    /// Moves the divider between tree and page.
    pub(super) fn widen_tree(&mut self, by: i16) {
        let before = self.areas().tree.width;
        let moved = self.kept.wider.saturating_add(by.saturating_mul(STEP));
        self.kept.wider = moved.clamp(-FURTHEST, FURTHEST);
        if self.areas().tree.width == before {
            self.kept.wider -= by.saturating_mul(STEP);
            self.say("it cannot be moved further");
        }
    }

    /// Takes the divider with the mouse, where it is there.
    pub(super) fn hold_divider(&mut self, column: u16, row: u16, areas: &Areas) -> bool {
        self.kept.is_held = Areas::holds(areas.divider, column, row);
        self.kept.is_held
    }

    /// Moves the divider that the mouse holds to a column.
    pub(super) fn drag_divider(&mut self, column: u16) {
        let areas = self.areas();
        if !self.kept.is_held || areas.divider.width == 0 {
            return;
        }
        let by = i32::from(column) - i32::from(areas.divider.x);
        let moved = i32::from(self.kept.wider) + by;
        let most = i32::from(FURTHEST);
        self.kept.wider = moved.clamp(-most, most) as i16;
    }
}

/// The places as they are listed: classes of one name with their modules.
fn told_apart(places: &[(&Location, Link)]) -> Vec<Visit> {
    let class_of = |place: &Location| place.class.as_ref().map(|it| it.path.clone());
    let names: Vec<String> = places.iter().map(|it| name_of(it.0)).collect();
    // Several places of one class have one name.
    let is_unlike = |name: &String| {
        let named = names.iter().zip(places).filter(|it| it.0 == name);
        let mut classes = named.map(|it| class_of(it.1.0));
        let first = classes.next();
        classes.all(|it| Some(it) == first)
    };
    let visits = places.iter().zip(&names).map(|((place, to), name)| {
        let module = class_of(place).filter(|_| place.page.is_about_a_class() && !is_unlike(name));
        Visit {
            name: match module {
                Some(path) => format!("{}:{name}", path.module),
                None => name.clone(),
            },
            page: place.page.name(),
            to: to.clone(),
        }
    });
    visits.collect()
}

/// What a place is about: `UpdateView`, `UpdateView.save`, `shop.models`.
fn name_of(place: &Location) -> String {
    let class = place.class.as_ref();
    let class = class.filter(|_| place.page.is_about_a_class());
    match (class, &place.attribute, &place.file, &place.head) {
        (_, _, Some(file), _) => file.clone(),
        (Some(class), Some(attribute), ..)
            if matches!(place.page, PageKind::Lookup | PageKind::Super) =>
        {
            format!("{}.{attribute}", class.path.qualname)
        }
        (Some(class), ..) => class.path.qualname.to_string(),
        (None, _, _, Some(head)) => head.clone(),
        _ => place.page.name().to_owned(),
    }
}
