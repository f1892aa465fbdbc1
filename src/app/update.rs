//! `update`: one thing that happened goes in, the state changes, and what is asked of the world comes out.

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Size;

use crate::app::action::Action;
use crate::app::key;
use crate::app::key::Key;
use crate::app::keymap::Found;
use crate::app::lessons::Hand;
use crate::app::load::LoadMsg;
use crate::app::mouse::Mouse;
use crate::app::search::{Asked, Hits};
use crate::app::state::{Notice, Prompt, State};
use crate::load::Query;
use crate::semantics::ClassPath;
use crate::source::Rewritten;
use crate::view::Progress;
use crate::witness::Live;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// The mouse was used.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The screen has another size.
    Resize(Size),
    /// The loader says something.
    Load(LoadMsg),
    /// Python was run for a class: what its attributes held, or what went wrong.
    Live {
        /// The class.
        class: ClassPath,
        /// What came of it.
        outcome: Result<Arc<Live>, String>,
    },
    /// A search has found something.
    Found {
        /// The number of the search.
        number: u64,
        /// What it found.
        hits: Arc<Hits>,
    },
    /// The questions of a lesson were dealt.
    Dealt {
        /// The number of the dealing.
        number: u64,
        /// What came of it.
        hand: Hand,
    },
    /// An effect was carried out: what to say of it, if anything, or what went wrong.
    Done(Result<Option<String>, String>),
}

/// Something asked of the world. What comes of it returns as [`Msg::Done`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Ask the run at rest; what it answers comes as [`LoadMsg::Answer`].
    Ask(Query),
    /// Read the project again, as the load of this number. What is open stays until it is there.
    ReadAgain(u64),
    /// Run Python and show what the attributes of a class hold there; what comes of it returns as [`Msg::Live`].
    Live(ClassPath),
    /// Look for something in the index; what is found returns as [`Msg::Found`].
    Find {
        /// The number of the search.
        number: u64,
        /// What is looked for.
        asked: Asked,
    },
    /// Deal the questions of a lesson; what comes of it returns as [`Msg::Dealt`], with the same number.
    Deal(u64),
    /// Open a file in the reader's editor.
    Edit {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u32,
    },
    /// Keep how far the reader is with the lessons.
    Keep(Progress),
    /// Write files that were edited.
    Write(Vec<Rewritten>),
    /// Put text on the clipboard.
    Copy {
        /// What it is: `place`.
        what: &'static str,
        /// The text.
        text: String,
    },
    /// Hear the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Paint the whole screen anew.
    Redraw,
    /// Stop, until the shell brings us back.
    Suspend,
    /// Leave.
    Quit,
}

impl State {
    /// Takes in one thing that happened. Does nothing to the world and looks at no clock.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let effects = match msg {
            Msg::Key(key) => self.press(key),
            Msg::Mouse(mouse) => self.point(mouse),
            Msg::Paste(text) => {
                self.type_text(&text);
                vec![]
            }
            Msg::Resize(size) => {
                self.size = size;
                self.refresh();
                self.show_line();
                self.show_row();
                vec![]
            }
            Msg::Load(msg) => self.hear(msg),
            Msg::Live { class, outcome } => {
                self.hear_live(class, outcome);
                vec![]
            }
            Msg::Found { number, hits } => self.hear_found(number, hits),
            Msg::Dealt { number, hand } => {
                self.hear_dealt(number, hand);
                vec![]
            }
            Msg::Done(outcome) => {
                self.notice = match outcome {
                    Ok(text) => text.map(|text| Notice {
                        text,
                        failed: false,
                    }),
                    Err(text) => Some(Notice { text, failed: true }),
                };
                vec![]
            }
        };
        self.refresh();
        let asks = self.answers.take_unasked().into_iter().map(Effect::Ask);
        let find = self.take_unasked();
        let deal = self.take_undealt();
        let keep = self.take_unkept();
        let all = effects.into_iter().chain(asks).chain(find);
        all.chain(deal).chain(keep).collect()
    }

    /// Says something in the footer until the next key.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            failed: false,
        });
    }

    pub(super) fn press(&mut self, key: Key) -> Vec<Effect> {
        if let Some(Prompt::Search(search)) = &self.prompt
            && search.accepts
        {
            // What was accepted opens first.
            self.keep_key(key);
            return vec![];
        }
        self.notice = None;
        self.held = None;
        self.pending.push(key);
        match self.keymap.lookup(self.contexts(), &self.pending) {
            Found::Action(action) => {
                let keys = std::mem::take(&mut self.pending);
                if self.keeps(action, &keys) {
                    return vec![];
                }
                if action == Action::Pick {
                    self.pick_key(keys.last().copied());
                    return vec![];
                }
                self.act(action)
            }
            Found::Pending => vec![],
            Found::Unbound => {
                let keys = std::mem::take(&mut self.pending);
                match (&self.prompt, key.typed()) {
                    (Some(_), Some(letter)) => self.type_text(letter.encode_utf8(&mut [0; 4])),
                    (Some(_), None) => {}
                    // Escape from the middle of a sequence is no mistake.
                    (None, _) if keys.len() > 1 && key == ESCAPE => {}
                    (None, _) => self.say(format!("{} is not bound", key::label(&keys))),
                }
                vec![]
            }
        }
    }

    fn type_text(&mut self, text: &str) {
        match &mut self.prompt {
            Some(Prompt::Search(search)) => search.line.insert(text),
            Some(Prompt::Palette(palette)) => palette.line.insert(text),
            Some(
                Prompt::Filter(line)
                | Prompt::WhatIf(line)
                | Prompt::Compare(line)
                | Prompt::Operation(line),
            ) => line.insert(text),
            None => return,
        }
        self.typed();
    }
}

const ESCAPE: Key = Key::plain(key::Code::Named(key::Named::Esc));
