# Members that a body is given through the dict that shows its names, and members that are asked of `Enum.__new__` while they are made: what
# that says is another text in 3.11.2 than in 3.11.7.
import enum
def refused(made):
    try:
        made()
    except Exception as error:
        return type(error).__name__, str(error)
    return "fits"
def subscript():
    class Color(enum.Enum):
        locals()["RED"] = 1
        locals()["RED"] = 2
def by_default():
    class Color(enum.Enum):
        RED = 1
        vars().setdefault("RED", 2)
    return Color.RED.value
def of_enum():
    class Color(enum.Enum):
        def __new__(cls, value): return super().__new__(cls, value)
        RED = 1
def of_enum_by_name():
    class Color(enum.Enum):
        def __new__(cls, value): return enum.Enum.__new__(cls, value)
        RED = 1
def of_int():
    class Level(enum.IntEnum):
        def __new__(cls, value): return super().__new__(cls, value)
        LOW = 1
def of_base():
    class Base(int, enum.Enum): pass
    class Level(Base):
        def __new__(cls, value): return super().__new__(cls, value)
        LOW = 1
def of_object():
    class Color(enum.Enum):
        def __new__(cls, value):
            made = object.__new__(cls)
            made._value_ = value
            return made
        RED = 1
    return Color.RED.value
class Unique(enum.Enum):
    def __init__(self, *arguments):
        kind = self.__class__
        if any(self.value == it.value for it in kind):
            raise ValueError("%r is %r" % (self.name, kind(self.value).name))
def unique():
    class Color(Unique):
        RED = 1
        BLUE = 2
        AZURE = 2
def without_value():
    class Column(str, enum.Enum):
        def __new__(cls, value, place):
            made = str.__new__(cls, value)
            made.place = place
            return made
        KEY = "key", 0
class Values:
    v_subscript = refused(subscript)
    v_default = by_default()
    v_new = [refused(it) == "fits" for it in (of_enum, of_enum_by_name, of_int, of_base)]
    v_object = of_object()
    v_unique = refused(unique)
    v_value = refused(without_value)[0]
