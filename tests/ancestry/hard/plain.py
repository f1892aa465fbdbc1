"""Names that lead somewhere by what the language does."""
import contextlib
import decimal
import io
import pathlib
import sys
from abc import ABC
from typing import TYPE_CHECKING, Any


class Root:
    def where(self): return "root"


class A(Root): pass
class B(Root): pass
class Diamond(A, B): pass
class OwnDict(dict): pass
class OwnStr(str): pass
class Stack(contextlib.ExitStack): pass
class OwnPath(pathlib.PurePath): pass
class OwnText(io.TextIOWrapper): pass
class OwnDecimal(decimal.Decimal): pass


class _Hidden(A): pass


if TYPE_CHECKING:
    Checked = A
else:
    Checked = B

if sys.version_info >= (3, 0):
    Versioned = A
elif sys.version_info < (2, 7):
    Versioned = B
else:
    Versioned = Root

if sys.platform == "win32":
    class OnPlatform(B): pass
else:
    class OnPlatform(A): pass

try:
    from collections import Quick
except ImportError:
    Quick = A


class FromChecked(Checked): pass
class FromVersioned(Versioned): pass
class FromPlatform(OnPlatform): pass
class FromQuick(Quick): pass


class Twice(A): pass
class Twice(B): pass
class FromTwice(Twice): pass


bases = (A, B)
REGISTRY = {"a": A, "b": B}
first, second = bases


class Starred(*bases): pass
class Indexed(bases[1]): pass
class Keyed(REGISTRY["a"]): pass
class Walrus(chosen := A): pass
class Or(None or A): pass
class FromLambda((lambda: B)()): pass
class Conditional(A if len(bases) == 2 else B): pass
class Unpacked(first, second): pass
class FromGetattr(getattr(sys.modules[__name__], "A")): pass
class OfInstance(type(Root())): pass


def factory(base):
    class Mixed(base):
        pass
    return Mixed


def local():
    class Local(A):
        pass
    return Local


class FromFactory(factory(A)): pass
class FromLocal(local()): pass


class Outer:
    class Inner(A): pass
    class Second(Inner): pass


class FromInner(Outer.Inner): pass
class Base(ABC): pass
class Base(Base): pass


if sys.version_info >= (3, 11):
    class OfAny(Any): pass
