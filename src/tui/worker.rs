//! The thread that reads the project and then answers what the analysis was not told, and the channels to it and from it.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::thread;
use std::time::Duration;

use crate::app::load::LoadMsg;
use crate::load::Query;

/// Reads the project: tells how far it is and what came of it through the function it is given, then answers what is asked until nobody is
/// left to ask.
pub type Job = Box<dyn FnOnce(&(dyn Fn(LoadMsg) + Sync), Receiver<Query>) + Send>;

/// A thread at work. It ends by itself when nobody listens any more; leaving the program never waits for it.
pub(super) struct Worker {
    inbox: Receiver<LoadMsg>,
    questions: Sender<Query>,
    /// Questions without an answer so far.
    unanswered: usize,
    /// Whether nothing more will come.
    pub(super) done: bool,
    /// Whether it has said what came of reading.
    concluded: bool,
}

impl Worker {
    /// Starts a job.
    pub(super) fn start(job: Job) -> io::Result<Self> {
        let (outbox, inbox) = mpsc::channel();
        let (questions, asked) = mpsc::channel();
        thread::Builder::new()
            .name("load".to_owned())
            .spawn(move || {
                job(
                    &|msg| {
                        // Nobody listens when the program is leaving; there is nobody left to tell.
                        let _ = outbox.send(msg);
                    },
                    asked,
                );
            })?;
        Ok(Self {
            inbox,
            questions,
            unanswered: 0,
            done: false,
            concluded: false,
        })
    }

    /// Whether it ended without saying what came of it: only a panic does that.
    pub(super) fn broke_off(&self) -> bool {
        self.done && !self.concluded
    }

    /// Whether something is on its way.
    pub(super) fn is_busy(&self) -> bool {
        !self.done && (!self.concluded || self.unanswered > 0)
    }

    /// Asks something. What cannot be asked any more is not answered: the page goes on saying so.
    pub(super) fn ask(&mut self, question: Query) {
        if self.questions.send(question).is_ok() {
            self.unanswered += 1;
        }
    }

    /// What has been said since the last time; where an answer is on its way, it is waited for so long. Of several words on how far it is,
    /// the last one is enough.
    pub(super) fn heard(&mut self, patience: Duration) -> Vec<LoadMsg> {
        let mut heard: Vec<LoadMsg> = vec![];
        if self.unanswered > 0 {
            match self.inbox.recv_timeout(patience) {
                Ok(msg) => self.take(&mut heard, msg),
                Err(RecvTimeoutError::Timeout) => return heard,
                Err(RecvTimeoutError::Disconnected) => self.done = true,
            }
        }
        loop {
            match self.inbox.try_recv() {
                Ok(msg) => self.take(&mut heard, msg),
                Err(TryRecvError::Empty) => return heard,
                Err(TryRecvError::Disconnected) => {
                    self.done = true;
                    return heard;
                }
            }
        }
    }

    fn take(&mut self, heard: &mut Vec<LoadMsg>, msg: LoadMsg) {
        if let (Some(LoadMsg::Progress { .. }), LoadMsg::Progress { .. }) = (heard.last(), &msg) {
            heard.pop();
        }
        match &msg {
            LoadMsg::Progress { .. } => {}
            LoadMsg::Ready { .. } | LoadMsg::Failed { .. } => self.concluded = true,
            LoadMsg::Answer { .. } => self.unanswered = self.unanswered.saturating_sub(1),
        }
        heard.push(msg);
    }
}
