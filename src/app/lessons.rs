//! Lessons at work: which one is played, which question is asked, what was answered. The questions come from `view`; nothing is read or written
//! here.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::analysis::Analysis;
use crate::app::areas::Focus;
use crate::app::location::{ClassAt, Location};
use crate::app::state::State;
use crate::app::update::Effect;
use crate::load::{Query, Reply};
use crate::view::{
    Ask, Card, Dealt, Lesson, LessonLink, Page, PageKind, Played, Progress, deal, lesson_none,
    lesson_page, lesson_waiting,
};

/// What is remembered of lessons.
#[derive(Debug, Default)]
pub(super) struct Lessons {
    /// The best that was reached in each.
    pub(super) progress: Progress,
    /// The lesson that is played.
    game: Option<Game>,
    /// Whether the progress is to be kept.
    is_unkept: bool,
    /// The number of the newest dealing.
    dealing: u64,
    /// Whether questions are to be dealt by whoever can.
    is_undealt: bool,
}

/// Questions that are to be dealt: which class of a large project has some takes seconds, so it is done beside the drawing.
pub struct Dealing {
    lesson: Lesson,
    about: Option<ClassAt>,
    analysis: Arc<Analysis>,
    known: FxHashMap<Query, Arc<Reply>>,
}

/// What came of dealing.
#[derive(Debug, Clone)]
pub struct Hand {
    dealt: Dealt,
    /// What has to be asked of the run before more can be said.
    wanted: Vec<Query>,
}

impl Dealing {
    /// Deals, as far as what that needs is known.
    pub fn deal(&self) -> Hand {
        let class = self.about.as_ref().map(|it| it.find(&self.analysis));
        if let Some(None) = class {
            let why = String::from("the class is not in the project any more");
            return Hand {
                dealt: Dealt::None(why),
                wanted: vec![],
            };
        }
        let known = |query: &Query| self.known.get(query).map(|it| &**it);
        let mut ask = Ask::of(&known);
        let dealt = deal(self.lesson, &self.analysis, class.flatten(), &mut ask);
        Hand {
            dealt,
            wanted: ask.wanted,
        }
    }
}

/// A lesson on its way.
#[derive(Debug)]
struct Game {
    lesson: Lesson,
    /// The class it is about; none for those of the project that fit.
    about: Option<ClassAt>,
    dealt: Dealt,
    /// What is asked of the run, and not answered yet.
    waits_for: Vec<Query>,
    /// Which question is asked.
    at: usize,
    /// The wrong answers that were given to it.
    tried: Vec<usize>,
    is_right: bool,
    hint: bool,
    /// How many were answered right at the first try.
    right: usize,
}

impl Game {
    fn cards(&self) -> &[Card] {
        match &self.dealt {
            Dealt::Cards(cards) => cards,
            Dealt::Waiting | Dealt::None(_) => &[],
        }
    }
}

impl Lessons {
    /// The page of a lesson.
    pub(super) fn page(&self, number: &str) -> Page {
        let lesson = number.parse().ok().and_then(Lesson::of);
        let lesson = lesson.unwrap_or(Lesson::First);
        let Some(game) = self.game.as_ref().filter(|it| it.lesson == lesson) else {
            return lesson_none(lesson, "another one was begun since");
        };
        match &game.dealt {
            Dealt::Waiting => lesson_waiting(lesson),
            Dealt::None(why) => lesson_none(lesson, why),
            Dealt::Cards(cards) => lesson_page(
                &Played {
                    lesson,
                    cards,
                    at: game.at,
                    tried: &game.tried,
                    is_right: game.is_right,
                    hint: game.hint,
                    right: game.right,
                },
                &self.progress,
            ),
        }
    }
}

impl State {
    /// Opens the list of lessons: about the class where one is, else about the project.
    pub(super) fn open_lessons(&mut self) {
        let in_tree = self.class_in_tree().filter(|_| self.focus == Focus::Tree);
        let class = in_tree.and_then(|id| {
            let analysis = self.analysis.as_deref()?;
            Some(ClassAt::of(analysis.class(id)))
        });
        let here = self.here().page;
        let is_of_class = here.is_about_a_class() || here == PageKind::Lesson;
        let class = class.or_else(|| self.here().class.clone().filter(|_| is_of_class));
        self.list_lessons(class);
    }

    /// Opens the list of lessons about a class, or about the project.
    pub(super) fn list_lessons(&mut self, class: Option<ClassAt>) {
        self.leave_place();
        self.history.go(Location::new(PageKind::Lesson, class));
        self.focus_on(Focus::Page);
    }

    /// Begins a lesson.
    pub(super) fn begin_lesson(&mut self, number: usize, about: Option<ClassAt>) {
        let Some(lesson) = Lesson::of(number) else {
            self.say("there is no such lesson");
            return;
        };
        self.lessons.game = Some(Game {
            lesson,
            about: about.clone(),
            dealt: Dealt::Waiting,
            waits_for: vec![],
            at: 0,
            tried: vec![],
            is_right: false,
            hint: false,
            right: 0,
        });
        self.lessons.is_undealt = true;
        self.leave_place();
        self.history.go(Location {
            head: Some(number.to_string()),
            ..Location::new(PageKind::Lesson, about)
        });
        self.turn_lesson_page(None);
        self.focus_on(Focus::Page);
    }

    /// The lesson page says something else now; this line of it is selected.
    fn turn_lesson_page(&mut self, line: Option<usize>) {
        self.edition += 1;
        let place = self.history.here_mut();
        (place.line, place.top) = (line, 0);
    }

    /// Whether a lesson is open, rather than the list of them.
    pub(super) fn is_in_lesson(&self) -> bool {
        self.here().page == PageKind::Lesson && self.here().head.is_some()
    }

    /// That questions are to be dealt, where they are and there is something to make them of.
    pub(super) fn take_undealt(&mut self) -> Option<Effect> {
        if self.analysis.is_none() || !std::mem::take(&mut self.lessons.is_undealt) {
            return None;
        }
        self.lessons.dealing += 1;
        Some(Effect::Deal(self.lessons.dealing))
    }

    /// The questions that are to be dealt.
    pub fn dealing(&self) -> Option<Dealing> {
        let game = self.lessons.game.as_ref()?;
        Some(Dealing {
            lesson: game.lesson,
            about: game.about.clone(),
            analysis: self.analysis.clone()?,
            known: self.answers.known(),
        })
    }

    /// Takes in what came of dealing; what it needs is asked, and then it is dealt again.
    pub(super) fn hear_dealt(&mut self, number: u64, hand: Hand) {
        let Some(game) = &mut self.lessons.game else {
            return;
        };
        if number != self.lessons.dealing || game.dealt != Dealt::Waiting {
            return;
        }
        game.dealt = hand.dealt;
        game.waits_for.clone_from(&hand.wanted);
        self.edition += 1;
        for query in hand.wanted {
            self.answers.want(query);
        }
    }

    /// The run has answered; when all has come that the questions need, they are dealt again.
    pub(super) fn lesson_hears(&mut self, question: &Query) {
        let Some(game) = &mut self.lessons.game else {
            return;
        };
        let waited = !game.waits_for.is_empty();
        game.waits_for.retain(|it| it != question);
        if waited && game.waits_for.is_empty() {
            self.lessons.is_undealt = true;
        }
    }

    /// Another analysis is open: questions that were on their way are made of it.
    pub(super) fn deal_anew(&mut self) {
        if let Some(game) = &mut self.lessons.game {
            game.waits_for.clear();
            self.lessons.is_undealt |= game.dealt == Dealt::Waiting;
        }
    }

    /// Does what a line of a lesson says.
    pub(super) fn follow_lesson(&mut self, link: LessonLink) {
        let about = match &self.lessons.game {
            Some(game) if self.is_in_lesson() => game.about.clone(),
            _ => self.here().class.clone(),
        };
        match link {
            LessonLink::Begin(number) => self.begin_lesson(number, about),
            LessonLink::Pick(at) => self.pick(at),
            LessonLink::Next => self.next_question(),
            LessonLink::All => self.list_lessons(about),
            LessonLink::See => self.see_card(),
        }
    }

    /// Answers the question; in the list, begins the lesson of that number.
    pub(super) fn answer_lesson(&mut self, at: usize) {
        if !self.is_in_lesson() {
            let about = self.here().class.clone();
            self.begin_lesson(at + 1, about);
            return;
        }
        let Some(game) = &mut self.lessons.game else {
            return;
        };
        let Dealt::Cards(cards) = &game.dealt else {
            return;
        };
        let Some(pick) = cards.get(game.at).and_then(|card| card.picks.get(at)) else {
            self.say("there is no such answer");
            return;
        };
        if game.is_right {
            self.say("that question is answered");
            return;
        }
        let line = if pick.is_right {
            game.is_right = true;
            game.right += usize::from(game.tried.is_empty());
            // How to go on stands at the end.
            Some(usize::MAX)
        } else {
            // The last one is the one that is told why.
            game.tried.retain(|it| *it != at);
            game.tried.push(at);
            self.history.here().line
        };
        self.turn_lesson_page(line);
    }

    /// Goes on to the next question, once this one is answered.
    pub(super) fn next_question(&mut self) {
        let Some(game) = self.lessons.game.as_mut() else {
            return;
        };
        let of = game.cards().len();
        if game.at >= of {
            return;
        }
        if !game.is_right {
            self.say("answer it first: press the number of an answer");
            return;
        }
        game.at += 1;
        (game.tried, game.is_right, game.hint) = (vec![], false, false);
        if game.at == of {
            self.lessons.progress.note(game.lesson, game.right, of);
            self.lessons.is_unkept = true;
        }
        self.turn_lesson_page(None);
    }

    /// Shows the hint.
    pub(super) fn hint(&mut self) {
        let is_in_lesson = self.is_in_lesson();
        if !is_in_lesson {
            self.say("no question is asked here");
        }
        if let Some(game) = self.lessons.game.as_mut().filter(|_| is_in_lesson) {
            game.hint = true;
            let line = self.here().line;
            self.turn_lesson_page(line);
        }
    }

    /// Begins the lesson anew.
    pub(super) fn lesson_again(&mut self) {
        if let Some(game) = &self.lessons.game {
            let (number, about) = (game.lesson.number(), game.about.clone());
            self.begin_lesson(number, about);
        }
    }

    /// Goes to the page that shows what was asked.
    fn see_card(&mut self) {
        let card = self.lessons.game.as_ref().and_then(|game| {
            let cards = game.cards();
            cards.get(game.at).or(cards.last())
        });
        let Some((path, (page, attribute))) = card.map(|it| (it.class.clone(), it.leads.clone()))
        else {
            return;
        };
        let class = Some(ClassAt::last(path));
        self.leave_place();
        self.history.go(Location::new(page, class).about(attribute));
        self.restart_merge();
        self.reveal();
        self.focus_on(Focus::Page);
    }

    /// The progress, where it is to be kept.
    pub(super) fn take_unkept(&mut self) -> Option<Effect> {
        let is_unkept = std::mem::take(&mut self.lessons.is_unkept);
        is_unkept.then(|| Effect::Keep(self.lessons.progress.clone()))
    }
}
