"""What the typing module and its neighbours put into a base list."""
import enum
from collections import namedtuple
from contextlib import AbstractContextManager
from typing import Dict, Generic, List, Mapping, NamedTuple, Protocol, Sized, TypedDict, TypeVar

T = TypeVar("T")
K = TypeVar("K")


class G(Generic[T]): pass
class OfInt(G[int]): pass
class Managed(Generic[T], AbstractContextManager): pass
class OwnList(List[int]): pass
class OwnMapping(Mapping[str, T]): pass
class OwnDict(Dict[K, T]): pass
class Both(G[T], Generic[T]): pass
class Builtin(list[int]): pass
class Sizes(Sized, Protocol): pass
class OwnSizes(Sizes): pass


class Point(NamedTuple):
    x: int
    y: int = 0


class Point3(Point):
    z = 0


Pair = namedtuple("Pair", "left right")
class OwnPair(Pair): pass
class Inline(namedtuple("Inline", ["a", "b"])): pass
Functional = NamedTuple("Functional", [("a", int)])
class OwnFunctional(Functional): pass


class Movie(TypedDict):
    name: str


class Sequel(Movie, total=False):
    number: int


class Color(enum.Enum):
    RED = 1


class Flags(enum.IntFlag):
    ONE = 1


class Empty(enum.Enum):
    def method(self): pass


class Texts(str, enum.Enum):
    A = "a"


class OfEmpty(Empty):
    A = 1


Made = enum.Enum("Made", "A B")
class Uses:
    made = Made
