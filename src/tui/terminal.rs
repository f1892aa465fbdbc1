//! The terminal itself: taken, given back, given back for a while. Also when something panics, in whatever thread.

use std::io::{self, IsTerminal, Stdout, stdout};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, TryLockError};
use std::time::Duration;

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Size;

use crate::app::State;
use crate::tui::draw;
use crate::tui::theme::Theme;

/// Whether the terminal is ours now.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether something has panicked: from then on nothing may be painted, for the message is on the screen.
static PANICKED: AtomicBool = AtomicBool::new(false);
/// Held while painting, so that a panic of another thread does not leave the screen in the middle of a frame.
static PAINTING: Mutex<()> = Mutex::new(());
static HOOK: Once = Once::new();

/// The terminal, ours as long as this value lives.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    mouse: bool,
}

/// Whether a screen can be shown at all.
pub fn is_there() -> bool {
    stdout().is_terminal()
}

/// Whether anything has panicked since the program began.
pub(super) fn has_panicked() -> bool {
    PANICKED.load(Ordering::SeqCst)
}

impl Screen {
    /// Takes the terminal.
    pub(super) fn take(mouse: bool) -> io::Result<Self> {
        HOOK.call_once(leave_first_on_panic);
        let terminal = Terminal::new(CrosstermBackend::new(stdout()))?;
        let mut screen = Self { terminal, mouse };
        screen.enter()?;
        Ok(screen)
    }

    /// How large it is.
    pub(super) fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    /// Paints a frame, unless a panic has taken the screen away.
    pub(super) fn paint(&mut self, state: &State, theme: &Theme) -> io::Result<()> {
        let _painting = PAINTING
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if has_panicked() {
            return Ok(());
        }
        self.terminal
            .draw(|frame| draw::draw(state, theme, frame))
            .map(|_| ())
    }

    /// Paints the next frame whole, whatever is thought to be on the screen.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        // A new `Terminal` thinks the screen empty, and now it is. The old one's `clear` would ask where the cursor is
        // and fail where nobody answers.
        execute!(stdout(), Clear(ClearType::All))?;
        self.terminal = Terminal::new(CrosstermBackend::new(stdout()))?;
        Ok(())
    }

    /// Hears the mouse, or leaves it to the terminal.
    pub(super) fn hear_mouse(&mut self, mouse: bool) -> io::Result<()> {
        self.mouse = mouse;
        if mouse {
            execute!(stdout(), EnableMouseCapture)
        } else {
            execute!(stdout(), DisableMouseCapture)
        }
    }

    /// Asks the terminal to put text on the clipboard (OSC 52). Whether it did, no terminal says.
    pub(super) fn copy(text: &str) -> io::Result<()> {
        execute!(stdout(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Gives the terminal back while something else runs, then takes it again.
    pub(super) fn lend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        leave();
        let outcome = run();
        self.enter()?;
        self.forget()?;
        Ok(outcome)
    }

    fn enter(&mut self) -> io::Result<()> {
        TAKEN.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        execute!(
            stdout(),
            EnterAlternateScreen,
            // Some terminals have no other screen, and what stood on this one would shine through.
            Clear(ClearType::All),
            EnableBracketedPaste,
            cursor::Hide
        )?;
        if self.mouse {
            execute!(stdout(), EnableMouseCapture)?;
        }
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
    }
}

/// Gives the terminal back, if it is ours. What fails is left: there is nobody to tell who could still read it.
pub(super) fn leave() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(
            stdout(),
            DisableMouseCapture,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            cursor::Show
        );
        let _ = disable_raw_mode();
    }
}

/// From now on a panic gives the terminal back before it says anything.
fn leave_first_on_panic() {
    let say = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        // The thread that paints may be the one that panics, and then this lock is its own: it is not waited for long.
        for _ in 0..25 {
            match PAINTING.try_lock() {
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(4)),
                Ok(_) | Err(TryLockError::Poisoned(_)) => break,
            }
        }
        PANICKED.store(true, Ordering::SeqCst);
        leave();
        say(info);
    }));
}

/// Stops the program as the shell's `ctrl-z` does, until the shell continues it.
#[cfg(unix)]
pub(super) fn stop() -> Result<(), String> {
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
        .map_err(|error| error.to_string())
}

/// Other systems have no such thing.
#[cfg(not(unix))]
pub(super) fn stop() -> Result<(), String> {
    Err("this system cannot suspend a program".to_owned())
}
