import collections
import itertools
def told(function, *args):
    try:
        return function(*args)
    except Exception as e:
        return type(e).__name__, str(e)
def positions():
    it = iter([1, 2, 3, 4])
    out = [next(it), 2 in it, list(it), list(it), next(it, "over")]
    it = iter([1, 2, 3, 4, 5])
    first, *rest = zip(it, it)
    out += [first, rest, list(it)]
    for it in (enumerate("abc"), map(str, [1, 2, 3]), reversed([1, 2, 3]), iter((1, 2, 3)), iter("xyz"), iter(range(3)), iter({"k": 1, "l": 2, "m": 3})):
        out.append((next(it), list(it), list(it)))
    for it in [iter([1, 2, 3])]:
        for one in it:
            break
        out.append(list(it))
    return out
def lazy():
    log = []
    g = (log.append(v) or v for v in [1, 2, 3])
    seen = [list(log), next(g), list(log), sum(g), sum(g), list(log)]
    def noted(v):
        log.append(v)
        return v > 1
    seen += [any(noted(v) for v in [0, 5, 7]), list(log)]
    n = 3
    g = (v * n for v in [1, 2])
    n = 10
    return seen + [list(g), told(lambda: (v for v in 5))]
class Counting:
    def __init__(self, last):
        self.i, self.last = 0, last
    def __iter__(self):
        return self
    def __next__(self):
        self.i += 1
        if self.i > self.last:
            raise StopIteration
        return self.i
class Indexed:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i * i
    def __len__(self):
        return 3
class Wrong:
    def __iter__(self):
        return [1]
def own():
    c = Counting(3)
    out = [list(c), c.i, list(Indexed()), 4 in Indexed(), list(reversed(Indexed())), told(iter, Wrong()), told(list, Wrong())]
    c = Counting(5)
    a, b = itertools.islice(c, 2)
    return out + [a, b, c.i, 3 in c, c.i, [*c]]
def sentinel():
    xs = [1, 2, 0, 3]
    out = [list(iter(lambda: xs.pop(0), 0)), xs]
    return out + [told(list, iter(lambda: 1 / 0, 0))[0], told(iter, 5, 0)]
def grows():
    xs = [1]
    for v in xs:
        if v < 5:
            xs.append(v + 1)
    ys = [1, 2, 3, 4]
    for v in ys:
        if v % 2 == 0:
            ys.remove(v)
    zs = [1, 2, 3, 4]
    seen = []
    for v in zs:
        seen.append(v)
        if v == 1:
            zs.insert(0, 9)
        if len(seen) > 4:
            break
    return xs, ys, zs, seen
def sizes():
    d = {"a": 1}
    def add():
        for k in d:
            d[k + "x"] = 1
    s = {1}
    def more():
        for v in s:
            s.add(v + 1)
    q = collections.deque([1, 2])
    def turn():
        for v in q:
            q.append(v)
    return told(add), told(more), told(turn), d, len(s), list(q)
def unpacked():
    def two(x):
        a, b = x
        return a, b
    def star(x):
        a, *b, c = x
        return a, b, c
    def one(x):
        b, = x
        return b
    return [told(two, [1, 2]), told(two, [1]), told(two, iter([1, 2, 3])), told(two, 4), told(two, "ab"), told(star, "abcd"), told(star, [1]), told(star, (1, 2)),
            told(one, 4), told(one, [3]), told(two, {"x": 1, "y": 2}), told(star, range(5)), told(two, None)]
def nested():
    log = []
    class Noting(dict):
        def __setitem__(self, key, value):
            log.append(key)
            dict.__setitem__(self, key, value)
    d = Noting()
    (d["a"], (d["b"], *d["c"])), d["e"] = (1, [2, 3, 4]), 5
    return log, dict(d)
def delegated():
    def inner():
        got = yield 1
        yield got
        return "end"
    def outer():
        end = yield from inner()
        yield end
        yield from iter([7])
    g = outer()
    out = [next(g), g.send("sent"), next(g), next(g), next(g, "over")]
    def stops():
        raise StopIteration
        yield
    h = (v for v in [1, 2])
    return out + [told(next, stops()), told(inner().send, 1), next(h), h.close(), list(h), told(h.throw, ValueError("thrown"))]
def tools():
    groups = [(k, list(g)) for k, g in itertools.groupby("aabbc")]
    g = itertools.groupby([1, 3, 2, 4], lambda v: v % 2)
    k, first = next(g)
    k2, second = next(g)
    a, b = itertools.tee(iter([1, 2, 3]))
    c = itertools.cycle([1, 2])
    return [groups, k, k2, list(first), list(second), next(a), list(b), list(a), next(c), next(c), next(c), list(itertools.islice(itertools.count(5, 2), 3)),
            list(itertools.zip_longest("ab", [1], fillvalue=0)), list(itertools.chain([1], "b")), list(itertools.chain.from_iterable(["ab", [3]])),
            list(itertools.permutations("abc", 2)), list(itertools.combinations([1, 2, 3], 2)), list(itertools.combinations_with_replacement("ab", 2)),
            list(itertools.product([1, 2], "x")), list(itertools.accumulate([1, 2, 3])), list(itertools.accumulate([1, 2], initial=5)),
            list(itertools.accumulate([2, 3, 4], lambda a, b: a * b)), list(itertools.compress("abc", [1, 0, 1])), list(itertools.takewhile(lambda v: v < 3, [1, 2, 3, 1])),
            list(itertools.dropwhile(lambda v: v < 3, [1, 3, 1])), list(itertools.filterfalse(None, [0, 1, ""])),
            list(itertools.repeat("r", 2)), list(itertools.islice("abcdef", 1, 5, 2)), list(filter(None, [0, 1, 2])), list(map(lambda a, b: a + b, [1, 2], [3, 4, 5])),
            told(itertools.islice, "a", -1), told(itertools.combinations, "ab", -1), list(enumerate("ab", 5)), list(zip())]
def ranges():
    r = range(2, 20, 3)
    return [r, r[1], r[-1], r[1:3], r[::-1], len(r), 5 in r, 6 in r, r.index(8), r.count(8), r.start, r.stop, r.step, list(reversed(r)), r == range(2, 19, 3), isinstance(r, list),
            told(lambda: r[9]), told(range, 1, 2, 0), told(r.index, 3), bool(range(0)), told(lambda: r["a"]), range(3) is range(3), r is r]
def views():
    d = {}
    keys, items, values = d.keys(), d.items(), d.values()
    d["a"] = 1
    d["b"] = 2
    return [list(keys), list(items), list(values), len(keys), "a" in keys, ("b", 2) in items, 2 in values, keys & {"a", "z"}, sorted(keys | {"z"}), sorted(keys - {"a"}),
            bool(keys), list(reversed(keys)), keys.isdisjoint(["q"]), sorted(items ^ {("a", 1)}), told(lambda: keys[0]), keys == {"a", "b"}, keys <= {"a", "b", "c"}, keys < {"a"},
            items == {("a", 1), ("b", 2)}, keys == {"b": 5, "a": 6}.keys(), keys != {"a"}]
def ordered_sets():
    s = {2, 9}
    t = {5, 3, 1}
    t.add(40)
    u = set(range(6)) - {0}
    u.add(7)
    return [list(s), list(t), list(u), list(s | t), list(s & {9, 2, 3}), u.pop(), u.pop(), list(u), list(frozenset([8, 1])), [v for v in s], tuple({33, 1})]
class Values:
    v_positions = positions()
    v_lazy = lazy()
    v_own = own()
    v_sentinel = sentinel()
    v_grows = grows()
    v_sizes = sizes()
    v_unpacked = unpacked()
    v_nested = nested()
    v_delegated = delegated()
    v_tools = tools()
    v_ranges = ranges()
    v_views = views()
    v_ordered_sets = ordered_sets()
