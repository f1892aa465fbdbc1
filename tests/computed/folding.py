from functools import cached_property, reduce
from itertools import accumulate, chain, dropwhile, filterfalse, islice, product, repeat, starmap, takewhile, zip_longest
from operator import attrgetter, itemgetter, methodcaller
from contextvars import ContextVar
import sys
import textwrap
import weakref
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def moved(self, by, *, up=0):
        return (self.x + by, self.y + up)
    calls = 0
    @cached_property
    def sum(self):
        type(self).calls += 1
        return self.x + self.y
p = Point(1, Point(2, 3))
class Kept(weakref.WeakValueDictionary): pass
kept = Kept()
kept["p"] = Point
def raised(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return type(e).__name__, str(e)
def where():
    return sys._getframe(1).f_code.co_name, sys._getframe(0).f_code.co_name
def caller():
    return where()
variable = ContextVar("variable")
other = ContextVar("other", default=3)
def again(n):
    frame = sys._getframe(0)
    return again(n - 1) if n else (frame.f_code.co_name, frame.f_back.f_code.co_name)
in_the_module = (sys._getframe().f_locals is sys._getframe().f_globals, sys._getframe(0).f_code.co_name)
def of_the_context():
    found = [raised(variable.get)[0], variable.get(1), other.get(), other.get(4)]
    token = variable.set(5)
    found += [variable.get(), variable.get(1)]
    inner = variable.set(6)
    found.append(variable.get())
    variable.reset(inner)
    found.append(variable.get())
    variable.reset(token)
    return found + [variable.get(None), variable.name]
class Values:
    v_context = of_the_context()
    v_reduce = (reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(lambda a, b: a + [b], (1, 2), []), reduce(max, [3, 9, 2]))
    v_extremes = (min(3, 1, 2), max("b", "ab", key=len), min([], default=7), max([(1, "a"), (1, "b")], key=lambda t: t[0]), min("hello"))
    v_empty = (raised(min, []), raised(max, ()))
    v_sum = (sum([1, 2, 3]), sum([[1], [2]], []), sum((1, 2), start=10), sum(range(5)))
    v_getters = (attrgetter("x", "y.x")(p), attrgetter("y.y")(p), itemgetter(1)("ab"), itemgetter(0, -1)([1, 2, 3]), methodcaller("moved", 4, up=1)(Point(1, 2)))
    v_iterators = (list(islice("abcdef", 1, 5, 2)), list(islice(range(9), 3)), list(product("ab", (1, 2))), list(product([0, 1], repeat=2)),
                   list(repeat("x", 3)), list(starmap(pow, [(2, 3), (3, 2)])) if False else 0, list(zip_longest("ab", "c", fillvalue="-")))
    v_filters = (list(filter(None, [0, 1, "", "a"])), list(filterfalse(lambda x: x % 2, range(5))), list(takewhile(lambda x: x < 3, range(9))), list(dropwhile(lambda x: x < 3, range(5))))
    v_chained = (list(chain.from_iterable(["ab", "c"])), list(accumulate([1, 2, 3])), list(map(lambda a, b: a + b, [1, 2], [10, 20])), list(enumerate("ab", start=1)))
    q = Point(3, 4)
    v_cached = (q.sum, q.sum, "sum" in q.__dict__, Point.calls)
    del q
    v_weak = (kept.get("p") is Point, kept.get("q"), "p" in kept, kept.get("q", 3))
    v_frames = (caller(), where()[1])
    v_module = in_the_module
    v_again = again(3)
    v_dedented = [textwrap.dedent(t) for t in ("", "  a\n    b\n   \n  c", "\n\ta\n\t b\n", " a\n\tb", "a\n  b", "   \n  x ", "\n    def f():\n        return 1\n    ")]
    v_identity = (id(p) == id(p), id(p) == id(Point), id(p) in {id(p), id(Point)})
