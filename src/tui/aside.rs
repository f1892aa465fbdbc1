//! A thread that answers questions beside the drawing: what takes longer than a frame is worked out there. Only the newest question is answered.

use std::io;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

/// Whoever answers questions of one kind.
pub(super) struct Aside<Question, Answer> {
    questions: Sender<(u64, Question)>,
    answers: Receiver<(u64, Answer)>,
    /// The newest question, while it has no answer.
    open: Option<u64>,
}

impl<Question: Send + 'static, Answer: Send + 'static> Aside<Question, Answer> {
    /// Begins, on a thread of this name; it ends when nobody is left to ask.
    pub(super) fn start(name: &str, answer: fn(Question) -> Answer) -> io::Result<Self> {
        let (questions, asked) = mpsc::channel::<(u64, Question)>();
        let (tell, answers) = mpsc::channel();
        thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                while let Ok(mut newest) = asked.recv() {
                    // What was asked since is what is wanted.
                    while let Ok(newer) = asked.try_recv() {
                        newest = newer;
                    }
                    let (number, question) = newest;
                    if tell.send((number, answer(question))).is_err() {
                        return;
                    }
                }
            })?;
        Ok(Self {
            questions,
            answers,
            open: None,
        })
    }

    /// Asks something.
    pub(super) fn ask(&mut self, number: u64, question: Question) {
        if self.questions.send((number, question)).is_ok() {
            self.open = Some(number);
        }
    }

    /// Whether an answer is on its way.
    pub(super) fn is_busy(&self) -> bool {
        self.open.is_some()
    }

    /// The newest answer, with the number of its question; where it is on its way, it is waited for so long.
    pub(super) fn heard(&mut self, patience: Duration) -> Option<(u64, Answer)> {
        let open = self.open?;
        let mut heard = self.answers.recv_timeout(patience).ok();
        while let Ok(newer) = self.answers.try_recv() {
            heard = Some(newer);
        }
        if heard.as_ref().is_some_and(|it| it.0 == open) {
            self.open = None;
        }
        heard
    }
}
