import bisect
import inspect
from functools import total_ordering
@total_ordering
class Less:
    def __init__(self, n):
        self.n = n
    def __lt__(self, other):
        return self.n < other.n if isinstance(other, Less) else NotImplemented
    def __eq__(self, other):
        return isinstance(other, Less) and self.n == other.n
    def __hash__(self):
        return hash(self.n)
@total_ordering
class AtLeast:
    def __init__(self, n):
        self.n = n
    def __ge__(self, other):
        return self.n >= other.n
    def __eq__(self, other):
        return self.n == other.n
class Below(Less):
    def __gt__(self, other):
        return "asked first"
class Empty:
    def __len__(self):
        return 0
class Full:
    def __len__(self):
        return 3
class No(Full):
    def __bool__(self):
        return False
class Base:
    kept = 1
    def one(self): pass
    @classmethod
    def made(cls): pass
    @staticmethod
    def plain(): pass
    @property
    def value(self): return 1
class Derived(Base):
    kept = 2
    def two(self): pass
    class Inner: pass
def placed(items, item, **how):
    items = list(items)
    bisect.insort(items, item, **how)
    return items
def raised(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return type(e).__name__, str(e) if "object at" not in str(e) else ""
def changed(items, method, *args):
    getattr(items, method)(*args)
    return items
many = [Less(3), Less(1), Less(2), Less(1)]
class Values:
    v_lt = [Less(1) < Less(2), Less(1) > Less(2), Less(1) <= Less(1), Less(2) >= Less(3), Less(1) != Less(1)]
    v_ge = [AtLeast(1) < AtLeast(2), AtLeast(1) > AtLeast(2), AtLeast(1) <= AtLeast(1), AtLeast(2) >= AtLeast(3)]
    v_derived = [Less(1) < Below(0), Below(1) < Less(3)]
    v_order = [it.n for it in sorted(many)]
    v_backwards = [(it.n, many.index(it)) for it in sorted(many, reverse=True)]
    v_by_key = [it.n for it in sorted(many, key=lambda it: Less(-it.n))]
    v_tuples = sorted([(1, "b"), (1, "a"), (0, "z")])
    v_least = min(many).n, max(many).n
    v_truth = [bool(Empty()), bool(Full()), bool(No()), not Empty(), 1 if No() else 2, Empty() and 1 or 2]
    v_insort = [placed([1, 3, 5], 4), placed([1, 3, 5], 0), placed([1, 1], 1), placed([], 2)]
    v_insort_objects = [it.n for it in placed(sorted(many), Less(2))]
    v_places = [bisect.bisect([1, 2, 2, 3], 2), bisect.bisect_left([1, 2, 2, 3], 2), bisect.bisect_right([], 1)]
    v_functions = [name for name, _ in inspect.getmembers(Derived, inspect.isfunction)]
    v_methods = [name for name, _ in inspect.getmembers(Derived, inspect.ismethod)]
    v_classes = [name for name, _ in inspect.getmembers(Derived, inspect.isclass) if name[0] != "_"]
    v_listed = [name for name in dir(Derived) if name[0] != "_"]
    v_of_instance = [name for name in dir(Less(1)) if name[0] != "_"]
    v_implicit = [name for name in ("__dict__", "__weakref__", "__module__", "__doc__", "__mro__", "__name__") if name in dir(Derived)]
    v_lists = [raised([Less(1)].index, Less(2))[0], raised([1, 2].index, 2), raised([1, 2].index, 'q'), raised([1].remove, 3), raised([].pop), raised([1, 2].pop, 5),
               raised([1, 2, 3].pop, -2), changed([1, 2, 3], "insert", -1, 9), changed([1, 2, 3], "insert", -9, 9), changed([1, 2, 3], "remove", 2)]
    v_among = [Less(2) in many, Less(7) in many, Less(2) in set(many), Less(7) in set(many), Less(2) in tuple(many)]
    v_contains = [[1, 2].__contains__(2), {1: 2}.__contains__(2), {1, 2}.__contains__(1), "abc".__contains__("b"), (1,).__contains__(3)]
    v_views = [sorted({1: 2}.keys() | {3}), sorted({1, 3} - {1: 2}.keys()), sorted({1: 2, 4: 5}.keys() & {4, 6}), sorted({1: 2}.keys() | [5]), sorted({"a": 1}.keys() - {"b": 2}.keys())]
