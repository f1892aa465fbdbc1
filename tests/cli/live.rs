//! `mroscope live`: the values of a class as a CPython has them, whatever their `__repr__` does.

use std::time::{Duration, Instant};

use expect_test::expect;
use serde_json::Value;

use super::SHOP;
use crate::support::Sandbox;
use crate::support::python::{Interpreter, interpreters};
use crate::support::shell::{Ran, Shell};

fn live(shell: &Shell, python: &Interpreter, arguments: &str) -> Ran {
    let mut ran = shell.run(&format!(
        "live --python {} {arguments}",
        python.path.display()
    ));
    ran.out = ran.out.replace(&python.full_version, "3.X");
    ran.err = ran.err.replace(&python.full_version, "3.X");
    ran
}

/// What the newest CPython that is there says; none where none is.
fn shown(files: &str, arguments: &str) -> Option<Ran> {
    let python = interpreters().pop()?;
    let sandbox = Sandbox::new(files);
    Some(live(&Shell::new(&sandbox), &python, arguments))
}

fn attribute<'a>(said: &'a Value, name: &str) -> &'a Value {
    let all = said["attributes"].as_array().expect("it is a list");
    all.iter()
        .find(|it| it["name"] == name)
        .unwrap_or_else(|| panic!("`{name}` is listed"))
}

const ORDERS: &str = "\
--- orders.py
import os
class Base:
    rate = 3
class Order(Base):
    limit = 10
    tags = ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b']
    home = os.environ.get('ORDERS_HOME')
    def total(self): ...
    class Line: ...
";

#[test]
fn each_value_is_marked_live_and_stands_beside_what_is_said_of_it() {
    let Some(ran) = shown(ORDERS, "orders:Order.limit") else {
        return;
    };
    expect![[r#"
        Order.limit  orders  ◆ live

        Python 3.X ran, and imported orders: 1 attribute; nothing differs from what mroscope says

                    name   given by  held  mroscope says
        live     v  limit  Order     10    10
        exit 0
    "#]]
    .assert_eq(&ran.to_string());
    let Some(ran) = shown(ORDERS, "orders:Order") else {
        return;
    };
    for row in ran.out.lines().skip(5) {
        assert!(row.starts_with("live "), "{ran}");
    }
    assert!(
        ran.out.contains("['a', 'b', 'a', 'b', 'a', 'b', ...]"),
        "{ran}"
    );
    assert!(!ran.out.contains("__module__"), "{ran}");
}

#[test]
fn what_is_not_as_it_was_said_is_shown_with_both_answers_and_is_a_finding() {
    let Some(python) = interpreters().pop() else {
        return;
    };
    let sandbox = Sandbox::new(ORDERS);
    let shell = Shell::new(&sandbox).with("ORDERS_HOME", "here");
    let ran = live(&shell, &python, "orders:Order.home");
    expect![[r#"
        Order.home  orders  ◆ live

        Python 3.X ran, and imported orders: 1 attribute; 1 differs from what mroscope says

                    name  given by  held    mroscope says
        live  ≠  v  home  Order     'here'  None
               mroscope: None
        exit 1
    "#]]
    .assert_eq(&ran.to_string());
}

#[test]
fn names_that_only_one_side_has_are_told() {
    let files = "\
--- made.py
class Meta(type):
    def __getattribute__(cls, name): raise RuntimeError('asked')
class Made(metaclass=Meta):
    kept = 1
    gone = 2
# type.__setattr__(Made, 'late', 3); type.__delattr__(Made, 'gone')
exec(__import__('base64').b64decode('dHlwZS5fX3NldGF0dHJfXyhNYWRlLCAibGF0ZSIsIDMpOyB0eXBlLl9fZGVsYXR0cl9fKE1hZGUsICJnb25lIik='))
";
    let Some(ran) = shown(files, "made:Made --json") else {
        return;
    };
    let said: Value = serde_json::from_str(&ran.out).expect("one JSON object is printed");
    assert_eq!(attribute(&said, "late")["differs"], "only_live");
    assert_eq!(attribute(&said, "late")["live"]["value"], "3");
    assert_eq!(attribute(&said, "gone")["differs"], "only_mroscope");
    assert_eq!(attribute(&said, "gone")["live"], Value::Null);
    assert_eq!(attribute(&said, "kept")["differs"], Value::Null);
    assert_eq!(ran.code, 1);
}

const HOSTILE: &str = r#"
--- hostile.py
import os, sys
class Repr:
    def __init__(self, act): self.act = act
    def __repr__(self): return self.act()
def raises(): raise ValueError("no \x1b[2Jrepr")
def exits(): sys.exit(3)
def interrupts(): raise KeyboardInterrupt
def leaves(): os._exit(4)
def kills():
    import signal
    signal.raise_signal(9)
def hangs():
    while True: pass
def recurses(): return recurses()
def crashes():
    import ctypes
    return ctypes.string_at(0)
def floods(): return "x" * (2 << 30)
def number(): return 7
def prints():
    print("NOISE", flush=True); os.write(1, b"NOISE\n"); os.write(2, b"NOISE\n"); return "quiet"
def closes():
    os.closerange(0, 256); return "closed"
def forks():
    if os.fork() == 0: return "the child"
    return "forked"
def takes():
    import builtins
    for name in ("len", "type", "repr", "isinstance", "str"): setattr(builtins, name, None)
    sys.setrecursionlimit(50)
    return "taken"
class Text(str):
    def __getitem__(self, key): raise OSError
    def __len__(self): return -1
def odd(): return Text("odd " * 30)
class Error(Exception):
    def __str__(self): raise Error
def worse(): raise Error
class Meta(type):
    def __getattribute__(cls, name): raise RuntimeError
    def __eq__(cls, other): raise RuntimeError
    def __hash__(cls): raise RuntimeError
    @property
    def __dict__(cls): return {}
class Bad(metaclass=Meta):
    a_first = 1
    raises, exits, interrupts, leaves = Repr(raises), Repr(exits), Repr(interrupts), Repr(leaves)
    kills, hangs, recurses, crashes = Repr(kills), Repr(hangs), Repr(recurses), Repr(crashes)
    floods, number, prints, closes = Repr(floods), Repr(number), Repr(prints), Repr(closes)
    forks, takes, odd, worse = Repr(forks), Repr(takes), Repr(odd), Repr(worse)
    within = [1, raises, 3]
    many = list(range(5_000_000))
    octets = b"'" + bytes(200_000_000)
    digits = 1 << 50_000_000
    escapes = "\x1b]0;title\x07"
    z_last = "still here"
"#;

#[cfg(unix)]
#[test]
fn no_repr_brings_it_down_and_each_that_fails_is_named_with_the_cause() {
    let Some((oldest, newest)) = interpreters().first().cloned().zip(interpreters().pop()) else {
        return;
    };
    for python in [oldest, newest] {
        let began = Instant::now();
        let sandbox = Sandbox::new(HOSTILE);
        let ran = live(
            &Shell::new(&sandbox),
            &python,
            "hostile:Bad --value-timeout 1 --json",
        );
        assert!(
            !ran.out.contains("NOISE") && !ran.err.contains("NOISE"),
            "{ran}"
        );
        let said: Value = serde_json::from_str(&ran.out).expect("one JSON object is printed");
        let of = |name: &str| &attribute(&said, name)["live"];
        for (name, message) in [
            ("raises", "its repr raised ValueError: no \u{1b}[2Jrepr"),
            ("exits", "its repr raised SystemExit: 3"),
            ("interrupts", "its repr raised KeyboardInterrupt"),
            ("leaves", "its repr raised SystemExit: it called os._exit"),
            (
                "kills",
                "its repr ended the interpreter by signal 9 (SIGKILL)",
            ),
            ("hangs", "its repr did not end within 1 s"),
            (
                "recurses",
                "its repr raised RecursionError: maximum recursion depth exceeded",
            ),
            (
                "crashes",
                "its repr ended the interpreter by signal 11 (SIGSEGV)",
            ),
            ("floods", "its repr raised MemoryError"),
            (
                "number",
                "its repr raised TypeError: __repr__ returned non-string (type int)",
            ),
            (
                "closes",
                "its repr ended the interpreter when its way to answer was closed",
            ),
            ("worse", "its repr raised Error"),
            ("within", "its repr raised ValueError: no \u{1b}[2Jrepr"),
        ] {
            let said = of(name)["message"].as_str().unwrap_or_default();
            assert!(said.starts_with(message), "{name}: {said}");
            assert_eq!(of(name)["from"], "hostile:Bad");
        }
        for (name, value) in [
            ("a_first", "1"),
            ("prints", "quiet"),
            ("forks", "forked"),
            ("takes", "taken"),
            ("odd", "odd odd odd o...d odd odd odd "),
            ("many", "[0, 1, 2, 3, 4, 5, ...]"),
            ("octets", "b\"'\\x00\\x00\\x...0\\x00\\x00\\x00\""),
            ("digits", "<int of 50000001 bits>"),
            ("escapes", "'\\x1b]0;title\\x07'"),
            ("z_last", "'still here'"),
        ] {
            assert_eq!(of(name)["value"], value, "{name}");
            assert_eq!(of(name)["why"], Value::Null, "{name}");
        }
        assert_eq!(ran.code, 1);
        assert!(began.elapsed() < Duration::from_mins(1));
    }
}

#[test]
fn what_an_exception_says_is_shown_and_not_obeyed() {
    let files = "--- a.py\nclass R:\n    def __repr__(self): raise ValueError('\\x1b[2J')\nclass A:\n    x = R()\n";
    let Some(ran) = shown(files, "a:A") else {
        return;
    };
    assert!(ran.out.contains("raised ValueError: ␛[2J"), "{ran}");
    assert_eq!(ran.code, 1);
}

#[test]
fn a_module_that_cannot_be_imported_is_named_with_its_cause() {
    let files = "\
--- exits.py
import sys
class A: x = 1
sys.exit(3)
--- hangs.py
class A: x = 1
while True: pass
--- kills.py
import signal
class A: x = 1
if hasattr(signal, 'raise_signal'): signal.raise_signal(9)
--- local.py
def make():
    class A: x = 1
    return A
";
    let Some(python) = interpreters().pop() else {
        return;
    };
    let sandbox = Sandbox::new(files);
    let shell = Shell::new(&sandbox);
    let said =
        |target: &str| live(&shell, &python, &format!("{target} --module-timeout 1")).to_string();
    expect![[r#"
        ! error: `exits` cannot be imported: SystemExit: 3 ([root]/exits.py:3)
        !   hint: run what it needs before with --setup, or import it with Python by itself to see why
        exit 2
    "#]]
    .assert_eq(&said("exits:A"));
    expect![[r#"
        ! error: `hangs` cannot be imported: not imported after 1 s
        !   hint: give it more time with --module-timeout
        exit 2
    "#]]
    .assert_eq(&said("hangs:A"));
    expect![[r#"
        ! error: `kills` cannot be imported: the interpreter ended by signal 9 (SIGKILL)
        !   hint: run what it needs before with --setup, or import it with Python by itself to see why
        exit 2
    "#]]
    .assert_eq(&said("kills:A"));
    expect![[r#"
        ! error: `local:make.<locals>.A` is not there once its module is imported
        !   hint: name a class that the import leaves: this one is local, replaced, deleted, or made on another path
        exit 2
    "#]]
    .assert_eq(&said("local:make.<locals>.A"));
}

#[test]
fn a_file_can_set_up_what_the_module_needs() {
    let files = "\
--- app.py
import registry
class Model:
    table = registry.name
--- registry.py
name = None
--- setup_app.py
import registry
registry.name = 'models'
";
    let Some(ran) = shown(files, "app:Model.table --setup setup_app.py") else {
        return;
    };
    assert!(ran.out.contains("'models'"), "{ran}");
}

#[test]
fn names_that_are_not_there_are_an_error_with_a_cure() {
    let Some(python) = interpreters().pop() else {
        return;
    };
    let sandbox = Sandbox::new(SHOP);
    let shell = Shell::new(&sandbox);
    let said = |arguments: &str| live(&shell, &python, arguments).to_string();
    expect![[r#"
        ! error: `shop.cart:Cart` has no attribute `limt` once Python 3.X has imported it
        !   hint: did you mean `limit`?
        exit 2
    "#]]
    .assert_eq(&said("shop.cart:Cart.limt"));
    expect![[r#"
        ! error: no class is named `shop.cart:Crat`
        !   hint: did you mean `shop.cart:Cart`?
        exit 2
    "#]]
    .assert_eq(&said("shop.cart:Crat"));
    expect![[r#"
        ! error: there is no set-up file `nowhere.py`
        !   hint: name a Python file that is to be run before the imports
        exit 2
    "#]]
    .assert_eq(&said("shop.cart:Cart --setup nowhere.py"));
}

#[test]
fn without_an_interpreter_there_is_a_message_with_the_cure() {
    let sandbox = Sandbox::new("--- a.py\nclass A: x = 1\n--- env/pyvenv.cfg\nversion = 3.12\n");
    let shell = Shell::new(&sandbox);
    expect![[r#"
        ! error: the environment `[root]/env` has no interpreter
        !   hint: name an interpreter with --python, such as `.venv/bin/python`
        exit 2
    "#]]
    .assert_eq(&shell.run("live a:A --python env").to_string());
    expect![[r#"
        ! error: there is no Python at `nowhere/python`
        !   hint: name an interpreter such as `.venv/bin/python`, or the folder of an environment
        exit 2
    "#]]
    .assert_eq(&shell.run("live a:A --python nowhere/python").to_string());
}

#[test]
fn how_much_is_shown_can_be_set_on_both_sides() {
    let Some(ran) = shown(ORDERS, "orders:Order.tags --repr maxlist=2") else {
        return;
    };
    assert_eq!(ran.out.matches("['a', 'b', ...]").count(), 2, "{ran}");
    assert_eq!(ran.code, 0, "{ran}");
    let files = "--- a.py\nclass A:\n    octets = bytes(1_000_000)\n";
    let Some(ran) = shown(files, "a:A --repr maxother=60") else {
        return;
    };
    let expected = r"b'\x00\x00\x00\x00\x00\x00\x...\x00\x00\x00\x00\x00\x00\x00'";
    assert!(ran.out.contains(expected), "{ran}");
}

#[test]
fn the_interpreters_own_classes_have_values_too() {
    let Some(ran) = shown("--- a.py\nclass A: ...\n", "builtins:dict.get") else {
        return;
    };
    assert!(ran.out.contains("<method 'get'...dict' objects>"), "{ran}");
    assert_eq!(ran.code, 0);
}

#[test]
fn a_class_of_the_standard_library_needs_no_project() {
    for python in interpreters() {
        let sandbox = Sandbox::new("");
        let shell = Shell::new(&sandbox);
        let ran = live(&shell, &python, "collections:OrderedDict.fromkeys");
        assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
        assert!(
            ran.out
                .contains("OrderedDict.fromkeys  collections  ◆ live"),
            "{}",
            ran.out
        );
        let whole = live(&shell, &python, "collections:OrderedDict");
        assert_eq!(whole.code, 0, "{} {}", whole.out, whole.err);
        assert!(whole.out.contains("nothing differs"), "{}", whole.out);
        let other = live(&shell, &python, "collections:OrderedDict --platform win32");
        assert_eq!(other.code, 2, "{}", other.err);
        assert!(other.err.contains("win32"), "{}", other.err);
    }
}
