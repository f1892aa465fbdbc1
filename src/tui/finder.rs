//! The thread that looks for what is typed in the search, beside the drawing. Only the newest question is answered.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use crate::analysis::Analysis;
use crate::app::Msg;
use crate::app::search::{Asked, Hits, Index};

struct Question {
    number: u64,
    asked: Asked,
    index: Arc<Index>,
    analysis: Arc<Analysis>,
}

/// Whoever looks.
pub(super) struct Finder {
    questions: Sender<Question>,
    found: Receiver<(u64, Arc<Hits>)>,
    /// The newest question, while it has no answer.
    open: Option<u64>,
}

impl Finder {
    /// Begins; it ends when nobody is left to ask.
    pub(super) fn start() -> io::Result<Self> {
        let (questions, asked) = mpsc::channel::<Question>();
        let (tell, found) = mpsc::channel();
        thread::Builder::new()
            .name("find".to_owned())
            .spawn(move || {
                while let Ok(mut question) = asked.recv() {
                    // What was typed since is what is wanted.
                    while let Ok(newer) = asked.try_recv() {
                        question = newer;
                    }
                    let hits = question.index.find(&question.analysis, &question.asked);
                    if tell.send((question.number, Arc::new(hits))).is_err() {
                        return;
                    }
                }
            })?;
        Ok(Self {
            questions,
            found,
            open: None,
        })
    }

    /// Looks for something.
    pub(super) fn ask(
        &mut self,
        number: u64,
        asked: Asked,
        index: &Arc<Index>,
        analysis: &Arc<Analysis>,
    ) {
        let question = Question {
            number,
            asked,
            index: Arc::clone(index),
            analysis: Arc::clone(analysis),
        };
        if self.questions.send(question).is_ok() {
            self.open = Some(number);
        }
    }

    /// Whether an answer is on its way.
    pub(super) fn is_busy(&self) -> bool {
        self.open.is_some()
    }

    /// What was found; where it is on its way, it is waited for so long.
    pub(super) fn heard(&mut self, patience: Duration) -> Option<Msg> {
        let open = self.open?;
        let mut heard = self.found.recv_timeout(patience).ok();
        while let Ok(newer) = self.found.try_recv() {
            heard = Some(newer);
        }
        let (number, hits) = heard?;
        if number == open {
            self.open = None;
        }
        Some(Msg::Found { number, hits })
    }
}
