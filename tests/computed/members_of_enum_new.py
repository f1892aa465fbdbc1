# What `Enum.__new__` says to those who call it to make a member.
import enum
def refused(made):
    try:
        made()
    except Exception as error:
        return type(error).__name__, str(error)
    return "fits"
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
class Values:
    v_new = refused(of_enum), refused(of_enum_by_name), refused(of_int), refused(of_base)
