//! `Session`: a shell on a pseudo-terminal, what is typed into it, and what its screen shows.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::{MouseProtocolMode, Parser, Screen};

/// How long a screen is waited for. Only a test that fails waits that long.
const PATIENCE: Duration = Duration::from_secs(90);

/// A screen on which nothing happens for so long is taken to be done.
const STILL: Duration = Duration::from_millis(100);

/// A shell on a pseudo-terminal.
pub(crate) struct Session {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    shell: Box<dyn Child + Send + Sync>,
    parser: Arc<(Mutex<Parser>, Condvar)>,
}

impl Session {
    /// Starts a shell with these variables on a terminal of 80 by 24 cells, and waits for its prompt.
    pub(crate) fn shell(variables: &[(&str, &str)]) -> Self {
        let pair = native_pty_system()
            .openpty(size(80, 24))
            .expect("the machine has pseudo-terminals");
        let mut command = CommandBuilder::new("sh");
        command.arg("-i");
        command.env("PS1", "ready> ");
        command.env("TERM", "xterm-256color");
        // What a fault says must not scroll away.
        command.env("RUST_BACKTRACE", "0");
        for name in [
            "NO_COLOR",
            "COLORTERM",
            "VISUAL",
            "EDITOR",
            "ENV",
            "COLORFGBG",
        ] {
            command.env_remove(name);
        }
        for (name, value) in variables {
            command.env(name, value);
        }
        let shell = pair.slave.spawn_command(command).expect("there is a shell");
        let parser = Arc::new((
            Mutex::new(Parser::new(cells(24), cells(80), 0)),
            Condvar::new(),
        ));
        let mut reader = pair
            .master
            .try_clone_reader()
            .expect("the terminal can be read");
        let seen = Arc::clone(&parser);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                let (parser, changed) = &*seen;
                parser
                    .lock()
                    .expect("no reader panics")
                    .process(&bytes[..count]);
                changed.notify_all();
            }
        });
        let session = Self {
            keyboard: pair.master.take_writer().expect("nobody else types"),
            master: pair.master,
            shell,
            parser,
        };
        session.wait_for("a prompt", |screen| screen.contents().contains("ready>"));
        session
    }

    /// Types text as it is; control characters included.
    pub(crate) fn send(&mut self, text: &str) {
        self.keyboard
            .write_all(text.as_bytes())
            .and_then(|()| self.keyboard.flush())
            .expect("the terminal takes keys");
    }

    /// Gives the window another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        let (parser, _) = &*self.parser;
        parser
            .lock()
            .expect("no reader panics")
            .screen_mut()
            .set_size(cells(rows), cells(columns));
        self.master
            .resize(size(columns, rows))
            .expect("the terminal can be resized");
    }

    /// Waits until the screen is as it should be; returns what it shows then.
    pub(crate) fn wait_for(&self, what: &str, is_so: impl Fn(&Screen) -> bool) -> String {
        let deadline = Instant::now() + PATIENCE;
        let (parser, changed) = &*self.parser;
        let mut held = parser.lock().expect("no reader panics");
        loop {
            if is_so(held.screen()) {
                return held.screen().contents();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "waited in vain for {what}; the screen shows\n{}",
                held.screen().contents()
            );
            (held, _) = changed.wait_timeout(held, left).expect("no reader panics");
        }
    }

    /// Waits until the screen shows a text.
    pub(crate) fn wait_for_text(&self, text: &str) -> String {
        self.wait_for(text, |screen| screen.contents().contains(text))
    }

    /// Waits until a program has the screen to itself and shows a text.
    pub(crate) fn wait_for_program(&self, text: &str) -> String {
        self.wait_for(text, |screen| {
            screen.alternate_screen() && screen.contents().contains(text)
        })
    }

    /// Waits until the terminal is as a shell wants it, then asks the shell for an answer.
    pub(crate) fn wait_for_shell(&mut self) -> String {
        self.wait_for("the prompt on a terminal given back", |screen| {
            is_given_back(screen) && screen.contents().trim_end().ends_with("ready>")
        });
        self.send("echo answer-$((40 + 2))\r");
        self.wait_for("the shell's answer", |screen| {
            is_given_back(screen) && screen.contents().contains("answer-42")
        })
    }

    /// Waits until nothing is painted any more, as far as that can be seen.
    pub(crate) fn settle(&self) {
        let (parser, changed) = &*self.parser;
        let mut held = parser.lock().expect("no reader panics");
        loop {
            let waited = changed.wait_timeout(held, STILL).expect("no reader panics");
            held = waited.0;
            if waited.1.timed_out() {
                return;
            }
        }
    }

    /// Asks something of the screen as it is now.
    pub(crate) fn ask<T>(&self, question: impl Fn(&Screen) -> T) -> T {
        question(self.parser.0.lock().expect("no reader panics").screen())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.shell.kill();
        let _ = self.shell.wait();
    }
}

/// Whether nothing is left of what a program had asked of the terminal.
fn is_given_back(screen: &Screen) -> bool {
    !screen.alternate_screen()
        && !screen.hide_cursor()
        && !screen.bracketed_paste()
        && screen.mouse_protocol_mode() == MouseProtocolMode::None
}

fn cells(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).expect("a screen has cells")
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}
