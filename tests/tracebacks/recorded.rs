//! What pytest prints, as several of its versions did in every style, on a machine that is not this one.

use std::path::Path;

use mroscope::source::PythonVersion;
use mroscope::traceback::Reader;
use mroscope::view::{Verdict, answers};

use super::{lines, named};
use crate::support::Sandbox;
use crate::support::witness::analysis_of;

/// The project whose tests failed.
pub(super) const PROJECT: &str = include_str!("pytest/project.py");

/// What is to be said of them, and a few words of it.
const WANTED: &[(&str, &str)] = &[
    ("creation shop.broken:Crossed", "A before B"),
    ("abstract shop.models:Disk", "defined by Cached too late"),
    ("attribute shop.models:Account", "did you mean"),
    ("super shop.models:Savings", "__init__(self, owner)"),
    ("attribute shop.models:Frozen", "no slot `y`"),
    ("descriptor shop.models:Account", "without a setter"),
];

/// The recorded logs: their names, the version of Python in them, their text.
pub(super) fn logs() -> Vec<(String, PythonVersion, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tracebacks/pytest");
    let entries = std::fs::read_dir(folder).expect("the folder stands beside this test");
    let mut logs = vec![];
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".log") else {
            continue;
        };
        let version = stem.split('-').nth(2).expect("its name tells the version");
        let version = version.parse().expect("it is one");
        let text = std::fs::read_to_string(entry.path()).expect("the file is text");
        logs.push((name, version, text));
    }
    logs.sort();
    logs
}

#[test]
fn every_style_of_pytest_is_placed_and_answered() {
    let sandbox = Sandbox::new(PROJECT);
    let logs = logs();
    assert!(logs.len() > 9, "there are logs");
    for (name, version, text) in logs {
        let analysis = analysis_of(&sandbox.root(), version);
        let log = Reader::read(&text);
        assert_eq!(log.python, Some(version.to_string()), "{name}");
        let answers = answers(&analysis.places(), &log);
        let number = |verdict| answers.iter().filter(|it| it.verdict == verdict).count();
        if name.contains("summary.log") {
            // What is cut cannot be placed, and that is said; a message that is the beginning of one alone can.
            assert!(number(Verdict::NotPlaced) > 5, "{name}");
        } else {
            let lost: Vec<String> = answers
                .iter()
                .filter(|it| matches!(it.verdict, Verdict::NotPlaced | Verdict::NoReason))
                .map(|it| log.reports[it.reports[0]].said())
                .collect();
            assert!(lost.is_empty(), "{name}: {lost:?}");
        }
        for (wanted, words) in WANTED {
            let is_native = name.contains("native") && !text.contains("opend");
            let is_there = |it: &&mroscope::view::Answer| {
                named(&analysis, it) == *wanted && lines(it).contains(words)
            };
            let found = answers.iter().any(|it| is_there(&it));
            let may_lack = name.contains("summary") || is_native;
            assert!(found || may_lack, "{name}: {wanted} {words}");
        }
        let other = answers.iter().find(|it| it.verdict == Verdict::NotAsked);
        let other = other.map(|it| log.reports[it.reports[0]].said());
        assert_eq!(other.as_deref(), Some("RuntimeError: no owner"), "{name}");
    }
}

#[test]
fn it_is_so_behind_the_decorations_of_ci() {
    for (name, _, text) in logs() {
        super::decorated::holds_decorated(&name, &text, super::decorated::DECORATIONS);
    }
}
