# Members that `EnumType` cannot make: `object.__init__` takes no value, and what `__new__` returns has no room for one.
from enum import Enum, EnumMeta
def refused(made):
    try:
        made()
    except Exception as error:
        return type(error).__name__, str(error)
    return "fits"
def bare():
    class Color(metaclass=EnumMeta): RED = 1
def empty():
    class Color(metaclass=EnumMeta): pass
def nothing_given():
    class Color(metaclass=EnumMeta): RED = ()
def with_init():
    class Color(metaclass=EnumMeta):
        def __init__(self, *arguments): pass
        RED = 1
def with_new():
    class Color(metaclass=EnumMeta):
        def __new__(cls, value):
            made = object.__new__(cls)
            made._value_ = value
            return made
        RED = 1
def nothing_made():
    class Color(Enum):
        def __new__(cls, value): pass
        RED = 1
def number_made():
    class Color(Enum):
        def __new__(cls, value): return 5
        RED = 1
def nothing_of_int():
    class Level(int, Enum):
        def __new__(cls, value): return None
        LOW = 1
class Values:
    v_bare = refused(bare), refused(empty), refused(nothing_given)
    v_own = refused(with_init), refused(with_new)
    v_made = refused(nothing_made), refused(number_made), refused(nothing_of_int)
