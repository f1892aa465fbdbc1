import collections, functools, abc, weakref
FORMATS = {}
ROUTES = []
HANDLERS = collections.defaultdict(list)
ORDER = collections.OrderedDict()
QUEUE = collections.deque()
SEEN = set()
WEAK = weakref.WeakValueDictionary()
WEAKSET = weakref.WeakSet()

def register(name, *, strict=False):
    def enter(cls):
        FORMATS[name] = cls
        return cls
    return enter

def route(path):
    return functools.partial(_route, path)

def _route(path, fn):
    ROUTES.append((path, fn))
    return fn

def on(event):
    def enter(fn):
        @functools.wraps(fn)
        def wrapper(*a):
            return fn(*a)
        HANDLERS[event].append(wrapper)
        return wrapper
    return enter

class Keyed:
    table = {}
    def __init_subclass__(cls, key=None, **kw):
        super().__init_subclass__(**kw)
        if key is not None:
            Keyed.table[key] = cls

class Meta(type):
    made = {}
    def __new__(mcs, name, bases, ns, **kw):
        cls = super().__new__(mcs, name, bases, ns)
        if bases:
            mcs.made[name.lower()] = cls
        return cls

class Base(metaclass=Meta): pass

class Slot:
    owners = {}
    def __set_name__(self, owner, name):
        self.owners[f"{owner.__name__}.{name}"] = self

class Ab(abc.ABC): pass

@functools.singledispatch
def show(x): return "object"

class Site:
    def __init__(self):
        self._registry = {}
    def register(self, model, admin=None):
        self._registry[model] = admin(model) if admin else None
site = Site()
