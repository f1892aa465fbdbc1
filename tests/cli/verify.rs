//! `mroscope verify`: answers held against a CPython, whatever the modules do that it imports.

use std::time::{Duration, Instant};

use expect_test::expect;
use serde_json::Value;

use super::SHOP;
use crate::support::Sandbox;
use crate::support::python::{Interpreter, interpreters};
use crate::support::shell::{Ran, Shell};

/// The newest CPython that is there; none where none is.
fn newest() -> Option<Interpreter> {
    interpreters().pop()
}

/// Runs `verify` with an interpreter; its version is not part of what is expected.
fn verify(shell: &Shell, python: &Interpreter, arguments: &str) -> Ran {
    let mut ran = shell.run(&format!(
        "verify --python {} {arguments}",
        python.path.display()
    ));
    ran.out = ran.out.replace(&python.full_version, "3.X");
    ran
}

fn verified(files: &str, arguments: &str) -> Option<Ran> {
    let python = newest()?;
    let sandbox = Sandbox::new(files);
    Some(verify(&Shell::new(&sandbox), &python, arguments))
}

#[test]
fn what_cpython_says_is_counted_and_what_failed_is_named() {
    let Some(ran) = verified(SHOP, "shop") else {
        return;
    };
    expect![[r#"
        Verify  shop

        Python 3.X imported 3 of 5 modules and was asked for 6 classes
          ● equal           6  100.00 %  1 raise
          ✗ different       0    0.00 %
          ○ unknown         0    0.00 %
          ○ missing         0    0.00 %
          ○ not told apart  0    0.00 %

        classes of mroscope that could not be asked about
          5  in modules that were not imported

        modules that were not imported, by reason
          TypeError: Cannot create a consistent method resolution order (MRO) for bases Left, Right  shop/crossed.py:4
            shop.crossed
          ModuleNotFoundError: No module named 'gone'  shop/order.py:1
            shop.order
        exit 0
    "#]]
    .assert_eq(&ran.to_string());
}

/// Which of the two it is depends on a variable that mroscope takes for unset.
const SIDES: &str = "\
--- sides.py
import os
class Left: ...
class Right: ...
if os.environ.get('SHOP_SIDE'):
    Base = Right
else:
    Base = Left
class Side(Base): ...
class Same: ...
";

#[test]
fn a_disagreement_is_shown_with_both_answers_and_the_place_and_is_a_finding() {
    let Some(python) = newest() else { return };
    let sandbox = Sandbox::new(SIDES);
    let shell = Shell::new(&sandbox).with("SHOP_SIDE", "right");
    expect![[r#"
        Verify  [name]

        Python 3.X imported the module and was asked for 4 classes
          ● equal           3  75.00 %
          ✗ different       1  25.00 %
          ○ unknown         0   0.00 %
          ○ missing         0   0.00 %
          ○ not told apart  0   0.00 %

        where the two differ
        sides.py:8  Side  MRO
            mroscope  Side Left object
            Python    Side Right object
        exit 1
    "#]]
    .assert_eq(
        &verify(&shell, &python, "").to_string().replacen(
            &sandbox
                .root()
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            "[name]",
            1,
        ),
    );
    let json = verify(&shell, &python, "--json");
    let said: Value = serde_json::from_str(&json.out).expect("one JSON object is printed");
    assert_eq!(json.code, 1);
    assert_eq!(said["classes"], 4);
    assert_eq!(said["equal"], 3);
    assert_eq!(
        said["different"],
        serde_json::json!([{
            "id": "sides:Side", "file": "sides.py", "line": 8, "about": "mro",
            "mroscope": ["sides:Side", "sides:Left", "builtins:object"],
            "python": ["sides:Side", "sides:Right", "builtins:object"],
        }])
    );
}

#[test]
fn a_target_is_all_that_is_imported_and_asked() {
    let Some(python) = newest() else { return };
    let sandbox = Sandbox::new(SHOP);
    let shell = Shell::new(&sandbox);
    for (target, classes) in [("shop.cart", 4), ("shop.cart:Cart", 2), ("shop.base", 1)] {
        let said = verify(&shell, &python, &format!("{target} --json")).out;
        let said: Value = serde_json::from_str(&said).expect("one JSON object is printed");
        assert_eq!(
            (&said["classes"], &said["modules"]),
            (&classes.into(), &1.into()),
            "{target}"
        );
    }
}

#[test]
fn a_file_can_set_up_what_modules_need() {
    let files = "\
--- app.py
import registry
class Model(registry.base()): ...
--- registry.py
ready = False
class Base: ...
def base():
    if not ready:
        raise RuntimeError('not ready')
    return Base
--- prepare.py
import registry
registry.ready = True
--- broken.py
1 / 0
";
    let Some(ran) = verified(files, "app.py --json") else {
        return;
    };
    assert!(ran.out.contains("RuntimeError: not ready"), "{}", ran.out);
    let ran = verified(files, "app.py --setup prepare.py").expect("there is a Python");
    assert!(
        ran.out
            .contains("imported the module and was asked for 1 class"),
        "{}",
        ran.out
    );
    let ran = verified(files, "app.py --setup broken.py").expect("there is a Python");
    expect![[r#"
        ! error: the set-up `[root]/broken.py` raised ZeroDivisionError: division by zero
        !   hint: run it with Python by itself to see why
        exit 2
    "#]]
    .assert_eq(&ran.to_string());
}

/// Classes that do not say, or say wrongly, which statement they are from.
const DISGUISED: &str = "\
--- masks.py
from collections import namedtuple
from dataclasses import dataclass
import os
Point = namedtuple('Point', 'x y')
class Moved(Point):
    __module__ = 'elsewhere'
class Renamed(Moved): ...
Renamed.__qualname__ = 'masks.Renamed'
class Nameless(Moved):
    __module__ = property(lambda self: 1)
@dataclass
class Slotted(Moved):
    tag: str = ''
if os.sep:
    class Twice(Moved):
        def one(self): ...
else:
    class Twice(Slotted):
        def two(self): ...
Alias = Twice
def make(base):
    class Local(base):
        def method(self): ...
    return Local
Made = make(Moved)
class Doubling(type):
    def __new__(mcs, name, bases, namespace):
        namespace['twin'] = type.__new__(mcs, 'x', (), dict(namespace))
        return type.__new__(mcs, name, bases, namespace)
class Doubled(Moved, metaclass=Doubling): ...
";

#[test]
fn classes_are_found_by_their_statements_whatever_they_say_of_themselves() {
    let Some(ran) = verified(DISGUISED, "masks.py --json") else {
        return;
    };
    let said: Value = serde_json::from_str(&ran.out).expect("one JSON object is printed");
    assert_eq!(said["different"], serde_json::json!([]), "{ran}");
    assert_eq!(said["missing"], serde_json::json!([]), "{ran}");
    assert!(said["equal"].as_u64() >= Some(9), "{ran}");
    // The twin that the metaclass makes has the name of the class, and another MRO.
    let untold = said["not_told_apart"].as_array().map_or(0, Vec::len);
    assert!(untold <= 1, "{ran}");
}

/// Modules that do what no module should.
const HOSTILE: &str = r#"--- bad/__init__.py
--- bad/exits.py
import sys
sys.exit(3)
--- bad/exits_at_once.py
import os
os._exit(4)
--- bad/hangs.py
import time
while True: time.sleep(1)
--- bad/prints.py
import sys
print("NOISE" * 1000)
sys.stderr.write("NOISE\x1b[31m")
class Printer: ...
--- bad/forks.py
import os
class Before: ...
child = os.fork()
class After(Before): ...
--- bad/writes_to_the_terminal.py
with open("/dev/tty", "w") as terminal: terminal.write("NOISE")
--- bad/reads.py
answer = input()
--- bad/kills_itself.py
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
--- bad/crashes.py
import ctypes
ctypes.string_at(0)
--- bad/starts_threads.py
import atexit, threading, time
def run():
    while True: time.sleep(0.01)
for _ in range(5): threading.Thread(target=run).start()
atexit.register(lambda: time.sleep(100))
class Threaded: ...
--- bad/takes_builtins.py
import builtins, sys
for name in ("isinstance", "len", "open", "type", "id", "list", "dict", "str", "getattr", "any", "all", "next"):
    setattr(builtins, name, None)
sys.stdout = sys.stderr = None
class Taker: ...
--- bad/takes_modules.py
import sys
for name in list(sys.modules):
    if name not in ("sys", "builtins", __name__): del sys.modules[name]
--- bad/closes_everything.py
import os
os.closerange(0, 256)
--- bad/metaclass_that_lies.py
class Liar(type):
    @property
    def __mro__(cls): return ()
    def __subclasses__(cls): raise RuntimeError
    def __getattribute__(cls, name): raise RuntimeError
    def __eq__(cls, other): raise RuntimeError
    def __hash__(cls): raise RuntimeError
class Lied(metaclass=Liar): ...
--- bad/shouts.py
raise ValueError("\x1b[2Jhello\nworld")
--- bad/leaves_a_daemon.py
import os, time
if os.fork() == 0:
    os.setsid()
    time.sleep(1000)
class Parent: ...
--- bad/zz_last.py
class Last: ...
"#;

#[cfg(unix)]
#[test]
fn no_module_brings_it_down_or_reaches_the_terminal() {
    let began = Instant::now();
    let Some(ran) = verified(HOSTILE, "bad --module-timeout 2 --json") else {
        return;
    };
    assert!(
        !ran.out.contains('\u{1b}') && !ran.err.contains("NOISE"),
        "{ran}"
    );
    let said: Value = serde_json::from_str(&ran.out).expect("one JSON object is printed");
    let failed: Vec<(&str, &str)> = said["not_imported"]
        .as_array()
        .expect("it is a list")
        .iter()
        .map(|it| {
            let module = it["module"].as_str().unwrap_or_default();
            (
                module.trim_start_matches("bad."),
                it["why"].as_str().unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(
        failed,
        [
            ("closes_everything", "ended"),
            ("crashes", "ended"),
            ("exits", "raised"),
            ("exits_at_once", "raised"),
            ("hangs", "hung"),
            ("kills_itself", "raised"),
            ("reads", "raised"),
            ("shouts", "raised"),
            ("takes_builtins", "raised"),
            ("takes_modules", "raised"),
            ("writes_to_the_terminal", "raised"),
        ]
    );
    assert_eq!(said["different"], serde_json::json!([]));
    assert_eq!(said["missing"], serde_json::json!([]));
    assert_eq!(said["equal"], said["classes"]);
    assert!(said["equal"].as_u64() >= Some(8), "{ran}");
    assert!(began.elapsed() < Duration::from_secs(90));
}

#[test]
fn what_an_exception_says_is_shown_and_not_obeyed() {
    let files = "--- shouts.py\nraise ValueError('\\x1b[2Jhello\\nworld')\n";
    let Some(ran) = verified(files, "shouts.py") else {
        return;
    };
    assert!(ran.out.contains("ValueError: ␛[2Jhello world"), "{ran}");
}

#[test]
fn what_is_no_python_is_named_with_a_cure() {
    let sandbox = Sandbox::new("--- a.py\nclass A: ...\n--- env/pyvenv.cfg\nversion = 3.12\n");
    let shell = Shell::new(&sandbox);
    expect![[r#"
        ! error: the environment `[root]/env` has no interpreter
        !   hint: name an interpreter with --python, such as `.venv/bin/python`
        exit 2
    "#]]
    .assert_eq(&shell.run("verify a.py --python env").to_string());
    expect![[r#"
        ! error: there is no Python at `nowhere/python`
        !   hint: name an interpreter such as `.venv/bin/python`, or the folder of an environment
        exit 2
    "#]]
    .assert_eq(&shell.run("verify a.py --python nowhere/python").to_string());
    expect![[r#"
        ! error: `a.py` and `env` are two projects
        !   hint: name one path; modules and classes of it may be several
        exit 2
    "#]]
    .assert_eq(&shell.run("verify a.py env --python env").to_string());
}

#[cfg(unix)]
#[test]
fn an_interpreter_that_does_not_answer_is_no_python() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::new(
        "--- a.py\nclass A: ...\n--- env/pyvenv.cfg\nversion = 3.12\n--- env/bin/python\n#!/bin/sh\necho broken >&2\nexit 1\n",
    );
    let python = sandbox.path("env/bin/python");
    std::fs::set_permissions(&python, std::fs::Permissions::from_mode(0o755))
        .expect("it was made above");
    expect![[r#"
        ! error: `[root]/env/bin/python` does not answer as a CPython of 3.9 or later does: broken
        !   hint: name a CPython of 3.9 or later with --python
        exit 2
    "#]]
    .assert_eq(
        &Shell::new(&sandbox)
            .run("verify a.py --python env")
            .to_string(),
    );
}

#[test]
fn answers_for_one_python_are_not_held_against_another() {
    let Some(python) = newest() else { return };
    let other = if python.version.minor == 10 {
        "3.9"
    } else {
        "3.10"
    };
    let sandbox = Sandbox::new("--- a.py\nclass A: ...\n");
    let ran = verify(
        &Shell::new(&sandbox),
        &python,
        &format!("a.py --python-version {other}"),
    );
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("leave out --python-version"), "{ran}");
}

#[test]
fn nothing_is_written_into_the_project() {
    let Some(python) = newest() else { return };
    let sandbox = Sandbox::new("--- app/__init__.py\nopen('here', 'w').write('x')\nclass A: ...\n");
    let ran = verify(&Shell::new(&sandbox), &python, "app");
    assert_eq!(ran.code, 0, "{ran}");
    for path in ["here", "app/here", "app/__pycache__"] {
        assert!(!sandbox.path(path).exists(), "{path}");
    }
}

#[test]
fn what_a_tool_runs_is_imported_where_it_is_named_and_else_only_if_a_module_does() {
    let files = "
--- shelf/setup.py
raise SystemExit('setup')
--- shelf/tests/__init__.py
--- shelf/tests/conftest.py
import pk
class Patched: pass
pk.A = Patched
--- shelf/pk/__init__.py
class A: pass
class B(A): pass
--- shelf/pk/setup.py
class Setup: pass
";
    let Some(ran) = verified(files, "shelf") else {
        return;
    };
    expect![[r#"
        Verify  shelf

        Python 3.X imported 3 of 5 modules and was asked for 3 classes
          ● equal           3  100.00 %
          ✗ different       0    0.00 %
          ○ unknown         0    0.00 %
          ○ missing         0    0.00 %
          ○ not told apart  0    0.00 %

        classes of mroscope that could not be asked about
          1  in modules that were not imported

        modules that were not imported, by reason
          a tool runs it: name it, and it is imported
            setup, tests.conftest
        exit 0
    "#]]
    .assert_eq(&ran.to_string());
    let Some(named) = verified(files, "shelf tests.conftest") else {
        return;
    };
    expect![[r#"
        Verify  shelf

        Python 3.X imported the module and was asked for 1 class
          ● equal           1  100.00 %
          ✗ different       0    0.00 %
          ○ unknown         0    0.00 %
          ○ missing         0    0.00 %
          ○ not told apart  0    0.00 %
        exit 0
    "#]]
    .assert_eq(&named.to_string());
}

/// Who imports `pk` does not get what `pk.trace` does to its class: neither is the class told so.
#[test]
fn what_sets_the_bases_of_another_s_class_is_imported_where_it_is_named_alone() {
    let files = "
--- shelf/pk/__init__.py
class A: pass
class B(A): pass
--- shelf/pk/trace.py
import pk
class Mixin: pass
pk.B.__bases__ = (Mixin, pk.A)
";
    let Some(ran) = verified(files, "shelf") else {
        return;
    };
    expect![[r#"
        Verify  shelf

        Python 3.X imported 1 of 2 modules and was asked for 2 classes
          ● equal           2  100.00 %  1 rest on an assumption
          ✗ different       0    0.00 %
          ○ unknown         0    0.00 %
          ○ missing         0    0.00 %
          ○ not told apart  0    0.00 %

        classes of mroscope that could not be asked about
          1  in modules that were not imported

        modules that were not imported, by reason
          a tool runs it: name it, and it is imported
            pk.trace
        exit 0
    "#]]
    .assert_eq(&ran.to_string());
}

/// `C` is the first of the two in CPython, and the second where the decorator returns the class it is given.
#[test]
fn classes_of_one_name_are_numbered_where_only_that_tells_the_answers_apart() {
    let files = "\
--- shop/__init__.py
import sys
class C:
    def f(self): pass
first = C
def swap(cls): return first
pick = {True: swap}[len(sys.path) > 0]
@pick
class C:
    def f(self): pass
class D(C): pass
";
    let Some(ran) = verified(files, "shop") else {
        return;
    };
    expect![[r#"
        Verify  shop

        Python 3.X imported the module and was asked for 2 classes
          ● equal           1  50.00 %
          ✗ different       1  50.00 %
          ○ unknown         0   0.00 %
          ○ missing         0   0.00 %
          ○ not told apart  0   0.00 %

        where the two differ
        shop/__init__.py:10  D  MRO
            mroscope  D C#2 object
            Python    D C#1 object
            assumed   the decorator returns the class it is given

        classes of mroscope that could not be asked about
          1  not alive: not reached, replaced, or deleted
        exit 1
    "#]]
    .assert_eq(&ran.to_string());
}
