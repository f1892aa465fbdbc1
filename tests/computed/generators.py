from contextlib import contextmanager
log = []
def note(x):
    log.append(x)
    return x
def simple():
    note("a"); yield 1
    x = yield 2
    note(x)
    for i in range(2):
        got = yield i
        note(got)
    else:
        note("else")
    return 9
def sending():
    log.clear()
    g = simple()
    r = [next(g)]
    note("between")
    r.append(next(g)); r.append(g.send("sent")); r.append(next(g))
    try:
        next(g)
    except StopIteration as e:
        r.append(e.value)
    return tuple(r), tuple(log)
def trying():
    try:
        yield 1
        raise ValueError
    except ValueError:
        note("caught")
        yield 2
    else:
        yield 3
    finally:
        note("finally")
        yield 4
    yield 5
def tried():
    log.clear()
    return tuple(trying()), tuple(log)
def looping():
    while True:
        try:
            yield "loop"
        except KeyError:
            note("key")
            yield "k"
            continue
        except ValueError:
            break
    yield "end"
def thrown():
    log.clear()
    g = looping()
    return next(g), g.throw(KeyError("x")), next(g), g.throw(ValueError()), next(g, "over"), tuple(log)
def cleaning():
    try:
        yield 1
    finally:
        note("cleaned")
def closed():
    log.clear()
    g = cleaning()
    first = next(g)
    g.close()
    h = trying()
    next(h)
    try:
        h.close()
    except RuntimeError as e:
        note(str(e))
    return first, next(g, "over"), tuple(log)
def inner():
    x = yield 1
    note(x)
    yield 2
    return "r"
def outer():
    r = yield from inner()
    note(r)
    yield from (7, 8)
    if r == "r":
        yield r
    elif r:
        yield 0
def delegated():
    log.clear()
    return tuple(outer()), [*outer()], tuple(log)
@contextmanager
def cm(x, *, fail=()):
    note("in")
    try:
        yield x
    except fail:
        note("handled")
    finally:
        note("out")
@contextmanager
def never():
    if False:
        yield 1
class Manager:
    def __enter__(self):
        note("enter"); return 5
    def __exit__(self, *a):
        note("exit"); return a[0] is KeyError
def managed():
    log.clear()
    with cm(3) as y, Manager() as z:
        note(y + z)
    with cm(1, fail=TypeError):
        raise TypeError
    with Manager():
        raise KeyError
    try:
        with cm(2):
            raise IndexError
    except IndexError:
        note("passed")
    try:
        with never():
            note("not reached")
    except RuntimeError as e:
        note(str(e))
    for i in (1, 2, 3):
        with cm(i):
            if i == 2: break
            continue
    def f():
        with cm(5):
            return "ret"
    note(f())
    return tuple(log)
def endless():
    n = 0
    while True:
        n += 1
        yield n
def left_early():
    out = []
    for n in endless():
        out.append(n)
        if n > 4: break
    return tuple(out)
def withs():
    with cm("w") as w:
        yield w
        with Manager():
            yield 2
            raise KeyError
        yield 3
def held():
    log.clear()
    return tuple(withs()), tuple(log)
class Own:
    def __init__(self, gen): self.gen = gen
    def __enter__(self): return next(self.gen)
    def __exit__(self, *a):
        try:
            next(self.gen)
        except StopIteration:
            return False
        raise RuntimeError("didn't stop")
def own():
    note("one")
    yield "x"
    note("two")
def of_their_own():
    log.clear()
    with Own(own()) as v:
        note(v)
    return tuple(log)
def in_an_expression():
    x = [(yield 1), (yield 2)]
    yield 3
def collected():
    return (dict(zip("ab", simple())), list(map(lambda x: x * 2, trying())), max(trying()), sorted(trying(), reverse=True),
            "".join(str(x) for x in trying()), list(in_an_expression()))
class Values:
    v_sending = sending()
    v_tried = tried()
    v_thrown = thrown()
    v_closed = closed()
    v_delegated = delegated()
    v_managed = managed()
    v_left_early = left_early()
    v_held = held()
    v_of_their_own = of_their_own()
    v_collected = collected()
