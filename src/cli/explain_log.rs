//! `mroscope explain -` and `mroscope explain ci.log`: what is about a class in the output of a program, answered.
#![expect(
    clippy::disallowed_methods,
    reason = "the log that a person names is read here"
)]

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal as _};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::analysis::{Analysis, Places, Spot, SpotText};
use crate::cli::args::ExplainArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::paint;
use crate::cli::session::Session;
use crate::error::{Error, Kind};
use crate::traceback::{Frame, Log, Reader, Report};
use crate::view::{self, Answer, Verdict};

/// Bytes of a line that are kept; a message of CPython is never as long.
const LONGEST_LINE: usize = 16_384;

/// Where a log comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LogSource {
    /// Standard input.
    Input,
    /// A file.
    File(PathBuf),
}

impl LogSource {
    /// The log that an argument names, if it names one: `-`, or a file that is no Python.
    pub(super) fn of(asked: &str) -> Option<Self> {
        if asked == "-" {
            return Some(Self::Input);
        }
        let path = Path::new(asked);
        let is_python = path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("py") || end.eq_ignore_ascii_case("pyi"));
        (path.is_file() && !is_python).then(|| Self::File(path.to_owned()))
    }

    /// Its name for a person.
    fn name(&self) -> String {
        match self {
            Self::Input => "standard input".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }
}

/// Reads a log, and prints a page, or one JSON object. A report about a class is told by the exit code.
pub(super) fn explain_log(
    session: &mut Session<'_>,
    arguments: &ExplainArguments,
    from: &LogSource,
) -> Result<Ending, Stop> {
    let path = arguments.path.as_deref().unwrap_or(Path::new("."));
    let log = read(from)?;
    // Its words and its library are those of the Python that wrote the log.
    let version = log.python.as_deref().and_then(|it| it.parse().ok());
    let analysis = session.load_as(path, version)?;
    let places = analysis.places();
    let answers = view::answers(&places, &log);
    if arguments.json {
        let said = as_json(&places, &log, &answers);
        session.streams.line(&said.to_string())?;
    } else {
        let page = view::traceback(&places, &log, &from.name(), &answers);
        paint::page(session.streams, &session.styles, &page)?;
    }
    if log.lines == 0 && *from == LogSource::Input {
        session
            .message("hint: tracebacks go to standard error: pytest 2>&1 | mroscope explain -")?;
    }
    let is_found = answers.iter().any(|it| it.verdict != Verdict::NotAsked);
    Ok(if is_found {
        Ending::Found
    } else {
        Ending::Done
    })
}

fn read(from: &LogSource) -> Result<Log, Error> {
    let cannot = |error: io::Error| {
        Error::new(Kind::Input, format!("`{}` cannot be read", from.name())).caused_by(error)
    };
    match from {
        LogSource::Input => {
            let input = io::stdin();
            if input.is_terminal() {
                return Err(
                    Error::new(Kind::Usage, "nothing is piped into it").hint(
                        "pipe what a program prints: pytest 2>&1 | mroscope explain -, or name a file that holds it",
                    ),
                );
            }
            lines(input.lock()).map_err(cannot)
        }
        LogSource::File(path) => {
            let file = File::open(path).map_err(cannot)?;
            lines(BufReader::new(file)).map_err(cannot)
        }
    }
}

/// Reads line by line, whatever the bytes are: of a line without end only the beginning is kept.
fn lines(mut input: impl BufRead) -> io::Result<Log> {
    let mut reader = Reader::new();
    let mut line: Vec<u8> = vec![];
    let mut is_begun = false;
    loop {
        let bytes = match input.fill_buf() {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if bytes.is_empty() {
            break;
        }
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let part = &bytes[..end.unwrap_or(bytes.len())];
        let room = LONGEST_LINE.saturating_sub(line.len());
        // Text of two bytes a character, as some shells of Windows redirect it, has a zero in every other one.
        line.extend(part.iter().take(room).filter(|byte| **byte != 0));
        is_begun = true;
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            reader.line(&String::from_utf8_lossy(&line));
            line.clear();
            is_begun = false;
        }
    }
    if is_begun {
        reader.line(&String::from_utf8_lossy(&line));
    }
    Ok(reader.finish())
}

/// The form that `docs/json.md` describes.
fn as_json(places: &Places<'_>, log: &Log, answers: &[Answer]) -> Value {
    let reports: Vec<Value> = answers
        .iter()
        .map(|answer| answered(places, log, answer))
        .collect();
    json!({
        "lines": log.lines,
        "python": log.python,
        "cut": log.cut,
        "reports": reports,
    })
}

fn answered(places: &Places<'_>, log: &Log, answer: &Answer) -> Value {
    let analysis = places.analysis();
    let reports: Vec<&Report> = answer.reports.iter().map(|&at| &log.reports[at]).collect();
    let first = reports.iter().min_by_key(|it| it.line);
    let mut said = Map::new();
    if let Some(first) = first {
        said.insert("exc".into(), json!(first.name()));
        said.insert("msg".into(), json!(first.message));
        said.insert("at".into(), json!(first.line));
    }
    let count: usize = reports.iter().map(|it| it.count).sum();
    said.insert("count".into(), json!(count));
    said.insert("about".into(), json!(answer.about.name()));
    said.insert("verdict".into(), json!(answer.verdict.name()));
    let class = answer.class.map(|id| analysis.class(id));
    said.insert(
        "id".into(),
        json!(class.map(|class| class.path().to_string())),
    );
    if let Some(class) = class
        && let Some(place) = class.place()
    {
        let file = analysis.file(place.file);
        said.insert("file".into(), json!(file.shown));
        said.insert("line".into(), json!(file.line(place.start)));
    }
    let lines: Vec<String> = answer
        .said
        .lines
        .iter()
        .map(|line| line.plain().trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    said.insert("says".into(), json!(lines));
    let mut frames: Vec<Value> = vec![];
    for frame in reports.iter().flat_map(|it| &it.frames) {
        let spot = places.spot(&frame.path, frame.line, frame.source.as_deref());
        let frame = as_frame(analysis, frame, spot);
        if !frames.contains(&frame) {
            frames.push(frame);
        }
    }
    said.insert("frames".into(), json!(frames));
    Value::Object(said)
}

/// A frame as the log has it, and where it is found.
fn as_frame(analysis: &Analysis, frame: &Frame, spot: Option<Spot>) -> Value {
    let mut said = Map::new();
    said.insert("path".into(), json!(frame.path));
    said.insert("at".into(), json!(frame.line));
    if let Some(spot) = spot {
        let file = analysis.file(spot.file);
        said.insert("file".into(), json!(file.shown));
        said.insert("line".into(), json!(spot.line));
        let text = match spot.text {
            SpotText::NotTold => Value::Null,
            SpotText::Same => json!("same"),
            SpotText::Moved => json!("moved"),
            SpotText::Gone => json!("gone"),
        };
        said.insert("text".into(), text);
    }
    Value::Object(said)
}
