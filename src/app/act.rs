//! What each action does. One match, whole: the compiler asks here for every action there is.

use crate::app::action::Action;
use crate::app::areas::Focus;
use crate::app::location::{ClassAt, Location};
use crate::app::prompt::TextLine;
use crate::app::state::{Notice, Prompt, State, scrolled};
use crate::app::tree::{Mode, Thing};
use crate::app::update::Effect;
use crate::semantics::ClassId;
use crate::source::FileId;
use crate::view::letters;
use crate::view::{self, HomeList, LessonLink, Link, MergeGuess, PageKind};

impl State {
    /// Does what a key asked for.
    pub(super) fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Down => self.go_by(1),
            Action::Up => self.go_by(-1),
            Action::HalfScreenDown => self.go_by((self.screen() / 2).max(1)),
            Action::HalfScreenUp => self.go_by(-(self.screen() / 2).max(1)),
            Action::ScreenDown => self.go_by(self.screen()),
            Action::ScreenUp => self.go_by(-self.screen()),
            Action::Top => self.go_by(isize::MIN + 1),
            Action::Bottom => self.go_by(isize::MAX),
            Action::Left => self.left(),
            Action::Right => self.right(),
            Action::OtherPane => self.focus_on(match self.focus {
                Focus::Tree => Focus::Page,
                Focus::Page => Focus::Tree,
            }),
            Action::WholePage => {
                self.zoomed = !self.zoomed;
                self.focus_on(Focus::Page);
            }
            Action::Open => self.open(),
            Action::Back => self.travel(Self::go_back, "this is where you began"),
            Action::Forward => self.travel(Self::go_forward, "there is nothing further on"),
            Action::Close => self.close(),
            Action::Search => self.begin_search(),
            Action::Palette => self.open_palette(),
            Action::Themes => self.choose_theme(),
            Action::Menu => self.open_menu(),
            Action::Mark => self.mark(),
            Action::Marked => self.list_marks(),
            Action::Pin => self.pin(),
            Action::WiderTree => self.widen_tree(1),
            Action::NarrowerTree => self.widen_tree(-1),
            Action::Complete => {
                if !self.complete_term() {
                    self.go_by(1);
                }
            }
            Action::Filter => {
                self.focus_on(Focus::Page);
                // What is folded would not be found.
                self.unfold_source();
                self.prompt = Some(Prompt::Filter(TextLine::holding(self.sought_here())));
            }
            Action::NextMatch => self.next_match(1),
            Action::PreviousMatch => self.next_match(-1),
            Action::Linearization
            | Action::Members
            | Action::Descriptors
            | Action::Creation
            | Action::Matrix
            | Action::Costs
            | Action::Merge
            | Action::Source
            | Action::Plugins
            | Action::Atlas
            | Action::Home
            | Action::Problems
            | Action::Coverage
            | Action::Help => {
                if let Some(page) = action.page() {
                    self.open_page(page);
                }
            }
            Action::Visited => self.open_list(HomeList::Lately),
            Action::Lookup => self.look_up(),
            Action::Super => self.open_super(),
            Action::SeenFrom => self.see_from(),
            Action::NextPage => self.turn_page(1),
            Action::PreviousPage => self.turn_page(-1),
            Action::SwitchTree => self.switch_tree(),
            Action::Unfold => {
                self.unfold(None);
            }
            Action::CollapseAll => {
                if let Some(analysis) = self.analysis.clone() {
                    self.tree.collapse_all(&analysis);
                    self.show_row();
                }
            }
            Action::Inherited
            | Action::Private
            | Action::Special
            | Action::FromObject
            | Action::Sort
            | Action::WiderValues
            | Action::NarrowerValues
            | Action::NextWay
            | Action::PreviousWay
            | Action::NextColumn
            | Action::PreviousColumn
            | Action::Below => self.switch(action),
            Action::NextName => self.turn_name(1),
            Action::PreviousName => self.turn_name(-1),
            Action::ScrollRight => self.scroll_sideways(1),
            Action::ScrollLeft => self.scroll_sideways(-1),
            Action::Fold => self.fold(),
            Action::FoldAll => self.fold_all(),
            Action::StepOn => self.step(1),
            Action::StepBack => self.step(-1),
            Action::StepFirst => self.step_first(),
            Action::StepLast => self.step_last(),
            Action::StepAll => {
                self.settings.merge_step = None;
                self.settings.merge_guess = MergeGuess::Off;
            }
            Action::Predict => self.predict(),
            Action::Pick => self.pick_key(None),
            Action::Lessons => self.open_lessons(),
            Action::Hint => self.hint(),
            Action::Present => self.begin_presenting(),
            Action::WhatIf => self.begin_what_if(),
            Action::Operators => self.begin_operation(),
            Action::WhyBefore => self.why_before(),
            Action::Across => self.open_across(),
            Action::Beside => self.open_beside(),
            Action::Compare => self.begin_comparison(),
            Action::Undo => self.undo_head(),
            Action::Write => self.ask_to_write(),
            Action::Live => self.ask_to_run(),
            Action::Yes if self.writing.is_some() => return self.write_out(),
            Action::Yes => return self.run_python(),
            Action::No if self.writing.take().is_some() => self.say("nothing was written"),
            Action::No => self.leave_python(),
            Action::Edit => return self.edit(),
            Action::Copy => return self.copy(),
            Action::ReleaseMouse => {
                self.mouse = !self.mouse;
                self.say(if self.mouse {
                    "the mouse selects lines again"
                } else {
                    "the mouse is the terminal's: select text as usual"
                });
                return vec![Effect::Mouse(self.mouse)];
            }
            Action::ReadAgain => return self.read_again(),
            Action::Redraw => return vec![Effect::Redraw],
            Action::Suspend => return vec![Effect::Suspend],
            Action::Quit => return vec![Effect::Quit],
            Action::Accept => return self.accept(),
            Action::EraseLetter => self.edit_line(|line| {
                line.erase();
            }),
            Action::EraseWord => self.edit_line(TextLine::erase_word),
            Action::EraseAll => self.edit_line(TextLine::erase_all),
            Action::LetterLeft => self.edit_line(TextLine::left),
            Action::LetterRight => self.edit_line(TextLine::right),
            Action::LetterFirst => self.edit_line(TextLine::first),
            Action::LetterLast => self.edit_line(TextLine::last),
        }
        vec![]
    }

    /// Rows of the part that has the cursor.
    fn screen(&self) -> isize {
        let areas = self.areas();
        let height = match (&self.prompt, self.focus) {
            (Some(Prompt::Search(_) | Prompt::Palette(_)), _) | (None, Focus::Tree) => {
                areas.tree.height
            }
            (Some(_), _) | (None, Focus::Page) => areas.page.height,
        };
        isize::try_from(height).unwrap_or(1).max(1)
    }

    fn go_by(&mut self, by: isize) {
        if matches!(self.prompt, Some(Prompt::WhatIf(_))) {
            self.complete(by.signum());
            return;
        }
        let height = usize::from(self.areas().tree.height);
        if let Some(Prompt::Palette(palette)) = &mut self.prompt {
            let last = palette.found.len().saturating_sub(1);
            palette.at = palette.at.saturating_add_signed(by).min(last);
            palette.top = scrolled(palette.top, palette.at, palette.found.len(), height);
        } else if let Some(Prompt::Search(search)) = &mut self.prompt {
            let last = search.hits.len().saturating_sub(1);
            search.at = search.at.saturating_add_signed(by).min(last);
            search.top = scrolled(search.top, search.at, search.hits.len(), height);
        } else if self.focus == Focus::Tree && self.prompt.is_none() {
            let row = self.tree.cursor().saturating_add_signed(by);
            self.tree.select(row);
            self.show_row();
            self.pass_tree_row();
        } else {
            let line = self.here().line.unwrap_or(0);
            let line = self.shown.further(line, by);
            self.history.here_mut().line = Some(line);
            self.show_line();
        }
    }

    /// Gives the cursor to a part; where there is room for one only, this shows it.
    pub(super) fn focus_on(&mut self, focus: Focus) {
        // The keys, lessons and slides take the tree's place: going to the tree means to have read them.
        if focus == Focus::Tree && self.takes_the_tree() {
            self.history.back();
        }
        self.focus = focus;
        self.refresh();
        self.show_line();
        self.show_row();
    }

    fn left(&mut self) {
        if self.focus == Focus::Page {
            self.focus_on(Focus::Tree);
        } else if !self.unfold(Some(false)) && self.tree.select_parent() {
            self.show_row();
            self.pass_tree_row();
        }
    }

    fn right(&mut self) {
        if self.focus == Focus::Page {
            return;
        }
        match self.tree.selected().map(|row| (row.open, &row.thing)) {
            Some((Some(false), _)) => {
                self.unfold(Some(true));
            }
            Some((_, Thing::Class(_))) => self.focus_on(Focus::Page),
            Some((Some(true), _)) => self.go_by(1),
            _ => {}
        }
    }

    fn unfold(&mut self, wanted: Option<bool>) -> bool {
        let Some(analysis) = self.analysis.clone() else {
            return false;
        };
        let changed = self.tree.unfold(&analysis, wanted);
        self.show_row();
        changed
    }

    /// Shows the class at the tree's cursor, in passing.
    pub(super) fn pass_tree_row(&mut self) {
        let (Some(analysis), Some(class)) = (self.analysis.clone(), self.class_in_tree()) else {
            return;
        };
        // Problems, coverage and keys are about no class: walking in the tree goes on from the page one had before.
        let page = self.here().page.of_another_class();
        let class = ClassAt::of(analysis.class(class));
        let attribute = self.here().attribute.clone();
        self.history
            .pass(Location::new(page, Some(class)).about(attribute));
        self.restart_merge();
    }

    fn open(&mut self) {
        if self.focus == Focus::Tree {
            match self.tree.selected().map(|row| &row.thing) {
                Some(Thing::Class(_)) => {
                    self.pass_tree_row();
                    self.history.here_mut().passing = false;
                    self.focus_on(Focus::Page);
                }
                Some(Thing::Module { name, .. }) => {
                    let name = name.clone();
                    self.unfold(Some(true));
                    self.open_module(&name, None);
                }
                Some(Thing::Heading) => {
                    self.unfold(None);
                }
                None => {}
            }
            return;
        }
        if self.follow_name() {
            return;
        }
        match self.link().cloned() {
            Some(Link::Class(path)) => {
                let class = ClassAt::last(path);
                if self.here().class.as_ref() == Some(&class) && self.here().file.is_none() {
                    // The class one is on already: what is left to see of it is its source.
                    self.open_page(match self.here().page {
                        PageKind::Linearization => PageKind::Source,
                        _ => PageKind::Linearization,
                    });
                } else {
                    self.open_class(class);
                }
            }
            Some(Link::Source { file, line }) if self.is_lead() => self.follow(file, line),
            Some(Link::Source { file, line } | Link::Mend { file, line, .. }) => {
                self.open_source(file, line);
            }
            Some(Link::Page(page)) => self.open_page(page),
            Some(Link::Attribute(name)) => self.open_attribute(name),
            Some(Link::Chain(name)) => self.open_about(PageKind::Super, Some(name)),
            Some(Link::Registry(name)) => self.open_registry(name),
            Some(Link::List(list)) => self.open_list(list),
            Some(Link::Visit(at)) => self.visit(at),
            Some(Link::Mark(at)) => self.go_to_mark(at),
            Some(Link::Module(name, inside)) => self.open_module(&name, inside),
            Some(Link::Lesson(LessonLink::Pick(at))) => self.pick(at),
            Some(Link::Lesson(link)) => self.follow_lesson(link),
            None => self.say("this line leads nowhere"),
        }
    }

    fn close(&mut self) {
        match self.prompt.take() {
            Some(
                Prompt::Search(_) | Prompt::Palette(_) | Prompt::Compare(_) | Prompt::Operation(_),
            ) => return,
            Some(Prompt::WhatIf(_)) => {
                self.head_done();
                return;
            }
            Some(Prompt::Filter(_)) => {
                self.sought.clear();
                self.settings.filter.clear();
                return;
            }
            None => {}
        }
        if !self.sought.is_empty() || !self.settings.filter.is_empty() {
            self.sought.clear();
            self.settings.filter.clear();
        } else if self.here().page == PageKind::Linearization && self.here().mark.is_some() {
            self.history.here_mut().mark = None;
        } else if self.here().page == PageKind::Home {
            // The list behind a line goes back to the home, which is where this ends.
            if self.here().head.is_some() {
                self.open_page(PageKind::Home);
            }
        } else if !self.here().page.is_about_a_class()
            || self.here().file.is_some()
            || self.here().page == PageKind::Present
        {
            self.travel(Self::go_back, "this is where you began");
        } else if self.focus == Focus::Page {
            self.focus_on(Focus::Tree);
        } else if self.tree.mode() != &Mode::Modules {
            self.switch_tree();
        } else {
            self.open_page(PageKind::Home);
        }
    }

    fn switch_tree(&mut self) {
        let Some(analysis) = self.analysis.clone() else {
            return;
        };
        let mode = match self.tree.mode() {
            Mode::Modules => self.here().class.clone().map(Mode::Relatives),
            Mode::Relatives(_) => Some(Mode::Modules),
        };
        let Some(mode) = mode else {
            self.say("choose a class first");
            return;
        };
        self.tree.set_mode(mode, &analysis);
        self.focus_on(Focus::Tree);
        self.reveal_here(&analysis);
    }

    fn reveal_here(&mut self, analysis: &crate::analysis::Analysis) {
        if let Some(id) = self
            .here()
            .class
            .as_ref()
            .and_then(|class| class.id(analysis))
        {
            self.tree.reveal(analysis, id);
            self.show_row_amid();
        }
    }

    /// What is looked for on the open page.
    pub fn sought_here(&self) -> &str {
        if self.page_filters() {
            &self.settings.filter
        } else {
            &self.sought
        }
    }

    /// Whether a line of the open page is one of those that were sought.
    pub fn is_match(&self, line: usize, sought: &str) -> bool {
        let line = self.shown.page.lines.get(line);
        line.is_some_and(|it| it.link.is_some() && letters::has_all(&it.plain(), sought))
    }

    fn edit_line(&mut self, edit: impl FnOnce(&mut TextLine)) {
        match &mut self.prompt {
            Some(Prompt::Search(search)) => edit(&mut search.line),
            Some(Prompt::Palette(palette)) => edit(&mut palette.line),
            Some(
                Prompt::Filter(line)
                | Prompt::WhatIf(line)
                | Prompt::Compare(line)
                | Prompt::Operation(line),
            ) => edit(line),
            None => return,
        }
        self.typed();
    }

    /// Takes in that what is being typed has changed.
    pub(super) fn typed(&mut self) {
        let filters = self.page_filters();
        match &mut self.prompt {
            Some(Prompt::Search(_)) => {
                self.completions = None;
                self.look_for();
            }
            Some(Prompt::Palette(palette)) => palette.look(),
            Some(Prompt::WhatIf(_)) => {
                self.completions = None;
                self.head_typed();
            }
            Some(Prompt::Filter(line)) if filters => {
                line.text().clone_into(&mut self.settings.filter);
                self.history.here_mut().line = None;
                self.history.here_mut().top = 0;
            }
            Some(Prompt::Filter(line)) => {
                line.text().clone_into(&mut self.sought);
                self.find_on_page(0);
            }
            Some(Prompt::Compare(_) | Prompt::Operation(_)) | None => {}
        }
    }

    fn accept(&mut self) -> Vec<Effect> {
        match self.prompt.take() {
            Some(Prompt::Search(search)) if self.is_waiting() => self.await_search(search),
            Some(Prompt::Search(mut search)) if search.is_pending => {
                search.accepts = true;
                self.prompt = Some(Prompt::Search(search));
            }
            Some(Prompt::Search(search)) => {
                let at = search.at;
                if search.hits.is_empty() {
                    self.last_search = None;
                    self.say("nothing was found");
                } else {
                    self.last_search = Some(search);
                    self.open_hit(at);
                }
            }
            Some(Prompt::Palette(palette)) => return self.do_selected(&palette),
            Some(Prompt::Filter(line)) if !self.page_filters() && !line.text().is_empty() => {
                line.text().clone_into(&mut self.sought);
                self.find_on_page(0);
            }
            Some(Prompt::WhatIf(_)) => self.head_done(),
            Some(Prompt::Compare(line)) => self.compare(line.text()),
            Some(Prompt::Operation(line)) => self.operate(line.text()),
            Some(Prompt::Filter(_)) | None => {}
        }
        vec![]
    }

    /// Goes to the line of the open page that has a word.
    pub(super) fn find_word(&mut self, word: &str) {
        word.clone_into(&mut self.sought);
        self.find_on_page(0);
    }

    /// Whether a line of the open page has what is sought there: of source the text, of other pages the words of names.
    fn has_sought(&self, text: &str) -> bool {
        match self.here().page {
            PageKind::Source => text.to_lowercase().contains(&self.sought.to_lowercase()),
            _ => letters::has_all(text, &self.sought),
        }
    }

    /// Goes to the next line that has what is sought: the selected one counts only if `by` is 0.
    pub(super) fn find_on_page(&mut self, by: isize) {
        let lines = &self.shown.page.lines;
        let found: Vec<usize> = (0..lines.len())
            .filter(|&at| self.shown.is_selectable(at))
            .filter(|&at| self.has_sought(&lines[at].plain()))
            .collect();
        let here = self.here().line.unwrap_or(0);
        let is_source = self.here().page == PageKind::Source;
        let next = match by {
            _ if found.is_empty() => None,
            0 if !is_source => {
                let nearness = |at: &&usize| letters::nearness(&lines[**at].plain(), &self.sought);
                let best = found
                    .iter()
                    .filter_map(|at| nearness(&at).map(|it| it.0))
                    .min();
                let is_best = |at: &&usize| nearness(at).map(|it| it.0) == best;
                let mut lines = found.iter().filter(|&&at| at >= here);
                lines.find(is_best).or_else(|| found.iter().find(is_best))
            }
            0 => found.iter().find(|&&at| at >= here).or(found.first()),
            1.. => found.iter().find(|&&at| at > here).or(found.first()),
            _ => found.iter().rev().find(|&&at| at < here).or(found.last()),
        };
        match next {
            Some(&line) => {
                self.history.here_mut().line = Some(line);
                self.show_line();
                self.show_match(&found, line);
            }
            None => {
                self.notice = Some(Notice {
                    text: format!("`{}` is not on this page", view::safe(&self.sought)),
                    failed: false,
                });
            }
        }
    }

    /// The file and line that the cursor is on.
    fn source_here(&self) -> Option<(FileId, u32)> {
        let analysis = self.analysis.as_deref()?;
        let of_class = |id: ClassId| {
            let place = analysis.class(id).place()?;
            Some((place.file, analysis.file(place.file).line(place.start)))
        };
        if self.focus == Focus::Tree {
            return match &self.tree.selected()?.thing {
                Thing::Class(id) => of_class(*id),
                Thing::Module { file, .. } => file.map(|file| (file, 1)),
                Thing::Heading => None,
            };
        }
        match self.link() {
            Some(Link::Source { file, line } | Link::Mend { file, line, .. }) => {
                Some((*file, *line))
            }
            Some(Link::Class(path)) => of_class(ClassAt::last(path.clone()).id(analysis)?),
            Some(
                Link::Page(_)
                | Link::Attribute(_)
                | Link::Chain(_)
                | Link::Registry(_)
                | Link::List(_)
                | Link::Visit(_)
                | Link::Mark(_)
                | Link::Module(..)
                | Link::Lesson(_),
            )
            | None => of_class(self.class()?.id()),
        }
    }

    fn edit(&mut self) -> Vec<Effect> {
        let (Some((file, line)), Some(analysis)) = (self.source_here(), &self.analysis) else {
            self.say("this has no source to edit");
            return vec![];
        };
        let path = analysis.file(file).path.clone();
        vec![Effect::Edit { path, line }]
    }

    fn copy(&mut self) -> Vec<Effect> {
        let Some((what, text)) = self.to_copy() else {
            self.say("there is nothing to copy here");
            return vec![];
        };
        vec![Effect::Copy { what, text }]
    }

    /// What is copied, and what it is: a place is written as `check` writes it.
    fn to_copy(&self) -> Option<(&'static str, String)> {
        if let Some(patch) = self.patch_here() {
            return Some(("patch", patch));
        }
        if self.focus == Focus::Tree {
            let row = self.tree.selected()?;
            return match &row.thing {
                Thing::Class(id) => {
                    let class = self.analysis.as_ref()?.class(*id);
                    Some(("class", class.path().to_string()))
                }
                Thing::Module { name, .. } => Some(("module", name.clone())),
                Thing::Heading => None,
            };
        }
        match self.link() {
            Some(Link::Class(path)) => Some(("class", path.to_string())),
            Some(Link::Source { file, line } | Link::Mend { file, line, .. }) => {
                let analysis = self.analysis.as_ref()?;
                let file = analysis.file(*file);
                let path = file.path.strip_prefix(".").unwrap_or(&file.path);
                let (path, column) = (path.display(), file.first_column(*line));
                Some(("place", format!("{path}:{line}:{column}")))
            }
            Some(
                Link::Page(_)
                | Link::Attribute(_)
                | Link::Chain(_)
                | Link::Registry(_)
                | Link::List(_)
                | Link::Visit(_)
                | Link::Mark(_)
                | Link::Module(..)
                | Link::Lesson(_),
            )
            | None => {
                let line = self.shown.page.lines.get(self.here().line?)?;
                let text = line.plain().trim().to_owned();
                Some(("line", text)).filter(|it| !it.1.is_empty())
            }
        }
    }
}

/// The position `by` further among `count`, going round.
pub(super) fn around(at: usize, by: isize, count: usize) -> usize {
    let by = by.unsigned_abs() % count * if by < 0 { count - 1 } else { 1 };
    (at + by) % count
}
