# What ends the body of a class, or what decorates in it.
import dataclasses, enum
from abc import abstractmethod
from dataclasses import dataclass, field
def refused(made):
    try:
        made()
    except Exception as error:
        return type(error).__name__, str(error)
    return "fits"
def setter():
    class C:
        def method(self): ...
        @method.setter
        def method(self, value): ...
def subscripted():
    class C:
        a: str
        a[0]: int
def attribute():
    class C:
        a.b: int
def given():
    class C:
        a = [1]
        a[0]: int
def bare_super():
    class C:
        a = super().b
def slots_class():
    class C:
        __slots__ = list
def slots_function():
    class C:
        __slots__ = len
def marked(wrap):
    class C:
        @abstractmethod
        @wrap
        def method(cls): ...
def one():
    @dataclass
    class C:
        x: int = field(0)
def two():
    @dataclass
    class C:
        x: int = field(0, 1)
def both():
    @dataclass
    class C:
        x: int = field(0, default=1)
def odd():
    @dataclass
    class C:
        x: int = field(default=0, never=1)
class Named(enum.Enum):
    def _generate_next_value_(self): return "name"
def numbered():
    class C(Named):
        a = enum.auto()
class Values:
    vsetter = refused(setter)
    vannotated = refused(subscripted), refused(attribute), refused(given)
    vsuper = refused(bare_super)
    vslots = refused(slots_class), refused(slots_function)
    vmarked = refused(lambda: marked(classmethod)), refused(lambda: marked(staticmethod)), refused(lambda: marked(property)), refused(lambda: marked(lambda it: it))
    vfield = refused(one), refused(two), refused(both), refused(odd)
    vauto = refused(numbered)[0]
