import collections, contextlib, functools, itertools, math, re, types
def kind(function, *given, **named):
    try:
        function(*given, **named)
    except Exception as error:
        return type(error).__name__
    return "nothing"
def operated(operator, left, right):
    try:
        left = operator(left, right)
    except Exception as error:
        return type(error).__name__, left
    return left
def iand(left, right):
    left &= right
    return left
def ior(left, right):
    left |= right
    return left
def iadd(left, right):
    left += right
    return left
def isub(left, right):
    left -= right
    return left
counter = collections.Counter
class Iterables:
    ranges = kind(range, ValueError, [1, 2]), kind(range, "a"), kind(range, len), kind(range, 1.0)
    lazily = kind(enumerate, len), kind(enumerate, 3), kind(filter, 0, len), kind(map, len, 3), kind(zip, [1], int)
    turned = kind(reversed, int), kind(reversed, len), kind(reversed, 3), kind(reversed, {1})
    tools = kind(itertools.cycle, len), kind(itertools.islice, len, 1), kind(itertools.chain, 3), kind(itertools.chain.from_iterable, 3)
    sized = kind(len, int), kind(len, len), kind(len, math), kind(len, 3), kind(iter, math)
    kinds = kind(list, int), kind(tuple, len), kind(set, math), kind(dict, int)
class Callables:
    methods = kind(functools.singledispatchmethod, [4]), kind(functools.partialmethod, 4), kind(functools.singledispatchmethod, len)
    partial = kind(functools.partial, 3), kind(functools.cached_property, ","), kind(functools.cached_property, [1])
class Missing:
    attributes = [kind(getattr, it, "nothing_of_that_name") for it in ([], {}, {1}, 3, "a", None)]
    named = [kind(getattr, it, "__name__") for it in ([], {}, {1}, (), 3)]
class Counters:
    ands = operated(iand, counter("abca"), {"c": 3}), operated(iand, counter("abca"), {"a": 1, "b": 0, "c": 9})
    ors = operated(ior, counter("abca"), 0), operated(ior, counter("ab"), {"a": 5, "z": -1})
    adds = operated(iadd, counter("ab"), {"a": 5, "z": -1}), operated(iadd, counter("ab"), [1]), operated(iadd, counter("ab"), 0)
    subs = operated(isub, counter("aab"), {"a": 1, "b": 1}), operated(isub, counter("ab"), None), operated(isub, counter("ab"), {"a": "x"})
    plain = counter("abca") | {"c": 3}, {"c": 3} | counter("ab"), counter("ab") | counter("bc")
    ordered = collections.OrderedDict(a=1) | {"b": 2}, {"b": 2} | collections.OrderedDict(a=1)
    default = {"b": 2} | collections.defaultdict(int, a=1)
    others = kind(lambda: counter("ab") + {"a": 1}), kind(lambda: counter("ab") & {"a": 1}), kind(lambda: counter("ab") | {1})
class Patterns:
    templates = kind(re.sub, "(b+)", r"\s", 1), kind(re.sub, "(b+)", r"\2", "b"), kind(re.sub, "b", "x", 1), kind(re.sub, "(b)", r"\1", "abc")
    patterns = kind(re.compile, "("), kind(re.compile, "a)"), kind(re.match, "*", "a"), kind(re.match, "[a", "a"), kind(re.compile, "(?P<n>[(])a|b")
class Lengths:
    near = math.hypot(7, 0.5), math.hypot(3, 4), math.hypot(1.5, 2.5, 3.5), math.dist([1.5, 2], [3, 7.25])
log = []
@contextlib.contextmanager
def area(name):
    log.append("enter " + name)
    try:
        yield name
    finally:
        log.append("leave " + name)
seen = {1}
with contextlib.ExitStack() as stack:
    stack.callback(seen.clear)
    stack.callback(log.append, "first")
    got = stack.enter_context(area("one"))
    stack.callback(lambda *all, **named: log.append((all, named)), 1, two=2)
    log.append("inside")
with contextlib.ExitStack() as stack:
    stack.enter_context(contextlib.suppress(ValueError))
    stack.callback(log.append, "before")
    raise ValueError
def takes(*told):
    log.append(told[0])
    return True
with contextlib.ExitStack() as stack:
    stack.push(takes)
    stack.callback(int, "x")
with contextlib.ExitStack() as stack:
    stack.callback(log.append, "kept")
    kept = stack.pop_all()
log.append("not yet")
kept.close()
class Stacks:
    seen = seen
    log = log
    got = got
    odd = kind(contextlib.ExitStack().enter_context, 3) in ("TypeError", "AttributeError")
def made():
    global Made, helper
    class Made:
        class Inner: pass
        def method(self): pass
    def helper():
        class Deeper: pass
        return Deeper
made()
class Names:
    made = [it.__qualname__ for it in (Made, Made.Inner, Made.method, helper, helper())]
import sys
try:
    assert [], "nothing in it"
except AssertionError as error:
    said = str(error), error.args
try:
    assert 0, (1, 2)
except AssertionError as error:
    pair = error.args
import string as before
del sys.modules["string"]
import string as after
class Statements:
    said = said
    pair = pair
    anew = before is after
    sizes = [kind(it) for it in (lambda: types.new_class("X", (int, str)), lambda: type("Y", (int, str), {}))]
class Meta(type):
    made = []
    def __new__(meta, name, bases, namespace, **named):
        meta.made.append((name, sorted(named)))
        return super().__new__(meta, name, bases, namespace)
if sys.version_info >= (3, 10):
    from dataclasses import dataclass
    @dataclass(slots=True)
    class Point(metaclass=Meta, layer=1):
        x: int = 1
class Again:
    made = Meta.made
class Annotated:
    try:
        x: missing_name = 1
    except NameError:
        answer = "raises"
    else:
        answer = "does not"
class Values:
    v_iterables_ranges = Iterables.ranges
    v_iterables_lazily = Iterables.lazily
    v_iterables_turned = Iterables.turned
    v_iterables_tools = Iterables.tools
    v_iterables_sized = Iterables.sized
    v_iterables_kinds = Iterables.kinds
    v_callables_methods = Callables.methods
    v_callables_partial = Callables.partial
    v_missing_attributes = Missing.attributes
    v_missing_named = Missing.named
    v_counters_ands = Counters.ands
    v_counters_ors = Counters.ors
    v_counters_adds = Counters.adds
    v_counters_subs = Counters.subs
    v_counters_plain = Counters.plain
    v_counters_ordered = Counters.ordered
    v_counters_default = Counters.default
    v_counters_others = Counters.others
    v_patterns_templates = Patterns.templates
    v_patterns_patterns = Patterns.patterns
    v_lengths_near = Lengths.near
    v_stacks_seen = Stacks.seen
    v_stacks_log = Stacks.log
    v_stacks_got = Stacks.got
    v_stacks_odd = Stacks.odd
    v_names_made = Names.made
    v_statements_said = Statements.said
    v_statements_pair = Statements.pair
    v_statements_anew = Statements.anew
    v_statements_sizes = Statements.sizes
    v_again_made = Again.made
    v_annotated = Annotated.answer
