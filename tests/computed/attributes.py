import abc
import types
import copy
import enum
import functools
import sys
from typing import Dict, List, Literal, Optional, TypeVar, Union, get_args
T = TypeVar("T")
U = TypeVar("U")
def made_method(*given):
    try:
        return types.MethodType(*given)()
    except TypeError as error:
        return str(error)
def two():
    "two"
def undocumented(a, b: int = 1, *c, d: "str" = 2, **e) -> None: return a, b, d
def known(a, b=2): return a, b
def other(x, y=5, *, z=6): return x, y, z
def by_name(*, w=None): return w
def doubled(): return 2
def adding(f):
    f.__doc__ += " and more"
    return f
def marked(f):
    f.mark = 1
    f.__dict__["other"] = 2
    f.__dict__.update(third=3)
    return f
def refuses(f, name, value):
    try:
        setattr(f, name, value)
    except (AttributeError, TypeError) as error:
        return type(error).__name__, str(error)
def lacks(it, name):
    try:
        getattr(it, name)
    except AttributeError:
        return True
    return False
def refuses_item(namespace):
    try:
        namespace["x"] = 1
    except TypeError as error:
        return str(error)
class Kept:
    __slots__ = ("name", "more")
    def __init__(self, name):
        self.name, self.more = name, [1]
    def __getstate__(self):
        return tuple(getattr(self, name) for name in self.__slots__)
    def __setstate__(self, state):
        bound = object.__setattr__.__get__(self)
        for name, value in zip(self.__slots__, state):
            bound(name, value)
class Base: pass
class Abstract(abc.ABC):
    @abc.abstractmethod
    def needed(self): pass
class Plain:
    def method(self):
        "said of it"
class Slotted:
    __slots__ = ("sl",)
class Mixed:
    __slots__ = ("kept", "__dict__")
    def __init__(self):
        self.kept, self.free = 1, 2
@adding
def one():
    "one"
@marked
def with_marks(): pass
@functools.wraps(known)
def wrapper(*args, **given): return known(*args, **given)
by_name.__kwdefaults__["w"] = 4
changed = lambda a, b=1: (a, b)
changed.__defaults__ = (7, 8)
def recoded(): return 1
recoded.__code__ = doubled.__code__
def forgetful(a=1, *, b=2):
    "forgotten"
forgetful.x = 1
del forgetful.x, forgetful.__doc__, forgetful.__defaults__, forgetful.__kwdefaults__
def said(x: int) -> str: pass
said.__annotations__["y"] = float
def shared(): pass
shared.__dict__ = {"given": 5}
fixed = classmethod(two)
free = staticmethod(undocumented)
partial = functools.partial(known, 1, b=3)
if sys.version_info >= (3, 11):
    @enum.global_enum
    class Colour(enum.IntFlag):
        RED = 1
        ROT = 1
        BLUE = 2
kept = Kept("k")
copied = copy.copy(kept)
class Values:
    v_doc = two.__doc__, undocumented.__doc__, one.__doc__, (lambda: 0).__doc__, Plain.method.__doc__, Plain().method.__doc__
    v_names = two.__name__, Plain.method.__qualname__, Plain().method.__name__
    v_dict = two.__dict__, with_marks.__dict__, with_marks.other, with_marks.third, shared.given, shared.__dict__
    v_closure = two.__closure__, (lambda: 0).__closure__
    v_annotations = two.__annotations__, undocumented.__annotations__, sorted(said.__annotations__), list(said.__annotations__)
    v_defaults = undocumented.__defaults__, undocumented.__kwdefaults__, two.__defaults__, two.__kwdefaults__, changed.__defaults__
    v_called = by_name(), changed(), changed(1), recoded(), doubled()
    v_deleted = forgetful.__doc__, forgetful.__defaults__, forgetful.__kwdefaults__, hasattr(forgetful, "x"), forgetful.__dict__
    v_refused_names = refuses(two, "__name__", 1), refuses(two, "__defaults__", 1), refuses(two, "__code__", 1)
    v_refused = refuses(two, "__dict__", 1), refuses(two, "__closure__", ()), refuses(two, "__annotations__", 1), refuses(two, "__kwdefaults__", 1)
    v_takes_none = refuses([], "x", 1), refuses(Plain().method, "x", 1), refuses(len, "x", 1), refuses(list.append, "x", 1), refuses({}, "x", 1)
    v_read_only = refuses([], "__doc__", 1), refuses(Plain().method, "__doc__", 1), refuses(len, "__doc__", 1), refuses(3, "real", 1)
    v_exported = (RED is Colour.RED, BLUE.value) if sys.version_info >= (3, 11) else None
    v_copied = copied.name, copied.more, copied is not kept
    v_lacks = lacks(two, "__wrapped__"), lacks(two, "__func__"), lacks(two, "mark"), lacks(with_marks, "mark")
    v_wrapper = wrapper.__name__, wrapper.__doc__, wrapper.__defaults__, wrapper.__wrapped__ is known, wrapper(1)
    v_fixed = fixed.__func__ is two, lacks(fixed, "__code__"), lacks(fixed, "mark"), getattr(fixed, "__wrapped__", None) is (two if sys.version_info >= (3, 10) else None)
    v_free = free.__doc__ if sys.version_info >= (3, 10) else None, free.__func__ is undocumented
    v_partial = partial.args, partial.keywords, partial.func is known
    v_method = Plain().method.__func__ is Plain.method, lacks([].append, "__func__"), [].append.__self__, [].append.__module__, lacks(list.append, "__module__")
    v_natives = hasattr(Plain.__init__, "__code__"), hasattr(len, "__code__"), hasattr(len, "__defaults__"), lacks([].append, "__code__")
    v_natives_have = len.__module__, len.__name__, hasattr(list.append, "__objclass__"), hasattr(len, "__self__"), hasattr(two, "__get__")
    v_instances = hasattr(object(), "__dict__"), hasattr(Slotted(), "__dict__"), hasattr(Plain(), "__dict__"), hasattr([], "__dict__"), hasattr(3, "__dict__")
    v_mixed = Mixed().__dict__, Mixed().kept, vars(Mixed())
    v_abstract = hasattr(Plain, "__abstractmethods__"), hasattr(int, "__abstractmethods__"), getattr(Base, "__abstractmethods__", 3)
    v_collections = sorted(Abstract.__abstractmethods__), type(Abstract.__abstractmethods__) is frozenset
    v_bound = str.join.__get__(",")(["a", "b"]), two.__get__(Plain()).__self__.__class__ is Plain
    v_parameters = list[int].__parameters__, List[T].__parameters__ == (T,), Dict[T, List[U]].__parameters__ == (T, U), Optional[T].__parameters__ == (T,), list[T].__parameters__ == (T,)
    v_literals = get_args(Literal[Literal["a", "b"], "c"]), get_args(Literal["a", "a"]), get_args(Literal[1, True, 1]), Literal["x"].__args__
    v_unions = Union[int] is int, get_args(Union[int]), Union[str, str] is str, get_args(Union[int, Union[str, int]]) == (int, str)
    v_lists = lacks([], "mark"), lacks({}, "mark"), lacks((), "mark"), lacks(set(), "mark")
    v_others = lacks(property(), "mark"), lacks(range(3), "mark"), lacks(iter([]), "mark"), lacks({}.keys(), "mark")
    v_namespace = isinstance(Plain.__dict__, dict), hasattr(Plain.__dict__, "update"), "method" in Plain.__dict__, type(Plain.__dict__).__name__, type(Plain.__dict__.copy()) is dict
    v_namespace_refuses = refuses_item(Plain.__dict__)
    v_methods = made_method(len, [1, 2]), made_method(len, None), made_method(1, 2), made_method(len), made_method(list, "ab")
    v_bound = types.MethodType(known, 1)(5), types.MethodType(known, 1).__self__, types.MethodType(known, 1).__func__ is known, types.MethodType(known, 1).__name__
