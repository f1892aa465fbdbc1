"""What code made in C asks of the objects that it is handed, while a class body runs: their hash, how long they are, whether they are equal."""
from begun import begun
import dataclasses
from dataclasses import dataclass
# --
class K:
    def __init__(self, n):
        begun('K.__init__')
        self.n = n
    def __hash__(self):
        begun('K.__hash__')
        return self.n
    def __eq__(self, o):
        begun('K.__eq__')
        return self.n == getattr(o, "n", None)
# --
class L:
    def __len__(self):
        begun('L.__len__')
        return 3
    def __iter__(self):
        begun('L.__iter__')
        return iter([1, 2, 3])
    def __getitem__(self, i):
        begun('L.__getitem__')
        return 1
    def __contains__(self, x):
        begun('L.__contains__')
        return True
    def __bool__(self):
        begun('L.__bool__')
        return True
    def __index__(self):
        begun('L.__index__')
        return 2
    def __str__(self):
        begun('L.__str__')
        return "a"
    def __repr__(self):
        begun('L.__repr__')
        return "r"
    def __format__(self, s):
        begun('L.__format__')
        return "f"
    def __int__(self):
        begun('L.__int__')
        return 1
    def __float__(self):
        begun('L.__float__')
        return 1.0
    def __lt__(self, o):
        begun('L.__lt__')
        return True
    def __add__(self, o):
        begun('L.__add__')
        return 4
    def __radd__(self, o):
        begun('L.__radd__')
        return 4
    def __enter__(self):
        begun('L.__enter__')
        return self
    def __exit__(self, *a):
        begun('L.__exit__')
        return None
    def __call__(self):
        begun('L.__call__')
        return 1
    def __reversed__(self):
        begun('L.__reversed__')
        return iter([])
    def __hash__(self):
        begun('L.__hash__')
        return 5
    def __eq__(self, o):
        begun('L.__eq__')
        return True
    def keys(self):
        begun('L.keys')
        return ["a"]
# --
class M(type):
    def __hash__(cls):
        begun('M.__hash__')
        return 3
    def __dir__(cls):
        begun('M.__dir__')
        return ["a"]
    def __len__(cls):
        begun('M.__len__')
        return 2
    def __iter__(cls):
        begun('M.__iter__')
        return iter([1])
    def __bool__(cls):
        begun('M.__bool__')
        return True
    def __str__(cls):
        begun('M.__str__')
        return "s"
    def __eq__(cls, o):
        begun('M.__eq__')
        return cls is o
    def __instancecheck__(cls, o):
        begun('M.__instancecheck__')
        return True
    def __subclasscheck__(cls, o):
        begun('M.__subclasscheck__')
        return True
    def __or__(cls, o):
        begun('M.__or__')
        return int
    def __getattr__(cls, name):
        begun('M.__getattr__')
        return 3
    def __contains__(cls, x):
        begun('M.__contains__')
        return False
# --
class N(metaclass=M): pass
# --
l = L()
# --
class A1: x = {K(1): 1, K(1): 2}
# --
class A2: x = {K(1), K(1)}
# --
class A3: x = list(l)
# --
class A4: x = tuple(l)
# --
class A5: x = [*l]
# --
class A6: x = set(l)
# --
class A7: x = sorted([l, l])
# --
class A8: x = max([l, l])
# --
class A9: x = sum([l, l])
# --
class B1: x = dict({"a": 1}, **l)
# --
class B2: x = {**l}
# --
class B3: x = str(l), repr(l), format(l), f"{l}", "%s" % l, "{}".format(l)
# --
class B4: x = int(l), float(l), range(l), [1, 2, 3][l:]
# --
class B5: x = l in l, l in [l], [l].index(l), [l, K(1)].count(l)
# --
class B6: x = hash(N), dir(N), len(N), list(N), str(N), bool(N)
# --
class B7: x = isinstance(1, N), issubclass(int, N), N | int, 3 in N, N.foo
# --
class B8: x = {N: 1}
# --
class B9: x = {N: 1}[N]
# --
class C1:
    d = {}
    d[K(1)] = 2
    d[K(1)] = 3; del d[K(1)]
    y = d.get(K(2)), K(1) in d
    d.pop(K(1), None)
    d.setdefault(K(3), 1)
# --
class C2:
    s = set()
    s.add(K(1)); s.add(K(1)); s.discard(K(1))
# --
class C3:
    a, b, c = l
    d, *e = l
# --
class C4:
    for i in l: pass
    if l: pass
    with l: pass
    z = reversed(l)
    w = any([l]), all([l]), bool(l), not l
# --
class C5: x = frozenset([K(1), K(1)]), dict.fromkeys([K(1), K(1)])
# --
class C6: x = list(map(str, [l])), list(filter(None, [l])), list(zip(l, l)), list(enumerate(l))
# --
@dataclass
class P:
    k: int = 0
    def __post_init__(self):
        begun('P.__post_init__')
        pass
# --
@dataclass(frozen=True, order=True)
class Q:
    k: K = dataclasses.field(default_factory=lambda: K(1))
# --
class C7: x = P(1), P(1) == P(2), repr(P(3))
# --
class C8: x = Q(), hash(Q()), Q() == Q()
# --
class C9: x = {Q(): 1}
# --
class D1: x = getattr(N, "foo"), hasattr(N, "foo"), getattr(l, "nope", 1)
# --
class D2: x = ", ".join(map(str, [l, l]))
# --
class D3: x = abs, round(2.5), divmod(7, 2), min(l, l, key=lambda v: 1)
# --
class D4: x = [1, 2].__contains__(l), (1, 2) == (l, l), [l] < [l], {"a": l} == {"a": l}
# --
class D5: x = bytes(l), slice(l), "abc"[l], [0] * l
