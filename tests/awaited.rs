//! Class statements that tests expect to be refused: in functions that are handed to what waits for an exception, and beside code that sets a
//! name for the time being. Every CPython runs the tests of the project and says what came of each statement.

use std::collections::BTreeMap;

use mroscope::semantics::{Outcome, Standing};
use mroscope::source::PythonVersion;

use crate::support::Sandbox;
use crate::support::python::interpreters;
use crate::support::witness::analysis_of;

/// Runs the tests of modules, and tells the MRO of every class that a function makes, or what its statement raises.
const RUN: &str = "\
import builtins, io, sys, unittest
sys.path.insert(0, sys.argv[1])
build = builtins.__build_class__
def noting(body, name, *arguments, **keywords):
    at = body.__module__ + ':' + name
    is_inner = body.__module__ in sys.argv and sys._getframe(1).f_code.co_name != '<module>'
    try:
        made = build(body, name, *arguments, **keywords)
    except Exception as error:
        if is_inner: print(at, type(error).__name__, error)
        raise
    if is_inner: print(at, *[it.__name__ for it in made.__mro__])
    return made
builtins.__build_class__ = noting
for name in sys.argv[2:]:
    suite = unittest.defaultTestLoader.loadTestsFromName(name)
    result = unittest.TextTestRunner(io.StringIO()).run(suite)
    assert result.wasSuccessful(), result.errors + result.failures
";

/// What comes of each class statement in a function is what every CPython says, and rests on nothing.
fn comes_out(files: &str, modules: &[&str]) {
    let sandbox = Sandbox::new(files);
    for interpreter in interpreters() {
        let output = interpreter
            .command()
            .args(["-c", RUN])
            .arg(sandbox.root())
            .args(modules)
            .output()
            .expect("a CPython that was found can be started");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(errors, "", "CPython {}", interpreter.full_version);
        let theirs: BTreeMap<String, String> = text
            .lines()
            .filter_map(|it| it.split_once(' '))
            .map(|(at, what)| (at.to_owned(), what.to_owned()))
            .collect();
        assert!(!theirs.is_empty());
        let ours = said(&sandbox, interpreter.version);
        assert_eq!(ours, theirs, "CPython {}", interpreter.full_version);
    }
}

fn said(sandbox: &Sandbox, version: PythonVersion) -> BTreeMap<String, String> {
    let analysis = analysis_of(&sandbox.root(), version);
    let made = analysis.project_classes().filter_map(|class| {
        if !class.path().qualname.contains("<locals>") {
            return None;
        }
        let path = format!("{}:{}", class.path().module, class.name());
        let what = match class.outcome() {
            Outcome::Created(_) => {
                let mro = class.mro().unwrap_or_default();
                let names: Vec<&str> = mro.iter().map(|it| it.name()).collect();
                names.join(" ")
            }
            Outcome::Raises(raised) => format!("{} {}", raised.kind, raised.message),
            Outcome::Unknown { .. } => String::from("not known"),
        };
        let rests_on = match class.standing() {
            Standing::Exact => String::new(),
            Standing::Assumed(all) => {
                let all: Vec<&str> = all.iter().map(|it| it.what.as_str()).collect();
                format!(" if {}", all.join("; "))
            }
        };
        Some((path, format!("{what}{rests_on}")))
    });
    made.collect()
}

/// It is called with what stands behind it.
#[test]
fn a_function_that_is_handed_to_what_waits_for_an_exception_is_called_with_its_arguments() {
    comes_out(
        "\
--- test_fields.py
import unittest
from ctypes import Structure, c_int
class TestFields(unittest.TestCase):
    def test_names(self):
        def declare(name, kind=c_int):
            class Point(Structure):
                _fields_ = [(name, kind)]
        self.assertRaises(TypeError, declare, b'x')
    def test_kinds(self):
        def declare(name, kind):
            class Pair(Structure):
                _fields_ = [(name, kind)]
        self.assertRaisesRegex(TypeError, 'second', declare, 'x', kind=int)
    def test_itself(self):
        def make():
            class Own:
                Own
        self.assertRaises(NameError, make)
",
        &["test_fields"],
    );
}

/// A name of a function is not a global of the same spelling.
#[test]
fn what_nonlocal_declares_says_nothing_of_globals() {
    comes_out(
        "\
--- test_names.py
import unittest
class TestNames(unittest.TestCase):
    def test_nonlocal(self):
        x = 0
        def bind():
            nonlocal x
            x = 1
        bind()
    def test_missing(self):
        with self.assertRaises(NameError):
            class Odd:
                x: int
                x.y: list = []
",
        &["test_names"],
    );
}

/// Who puts back what was there before has changed nothing for others.
#[test]
fn what_is_set_for_the_time_being_is_not_seen_elsewhere() {
    comes_out(
        "\
--- settings.py
sizes = 2
--- test_lengths.py
import unittest
from ctypes import Array, c_int
import settings
class TestLengths(unittest.TestCase):
    def test_length(self):
        with self.assertRaises(ValueError):
            class Numbers(Array):
                _type_ = c_int
                _length_ = -settings.sizes
--- test_settings.py
import unittest
import settings
class TestSettings(unittest.TestCase):
    def test_sizes(self):
        class Two: pass
        kept = settings.sizes
        try:
            settings.sizes = 3
            self.assertEqual(settings.sizes, 3)
        finally:
            settings.sizes = kept
",
        &["test_lengths", "test_settings"],
    );
}
