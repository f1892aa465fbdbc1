//! What ends a class statement for certain, whatever its module has met before. Every CPython imports the modules and says what came of
//! each class statement.

use std::collections::BTreeMap;

use mroscope::semantics::{Outcome, Standing};
use mroscope::source::PythonVersion;

use crate::support::Sandbox;
use crate::support::python::interpreters;
use crate::support::witness::analysis_of;

/// Imports each module for itself, and tells the MRO of every class, or what its statement raises.
const RUN: &str = "\
import builtins, importlib, sys
sys.path.insert(0, sys.argv[1])
build = builtins.__build_class__
def noting(body, name, *arguments, **keywords):
    is_own = body.__module__ in sys.argv
    try:
        made = build(body, name, *arguments, **keywords)
    except Exception as error:
        if is_own: print(name, type(error).__name__, error)
        raise
    if is_own: print(name, *[it.__name__ for it in made.__mro__])
    return made
builtins.__build_class__ = noting
for name in sys.argv[2:]:
    try: importlib.import_module(name)
    except Exception: pass
";

const PROGRAM: &str = "\
--- bound.py
here = 1
annotated: int
--- kinds.py
class Kind: ...
--- plain.py
import os
flag = os.environ.get('HERE')
def field(**options):
    raise NotImplementedError
class Record:
    size = field(default=1)
--- decorated.py
import os
flag = os.environ.get('HERE')
def marked(function):
    raise NotImplementedError('not yet')
class Marked:
    @marked
    def method(self): ...
--- package.py
import urllib
class Page:
    opener = urllib.urlopen
--- submodule.py
import xml, email.message
class Fits:
    kind = email.message
--- taken.py
class Taken:
    from bound import here, annotated
--- hidden.py
import kinds
def kind(): return kinds.Kind()
class Holder:
    kinds: kinds.Kind = kind()
";

/// Where a module stands is another in each run.
fn without_place(text: &str) -> String {
    text.split(" (").next().unwrap_or_default().to_owned()
}

#[test]
fn what_ends_a_class_statement_whatever_came_before_is_raised() {
    let modules = [
        "plain",
        "decorated",
        "package",
        "submodule",
        "taken",
        "hidden",
    ];
    let sandbox = Sandbox::new(PROGRAM);
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
            .map(|(name, what)| (name.to_owned(), without_place(what.trim_end())))
            .collect();
        assert_eq!(theirs.len(), modules.len());
        let ours = said(&sandbox, interpreter.version);
        assert_eq!(ours, theirs, "CPython {}", interpreter.full_version);
    }
}

fn said(sandbox: &Sandbox, version: PythonVersion) -> BTreeMap<String, String> {
    let analysis = analysis_of(&sandbox.root(), version);
    let classes = analysis.project_classes();
    let own = classes.filter(|it| it.path().module != "kinds");
    own.map(|class| {
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
            Standing::Exact => "",
            Standing::Assumed(_) => " if something holds",
        };
        let what = without_place(what.trim_end());
        (class.name().to_owned(), format!("{what}{rests_on}"))
    })
    .collect()
}
