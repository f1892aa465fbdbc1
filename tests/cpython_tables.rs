//! The embedded tables are what each CPython on this machine says of itself.
//!
//! With `MROSCOPE_WRITE_TABLES=1` the tables are not compared but made anew, from every CPython that is found.

use std::env;
use std::fs;
use std::path::Path;

use mroscope::cpython::{Facts, pack};

use crate::support::python::{self, Interpreter};

const COLLECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cpython/collect.py");
const TABLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cpython/facts");

/// What an interpreter says of itself when `collect.py` runs in it.
fn ask(interpreter: &Interpreter) -> String {
    let output = interpreter
        .command()
        .args(["-S", COLLECT])
        .output()
        .expect("an interpreter that answered once starts again");
    assert!(output.status.success(), "{interpreter:?}: {output:?}");
    String::from_utf8(output.stdout).expect("collect.py writes UTF-8")
}

#[test]
fn a_table_says_what_its_interpreter_says_of_itself() {
    for interpreter in python::interpreters() {
        let bytes = pack(&ask(&interpreter)).expect("what collect.py writes can be packed");
        if env::var_os("MROSCOPE_WRITE_TABLES").is_some() {
            let path = Path::new(TABLES).join(format!("{}.facts", interpreter.version));
            fs::write(&path, &bytes).expect("the tables can be written");
            continue;
        }
        let Some(table) = Facts::of(interpreter.version) else {
            continue;
        };
        let asked = Facts::decode(&bytes).expect("what was packed can be read");
        assert_eq!(asked.version(), table.version());
    }
}
