//! `Reader`: takes a log line by line and gives what it says.

use std::collections::hash_map::Entry;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::traceback::decoration;
use crate::traceback::plain::{Plain, exception};
use crate::traceback::pytest::{Pytest, is_kind};
use crate::traceback::report::{Form, Frame, Log, Report};

/// The longest line that is looked at, in bytes; what is behind that is not. No message of CPython is as long.
const LONGEST_LINE: usize = 16_384;

/// The header of a traceback in a line of JSON.
const ESCAPED: &str = "Traceback (most recent call last):\\n";

/// How many different reports are kept.
const MOST_REPORTS: usize = 2000;

/// How many tracebacks without an end are told.
const MOST_CUT: usize = 100;

/// What tells two reports apart.
type Key = (String, String, Option<Frame>);

/// How many writers of one log are told apart; further ones are taken for one.
const MOST_WRITERS: usize = 64;

/// What one of the programs that write into a log is about to tell.
#[derive(Default)]
struct Writer {
    plain: Option<Plain>,
    pytest: Pytest,
    /// Whether the next line may name a member of an exception group.
    is_member: bool,
}

/// Reads a log.
#[derive(Default)]
pub struct Reader {
    log: Log,
    /// By what stands before their lines.
    writers: IndexMap<String, Writer, FxBuildHasher>,
    known: FxHashMap<Key, usize>,
    /// The report that came last, and whether the next one was raised from it.
    last: Option<usize>,
    is_cause: bool,
    /// The exception that the line before this one names by itself.
    above: (usize, Option<(String, String)>),
}

impl Reader {
    /// A reader that has read nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a whole text.
    pub fn read(text: &str) -> Log {
        let mut reader = Self::new();
        for line in text.lines() {
            reader.line(line);
        }
        reader.finish()
    }

    /// Takes the next line.
    pub fn line(&mut self, raw: &str) {
        self.log.lines += 1;
        let number = self.log.lines;
        let raw = &raw[..raw.floor_char_boundary(LONGEST_LINE)];
        let text = decoration::without_colours(raw);
        // A logger that writes JSON puts a whole traceback into one line.
        if let Some(at) = text.find(ESCAPED) {
            let string = &text[at..];
            let mut ends = string.match_indices('"').map(|(at, _)| at);
            let end = ends.find(|at| !string[..*at].ends_with('\\'));
            let end = end.unwrap_or(string.len());
            for part in string[..end].split("\\n") {
                self.divided(&part.replace("\\\"", "\""), number);
            }
            return;
        }
        self.divided(&text, number);
    }

    fn divided(&mut self, text: &str, number: usize) {
        let (tag, text) = decoration::divide(text);
        self.version(text);
        let is_known = self.writers.contains_key(&tag);
        let tag = if is_known || self.writers.len() < MOST_WRITERS {
            tag
        } else {
            String::new()
        };
        let mut writer = self.writers.swap_remove(&tag).unwrap_or_default();
        self.line_of(&mut writer, text, number);
        self.writers.insert(tag, writer);
    }

    fn line_of(&mut self, writer: &mut Writer, text: &str, number: usize) {
        if let Some(plain) = &mut writer.plain {
            if plain.take(text, number) {
                return;
            }
            self.close(writer);
        }
        let (line, above) = std::mem::take(&mut self.above);
        let above = above.filter(|_| line + 1 == number);
        if let Some((kind, message)) = exception(text).filter(|(kind, _)| is_kind(kind)) {
            self.above = (number, Some((kind.to_owned(), message.to_owned())));
        }
        if let Some(plain) = Plain::open(text, number, above) {
            self.close_test(writer);
            writer.plain = Some(plain);
            return;
        }
        if std::mem::take(&mut writer.is_member) {
            self.member(text, number);
        }
        if is_divider(text) {
            writer.is_member = true;
            return;
        }
        if text.contains("The above exception was the direct cause of the following exception:") {
            self.close_test(writer);
            self.is_cause = true;
        }
        if let Some(report) = writer.pytest.take(text, number) {
            self.add(report);
        }
    }

    /// Gives what was read.
    pub fn finish(mut self) -> Log {
        for mut writer in std::mem::take(&mut self.writers).into_values() {
            self.close(&mut writer);
            self.close_test(&mut writer);
        }
        let mut log = self.log;
        without_repetitions(&mut log.reports);
        log
    }

    /// Ends a traceback.
    fn close(&mut self, writer: &mut Writer) {
        let Some(plain) = writer.plain.take() else {
            return;
        };
        let begins = plain.begins;
        match plain.close() {
            Some(report) => self.add(report),
            None if self.log.cut.len() < MOST_CUT => self.log.cut.push(begins),
            None => {}
        }
    }

    fn close_test(&mut self, writer: &mut Writer) {
        if let Some(report) = writer.pytest.finish() {
            self.add(report);
        }
    }

    /// `    | ValueError: no` right behind the line that divides two members of a group: it was never raised.
    fn member(&mut self, text: &str, number: usize) {
        let Some(inner) = text.trim_start().strip_prefix("| ") else {
            return;
        };
        let inner = inner.trim_start_matches("| ");
        let Some((kind, message)) = exception(inner).filter(|(_, message)| !message.is_empty())
        else {
            return;
        };
        self.add(Report {
            kind: kind.to_owned(),
            message: message.to_owned(),
            notes: vec![],
            frames: vec![],
            form: Form::Member,
            line: number,
            count: 1,
            is_cut: false,
        });
    }

    fn add(&mut self, report: Report) {
        let is_cause = std::mem::take(&mut self.is_cause);
        // Before 3.12 what `__set_name__` raises is the cause of an exception that says no more than where that was.
        if report
            .message
            .starts_with("Error calling __set_name__ on '")
            && is_cause
            && let Some(cause) = self.last.and_then(|at| self.log.reports.get_mut(at))
        {
            if !cause.notes.contains(&report.message) {
                cause.notes.push(report.message);
            }
            // The statement is a frame of the other one only: the cause begins inside of what it calls.
            for frame in report.frames.into_iter().rev() {
                if !cause.frames.contains(&frame) {
                    cause.frames.insert(0, frame);
                }
            }
            return;
        }
        let key = (
            report.kind.clone(),
            report.message.clone(),
            report.frames.last().cloned(),
        );
        match self.known.entry(key) {
            Entry::Occupied(known) => {
                let at = *known.get();
                self.log.reports[at].count += 1;
                self.last = Some(at);
            }
            Entry::Vacant(_) if self.log.reports.len() >= MOST_REPORTS => self.log.left_out += 1,
            Entry::Vacant(free) => {
                let at = self.log.reports.len();
                free.insert(at);
                self.last = Some(at);
                self.log.reports.push(report);
            }
        }
    }

    /// Which Python it was, where a line tells: pytest's heading, the folder of a standard library.
    fn version(&mut self, text: &str) {
        if self.log.python.is_some() {
            return;
        }
        let start = ["-- Python 3.", "/lib/python3."]
            .into_iter()
            .find_map(|words| text.find(words).map(|at| at + words.len()));
        let Some(start) = start else { return };
        let minor: String = text[start..]
            .chars()
            .take_while(char::is_ascii_digit)
            .take(3)
            .collect();
        if !minor.is_empty() {
            self.log.python = Some(format!("3.{minor}"));
        }
    }
}

/// `  +-+---------------- 1 ----------------`, or the line behind the last member of a group.
fn is_divider(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '|']);
    text.strip_prefix('+')
        .is_some_and(|rest| rest.starts_with("-+--") || rest.starts_with("----"))
}

/// Takes out what is told a second time in less words: by pytest's summary, or without a line of source.
fn without_repetitions(reports: &mut Vec<Report>) {
    let mut placed: FxHashMap<(String, String), usize> = FxHashMap::default();
    for (at, report) in reports.iter().enumerate() {
        if !report.frames.is_empty() {
            let key = (report.kind.clone(), report.message.clone());
            placed.entry(key).or_insert(at);
        }
    }
    for at in 0..reports.len() {
        let report = &reports[at];
        let is_bare = report.frames.is_empty() && report.form == Form::Pytest;
        let key = (report.kind.clone(), report.message.clone());
        if let Some(&other) = placed.get(&key).filter(|_| is_bare) {
            let count = std::mem::take(&mut reports[at].count);
            reports[other].count += count;
        }
    }
    reports.retain(|report| report.count > 0);
    let whole: Vec<(String, String)> = reports
        .iter()
        .filter(|it| it.form != Form::Summary)
        .map(|it| (it.name().to_owned(), first_line(&it.message).to_owned()))
        .collect();
    reports.retain(|report| {
        let said = first_line(&report.message);
        report.form != Form::Summary
            || !whole
                .iter()
                .any(|(kind, message)| kind == report.name() && message.starts_with(said))
    });
}

fn first_line(message: &str) -> &str {
    message.lines().next().unwrap_or("").trim_end()
}
