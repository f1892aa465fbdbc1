import collections
import copy
from collections import Counter, OrderedDict, defaultdict, deque
def told(function, *args, **kw):
    try:
        return function(*args, **kw)
    except Exception as e:
        return type(e).__name__
def after(value, method, *args, **kw):
    got = told(getattr(value, method), *args, **kw)
    return got, value
def lists():
    xs = list("abcdef")
    del xs[1]
    del xs[-1]
    del xs[::2]
    ys = [0, 1, 2, 3, 4, 5]
    ys[1:3] = "xyz"
    ys[::3] = [7, 7, 7]
    zs = [1, 2, 3]
    alias = zs
    zs += (4,)
    zs *= 2
    def bad_slice():
        zs[::2] = [1]
    def bad_index():
        zs["a"] = 1
    def out():
        del zs[99]
    return [xs, ys, zs, alias is zs, told(bad_slice), told(bad_index), told(out), [1, 2, 3][::-1], [1, 2, 3, 4][-3:-1], (1, 2, 3, 4)[::2], "abcdef"[4:0:-2], [A for A in [1, 2]][True],
            after([1, 2], "append", 3), after([1, 2], "append"), after([1], "extend", 5), after([1, 2, 1], "count", 1), after([1, 2, 3], "index", 3, 0, 2), after([3, 1], "sort", key=lambda v: -v),
            after([1], "clear"), after([1, 2], "insert", -1, 9), after([1], "pop", "a"), [1] * 3, 2 * [0], [1] + [2], (1, 2).index(2), told((1,).index, 5), told(len, 5), told(list, 5), told(list, 1, 2)]
def dicts():
    d = {"a": 1, "b": 2}
    def missing():
        del d["z"]
    def unhashable():
        d[[1]] = 2
    e = {"x": 1}
    alias = e
    e |= {"y": 2} if hasattr(dict, "__ior__") else {}
    return [told(missing), told(unhashable), after({"a": 1}, "pop", "z"), after({"a": 1}, "pop", "z", 5), after({"a": 1, "b": 2}, "popitem"), after({}, "popitem"),
            after({"a": 1}, "setdefault", "b"), after({"a": 1}, "update", [("k", 2)], z=3), after({"a": 1}, "update", "b"), after({"a": 1}, "update", 5), told({}.get), told({}.get, [1]),
            dict.fromkeys("ab", 0), {}.fromkeys([1]), e, alias is e, {1: "a", True: "b"}, list({"b": 1, "a": 2}), {**d, "c": 3}, told(lambda: {**5}), after({"a": 1}, "clear"), dict(a=1)]
def sets():
    s = {1}
    alias = s
    s |= {2}
    s -= {1}
    s ^= {2, 3}
    return [s, alias is s, after({1, 2}, "discard", 5), after({1, 2}, "remove", 5), after({1}, "pop"), after(set(), "pop"), after({1, 2}, "clear"), after({1, 2}, "update", [3], (4,)),
            after({1, 2, 3}, "difference_update", [1], [2]), after({1, 2, 3}, "intersection_update", [1, 2], [2, 5]), after({1, 2}, "symmetric_difference_update", [2, 3]),
            {1, 2}.union([3], [4]), {1, 2, 3}.difference([1], [2]), {1, 2}.intersection([2], {2, 3}), {1, 2}.issuperset([1]), {1}.isdisjoint([2]), frozenset([1]) | {2},
            told(lambda: {[1]}), told(set, 5), told(frozenset([1]).union, 5), after({1}, "add", [1]), after({1}, "add"), {1, 2} ^ {2, 3}, {1} < {1, 2}, {1, 2} == {2, 1}, told(lambda: [1] in {1}), told(lambda: [1] in {}), told(lambda: {1} in {1})]
def deques():
    q = deque([1, 2, 3], 3)
    q.append(4)
    q.appendleft(0)
    q.rotate(1)
    r = deque("abc")
    r.extendleft("xy")
    del r[0]
    r[1] = "Z"
    r.rotate(-1)
    return [q, list(q), q.maxlen, r, r.popleft(), r.pop(), r[0], len(r), told(deque().pop), told(lambda: r[9]), told(q.insert, 0, 1), r.index("b"), r.count("q"), told(r.remove, "q"), isinstance(q, list),
            list(reversed(r)), deque([1]) + deque([2]), deque([1, 2]) * 2, "Z" in r, r.copy(), deque(range(5), maxlen=2), told(deque, [1], -1)]
def mappings():
    o = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
    o.move_to_end("a")
    first = o.popitem(last=False)
    d = defaultdict(list)
    d["x"].append(1)
    d["y"]
    return [list(o.items()), first, told(o.move_to_end, "q"), told(OrderedDict().popitem), o.copy(), type(o.copy()).__name__, d, d.copy(), told(lambda: defaultdict(None)["k"]),
            told(defaultdict, 5), OrderedDict.fromkeys("ab"), OrderedDict(a=1), defaultdict(int, a=1)]
def counters():
    c = Counter("abca")
    c.update("ab", z=3)
    before = dict(c)
    c.subtract({"a": 5})
    e = Counter(a=3, b=1)
    alias = e
    e += Counter(b=2)
    e -= Counter(a=1)
    del e["nothing"]
    return [before, c, c["missing"], Counter("aab").most_common(1), list(Counter(a=2, b=0).elements()), Counter(a=1) + Counter(a=2, b=-1), Counter(a=3) - Counter(a=1, b=2), Counter(a=3) & Counter(a=1, b=2),
            Counter(a=3) | Counter(a=1, b=2), e, alias is e, told(Counter.fromkeys, "ab"), told(Counter, 5), Counter([1, 1, 2]), Counter({"k": 4})]
class Plain:
    def __init__(self, held):
        self.held = held
class Saying:
    def __copy__(self):
        return "copied"
    def __deepcopy__(self, memo):
        return "deep"
def copies():
    r = [[1], {"k": [2]}, (3, [4])]
    shallow, deep = copy.copy(r), copy.deepcopy(r)
    r[0].append(9)
    r[1]["k"].append(9)
    r[2][1].append(9)
    shared = [1]
    twice = copy.deepcopy([shared, shared])
    p = Plain([1])
    q, s = copy.copy(p), copy.deepcopy(p)
    p.held.append(2)
    loop = []
    loop.append(loop)
    again = copy.deepcopy(loop)
    return [shallow, deep, twice[0] is twice[1], twice[0] is shared, q.held, s.held, type(s).__name__, copy.copy(Saying()), copy.deepcopy(Saying()), again[0] is again, again is loop,
            copy.copy((1, 2)), copy.deepcopy({"a": deque([1])}), told(copy.copy, (v for v in ()))]
def least():
    return [told(min, []), min([], default=3), max(2, 1), min("b", "a", key=lambda v: -ord(v)), told(max), told(sorted, [1], 2), sorted([3, 1, 2], reverse=True), sorted({2, 9, 5}), sum([[1], [2]], []),
            all([]), any([0, ""]), all([1, 0]), len("ab"), told(len), told(sum, 5), told(any, 5), list(reversed("ab")), told(reversed, {1})]
class Values:
    v_lists = lists()
    v_dicts = dicts()
    v_sets = sets()
    v_deques = deques()
    v_mappings = mappings()
    v_counters = counters()
    v_copies = copies()
    v_least = least()
