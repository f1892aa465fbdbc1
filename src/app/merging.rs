//! The merge page at work: its steps are walked, and what they take is asked before it is told.

use crate::app::key::{Code, Key};
use crate::app::state::State;
use crate::view::{self, LessonLink, Link, MergeGuess, PageKind};

impl State {
    /// Goes on in the merge, or back.
    pub(super) fn step(&mut self, by: isize) {
        match self.here().page {
            PageKind::Present => return self.turn_slide(by),
            PageKind::Lesson => return self.next_question(),
            _ => {}
        }
        let steps = self.class().map_or(0, view::merge_steps);
        if steps == 0 {
            self.say("there is nothing to merge");
            return;
        }
        let step = match self.settings.merge_step {
            Some(step) => step.saturating_add_signed(by).clamp(1, steps),
            None if by < 0 => steps,
            None => 1,
        };
        self.go_to_step(step);
    }

    /// Goes to the first step, slide or question.
    pub(super) fn step_first(&mut self) {
        match self.here().page {
            PageKind::Present => self.turn_slide(isize::MIN),
            PageKind::Lesson => self.lesson_again(),
            _ => self.go_to_step(1),
        }
    }

    /// Goes to the last step: the end, or where the merge sticks.
    pub(super) fn step_last(&mut self) {
        if self.here().page == PageKind::Present {
            return self.turn_slide(isize::MAX);
        }
        match self.class().map_or(0, view::merge_steps) {
            0 => self.say("there is nothing to merge"),
            last => self.go_to_step(last),
        }
    }

    /// Goes to a step of the merge.
    pub(super) fn go_to_step(&mut self, step: usize) {
        if self.settings.merge_step != Some(step) {
            self.settings.merge_step = Some(step);
            self.ask_again();
        }
    }

    /// Where what a step takes is asked, the next one is asked anew.
    pub(super) fn ask_again(&mut self) {
        if self.settings.merge_guess != MergeGuess::Off {
            self.settings.merge_guess = MergeGuess::Asked;
        }
    }

    /// Begins to ask what each step takes, or stops.
    pub(super) fn predict(&mut self) {
        if self.settings.merge_guess != MergeGuess::Off {
            self.settings.merge_guess = MergeGuess::Off;
            self.say("each step tells what it takes");
            return;
        }
        if self.class().map_or(0, view::merge_steps) == 0 {
            self.say("there is nothing to merge");
            return;
        }
        self.settings.merge_step = self.settings.merge_step.or(Some(1));
        self.settings.merge_guess = MergeGuess::Asked;
    }

    /// Gives the answer of a key's number, or the selected one.
    pub(super) fn pick_key(&mut self, key: Option<Key>) {
        let digit = match key.map(|it| it.code) {
            Some(Code::Char(letter)) => letter.to_digit(10),
            _ => None,
        };
        let selected = match self.link() {
            Some(Link::Lesson(LessonLink::Pick(at))) => Some(*at),
            _ => None,
        };
        let of_digit = digit.and_then(|it| usize::try_from(it).ok()?.checked_sub(1));
        match of_digit.or(selected) {
            Some(at) => self.pick(at),
            None => self.say("select an answer, or press its number"),
        }
    }

    /// Gives an answer to the question that is asked.
    pub(super) fn pick(&mut self, at: usize) {
        match self.here().page {
            PageKind::Merge => {}
            PageKind::Lesson => return self.answer_lesson(at),
            _ => return,
        }
        let step = self.settings.merge_step.unwrap_or(1);
        let answers = self.class().map_or(0, |it| view::merge_answers(it, step));
        if at < answers {
            self.settings.merge_guess = MergeGuess::Picked(at);
        } else {
            self.say("there is no such answer");
        }
    }
}
