//! The pages of lessons: the list of them, a question, what was learnt.

use crate::analysis::ClassRef;
use crate::view::lesson::{Card, Lesson, Progress, Proof};
use crate::view::{Column, LessonLink, Line, Link, Page, Role, Span};

/// A lesson on its way.
#[derive(Debug, Clone, Copy)]
pub struct Played<'a> {
    /// Which.
    pub lesson: Lesson,
    /// Its questions.
    pub cards: &'a [Card],
    /// Which of them is asked, counted from 0; behind the last one it is over.
    pub at: usize,
    /// The wrong answers that were given to it, the last one last.
    pub tried: &'a [usize],
    /// Whether the right one was.
    pub is_right: bool,
    /// Whether the hint was asked for.
    pub hint: bool,
    /// How many were answered right at the first try.
    pub right: usize,
}

fn titled(lesson: Lesson, said: String) -> Page {
    Page {
        title: vec![
            Span::new(lesson.title(), Role::Heading),
            Span::faint(format!(
                "  lesson {} of {}",
                lesson.number(),
                Lesson::ALL.len()
            )),
        ],
        standing: vec![Span::faint(said)],
        ..Page::default()
    }
}

/// All lessons, with how far one is; about a class, why one cannot be played on it.
pub fn lessons(about: Option<ClassRef<'_>>, progress: &Progress) -> Page {
    let mut title = vec![Span::new("Lessons", Role::Heading)];
    if let Some(class) = about {
        title.push(Span::faint(format!("  about {}", class.path())));
    }
    let mut page = Page {
        title,
        ..Page::default()
    };
    page.push(Line::text(vec![Span::plain(
        "Every answer is worked out from the code. `enter`, or its number, begins a lesson.",
    )]));
    page.push(Line::blank());
    let table = page.table(vec![
        Column::right(0),
        Column::left(0),
        Column::left(0),
        Column::left(0),
    ]);
    for lesson in Lesson::ALL {
        let best = match progress.best(lesson) {
            Some((right, of)) if right == of => {
                vec![Span::new(format!("✓ {right} of {of}"), Role::Exact)]
            }
            Some((right, of)) => vec![Span::plain(format!("{right} of {of}"))],
            None => vec![Span::faint("·")],
        };
        let why = about.and_then(|class| lesson.fits(class).err());
        let role = if why.is_some() {
            Role::Faint
        } else {
            Role::Plain
        };
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::new(lesson.number().to_string(), Role::Key)],
                    vec![Span::new(lesson.title(), role)],
                    best,
                    vec![Span::faint(why.unwrap_or_default())],
                ],
            )
            .to(Some(Link::Lesson(LessonLink::Begin(lesson.number())))),
        );
    }
    page
}

/// That its questions are being worked out.
pub fn lesson_waiting(lesson: Lesson) -> Page {
    let mut page = titled(lesson, String::new());
    page.push(Line::text(vec![Span::faint(
        "the questions are being made, which takes some seconds where there are many classes; the first one comes by itself",
    )]));
    page
}

/// Why it has no question.
pub fn lesson_none(lesson: Lesson, why: &str) -> Page {
    let mut page = titled(lesson, String::new());
    page.push(Line::text(vec![
        Span::plain("It cannot be played here: "),
        Span::plain(why),
        Span::plain("."),
    ]));
    page.push(Line::blank());
    page.push(link("all lessons", LessonLink::All));
    page
}

fn link(says: &str, to: LessonLink) -> Line {
    Line::text(vec![Span::plain(format!("› {says}"))]).to(Some(Link::Lesson(to)))
}

/// A question, and what came of it so far; behind the last one what was learnt.
pub fn lesson_page(played: &Played<'_>, progress: &Progress) -> Page {
    let Some(card) = played.cards.get(played.at) else {
        return lesson_end(played, progress);
    };
    let said = format!(
        "question {} of {} · {} right",
        played.at + 1,
        played.cards.len(),
        played.right
    );
    let mut page = titled(played.lesson, said);
    let question = Line::text(vec![Span::new(&card.question, Role::Heading)]);
    // Of a long story the end is seen, with the answers below it: there the question is asked.
    let is_long = card.shown.len() > MOST_BETWEEN;
    if !is_long {
        page.push(question.clone());
    }
    for shown in &card.shown {
        let mut spans = vec![Span::plain("    ")];
        spans.extend(shown.iter().cloned());
        page.push(Line::text(spans));
    }
    if is_long {
        page.push(question);
    } else {
        page.push(Line::blank());
    }
    let table = page.table(vec![Column::left(0), Column::right(0), Column::left(0)]);
    for (at, pick) in card.picks.iter().enumerate() {
        let (mark, role) = if played.tried.contains(&at) {
            ("✗", Role::Rejected)
        } else if played.is_right && pick.is_right {
            ("✓", Role::Taken)
        } else {
            (" ", Role::Plain)
        };
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::new(mark, role)],
                    vec![Span::new((at + 1).to_string(), Role::Key)],
                    vec![Span::new(&pick.says, role)],
                ],
            )
            .to(Some(Link::Lesson(LessonLink::Pick(at)))),
        );
    }
    let last = played.tried.last().filter(|_| !played.is_right);
    if let Some((at, pick)) = last.and_then(|&at| Some((at, card.picks.get(at)?))) {
        page.push(Line::text(vec![
            Span::new(format!("✗ not {}: ", at + 1), Role::Error),
            Span::plain(&pick.why),
        ]));
    }
    if played.hint && !played.is_right {
        page.push(Line::text(vec![
            Span::new("hint: ", Role::Heading),
            Span::plain(&card.hint),
        ]));
    }
    if played.is_right {
        told(&mut page, card, played.at + 1 == played.cards.len());
    }
    page
}

/// How many lines may stand between a question and its answers.
const MOST_BETWEEN: usize = 7;

/// Why the right answer is right, and how to go on.
fn told(page: &mut Page, card: &Card, is_last: bool) {
    for (at, reason) in card.reason.iter().enumerate() {
        let mark = if at == 0 { "✓ right: " } else { "  " };
        page.push(Line::text(vec![
            Span::new(mark, Role::Exact),
            Span::plain(reason),
        ]));
    }
    if let Proof::Holds(expression) = &card.proof {
        page.push(Line::text(vec![
            Span::faint("  in Python: "),
            Span::new(expression, Role::String),
        ]));
    }
    page.push(link(
        &format!("see it: {} of {}", card.leads.0.name(), card.class.qualname),
        LessonLink::See,
    ));
    page.push(link(
        if is_last {
            "what was learnt"
        } else {
            "the next question"
        },
        LessonLink::Next,
    ));
}

/// What was learnt.
fn lesson_end(played: &Played<'_>, progress: &Progress) -> Page {
    let of = played.cards.len();
    let mut page = titled(played.lesson, String::from("done"));
    let best = progress.best(played.lesson);
    page.push(Line::text(vec![
        Span::new(
            format!("{} of {of} right at the first try", played.right),
            Role::Heading,
        ),
        Span::faint(match best {
            Some((right, of)) => format!("  your best: {right} of {of}"),
            None => String::new(),
        }),
    ]));
    page.push(Line::blank());
    page.push(Line::text(vec![Span::plain(played.lesson.learnt())]));
    page.push(Line::blank());
    if let Some(card) = played.cards.last() {
        page.push(link(
            &format!("see it: {} of {}", card.leads.0.name(), card.class.qualname),
            LessonLink::See,
        ));
    }
    page.push(link("once more", LessonLink::Begin(played.lesson.number())));
    if let Some(next) = Lesson::of(played.lesson.number() + 1) {
        page.push(link(
            &format!("lesson {}: {}", next.number(), next.title()),
            LessonLink::Begin(next.number()),
        ));
    }
    page.push(link("all lessons", LessonLink::All));
    page
}
