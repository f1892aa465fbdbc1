//! Going from place to place: to a class, a page of it, a line of a file, back and on again, with the tree following.

use crate::Name;
use crate::app::act::around;
use crate::app::areas::Focus;
use crate::app::location::{ClassAt, Location};
use crate::app::state::State;
use crate::app::tabs;
use crate::app::tree::{Mode, Thing};
use crate::source::FileId;
use crate::view::{self, Body, HomeList, PageKind};

impl State {
    /// Goes to a class, on the page one is on if that is a class's.
    pub(super) fn open_class(&mut self, class: ClassAt) {
        let page = match self.here().page {
            PageKind::Source if self.here().file.is_some() => PageKind::Linearization,
            page => page.of_another_class(),
        };
        self.leave_place();
        let attribute = self.here().attribute.clone();
        self.history
            .go(Location::new(page, Some(class)).about(attribute));
        self.restart_merge();
        self.reveal();
    }

    /// Goes to a line of a file; from that line, to the class whose statement it is part of.
    pub(super) fn open_source(&mut self, file: FileId, line: u32) {
        let Some(analysis) = self.analysis.clone() else {
            return;
        };
        let shown = &analysis.file(file).shown;
        if self.here().page == PageKind::Source && self.here().file.as_ref() == Some(shown) {
            match analysis.class_at(file, line) {
                Some(class) => self.open_class(ClassAt::of(analysis.class(class))),
                None => self.say("no class statement on this line"),
            }
            return;
        }
        self.leave_place();
        self.history.go(Location {
            file: Some(shown.clone()),
            source_line: Some(line),
            ..Location::new(PageKind::Source, self.here().class.clone())
                .about(self.here().attribute.clone())
        });
    }

    /// Begins to read ancestors as seen from the class one is on, or stops.
    pub(super) fn see_from(&mut self) {
        if let Some(from) = self.seen_from.take() {
            self.say(format!(
                "no longer as seen from {}",
                view::safe(&from.path.qualname)
            ));
            return;
        }
        let in_tree = self.class_in_tree().filter(|_| self.focus == Focus::Tree);
        let class = in_tree.and_then(|id| {
            let analysis = self.analysis.as_deref()?;
            Some(ClassAt::of(analysis.class(id)))
        });
        let Some(class) = class.or_else(|| self.here().class.clone()) else {
            self.say("choose a class first");
            return;
        };
        self.say(format!(
            "ancestors are read as seen from {}",
            view::safe(&class.path.qualname)
        ));
        self.seen_from = Some(class);
    }

    /// Whether the selected line says where something leads for the class from which one looks.
    pub(super) fn is_lead(&self) -> bool {
        let line = self
            .here()
            .line
            .and_then(|it| self.shown.page.lines.get(it));
        self.seen_from.is_some() && line.is_some_and(|it| !matches!(it.body, Body::Source(_)))
    }

    /// Goes to a line in the source of the class that it is part of, where that is an ancestor of the class from which one looks.
    pub(super) fn follow(&mut self, file: FileId, line: u32) {
        let analysis = self.analysis.clone();
        let class = analysis.as_deref().and_then(|analysis| {
            let class = analysis.class(analysis.class_at(file, line)?);
            let from = analysis.class(self.settings.seen_from?);
            let is_seen = from.known_ancestry().contains(&class);
            is_seen.then(|| ClassAt::of(class))
        });
        let Some(class) = class else {
            self.open_source(file, line);
            return;
        };
        self.leave_place();
        self.history.go(Location {
            source_line: Some(line),
            ..Location::new(PageKind::Source, Some(class)).about(self.here().attribute.clone())
        });
        self.reveal();
    }

    /// Goes to a page of the class one is on.
    pub(super) fn open_page(&mut self, page: PageKind) {
        if page == PageKind::Help && self.here().page == PageKind::Help {
            self.travel(Self::go_back, "");
            return;
        }
        // It is about what was chosen when it was opened, which a tab does not say.
        if matches!(page, PageKind::Before | PageKind::Beside) && self.here().page == page {
            return;
        }
        self.leave_place();
        if page == PageKind::Source
            && self.focus == Focus::Tree
            && let Some(Thing::Module {
                file: Some(file), ..
            }) = self.tree.selected().map(|row| row.thing.clone())
        {
            self.open_source(file, 1);
            self.focus_on(Focus::Page);
            return;
        }
        let (class, attribute) = (self.here().class.clone(), self.here().attribute.clone());
        // Of no class there is nothing that derives from it: all plugins are meant.
        let page = match page {
            PageKind::Plugins if class.is_none() => PageKind::Atlas,
            page => page,
        };
        self.history.go(Location::new(page, class).about(attribute));
        if !page.is_about_a_class() {
            self.focus_on(Focus::Page);
        }
    }

    /// Goes to a registry of the atlas.
    pub(super) fn open_registry(&mut self, name: String) {
        self.leave_place();
        let class = self.here().class.clone();
        self.settings.filter.clear();
        self.history.go(Location {
            head: Some(name),
            ..Location::new(PageKind::Atlas, class)
        });
    }

    /// Goes to a list behind a line of the home.
    pub(super) fn open_list(&mut self, list: HomeList) {
        self.leave_place();
        let class = self.here().class.clone();
        self.history.go(Location {
            head: Some(list.says().0.to_owned()),
            ..Location::new(PageKind::Home, class)
        });
        self.focus_on(Focus::Page);
    }

    /// Goes to a place where one was.
    pub(super) fn visit(&mut self, at: usize) {
        if let Some(place) = self.history.place(at).cloned() {
            self.go_to_place(place);
        }
    }

    /// Goes to a place that was kept.
    pub(super) fn go_to_place(&mut self, place: Location) {
        self.leave_place();
        self.history.go(place);
        self.restart_merge();
        self.reveal();
    }

    /// Goes to the page of a module, or of what one of its values holds.
    pub(super) fn open_module(&mut self, name: &str, inside: Option<Name>) {
        self.leave_place();
        let class = self.here().class.clone();
        self.history.go(Location {
            head: Some(name.to_string()),
            ..Location::new(PageKind::Module, class)
        }
        .about(inside));
        self.reveal();
        self.focus_on(Focus::Page);
    }

    /// Goes to the lookup page of the attribute that the selected line speaks of.
    pub(super) fn look_up(&mut self) {
        match self.attribute().cloned() {
            Some(name) => self.open_attribute(name),
            None => self.say("select a name first"),
        }
    }

    pub(super) fn open_attribute(&mut self, name: Name) {
        self.open_about(PageKind::Lookup, Some(name));
    }

    /// Goes to the super page of the method that the selected line speaks of, or of all methods.
    pub(super) fn open_super(&mut self) {
        let name = match self.here().page {
            PageKind::Super => None,
            _ => self.attribute().or(self.here().attribute.as_ref()).cloned(),
        };
        let name = name.filter(|name| self.class().is_some_and(|it| view::has_ribbon(it, name)));
        self.open_about(PageKind::Super, name);
    }

    pub(super) fn open_about(&mut self, page: PageKind, name: Option<Name>) {
        self.leave_place();
        let class = self.here().class.clone();
        self.history.go(Location::new(page, class).about(name));
        self.focus_on(Focus::Page);
    }

    pub(super) fn turn_page(&mut self, by: isize) {
        let pages = tabs::pages(self);
        let here = pages.iter().position(|&page| page == self.here().page);
        self.open_page(pages[around(here.unwrap_or(0), by, pages.len())]);
    }

    /// What is looked for on a page is left behind with it.
    pub(super) fn leave_place(&mut self) {
        self.history.here_mut().passing = false;
        self.sought.clear();
        self.settings.filter.clear();
        self.settings.matrix.column = 0;
    }

    pub(super) fn restart_merge(&mut self) {
        self.settings.merge_step = Some(1);
        self.ask_again();
    }

    pub(super) fn go_back(&mut self) -> bool {
        self.history.back()
    }

    pub(super) fn go_forward(&mut self) -> bool {
        self.history.forward()
    }

    pub(super) fn travel(&mut self, go: fn(&mut Self) -> bool, at_end: &str) {
        self.leave_place();
        if go(self) {
            self.restart_merge();
            self.reveal();
        } else {
            self.say(at_end);
        }
    }

    /// Lets the tree follow to the class or module that is open.
    pub(super) fn reveal(&mut self) {
        let Some(analysis) = self.analysis.clone() else {
            return;
        };
        if self.here().page == PageKind::Module
            && let Some(module) = self.here().head.clone()
            && *self.tree.mode() == Mode::Modules
        {
            self.tree.reveal_module(&analysis, &module);
            self.show_row_amid();
            return;
        }
        let Some(class) = self.here().class.clone() else {
            return;
        };
        if let Mode::Relatives(_) = self.tree.mode() {
            self.tree
                .set_mode(Mode::Relatives(class.clone()), &analysis);
        }
        if let Some(id) = class.id(&analysis) {
            self.tree.reveal(&analysis, id);
        }
        self.show_row_amid();
    }
}
