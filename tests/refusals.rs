//! What the standard library's own hooks and decorators refuse, one program a rule, asked of mroscope and of every CPython here.

use crate::support::oracle::{Oracle, Row};
use crate::support::python::interpreters;
use crate::support::sandbox::Sandbox;
use crate::support::witness::{analysis_of, rows_of};

/// The last statement of each raises in some version.
const PROGRAMS: &str = "\
from dataclasses import dataclass, field
@dataclass
class C:
    a: int = 1
    b: int
--
from dataclasses import dataclass, field
@dataclass
class A:
    a: int = 1
@dataclass
class B(A):
    b: str
--
from dataclasses import dataclass, field
@dataclass
class C:
    a: list = []
--
from dataclasses import dataclass, field
@dataclass
class C:
    a: list = field(default_factory=list)
    b: dict = field(default={})
--
from dataclasses import dataclass, field
class C:
    a: int = field(default=1, default_factory=int)
--
from dataclasses import dataclass, field
@dataclass(frozen=True)
class A:
    a: int
@dataclass
class B(A):
    b: int
--
from dataclasses import dataclass, field
@dataclass
class A:
    a: int
@dataclass(frozen=True)
class B(A):
    b: int
--
from dataclasses import dataclass, field
@dataclass(frozen=True)
class C:
    a: int
    def __setattr__(self, name, value): ...
--
from dataclasses import dataclass, field
@dataclass(order=True)
class C:
    a: int
    def __lt__(self, other): ...
--
from dataclasses import dataclass, field
@dataclass(order=True, eq=False)
class C:
    a: int
--
from dataclasses import dataclass, field
@dataclass(unsafe_hash=True)
class C:
    a: int
    def __hash__(self): ...
--
from dataclasses import dataclass, field
from typing import ClassVar
@dataclass
class C:
    a: int = 1
    b: ClassVar[int]
    c: int = field(default=3, init=False)
    d: int = 4
@dataclass
class D(C):
    a: int = 2
    e: ClassVar[list] = []
    f: int = field()
--
from functools import total_ordering
@total_ordering
class C:
    def __eq__(self, other): ...
--
from typing import Protocol, runtime_checkable
@runtime_checkable
class P(Protocol): ...
@runtime_checkable
class C(P): ...
--
from enum import unique
@unique
class C:
    A = 1
--
from enum import Enum, Flag, unique
@unique
class A(Enum):
    X = 1
    Y = 2
@unique
class B(Enum):
    X = 1
    Y = 1
    Z = 1
--
from enum import Enum
class A(Enum):
    X = 1
    def f(self): ...
    X = 2
--
from enum import Enum
class A(Enum):
    _bad_ = 1
--
from enum import Enum
class A(Enum):
    mro = 1
--
from enum import Enum, auto
class A(Enum):
    X = auto()
    def _generate_next_value_(name, start, count, last): return name
--
from enum import Enum
class A(Enum):
    _order_ = 'X Y'
    Y = 1
    X = 2
--
from enum import Enum
class A(Enum):
    _ignore_ = 'x y'
    x = 1
    Y = x + 1
class B(A): ...
--
from enum import IntEnum
class A(IntEnum):
    X = 'x'
--
from enum import IntEnum
class A(IntEnum):
    X = None
--
from enum import Flag, auto
class A(Flag):
    X = auto()
    Y = auto()
    Z = X | Y
class B(A): ...
--
from typing import NamedTuple
class A(NamedTuple):
    x: int = 1
    y: int
--
from typing import NamedTuple
class A(NamedTuple):
    x: int
    def _make(self): ...
--
from typing import NamedTuple
class A(NamedTuple):
    _x: int
--
from typing import Generic, TypeVar
T = TypeVar('T')
S = TypeVar('S', covariant=True)
class A(Generic[T]): ...
class B(A[S], Generic[T]): ...
--
from typing import Generic, TypeVar
T = TypeVar('T')
class A(Generic[T, T]): ...
--
from functools import cached_property
class A:
    @cached_property
    def x(self): ...
    y = x
--
from functools import partialmethod
class A:
    f = partialmethod(None)
--
class Named:
    def __set_name__(self, owner): ...
class A:
    x = Named()
--
class A:
    def __init_subclass__(cls, a, *, b, **rest): ...
class B(A, a=1, b=2, c=3): ...
class C(A, b=2): ...
--
class A:
    def __init_subclass__(cls, a, b): ...
class B(A): ...
--
class M(type):
    def __prepare__(name, bases): return None
class A(metaclass=M): ...
--
class A:
    __qualname__ = 3
--
class A:
    class B:
        class C(bool): ...
--
class Entries:
    def __mro_entries__(self): ...
class A(Entries()): ...
";

/// What class bodies, metaclasses, hooks and decorators raise by operations and by calls, not by rules of the standard library.
const RAISING: &str = "\
class Trait: ...
class C:
    x = Trait(3)
--
class Trait:
    def __new__(cls, *given): return super().__new__(cls, *given)
class C:
    x = Trait()
    y = Trait(3)
--
class Trait:
    def __init__(self, *given): super().__init__(*given)
class C:
    x = Trait()
    y = Trait(3)
--
class Trait:
    def __init__(self): return self
class C:
    x = Trait()
--
from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def draw(self): ...
    @abstractmethod
    def area(self): ...
class Square(Shape):
    def area(self): ...
class C:
    shape = Square()
--
class C:
    x = None
    x()
--
class M(type):
    def __init__(cls, name, bases, namespace): return cls
class C(metaclass=M): ...
--
class M(type):
    def __init__(cls, name, bases, namespace): super().__init__()
class C(metaclass=M): ...
--
class M(type):
    def __prepare__(name, bases): return {}
class C(metaclass=M): ...
class D(C, key=3): ...
--
class M(type):
    def __prepare__(mcls, name, bases): return {}
class C(metaclass=M): ...
--
class M(type):
    @classmethod
    def __prepare__(mcls, name, bases): return [name]
class C(metaclass=M): ...
--
class M(type):
    @classmethod
    def __prepare__(mcls, name, bases): return name
class C(metaclass=M): ...
--
class M(type):
    @classmethod
    def __prepare__(mcls, name, bases): return {name}
class C(metaclass=M): ...
--
class Late:
    def __mro_entries__(self, bases): return []
class C(Late()): ...
--
class Field:
    def __set_name__(self, owner, name):
        if name == \"x\":
            raise ValueError(name)
class A:
    y = Field()
class C:
    x = Field()
--
class Field: __set_name__ = None
class C:
    x = Field()
--
class A:
    def __init_subclass__(cls, *, key): ...
class B(A, key=1): ...
class C(A): ...
--
def decorate(cls, key): return cls
@decorate
class C: ...
--
def decorate(cls):
    if not hasattr(cls, \"key\"):
        raise TypeError(cls.__name__)
    return cls
@decorate
class A:
    key = 1
@decorate
class C: ...
--
def decorate(cls): return None
def mark(cls):
    cls.marked = True
    return cls
@mark
@decorate
class C: ...
--
class A: ...
class C:
    a = A()
    b = a.missing
--
class A:
    __slots__ = (\"x\",)
class C:
    a = A()
    a.x = 1
    a.y = 2
--
class A:
    @property
    def x(self): ...
class C:
    a = A()
    a.x = 1
--
class A: ...
class C:
    del A.x
--
class C:
    x = 1
    del x
    del x
--
class M(type):
    def __setattr__(cls, name, value):
        if name == \"x\":
            raise AttributeError(f\"{cls.__name__}.{name} stays\")
        super().__setattr__(name, value)
    def __delattr__(cls, name): raise AttributeError(name)
class A(metaclass=M): ...
A.y = 1
class B:
    A.x = 1
--
class M(type):
    def __delattr__(cls, name): raise AttributeError(name)
class A(metaclass=M):
    x = 1
class B:
    del A.x
--
class A: ...
class B(A): ...
class C:
    B.__bases__ = ()
--
class A: ...
class B(A): ...
class C:
    A.__bases__ = (B,)
--
class A: ...
class B: ...
class C:
    A.__bases__ = (B,)
--
class C:
    int.x = 1
--
class M(type):
    def __new__(mcls, name, bases, namespace):
        cls = super().__new__(mcls, name, bases, namespace)
        if bases and \"key\" not in namespace:
            raise TypeError(name)
        return cls
class Base(metaclass=M): ...
class C:
    made = type(\"T\", (Base,), {})
--
class C:
    made = type(\"T\", [], {})
--
class C:
    made = type(3, (), {})
--
class C:
    made = type(\"T\", ())
--
class A:
    def say(self): ...
class B:
    def say(self): super(A, self).say()
class C:
    said = B().say()
--
class C:
    x = vars(None)
--
try:
    class C:
        x = 1
        x()
except TypeError:
    class C: ...
--
class Outer:
    class Inner:
        x = 1
        x()
--
class Once(dict):
    def __setitem__(self, key, value):
        if key in self:
            raise NameError(f\"{key} is defined twice\")
        super().__setitem__(key, value)
class M(type):
    @classmethod
    def __prepare__(mcls, name, bases): return Once()
    def __new__(mcls, name, bases, namespace):
        namespace[\"kind\"] = type(namespace).__name__
        return super().__new__(mcls, name, bases, namespace)
class A(metaclass=M):
    x = 1
    y = 2
class B(A):
    x = 1
    x = 2
--
class A:
    def __init_subclass__(cls): cls.__dict__[\"k\"]
class C(A): ...
--
class A:
    def __init_subclass__(cls):
        one, two = [1]
class C(A): ...
--
def plain(cls):
    assert \"__dict__\" in cls.__dict__ and \"__weakref__\" in vars(cls) and cls.__dict__[\"__doc__\"] is None
    return cls
@plain
class A: ...
@plain
class C:
    __slots__ = ()
--
from dataclasses import dataclass
@dataclass(nothing=True)
class C:
    x: int
--
from dataclasses import dataclass
@dataclass
class C:
    x: set = set()
--
from dataclasses import dataclass, field
@dataclass
class C:
    x = field(default=1)
--
from dataclasses import dataclass
@dataclass(frozen=True)
class A:
    x: int = 1
@dataclass
class B:
    y: int = 1
@dataclass(frozen=True)
class C(A, B): ...
--
from dataclasses import dataclass
@dataclass
class A:
    x: int = 1
class B(A): ...
@dataclass(frozen=True)
class C(B): ...
--
from dataclasses import dataclass
class U:
    __hash__ = None
@dataclass
class C:
    x: object = U()
--
from collections import namedtuple
class C(namedtuple(\"A\", \"x class\")): ...
--
from collections import namedtuple
class C(namedtuple(\"A\", \"x x\")): ...
--
from collections import namedtuple
class C(namedtuple(\"A\", \"x _y\")): ...
--
from collections import namedtuple
class C(namedtuple(\"A b\", \"x y\")): ...
--
from collections import namedtuple
class C(namedtuple(\"A\", \"x y\", defaults=(1,2,3))): ...
--
import ctypes
class S(ctypes.Structure):
    _fields_ = [(\"x\", 3)]
--
import ctypes
class S(ctypes.Structure):
    _fields_ = [(\"x\",)]
--
import ctypes
class S(ctypes.Structure):
    _fields_ = 3
--
import ctypes
class S(ctypes.Structure):
    _fields_ = [(1, ctypes.c_int)]
--
class A: ...
class C:
    x = [][3]
--
class C:
    raise ValueError(\"no\")
--
def f(a, b): ...
class C:
    x = f(1)
--
class A:
    def __init_subclass__(cls):
        if len(cls.__name__) > 3:
            raise ValueError(\"long\")
class B(A): ...
class Long(A): ...
--
class C:
    x = 3
    x.y = 1
--
class C:
    (1)()
--
class C:
    del missing
--
from functools import cached_property
class C:
    @cached_property
    def x(self): ...
    y = x
--
class C(metaclass=lambda *a: 1 / 0): ...
--
class M(type):
    def __call__(cls, *a): raise KeyError(\"no\")
class N(metaclass=M): ...
class C(metaclass=N): ...
--
class C(1): ...
--
class C:
    x = object().foo
";

fn say(row: &Row) -> String {
    let came_to = match (&row.made, &row.raised) {
        (Some(made), _) => made.mro.join(", "),
        (None, Some(raised)) => format!("{}: {}", raised.kind, raised.message),
        (None, None) => String::from("not known"),
    };
    format!("{}:{} {came_to}", row.module, row.line)
}

#[test]
fn what_hooks_and_decorators_refuse_is_told_in_the_interpreters_words() {
    is_told_in_the_interpreters_words(PROGRAMS, 25);
}

/// Cells, statements in statements, hooks of the library's classes.
const NESTED: &str = include_str!("refusals/nested.py");

#[test]
fn what_ends_a_statement_inside_of_another_ends_that_one_too() {
    is_told_in_the_interpreters_words(NESTED, 15);
}

#[test]
fn an_exception_ends_a_class_statement_wherever_it_comes_from() {
    is_told_in_the_interpreters_words(RAISING, 30);
}

/// Asks every CPython here for the classes of some programs, of which so many raise.
fn is_told_in_the_interpreters_words(programs: &str, raising: usize) {
    let programs: Vec<(String, &str)> = programs
        .split("--\n")
        .enumerate()
        .map(|(number, text)| (format!("program{number}"), text))
        .collect();
    let files: String = programs
        .iter()
        .map(|(name, text)| ["--- ", name, ".py\n", text].concat())
        .collect();
    let sandbox = Sandbox::new(&files);
    for interpreter in interpreters() {
        if interpreter.version < mroscope::source::PythonVersion::three(9) {
            continue;
        }
        let ours = rows_of(&analysis_of(&sandbox.root(), interpreter.version), &[]);
        let mut oracle = Oracle::start(&interpreter);
        let mut raised = 0;
        let mut wrong = vec![];
        for (name, text) in &programs {
            for theirs in oracle.program(name, text, &[]).classes {
                raised += usize::from(theirs.raised.is_some());
                let same = |it: &&Row| it.module == *name && it.line == theirs.line;
                let ours = ours
                    .iter()
                    .rfind(same)
                    .map_or(String::from("no class"), say);
                if ours != say(&theirs) {
                    wrong.push(format!("{}\n      mroscope: {ours}\n{text}", say(&theirs)));
                }
            }
        }
        assert!(raised > raising, "only {raised} of the programs raise");
        assert!(
            wrong.is_empty(),
            "CPython {}:\n{}",
            interpreter.full_version,
            wrong.join("\n")
        );
    }
}

#[test]
fn an_enumeration_whose_metaclass_hands_on_other_values_is_not_refused() {
    let text = "\
import enum
class Choices(enum.EnumMeta):
    def __new__(metacls, name, bases, classdict, **keywords):
        for key in classdict._member_names:
            value = classdict[key]
            if isinstance(value, tuple):
                dict.__setitem__(classdict, key, value[0])
        return super().__new__(metacls, name, bases, classdict, **keywords)
class Text(str, enum.Enum, metaclass=Choices): ...
class Size(Text):
    SMALL = 's', object()
";
    let sandbox = Sandbox::new(&["--- sizes.py\n", text].concat());
    for interpreter in interpreters() {
        if interpreter.version < mroscope::source::PythonVersion::three(9) {
            continue;
        }
        let theirs = Oracle::start(&interpreter)
            .program("sizes", text, &[])
            .classes;
        let ours = rows_of(&analysis_of(&sandbox.root(), interpreter.version), &[]);
        let say_all = |rows: &[Row]| rows.iter().map(say).collect::<Vec<_>>();
        assert_eq!(say_all(&ours), say_all(&theirs));
    }
}
