//! Ctrl-C while an interpreter is at work: it ends the interpreter first, and then us.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
