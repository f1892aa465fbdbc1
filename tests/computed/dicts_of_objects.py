# The `__dict__` of an object, held by a name while the object changes, or given to it.
def of(it, name):
    return getattr(it, name, "none")
class Plain: pass
first = Plain()
held = first.__dict__
first.a = "set"
held["b"] = "put"
first.c = "gone"
del first.c
second = Plain()
second.gone = 1
second.__dict__ = {"q": "given"}
class Borg:
    shared = {}
    def __init__(self): self.__dict__ = self.shared
one, two = Borg(), Borg()
one.base = "one"
seen = two.base
two.base = "two"
class Keys(dict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__ = self
keys = Keys(base="first")
was = keys.base
keys["base"] = "item"
item = keys.base
keys.base = "attribute"
keys.more = "more"
class Filled:
    def __init__(self):
        self.gone = 1
        self.__dict__ = {"speed": 5}
class Copied:
    def __copy__(self):
        new = Empty()
        new.__class__ = self.__class__
        new.__dict__ = self.__dict__.copy()
        return new
class Empty: pass
copied = Copied()
copied.name = "old"
new = copied.__copy__()
new.name = "new"
try:
    copied.__dict__ = 3
except TypeError as error:
    refused = str(error)
third = Plain()
third.a = 1
del third.__dict__
def function(): pass
names = function.__dict__
function.mark = "set"
class Values:
    vheld = held.get("a"), first.b, held.get("c", "none"), sorted(held)
    vgiven = of(second, "gone"), second.q, second.__dict__
    vborg = seen, one.base, Borg().base, Borg.shared
    vkeys = was, item, keys["base"], keys["more"], keys.base
    vfilled = of(Filled(), "gone"), Filled().speed
    vcopied = copied.name, new.name, type(new).__name__
    vrefused = refused
    vdeleted = of(third, "a")
    vfunction = names.get("mark"), names
