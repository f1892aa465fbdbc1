//! The search at work: asking for what is typed, hearing what was found, completing terms, going to a hit. Looking itself is done elsewhere,
//! beside the drawing.

use std::sync::Arc;

use crate::analysis::{KINDS, STANDINGS, TERMS};
use crate::app::act::around;
use crate::app::areas::Focus;
use crate::app::location::ClassAt;
use crate::app::search::{Asked, Hits, Index, Kind, Thing};
use crate::app::state::{Prompt, Search, State};
use crate::app::update::Effect;
use crate::app::what_if::Completions;
use crate::load::{Query, Reply};
use crate::view::PageKind;

/// How many classes that were read lately come first.
const RECENT: usize = 12;
/// How many names are offered for one that is being typed.
const OFFERED: usize = 50;

impl State {
    /// Opens the search.
    pub(super) fn begin_search(&mut self) {
        self.prompt = Some(Prompt::Search(Search::default()));
        if self.analysis.is_some() {
            // What is registered where belongs to what can be found.
            self.answers.want(Query::Atlas);
        }
    }

    /// Asks for what stands in the search now.
    pub(super) fn look_for(&mut self) {
        let Some(Prompt::Search(search)) = &mut self.prompt else {
            return;
        };
        search.at = 0;
        search.top = 0;
        search.is_pending = true;
        let text = search.line.text().to_owned();
        let analysis = self.analysis.as_deref();
        let recent = self.history.lately().into_iter().filter_map(|(_, place)| {
            let class = place.class.as_ref()?;
            class.id(analysis?)
        });
        let mut seen = rustc_hash::FxHashSet::default();
        let recent = recent.filter(|id| seen.insert(*id)).take(RECENT).collect();
        self.finding += 1;
        self.unasked = Some(Asked { text, recent });
    }

    /// What is to be looked for, if there is something to look through.
    pub(super) fn take_unasked(&mut self) -> Option<Effect> {
        self.index.as_ref()?;
        let asked = self.unasked.take()?;
        Some(Effect::Find {
            number: self.finding,
            asked,
        })
    }

    /// Takes in what was found; what was found for something else by now is not wanted any more.
    pub(super) fn hear_found(&mut self, number: u64, hits: Arc<Hits>) -> Vec<Effect> {
        if number != self.finding {
            return vec![];
        }
        let Some(Prompt::Search(search)) = &mut self.prompt else {
            return vec![];
        };
        search.hits = hits;
        search.is_pending = false;
        if !search.accepts {
            return vec![];
        }
        search.accepts = false;
        let mut effects = self.act(crate::app::action::Action::Accept);
        effects.extend(self.catch_up());
        effects
    }

    /// What is registered where has been told: from now on it can be found.
    pub(super) fn index_atlas(&mut self) {
        let (Some(index), Some(analysis)) = (&self.index, &self.analysis) else {
            return;
        };
        if let Some(Reply::Atlas(atlas)) = self.answers.to(&Query::Atlas) {
            self.index = Some(Arc::new(index.with(atlas, analysis)));
            self.look_for();
        }
    }

    /// The index of everything that can be found; none before there is anything.
    pub fn index(&self) -> Option<&Arc<Index>> {
        self.index.as_ref()
    }

    /// Goes to the best of what was found, or to another of it.
    pub(super) fn open_hit(&mut self, at: usize) {
        let (Some(analysis), Some(search)) = (self.analysis.clone(), &mut self.last_search) else {
            return;
        };
        search.at = at;
        let (count, total) = (search.hits.len(), search.hits.total());
        let hits = Arc::clone(&search.hits);
        let Some(thing) = self.index.as_ref().and_then(|it| it.thing(&hits, at)) else {
            return;
        };
        match thing {
            Thing::Class(class) => self.open_class(ClassAt::of(analysis.class(class))),
            Thing::Member { class, name, .. } => {
                self.open_class(ClassAt::of(analysis.class(class)));
                self.open_attribute(name);
            }
            Thing::Module(name) => self.open_module(&name, None),
            Thing::Registry(name) => self.open_registry(name),
            Thing::Key { registry, class } => match class {
                Some(class) => self.open_class(ClassAt::of(analysis.class(class))),
                None => self.open_registry(registry),
            },
            Thing::Rule(rule) => {
                self.open_page(PageKind::Problems);
                self.refresh();
                self.find_word(rule);
            }
            Thing::Line { file, line } => self.open_source(file, line),
        }
        self.focus_on(Focus::Page);
        if count > 1 {
            self.say(format!("{} of {total} found", at + 1));
        }
    }

    /// Goes to another line that has what is sought here, or else to another thing that was found.
    pub(super) fn next_match(&mut self, by: isize) {
        if !self.sought.is_empty() {
            self.find_on_page(by);
            return;
        }
        let (Some(search), Some(index), Some(analysis)) =
            (&mut self.last_search, &self.index, &self.analysis)
        else {
            self.say("nothing was searched for yet");
            return;
        };
        if std::mem::take(&mut search.is_stale) {
            let asked = Asked {
                text: search.line.text().to_owned(),
                recent: vec![],
            };
            search.hits = Arc::new(index.find(analysis, &asked));
            search.at = search.at.min(search.hits.len().saturating_sub(1));
        }
        if !search.hits.is_empty() {
            let at = around(search.at, by, search.hits.len());
            self.open_hit(at);
        }
    }

    /// Completes the term that is being typed, or what stands behind its colon. False where there is nothing to complete.
    pub(super) fn complete_term(&mut self) -> bool {
        let Some(Prompt::Search(search)) = &self.prompt else {
            return false;
        };
        let text = search.line.text();
        let word = text.rsplit(' ').next().unwrap_or_default().to_owned();
        let known = self.completions.take().map(Completions::next);
        let next = known.unwrap_or_else(|| Completions::of(self.terms_like(&word)));
        let Some((next, name)) = next else {
            return false;
        };
        if let Some(Prompt::Search(search)) = &mut self.prompt {
            search.line.replace_last(&name);
        }
        self.look_for();
        self.completions = Some(next);
        true
    }

    /// What a word that is being typed can become.
    fn terms_like(&self, word: &str) -> Vec<String> {
        let (sign, plain) = match word.strip_prefix('-') {
            Some(plain) => ("-", plain),
            None => ("", word),
        };
        if plain.is_empty() {
            return vec![];
        }
        let Some((term, begun)) = plain.split_once(':') else {
            let names = TERMS.iter().map(|it| it.0);
            let kinds = Kind::WORDS.iter().map(|it| it.0);
            let terms = names.chain(kinds).filter(|name| name.starts_with(plain));
            return terms.map(|name| format!("{sign}{name}:")).collect();
        };
        let mut values: Vec<String> = match term {
            "is" => STANDINGS.map(str::to_owned).to_vec(),
            "kind" => KINDS.map(str::to_owned).to_vec(),
            "calls" => vec![String::from("super")],
            "under" | "mro" | "meta" | "in" => {
                let classes = self.analysis.iter().flat_map(|it| it.all_classes());
                let wants_module = term == "in";
                let is_meta = term == "meta";
                let wanted = classes.filter(|class| {
                    !is_meta || class.known_ancestry().iter().any(|it| it.name() == "type")
                });
                let mut names: Vec<(crate::analysis::ModuleOrigin, String)> = wanted
                    .map(|class| {
                        let path = class.path();
                        let name = if wants_module {
                            path.module.to_string()
                        } else {
                            path.qualname.to_string()
                        };
                        (class.home(), name)
                    })
                    .filter(|(_, name)| name.to_lowercase().starts_with(&begun.to_lowercase()))
                    .collect();
                names.sort();
                names.dedup();
                names.truncate(OFFERED);
                names.into_iter().map(|it| it.1).collect()
            }
            "defines" | "has" | "overrides" => {
                let classes = self.analysis.iter().flat_map(|it| it.project_classes());
                let names = classes.flat_map(|class| class.members().keys());
                let mut names: Vec<String> = names
                    .filter(|name| name.starts_with(begun))
                    .map(ToString::to_string)
                    .collect();
                names.sort();
                names.dedup();
                names.truncate(OFFERED);
                names
            }
            _ => vec![],
        };
        let begun = begun.to_lowercase();
        values.retain(|value| value.to_lowercase().starts_with(&begun));
        values
            .into_iter()
            .map(|value| format!("{sign}{term}:{value}"))
            .collect()
    }
}
