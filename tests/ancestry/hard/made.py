"""Classes made by calls, decorators and metaclasses."""
import abc
import dataclasses
import functools
import importlib
import types

from .plain import A, B, Root

X = type("X", (A, B), {})
class OfX(X): pass
New = types.new_class("New", (A,))
class OfNew(New): pass
MD = dataclasses.make_dataclass("MD", ["a"], bases=(A,))
class OfMD(MD): pass

for name in ("Red", "Green"):
    globals()[name] = type(name, (A,), {})
class OfRed(Red): pass


class Meta(type):
    pass


def with_metaclass(meta, *bases):
    class metaclass(type):
        def __new__(cls, name, this_bases, d):
            return meta(name, bases, d)

        @classmethod
        def __prepare__(cls, name, this_bases):
            return meta.__prepare__(name, bases)
    return type.__new__(metaclass, "temporary_class", (), {})


def add_metaclass(metaclass):
    def wrapper(cls):
        orig_vars = cls.__dict__.copy()
        orig_vars.pop("__dict__", None)
        orig_vars.pop("__weakref__", None)
        return metaclass(cls.__name__, cls.__bases__, orig_vars)
    return wrapper


class WithMeta(with_metaclass(Meta, A)): pass
class OfWithMeta(WithMeta): pass


class Plain(A): pass
AddedMeta = add_metaclass(Meta)(Plain)
class OfAddedMeta(AddedMeta): pass


class Reversed(type):
    def mro(cls):
        first, *rest, last = super().mro()
        return [first, *reversed(rest), last]


class Backwards(A, B, metaclass=Reversed): pass


def replaced(cls):
    return type("Replaced", (A, B), dict(cls.__dict__) if False else {})


@replaced
class Original: pass
class OfReplaced(Original): pass


class Entries:
    def __mro_entries__(self, bases):
        return (A, B)


class OfEntries(Entries()): pass


class Adds(type):
    def __new__(mcs, name, bases, namespace):
        if name != "WithAdded":
            return super().__new__(mcs, name, bases, namespace)
        return super().__new__(mcs, name, bases + (A,), namespace)


class WithAdded(B, metaclass=Adds): pass
class OfAdded(WithAdded): pass
class Imported(importlib.import_module("hard.plain").A): pass


from . import lazy
class Lazy(lazy.Late): pass

from .stars import *
class Shown(Starry): pass
from . import plain
class Hidden(plain._Hidden): pass


def metaclass_function(name, bases, namespace):
    return type(name, (A,) + bases, namespace)


class ByFunction(B, metaclass=metaclass_function): pass


@dataclasses.dataclass
class Data:
    a: int = 0


@functools.total_ordering
class Ordered(Data):
    def __lt__(self, other): return False


class Registry(type):
    classes = {}
    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        Registry.classes[name] = cls


class Registered(metaclass=Registry): pass
class OfRegistered(Registry.classes["Registered"]): pass


class Hooked:
    known = []
    def __init_subclass__(cls, **keywords):
        super().__init_subclass__()
        Hooked.known.append(cls)


class FirstHooked(Hooked, extra=1): pass
class OfHooked(Hooked.known[0]): pass


class QuerySet:
    def filter(self): pass


class BaseManager:
    @classmethod
    def from_queryset(cls, queryset_class, class_name=None):
        if class_name is None:
            class_name = "%sFrom%s" % (cls.__name__, queryset_class.__name__)
        return type(class_name, (cls,), {"_queryset_class": queryset_class})


class Manager(BaseManager.from_queryset(QuerySet)): pass


class Virtual(abc.ABC): pass
@Virtual.register
class NotBelow: pass


def make_all(*names):
    made = []
    for name in names:
        made.append(type(name, (Root,), {}))
    return tuple(made)


One, Two = make_all("One", "Two")
class OfMade(One, Two): pass


@functools.lru_cache(maxsize=None)
def cached(base):
    return type("Cached" + base.__name__, (base,), {})


class OfCached(cached(A)): pass
class OfCachedAgain(cached(A), B): pass
class OfPartial(functools.partial(type, "Partial", (A,))({})): pass
