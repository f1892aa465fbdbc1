//! How the program begins: what is opened first, and on which line a page is.

use crate::analysis::Target;
use crate::app::location::ClassAt;
use crate::app::saved::Saved;
use crate::app::shown::Shown;
use crate::app::state::{Notice, State};
use crate::view::{self, Line, Link, PageKind, Progress};

/// What is opened first, and what was kept of lessons.
#[derive(Debug, Clone, Default)]
pub struct Begins {
    /// What is opened once the project is read.
    pub opens: Opens,
    /// How far the reader is with the lessons.
    pub progress: Progress,
    /// What a session before this one has kept of the project.
    pub saved: Saved,
    /// Why that could not be read.
    pub trouble: Option<String>,
}

/// What is opened first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Opens {
    /// The home.
    #[default]
    Home,
    /// The lessons, or the one of a number; about a class, as `show` takes it.
    Lessons {
        /// The number.
        number: Option<usize>,
        /// The class.
        class: Option<String>,
    },
    /// The presenter, for a class as `show` takes it.
    Present(String),
}

impl State {
    /// Opens what the command line asked for.
    pub(super) fn open_what_was_asked(&mut self) {
        let opens = std::mem::take(&mut self.opens);
        let target = match &opens {
            Opens::Home => return,
            Opens::Lessons { class, .. } => class.clone(),
            Opens::Present(class) => Some(class.clone()),
        };
        let class = target.as_deref().and_then(|target| {
            let analysis = self.analysis.as_deref()?;
            match analysis.find(target) {
                Target::Class(id) => Some(ClassAt::of(analysis.class(id))),
                Target::Ambiguous(_) | Target::Unknown(_) => None,
            }
        });
        if let (Some(target), None) = (&target, &class) {
            self.notice = Some(Notice {
                text: format!(
                    "no class, or more than one, is named `{}`",
                    view::safe(target)
                ),
                failed: true,
            });
            return;
        }
        match (opens, class) {
            (Opens::Present(_), Some(class)) => self.present(class),
            (
                Opens::Lessons {
                    number: Some(number),
                    ..
                },
                class,
            ) => {
                self.list_lessons(class.clone());
                self.begin_lesson(number, class);
            }
            (_, class) => self.list_lessons(class),
        }
    }
}

/// The line on which a page begins: the first that leads somewhere; of a lesson the first answer, of a slide the last line, which is in nobody's
/// way.
pub(super) fn begin(shown: &Shown, page: PageKind, height: usize) -> usize {
    let is_of_lesson = |line: &Line| matches!(line.link, Some(Link::Lesson(_)));
    match page {
        PageKind::Lesson => shown.page.lines.iter().position(is_of_lesson).unwrap_or(0),
        PageKind::Present => usize::MAX,
        // What a step takes is its answer; what it is made of moves from step to step.
        PageKind::Merge => 0,
        _ => shown.first(height),
    }
}
