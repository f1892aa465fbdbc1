//! The same tracebacks as CI systems show them: behind times, names of jobs and services, in colours, at another margin.

use std::fmt::Write as _;

use mroscope::traceback::{Log, Reader};

/// A way to show a line of a log, given its number.
pub(super) type Decoration = (&'static str, fn(usize, &str) -> String);

pub(super) const DECORATIONS: &[Decoration] = &[
    ("GitHub Actions", |number, line| {
        format!(
            "2024-01-01T10:{:02}:{:02}.{number:07}Z {line}",
            number / 60 % 60,
            number % 60
        )
    }),
    ("gh run view --log", |number, line| {
        let mark = if number == 1 { "\u{feff}" } else { "" };
        format!(
            "test (3.11, ubuntu-latest)\tRun pytest -q\t{mark}2024-01-01T10:00:{:02}.{number:07}Z {line}",
            number % 60
        )
    }),
    ("a job's name alone", |_, line| {
        format!("test\tRun pytest\t{line}")
    }),
    ("GitLab with times", |number, line| {
        format!(
            "2024-01-01T10:00:{:02}.{number:06}Z 00O {line}",
            number % 60
        )
    }),
    ("docker compose", |_, line| format!("web-1  | {line}")),
    ("docker compose, cut blanks", |_, line| {
        format!("web-1  | {line}").trim_end().to_owned()
    }),
    ("tox", |_, line| format!("[tox] {line}")),
    ("a logger's time", |number, line| {
        format!("[2024-01-01 10:00:{:02},123] {line}", number % 60)
    }),
    ("a platform's router", |number, line| {
        format!(
            "2024-01-01T10:00:{:02}.000001+00:00 app[web.1]: {line}",
            number % 60
        )
    }),
    ("the system's journal", |number, line| {
        format!("Jan 01 10:00:{:02} host app[1234]: {line}", number % 60)
    }),
    ("Buildkite", |number, line| {
        format!("\u{1b}_bk;t={number}\u{7}{line}\r")
    }),
    ("colours", |_, line| coloured(line)),
    ("colours behind a time", |_, line| {
        format!("2024-01-01T10:00:00.0000000Z {}", coloured(line))
    }),
    ("line ends of Windows", |_, line| format!("{line}\r")),
    ("a service that another one interrupts", |number, line| {
        if number % 3 == 0 {
            format!("web-1  | {line}\ndb-1   | LOG:  checkpoint complete: wrote 3 buffers")
        } else {
            format!("web-1  | {line}")
        }
    }),
];

/// What a whole traceback may stand behind.
pub(super) const MARGINS: &[Decoration] = &[
    ("a margin", |_, line| format!("    {line}")),
    ("pytest's own trouble", |_, line| {
        format!("INTERNALERROR> {line}")
    }),
];

/// A line in the colours of 3.13 and of pytest: numbers, quoted text, the word before a colon.
fn coloured(line: &str) -> String {
    let mut said = String::new();
    for word in line.split_inclusive(' ') {
        let (text, blank) = word.split_at(word.trim_end().len());
        if text.is_empty() {
            said.push_str(word);
        } else {
            write!(said, "\u{1b}[1;35m{text}\u{1b}[0m{blank}").expect("a text takes more text");
        }
    }
    said
}

/// What a log says, without the lines on which it says so.
fn gist(log: &Log) -> Vec<String> {
    let reports = log.reports.iter();
    reports
        .map(|it| {
            let frames: Vec<String> = it
                .frames
                .iter()
                .map(|frame| {
                    format!(
                        "{}:{} {:?} {:?}",
                        frame.path, frame.line, frame.function, frame.source
                    )
                })
                .collect();
            format!("{} ×{} {:?} {frames:?}", it.said(), it.count, it.notes)
        })
        .collect()
}

/// Checks that a log says the same however it is shown.
pub(super) fn holds_decorated(name: &str, plain: &str, decorations: &[Decoration]) {
    let wanted = gist(&Reader::read(plain));
    assert!(!wanted.is_empty(), "{name} has reports");
    for (decoration, decorate) in decorations {
        let mut decorated = String::new();
        for (at, line) in plain.lines().enumerate() {
            decorated.push_str(&decorate(at + 1, line));
            decorated.push('\n');
        }
        let found = gist(&Reader::read(&decorated));
        assert_eq!(found, wanted, "{name}, {decoration}:\n{decorated}");
    }
}
