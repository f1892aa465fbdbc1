import inspect
from dataclasses import MISSING, dataclass, field
class Seeing(type):
    def __new__(meta, name, bases, namespace, **keywords):
        seen = {k: v for k, v in namespace.items() if k in ("__module__", "__qualname__", "__annotations__", "__doc__")}
        made = super().__new__(meta, name, bases, namespace)
        made.seen = list(seen), seen.get("__annotations__", "none"), inspect.cleandoc(namespace.get("__doc__", "nothing")), seen["__qualname__"]
        return made
class Plain(metaclass=Seeing):
    value = 1
class Said(metaclass=Seeing):
    """It says something."""
    total: int = 1
    only: str
class Outer:
    class Inner(metaclass=Seeing):
        "inside"
        x: "Later"
class Again(Said):
    pass
class Without(type):
    def __new__(meta, name, bases, namespace):
        namespace = {k: v for k, v in namespace.items() if k not in ("__annotations__", "__doc__")}
        return super().__new__(meta, name, bases, namespace)
class Bare(metaclass=Without):
    """It had this."""
    x: int = 1
class Hashed:
    __slots__ = ("a", "__hash__")
    def __eq__(self, other):
        return True
def marked(value):
    try:
        value.mark
    except AttributeError:
        return False
    return True
def one(): pass
def other(): pass
other.mark = 1
@dataclass
class Data:
    x: int = field(default=3, default_factory=MISSING)
class Values:
    v_seen = [Plain.seen, Said.seen, Outer.Inner.seen, Again.seen]
    v_docs = [Plain.__doc__, Said.__doc__, Again.__doc__, Outer.Inner.__doc__]
    v_slot = type(Hashed.__hash__).__name__
    v_marked = marked(one), marked(other)
    v_field = Data.x
    v_clean = [inspect.cleandoc(t) for t in ("", "  a\n    b\n\n      c\n  ", "\n\n  a\n\tb\n", "a", "  \n a\n  b", "x\n\n\n")]
