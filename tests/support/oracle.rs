//! A CPython that answers questions over a pipe: what each class statement of a program comes to.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::support::python::Interpreter;

/// A running CPython. It ends when this is dropped.
pub(crate) struct Oracle {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// What a class statement came to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Row {
    /// The module whose code it stands in.
    pub(crate) module: String,
    /// The line of the word `class`.
    pub(crate) line: u32,
    /// The name it gives.
    pub(crate) name: String,
    /// The class, if it was made.
    pub(crate) made: Option<RowMade>,
    /// The exception, if not.
    pub(crate) raised: Option<RowRaised>,
}

/// A class object; each class in it as `module:qualname`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct RowMade {
    pub(crate) mro: Vec<String>,
    pub(crate) metaclass: String,
    pub(crate) base: String,
    pub(crate) bases: Vec<String>,
    /// The names in its own namespace, in order.
    pub(crate) own: Vec<String>,
    /// Where each attribute that was asked for is found.
    pub(crate) from: std::collections::BTreeMap<String, String>,
}

/// An exception.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct RowRaised {
    pub(crate) kind: String,
    pub(crate) message: String,
}

impl RowRaised {
    /// The name by which a claim speaks of it, by what is the same in all versions' words; none for what
    /// `type.__new__` does not raise.
    pub(crate) fn reason(&self) -> Option<&'static str> {
        let names = [
            ("metaclass conflict", "metaclass-conflict"),
            ("not an acceptable base type", "unacceptable-base"),
            ("instance lay-out conflict", "layout-conflict"),
            ("__slots__", "slots-conflict"),
            ("slot disallowed", "slots-conflict"),
            ("duplicate base class", "duplicate-base"),
            ("consistent method resolution", "inconsistent-mro"),
        ];
        let found = names.iter().find(|(words, _)| self.message.contains(words));
        found.map(|(_, name)| *name)
    }
}

/// A call of `type.__new__` with classes of the interpreter.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Call {
    /// As `module:qualname`.
    pub(crate) bases: Vec<String>,
    /// What the namespace has under `__slots__`.
    pub(crate) slots: Option<Vec<String>>,
}

/// What became of a program.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer<T> {
    /// One entry for each class statement that was executed, or for each call.
    pub(crate) classes: Vec<T>,
    /// The lines of the statements of modules that raised.
    #[serde(default)]
    pub(crate) failed: Vec<u32>,
}

impl Oracle {
    /// Starts the interpreter on the script beside this file, with nothing but its standard library.
    pub(crate) fn start(interpreter: &Interpreter) -> Self {
        let mut child = interpreter
            .command()
            .args(["-S", "-c", include_str!("oracle.py")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("an interpreter that answered once starts again");
        let questions = child.stdin.take().expect("its input is a pipe");
        let answers = child.stdout.take().expect("its output is a pipe");
        Self {
            child,
            questions,
            answers: BufReader::new(answers),
        }
    }

    /// Runs a program of its own.
    pub(crate) fn program(&mut self, name: &str, text: &str, attributes: &[&str]) -> Answer<Row> {
        self.ask(&json!({"program": text, "name": name, "attributes": attributes}))
    }

    /// Imports modules below a folder.
    pub(crate) fn modules(
        &mut self,
        root: &std::path::Path,
        modules: &[String],
        attributes: &[&str],
    ) -> Vec<Row> {
        self.ask(&json!({"root": root, "modules": modules, "attributes": attributes}))
            .classes
    }

    /// Calls `type.__new__`; nothing where a base cannot be imported by its name.
    pub(crate) fn derive(&mut self, calls: &[Call]) -> Vec<Option<Row>> {
        self.ask(&json!({"derive": calls})).classes
    }

    fn ask<T: DeserializeOwned>(&mut self, question: &serde_json::Value) -> Answer<T> {
        writeln!(self.questions, "{question}").expect("the oracle listens");
        let mut line = String::new();
        self.answers
            .read_line(&mut line)
            .expect("the oracle answers");
        serde_json::from_str(&line).unwrap_or_else(|error| {
            let question: String = question.to_string().chars().take(2000).collect();
            panic!("the oracle fell silent ({error}) at {question}")
        })
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
