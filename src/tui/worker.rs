//! The thread that reads the project, and the channel it tells of it through.

use std::io;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;

use crate::app::load::LoadMsg;

/// Reads the project: tells how far it is through the function it is given, and returns what came of it.
pub type Job = Box<dyn FnOnce(&(dyn Fn(LoadMsg) + Sync)) -> LoadMsg + Send>;

/// A thread at work. It ends by itself when nobody listens any more; leaving the program never waits for it.
pub(super) struct Worker {
    inbox: Receiver<LoadMsg>,
    /// Whether nothing more will come.
    pub(super) done: bool,
    /// Whether it has said what came of it.
    concluded: bool,
}

impl Worker {
    /// Starts a job.
    pub(super) fn start(job: Job) -> io::Result<Self> {
        let (outbox, inbox) = mpsc::channel();
        thread::Builder::new()
            .name("load".to_owned())
            .spawn(move || {
                let last = job(&|msg| {
                    // Nobody listens when the program is leaving; there is nobody left to tell.
                    let _ = outbox.send(msg);
                });
                let _ = outbox.send(last);
            })?;
        Ok(Self {
            inbox,
            done: false,
            concluded: false,
        })
    }

    /// Whether it ended without saying what came of it: only a panic does that.
    pub(super) fn broke_off(&self) -> bool {
        self.done && !self.concluded
    }

    /// What has been said since the last time. Of several words on how far it is, the last one is enough.
    pub(super) fn heard(&mut self) -> Vec<LoadMsg> {
        let mut heard: Vec<LoadMsg> = vec![];
        loop {
            match self.inbox.try_recv() {
                Ok(msg) => {
                    if let (Some(LoadMsg::Progress { .. }), LoadMsg::Progress { .. }) =
                        (heard.last(), &msg)
                    {
                        heard.pop();
                    }
                    self.concluded |= !matches!(msg, LoadMsg::Progress { .. });
                    heard.push(msg);
                }
                Err(TryRecvError::Empty) => return heard,
                Err(TryRecvError::Disconnected) => {
                    self.done = true;
                    return heard;
                }
            }
        }
    }
}
