# What code answers in the place of the interpreter: attributes of a class whose metaclass has `__getattribute__`, whether something is
# abstract; and what a mapping is to `MappingProxyType`.
import abc
from dataclasses import dataclass, field
from types import MappingProxyType
def refused(made):
    try:
        made()
    except Exception as error:
        return type(error).__name__, str(error)
    return "fits"
class Answers(type):
    def __getattribute__(cls, name):
        if name == "odd": return int
        if name == "never": raise AttributeError("never")
        return super().__getattribute__(name)
class AnswersAll(type):
    def __getattribute__(cls, name):
        if name == "never": raise AttributeError("never")
        return type.__getattribute__(cls, name)
    def __getattr__(cls, name): return name
class Items(type):
    def __getattribute__(cls, name): return {"x": dict}[name]
class One(metaclass=Answers):
    here = float
class All(metaclass=AnswersAll):
    here = float
class Some(metaclass=Items): pass
class NoTruth:
    def __bool__(self): raise ValueError("neither")
class Marked:
    __isabstractmethod__ = NoTruth()
class Asked:
    @property
    def __isabstractmethod__(self): raise KeyError("asked")
class Silent:
    @property
    def __isabstractmethod__(self): raise AttributeError("silent")
def marked_function():
    class C(abc.ABC):
        def method(self): ...
        method.__isabstractmethod__ = NoTruth()
def marked_property():
    class C(abc.ABC):
        def method(self): ...
        method.__isabstractmethod__ = NoTruth()
        prop = property(method)
        del method
def marked_value(value):
    class C(abc.ABC):
        it = value
class NotAbstract(abc.ABC):
    def method(self): ...
    method.__isabstractmethod__ = False
class Keyed:
    def __getitem__(self, key): return key
def metadata(value):
    @dataclass
    class C:
        it: int = field(metadata=value)
class Values:
    v_class = One.odd, One.here, refused(lambda: One.never), One().here
    v_fallback = All.here, All.never, All.missing
    v_items = Some.x, refused(lambda: Some.y)
    v_marks = refused(marked_function), refused(marked_property)
    v_values = refused(lambda: marked_value(Marked())), refused(lambda: marked_value(Asked())), refused(lambda: marked_value(Silent()))
    v_false = type(NotAbstract()).__name__
    v_proxies = [refused(lambda: MappingProxyType(it)) for it in (0, None, [], (), {}, "text", Keyed(), int, {1})]
    v_metadata = [refused(lambda: metadata(it)) for it in (0, None, [], {}, Keyed())]
