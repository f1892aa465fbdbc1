//! What comes of reading: the first analysis, and each that takes the place of one, with everything where it was.

use std::sync::Arc;

use crate::Name;
use crate::app::action::Action;
use crate::app::load::{Arrival, LoadMsg, Loading};
use crate::app::location::Location;
use crate::app::shown::Shown;
use crate::app::state::{Notice, Prompt, State};
use crate::app::update::Effect;
use crate::load::Query;
use crate::view::Link;

/// The line that was selected when another analysis came, to be found again on the page that is made of it.
#[derive(Debug, Clone)]
pub(super) struct Held {
    place: Location,
    attribute: Option<Name>,
    link: Option<Link>,
    text: String,
    line: usize,
    /// How many rows of the screen stood above it.
    above: usize,
}

/// So often in a row a reading begins anew where files change in its course: who writes files all the time sees one come to its end.
const MOST_ANEW: u32 = 20;
/// A line that has moved is looked for so far around where it was.
const AROUND: usize = 400;

impl Held {
    fn of(shown: &Shown, place: &Location) -> Option<Self> {
        let line = place.line?;
        let said = shown.page.lines.get(line)?;
        Some(Self {
            place: place.clone(),
            attribute: said.attribute.clone(),
            link: said.link.clone(),
            text: said.plain(),
            line,
            above: shown.first_row(line).saturating_sub(place.top),
        })
    }

    /// Where the line is now, and how many rows are to stand above it; none if it is not there.
    pub(super) fn find(&self, shown: &Shown, place: &Location) -> Option<(usize, usize)> {
        if !self.place.same_page(place) {
            return None;
        }
        let lines = &shown.page.lines;
        let near = || {
            let both = |by| [self.line.checked_sub(by), Some(self.line + by)];
            let near = (0..AROUND).flat_map(both).flatten();
            near.filter(|&at| shown.is_selectable(at))
        };
        // Numbers and places beside a class change with the lines of its file; the class stays.
        let leads = match &self.link {
            Some(Link::Class(_) | Link::Registry(_) | Link::Module(..) | Link::Page(_)) => {
                self.link.as_ref()
            }
            _ => None,
        };
        let line = near()
            .find(|&at| lines[at].plain() == self.text)
            .or_else(|| shown.about(self.attribute.as_deref()?))
            .or_else(|| near().find(|&at| leads.is_some() && lines[at].link.as_ref() == leads))?;
        Some((line, self.above))
    }
}

impl State {
    /// Keeps the selected line, to be found again on a page that is made of another analysis.
    pub(super) fn hold(&mut self) {
        self.held = Held::of(&self.shown, self.here());
    }

    /// Asks for the project to be read again. A reading that is at work begins anew; the first one, and one that has begun anew many times
    /// already, comes to its end, and another one follows.
    pub(super) fn read_again(&mut self) -> Vec<Effect> {
        if self.loading.is_at_work() {
            if self.analysis.is_none() || self.begun_anew >= MOST_ANEW {
                self.is_stale = true;
                return vec![];
            }
            self.begun_anew += 1;
        }
        self.reading += 1;
        self.first = None;
        self.loading = Loading::Asked;
        vec![Effect::ReadAgain(self.reading)]
    }

    /// Takes in a word from whoever reads.
    pub(super) fn hear(&mut self, msg: LoadMsg) -> Vec<Effect> {
        let is_of_what_is_open = matches!(msg, LoadMsg::Answer { .. } | LoadMsg::Differs { .. });
        match msg.generation() {
            Some(generation) if is_of_what_is_open && generation != self.generation => {
                return vec![];
            }
            Some(generation) if !is_of_what_is_open => {
                if generation < self.reading {
                    return vec![];
                }
                self.reading = generation;
            }
            _ => {}
        }
        match msg {
            LoadMsg::Progress {
                doing, done, total, ..
            } => self.loading = Loading::Working { doing, done, total },
            LoadMsg::First { analysis, .. } => self.take_first(analysis),
            LoadMsg::Ready { arrival, .. } => {
                self.loading = Loading::Done;
                self.begun_anew = 0;
                self.generation = self.reading;
                self.take(&arrival);
                let mut effects = self.catch_up();
                effects.extend(self.read_once_more());
                return effects;
            }
            LoadMsg::Answer {
                question, answer, ..
            } => {
                self.edition += 1;
                let is_atlas = question == Query::Atlas;
                self.lesson_hears(&question);
                self.answers.hear(question, answer);
                if is_atlas {
                    self.index_atlas();
                }
                return self.catch_up_with_the_page();
            }
            LoadMsg::Failed { message, .. } => {
                self.edition += 1;
                self.first = None;
                if self.analysis.is_some() {
                    self.notice = Some(Notice {
                        text: format!("could not be read again: {message}"),
                        failed: true,
                    });
                }
                self.loading = Loading::Failed(message);
                return self.read_once_more();
            }
            LoadMsg::Differs { said, .. } => {
                let files = std::mem::take(&mut self.changed_files);
                self.notice = Some(Notice {
                    text: said.line(&files),
                    failed: said.is_bad,
                });
            }
            LoadMsg::FilesChanged { files } => {
                let new = files.into_iter();
                let known = &mut self.changed_files;
                let new: Vec<String> = new.filter(|it| !known.contains(it)).collect();
                known.extend(new);
                return self.read_again();
            }
            LoadMsg::NotFollowed(why) => {
                let key = self.keymap.key_for(self.contexts(), Action::ReadAgain);
                let key = key.map_or(String::new(), |key| format!("; `{key}` reads again"));
                self.notice = Some(Notice {
                    text: format!("changes of files are not noticed: {why}{key}"),
                    failed: true,
                });
            }
        }
        vec![]
    }

    /// What changed while the project was being read is not in what was read.
    fn read_once_more(&mut self) -> Vec<Effect> {
        if std::mem::take(&mut self.is_stale) {
            return self.read_again();
        }
        vec![]
    }

    /// Takes in a new analysis; everything that names a class does so by path, and so keeps its place.
    fn take(&mut self, arrival: &Arrival) {
        let analysis = Arc::clone(&arrival.analysis);
        let before = self.analysis.clone();
        let is_first = before.is_none();
        let stands = self.stands || self.is_answered();
        self.held = Held::of(&self.shown, self.here()).filter(|_| !is_first);
        let above = self.tree.cursor().saturating_sub(self.tree.top);
        self.tree.take(&analysis, Arc::clone(&arrival.forest));
        self.tree.top = self.tree.cursor().saturating_sub(above);
        self.answers.forget();
        self.deal_anew();
        self.lives.forget();
        if !analysis.world.project.is_empty() {
            self.project.clone_from(&analysis.world.project);
        }
        self.index = Some(Arc::clone(&arrival.index));
        self.counts = arrival.counts;
        self.first = None;
        self.analysis = Some(analysis);
        if let Some(before) = before.filter(|_| stands) {
            self.stand(&before);
        }
        self.arrived += 1;
        self.edition += 1;
        if let Some(search) = &mut self.last_search {
            search.is_stale = true;
            search.hits = Arc::default();
        }
        if let Some(Prompt::Search(search)) = &mut self.prompt {
            // What was found before has numbers of classes that are others now.
            search.hits = Arc::default();
            self.look_for();
            self.answers.want(Query::Atlas);
        }
        self.refresh();
        if is_first && self.here().class.is_none() {
            self.pass_tree_row();
        }
        if is_first {
            self.open_what_was_asked();
        }
        self.show_row();
    }
}
