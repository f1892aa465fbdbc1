//! The threads that read the project and then answer what the analysis was not told, and the channels to them and from them.
//!
//! Each reading has a thread of its own. While the project is read again, the run before it goes on answering; it ends when the new one is
//! there.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::Name;
use crate::app::load::LoadMsg;
use crate::load::Query;

/// Reads the project: tells how far it is and what came of it, then answers what is asked until nobody is left to ask. Is called once for
/// each time the project is read.
pub type Job = Arc<dyn Fn(Reading) + Send + Sync>;

/// One reading of the project.
pub struct Reading {
    /// Its number: 1 for the first.
    pub generation: u64,
    /// Who is told.
    pub outbox: Outbox,
    /// The module that is open: what comes of it is wanted before the rest.
    pub wanted: Option<Name>,
    /// Whether another reading has taken its place.
    pub is_stopped: Arc<AtomicBool>,
    /// What is asked of the run that comes of it.
    pub questions: Receiver<Query>,
}

/// Where words on the project go.
#[derive(Debug, Clone)]
pub struct Outbox(Sender<LoadMsg>);

impl Outbox {
    /// Says something.
    pub fn tell(&self, msg: LoadMsg) {
        // Nobody listens when the program is leaving; there is nobody left to tell.
        let _ = self.0.send(msg);
    }
}

/// Threads at work. They end by themselves when nobody listens any more; leaving the program never waits for them.
pub(super) struct Worker {
    job: Job,
    inbox: Receiver<LoadMsg>,
    outbox: Outbox,
    /// Whose answers count.
    now: Thread,
    /// Who is reading the project again.
    next: Option<Thread>,
    /// While this is kept, the first reading does not begin.
    held: Option<Sender<()>>,
}

/// A thread that reads the project, and answers what is asked of the run.
struct Thread {
    generation: u64,
    questions: Sender<Query>,
    /// Questions without an answer so far.
    unanswered: usize,
    /// Whether it has said what came of reading.
    concluded: bool,
    is_stopped: Arc<AtomicBool>,
    handle: JoinHandle<()>,
}

impl Worker {
    /// Makes ready to read.
    pub(super) fn new(job: Job) -> io::Result<Self> {
        let (outbox, inbox) = mpsc::channel();
        let outbox = Outbox(outbox);
        let (held, gate) = mpsc::channel();
        let now = Thread::start(&job, (1, None), &outbox, Some(gate))?;
        Ok(Self {
            job,
            inbox,
            outbox,
            now,
            next: None,
            held: Some(held),
        })
    }

    /// Begins to read: once there is a frame on the screen, for which reading would leave no processor.
    pub(super) fn begin(&mut self) {
        self.held = None;
    }

    /// Reads the project again, what comes of the module that is open first.
    pub(super) fn read_again(&mut self, generation: u64, wanted: Option<Name>) -> io::Result<()> {
        if let Some(before) = &self.next {
            before.is_stopped.store(true, Relaxed);
        }
        let reading = (generation, wanted);
        self.next = Some(Thread::start(&self.job, reading, &self.outbox, None)?);
        Ok(())
    }

    /// Whether a thread ended without saying what came of reading: only a panic does that.
    pub(super) fn broke_off(&self) -> bool {
        let is_lost = |it: &Thread| !it.concluded && it.handle.is_finished();
        is_lost(&self.now) || self.next.as_ref().is_some_and(is_lost)
    }

    /// Whether something is on its way.
    pub(super) fn is_busy(&self) -> bool {
        self.next.is_some() || !self.now.concluded || self.now.unanswered > 0
    }

    /// Asks something. What cannot be asked any more is not answered: the page goes on saying so.
    pub(super) fn ask(&mut self, question: Query) {
        if self.now.questions.send(question).is_ok() {
            self.now.unanswered += 1;
        }
    }

    /// What has been said since the last time; where an answer is on its way, it is waited for so long. Of several words on how far it is,
    /// the last one is enough.
    pub(super) fn heard(&mut self, patience: Duration) -> Vec<LoadMsg> {
        let mut heard: Vec<LoadMsg> = vec![];
        if self.now.unanswered > 0 && self.now.concluded {
            match self.inbox.recv_timeout(patience) {
                Ok(msg) => self.take(&mut heard, msg),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return heard,
            }
        }
        loop {
            match self.inbox.try_recv() {
                Ok(msg) => self.take(&mut heard, msg),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => return heard,
            }
        }
    }

    fn take(&mut self, heard: &mut Vec<LoadMsg>, msg: LoadMsg) {
        if let (Some(LoadMsg::Progress { .. }), LoadMsg::Progress { .. }) = (heard.last(), &msg) {
            heard.pop();
        }
        let of_next = self.next.as_ref().map(|it| it.generation) == msg.generation();
        match &msg {
            // From here on the new run answers; the old one is not asked any more, and ends.
            LoadMsg::Ready { .. } if of_next => {
                if let Some(next) = self.next.take() {
                    self.now = next;
                }
                self.now.concluded = true;
            }
            LoadMsg::Failed { .. } if of_next => self.next = None,
            LoadMsg::Ready { .. } | LoadMsg::Failed { .. } => self.now.concluded = true,
            LoadMsg::Answer { generation, .. } if *generation == self.now.generation => {
                self.now.unanswered = self.now.unanswered.saturating_sub(1);
            }
            _ => {}
        }
        heard.push(msg);
    }
}

impl Thread {
    fn start(
        job: &Job,
        (generation, wanted): (u64, Option<Name>),
        outbox: &Outbox,
        gate: Option<Receiver<()>>,
    ) -> io::Result<Self> {
        let (questions, asked) = mpsc::channel();
        let is_stopped = Arc::new(AtomicBool::new(false));
        let reading = Reading {
            generation,
            outbox: outbox.clone(),
            wanted,
            is_stopped: Arc::clone(&is_stopped),
            questions: asked,
        };
        let job = Arc::clone(job);
        let handle = thread::Builder::new()
            .name("load".to_owned())
            .spawn(move || {
                // It opens when the other end is dropped.
                if let Some(gate) = gate {
                    let _ = gate.recv();
                }
                job(reading);
            })?;
        Ok(Self {
            generation,
            questions,
            unanswered: 0,
            concluded: false,
            is_stopped,
            handle,
        })
    }
}
