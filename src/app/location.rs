//! Where the reader is, and where they were: classes by path, so that a new analysis keeps the place.

use crate::Name;
use crate::analysis::{Analysis, ClassRef};
use crate::semantics::{ClassId, ClassPath};
use crate::view::PageKind;

/// How many places are remembered. More than anybody goes back; few enough to cost nothing.
const REMEMBERED: usize = 500;

/// A class by name: stays valid when the project is read anew.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClassAt {
    /// Its path.
    pub path: ClassPath,
    /// Where several statements bind the same name: how many come after this one.
    pub earlier: usize,
}

impl ClassAt {
    /// The class that the name means: the last one bound to it.
    pub fn last(path: ClassPath) -> Self {
        Self { path, earlier: 0 }
    }

    /// The name of exactly this class.
    pub fn of(class: ClassRef<'_>) -> Self {
        let same = class.analysis().by_path(class.path());
        let earlier = same
            .iter()
            .rev()
            .position(|&id| id == class.id())
            .unwrap_or(0);
        Self {
            path: class.path().clone(),
            earlier,
        }
    }

    /// The class, if the analysis has it.
    pub fn find<'a>(&self, analysis: &'a Analysis) -> Option<ClassRef<'a>> {
        self.id(analysis).map(|id| analysis.class(id))
    }

    /// Its id, if the analysis has it.
    pub fn id(&self, analysis: &Analysis) -> Option<ClassId> {
        let same = analysis.by_path(&self.path);
        same.iter().rev().nth(self.earlier).or(same.last()).copied()
    }
}

/// A place to read: which page, of what, and which line is selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The page.
    pub page: PageKind,
    /// The class it is about.
    pub class: Option<ClassAt>,
    /// The attribute of the class that the lookup page is about; pages beside it keep it.
    pub attribute: Option<Name>,
    /// On the what-if page: the head that the class statement would have. On the difference page: what the project is compared with.
    /// On the operators page: the operation that is asked of an instance. On the module page: the module; the attribute is then the value
    /// that is looked into. On the atlas page: the registry.
    pub head: Option<String>,
    /// Whether it is being typed.
    pub is_being_typed: bool,
    /// On the linearization page: the class that is marked. On the why-before page: one of its two classes.
    pub mark: Option<ClassAt>,
    /// The class beside the marked one: the selected one, or the other of two. On the beside page: the second class.
    pub other: Option<ClassAt>,
    /// On the source page: this file, whole, by the path people are shown. None for the class's own statement.
    pub file: Option<String>,
    /// On a page of source: how many cells of its lines are left out at the left.
    pub left: usize,
    /// On the source page: the lines of the heads whose bodies are folded.
    pub folds: Vec<u32>,
    /// The selected line of the page; none until the page has been made and chosen one.
    pub line: Option<usize>,
    /// On a source page that is about to be made: the line of the file to select.
    pub source_line: Option<u32>,
    /// The first row that is shown.
    pub top: usize,
    /// Whether the tree's cursor made it in passing: the next such place replaces it.
    pub passing: bool,
}

impl Location {
    /// The beginning of a page of a class.
    pub fn new(page: PageKind, class: Option<ClassAt>) -> Self {
        Self {
            page,
            class,
            attribute: None,
            head: None,
            is_being_typed: false,
            mark: None,
            other: None,
            left: 0,
            folds: vec![],
            file: None,
            line: None,
            source_line: None,
            top: 0,
            passing: false,
        }
    }

    /// The same place, with an attribute in mind.
    #[must_use]
    pub fn about(mut self, attribute: Option<Name>) -> Self {
        self.attribute = attribute;
        self
    }

    /// Whether its page shows source, whose lines are cut off rather than folded.
    pub fn shows_source(&self) -> bool {
        match self.page {
            PageKind::Source => true,
            PageKind::Super => self.attribute.is_some(),
            _ => false,
        }
    }

    /// Whether both show the same page.
    pub fn same_page(&self, other: &Self) -> bool {
        self.page == other.page
            && self.class == other.class
            && self.file == other.file
            && (!matches!(self.page, PageKind::Before | PageKind::Beside)
                || self.mark == other.mark && self.other == other.other)
            && (!matches!(
                self.page,
                PageKind::Difference
                    | PageKind::Atlas
                    | PageKind::Module
                    | PageKind::Home
                    | PageKind::Lesson
            ) || self.head == other.head)
            && (!matches!(
                self.page,
                PageKind::Lookup | PageKind::Super | PageKind::Across | PageKind::Module
            ) || self.attribute == other.attribute)
    }
}

/// The places that were read, and which of them is open.
#[derive(Debug, Clone)]
pub struct History {
    places: Vec<Location>,
    at: usize,
    /// Places that were read before the program began, the last one first.
    pub(super) earlier: Vec<Location>,
}

impl History {
    /// Begins at a place.
    pub fn new(start: Location) -> Self {
        Self {
            places: vec![start],
            at: 0,
            earlier: vec![],
        }
    }

    /// The open place.
    pub fn here(&self) -> &Location {
        &self.places[self.at]
    }

    /// The open place, to be changed.
    pub fn here_mut(&mut self) -> &mut Location {
        &mut self.places[self.at]
    }

    /// Goes to a new place; what one had gone back from is forgotten.
    pub fn go(&mut self, place: Location) {
        if self.here().same_page(&place) && place.source_line.is_none() {
            return;
        }
        self.places.truncate(self.at + 1);
        self.places.push(place);
        if self.places.len() > REMEMBERED {
            self.places.remove(0);
        }
        self.at = self.places.len() - 1;
    }

    /// Goes to a place in passing: it takes the place of another one that was gone to in passing.
    pub fn pass(&mut self, mut place: Location) {
        if self.here().same_page(&place) {
            return;
        }
        place.passing = true;
        if self.here().passing {
            self.places.truncate(self.at + 1);
            *self.here_mut() = place;
        } else {
            self.go(place);
        }
    }

    /// One of the places: those of before stand behind the others.
    pub fn place(&self, at: usize) -> Option<&Location> {
        let earlier = || self.earlier.get(at.checked_sub(self.places.len())?);
        self.places.get(at).or_else(earlier)
    }

    /// The places that were visited, the last one first, each page of each class once; without those that are about none.
    pub fn lately(&self) -> Vec<(usize, &Location)> {
        let mut found: Vec<(usize, &Location)> = vec![];
        let before = self.places.len();
        let earlier = self.earlier.iter().enumerate();
        let earlier = earlier.map(|(at, place)| (before + at, place));
        for (at, place) in self.places.iter().enumerate().rev().chain(earlier) {
            let is_about_a_class = place.class.is_some() && place.page.is_about_a_class();
            let is_there = |it: &&(usize, &Location)| it.1.same_page(place);
            if is_about_a_class && !found.iter().any(|it| is_there(&it)) {
                found.push((at, place));
            }
        }
        found
    }

    /// Whether there is a place to go back to.
    pub fn can_go_back(&self) -> bool {
        self.at > 0
    }

    /// Goes back; false at the beginning.
    pub fn back(&mut self) -> bool {
        let can = self.at > 0;
        self.at -= usize::from(can);
        can
    }

    /// Goes forward; false at the end.
    pub fn forward(&mut self) -> bool {
        let can = self.at + 1 < self.places.len();
        self.at += usize::from(can);
        can
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str) -> Location {
        Location::new(
            PageKind::Linearization,
            Some(ClassAt::last(ClassPath::new("shop", name))),
        )
    }

    #[test]
    fn back_and_forward_return_to_where_one_was() {
        let mut history = History::new(place("A"));
        history.go(place("B"));
        history.go(place("C"));
        assert!(history.back() && history.back() && !history.back());
        assert!(history.here().same_page(&place("A")));
        assert!(history.forward());
        assert!(history.here().same_page(&place("B")));
        history.go(place("D"));
        assert!(!history.forward(), "a new way forgets the old one");
    }

    #[test]
    fn what_is_only_passed_is_one_place() {
        let mut history = History::new(place("A"));
        history.pass(place("B"));
        history.pass(place("C"));
        history.pass(place("D"));
        assert!(history.here().same_page(&place("D")));
        assert!(history.back());
        assert!(history.here().same_page(&place("A")));
    }
}
