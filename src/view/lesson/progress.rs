//! How far a person is with the lessons, and the text in which that is kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::view::lesson::Lesson;

/// The best that was reached in each lesson: how many questions were answered right at the first try, of how many.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    best: BTreeMap<Lesson, (usize, usize)>,
}

impl Progress {
    /// The best that was reached in a lesson; none where it was not played to its end.
    pub fn best(&self, lesson: Lesson) -> Option<(usize, usize)> {
        self.best.get(&lesson).copied()
    }

    /// Notes that a lesson was played to its end.
    pub fn note(&mut self, lesson: Lesson, right: usize, of: usize) {
        let before = self.best.entry(lesson).or_insert((right, of));
        // A larger share is better; of the same share the one of more questions.
        if (right * before.1, of) > (before.0 * of, before.1) {
            *before = (right, of);
        }
    }

    /// The text in which it is kept: a line a lesson, `2 5/6`.
    pub fn as_text(&self) -> String {
        let mut text =
            String::from("# lesson, and how many questions were right at the first try\n");
        for (lesson, (right, of)) in &self.best {
            let _ = writeln!(text, "{} {right}/{of}", lesson.number());
        }
        text
    }

    /// Reads that text; the number of the first line that is none.
    pub fn read(text: &str) -> Result<Self, usize> {
        let mut progress = Self::default();
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (lesson, best) = read_line(line).ok_or(at + 1)?;
            progress.best.insert(lesson, best);
        }
        Ok(progress)
    }
}

fn read_line(line: &str) -> Option<(Lesson, (usize, usize))> {
    let (number, best) = line.split_once(' ')?;
    let (right, of) = best.trim().split_once('/')?;
    let lesson = Lesson::of(number.parse().ok()?)?;
    let (right, of) = (right.parse().ok()?, of.parse().ok()?);
    (right <= of && of < 1_000).then_some((lesson, (right, of)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back_and_the_best_stays() {
        let mut progress = Progress::default();
        progress.note(Lesson::NextHead, 3, 6);
        progress.note(Lesson::NextHead, 5, 6);
        progress.note(Lesson::NextHead, 4, 6);
        progress.note(Lesson::Operators, 0, 2);
        assert_eq!(progress.best(Lesson::NextHead), Some((5, 6)));
        assert_eq!(Progress::read(&progress.as_text()), Ok(progress));
    }

    #[test]
    fn what_is_no_progress_is_said_to_be_none() {
        for text in ["2 7/6", "0 1/2", "2", "# fine\nx"] {
            let line = text.lines().count();
            assert_eq!(Progress::read(text), Err(line), "{text}");
        }
    }
}
