//! `mroscope check`: a line a fault.

use expect_test::expect;

use super::ran;

#[test]
fn faults_have_a_line_each_with_place_name_and_the_interpreters_words() {
    let files = "\
--- shop/__init__.py
from enum import Enum
from typing import Generic, Protocol, TypedDict, TypeVar, Union
T = TypeVar('T')
class Color(Enum):
    RED = 1
class More(Color): ...
class Twice(Enum):
    A = 1
    A = 2
class Plain(Generic): ...
class Nominal: ...
class P(Nominal, Protocol): ...
class D(dict, TypedDict): ...
class U(Union[int, str]): ...
class K(tag=1): ...
class Left: ...
class Pair(Left, Left): ...
class Below(Pair): ...
class Outer:
    class Inner(bool): ...
--- shop/broken.py
class Half:
    def f(self:
";
    expect![[r#"
        shop/__init__.py:6:1: raises: `More` raises TypeError: <enum 'More'> cannot extend <enum 'Color'>
        shop/__init__.py:7:1: raises: `Twice` raises TypeError: 'A' already defined as 1
        shop/__init__.py:10:1: raises: `Plain` raises TypeError: Cannot inherit from plain Generic
        shop/__init__.py:12:1: raises: `P` raises TypeError: Protocols can only inherit from other protocols, got <class 'shop.Nominal'>
        shop/__init__.py:13:1: raises: `D` raises TypeError: cannot inherit from both a TypedDict type and a non-TypedDict base class
        shop/__init__.py:14:1: raises: `U` raises TypeError: Cannot subclass typing.Union[int, str]
        shop/__init__.py:15:1: raises: `K` raises TypeError: K.__init_subclass__() takes no keyword arguments
        shop/__init__.py:17:1: duplicate-base: `Pair` raises TypeError: duplicate base class Left
        shop/__init__.py:18:1: base-cannot-be-made: `Below` derives from `Pair`, which cannot be made
        shop/__init__.py:19:1: unacceptable-base: `Outer` raises TypeError: type 'bool' is not an acceptable base type
        shop/__init__.py:20:5: unacceptable-base: `Outer.Inner` raises TypeError: type 'bool' is not an acceptable base type
        shop/broken.py:3:1: syntax: unexpected EOF while parsing
        ! 12 faults in 15 classes
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
