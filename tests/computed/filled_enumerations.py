# Since 3.11 `vars().update(...)` in the body of an enumeration enters each name as if the body had bound it.
import enum
def refused(made):
    try:
        made()
    except Exception as error:
        return type(error).__name__, str(error)
    return "fits"
given = {"RED": 1, "GREEN": 2, "_hidden": 3}
class Color(enum.Enum):
    vars().update({name: value for name, value in given.items() if not name.startswith("_")})
    def shout(self): return self.name.lower()
def twice():
    class Color(enum.Enum):
        vars().update({"RED": 1})
        RED = 2
def with_keyword():
    class Color(enum.Enum):
        vars().update({"RED": 1}, **{"RED": 2})
def with_pairs():
    class Color(enum.Enum):
        vars().update([("RED", 1), ("RED", 2)])
def keyword_alone():
    class Color(enum.Enum):
        vars().update(RED=1)
class Values:
    v_members = [it.name for it in Color], Color.GREEN.value, Color.RED.shout()
    v_twice = refused(twice), refused(with_keyword), refused(with_pairs)
    v_alone = refused(keyword_alone)
