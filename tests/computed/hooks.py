class Undefined: pass
class Slotted:
    __slots__ = ("name", "step", "kept")
    defaults = {"step": 3, "kept": lambda self: "made"}
    def __init__(self, **given):
        for key in self.__slots__:
            object.__setattr__(self, key, given.get(key, Undefined))
    def __getattribute__(self, key):
        value = object.__getattribute__(self, key)
        if value is Undefined and key != "name":
            value = self.defaults[key]
            if callable(value):
                value = value(self)
        return value
class Asked:
    def __getattribute__(self, key):
        if key == "hidden":
            raise AttributeError(key)
        return super().__getattribute__(key)
    def __getattr__(self, key):
        return "fallback " + key
    hidden = 1
    seen = 2
class Meta(type):
    def __instancecheck__(cls, value):
        return isinstance(value, tuple(cls.kinds()))
    def __subclasscheck__(cls, other):
        return other in cls.kinds()
class Kinds(metaclass=Meta):
    @staticmethod
    def kinds():
        yield int
        yield str
class Gone:
    def __init__(self):
        self.x = 1
    def forget(self):
        object.__delattr__(self, "x")
        return hasattr(self, "x"), sorted(self.__dict__)
import functools
def plain(): pass
def wrap(f):
    @functools.wraps(f)
    def inner(*args): return f(*args)
    return inner
plain.mark = 3
wrapped = wrap(plain)
slotted, asked = Slotted(name="n"), Asked()
class Values:
    v_defaults = slotted.step, slotted.kept, slotted.name, Slotted(step=1).step
    v_hooks = asked.hidden, asked.seen, asked.other, hasattr(asked, "what")
    v_instances = isinstance(3, Kinds), isinstance("a", Kinds), isinstance(1.5, Kinds), isinstance(1.5, (Kinds, float))
    v_subclasses = issubclass(int, Kinds), issubclass(float, Kinds), issubclass(bool, Kinds)
    v_forgotten = Gone().forget()
    v_wrapped = wrapped.__name__, wrapped.mark, wrapped.__wrapped__.__name__, hasattr(plain, "__wrapped__"), hasattr(plain, "__func__")
    v_natives = hasattr(object.__init__, "mark"), hasattr(len, "mark"), hasattr(str.join, "mark"), [n for n in dir(Gone) if hasattr(getattr(Gone, n), "mark")]
