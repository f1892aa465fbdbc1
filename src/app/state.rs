//! `State`: everything the program remembers.

use std::sync::Arc;

use ratatui::layout::Size;

use crate::Name;
use crate::analysis::{Analysis, ClassRef, Counts};
use crate::app::answers::Answers;
use crate::app::areas::{self, Areas, Focus, Preview, Wanted};
use crate::app::begins::{Begins, Opens, begin};
use crate::app::early::Early;
use crate::app::follow::Names;
use crate::app::kept::Kept;
use crate::app::key::Key;
use crate::app::keymap::Keymap;
use crate::app::lessons::Lessons;
use crate::app::live::{Asking, Lives, Python};
use crate::app::load::Loading;
use crate::app::location::{ClassAt, History, Location};
use crate::app::pages;
use crate::app::palette::Palette;
use crate::app::prompt::TextLine;
use crate::app::reading::Held;
use crate::app::search::{Asked, Hits, Index};
use crate::app::shown::{Made, Shown};
use crate::app::tree::{Thing, Tree};
use crate::app::what_if::Completions;
use crate::load::Query;
use crate::semantics::ClassId;
use crate::source::Rewritten;
use crate::view::{Link, PageKind, Settings, Way};

/// What is said about something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What is said.
    pub text: String,
    /// Whether it went wrong.
    pub failed: bool,
}

/// What is being typed.
pub enum Prompt {
    /// A search over everything that has a name.
    Search(Search),
    /// A search over all actions.
    Palette(Palette),
    /// Something to be found on the open page.
    Filter(TextLine),
    /// The head that a class statement would have.
    WhatIf(TextLine),
    /// What the project is to be compared with.
    Compare(TextLine),
    /// An operation on an instance of the class.
    Operation(TextLine),
}

/// A search over everything that has a name.
#[derive(Default)]
pub struct Search {
    /// What was typed.
    pub line: TextLine,
    /// What it found.
    pub hits: Arc<Hits>,
    /// Whether what it found is for what was typed before.
    pub is_pending: bool,
    /// Whether the best of it is opened as soon as it is there.
    pub accepts: bool,
    /// Whether it was found in what was read before.
    pub is_stale: bool,
    /// Which of the hits is selected.
    pub at: usize,
    /// The first hit that is shown.
    pub top: usize,
}

/// How the program begins.
pub struct Start {
    /// What is opened, shortened for a title.
    pub project: String,
    /// The keys.
    pub keymap: Keymap,
    /// The screen.
    pub size: Size,
    /// The interpreter that is run for those who ask for it, as it is shown; or why there is none, and the cure.
    pub python: Result<Python, String>,
    /// The names of the themes there are.
    pub themes: Vec<String>,
    /// What is opened first, and what was kept of lessons.
    pub begins: Begins,
}

/// Everything the program remembers.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether one thing holds, whatever the others do"
)]
pub struct State {
    /// What is known of the project; none while it is read for the first time.
    pub analysis: Option<Arc<Analysis>>,
    /// How many there are of what in it.
    pub counts: Counts,
    /// What was opened, shortened for a title.
    pub project: String,
    /// How far reading it is.
    pub loading: Loading,
    /// The keys.
    pub keymap: Keymap,
    /// The screen.
    pub size: Size,
    /// How pages are to be shown.
    pub settings: Settings,
    /// Which part has the cursor.
    pub focus: Focus,
    /// Where the reader is and was.
    pub history: History,
    /// The class of the objects that its ancestors are read for.
    pub seen_from: Option<ClassAt>,
    /// The class that is to be set beside another one.
    pub picked: Option<ClassAt>,
    /// The pane at the left.
    pub tree: Tree,
    /// What is being typed.
    pub prompt: Option<Prompt>,
    /// What is looked for on the open page.
    pub sought: String,
    /// Keys of a sequence that has not ended.
    pub pending: Vec<Key>,
    /// What is said about the last thing that was done.
    pub notice: Option<Notice>,
    /// Whether the program hears the mouse.
    pub mouse: bool,
    /// The open page.
    pub shown: Shown,
    /// What its selected line leads to, or in a search the page of the selected hit.
    pub preview: Shown,
    /// What is said below the linearization while a class of it is marked.
    pub aside: Shown,
    /// The names of the open source that can be followed.
    pub(super) names: Names,
    /// The row of the preview to begin with.
    pub preview_top: usize,
    /// The line of the preview that is meant.
    pub preview_line: Option<usize>,
    /// Whether the page has the whole width while the cursor is on it.
    pub zoomed: bool,
    pub(super) index: Option<Arc<Index>>,
    pub(super) last_search: Option<Search>,
    /// The number of the newest search.
    pub(super) finding: u64,
    /// What is to be looked for by whoever can.
    pub(super) unasked: Option<Asked>,
    /// The number of the load that gave what is open.
    pub(super) generation: u64,
    /// The number of the newest load.
    pub(super) reading: u64,
    /// Whether files have changed since that load began.
    pub(super) is_stale: bool,
    /// The files that have changed since what is open was read.
    pub(super) changed_files: Vec<String>,
    /// What was selected when another analysis came, until a key says otherwise.
    pub(super) held: Option<Held>,
    /// How often in a row the reading that is at work has begun anew.
    pub(super) begun_anew: u32,
    /// What came of the module that is open, while the rest is still being read.
    pub(super) first: Option<Arc<Analysis>>,
    /// The page stands as it was before the files were read again.
    pub(super) stands: bool,
    /// What was typed before there was anything to do it with.
    pub(super) early: Early,
    pub(super) edition: u64,
    /// How often an analysis has arrived.
    pub(super) arrived: u64,
    /// Previews of long files that were seen before this one.
    pub(super) shelf: Vec<Shown>,
    /// What the run at rest was asked, and its answers.
    pub(super) answers: Answers,
    /// Which interpreter would be run, or why there is none.
    pub python: Result<Python, String>,
    /// The names of the themes there are.
    pub(super) themes: Vec<String>,
    /// The one that was chosen from them.
    pub(super) theme: Option<String>,
    /// Marks, the pinned page, the panes.
    pub(super) kept: Kept,
    /// The question whether it may be.
    pub asking: Option<Asking>,
    /// What came of running it.
    pub(super) lives: Lives,
    /// Heads that were typed on the what-if page before the one that is there.
    pub(super) heads: Vec<String>,
    /// The names that complete the one being typed, and which of them stands there.
    pub(super) completions: Option<Completions>,
    /// What is played, and how far the reader is.
    pub(super) lessons: Lessons,
    /// What is opened once the project is read.
    pub(super) opens: Opens,
    /// Files that are to be written, once it is said that they may.
    pub writing: Option<Vec<Rewritten>>,
}

/// From so many lines on a preview is kept when another takes its place, and how many are.
const LONG: usize = 2_000;
const KEPT: usize = 2;

impl State {
    /// Begins with nothing known.
    pub fn new(start: Start) -> Self {
        let mut state = Self {
            analysis: None,
            counts: Counts::default(),
            project: start.project,
            loading: Loading::default(),
            keymap: start.keymap,
            size: start.size,
            settings: Settings {
                merge_step: Some(1),
                way: Some(Way::Read),
                ..Settings::default()
            },
            focus: Focus::Tree,
            history: History::new(Location::new(PageKind::Home, None)),
            seen_from: None,
            picked: None,
            tree: Tree::default(),
            prompt: None,
            sought: String::new(),
            pending: vec![],
            notice: None,
            mouse: true,
            shown: Shown::default(),
            preview: Shown::default(),
            aside: Shown::default(),
            names: Names::default(),
            preview_top: 0,
            preview_line: None,
            zoomed: false,
            index: None,
            last_search: None,
            finding: 0,
            unasked: None,
            generation: 0,
            reading: 1,
            is_stale: false,
            changed_files: vec![],
            held: None,
            begun_anew: 0,
            first: None,
            stands: false,
            early: Early::default(),
            edition: 0,
            arrived: 0,
            shelf: vec![],
            answers: Answers::default(),
            python: start.python,
            themes: start.themes,
            theme: None,
            kept: Kept::default(),
            asking: None,
            lives: Lives::default(),
            heads: vec![],
            completions: None,
            lessons: Lessons::default(),
            opens: start.begins.opens,
            writing: None,
        };
        state.lessons.progress = start.begins.progress;
        state.restore(&start.begins.saved);
        let trouble = start.begins.trouble;
        state.notice = trouble.map(|text| Notice { text, failed: true });
        state.refresh();
        state
    }

    /// Where each part of the screen is.
    pub fn areas(&self) -> Areas {
        Areas::new(
            self.size,
            Wanted {
                focus: self.focus,
                search: matches!(self.prompt, Some(Prompt::Search(_) | Prompt::Palette(_))),
                preview: match self.here().page {
                    _ if self.is_choosing_theme() => Preview::Usual,
                    _ if matches!(self.prompt, Some(Prompt::Palette(_))) => Preview::None,
                    _ if matches!(self.prompt, Some(Prompt::Search(_))) => Preview::Usual,
                    _ if self.kept.pinned.is_some() => Preview::Usual,
                    _ if !self.has_preview() => Preview::None,
                    PageKind::Members | PageKind::Matrix | PageKind::Source => Preview::Narrow,
                    _ => Preview::Usual,
                },
                wider: self.kept.wider,
                aside: self.aside_rows(),
                bare: self.here().page == PageKind::Present
                    && !matches!(self.prompt, Some(Prompt::Search(_) | Prompt::Palette(_))),
                whole: self.takes_the_tree() || (self.zoomed && self.focus == Focus::Page),
            },
        )
    }

    /// The open place.
    pub fn here(&self) -> &Location {
        self.history.here()
    }

    /// The class that the open page is about.
    pub fn class(&self) -> Option<ClassRef<'_>> {
        self.here().class.as_ref()?.find(self.analysis.as_ref()?)
    }

    /// The class of the selected row of the tree.
    pub fn class_in_tree(&self) -> Option<ClassId> {
        match self.tree.selected()?.thing {
            Thing::Class(id) => Some(id),
            Thing::Module { .. } | Thing::Heading => None,
        }
    }

    /// Where the selected line of the open page leads.
    pub fn link(&self) -> Option<&Link> {
        let line = self.here().line?;
        self.shown.page.lines.get(line)?.link.as_ref()
    }

    /// The attribute that the selected line of the open page speaks of.
    pub fn attribute(&self) -> Option<&Name> {
        let line = self.here().line?;
        self.shown.page.lines.get(line)?.attribute.as_ref()
    }

    /// Whether the open page narrows to what matches the filter; others only go to it.
    pub fn page_filters(&self) -> bool {
        matches!(
            self.here().page,
            PageKind::Members
                | PageKind::Matrix
                | PageKind::Across
                | PageKind::Beside
                | PageKind::Descriptors
                | PageKind::Plugins
                | PageKind::Atlas
                | PageKind::Home
                | PageKind::Module
                | PageKind::Super
        )
    }

    /// Whether the open page has something beside it when the screen is wide.
    fn has_preview(&self) -> bool {
        let is_list = matches!(self.here().page, PageKind::Module | PageKind::Atlas)
            || self.here().page == PageKind::Home && self.here().head.is_some();
        self.analysis.is_some()
            && (self.here().class.is_some() || is_list)
            && !self.takes_the_tree()
            && (self.here().page != PageKind::Source || self.size.width >= areas::WIDE_FROM)
    }

    /// Makes the pages that are to be seen, lays them out, and keeps every cursor on something that exists.
    pub(super) fn refresh(&mut self) {
        let analysis = self.analysis.as_deref();
        let from = self.seen_from.as_ref().zip(analysis);
        self.settings.seen_from = from.and_then(|(class, analysis)| class.id(analysis));
        self.refresh_aside();
        let areas = self.areas();
        self.refresh_page(&areas);
        if areas.aside.area() > 0 {
            self.show_line();
        }
        self.refresh_names();
        self.refresh_preview(&areas);
    }

    fn refresh_page(&mut self, areas: &Areas) {
        if let Some(question) = self.question(self.here())
            && !self.here().is_being_typed
        {
            let besides = pages::asked_besides(&question);
            self.answers.want(question);
            if let Some(besides) = besides {
                self.answers.want(besides);
            }
        }
        let made = self.made(self.here());
        let mut selected = None;
        if self.shown.made.as_ref() != Some(&made) && !self.leaves_standing(&made) {
            let page = self.make(self.here());
            let is_the_same = |old: &Made| old.place.same_page(self.here());
            if self.shown.made.as_ref().is_some_and(is_the_same) {
                selected = self.attribute().cloned();
            }
            // What waited for an answer had nowhere to lead: now that it is there, the page begins.
            let waited = self.shown.made.as_ref().is_some_and(is_the_same) && self.shown.is_dead();
            self.shown.take(made, page);
            if waited && !self.shown.is_dead() {
                self.history.here_mut().line = None;
            }
        }
        // Switches change which lines there are; the name that was selected stays so.
        let moved = selected.and_then(|name| self.shown.about(&name));
        if moved.is_some() {
            self.history.here_mut().line = moved;
        }
        let text = areas.page_text();
        let is_source = self.here().shows_source();
        let left = self.here().left;
        self.shown.lay(text.width, is_source, left);
        let held = self.held.as_ref();
        let held = held.and_then(|held| held.find(&self.shown, self.here()));
        if let Some((line, above)) = held {
            let place = self.history.here_mut();
            place.line = Some(line);
            place.top = self.shown.first_row(line).saturating_sub(above);
        }
        let analysis = self.analysis.clone();
        let place = self.history.here_mut();
        if let Some(wanted) = place.source_line.take() {
            let file = analysis
                .as_deref()
                .zip(place.file.as_deref())
                .and_then(|(analysis, shown)| pages::file(analysis, shown));
            place.line = pages::line_of(&self.shown.page, file, wanted);
            // A definition is read downwards from where it begins.
            let row = place.line.map_or(0, |line| self.shown.first_row(line));
            place.top = row.saturating_sub(usize::from(text.height) / 4);
        }
        let filter = &self.settings.filter;
        let best = (place.line.is_none() && !filter.is_empty()).then(|| self.shown.best(filter));
        let height = usize::from(text.height);
        let line = place.line.or(best.flatten());
        let line = line.unwrap_or_else(|| begin(&self.shown, place.page, height));
        let line = self.shown.nearest(line);
        if moved.is_some() || place.line != Some(line) {
            place.line = Some(line);
            place.top = self
                .shown
                .top_for(line, place.top, usize::from(text.height));
        }
        let most = self
            .shown
            .rows()
            .len()
            .saturating_sub(usize::from(text.height));
        place.top = place.top.min(most);
    }

    fn refresh_preview(&mut self, areas: &Areas) {
        let text = areas.preview_text();
        if text.area() == 0 {
            return;
        }
        let Some(mut place) = self.preview_place() else {
            self.preview = Shown::default();
            return;
        };
        // What costs runs is looked for where one goes, not where the cursor passes.
        if let Some(question @ Query::AtRest(_)) = self.question(&place) {
            self.answers.want(question);
        }
        let line = place.source_line.take();
        let made = self.made(&place);
        if self.preview.made.as_ref() != Some(&made) {
            self.turn_preview(made, &place);
        }
        self.preview.lay(text.width, place.shows_source(), 0);
        self.preview_line = line.and_then(|line| pages::line_of(&self.preview.page, None, line));
        let row = self
            .preview_line
            .map_or(0, |line| self.preview.first_row(line));
        self.preview_top = row.saturating_sub(usize::from(text.height) / 4);
    }

    /// Shows another preview. Long files are kept for a while: one often comes back to them.
    fn turn_preview(&mut self, made: Made, place: &Location) {
        let mut kept = self.shelf.iter();
        let next = if let Some(at) = kept.position(|it| it.made.as_ref() == Some(&made)) {
            self.shelf.remove(at)
        } else {
            let mut next = Shown::default();
            next.take(made, self.make(place));
            next
        };
        let before = std::mem::replace(&mut self.preview, next);
        let is_source = |it: &Made| it.place.page == PageKind::Source && it.edition == self.arrived;
        self.shelf
            .retain(|it| it.made.as_ref().is_some_and(is_source));
        if before.page.lines.len() > LONG && before.made.as_ref().is_some_and(is_source) {
            self.shelf.insert(0, before);
            self.shelf.truncate(KEPT);
        }
    }

    /// What has to be asked of the run at rest for a place.
    pub(super) fn question(&self, place: &Location) -> Option<Query> {
        pages::question(self.analysis.as_deref()?, place, &self.settings)
    }

    fn made(&self, place: &Location) -> Made {
        Made {
            place: Location {
                line: None,
                source_line: None,
                top: 0,
                left: 0,
                passing: false,
                // What is said of the selected class stands below the page.
                other: place
                    .other
                    .clone()
                    .filter(|_| place.page != PageKind::Linearization),
                ..place.clone()
            },
            near: match place.page {
                PageKind::Help => self.columns(),
                _ => pages::near(place),
            },
            settings: match place.page {
                // Of a source nothing can be switched, and it waits for no answer.
                PageKind::Source => Settings::default(),
                _ => self.settings.clone(),
            },
            edition: match place.page {
                PageKind::Source => self.arrived,
                _ => self.edition,
            },
        }
    }

    fn make(&self, place: &Location) -> crate::view::Page {
        let beside = pages::Beside {
            settings: &self.settings,
            keymap: &self.keymap,
            loading: &self.loading,
            answers: &self.answers,
            lives: &self.lives,
            lately: &self.places_listed(),
            columns: self.columns(),
            lessons: &self.lessons,
        };
        if let Some(page) = self.made_first(place, &beside) {
            return page;
        }
        pages::page(self.analysis.as_deref(), place, &beside)
    }

    /// In how many columns the keys are listed.
    fn columns(&self) -> usize {
        match self.size.width {
            ..140 => 1,
            140..210 => 2,
            210.. => 3,
        }
    }

    /// Scrolls so that the selected line of the page is to be seen.
    pub(super) fn show_line(&mut self) {
        let height = usize::from(self.areas().page.height);
        let place = self.history.here_mut();
        let line = place.line.unwrap_or(0);
        place.top = self.shown.top_for(line, place.top, height);
    }

    /// Scrolls the tree to a row one has jumped to: with what stands above and below it, unless it is to be seen already.
    pub(super) fn show_row_amid(&mut self) {
        let height = usize::from(self.areas().tree.height);
        let cursor = self.tree.cursor();
        if !(self.tree.top..self.tree.top + height).contains(&cursor) {
            self.tree.top = cursor.saturating_sub(height / 3);
        }
        self.show_row();
    }

    /// Scrolls so that the selected row of the tree is to be seen.
    pub(super) fn show_row(&mut self) {
        let height = usize::from(self.areas().tree.height);
        self.tree.top = scrolled(
            self.tree.top,
            self.tree.cursor(),
            self.tree.rows().len(),
            height,
        );
    }
}

/// The first of `length` things to show, so that `selected` is among `height` of them and as little moves as possible.
pub(super) fn scrolled(top: usize, selected: usize, length: usize, height: usize) -> usize {
    let lowest = (selected + 1).saturating_sub(height);
    let most = length.saturating_sub(height).max(lowest);
    top.clamp(lowest, selected.max(lowest)).min(most)
}
