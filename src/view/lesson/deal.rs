//! Dealing cards: the questions of a lesson, about one class or about those of the project that fit.

use crate::analysis::{Analysis, ClassRef};
use crate::load::{Query, Reply};
use crate::view::lesson::{Card, Lesson};

/// How many questions a lesson has at most.
const MOST: usize = 7;
/// How many of them are about one class, as long as others have some.
const OF_ONE_CLASS: usize = 3;
/// How many classes of the project are asked for questions.
const MOST_CLASSES: usize = 24;
/// The same, for what statements run: of many it is not known to the letter.
const MOST_STATEMENTS: usize = 120;
/// How many questions are put to a run before their answers are waited for.
const AT_ONCE: usize = 8;
/// MROs longer than this are not the ones to begin with.
const LONG: usize = 12;

/// What a run has answered, and what it has to be asked.
pub struct Ask<'a> {
    known: &'a dyn Fn(&Query) -> Option<&'a Reply>,
    /// What has to be asked.
    pub wanted: Vec<Query>,
}

/// What came of dealing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dealt {
    /// Something has to be asked first.
    Waiting,
    /// Questions.
    Cards(Vec<Card>),
    /// Why there are none.
    None(String),
}

impl<'a> Ask<'a> {
    /// Answers with what is known.
    pub fn of(known: &'a dyn Fn(&Query) -> Option<&'a Reply>) -> Self {
        Self {
            known,
            wanted: vec![],
        }
    }

    /// The answer to a query; none, and noted, where it has to be asked.
    pub(super) fn to(&mut self, query: Query) -> Option<&'a Reply> {
        let known = (self.known)(&query);
        if known.is_none() {
            self.wanted.push(query);
        }
        known
    }
}

/// Deals the questions of a lesson: about a class, or where none is given about the classes of the project.
pub fn deal(
    lesson: Lesson,
    analysis: &Analysis,
    about: Option<ClassRef<'_>>,
    ask: &mut Ask<'_>,
) -> Dealt {
    if let Some(class) = about {
        if let Err(why) = lesson.fits(class) {
            return Dealt::None(why);
        }
        let dealt = lesson.cards(class, ask);
        if !ask.wanted.is_empty() {
            return Dealt::Waiting;
        }
        return match dealt {
            Ok(mut cards) if !cards.is_empty() => {
                cards.truncate(MOST);
                Dealt::Cards(cards)
            }
            Ok(_) => Dealt::None(format!("{} is too small for it", class.name())),
            Err(why) => Dealt::None(why),
        };
    }
    // The steps of one statement are a story, and so are the two sides of a metaclass.
    let of_one_class = match lesson {
        Lesson::Creation | Lesson::ClassAttribute => MOST,
        _ => OF_ONE_CLASS,
    };
    let (mut cards, mut more) = (vec![], vec![]);
    for class in candidates(lesson, analysis) {
        let dealt = lesson.cards(class, ask);
        // Several are asked at once, and dealt in their order once all of them are answered.
        match ask.wanted.len() {
            0 => {}
            1..AT_ONCE => continue,
            _ => return Dealt::Waiting,
        }
        let Ok(mut dealt) = dealt else {
            continue;
        };
        more.extend(dealt.split_off(dealt.len().min(of_one_class)));
        cards.extend(dealt);
        if cards.len() >= MOST {
            break;
        }
    }
    if !ask.wanted.is_empty() {
        return Dealt::Waiting;
    }
    cards.extend(more);
    cards.truncate(MOST);
    if cards.is_empty() {
        return Dealt::None(String::from(
            "no class of this project fits; `mroscope learn` without a path has a sample for each lesson",
        ));
    }
    Dealt::Cards(cards)
}

/// The classes of the project that fit, those with several bases and an MRO that can be overlooked first.
fn candidates(lesson: Lesson, analysis: &Analysis) -> impl Iterator<Item = ClassRef<'_>> {
    let mut classes: Vec<ClassRef<'_>> = analysis.project_classes().collect();
    // Looked at one after the other, until there are enough: of ten thousand classes most are never asked whether they fit.
    classes.sort_by_cached_key(|class| {
        let hooks = match lesson {
            Lesson::Creation => super::creation::hooks(*class),
            _ => 0,
        };
        let is_long = class.known_ancestry().len() > LONG;
        (is_long, usize::MAX - hooks, class.bases().len() < 2)
    });
    let most = match lesson {
        Lesson::Creation => MOST_STATEMENTS,
        // Many want arguments, or count in ways that only a run knows.
        Lesson::Operators => 2 * MOST_CLASSES,
        _ => MOST_CLASSES,
    };
    let classes = classes.into_iter();
    classes
        .filter(move |it| lesson.fits(*it).is_ok())
        .take(most)
}
