//! One interpreter at work: started with nothing around it, heard through a pipe, ended with everything it has started.
#![expect(
    clippy::disallowed_methods,
    reason = "an interpreter is started here, in a folder that is made for it"
)]

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::witness::Interpreter;
use crate::witness::said::Record;

/// The other side of the conversation.
const SCRIPT: &str = include_str!("witness.py");

/// No answer is longer: a module that finds the pipe and floods it is not listened to.
const LONGEST_LINE: u64 = 1 << 30;

/// How many answers may wait to be heard.
const WAITING: usize = 4096;

/// How long an interpreter that has said its last word may take to end.
const ENDING: Duration = Duration::from_secs(2);

/// What is heard next.
#[derive(Debug)]
pub(super) enum Heard {
    /// An answer.
    Record(Box<Record>),
    /// Nothing yet.
    Silence,
    /// There will be no more.
    Ended,
}

/// An interpreter at work. Dropped, it is ended.
pub(super) struct Process {
    child: Child,
    records: Receiver<Record>,
    /// Whether an answer is being read.
    is_reading: Arc<AtomicBool>,
    folder: TempDir,
}

impl Process {
    /// Starts an interpreter with a question. It knows its answers by a token that nobody else has seen.
    pub(super) fn start(interpreter: &Interpreter, mut question: Value) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("mroscope-").tempdir()?;
        let home = folder.path().join("home");
        fs::create_dir_all(&home)?;
        let script = folder.path().join("witness.py");
        fs::write(&script, SCRIPT)?;
        // The folder's name is random, and all that has to be known to tell answers from noise.
        let token = format!("{}|", folder.path().display());
        question["token"] = Value::from(token.as_str());
        let asked = folder.path().join("question.json");
        fs::write(&asked, question.to_string())?;
        let complaints = File::create(folder.path().join("complaints"))?;
        let mut child = Command::new(&interpreter.path)
            .args(["-S", "-B"])
            .arg(&script)
            .arg(&asked)
            .current_dir(&home)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::from(complaints))
            .spawn()?;
        let (sender, records) = sync_channel(WAITING);
        let is_reading = Arc::new(AtomicBool::new(false));
        if let Some(pipe) = child.stdout.take() {
            let is_reading = Arc::clone(&is_reading);
            // Not joined: what the interpreter leaves behind may keep the pipe open for as long as it likes.
            thread::Builder::new()
                .name("witness".into())
                .spawn(move || listen(pipe, &token, &sender, &is_reading))?;
        }
        Ok(Self {
            child,
            records,
            is_reading,
            folder,
        })
    }

    /// Waits for the next answer.
    pub(super) fn hear(&self, patience: Duration) -> Heard {
        match self.records.recv_timeout(patience) {
            Ok(record) => Heard::Record(Box::new(record)),
            Err(RecvTimeoutError::Timeout) => Heard::Silence,
            Err(RecvTimeoutError::Disconnected) => Heard::Ended,
        }
    }

    /// Whether it has ended by itself, and none of its answers is being read.
    pub(super) fn has_ended(&mut self) -> bool {
        !self.is_reading.load(Ordering::Acquire) && matches!(self.child.try_wait(), Ok(Some(_)))
    }

    /// How it ended; none where it had to be ended.
    pub(super) fn ended(&mut self) -> Option<ExitStatus> {
        let until = Instant::now() + ENDING;
        while Instant::now() < until {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(10));
        }
        None
    }

    /// What the interpreter itself complained of before it listened to us, on one line.
    pub(super) fn complaint(&self) -> String {
        let mut text = vec![];
        if let Ok(file) = File::open(self.folder.path().join("complaints")) {
            let _ = file.take(1 << 16).read_to_end(&mut text);
        }
        let text = String::from_utf8_lossy(&text);
        let last = text.lines().rev().find(|line| !line.trim().is_empty());
        last.unwrap_or("it said nothing").trim().to_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        end_group(&self.child);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Ends every process of the session that the interpreter has made for itself.
#[cfg(unix)]
fn end_group(child: &Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let id = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    if let Some(id) = id {
        // Where it never came to make one, there is no such group, and nothing to end.
        let _ = kill_process_group(id, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn end_group(_child: &Child) {}

/// Hands on the lines that begin with the token, until the pipe closes or nobody listens.
fn listen(pipe: impl io::Read, token: &str, sender: &SyncSender<Record>, is_reading: &AtomicBool) {
    let mut pipe = BufReader::new(pipe);
    let mut line = vec![];
    loop {
        line.clear();
        is_reading.store(false, Ordering::Release);
        match (&mut pipe).take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        is_reading.store(true, Ordering::Release);
        let record = line
            .strip_prefix(token.as_bytes())
            .and_then(|told| serde_json::from_slice::<Record>(told).ok());
        if let Some(record) = record
            && sender.send(record).is_err()
        {
            return;
        }
    }
}
