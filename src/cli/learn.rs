//! `mroscope learn` and `mroscope present`: the explorer opened on the lessons or on the presenter, and a lesson as Markdown.
#![expect(
    clippy::disallowed_methods,
    reason = "the sample that the binary brings is written to a temporary folder, to be read as any project is"
)]

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::app::Opens;
use crate::cli::args::{Arguments, LearnArguments, PresentArguments};
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::{Session, class};
use crate::cli::streams::Streams;
use crate::cli::surroundings::Surroundings;
use crate::cli::{explore, progress};
use crate::error::{Error, Kind};
use crate::load::{Query, Reply, reply};
use crate::source::TemporaryFolder;
use crate::view::{self, Ask, Dealt, Lesson, cards_as_markdown, deal};

/// The sample of the lessons, as it stands in the repository.
const SAMPLE: [(&str, &str); 8] = [
    (
        "__init__.py",
        include_str!("../../samples/learn/mailroom/__init__.py"),
    ),
    (
        "boxes.py",
        include_str!("../../samples/learn/mailroom/boxes.py"),
    ),
    (
        "crossed.py",
        include_str!("../../samples/learn/mailroom/crossed.py"),
    ),
    (
        "desks.py",
        include_str!("../../samples/learn/mailroom/desks.py"),
    ),
    (
        "early.py",
        include_str!("../../samples/learn/mailroom/early.py"),
    ),
    (
        "parcels.py",
        include_str!("../../samples/learn/mailroom/parcels.py"),
    ),
    (
        "shelves.py",
        include_str!("../../samples/learn/mailroom/shelves.py"),
    ),
    (
        "stamps.py",
        include_str!("../../samples/learn/mailroom/stamps.py"),
    ),
];
/// What is presented where no class is named.
const PRESENTED: &str = "mailroom.parcels:Gift";

/// What lessons are played on: a project, or the sample in a folder that is gone with this.
struct Ground {
    path: PathBuf,
    _folder: Option<TemporaryFolder>,
}

impl Ground {
    fn of(path: Option<PathBuf>) -> Result<Self, Error> {
        match path {
            Some(path) => Ok(Self {
                path,
                _folder: None,
            }),
            None => sample().map_err(|error| {
                Error::new(
                    Kind::Input,
                    "the sample cannot be written to the temporary folder",
                )
                .caused_by(error)
            }),
        }
    }
}

fn sample() -> io::Result<Ground> {
    let folder = TemporaryFolder::new()?;
    let path = folder.part("learn").path().to_owned();
    let package = path.join("mailroom");
    fs::create_dir_all(&package)?;
    for (name, text) in SAMPLE {
        fs::write(package.join(name), text)?;
    }
    Ok(Ground {
        path,
        _folder: Some(folder),
    })
}

/// Opens the lessons, lists them, or prints one.
pub(super) fn learn(
    streams: &mut Streams,
    arguments: &Arguments,
    learn: &LearnArguments,
    surroundings: &Surroundings,
) -> Result<Ending, Stop> {
    let number = learn.number();
    if number.is_none() && learn.what.len() > 1 {
        let said = format!("`{}` is not the number of a lesson", learn.what[0]);
        return Err(Error::new(Kind::Usage, said)
            .hint("give the number first: `mroscope learn 2 src`")
            .into());
    }
    if let Some(number) = number
        && Lesson::of(number).is_none()
    {
        let said = format!("there is no lesson {number}");
        return Err(Error::new(Kind::Usage, said)
            .hint("`mroscope learn --list` lists them")
            .into());
    }
    if learn.list {
        return list(streams, surroundings);
    }
    let here = || learn.class.is_some().then(|| PathBuf::from("."));
    let ground = Ground::of(learn.path().or_else(here))?;
    if learn.markdown {
        let Some(lesson) = number.and_then(Lesson::of) else {
            return Err(Error::new(Kind::Usage, "which lesson?")
                .hint("give its number: `mroscope learn 2 --markdown`")
                .into());
        };
        let session = &mut Session::open(streams, &arguments.world, surroundings, &ground.path)?;
        return markdown(session, &ground.path, lesson, learn.class.as_deref());
    }
    let opens = Opens::Lessons {
        number,
        class: learn.class.clone(),
    };
    explore::explore(streams, arguments, surroundings, &ground.path, opens)
}

/// Opens the presenter.
pub(super) fn present(
    streams: &mut Streams,
    arguments: &Arguments,
    present: &PresentArguments,
    surroundings: &Surroundings,
) -> Result<Ending, Stop> {
    let path = present.path.clone();
    let path = path.or_else(|| present.class.is_some().then(|| PathBuf::from(".")));
    let ground = Ground::of(path)?;
    let class = present.class.clone();
    let opens = Opens::Present(class.unwrap_or_else(|| PRESENTED.to_owned()));
    explore::explore(streams, arguments, surroundings, &ground.path, opens)
}

fn list(streams: &mut Streams, surroundings: &Surroundings) -> Result<Ending, Stop> {
    let (progress, trouble) = progress::read(progress::file(surroundings).as_ref());
    for lesson in Lesson::ALL {
        let best = progress.best(lesson);
        let best = best.map_or_else(String::new, |(right, of)| format!("  {right} of {of}"));
        let line = format!("{}  {:<34}{best}", lesson.number(), lesson.title());
        streams.line(line.trim_end())?;
    }
    if let Some(trouble) = trouble {
        writeln!(streams.err, "{}", view::safe(&trouble))?;
    }
    Ok(Ending::Done)
}

/// Prints the cards of a lesson.
fn markdown(
    session: &mut Session<'_>,
    path: &Path,
    lesson: Lesson,
    about: Option<&str>,
) -> Result<Ending, Stop> {
    let loader = session.loader();
    let dealt = loader.load_trying(
        path,
        &|_| (),
        |analysis, run, trials| -> Result<Dealt, Error> {
            let about = about.map(|it| class(&analysis, it)).transpose()?;
            let mut known: HashMap<Query, Reply> = HashMap::new();
            loop {
                let wanted = {
                    let answered = |query: &Query| known.get(query);
                    let mut ask = Ask::of(&answered);
                    let dealt = deal(lesson, &analysis, about, &mut ask);
                    if dealt != Dealt::Waiting {
                        return Ok(dealt);
                    }
                    ask.wanted
                };
                for query in wanted {
                    let answer = reply(&analysis, run, trials, &query);
                    known.insert(query, answer);
                }
            }
        },
    )?;
    match dealt? {
        Dealt::Cards(cards) => {
            let text = cards_as_markdown(lesson, &cards);
            session.streams.line(text.trim_end())?;
            Ok(Ending::Done)
        }
        Dealt::None(why) => Err(Error::new(
            Kind::Usage,
            format!(
                "lesson {} cannot be played here: {}",
                lesson.number(),
                view::safe(&why)
            ),
        )
        .into()),
        Dealt::Waiting => Ok(Ending::Done),
    }
}
