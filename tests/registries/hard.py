"""Ways of registering that are less usual, and what goes out again."""
import collections
import functools
import os


class Strict(dict):
    """Refuses what is there."""

    def __setitem__(self, key, value):
        if key in self:
            raise KeyError(key)
        super().__setitem__(key, value)


class Table:
    """An object that keeps what is registered with it."""

    def __init__(self):
        self.kept = {}
        self.order = []

    def register(self, *names, **options):
        def enter(it):
            for name in names or (it.__name__,):
                self.kept[name] = it
            self.order.append((it.__name__, it))
            return it

        return enter

    def __call__(self, it):
        self.kept[it.__name__] = it
        return it


STRICT = Strict()
TABLE = Table()
NESTED = collections.defaultdict(dict)
GONE = {}
EMPTIED = {}
LEFT = []
ALIASES = {}
PICKED = {}
MERGED = {}
PERHAPS = {}
FACTORIES = {}


class Base:
    registry = {}

    @classmethod
    def register(cls, name):
        def enter(sub):
            cls.registry[name] = sub
            return sub

        return enter

    @classmethod
    def add(cls, sub):
        cls.registry.setdefault(sub.__name__, sub)
        return sub


@Base.register("first")
@Base.add
@Base.register("innermost")
class First(Base):
    pass


@TABLE.register()
@TABLE.register("two", "zwei", deprecated=True)
class Two:
    pass


@TABLE
def plain():
    pass


STRICT["one"] = First
try:
    STRICT["one"] = Two
except KeyError:
    pass

NESTED["a"]["x"] = First
NESTED["a"]["y"] = Two
NESTED["b"].update(z=plain)

GONE["kept"] = First
GONE["gone"] = Two
del GONE["gone"]
GONE["popped"] = Two
GONE.pop("popped")
GONE["again"] = First
del GONE["again"]
GONE["again"] = Two

EMPTIED["x"] = First
EMPTIED.clear()
EMPTIED["y"] = Two

for it in (First, Two, plain):
    LEFT.append(it)
LEFT.remove(Two)
LEFT.insert(0, Base)

for name in ("a", "b", "c"):
    ALIASES[name] = First
ALIASES["b"] = Two
ALIASES["b"] = plain
ALIASES["c"] = First


def pick(names):
    for name in names:
        PICKED[name] = AVAILABLE[name]


AVAILABLE = {"first": First, "two": Two, "plain": plain}
pick(["first", "plain"])

MERGED |= {"m": First} if hasattr(dict, "__or__") else {}
MERGED.update(n=Two)

if os.name == "nothing of the kind":
    PERHAPS["never"] = First
else:
    PERHAPS["always"] = Two


def factory(kind):
    def make():
        return kind()

    FACTORIES[kind.__name__] = make
    return kind


factory(First)


@factory
class Three:
    pass


class Command:
    """Each subclass brings its own name, and the last of a name wins."""

    name = None
    all = {}

    def __init_subclass__(cls):
        if cls.name is not None:
            Command.all[cls.name] = cls


class Run(Command):
    name = "run"


class RunAgain(Run):
    pass


class Stop(Command):
    name = "stop"


class Abstract(Command):
    pass


PARTIAL = {"p": functools.partial(print, plain)}
MADE = [type(f"Made{n}", (Base,), {}) for n in range(3)]
BY_NAME = {it.__name__: it for it in MADE}
