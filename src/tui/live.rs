//! The thread that runs Python for somebody who said yes, and ends it when the explorer is left.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread::{self, JoinHandle};

use crate::app::Msg;
use crate::semantics::ClassPath;
use crate::witness::Live;

/// Runs Python for a class, until it is done or the flag is up; what went wrong is said in a line.
pub type LiveJob = Arc<dyn Fn(&ClassPath, &AtomicBool) -> Result<Live, String> + Send + Sync>;

type Outcome = Result<Arc<Live>, String>;

/// Whoever runs Python. At most one is at work.
pub(super) struct LiveWorker {
    job: LiveJob,
    at_work: Option<AtWork>,
}

struct AtWork {
    class: ClassPath,
    outcome: Receiver<Outcome>,
    interrupted: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl LiveWorker {
    pub(super) fn new(job: LiveJob) -> Self {
        Self { job, at_work: None }
    }

    /// Begins; what comes of it is heard later.
    pub(super) fn begin(&mut self, class: ClassPath) -> io::Result<()> {
        self.end();
        let (tell, outcome) = mpsc::channel();
        let interrupted = Arc::new(AtomicBool::new(false));
        let (job, flag, of) = (
            Arc::clone(&self.job),
            Arc::clone(&interrupted),
            class.clone(),
        );
        let thread = thread::Builder::new()
            .name("live".to_owned())
            .spawn(move || {
                // Nobody listens when the program is leaving.
                let _ = tell.send(job(&of, &flag).map(Arc::new));
            })?;
        self.at_work = Some(AtWork {
            class,
            outcome,
            interrupted,
            thread,
        });
        Ok(())
    }

    pub(super) fn is_busy(&self) -> bool {
        self.at_work.is_some()
    }

    /// What came of it, once it is there.
    pub(super) fn heard(&mut self) -> Option<Msg> {
        let outcome = match self.at_work.as_ref()?.outcome.try_recv() {
            Ok(outcome) => outcome,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => {
                Err("the thread that ran Python was lost".to_owned())
            }
        };
        let class = self.at_work.take()?.class;
        Some(Msg::Live { class, outcome })
    }

    /// Ends the interpreter with all that it has started: it is not to outlive the explorer.
    fn end(&mut self) {
        if let Some(at_work) = self.at_work.take() {
            at_work.interrupted.store(true, Ordering::Relaxed);
            let _ = at_work.thread.join();
        }
    }
}

impl Drop for LiveWorker {
    fn drop(&mut self) {
        self.end();
    }
}
