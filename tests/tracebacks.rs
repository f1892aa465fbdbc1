//! What mroscope says to a log: tracebacks of every CPython here, of several pytests, dressed up as CI systems do; logs of another machine
//! and of another revision; and what is no log at all.

mod decorated;
mod hostile;
mod recorded;
mod revisions;
mod shell;

use std::process::Stdio;

use mroscope::analysis::Analysis;
use mroscope::source::PythonVersion;
use mroscope::traceback::{Log, Reader};
use mroscope::view::{Answer, Line, Verdict, answers};

use crate::support::Sandbox;
use crate::support::python::{Interpreter, interpreters};
use crate::support::witness::analysis_of;

/// Programs that fail, each with what is to be said of it.
const PROGRAMS: &str = include_str!("tracebacks/programs.py");

/// What a program claims of the answer.
struct Claim {
    /// `creation crossed:Crossed`
    report: String,
    says: Vec<String>,
}

/// A program that is run.
struct Program {
    file: String,
    since: PythonVersion,
    claims: Vec<Claim>,
}

/// The programs that claim something; what else there is is imported by them.
fn programs() -> Vec<Program> {
    let parts = PROGRAMS.split("--- ").skip(1);
    parts
        .filter_map(|part| {
            let (file, text) = part.split_once('\n')?;
            let mut program = Program {
                file: file.to_owned(),
                since: PythonVersion::three(9),
                claims: vec![],
            };
            for line in text.lines() {
                if let Some(since) = line.strip_prefix("# since: ") {
                    program.since = since.parse().expect("it is a version");
                } else if let Some(report) = line.strip_prefix("# report: ") {
                    program.claims.push(Claim {
                        report: report.to_owned(),
                        says: vec![],
                    });
                } else if let Some(says) = line.strip_prefix("# says: ") {
                    let claim = program.claims.last_mut().expect("a report stands before");
                    claim.says.push(says.to_owned());
                }
            }
            (!program.claims.is_empty()).then_some(program)
        })
        .collect()
}

/// What an interpreter prints where it runs a program.
fn printed(interpreter: &Interpreter, sandbox: &Sandbox, file: &str) -> String {
    let output = std::process::Command::new(&interpreter.path)
        .args(["-E", "-s", "-B"])
        .arg(sandbox.path(file))
        .stdin(Stdio::null())
        .output()
        .expect("an interpreter that answered once starts again");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// `creation crossed:Crossed`: what an answer is about.
fn named(analysis: &Analysis, answer: &Answer) -> String {
    let class = answer.class.map(|id| analysis.class(id).path().to_string());
    format!("{} {}", answer.about.name(), class.unwrap_or_default())
}

/// The lines of an answer.
fn lines(answer: &Answer) -> String {
    let lines: Vec<String> = answer.said.lines.iter().map(Line::plain).collect();
    lines.join("\n")
}

/// What is wrong with the answers to a log, by what a program claims.
fn complaints(analysis: &Analysis, log: &Log, claims: &[Claim]) -> Vec<String> {
    let answers = answers(&analysis.places(), log);
    let mut wrong = vec![];
    for answer in &answers {
        if matches!(answer.verdict, Verdict::NotPlaced | Verdict::NoReason) {
            let said = log.reports[answer.reports[0]].said();
            wrong.push(format!(
                "{} {said}\n{}",
                answer.verdict.name(),
                lines(answer)
            ));
        }
    }
    if !log.cut.is_empty() {
        wrong.push(format!("cut at {:?}", log.cut));
    }
    for claim in claims {
        let found = answers
            .iter()
            .find(|it| named(analysis, it) == claim.report);
        let Some(answer) = found else {
            let all: Vec<String> = answers.iter().map(|it| named(analysis, it)).collect();
            wrong.push(format!("no answer is {}: {all:?}", claim.report));
            continue;
        };
        let said = lines(answer);
        for words in &claim.says {
            let told = log.reports[answer.reports[0]].said();
            if !said.contains(words) && !told.contains(words) {
                wrong.push(format!("{}: no `{words}` in\n{said}", claim.report));
            }
        }
    }
    wrong
}

#[test]
fn every_report_of_every_cpython_is_placed_and_answered_whatever_stands_around_its_lines() {
    let sandbox = Sandbox::new(PROGRAMS);
    let programs = programs();
    assert!(programs.len() > 50, "{} programs", programs.len());
    let mut wrong = vec![];
    for interpreter in interpreters() {
        let analysis = analysis_of(&sandbox.root(), interpreter.version);
        let mut answered = 0;
        for program in programs.iter().filter(|it| it.since <= interpreter.version) {
            let printed = printed(&interpreter, &sandbox, &program.file);
            for decorations in [decorated::DECORATIONS, decorated::MARGINS] {
                decorated::holds_decorated(&program.file, &printed, decorations);
            }
            let log = Reader::read(&printed);
            answered += program.claims.len();
            for complaint in complaints(&analysis, &log, &program.claims) {
                wrong.push(format!(
                    "CPython {}, {}: {complaint}\n{printed}",
                    interpreter.full_version, program.file
                ));
            }
        }
        assert!(answered >= 60, "only {answered} reports");
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
