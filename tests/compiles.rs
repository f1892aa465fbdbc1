//! What CPython compiles and what it refuses, small texts asked of mroscope and of every CPython of this machine, and of the whole of
//! its own test suite where `MROSCOPE_COMPILES` names it.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use mroscope::syntax::parse;

use crate::support::python::{Interpreter, interpreters};

/// Texts, with a line of dashes between them.
const TEXTS: &str = include_str!("compiles/texts.txt");

/// Asks for each text, one a record, whether it compiles.
const ASK: &str = "\
import sys, warnings
warnings.simplefilter('ignore')
for text in sys.stdin.buffer.read().decode().split('\\0'):
    try:
        compile(text, 'text.py', 'exec', dont_inherit=True)
        print('yes')
    except Exception as error:
        print('no', str(error).replace('\\n', ' '))
";

fn theirs(interpreter: &Interpreter, texts: &[&str]) -> Vec<String> {
    let mut child = interpreter
        .command()
        .args(["-c", ASK])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a CPython that was found can be started");
    let mut input = child.stdin.take().expect("its input is a pipe");
    input
        .write_all(texts.join("\0").as_bytes())
        .expect("it reads what it is asked");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let text = String::from_utf8(output.stdout).expect("it prints text");
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_text_compiles_where_cpython_compiles_it() {
    let texts: Vec<&str> = TEXTS.split("--\n").collect();
    let mut wrong = vec![];
    for interpreter in interpreters() {
        let theirs = theirs(&interpreter, &texts);
        assert_eq!(theirs.len(), texts.len(), "each text has an answer");
        for (text, answer) in texts.iter().zip(theirs) {
            let ours = parse(text, interpreter.version).errors;
            if ours.is_empty() != (answer == "yes") {
                wrong.push(format!(
                    "{}: CPython says {answer}, we say {:?} of\n{text}",
                    interpreter.full_version,
                    ours.first()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_files_of_a_library_compile_where_cpython_compiles_them() {
    let Some(folder) = std::env::var_os("MROSCOPE_COMPILES") else {
        return;
    };
    let mut paths = vec![];
    let mut folders = vec![Path::new(&folder).to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "py") {
                paths.push(path);
            }
        }
    }
    let read: Vec<String> = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap_or_default())
        .map(|text| {
            if text.contains('\0') {
                String::new()
            } else {
                text
            }
        })
        .collect();
    let texts: Vec<&str> = read.iter().map(String::as_str).collect();
    let mut wrong = vec![];
    for interpreter in interpreters() {
        let theirs = theirs(&interpreter, &texts);
        for ((text, path), answer) in texts.iter().zip(&paths).zip(theirs) {
            let ours = parse(text, interpreter.version).errors;
            if ours.is_empty() != (answer == "yes") {
                let (path, version) = (path.display(), &interpreter.full_version);
                wrong.push(format!("{path} {version}: {answer} / {:?}", ours.first()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
