//! Ctrl-C while an interpreter is at work: it ends the interpreter first, and then us.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// From now on Ctrl-C sets the flag; a second one, or one after [`unwatch`], ends the program.
pub(super) fn watch() -> Arc<AtomicBool> {
    let interrupted = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // In this order: the first to run ends the program if the flag is up already. A system that lets us watch nothing
        // keeps its own way.
        let ends =
            signal_hook::flag::register_conditional_default(signal, Arc::clone(&interrupted));
        if ends.is_ok() {
            let _ = signal_hook::flag::register(signal, Arc::clone(&interrupted));
        }
    }
    interrupted
}

/// The interpreter is done: Ctrl-C ends the program as ever.
pub(super) fn unwatch(interrupted: &AtomicBool) {
    interrupted.store(true, Ordering::Relaxed);
}

/// While it is there, Ctrl-C and its like take away what is held before they end us. Dropped, it takes it away itself.
pub(super) struct Removing<T> {
    held: Arc<Mutex<Option<T>>>,
    #[cfg(unix)]
    signals: Option<signal_hook::iterator::Handle>,
}

/// From now on what is held goes when we end, however we end.
pub(super) fn removing<T: Send + 'static>(held: &Arc<Mutex<Option<T>>>) -> Removing<T> {
    Removing {
        held: Arc::clone(held),
        #[cfg(unix)]
        signals: on_signal(Arc::clone(held)),
    }
}

#[cfg(unix)]
fn on_signal<T: Send + 'static>(
    held: Arc<Mutex<Option<T>>>,
) -> Option<signal_hook::iterator::Handle> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    // A system that lets us watch nothing keeps its own way.
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]).ok()?;
    let handle = signals.handle();
    let waiting = std::thread::Builder::new().name("signals".into());
    let waiting = waiting.spawn(move || {
        if let Some(signal) = signals.forever().next() {
            // Locked until the end: nothing new is held in the meantime.
            let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
            drop(held.take());
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
    waiting.ok().map(|_| handle)
}

impl<T> Drop for Removing<T> {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(signals) = &self.signals {
            signals.close();
        }
        drop(
            self.held
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
    }
}
