//! `mroscope check`: a line a fault.

use expect_test::expect;

use super::ran;
use crate::support::Sandbox;
use crate::support::shell::Shell;

#[test]
fn faults_have_a_line_each_with_place_name_and_the_interpreters_words() {
    let files = "\
--- shop/__init__.py
--- shop/a.py
from enum import Enum
class Color(Enum):
    RED = 1
class More(Color): ...
class NotReached: ...
--- shop/b.py
from enum import Enum
class Twice(Enum):
    A = 1
    A = 2
--- shop/c.py
from typing import Generic
class Plain(Generic): ...
--- shop/d.py
from typing import Protocol
class Nominal: ...
class P(Nominal, Protocol): ...
--- shop/e.py
from typing import TypedDict
class D(dict, TypedDict): ...
--- shop/f.py
from typing import Union
class U(Union[int, str]): ...
--- shop/g.py
class K(tag=1): ...
--- shop/h.py
class Left: ...
class Pair(Left, Left): ...
class Below(Pair): ...
--- shop/i.py
class Outer:
    class Inner(bool): ...
--- shop/j.py
import shop.h
class Behind: ...
--- shop/broken.py
class Half:
    def f(self:
";
    expect![[r#"
        shop/a.py:4:1: raises: `More` raises TypeError: <enum 'More'> cannot extend <enum 'Color'>
        shop/b.py:2:1: raises: `Twice` raises TypeError: 'A' already defined as 1
        shop/broken.py:3:1: syntax: unexpected EOF while parsing
        shop/c.py:2:1: raises: `Plain` raises TypeError: Cannot inherit from plain Generic
        shop/d.py:3:1: raises: `P` raises TypeError: Protocols can only inherit from other protocols, got <class 'shop.d.Nominal'>
        shop/e.py:2:1: raises: `D` raises TypeError: cannot inherit from both a TypedDict type and a non-TypedDict base class
        shop/f.py:2:1: raises: `U` raises TypeError: Cannot subclass typing.Union[int, str]
        shop/g.py:1:1: raises: `K` raises TypeError: K.__init_subclass__() takes no keyword arguments
        shop/h.py:2:1: duplicate-base: `Pair` raises TypeError: duplicate base class Left
        shop/i.py:1:1: unacceptable-base: `Outer` raises TypeError: type 'bool' is not an acceptable base type
        shop/i.py:2:5: unacceptable-base: `Outer.Inner` raises TypeError: type 'bool' is not an acceptable base type
        ! 11 faults in 17 classes; no import comes to 3 class statements, since another statement raises first
        exit 1
    "#]].assert_eq(&ran(files, "check shop --python-version 3.12"));
}

#[test]
fn without_a_fault_it_is_brief_and_done() {
    expect![[r#"
        ! 1 class, and each class statement makes one
        exit 0
    "#]]
    .assert_eq(&ran("--- shop/a.py\nclass A: ...\n", "check shop"));
}

#[test]
fn several_versions_are_checked_in_one_run() {
    let files = "\
--- a.py
import enum, sys
class Color(enum.Enum):
    RED = 1
class Loud(str, enum.Enum): ...
if sys.version_info >= (3, 11):
    class Newer(enum.StrEnum):
        A = 1
--- d.py
class Pair(int, int): ...
--- e.py
import sys
class Slotted(int if sys.version_info < (3, 12) else tuple):
    __slots__ = ('a',)
--- f.py
import sys
class Middle:
    class Inner(bool if (3, 10) <= sys.version_info < (3, 12) else int): ...
class Gap(input()): ...
--- b.py
match 1:
    case 1: ...
class Here: ...
--- c.py
type X = int
";
    expect![[r#"
        a.py:6:5: raises: `Newer` raises TypeError: 1 is not a string (raises from 3.11 on, not there up to 3.10)
        b.py:1:1: syntax: Cannot use `match` statement on Python 3.9 (syntax was added in Python 3.10) (up to 3.9)
        c.py:1:1: syntax: Cannot use `type` alias statement on Python 3.11 (syntax was added in Python 3.12) (up to 3.11)
        d.py:1:1: duplicate-base: `Pair` raises TypeError: duplicate base class int (raises on 3.9 to 3.14)
        e.py:2:1: slots-conflict: `Slotted` raises TypeError: nonempty __slots__ not supported for subtype of 'tuple' (raises on 3.9 to 3.14)
        f.py:2:1: unacceptable-base: `Middle` raises TypeError: type 'bool' is not an acceptable base type (raises on 3.10 to 3.11, works on 3.9, 3.12 to 3.14)
        f.py:3:5: unacceptable-base: `Middle.Inner` raises TypeError: type 'bool' is not an acceptable base type (raises on 3.10 to 3.11, works on 3.9, 3.12 to 3.14)
        ! 7 faults in 9 classes, for Python 3.9 to 3.14
        exit 1
    "#]].assert_eq(&ran(files, "check --python-version 3.9..3.14"));
    expect![[r#"
        a.py:6:5: raises: `Newer` raises TypeError: 1 is not a string (raises on 3.12, not there on 3.10)
        c.py:1:1: syntax: Cannot use `type` alias statement on Python 3.10 (syntax was added in Python 3.12) (on 3.10)
        d.py:1:1: duplicate-base: `Pair` raises TypeError: duplicate base class int (raises on 3.10, 3.12)
        e.py:2:1: slots-conflict: `Slotted` raises TypeError: nonempty __slots__ not supported for subtype of 'tuple' (raises on 3.10, 3.12)
        f.py:2:1: unacceptable-base: `Middle` raises TypeError: type 'bool' is not an acceptable base type (raises on 3.10, works on 3.12)
        f.py:3:5: unacceptable-base: `Middle.Inner` raises TypeError: type 'bool' is not an acceptable base type (raises on 3.10, works on 3.12)
        ! 6 faults in 9 classes, for Python 3.10, 3.12
        exit 1
    "#]].assert_eq(&ran(files, "check --python-version 3.10,3.12"));
    expect![[r#"
        ! 1 class, and each class statement makes one, for Python 3.9 to 3.14
        exit 0
    "#]]
    .assert_eq(&ran(
        "--- a.py\nclass A: ...\n",
        "check --python-version all",
    ));
}

#[test]
fn versions_that_cannot_be_are_said() {
    let mut said = String::new();
    for asked in ["3.14..3.9", "3.9..3.77", "3.9..x", ",", "2.7,3.9"] {
        said.push_str(&ran(
            "--- a.py\nclass A: ...\n",
            &format!("check --python-version {asked}"),
        ));
    }
    said.push_str(&ran(
        "--- a.py\nclass A: ...\n",
        "dump --python-version 3.9..3.11",
    ));
    expect![[r#"
        ! error: `3.14..3.9` holds no version
        !   hint: the older one comes first: `3.9..3.14`
        exit 2
        ! error: Python 3.77 is not known
        !   hint: write `3.9..3.14`, `3.9,3.11` or `all`; the versions known are 3.9, 3.10, 3.11, 3.12, 3.13, 3.14
        exit 2
        ! error: `x` is not a version of Python
        !   hint: write `3.9..3.14`, `3.9,3.11` or `all`; the versions known are 3.9, 3.10, 3.11, 3.12, 3.13, 3.14
        exit 2
        ! error: `,` holds no version
        !   hint: write `3.9..3.14`, `3.9,3.11` or `all`; the versions known are 3.9, 3.10, 3.11, 3.12, 3.13, 3.14
        exit 2
        ! error: Python 2.7 is not known
        !   hint: write `3.9..3.14`, `3.9,3.11` or `all`; the versions known are 3.9, 3.10, 3.11, 3.12, 3.13, 3.14
        exit 2
        ! error: `3.9..3.11` is more than one version of Python
        !   hint: name one; only `mroscope check` answers for several at once
        exit 2
    "#]].assert_eq(&said);
}

const FAULTY: &str = "\
--- shop/a.py
class Left: ...
class Pair(Left, Left): ...
class Below(Pair): ...
--- shop/b.py
class Inner(bool): ...
";

#[test]
fn faults_are_annotations_or_json_where_that_is_asked_for() {
    let shell = Shell::new(&Sandbox::new(FAULTY)).run("check shop --output-format github");
    expect![[r#"
        ::error file=shop/a.py,line=2,col=1,title=mroscope duplicate-base::`Pair` raises TypeError: duplicate base class Left
        ::error file=shop/b.py,line=1,col=1,title=mroscope unacceptable-base::`Inner` raises TypeError: type 'bool' is not an acceptable base type
        ! 2 faults in 4 classes; no import comes to 1 class statement, since another statement raises first
        exit 1
    "#]]
    .assert_eq(&shell.to_string());
    let shell = Shell::new(&Sandbox::new(FAULTY)).run("check shop --output-format json");
    let row: serde_json::Value =
        serde_json::from_str(shell.to_string().lines().next().unwrap_or_default())
            .expect("each line is JSON");
    assert_eq!(row["path"], "shop/a.py");
    assert_eq!((&row["line"], &row["column"]), (&2.into(), &1.into()));
    assert_eq!(
        (row["name"].as_str(), row["severity"].as_str()),
        (Some("duplicate-base"), Some("error"))
    );
}

#[test]
fn a_baseline_passes_over_what_was_there_wherever_it_has_moved() {
    let sandbox = Sandbox::new(FAULTY);
    let mut said = Shell::new(&sandbox)
        .run("check shop --write-baseline known.toml")
        .to_string();
    said.push_str(&std::fs::read_to_string(sandbox.path("known.toml")).expect("it was written"));
    said.push_str(
        &Shell::new(&sandbox)
            .run("check shop --baseline known.toml")
            .to_string(),
    );
    // One moves, one is mended, one is new.
    sandbox.write("shop/b.py", "class Inner(int): ...\n");
    sandbox.write(
        "shop/a.py",
        "\n\nclass Left: ...\nclass Pair(Left, Left): ...\n",
    );
    sandbox.write("shop/c.py", "class Flag(type(None)): ...\n");
    for fail_on in ["warning", "never"] {
        let arguments = format!("check shop --baseline known.toml --fail-on {fail_on}");
        said.push_str(&Shell::new(&sandbox).run(&arguments).to_string());
    }
    sandbox.write("known.toml", "version = 9\n");
    said.push_str(
        &Shell::new(&sandbox)
            .run("check shop --baseline known.toml")
            .to_string(),
    );
    sandbox.write("known.toml", "version = 1\n[[fault]]\npath = 3\n");
    said.push_str(
        &Shell::new(&sandbox)
            .run("check shop --baseline known.toml")
            .to_string(),
    );
    said.push_str(
        &Shell::new(&sandbox)
            .run("check shop --baseline nowhere.toml")
            .to_string(),
    );
    expect![[r#"
        ! 2 faults written to `known.toml`
        exit 0
        # Faults that `mroscope check --baseline` passes over. Written by `mroscope check --write-baseline`; a fault that is
        # mended may be taken out by hand.
        version = 1

        [[fault]]
        path = "shop/a.py"
        name = "duplicate-base"
        message = "`Pair` raises TypeError: duplicate base class Left"

        [[fault]]
        path = "shop/b.py"
        name = "unacceptable-base"
        message = "`Inner` raises TypeError: type 'bool' is not an acceptable base type"
        ! 4 classes, and no fault is new; 2 in the baseline
        exit 0
        shop/c.py:1:1: unacceptable-base: `Flag` raises TypeError: type 'NoneType' is not an acceptable base type
        ! 1 new fault in 4 classes; 1 in the baseline; 1 fault of the baseline mended: write it anew
        exit 1
        shop/c.py:1:1: unacceptable-base: `Flag` raises TypeError: type 'NoneType' is not an acceptable base type
        ! 1 new fault in 4 classes; 1 in the baseline; 1 fault of the baseline mended: write it anew
        exit 0
        ! error: `known.toml` has format 9, and this mroscope knows format 1
        !   hint: use the version of mroscope that wrote it, or write it anew
        exit 2
        ! error: known.toml:3:8: invalid type: integer `3`, expected a string
        !   hint: write it anew with `mroscope check --write-baseline FILE`
        exit 2
        ! error: `nowhere.toml` cannot be read
        !   because: No such file or directory (os error 2)
        !   hint: write it with `mroscope check --write-baseline FILE`
        exit 2
    "#]].assert_eq(&said);
}

#[test]
fn paths_lead_from_where_one_stands_to_a_file_in_any_project_of_a_repository() {
    let files = "\
--- repo/cart/setup.py
--- repo/cart/tests/conftest.py
class Fixture: ...
--- repo/till/setup.py
--- repo/till/src/till.py
class Till(bool): ...
--- repo/till/src/till/__init__.py
--- repo/till/tests/conftest.py
class Fixture:
    def f(self:
";
    expect![[r#"
        repo/till/src/till.py: hidden: `import till` finds `till/__init__.py`
        repo/till/tests/conftest.py:3:1: syntax: unexpected EOF while parsing
        ! 2 faults in 2 classes
        exit 1
    "#]]
    .assert_eq(&ran(files, "check repo"));
}

#[test]
fn what_is_expected_to_raise_is_no_fault_wherever_the_base_comes_from() {
    let files = "\
--- shop/setup.py
--- shop/lib/__init__.py
class Final:
    def __init_subclass__(cls, **kwargs):
        raise TypeError('no subclasses')
def make(base):
    class Made(base): ...
    return Made
--- shop/tests/test_shop.py
import contextlib, unittest
import pytest
from lib import Final, make
with pytest.raises(TypeError):
    class A(Final): ...
with contextlib.suppress(TypeError):
    class B(Final): ...
try:
    class C(Final): ...
except TypeError:
    pass
class TestAll(unittest.TestCase):
    def test_refused(self):
        with self.assertRaises(TypeError):
            class D(Final): ...
        with self.assertRaisesRegex(TypeError, 'no'):
            class E(Final): ...
        with pytest.raises((ValueError, TypeError), match='no'):
            class F(Final): ...
        self.assertRaises(TypeError, lambda: type('G', (Final,), {}))
def test_pytest():
    with pytest.raises(TypeError):
        make(Final)
class Fault(Final): ...
made = make(Final)
";
    expect![[r#"
        shop/tests/test_shop.py:24:1: raises: `Fault` raises TypeError: no subclasses
        ! 1 fault in 10 classes; no import comes to 1 class statement, since another statement raises first
        exit 1
    "#]]
    .assert_eq(&ran(files, "check shop"));
}

/// Where CPython's traceback has its last frame of the project: the class statement whose metaclass or hook raises, the call of a function that makes
/// a class which cannot be made, the decorator, the statement of a body.
#[test]
fn what_code_of_a_library_raises_stands_where_the_project_has_led_to_it() {
    let files = "\
--- .venv/pyvenv.cfg
home = /usr/bin
version = 3.13.0
--- .venv/lib/python3.13/site-packages/lib.py
class Meta(type):
    def __new__(meta, name, bases, names):
        if 'bad' in names:
            raise TypeError(f'{name} is bad')
        return super().__new__(meta, name, bases, names)
class Base(metaclass=Meta):
    def __init_subclass__(cls, **options):
        if 'worse' in vars(cls):
            raise ValueError(f'{cls.__name__} is worse')
def build():
    return make()
def make():
    class Inner(Base):
        bad = 1
    return Inner
def typed(name):
    return type(name, (int, str), {})
def check(cls):
    raise TypeError(f'{cls.__name__} is refused')
--- shop/__init__.py
--- shop/a.py
import lib
class One(lib.Base):
    bad = 1
--- shop/b.py
import lib
class Two(lib.Base):
    worse = 1
--- shop/c.py
import lib
Three = lib.build()
--- shop/d.py
import lib
@lib.check
class Five: ...
--- shop/e.py
import lib
class Six:
    name = 'Six'
    inner = lib.typed(name)
--- shop/f.py
import shop.g
shop.g.helper()
--- shop/g.py
import lib
def helper():
    return lib.typed('Seven')
--- shop/h.py
import lib
try:
    Eight = lib.build()
except TypeError:
    Eight = None
";
    expect![[r#"
        shop/a.py:2:1: raises: `One` raises TypeError: One is bad (lib.py:4)
        shop/b.py:2:1: raises: `Two` raises ValueError: Two is worse (lib.py:9)
        shop/c.py:2:9: raises: `make.<locals>.Inner` raises TypeError: Inner is bad (lib.py:4)
        shop/d.py:2:2: raises: the decorator of `Five` raises TypeError: Five is refused (lib.py:19)
        shop/e.py:4:13: layout-conflict: `Six` raises TypeError: multiple bases have instance lay-out conflict (lib.py:17)
        shop/g.py:3:12: layout-conflict: `Seven` raises TypeError: multiple bases have instance lay-out conflict (lib.py:17)
        ! 6 faults in 4 classes
        exit 1
    "#]].assert_eq(&ran(files, "check"));
}
