//! The answer to a log: each report of an exception that is about a class, the class, and why it is so.

mod abstracts;
mod arguments;
mod attributes;
mod context;
mod creation;
mod properties;
mod receivers;
mod supers;

use crate::analysis::{Analysis, ClassRef, Places};
use crate::semantics::{ClassId, Outcome};
use crate::traceback::{Complaint, Log, Report, SuperFault};
use crate::view::bounded::{LONGEST, one_line, shortened};
use crate::view::traceback::context::Context;
use crate::view::words::{self, class_link, class_span, count, place_link};
use crate::view::{Body, Line, Link, Page, Role, Span};

/// How many reports are told apart on a page.
const MOST: usize = 200;

/// How many places of one report are named.
const PLACES: usize = 3;

/// A report, and what mroscope says to it.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Reports of the log that have this answer: indexes into its list.
    pub reports: Vec<usize>,
    /// What the report is about.
    pub about: About,
    /// The class it is about.
    pub class: Option<ClassId>,
    /// What came of looking for a reason.
    pub verdict: Verdict,
    /// The reason, line by line.
    pub said: Page,
}

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum About {
    /// A class that is not made.
    Creation,
    /// An abstract class that is called.
    Abstract,
    /// `super()`.
    Super,
    /// The arguments of a method.
    Arguments,
    /// An attribute that is not there.
    Attribute,
    /// An attribute that a descriptor, a slot or a class does not let go.
    Descriptor,
    /// Something else.
    Other,
}

impl About {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Creation => "creation",
            Self::Abstract => "abstract",
            Self::Super => "super",
            Self::Arguments => "arguments",
            Self::Attribute => "attribute",
            Self::Descriptor => "descriptor",
            Self::Other => "other",
        }
    }
}

/// What came of looking for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// There is one.
    Explained,
    /// The class is found, and nothing of it is a reason: mostly it has changed since.
    NoReason,
    /// The class is found, and not all of it is known.
    Unknown,
    /// The class is not found.
    NotPlaced,
    /// It is not about a class.
    NotAsked,
}

impl Verdict {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Explained => "explained",
            Self::NoReason => "no_reason",
            Self::Unknown => "unknown",
            Self::NotPlaced => "not_placed",
            Self::NotAsked => "not_about_a_class",
        }
    }
}

/// What one part of the page has found out.
struct Said<'a> {
    about: About,
    class: Option<ClassRef<'a>>,
    verdict: Verdict,
    page: Page,
}

/// Answers each report of a log; those with one answer together.
pub fn answers(places: &Places<'_>, log: &Log) -> Vec<Answer> {
    let mut answers: Vec<Answer> = vec![];
    for (index, report) in log.reports.iter().enumerate() {
        let said = said(places, report);
        let same = answers.iter_mut().find(|answer| {
            let first = &log.reports[answer.reports[0]];
            answer.class.is_some()
                && answer.class == said.class.map(ClassRef::id)
                && answer.about == said.about
                && answer.verdict == said.verdict
                && first.kind == report.kind
                && first.message == report.message
                && answer.said == said.page
        });
        match same {
            Some(answer) => answer.reports.push(index),
            None => answers.push(Answer {
                reports: vec![index],
                about: said.about,
                class: said.class.map(ClassRef::id),
                verdict: said.verdict,
                said: said.page,
            }),
        }
    }
    answers
}

/// Answers one report.
fn said<'a>(places: &Places<'a>, report: &Report) -> Said<'a> {
    let context = Context::of(places, report);
    let complaint = report.complaint();
    let said = match &complaint {
        Complaint::Creation => Some(creation::said(&context)),
        Complaint::SetName { owner, .. } => Some(creation::said_of(&context, owner)),
        Complaint::Abstract { class, names } => Some(abstracts::said(&context, class, names)),
        Complaint::Super(fault) => Some(supers::said(&context, fault)),
        Complaint::Arguments { class, method } => creation::of_its_frames(&context)
            .or_else(|| arguments::said(&context, class.as_deref(), method.as_deref()))
            .or_else(|| arguments::not_placed(class.as_deref(), method.as_deref())),
        Complaint::NoAttribute {
            class,
            name,
            on_class,
            no_dict,
        } => {
            let asked = attributes::Asked {
                class,
                name,
                on_class: *on_class,
                no_dict: *no_dict,
            };
            Some(attributes::said(&context, &asked))
        }
        Complaint::EmptySlot { name } => attributes::empty_slot(&context, name),
        Complaint::ReadOnly { .. }
        | Complaint::Property { .. }
        | Complaint::NotWritable { .. }
        | Complaint::Immutable { .. }
        | Complaint::Frozen { .. }
        | Complaint::Member { .. }
        | Complaint::NoCache { .. } => Some(properties::said(&context, &complaint)),
        Complaint::Other => creation::of_its_frames(&context),
    };
    // What is left of the message may be too little to tell.
    let may_be_about_a_class =
        report.is_cut && matches!(report.name(), "TypeError" | "AttributeError");
    said.unwrap_or(Said {
        about: About::Other,
        class: None,
        verdict: if may_be_about_a_class {
            Verdict::NotPlaced
        } else {
            Verdict::NotAsked
        },
        page: Page::default(),
    })
}

/// The page: every answer, then what could not be placed, then what is not about a class.
pub fn traceback(places: &Places<'_>, log: &Log, name: &str, answers: &[Answer]) -> Page {
    let mut page = Page {
        title: vec![
            Span::new("Log", Role::Heading),
            Span::faint(format!("  {}", shortened(name, LONGEST))),
        ],
        ..Page::default()
    };
    summary(&mut page, places.analysis(), log, answers);
    let asked: Vec<&Answer> = answers
        .iter()
        .filter(|answer| !matches!(answer.verdict, Verdict::NotPlaced | Verdict::NotAsked))
        .collect();
    for answer in asked.iter().take(MOST) {
        push(&mut page, places, log, answer);
    }
    if asked.len() > MOST {
        page.heading(&format!("{} more are not shown", asked.len() - MOST));
    }
    not_placed(&mut page, places, log, answers);
    others(&mut page, log, answers);
    page
}

fn number(answers: &[Answer], verdict: Verdict) -> usize {
    answers.iter().filter(|it| it.verdict == verdict).count()
}

/// The first lines: how many reports of which kind, and whether the log is of this world.
fn summary(page: &mut Page, analysis: &Analysis, log: &Log, answers: &[Answer]) {
    let lines = count(log.lines, "line", "lines");
    if answers.is_empty() {
        page.push(Line::text(vec![Span::plain(format!(
            "{lines}, and no report of an exception in them"
        ))]));
    } else {
        let mut said = vec![];
        for (verdict, words) in [
            (Verdict::Explained, "explained"),
            (Verdict::NoReason, "for which mroscope sees no reason"),
            (Verdict::Unknown, "of which not all is known"),
            (Verdict::NotPlaced, "not placed"),
            (Verdict::NotAsked, "not about a class"),
        ] {
            let number = number(answers, verdict);
            if number > 0 {
                said.push(format!("{number} {words}"));
            }
        }
        let reports = count(answers.len(), "exception", "exceptions");
        page.push(Line::text(vec![Span::plain(format!(
            "{reports} in {lines}: {}",
            said.join(", ")
        ))]));
    }
    let is_lost = |it: &Answer| it.verdict == Verdict::NotPlaced;
    let is_asked = |it: &&Answer| it.verdict != Verdict::NotAsked;
    let has_lines = log.reports.iter().any(|it| !it.frames.is_empty());
    if has_lines
        && number(answers, Verdict::NotPlaced) > 0
        && answers.iter().filter(is_asked).all(is_lost)
    {
        page.push(Line::text(vec![Span::new(
            format!(
                "none of it is in {}: --path names the project that the log is of",
                analysis.world.project
            ),
            Role::Warning,
        )]));
    }
    if let Some(python) = &log.python
        && *python != analysis.world.python
    {
        page.push(Line::text(vec![Span::new(
            format!(
                "the log is of Python {python}, what stands here is for {}: --python-version {python} asks for the other",
                analysis.world.python
            ),
            Role::Warning,
        )]));
    }
    for at in log.cut.iter().take(PLACES) {
        page.push(Line::text(vec![Span::new(
            format!("line {at} of the log begins a traceback that has no end"),
            Role::Warning,
        )]));
    }
    if log.cut.len() > PLACES {
        let more = log.cut.len() - PLACES;
        page.push(Line::text(vec![Span::new(
            format!("{more} more tracebacks have no end"),
            Role::Warning,
        )]));
    }
    if log.left_out > 0 {
        page.push(Line::text(vec![Span::new(
            format!("{} more reports were left out", log.left_out),
            Role::Warning,
        )]));
    }
}

/// One answer.
fn push(page: &mut Page, places: &Places<'_>, log: &Log, answer: &Answer) {
    let analysis = places.analysis();
    let report = &log.reports[answer.reports[0]];
    page.push(Line::blank());
    page.push(Line::text(vec![Span::new(
        one_line(&report.said(), 4 * LONGEST),
        Role::Error,
    )]));
    if let Some(id) = answer.class {
        let class = analysis.class(id);
        let mut spans = vec![
            Span::plain("  "),
            class_span(class),
            Span::faint(format!("  {}", class.path().module)),
        ];
        if let Some(place) = class.place() {
            spans.push(Span::faint(format!("  {}", analysis.say_place(place))));
        }
        page.push(Line::text(spans).to(class_link(class)));
    }
    told(page, places, log, answer);
    append(page, &answer.said);
    if let Some(command) = go_on(analysis, report, answer) {
        let class = answer.class.map(|id| analysis.class(id));
        page.push(
            Line::text(vec![Span::faint("  go on: "), Span::plain(command)])
                .to(class.and_then(class_link)),
        );
    }
}

/// The command that shows more of a class.
fn go_on(analysis: &Analysis, report: &Report, answer: &Answer) -> Option<String> {
    let class = analysis.class(answer.class?);
    class.place()?;
    let path = class.path().to_string();
    let show = |page: &str| format!("mroscope show {} --page {page}", shell_word(&path));
    let why = |name: &str| format!("mroscope why {}", shell_word(&format!("{path}.{name}")));
    let complaint = report.complaint();
    let said = match (answer.about, &complaint) {
        (About::Creation, _) if matches!(class.outcome(), Outcome::Raises(_)) => {
            format!("mroscope explain {}", shell_word(&path))
        }
        (About::Creation, _) => show("mro"),
        (About::Super, Complaint::Super(SuperFault::NoAttribute { name })) => {
            format!("{} --access super", why(name))
        }
        (About::Super, Complaint::Arguments { method, .. }) => {
            format!(
                "{} --access super",
                why(method.as_deref().unwrap_or("__init__"))
            )
        }
        (About::Arguments, Complaint::Arguments { method, .. }) => {
            why(method.as_deref().unwrap_or("__init__"))
        }
        (
            About::Descriptor,
            Complaint::Property {
                name: Some(name), ..
            }
            | Complaint::ReadOnly { name, .. }
            | Complaint::NoCache { name, .. },
        ) => why(name),
        (About::Descriptor, _) => show("descriptors"),
        (About::Abstract | About::Attribute, _) => show("members"),
        (About::Super | About::Arguments | About::Other, _) => show("mro"),
    };
    Some(said)
}

/// The text as a shell takes it for one word.
fn shell_word(text: &str) -> String {
    if text.contains(['<', '>', ' ', '$', '&', ';', '|', '*']) {
        format!("'{}'", text.replace('\'', ""))
    } else {
        text.to_owned()
    }
}

/// Where the log tells it, how often, and from which line of the project.
fn told(page: &mut Page, places: &Places<'_>, log: &Log, answer: &Answer) {
    let analysis = places.analysis();
    let reports = || answer.reports.iter().map(|&index| &log.reports[index]);
    let times: usize = reports().map(|it| it.count).sum();
    let first = reports().map(|it| it.line).min().unwrap_or(0);
    let mut lines: Vec<(String, Option<Link>)> = vec![];
    for report in reports() {
        // Where the project's own code was; what it called of a library is not of interest.
        let found = report.frames.iter().rev().find_map(|frame| {
            let source = frame.source.as_deref();
            Some((frame, places.spot(&frame.path, frame.line, source)?))
        });
        let last = report.frames.last().map(|frame| (frame, None));
        let found = found.map(|(frame, spot)| (frame, Some(spot)));
        let Some((frame, spot)) = found.or(last) else {
            continue;
        };
        let (said, link) = match spot {
            Some(spot) => (
                format!("{}:{}", analysis.file(spot.file).shown, spot.line),
                Some(Link::Source {
                    file: spot.file,
                    line: spot.line,
                }),
            ),
            None => (format!("{}:{}", frame.path, frame.line), None),
        };
        if !lines.iter().any(|(known, _)| *known == said) {
            lines.push((said, link));
        }
    }
    let often = if times == 1 {
        format!("  line {first} of the log")
    } else {
        format!("  {times} times, first on line {first} of the log")
    };
    let named: Vec<&str> = lines
        .iter()
        .take(PLACES)
        .map(|(said, _)| said.as_str())
        .collect();
    let mut said = often;
    if !named.is_empty() {
        said = format!("{said}, raised at {}", named.join(", "));
    }
    if lines.len() > PLACES {
        said = format!("{said} and {} more", lines.len() - PLACES);
    }
    let link = lines.into_iter().next().and_then(|(_, link)| link);
    page.push(Line::text(vec![Span::faint(said)]).to(link));
}

/// Adds the lines of one page to another.
fn append(page: &mut Page, other: &Page) {
    let first = page.tables.len();
    page.tables.extend(other.tables.iter().cloned());
    let opens_with_heading = other.lines.first().is_some_and(|line| {
        matches!(&line.body, Body::Text(spans) if spans.first().is_some_and(|it| it.role == Role::Heading))
    });
    if opens_with_heading {
        page.push(Line::blank());
    }
    for line in &other.lines {
        let mut line = line.clone();
        if let Body::Row { table, .. } | Body::Named { table, .. } = &mut line.body {
            *table += first;
        }
        page.push(line);
    }
}

/// Reports that are about a class which was not found.
fn not_placed(page: &mut Page, places: &Places<'_>, log: &Log, answers: &[Answer]) {
    let lost: Vec<&Answer> = answers
        .iter()
        .filter(|it| it.verdict == Verdict::NotPlaced)
        .collect();
    if lost.is_empty() {
        return;
    }
    page.heading("could not be placed");
    let mut is_cut = false;
    for answer in lost.iter().take(MOST) {
        let report = &log.reports[answer.reports[0]];
        page.push(Line::text(vec![
            Span::plain(format!("  line {}  ", report.line)),
            Span::new(one_line(&report.said(), 2 * LONGEST), Role::Error),
        ]));
        append(page, &answer.said);
        let known = report.frames.iter().filter(|it| {
            places
                .spot(&it.path, it.line, it.source.as_deref())
                .is_some()
        });
        let frames = report.frames.len();
        let why = match (frames, known.count()) {
            (0, _) if report.is_cut => {
                is_cut = true;
                continue;
            }
            (0, _) => "the log shows no line of source".to_owned(),
            (_, 0) => {
                let last = report.frames.last();
                let last = last.map_or_else(String::new, |it| format!("{}:{}", it.path, it.line));
                format!("no file of this project is {}", shortened(&last, LONGEST))
            }
            _ => continue,
        };
        page.push(Line::text(vec![Span::faint(format!("    {why}"))]));
    }
    if is_cut {
        page.push(Line::text(vec![Span::faint(
            "  the log shortens messages and shows no line of source: pytest --tb=short has both",
        )]));
    }
}

/// Reports that are not about a class.
fn others(page: &mut Page, log: &Log, answers: &[Answer]) {
    let others: Vec<&Answer> = answers
        .iter()
        .filter(|it| it.verdict == Verdict::NotAsked)
        .collect();
    if others.is_empty() {
        return;
    }
    page.heading("not about a class");
    for answer in others.iter().take(PLACES * 4) {
        let report = &log.reports[answer.reports[0]];
        page.push(Line::text(vec![
            Span::faint(format!("  line {}  ", report.line)),
            Span::plain(one_line(&report.said(), LONGEST)),
        ]));
    }
    if others.len() > PLACES * 4 {
        let more = others.len() - PLACES * 4;
        page.push(Line::text(vec![Span::faint(format!("  and {more} more"))]));
    }
}

/// Says that no class has the name of a message.
fn no_class(page: &mut Page, name: &str) {
    page.push(Line::text(vec![Span::faint(format!(
        "    no class that is read here is called {}",
        shortened(name, LONGEST)
    ))]));
}

/// A class and where it stands, as a line that leads there.
fn class_line(before: &str, class: ClassRef<'_>, after: &str) -> Line {
    Line::text(vec![
        Span::plain(before),
        class_span(class),
        Span::plain(after),
        Span::plain("  "),
        words::made_at(class),
    ])
    .to(place_link(class.analysis(), class.place()).or_else(|| class_link(class)))
}
