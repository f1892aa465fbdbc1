//! Hard ancestry: class statements whose bases take more than a name to follow, asked of mroscope and of every CPython here.

use std::path::{Path, PathBuf};

use mroscope::source::PythonVersion;

use crate::support::oracle::{Oracle, Row};
use crate::support::python::interpreters;
use crate::support::witness::{analysis_of, rows_of};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/ancestry")
        .join(name)
}

/// What a class statement came to, in words: its MRO and metaclass, or its exception.
fn say(row: &Row) -> String {
    let came_to = match (&row.made, &row.raised) {
        (Some(made), _) => format!("{} of {}", made.mro.join(", "), made.metaclass),
        (None, Some(raised)) => format!("{}: {}", raised.kind, raised.message),
        (None, None) => String::from("not known"),
    };
    format!("{}:{} {}: {came_to}", row.module, row.line, row.name)
}

/// Holds what mroscope says of modules below a folder against all interpreters of at least that version.
fn holds(root: &Path, modules: &[&str], since: PythonVersion) {
    let modules: Vec<String> = modules.iter().map(|&it| it.to_owned()).collect();
    for interpreter in interpreters() {
        if interpreter.version < since {
            continue;
        }
        let theirs = Oracle::start(&interpreter).modules(root, &modules, &[]);
        assert!(
            theirs.len() >= modules.len(),
            "CPython has made the classes"
        );
        let ours: Vec<String> = rows_of(&analysis_of(root, interpreter.version), &[])
            .iter()
            .map(say)
            .collect();
        let wrong: Vec<String> = theirs
            .iter()
            .map(say)
            .filter(|row| !ours.contains(row))
            .collect();
        let said: Vec<&String> = ours
            .iter()
            .filter(|ours| {
                let head = |row: &str| row.split(": ").next().unwrap_or_default().to_owned();
                wrong.iter().any(|wrong| head(wrong) == head(ours))
            })
            .collect();
        assert!(
            wrong.is_empty(),
            "CPython {}: {wrong:#?}\nmroscope: {said:#?}",
            interpreter.full_version
        );
    }
}

#[test]
fn whatever_a_base_is_written_as_the_mro_is_the_interpreters() {
    holds(
        &folder(""),
        &[
            "hard.plain",
            "hard.typed",
            "hard.made",
            "hard.lazy",
            "hard.stars",
        ],
        PythonVersion::three(9),
    );
}

#[test]
fn type_parameters_add_generic_where_the_interpreter_does() {
    holds(&folder("newer"), &["parameters"], PythonVersion::three(12));
}

#[test]
fn a_class_that_its_decorator_makes_again_is_shown_as_it_is_bound() {
    let analysis = analysis_of(&folder("again"), PythonVersion::three(13));
    let rows = rows_of(&analysis, &[]);
    let again = rows.iter().find(|row| row.name == "Again");
    let made = again.and_then(|row| row.made.as_ref()).expect("it is made");
    assert_eq!(made.metaclass, "again:Meta");
    assert_eq!(made.mro, ["again:Again", "builtins:object"]);
}
