//! The standard library's own source as the project: `typing` is run, while `Generic` stands in C. What its aliases put among the bases is what
//! every CPython has.

use std::fs;
use std::path::Path;

use mroscope::semantics::Outcome;

use crate::support::Sandbox;
use crate::support::python::interpreters;
use crate::support::witness::analysis_of;

const PROGRAM: &str = "\
--- use.py
from typing import *
import typing
T = TypeVar('T')
S = TypeVar('S')
class Table(Generic[T], typing.Mapping[int, str]): ...
class Old(Generic[T], Protocol):
    def bar(self, x: T) -> str: ...
class Base(typing.Sequence[T]): ...
class Own(List[T], Base[T]): ...
class Sizes(typing.Sized, List[int]): ...
class Pair(Protocol[T, S]): ...
class Both(Pair[int, str], Protocol): ...
class Named(Dict[T, S], Generic[T, S]): ...
try:
    class Open(List[T], Generic[S]): ...
except TypeError: pass
";

/// Tells the MRO of each class that the program makes.
const RUN: &str = "\
import sys, sysconfig
if len(sys.argv) < 2:
    print(sysconfig.get_paths()['stdlib'])
else:
    sys.path.append(sys.argv[1])
    import use
    for name, value in vars(use).items():
        if isinstance(value, type) and value.__module__ == 'use':
            print(name, *[it.__name__ for it in value.__mro__])
";

#[test]
fn aliases_of_typing_that_is_run_give_the_bases_that_cpython_has() {
    for interpreter in interpreters() {
        let ask = |arguments: &[&Path]| {
            let output = interpreter
                .command()
                .args(["-c", RUN])
                .args(arguments)
                .output()
                .expect("a CPython that was found can be started");
            assert_eq!(String::from_utf8_lossy(&output.stderr), "");
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        let sandbox = Sandbox::new(PROGRAM);
        let theirs = ask(&[&sandbox.root()]);
        let library = ask(&[]);
        for file in ["os.py", "types.py", "typing.py"] {
            let text = fs::read_to_string(Path::new(library.trim()).join(file));
            sandbox.write(
                file,
                text.expect("the library stands beside its interpreter"),
            );
        }
        let analysis = analysis_of(&sandbox.root(), interpreter.version);
        let made = analysis
            .project_classes()
            .filter(|it| it.path().module == "use");
        let ours: Vec<String> = made
            .filter(|it| matches!(it.outcome(), Outcome::Created(_)))
            .map(|class| {
                let mro = class.mro().unwrap_or_default();
                let names: Vec<&str> = mro.iter().map(|it| it.name()).collect();
                format!("{} {}", class.name(), names.join(" "))
            })
            .collect();
        let theirs: Vec<&str> = theirs.lines().collect();
        assert_eq!(ours, theirs, "CPython {}", interpreter.full_version);
    }
}
