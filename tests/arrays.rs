//! NumPy's arrays beside classes that refuse them, take them, or say that they come first: what NumPy does. Runs where
//! `MROSCOPE_NUMPY_PYTHON` names an interpreter that has it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::support::Sandbox;

const PROGRAM: &str = include_str!("operations/arrays.py");

/// At most so many of the answers may be unknown: what NumPy computes with objects that it knows nothing of is not followed.
const MOST_UNKNOWN: usize = 8;

/// What was asked, which functions of the program began, and how it ended.
#[derive(Debug, Deserialize)]
struct Row {
    #[serde(alias = "expr")]
    line: String,
    calls: Vec<String>,
    raises: Option<String>,
    #[serde(default)]
    status: String,
}

/// The interpreter that has NumPy; none says so, and is a failure where witnesses are required.
fn python() -> Option<PathBuf> {
    let python = env::var_os("MROSCOPE_NUMPY_PYTHON").map(PathBuf::from);
    if python.is_none() {
        assert!(
            env::var_os("MROSCOPE_REQUIRE_PYTHON").is_none(),
            "MROSCOPE_REQUIRE_PYTHON is set, but MROSCOPE_NUMPY_PYTHON names no interpreter"
        );
        #[expect(
            clippy::print_stderr,
            reason = "the reader of a test run must hear of it"
        )]
        {
            eprintln!("MROSCOPE_NUMPY_PYTHON is not set: NumPy was not compared");
        }
    }
    python
}

fn printed(command: &mut Command) -> String {
    let output = command.output().expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

#[derive(Deserialize)]
struct Case {
    rows: Vec<Row>,
}

#[test]
fn arrays_leave_the_answer_to_whom_numpy_leaves_it() {
    let Some(python) = python() else { return };
    let sandbox = Sandbox::new("");
    sandbox.write("began.py", "def began(name): pass\n");
    sandbox.write("case_arrays.py", PROGRAM);
    let mut measure = Command::new(&python);
    measure
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations/measure.py"))
        .arg(sandbox.root());
    let theirs: Case = serde_json::from_str(&printed(&mut measure)).expect("one case, as JSON");
    let mroscope = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mroscope"));
        command
            .args(arguments)
            .arg("--python")
            .arg(&python)
            .env("HOME", sandbox.root().join("home"))
            .env_remove("XDG_DATA_HOME")
            .env_remove("XDG_CACHE_HOME")
            .current_dir(sandbox.root());
        printed(&mut command)
    };
    mroscope(&["snapshot", "numpy"]);
    let mut unknown = vec![];
    for theirs in theirs.rows {
        let line = mroscope(&["op", &theirs.line, ".", "--json"]);
        let mut ours: Row = serde_json::from_str(&line).expect("an answer is a line of JSON");
        ours.calls.retain(|it| it != "began");
        if ours.status == "exact" {
            assert_eq!(
                (&ours.calls, &ours.raises),
                (&theirs.calls, &theirs.raises),
                "{}",
                theirs.line
            );
        } else {
            unknown.push(theirs.line);
        }
    }
    assert!(unknown.len() <= MOST_UNKNOWN, "unknown: {unknown:#?}");
}
